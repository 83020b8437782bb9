package interview

import "time"

// Happened returns when something took place in the meeting that was entered at the given time, and
// whether its time of day is known (clock). A debrief is of the meeting, whenever it was written
// down: all of it is of the meeting's day, and nobody knows more. A problem that was entered together with
// a line that was recalled is of the time of that line. What is done afterwards (carried, kept, answered,
// told) is of the time at which it was entered.
func (iv *Interview) Happened(entered time.Time) (at time.Time, clock bool) {
	for i := range iv.Lines {
		if l := &iv.Lines[i]; l.Recalled && !l.Problem.IsZero() && l.At.Equal(entered) {
			return iv.SaidAt(*l)
		}
	}
	return iv.meetingOf(entered)
}

// meetingOf is Happened without the lines that were recalled.
func (iv *Interview) meetingOf(entered time.Time) (at time.Time, clock bool) {
	if iv.Debrief && !entered.IsZero() {
		return iv.MetAt(), false
	}
	return entered, true
}

// happened is Happened without the clock.
func (iv *Interview) happened(entered time.Time) time.Time {
	at, _ := iv.Happened(entered)
	return at
}

// SaidAt is Happened for a line, which can also have been recalled after a meeting that was written
// down while it lasted. Such a line is of the end of the meeting.
func (iv *Interview) SaidAt(l Line) (at time.Time, clock bool) {
	switch {
	case !iv.Debrief && l.Recalled && l.RecalledAfter > 0:
		return l.At.Add(-l.RecalledAfter), false
	case !iv.Debrief && l.Recalled:
		return iv.MetAt(), false
	}
	return iv.meetingOf(l.At)
}

// MetClock reports whether the time of day in MetAt is that of the meeting. Of a debrief without
// the end of the meeting only the day is taken for the meeting's.
func (iv *Interview) MetClock() bool { return !iv.Debrief || !iv.MetUntil.IsZero() }

// Recalled describes that a line was recalled, and how long after the meeting: "recalled, 2 days
// later". It is "" for a line that was not, and in a debrief, of which WrittenDown says it once.
func (iv *Interview) Recalled(l Line) string {
	if !l.Recalled || iv.Debrief {
		return ""
	}
	return "recalled" + later(l.RecalledAfter, l.RecalledAfter)
}

// WrittenDown describes a debrief, and how long after the meeting it was written, as far as that is
// known: "written down after the meeting, 2 hours later". It is "" for any other interview.
func (iv *Interview) WrittenDown() string {
	if !iv.Debrief {
		return ""
	}
	var first, last time.Duration
	for i, l := range iv.Lines {
		if i == 0 {
			first = l.RecalledAfter
		}
		first, last = min(first, l.RecalledAfter), max(last, l.RecalledAfter)
	}
	return "written down after the meeting" + later(first, last)
}

// later returns behind a comma how long after a meeting something was entered, in the largest units
// that fit; "" for less than a minute.
func later(first, last time.Duration) string {
	from, to := span(first), span(last)
	switch {
	case to == "":
		return ""
	case from == to:
		return ", " + to + " later"
	case from == "":
		return ", up to " + to + " later"
	}
	return ", from " + from + " to " + to + " later"
}

// span returns a duration in the largest unit that fits, "" for less than a minute.
func span(d time.Duration) string {
	const day = 24 * time.Hour
	for _, unit := range []struct {
		of   time.Duration
		name string
	}{{day, "day"}, {time.Hour, "hour"}, {time.Minute, "minute"}} {
		if n := int(d / unit.of); n > 0 {
			return count(n, unit.name, unit.name+"s")
		}
	}
	return ""
}
