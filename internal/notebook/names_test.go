package notebook_test

import (
	"context"
	"testing"

	"github.com/google/go-cmp/cmp"

	"hark/internal/interview"
)

// However a name, a theme or a department is spelled, it is one.
func TestSpellingsAreOne(t *testing.T) {
	d := newDesk(t)
	id := d.begin("Harbour Welding")
	yes := "x"
	d.do(id,
		interview.Introduce{Name: "José O'Brien", Role: "foreman"},
		interview.Add{Kind: interview.Quote, Text: "One", Speaker: "Jose\u0301", Themes: []string{"größe"}},
		interview.Add{Kind: interview.Quote, Text: "Two", Speaker: "jose o’brien", Themes: []string{"gro\u0308ße", "ＧＲÖSSE"}},
		interview.Introduce{Name: "JOSÉ O´BRIEN", Side: interview.Theirs},
		interview.Raise{Text: "It breaks", Quoted: true, Speaker: "O'Brien", Themes: []string{"Größe"}},
		interview.Weigh{Problem: 1, HowOften: &yes}, interview.PlayBack{Problem: 1, Answer: interview.Yes, By: "Mr O´Brien"},
		interview.Tag{Problem: 1, Remove: []string{"GRO\u0308SSE"}},
		interview.Promises{Text: "send it", Owner: "José"},
	)
	view, err := d.book.Open(context.Background(), id)
	if err != nil {
		t.Fatal(err)
	}
	if len(view.People) != 1 || view.People[0].Role != "foreman" {
		t.Errorf("people: %+v", view.People)
	}
	for _, l := range view.Lines[:2] {
		if d := cmp.Diff([]string{"größe"}, l.Themes); d != "" {
			t.Errorf("themes of line %s:\n%s", l.Number, d)
		}
	}
	if p := view.Problems[0]; len(p.Themes) != 0 || p.Status != interview.Confirmed {
		t.Errorf("problem %+v", p)
	}
}
