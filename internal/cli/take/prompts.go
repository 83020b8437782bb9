package take

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"hark/internal/capture"
	"hark/internal/interview"
	"hark/internal/plain"
)

// display returns what a word for something to look at shows here; nil where that is not at hand.
func (t *taking) display(word string) func() []string {
	switch word {
	case "help", "commands":
		return t.help
	case "who":
		return t.people
	case "problems":
		return t.problems
	case "questions":
		return t.questions
	case "lines":
		return t.lines
	case "missing":
		return t.missing
	case "to-settle":
		return t.toSettle
	case "promises":
		return t.promises
	}
	return nil
}

// help lists what can be typed.
func (t *taking) help() []string {
	lines := []string{"A line, by how it begins:"}
	for _, s := range capture.Marks() {
		if s.Kind != capture.KindCommand {
			lines = append(lines, fmt.Sprintf("  %-9s %s", s.Usage, s.Does))
		}
	}
	group := ""
	for _, c := range capture.Commands() {
		if c.Group != group {
			group = c.Group
			lines = append(lines, group+":")
		}
		does := c.Does
		if c.Shell != "" && t.display(c.Name) == nil {
			does += ": " + c.Shell
		}
		lines = append(lines, "  "+c.Usage+"  "+does)
	}
	return append(lines, "P, S and N are the numbers in the answers. Ctrl+D leaves, too.")
}

// people lists who is in the room.
func (t *taking) people() []string {
	var lines []string
	for _, p := range t.view.Present() {
		line := p.Name
		if p.Role != "" {
			line += ", " + p.Role
		}
		lines = append(lines, plain.Terminal(line+" ("+cmp.Or(string(p.Side), p.Doubt.String())+")"))
	}
	return orElse(lines, "Nobody is named yet: /person Name, role, and ours for somebody on our side.")
}

// orElse returns the lines, or what to say when there are none.
func orElse(lines []string, nothing string) []string {
	if len(lines) == 0 {
		return []string{nothing}
	}
	return lines
}

// lines lists what was kept, in its order.
func (t *taking) lines() []string {
	var lines []string
	for _, l := range t.view.Lines {
		lines = append(lines, fmt.Sprintf("%3s  %s: %s", l.Number, l.Kind, plain.Terminal(l.Worded())))
	}
	return orElse(lines, "Nothing is kept yet.")
}

// toSettle lists what was not understood, or is in doubt.
func (t *taking) toSettle() []string {
	var lines []string
	for _, o := range t.view.ToSettle() {
		lines = append(lines, plain.Terminal(fmt.Sprintf("%3s  %s · %s", o.Name(), o.Text, o.Why)))
	}
	return orElse(lines, "Nothing is to settle.")
}

// promises lists who owes what.
func (t *taking) promises() []string {
	var lines []string
	for _, p := range t.view.Promises {
		state := due(p.Due) + p.Doubt.String()
		if !p.Waits() {
			state = "done"
		}
		line := fmt.Sprintf("%3s  %s: %s", p.Number, owner(t.view.Interview, p), p.Text)
		lines = append(lines, strings.TrimRight(plain.Terminal(line+"  "+state), " "))
	}
	return orElse(lines, "Nothing is promised yet: +text is a promise.")
}

// problems lists the problems with their status.
func (t *taking) problems() []string {
	var lines []string
	for _, p := range t.view.Problems {
		status := string(p.Status)
		if p.Status == interview.Aside {
			status = "set aside"
			if p.Reason != "" {
				status += ": " + plain.Terminal(p.Reason)
			}
		}
		lines = append(lines, fmt.Sprintf("problem %s, %s: %s", p.Number, status, plain.Terminal(p.Worded())))
		if no := t.view.No(p); no != "" {
			lines = append(lines, "  "+plain.Terminal(no))
		}
		for _, facet := range facets(p.Impact) {
			lines = append(lines, "  "+facet)
		}
		for _, text := range interview.StandingToPick(p.Concurrent, interview.Pick{What: interview.ThingProblem, Number: p.Number}) {
			lines = append(lines, "  "+plain.Terminal(text))
		}
	}
	return orElse(lines, "No problem yet: !text keeps one, in their words.")
}

// facets lists what is known of an impact.
func facets(i interview.Impact) []string {
	var known []string
	for _, f := range []struct{ name, text string }{
		{"how often", i.HowOften}, {"how bad, from 1 to 5", rating(i.HowBad)}, {"what it costs", i.Costs},
		{"who feels it", i.Bears}, {"what was tried", i.Tried}, {"what is wanted instead", i.Wants},
	} {
		if f.text != "" {
			known = append(known, f.name+": "+plain.Terminal(f.text))
		}
	}
	return known
}

func rating(n int) string {
	if n == 0 {
		return ""
	}
	return fmt.Sprint(n)
}

// playback returns one problem as sentences to read aloud, and how to enter the answer.
func (t *taking) playback(p interview.Problem) []string {
	n := p.Number
	lines := []string{"", fmt.Sprintf("Problem %s can be played back. Read it out, and wait:", n)}
	for _, sentence := range p.Sentences() {
		lines = append(lines, "  "+plain.Terminal(sentence))
	}
	return append(lines,
		fmt.Sprintf("Then /playback %s yes, /playback %s nearly: the wording they want, or /playback %s no (by NAME says who answered); /aside %s puts it off.", n, n, n, n))
}

// missing returns the gate's checklist.
func (t *taking) missing() []string {
	gate := t.view.Gate
	var lines []string
	for _, c := range gate.Checks {
		mark, togo := "still to do: ", ""
		if c.Done {
			mark = "done: "
		} else if c.ToGo > 0 {
			togo = fmt.Sprintf(" (%d to go)", c.ToGo)
		}
		lines = append(lines, "  "+mark+c.Text+togo)
	}
	if !gate.Open {
		lines = slices.Insert(lines, 0, "Before solutions unlock:")
		for _, gap := range gate.Missing {
			lines = append(lines, "Next: "+gap.Text)
		}
		return lines
	}
	lines = []string{"Solutions can be worked out: /solve P text."}
	for _, p := range t.view.Problems {
		for _, gap := range t.view.Lock(p.Number) {
			lines = append(lines, fmt.Sprintf("Not yet for problem %s: %s", p.Number, gap.Text))
		}
	}
	return lines
}

// held lists the thoughts that were held back until the gate opened.
func (t *taking) held() []string {
	thoughts := t.view.HeldThoughts()
	if len(thoughts) == 0 {
		return nil
	}
	lines := []string{"What you thought of earlier:"}
	for _, l := range thoughts {
		lines = append(lines, fmt.Sprintf("  %s  %s", l.Number, plain.Terminal(l.Text)))
	}
	return lines
}

// questions lists all questions with their numbers.
func (t *taking) questions() []string {
	v := t.view
	var lines []string
	n := 0
	for _, stage := range v.Playbook.Stages {
		lines = append(lines, plain.Terminal(stage.Name)+":")
		for _, q := range stage.Questions {
			n++
			state := ""
			switch {
			case n == v.Current():
				state = "now: "
			case v.Asked(n):
				state = "asked: "
			}
			lines = append(lines, fmt.Sprintf("  %d. %s%s", n, state, plain.Terminal(q.Text)))
		}
	}
	if later := v.FollowUps(); len(later) > 0 {
		lines = append(lines, "To ask later:")
		for _, l := range later {
			lines = append(lines, fmt.Sprintf("  line %s: %s", l.Number, plain.Terminal(l.Text)))
		}
	}
	return append(lines, "/ask N goes to a question, /next to the one after this.")
}
