// Package show draws the things of an interview as lines of text, the same way
// on every screen. Whatever a person typed is made safe on its way.
package show

import (
	"fmt"
	"strings"
	"time"

	"hark/internal/interview"
	"hark/internal/plain"
	"hark/ui/theme"
	"hark/ui/widget"
)

// Clock returns the time of day of t.
func Clock(t time.Time, zone *time.Location) string {
	if t.IsZero() {
		return "--:--"
	}
	return t.In(zone).Format("15:04")
}

// Day returns the day of t for reading: "20 Nov 2026".
func Day(t time.Time, zone *time.Location) string { return t.In(zone).Format("2 Jan 2006") }

// Span returns how long something took, in hours and minutes: "0:18".
func Span(d time.Duration) string {
	m := int(max(d, 0) / time.Minute)
	return fmt.Sprintf("%d:%02d", m/60, m%60)
}

// Due returns when something is due, in words where that is near, and whether
// that day is over. "" when there is no date.
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

// Mark returns the sign in front of a line of the given kind, two cells wide.
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

// Said returns a line's text as it is shown: quotes, and nothing else, in
// quotation marks.
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

// Line draws a line of the record: number, time, text, and who said it. What
// was corrected, recalled, or written beside it follows on lines of its own.
func Line(l interview.Line, iv *interview.Interview, zone *time.Location, width int, s theme.Styles) []string {
	head := fmt.Sprintf("%3d  %s  ", l.Number, Clock(l.At, zone))
	indent := strings.Repeat(" ", plain.Width(head))
	who := plain.Terminal(iv.Name(l.Speaker))
	room := max(width-plain.Width(head), 8)
	if who != "" {
		who = plain.Truncate(who, max(room/4, 6), "…")
		room = max(room-plain.Width(who)-2, 8)
	}
	var out []string
	style := KindStyle(l.Kind, s)
	for i, part := range plain.Wrap(Said(l), room) {
		if i > 0 {
			out = append(out, indent+style.Render(part))
			continue
		}
		first := s.Faint.Render(head) + style.Render(plain.Pad(part, room))
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
	for _, other := range l.Beside {
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

// Recalled says that a line was entered after the meeting, and how long after.
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

// Promise draws a promise: number, time, what, who, and when it is due.
func Promise(p interview.Promise, iv *interview.Interview, zone *time.Location, today interview.Date, width int, s theme.Styles) []string {
	box := "☐"
	if !p.DoneAt.IsZero() {
		box = "☑"
	}
	head := fmt.Sprintf("%3d  %s  %s ", p.Number, Clock(p.At, zone), box)
	indent := strings.Repeat(" ", plain.Width(head))
	var out []string
	for i, part := range plain.Wrap(plain.Terminal(p.Text), max(width-plain.Width(head), 8)) {
		if i == 0 {
			out = append(out, s.Faint.Render(head)+s.Text.Render(part))
		} else {
			out = append(out, indent+s.Text.Render(part))
		}
	}
	owner := plain.Terminal(iv.Name(p.Owner))
	if owner == "" {
		owner = map[interview.Side]string{interview.Ours: "us", interview.Theirs: "them"}[p.Side]
	}
	detail := s.Muted.Render(owner)
	if due, late := Due(p.Due, today); due != "" && p.DoneAt.IsZero() {
		style := s.Muted
		if late {
			style = s.Danger
		}
		detail += s.Muted.Render(" · ") + style.Render(due)
	}
	if !p.DoneAt.IsZero() {
		detail += s.Muted.Render(" · ") + s.Confirmed.Render("✓ done")
	}
	if !p.ToldAt.IsZero() {
		detail += s.Muted.Render(" · they were told")
	}
	return append(out, indent+detail)
}

// Problem draws a problem: number, today's wording as a quote, and how far it
// has come.
func Problem(p interview.Problem, width int, s theme.Styles) []string {
	head := fmt.Sprintf("%2d ", p.Number)
	indent := strings.Repeat(" ", len(head))
	style := s.Problem
	if p.Status == interview.Aside {
		style = s.Faint
	}
	var out []string
	for i, part := range plain.Wrap("“"+plain.Terminal(p.Statement)+"”", max(width-len(head), 8)) {
		if i == 0 {
			out = append(out, s.Faint.Render(head)+style.Render(part))
		} else {
			out = append(out, indent+style.Render(part))
		}
	}
	for _, other := range p.Beside {
		for _, part := range plain.Wrap("or: “"+plain.Terminal(other)+"”", max(width-len(indent), 8)) {
			out = append(out, indent+s.Warn.Render(part))
		}
	}
	return append(out, indent+Standing(p, max(width-len(indent), 8), s))
}

// Standing says in one line how far a problem has come and what is not known.
func Standing(p interview.Problem, width int, s theme.Styles) string {
	var status, rest string
	switch p.Status {
	case interview.Confirmed:
		status = s.Confirmed.Render("✓ confirmed")
	case interview.Weighed:
		status = s.Muted.Render("weighed")
	case interview.Heard:
		status = s.Muted.Render("heard")
	case interview.Aside:
		status = s.Faint.Render("set aside")
		if p.Reason != "" {
			rest = ": " + plain.Terminal(p.Reason)
		}
	}
	room := width - widget.Width(status)
	if p.Status == interview.Aside {
		return status + s.Faint.Render(plain.Truncate(rest, max(room, 1), "…"))
	}
	for _, gap := range Unknown(p.Impact) {
		gap = " · " + gap + "?"
		if plain.Width(rest+gap) > room {
			break
		}
		rest += gap
	}
	return status + s.Faint.Render(rest)
}

// Unknown lists the facets of an impact that nobody has asked about.
func Unknown(i interview.Impact) []string {
	var gaps []string
	for _, f := range []struct {
		name  string
		known bool
	}{
		{"how often", i.HowOften != ""},
		{"how bad", i.HowBad > 0},
		{"costs", i.Costs != ""},
		{"who", i.Bears != ""},
		{"tried", i.Tried != ""},
		{"wants", i.Wants != ""},
	} {
		if !f.known {
			gaps = append(gaps, f.name)
		}
	}
	return gaps
}
