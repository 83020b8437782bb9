package review

import (
	"cmp"
	"fmt"
	"strings"

	"hark/internal/interview"
	"hark/internal/plain"
	"hark/ui/page"
	"hark/ui/show"
	"hark/ui/theme"
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

// title returns the heading of a section.
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

// sections is the number of sections.
const sections = int(notAskedSection) + 1

// key identifies an item.
type key struct {
	section section
	id      interview.ID     // zero for a question
	number  interview.Number // as the capture language uses it
}

// is reports whether it has the given thing and number.
func (k key) is(thing interview.Thing, number interview.Number) bool {
	if k.number != number {
		return false
	}
	switch thing {
	case interview.ThingProblem:
		return k.section == problemsSection
	case interview.ThingSolution:
		return k.section == solutionsSection
	case interview.Numbered, interview.ThingLine, interview.ThingPromise, interview.ThingRoute:
	}
	return k.section == recordSection || k.section == promisesSection || k.section == routesSection
}

// fill lists everything there is to read. The selection stays on its item.
func (m *Model) fill() {
	m.items = [sections][]page.Item{}
	m.addProblems()
	m.addLeftOut()
	m.addSolutions()
	m.addPromises()
	m.addRoutes()
	m.addRecord()
	m.addNotAsked()
	all := make([]page.Section, sections)
	for i, items := range m.items {
		all[i] = page.Section{Title: section(i).title(), Items: items}
		all[i].Detail, all[i].Short = m.extent(section(i), len(items))
	}
	m.page.Fill(all)
}

// add adds an item.
func (m *Model) add(k key, it page.Item) {
	it.Key = k
	m.items[k.section] = append(m.items[k.section], it)
}

// extent returns how much there is in a section, in words and in short.
func (m *Model) extent(of section, count int) (detail, short string) {
	part := func(n, total int, what string) (string, string) {
		return fmt.Sprintf("%d of %d %s", n, total, what), fmt.Sprintf("%d/%d", n, total)
	}
	switch of {
	case problemsSection:
		problems, confirmed, _ := m.view.Summarise().Tally()
		return part(confirmed, problems, "confirmed")
	case promisesSection:
		done := 0
		for _, p := range m.view.Promises {
			if !p.Waits() {
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
	m.add(key{section: leftOutSection}, page.Item{Draw: func(width int, s theme.Styles) (lit, more []string) {
		if asked.Text == "" {
			return []string{"   " + s.Text.Render("Asked, and the answer was: nothing.")}, nil
		}
		return show.Hang("   ", 3, asked.Worded(), width, s.Text), nil
	}})
}

// textAt is the column of the text of promises and routes, after number, time and sign.
const textAt = 14

func (m *Model) addPromises() {
	indent := strings.Repeat(" ", textAt)
	iv, today := m.view.Interview, m.env.Today()
	for _, p := range iv.Promises {
		m.add(key{promisesSection, p.ID, p.Number}, page.Item{Draw: func(width int, s theme.Styles) (lit, more []string) {
			lines := show.Promise(p, iv, m.env.Zone, today, width, s)
			more = lines[len(lines)-1:]
			if p.First != "" {
				more = append(more, show.Hang(indent, textAt, "first written: "+p.First, width, s.Faint)...)
			}
			for _, text := range show.Standing(p.Concurrent) {
				more = append(more, show.Hang(indent, textAt, text, width, s.Warn)...)
			}
			return lines[:len(lines)-1], append(more, m.toldEarlier(p.Earlier, width, s)...)
		}})
	}
}

// toldEarlier draws what the customer was told before a promise or a route stood as it does today,
// nothing if they were not told.
func (m *Model) toldEarlier(t interview.Telling, width int, s theme.Styles) []string {
	if t.At.IsZero() {
		return nil
	}
	text := "they were told on " + show.Day(t.At, m.env.Zone) + ": " + cmp.Or(t.Of, "how it stood then")
	return show.Hang(strings.Repeat(" ", textAt), textAt, text, width, s.Faint)
}

func (m *Model) addRoutes() {
	indent := strings.Repeat(" ", textAt)
	iv := m.view.Interview
	for _, r := range iv.Routes {
		m.add(key{routesSection, r.ID, r.Number}, page.Item{Draw: func(width int, s theme.Styles) (lit, more []string) {
			lit, _ = show.Route(r, iv, m.env.Zone, false, width, s)
			due, late := show.Due(r.Due, m.env.Today())
			switch {
			case !r.Waits():
				more = show.Hang(indent, textAt, "answered: "+r.Answer, width, s.Muted)
			case late:
				more = []string{indent + s.Danger.Render("no answer yet, "+due)}
			default:
				more = []string{indent + s.Muted.Render(show.Joined("no answer yet", due))}
			}
			if r.State(interview.Date{}) == interview.StateTold {
				more = append(more, indent+s.Confirmed.Render("✓ they were told"))
			}
			for _, text := range append(show.Standing(r.Concurrent), show.OnHold(r)...) {
				more = append(more, show.Hang(indent, textAt, text, width, s.Warn)...)
			}
			return lit, append(more, m.toldEarlier(r.Earlier, width, s)...)
		}})
	}
}

// addRecord adds the lines, by time, or by the stage and question that they answer.
func (m *Model) addRecord() {
	if m.byTime {
		for _, l := range m.view.Lines {
			m.addLine(l, false, nil)
		}
		return
	}
	byQuestion := map[int][]interview.Line{}
	name := "Before any question" // "" once it was used
	for _, l := range m.view.Lines {
		if _, _, ok := m.view.Playbook.Question(l.Question); ok {
			byQuestion[l.Question] = append(byQuestion[l.Question], l)
			continue
		}
		m.addLine(l, name != "", m.aboveLine(name, ""))
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
				m.addLine(l, name != "", above)
				name = ""
			}
		}
	}
}

// addLine adds a line of the record.
func (m *Model) addLine(l interview.Line, apart bool, above func(int, theme.Styles) []string) {
	m.add(key{recordSection, l.ID, l.Number}, page.Item{Apart: apart, Above: above, Draw: func(width int, s theme.Styles) (lit, more []string) {
		return show.Line(l, m.view.Interview, m.env.Zone, width, s), nil
	}})
}

// aboveLine draws the stage and the question of the lines below, unless they are "".
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
		m.add(key{section: notAskedSection, number: interview.Number(n)}, page.Item{Apart: above != nil, Above: above, Draw: func(width int, s theme.Styles) (lit, more []string) {
			return show.Hang(s.Faint.Render(fmt.Sprintf("%3d  ", n))+s.Warn.Render("○ "), 7, q.Text, width, s.Text), nil
		}})
	}
}
