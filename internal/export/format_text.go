package export

import (
	"fmt"
	"strings"

	"hark/internal/interview"
	"hark/internal/plain"
)

const (
	usualWidth = 80
	leastWidth = 30
)

// Text returns the interview as a page of plain text to read on a terminal, at
// most opts.Width cells wide. It is for the seller, so it names everybody and
// quotes everything whatever the customer allowed, says what that is, and shows
// the numbers that the capture language uses. Nothing in it acts on a terminal.
func Text(iv *interview.Interview, opts Options) string {
	return textPage(newWriter(iv, opts, private(iv)).write(), opts.Width)
}

// textPage writes a page as plain text.
func textPage(p page, width int) string {
	if width < 1 {
		width = usualWidth
	}
	t := texter{width: max(width, leastWidth)}
	var last block
	for i, bl := range p {
		if i > 0 && apart(last, bl) {
			t.WriteByte('\n')
		}
		t.block(bl)
		last = bl
	}
	return t.String()
}

// apart reports whether an empty line stands between two blocks.
func apart(last, next block) bool {
	switch next.kind {
	case section, subsection:
		return last.kind != section
	case paragraph, statement:
		return listed(last.kind)
	case title, item, todo, done:
	}
	return false
}

// A texter writes blocks as plain text.
type texter struct {
	strings.Builder
	width  int
	indent int // of what stands under the last heading
}

// numberWidth is the room for the number of an item.
const numberWidth = 4

func (t *texter) block(bl block) {
	text := flat(bl.spans)
	switch bl.kind {
	case title:
		t.heading(text, "═")
		t.indent = 0
	case section:
		t.heading(text, "─")
		t.indent = 2
	case subsection:
		t.indent = 2
		t.wrapped("", text)
		t.indent = 4
	case paragraph, statement:
		t.wrapped("", text)
	case item:
		t.wrapped(lead(bl, "· "), text)
	case todo:
		t.wrapped(lead(bl, "[ ] "), text)
	case done:
		t.wrapped(lead(bl, "[x] "), text)
	}
}

// lead is what stands before the text of an item: its number or else a mark, and
// the time.
func lead(bl block, mark string) string {
	if bl.number > 0 && bl.kind == item {
		mark = ""
	}
	if bl.number > 0 {
		mark = fmt.Sprintf("%*d  %s", numberWidth, bl.number, mark)
	}
	if bl.at != "" {
		mark += bl.at + "  "
	}
	return mark
}

// heading writes text as a line of its own, underlined.
func (t *texter) heading(text, line string) {
	t.indent = 0
	t.wrapped("", text)
	t.WriteString(strings.Repeat(line, min(plain.Width(text), t.width)) + "\n")
}

// leastCells is how many cells text must have beside its lead; where they are
// not to be had it stands below it.
const leastCells = 14

// wrapped writes text behind lead, with all its lines under the first.
func (t *texter) wrapped(lead, text string) {
	if t.width-t.indent-plain.Width(lead) < leastCells {
		lead, text = "", lead+text
	}
	margin := strings.Repeat(" ", t.indent)
	hang := strings.Repeat(" ", plain.Width(lead))
	for i, line := range plain.Wrap(text, t.width-t.indent-len(hang)) {
		if i > 0 {
			lead = hang
		}
		t.WriteString(strings.TrimRight(margin+lead+line, " ") + "\n")
	}
}

// flat returns spans as safe text, in which "\n" stands where somebody's text
// begins a new line.
func flat(spans []span) string {
	var b strings.Builder
	for _, s := range spans {
		switch s.sort {
		case ownText:
			b.WriteString(s.text)
		case oneLine:
			b.WriteString(plain.Terminal(s.text))
		case saidText:
			b.WriteString(strings.Join(plain.TerminalLines(s.text), "\n"))
		case quotedText:
			b.WriteString("“" + strings.Join(plain.TerminalLines(s.text), "\n") + "”")
		}
	}
	return b.String()
}
