package main

import "github.com/caddyprivacy/privacyfilter/pii"

// category is our name for what a peer calls a label, or "" if we have none.
//
// A label has a counterpart if its usual values are marked in the held-out
// rows under one category. The rest is what a peer finds and nobody marked:
// organisations, nationalities, dates that are nobody's birthday, UUIDs. With
// all labels a peer's recall is at its best, with those here its precision; the
// comparison shows both.
func category(label string) pii.Category { return counterparts[label] }

var counterparts = map[string]pii.Category{
	// Presidio. DATE_TIME is left out: nearly all of its dates are those of
	// meetings and invoices.
	"PERSON":            pii.PrivatePerson,
	"LOCATION":          pii.PrivateAddress,
	"EMAIL_ADDRESS":     pii.PrivateEmail,
	"PHONE_NUMBER":      pii.PrivatePhone,
	"URL":               pii.PrivateURL,
	"IP_ADDRESS":        pii.PrivateIP,
	"CREDIT_CARD":       pii.AccountNumber,
	"IBAN_CODE":         pii.AccountNumber,
	"US_BANK_NUMBER":    pii.AccountNumber,
	"US_DRIVER_LICENSE": pii.AccountNumber,
	"US_ITIN":           pii.AccountNumber,
	"US_PASSPORT":       pii.AccountNumber,
	"US_SSN":            pii.AccountNumber,
	"UK_NHS":            pii.AccountNumber,
	"MEDICAL_LICENSE":   pii.AccountNumber,
	"CRYPTO":            pii.AccountNumber,
	"ID":                pii.AccountNumber,

	// DataFog; the labels it shares with Presidio are above. DATE is left out
	// as there.
	"EMAIL":                      pii.PrivateEmail,
	"PHONE":                      pii.PrivatePhone,
	"SSN":                        pii.AccountNumber,
	"ADDRESS":                    pii.PrivateAddress,
	"ZIP_CODE":                   pii.PrivateAddress,
	"DE_POSTAL_CODE":             pii.PrivateAddress,
	"DE_IBAN":                    pii.AccountNumber,
	"DE_VAT_ID":                  pii.AccountNumber,
	"DE_TAX_ID":                  pii.AccountNumber,
	"DE_SOCIAL_SECURITY_NUMBER":  pii.AccountNumber,
	"DE_PASSPORT_NUMBER":         pii.AccountNumber,
	"DE_RESIDENCE_PERMIT_NUMBER": pii.AccountNumber,

	// scrubadub. Handles (twitter, skype) and number plates are not marked.
	"name":                      pii.PrivatePerson,
	"location":                  pii.PrivateAddress,
	"postalcode":                pii.PrivateAddress,
	"email":                     pii.PrivateEmail,
	"phone":                     pii.PrivatePhone,
	"url":                       pii.PrivateURL,
	"credential":                pii.Secret,
	"credit_card":               pii.AccountNumber,
	"date_of_birth":             pii.PrivateDate,
	"drivers_licence":           pii.AccountNumber,
	"national_insurance_number": pii.AccountNumber,
	"social_security_number":    pii.AccountNumber,
	"tax_reference_number":      pii.AccountNumber,
}
