// Package screen is the interface between the root of the UI and its screens: what a screen is,
// what it gets, and the messages by which it asks to go elsewhere. Screens know this package and
// not each other.
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

// Screen is one page of the app. It is used by pointer and changes in Update and Act only; slow
// work is done by the commands it returns.
type Screen interface {
	// Init returns what to do when the screen appears.
	Init() tea.Cmd
	// Update handles a message. Keys that have a binding in Scopes come through Act instead, unless
	// Typing returns true and the key types something.
	Update(msg tea.Msg) tea.Cmd
	// Act runs the action of a binding.
	Act(action keymap.Action) tea.Cmd
	// Scopes returns the current bindings, the innermost first.
	Scopes() []keymap.Scope
	// Typing reports whether keys that type something are text.
	Typing() bool
	// View draws the screen in exactly the given size, and returns the position of the cursor; nil
	// for none.
	View(width, height int) (widget.Block, *tea.Position)
	// Title returns plain text for the terminal's title.
	Title() string
	// Leave returns what to finish before the screen goes, such as saving a draft; it may be nil.
	Leave() tea.Cmd
}

// Rescue is the unsaved text of a screen after a crash, and a way to save it. The zero value has no
// such way.
type Rescue struct {
	// Text is all of it, as lines that can be typed again.
	Text []string
	// Save saves it where it is offered again. saved: some of it is there for certain. left is what
	// could not be saved, as lines again, and why says why. Save may take its time, and is called
	// once, after everything else has stopped.
	Save func() (saved bool, left []string, why error)
}

// Env is what screens get.
type Env struct {
	Book      *notebook.Notebook
	Playbooks *playbook.Library
	// Playbook names the one for new interviews; "" is the one used last.
	Playbook string
	// Now returns the time; Zone is where the people are.
	Now  func() time.Time
	Zone *time.Location
	// Lost reports text that could not be saved when a screen was left, and why. It is safe for
	// several goroutines.
	Lost func(text string, why error)
	// Styles returns the current styles. They change when the terminal's background is known.
	Styles func() theme.Styles
	// Motion allows something on the screen to change by itself for a moment, to attract attention.
	Motion bool
	// Departments are the usual destinations of routes.
	Departments []string
	// Export writes an interview as Markdown into a folder and says where, in the words of a note;
	// nil when files cannot be written. An error is a sentence.
	Export func(ctx context.Context, id interview.ID, folder string) (where string, err error)
	folder string // of the last export
}

// Today returns the current day in Zone.
func (e *Env) Today() interview.Date { return interview.DateOf(e.Now().In(e.Zone)) }

// Messages that ask the root to go somewhere.
type (
	// GoHome goes to the library, and searches there for some words if there are any.
	GoHome struct{ Search string }
	// GoLive goes to the live screen of an interview.
	GoLive struct{ Interview interview.ID }
	// GoBack goes to the screen before, as it was left; to the library when there is none.
	GoBack struct{}
	// GoReview opens the review of an interview, at the thing with that number if it is not 0. The
	// zero Thing is what lines, promises and routes number together.
	GoReview struct {
		Interview interview.ID
		Thing     interview.Thing
		Number    interview.Number
	}
	// GoCustomer goes to the page of one customer, named in full.
	GoCustomer struct{ Name string }
	// Press does what a key of the app does.
	Press struct{ Action keymap.Action }
	// Quit leaves the app, after the screen has finished.
	Quit struct{}
	// Covered tells a screen that the help or the palette lies over it.
	Covered struct{}
)

// The actions of the app itself that a screen can ask for with Press.
const (
	Help     keymap.Action = "app.help"
	Commands keymap.Action = "app.palette"
	Promises keymap.Action = "go.promises"
	Insight  keymap.Action = "go.insight"
	Advisers keymap.Action = "go.advisers"
)

// Beyond returns the message that opens what a typed command names beyond a screen, such as
// "promises"; nil for what it does not. search is what to search for.
func Beyond(command, search string) tea.Msg {
	switch command {
	case "help":
		return Press{Help}
	case "commands":
		return Press{Commands}
	case "promises":
		return Press{Promises}
	case "insight":
		return Press{Insight}
	case "advisers":
		return Press{Advisers}
	case "library", "search":
		return GoHome{Search: search}
	case "quit":
		return Quit{}
	}
	return nil
}

// Go returns a command that sends a message: how a screen asks for something.
func Go(msg tea.Msg) tea.Cmd { return func() tea.Msg { return msg } }

// ReadAgain returns after how long a screen looks again for changes made in other windows. Reading
// takes at most a small share of the time: the next read waits for 40 times as long as the last one
// took.
func ReadAgain(took time.Duration) time.Duration {
	const every, share = 4 * time.Second, 40
	return max(every, share*took)
}

// Addressed names the screen that a message is for: the one whose command sent it. A late message
// must not change another screen. Messages embed it.
type Addressed struct{ screen any }

// For addresses a message to a screen.
func For(screen any) Addressed { return Addressed{screen} }

func (a Addressed) addressee() any { return a.screen }

// IsFor reports whether a message is for a screen: addressed to it, or not addressed.
func IsFor(msg tea.Msg, screen any) bool {
	a, ok := msg.(interface{ addressee() any })
	return !ok || a.addressee() == screen
}
