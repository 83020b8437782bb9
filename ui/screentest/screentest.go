// Package screentest runs one screen by itself: in the frame that the app draws around it, on a
// notebook in memory, at a time that the test sets. Requests to go elsewhere are recorded.
package screentest

import (
	"context"
	"crypto/rand"
	"errors"
	"regexp"
	"slices"
	"sync"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"hark/internal/interview"
	"hark/internal/notebook"
	"hark/internal/notebook/notebooktest"
	"hark/internal/plain"
	"hark/internal/playbook"
	"hark/internal/storage"
	"hark/ui/keymap"
	"hark/ui/screen"
	"hark/ui/theme"
	"hark/ui/widget"
)

// Desk is a notebook of its own with a clock that stands still until it is set.
type Desk struct {
	Env   *screen.Env
	Book  *notebook.Notebook
	Store *notebooktest.Flaky

	t     testing.TB
	clock *clock
}

// clock is a time that several goroutines read.
type clock struct {
	mu  sync.Mutex
	now time.Time
}

func (c *clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *clock) set(t time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = t
}

// NewDesk returns an empty notebook on 20 November 2026, half past two, and the built-in playbooks.
func NewDesk(t testing.TB) *Desk {
	t.Helper()
	d := &Desk{t: t, Store: notebooktest.New(t), clock: &clock{now: time.Date(2026, 11, 20, 14, 30, 0, 0, time.UTC)}}
	book, err := notebook.New(notebook.Options{Store: d.Store, Now: d.clock.Now, Random: rand.Reader, Author: "me"})
	if err != nil {
		t.Fatal(err)
	}
	d.Book = book
	styles := theme.New(theme.Dark())
	d.Env = &screen.Env{Book: book, Playbooks: playbook.NewLibrary(""), Now: d.clock.Now, Zone: time.UTC, Styles: func() theme.Styles { return styles }}
	return d
}

// Reopen opens the notebook of the screens again, on another store. The desk itself goes on with
// its own.
func (d *Desk) Reopen(store storage.Store) {
	d.t.Helper()
	book, err := notebook.New(notebook.Options{Store: store, Now: d.clock.Now, Random: rand.Reader, Author: "me"})
	if err != nil {
		d.t.Fatal(err)
	}
	d.Env.Book = book
}

// At sets the time.
func (d *Desk) At(year int, month time.Month, day, hour, minute int) {
	d.clock.set(time.Date(year, month, day, hour, minute, 0, 0, time.UTC))
}

// Begin begins an interview with the default playbook.
func (d *Desk) Begin(customer string) interview.ID {
	d.t.Helper()
	p, err := d.Env.Playbooks.Get(playbook.Default)
	if err != nil {
		d.t.Fatal(err)
	}
	r, err := d.Book.Begin(context.Background(), interview.Beginning{Customer: customer, Playbook: p})
	if err != nil {
		d.t.Fatal(err)
	}
	return r.ID
}

// Do applies actions to an interview, a minute apart, none of which may be refused.
func (d *Desk) Do(id interview.ID, actions ...interview.Action) {
	d.t.Helper()
	for _, a := range actions {
		d.clock.set(d.clock.Now().Add(time.Minute))
		if _, err := d.Book.Apply(context.Background(), id, a, notebook.Live); err != nil {
			d.t.Fatalf("%T%+v: %v", a, a, err)
		}
	}
}

// Try applies an action to an interview; it may be refused.
func (d *Desk) Try(id interview.ID, a interview.Action) {
	d.t.Helper()
	var refusal *interview.Error
	if _, err := d.Book.Apply(context.Background(), id, a, notebook.Live); err != nil && !errors.As(err, &refusal) {
		d.t.Fatalf("%T%+v: %v", a, a, err)
	}
}

// Open reads an interview.
func (d *Desk) Open(id interview.ID) *interview.Interview {
	d.t.Helper()
	v, err := d.Book.Open(context.Background(), id)
	if err != nil {
		d.t.Fatal(err)
	}
	return v.Interview
}

// Root shows one screen as the app does.
type Root struct {
	Screen screen.Screen
	env    *screen.Env

	width, height int
	notice        string

	mu   sync.Mutex
	gone []tea.Msg
}

// Root returns the root of a screen. The screen is left when the test ends, so that nothing waits
// for other windows.
func (d *Desk) Root(s screen.Screen) *Root {
	d.t.Cleanup(func() { s.Leave() })
	return &Root{Screen: s, env: d.Env}
}

// Gone returns where the screen asked to go since the last call.
func (r *Root) Gone() []tea.Msg {
	r.mu.Lock()
	defer r.mu.Unlock()
	gone := r.gone
	r.gone = nil
	return gone
}

// Init implements tea.Model.
func (r *Root) Init() tea.Cmd { return r.Screen.Init() }

// Update implements tea.Model.
func (r *Root) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		r.width, r.height = msg.Width, msg.Height
	case screen.GoHome, screen.GoBack, screen.GoLive, screen.GoReview, screen.GoCustomer, screen.Press, screen.Quit:
		r.mu.Lock()
		r.gone = append(r.gone, msg)
		r.mu.Unlock()
	case tea.KeyPressMsg:
		return r, r.key(msg)
	default:
		return r, r.Screen.Update(msg)
	}
	return r, nil
}

func (r *Root) key(msg tea.KeyPressMsg) tea.Cmd {
	r.notice = ""
	if msg.Text != "" && r.Screen.Typing() {
		return r.Screen.Update(msg)
	}
	b, ok := keymap.Find(msg.String(), r.Screen.Scopes()...)
	switch {
	case !ok:
		return r.Screen.Update(msg)
	case !b.Enabled():
		r.notice = b.Why
		return nil
	}
	return r.Screen.Act(b.By(msg.String()))
}

// View implements tea.Model.
func (r *Root) View() tea.View {
	v := tea.View{AltScreen: true, MouseMode: tea.MouseModeCellMotion}
	if r.width == 0 {
		return v
	}
	body, cursor := r.Screen.View(r.width, r.height-1)
	var all []keymap.Binding
	for _, scope := range r.Screen.Scopes() {
		all = append(all, scope.Bindings...)
	}
	foot, _ := keymap.Footer(all, r.width, r.env.Styles())
	if r.notice != "" {
		foot = widget.Fit(" "+r.notice, r.width)
	}
	v.SetContent(widget.Stack(body, widget.NewBlock(r.width, 1, []string{foot})).String())
	if cursor != nil {
		v.Cursor = tea.NewCursor(cursor.X, cursor.Y)
	}
	return v
}

// Check fails the test unless a screen draws exactly the size asked for at any size, with nothing
// but text and styles, has sound bindings, a plain title, and a cursor inside the view.
func Check(t *testing.T, s screen.Screen) {
	t.Helper()
	styles := regexp.MustCompile(`\x1b\[[0-9;:]*m`)
	if err := keymap.Check(s.Scopes()...); err != nil {
		t.Error(err)
	}
	if plain.Terminal(s.Title()) != s.Title() {
		t.Errorf("the title %q is not plain", s.Title())
	}
	for _, size := range [][2]int{{60, 19}, {79, 23}, {80, 23}, {100, 29}, {200, 49}, {61, 60}, {300, 20}} {
		width, height := size[0], size[1]
		view, at := s.View(width, height)
		if view.Width != width || view.Height() != height {
			t.Fatalf("asked for %d×%d, the view is %d×%d", width, height, view.Width, view.Height())
		}
		if i := slices.IndexFunc(view.Lines, func(line string) bool { return widget.Width(line) != width }); i >= 0 {
			t.Errorf("at %d×%d line %d takes %d cells: %q", width, height, i, widget.Width(view.Lines[i]), view.Lines[i])
		}
		for i, line := range view.Lines {
			if text := styles.ReplaceAllString(line, ""); plain.Terminal(text) != text {
				t.Errorf("at %d×%d line %d is not safe: %q", width, height, i, text)
			}
		}
		if at != nil && (at.X < 0 || at.X >= width || at.Y < 0 || at.Y >= height) {
			t.Errorf("at %d×%d the cursor is at %d,%d", width, height, at.X, at.Y)
		}
	}
}
