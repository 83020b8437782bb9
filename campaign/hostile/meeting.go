package hostile

import (
	"errors"
	"fmt"
	"time"

	"hark/campaign/book"
	"hark/internal/export"
	"hark/internal/interchange"
	"hark/internal/interview"
	"hark/internal/plain"
)

// perMeeting is the number of texts in one interview.
const perMeeting = 60

// added is a text that was added as a line, with the number of the line.
type added struct {
	number interview.Number
	text   string
}

// fill puts texts into every field of an interview. Text that the rules refuse, such as text that
// is not UTF-8, is left out. It returns the interview and the texts that were added as lines.
func fill(do book.Apply, texts []string) (iv *interview.Interview, all []added, err error) {
	at := 0
	text := func() string {
		at++
		return texts[at%len(texts)]
	}
	try := func(a interview.Action) {
		now, put, refused := do(a)
		var refusal *interview.Error
		if refused != nil && !errors.As(refused, &refusal) {
			err = errors.Join(err, refused)
			return
		}
		if now != nil {
			iv = now
		}
		if add, is := a.(interview.Add); is && refused == nil && len(put) > 0 {
			all = append(all, added{put[0].Number, add.Text})
		}
	}
	try(interview.SetConsent{Notes: interview.NotesAllowed, Quotes: interview.QuoteByName})
	try(interview.Introduce{Name: "Ana", Role: "foreman"})
	try(interview.Introduce{Name: text(), Role: text()})
	kinds := interview.LineKinds()
	for i := range texts {
		try(interview.Add{Kind: kinds[i%len(kinds)], Text: text(), Speaker: [...]string{"", "Ana", text()}[i%3], Themes: []string{text()}})
	}
	for p := interview.Number(1); p <= 2; p++ {
		for _, a := range about(p, text) {
			try(a)
		}
	}
	for _, a := range afterwards(iv, text) {
		try(a)
	}
	// The statement of the last problem is one that is always accepted.
	for _, a := range []interview.Action{
		interview.Raise{Text: "x" + text(), Quoted: true, Speaker: text(), Themes: []string{text(), text()}},
		interview.SetAside{Problem: 2, Reason: text()}, interview.Fix{Number: 3, Text: text()},
		interview.SetOutcome{Outcome: interview.WorkedOut}, interview.End{},
	} {
		try(a)
	}
	return iv, all, err
}

// about returns all actions about problem p, with the p-th solution.
func about(p interview.Number, text func() string) []interview.Action {
	ptr := func(s string) *string { return &s }
	bad := 4
	statement := text() + " x"
	return []interview.Action{
		interview.Raise{Text: statement, Quoted: p == 1, Speaker: "Ana", Themes: []string{text()}},
		interview.Weigh{Problem: p, HowOften: ptr(text()), HowBad: &bad, Costs: ptr(text()), Bears: ptr(text()), Tried: ptr(text()), Wants: ptr(text())},
		interview.PlayBack{Problem: p, Answer: interview.Nearly, By: "Ana", Correction: text() + " y", Quoted: p == 2, Figures: interview.Weigh{Costs: ptr(text())}},
		interview.PlayBack{Problem: p, Answer: interview.Yes, By: "Ana"},
		interview.AskLeftOut{Text: text(), Quoted: p == 2},
		interview.Solve{Problems: []interview.Number{p}, Text: text() + " z"},
		interview.MustRespect{Problem: p, Text: text()},
		interview.Advise{Problem: p, Text: text()},
		interview.Share{Solution: p, Ours: ptr(text()), Theirs: ptr(text())},
		interview.React{Solution: p, Text: text()},
		interview.Promises{Text: text(), Owner: text(), Due: interview.Date{Year: 2026, Month: 12, Day: 3}},
		interview.Carry{Problem: p, Department: text(), Owner: text()},
		interview.SetAdviser{Name: text(), Joins: true},
		interview.Reword{Problem: p, Text: text() + " w"},
	}
}

// afterwards returns what comes of each promise and route: the customer is told, and then of
// something else.
func afterwards(iv *interview.Interview, text func() string) (all []interview.Action) {
	for _, r := range iv.Routes {
		all = append(all, interview.Told{Number: r.Number}, interview.AnswerRoute{Number: r.Number, Text: text() + " a"},
			interview.Told{Number: r.Number}, interview.AnswerRoute{Number: r.Number, Text: text() + " b"})
	}
	for _, p := range iv.Promises {
		all = append(all, interview.Told{Number: p.Number}, interview.Done{Number: p.Number})
	}
	return all
}

// exported calls fail for each export of an interview that contains something active.
func exported(iv *interview.Interview, fail func(way, why string)) {
	o := export.Options{Location: time.UTC, Thoughts: true, Width: 80}
	asJSON, err := plain.JSON(interchange.Shown(iv))
	if err != nil {
		fail("export, JSON", err.Error())
	}
	for name, page := range map[string]string{
		"export, Markdown": string(export.NewPage(iv, o).Markdown()),
		"export, text":     export.Text(iv, o),
		"export, JSON":     string(asJSON),
	} {
		if why := active(page, "\n"); why != "" {
			fail(name, fmt.Sprintf("%s in the page of %s", why, iv.ID))
		}
	}
}

// asTyped calls fail for each line that differs from what was typed.
func asTyped(iv *interview.Interview, all []added, fail func(way, why string)) {
	for _, k := range all {
		switch l, ok := iv.Line(k.number); {
		case k.number == 3: // the one that was corrected
		case !ok:
			fail("kept", fmt.Sprintf("%q is not there", k.text))
		case l.Text != k.text:
			fail("kept", fmt.Sprintf("%q was typed and %q kept", k.text, l.Text))
		}
	}
}
