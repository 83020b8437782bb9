package screentest

import (
	_ "embed"
	"strings"
	"time"

	"hark/internal/capture"
	"hark/internal/interview"
)

// weeks are interviews: when each was, what its ID is called and with whom it was, and its lines.
//
//go:embed weeks.txt
var weeks string

// Weeks fills the notebook with some weeks of interviews: two with Harbour Welding, one with Café
// Lumière and one with Nordwind Logistik, with themes, promises both ways, routes and advisers.
// Afterwards it is 20 November 2026, 14:30. The IDs are under harbour, again, cafe and nordwind.
func (d *Desk) Weeks() map[string]interview.ID {
	d.t.Helper()
	d.Env.Departments = []string{"engineering", "marketing", "accounting", "administration", "leadership"}
	ids := map[string]interview.ID{}
	for text := range strings.SplitSeq(weeks, "\n\n") {
		first, lines, _ := strings.Cut(text, "\n")
		head := strings.SplitN(first, " ", 4)
		began, err := time.Parse(time.DateOnly+" 15:04", head[0]+" "+head[1])
		if err != nil {
			d.t.Fatal(err)
		}
		d.clock.set(began)
		id := d.Begin(head[3])
		ids[head[2]] = id
		for line := range strings.Lines(lines) {
			action, err := capture.Parse(strings.TrimSpace(line), began)
			if err != nil {
				d.t.Fatalf("%q: %v", line, err)
			}
			d.Do(id, action)
		}
	}
	d.At(2026, 11, 20, 14, 30)
	return ids
}

// Hostile fills the notebook with control sequences, invisible characters and other attacks
// wherever a user can type text. Names are cut to the length of names.
func (d *Desk) Hostile() {
	d.t.Helper()
	for i, text := range []string{
		"\x1b]0;owned\x07 title", "\x1b[2J\x1b[H screen", "a tab\there", "\u202egnol a", "x\u0000y", "\x9b31m", "\u200b\u200b none",
		"e\u0301\u0301\u0301", "焼け直しが毎日あります", strings.Repeat("w", 300), "👩‍👩‍👧‍👦🇩🇪 flags",
	} {
		name := strings.ToValidUTF8(text[:min(len(text), 60)], "?")
		d.At(2026, 11, 1+i, 9, 0)
		id := d.Begin("Yard " + name)
		for _, a := range []interview.Action{
			interview.Introduce{Name: "Al " + name, Role: text}, interview.Introduce{Name: "Us " + name, Role: text, Side: interview.Ours},
			interview.Raise{Text: text, Quoted: true, Speaker: "Al " + name, Themes: []string{"t" + name}},
			interview.Raise{Text: "again and twice " + text, Quoted: true, Speaker: "Al " + name},
			interview.Add{Kind: interview.Quote, Text: "said " + text, Speaker: "Al " + name, Themes: []string{"t" + name}},
			interview.Weigh{Problem: 1, HowOften: &text, Costs: &text, Bears: &text, Tried: &text, Wants: &text},
			interview.PlayBack{Problem: 1, Answer: interview.Yes, By: "Al " + name},
			interview.SetAdviser{Name: "Al " + name, Joins: true},
			interview.SetAside{Problem: 2, Reason: text},
			interview.AskLeftOut{Text: text}, interview.Solve{Problems: []interview.Number{1}, Text: text},
			interview.Promises{Text: text, Owner: "Us " + name}, interview.Promises{Text: text, Owner: "Al " + name},
			interview.Carry{Problem: 1, Department: text, Owner: "Us " + name},
			interview.AnswerRoute{Number: 6, Text: text}, interview.End{},
		} {
			d.Try(id, a)
		}
	}
	d.At(2026, 11, 20, 14, 30)
}
