// Package screen is what the root of the UI and its screens agree on: what a
// screen is, what it is given, and the messages by which it asks to go
// somewhere else. Screens know this package and not each other.
package screen

import (
	"context"
	"time"

	tea "charm.land/bubbletea/v2"

	"hark/internal/interview"
	"hark/internal/notebook"
	"hark/internal/playbook"
	"hark/ui/keymap"
	"hark/ui/theme"
	"hark/ui/widget"
)

// Screen is one page of the app. It is kept by pointer and changes in Update
// and Act only; what takes time is done by the commands it returns.
type Screen interface {
	// Init returns what to do when the screen appears.
	Init() tea.Cmd
	// Update handles a message. Keys that a binding of Scopes answers come
	// through Act instead, unless Typing says that text is being typed and the
	// key types something.
	Update(msg tea.Msg) tea.Cmd
	// Act does what a binding stands for.
	Act(action keymap.Action) tea.Cmd
	// Scopes are the bindings that hold now, the innermost first.
	Scopes() []keymap.Scope
	// Typing reports whether keys that type something are text.
	Typing() bool
	// View draws the screen in exactly the given size, and says where the
	// cursor is; nil for none.
	View(width, height int) (widget.Block, *tea.Position)
	// Title is what the terminal's title says, plain.
	Title() string
	// Leave returns what to finish before the screen goes, such as keeping a
	// draft; it may be nil.
	Leave() tea.Cmd
}

// Rescue is text of a screen that is nowhere else yet, and the way to keep it when
// a fault ends the app. The zero value says that there is no such way.
type Rescue struct {
	// Text is all of it, as lines that can be typed again.
	Text []string
	// Save puts it where it is offered again. kept says that some of it is there
	// for certain; left is what could not be put there, as lines again, and why. It
	// may take its time, and is called once, after everything else has stopped.
	Save func() (saved bool, left []string, why error)
}

// Env is what screens are given.
type Env struct {
	Book      *notebook.Notebook
	Playbooks *playbook.Library
	// Playbook names the one that new interviews get; "" is the one used last.
	Playbook string
	// Now is the time; Zone is where the people are.
	Now  func() time.Time
	Zone *time.Location
	// Lost is told of text that could not be kept when a screen was left, and
	// why. It is safe for several goroutines.
	Lost func(text string, why error)
	// Look holds the styles of the moment. The root changes it when the
	// terminal's background is known.
	Look *theme.Styles
	// Motion allows something on the screen to change by itself for a moment, to
	// be noticed.
	Motion bool
	// Departments are where problems are usually carried to.
	Departments []string
	// Export writes an interview as Markdown into a folder and returns the path
	// of the file; nil when files cannot be written. An error is a sentence.
	Export func(ctx context.Context, id interview.ID, folder string) (path string, err error)
	folder string // that was exported into last, "" for none yet
}

// Styles returns the styles of the moment.
func (e *Env) Styles() theme.Styles { return *e.Look }

// Today is the day where the people are.
func (e *Env) Today() interview.Date { return interview.DateOf(e.Now().In(e.Zone)) }

// Messages that ask the root to go somewhere.
type (
	// GoHome goes to the library.
	GoHome struct{}
	// GoLive goes to the live screen of an interview.
	GoLive struct{ Interview interview.ID }
	// GoBack goes to where one came from, as it was; to the library when that is
	// nowhere.
	GoBack struct{}
	// GoReview goes to a past interview, at the thing with that number if it is
	// not 0. The zero Thing is whatever lines, promises and routes share numbers.
	GoReview struct {
		Interview interview.ID
		Thing     interview.Thing
		Number    int
	}
	// GoCustomer goes to everything with one customer, named in full.
	GoCustomer struct{ Name string }
	// Quit leaves the app, after the screen has finished.
	Quit struct{}
)

// Go returns a command that sends a message: how a screen asks for something.
func Go(msg tea.Msg) tea.Cmd { return func() tea.Msg { return msg } }
