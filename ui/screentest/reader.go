package screentest

import (
	"context"
	"fmt"
	"reflect"
	"strings"
	"testing"
	"testing/synctest"

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

// Opens makes the screen that a test is about.
type Opens func(*Desk) screen.Screen

// On runs a person's steps at a screen of 100×30, on what Weeks fills the
// notebook with.
func (open Opens) On(t *testing.T, steps func(r *Reader, d *Desk, ids map[string]interview.ID)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		d := NewDesk(t)
		ids := d.Weeks()
		steps(d.Read(t, open(d), 100, 30), d, ids)
	})
}

// Sizes compares the screen with golden files, at all sizes that it is made for:
// first on an empty notebook, as empty-WxH, then on what Weeks fills it with.
// name adds the size to the name of a golden file.
func (open Opens) Sizes(t *testing.T, steps func(r *Reader, name func(string) string)) {
	t.Helper()
	for _, size := range [][2]int{{60, 20}, {80, 24}, {100, 30}, {200, 50}} {
		of := fmt.Sprintf("%dx%d", size[0], size[1])
		t.Run(of, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				name := func(s string) string { return s + "-" + of }
				d := NewDesk(t)
				d.Read(t, open(d), size[0], size[1]).Golden(name("empty"))
				d.Weeks()
				steps(d.Read(t, open(d), size[0], size[1]), name)
			})
		})
	}
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
