package rules

import "strings"

// placed reports whether text is a number of degrees that tells one house from
// the next: five decimals are a metre.
func placed(text string) bool {
	point := strings.IndexByte(text, '.')
	digits := strings.TrimPrefix(text, "-")
	return point > 0 && point < 5 && len(text)-point > 5 && len(text)-point < 18 && allDigits(strings.Replace(digits, ".", "", 1))
}

// placeWords are beside the place of somebody.
var placeWords = newWords(`gps user* device* driver* rider* customer* home location* position* geolocation* address* pickup* dropoff* phone* email* client* person* standort*
	first_name* last_name*`)
