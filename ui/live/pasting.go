package live

import (
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"

	"hark/ui/show"
)

// askPasted asks whether a paste of several lines is one line or many.
func (m *Model) askPasted(text string) {
	text = strings.ReplaceAll(strings.ReplaceAll(text, "\r\n", "\n"), "\r", "\n")
	m.open(&question{
		title: "Pasted text",
		text:  fmt.Sprintf("%s, beginning with “%s”. Is it one thing that was said, or one thing on each line?", show.Count(lineCount(text), "line", "lines"), firstWords(text)),
		short: "take it so",
		rows:  []string{"one line: it goes into the box together", "many lines: each is kept for itself"},
		yes: func(m *Model, row int) tea.Cmd {
			if row == 0 {
				m.box.Insert(text)
				m.complete()
				return m.touched()
			}
			return m.addEach(text)
		},
	})
}

// addEach adds each line of a pasted text.
func (m *Model) addEach(text string) tea.Cmd {
	var cmds []tea.Cmd
	added := 0
	for _, line := range strings.Split(text, "\n") {
		if strings.TrimSpace(line) == "" {
			continue
		}
		cmd, ok := m.do(m.read(line), line)
		cmds = append(cmds, cmd)
		if !ok {
			m.box.Insert(line + "\n")
			continue
		}
		added++
	}
	if added > 0 {
		m.say(hint, show.Count(added, "line", "lines")+" kept")
	}
	m.lists[recordPane].End()
	return tea.Batch(append(cmds, m.touched())...)
}
