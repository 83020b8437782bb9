package capture

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"hark/internal/interview"
	"hark/internal/language"
)

// Markdown reads the lines of a text that may be Markdown, or mail. Some of its lines then begin as
// lines of hark do and mean something else: "+ milk" in a list, "> as you wrote" in a quotation,
// "!!! note" above a box. The zero Markdown has read nothing.
type Markdown struct {
	In      Context // what the lines would be read into
	lines   int
	evident bool   // something has come that only Markdown or mail has
	fence   string // what ends the block of code, "" outside of one
	last    string // the line before
	open    []int
}

// Read reads the next line.
func (m *Markdown) Read(line string) {
	m.lines++
	text := trimRight(skipUnseen(line))
	if text == "" {
		return
	}
	fence := fenceOf(text)
	switch {
	case m.fence != "" && strings.HasPrefix(text, m.fence) && strings.Trim(text, m.fence[:1]) == "":
		m.fence = ""
	case m.fence == "" && fence != "":
		m.fence, m.evident = fence, true
	case !m.In.StandsAsText(line):
		m.open = append(m.open, m.lines)
	}
	m.evident = m.evident || onlyInMarkdown(text) || onlyInMail(m.last, text)
	m.last = text
}

// Open returns the numbers of the lines, from 1, that are no text as they stand, and so may mean
// something else; none while nothing shows that the text is Markdown or mail.
func (m *Markdown) Open() []int {
	if !m.evident {
		return nil
	}
	return m.open
}

// StandsAsText reports whether a line is kept as a text, and all of it as it stands.
func (in Context) StandsAsText(line string) bool {
	action, err := in.Parse(line)
	a, ok := action.(interview.Add)
	return err == nil && ok && a.Kind == interview.Paraphrase && a.Text == strings.TrimSpace(line) && a.Speaker == "" && len(a.Themes) == 0
}

// fenceOf returns the marks that begin a block of code.
func fenceOf(text string) string {
	for _, mark := range []string{"`", "~"} {
		if rest := strings.TrimLeft(text, mark); len(text)-len(rest) >= 3 && !strings.Contains(rest, mark) {
			return text[:len(text)-len(rest)]
		}
	}
	return ""
}

// onlyInMarkdown reports whether a line begins as headings, bullets, numbered items, rows of tables
// and pictures of Markdown do, is a rule or an underline, or has a link, a tag or emphasis in it.
func onlyInMarkdown(text string) bool {
	mark, rest := cutWord(text)
	first, size := utf8.DecodeRuneInString(text)
	switch {
	case strings.HasPrefix(text, "![") && isImage(text[1:]):
		return true
	case strings.HasPrefix(text, "|"):
		return strings.Count(text, "|") > 1
	case strings.Contains("-=*_~", text[:size]) && isRow(text, size), strings.Contains(text, "--") && strings.Trim(text, "-|: ") == "":
		return true
	case isMarkedUp(text):
		return true
	case rest == "":
		return false
	case size == len(mark) && (unicode.Is(unicode.Pd, first) || strings.ContainsRune("*•·‣⁃∙◦▪▫■□●○◆◇►▸▶➢➤✓✔✗✘☐☑☒", first)):
		return true
	case strings.Trim(mark, "#") == "":
		return len(mark) <= 6
	}
	number := strings.TrimRight(mark, ".)")
	return len(mark) == len(number)+1 && strings.IndexFunc(number, func(r rune) bool { return !unicode.IsDigit(r) }) < 0
}

// isMarkedUp reports whether a text has a link, a tag or emphasis of Markdown in it.
func isMarkedUp(text string) bool {
	for _, pair := range [...][2]string{
		{"**", "**"}, {"__", "__"}, {"~~", "~~"}, {"==", "=="}, {"`", "`"}, {"[", "]("}, {"[[", "]]"}, {"<http", ">"}, {"</", ">"}, {"<!--", ""},
	} {
		_, after, found := strings.Cut(text, pair[0])
		inner, _, closed := strings.Cut(after, pair[1])
		if pair[1] == "" || inner != "" && strings.TrimSpace(inner) == inner && closed {
			if found {
				return true
			}
		}
	}
	return false
}

// onlyInMail reports whether a line is what mail has and notes do not: a subject, a greeting or
// another few words with a comma behind them, a quotation that somebody is said to have written,
// and a quotation in a quotation.
func onlyInMail(last, text string) bool {
	const mostInGreeting = 4 // words
	if n := markSize(text, '>'); n > 0 {
		return endsIn(last, ":：") || markSize(trimLeft(text[n:]), '>') > 0
	}
	if word, _, headed := strings.Cut(text, ":"); language.IsMailHeader(strings.ToLower(word)) {
		return headed
	}
	return Context{}.Label(text).Kind == KindParaphrase && endsIn(text, ",，") && len(strings.Fields(text)) <= mostInGreeting
}

func endsIn(text, marks string) bool {
	r, size := utf8.DecodeLastRuneInString(text)
	return size > 0 && strings.ContainsRune(marks, r)
}
