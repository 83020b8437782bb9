package demo

import (
	"slices"
	"time"

	"hark/internal/interview"
)

// workOut adds solutions for the unlocked problems.
func (t *teller) workOut() {
	for _, p := range t.iv().Problems {
		if t.chance(50) {
			t.do(interview.MustRespect{Problem: p.Number, Text: upper(t.say("respect"))})
		}
		if len(t.iv().Lock(p.Number)) > 0 || t.chance(15) {
			continue
		}
		t.do(interview.Solve{Problems: []interview.Number{p.Number}, Text: upper(t.say("solution"))})
		if t.chance(20) {
			t.do(interview.Advise{Problem: p.Number, Text: upper(t.say("advice"))})
		}
	}
	for _, s := range t.iv().Solutions {
		ours, theirs := t.say("ours"), t.say("theirs")
		steps := []interview.Action{
			interview.Share{Solution: s.Number, Ours: &ours, Theirs: &theirs},
			interview.React{Solution: s.Number, Text: upper(t.say("reaction"))},
		}
		switch n := t.dice.IntN(10); {
		case n < 6:
			steps = append(steps, interview.Decide{Solution: s.Number, Decision: interview.Agreed})
		case n < 8:
			steps = append(steps, interview.Decide{Solution: s.Number, Decision: interview.Declined})
		}
		t.do(steps...)
	}
}

// handOn adds promises and routes.
func (t *teller) handOn() {
	for range t.dice.IntN(5) {
		owner := t.ours
		if t.chance(35) {
			owner = pick(&t.voice, t.theirs)
		}
		p := interview.Promises{Text: t.say("promise"), Owner: owner}
		if t.chance(85) {
			p.Due = interview.DateOf(t.at.AddDate(0, 0, 1+t.dice.IntN(40)))
		}
		t.do(p)
	}
	for _, p := range t.iv().Problems {
		if p.Status != interview.Confirmed || t.chance(45) {
			continue
		}
		c := interview.Carry{Problem: p.Number, Department: t.word(t.lex.common["departments"])}
		if t.chance(70) {
			c.Owner = pick(&t.voice, t.lex.common["ours"])
		}
		if t.chance(80) {
			c.Due = interview.DateOf(t.at.AddDate(0, 0, 7+t.dice.IntN(40)))
		}
		t.do(c)
	}
}

// part ends the meeting.
func (t *teller) part() {
	iv := t.iv()
	var last []interview.Action
	if t.chance(35) {
		last = append(last, interview.SetAdviser{Name: pick(&t.voice, t.theirs), Joins: t.chance(80)})
	}
	if t.chance(5) { // a confirmation lapses, which holds its solutions
		p := pick(&t.voice, iv.Problems)
		last = append(last, interview.Reword{Problem: p.Number, Text: p.Statement + ", most of the time"})
	}
	switch n := t.dice.IntN(10); {
	case len(iv.Solutions) > 0 && n < 8:
		last = append(last, interview.SetOutcome{Outcome: interview.WorkedOut})
	case n < 3:
		last = append(last, interview.SetOutcome{Outcome: interview.NoFit})
	case n < 9:
		last = append(last, interview.SetOutcome{Outcome: interview.MoreToLearn})
	}
	if t.chance(98) {
		last = append(last, interview.End{})
	}
	t.do(last...)
}

// afterwards adds what was recalled, done, answered and told later, as far as that is not in the
// future.
func (t *teller) afterwards() {
	iv := t.iv()
	if iv.Ended() && t.chance(20) {
		t.do(interview.Add{Kind: interview.Paraphrase, Text: upper(t.say("recalled"))})
	}
	type later struct {
		days    int
		actions []interview.Action
	}
	var all []later
	for _, p := range iv.Promises {
		if !t.chance(70) {
			continue
		}
		l := later{1 + t.dice.IntN(30), []interview.Action{interview.Done{Number: p.Number}}}
		if t.chance(60) {
			l.actions = append(l.actions, interview.Told{Number: p.Number})
		}
		all = append(all, l)
	}
	for _, r := range iv.Routes {
		if !t.chance(60) {
			continue
		}
		l := later{days: 5 + t.dice.IntN(40)}
		if t.chance(10) { // how it stood until then
			l.actions = append(l.actions, interview.Told{Number: r.Number})
		}
		l.actions = append(l.actions, interview.AnswerRoute{Number: r.Number, Text: upper(t.say("answer"))})
		if t.chance(60) {
			l.actions = append(l.actions, interview.Told{Number: r.Number})
		}
		all = append(all, l)
	}
	for _, f := range iv.FollowUps() {
		if t.chance(30) {
			all = append(all, later{1 + t.dice.IntN(20), []interview.Action{interview.Done{Number: f.Number}}})
		}
	}
	slices.SortStableFunc(all, func(a, b later) int { return a.days - b.days })
	began := t.at
	for _, l := range all {
		at := onDay(began.AddDate(0, 0, l.days), 9*time.Hour+time.Duration(t.dice.IntN(400))*time.Minute)
		if at.Before(t.at) || at.Add(time.Hour).After(t.now) {
			continue
		}
		t.at = at
		t.do(l.actions...)
	}
}
