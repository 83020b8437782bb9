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

// Reader is a user of one screen.
type Reader struct {
	*uitest.Terminal
	Root *Root
	Desk *Desk
	T    *testing.T
}

// Read opens a screen on a terminal. It must be called inside a bubble of synctest.
func (d *Desk) Read(t *testing.T, s screen.Screen, width, height int) *Reader {
	t.Helper()
	root := d.Root(s)
	return &Reader{Terminal: uitest.Start(t, root, uitest.Size(width, height)), Root: root, Desk: d, T: t}
}

// Opens returns the screen under test.
type Opens func(*Desk) screen.Screen

// On runs a user's steps on a screen of 100×30, with the notebook of Weeks.
func (open Opens) On(t *testing.T, steps func(r *Reader, d *Desk, ids map[string]interview.ID)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		d := NewDesk(t)
		ids := d.Weeks()
		steps(d.Read(t, open(d), 100, 30), d, ids)
	})
}

// Sizes compares the screen with golden files at all sizes that it is made for: first on an empty
// notebook, as empty-WxH, then with the notebook of Weeks. name adds the size to the name of a
// golden file.
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

// Down presses down until the selected item begins with a text.
func (r *Reader) Down(text string) {
	r.T.Helper()
	const most = 300
	for range most {
		if strings.Contains(r.Screen(), "▸ "+text) {
			return
		}
		r.Press("down")
	}
	r.T.Fatalf("%q cannot be selected:\n%s", text, r.Screen())
}

// Goes fails the test unless the screen, since the last call, asked to go to these places and
// nowhere else.
func (r *Reader) Goes(want ...tea.Msg) {
	r.T.Helper()
	if got := r.Root.Gone(); len(got)+len(want) > 0 && !reflect.DeepEqual(got, want) {
		r.T.Errorf("it goes to %+v, not %+v", got, want)
	}
}

// Summary returns the summary of an interview.
func (r *Reader) Summary(id interview.ID) interview.Summary {
	r.T.Helper()
	s, err := r.Desk.Book.ByID(context.Background(), id.String())
	if err != nil {
		r.T.Fatal(err)
	}
	return s
}

// Walk checks the screen in every state while going down through it, one step each.
func (r *Reader) Walk(steps int, keys ...string) {
	r.T.Helper()
	for range steps {
		Check(r.T, r.Root.Screen)
		r.Press("down")
		r.Press(keys...)
	}
	Check(r.T, r.Root.Screen)
}
