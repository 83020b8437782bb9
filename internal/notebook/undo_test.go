package notebook_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"hark/internal/interview"
	"hark/internal/notebook"
)

// by does something in a window of somebody's, as a short command does.
func (d *desk) by(author string, id interview.ID, actions ...interview.Action) notebook.Result {
	d.t.Helper()
	d.book = d.openAs(author)
	return d.do(id, actions...)
}

// Undo and redo are of what one did oneself, in any window; what a colleague did in between stays.
func TestUndoIsOfOnesOwn(t *testing.T) {
	d := newDesk(t)
	id := d.begin("Harbour Welding")
	undo, redo := interview.Action(interview.Undo{}), interview.Action(interview.Redo{})
	for _, step := range []struct {
		who  string
		do   interview.Action
		want string
	}{
		{"me", quote("a"), "a"},
		{"Leo", quote("b"), "a,b"},
		{"me", quote("c"), "a,b,c"},
		{"Leo", quote("d"), "a,b,c,d"},
		{"me", undo, "a,b,d"},
		{"me", undo, "b,d"},
		{"Leo", undo, "b"},
		{"me", redo, "a,b"},
		{"Leo", quote("e"), "a,b,e"}, // what I undid can be brought back all the same
		{"me", redo, "a,b,c,e"},
		{"Leo", undo, "a,b,c"},
		{"Leo", undo, "a,c"},
	} {
		if r := d.by(step.who, id, step.do); texts(r.Interview) != step.want {
			t.Fatalf("after %T%+v by %s: %q, want %q", step.do, step.do, step.who, texts(r.Interview), step.want)
		}
	}
	d.book = d.openAs("Leo")
	_, err := d.book.Apply(context.Background(), id, undo, notebook.Live)
	var refusal *interview.Error
	if !errors.As(err, &refusal) || refusal.Code != interview.Invalid || refusal.Message != "There is nothing to undo of yours: quote 3 is by me" {
		t.Errorf("Leo, who did nothing any more, undoes: %v", err)
	}
	d.by("Leo", id, interview.Discard{})
	if r := d.by("me", id, undo); r.Discarded || texts(r.Interview) != "a,c" {
		t.Errorf("what Leo deleted cannot be brought back: %q", texts(r.Interview))
	}
}

// Earlier harks called somebody by the login name; what they did then is theirs to undo.
func TestUndoUnderTheLoginName(t *testing.T) {
	d := newDesk(t)
	id := d.begin("Harbour Welding")
	d.by("mia", id, quote("a"))
	d.by("Leo", id, quote("b"))
	d.book = d.openWith("Mia Keller", "mia")
	if r := d.do(id, interview.Undo{}); texts(r.Interview) != "b" {
		t.Errorf("undone: %q", texts(r.Interview))
	}
}

// An undo brings back a yes with a later clock than what it was built on; that is nothing that others
// would lose.
func TestUndoWhatAnUndoBroughtBack(t *testing.T) {
	d := newDesk(t)
	id := d.begin("Harbour Welding")
	all := []interview.Action{
		interview.Raise{Text: "One weld in five is done twice", Speaker: "Tom"},
		interview.PlayBack{Problem: 1, Answer: interview.Yes, By: "Tom"},
		interview.Introduce{Name: "Tom", Side: interview.Ours}, interview.Introduce{Name: "Tom", Side: interview.Theirs},
		interview.PlayBack{Problem: 1, Answer: interview.Nearly, By: "Tom", Correction: "One weld in four is done twice"},
	}
	for _, a := range all {
		d.do(id, a)
	}
	for range all {
		d.do(id, interview.Undo{})
	}
}

// What a colleague built on is not taken away from under it, and undo says so.
func TestUndoHarmsNothingOfOthers(t *testing.T) {
	four, weekly := 4, "every week"
	yes := interview.PlayBack{Problem: 1, Answer: interview.Yes, By: "Ana"}
	confirmed := []interview.Action{
		interview.Raise{Text: "one weld in five", Speaker: "Ana"}, interview.Weigh{Problem: 1, HowBad: &four}, yes, interview.AskLeftOut{},
	}
	for name, tc := range map[string]struct {
		before []interview.Action
		mine   interview.Action
		theirs []interview.Action
	}{
		"a problem that they weighed":          {nil, interview.Raise{Text: "one weld in five"}, []interview.Action{interview.Weigh{Problem: 1, HowOften: &weekly}}},
		"a problem that they tied a line to":   {[]interview.Action{quote("so it is")}, interview.Raise{Text: "one weld in five"}, []interview.Action{interview.Tie{Number: 1, Problem: 1}}},
		"somebody whom they named":             {nil, interview.Introduce{Name: "Ana"}, []interview.Action{interview.Add{Kind: interview.Quote, Text: "yes", Speaker: "Ana"}}},
		"the wording that they had a yes to":   {confirmed[:2], interview.Reword{Problem: 1, Text: "one in four"}, []interview.Action{yes}},
		"the side of who said yes to them":     {append([]interview.Action{interview.Introduce{Name: "Ana", Side: interview.Ours}}, confirmed[:2]...), interview.Introduce{Name: "Ana", Side: interview.Theirs}, []interview.Action{yes}},
		"the yes that their solution rests on": {append(confirmed[:2:2], interview.AskLeftOut{}), yes, []interview.Action{interview.Solve{Problems: []interview.Number{1}, Text: "a camera"}}},
		"what weighs the problem they solved":  {[]interview.Action{confirmed[0], yes, interview.AskLeftOut{}}, interview.Weigh{Problem: 1, HowBad: &four}, []interview.Action{interview.Solve{Problems: []interview.Number{1}, Text: "a camera"}}},
		"the question that opened the gate":    {confirmed[:3], interview.AskLeftOut{}, []interview.Action{interview.Solve{Problems: []interview.Number{1}, Text: "a camera"}}},
	} {
		t.Run(name, func(t *testing.T) {
			d := newDesk(t)
			id := d.begin("Harbour Welding")
			d.by("Mia", id, tc.before...)
			d.by("me", id, tc.mine)
			r := d.by("Leo", id, tc.theirs...)
			d.book = d.open()
			_, err := d.book.Apply(context.Background(), id, interview.Undo{}, notebook.Live)
			var refusal *interview.Error
			if !errors.As(err, &refusal) || refusal.Code != interview.Refused || !strings.Contains(err.Error(), "Leo has built on it") {
				t.Errorf("undo: %v", err)
			}
			if now, err := d.book.Open(context.Background(), id); err != nil || now.Revision != r.Revision {
				t.Errorf("something was written: %v", err)
			}
			d.by("Leo", id, interview.Undo{})
			d.by("me", id, interview.Undo{})
		})
	}
}
