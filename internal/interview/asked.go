package interview

import (
	"slices"
	"strings"
	"unicode"
)

// subject is what a question of a playbook is about, as far as an act can answer it.
type subject int

const (
	aboutNothing subject = iota // that hark knows
	aboutNotes
	aboutQuoting
	aboutHowOften
	aboutHowBad
	aboutCosts
	aboutBears
	aboutTried
	aboutWants
	aboutPlayback
	aboutWording
	aboutCorrection
	aboutLeftOut
	aboutRespect
	aboutShares
	aboutReaction
	aboutAdvising
	aboutNextSteps
	aboutSolving // any question of a stage that works it out
)

// subjectWords returns the words by which a question shows its subject, in lower case. They are
// those of the built-in playbooks and of guides in English; whatever else is asked, a line has to
// answer.
func subjectWords() []struct {
	of    subject
	words []string
} {
	return []struct {
		of    subject
		words []string
	}{
		{aboutNotes, []string{"take notes"}},
		{aboutQuoting, []string{"quote you"}},
		{aboutHowOften, []string{"how often"}},
		{aboutHowBad, []string{"how bad", "scale of one to five", "scale of 1 to 5"}},
		{aboutCosts, []string{"cost you"}},
		{aboutBears, []string{"who feels it", "who bears it"}},
		{aboutTried, []string{"already tried", "have you tried", "have you done about it"}},
		{aboutWants, []string{"want instead"}},
		{aboutWording, []string{"words are mine"}},
		{aboutCorrection, []string{"if nearly"}},
		{aboutPlayback, []string{"say back", "fair statement"}},
		{aboutLeftOut, []string{"left out", "should i have asked", "have i not asked", "asked you and did not"}},
		{aboutRespect, []string{"have to respect"}},
		{aboutShares, []string{"stay in your hands"}},
		{aboutReaction, []string{"one way others have handled"}},
		{aboutAdvising, []string{"advise us"}},
		{aboutNextSteps, []string{"next step", "next steps", "happens next"}},
	}
}

// about returns the subject of question n. In a stage that plays back, the first question without
// another subject is the reading back.
func (p Playbook) about(n int) subject {
	q, stage, ok := p.Question(n)
	if !ok {
		return aboutNothing
	}
	if s := q.about(); s != aboutNothing || p.Stages[stage].Mark != MarkPlayback {
		return s
	}
	for _, earlier := range p.Stages[stage].Questions[:n-p.First(stage)] {
		if s := earlier.about(); s == aboutNothing || s == aboutPlayback {
			return aboutNothing
		}
	}
	return aboutPlayback
}

// about returns what the words of a question show.
func (q Question) about() subject {
	text := strings.ToLower(q.Text)
	for _, s := range subjectWords() {
		if slices.ContainsFunc(s.words, func(words string) bool { return strings.Contains(text, words) }) {
			return s.of
		}
	}
	return aboutNothing
}

// asksForProblems reports whether question n asks what is wrong: its words or those of its stage
// say so. A stage with a mark does something else.
func (p Playbook) asksForProblems(n int) bool {
	q, stage, ok := p.Question(n)
	if !ok || p.Stages[stage].Mark != MarkNone {
		return false
	}
	said := strings.ToLower(p.Stages[stage].Name + "\n" + q.Text)
	for _, words := range []string{
		"in your way", "fall short", "let you down", "put up with", "nearly left", "work around", "rid of", "do not want", "not turned out",
	} {
		if strings.Contains(said, words) {
			return true
		}
	}
	for word := range strings.FieldsFuncSeq(said, func(r rune) bool { return !unicode.IsLetter(r) }) {
		switch word {
		case "problem", "problems", "pain", "pains", "trouble", "troubles", "wrong", "hard", "harder", "hardest", "complain", "complaints":
			return true
		}
	}
	return false
}

// atProblems reports whether the conversation is at a question that asks what is wrong: the last that
// was gone to, unless what was done since belongs to another stage.
func (iv *Interview) atProblems() bool {
	_, stage, _ := iv.Playbook.Question(iv.Position)
	return iv.Playbook.asksForProblems(iv.Position) && iv.Stage() == stage
}

// Asked reports whether question n was asked: a line of theirs answers it, or what was done does.
func (iv *Interview) Asked(n int) bool { return iv.answered[n] || iv.did(iv.Playbook.about(n)) }

// answers reports whether a line answers the question that it was given to: somebody of theirs said
// it, or may have.
func (iv *Interview) answers(l Line) bool {
	if l.Question == 0 || l.Kind != Quote && l.Kind != Paraphrase && l.Kind != Strength {
		return false
	}
	who, known := iv.Person(l.Speaker)
	return !known || who.Side != Ours
}

// did reports whether something was done that answers questions about a subject.
func (iv *Interview) did(s subject) bool {
	impact := func(known func(Impact) bool) bool {
		return slices.ContainsFunc(iv.Problems, func(p Problem) bool { return known(p.Impact) })
	}
	playback := func(is func(Playback) bool) bool {
		return slices.ContainsFunc(iv.Problems, func(p Problem) bool { return slices.ContainsFunc(p.Playbacks, is) })
	}
	solution := func(is func(Solution) bool) bool { return slices.ContainsFunc(iv.Solutions, is) }
	switch s {
	case aboutNotes:
		return iv.Consent.Notes != NotesNotAsked
	case aboutQuoting:
		return iv.Consent.Quotes != QuotingNotAsked
	case aboutHowOften:
		return impact(func(i Impact) bool { return i.HowOften != "" })
	case aboutHowBad:
		return impact(func(i Impact) bool { return i.HowBad > 0 })
	case aboutCosts:
		return impact(func(i Impact) bool { return i.Costs != "" })
	case aboutBears:
		return impact(func(i Impact) bool { return i.Bears != "" })
	case aboutTried:
		return impact(func(i Impact) bool { return i.Tried != "" })
	case aboutWants:
		return impact(func(i Impact) bool { return i.Wants != "" })
	case aboutPlayback:
		return playback(func(Playback) bool { return true })
	case aboutWording:
		return playback(func(b Playback) bool { return b.Correction != "" })
	case aboutCorrection:
		return playback(func(b Playback) bool { return b.Answer == Nearly })
	case aboutLeftOut:
		return iv.LeftOut.Asked
	case aboutRespect:
		return len(iv.Respects) > 0
	case aboutShares:
		return solution(func(s Solution) bool { return s.Ours != "" || s.Theirs != "" })
	case aboutReaction:
		return solution(func(s Solution) bool { return s.Reaction != "" || s.Decision != Undecided })
	case aboutAdvising:
		return slices.ContainsFunc(iv.People, func(p Person) bool { return p.AskedToAdvise })
	case aboutNextSteps:
		return len(iv.Promises) > 0
	case aboutNothing, aboutSolving:
	}
	return false
}

// Stage returns the index of the stage that the conversation is in: that of the question gone to
// last, or of what was done since. It is 0 when there is neither.
func (iv *Interview) Stage() int {
	_, stage, _ := iv.Playbook.Question(iv.Current())
	latest := iv.moved
	for s, at := range iv.done {
		if i := iv.Playbook.stageOf(s); i >= 0 && at.Compare(latest) > 0 {
			stage, latest = i, at
		}
	}
	return stage
}

// stageOf returns the index of the stage that is about a subject, -1 for none.
func (p Playbook) stageOf(s subject) int {
	mark := map[subject]StageMark{aboutPlayback: MarkPlayback, aboutSolving: MarkSolution}[s]
	if mark != MarkNone {
		return slices.IndexFunc(p.Stages, func(st Stage) bool { return st.Mark == mark })
	}
	for n := 1; n <= p.Len() && s != aboutNothing; n++ {
		if p.about(n) == s {
			_, stage, _ := p.Question(n)
			return stage
		}
	}
	return -1
}

// cameUpBefore returns how a problem came up of which an earlier hark stored it, as far as that
// hark can have known: it stored whether any question was at hand, and only one about problems says
// that the problem was asked for. What /raised said stands where it is something else than that.
// shows are the lines that show the problem, the first of which it was made of.
func (iv *Interview) cameUpBefore(stored Raised, shows []Number) Raised {
	if len(shows) == 0 {
		return ""
	}
	first, _ := iv.Line(shows[0])
	byItself := Unprompted
	if first.Question > 0 {
		byItself = WhenAsked
	}
	if stored != byItself || stored == WhenAsked && iv.Playbook.asksForProblems(first.Question) {
		return stored
	}
	return ""
}
