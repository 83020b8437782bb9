package notebook_test

import (
	"context"
	"crypto/rand"
	"errors"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"hark/internal/interview"
	"hark/internal/notebook"
	"hark/internal/notebook/notebooktest"
	"hark/internal/storage"
)

// desk is a notebook with a clock that a test moves.
type desk struct {
	t     testing.TB
	store *notebooktest.Flaky
	book  *notebook.Notebook
	now   time.Time
}

func newDesk(t testing.TB) *desk {
	t.Helper()
	d := &desk{t: t, store: notebooktest.New(t), now: time.Date(2026, 11, 20, 9, 0, 0, 0, time.UTC)}
	d.book = d.open()
	return d
}

// open opens the same notebook once more, as another window would.
func (d *desk) open() *notebook.Notebook { return d.openAs("me") }

// openAs is open by somebody.
func (d *desk) openAs(author string) *notebook.Notebook {
	d.t.Helper()
	return d.openWith(author, "")
}

func (d *desk) openWith(author, login string) *notebook.Notebook {
	d.t.Helper()
	book, err := notebook.New(notebook.Options{
		Store: d.store, Random: rand.Reader, Author: author, Login: login,
		Now: func() time.Time { d.now = d.now.Add(time.Second); return d.now },
	})
	if err != nil {
		d.t.Fatal(err)
	}
	return book
}

func (d *desk) begin(customer string) interview.ID {
	d.t.Helper()
	d.now = d.now.Add(time.Hour)
	r, err := d.book.Begin(context.Background(), interview.Beginning{Customer: customer})
	if err != nil {
		d.t.Fatal(err)
	}
	return r.ID
}

func (d *desk) do(id interview.ID, actions ...interview.Action) notebook.Result {
	d.t.Helper()
	var r notebook.Result
	for _, a := range actions {
		var err error
		if r, err = d.book.Apply(context.Background(), id, a, notebook.Live); err != nil {
			d.t.Fatalf("%T%+v: %v", a, a, err)
		}
	}
	return r
}

func quote(text string) interview.Action { return interview.Add{Kind: interview.Quote, Text: text} }

func texts(iv *interview.Interview) string {
	var out []string
	for _, l := range iv.Lines {
		out = append(out, l.Text)
	}
	return strings.Join(out, ",")
}

func TestUndoAndRedoByTheHistory(t *testing.T) {
	d := newDesk(t)
	id := d.begin("Harbour Welding")
	undo, redo := interview.Action(interview.Undo{}), interview.Action(interview.Redo{})
	for _, step := range []struct {
		do   interview.Action
		want string
	}{
		{quote("a"), "a"},
		{quote("b"), "a,b"},
		{quote("c"), "a,b,c"},
		{undo, "a,b"},
		{undo, "a"},
		{redo, "a,b"},
		{quote("d"), "a,b,d"},
		{undo, "a,b"},
		{redo, "a,b,d"},
		{undo, "a,b"},
		{undo, "a"},
		{undo, ""},
		{redo, "a"},
		{redo, "a,b"},
		{redo, "a,b,d"},
	} {
		// Each by a window of its own: the history is all there is.
		d.book = d.open()
		r := d.do(id, step.do)
		if got := texts(r.Interview); got != step.want {
			t.Fatalf("after %T%+v: %q, want %q", step.do, step.do, got, step.want)
		}
	}
	_, err := d.book.Apply(context.Background(), id, redo, notebook.Live)
	var refusal *interview.Error
	if !errors.As(err, &refusal) || refusal.Code != interview.Invalid {
		t.Fatalf("one redo too many: %v", err)
	}
}

func TestUndoPassesOverMovesAndStopsAtTheBeginning(t *testing.T) {
	d := newDesk(t)
	r, err := d.book.Begin(context.Background(), interview.Beginning{Customer: "A", Playbook: interview.Playbook{
		Stages: []interview.Stage{{Name: "s", Questions: []interview.Question{{Text: "one?"}, {Text: "two?"}}}},
	}})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := d.book.Apply(context.Background(), r.ID, interview.Undo{}, notebook.Live); err == nil {
		t.Fatal("the beginning was undone")
	}
	d.do(r.ID, quote("a"), interview.Next{})
	if r := d.do(r.ID, interview.Undo{}); texts(r.Interview) != "" || r.Position != 2 {
		t.Fatalf("lines %q at question %d, want the line gone and the question left", texts(r.Interview), r.Position)
	}
}

func TestRefusalKeepsTheText(t *testing.T) {
	d := newDesk(t)
	id := d.begin("A")
	d.do(id, interview.Raise{Text: "it breaks", Quoted: true})
	r, err := d.book.Apply(context.Background(), id, interview.Solve{Problems: []interview.Number{1}, Text: "a jig"}, notebook.Live)
	var refusal *interview.Error
	if !errors.As(err, &refusal) || refusal.Line == 0 || r.SavedAt.IsZero() {
		t.Fatalf("result %+v, error %v", r, err)
	}
	v, err := d.book.Open(context.Background(), id)
	if err != nil {
		t.Fatal(err)
	}
	if held := v.HeldThoughts(); len(held) != 1 || held[0].Text != "a jig" {
		t.Fatalf("held: %+v", held)
	}
}

func TestAFailedWriteIsNotSaved(t *testing.T) {
	d := newDesk(t)
	id := d.begin("A")
	d.store.Fail(storage.ErrUnwritable)
	r, err := d.book.Apply(context.Background(), id, quote("x"), notebook.Live)
	if !errors.Is(err, storage.ErrUnwritable) || !r.SavedAt.IsZero() {
		t.Fatalf("result %+v, error %v", r, err)
	}
}

func TestFind(t *testing.T) {
	d := newDesk(t)
	old := d.begin("Harbour Welding")
	newest := d.begin("harbour welding")
	d.begin("Hanson")
	ha := d.begin("Ha")
	gone := d.begin("Gone Ltd")
	d.do(gone, interview.Discard{})
	for _, tc := range []struct {
		ref  string
		want interview.ID
	}{
		{"HARBOUR  welding", newest}, {"harb", newest}, {"ha", ha}, {"Ha", ha},
		{old.String(), old}, {strings.ToUpper(old.String()[:9]), old}, {gone.String(), gone},
	} {
		got, err := d.book.Find(context.Background(), tc.ref)
		if err != nil || got != tc.want {
			t.Errorf("Find(%q) = %v, %v; want %v", tc.ref, got, err, tc.want)
		}
	}
	for ref, fit := range map[string]int{"h": 3, "gone": 0, "nobody": 0, "": 0} {
		_, err := d.book.Find(context.Background(), ref)
		var fe *notebook.FindError
		if !errors.As(err, &fe) || (ref != "h" && len(fe.Fit) != fit) || (ref == "h" && len(fe.Fit) < fit) {
			t.Errorf("Find(%q): %v", ref, err)
		}
	}
}

func TestAlike(t *testing.T) {
	d := newDesk(t)
	d.begin("Harbour Welding")
	d.begin("Hanson")
	d.begin("HANSON")
	d.begin("Harbour")
	d.do(d.begin("Hark Ltd"), interview.Discard{})
	for name, want := range map[string][]string{
		"ha": {"Harbour", "HANSON", "Harbour Welding"}, "HARBOUR  w": {"Harbour Welding"}, "han": {"HANSON"},
		"harbour": nil, "hanson": nil, "hark": nil, "welding": nil, "": nil,
	} {
		got, err := d.book.Alike(context.Background(), name)
		if err != nil || !slices.Equal(got, want) {
			t.Errorf("Alike(%q) = %q, %v; want %q", name, got, err, want)
		}
	}
}

func TestListIsNewestFirst(t *testing.T) {
	d := newDesk(t)
	a, b, c := d.begin("A"), d.begin("B"), d.begin("C")
	d.do(b, interview.Discard{})
	got, err := d.book.List(context.Background(), 0)
	if err != nil {
		t.Fatal(err)
	}
	var ids []interview.ID
	for _, s := range got {
		ids = append(ids, s.ID)
	}
	if diff := cmp.Diff([]interview.ID{c, a}, ids); diff != "" {
		t.Error(diff)
	}
	if got, _ := d.book.List(context.Background(), 1); len(got) != 1 || got[0].ID != c {
		t.Errorf("newest one: %+v", got)
	}
	d.do(b, interview.Undo{})
	if got, _ := d.book.List(context.Background(), 0); len(got) != 3 {
		t.Errorf("after undoing the deletion: %d", len(got))
	}
}

func TestWatchSeesTheOtherWindow(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := newDesk(t)
		id := d.begin("A")
		mine, err := d.book.Open(t.Context(), id)
		if err != nil {
			t.Fatal(err)
		}
		began := time.Now()
		other := d.open()
		go func() {
			time.Sleep(5 * time.Second)
			if _, err := other.Apply(context.Background(), id, quote("from the other"), notebook.Live); err != nil {
				t.Error(err)
			}
		}()
		v, err := d.book.Watch(t.Context(), id, mine.Revision)
		if err != nil || texts(v.Interview) != "from the other" {
			t.Fatalf("%v, %v", v, err)
		}
		if took := time.Since(began) - 5*time.Second; took < 0 || took > time.Second {
			t.Errorf("seen after %v, want within a second", took)
		}
	})
}

// Interviews that are opened together are as each is alone, whether anything is
// journalled or not.
func TestOpenMany(t *testing.T) {
	o := newOutage(t)
	var ids []interview.ID
	for range 3 {
		id := o.begin()
		o.do(id, quote("one"))
		ids = append(ids, id)
	}
	same := func(history bool) {
		t.Helper()
		nth := 0
		err := o.book.OpenMany(context.Background(), ids, history, func(got notebook.Opened) error {
			alone, err := o.book.Open(context.Background(), ids[nth])
			if err != nil {
				return err
			}
			log, err := o.book.Log(context.Background(), ids[nth])
			if err != nil {
				return err
			}
			if !history {
				log = nil
			}
			if got.ID != ids[nth] || texts(got.Interview) != texts(alone.Interview) || got.Revision != alone.Revision {
				t.Errorf("number %d is %s at %d, alone %s at %d", nth, texts(got.Interview), got.Revision, texts(alone.Interview), alone.Revision)
			}
			if diff := cmp.Diff(log, got.Log); diff != "" {
				t.Errorf("the history of number %d (-alone +among many):\n%s", nth, diff)
			}
			nth++
			return nil
		})
		if err != nil || nth != len(ids) {
			t.Errorf("%d came, %v", nth, err)
		}
	}
	same(false)
	same(true)
	o.down()
	o.do(ids[1], quote("kept aside"))
	same(false)
	same(true)

	enough := errors.New("enough")
	results := 0
	err := o.book.OpenMany(context.Background(), ids, false, func(notebook.Opened) error { results++; return enough })
	if !errors.Is(err, enough) || results != 1 {
		t.Errorf("%d came, %v", results, err)
	}
	o.up()
	o.do(ids[0], quote("two"))
	ids = append(ids[:2:2], interview.ID{9})
	results = 0
	err = o.book.OpenMany(context.Background(), ids, false, func(notebook.Opened) error { results++; return nil })
	if !errors.Is(err, storage.ErrNotFound) || results != 2 {
		t.Errorf("%d came before one that is not there, %v", results, err)
	}
}
