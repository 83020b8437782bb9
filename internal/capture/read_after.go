package capture

import (
	"errors"
	"strconv"

	"hark/internal/interview"
)

func readRoute(a *args) (interview.Action, error) {
	n, department, err := a.numberAndText("a problem", "p", "a department")
	if err != nil {
		return nil, err
	}
	read, err := readText(department, marks{promise: true, name: true}, a.today)
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
func (a *args) thing() (interview.Thing, int, error) {
	what, letter := interview.Numbered, ""
	if s := trimLeft(a.rest); s != "" {
		switch s[0] {
		case 'p', 'P':
			what, letter = interview.ThingProblem, "p"
		case 's', 'S':
			what, letter = interview.ThingSolution, "s"
		}
	}
	n, err := a.number("a line, a promise or a route, of a problem (p2) or of a solution (s1)", letter)
	return what, n, err
}

// thingForm writes the number of something for /fix and /drop. Lines, promises
// and routes share one row of numbers.
func thingForm(what interview.Thing, n int) string {
	switch what {
	case interview.ThingProblem:
		return "p" + strconv.Itoa(n)
	case interview.ThingSolution:
		return "s" + strconv.Itoa(n)
	case interview.Numbered, interview.ThingLine, interview.ThingPromise, interview.ThingRoute:
	}
	return strconv.Itoa(n)
}

func readFix(a *args) (interview.Action, error) {
	what, n, err := a.thing()
	if err != nil {
		return nil, err
	}
	need := a.needText
	if what == interview.ThingProblem {
		need = a.needWords
	}
	text, err := need("what it should say")
	fix := interview.Fix{What: what, Number: n, Text: text}
	if err == nil && what == interview.Numbered {
		fix.Owed = a.owed(text)
	}
	return fix, err
}

// owed reads a correction as that of a promise; nil when that makes no
// difference.
func (a *args) owed(text string) *interview.Owed {
	due, before, err := lastDue(text, a.today)
	if err != nil {
		var wrong *Error
		if !errors.As(err, &wrong) {
			wrong = &Error{Reason: err.Error(), Nearest: dueForms}
		}
		return &interview.Owed{Wrong: &interview.Error{Code: interview.Invalid, Message: wrong.Reason, Next: "type " + wrong.Nearest}}
	}
	read := interview.Owed{Text: literalDue(before), Due: due}
	if due.IsZero() {
		read.Undated, read.Meant = undated(text, a.today)
	}
	if due.IsZero() && read.Undated == "" && read.Text == text {
		return nil
	}
	return &read
}

// Correction writes the line that corrects a promise, as it stands.
func Correction(p interview.Promise) string {
	text := escapeDue(p.Text)
	if !p.Due.IsZero() {
		text += " due " + p.Due.String()
	}
	return Format(interview.Fix{Number: p.Number, Text: text})
}

func readDrop(a *args) (interview.Action, error) {
	what, n, err := a.thing()
	if err != nil {
		return nil, err
	}
	return interview.Drop{What: what, Number: n}, a.end()
}
