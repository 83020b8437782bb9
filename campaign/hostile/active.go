package hostile

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"
)

// active returns the parts of s that could act on a terminal or hide from a reader, "" for none.
// The controls in layout are allowed. It uses the classes of the Unicode standard alone, so that it
// shares no mistake with package plain.
func active(s, layout string) string {
	if !utf8.ValidString(s) {
		return "it is not UTF-8"
	}
	for i, r := range s {
		if strings.ContainsRune(layout, r) || r == '\u200c' || r == '\u200d' { // the two joiners that some scripts need
			continue
		}
		if unicode.In(r, unicode.Cc, unicode.Cf, unicode.Co, unicode.Cs, unicode.Zl, unicode.Zp, unicode.Noncharacter_Code_Point) ||
			unicode.Is(unicode.Other_Default_Ignorable_Code_Point, r) {
			return fmt.Sprintf("%U at %d", r, i)
		}
	}
	return ""
}

// stream is the output sent to a terminal.
type stream struct {
	text      string          // the text without sequences
	sequences map[string]bool // the kinds of sequences: "CSI ?h", "OSC 11"
	marked    []string        // sequences that contain the mark
	titles    []string        // of the window
}

// read parses the output sent to a terminal.
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
			// A title may contain the customer's name, as text.
			st.titles = append(st.titles, strings.TrimSuffix(strings.TrimSuffix(title, "\a"), "\x1b\\"))
		} else if strings.Contains(seq, mark) {
			st.marked = append(st.marked, fmt.Sprintf("%q", seq))
		}
	}
	st.text = text.String()
	return st
}

// sortOf returns the kind of a sequence by its beginning and end.
func sortOf(seq string) string {
	rest, is := strings.CutPrefix(seq, "\x1b")
	if !is || rest == "" {
		return fmt.Sprintf("%q", seq)
	}
	switch rest[0] {
	case '[':
		return fmt.Sprintf("CSI %s", strings.TrimLeft(rest[1:], "0123456789;:")) // with its private marker and final byte
	case ']':
		number, _, _ := strings.Cut(rest[1:], ";")
		return fmt.Sprintf("OSC %q", number)
	}
	return fmt.Sprintf("ESC %q", rest[:1])
}
