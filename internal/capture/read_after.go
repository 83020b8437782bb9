package capture

import (
	"cmp"
	"fmt"
	"strings"

	"hark/internal/capture/day"
	"hark/internal/interview"
)

func readRoute(a *args) (interview.Action, error) {
	n, err := a.readNumber("a problem", "p")
	if err != nil {
		return nil, err
	}
	department, err := a.needText("a department")
	if err != nil {
		return nil, err
	}
	read, err := a.in.readText(department, textRules{words: true, promise: true, name: true})
	if err != nil {
		return nil, err
	}
	if read.text == "" {
		return nil, a.needs("a department")
	}
	return interview.Carry{Problem: n, Department: read.text, Owner: read.owner, Due: read.due}, nil
}

func readAnswer(a *args) (interview.Action, error) {
	n, text, err := a.numberAndText("a route", "", "what they answered")
	return interview.AnswerRoute{Number: n, Text: text}, err
}

func readDone(a *args) (interview.Action, error) {
	n, err := a.onlyNumber("a promise", "")
	return interview.Done{Number: n}, err
}

func readTold(a *args) (interview.Action, error) {
	n, err := a.onlyNumber("a promise or a route", "")
	return interview.Told{Number: n}, err
}

// thing reads what /fix and /drop work on.
func (a *args) thing() (interview.Thing, interview.Number, error) {
	s := trimLeft(a.rest)
	word, _ := cutWord(s)
	letter, named := letterOf(word, "")
	if !named && s != "" && strings.IndexByte("pPsS", s[0]) >= 0 {
		letter = strings.ToLower(s[:1])
	}
	a.what = interview.Numbered
	switch letter {
	case "p":
		a.what = interview.ThingProblem
	case "s":
		a.what = interview.ThingSolution
	}
	n, err := a.readNumber("a line, a promise or a route, of a problem (p2) or of a solution (s1)", letter)
	return a.what, n, err
}

// thingForm writes the number of something for /fix and /drop. Lines, promises
// and routes share one row of numbers.
func thingForm(what interview.Thing, n interview.Number) string {
	switch what {
	case interview.ThingProblem:
		return "p" + n.String()
	case interview.ThingSolution:
		return "s" + n.String()
	case interview.Numbered, interview.ThingLine, interview.ThingPromise, interview.ThingRoute:
	}
	return n.String()
}

func readFix(a *args) (interview.Action, error) {
	what, n, err := a.thing()
	if err != nil {
		return nil, err
	}
	const needed = "what it should say"
	fix := interview.Fix{What: what, Number: n}
	if what == interview.ThingProblem {
		fix.Text, fix.Quoted, err = a.needWords(needed)
		return fix, err
	}
	text, err := a.needText(needed)
	fix.Text = text
	if err == nil && what == interview.Numbered {
		fix.Speaker, fix.Text = a.in.speakerOf(text)
		said, quoted := Words(fix.Text)
		if quoted {
			fix.Said = said
		} else if n := backslashes(fix.Text); n > 0 && opensAny(fix.Text[n:]) {
			fix.Text = fix.Text[1:] // the mark is text
		}
		fix.Owed = a.owed(fix.Text)
	}
	return fix, err
}

// speakerOf takes the name in front of a correction off it: "@Ana late again" says who said it,
// too. A backslash in front of the @ makes it text.
func (in Context) speakerOf(text string) (speaker *string, rest string) {
	if strings.HasPrefix(text, `\`) && markSize(strings.TrimLeft(text, `\`), '@') > 0 {
		return nil, text[1:]
	}
	if name, n := in.mention(text, true); n > 0 && strings.TrimSpace(text[n:]) == "" {
		return &name, ""
	}
	if h := in.readHead(text); markSize(text, '@') > 0 && h.speaker != "" && !h.naming && len(h.tags) == 0 {
		return &h.speaker, h.sign + h.text
	}
	return nil, text
}

// owed reads a correction as that of a promise; nil when that makes no
// difference.
func (a *args) owed(text string) *interview.Owed {
	var read spoken
	rest, _ := a.in.takeDay(&read, text, false, func(s string) string { return s })
	if rest == read.doubt.Words {
		rest = "" // there is only a day
	}
	var owner string
	if s := a.in.subjectOf(rest, false); s.found && s.doubt.IsZero() {
		owner, rest = cmp.Or(s.owner, "us"), s.rest
	}
	if read.due.IsZero() && read.doubt.IsZero() && owner == "" && rest == text {
		return nil
	}
	return &interview.Owed{Text: rest, Due: read.due, Doubt: read.doubt, Owner: owner}
}

func readDue(a *args) (interview.Action, error) {
	n, err := a.readNumber("a promise or a route", "")
	if err != nil {
		return nil, err
	}
	words := strings.TrimSpace(a.text())
	switch strings.ToLower(words) {
	case "":
		return nil, a.needs("a day, or none")
	case "none", "no", "never", "-", "nothing", "no day":
		return interview.Fix{Number: n, Due: &interview.Date{}}, nil
	}
	typed := words
	if !isDue(words) {
		words = "due " + words
	}
	p, found := a.in.days().Find(words)
	doubt := interview.DayDoubt{Words: typed, Readings: p.Days()}
	// A day that is over is doubted elsewhere; here it was asked for.
	over := len(p.Days()) == 1 && p.Days()[0].Before(a.in.Day)
	if !found || !p.Certain() && !over {
		return nil, dayError(doubt)
	}
	if p.Timed() {
		return nil, timeError(doubt)
	}
	if before, after := day.Cut(words, p); strings.Trim(before+after, " .,;!") != "" {
		return nil, dayError(doubt)
	}
	return interview.Fix{Number: n, Due: &p.Days()[0]}, nil
}

// isDue reports whether some words begin with the word for a day.
func isDue(words string) bool {
	first, _ := cutWord(words)
	return strings.EqualFold(first, "due") || strings.EqualFold(first, "by")
}

func dueForm(number interview.Number, due interview.Date) string {
	if due.IsZero() {
		return fmt.Sprintf("/due %s none", number)
	}
	return fmt.Sprintf("/due %s %s", number, due)
}

// Correction writes the line that corrects a promise, as it stands.
func Correction(p interview.Promise) string {
	text := day.Escape(p.Text, p.Doubt.Words)
	if !p.Due.IsZero() {
		text += " due " + p.Due.String()
	}
	return Format(interview.Fix{Number: p.Number, Text: text})
}

func readDrop(a *args) (interview.Action, error) {
	if s := trimLeft(a.rest); strings.HasPrefix(s, "@") || openingMark(s) > 0 {
		if name := readName(s); name != "" {
			return interview.DropPerson{Person: name}, nil
		}
	}
	a.form, _, _ = strings.Cut(a.form, "|")
	what, n, err := a.thing()
	if err != nil {
		return nil, err
	}
	return interview.Drop{What: what, Number: n}, a.end()
}
