package hostile

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"
)

// active returns what in s could act on a terminal, or hide from a reader, "" for
// nothing. The controls in layout may be there. It goes by the classes of the
// Unicode standard alone, so that it does not share a mistake with package plain.
func active(s, layout string) string {
	if !utf8.ValidString(s) {
		return "it is not UTF-8"
	}
	for i, r := range s {
		if strings.ContainsRune(layout, r) || r == '\u200c' || r == '\u200d' { // two joiners that some scripts need
			continue
		}
		if unicode.In(r, unicode.Cc, unicode.Cf, unicode.Co, unicode.Cs, unicode.Zl, unicode.Zp, unicode.Noncharacter_Code_Point) ||
			unicode.Is(unicode.Other_Default_Ignorable_Code_Point, r) {
			return fmt.Sprintf("%U at %d", r, i)
		}
	}
	return ""
}

// stream is what a terminal was sent.
type stream struct {
	text      string          // without the sequences
	sequences map[string]bool // the sorts of sequence: "CSI ?h", "OSC 11"
	marked    []string        // sequences that hold the mark
	titles    []string        // of the window
}

// read takes apart what a terminal was sent.
func read(sent string) stream {
	st := stream{sequences: map[string]bool{}}
	var text strings.Builder
	parser := ansi.NewParser()
	var state byte
	for len(sent) > 0 {
		seq, width, n, next := ansi.DecodeSequence(sent, state, parser)
		state = next
		sent = sent[n:]
		if width > 0 || !strings.HasPrefix(seq, "\x1b") && (len(seq) > 1 || seq >= " ") {
			text.WriteString(seq)
			continue
		}
		sort := sortOf(seq)
		st.sequences[sort] = true
		if title, is := strings.CutPrefix(seq, "\x1b]2;"); is {
			// A title may say what the customer is called, as text.
			st.titles = append(st.titles, strings.TrimSuffix(strings.TrimSuffix(title, "\a"), "\x1b\\"))
		} else if strings.Contains(seq, mark) {
			st.marked = append(st.marked, fmt.Sprintf("%q", seq))
		}
	}
	st.text = text.String()
	return st
}

// sortOf names the sort of a sequence by its beginning and its end.
func sortOf(seq string) string {
	rest, is := strings.CutPrefix(seq, "\x1b")
	if !is || rest == "" {
		return fmt.Sprintf("%q", seq)
	}
	switch rest[0] {
	case '[':
		return fmt.Sprintf("CSI %s", strings.TrimLeft(rest[1:], "0123456789;:")) // with its private sign and its final
	case ']':
		number, _, _ := strings.Cut(rest[1:], ";")
		return fmt.Sprintf("OSC %q", number)
	}
	return fmt.Sprintf("ESC %q", rest[:1])
}
