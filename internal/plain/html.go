package plain

import "html"

// HTML returns s escaped for the content of an HTML element or a double-quoted
// attribute. Newlines and tabs stay; other controls and invisible characters
// are written out as [Terminal] does, so that the file can also be read in a
// terminal.
func HTML(s string) string {
	return html.EscapeString(show(s, true))
}
