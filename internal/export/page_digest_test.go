package export_test

import (
	"slices"
	"strings"
	"testing"

	"hark/internal/export"
	"hark/internal/interview"
)

func TestDigest(t *testing.T) {
	m := rich(t)
	other := begin(t, interview.Beginning{Customer: "Mill"})
	other.do(
		interview.Introduce{Name: "Lou", Role: "miller"},
		interview.SetConsent{Quotes: interview.QuoteNone},
		interview.Raise{Text: "Dust", Quoted: true, Speaker: "Lou"},
		interview.PlayBack{Problem: 1, Answer: interview.Yes, By: "Lou"},
		interview.Carry{Problem: 1, Department: " engineering ", Owner: "Kim"},
	)
	d := export.NewDigest("Engineering", export.Options{})
	d.Add(m.consenting(interview.QuoteByRole), nil)
	d.Add(other.iv, nil)
	if d.Len() != 2 {
		t.Fatalf("%d routes, not 2", d.Len())
	}
	md := d.Markdown()
	sameAsGolden(t, "digest.md", md)
	if strings.Contains(string(md), "Lou") || strings.Contains(string(md), "Ana") || strings.Contains(string(md), "“Dust”") {
		t.Errorf("the digest names or quotes more than allowed:\n%s", md)
	}
	r := render(t, md)
	page := string(d.HTML())
	article, _, ok := strings.Cut(page[strings.Index(page, "<article"):], "</body>")
	if !ok {
		t.Fatalf("no article:\n%s", page)
	}
	h := readHTML(t, []byte(article))
	for _, want := range slices.Concat(r.headings, r.quotes, r.items) {
		if !slices.Contains(h.texts, want) {
			t.Errorf("no %q in HTML", want)
		}
	}
}

func TestRecap(t *testing.T) {
	m := rich(t)
	for file, iv := range map[string]*interview.Interview{
		"recap.md": m.consenting(interview.QuoteByName), "recap-none.md": m.consenting(interview.QuoteNone),
	} {
		md := export.Recap(iv, export.Options{Thoughts: true})
		sameAsGolden(t, file, md)
		for _, never := range []string{
			"coffee", "weld camera", "Camera on line two", "Engineering", "which job is next", "board by the door", "tag printer", "skip costs",
		} {
			if strings.Contains(string(md), never) {
				t.Errorf("%s: %q is not for the customer", file, never)
			}
		}
	}
	sameAsGolden(t, "recap.txt", []byte(export.RecapText(m.iv, export.Options{Width: 72})))

	alone := begin(t, interview.Beginning{Customer: "Mill"})
	if got := export.RecapText(alone.iv, export.Options{}); !strings.Contains(got, "\nMill\n") {
		t.Errorf("nobody was named, and the customer does not stand alone:\n%s", got)
	}
}
