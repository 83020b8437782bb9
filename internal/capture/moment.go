package capture

import (
	"strconv"
	"strings"
	"time"

	"hark/internal/capture/day"
	"hark/internal/interview"
	"hark/internal/language"
)

// momentForms are the right forms when it cannot be told which one was meant.
const momentForms = "2h ago, 15:00, yesterday 15:00, friday 15:00 or 2026-11-20 15:00"

// Moment reads when something was over: how long ago ("2h ago"), or a time of
// day, with the day in front of it when that is not today ("yesterday 15:00",
// "2026-11-20 15:00"). A weekday is the last such day, which may be today. The
// zone is that of now. The error is an *Error: the words are no moment, or one
// that is still to come.
func Moment(words string, now time.Time) (time.Time, error) {
	text := strings.ToLower(strings.Join(strings.Fields(words), " "))
	if ago, ok := strings.CutSuffix(text, "ago"); ok {
		if at, ok := timeAgo(ago, now); ok {
			return at, nil
		}
		return time.Time{}, &Error{quoted(words) + " does not say how long ago", "90m ago, 2h ago or 3 days ago"}
	}
	day, clock := interview.DateOf(now), text
	if first, rest, ok := strings.Cut(text, " "); ok {
		if d, ok := pastDay(first, day); ok {
			day, clock = d, strings.TrimPrefix(rest, "at ")
		}
	} else if _, ok := pastDay(text, day); ok {
		return time.Time{}, &Error{quoted(words) + " has no time of day", shown(text, wordShown) + " 15:00"}
	}
	hour, minute, ok := readClock(clock)
	if !ok {
		return time.Time{}, &Error{quoted(words) + " is no time that hark knows", momentForms}
	}
	at := time.Date(day.Year, day.Month, day.Day, hour, minute, 0, 0, now.Location())
	if at.After(now) {
		return time.Time{}, &Error{quoted(words) + " is still to come", momentForms}
	}
	return at, nil
}

// timeAgo goes back from now by "2h", "1 hour 30 minutes" or "3 days".
func timeAgo(text string, now time.Time) (time.Time, bool) {
	short := strings.NewReplacer(
		" ", "", "hours", "h", "hour", "h", "hrs", "h", "hr", "h",
		"minutes", "m", "minute", "m", "mins", "m", "min", "m", "days", "d", "day", "d",
	).Replace(text)
	if days, ok := strings.CutSuffix(short, "d"); ok {
		n, err := strconv.ParseUint(days, 10, 12)
		return now.AddDate(0, 0, -int(n)), err == nil
	}
	d, err := time.ParseDuration(short)
	return now.Add(-d), err == nil && d >= 0
}

// pastDay reads a day that is today or was before.
func pastDay(word string, today interview.Date) (interview.Date, bool) {
	switch word {
	case "today":
		return today, true
	case "yesterday":
		return day.Plus(today, -1), true
	}
	if t, err := time.Parse(time.DateOnly, word); err == nil {
		return interview.DateOf(t), true
	}
	for _, w := range language.English.Words(word) {
		if w.Part == language.Weekday {
			return day.Before(day.Plus(today, 1), time.Weekday(w.N)), true
		}
	}
	return interview.Date{}, false
}

// readClock reads a time of day: 15:00, 9.30, 3pm, 3:30 pm.
func readClock(text string) (hour, minute int, ok bool) {
	text = strings.ReplaceAll(text, " ", "")
	for _, layout := range []string{"15:04", "15.04", "3:04pm", "3.04pm", "3pm"} {
		if t, err := time.Parse(layout, text); err == nil {
			return t.Hour(), t.Minute(), true
		}
	}
	return 0, 0, false
}
