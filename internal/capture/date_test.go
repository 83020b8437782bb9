package capture_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"hark/internal/capture"
	"hark/internal/interview"
)

// now is Tuesday, 24 November 2026.
func TestDueDates(t *testing.T) {
	for _, c := range []struct {
		due  string
		want interview.Date
	}{
		{"today", day(2026, 11, 24)},
		{"Today.", day(2026, 11, 24)},
		{"tomorrow", day(2026, 11, 25)},
		{"yesterday", day(2026, 11, 23)},
		{"last monday", day(2026, 11, 23)},
		{"last tue", day(2026, 11, 17)}, // strictly before today
		{"last friday", day(2026, 11, 20)},
		{"wed", day(2026, 11, 25)},
		{"weds", day(2026, 11, 25)},
		{"thurs", day(2026, 11, 26)},
		{"friday", day(2026, 11, 27)},
		{"FRI", day(2026, 11, 27)},
		{"on friday!", day(2026, 11, 27)},
		{"by friday", day(2026, 11, 27)},
		{"this friday", day(2026, 11, 27)},
		{"sunday", day(2026, 11, 29)},
		{"monday", day(2026, 11, 30)},
		{"tuesday", day(2026, 12, 1)}, // strictly after today
		{"next week", day(2026, 12, 4)},
		{"nextweek", day(2026, 12, 4)},
		{"Next-Week.", day(2026, 12, 4)},
		{"in 3 days", day(2026, 11, 27)},
		{"in a day", day(2026, 11, 25)},
		{"in 2 weeks", day(2026, 12, 8)},
		{"in one week", day(2026, 12, 1)},
		{"in a month", day(2026, 12, 24)},
		{"in 14 months", day(2028, 1, 24)},
		{"3 dec", day(2026, 12, 3)},
		{"3rd dec", day(2026, 12, 3)},
		{"3. december", day(2026, 12, 3)},
		{"on the 3rd of December", day(2026, 12, 3)},
		{"dec 3", day(2026, 12, 3)},
		{"24 nov", day(2026, 11, 24)}, // from today on
		{"23 november", day(2027, 11, 23)},
		{"1 sept", day(2027, 9, 1)},
		{"29 feb", day(2028, 2, 29)},
		{"3 december 2027", day(2027, 12, 3)},
		{"dec 3, 2027", day(2027, 12, 3)},
		{"3 dec 2020", day(2020, 12, 3)},
		{"2026-12-03", day(2026, 12, 3)},
		{"2026-2-3", day(2026, 2, 3)},
		{"3.12.", day(2026, 12, 3)},
		{"3.12", day(2026, 12, 3)},
		{"03.12.2027", day(2027, 12, 3)},
	} {
		for _, line := range []string{"+send it due " + c.due, "+send it DUE: " + c.due + " #x @tom"} {
			got, err := capture.Parse(line, now)
			if err != nil {
				t.Errorf("Parse(%q): %v", line, err)
				continue
			}
			p, ok := got.(interview.Promises)
			if !ok || p.Due != c.want || p.Text != "send it" {
				t.Errorf("Parse(%q) = %+v, want it due %v", line, got, c.want)
			}
		}
	}
}

func TestDueWeekdays(t *testing.T) {
	for from := range 7 {
		today := now.AddDate(0, 0, from)
		for to := range 7 {
			weekday := time.Weekday((int(today.Weekday()) + to) % 7)
			ahead := to
			if to == 0 {
				ahead = 7
			}
			got, err := capture.Parse("+call due "+weekday.String(), today)
			want := interview.Promises{Text: "call", Due: interview.DateOf(today.AddDate(0, 0, ahead))}
			if d := cmp.Diff(interview.Action(want), got); d != "" || err != nil {
				t.Errorf("%v on a %v: %v\n%s", weekday, today.Weekday(), err, d)
			}
		}
		got, err := capture.Parse("+call due next week", today)
		if err != nil {
			t.Fatal(err)
		}
		p, ok := got.(interview.Promises)
		if days := int(p.Due.Time().Sub(interview.DateOf(today).Time()).Hours() / 24); !ok || p.Due.Time().Weekday() != time.Friday || days < 5 || days > 11 {
			t.Errorf("next week on a %v is %v, %d days on", today.Weekday(), p.Due, days)
		}
	}
}

func TestDueMonthsEnd(t *testing.T) {
	for _, c := range []struct {
		now  time.Time
		due  string
		want interview.Date
	}{
		{time.Date(2027, 1, 31, 0, 0, 0, 0, time.UTC), "in a month", day(2027, 2, 28)},
		{time.Date(2028, 1, 31, 0, 0, 0, 0, time.UTC), "in a month", day(2028, 2, 29)},
		{time.Date(2026, 12, 31, 0, 0, 0, 0, time.UTC), "tomorrow", day(2027, 1, 1)},
		{time.Date(2028, 2, 29, 0, 0, 0, 0, time.UTC), "29 feb", day(2028, 2, 29)},
		{time.Date(2096, 3, 1, 0, 0, 0, 0, time.UTC), "29 feb", day(2104, 2, 29)},
	} {
		got, err := capture.Parse("+call due "+c.due, c.now)
		if d := cmp.Diff(interview.Action(interview.Promises{Text: "call", Due: c.want}), got); d != "" || err != nil {
			t.Errorf("%s from %v: %v\n%s", c.due, c.now, err, d)
		}
	}
}

// What looks like a date and is none is refused with the right form.
func TestDueErrors(t *testing.T) {
	const forms = "due friday, due 3 dec or due 2026-12-03"
	for _, c := range []struct{ due, reason, nearest string }{
		{"31 feb", "There is no 31 February", "due 28 feb"},
		{"0 dec", "There is no 0 December", "due 31 dec"},
		{"31 june 2027", "There is no 31 June 2027", "due 30 jun 2027"},
		{"29 feb 2027", "There is no 29 February 2027", "due 28 feb 2027"},
		{"2026-13-01", "There is no 2026-13-01", "due 2026-01-13"},
		{"2026-13-32", "There is no 2026-13-32", forms},
		{"2026-02-30", "There is no 30 February 2026", "due 2026-02-28"},
		{"31.2.", "There is no 31 February", "due 28 feb"},
		{"31.2.2027", "There is no 31 February 2027", "due 28.2.2027"},
		{"3.12.27", "A year has four digits", "due 3.12.2027"},
		{"3 dec 27", "A year has four digits", "due 3 dec 2027"},
		{"12.30.", "“12.30” is not a day that hark knows", forms},
		{"2026/12/03", "“2026/12/03” is not how hark writes a date", "due 2026-12-03"},
		{"2026.12.03", "“2026.12.03” is not how hark writes a date", "due 2026-12-03"},
		{"3/12", "“3/12” could be 3 December or 12 March", "due 3 dec or due 12 mar"},
		{"3/12/27", "“3/12/27” could be 3 December or 12 March", "due 3 dec 2027 or due 12 mar 2027"},
		{"3-12-2027", "“3-12-2027” could be 3 December or 12 March", "due 3 dec 2027 or due 12 mar 2027"},
		{"25/12", "hark wants the month of a date as a word", "due 25 dec"},
		{"3/3", "hark wants the month of a date as a word", "due 3 mar"},
		{"99/99", "“99/99” is not a day that hark knows", forms},
		{"15", "“15” has no month", `due 15 nov, or \due 15 to keep it as words`},
		{"the 31st", "“31st” has no month", `due 31 dec, or \due 31st to keep it as words`},
		{"in march", "“in march” is not a day that hark knows", forms},
		{"march", "“march” has no day", "due 1 march"},
		{"march 2027", "“march 2027” has no day", "due 1 march 2027"},
		{"next friday", "“next friday” could be two days", "due friday or due 2026-12-04"},
		{"next month", "“next month” is not a day that hark knows", forms},
		{"3 weeks", "“3 weeks” needs an “in”", "due in 3 weeks"},
		{"friday 13", "“friday 13” is not a day that hark knows", forms},
		{"tomorrow morning", "hark keeps the day of a promise, not the time", "due tomorrow"},
		{"friday at 5pm", "hark keeps the day of a promise, not the time", "due friday"},
		{"31 feb at noon", "There is no 31 February", "due 28 feb"},
	} {
		for _, line := range []string{"+send it due " + c.due, "+send it due " + c.due + " @tom #x"} {
			got, err := capture.Parse(line, now)
			var refused *capture.Error
			if !errors.As(err, &refused) {
				t.Errorf("Parse(%q) = %+v, %v; want an Error", line, got, err)
				continue
			}
			if d := cmp.Diff(&capture.Error{Reason: c.reason, Nearest: c.nearest}, refused); d != "" {
				t.Errorf("Parse(%q) (-want +got):\n%s", line, d)
			}
		}
		// The way out: a backslash makes the same words text.
		got, err := capture.Parse(`+send it \due `+c.due, now)
		if d := cmp.Diff(interview.Action(interview.Promises{Text: "send it due " + c.due}), got); d != "" || err != nil {
			t.Errorf("\\due %s: %v\n%s", c.due, err, d)
		}
	}
}

// What does not look like a date is text.
func TestNotDue(t *testing.T) {
	for _, text := range []string{
		"pay the fee due", "do due diligence", "ask what is due to them", "due date", "pay what is due soon",
		"say what was due last friday", "say it was due friday at their place", "pay the amount due 500", "pay the 45 due 45.50",
		"pay all of 500€ due 500€", "the overdue friday", "find out the due day", "tell him what is due in", "ask which is due next",
		"learn what falls due a", "it is due 3 5", "call when it is due 5pm", "due dilligence friday", "the residue friday",
		"say what was due yesterday", "ask why it is due last friday", "cut the scrap by 15", "it comes down by 2 weeks", "raise it by 3.5",
		"cut it by 3/4", "drop by on friday", "cut the stop by a day", "cut it by half a day", "do it day by day", "pay by the week",
		"do it by hand", "have it checked by Mandy", "learn it by the end", "ask what is due next month by mail", "come by train",
		`send it \by nextmonth`, "done by ana", "leave by noon", "by and by",
		"x due 1.2.3.4", "x due 12345-1-1", "x due fr", "x due ...", "x due 70000",
	} {
		got, err := capture.Parse("+"+text, now)
		if d := cmp.Diff(interview.Action(interview.Promises{Text: text}), got, remarks()); d != "" || err != nil {
			t.Errorf("%q: %v\n%s", text, err, d)
		}
	}
}

// Behind "by" stands a day, too, as long as it can be nothing else.
func TestBy(t *testing.T) {
	for words, want := range map[string]interview.Date{
		"friday": day(2026, 11, 27), "the 3rd of december": day(2026, 12, 3), "3 dec 2027": day(2027, 12, 3), "tomorrow": day(2026, 11, 25),
		"2026-12-03": day(2026, 12, 3), "3.12.2026": day(2026, 12, 3), "next week": day(2026, 12, 4), "nextweek": day(2026, 12, 4), "dec 3": day(2026, 12, 3),
	} {
		got, err := capture.Parse("+send it by "+words, now)
		if d := cmp.Diff(interview.Action(interview.Promises{Text: "send it", Due: want}), got); d != "" || err != nil {
			t.Errorf("by %s: %v\n%s", words, err, d)
		}
	}
	for _, words := range []string{"31 feb", "next friday", "friday at 5pm", "the 15th", "3/12/2026"} {
		if got, err := capture.Parse("+send it by "+words, now); err == nil {
			t.Errorf("by %s is kept as %+v", words, got)
		}
	}
}

// What sounds like a day and is none stays in the text, and is named.
func TestUndated(t *testing.T) {
	for _, words := range []string{
		"nextmonth", "next month", "the end of next month", "end of the month", "April", "jan", "mid-december", "mid december", "the weekend", "Christmas",
		"nextfriday", "firday", "tomorow", "wensday", "friday latest", "Q3", "eom", "end-of-month", "next year",
	} {
		for _, line := range []string{"+send it by " + words, "+send it by " + words + ". #x @tom", "@Ana +@tom send it by " + words} {
			got, err := capture.Parse(line, now)
			p, ok := got.(interview.Promises)
			if err != nil || !ok || p.Undated != words || !strings.HasPrefix(p.Text, "send it by "+words) || !p.Due.IsZero() {
				t.Errorf("Parse(%q) = %+v, %v; want it undated", line, got, err)
			}
		}
	}
	for _, line := range []string{"+send it due nextmonth", "+send it due by nextmonth", "+send it due: nextmonth"} {
		got, err := capture.Parse(line, now)
		var words string
		switch a := got.(type) {
		case interview.Promises:
			words = a.Undated
		}
		if words != "nextmonth" {
			t.Errorf("Parse(%q) = %+v, %v; want it undated", line, got, err)
		}
	}
	got, err := capture.Parse("+send it by nextmonth by friday", now)
	if p, ok := got.(interview.Promises); !ok || p.Due != day(2026, 11, 27) || p.Undated != "" {
		t.Errorf("with a day behind it: %+v, %v", got, err)
	}
}

// A day without "due" or "by" is no date; hark says so, and what to type for one.
func TestBareDayIsNoted(t *testing.T) {
	for words, meant := range map[string]string{
		"nextweek": "due next week", "next week": "due next week", "tomorrow": "due tomorrow", "friday": "due friday", "Friday.": "due friday",
		"on Friday": "due friday", "before friday": "due friday", "until friday": "due friday", "on wed": "due wed", "this friday": "due this friday",
		"3 dec": "due 3 dec", "on the 3rd of december": "due 3rd december", "in 2 weeks": "due in 2 weeks", "tomorrow morning": "due tomorrow",
		"next friday": "", "this week": "", "next month": "", "tomorow": "due tomorrow", "on firday": "due friday", "nextwek": "due next week",
		"by nextwek": "due next week", "by eod friday": "due friday", "by eod": "due today", "by 3 decc": "due 3 dec", "by firday": "due friday",
		"by the weekend": "", "due tomorow": "due tomorrow",
	} {
		for _, line := range []string{"+send the list " + words, "@Ana +send the list " + words + " #x @tom"} {
			got, err := capture.Parse(line, now)
			p, ok := got.(interview.Promises)
			noted := strings.TrimPrefix(strings.TrimPrefix(strings.TrimSuffix(words, "."), "by "), "due ")
			if err != nil || !ok || p.Undated != noted || p.Meant != meant || !p.Due.IsZero() || p.Text != "send the list "+words {
				t.Errorf("Parse(%q) = %+v, %v; want %q for %q", line, got, err, meant, noted)
			}
		}
	}
	for _, text := range []string{
		"send the list", "send the list of friday", "tell what came from last friday", "clean the hall every monday", "clean it on sundays", "sit in the sun",
		"send what they sat", "count 3 marks", "call by 5 cars", "send it yesterday", `send it \due friday`, "give them money", "the meeting was friday",
	} {
		got, err := capture.Parse("+"+text, now)
		if p, ok := got.(interview.Promises); err != nil || !ok || p.Undated != "" || p.Meant != "" {
			t.Errorf("Parse(%q) = %+v, %v; want nothing noted", text, got, err)
		}
	}
}

// No day that cannot be read becomes a part of a department's name.
func TestNoDayInADepartment(t *testing.T) {
	for typed, want := range map[string]capture.Error{
		"mkt due tomorow":            {"“tomorow” is not a day that hark knows", "due tomorrow"},
		"mkt due by tomorow @tom":    {"“tomorow” is not a day that hark knows", "due tomorrow"},
		"mkt due whenever":           {"“whenever” is not a day that hark knows", "due friday, due 3 dec or due 2026-12-03"},
		"mkt by nextmonth":           {"“nextmonth” is not a day that hark knows", "due friday, due 3 dec or due 2026-12-03"},
		"mkt by 3 decc":              {"“3 decc” is not a day that hark knows", "due 3 dec"},
		"mkt due":                    {"“due” has no day behind it", "due friday, due 3 dec or due 2026-12-03"},
		"due tomorow":                {"“tomorow” is not a day that hark knows", "due tomorrow"},
		"mkt due tomorow due friday": {"“tomorow” is not a day that hark knows", "due tomorrow"},
		"made by hand":               {"“hand” is not a day that hark knows", `due friday, due 3 dec or due 2026-12-03, or \by hand to keep it as words`},
	} {
		got, err := capture.Parse("/route 2 "+typed, now)
		var refused *capture.Error
		if !errors.As(err, &refused) || *refused != want {
			t.Errorf("/route 2 %s = %+v, %v; want %v", typed, got, err, want)
		}
	}
	for typed, want := range map[string]string{
		`made \by hand`: "made by hand", `\due \\by day`: `due \by day`, "standby": "standby", `mkt \due friday`: "mkt due friday",
	} {
		got, err := capture.Parse("/route 2 "+typed, now)
		if a, ok := got.(interview.Carry); err != nil || !ok || a.Department != want || !a.Due.IsZero() {
			t.Errorf("/route 2 %s = %+v, %v; want %q", typed, got, err, want)
		}
		if again, err := capture.Parse(capture.Format(got), now); err != nil || cmp.Diff(got, again) != "" {
			t.Errorf("%+v is written as %q and read as %+v, %v", got, capture.Format(got), again, err)
		}
	}
}

// A correction is read as that of a promise too, for its number alone does not
// say what it corrects.
func TestFixReadsADate(t *testing.T) {
	for text, want := range map[string]*interview.Owed{
		"send the list":                  nil,
		"send the list due 3 dec":        {Text: "send the list", Due: day(2026, 12, 3)},
		"send the list by friday":        {Text: "send the list", Due: day(2026, 11, 27)},
		"due friday":                     {Due: day(2026, 11, 27)},
		`say that it was \due friday`:    {Text: "say that it was due friday"},
		`say "\due friday" due 3 dec`:    {Text: `say "\due friday"`, Due: day(2026, 12, 3)},
		"send the list by nextmonth":     {Text: "send the list by nextmonth", Undated: "nextmonth"},
		"send the list due 31 february.": {Wrong: &interview.Error{Code: interview.Invalid, Message: "There is no 31 February", Next: "type due 28 feb"}},
	} {
		got, err := capture.Parse("/fix 4 "+text, now)
		if d := cmp.Diff(interview.Action(interview.Fix{Number: 4, Text: text, Owed: want}), got); d != "" || err != nil {
			t.Errorf("/fix 4 %s: %v\n%s", text, err, d)
		}
	}
	for _, p := range []interview.Promise{
		{Number: 4, Text: "send the list"}, {Number: 4, Text: "send the list", Due: day(2026, 12, 3)},
		{Number: 4, Text: "say that it was due friday"}, {Number: 4, Text: "say that it was due friday", Due: day(2026, 12, 3)},
	} {
		got, err := capture.Parse(capture.Correction(p), now)
		fix, _ := got.(interview.Fix)
		if fix.Owed == nil {
			fix.Owed = &interview.Owed{Text: fix.Text}
		}
		if d := cmp.Diff(&interview.Owed{Text: p.Text, Due: p.Due}, fix.Owed); d != "" || err != nil {
			t.Errorf("%+v is brought as %q: %v\n%s", p, capture.Correction(p), err, d)
		}
	}
}

// Only a promise and a route have a due date.
func TestDueElsewhereIsText(t *testing.T) {
	for _, sigil := range []string{"", `"`, "!", "~", ">", "?"} {
		got, err := capture.Parse(sigil+`it was due friday, \due monday`, now)
		var text string
		switch a := got.(type) {
		case interview.Add:
			text = a.Text
		case interview.Raise:
			text = a.Text
		}
		if err != nil || text != `it was due friday, \due monday` {
			t.Errorf("%q keeps %q: %v", sigil, text, err)
		}
	}
}
