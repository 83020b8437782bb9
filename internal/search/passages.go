package search

import (
	"slices"

	"hark/internal/interview"
)

// The kinds of passage that are not lines.
const (
	kindProblem  = "problem"
	kindImpact   = "impact"
	kindPromise  = "promise"
	kindRoute    = "route"
	kindSolution = "solution"
	kindReaction = "reaction"
	kindRespect  = "respect"
	kindAdvice   = "advice"
	kindLeftOut  = "left-out"
)

// kinds returns the kinds of passage: those of lines, then the others.
func kinds() []string {
	var all []string
	for _, k := range interview.LineKinds() {
		all = append(all, string(k))
	}
	return append(all, kindProblem, kindImpact, kindPromise, kindRoute, kindSolution, kindReaction, kindRespect, kindAdvice, kindLeftOut)
}

// passage is one searchable text of an interview.
type passage struct {
	number interview.Number
	kind   string
	text   string
	themes []string
	status interview.Status // of the problem that it belongs to
	// repeated says that a line has the same text: a problem that is still worded as a line that
	// shows it is found as that line, unless the query asks for problems.
	repeated bool
	// quoted says that the text stands in quotation marks.
	quoted bool
}

// passages lists the passages of an interview.
func passages(iv *interview.Interview) []passage {
	all := make([]passage, 0, 4*len(iv.Problems)+len(iv.Lines)+len(iv.Promises)) // mostly enough
	for _, p := range iv.Problems {
		add := func(kind, text string) {
			if text != "" {
				all = append(all, passage{number: p.Number, kind: kind, text: text, themes: p.Themes, status: p.Status})
			}
		}
		shown := slices.ContainsFunc(iv.Lines, func(l interview.Line) bool { return l.Problem == p.ID && l.Text == p.Statement })
		all = append(all, passage{number: p.Number, kind: kindProblem, text: p.Statement, themes: p.Themes, status: p.Status, repeated: shown, quoted: p.Quoted})
		for _, facet := range []string{p.Impact.HowOften, p.Impact.Costs, p.Impact.Bears, p.Impact.Tried, p.Impact.Wants} {
			add(kindImpact, facet)
		}
	}
	ofProblem := func(id interview.ID, s passage) passage {
		if id.IsZero() {
			return s
		}
		if p, ok := iv.ProblemByID(id); ok {
			s.themes, s.status = slices.Concat(s.themes, p.Themes), p.Status
		}
		return s
	}
	for _, l := range iv.Lines {
		all = append(all, ofProblem(l.Problem, passage{number: l.Number, kind: string(l.Kind), text: l.Text, themes: l.Themes, quoted: l.Quoted}))
	}
	for _, p := range iv.Promises {
		all = append(all, passage{number: p.Number, kind: kindPromise, text: p.Text})
	}
	for _, s := range iv.Solutions {
		of := passage{number: s.Number, kind: kindSolution, text: s.Text}
		for _, p := range s.Problems {
			of = ofProblem(p, of)
		}
		all = append(all, of)
		if of.kind, of.text = kindReaction, s.Reaction; of.text != "" {
			all = append(all, of)
		}
	}
	for _, r := range iv.Respects {
		p, _ := iv.ProblemByID(r.Problem)
		all = append(all, passage{number: p.Number, kind: kindRespect, text: r.Text, themes: p.Themes, status: p.Status})
	}
	for _, a := range iv.Advice {
		p, _ := iv.ProblemByID(a.Problem)
		all = append(all, passage{number: p.Number, kind: kindAdvice, text: a.Text, themes: p.Themes, status: p.Status})
	}
	for _, r := range iv.Routes {
		if !r.Waits() {
			all = append(all, ofProblem(r.Problem, passage{number: r.Number, kind: kindRoute, text: r.Answer}))
		}
	}
	if iv.LeftOut.Text != "" {
		all = append(all, passage{kind: kindLeftOut, text: iv.LeftOut.Text, quoted: iv.LeftOut.Quoted})
	}
	return all
}
