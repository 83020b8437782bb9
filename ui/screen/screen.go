// Package screen is what the root of the UI and its screens agree on: what a
// screen is, what it is given, and the messages by which it asks to go
// somewhere else. Screens know this package and not each other.
package screen

import (
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

// Env is what screens are given.
type Env struct {
	Book      *notebook.Notebook
	Playbooks *playbook.Library
	// Now is the time; Zone is where the people are.
	Now  func() time.Time
	Zone *time.Location
	// Lost is told of text that could not be kept when a screen was left, and
	// why. It is safe for several goroutines.
	Lost func(text string, why error)
	// Look holds the styles of the moment. The root changes it when the
	// terminal's background is known.
	Look *theme.Styles
}

// Styles returns the styles of the moment.
func (e *Env) Styles() theme.Styles { return *e.Look }

// Messages that ask the root to go somewhere.
type (
	// GoHome goes to the library.
	GoHome struct{}
	// GoLive goes to the live screen of an interview.
	GoLive struct{ Interview interview.ID }
	// GoReview goes to a past interview, at line Number if it is not 0.
	GoReview struct {
		Interview interview.ID
		Number    int
	}
	// Quit leaves the app, after the screen has finished.
	Quit struct{}
)

// Go returns a command that sends a message: how a screen asks for something.
func Go(msg tea.Msg) tea.Cmd { return func() tea.Msg { return msg } }
