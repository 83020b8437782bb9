package ui_test

import (
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"hark/internal/interview"
	"hark/ui"
	"hark/ui/screentest"
	"hark/ui/uitest"
)

// person is a user of the app.
type person struct {
	*uitest.Terminal
	t *testing.T
}

// at runs a user's steps in the app on a notebook of some weeks.
func at(t *testing.T, open func(ids map[string]interview.ID) interview.ID, steps func(p *person)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		d := screentest.NewDesk(t)
		ids := d.Weeks()
		o := ui.Options{Book: d.Book, Playbooks: d.Env.Playbooks, Zone: time.UTC, Getenv: func(string) string { return "" }}
		if open != nil {
			o.Interview = open(ids)
		}
		p := &person{uitest.Start(t, ui.New(o), uitest.Size(100, 30)), t}
		steps(p)
		p.Quit()
	})
}

func (p *person) shows(texts ...string) {
	p.t.Helper()
	for _, text := range texts {
		if !strings.Contains(p.Screen(), text) {
			p.t.Errorf("the screen does not show %q:\n%s", text, p.Screen())
		}
	}
}

// Esc goes back to the screen before, with its selection.
func TestBackToWhereOneWas(t *testing.T) {
	at(t, nil, func(p *person) {
		p.shows("p promises", "i insight")
		p.Press("down", "down", "down") // the first meeting with Harbour Welding
		p.shows("▸ 6 Oct")
		p.Press("c")
		p.shows("Everything with them", "met 2 times")
		p.Press("tab", "tab", "enter")
		p.shows("▸Review", "▸   3  09:08  ☐ Send the norm sheet")
		p.Press("x", "esc")
		p.shows("Everything with them", "▸ ☑ Send the norm sheet")
		p.Press("esc")
		p.shows("▸Interviews", "▸ 6 Oct")
	})
}

func TestBackToASearch(t *testing.T) {
	at(t, nil, func(p *person) {
		p.Press("/")
		p.Type("twice")
		p.After(time.Second)
		p.Press("down", "down")
		before := p.Screen()
		p.Press("enter")
		p.shows("▸Review")
		p.Press("esc")
		if p.Screen() != before {
			t.Errorf("before it was\n%s\nnow it is\n%s", before, p.Screen())
		}
	})
}

// The screens over all interviews open by a letter from the library, by a key from anywhere, and
// from the palette.
func TestLookingBack(t *testing.T) {
	at(t, nil, func(p *person) {
		for _, keys := range [][]string{{"p"}, {"f2"}} {
			p.Press(keys...)
			p.shows("Promises and routes")
			p.Press("esc")
			p.shows("▸Interviews")
		}
		p.Press("i", "f3")
		p.shows("Insight", "You are there already.")
		p.Press("f4", "f2", "esc")
		p.shows("The board")
		p.Press("esc")
		p.shows("What they tell us")
		p.Press("ctrl+p")
		p.Type("advisers")
		p.Press("enter")
		p.shows("The board")
		p.Press("q", "q")
		p.shows("▸Interviews")
	})
}

// slowly presses keys as somebody who looks at the screen does.
func (p *person) slowly(keys ...string) {
	p.t.Helper()
	for _, k := range keys {
		p.Press(k)
		time.Sleep(time.Second)
	}
}

func TestFromTheMeeting(t *testing.T) {
	at(t, func(ids map[string]interview.ID) interview.ID { return ids["again"] }, func(p *person) {
		p.Type("half a li")
		p.Press("f3")
		p.shows("What they tell us")
		p.Press("esc")
		p.shows("half a li", "What they said")
		p.slowly("esc", "v", "enter")
		p.shows("▸Review")
		p.Press("C")
		p.shows("Everything with them")
		p.Press("esc", "esc")
		p.shows("half a li")
		p.slowly("esc", "l", "enter")
		p.shows("▸Interviews")
	})
}

// An item of "Told before" opens where it was said, and the typed text stays.
func TestToldBeforeOpensWhereItWasSaid(t *testing.T) {
	at(t, func(ids map[string]interview.ID) interview.ID { return ids["again"] }, func(p *person) {
		p.Type("half a li")
		p.slowly("ctrl+t")
		p.shows("Told before", "→ read")
		p.slowly("right", "enter")
		p.shows("▸Review", "6 Oct 2026", "▸  1 “One weld in five is done twice”")
		p.Press("esc")
		p.shows("half a li", "What they said")
	})
}

// A letter in the form for a new interview opens no other screen.
func TestLettersInTheForm(t *testing.T) {
	at(t, nil, func(p *person) {
		p.Press("n", "tab", "a", "i", "p")
		p.shows("New interview")
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
		p := &person{uitest.Start(t, ui.New(o), uitest.Size(100, 30)), t}
		p.shows("\n \"harb\" is ␛[2Jnew")
		p.Type("a")
		p.shows("enter keep")
		p.Quit()
	})
}

// After any number of screens, esc leads back to the library.
func TestTheWayBackIsNotEndless(t *testing.T) {
	at(t, nil, func(p *person) {
		for range 30 {
			p.Press("f2", "f3")
		}
		for range 20 {
			p.Press("esc")
		}
		p.shows("▸Interviews")
	})
}

// The palette finds commands by the words that people use for them, first of all.
func TestWordsInThePalette(t *testing.T) {
	find := func(p *person, words map[string]string) {
		p.t.Helper()
		for word, want := range words {
			p.Press("ctrl+p")
			p.Type(word)
			p.shows("▸ " + want)
			p.Press("esc")
		}
	}
	at(t, nil, func(p *person) {
		find(p, map[string]string{
			"undo": "Undo the last deletion", "quit": "Leave hark", "help": "Every key of this screen", "export": "Export it as Markdown",
			"html": "Web page, spreadsheet or JSON", "card": "Card with the questions", "find": "Search everything said",
			"recap": "Recap for the customer", "backup": "Backup of the notebook", "settings": "Settings", "config": "Settings",
		})
		p.Press("ctrl+p")
		p.Type("recap")
		p.shows("in a shell: hark recap")
		p.Press("enter")
		p.shows("Commands")
		p.Press("esc")
	})
	words := map[string]string{
		"solution": "Work it out together", "person": "Who is here", "export": "Web page, spreadsheet or JSON", "help": "Every key of this screen",
		"undo": "Undo the last thing done", "card": "Card with the questions", "outcome": "How it ended", "quit": "Leave hark",
	}
	at(t, func(ids map[string]interview.ID) interview.ID { return ids["cafe"] }, func(p *person) {
		find(p, words)
		p.Press("esc")
		find(p, words)
	})
}

// The palette shows in full why a command cannot be used now.
func TestReasonsInThePalette(t *testing.T) {
	at(t, func(ids map[string]interview.ID) interview.ID { return ids["cafe"] }, func(p *person) {
		p.Resize(80, 24)
		p.slowly("esc", "v", "enter")
		p.shows("▸Review")
		p.Press("ctrl+p")
		p.Type("was told of it")
		p.shows("▸ The customer was told of it", "not now: choose a promise first: m goes to the promises")
		p.Press("enter")
		p.shows("Commands")
		p.Press("esc", "ctrl+p")
		p.Type("by stage, or")
		p.shows("▸ The record by stage, or by time")
		if s := p.Screen(); strings.Contains(s, "not now:") {
			t.Errorf("a command that can be used has a reason:\n%s", s)
		}
		p.Press("esc", "esc")
	})
}
