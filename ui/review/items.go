package review

import (
	"fmt"
	"strings"

	"hark/internal/interview"
	"hark/internal/plain"
	"hark/ui/show"
	"hark/ui/theme"
	"hark/ui/widget"
)

// section is a part of the page.
type section int

// The sections in their order on the page.
const (
	problemsSection section = iota
	leftOutSection
	solutionsSection
	promisesSection
	routesSection
	recordSection
	notAskedSection
)

// title is the heading of a section.
func (s section) title() string {
	switch s {
	case problemsSection:
		return "Their problems"
	case leftOutSection:
		return "What was left out"
	case solutionsSection:
		return "Worked out together"
	case promisesSection:
		return "Promises"
	case routesSection:
		return "Carried further"
	case recordSection:
		return "What was said"
	case notAskedSection:
		return "Not asked"
	}
	return ""
}

// item is one thing on the page that can be selected.
type item struct {
	section section
	id      interview.ID // what it shows; zero for a question
	number  int          // as the language uses it
	apart   bool         // from the item before it, by a blank line
	// above is drawn before it and not lit up: a stage, a question.
	above func(width int, s theme.Styles) []string
	// draw draws it: the lines that are lit up when it is selected, and more.
	draw func(width int, s theme.Styles) (lit, more []string)
}

// numbered reports whether the number is one of those that lines, promises and
// routes share.
func (it item) numbered() bool {
	return it.section == recordSection || it.section == promisesSection || it.section == routesSection
}

// same reports whether two items show the same thing.
func (it item) same(o item) bool {
	return it.section == o.section && it.id == o.id && it.number == o.number
}

// heading is a section as the page and its index name it.
type heading struct {
	section section
	detail  string // how much there is, in words
	short   string // and without
	first   int    // its first item
}

// fill lists everything there is to read. What was selected stays so.
func (m *Model) fill() {
	before, had := m.selected()
	m.items = nil
	m.addProblems()
	m.addLeftOut()
	m.addSolutions()
	m.addPromises()
	m.addRoutes()
	m.addRecord()
	m.addNotAsked()
	heads := map[int]heading{}
	for _, h := range m.sections() {
		heads[h.first] = h
	}
	m.list.SetItems(len(m.items), func(i, width int, selected bool) []string {
		return m.drawItem(i, heads, width, selected)
	})
	at := max(m.list.Selected(), 0)
	for i, it := range m.items {
		if had && it.same(before) {
			at = i
			break
		}
	}
	if at != m.list.Selected() {
		m.list.Select(at)
	}
}

// widestText is how wide a text gets at most, for the sake of the reader's eyes.
const widestText = 112

// drawItem draws an item with the headings that stand before it.
func (m *Model) drawItem(i int, heads map[int]heading, width int, selected bool) []string {
	s, it := m.env.Styles(), m.items[i]
	var lines []string
	if h, ok := heads[i]; ok {
		if i > 0 {
			lines = append(lines, "")
		}
		lines = append(lines, drawHeading(h, width, s), "")
	} else if it.apart {
		lines = append(lines, "")
	}
	room := min(width-2, widestText)
	if it.above != nil {
		for _, line := range it.above(room, s) {
			lines = append(lines, "  "+line)
		}
	}
	lit, more := it.draw(room, s)
	lines = append(lines, show.Choice(lit, selected, width, s)...)
	for _, line := range more {
		lines = append(lines, "  "+line)
	}
	return lines
}

// drawHeading draws the heading of a section: its name, a rule, and the detail.
func drawHeading(h heading, width int, s theme.Styles) string {
	name, detail := s.Title.Render(h.section.title())+" ", ""
	if h.detail != "" {
		detail = " " + s.Muted.Render(h.detail)
	}
	rule := strings.Repeat("─", max(width-widget.Width(name)-widget.Width(detail), 0))
	return name + s.Border.Render(rule) + detail
}

// sections lists the sections that there is something in.
func (m *Model) sections() []heading {
	var all []heading
	counts := map[section]int{}
	for i, it := range m.items {
		if counts[it.section] == 0 {
			all = append(all, heading{section: it.section, first: i})
		}
		counts[it.section]++
	}
	for i := range all {
		all[i].detail, all[i].short = m.extent(all[i].section, counts[all[i].section])
	}
	return all
}

// extent says how much there is in a section, in words and without.
func (m *Model) extent(of section, count int) (detail, short string) {
	part := func(n, total int, what string) (string, string) {
		return fmt.Sprintf("%d of %d %s", n, total, what), fmt.Sprintf("%d/%d", n, total)
	}
	switch of {
	case problemsSection:
		confirmed := 0
		for _, p := range m.view.Problems {
			if p.Status == interview.Confirmed {
				confirmed++
			}
		}
		return part(confirmed, count, "confirmed")
	case promisesSection:
		done := 0
		for _, p := range m.view.Promises {
			if !p.DoneAt.IsZero() {
				done++
			}
		}
		return part(done, count, "done")
	case recordSection:
		return show.Count(count, "line", "lines"), fmt.Sprint(count)
	case notAskedSection:
		return part(count, m.view.Playbook.Len(), "questions")
	case leftOutSection, solutionsSection, routesSection:
	}
	return "", ""
}

func (m *Model) addLeftOut() {
	asked := m.view.LeftOut
	if !asked.Asked {
		return
	}
	m.items = append(m.items, item{section: leftOutSection, draw: func(width int, s theme.Styles) (lit, more []string) {
		if asked.Text == "" {
			return []string{"   " + s.Text.Render("Asked, and the answer was: nothing.")}, nil
		}
		return show.Hang("   ", 3, "“"+asked.Text+"”", width, s.Quote), nil
	}})
}

// textAt is where the text of promises and routes begins, behind their number,
// time and sign.
const textAt = 14

func (m *Model) addPromises() {
	indent := strings.Repeat(" ", textAt)
	iv, today := m.view.Interview, interview.DateOf(m.env.Now().In(m.env.Zone))
	for _, p := range iv.Promises {
		m.items = append(m.items, item{section: promisesSection, id: p.ID, number: p.Number, draw: func(width int, s theme.Styles) (lit, more []string) {
			lines := show.Promise(p, iv, m.env.Zone, today, width, s)
			more = lines[len(lines)-1:]
			if p.First != "" {
				more = append(more, show.Hang(indent, textAt, "first written: "+p.First, width, s.Faint)...)
			}
			for _, other := range p.Beside {
				more = append(more, show.Hang(indent, textAt, "also written as: "+other, width, s.Faint)...)
			}
			return lines[:len(lines)-1], more
		}})
	}
}

func (m *Model) addRoutes() {
	indent := strings.Repeat(" ", textAt)
	iv := m.view.Interview
	for _, r := range iv.Routes {
		m.items = append(m.items, item{section: routesSection, id: r.ID, number: r.Number, draw: func(width int, s theme.Styles) (lit, more []string) {
			p, _ := iv.ProblemByID(r.Problem)
			text := fmt.Sprintf("problem %d to %s", p.Number, r.Department)
			if owner := iv.Name(r.Owner); owner != "" {
				text += ", " + owner
			}
			head := fmt.Sprintf("%3d  %s  → ", r.Number, show.Clock(r.At, m.env.Zone))
			lit = show.Hang(s.Faint.Render(head), textAt, text, width, s.Text)
			due, late := show.Due(r.Due, interview.DateOf(m.env.Now().In(m.env.Zone)))
			switch {
			case r.Answer != "":
				more = show.Hang(indent, textAt, "answered: "+r.Answer, width, s.Muted)
			case late:
				more = []string{indent + s.Danger.Render("no answer yet, "+due)}
			default:
				more = []string{indent + s.Muted.Render(joined("no answer yet", due))}
			}
			if !r.ToldAt.IsZero() {
				more = append(more, indent+s.Confirmed.Render("✓ they were told"))
			}
			return lit, more
		}})
	}
}

// addRecord adds the lines, by time, or by the stage and the question that they
// answer.
func (m *Model) addRecord() {
	if m.byTime {
		for _, l := range m.view.Lines {
			m.items = append(m.items, m.line(l, false, nil))
		}
		return
	}
	byQuestion := map[int][]interview.Line{}
	name := "Before any question" // until it has been said
	for _, l := range m.view.Lines {
		if _, _, ok := m.view.Playbook.Question(l.Question); ok {
			byQuestion[l.Question] = append(byQuestion[l.Question], l)
			continue
		}
		m.items = append(m.items, m.line(l, name != "", m.aboveLine(name, "")))
		name = ""
	}
	question := 0
	for _, stage := range m.view.Playbook.Stages {
		name := stage.Name
		for _, q := range stage.Questions {
			question++
			for i, l := range byQuestion[question] {
				var above func(int, theme.Styles) []string
				if i == 0 {
					above = m.aboveLine(name, q.Text)
				}
				m.items = append(m.items, m.line(l, name != "", above))
				name = ""
			}
		}
	}
}

// line is a line of the record as an item.
func (m *Model) line(l interview.Line, apart bool, above func(int, theme.Styles) []string) item {
	return item{section: recordSection, id: l.ID, number: l.Number, apart: apart, above: above, draw: func(width int, s theme.Styles) (lit, more []string) {
		return show.Line(l, m.view.Interview, m.env.Zone, width, s), nil
	}}
}

// aboveLine names the stage and the question, unless they are "", that the lines
// below belong to.
func (m *Model) aboveLine(stage, question string) func(int, theme.Styles) []string {
	return func(width int, s theme.Styles) []string {
		var lines []string
		if stage != "" {
			lines = append(lines, s.Accent.Render(plain.Terminal(stage)))
		}
		if question != "" {
			lines = append(lines, show.Hang("     ", 5, question, width, s.Muted)...)
		}
		return lines
	}
}

func (m *Model) addNotAsked() {
	stage := -1
	for _, n := range m.view.NotAsked() {
		q, at, _ := m.view.Playbook.Question(n)
		var above func(int, theme.Styles) []string
		if at != stage {
			stage = at
			above = m.aboveLine(m.view.Playbook.Stages[at].Name, "")
		}
		m.items = append(m.items, item{section: notAskedSection, number: n, apart: above != nil, above: above, draw: func(width int, s theme.Styles) (lit, more []string) {
			return show.Hang(s.Faint.Render(fmt.Sprintf("%3d  ", n))+s.Warn.Render("○ "), 7, q.Text, width, s.Text), nil
		}})
	}
}
