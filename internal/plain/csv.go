package plain

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// CSVField returns s as the value of a CSV field that no spreadsheet takes for a formula: where one
// would, it begins with an apostrophe. Newlines stay, as "\n"; tabs become spaces; other controls
// and invisible characters are written out as [Terminal] does. Quoting the field is left to
// encoding/csv.
func CSVField(s string) string {
	text := strings.ReplaceAll(show(s, true), "\t", tabSpaces)
	if startsFormula(s) {
		return "'" + text
	}
	return text
}

// TSVField returns s as the value of a field between tabs, on one line, that no spreadsheet takes for
// a formula: see CSVField. What does not pass is written out as [Terminal] does.
func TSVField(s string) string {
	if startsFormula(s) {
		return "'" + Terminal(s)
	}
	return Terminal(s)
}

// startsFormula reports whether a spreadsheet could take s for a formula. Spreadsheets skip leading
// blanks, and with Japanese or Chinese settings they also accept the wide forms of the signs.
func startsFormula(s string) bool {
	if s == "" {
		return false
	}
	if s[0] == '\t' || s[0] == '\r' {
		return true
	}
	r, _ := utf8.DecodeRuneInString(strings.TrimLeftFunc(s, unicode.IsSpace))
	switch r {
	case '=', '+', '-', '@', '＝', '＋', '－', '＠':
		return true
	}
	return false
}
