package ui

import (
	"slices"

	tea "charm.land/bubbletea/v2"

	"hark/internal/interview"
	"hark/ui/advisers"
	"hark/ui/customer"
	"hark/ui/insight"
	"hark/ui/keymap"
	"hark/ui/library"
	"hark/ui/live"
	"hark/ui/promises"
	"hark/ui/review"
	"hark/ui/screen"
)

// meeting is a live screen in the history. A live screen cannot be returned to, so a new one of the
// same interview replaces it.
type meeting struct {
	*live.Model
	interview interview.ID
}

func (a *App) live(id interview.ID) screen.Screen { return meeting{live.New(a.env, id), id} }

// travel goes where a screen asked to go.
func (a *App) travel(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case screen.GoHome:
		cmd := a.home()
		if home, ok := a.screen.(*library.Model); ok && msg.Search != "" {
			return tea.Sequence(cmd, home.Search(msg.Search))
		}
		return cmd
	case screen.Press:
		return a.act(msg.Action)
	case screen.GoBack:
		return a.back()
	case screen.GoLive:
		return a.show(a.live(msg.Interview))
	case screen.GoReview:
		return a.show(review.New(a.env, msg.Interview, msg.Thing, msg.Number))
	case screen.GoCustomer:
		return a.show(customer.New(a.env, msg.Name))
	case screen.Quit:
		return a.quit()
	}
	return nil
}

// mostHistory limits the history; the first screen stays.
const mostHistory = 20

// show changes to another screen, and adds the current one to the history.
func (a *App) show(s screen.Screen) tea.Cmd {
	if len(a.history) == mostHistory {
		a.history = slices.Delete(a.history, 1, 2)
	}
	a.history = append(a.history, a.screen)
	return a.enter(s)
}

// back goes to the last screen of the history, with what was selected there.
func (a *App) back() tea.Cmd {
	n := len(a.history)
	if n == 0 {
		return a.enter(library.New(a.env))
	}
	s := a.history[n-1]
	a.history = a.history[:n-1]
	if m, ok := s.(meeting); ok {
		s = a.live(m.interview)
	}
	return a.enter(s)
}

// home goes to the library, as it was left.
func (a *App) home() tea.Cmd {
	i := slices.IndexFunc(a.history, func(s screen.Screen) bool {
		_, ok := s.(*library.Model)
		return ok
	})
	if i < 0 {
		a.history = nil
		return a.enter(library.New(a.env))
	}
	s := a.history[i]
	a.history = a.history[:i]
	return a.enter(s)
}

// enter changes the screen.
func (a *App) enter(s screen.Screen) tea.Cmd {
	leave := a.screen.Leave()
	a.screen, a.over, a.notice = s, nil, ""
	return tea.Sequence(leave, s.Init())
}

// hand passes a message to the screen, and to those in the history: one of them may have asked for
// it. A live screen that was left asks for nothing.
func (a *App) hand(msg tea.Msg) tea.Cmd {
	cmds := []tea.Cmd{a.screen.Update(msg)}
	for _, s := range a.history {
		if _, left := s.(meeting); !left {
			cmds = append(cmds, s.Update(msg))
		}
	}
	return tea.Batch(cmds...)
}

// looking returns the keys of the screens over all interviews. In the library, while nothing is
// typed, a letter goes there.
func (a *App) looking() []keymap.Binding {
	bind := func(action keymap.Action, key, letter, short, long string) keymap.Binding {
		b := keymap.Binding{Action: action, Keys: []string{key}, Long: long}
		if home, ok := a.screen.(*library.Model); ok && home.Resting() {
			b.Keys, b.Short, b.Rank = []string{letter, key}, short, 2
		}
		return b
	}
	return []keymap.Binding{
		bind(screen.Promises, "f2", "p", "promises", "Promises and routes: who owes what"),
		bind(screen.Insight, "f3", "i", "insight", "Insight: themes, and what weighs most"),
		bind(screen.Advisers, "f4", "a", "advisers", "Advisers: who may be asked again"),
	}
}

// lookBack goes to one of them, unless it is on the screen.
func (a *App) lookBack(action keymap.Action) tea.Cmd {
	var s screen.Screen
	there := false
	switch action {
	case screen.Promises:
		_, there = a.screen.(*promises.Model)
		s = promises.New(a.env)
	case screen.Insight:
		_, there = a.screen.(*insight.Model)
		s = insight.New(a.env)
	default:
		_, there = a.screen.(*advisers.Model)
		s = advisers.New(a.env)
	}
	if there {
		a.notice = "You are there already."
		return nil
	}
	return a.show(s)
}
