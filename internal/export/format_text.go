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

// Text returns an interview as plain text for a terminal, at most opts.Width cells wide. It is for
// the seller: with all names and quotes whatever the customer allowed, with what that is, and with
// the numbers of the capture language. Nothing in it acts on a terminal.
func Text(iv *interview.Interview, opts Options) string {
	w := newWriter(iv, opts, seller(iv, opts))
	w.interview()
	return textBlocks(w.blocks, opts.Width)
}

// textBlocks returns blocks as plain text.
func textBlocks(blocks []block, width int) string {
	if width < 1 {
		width = usualWidth
	}
	t := textWriter{width: max(width, leastWidth)}
	var last block
	for i, bl := range blocks {
		if i > 0 && separated(last, bl) {
			t.WriteByte('\n')
		}
		t.block(bl)
		last = bl
	}
	return t.String()
}

// separated reports whether there is an empty line between two blocks.
func separated(last, next block) bool {
	switch next.kind {
	case section, subsection:
		return last.kind != section
	case paragraph, statement:
		return last.kind.inList()
	case title, item, todo, done:
	}
	return false
}

// A textWriter writes blocks as plain text.
type textWriter struct {
	strings.Builder
	width  int
	indent int // below the last heading
}

const (
	// numberWidth is how many cells the number of an item takes.
	numberWidth = 4
	// leastCells is how many cells text needs next to its lead; with fewer it goes below it.
	leastCells = 14
)

func (t *textWriter) block(bl block) {
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

// lead returns what precedes the text of an item: its number, or else a mark, and its time.
func lead(bl block, mark string) string {
	if bl.number > 0 && bl.kind == item {
		mark = ""
	}
	if bl.number > 0 {
		mark = fmt.Sprintf("%*s  %s", numberWidth, bl.number, mark)
	}
	if bl.at != "" {
		mark += bl.at + "  "
	}
	return mark
}

// heading writes text on a line of its own, underlined.
func (t *textWriter) heading(text, line string) {
	t.indent = 0
	t.wrapped("", text)
	t.WriteString(strings.Repeat(line, min(plain.Width(text), t.width)) + "\n")
}

// wrapped writes text behind lead, with its further lines aligned below the first.
func (t *textWriter) wrapped(lead, text string) {
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

// flat returns spans as text that does not act on a terminal, with the line breaks that were
// entered.
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
