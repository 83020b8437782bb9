package take

import (
	"errors"
	"fmt"
	"strings"

	"hark/internal/interview"
	"hark/internal/notebook"
	"hark/internal/plain"
	"hark/internal/storage"
)

// answer describes in one line the result of a typed line: its number, its kind and the text as
// stored; of a command, what was done and to which text. It says when that opened the gate. With
// asking, the next question comes as a prompt and is no part of the answer.
func answer(r notebook.Result, action interview.Action, asking bool) string {
	cells := answerCells(r, action)
	if asks(action) {
		cells = unnumbered(r.Label)
		if q, _, ok := r.Playbook.Question(r.Position); ok && !asking {
			cells = append(cells, fmt.Sprintf("now %d: %s", r.Position, q.Text))
		}
	}
	for _, n := range r.Notices {
		if n.Kind == interview.NoticeOpened {
			cells = append(cells, n.Text)
		}
	}
	cells = append(cells, notStored(r))
	var line strings.Builder
	for _, cell := range cells {
		if cell != "" {
			line.WriteString("  " + plain.Terminal(cell))
		}
	}
	return strings.TrimRight(strings.TrimPrefix(line.String(), "  "), " ")
}

func answerCells(r notebook.Result, action interview.Action) []string {
	for _, k := range r.Touched {
		switch k.Thing {
		case interview.ThingLine:
			if l, ok := r.Line(k.Number); ok {
				return lineCells(r, l, action)
			}
		case interview.ThingPromise:
			if p, ok := r.Promise(k.Number); ok {
				return promiseCells(r, p, action)
			}
		case interview.ThingRoute:
			if to, ok := r.Route(k.Number); ok {
				return unnumbered(r.Label, r.Name(to.Owner), due(to.Due), to.Answer)
			}
		case interview.ThingSolution:
			if s, ok := r.Solution(k.Number); ok {
				return unnumbered(r.Label, ofSolution(s, action)...)
			}
		case interview.ThingProblem:
			if p, ok := r.Problem(k.Number); ok {
				return unnumbered(r.Label, ofProblem(p, action)...)
			}
		case interview.Numbered:
		}
	}
	return unnumbered(r.Label, ofInterview(r, action)...)
}

// asks reports whether an action goes to another question.
func asks(action interview.Action) bool {
	switch action.(type) {
	case interview.Ask, interview.Next, interview.EnterStage:
		return true
	}
	return false
}

// ofSolution returns what to repeat of a solution after an action.
func ofSolution(s interview.Solution, action interview.Action) []string {
	switch action.(type) {
	case interview.React:
		return []string{s.Reaction}
	case interview.Share:
		var parts []string
		if s.Ours != "" {
			parts = append(parts, "ours: "+s.Ours)
		}
		if s.Theirs != "" {
			parts = append(parts, "theirs: "+s.Theirs)
		}
		return parts
	}
	return []string{s.Text}
}

// ofProblem returns what to repeat of a problem after an action.
func ofProblem(p interview.Problem, action interview.Action) []string {
	switch a := action.(type) {
	case interview.MustRespect:
		return []string{a.Text}
	case interview.Advise:
		return []string{a.Text}
	case interview.SetAside:
		return []string{p.Worded(), p.Reason}
	case interview.Tag:
		cells := []string{p.Worded()}
		for _, theme := range p.Themes {
			cells = append(cells, "#"+theme)
		}
		return cells
	}
	return []string{p.Worded()}
}

// ofInterview returns what to repeat after an action on the interview as a whole.
func ofInterview(r notebook.Result, action interview.Action) []string {
	switch a := action.(type) {
	case interview.Introduce:
		if who := r.Named(a.Name, plain.FoldName); len(who) == 1 {
			return []string{who[0].Role, string(who[0].Side) + who[0].Doubt.String()}
		}
	case interview.SetConsent:
		var cells []string
		if r.Consent.Notes != interview.NotesNotAsked {
			cells = append(cells, "notes: "+string(r.Consent.Notes))
		}
		if r.Consent.Quotes != interview.QuotingNotAsked {
			cells = append(cells, "quotes: "+string(r.Consent.Quotes))
		}
		return cells
	case interview.AskLeftOut:
		if r.LeftOut.Text == "" {
			return []string{"nothing"}
		}
		return []string{r.LeftOut.Worded()}
	}
	return nil
}

func lineCells(r notebook.Result, l interview.Line, action interview.Action) []string {
	kind := string(l.Kind)
	switch action.(type) {
	case interview.Tie:
		return unnumbered(r.Label, l.Worded())
	case interview.Raise:
		if p, ok := r.ProblemByID(l.Problem); ok {
			kind = fmt.Sprintf("problem %s", p.Number)
		}
	}
	cells := numbered(l.Number, kind, l.Worded(), r.Name(l.Speaker))
	for _, theme := range l.Themes {
		cells = append(cells, "#"+theme)
	}
	return append(cells, corrected(action))
}

func promiseCells(r notebook.Result, p interview.Promise, action interview.Action) []string {
	switch action.(type) {
	case interview.Done, interview.Told:
		return unnumbered(r.Label, p.Text)
	}
	return append(numbered(p.Number, "promise", p.Text, owner(r.Interview, p)), due(p.Due)+p.Doubt.String(), corrected(action))
}

// numbered and unnumbered align an answer with the others, with or without a number in front.
func numbered(n interview.Number, kind string, rest ...string) []string {
	return append([]string{fmt.Sprintf("%3s", n), fmt.Sprintf("%-11s", kind)}, rest...)
}

func unnumbered(label string, rest ...string) []string {
	return append([]string{"   ", fmt.Sprintf("%-11s", label)}, rest...)
}

func corrected(action interview.Action) string {
	if _, ok := action.(interview.Fix); ok {
		return "(corrected)"
	}
	return ""
}

// owner returns who makes a promise: a name, or a side, with a question mark while that is in
// doubt.
func owner(iv *interview.Interview, p interview.Promise) string {
	switch name := iv.Name(p.Owner); {
	case name != "":
		return name
	case p.Side == interview.Theirs:
		return "they"
	case p.Whose.Reading == interview.Theirs:
		return "they?"
	case p.Whose.Reading == interview.Ours:
		return "we?"
	case p.Side == "":
		return "whose?"
	default:
		return "we"
	}
}

func due(d interview.Date) string {
	if d.IsZero() {
		return ""
	}
	return "due " + d.String()
}

// notStored says that a line is not in the notebook yet, "" when it is.
func notStored(r notebook.Result) string {
	switch {
	case r.Journalled == nil:
		return ""
	case errors.Is(r.Journalled, storage.ErrUnsynced):
		return "(kept aside: the disk did not confirm)"
	case errors.Is(r.Journalled, storage.ErrReplaced):
		return "(kept aside: another file was put in the notebook's place)"
	}
	return "(kept aside)"
}
