package show

import (
	"fmt"
	"strings"
	"time"

	"hark/internal/interview"
	"hark/internal/plain"
	"hark/ui/theme"
)

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
	if !p.Waits() {
		box = "☑"
	}
	at, clock := iv.Happened(p.At)
	head := fmt.Sprintf("%3s  %s  %s ", p.Number, moment(at, clock, zone), box)
	owner := s.Muted
	if !p.Whose.IsZero() {
		owner = s.Danger
	}
	detail := owner.Render(plain.Terminal(Whose(p, iv)))
	if due, late := Due(p.Due, today); due != "" && p.Waits() {
		style := s.Muted
		if late {
			style = s.Danger
		}
		detail += s.Muted.Render(" · ") + style.Render(due)
	}
	if doubt := Doubt(p.Doubt, today); doubt != "" {
		detail += s.Muted.Render(" · ") + s.Danger.Render(doubt)
	}
	if !p.Waits() {
		detail += s.Muted.Render(" · ") + s.Confirmed.Render("✓ done")
	}
	if p.State(today) == interview.StateTold {
		detail += s.Muted.Render(" · they were told")
	}
	if on := OtherDay(iv, at, zone); on != "" {
		detail += s.Muted.Render(" · " + on)
	}
	indent := plain.Width(head)
	lines := Hang(s.Faint.Render(head), indent, p.Text, width, s.Text)
	return append(lines, strings.Repeat(" ", indent)+detail)
}
