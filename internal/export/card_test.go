package export_test

import (
	"fmt"
	"strings"
	"testing"

	"hark/internal/export"
	"hark/internal/interview"
	"hark/internal/plain"
	"hark/internal/playbook"
)

// carded is a playbook with every sort of stage.
func carded() interview.Playbook {
	return interview.Playbook{ID: "mill", Name: "The mill", Stages: []interview.Stage{
		{Name: "Open", Questions: []interview.Question{{Text: "May I take notes?", Probes: []string{"by name?"}}}},
		{Name: "Nothing to ask"},
		{Name: "Work it out", Mark: interview.MarkSolution, Questions: []interview.Question{
			{Text: "What would a good answer have to respect, in the yard as well as in the office and in between?"}, {Text: "Who does what?"},
		}},
		{Name: "Afterwards", Mark: interview.MarkOnlyYou, Questions: []interview.Question{{Text: "What surprised me?"}}},
	}}
}

func TestCardGolden(t *testing.T) {
	sameAsGolden(t, "card.txt", export.Card(carded()))
	sameAsGolden(t, "card.html", export.CardHTML(carded()))
}

// Each of the playbooks that hark brings along fits on one sheet.
func TestCardsFitOnOnePage(t *testing.T) {
	library := playbook.NewLibrary("")
	items, err := library.List()
	if err != nil {
		t.Fatal(err)
	}
	for _, it := range items {
		p, err := library.Get(it.ID)
		if err != nil {
			t.Fatal(err)
		}
		card := string(export.Card(p))
		if n := strings.Count(card, "\n"); n > 66 {
			t.Errorf("the card of %s has %d lines", p.Name, n)
		}
		for line := range strings.Lines(card) {
			if plain.Width(strings.TrimRight(line, "\n")) > 78 {
				t.Errorf("a line of the card of %s is too wide: %s", p.Name, line)
			}
		}
		if last := fmt.Sprintf("<li><b>%d</b>", p.Len()); !strings.Contains(string(export.CardHTML(p)), last) {
			t.Errorf("the page of %s has no question %d", p.Name, p.Len())
		}
	}
}

// A playbook is a file that somebody wrote: what stands in it stays text.
func TestCardsAreSafe(t *testing.T) {
	const hostile = "</style><script>alert(1)</script>\x1b[2J\x1b]0;x\a\u202e<img src=//x.example onerror=a>\nand more"
	p := interview.Playbook{Name: hostile, Stages: []interview.Stage{{Name: hostile, Questions: []interview.Question{{Text: hostile}}}}}
	page := string(export.CardHTML(p))
	for _, active := range []string{"<script", "<img", "\x1b", "\a", "\u202e", "</style><"} {
		if strings.Contains(page, active) {
			t.Errorf("%q is in\n%s", active, page)
		}
	}
	if strings.Count(page, "<style>") != 1 || !strings.Contains(page, "default-src 'none'") {
		t.Errorf("want one style and a policy that forbids everything from outside:\n%s", page)
	}
	if card := string(export.Card(p)); strings.ContainsAny(card, "\x1b\a\u202e") {
		t.Errorf("%q", card)
	}
}

// A playbook without questions is a sheet to write on.
func TestCardOfNothing(t *testing.T) {
	p := interview.Playbook{Name: "Bare"}
	if got := string(export.Card(p)); !strings.HasPrefix(got, "Bare\nCustomer ___") || strings.Count(got, "\n") != 2 {
		t.Errorf("%q", got)
	}
	if got := string(export.CardHTML(p)); !strings.Contains(got, "<main>\n</main>") {
		t.Errorf("%q", got)
	}
}
