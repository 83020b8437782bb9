package interchange

import (
	"time"

	"hark/internal/interview"
)

// Shown returns all of an interview but its document, as hark show --json prints it. plain.JSON
// makes the bytes.
func Shown(iv *interview.Interview) Interview {
	return Interview{
		ID:         iv.ID,
		Customer:   iv.Customer,
		Playbook:   playbookOf(iv.Playbook),
		StartedAt:  moment(iv.MetAt()),
		EndedAt:    happened(iv, iv.EndedAt),
		Outcome:    iv.Outcome,
		Concurrent: ConcurrentOf(iv.Concurrent),
		Consent:    iv.Consent,
		Debrief:    new(iv.Debrief),
		MetUntil:   moment(iv.MetUntil),
		Discarded:  iv.Discarded,
		Newer:      iv.Newer,
		People:     list(iv.People, personOf),
		Gate: Gate{
			Open:     iv.Gate.Open,
			OpenedAt: happened(iv, iv.Gate.OpenedAt),
			Missing:  list(iv.Gate.Missing, func(g interview.Gap) string { return g.Text }),
		},
		Position:  iv.Position,
		Asked:     asked(iv),
		LineCount: len(iv.Lines),
		Lines:     list(iv.Lines, func(l interview.Line) Line { return lineOf(iv, l) }),
		Problems:  list(iv.Problems, func(p interview.Problem) Problem { return problemOf(iv, p) }),
		LeftOut:   leftOutOf(iv),
		Solutions: list(iv.Solutions, func(s interview.Solution) Solution { return solutionOf(iv, s) }),
		Respect: list(iv.Respects, func(r interview.Respect) Respect {
			return Respect{ID: r.ID, OfProblem: ProblemOf(iv.ProblemNumber(r.Problem)), Text: r.Text, At: happened(iv, r.At)}
		}),
		Advice: list(iv.Advice, func(a interview.Advice) Advice {
			return Advice{ID: a.ID, OfProblem: ProblemOf(iv.ProblemNumber(a.Problem)), Text: a.Text, Held: a.Held, At: happened(iv, a.At)}
		}),
		Promises: list(iv.Promises, func(p interview.Promise) Promise { return promiseOf(iv, p) }),
		Routes:   list(iv.Routes, func(r interview.Route) Route { return routeOf(iv, r) }),
	}
}

// Listed returns an interview as hark list --json prints it: without lines, and without what a
// summary does not hold.
func Listed(s interview.Summary) Interview {
	return Interview{
		ID:        s.ID,
		Customer:  s.Customer,
		Playbook:  Playbook{Name: s.Playbook},
		StartedAt: moment(s.StartedAt),
		EndedAt:   moment(s.EndedAt),
		Outcome:   s.Outcome,
		Consent:   interview.Consent{Notes: s.Notes, Quotes: s.Quotes},
		Discarded: s.Discarded,
		People: list(s.People, func(p interview.PersonSummary) Person {
			return Person{Name: p.Name, Role: p.Role, Side: p.Side, Adviser: answered(p.AskedToAdvise, p.Adviser)}
		}),
		Gate:      Gate{Open: s.GateOpen},
		LineCount: s.Lines,
		Problems: list(s.Problems, func(p interview.ProblemSummary) Problem {
			return Problem{
				Numbered: NumberOf(p.Number), Statement: p.Statement, Quoted: p.Quoted, Status: p.Status, Reason: p.Reason, Raised: p.Raised, Themes: orEmpty(p.Themes),
				Impact: p.Impact,
			}
		}),
		Solutions: list(s.Solutions, func(one interview.SolutionSummary) Solution {
			problems, labels := counts(one.Problems)
			return Solution{
				Numbered: NumberOf(one.Number), Problems: problems, ProblemLabels: labels, Text: one.Text, Decision: one.Decided(), Held: one.Held,
			}
		}),
		Promises: list(s.Promises, ListedPromise),
		Routes:   list(s.Routes, func(r interview.RouteSummary) Route { return ListedRoute(r, s.Hold(r) != "") }),
	}
}

// ListedPromise returns the JSON of a promise in a summary.
func ListedPromise(p interview.PromiseSummary) Promise {
	return Promise{
		Numbered: NumberOf(p.Number), Text: p.Text, Owner: p.Owner, Side: p.Side, Due: p.Due,
		DoneAt: moment(p.DoneAt), ToldAt: moment(p.ToldAt), At: moment(p.At),
	}
}

// ListedRoute returns the JSON of a route in a summary; whether it is held follows from its problem.
func ListedRoute(r interview.RouteSummary, held bool) Route {
	return Route{
		Numbered: NumberOf(r.Number), OfProblem: ProblemOf(r.Problem), Department: r.Department, Owner: r.Owner, Due: r.Due,
		Answer: r.Answer, AnsweredAt: moment(r.AnsweredAt), Told: !r.Owed(), ToldAt: moment(r.ToldAt),
		Held: held, At: moment(r.At),
	}
}

func playbookOf(p interview.Playbook) Playbook {
	return Playbook{
		ID: p.ID, Name: p.Name, About: p.About,
		Stages: list(p.Stages, func(s interview.Stage) Stage {
			return Stage{
				Name: s.Name, Mark: s.Mark, Notes: orEmpty(s.Notes),
				Questions: list(s.Questions, func(q interview.Question) Question {
					return Question{Text: q.Text, Probes: orEmpty(q.Probes), Notes: orEmpty(q.Notes)}
				}),
			}
		}),
	}
}

func personOf(p interview.Person) Person {
	return Person{ID: p.ID, Name: p.Name, Also: p.Also, Role: p.Role, Side: p.Side, Doubt: p.Doubt, Adviser: answered(p.AskedToAdvise, p.Adviser), Absent: p.Absent, Concurrent: ConcurrentOf(p.Concurrent)}
}

// answered returns the answer to a question, nil if nobody asked.
func answered(asked, answer bool) *bool {
	if !asked {
		return nil
	}
	return &answer
}

// asked lists the questions that were asked.
func asked(iv *interview.Interview) []int {
	numbers := []int{}
	for n := 1; n <= iv.Playbook.Len(); n++ {
		if iv.Asked(n) {
			numbers = append(numbers, n)
		}
	}
	return numbers
}

func lineOf(iv *interview.Interview, l interview.Line) Line {
	question, _, _ := iv.Playbook.Question(l.Question)
	at, _ := iv.SaidAt(l)
	line := Line{
		ID: l.ID, Numbered: NumberOf(l.Number), Kind: l.Kind, Text: l.Text, Quoted: l.Quoted, Speaker: iv.Name(l.Speaker), At: moment(at),
		Question: l.Question, QuestionText: question.Text, Stage: l.Stage,
		Recalled: l.Recalled, RecalledAfter: int64(l.RecalledAfter / time.Second),
		OfProblem: ProblemOf(iv.ProblemNumber(l.Problem)), Themes: orEmpty(l.Themes),
		FirstWording: l.First, FirstQuoted: l.FirstQuoted, OtherWordings: orEmpty(l.OtherWordings()), Concurrent: ConcurrentOf(l.Concurrent),
		TooEarly: l.TooEarly, Why: l.Why, AskedAt: moment(l.AskedAt),
	}
	if l.TooEarly {
		line.For, line.ForLabels = counts(iv.ProblemNumbers(l.For))
	}
	return line
}

func problemOf(iv *interview.Interview, p interview.Problem) Problem {
	evidence, labels := counts(p.Evidence)
	return Problem{
		ID: p.ID, Numbered: NumberOf(p.Number), Statement: p.Statement, Quoted: p.Quoted, FirstHeard: p.FirstHeard(), Status: p.Status, Reason: p.Reason,
		Raised: p.Raised, Themes: orEmpty(p.Themes), At: happened(iv, p.At), Impact: p.Impact,
		Playbacks: list(p.Playbacks, func(pb interview.Playback) Playback {
			return Playback{
				ID: pb.ID, Said: pb.Said, Answer: pb.Answer, Correction: pb.Correction,
				By: iv.Name(pb.By), At: happened(iv, pb.At), Withdrawn: pb.Withdrawn, Apart: pb.Apart, Early: pb.Early,
			}
		}),
		Evidence: evidence, EvidenceLabels: labels,
		Wordings: list(p.Wordings, func(w interview.Wording) Wording {
			_, quoted := iv.Quoted(p, w.Text)
			return Wording{Text: w.Text, Quoted: quoted, At: happened(iv, w.At)}
		}),
		OtherWordings: orEmpty(p.OtherWordings()), Concurrent: ConcurrentOf(p.Concurrent),
	}
}

// ConcurrentOf returns the values that stand next to each other in a thing.
func ConcurrentOf(all []interview.Concurrent) []Concurrent {
	if len(all) == 0 {
		return nil
	}
	return list(all, func(c interview.Concurrent) Concurrent {
		return Concurrent{Field: c.Field, Value: c.Value, Author: c.Author, At: moment(c.At)}
	})
}

func leftOutOf(iv *interview.Interview) *LeftOut {
	if !iv.LeftOut.Asked {
		return nil
	}
	return &LeftOut{Text: iv.LeftOut.Text, Quoted: iv.LeftOut.Quoted, At: happened(iv, iv.LeftOut.At)}
}

func solutionOf(iv *interview.Interview, s interview.Solution) Solution {
	problems, labels := counts(iv.ProblemNumbers(s.Problems))
	return Solution{
		ID: s.ID, Numbered: NumberOf(s.Number), Problems: problems, ProblemLabels: labels, Text: s.Text, Ours: s.Ours, Theirs: s.Theirs,
		Reaction: s.Reaction, Decision: s.Decided(), Held: s.Held, At: happened(iv, s.At),
		OtherWordings: orEmpty(s.OtherWordings()), Concurrent: ConcurrentOf(s.Concurrent), RestsOn: orEmpty(s.Proofs),
	}
}

func promiseOf(iv *interview.Interview, p interview.Promise) Promise {
	return Promise{
		ID: p.ID, Numbered: NumberOf(p.Number), Text: p.Text, Owner: iv.Name(p.Owner), Side: p.Side, Whose: p.Whose, Speaker: iv.Name(p.Speaker), Due: p.Due, Doubt: p.Doubt,
		DoneAt: moment(p.DoneAt), ToldAt: moment(p.ToldAt), ToldEarlier: toldOf(p.Earlier), At: happened(iv, p.At),
		FirstWording: p.First, OtherWordings: orEmpty(p.OtherWordings()), Concurrent: ConcurrentOf(p.Concurrent),
	}
}

func routeOf(iv *interview.Interview, r interview.Route) Route {
	return Route{
		ID: r.ID, Numbered: NumberOf(r.Number), OfProblem: ProblemOf(iv.ProblemNumber(r.Problem)), Department: r.Department, Owner: iv.Name(r.Owner),
		Due: r.Due, Answer: r.Answer, AnsweredAt: moment(r.AnsweredAt), Told: r.State(interview.Date{}) == interview.StateTold, ToldAt: moment(r.ToldAt), ToldEarlier: toldOf(r.Earlier),
		At: moment(r.At), Held: r.Held, Concurrent: ConcurrentOf(r.Concurrent),
	}
}

// happened returns when something took place in the meeting that was entered at the given time.
func happened(iv *interview.Interview, entered time.Time) time.Time {
	at, _ := iv.Happened(entered)
	return moment(at)
}

func toldOf(t interview.Telling) *Told {
	if t.At.IsZero() {
		return nil
	}
	return &Told{Text: t.Of, At: moment(t.At)}
}

// moment returns t in UTC, truncated to milliseconds.
func moment(t time.Time) time.Time { return t.UTC().Truncate(time.Millisecond) }

// list converts each element. The result is never nil, for a nil slice means unknown.
func list[T, U any](in []T, convert func(T) U) []U {
	out := make([]U, len(in))
	for i, v := range in {
		out[i] = convert(v)
	}
	return out
}

// orEmpty returns s, or an empty slice for nil: the field is known, and has no elements.
func orEmpty[T any](s []T) []T {
	if s == nil {
		return []T{}
	}
	return s
}
