package live

import (
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"

	"hark/internal/capture"
	"hark/ui/keymap"
	"hark/ui/show"
	"hark/ui/widget"
)

// pasting asks whether a paste of several lines is one line or many.
type pasting struct {
	text  string
	grace widget.Grace
}

func newPasting(m *Model, text string) *pasting {
	text = strings.ReplaceAll(strings.ReplaceAll(text, "\r\n", "\n"), "\r", "\n")
	return &pasting{text: text, grace: widget.NewGrace(m.env.Now())}
}

// The actions of the question.
const (
	pasteOne  keymap.Action = "paste.one"
	pasteMany keymap.Action = "paste.many"
	pasteStop keymap.Action = "paste.stop"
)

func (d *pasting) typing() bool { return false }

func (d *pasting) scroller() *widget.Scroller { return nil }

func (d *pasting) scope(*Model) keymap.Scope {
	return keymap.Scope{Name: "Pasting", Bindings: []keymap.Binding{
		{Action: pasteOne, Keys: []string{"o"}, Short: "one line", Long: "Keep it together: it goes into the box as one line"},
		{Action: pasteMany, Keys: []string{"m"}, Short: "many lines", Long: "Keep each line for itself"},
		{Action: pasteStop, Keys: []string{"esc"}, Short: "neither", Long: "Do not paste it"},
	}}
}

func (d *pasting) update(*Model, tea.Msg) tea.Cmd { return nil }

func (d *pasting) act(m *Model, action keymap.Action) tea.Cmd {
	if action != pasteStop && m.tooSoon(&d.grace) {
		return nil
	}
	m.dialog = nil
	switch action {
	case pasteOne:
		m.box.Insert(d.text)
		m.complete()
		return m.touched()
	case pasteMany:
		return m.addEach(d.text)
	}
	return nil
}

// addEach adds each line of a pasted text. Lines that cannot be parsed are put into the box.
func (m *Model) addEach(text string) tea.Cmd {
	var cmds []tea.Cmd
	var left []string
	added := 0
	for _, line := range strings.Split(text, "\n") {
		if strings.TrimSpace(line) == "" {
			continue
		}
		action, err := capture.Parse(line, m.env.Now().In(m.env.Zone))
		if err != nil {
			left = append(left, line)
			continue
		}
		cmd, ok := m.do(action, line)
		if !ok {
			left = append(left, line)
			continue
		}
		added++
		cmds = append(cmds, cmd)
	}
	m.say(hint, show.Count(added, "line", "lines")+" kept")
	if len(left) > 0 {
		m.box.Insert(strings.Join(left, "\n"))
		m.say(alarm, fmt.Sprintf("%s kept; %s could not be understood and stands in the box", show.Count(added, "line", "lines"), show.Count(len(left), "line", "lines")))
	}
	m.lists[recordPane].End()
	return tea.Batch(append(cmds, m.touched())...)
}

func (d *pasting) view(m *Model, width, height int) (widget.Block, *tea.Position) {
	s := m.env.Styles()
	inner := dialogWidth(width) - 4
	p := &content{}
	p.add("", s.Text.Render(fmt.Sprintf("You pasted %s, beginning with", show.Count(lineCount(d.text), "line", "lines"))),
		s.Quote.Render("  "+firstWords(d.text)), "")
	p.add(show.Hang("", 0, "Is it one thing that was said, or one thing on each line?", inner, s.Text)...)
	p.add("")
	p.addKeys(m, d, inner, pasteOne, pasteMany, pasteStop)
	return placed(m, "Pasted text", p, width, height)
}
