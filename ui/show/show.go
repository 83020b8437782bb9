// Package show draws the things of an interview as lines of text, the same on every screen. It
// makes safe whatever a person typed.
package show

import (
	"fmt"
	"strings"
	"time"

	"hark/internal/interview"
	"hark/internal/plain"
	"hark/ui/theme"
)

// Clock returns the time of day: "14:05".
func Clock(t time.Time, zone *time.Location) string {
	if t.IsZero() {
		return "--:--"
	}
	return t.In(zone).Format("15:04")
}

// Day returns the day: "20 Nov 2026".
func Day(t time.Time, zone *time.Location) string { return t.In(zone).Format("2 Jan 2006") }

// Span returns a duration in hours and minutes: "0:18".
func Span(d time.Duration) string {
	m := int(max(d, 0) / time.Minute)
	return fmt.Sprintf("%d:%02d", m/60, m%60)
}

// Due describes when something is due, in words where that is near, and whether the day has passed;
// "" without a date.
func Due(due interview.Date, today interview.Date) (text string, late bool) {
	if due.IsZero() {
		return "", false
	}
	days := int(due.Time().Sub(today.Time()).Hours() / 24)
	switch {
	case days < -1:
		return fmt.Sprintf("%d days late", -days), true
	case days == -1:
		return "due yesterday", true
	case days == 0:
		return "due today", false
	case days == 1:
		return "due tomorrow", false
	case days < 7:
		return "due " + due.Time().Format("Monday"), false
	case due.Year == today.Year:
		return "due " + due.Time().Format("Mon 2 Jan"), false
	default:
		return "due " + due.Time().Format("2 Jan 2006"), false
	}
}

// DueDay returns a day with its weekday, and with its year unless that is today's: "Fri 4 Dec".
func DueDay(d, today interview.Date) string {
	if d.Year == today.Year {
		return d.Time().Format("Mon 2 Jan")
	}
	return d.Words()
}

// Doubt returns a doubt about a day as it stands in the day's place: "due Fri 4 Dec?", "" for none.
func Doubt(d interview.DayDoubt, today interview.Date) string {
	if len(d.Readings) == 0 {
		return d.String()
	}
	return "due " + DueDay(d.Readings[0], today) + "?"
}

// Mark returns the sign in front of a line of a kind, two cells wide.
func Mark(kind interview.LineKind) string {
	switch kind {
	case interview.Observation:
		return "◦ "
	case interview.Thought:
		return "✎ "
	case interview.FollowUp:
		return "? "
	case interview.Unsettled:
		return "○ "
	case interview.Quote, interview.Paraphrase:
		return ""
	}
	return ""
}

// Said returns a line's text as it is shown: only quotes have quotation marks.
func Said(l interview.Line) string {
	if l.Kind == interview.Quote {
		return "“" + plain.Terminal(l.Text) + "”"
	}
	return Mark(l.Kind) + plain.Terminal(l.Text)
}

// KindStyle returns the style of a kind of line.
func KindStyle(kind interview.LineKind, s theme.Styles) theme.Style {
	switch kind {
	case interview.Quote:
		return s.Quote
	case interview.Thought:
		return s.Thought
	case interview.Observation:
		return s.Muted
	case interview.FollowUp, interview.Unsettled:
		return s.Warn
	case interview.Paraphrase:
		return s.Text
	}
	return s.Text
}

// Line draws a line of the record: number, time, text, and who said it. What was corrected,
// recalled, or written concurrently follows on lines of its own.
func Line(l interview.Line, iv *interview.Interview, zone *time.Location, width int, s theme.Styles) []string {
	head := fmt.Sprintf("%3d  %s  ", l.Number, Clock(l.At, zone))
	indent := strings.Repeat(" ", plain.Width(head))
	who := plain.Terminal(iv.Name(l.Speaker))
	space := max(width-plain.Width(head), 8)
	if who != "" {
		who = plain.Truncate(who, max(space/4, 6), "…")
		space = max(space-plain.Width(who)-2, 8)
	}
	var out []string
	style := KindStyle(l.Kind, s)
	for i, part := range plain.Wrap(Said(l), space) {
		if i > 0 {
			out = append(out, indent+style.Render(part))
			continue
		}
		first := s.Faint.Render(head) + style.Render(plain.Pad(part, space))
		if who != "" {
			first += "  " + s.Muted.Render(who)
		}
		out = append(out, first)
	}
	for _, note := range lineNotes(l, iv) {
		for _, part := range plain.Wrap(note, max(width-len(indent), 8)) {
			out = append(out, indent+s.Faint.Render(part))
		}
	}
	return out
}

func lineNotes(l interview.Line, iv *interview.Interview) []string {
	var notes []string
	if p, ok := iv.ProblemByID(l.Problem); ok {
		notes = append(notes, fmt.Sprintf("shows problem %d", p.Number))
	}
	if iv.Held(l) {
		notes = append(notes, "held until solutions unlock")
	}
	if l.First != "" {
		notes = append(notes, "first written: "+plain.Terminal(l.First))
	}
	for _, other := range l.Concurrent {
		notes = append(notes, "also written as: "+plain.Terminal(other))
	}
	if l.Recalled {
		notes = append(notes, Recalled(l))
	}
	if len(l.Themes) > 0 {
		notes = append(notes, plain.Terminal("#"+strings.Join(l.Themes, " #")))
	}
	return notes
}

// Recalled describes how long after the meeting a line was entered.
func Recalled(l interview.Line) string {
	after := l.RecalledAfter
	switch {
	case after <= 0:
		return "recalled after the meeting"
	case after < time.Hour:
		return fmt.Sprintf("recalled %d min after the meeting", int(after.Minutes()))
	case after < 48*time.Hour:
		return fmt.Sprintf("recalled %d h after the meeting", int(after.Hours()))
	default:
		return fmt.Sprintf("recalled %d days after the meeting", int(after.Hours()/24))
	}
}

// Owner returns the name of who owns a promise, or in its place the side: "us" or "them",
// or "whose?" while that is in doubt.
func Owner(name string, side interview.Side) string {
	switch {
	case name != "":
		return name
	case side == interview.Theirs:
		return "them"
	case side == "":
		return "whose?"
	}
	return "us"
}

// Whose returns whose a promise is, as read while that is in doubt: "them?".
func Whose(p interview.Promise, iv *interview.Interview) string {
	if reading := p.Whose.Reading; reading != "" {
		return Owner("", reading) + "?"
	}
	return Owner(iv.Name(p.Owner), p.Side)
}

// Promise draws a promise: number, time, text, owner, and when it is due.
func Promise(p interview.Promise, iv *interview.Interview, zone *time.Location, today interview.Date, width int, s theme.Styles) []string {
	box := "☐"
	if !p.DoneAt.IsZero() {
		box = "☑"
	}
	head := fmt.Sprintf("%3d  %s  %s ", p.Number, Clock(p.At, zone), box)
	owner := s.Muted
	if !p.Whose.IsZero() {
		owner = s.Danger
	}
	detail := owner.Render(plain.Terminal(Whose(p, iv)))
	if due, late := Due(p.Due, today); due != "" && p.DoneAt.IsZero() {
		style := s.Muted
		if late {
			style = s.Danger
		}
		detail += s.Muted.Render(" · ") + style.Render(due)
	}
	if doubt := Doubt(p.Doubt, today); doubt != "" {
		detail += s.Muted.Render(" · ") + s.Danger.Render(doubt)
	}
	if !p.DoneAt.IsZero() {
		detail += s.Muted.Render(" · ") + s.Confirmed.Render("✓ done")
	}
	if !p.ToldAt.IsZero() {
		detail += s.Muted.Render(" · they were told")
	}
	indent := plain.Width(head)
	lines := Hang(s.Faint.Render(head), indent, p.Text, width, s.Text)
	return append(lines, strings.Repeat(" ", indent)+detail)
}

// Wording is a problem's wording of today as it stands in a sentence.
func Wording(p interview.Problem) string { return "“" + p.Statement + "”" }

// Route draws a route: number, time, problem, department and owner, and the answer if withAnswer.
// Further details are drawn indent cells from the left.
func Route(r interview.Route, iv *interview.Interview, zone *time.Location, withAnswer bool, width int, s theme.Styles) (lines []string, indent int) {
	p, _ := iv.ProblemByID(r.Problem)
	text := fmt.Sprintf("problem %d to %s", p.Number, r.Department)
	if owner := iv.Name(r.Owner); owner != "" {
		text += ", " + owner
	}
	if withAnswer && r.Answer != "" {
		text += ": " + r.Answer
	}
	head := fmt.Sprintf("%3d  %s  → ", r.Number, Clock(r.At, zone))
	indent = plain.Width(head)
	return Hang(s.Faint.Render(head), indent, text, width, s.Text), indent
}

// Problem draws a problem as a card: number and today's wording, what weighs it, and the one next
// step; a no with who said it, and a reason for setting it aside. iv names the people.
func Problem(p interview.Problem, iv *interview.Interview, width int, s theme.Styles) []string {
	head := fmt.Sprintf("%2d ", p.Number)
	indent, style := len(head), s.Problem
	if p.Status == interview.Aside {
		style = s.Faint
	}
	lines := Hang(s.Faint.Render(head), indent, Wording(p), width, style)
	blank := strings.Repeat(" ", indent)
	for _, other := range p.Concurrent {
		lines = append(lines, Hang(blank, indent, "or: “"+other+"”", width, s.Warn)...)
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
	said := ""
	if no, denied := p.Denied(); denied {
		said = "no"
		if name := iv.Name(no.By); name != "" {
			said += ", said " + name
		}
	}
	next := p.NextStep()
	switch {
	case p.Status == interview.Confirmed && next == "":
		return []string{blank + s.Confirmed.Render("✓ confirmed")}
	case p.Status == interview.Confirmed:
		return append([]string{blank + s.Confirmed.Render("✓ confirmed")}, Hang(blank+"○ ", indent+2, next, width, s.Muted)...)
	case said != "":
		return Hang(blank, indent, said+" · ○ "+next, width, s.Warn)
	}
	return Hang(blank+s.Muted.Render("○ "), indent+2, next, width, s.Muted)
}
