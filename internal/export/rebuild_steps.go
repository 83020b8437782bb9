package export

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"hark/internal/interview"
)

// working does over again what was worked out.
func (b *rebuilder) working() error {
	for _, r := range b.in.Respect {
		const what = "what to respect"
		problem, err := b.given(what, r.Problem)
		if err != nil {
			return err
		}
		if _, err := b.do(r.At, what, interview.MustRespect{Problem: problem, Text: r.Text}); err != nil {
			return err
		}
	}
	for _, s := range b.in.Solutions {
		if err := b.solution(s); err != nil {
			return err
		}
	}
	for _, a := range b.in.Advice {
		const what = "advice"
		problem, err := b.given(what, a.Problem)
		if err != nil {
			return err
		}
		if _, err := b.do(a.At, what, interview.Advise{Problem: problem, Text: a.Text}); err != nil {
			return err
		}
	}
	return nil
}

func (b *rebuilder) solution(s Solution) error {
	what := b.what("solution", s.Number)
	var problems []int
	for _, n := range s.Problems {
		problem, err := b.given(what, n)
		if err != nil {
			return err
		}
		problems = append(problems, problem)
	}
	step, err := b.do(s.At, what, interview.Solve{Problems: problems, Text: s.Text})
	if err != nil {
		return err
	}
	number := step.Touched[0].Number
	if s.Ours != "" || s.Theirs != "" {
		if _, err := b.do(time.Time{}, what, interview.Share{Solution: number, Ours: &s.Ours, Theirs: &s.Theirs}); err != nil {
			return err
		}
	}
	if s.Reaction != "" {
		if _, err := b.do(time.Time{}, what, interview.React{Solution: number, Text: s.Reaction}); err != nil {
			return err
		}
	}
	if s.Decision != interview.Undecided {
		_, err = b.do(time.Time{}, what, interview.Decide{Solution: number, Decision: s.Decision})
	}
	return err
}

// nextSteps keeps promises and routes.
func (b *rebuilder) nextSteps() error {
	for _, p := range b.in.Promises {
		if err := b.promise(p); err != nil {
			return err
		}
	}
	for _, r := range b.in.Routes {
		if err := b.route(r); err != nil {
			return err
		}
	}
	return nil
}

func (b *rebuilder) promise(p Promise) error {
	what := b.what("promise", p.Number)
	owner := p.Owner
	if owner == "" {
		owner = "us"
		if p.Side == interview.Theirs {
			owner = "them"
		}
	}
	text := cmp.Or(p.FirstWording, p.Text)
	step, err := b.do(p.At, what, interview.Promises{Text: text, Speaker: p.Speaker, Owner: owner, OwnerSide: b.sideOf(owner), Due: p.Due})
	if err != nil {
		return err
	}
	n := step.Touched[0].Number
	if text != p.Text {
		if _, err := b.do(time.Time{}, what, interview.Fix{Number: n, Text: p.Text}); err != nil {
			return err
		}
	}
	return b.progress(what, n, p.DoneAt, p.ToldAt)
}

func (b *rebuilder) progress(what string, number int, done, told time.Time) error {
	if !done.IsZero() {
		if _, err := b.do(done, what, interview.Done{Number: number}); err != nil {
			return err
		}
	}
	if !told.IsZero() {
		if _, err := b.do(told, what, interview.Told{Number: number}); err != nil {
			return err
		}
	}
	return nil
}

func (b *rebuilder) route(r Route) error {
	what := b.what("route", r.Number)
	problem, err := b.given(what, r.Problem)
	if err != nil {
		return err
	}
	step, err := b.do(r.At, what, interview.Carry{
		Problem: problem, Department: r.Department, Owner: r.Owner, OwnerSide: b.sideOf(r.Owner), Due: r.Due,
	})
	if err != nil {
		return err
	}
	n := step.Touched[0].Number
	if r.Answer != "" {
		if _, err := b.do(r.AnsweredAt, what, interview.AnswerRoute{Number: n, Text: r.Answer}); err != nil {
			return err
		}
	}
	return b.progress(what, n, time.Time{}, r.ToldAt)
}

// ending notes what belongs to the interview as a whole. Consent comes last, for
// a refusal to have notes taken would stop everything that was kept before it.
func (b *rebuilder) ending() error {
	type step struct {
		at     time.Time
		action interview.Action
	}
	var steps []step
	for _, p := range b.in.People {
		if p.Adviser != nil {
			steps = append(steps, step{action: interview.SetAdviser{Name: p.Name, Joins: *p.Adviser}})
		}
	}
	answered := func(n int) bool { return slices.ContainsFunc(b.in.Lines, func(l Line) bool { return l.Question == n }) }
	for _, n := range b.in.Asked {
		if !answered(n) {
			steps = append(steps, step{action: interview.Ask{Number: n}}, step{action: interview.Next{}})
		}
	}
	if b.in.Position != 0 {
		steps = append(steps, step{action: interview.Ask{Number: b.in.Position}})
	}
	if c := b.in.Consent; c != (Consent{}) {
		steps = append(steps, step{action: interview.SetConsent{Notes: c.Notes, Quotes: c.Quotes}})
	}
	if b.in.Outcome != interview.NoOutcome {
		steps = append(steps, step{action: interview.SetOutcome{Outcome: b.in.Outcome}})
	}
	if !b.in.EndedAt.IsZero() {
		steps = append(steps, step{b.in.EndedAt, interview.End{}})
	}
	if b.in.Discarded {
		steps = append(steps, step{action: interview.Discard{}})
	}
	for _, s := range steps {
		if _, err := b.do(s.at, "the interview", s.action); err != nil {
			return err
		}
	}
	return nil
}

// claims refuses what the file says of a problem and nothing in it bears out.
func (b *rebuilder) claims() error {
	for _, p := range b.in.Problems {
		now, _ := b.iv.Problem(b.problems[p.Number])
		if p.Status == interview.Confirmed && now.Status != interview.Confirmed {
			return &interview.Error{
				Code: interview.Refused,
				Message: fmt.Sprintf("problem %d is said to be confirmed, but nobody on their side said yes to it as it is worded today",
					p.Number),
			}
		}
	}
	return nil
}
