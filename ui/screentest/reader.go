package screentest

import (
	"context"
	"reflect"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"hark/internal/interview"
	"hark/ui/screen"
	"hark/ui/uitest"
)

// Reader is somebody at one screen.
type Reader struct {
	*uitest.Terminal
	Root *Root
	desk *Desk
	t    *testing.T
}

// Read puts somebody at a screen. It is called within a bubble of synctest.
func (d *Desk) Read(t *testing.T, s screen.Screen, width, height int) *Reader {
	t.Helper()
	root := d.Root(s)
	return &Reader{Terminal: uitest.Start(t, root, uitest.Size(width, height)), Root: root, desk: d, t: t}
}

// Shows fails the test when the screen lacks one of some texts.
func (r *Reader) Shows(texts ...string) {
	r.t.Helper()
	for _, text := range texts {
		if !strings.Contains(r.Screen(), text) {
			r.t.Errorf("the screen does not show %q:\n%s", text, r.Screen())
		}
	}
}

// Hides fails the test when the screen shows one of some texts.
func (r *Reader) Hides(texts ...string) {
	r.t.Helper()
	for _, text := range texts {
		if strings.Contains(r.Screen(), text) {
			r.t.Errorf("the screen shows %q:\n%s", text, r.Screen())
		}
	}
}

// Down presses down until a text that is selected begins so.
func (r *Reader) Down(text string) {
	r.t.Helper()
	const most = 300
	for range most {
		if strings.Contains(r.Screen(), "▸ "+text) {
			return
		}
		r.Press("down")
	}
	r.t.Fatalf("%q cannot be selected:\n%s", text, r.Screen())
}

// Goes fails the test unless the screen asked to go there, and nowhere else,
// since it was asked for last.
func (r *Reader) Goes(want ...tea.Msg) {
	r.t.Helper()
	if got := r.Root.Gone(); len(got)+len(want) > 0 && !reflect.DeepEqual(got, want) {
		r.t.Errorf("it goes to %+v, not %+v", got, want)
	}
}

// Summary returns what lists say of an interview.
func (r *Reader) Summary(id interview.ID) interview.Summary {
	r.t.Helper()
	s, err := r.desk.Book.ByID(context.Background(), id.String())
	if err != nil {
		r.t.Fatal(err)
	}
	return s
}

// Walk checks the screen in every state that going down through it brings, with
// a step for each.
func (r *Reader) Walk(steps int, keys ...string) {
	r.t.Helper()
	for range steps {
		Check(r.t, r.Root.Screen)
		r.Press("down")
		r.Press(keys...)
	}
	Check(r.t, r.Root.Screen)
}
