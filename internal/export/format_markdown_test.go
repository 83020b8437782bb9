package export_test

import (
	"encoding/json"
	"html"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
	gmhtml "github.com/yuin/goldmark/renderer/html"
	"pgregory.net/rapid"

	"hark/internal/export"
	"hark/internal/interview"
	"hark/internal/plain"
)

// rendered is what a reader of Markdown shows of an export.
type rendered struct {
	front      map[string][]string
	headings   []string
	items      []string // of lists
	quotes     []string // set off as block quotes
	paragraphs []string
	foreign    []string // elements that no export has
}

// render reads an export as GitHub would, and a little more.
func render(t testing.TB, md []byte) rendered {
	t.Helper()
	front, body, ok := strings.Cut(strings.TrimPrefix(string(md), "---\n"), "\n---\n")
	if !ok || !strings.HasPrefix(string(md), "---\n") {
		t.Fatalf("no front matter:\n%s", md)
	}
	r := rendered{front: frontMatter(t, front)}
	var b strings.Builder
	reader := goldmark.New(
		goldmark.WithExtensions(extension.GFM, extension.Footnote, extension.DefinitionList),
		goldmark.WithRendererOptions(gmhtml.WithXHTML()),
	)
	if err := reader.Convert([]byte(body), &b); err != nil {
		t.Fatal(err)
	}
	r.read(strings.ReplaceAll(b.String(), "<br />\n", "\n"))
	return r
}

// read takes HTML apart. Text in it has no angle brackets, and lists do not
// nest.
func (r *rendered) read(page string) {
	tags := regexp.MustCompile(`<(/?)([a-z0-9]+)[^>]*>`)
	var open string // the element whose text is being read
	inQuote := false
	from := 0
	for _, at := range tags.FindAllStringSubmatchIndex(page, -1) {
		text := html.UnescapeString(page[from:at[0]])
		closing, element := at[3] > at[2], page[at[4]:at[5]]
		if element != "input" {
			from = at[1]
		}
		switch element {
		case "input":
			from = at[1] + len(" ")
		case "h1", "h2", "h3", "li", "p":
			if !closing {
				open = element
				continue
			}
			if open != element {
				r.foreign = append(r.foreign, element+" in "+open)
			}
			r.take(element, inQuote, text)
			open = ""
		case "blockquote":
			inQuote = !closing
		case "ul":
		default:
			r.foreign = append(r.foreign, page[at[0]:at[1]])
		}
	}
}

func (r *rendered) take(element string, inQuote bool, text string) {
	switch {
	case element == "li":
		r.items = append(r.items, text)
	case element == "p" && inQuote:
		r.quotes = append(r.quotes, text)
	case element == "p":
		r.paragraphs = append(r.paragraphs, text)
	default:
		r.headings = append(r.headings, text)
	}
}

// frontMatter reads lines of a key and a JSON string, or an array of them.
func frontMatter(t testing.TB, front string) map[string][]string {
	t.Helper()
	values := map[string][]string{}
	for line := range strings.Lines(front + "\n") {
		key, value, ok := strings.Cut(strings.TrimSuffix(line, "\n"), ": ")
		if !ok {
			t.Fatalf("front matter has the line %q", line)
		}
		var one string
		var many []string
		if err := json.Unmarshal([]byte(value), &one); err == nil {
			many = []string{one}
		} else if err := json.Unmarshal([]byte(value), &many); err != nil {
			t.Fatalf("front matter has the line %q: %v", line, err)
		}
		values[key] = many
	}
	return values
}

// shown is what readers see of a text of several lines, and line of one that
// stands on one line: for ordinary writing, the text itself.
func shown(s string) string { return html.UnescapeString(plain.HTML(s)) }
func line(s string) string  { return plain.Terminal(s) }

// filled is a meeting with one text wherever a customer's text can stand. It is
// nil when the text is refused.
func filled(t testing.TB, text string) *interview.Interview {
	t.Helper()
	if strings.TrimSpace(text) == "" {
		return nil
	}
	m := begin(t, interview.Beginning{Customer: "Harbour", Playbook: interview.Playbook{
		Name: text, Stages: []interview.Stage{{Name: text, Questions: []interview.Question{{Text: text}, {Text: text}}}},
	}})
	who, role := "Ana", "foreman"
	if len(text) <= 200 && !strings.ContainsAny(text, "\r\n") {
		who, role = text+" Ana", text
		m.iv.Customer = text
	}
	m.do(
		interview.Introduce{Name: who, Role: role},
		interview.SetConsent{Quotes: interview.QuoteByName},
		interview.Raise{Text: text, Quoted: true, Speaker: who},
		interview.Ask{Number: 1},
		add(interview.Quote, who, text, text),
		add(interview.Paraphrase, who, text),
		add(interview.Observation, "", text),
		add(interview.FollowUp, "", text),
		add(interview.Thought, "", text),
		add(interview.Quote, who, "as first kept"),
		interview.Fix{Number: 7, Text: text},
		interview.Weigh{Problem: 1, HowOften: &text, Costs: &text, Bears: &text, Tried: &text, Wants: &text},
		interview.PlayBack{Problem: 1, Answer: interview.Nearly, By: who, Correction: text + "!"},
		interview.PlayBack{Problem: 1, Answer: interview.Yes, By: who},
		interview.Raise{Text: text + "?", Quoted: true, Speaker: who},
		interview.SetAside{Problem: 2, Reason: text},
		interview.AskLeftOut{Text: text},
		interview.MustRespect{Problem: 1, Text: text},
		interview.Solve{Problems: []interview.Number{1}, Text: text},
		interview.Share{Solution: 1, Ours: &text, Theirs: &text},
		interview.React{Solution: 1, Text: text},
		interview.Advise{Problem: 1, Text: text},
		interview.Promises{Text: text, Owner: who},
		interview.Carry{Problem: 1, Department: "Engineering", Owner: who},
		interview.AnswerRoute{Number: 10, Text: text},
	)
	return m.iv
}

// checkMarkdown exports a meeting that is full of one text, and checks that
// readers show that text wherever it stands, and no element that it made.
func checkMarkdown(t testing.TB, text string) {
	t.Helper()
	iv := filled(t, text)
	if iv == nil {
		return
	}
	md := export.NewPage(iv, export.Options{Thoughts: true}).Markdown()
	checkPlain(t, string(md))
	r := render(t, md)
	if len(r.foreign) > 0 {
		t.Errorf("%q makes %q", text, r.foreign)
	}
	who := line(iv.People[0].Name)
	trimmed := shown(strings.TrimSpace(text))
	want := rendered{
		headings: []string{
			line(iv.Customer), "Problems", "Problem 1: confirmed", "Set aside", "Problem 2: set aside", "Worked out together", "Solution 1",
			"What a good answer must respect", "What we advised", "What was left out", "Promises", "Carried to departments",
			"The record", "Apart from the questions", line(text), "To ask next time", "Not asked",
		},
		quotes: []string{"“" + shown(strings.TrimSpace(text+"!")) + "” — " + who, "“" + shown(text+"?") + "” — " + who},
	}
	if diff := cmp.Diff(want.headings, r.headings); diff != "" {
		t.Errorf("%q: headings (-want +got):\n%s", text, diff)
	}
	if diff := cmp.Diff(want.quotes, r.quotes); diff != "" {
		t.Errorf("%q: block quotes (-want +got):\n%s", text, diff)
	}
	themes := ""
	if theme := interview.Theme(text); theme != "" {
		themes = " (" + line(theme) + ")"
	}
	for _, item := range []string{
		"14:05 “" + shown(text) + "” — " + who + themes,
		"14:06 " + shown(text) + " — " + who,
		"14:07 seen: " + shown(text),
		"14:08 " + shown(text),
		"14:09 own thought: " + shown(text),
		"14:10 “" + shown(text) + "” — " + who + " (first kept as: “as first kept”)",
		"How often: " + trimmed,
		"For problem 1: " + shown(text),
		"Stays in their hands: " + trimmed,
		"What they said to it: " + shown(text),
		shown(text) + " — " + who,
		"Problem 1 to Engineering — " + who + ", answered 5 November 2026, not told yet: " + shown(text),
		shown(text),
	} {
		if !slices.Contains(r.items, item) {
			t.Errorf("%q: no item %q in %q", text, item, r.items)
		}
	}
	for _, paragraph := range []string{shown(text), "Asked what had been left out, they said: " + trimmed} {
		if !slices.Contains(r.paragraphs, paragraph) && interview.Theme(text) != "nothing" {
			t.Errorf("%q: no paragraph %q in %q", text, paragraph, r.paragraphs)
		}
	}
}

// checkPlain checks that nothing in a file acts on a terminal or hides.
func checkPlain(t testing.TB, file string) {
	t.Helper()
	for l := range strings.Lines(file) {
		l = strings.TrimSuffix(l, "\n")
		if safe := plain.Terminal(l); safe != l {
			t.Errorf("%q is not plain, but would be %q", l, safe)
		}
	}
}

func TestMarkdownShowsWhatWasTyped(t *testing.T) {
	for _, text := range []string{
		"One weld in five is done twice", "Ça marche, déjà", "作業が二度手間になる", "כל ריתוך חמישי", "👷🏽 again", "नमस्ते",
		"# not a heading", "- not a list", "> not a quote", "1. no", "2) no", "*no* **no** _no_ ~~no~~ `no`", "[no](http://a.example)", "![no](x)",
		"<b>no</b>", "<!-- no -->", "&amp; &copy", "a@b.example", "www.a.example", "https://a.example/?a=b&c=d", "[[no]] #no ==no== $no$ %%no%%",
		"| a | b |\n|---|---|\n| c | d |", "---", "===\n---", "a\n\nb", "a\n    b", "\tcode", "    code", "```\ncode\n```", "a\\", "a  \nb", "[^1]: no",
		"[ ] no", "[x] no", "term\n: no", "“no”", " spaces ", "\n\nlines\n\n", "a\r\nb\rc", "\x1b]0;title\a", "a\u202eb", "a\u200bb", "\u0085", "x\u0000y",
		"---\nid: \"no\"\n---",
	} {
		checkMarkdown(t, text)
	}
}

func TestMarkdownShowsAnyText(t *testing.T) {
	piece := rapid.OneOf(
		rapid.StringMatching(`[a-z ]{0,6}`),
		rapid.SampledFrom(strings.Fields("* ** _ ` ``` # - + > < <a> </a> [ ] ( ) ! | ~ ~~ = == $ % & &lt; &#35; \\ : @ . www. http:// “ ” — 1. 2) ^ { }")),
		rapid.SampledFrom([]string{"\n", "\n\n", "\t", "    ", " ", "\r", "\u00a0", "\u2028", "\x1b[31m", "\u202e", "\u200d"}),
		rapid.String(),
	)
	rapid.Check(t, func(rt *rapid.T) {
		text := strings.Join(rapid.SliceOfN(piece, 1, 8).Draw(rt, "pieces"), "")
		checkMarkdown(reporter{t, rt}, text)
	})
}

// reporter lets a helper that wants a testing.TB report to a property.
type reporter struct {
	testing.TB
	rt *rapid.T
}

func (r reporter) Helper()                           {}
func (r reporter) Errorf(format string, args ...any) { r.rt.Errorf(format, args...) }
func (r reporter) Fatalf(format string, args ...any) { r.rt.Fatalf(format, args...) }
func (r reporter) Fatal(args ...any)                 { r.rt.Fatal(args...) }

// The strings that break programs, and every third input of the CommonMark
// conformance tests as something that a customer said.
func TestMarkdownShowsRealInputs(t *testing.T) {
	root := os.Getenv("HARK_TEST_DATA")
	if root == "" {
		t.Skip("HARK_TEST_DATA is not set: there are no naughty strings and no CommonMark inputs to try")
	}
	var texts []string
	readJSON(t, filepath.Join(root, "hostile", "blns", "blns.json"), &texts)
	var examples []struct {
		Markdown string `json:"markdown"`
	}
	readJSON(t, filepath.Join(root, "conformance", "commonmark-spec.json"), &examples)
	for i := 0; i < len(examples); i += 3 {
		texts = append(texts, strings.TrimSuffix(examples[i].Markdown, "\n"))
	}
	same := 0
	for _, text := range texts {
		checkMarkdown(t, text)
		if shown(text) == text {
			same++
		}
	}
	if same < len(texts)*3/4 {
		t.Errorf("only %d of %d texts are shown byte for byte", same, len(texts))
	}
}

func readJSON(t *testing.T, path string, into any) {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(b, into); err != nil {
		t.Fatalf("%s: %v", path, err)
	}
}

func TestFrontMatter(t *testing.T) {
	m := rich(t)
	want := map[string][]string{
		"id":       {m.iv.ID.String()},
		"customer": {"Harbour Welding"},
		"date":     {"2026-11-06"},
		"playbook": {"Short talk"},
		"outcome":  {"worked-out"},
		"people":   {"Ana", "Ben", "Jo"},
		"themes":   {"planning", "rework", "scrap"},
	}
	east := time.FixedZone("EAST", 12*60*60)
	got := render(t, export.NewPage(m.iv, export.Options{Location: east}).Markdown()).front
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// A reader that does not know front matter shows it, and what people entered in it, as text.
func TestFrontMatterHasNoMarkup(t *testing.T) {
	const live = `<script>alert(1)</script> [a](javascript:b) **c** &lt;d&gt;`
	m := begin(t, interview.Beginning{Customer: live, Playbook: interview.Playbook{Name: live}})
	m.do(interview.SetConsent{Quotes: interview.QuoteByName}, interview.Introduce{Name: live}, add(interview.Quote, live, "x", live))
	d := export.NewDigest(live, export.Options{})
	for name, md := range map[string][]byte{"page": export.NewPage(m.iv, export.Options{}).Markdown(), "digest": d.Markdown()} {
		var b strings.Builder
		if err := goldmark.New(goldmark.WithExtensions(extension.GFM), goldmark.WithRendererOptions(gmhtml.WithUnsafe())).Convert(md, &b); err != nil {
			t.Fatal(err)
		}
		for _, element := range []string{"<script", "<a", "<strong"} {
			if strings.Contains(b.String(), element) {
				t.Errorf("%s: an element %s in\n%s", name, element, b.String())
			}
		}
	}
}
