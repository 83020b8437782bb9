package notebook_test

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"hark/internal/document"
	"hark/internal/interchange"
	"hark/internal/interview"
	"hark/internal/notebook"
	"hark/internal/plain"
	"hark/internal/storage"
)

// beginGuided begins an interview with a playbook.
func beginGuided(d *desk, customer string) interview.ID {
	d.t.Helper()
	r, err := d.book.Begin(context.Background(), interview.Beginning{Customer: customer, Playbook: interview.Playbook{
		ID: "talk", Name: "Talk", Stages: []interview.Stage{{Name: "All", Questions: []interview.Question{{Text: "What is wrong?"}, {Text: "Since when?"}}}},
	}})
	if err != nil {
		d.t.Fatal(err)
	}
	return r.ID
}

// attempt applies actions. Text that the gate refuses is kept as a thought.
func (d *desk) attempt(id interview.ID, actions ...interview.Action) {
	d.t.Helper()
	for _, a := range actions {
		if _, err := d.book.Apply(context.Background(), id, a, notebook.Live); err != nil && !isRefusal(err) {
			d.t.Fatalf("%T: %v", a, err)
		}
	}
}

func isRefusal(err error) bool {
	var refusal *interview.Error
	return errors.As(err, &refusal) && refusal.Code == interview.Refused
}

// export is hark export --all --format json.
func (d *desk) export(thoughts bool) []byte {
	d.t.Helper()
	list, err := d.book.List(context.Background(), 0)
	if err != nil {
		d.t.Fatal(err)
	}
	all := []interchange.Interview{}
	for _, s := range list {
		view, err := d.book.Open(context.Background(), s.ID)
		if err != nil {
			d.t.Fatal(err)
		}
		log, err := d.book.Log(context.Background(), s.ID)
		if err != nil {
			d.t.Fatal(err)
		}
		all = append(all, interchange.Exported(view.Interview, log, thoughts))
	}
	b, err := plain.JSON(all)
	if err != nil {
		d.t.Fatal(err)
	}
	return b
}

func (d *desk) take(file []byte) (notebook.Imported, error) {
	d.book = d.open()
	return d.book.Import(context.Background(), interchange.Read(bytes.NewReader(file)), nil)
}

func (d *desk) mustTake(file []byte, want notebook.Imported) {
	d.t.Helper()
	got, err := d.take(file)
	if err != nil {
		d.t.Fatal(err)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		d.t.Fatalf("imported (-want +got):\n%s", diff)
	}
}

// workedOut is an interview with something of everything in it.
func workedOut(d *desk) interview.ID {
	d.t.Helper()
	id := beginGuided(d, "Harbour Welding")
	text := func(s string) *string { return &s }
	bad := 4
	d.attempt(id,
		interview.Introduce{Name: "Ana", Role: "foreman"},
		interview.Introduce{Name: "Ben"},
		interview.SetConsent{Notes: interview.NotesAllowed, Quotes: interview.QuoteByRole},
		interview.Add{Kind: interview.Observation, Text: "The yard is full\n<b>&amp; \u202e\u200d loud"},
		interview.Ask{Number: 1},
		interview.Raise{Text: "We rework one weld in five", Quoted: true, Speaker: "Ana", Themes: []string{"rework"}},
		interview.Add{Kind: interview.Quote, Text: "The Friday batch came back", Speaker: "Ben"},
		interview.Tie{Number: 3, Problem: 1},
		interview.Fix{Number: 3, Text: "The whole Friday batch came back"},
		interview.Add{Kind: interview.Thought, Text: "They could do with our camera"},
		interview.Add{Kind: interview.Paraphrase, Text: "dropped later"},
		interview.Drop{Number: 5},
		interview.Solve{Problems: []interview.Number{1}, Text: "A camera, too early"},
		interview.Weigh{Problem: 1, HowBad: &bad, Costs: text("30 hours"), Bears: text("the night shift")},
		interview.PlayBack{Problem: 1, Answer: interview.Nearly, By: "Ana", Correction: "One weld in five is done twice"},
		interview.PlayBack{Problem: 1, Answer: interview.Yes, By: "Ana"},
		interview.Raise{Text: "The coffee is bad", Quoted: true, Speaker: "Ben"},
		interview.SetAside{Problem: 2, Reason: "another machine is coming"},
		interview.AskLeftOut{Text: "the apprentices"},
		interview.MustRespect{Problem: 1, Text: "nobody is timed"},
		interview.Solve{Problems: []interview.Number{1}, Text: "Mark each weld"},
		interview.Share{Solution: 1, Ours: text("the tags")},
		interview.React{Solution: 1, Text: "we can start on Monday"},
		interview.Decide{Solution: 1, Decision: interview.Agreed},
		interview.Advise{Problem: 1, Text: "begin with one line"},
		interview.Promises{Text: "send the figures", Owner: "Ana", Due: interview.Date{Year: 2026, Month: 12, Day: 3}, Themes: []string{"rework"}},
		interview.Done{Number: 8},
		interview.Carry{Problem: 1, Department: "engineering", Owner: "Kim"},
		interview.AnswerRoute{Number: 9, Text: "in the next release"},
		interview.Told{Number: 9},
		interview.SetAdviser{Name: "Ana", Joins: true},
		interview.Add{Kind: interview.FollowUp, Text: "what does a skip cost"},
		interview.Add{Kind: interview.Quote, Text: "undone"},
		interview.Undo{},
		interview.SetOutcome{Outcome: interview.WorkedOut},
		interview.End{},
	)
	return id
}

func stands(t testing.TB, d *desk, id interview.ID) *document.Document {
	t.Helper()
	doc, _, err := d.store.Read(context.Background(), id)
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

// A complete export gives the same notebook: the same documents, and the same
// history, in which undo goes on where it stood.
func TestImportOfAllGivesTheSame(t *testing.T) {
	from, to := newDesk(t), newDesk(t)
	id := workedOut(from)
	from.begin("Acme")
	file := from.export(true)
	to.mustTake(file, notebook.Imported{New: 2})
	if diff := cmp.Diff(string(file), string(to.export(true))); diff != "" {
		t.Errorf("exported again (-first +second):\n%s", diff)
	}
	to.mustTake(file, notebook.Imported{Same: 2})

	for _, a := range []interview.Action{interview.Undo{}, interview.Undo{}, interview.Redo{}} {
		for _, d := range []*desk{from, to} {
			if _, err := d.book.Apply(t.Context(), id, a, notebook.Live); err != nil {
				t.Fatalf("%T: %v", a, err)
			}
		}
	}
	a, err := from.book.Open(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	b, err := to.book.Open(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(interchange.Shown(a.Interview), interchange.Shown(b.Interview)); diff != "" {
		t.Errorf("after the same undo and redo (-from +to):\n%s", diff)
	}
}

// Without thoughts neither those nor what was dropped leave the notebook, in
// any form, and they are not lost to anybody who has them.
func TestImportWithoutThoughts(t *testing.T) {
	from, to := newDesk(t), newDesk(t)
	id := workedOut(from)
	file := from.export(false)
	for _, private := range []string{"our camera", "too early", "dropped later", "undone"} {
		if bytes.Contains(file, []byte(private)) {
			t.Errorf("%q is in the file", private)
		}
	}
	to.mustTake(file, notebook.Imported{New: 1})
	if diff := cmp.Diff(string(file), string(to.export(false))); diff != "" {
		t.Errorf("exported again (-first +second):\n%s", diff)
	}
	to.mustTake(file, notebook.Imported{Same: 1})

	to.do(id, interview.Add{Kind: interview.Quote, Text: "said over there"})
	before := from.export(true)
	from.mustTake(to.export(true), notebook.Imported{Merged: 1})
	after := string(from.export(true))
	for _, want := range []string{"our camera", "dropped later", "said over there"} {
		if !strings.Contains(after, want) {
			t.Errorf("%q was lost", want)
		}
	}
	to.mustTake(before, notebook.Imported{Merged: 1})
	if view, err := to.book.Open(t.Context(), id); err != nil || len(view.Lines) != 8 {
		t.Errorf("with the thoughts there are %d lines, %v", len(view.Lines), err)
	}
}

// Two notebooks that went on apart come to the same, in whichever direction they are imported, and
// no word of either is lost.
func TestImportMerges(t *testing.T) {
	here, there := newDesk(t), newDesk(t)
	id := workedOut(here)
	there.mustTake(here.export(true), notebook.Imported{New: 1})
	here.do(id, interview.Fix{Number: 3, Text: "corrected here"}, interview.Add{Kind: interview.Quote, Text: "only here"})
	there.do(id, interview.Fix{Number: 3, Text: "corrected there"}, interview.Add{Kind: interview.Quote, Text: "only there"})
	file := here.export(true)
	here.mustTake(there.export(true), notebook.Imported{Merged: 1, ToSettle: 1})
	there.mustTake(file, notebook.Imported{Merged: 1, ToSettle: 1})
	a, b := stands(t, here, id), stands(t, there, id)
	if diff := cmp.Diff(a.Items(), b.Items()); diff != "" {
		t.Errorf("the notebooks differ (-here +there):\n%s", diff)
	}
	text := string(here.export(true))
	for _, want := range []string{"corrected here", "corrected there", "only here", "only there"} {
		if !strings.Contains(text, want) {
			t.Errorf("%q was lost", want)
		}
	}
	here.mustTake(there.export(true), notebook.Imported{Same: 1})
}

// The gate that a merge opens stays open, and of two openings the earlier counts.
func TestMergeOpensTheGate(t *testing.T) {
	here, there := newDesk(t), newDesk(t)
	id := beginGuided(here, "Harbour Welding")
	here.attempt(id, interview.Introduce{Name: "Ana"}, interview.Raise{Text: "We rework one weld in five", Speaker: "Ana"})
	there.mustTake(here.export(true), notebook.Imported{New: 1})
	there.attempt(id, interview.AskLeftOut{})
	bad := 4
	here.attempt(id, interview.Weigh{Problem: 1, HowBad: &bad}, interview.PlayBack{Problem: 1, Answer: interview.Yes, By: "Ana"})
	file := here.export(true)
	here.mustTake(there.export(true), notebook.Imported{Merged: 1})
	gate := func(d *desk) interview.Gate { return interview.Fold(stands(t, d, id)).Gate }
	opened := gate(here).OpenedAt
	if opened.IsZero() {
		t.Fatal("the merge opened the gate, and did not record it")
	}
	there.now = there.now.Add(time.Hour)
	there.mustTake(file, notebook.Imported{Merged: 1})
	here.attempt(id, interview.Raise{Text: "The coffee is bad"}, interview.Solve{Problems: []interview.Number{1}, Text: "a camera"})
	there.mustTake(here.export(true), notebook.Imported{Merged: 1})
	here.mustTake(there.export(true), notebook.Imported{Merged: 1})
	for _, d := range []*desk{here, there} {
		if g := gate(d); !g.Open || !g.OpenedAt.Equal(opened) {
			t.Errorf("the gate is %+v, and opened first at %s", g, opened)
		}
		d.mustTake(here.export(true), notebook.Imported{Same: 1})
	}
}

// A gate that an earlier hark's merge opened, without recording it, is not shut by the next
// problem.
func TestUnrecordedOpening(t *testing.T) {
	d := newDesk(t)
	id := workedOut(d)
	whole := stands(t, d, id)
	items := slices.DeleteFunc(whole.Items(), func(it document.Item) bool { return it.Latest().Kind == "gate-opened" })
	iv := interview.Fold(document.Restore(id, items, whole.Seen(), whole.Lacking(), false))
	if !iv.Gate.Open || !iv.Gate.OpenedAt.IsZero() {
		t.Fatalf("the gate is %+v", iv.Gate)
	}
	step, err := interview.Apply(iv, interview.Raise{Text: "One more"}, interview.Stamp{
		Now: d.now, Writer: document.Writer{Incarnation: 9, Author: "me"},
		NewID: func() (interview.ID, error) { return document.NewID(rand.Reader) }, Fold: plain.FoldName,
	})
	if err != nil {
		t.Fatal(err)
	}
	if !step.After.Gate.Open {
		t.Errorf("after the next problem: %+v", step.After.Gate)
	}
}

// One that will not do costs only itself, wherever it stands; what is repeated is there already.
func TestImportPassesOverABadOne(t *testing.T) {
	from := newDesk(t)
	for _, customer := range []string{"Acme", "Mill", "Yard"} {
		from.begin(customer)
	}
	var all []json.RawMessage
	if err := json.Unmarshal(from.export(true), &all); err != nil {
		t.Fatal(err)
	}
	forged := newDesk(t)
	id := workedOut(forged)
	early := bytes.ReplaceAll(forged.export(true), []byte(`"answer": "yes"`), []byte(`"answer": "no"`))
	var bad []json.RawMessage
	if err := json.Unmarshal(early, &bad); err != nil {
		t.Fatal(err)
	}
	for at := range 4 {
		to := newDesk(t)
		file, err := json.Marshal(slices.Insert(slices.Clone(all), at, bad[0]))
		if err != nil {
			t.Fatal(err)
		}
		for _, want := range []notebook.Imported{{New: 3}, {Same: 3}} {
			got, err := to.take(file)
			if err != nil || len(got.Refused) != 1 || !isRefusal(got.Refused[0]) || got.Refused[0].ID != id || got.Refused[0].Customer != "Harbour Welding" {
				t.Fatalf("at %d: %+v, %v", at, got, err)
			}
			got.Refused = nil
			if !cmp.Equal(got, want) {
				t.Errorf("at %d: %+v, want %+v", at, got, want)
			}
		}
	}

	// The same one twice: the first is taken. A file that is cut off: what came before is there.
	to := newDesk(t)
	got, err := to.take(slices.Concat([]byte("["), all[0], []byte(","), all[0], []byte(","), all[1], []byte(","), all[2][:99]))
	var cut *interchange.FileError
	if !errors.As(err, &cut) || cut.Unread == 0 || got.New != 2 || len(got.Refused) != 1 ||
		!strings.Contains(got.Refused[0].Error(), "this interview is in the file already, on line 1") {
		t.Errorf("%+v, %v", got, err)
	}
}

// An interview in which a newer hark wrote is kept as it is, merges with mine, and is read-only.
func TestImportOfANewerHark(t *testing.T) {
	here, there := newDesk(t), newDesk(t)
	id := workedOut(here)
	there.mustTake(here.export(true), notebook.Imported{New: 1})
	there.do(id, interview.Add{Kind: interview.Quote, Text: "said over there"})
	newer := bytes.ReplaceAll(there.export(true), []byte(`"text": "said over there"`), []byte(`"text": "said over there", "mood": [1.50, "<"]`))
	here.do(id, interview.Add{Kind: interview.Quote, Text: "said here"})

	here.mustTake(newer, notebook.Imported{Merged: 1})
	here.mustTake(newer, notebook.Imported{Same: 1})
	file := here.export(true)
	for _, want := range []string{"said over there", "said here", `"mood": [`} {
		if !bytes.Contains(file, []byte(want)) {
			t.Errorf("%q is not there", want)
		}
	}
	_, err := here.book.Apply(t.Context(), id, interview.Add{Kind: interview.Quote, Text: "more"}, notebook.Live)
	if refusal, ok := errors.AsType[*interview.Error](err); !ok || refusal.Code != interview.ReadOnly {
		t.Errorf("it was written to: %v", err)
	}
	third := newDesk(t)
	third.mustTake(file, notebook.Imported{New: 1})
	if diff := cmp.Diff(string(file), string(third.export(true))); diff != "" {
		t.Errorf("exported again (-first +second):\n%s", diff)
	}
}

// Whatever is done to an interview, it survives the way through a file.
func TestImportProperty(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		from, to := newDesk(t), newDesk(t)
		id := beginGuided(from, "Mill")
		from.do(id, interview.Introduce{Name: "Lou"})
		steps := rapid.IntRange(0, 25).Draw(rt, "steps")
		for range steps {
			_, _ = from.book.Apply(t.Context(), id, action(rt), notebook.Live) // some make no sense, and are refused
		}
		thoughts := rapid.Bool().Draw(rt, "thoughts")
		file := from.export(thoughts)
		if _, err := to.take(file); err != nil {
			rt.Fatalf("%v\n%s", err, file)
		}
		if diff := cmp.Diff(string(file), string(to.export(thoughts))); diff != "" {
			rt.Fatalf("-from +to:\n%s", diff)
		}
		if again, err := to.take(file); err != nil || !cmp.Equal(again, notebook.Imported{Same: 1}) {
			rt.Fatalf("again: %+v, %v", again, err)
		}
	})
}

func action(t *rapid.T) interview.Action {
	n := rapid.IntRange(1, 4)
	text := rapid.OneOf(rapid.SampledFrom([]string{"dust", "fine dust", "a fan", "<b>&", "x\ny", "\u202e"}), rapid.StringN(1, 20, -1))
	value := text.Draw(t, "text")
	problem, number := interview.Number(n.Draw(t, "problem")), interview.Number(rapid.IntRange(1, 12).Draw(t, "number"))
	return rapid.SampledFrom([]interview.Action{
		interview.Raise{Text: value, Quoted: true, Speaker: "Lou"},
		interview.Add{Kind: interview.Thought, Text: value},
		interview.Add{Kind: interview.Quote, Text: value, Speaker: "Lou", Themes: []string{value}},
		interview.Weigh{Problem: problem, Costs: &value},
		interview.PlayBack{Problem: problem, Answer: interview.Yes, By: "Lou"},
		interview.PlayBack{Problem: problem, Answer: interview.Nearly, By: "Lou", Correction: value},
		interview.PlayBack{Problem: problem, Answer: interview.No, By: "Lou"},
		interview.SetAside{Problem: problem, Reason: value},
		interview.TakeUp{Problem: problem},
		interview.Join{Problem: problem, Into: 1},
		interview.AskLeftOut{Text: value},
		interview.Solve{Problems: []interview.Number{problem}, Text: value},
		interview.Advise{Problem: problem, Text: value},
		interview.MustRespect{Problem: problem, Text: value},
		interview.React{Solution: 1, Text: value},
		interview.Reword{Problem: problem, Text: value},
		interview.Fix{Number: number, Text: value},
		interview.Drop{Number: number},
		interview.Drop{What: interview.ThingProblem, Number: problem},
		interview.Drop{What: interview.ThingSolution, Number: 1},
		interview.Tie{Number: number, Problem: problem},
		interview.Promises{Text: value},
		interview.Carry{Problem: problem, Department: value},
		interview.Done{Number: number},
		interview.Next{}, interview.Undo{}, interview.Undo{}, interview.Redo{}, interview.End{}, interview.Reopen{},
		interview.Introduce{Name: "Lou", Side: interview.Ours},
	}).Draw(t, "action")
}

// What a file says was erased stays out and is marked, whichever comes first in it. What was here
// before is only named.
func TestImportOfErased(t *testing.T) {
	ctx := t.Context()
	from := newDesk(t)
	id := workedOut(from)
	for n := range 201 { // more than are written at a time
		from.begin(fmt.Sprint("Mill ", n))
	}
	var all []json.RawMessage
	if err := json.Unmarshal(from.export(true), &all); err != nil {
		t.Fatal(err)
	}
	last := len(all) - 1 // the one that was worked out, for it is the oldest
	all[0], all[last] = all[last], all[0]
	erased, err := json.Marshal(interchange.ExportedErased(id))
	if err != nil {
		t.Fatal(err)
	}
	file := func(parts ...json.RawMessage) []byte {
		b, err := json.Marshal(parts)
		if err != nil {
			t.Fatal(err)
		}
		return b
	}
	for name, parts := range map[string][]json.RawMessage{
		"before": {erased, all[0], erased}, "after": {all[0], erased, all[0]}, "alone": {erased},
	} {
		to := newDesk(t)
		want := notebook.Imported{Erased: len(parts) - 1, Erasures: 1, Marked: 1}
		if name == "before" {
			want.Erased = 1
		}
		to.mustTake(file(parts...), want)
		want.Marked = 0
		to.mustTake(file(parts...), want)
		to.mustTake(file(all[:3]...), notebook.Imported{New: 2, Erased: 1})
		if ids, err := to.book.Erased(ctx); err != nil || len(ids) != 1 || ids[0] != id {
			t.Errorf("%s: erased %v, %v", name, ids, err)
		}
	}

	// Written already when the file says so: no word is needed to erase it.
	to := newDesk(t)
	got, err := to.take(file(append(slices.Clone(all), erased)...))
	if err != nil || got.New != len(all) || len(got.Standing) != 1 || got.Standing[0].ID != id || !got.Standing[0].Brought {
		t.Errorf("%d new, standing %v, %v", got.New, got.Standing, err)
	}

	// Here before: it is named, nothing of the file goes into it, and it stays.
	before := from.export(true)
	got, err = from.take(file(erased, all[0], all[1]))
	if err != nil || got.Same != 1 || got.Erased != 1 || got.Marked != 0 || len(got.Standing) != 1 || got.Standing[0].Brought ||
		got.Standing[0].Customer != "Harbour Welding" || got.Standing[0].Lines == 0 {
		t.Errorf("%+v, %v", got, err)
	}
	if !bytes.Equal(before, from.export(true)) {
		t.Error("the notebook was changed")
	}
}

// An import that the store breaks off says so. Repeated, it brings the rest, and the marks.
func TestImportBreaksOff(t *testing.T) {
	from, to := newDesk(t), newDesk(t)
	workedOut(from)
	var all []json.RawMessage
	if err := json.Unmarshal(from.export(true), &all); err != nil {
		t.Fatal(err)
	}
	erased, err := json.Marshal(interchange.ExportedErased(interview.ID{7}))
	if err != nil {
		t.Fatal(err)
	}
	file := slices.Concat([]byte("["), erased, []byte(","), all[0], []byte("]"))
	for allowed, want := range []notebook.Imported{{}, {New: 1}} {
		writes := 0
		to.store.Break(func() (bool, error) {
			if writes++; writes > allowed {
				return false, storage.ErrUnwritable
			}
			return true, nil
		})
		got, err := to.take(file)
		if !errors.Is(err, storage.ErrUnwritable) || !cmp.Equal(got, want) {
			t.Errorf("after %d writes: %+v, %v", allowed, got, err)
		}
	}
	to.store.Break(nil)
	to.mustTake(file, notebook.Imported{Same: 1, Erasures: 1, Marked: 1})
}
