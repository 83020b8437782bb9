package export_test

import (
	"encoding/json"
	"encoding/xml"
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"hark/internal/export"
	"hark/internal/interview"
)

// htmlText is what a browser shows of an article: its elements by name, and the
// text of each heading, paragraph and item. Every article is well-formed.
type htmlText struct {
	elements map[string]int
	texts    []string
}

func readHTML(t testing.TB, article []byte) htmlText {
	t.Helper()
	h := htmlText{elements: map[string]int{}}
	dec := xml.NewDecoder(strings.NewReader(string(article)))
	var text strings.Builder
	for {
		token, err := dec.Token()
		if errors.Is(err, io.EOF) {
			return h
		}
		if err != nil {
			t.Fatalf("%v in\n%s", err, article)
		}
		switch token := token.(type) {
		case xml.StartElement:
			h.elements[token.Name.Local]++
			switch token.Name.Local {
			case "h1", "h2", "h3", "p", "li":
				text.Reset()
			}
		case xml.CharData:
			text.Write(token)
		case xml.EndElement:
			switch token.Name.Local {
			case "h1", "h2", "h3", "p", "li":
				h.texts = append(h.texts, text.String())
			}
		case xml.Comment, xml.ProcInst, xml.Directive:
			t.Errorf("%q in an article", token)
		}
	}
}

// checkHTML checks that readers of HTML see a text wherever it stands, and no
// element that it made.
func checkHTML(t testing.TB, text string) {
	t.Helper()
	iv := filled(t, text)
	if iv == nil {
		return
	}
	article := export.NewPage(iv, export.Options{Thoughts: true}).HTMLArticle()
	checkPlain(t, string(article))
	h := readHTML(t, article)
	want := readHTML(t, export.NewPage(filled(t, "plain words"), export.Options{Thoughts: true}).HTMLArticle()).elements
	if interview.Theme(text) == "" || interview.Theme(text) == "nothing" {
		return // then there are fewer
	}
	if diff := cmp.Diff(want, h.elements); diff != "" {
		t.Errorf("%q makes elements (-want +got):\n%s", text, diff)
	}
	who := line(iv.People[0].Name)
	for _, want := range []string{
		"14:06 " + shown(text) + " — " + who,
		"14:07 seen: " + shown(text),
		"For problem 1: " + shown(text),
		"“" + shown(text+"?") + "” — " + who,
	} {
		if !slices.Contains(h.texts, want) {
			t.Errorf("%q: no %q in %q", text, want, h.texts)
		}
	}
}

func TestHTMLShowsWhatWasTyped(t *testing.T) {
	for _, text := range []string{
		"One weld in five", "<b>no</b>", "</article><script>alert(1)</script>", "&amp; &lt;", `"'`, "]]>", "<!-- no -->", " spaces  here ",
		"a\n\nb", "\x1b]0;title\a", "a\u202eb", "כל ריתוך", "https://a.example/?a=b&c=d", "x\u0000y", "<img src=x onerror=y>",
	} {
		checkHTML(t, text)
	}
}

// The inputs of the CommonMark conformance tests, every one as something that a
// customer said, and the strings that break programs.
func TestExportsShowRealInputs(t *testing.T) {
	root := os.Getenv("HARK_TEST_DATA")
	if root == "" {
		t.Skip("HARK_TEST_DATA is not set: there are no naughty strings and no CommonMark inputs to try")
	}
	var examples []struct {
		Markdown string `json:"markdown"`
	}
	readJSON(t, filepath.Join(root, "conformance", "commonmark-spec.json"), &examples)
	if len(examples) != 652 {
		t.Errorf("%d inputs, not 652", len(examples))
	}
	var naughty []string
	readJSON(t, filepath.Join(root, "hostile", "blns", "blns.json"), &naughty)
	for _, e := range examples {
		checkQuote(t, strings.TrimSuffix(e.Markdown, "\n"))
	}
	for _, s := range naughty {
		checkQuote(t, s)
	}
}

// checkQuote checks one text as a quote: in Markdown through a CommonMark reader
// and in HTML, it reads as it was typed and makes no element.
func checkQuote(t *testing.T, text string) {
	t.Helper()
	if strings.TrimSpace(text) == "" {
		return
	}
	m := begin(t, interview.Beginning{Customer: "Mill"})
	m.do(interview.SetConsent{Quotes: interview.QuoteByName}, add(interview.Quote, "", text))
	want := "14:02 “" + shown(text) + "”"
	r := render(t, export.NewPage(m.iv, export.Options{}).Markdown())
	if len(r.items) != 1 || r.items[0] != want || len(r.foreign) > 0 {
		t.Errorf("Markdown of %q: %q and %q", text, r.items, r.foreign)
	}
	h := readHTML(t, export.NewPage(m.iv, export.Options{}).HTMLArticle())
	elements := map[string]int{"article": 1, "bdi": 4, "h1": 1, "h2": 1, "h3": 1, "li": 1, "p": 2, "time": 1, "ul": 1}
	elements["bdi"] = 3 // the customer, the time, the quote
	if diff := cmp.Diff(elements, h.elements); diff != "" || !slices.Contains(h.texts, want) {
		t.Errorf("HTML of %q: %q\n%s", text, h.texts, diff)
	}
}

// HTML says what Markdown says, whatever the customer allowed.
func TestHTMLSaysWhatMarkdownSays(t *testing.T) {
	m := rich(t)
	for _, q := range []interview.Quoting{interview.QuoteByName, interview.QuoteByRole, interview.QuoteNone} {
		iv := m.consenting(q)
		r := render(t, export.NewPage(iv, export.Options{}).Markdown())
		h := readHTML(t, export.NewPage(iv, export.Options{}).HTMLArticle())
		for _, want := range slices.Concat(r.headings, r.quotes, r.paragraphs) {
			if !slices.Contains(h.texts, want) {
				t.Errorf("%s: no %q in HTML", q, want)
			}
		}
		for _, want := range r.items {
			if !slices.ContainsFunc(h.texts, func(s string) bool { return strings.TrimLeft(s, "☐☑ ") == want }) {
				t.Errorf("%s: no item %q in HTML", q, want)
			}
		}
		if n := len(r.headings) + len(r.quotes) + len(r.paragraphs) + len(r.items); n != len(h.texts) {
			t.Errorf("%s: %d blocks in Markdown and %d in HTML", q, n, len(h.texts))
		}
	}
}

func TestHTMLFiles(t *testing.T) {
	m := rich(t)
	other := begin(t, interview.Beginning{Customer: "Mill & <Sons>"})
	several := export.HTMLHead("Interviews", []export.HTMLEntry{
		{ID: m.iv.ID, Customer: m.iv.Customer, StartedAt: m.iv.StartedAt},
		{ID: other.iv.ID, Customer: other.iv.Customer, StartedAt: other.iv.StartedAt.Add(24 * time.Hour)},
	}, export.Options{}) + string(export.NewPage(m.iv, export.Options{}).HTMLArticle()) + export.HTMLFoot()
	one := string(export.NewPage(m.consenting(interview.QuoteByRole), export.Options{}).HTML())
	sameAsGolden(t, "by-role.html", []byte(one))
	for _, file := range []string{one, several} {
		for _, never := range []string{"<script", "http://", "https://", " src=", "url(", "@import", "<link", "onload"} {
			if strings.Contains(file, never) {
				t.Errorf("%q is in the file", never)
			}
		}
		for _, want := range []string{"<!DOCTYPE html>", `charset="utf-8"`, "default-src 'none'", "prefers-color-scheme: dark", "@media print", "</html>\n"} {
			if !strings.Contains(file, want) {
				t.Errorf("%q is not in the file", want)
			}
		}
	}
	if !strings.Contains(several, "<bdi>Mill &amp; &lt;Sons&gt;</bdi></a>, 6 November 2026</li>") ||
		!strings.Contains(several, `<a href="#`+m.iv.ID.String()+`">`) || !strings.Contains(several, `<article id="`+m.iv.ID.String()+`">`) {
		t.Error("the contents do not lead to the articles")
	}
}

// What goes out as JSON to a template or a table keeps to consent as well.
func TestSharedKeepsToConsent(t *testing.T) {
	m := rich(t)
	for q, c := range map[interview.Quoting]struct{ names, quotes bool }{
		interview.QuoteByName: {true, true}, interview.QuoteByRole: {false, true}, interview.QuoteNone: {false, false},
	} {
		iv := m.consenting(q)
		doc, err := json.Marshal(export.Shared(iv, export.Options{}))
		if err != nil {
			t.Fatal(err)
		}
		files := map[string]string{"JSON": string(doc), "recap": export.RecapText(iv, export.Options{})}
		for _, table := range export.Tables() {
			files[string(table)] = string(export.CSV(iv, table, export.Options{}))
		}
		for name, file := range files {
			for _, who := range []string{"Ana", "Ben"} {
				if strings.Contains(file, who) && !c.names {
					t.Errorf("%s, %s: %s is named", q, name, who)
				}
			}
			if strings.Contains(file, "Friday") && !c.quotes {
				t.Errorf("%s, %s: a quote is in it", q, name)
			}
			if strings.Contains(file, "weld camera") {
				t.Errorf("%s, %s: a thought is in it", q, name)
			}
		}
		if named := strings.Contains(files["JSON"], "Ana"); named != c.names {
			t.Errorf("%s: Ana is in the JSON: %v", q, named)
		}
	}
}
