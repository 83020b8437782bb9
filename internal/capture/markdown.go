package capture

import (
	"strings"
	"unicode"
)

// Markdown reads the lines of a text that may be Markdown, or mail. Some of its lines then begin as
// lines of hark do and mean something else: "+ milk" in a list, "> as you wrote" in a quotation, and
// all that stands in a block of code. The zero Markdown has read nothing.
type Markdown struct {
	lines   int
	evident bool   // something has come that only Markdown has
	fence   string // what ends the block of code, "" outside of one
	open    []int
}

// Read reads the next line.
func (m *Markdown) Read(line string) {
	m.lines++
	text := skipUnseen(line)
	kind := Label(text).Kind
	fence := fenceOf(text)
	switch {
	case m.fence != "":
		if strings.HasPrefix(text, m.fence) && strings.Trim(text, m.fence[:1]+" \t") == "" {
			m.fence = ""
		} else if kind != KindParaphrase {
			m.open = append(m.open, m.lines)
		}
	case fence != "":
		m.fence, m.evident = fence, true
	case kind == KindPromise || kind == KindThought:
		_, n := opens(text)
		if next := text[n:]; next != trimLeft(next) || strings.HasPrefix(next, ">") {
			m.open = append(m.open, m.lines)
		}
	default:
		m.evident = m.evident || onlyInMarkdown(text)
	}
}

// Open returns the numbers of the lines, from 1, that begin as lines of hark do and probably mean
// something else; none while nothing shows that the text is Markdown.
func (m *Markdown) Open() []int {
	if !m.evident {
		return nil
	}
	return m.open
}

// fenceOf returns the marks that begin a block of code.
func fenceOf(text string) string {
	for _, mark := range []string{"`", "~"} {
		if rest := strings.TrimLeft(text, mark); len(text)-len(rest) >= 3 {
			return text[:len(text)-len(rest)]
		}
	}
	return ""
}

// onlyInMarkdown reports whether a line begins as headings, bullets, numbered items, rows of tables and
// pictures of Markdown do.
func onlyInMarkdown(text string) bool {
	mark, rest := cutWord(text)
	switch {
	case strings.HasPrefix(text, "![") && isImage(text[1:]):
		return true
	case strings.HasPrefix(text, "|"):
		return strings.Count(text, "|") > 1
	case rest == "":
		return false
	case mark == "-", mark == "*":
		return true
	case strings.Trim(mark, "#") == "":
		return len(mark) <= 6
	}
	number := strings.TrimRight(mark, ".)")
	return len(mark) == len(number)+1 && strings.IndexFunc(number, func(r rune) bool { return !unicode.IsDigit(r) }) < 0
}
