package advisers

import (
	"fmt"
	"time"

	tea "charm.land/bubbletea/v2"

	"hark/internal/insight"
	"hark/internal/interview"
	"hark/internal/plain"
	"hark/ui/page"
	"hark/ui/screen"
	"hark/ui/show"
	"hark/ui/theme"
	"hark/ui/widget"
)

// put is the result of putting a theme to the board.
type put struct {
	screen.Addressed
	request int
	board   insight.Board
}

// choose lists the themes to put to the board.
func (m *Model) choose() page.Sheet {
	section := page.List("Which theme?", m.themes, func(t insight.Theme) page.Item {
		return page.Item{
			Key: t.Name, Run: func() tea.Cmd { return m.put(t.Name) },
			Draw: func(width int, s theme.Styles) (lit, more []string) {
				counts := show.Count(len(t.Customers), "customer", "customers") + ", " + show.Count(len(t.Problems), "problem", "problems")
				return []string{widget.Pair(s.Text.Render(plain.Terminal(page.Tag(t.Name))), s.Muted.Render(counts), width)}, nil
			},
		}
	})
	section.Short, section.Detail = "", show.Count(len(m.themes), "theme", "themes")
	return page.Sheet{Title: "Put a theme to the board", Sections: []page.Section{section}}
}

// put computes, off the screen's thread, who has spoken of a theme and who has not.
func (m *Model) put(name string) tea.Cmd {
	m.asked++
	request, all := m.asked, m.all
	return func() tea.Msg {
		board, _ := insight.Put(all, name, time.Time{})
		return put{screen.For(m), request, board}
	}
}

// mostCards limits the cards shown; all of them can be printed.
const mostCards = 50

// card lists whom to ask what about a theme, and who has spoken of it.
func (m *Model) card(b insight.Board) page.Sheet {
	sheet := page.Sheet{
		Title: page.Tag(b.Theme) + " for the board", Right: fmt.Sprintf("%d of %d have spoken of it", len(b.Answered), len(b.Answered)+len(b.Waiting)),
		Empty: "Nobody agreed to be asked again yet.\n/adviser NAME in an interview keeps that they did.",
	}
	spoken := page.List("Have spoken of it", b.Answered, func(r insight.Reply) page.Item {
		return page.Item{
			Key: "spoken" + r.Adviser.Customer + "\x00" + r.Adviser.Name, Open: page.At(r.Refs[0]),
			Draw: func(width int, s theme.Styles) (lit, more []string) {
				who := s.Confirmed.Render("✓ ") + s.Text.Render(plain.Terminal(r.Adviser.Introduced()))
				return []string{widget.Pair(who, s.Muted.Render(show.Day(r.Refs[0].Met, m.Env.Zone)), width)}, nil
			},
		}
	})
	cards := page.List("To ask", b.Waiting[:min(len(b.Waiting), mostCards)], func(a insight.Adviser) page.Item {
		guide := b.Guide(a)
		return page.Item{
			Key: "card" + a.Customer + "\x00" + a.Name, Apart: true, Open: page.At(a.Met[0]),
			Draw: func(width int, s theme.Styles) (lit, more []string) { return drawCard(guide, width, s) },
		}
	})
	cards.Detail, cards.Short = "hark advisers --card THEME prints it", fmt.Sprint(len(b.Waiting))
	sheet.Sections = []page.Section{cards, spoken}
	return sheet
}

// drawCard draws a card: whom it is for, then the questions.
func drawCard(guide interview.Playbook, width int, s theme.Styles) (lit, more []string) {
	number := 0
	for _, stage := range guide.Stages {
		more = append(more, page.Detail(stage.Name, width, s.Accent)...)
		for _, q := range stage.Questions {
			number++
			more = append(more, show.Hang(s.Muted.Render(fmt.Sprintf("%4d  ", number)), 6, q.Text, width, s.Text)...)
		}
	}
	return show.Hang("", 0, guide.Name, width, s.Title), more
}
