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

// here is the folder where hark was started.
const here = "."

// Exports asks for the folder that an interview is to be exported into, and exports it. Use it by
// pointer.
type Exports struct {
	env    *Env
	asking *asking // nil while nothing is asked
}

// asking is the question for the folder.
type asking struct {
	interview interview.ID
	customer  string
	box       widget.Prompt
	writing   bool
}

// Exported is the result of an export. It names the Exports that asked for it.
type Exported struct {
	to    *Exports
	of    *asking
	where string
	err   error
}

// NewExports returns the Exports of a screen.
func NewExports(env *Env) *Exports { return &Exports{env: env} }

// Binding is the key that exports an interview. none is why there is no interview to export, ""
// when there is one.
func (e *Exports) Binding(none string) keymap.Binding {
	if none == "" && e.env.Export == nil {
		none = "no files can be written from here"
	}
	return keymap.Binding{Action: ActExport, Keys: []string{"e"}, Short: "export", Long: "Export it as Markdown, to pass on", Words: "file save share", Why: none, Rank: 2}
}

// Ask asks where to export an interview to: by default into the folder of the last export, else
// where hark was started.
func (e *Exports) Ask(id interview.ID, customer string) {
	e.asking = &asking{interview: id, customer: customer}
	e.asking.box.Placeholder = "a folder; . is where hark was started"
	if e.env.folder == "" {
		e.env.folder = here
	}
	e.asking.box.SetValue(e.env.folder)
}

// Asking reports whether the question is open: then it has the keys.
func (e *Exports) Asking() bool { return e.asking != nil }

// Stop closes the question. A write under way is finished.
func (e *Exports) Stop() { e.asking = nil }

// Scope returns the keys of the question.
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

// Act runs an action of Scope.
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
		where, err := write(context.Background(), of.interview, folder)
		return Exported{to: e, of: of, where: where, err: err}
	}
}

// Take takes the result of an export, and returns the note that reports it: where the file is, or
// why there is none; then the folder can be changed. ok is false for the result of other Exports.
func (e *Exports) Take(msg Exported) (note widget.Note, ok bool) {
	if msg.to != e {
		return widget.Note{}, false
	}
	if msg.err != nil {
		msg.of.writing = false
		return widget.Note{Text: msg.err.Error(), Alarm: true}, true
	}
	if e.asking == msg.of {
		e.Stop()
	}
	return widget.Note{Text: "Exported to " + msg.where}, true
}

// Input passes a key, a paste or the mouse to the question.
func (e *Exports) Input(msg tea.Msg) {
	if e.asking != nil {
		e.asking.box.Input(msg)
	}
}

// Over draws the question over the screen, if it is asked, and returns the position of the cursor,
// nil for none.
func (e *Exports) Over(frame widget.Block) (widget.Block, *tea.Position) {
	if e.asking == nil {
		return frame, nil
	}
	const widest, around = 76, 3 // lines above and below the folder
	s, width := e.env.Styles(), min(frame.Width-4, widest)
	area := widget.Rect{Width: frame.Width, Height: frame.Height()}.Centre(width, e.asking.box.Rows(width)+around)
	above := []string{s.Muted.Render("into the folder (. is where hark was started)")}
	below := []string{""}
	for _, part := range plain.Wrap("Names and quotes follow what they allowed; your thoughts stay out.", area.Inset(2, 1).Width) {
		below = append(below, s.Faint.Render(part))
	}
	title := widget.Frame{Title: "Export " + plain.Terminal(e.asking.customer), Right: "Markdown"}
	return e.asking.box.Over(widget.Dim(frame, s.Border), title, area, above, below, s)
}
