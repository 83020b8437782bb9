// Command bare is the program that hark is compared with: a text area of Bubble Tea and bubbles
// that fills the screen, empty and at the default rate, and nothing else. It is a module of its
// own, so that its dependencies are not hark's.
package main

import (
	"fmt"
	"os"

	"charm.land/bubbles/v2/textarea"
	tea "charm.land/bubbletea/v2"
)

type model struct{ area textarea.Model }

// Init implements tea.Model.
func (m model) Init() tea.Cmd { return nil }

// Update implements tea.Model.
func (m model) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		m.area.SetWidth(msg.Width)
		m.area.SetHeight(msg.Height)
	case tea.KeyPressMsg:
		if msg.String() == "ctrl+c" {
			return m, tea.Quit
		}
	}
	var cmd tea.Cmd
	m.area, cmd = m.area.Update(msg)
	return m, cmd
}

// View implements tea.Model.
func (m model) View() tea.View {
	v := tea.NewView(m.area.View())
	v.AltScreen = true
	v.Cursor = m.area.Cursor()
	return v
}

func main() {
	area := textarea.New()
	area.SetVirtualCursor(false) // the terminal's own cursor is less work
	area.CharLimit = 0
	area.Focus()
	if _, err := tea.NewProgram(model{area}).Run(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
