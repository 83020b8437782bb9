package notebook_test

import (
	"testing"

	"hark/internal/interview"
	"hark/internal/notebook"
)

// Two laptops that note somebody apart and exchange their files have one person in both, who said,
// promised and confirmed what was noted on either; and a name joined on one is joined on the other.
func TestOnePersonOnTwoLaptops(t *testing.T) {
	mine, theirs := newDesk(t), newDesk(t)
	theirs.now = theirs.now.Add(-26 * 60 * 60 * 1e9) // whose clock is behind
	id := beginGuided(mine, "Harbour Welding")
	four := 4
	mine.do(id, interview.Raise{Text: "one weld in five"}, interview.Weigh{Problem: 1, HowBad: &four}, interview.AskLeftOut{})
	theirs.mustTake(mine.export(true), notebook.Imported{New: 1})
	bob := func(text string) interview.Action {
		return interview.Add{Kind: interview.Quote, Text: text, Speaker: "Bob"}
	}
	mine.do(id, bob("a"))
	theirs.by("Leo", id, bob("b"), interview.PlayBack{Problem: 1, Answer: interview.Yes, By: "Bob"})
	theirs.do(id, interview.Introduce{Name: "Robert", Role: "foreman"})
	mine.mustTake(theirs.export(true), notebook.Imported{Merged: 1})
	mine.do(id, interview.JoinPeople{Person: "Bob", Into: "Robert"})
	theirs.do(id, interview.Promises{Text: "the list", Owner: "Bob"})
	theirs.mustTake(mine.export(true), notebook.Imported{Merged: 1})
	mine.mustTake(theirs.export(true), notebook.Imported{Merged: 1})
	for name, d := range map[string]*desk{"mine": mine, "theirs": theirs} {
		iv := d.do(id, bob("c")).Interview
		if len(iv.People) != 1 || iv.People[0].Name != "Robert" || iv.People[0].Role != "foreman" {
			t.Errorf("%s: there are %+v", name, iv.People)
			continue
		}
		who := iv.People[0].ID
		for _, l := range iv.Lines {
			if l.Text != "one weld in five" && l.Speaker != who {
				t.Errorf("%s: line %+v is of %q", name, l, iv.Name(l.Speaker))
			}
		}
		p := iv.Problems[0]
		if p.Status != interview.Confirmed || iv.Proofs(p)[0].By != who || iv.Promises[0].Owner != who || !iv.Gate.Open {
			t.Errorf("%s: %+v, %+v", name, p, iv.Promises)
		}
	}
	// Undo of mine makes two of them again, though Leo's actions came after it.
	mine.do(id, interview.Undo{}) // the line c
	if iv := mine.do(id, interview.Undo{}).Interview; len(iv.People) != 2 || iv.Name(iv.Promises[0].Owner) != "Bob" {
		t.Errorf("undone, there are %+v", iv.People)
	}
}
