package plain_test

import (
	"encoding/json"
	"html"
	"regexp"
	"strings"
	"testing"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
	gmhtml "github.com/yuin/goldmark/renderer/html"
	"pgregory.net/rapid"

	"hark/internal/plain"
)

// place is a position in a Markdown file that customer text is put into.
type place struct {
	name  string
	write func(s string) string
	// before and after are the HTML around the text.
	before, after string
}

func places() []place {
	block := func(marker, prefix, left, right string) func(string) string {
		return func(s string) string { return marker + left + plain.MarkdownBlock(s, prefix) + right }
	}
	oneLine := func(left, right string) func(string) string {
		return func(s string) string { return left + plain.Markdown(plain.Terminal(s)) + right }
	}
	return []place{
		{"paragraph", plain.Markdown, "<p>", "</p>\n"},
		{"list item", block("- ", "  ", "", ""), "<ul>\n<li>", "</li>\n</ul>\n"},
		{"block quote", block("> ", "> ", "", ""), "<blockquote>\n<p>", "</p>\n</blockquote>\n"},
		{"quoted in a paragraph", block("", "", "“", "”"), "<p>“", "”</p>\n"},
		{"quoted in a list item", block("- ", "  ", "“", "”"), "<ul>\n<li>“", "”</li>\n</ul>\n"},
		{"quoted in a block quote", block("> ", "> ", "“", "”"), "<blockquote>\n<p>“", "”</p>\n</blockquote>\n"},
		{"behind a name", block("**Ana:** ", "", "“", "” *x*"), "<p><strong>Ana:</strong> “", "” <em>x</em></p>\n"},
		{"second line", block("Ana:\\\n", "", "", ""), "<p>Ana:<br />\n", "</p>\n"},
		{"heading", oneLine("## ", ""), "<h2>", "</h2>\n"},
		{"link", oneLine("See [", "](a.md)."), `<p>See <a href="a.md">`, "</a>.</p>\n"},
	}
}

// readers are Markdown readers, from plain CommonMark to one with nearly every extension.
func readers() map[string]goldmark.Markdown {
	xhtml := goldmark.WithRendererOptions(gmhtml.WithXHTML())
	return map[string]goldmark.Markdown{
		"CommonMark": goldmark.New(xhtml),
		"GFM":        goldmark.New(goldmark.WithExtensions(extension.GFM), xhtml),
		"everything": goldmark.New(goldmark.WithExtensions(extension.GFM, extension.Footnote, extension.DefinitionList), xhtml),
	}
}

var tag = regexp.MustCompile(`<[^>]*>`)

// checkMarkdown puts s into every place and reads the file with every reader.
func checkMarkdown(t interface {
	Helper()
	Errorf(format string, args ...any)
}, s string) {
	t.Helper()
	if s == "" {
		return
	}
	// HTML keeps newlines and tabs too, and is far simpler.
	want := html.UnescapeString(plain.HTML(s))
	for name, reader := range readers() {
		for _, p := range places() {
			want := want
			if p.name == "heading" || p.name == "link" {
				want = plain.Terminal(s)
			}
			file := p.write(s)
			var b strings.Builder
			if err := reader.Convert([]byte(file), &b); err != nil {
				t.Errorf("%v", err)
				continue
			}
			inside, ok := strings.CutPrefix(b.String(), p.before)
			inside, ok2 := strings.CutSuffix(inside, p.after)
			inside = strings.ReplaceAll(inside, "<br />\n", "\n")
			if shown := html.UnescapeString(inside); !ok || !ok2 || tag.MatchString(inside) || shown != want {
				t.Errorf("%s, %s:\n typed %q\n  file %q\n  HTML %q", name, p.name, s, file, b.String())
			}
		}
	}
}

func TestMarkdownShowsTheCommonMarkSpecAsTyped(t *testing.T) {
	var examples []struct{ Markdown string }
	if err := json.Unmarshal(testData(t, "conformance/commonmark-spec.json"), &examples); err != nil {
		t.Fatal(err)
	}
	if len(examples) != 652 {
		t.Fatalf("%d examples, want 652", len(examples))
	}
	for _, e := range examples {
		checkMarkdown(t, e.Markdown)
		checkMarkdown(t, strings.TrimSuffix(e.Markdown, "\n"))
	}
}

func TestMarkdownShowsNaughtyStringsAsTyped(t *testing.T) {
	for _, s := range naughtyStrings(t) {
		checkMarkdown(t, s)
	}
}

func TestMarkdown(t *testing.T) {
	tests := []struct{ name, in, want string }{
		// These stay as people write them.
		{"sentence", "It's one weld in five, more or less - 20%!", "It's one weld in five, more or less - 20%!"},
		{"brackets and ampersand", "R&D (the lab) said: \"no\"; why?", "R&D (the lab) said: \"no\"; why?"},
		{"numbers", "1.5 or 2/3, +4 or -5, #2nd", "1.5 or 2/3, +4 or -5, \\#2nd"},
		{"comparison", "a < b > c <3 x <= y -> z", "a < b > c <3 x <= y -> z"},
		{"sums", "2 * 3 = 6", "2 * 3 = 6"},
		{"file names", `snake_case_name in C:\temp`, `snake_case_name in C:\temp`},
		{"languages", "C# and C++", "C# and C++"},
		{"time and place", "at 14:30 @ home, @Ana", "at 14:30 @ home, @Ana"},
		{"accents", "Ça coûte l’année", "Ça coûte l’année"},
		// These are escaped.
		{"emphasis", "*a* _b_ **c**", `\*a\* \_b\_ \*\*c\*\*`},
		{"code", "`a`", "\\`a\\`"},
		{"link", "[a](b) ![c](d)", `\[a\](b) !\[c\](d)`},
		{"HTML", "<b>x</b> <!-- y -->", `\<b>x\</b> \<!-- y -->`},
		{"reference", "&amp; &#35; &x", `\&amp; \&\#35; &x`},
		{"heading", "# a", `\# a`},
		{"quote", "> a", `\> a`},
		{"list", "- a", `\- a`},
		{"plus list", "+ a", `\+ a`},
		{"numbered list", "1986. A year", `1986\. A year`},
		{"rule", "---", `\---`},
		{"underline", "===", `\=\=\=`},
		{"addresses", "see https://a.b and www.c.d, x@y.z", `see https\://a.b and www\.c.d, x\@y.z`},
		{"table", "a | b", `a \| b`},
		{"strike-out", "~~a~~", `\~\~a\~\~`},
		{"stars at the edges", " * a * ", `&#32;\* a \*&#32;`},
		{"colon first", "://a", "://a"},
		{"tag", "a #tag", `a \#tag`},
		{"formula", "$5 to $6", `\$5 to \$6`},
		{"highlight", "==a==", `\=\=a=\=`},
		{"comment", "%%a%%", `%\%a%\%`},
		{"block name", "a ^b", `a \^b`},
		{"backslash", `a\ \*`, `a\\ \\\*`},
		{"backslash before a blank that is written out", "a\\\u00A0", `a\\&#160;`},
		// Blanks and newlines.
		{"edges", "  a  ", "&#32; a &#32;"},
		{"only a blank", " ", "&#32;"},
		{"tab", "\ta\tb", "&#9;a&#9;b"},
		{"newlines", "a\nb\r\n\nc", "a\\\nb\\\n\\\nc"},
		{"newline at the end", "a\n\n", "a&#10;&#10;"},
		{"every line can begin a block", "a\n# b\n- c", "a\\\n\\# b\\\n\\- c"},
		{"controls", "\x1b[31m\u202E", `␛\[31m\u{202E}`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := plain.Markdown(tt.in); got != tt.want {
				t.Errorf("Markdown(%q)\n got %q\nwant %q", tt.in, got, tt.want)
			}
			checkMarkdown(t, tt.in)
		})
	}
}

func TestMarkdownBlock(t *testing.T) {
	got := plain.MarkdownBlock("a\n\n> b\n", "> ")
	if want := "a\\\n> \\\n> \\> b&#10;"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

// markdownText draws strings of characters that nearly all mean something in Markdown.
func markdownText() *rapid.Generator[string] {
	pieces := []string{
		"*", "_", "`", "~", "#", ">", "<", "-", "+", "=", "|", "[", "]", "(", ")", "!", "\\", "&", ";", ":", "/", ".", "^", "$", "%", "@", "{", "}", "'", "\"",
		" ", "  ", "    ", "\t", "\n", "\n\n", "a", "b1", "é", "1", "12", "\u00A0", "\u3000", "“", "日",
		"http://a.bc", "www.a.bc", "a@b.cd", "mailto:", "ftp://", "&amp;", "&#35", "<b>", "</b", "<!--", "-->", "```", "~~~", "---", "***", "===", "[a]: b", "[^1]", "![", "](", "1. ", "- ", ": ", ":-", "|-|", "[ ] ",
	}
	return rapid.Custom(func(t *rapid.T) string {
		return strings.Join(rapid.SliceOfN(rapid.SampledFrom(pieces), 1, 14).Draw(t, "pieces"), "")
	})
}

func TestMarkdownShowsPunctuationAsTyped(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) { checkMarkdown(t, markdownText().Draw(t, "s")) })
}

func TestMarkdownShowsAnyTextAsTyped(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) { checkMarkdown(t, anyText().Draw(t, "s")) })
}

func FuzzMarkdown(f *testing.F) {
	for _, s := range append(hostile(), ordinary()...) {
		f.Add(s)
	}
	f.Add("# a\n- b\n\n    c\n| d |\n| - |\n<e> [f](g) **h** `i` &amp; http://j.k www.l.m n@o.p")
	f.Fuzz(func(t *testing.T, s string) { checkMarkdown(t, s) })
}
