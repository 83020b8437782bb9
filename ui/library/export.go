package library

import (
	"context"
	"strings"

	tea "charm.land/bubbletea/v2"

	"hark/internal/interview"
	"hark/internal/plain"
	"hark/ui/keymap"
	"hark/ui/show"
	"hark/ui/widget"
)

// exporting asks for the folder that an interview is exported into.
type exporting struct {
	interview interview.ID
	customer  string
	box       widget.Capture
	writing   bool
}

// exported is what came of an export.
type exported struct {
	to   *Model
	of   *exporting
	path string
	err  error
}

const (
	actKeepExport keymap.Action = "export.write"
	actStopExport keymap.Action = "export.stop"
)

// startExport asks where to export an interview to: by default where hark was
// started.
func (m *Model) startExport(l listing) {
	m.export = &exporting{interview: l.id, customer: l.customer}
	m.export.box.Placeholder = "a folder; . is where hark was started"
	m.export.box.SetValue(m.folder)
}

func (e *exporting) scope() keymap.Scope {
	none, stop := "", ""
	if strings.TrimSpace(e.box.Value()) == "" {
		none = "type the folder first; . is where hark was started"
	}
	if e.writing {
		none, stop = "it is being written", "it is being written"
	}
	return keymap.Scope{Name: "Export", Bindings: []keymap.Binding{
		{Action: actKeepExport, Keys: []string{"enter"}, Short: "export", Long: "Write it as Markdown into this folder", Why: none},
		{Action: actStopExport, Keys: []string{"esc"}, Short: "back", Long: "Leave it; nothing is written", Why: stop},
	}}
}

func (m *Model) actExport(action keymap.Action) tea.Cmd {
	e := m.export
	if e == nil || action == actStopExport {
		m.export = nil
		return nil
	}
	e.writing = true
	m.folder = strings.TrimSpace(e.box.Value())
	write, folder := m.env.Export, m.folder
	return func() tea.Msg {
		path, err := write(context.Background(), e.interview, folder)
		return exported{to: m, of: e, path: path, err: err}
	}
}

// exported says where the file is, or why there is none; then the folder can be
// changed.
func (m *Model) exported(msg exported) {
	if msg.err != nil {
		msg.of.writing = false
		m.alarm(msg.err.Error())
		return
	}
	if m.export == msg.of {
		m.export = nil
	}
	m.say("Exported to " + msg.path)
}

// area is where the question stands.
func (e *exporting) area(width, height int) widget.Rect {
	const widest, rows = 76, 6
	return widget.Rect{Width: width, Height: height}.Centre(min(width-4, widest), rows+e.box.Height(min(width-4, widest)-4)-1)
}

// drawExport draws the question where to.
func (m *Model) drawExport(at widget.Rect) (widget.Block, *tea.Position) {
	s, inner := m.env.Styles(), at.Inset(2, 1)
	typed, cursor := m.export.box.View(inner.Width, s)
	m.inside = widget.Rect{X: inner.X, Y: inner.Y + 1, Width: inner.Width, Height: typed.Height()}
	lines := append([]string{s.Muted.Render("into the folder (. is where hark was started)")}, typed.Lines...)
	lines = append(lines, "")
	lines = append(lines, show.Hang("", 0, "Names and quotes follow what they allowed; your thoughts stay out.", inner.Width, s.Faint)...)
	frame := widget.Frame{Title: "Export " + plain.Terminal(m.export.customer), Right: "Markdown", Focused: true}
	return widget.Box(frame, at.Width, at.Height, lines, s), &tea.Position{X: m.inside.X + cursor.X, Y: m.inside.Y + cursor.Y}
}
