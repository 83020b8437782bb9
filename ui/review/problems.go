package review

import (
	"fmt"
	"strings"
	"time"

	"hark/internal/interview"
	"hark/internal/plain"
	"hark/ui/page"
	"hark/ui/show"
	"hark/ui/theme"
)

// labels is the width of the names before details, indentation included.
const labels = 18

// detail draws a named detail; nothing without text.
func detail(name, text string, width int, s theme.Styles) []string {
	if text == "" {
		return nil
	}
	return show.Hang("   "+s.Muted.Render(plain.Pad(name, labels-3)), labels, text, width, s.Text)
}

func (m *Model) addProblems() {
	for _, p := range m.view.Problems {
		m.add(key{problemsSection, p.ID, p.Number}, page.Item{Apart: true, Draw: func(width int, s theme.Styles) (lit, more []string) {
			lines := show.Problem(p, m.view.Interview, width, s)
			head := len(lines) - 1
			return lines[:head], append(lines[head:len(lines):len(lines)], m.problemDetails(p, width, s)...)
		}})
	}
}

// problemDetails draws what is known of a problem: its impact, how it came up, its wordings and its
// playbacks.
func (m *Model) problemDetails(p interview.Problem, width int, s theme.Styles) []string {
	i := p.Impact
	bad := ""
	if i.HowBad > 0 {
		bad = fmt.Sprintf("%d of 5, their rating", i.HowBad)
	}
	var lines []string
	for _, d := range [][2]string{
		{"how often", i.HowOften}, {"how bad", bad}, {"costs", i.Costs}, {"who feels it", i.Bears},
		{"tried", i.Tried}, {"wants", i.Wants}, {"came up", m.cameUp(p)},
	} {
		lines = append(lines, detail(d[0], d[1], width, s)...)
	}
	if len(p.Themes) > 0 {
		lines = append(lines, detail("themes", "#"+strings.Join(p.Themes, " #"), width, s)...)
	}
	name := "first heard"
	for n, w := range p.Wordings {
		if len(p.Wordings) == 1 {
			break
		}
		if n == len(p.Wordings)-1 {
			name = "worded today"
		}
		lines = append(lines, detail(name, m.clock(w.At)+m.view.Worded(p, w.Text), width, s)...)
		name = "then"
	}
	name = "played back"
	for _, pb := range p.Playbacks {
		lines = append(lines, detail(name, m.playback(pb, p), width, s)...)
		name = " "
	}
	return lines
}

// clock returns the time of day of what was entered at a time, and another day than the meeting's, with two blanks behind it; "" where
// it is not known.
func (m *Model) clock(entered time.Time) string {
	at, known := m.view.Happened(entered)
	if !known {
		return ""
	}
	return show.ClockAfter(at, m.view.MetAt(), m.env.Zone) + "  "
}

// cameUp describes how and when a problem came up, and which lines show it.
func (m *Model) cameUp(p interview.Problem) string {
	evidence := ""
	if len(p.Evidence) > 0 {
		evidence = "shown by " + listed(p.Evidence)
	}
	return show.Joined(p.Raised.Words(), strings.TrimSpace(m.clock(p.At)), evidence)
}

// listed returns numbers in a row: "1, 4".
func listed(numbers []interview.Number) string {
	texts := make([]string, len(numbers))
	for i, n := range numbers {
		texts[i] = fmt.Sprint(n)
	}
	return strings.Join(texts, ", ")
}

// playback describes a playback: its answer, by whom, and the correction.
func (m *Model) playback(pb interview.Playback, p interview.Problem) string {
	text := m.clock(pb.At) + string(pb.Answer)
	if who := m.view.Name(pb.By); who != "" {
		text += ", " + who
	}
	switch why := p.Against(pb); {
	case pb.Correction != "":
		text += ": " + m.view.Worded(p, pb.Correction)
	case why != "":
		text += " (" + why + ")"
	case p.OtherYes(pb):
		text += " (to other words: " + m.view.Worded(p, pb.Said) + ")"
	}
	return text
}

func (m *Model) addSolutions() {
	iv := m.view.Interview
	for _, p := range iv.Problems {
		respects, advice := m.partsOf(p)
		if len(respects)+len(advice) == 0 {
			continue
		}
		m.add(key{section: solutionsSection, id: p.ID}, page.Item{Apart: true, Draw: func(width int, s theme.Styles) (lit, more []string) {
			lit = show.Hang("   "+s.Muted.Render(plain.Pad(fmt.Sprintf("problem %s", p.Number), labels-3)), labels, p.Worded(), width, s.Muted)
			for _, text := range respects {
				more = append(more, detail("must respect", text, width, s)...)
			}
			for _, text := range advice {
				more = append(more, detail("we advised", text, width, s)...)
			}
			return lit, more
		}})
	}
	for _, sol := range iv.Solutions {
		m.add(key{solutionsSection, sol.ID, sol.Number}, page.Item{Apart: true, Draw: func(width int, s theme.Styles) (lit, more []string) {
			return show.Hang(s.Accent.Render(fmt.Sprintf(" ★ %s ", sol.Number)), 5, sol.Text, width, s.Text), m.solutionDetails(sol, width, s)
		}})
	}
}

// partsOf returns what a good answer to a problem must respect, and what we advised on it.
func (m *Model) partsOf(p interview.Problem) (respects, advice []string) {
	for _, r := range m.view.Respects {
		if r.Problem == p.ID {
			respects = append(respects, r.Text)
		}
	}
	for _, a := range m.view.Advice {
		if a.Problem != p.ID {
			continue
		}
		if a.Held {
			a.Text += " (held: the problem is not confirmed as it is worded now)"
		}
		advice = append(advice, a.Text)
	}
	return respects, advice
}

// solutionDetails draws who does what of a solution, and the customer's reaction.
func (m *Model) solutionDetails(sol interview.Solution, width int, s theme.Styles) []string {
	so := string(sol.Decided())
	if sol.Held {
		so = show.Joined(so, "held until the problem is confirmed again, as it is worded now")
	}
	var lines []string
	for _, d := range [][2]string{
		{"for", "problem " + listed(m.view.ProblemNumbers(sol.Problems))}, {"in their hands", sol.Theirs}, {"in ours", sol.Ours},
		{"they say", sol.Reaction}, {"so far", so},
	} {
		lines = append(lines, detail(d[0], d[1], width, s)...)
	}
	for _, text := range m.view.StandingFor(sol) {
		lines = append(lines, detail("≠", text, width, s)...)
	}
	return lines
}
