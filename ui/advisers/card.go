package advisers

import (
	"fmt"
	"time"

	tea "charm.land/bubbletea/v2"

	"hark/internal/insight"
	"hark/internal/interview"
	"hark/internal/plain"
	"hark/ui/page"
	"hark/ui/show"
	"hark/ui/theme"
	"hark/ui/widget"
)

// put is a theme that was put to the board.
type put struct {
	to      *Model
	request int
	board   insight.Board
}

// choose offers the themes to put to the board.
func (m *Model) choose() page.Sheet {
	section := page.Section{Title: "Which theme?", Detail: show.Count(len(m.themes), "theme", "themes")}
	for _, t := range m.themes {
		section.Items = append(section.Items, page.Item{
			Of: t.Name, Run: func() tea.Cmd { return m.put(t.Name) },
			Draw: func(width int, s theme.Styles) (lit, more []string) {
				says := show.Count(len(t.Customers), "customer", "customers") + ", " + show.Count(len(t.Problems), "problem", "problems")
				return []string{widget.Pair(s.Text.Render(plain.Terminal(page.Tag(t.Name))), s.Muted.Render(says), width)}, nil
			},
		})
	}
	return page.Sheet{Title: "Put a theme to the board", Sections: []page.Section{section}}
}

// put works out, off the screen's thread, who has spoken of a theme and who has
// not.
func (m *Model) put(name string) tea.Cmd {
	m.asked++
	request, all := m.asked, m.all
	return func() tea.Msg {
		board, _ := insight.Put(all, name, time.Time{})
		return put{m, request, board}
	}
}

// mostCards is how many cards are shown; who asks more prints them.
const mostCards = 50

// card is what to ask whom about a theme, and who has spoken of it.
func (m *Model) card(b insight.Board) page.Sheet {
	sheet := page.Sheet{
		Title: page.Tag(b.Theme) + " for the board", Right: fmt.Sprintf("%d of %d have spoken of it", len(b.Answered), len(b.Answered)+len(b.Waiting)),
		Empty: "Nobody agreed to be asked again yet.\n/adviser NAME in an interview keeps that they did.",
	}
	spoken := page.Section{Title: "Have spoken of it", Short: fmt.Sprint(len(b.Answered))}
	for _, r := range b.Answered {
		spoken.Items = append(spoken.Items, page.Item{
			Of: "spoken" + r.Adviser.Customer + "\x00" + r.Adviser.Name, Open: page.At(r.Refs[0]),
			Draw: func(width int, s theme.Styles) (lit, more []string) {
				who := s.Confirmed.Render("✓ ") + s.Text.Render(plain.Terminal(introduce(r.Adviser)))
				return []string{widget.Pair(who, s.Muted.Render(show.Day(r.Refs[0].Met, m.Env.Zone)), width)}, nil
			},
		})
	}
	cards := page.Section{Title: "To ask", Detail: "hark advisers --card THEME prints it", Short: fmt.Sprint(len(b.Waiting))}
	for i, one := range b.Waiting[:min(len(b.Waiting), mostCards)] {
		guide := b.Guide(one)
		cards.Items = append(cards.Items, page.Item{
			Of: "card" + one.Customer + "\x00" + one.Name, Apart: i > 0, Open: page.At(one.Met[0]),
			Draw: func(width int, s theme.Styles) (lit, more []string) { return drawCard(guide, width, s) },
		})
	}
	sheet.Sections = []page.Section{cards, spoken}
	return sheet
}

// drawCard draws a card: whom it is for lit up, and what to ask below.
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
