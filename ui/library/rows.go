package library

import (
	"fmt"
	"math"
	"strings"
	"time"

	"hark/internal/interview"
	"hark/internal/plain"
	"hark/ui/show"
	"hark/ui/theme"
	"hark/ui/widget"
)

// columns are the widths of the columns in the list of interviews, as wide as their content. The
// customer gets the rest.
type columns struct {
	when, confirmed, state, promised int
}

const (
	gap           = 2 // between two columns
	leastCustomer = 16
)

// others returns the width of all columns but the customer's.
func (c columns) others() int { return c.when + c.confirmed + c.state + c.promised + 4*gap }

// fit makes the columns wide enough for an interview.
func (c *columns) fit(r row) {
	c.when = max(c.when, plain.Width(r.when))
	c.confirmed = max(c.confirmed, plain.Width(r.confirmed))
	c.state = max(c.state, plain.Width(r.state))
	c.promised = max(c.promised, plain.Width(r.promised))
}

// row holds the texts of an interview's line.
type row struct {
	when, confirmed, state, promised string
	open                             int // promises
}

// rowOf returns the texts of an interview's line.
func rowOf(l listing, now time.Time, zone *time.Location) row {
	r := row{
		when:      show.ShortDay(time.UnixMilli(l.started), now, zone),
		confirmed: "–",
		state:     l.state,
		open:      int(l.tally.promised),
	}
	if l.tally.problems > 0 {
		r.confirmed = fmt.Sprintf("%d/%d ✓", l.tally.confirmed, l.tally.problems)
	}
	if r.open > 0 {
		r.promised = fmt.Sprintf("%d ☐", r.open)
	}
	return r
}

// drawInterview draws one interview: on one line if the columns fit, else on two.
func (m *Model) drawInterview(l listing, width int, selected bool) []string {
	s, c := m.env.Styles(), m.list.columns
	r := rowOf(l, m.env.Now(), m.env.Zone)
	customer := s.Text.Render(plain.Terminal(m.list.names[l.customer].text))
	stateStyle := s.Muted
	if !l.ended {
		stateStyle = s.Accent
	}
	width -= 2
	if width < c.others()+leastCustomer {
		detail := s.Muted.Render(r.confirmed+" · ") + stateStyle.Render(r.state)
		if r.promised != "" {
			detail += s.Muted.Render(" · " + show.Count(r.open, "promise", "promises"))
		}
		return show.Choice([]string{widget.Pair(customer, s.Muted.Render(r.when), width), detail}, selected, width+2, s)
	}
	line := strings.Join([]string{
		s.Muted.Render(plain.Pad(r.when, c.when)),
		widget.Fit(customer, width-c.others()),
		right(r.confirmed, c.confirmed, s),
		stateStyle.Render(plain.Pad(r.state, c.state)),
		right(r.promised, c.promised, s),
	}, strings.Repeat(" ", gap))
	return show.Choice([]string{line}, selected, width+2, s)
}

// right aligns a short text to the right edge of its column.
func right(text string, width int, s theme.Styles) string {
	return strings.Repeat(" ", max(width-plain.Width(text), 0)) + s.Muted.Render(text)
}

// tallyOf counts what the list shows of an interview.
func tallyOf(sum interview.Summary) tally {
	problems, confirmed, promised := sum.Tally()
	return tally{problems: few(problems), confirmed: few(confirmed), promised: few(promised), owed: few(owed(sum))}
}

// few returns a count as 16 bits, at most the largest number.
func few(n int) uint16 { return uint16(min(n, math.MaxUint16)) } //nolint:gosec // it fits

// state describes whether an interview is open, or how it ended.
func state(ended bool, o interview.Outcome) string {
	switch {
	case !ended:
		return "open"
	case o == interview.NoOutcome:
		return "ended"
	default:
		return o.Words()
	}
}

// drawPromise draws one promise: when it is due, its text, by whom and to whom.
func (m *Model) drawPromise(p promise, width int, selected bool) []string {
	// On a wide screen the name stays close to the text.
	const dueColumn, widestPromise = 15, 110
	s := m.env.Styles()
	width = min(width-2, widestPromise)
	who := plain.Truncate(plain.Terminal(show.Owner(p.Owner, p.Side)+" · "+m.list.names[p.customer].text), max(width/3, 8), "…")
	due := m.due(p.Due)
	if !p.Waits() {
		due = s.Confirmed.Render("✓") + s.Warn.Render(" tell them")
	}
	line := widget.Fit(due, dueColumn) + "  " +
		widget.Pair(s.Text.Render(plain.Terminal(p.Text)), s.Muted.Render(who), width-dueColumn-2)
	return show.Choice([]string{line}, selected, width+2, s)
}

// due describes when something is due, more urgently the nearer that is.
func (m *Model) due(d interview.Date) string {
	s := m.env.Styles()
	text, late := show.Due(d, m.env.Today())
	switch {
	case late:
		return s.Danger.Render(text)
	case text == "":
		return s.Faint.Render("no day yet")
	case d == m.env.Today():
		return s.Warn.Render(text)
	default:
		return s.Muted.Render(text)
	}
}
