package screentest

import (
	"strings"
	"time"

	"hark/internal/interview"
)

// Weeks fills the notebook with some weeks of interviews: two with Harbour Welding, one with Café
// Lumière and one with Nordwind Logistik, with themes, promises both ways, routes and advisers.
// Afterwards it is 20 November 2026, 14:30. The IDs are under harbour, again, cafe and nordwind.
func (d *Desk) Weeks() map[string]interview.ID {
	d.t.Helper()
	d.Env.Departments = []string{"engineering", "marketing", "accounting", "administration", "leadership"}
	of := func(s string) *string { return &s }
	bad := func(n int) *int { return &n }
	ids := map[string]interview.ID{}

	d.At(2026, 10, 6, 9, 0)
	id := d.Begin("Harbour Welding")
	ids["harbour"] = id
	d.Do(id,
		interview.Introduce{Name: "Ana Ruiz", Role: "foreman"}, interview.Introduce{Name: "Ines", Role: "engineer", Side: interview.Ours},
		interview.Raise{Text: "One weld in five is done twice", Speaker: "Ana", Themes: []string{"rework"}},
		interview.Add{Kind: interview.Quote, Text: "The whole Friday batch came back", Speaker: "Ana", Themes: []string{"rework"}},
		interview.Weigh{Problem: 1, HowOften: of("every week"), HowBad: bad(4), Costs: of("a day of two people")},
		interview.PlayBack{Problem: 1, Answer: interview.Yes, By: "Ana"},
		interview.SetAdviser{Name: "Ana", Joins: true},
		interview.Promises{Text: "Send the norm sheet", Owner: "Ines", Due: interview.Date{Year: 2026, Month: time.November, Day: 17}},
		interview.Promises{Text: "Count the welds of one week", Owner: "Ana", Due: interview.Date{Year: 2026, Month: time.November, Day: 20}},
		interview.Carry{Problem: 1, Department: "engineering", Owner: "Ines", Due: interview.Date{Year: 2026, Month: time.November, Day: 10}},
		interview.End{},
	)
	d.At(2026, 10, 20, 10, 0)
	id = d.Begin("Café Lumière")
	ids["cafe"] = id
	d.Do(id,
		interview.Raise{Text: "Every order is typed twice", Speaker: "Claire", Themes: []string{"rework", "handover"}},
		interview.Weigh{Problem: 1, HowOften: of("every evening"), HowBad: bad(3)},
		interview.PlayBack{Problem: 1, Answer: interview.Nearly, By: "Claire", Correction: "Every order of the evening is typed twice"},
		interview.PlayBack{Problem: 1, Answer: interview.Yes, By: "Claire"},
		interview.Raise{Text: "The till and the kitchen never agree", Speaker: "Claire"},
		interview.SetAdviser{Name: "Claire", Joins: true},
		interview.Carry{Problem: 1, Department: "marketing"},
		interview.AnswerRoute{Number: 3, Text: "The page says so from January on"},
		interview.Promises{Text: "Show what the printer sends"},
		interview.Done{Number: 4},
		interview.SetOutcome{Outcome: interview.MoreToLearn}, interview.End{},
	)
	d.At(2026, 11, 3, 11, 0)
	id = d.Begin("Nordwind Logistik")
	ids["nordwind"] = id
	d.Do(id,
		interview.Raise{Text: "The papers and the kitchen never agree with the lorry", Speaker: "Jens"},
		interview.Raise{Text: "Loads are weighed twice", Speaker: "Jens", Themes: []string{"rework"}},
		interview.SetAside{Problem: 2, Reason: "the law wants it"},
		interview.SetOutcome{Outcome: interview.NoFit}, interview.End{},
	)
	d.At(2026, 11, 17, 14, 0)
	id = d.Begin("Harbour Welding")
	ids["again"] = id
	d.Do(id,
		interview.Introduce{Name: "Ana Ruiz", Role: "foreman"},
		interview.Raise{Text: "One weld in five is done twice", Speaker: "Ana", Themes: []string{"rework"}},
		interview.Raise{Text: "Nobody knows which job is next", Speaker: "Piet", Themes: []string{"handover"}},
		interview.Weigh{Problem: 2, HowOften: of("every morning")},
	)
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
			interview.Raise{Text: text, Speaker: "Al " + name, Themes: []string{"t" + name}},
			interview.Raise{Text: "again and twice " + text, Speaker: "Al " + name},
			interview.Add{Kind: interview.Quote, Text: "said " + text, Speaker: "Al " + name, Themes: []string{"t" + name}},
			interview.Weigh{Problem: 1, HowOften: &text, Costs: &text, Bears: &text, Tried: &text, Wants: &text},
			interview.PlayBack{Problem: 1, Answer: interview.Yes, By: "Al " + name},
			interview.SetAdviser{Name: "Al " + name, Joins: true},
			interview.SetAside{Problem: 2, Reason: text},
			interview.AskLeftOut{Text: text}, interview.Solve{Problems: []int{1}, Text: text},
			interview.Promises{Text: text, Owner: "Us " + name}, interview.Promises{Text: text, Owner: "Al " + name},
			interview.Carry{Problem: 1, Department: text, Owner: "Us " + name},
			interview.AnswerRoute{Number: 6, Text: text}, interview.End{},
		} {
			d.Try(id, a)
		}
	}
	d.At(2026, 11, 20, 14, 30)
}
