package notebook_test

import (
	"context"
	"testing"

	"hark/internal/interview"
	"hark/internal/notebook"
)

// A colleague who goes to another question moves nobody else: not the window that is open, not one
// that follows the interview, and not what either enters next.
func TestAColleagueMovesNobody(t *testing.T) {
	d := newDesk(t)
	id := beginGuided(d, "Harbour Welding")
	mine, theirs := d.book, d.openAs("Leo")
	ctx := context.Background()
	act := func(book *notebook.Notebook, a interview.Action) notebook.Result {
		t.Helper()
		r, err := book.Apply(ctx, id, a, notebook.Live)
		if err != nil {
			t.Fatalf("%T%+v: %v", a, a, err)
		}
		return r
	}
	r := act(mine, interview.Ask{Number: 2})
	if got := act(theirs, interview.Ask{Number: 1}); got.Position != 1 {
		t.Errorf("Leo went to question 1 and stands at %d", got.Position)
	}
	followed, err := mine.Watch(ctx, id, r.Revision)
	if err != nil {
		t.Fatal(err)
	}
	opened, err := mine.Open(ctx, id)
	if err != nil {
		t.Fatal(err)
	}
	step, err := mine.Preview(opened.Interview, quote("the saw"), notebook.Live)
	if err != nil {
		t.Fatal(err)
	}
	many := notebook.View{}
	err = mine.OpenMany(ctx, []interview.ID{id}, false, func(o notebook.Opened) error {
		many = o.View
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	r = act(mine, quote("the saw"))
	for what, got := range map[string]int{
		"watching": followed.Position, "opening": opened.Position, "opening many": many.Position, "a preview": step.After.Position,
		"a result": r.Position, "the line": r.Lines[0].Question,
	} {
		if got != 2 {
			t.Errorf("%s: question %d, where Leo went, and not mine", what, got)
		}
	}
	// The next short command goes on where the last one was.
	if r := act(d.open(), quote("and the drill")); r.Lines[1].Question != 2 {
		t.Errorf("the next command answers question %d", r.Lines[1].Question)
	}
	if r := act(d.openAs("Leo"), quote("no")); r.Lines[2].Question != 1 {
		t.Errorf("the line of Leo answers question %d", r.Lines[2].Question)
	}
}

// An export says the same for every author.
func TestExportsOfBothAreTheSame(t *testing.T) {
	d := newDesk(t)
	id := beginGuided(d, "Harbour Welding")
	d.do(id, interview.Ask{Number: 2})
	mine := d.export(true)
	d.book = d.openAs("Leo")
	d.do(id, interview.Ask{Number: 1})
	theirs := d.export(true)
	d.book = d.open()
	if now := d.export(true); string(now) != string(theirs) || string(now) == string(mine) {
		t.Errorf("two people export\n%s\nand\n%s", theirs, now)
	}
}
