package rules_test

import "strings"

func repeat(s string, n int) string { return strings.Repeat(s, n) }
