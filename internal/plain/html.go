package plain

import (
	"html"
	"strings"
)

// HTML returns s escaped for the content of an HTML element or a double-quoted attribute. Newlines
// stay, and tabs as character references; other controls and invisible characters are written out
// as [Terminal] does, so that the file can also be read in a terminal.
func HTML(s string) string {
	return strings.ReplaceAll(html.EscapeString(show(s, true)), "\t", "&#9;")
}
