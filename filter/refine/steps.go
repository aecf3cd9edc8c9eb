package refine

// Each returns the steps one by one.
func Each() (steps []Steps) {
	for i := range names {
		steps = append(steps, 1<<i)
	}
	return steps
}

var names = []string{}

// String names a single step.
func (s Steps) String() string {
	for i, name := range names {
		if s == 1<<i {
			return name
		}
	}
	return "steps"
}
