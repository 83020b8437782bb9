package playbook

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// maxActive is how many characters of one paragraph may begin emphasis, code, a link or a tag. The
// parser scans the rest of the paragraph for each of them, so that a file full of them would take
// minutes. In a paragraph with more, which nobody writes, they are text.
const maxActive = 100

// inliner removes emphasis, links, code marks and tags from text.
type inliner struct {
	// md parses inline Markdown only: its input is one paragraph.
	md parser.Parser
	// refs has the link targets of the file.
	refs parser.Context
}

func newInliner(refs parser.Context) inliner {
	return inliner{refs: refs, md: parser.NewParser(
		parser.WithBlockParsers(util.Prioritized(parser.NewParagraphParser(), 1)),
		parser.WithInlineParsers(parser.DefaultInlineParsers()...),
	)}
}

// flatten returns the plain text of each line of one paragraph. Marks may span lines.
func (in inliner) flatten(lines []string) []string {
	flat := make([]string, len(lines))
	if n := active(lines); n == 0 || n > maxActive {
		for i, line := range lines {
			if i+1 < len(lines) && endsInBackslash(line) {
				line = line[:len(line)-1]
			}
			flat[i] = clean(resolve(line))
		}
		return flat
	}
	f := flattener{at: make([]int, len(lines)), out: make([]strings.Builder, len(lines))}
	for i, line := range lines {
		f.at[i] = len(f.src)
		if line = strings.TrimSpace(line); line != "" { // an empty line would end the paragraph
			f.src = append(append(f.src, line...), '\n')
		}
	}
	_ = ast.Walk(in.md.Parse(text.NewReader(f.src), parser.WithContext(in.refs)), f.visit) // visit returns no error
	for i := range flat {
		flat[i] = clean(f.out[i].String())
	}
	return flat
}

// flattener collects the text of an inline tree by lines.
type flattener struct {
	src []byte
	at  []int // where each line begins in src
	out []strings.Builder
	now int // the line that was written to last
}

func (f *flattener) visit(n ast.Node, entering bool) (ast.WalkStatus, error) {
	if !entering {
		return ast.WalkContinue, nil
	}
	switch n := n.(type) {
	case *ast.Text:
		value := string(n.Segment.Value(f.src))
		if !n.IsRaw() {
			value = resolve(value)
		}
		f.put(n.Segment.Start, value)
	case *ast.AutoLink:
		f.put(n.Pos(), string(n.Label(f.src)))
	case *ast.RawHTML:
		f.put(n.Pos(), "")
		if tag := n.Segments.At(0); isBreak(tag.Value(f.src)) {
			f.put(-1, " ")
		}
	case *ast.Link:
		if n.FirstChild() == nil {
			f.put(n.Pos(), string(n.Destination))
		}
	case *ast.Image:
		if n.FirstChild() == nil {
			f.put(n.Pos(), string(n.Destination))
		}
	}
	return ast.WalkContinue, nil
}

// put appends to the line that contains an offset of src. A negative offset is behind the last one.
func (f *flattener) put(offset int, s string) {
	for offset >= 0 && f.now+1 < len(f.at) && f.at[f.now+1] <= offset {
		f.now++
	}
	f.out[f.now].WriteString(s)
}

// isBreak reports whether a tag separates words.
func isBreak(tag []byte) bool {
	return len(tag) >= 3 && strings.EqualFold(string(tag[:3]), "<br")
}

// active counts the characters that the inline parser would act on.
func active(lines []string) int {
	n := 0
	for _, line := range lines {
		for i := 0; i < len(line); i++ {
			switch line[i] {
			case '\\':
				i++
			case '*', '_', '`', '[', ']', '<':
				n++
			}
		}
	}
	return n
}

// resolve replaces backslash escapes and character references by what they stand for.
func resolve(s string) string {
	if !strings.ContainsAny(s, `\&`) {
		return s
	}
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		switch {
		case s[i] == '\\' && i+1 < len(s) && util.IsPunct(s[i+1]):
			i++
			b.WriteByte(s[i])
		case s[i] == '&':
			value, size := reference(s[i:])
			b.WriteString(value)
			i += size - 1
		default:
			b.WriteByte(s[i])
		}
	}
	return b.String()
}

// reference resolves the character reference that s begins with. Without one it returns the
// ampersand.
func reference(s string) (value string, size int) {
	const longest = len("&CounterClockwiseContourIntegral;")
	end := strings.IndexByte(s[:min(len(s), longest)], ';')
	if end < 0 {
		return "&", 1
	}
	name := s[1:end]
	digits, numeric := strings.CutPrefix(name, "#")
	if !numeric {
		if e, ok := util.LookUpHTML5EntityByName(name); ok {
			return string(e.Characters), end + 1
		}
		return "&", 1
	}
	// goldmark's own resolver takes &#010; for octal.
	base, most := 10, 7
	if len(digits) > 0 && digits[0]|0x20 == 'x' {
		digits, base, most = digits[1:], 16, 6
	}
	code, err := strconv.ParseUint(digits, base, 32)
	if err != nil || len(digits) > most {
		return "&", 1
	}
	if code == 0 || !utf8.ValidRune(rune(code)) {
		code = utf8.RuneError
	}
	return string(rune(code)), end + 1
}

// linkTargets removes link targets from paragraphs, as goldmark does, except from paragraphs with
// more of them than people write: its time grows with their square.
type linkTargets struct{}

// Transform implements parser.ParagraphTransformer.
func (linkTargets) Transform(n *ast.Paragraph, r text.Reader, pc parser.Context) {
	segments := n.Lines()
	lines := make([]string, segments.Len())
	for i := range lines {
		s := segments.At(i)
		lines[i] = string(s.Value(r.Source()))
	}
	if active(lines) <= maxActive {
		parser.LinkReferenceParagraphTransformer.Transform(n, r, pc)
	}
}

// clean returns s as one line without blanks at its ends or two in a row.
func clean(s string) string {
	return strings.Join(strings.Fields(s), " ")
}
