package ui_test

import (
	"strings"
	"testing"
	"testing/synctest"
	"time"

	tea "charm.land/bubbletea/v2"

	"hark/internal/interview"
	"hark/ui"
	"hark/ui/screentest"
	"hark/ui/uitest"
)

// at runs a user's steps in the app on a notebook of some weeks.
func at(t *testing.T, open func(ids map[string]interview.ID) interview.ID, steps func(p *uitest.Terminal)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		d := screentest.NewDesk(t)
		ids := d.Weeks()
		o := ui.Options{Book: d.Book, Playbooks: d.Env.Playbooks, Zone: time.UTC, Getenv: func(string) string { return "" }}
		if open != nil {
			o.Interview = open(ids)
		}
		p := uitest.Start(t, ui.New(o), uitest.Size(100, 30))
		steps(p)
		p.Quit()
	})
}

// Esc goes back to the screen before, with its selection.
func TestBackToWhereOneWas(t *testing.T) {
	at(t, nil, func(p *uitest.Terminal) {
		p.Shows("p promises", "i insight")
		p.Press("down", "down", "down") // the first meeting with Harbour Welding
		p.Shows("▸ 6 Oct")
		p.Press("c")
		p.Shows("Everything with them", "met 2 times")
		p.Press("tab", "tab", "enter")
		p.Shows("▸Review", "▸   3  09:08  ☐ Send the norm sheet")
		p.Press("x", "esc")
		p.Shows("Everything with them", "▸ ☑ Send the norm sheet")
		p.Press("esc")
		p.Shows("▸Interviews", "▸ 6 Oct")
	})
}

func TestBackToASearch(t *testing.T) {
	at(t, nil, func(p *uitest.Terminal) {
		p.Press("/")
		p.Type("twice")
		p.After(time.Second)
		p.Press("down", "down")
		before := p.Screen()
		p.Press("enter")
		p.Shows("▸Review")
		p.Press("esc")
		if p.Screen() != before {
			t.Errorf("before it was\n%s\nnow it is\n%s", before, p.Screen())
		}
	})
}

// The screens over all interviews open by a letter from the library, by a key from anywhere, and
// from the palette.
func TestLookingBack(t *testing.T) {
	at(t, nil, func(p *uitest.Terminal) {
		for _, keys := range [][]string{{"p"}, {"f2"}} {
			p.Press(keys...)
			p.Shows("Promises and routes")
			p.Press("esc")
			p.Shows("▸Interviews")
		}
		p.Press("i", "f3")
		p.Shows("Insight", "You are there already.")
		p.Press("f4", "f2", "esc")
		p.Shows("The board")
		p.Press("esc")
		p.Shows("What they tell us")
		p.Press("ctrl+p")
		p.Type("advisers")
		p.Press("enter")
		p.Shows("The board")
		p.Press("q", "q")
		p.Shows("▸Interviews")
	})
}

// slowly presses keys as somebody who looks at the screen does.
func slowly(p *uitest.Terminal, keys ...string) {
	for _, k := range keys {
		p.Press(k)
		time.Sleep(time.Second)
	}
}

func TestFromTheMeeting(t *testing.T) {
	at(t, func(ids map[string]interview.ID) interview.ID { return ids["again"] }, func(p *uitest.Terminal) {
		p.Type("half a li")
		p.Press("f3")
		p.Shows("What they tell us")
		p.Press("esc")
		p.Shows("half a li", "What they said")
		slowly(p, "esc", "v", "enter")
		p.Shows("▸Review")
		p.Press("C")
		p.Shows("Everything with them")
		p.Press("esc", "esc")
		p.Shows("half a li")
		slowly(p, "esc", "l", "enter")
		p.Shows("▸Interviews")
	})
}

// An item of "Told before" opens where it was said, and the typed text stays.
func TestToldBeforeOpensWhereItWasSaid(t *testing.T) {
	at(t, func(ids map[string]interview.ID) interview.ID { return ids["again"] }, func(p *uitest.Terminal) {
		p.Type("half a li")
		slowly(p, "ctrl+t")
		p.Shows("Told before", "→ read")
		slowly(p, "right", "enter")
		p.Shows("▸Review", "6 Oct 2026", "▸  1 “One weld in five is done twice”")
		p.Press("esc")
		p.Shows("half a li", "What they said")
	})
}

// With ctrl, a key of another than a Latin keyboard is the one in its place, where the terminal
// tells.
func TestKeysOfACyrillicKeyboard(t *testing.T) {
	at(t, func(ids map[string]interview.ID) interview.ID { return ids["again"] }, func(p *uitest.Terminal) {
		p.Send(tea.KeyPressMsg{Code: 'з', BaseCode: 'p', Mod: tea.ModCtrl})
		p.Shows("Commands")
		p.Press("esc")
		p.Send(tea.KeyPressMsg{Code: 'ц', BaseCode: 'w', Mod: tea.ModAlt})
		p.Shows("Weigh")
		p.Press("esc")
	})
}

// A letter in the form for a new interview opens no other screen.
func TestLettersInTheForm(t *testing.T) {
	at(t, nil, func(p *uitest.Terminal) {
		p.Press("n", "tab", "a", "i", "p")
		p.Shows("New interview")
	})
}

// The notice at the start is shown until the first key.
func TestANoticeAtTheBeginning(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := screentest.NewDesk(t)
		o := ui.Options{
			Book: d.Book, Playbooks: d.Env.Playbooks, Interview: d.Weeks()["cafe"], Zone: time.UTC, Getenv: func(string) string { return "" },
			Notice: "\"harb\" is \x1b[2Jnew",
		}
		p := uitest.Start(t, ui.New(o), uitest.Size(100, 30))
		p.Shows("\n \"harb\" is ␛[2Jnew")
		p.Type("a")
		p.Shows("enter keep")
		p.Quit()
	})
}

// After any number of screens, esc leads back to the library.
func TestTheWayBackIsNotEndless(t *testing.T) {
	at(t, nil, func(p *uitest.Terminal) {
		for range 30 {
			p.Press("f2", "f3")
		}
		for range 20 {
			p.Press("esc")
		}
		p.Shows("▸Interviews")
	})
}

// The palette finds commands by the words that people use for them, first of all.
func TestWordsInThePalette(t *testing.T) {
	find := func(p *uitest.Terminal, words map[string]string) {
		for word, want := range words {
			p.Press("ctrl+p")
			p.Type(word)
			p.Shows("▸ " + want)
			p.Press("esc")
		}
	}
	at(t, nil, func(p *uitest.Terminal) {
		find(p, map[string]string{
			"undo": "Undo the last deletion", "quit": "Leave hark", "help": "Every key of this screen", "export": "Export it as Markdown",
			"html": "Web page, spreadsheet or JSON", "card": "Card with the questions", "find": "Search everything said",
			"recap": "Recap for the customer", "backup": "Backup of the notebook", "settings": "Settings", "config": "Settings",
		})
		p.Press("ctrl+p")
		p.Type("recap")
		p.Shows("in a shell: hark recap")
		p.Press("enter")
		p.Shows("Commands")
		p.Press("esc")
	})
	words := map[string]string{
		"solution": "Work it out together", "person": "Who is here", "export": "Web page, spreadsheet or JSON", "help": "Every key of this screen",
		"undo": "Undo the last thing done", "card": "Card with the questions", "outcome": "How it ended", "quit": "Leave hark",
	}
	at(t, func(ids map[string]interview.ID) interview.ID { return ids["cafe"] }, func(p *uitest.Terminal) {
		find(p, words)
		p.Press("esc")
		find(p, words)
	})
}

// The palette shows in full why a command cannot be used now.
func TestReasonsInThePalette(t *testing.T) {
	at(t, func(ids map[string]interview.ID) interview.ID { return ids["cafe"] }, func(p *uitest.Terminal) {
		p.Resize(80, 24)
		slowly(p, "esc", "v", "enter")
		p.Shows("▸Review")
		p.Press("ctrl+p")
		p.Type("was told of it")
		p.Shows("▸ The customer was told of it", "not now: choose a promise first: m goes to the promises")
		p.Press("enter")
		p.Shows("Commands")
		p.Press("esc", "ctrl+p")
		p.Type("by stage, or")
		p.Shows("▸ The record by stage, or by time")
		if s := p.Screen(); strings.Contains(s, "not now:") {
			t.Errorf("a command that can be used has a reason:\n%s", s)
		}
		p.Press("esc", "esc")
	})
}
