package playbook

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/text"
)

// line is one line of a block, still with its inline marks. A blank or backslash at its end may be
// a hard break, so it is not trimmed there.
type line struct {
	raw    string
	number int
}

// unit is a part of a paragraph that is a question or a note as a whole.
type unit struct {
	piece
	asks  bool // it ends in a question mark, or begins with "Tell me …"
	label byte // 'Q' or 'A' where it begins with one, else 0
}

// lines returns the lines of a block that holds text.
func (g *guide) lines(n ast.Node) []line {
	segments := n.Lines()
	lines := make([]line, 0, segments.Len())
	for i := range segments.Len() {
		lines = append(lines, g.lineOf(segments.At(i)))
	}
	return lines
}

func (g *guide) lineOf(s text.Segment) line {
	return line{strings.TrimSuffix(string(s.Value(g.src.text)), "\n"), g.src.lineAt(s.Start)}
}

// units takes a paragraph apart. A part ends where a line ends in a question mark or a hard break,
// and one begins where a line begins with "Q:" or "A:". The rows of a table are parts too, and
// never ask.
func (g *guide) units(lines []line) []unit {
	if isTable(lines) {
		return g.rows(lines)
	}
	texts := g.flatten(lines)
	var units []unit
	for from := 0; from < len(lines); {
		to := from + 1
		for to < len(lines) && !breaks(lines[to-1].raw) && questionMark(lines[to-1].raw) < 0 && label(lines[to].raw) == "" {
			to++
		}
		u := unit{
			piece: piece{span{lines[from].number, lines[to-1].number}, clean(strings.Join(texts[from:to], " "))},
			asks:  questionMark(lines[to-1].raw) >= 0 || promptAt(lines[from].raw) >= 0,
		}
		if l := label(lines[from].raw); l != "" {
			u.label = l[0]
			if words, ok := strings.CutPrefix(u.text, l); ok && u.label == 'Q' {
				u.text = clean(words)
			}
		}
		units = append(units, u)
		from = to
	}
	return units
}

// flatten returns the plain text of each line.
func (g *guide) flatten(lines []line) []string {
	raws := make([]string, len(lines))
	for i, l := range lines {
		raws[i] = l.raw
	}
	return g.inline.flatten(raws)
}

// isTable reports whether the second line is the rule beneath the head of a table.
func isTable(lines []line) bool {
	return len(lines) > 1 && strings.Contains(lines[0].raw, "|") && strings.Contains(lines[1].raw, "-") &&
		strings.Contains(lines[1].raw, "|") && strings.Trim(lines[1].raw, " \t|:-") == ""
}

// rows returns the rows of a table but for the rule, cells separated by bars.
func (g *guide) rows(lines []line) []unit {
	texts := slices.Delete(g.flatten(lines), 1, 2)
	units := make([]unit, 0, len(texts))
	for i, l := range slices.Delete(slices.Clone(lines), 1, 2) {
		var cells []string
		for cell := range strings.SplitSeq(texts[i], "|") {
			if cell = clean(cell); cell != "" {
				cells = append(cells, cell)
			}
		}
		units = append(units, unit{piece: piece{span{l.number, l.number}, strings.Join(cells, " | ")}})
	}
	return units
}

// breaks reports whether a line ends in a hard break.
func breaks(raw string) bool {
	return strings.HasSuffix(raw, "  ") || endsInBackslash(raw)
}

// endsInBackslash reports whether raw ends in a backslash that nothing escapes.
func endsInBackslash(raw string) bool {
	return strings.HasSuffix(raw, `\`) && !escaped(raw, len(raw)-1)
}

// escaped reports whether a backslash makes the character at i literal.
func escaped(s string, i int) bool {
	n := 0
	for n < i && s[i-1-n] == '\\' {
		n++
	}
	return n%2 == 1
}

// questionMark returns the index of the question mark that a text ends in, -1 without one.
// Quotation marks, emphasis and remarks in brackets may follow it.
func questionMark(raw string) int {
	for {
		raw = strings.TrimRight(raw, " \t*_~`\"'”’»›")
		if raw == "" {
			return -1
		}
		r, size := utf8.DecodeLastRuneInString(raw)
		at := len(raw) - size
		switch r {
		case '?', '？', '؟':
			if escaped(raw, at) {
				return -1
			}
			return at
		case ')', ']':
			_, rest, ok := lastGroup(raw)
			if !ok {
				return -1
			}
			raw = rest
		default:
			return -1
		}
	}
}

// lastGroup removes the brackets, round or square, at the end of raw.
func lastGroup(raw string) (inner, rest string, ok bool) {
	raw = strings.TrimRight(raw, " \t")
	if raw == "" {
		return "", raw, false
	}
	end := len(raw) - 1
	closer, opener := raw[end], byte('(')
	switch closer {
	case ')':
	case ']':
		opener = '['
	default:
		return "", raw, false
	}
	depth := 0
	for at := end; at >= 0; at-- {
		switch {
		case raw[at] != opener && raw[at] != closer || escaped(raw, at):
			if at == end {
				return "", raw, false
			}
		case raw[at] == closer:
			depth++
		default:
			if depth--; depth == 0 {
				return strings.TrimSpace(raw[at+1 : end]), strings.TrimRight(raw[:at], " \t"), true
			}
		}
	}
	return "", raw, false
}

// label returns the "Q:" or "A:" that a line begins with, also as "Q1:" or "Q1.", and "" without
// one. Emphasis may stand around it.
func label(raw string) string {
	raw = strings.TrimLeft(raw, "*_")
	if raw == "" || raw[0] != 'Q' && raw[0] != 'A' {
		return ""
	}
	n := 1
	for n < len(raw) && '0' <= raw[n] && raw[n] <= '9' {
		n++
	}
	if n < len(raw) && (raw[n] == ':' || n > 1 && raw[n] == '.') {
		return raw[:n+1]
	}
	return ""
}

// listItem returns the text after the marker of a list item, and the column of the marker.
func listItem(raw string) (words string, column int, ok bool) {
	bare := strings.TrimLeft(raw, " \t")
	for i := range len(raw) - len(bare) {
		column = advance(column, raw[i])
	}
	size := markerSize(bare)
	return bare[size:], column, size > 0
}

// markerSize returns how many bytes the bullet or number of a list item has that s begins with; 0
// without one.
func markerSize(s string) int {
	n := 0
	for n < 9 && n < len(s) && '0' <= s[n] && s[n] <= '9' {
		n++
	}
	ends := ".)"
	if n == 0 {
		ends = "-+*"
	}
	if n == len(s) || strings.IndexByte(ends, s[n]) < 0 || n+1 < len(s) && s[n+1] != ' ' && s[n+1] != '\t' {
		return 0
	}
	return n + 1
}

// withoutBox removes a box to tick from the beginning of an item.
func withoutBox(raw string) string {
	raw = strings.TrimLeft(raw, " \t")
	for _, box := range []string{"[ ]", "[x]", "[X]"} {
		if rest, ok := strings.CutPrefix(raw, box); ok && (rest == "" || rest[0] == ' ' || rest[0] == '\t') {
			return rest
		}
	}
	return raw
}

// boldHeading returns the text of a line that is bold as a whole, unless it asks something.
func boldHeading(raw string) (words string, ok bool) {
	raw = strings.TrimSpace(raw)
	bare := strings.TrimRight(raw, ": ")
	words = unwrap(bare)
	if len(words) > len(bare)-4 || questionMark(words) >= 0 || label(words) != "" {
		return "", false
	}
	words = strings.TrimRight(words, ": ")
	return words, words != ""
}

// unwrap removes emphasis around the whole of raw.
func unwrap(raw string) string {
	for _, mark := range []string{"**", "__", "*", "_"} {
		inner, ok := strings.CutPrefix(raw, mark)
		if !ok {
			continue
		}
		inner, ok = strings.CutSuffix(inner, mark)
		if ok && inner != "" && !strings.Contains(inner, mark[:1]) && !escaped(raw, len(raw)-len(mark)) {
			return inner
		}
	}
	return raw
}
