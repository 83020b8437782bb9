package notebook_test

import (
	"bytes"
	"context"
	"encoding/json"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"hark/internal/interchange"
	"hark/internal/interview"
	"hark/internal/notebook"
)

// takeOpen imports a file into a window that stays open.
func (d *desk) takeOpen(file []byte, want notebook.Imported) {
	d.t.Helper()
	got, err := d.book.Import(context.Background(), interchange.Read(bytes.NewReader(file)), nil)
	if diff := cmp.Diff(want, got); err != nil || diff != "" {
		d.t.Fatalf("imported (-want +got): %v\n%s", err, diff)
	}
}

// lines returns the texts of an interview as an open window shows them.
func (d *desk) lines(id interview.ID) []string {
	d.t.Helper()
	v, err := d.book.Open(context.Background(), id)
	if err != nil {
		d.t.Fatal(err)
	}
	var all []string
	for _, l := range v.Lines {
		all = append(all, l.Text)
	}
	return all
}

// A window that has an interview without thoughts open shows a thought as soon as it arrives, and
// everything that is written and exported from there has it.
func TestThoughtThatArrivesLater(t *testing.T) {
	here, there, third := newDesk(t), newDesk(t), newDesk(t)
	id := workedOut(here)
	there.mustTake(here.export(false), notebook.Imported{New: 1})
	if shown := there.lines(id); slices.Contains(shown, "They could do with our camera") || slices.Contains(shown, "") {
		t.Fatalf("without thoughts it shows %q", shown)
	}
	there.attempt(id, interview.Add{Kind: interview.Quote, Text: "said over there"})

	there.takeOpen(here.export(true), notebook.Imported{Merged: 1})
	want := append(here.lines(id), "said over there")
	if got := there.lines(id); !slices.Equal(got, want) {
		t.Errorf("with the thoughts it shows\n%q, want\n%q", got, want)
	}
	there.attempt(id, interview.Add{Kind: interview.Quote, Text: "and more"})
	if got := there.lines(id); !slices.Equal(got, append(want, "and more")) {
		t.Errorf("after one more line it shows\n%q", got)
	}
	hits, err := there.book.Search(context.Background(), "camera", 0)
	if err != nil || len(hits) == 0 {
		t.Errorf("the thought is not found: %v, %v", hits, err)
	}
	third.mustTake(there.export(true), notebook.Imported{New: 1})
	here.takeOpen(there.export(true), notebook.Imported{Merged: 1})
	if diff := slices.Compare(here.lines(id), third.lines(id)); diff != 0 {
		t.Errorf("here %q, and elsewhere %q", here.lines(id), third.lines(id))
	}
	there.takeOpen(here.export(false), notebook.Imported{Same: 1})
}

// unmarked is an export without thoughts as earlier harks made it: what is withheld is said to be
// dropped.
func unmarked(t *testing.T, file []byte) []byte {
	t.Helper()
	var all any
	if err := json.Unmarshal(file, &all); err != nil {
		t.Fatal(err)
	}
	count := 0
	var unmark func(any)
	unmark = func(part any) {
		switch part := part.(type) {
		case []any:
			for _, one := range part {
				unmark(one)
			}
		case map[string]any:
			if _, is := part["body"]; is && part["withheld"] == true {
				delete(part, "withheld")
				part["deleted"] = true
				count++
			}
			for _, one := range part {
				unmark(one)
			}
		}
	}
	unmark(all)
	if count == 0 {
		t.Fatal("nothing is withheld from the file")
	}
	b, err := json.Marshal(all)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// What an earlier hark withheld without saying so is filled as well, in a window that has it open.
func TestThoughtThatAnEarlierHarkWithheld(t *testing.T) {
	here, there, fourth := newDesk(t), newDesk(t), newDesk(t)
	id := workedOut(here)
	whole, marked := here.export(true), here.export(false)
	old := unmarked(t, marked)
	here.takeOpen(old, notebook.Imported{Same: 1})

	there.mustTake(old, notebook.Imported{New: 1})
	there.takeOpen(old, notebook.Imported{Same: 1})
	_ = there.lines(id)
	there.takeOpen(whole, notebook.Imported{Merged: 1})
	if got, want := there.lines(id), here.lines(id); !slices.Equal(got, want) {
		t.Errorf("with the thoughts it shows\n%q, want\n%q", got, want)
	}
	there.takeOpen(old, notebook.Imported{Same: 1})
	there.takeOpen(marked, notebook.Imported{Same: 1})

	fourth.mustTake(old, notebook.Imported{New: 1})
	fourth.takeOpen(marked, notebook.Imported{Merged: 1})
	fourth.takeOpen(old, notebook.Imported{Same: 1})
	fourth.takeOpen(whole, notebook.Imported{Merged: 1})
	if diff := cmp.Diff(stands(t, here, id).Items(), stands(t, fourth, id).Items()); diff != "" {
		t.Errorf("the notebooks differ (-here +fourth):\n%s", diff)
	}
}

// A file in which something is marked as withheld that hark does not withhold is refused.
func TestWithheldThatCannotBe(t *testing.T) {
	d := newDesk(t)
	workedOut(d)
	file := d.export(true)
	for _, kind := range []string{"header", "playbook", "playback", "person", "gate-opened", "line"} {
		mark := []byte(`"kind": "` + kind + `",`)
		forged := bytes.Replace(file, mark, append(slices.Clone(mark), ` "withheld": true,`...), 1)
		if kind == "line" { // the first with something said in it
			forged = bytes.ReplaceAll(file, mark, append(slices.Clone(mark), ` "withheld": true,`...))
		}
		if bytes.Equal(forged, file) {
			t.Fatalf("there is no %s in the file", kind)
		}
		if got, err := newDesk(t).take(forged); err == nil && len(got.Refused) == 0 {
			t.Errorf("a %s that is withheld was taken", kind)
		}
	}
}
