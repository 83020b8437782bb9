package show

import (
	"fmt"
	"strings"

	"hark/internal/interview"
	"hark/ui/theme"
)

// Problem draws a problem as a card: number and today's wording, what weighs it, and the one next
// step; a no with who said it, and a reason for setting it aside. iv names the people.
func Problem(p interview.Problem, iv *interview.Interview, width int, s theme.Styles) []string {
	head := fmt.Sprintf("%2s ", p.Number)
	indent, style := len(head), s.Problem
	if p.Status == interview.Aside {
		style = s.Faint
	}
	lines := Hang(s.Faint.Render(head), indent, p.Worded(), width, style)
	blank := strings.Repeat(" ", indent)
	for _, text := range Standing(p.Concurrent) {
		lines = append(lines, Hang(blank, indent, text, width, s.Warn)...)
	}
	if weight := p.Impact.Weight(); len(weight) > 0 {
		lines = append(lines, Hang(blank, indent, strings.Join(weight, " · "), width, s.Text)...)
	}
	return append(lines, standing(p, iv, indent, width, s)...)
}

// standing draws how far a problem has come, and its next step.
func standing(p interview.Problem, iv *interview.Interview, indent, width int, s theme.Styles) []string {
	blank := strings.Repeat(" ", indent)
	if p.Status == interview.Aside {
		text := "set aside"
		if p.Reason != "" {
			text += ": " + p.Reason
		}
		return Hang(blank, indent, text, width, s.Faint)
	}
	said := iv.No(p)
	next := p.NextStep()
	switch {
	case p.Status == interview.Confirmed:
		lines := []string{blank + s.Confirmed.Render("✓ confirmed")}
		if said != "" {
			lines = append(lines, Hang(blank, indent, said, width, s.Warn)...)
		}
		if next != "" {
			lines = append(lines, Hang(blank+"○ ", indent+2, next, width, s.Muted)...)
		}
		return lines
	case said != "":
		return Hang(blank, indent, said+" · ○ "+next, width, s.Warn)
	}
	return Hang(blank+s.Muted.Render("○ "), indent+2, next, width, s.Muted)
}
