package capture_test

import (
	"bufio"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"hark/internal/capture"
	"hark/internal/interview"
	"hark/internal/language"
)

// dayCase is one row of testdata/days.txt.
type dayCase struct {
	line     string
	language language.Language
	want     string // "Fri 27 Nov", "Fri 27 Nov? Fri 4 Dec?", "no day", "text"
	text     string // that is kept, "" for the usual one
}

func dayCases(t *testing.T) []dayCase {
	f, err := os.Open(filepath.Join("testdata", "days.txt"))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	var all []dayCase
	for sc := bufio.NewScanner(f); sc.Scan(); {
		row := strings.Split(sc.Text(), " | ")
		if len(row) < 2 || strings.HasPrefix(row[0], "#") {
			continue
		}
		var c dayCase
		if l, rest, ok := strings.Cut(strings.TrimPrefix(row[0], "["), "] "); ok && row[0][0] == '[' {
			c.language, row[0] = language.Language(l), rest
		}
		c.line, c.want = "send it "+row[0], row[1]
		if len(row) > 2 {
			c.text = row[2]
		}
		all = append(all, c)
	}
	return all
}

// dayWords says what a promise is read as, as the table does.
func readAs(p interview.Promises) string {
	words := func(d interview.Date) string { return strings.TrimSuffix(d.Words(), " 2026") }
	switch {
	case !p.Due.IsZero():
		return words(p.Due)
	case p.Doubt.IsZero():
		return "text"
	case len(p.Doubt.Readings) == 0:
		return "no day"
	}
	all := make([]string, len(p.Doubt.Readings))
	for i, d := range p.Doubt.Readings {
		all[i] = words(d) + "?"
	}
	return strings.Join(all, " ")
}

// Every word behind "due" or "by" becomes a day, a doubt that is shown, or is said
// to be no day.
func TestDays(t *testing.T) {
	announced := 0
	for _, c := range dayCases(t) {
		in := capture.Context{Day: interview.DateOf(now), Language: c.language}
		got, err := in.Parse("+" + c.line)
		if err != nil {
			t.Errorf("%s: %v", c.line, err)
			continue
		}
		p, _ := got.(interview.Promises)
		text := c.text
		switch {
		case text != "":
		case c.want == "text" || !p.Doubt.IsZero():
			text = c.line
		default:
			text = "send it"
		}
		if as := readAs(p); as != c.want || p.Text != text {
			t.Errorf("%q [%s] is read as %s, %q; want %s, %q", c.line, c.language, as, p.Text, c.want, text)
		}
		if !p.Doubt.IsZero() && !strings.Contains(p.Text, p.Doubt.Words) {
			t.Errorf("%q: %q is in doubt and not in the text %q", c.line, p.Doubt.Words, p.Text)
		}
		if c.want != "text" {
			announced++
		}
		for _, line := range []string{"+" + c.line + " #x @tom", "@Ana +@tom " + c.line} {
			around, err := in.Parse(line)
			q, _ := around.(interview.Promises)
			if err != nil || q.Due != p.Due || !cmp.Equal(q.Doubt, p.Doubt) || q.Owner != "tom" || q.Text != p.Text {
				t.Errorf("%q is read as %+v, %v; want the day of %+v", line, q, err, p)
			}
		}
	}
	if announced < 250 {
		t.Errorf("only %d wordings were tried", announced)
	}
}

// A day that is told from the end of the week, or from its own name, is right on
// whichever day it is typed.
func TestDaysFromEachDayOfTheWeek(t *testing.T) {
	for from := range 7 {
		today := now.AddDate(0, 0, from)
		in := capture.Context{Day: interview.DateOf(today)}
		due := func(words string) interview.Date {
			t.Helper()
			got, err := in.Parse("+call due " + words)
			p, ok := got.(interview.Promises)
			if err != nil || !ok {
				t.Fatalf("%s: %v", words, err)
			}
			if len(p.Doubt.Readings) > 0 {
				return p.Doubt.Readings[0]
			}
			return p.Due
		}
		for to := range 7 {
			weekday := time.Weekday((int(today.Weekday()) + to) % 7)
			ahead := to
			if to == 0 {
				ahead = 7
			}
			if got, want := due(weekday.String()), interview.DateOf(today.AddDate(0, 0, ahead)); got != want {
				t.Errorf("%v on a %v is %v, want %v", weekday, today.Weekday(), got, want)
			}
			next := due(weekday.String() + " next week")
			if days := int(next.Time().Sub(in.Day.Time()).Hours() / 24); next.Time().Weekday() != weekday || days < 1 || days > 13 {
				t.Errorf("%v next week on a %v is %v, %d days on", weekday, today.Weekday(), next, days)
			}
		}
		for words, within := range map[string][2]int{"next week": {5, 11}, "this week": {0, 6}, "end of the week": {0, 6}} {
			got := due(words)
			days := int(got.Time().Sub(in.Day.Time()).Hours() / 24)
			if days < within[0] || days > within[1] {
				t.Errorf("%s on a %v is %v, %d days on", words, today.Weekday(), got, days)
			}
		}
	}
}

func TestDaysAtTheEndOfMonths(t *testing.T) {
	for _, c := range []struct {
		now  time.Time
		due  string
		want interview.Date
	}{
		{time.Date(2027, 1, 31, 0, 0, 0, 0, time.UTC), "in a month", day(2027, 2, 28)},
		{time.Date(2028, 1, 31, 0, 0, 0, 0, time.UTC), "in a month", day(2028, 2, 29)},
		{time.Date(2027, 1, 31, 0, 0, 0, 0, time.UTC), "the 30th", day(2027, 3, 30)},
		{time.Date(2027, 1, 31, 0, 0, 0, 0, time.UTC), "end of month", day(2027, 1, 31)},
		{time.Date(2027, 1, 31, 0, 0, 0, 0, time.UTC), "end of next month", day(2027, 2, 28)},
		{time.Date(2026, 12, 31, 0, 0, 0, 0, time.UTC), "tomorrow", day(2027, 1, 1)},
		{time.Date(2026, 12, 31, 0, 0, 0, 0, time.UTC), "week 53", day(2027, 1, 1)},
		{time.Date(2027, 1, 4, 0, 0, 0, 0, time.UTC), "week 1", day(2027, 1, 8)},
		{time.Date(2028, 2, 29, 0, 0, 0, 0, time.UTC), "29 feb", day(2028, 2, 29)},
		{time.Date(2103, 7, 1, 0, 0, 0, 0, time.UTC), "29 feb", day(2104, 2, 29)},
	} {
		got, err := capture.Parse("+call due "+c.due, c.now)
		if d := cmp.Diff(interview.Action(interview.Promises{Text: "call", Due: c.want}), got); d != "" || err != nil {
			t.Errorf("%s from %v: %v\n%s", c.due, c.now, err, d)
		}
	}
}

// In a debrief days count from the meeting, in the zone of the computer that is typed on.
func TestDaysOfADebriefCountFromTheMeeting(t *testing.T) {
	met := time.Date(2026, time.November, 20, 23, 30, 0, 0, time.UTC) // a Friday, and Saturday in the east
	east := time.FixedZone("east", 3*60*60)
	for _, c := range []struct {
		iv   *interview.Interview
		want interview.Date
	}{
		{&interview.Interview{StartedAt: met}, day(2026, 11, 25)},
		{&interview.Interview{StartedAt: now, Debrief: true, MetUntil: met}, day(2026, 11, 22)},
		{&interview.Interview{StartedAt: met, Debrief: true}, day(2026, 11, 22)},
	} {
		got, err := capture.In(c.iv, now.In(east)).Parse("+call due tomorrow")
		if d := cmp.Diff(interview.Action(interview.Promises{Text: "call", Due: c.want}), got); d != "" || err != nil {
			t.Errorf("%+v: %v\n%s", c.iv, err, d)
		}
	}
}

// A person of the interview behind "by" does something, and is no day.
func TestByAPersonIsText(t *testing.T) {
	in := capture.Context{Day: interview.DateOf(now), People: []interview.Person{{Name: "May Li"}, {Name: "ana ruiz"}}}
	for _, text := range []string{"have it checked by Ana", "get it read by ana ruiz first", "signed by May"} {
		got, err := in.Parse("+" + text)
		if d := cmp.Diff(interview.Action(interview.Promises{Text: text}), got); d != "" || err != nil {
			t.Errorf("%s: %v\n%s", text, err, d)
		}
	}
}

// What only tells of a day is text, and nothing is said of it.
func TestTextWithoutADay(t *testing.T) {
	for _, text := range []string{
		"pay the fee due", "do due diligence", "ask what is due to them", "find the due date", "pay what is due soon",
		"say what was due last friday", "say it was due friday at their place", "say what was due yesterday", "do it overdue",
		"tell him what is due in", "ask which is due next", "learn what falls due a", "do it day by day", "come by train",
		"send the list", "send the list of friday", "tell what came from last friday", "clean the hall every monday", "clean it on sundays",
		"sit in the sun", "send what they sat", "count 3 marks", "call by 5 cars", "send it yesterday", "give them money", "the meeting was friday",
		"x due", "by and by", "drop by", `send it \by nextmonth`, `send it \due friday`, `call \tomorrow`, `send it on \friday`,
	} {
		got, err := capture.Parse("+"+text, now)
		want := strings.ReplaceAll(text, `\`, "")
		if d := cmp.Diff(interview.Action(interview.Promises{Text: want}), got); d != "" || err != nil {
			t.Errorf("%q: %v\n%s", text, err, d)
		}
	}
}

// A name has no place for a doubt: what is behind "due" or "by" there is a day, or
// refused with the days that it can be.
func TestNoDoubtInADepartment(t *testing.T) {
	for typed, want := range map[string]capture.Error{
		"mkt due tomoorow":           {Reason: "“due tomoorow” may be Wed 25 Nov 2026", Nearest: "due 2026-11-25"},
		"mkt due by firday @tom":     {Reason: "“due by firday” may be Fri 27 Nov 2026", Nearest: "due 2026-11-27"},
		"mkt due next friday":        {Reason: "“due next friday” can be Fri 27 Nov 2026 or Fri 4 Dec 2026", Nearest: "due 2026-11-27 or due 2026-12-04"},
		"mkt due friday 15:00":       {Reason: "“due friday 15:00” has a time of day, and only a day is kept here", Nearest: "due 2026-11-27"},
		"mkt due whenever":           {Reason: "There is no day in “due whenever”", Nearest: "due friday, due 3 dec or due 2026-12-03"},
		"mkt by the audit":           {Reason: "There is no day in “by the audit”", Nearest: "due friday, due 3 dec or due 2026-12-03"},
		"mkt due tomoorow due whene": {Reason: "“due tomoorow” may be Wed 25 Nov 2026", Nearest: "due 2026-11-25"},
	} {
		got, err := capture.Parse("/route 2 "+typed, now)
		var refused *capture.Error
		if !errors.As(err, &refused) || *refused != want {
			t.Errorf("/route 2 %s = %+v, %v; want %v", typed, got, err, want)
		}
	}
	for typed, want := range map[string]interview.Carry{
		`made \by friday`:     {Department: "made by friday"},
		`\due \\by friday`:    {Department: `due \by friday`},
		"standby":             {Department: "standby"},
		"made by hand":        {Department: "made by hand"},
		"friday shift":        {Department: "friday shift"},
		`mkt \due friday`:     {Department: "mkt due friday"},
		"mkt due end of week": {Department: "mkt", Due: day(2026, 11, 27)},
		"mkt due friday, ok":  {Department: "mkt ok", Due: day(2026, 11, 27)},
	} {
		want.Problem = 2
		got, err := capture.Parse("/route 2 "+typed, now)
		if d := cmp.Diff(interview.Action(want), got); d != "" || err != nil {
			t.Errorf("/route 2 %s: %v\n%s", typed, err, d)
		}
		if again, err := capture.Parse(capture.Format(got), now); err != nil || cmp.Diff(got, again) != "" {
			t.Errorf("%+v is written as %q and read as %+v, %v", got, capture.Format(got), again, err)
		}
	}
}

// A correction is read as that of a promise too, for its number alone does not
// say what it corrects.
func TestFixReadsADay(t *testing.T) {
	for text, want := range map[string]*interview.Owed{
		"send the list":                  nil,
		"send the list due 3 dec":        {Text: "send the list", Due: day(2026, 12, 3)},
		"send the list by friday":        {Text: "send the list", Due: day(2026, 11, 27)},
		"due friday":                     {Due: day(2026, 11, 27)},
		"due next friday":                {Doubt: doubt("due next friday", day(2026, 11, 27), day(2026, 12, 4))},
		`say that it was \due friday`:    {Text: "say that it was due friday"},
		`say "\due friday" due 3 dec`:    {Text: `say "\due friday"`, Due: day(2026, 12, 3)},
		"send the list by nextmonth":     {Text: "send the list by nextmonth", Doubt: doubt("by nextmonth", day(2026, 12, 31), day(2026, 12, 1))},
		"send the list asap":             nil,
		"they send it by friday":         {Text: "they send it", Due: day(2026, 11, 27), Owner: "them"},
		"we send it":                     {Text: "we send it", Owner: "us"},
		"they want it by friday":         {Text: "they want it", Due: day(2026, 11, 27)},
		"send the list due asap":         {Text: "send the list due asap", Doubt: doubt("due asap")},
		"send the list due 31 february.": {Text: "send the list due 31 february.", Doubt: doubt("due 31 february", day(2027, 2, 28))},
	} {
		got, err := capture.Parse("/fix 4 "+text, now)
		if d := cmp.Diff(interview.Action(interview.Fix{Number: 4, Text: text, Owed: want}), got); d != "" || err != nil {
			t.Errorf("/fix 4 %s: %v\n%s", text, err, d)
		}
	}
	for _, p := range []interview.Promise{
		{Number: 4, Text: "send the list"},
		{Number: 4, Text: "send the list", Due: day(2026, 12, 3)},
		{Number: 4, Text: "say that it was due friday"},
		{Number: 4, Text: "tell him it is due friday", Due: day(2026, 12, 3)},
		{Number: 4, Text: "call tomorrow by next week", Due: day(2026, 12, 3)},
		{Number: 4, Text: "call tomorrow by next friday", Doubt: doubt("by next friday", day(2026, 11, 27), day(2026, 12, 4))},
	} {
		got, err := capture.Parse(capture.Correction(p), now)
		fix, _ := got.(interview.Fix)
		if fix.Owed == nil {
			fix.Owed = &interview.Owed{Text: fix.Text}
		}
		if d := cmp.Diff(&interview.Owed{Text: p.Text, Due: p.Due, Doubt: p.Doubt}, fix.Owed); d != "" || err != nil {
			t.Errorf("%+v is brought as %q: %v\n%s", p, capture.Correction(p), err, d)
		}
	}
}

func doubt(words string, days ...interview.Date) interview.DayDoubt {
	return interview.DayDoubt{Words: words, Readings: days}
}

// /due takes what is typed behind due, and nothing that is in doubt.
func TestDueIsSettled(t *testing.T) {
	for line, want := range map[string]interview.Fix{
		"/due 4 friday": {Number: 4, Due: due(2026, 11, 27)}, "/due 4: due 4 dec": {Number: 4, Due: due(2026, 12, 4)},
		"/due 4 by next week": {Number: 4, Due: due(2026, 12, 4)}, "/due 4 none": {Number: 4, Due: &interview.Date{}}, "/due 4 no day": {Number: 4, Due: &interview.Date{}},
	} {
		got, err := capture.Parse(line, now)
		if d := cmp.Diff(interview.Action(want), got); d != "" || err != nil {
			t.Errorf("%s: %v\n%s", line, err, d)
		}
	}
}

// Only a promise and a route have a due date.
func TestDueElsewhereIsText(t *testing.T) {
	for _, mark := range []string{"", `"`, "!", "~", ">", "?"} {
		got, err := capture.Parse(mark+`it was due friday, \due monday`, now)
		var text string
		switch a := got.(type) {
		case interview.Add:
			text = a.Text
		case interview.Raise:
			text = a.Text
		}
		if err != nil || text != `it was due friday, \due monday` {
			t.Errorf("%q keeps %q: %v", mark, text, err)
		}
	}
}
