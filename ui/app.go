// Package ui is hark's terminal app: the root model, which knows the size and the styles, routes
// messages and keys to the current screen, and draws the frame around it. The screens are in the
// packages below.
package ui

import (
	"context"
	"fmt"
	"sync"
	"time"
	"unicode"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"

	"hark/internal/interview"
	"hark/internal/notebook"
	"hark/internal/plain"
	"hark/internal/playbook"
	"hark/ui/keymap"
	"hark/ui/library"
	"hark/ui/screen"
	"hark/ui/theme"
	"hark/ui/widget"
)

// Options configure the app.
type Options struct {
	Book      *notebook.Notebook
	Playbooks *playbook.Library
	// Playbook names the one for new interviews; "" is the one used last.
	Playbook string
	// Interview, when not zero, is opened in the live screen at once.
	Interview interview.ID
	// Notice is shown instead of the footer until the first key, "" for none.
	Notice  string
	Zone    *time.Location
	Getenv  func(string) string
	Setting theme.Setting
	// Motion allows something on the screen to change by itself for a moment.
	Motion bool
	// Departments are the usual destinations of routes.
	Departments []string
	// Export writes an interview as Markdown into a folder and says where, in the words of a note;
	// nil when that is impossible. An error is a sentence.
	Export func(ctx context.Context, id interview.ID, folder string) (where string, err error)

	// CrashFolder is the folder for crash reports, "" for none.
	CrashFolder string

	noShell bool // no shell started hark, so it cannot be suspended
}

// The smallest terminal that hark draws in.
const (
	leastWidth  = 60
	leastHeight = 20
)

// App is the root model.
type App struct {
	env     *screen.Env
	options Options
	styles  theme.Styles
	dark    bool
	profile colorprofile.Profile

	width, height int
	screen        screen.Screen
	history       []screen.Screen // the screens before, the last one last
	over          overlay         // nil for none
	// notice is shown instead of the footer until the next key.
	notice string
	// leaving is true after the first ctrl+c: the next one leaves.
	leaving bool
	hits    []keymap.Hit // positions of the footer's bindings

	mu   sync.Mutex // guards what follows
	lost []string
	why  error
}

// New returns the app, about to show the library or an interview.
func New(o Options) *App {
	a := &App{options: o, dark: true, notice: plain.Terminal(o.Notice)}
	a.env = &screen.Env{
		Book: o.Book, Playbooks: o.Playbooks, Playbook: o.Playbook, Now: o.Book.Now, Zone: o.Zone,
		Styles: func() theme.Styles { return a.styles }, Lost: a.lose, Motion: o.Motion, Departments: o.Departments, Export: o.Export,
	}
	a.restyle()
	if o.Interview.IsZero() {
		a.screen = library.New(a.env)
	} else {
		a.screen = a.live(o.Interview)
	}
	return a
}

func (a *App) restyle() {
	a.styles = theme.New(theme.Pick(a.options.Setting, a.options.Getenv, a.dark, a.profile))
}

// lose records text that could not be saved.
func (a *App) lose(text string, why error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.lost = append(a.lost, text)
	a.why = why
}

// Lost returns the text that could not be saved, and why, once the app has ended: the caller prints
// it, so that it can be copied.
func (a *App) Lost() ([]string, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.lost, a.why
}

// Init implements tea.Model.
func (a *App) Init() tea.Cmd { return tea.Batch(tea.RequestBackgroundColor, a.screen.Init()) }

// Update implements tea.Model.
func (a *App) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		a.width, a.height = msg.Width, msg.Height
	case tea.BackgroundColorMsg:
		a.dark = msg.IsDark()
		a.restyle()
	case tea.ColorProfileMsg:
		a.profile = msg.Profile
		a.restyle()
	case tea.KeyPressMsg:
		return a, a.key(msg)
	case tea.PasteMsg:
		return a, a.paste(msg)
	case tea.MouseMsg:
		return a, a.mouse(msg)
	case screen.GoHome, screen.GoBack, screen.GoLive, screen.GoReview, screen.GoCustomer, screen.Press, screen.Quit:
		return a, a.travel(msg)
	default:
		return a, a.hand(msg)
	}
	return a, nil
}

// quit leaves once the screen has finished.
func (a *App) quit() tea.Cmd { return tea.Sequence(a.screen.Leave(), tea.Quit) }

// key routes one key: to an overlay, then to text being typed, then to the bindings from the
// innermost scope outwards, then to the screen.
func (a *App) key(msg tea.KeyPressMsg) tea.Cmd {
	a.notice = ""
	msg = onLatinKeys(msg)
	name := msg.String()
	if name == "ctrl+j" {
		// Enter typed before hark had the terminal, which turned it into a newline.
		msg, name = tea.KeyPressMsg{Code: tea.KeyEnter}, "enter"
	}
	if name == "ctrl+c" {
		if a.leaving {
			return a.quit()
		}
		a.leaving = true
		a.notice = "ctrl+c once more leaves hark. Everything is kept, what is being typed too."
		return nil
	}
	a.leaving = false
	if a.over != nil {
		reading, _ := a.over.(*help)
		cmd := a.after(a.over.key(msg))
		if reading != nil && a.over == nil && msg.Text != "" {
			return tea.Batch(cmd, a.screen.Update(msg)) // typing while reading loses no letter
		}
		return cmd
	}
	if a.screen.Typing() && (msg.Text != "" || name == "ctrl+z") { // undo of typing
		return a.screen.Update(msg)
	}
	if a.small() && msg.Text == "" && !a.screen.Typing() && name != "ctrl+q" {
		return nil // what it would do cannot be seen
	}
	if b, ok := a.find(name, msg.BaseCode); ok {
		if !b.Enabled() {
			if r, ok := a.screen.(refuser); !ok || !r.Refuse(b) {
				a.notice = b.Why
			}
			return nil
		}
		if b.Text {
			return tea.Batch(a.act(b.By(name)), a.screen.Update(msg))
		}
		return a.act(b.By(name))
	}
	return a.screen.Update(msg)
}

// find returns the binding of a key; where there is none, that of the key of a Latin keyboard in
// the same place, if the terminal tells it.
func (a *App) find(name string, base rune) (keymap.Binding, bool) {
	scopes := a.scopes()
	b, ok := keymap.Find(name, scopes...)
	if !ok && base != 0 {
		b, ok = keymap.Find(string(base), scopes...)
	}
	return b, ok
}

// onLatinKeys returns a key with ctrl or alt as the same key of a Latin keyboard has it, where the
// terminal tells both: ctrl+з of a Cyrillic keyboard is ctrl+p.
func onLatinKeys(msg tea.KeyPressMsg) tea.KeyPressMsg {
	if msg.Mod&(tea.ModCtrl|tea.ModAlt) != 0 && msg.Code > unicode.MaxASCII && unicode.IsLetter(msg.Code) && msg.BaseCode != 0 {
		msg.Code, msg.ShiftedCode, msg.Text = msg.BaseCode, 0, ""
	}
	return msg
}

func (a *App) paste(msg tea.PasteMsg) tea.Cmd {
	a.notice, a.leaving = "", false
	if a.over != nil && a.over.paste(msg) {
		return nil
	}
	a.over = nil
	return a.screen.Update(msg)
}

// mouse routes a click or the wheel: to an overlay, then to the footer, then to the screen.
func (a *App) mouse(msg tea.MouseMsg) tea.Cmd {
	m := msg.Mouse()
	_, click := msg.(tea.MouseClickMsg)
	switch {
	case click && m.Button != tea.MouseLeft:
		return nil
	case click:
		a.notice, a.leaving = "", false
	}
	switch {
	case a.over != nil:
		return a.overMouse(msg)
	case click && m.Y == a.height-1:
		for _, h := range a.hits {
			if m.X >= h.From && m.X < h.To {
				return a.act(h.Binding.Chosen())
			}
		}
		return nil
	}
	return a.screen.Update(msg)
}

func (a *App) overMouse(msg tea.MouseMsg) tea.Cmd {
	a.over.wheel(widget.Wheel(msg))
	click, ok := msg.(tea.MouseClickMsg)
	if !ok {
		return nil
	}
	done, action := a.over.click(click.X, click.Y, widget.Rect{Width: a.width, Height: a.height})
	return a.after(done, action)
}

// after handles the result of an overlay's key or click.
func (a *App) after(done bool, action keymap.Action) tea.Cmd {
	if done {
		a.over = nil
	}
	if action == "" {
		return nil
	}
	return a.act(action)
}

// The actions of the app itself.
const (
	actSuspend keymap.Action = "app.suspend"
	actQuit    keymap.Action = "app.quit"
)

// scopes returns the current bindings: the screen's, then the app's.
func (a *App) scopes() []keymap.Scope {
	suspend := ""
	if a.options.noShell {
		suspend = "no shell started hark, so there is none to go back to"
	}
	help, own := "?", a.screen.Scopes()
	if _, text := keymap.Find("?", own...); text || a.screen.Typing() {
		help = "f1" // the other one is text
	}
	return append(own, keymap.Scope{Name: "Everywhere", Bindings: append(a.looking(), []keymap.Binding{
		{Action: screen.Commands, Keys: []string{"ctrl+p"}, Short: "commands", Long: "All commands, found by typing", Rank: 3},
		{Action: screen.Help, Keys: []string{"f1", "?"}, Label: help, Short: "keys", Long: "Every key of this screen (F1 while typing)", Words: "help manual shortcuts", Rank: -1},
		{Action: actSuspend, Keys: []string{"ctrl+z"}, Long: "Put hark aside; fg in the shell brings it back", Why: suspend},
		{Action: actQuit, Keys: []string{"ctrl+q"}, Long: "Leave hark; everything is kept", Words: "quit exit close"},
	}...)})
}

// refuser is a screen that says itself why a key cannot be used now.
type refuser interface {
	// Refuse says why, and reports whether it did.
	Refuse(b keymap.Binding) bool
}

// explainer is a screen with more to say in the help than its keys.
type explainer interface {
	// Explain returns groups of what can be done without a key.
	Explain() []keymap.Scope
}

// mouseScope says in the help what the mouse does. It answers no key.
func mouseScope() keymap.Scope {
	return keymap.Scope{Name: "Mouse", Bindings: []keymap.Binding{
		{Label: "click", Long: "Selects what is clicked; once more does what enter does with it"},
		{Label: "wheel", Long: "Scrolls what the mouse is over"},
		{Label: "footer", Long: "A click on a key in the last line presses it"},
	}}
}

// shellScope names, in the palette, the shell commands for what no key does. It answers no key.
func shellScope() keymap.Scope {
	return keymap.Scope{Name: "In a shell", Bindings: []keymap.Binding{
		{Long: "Recap for the customer", Words: "mail summary send", Why: "in a shell: hark recap"},
		{Long: "Web page, spreadsheet or JSON", Words: "export html csv excel files", Why: "in a shell: hark export"},
		{Long: "Card with the questions, to print", Words: "page paper", Why: "in a shell: hark card"},
		{Long: "Playbooks of your own", Words: "template guide edit", Why: "in a shell: hark playbooks"},
		{Long: "Settings", Words: "config configuration preferences options colours", Why: "in a shell: hark config"},
		{Long: "Backup of the notebook", Words: "save copy restore", Why: "in a shell: hark backup FILE"},
		{Long: "Check of the notebook", Words: "doctor repair damage", Why: "in a shell: hark doctor"},
		{Long: "Import of an export", Words: "load", Why: "in a shell: hark import FILE"},
		{Long: "Erase for good, backups too", Words: "forget remove privacy", Why: "in a shell: hark erase"},
	}}
}

// act runs the action of a binding.
func (a *App) act(action keymap.Action) tea.Cmd {
	switch action {
	case screen.Commands:
		a.over = newPalette(append(a.scopes(), shellScope()))
		return a.screen.Update(screen.Covered{})
	case screen.Help:
		scopes := a.scopes()
		if s, ok := a.screen.(explainer); ok {
			scopes = append(scopes, s.Explain()...)
		}
		a.over = newHelp(append(scopes, mouseScope()))
		return a.screen.Update(screen.Covered{})
	case actSuspend:
		return tea.Suspend
	case actQuit:
		return a.quit()
	case screen.Promises, screen.Insight, screen.Advisers:
		return a.lookBack(action)
	default:
		return a.screen.Act(action)
	}
}

// View implements tea.Model.
func (a *App) View() tea.View {
	var v tea.View
	v.AltScreen = true
	v.MouseMode = tea.MouseModeCellMotion
	v.KeyboardEnhancements.ReportAlternateKeys = true // ctrl and alt on other than Latin keyboards
	v.WindowTitle = "hark"
	if a.width == 0 || a.height == 0 {
		return v // the size is not known yet
	}
	if t := a.screen.Title(); t != "" {
		v.WindowTitle = plain.Terminal(t) + " · hark"
	}
	if a.small() {
		v.SetContent(a.tooSmall().String())
		return v
	}
	body, cursor := a.screen.View(a.width, a.height-1)
	frame := widget.Stack(body, a.footer())
	if a.over != nil {
		top, x, y, at := a.over.view(a.width, a.height, a.styles)
		frame, cursor = widget.Overlay(widget.Dim(frame, a.styles.Border), top, x, y), at
	}
	v.SetContent(frame.String())
	if cursor != nil {
		v.Cursor = tea.NewCursor(cursor.X, cursor.Y)
		v.Cursor.Blink = false
		v.Cursor.Shape = tea.CursorBar
	}
	return v
}

// footer draws the last line: a notice, or the keys.
func (a *App) footer() widget.Block {
	a.hits = nil
	if a.notice != "" {
		return widget.NewBlock(a.width, 1, []string{" " + a.styles.Warn.Render(a.notice)})
	}
	var all []keymap.Binding
	for _, s := range a.scopes() {
		all = append(all, s.Bindings...)
	}
	line, hits := keymap.Footer(all, a.width, a.styles)
	a.hits = hits
	return widget.NewBlock(a.width, 1, []string{line})
}

// small reports whether the window is too small to show a screen.
func (a *App) small() bool { return a.width < leastWidth || a.height < leastHeight }

// tooSmall says that the window is too small.
func (a *App) tooSmall() widget.Block {
	lines := []string{
		a.styles.Title.Render("This window is too small"),
		a.styles.Text.Render(fmt.Sprintf("hark needs %d×%d; this is %d×%d.", leastWidth, leastHeight, a.width, a.height)),
		a.styles.Text.Render("Nothing is lost."),
	}
	return widget.NewBlock(a.width, a.height, lines)
}
