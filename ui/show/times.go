package show

import (
	"fmt"
	"time"

	"hark/internal/interview"
)

// Clock returns the time of day: "14:05".
func Clock(t time.Time, zone *time.Location) string {
	if t.IsZero() {
		return "--:--"
	}
	return t.In(zone).Format("15:04")
}

// ClockAfter returns the time of day, with the day if that is another one than that of another time.
func ClockAfter(t, other time.Time, zone *time.Location) string {
	if interview.DateOf(t.In(zone)) != interview.DateOf(other.In(zone)) {
		return Day(t, zone) + ", " + Clock(t, zone)
	}
	return Clock(t, zone)
}

// OtherDay returns the day of a time if it is another one than that of the meeting, else "".
func OtherDay(iv *interview.Interview, t time.Time, zone *time.Location) string {
	if interview.DateOf(t.In(zone)) == interview.DateOf(iv.MetAt().In(zone)) {
		return ""
	}
	return "on " + Day(t, zone)
}

// moment returns the time of day of something that happened in a meeting, or as many blanks where
// it is not known.
func moment(at time.Time, clock bool, zone *time.Location) string {
	if !clock {
		return "     "
	}
	return Clock(at, zone)
}

// Met returns the day of a meeting, and its time as far as that is known: of a debrief, when it
// ended.
func Met(iv *interview.Interview, zone *time.Location) string {
	at := iv.MetAt()
	switch {
	case !iv.MetClock():
		return Day(at, zone)
	case iv.Debrief:
		return Day(at, zone) + ", until " + Clock(at, zone)
	}
	return Day(at, zone) + ", " + Clock(at, zone)
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

// ShortDay returns the day of t in at most eight cells, for lists: "today", "20 Nov", and "Nov
// 2025" in another year than now.
func ShortDay(t, now time.Time, zone *time.Location) string {
	t, now = t.In(zone), now.In(zone)
	switch {
	case interview.DateOf(t) == interview.DateOf(now):
		return "today"
	case t.Year() == now.Year():
		return t.Format("2 Jan")
	default:
		return t.Format("Jan 2006")
	}
}

// Lasting returns a duration for reading: "48 min", "1 h 05".
func Lasting(d time.Duration) string {
	m := int(max(d, 0) / time.Minute)
	if m < 60 {
		return fmt.Sprintf("%d min", m)
	}
	return fmt.Sprintf("%d h %02d", m/60, m%60)
}
