package demo

import (
	"bufio"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"hark/internal/capture"
	"hark/internal/interview"
	"hark/internal/notebook"
)

// script is a sample interview as it is written down: a head, an empty line, and the lines of the
// capture language with the times at which they were typed.
//
//	Customer: Harbour Welding
//	Playbook: listen-first
//	Began: 44 days ago at 9:30
//
//	0:00 /person Ana Ruiz, foreman
//	0:12 @Ana !We do about one weld in five twice #rework
//	     ~Ben looked at Ana before he said that
//
//	--- 7 days later at 16:10
//	     /done 38
//
// A time is in hours and minutes since the beginning; a line without one comes a little after the
// line above. "Began: 24 minutes ago" is the other form of a beginning. "Debrief: 50 minutes after"
// says that all of it was entered from memory, so long after the meeting was over.
type script struct {
	customer, playbook string
	after              time.Duration // the meeting; 0 for no debrief
	began              moment
	lines              []scripted
}

// moment is when an interview begins: so many days before today at a time of day, or so many
// minutes before now.
type moment struct {
	daysAgo    int
	clock      time.Duration // since midnight
	minutesAgo int
	fromNow    bool
}

// scripted is one line of the capture language and when it was typed.
type scripted struct {
	number int // in the file
	text   string
	days   int           // after the day on which it began
	clock  time.Duration // since midnight on a later day, else since the beginning
}

// between is how long after the line above a line without a time comes.
const between = 15 * time.Second

// readScript reads a script. The error says which line is wrong.
func readScript(text string) (script, error) {
	var (
		s    script
		head = true
		now  scripted
		in   = bufio.NewScanner(strings.NewReader(text))
	)
	for n := 1; in.Scan(); n++ {
		line := in.Text()
		var err error
		switch {
		case strings.TrimSpace(line) == "":
			head = false
		case head:
			err = s.readHead(line)
		default:
			if now, err = now.next(line); err == nil && now.text != "" {
				now.number = n
				s.lines = append(s.lines, now)
			}
		}
		if err != nil {
			return script{}, fmt.Errorf("line %d: %w", n, err)
		}
	}
	return s, in.Err()
}

func (s *script) readHead(line string) error {
	key, value, _ := strings.Cut(line, ": ")
	switch key {
	case "Customer":
		s.customer = value
	case "Playbook":
		s.playbook = value
	case "Debrief":
		minutes, err := strconv.Atoi(strings.TrimSuffix(value, " minutes after"))
		s.after = time.Duration(minutes) * time.Minute
		return err
	case "Began":
		return s.began.read(value)
	default:
		return fmt.Errorf("%q is not known in the head of a script", key)
	}
	return nil
}

func (m *moment) read(value string) error {
	if minutes, ok := strings.CutSuffix(value, " minutes ago"); ok {
		m.fromNow = true
		var err error
		m.minutesAgo, err = strconv.Atoi(minutes)
		return err
	}
	days, clock, ok := strings.Cut(value, " days ago at ")
	if !ok {
		return fmt.Errorf("%q is not like “44 days ago at 9:30” or “24 minutes ago”", value)
	}
	var err error
	if m.daysAgo, err = strconv.Atoi(days); err != nil {
		return err
	}
	m.clock, err = readClock(clock)
	return err
}

// next reads the line after one. A line that only says when the next ones come has no text.
func (l scripted) next(line string) (scripted, error) {
	if later, ok := strings.CutPrefix(line, "--- "); ok {
		days, clock, _ := strings.Cut(strings.Replace(later, "1 day ", "1 days ", 1), " days later at ")
		var err error
		if l.days, err = strconv.Atoi(days); err != nil {
			return l, err
		}
		l.text = ""
		l.clock, err = readClock(clock)
		return l, err
	}
	if line[0] == ' ' {
		l.clock += between
		l.text = strings.TrimSpace(line)
		return l, nil
	}
	clock, text, _ := strings.Cut(line, " ")
	at, err := readClock(clock)
	if err == nil && at < l.clock {
		err = errors.New("it comes before the line above")
	}
	return scripted{text: strings.TrimSpace(text), clock: at}, err
}

func readClock(s string) (time.Duration, error) {
	hours, minutes, _ := strings.Cut(s, ":")
	h, err := strconv.Atoi(hours)
	if err != nil {
		return 0, err
	}
	m, err := strconv.Atoi(minutes)
	return time.Duration(h)*time.Hour + time.Duration(m)*time.Minute, err
}

// start returns when an interview began, seen from now and in its zone. Nobody meets at the
// weekend: such a meeting was on the Friday before.
func (m moment) start(now time.Time) time.Time {
	if m.fromNow {
		return now.Add(-time.Duration(m.minutesAgo) * time.Minute)
	}
	at := onDay(now.AddDate(0, 0, -m.daysAgo), m.clock)
	switch at.Weekday() {
	case time.Saturday:
		return at.AddDate(0, 0, -1)
	case time.Sunday:
		return at.AddDate(0, 0, -2)
	case time.Monday, time.Tuesday, time.Wednesday, time.Thursday, time.Friday:
	}
	return at
}

// onDay returns a time of day on the day of t.
func onDay(t time.Time, clock time.Duration) time.Time {
	y, m, d := t.Date()
	return time.Date(y, m, d, 0, int(clock.Minutes()), int(clock.Seconds())%60, 0, t.Location())
}

// at returns when a line was typed in an interview that began at start.
func (l scripted) at(start time.Time) time.Time {
	if l.days > 0 {
		return onDay(start.AddDate(0, 0, l.days), l.clock)
	}
	return start.Add(l.clock)
}

// beginning is what the interview begins with at the time start.
func (s script) beginning(guide interview.Playbook, start time.Time) interview.Beginning {
	b := interview.Beginning{Customer: s.customer, Playbook: guide, Debrief: s.after > 0}
	if b.Debrief {
		b.MetUntil = start.Add(-s.after)
	}
	return b
}

// act enters all lines of the script in an account that began at start. What the gate refuses is in
// the account as a thought, as it would be in life.
func (s script) act(a *notebook.Account, start time.Time) error {
	for _, l := range s.lines {
		at := l.at(start)
		action, err := capture.Parse(l.text, at)
		if err == nil {
			err = a.Apply(action, at, notebook.Live)
		}
		var refusal *interview.Error
		if err != nil && !(errors.As(err, &refusal) && refusal.Line > 0) {
			return fmt.Errorf("line %d: %w", l.number, err)
		}
	}
	return nil
}
