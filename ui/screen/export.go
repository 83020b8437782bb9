package screen

import (
	"context"
	"strings"

	tea "charm.land/bubbletea/v2"

	"hark/internal/interview"
	"hark/internal/plain"
	"hark/ui/keymap"
	"hark/ui/widget"
)

// The actions of an export.
const (
	ActExport      keymap.Action = "interview.export"
	ActWriteExport keymap.Action = "export.write"
	ActStopExport  keymap.Action = "export.stop"
)

// here is where hark was started.
const here = "."

// Exports asks a person for the folder that an interview is to be exported into,
// and exports it. It is kept by pointer.
type Exports struct {
	env    *Env
	asking *asking // nil while nothing is asked
	inside widget.Rect
}

// asking is the question where to.
type asking struct {
	interview interview.ID
	customer  string
	box       widget.Capture
	writing   bool
}

// Exported is what came of an export. It is for the Exports that asked for it.
type Exported struct {
	to   *Exports
	of   *asking
	path string
	err  error
}

// NewExports returns what exports interviews for a screen.
func NewExports(env *Env) *Exports { return &Exports{env: env} }

// Binding is the key that exports an interview. none says why there is no
// interview to be exported, "" when there is one.
func (e *Exports) Binding(none string) keymap.Binding {
	if none == "" && e.env.Export == nil {
		none = "no files can be written from here"
	}
	return keymap.Binding{Action: ActExport, Keys: []string{"e"}, Short: "export", Long: "Export it as Markdown, to pass on", Words: "file save share", Why: none, Rank: 2}
}

// Ask asks where to export an interview to: by default where the last one went,
// and else where hark was started.
func (e *Exports) Ask(id interview.ID, customer string) {
	e.asking = &asking{interview: id, customer: customer}
	e.asking.box.Placeholder = "a folder; . is where hark was started"
	if e.env.folder == "" {
		e.env.folder = here
	}
	e.asking.box.SetValue(e.env.folder)
}

// Asking reports whether the question stands there: then it has the keys.
func (e *Exports) Asking() bool { return e.asking != nil }

// Stop takes the question away. What is being written is written.
func (e *Exports) Stop() { e.asking = nil }

// Scope are the keys of the question.
func (e *Exports) Scope() keymap.Scope {
	none, stop := "", ""
	if strings.TrimSpace(e.asking.box.Value()) == "" {
		none = "type the folder first; . is where hark was started"
	}
	if e.asking.writing {
		none, stop = "it is being written", "it is being written"
	}
	return keymap.Scope{Name: "Export", Bindings: []keymap.Binding{
		{Action: ActWriteExport, Keys: []string{"enter"}, Short: "export", Long: "Write it as Markdown into this folder", Why: none},
		{Action: ActStopExport, Keys: []string{"esc"}, Short: "back", Long: "Leave it; nothing is written", Why: stop},
	}}
}

// Act does what a binding of Scope stands for.
func (e *Exports) Act(action keymap.Action) tea.Cmd {
	of := e.asking
	if of == nil || action != ActWriteExport {
		e.Stop()
		return nil
	}
	of.writing = true
	e.env.folder = strings.TrimSpace(of.box.Value())
	write, folder := e.env.Export, e.env.folder
	return func() tea.Msg {
		path, err := write(context.Background(), of.interview, folder)
		return Exported{to: e, of: of, path: path, err: err}
	}
}

// Take takes in what came of an export: where the file is, or why there is none;
// then the folder can be changed. ok is false when it is for other Exports.
func (e *Exports) Take(msg Exported) (came Came, ok bool) {
	if msg.to != e {
		return Came{}, false
	}
	if msg.err != nil {
		msg.of.writing = false
		return Came{Text: msg.err.Error(), Alarm: true}, true
	}
	if e.asking == msg.of {
		e.Stop()
	}
	return Came{Text: "Exported to " + msg.path}, true
}

// Input hands a key, a paste or the mouse to the question.
func (e *Exports) Input(msg tea.Msg) {
	if e.asking == nil {
		return
	}
	switch msg := msg.(type) {
	case tea.KeyPressMsg, tea.PasteMsg:
		e.asking.box.Update(msg, max(e.inside.Width, 1))
	case tea.MouseClickMsg:
		if e.inside.Contains(msg.X, msg.Y) {
			e.asking.box.PlaceCursor(msg.X-e.inside.X, msg.Y-e.inside.Y, e.inside.Width)
		}
	}
}

// Over lays the question over the screen, if it is asked, and says where the
// cursor is; nil when it is not asked.
func (e *Exports) Over(frame widget.Block) (widget.Block, *tea.Position) {
	if e.asking == nil {
		return frame, nil
	}
	const widest, rows = 76, 6
	s, width := e.env.Styles(), min(frame.Width-4, widest)
	at := widget.Rect{Width: frame.Width, Height: frame.Height()}.Centre(width, rows+e.asking.box.Height(width-4)-1)
	inner := at.Inset(2, 1)
	typed, cursor := e.asking.box.View(inner.Width, s)
	e.inside = widget.Rect{X: inner.X, Y: inner.Y + 1, Width: inner.Width, Height: typed.Height()}
	lines := append([]string{s.Muted.Render("into the folder (. is where hark was started)")}, typed.Lines...)
	lines = append(lines, "")
	for _, part := range plain.Wrap("Names and quotes follow what they allowed; your thoughts stay out.", inner.Width) {
		lines = append(lines, s.Faint.Render(part))
	}
	box := widget.Box(widget.Frame{Title: "Export " + plain.Terminal(e.asking.customer), Right: "Markdown", Focused: true}, at.Width, at.Height, lines, s)
	return widget.Overlay(widget.Dim(frame, s.Border), box, at.X, at.Y), &tea.Position{X: e.inside.X + cursor.X, Y: e.inside.Y + cursor.Y}
}
