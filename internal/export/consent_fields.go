package export

import (
	"slices"

	"hark/internal/interchange"
	"hark/internal/interview"
)

// Shared returns an interview in the fields of its JSON as it may be handed on: with names and quotes
// as far as the customer allowed, and without the seller's thoughts unless opts asks for them. The
// package comment has the rules.
func Shared(iv *interview.Interview, opts Options) interchange.Interview {
	doc, v := interchange.Shown(iv), allowed(iv)
	hidden := map[int]bool{}
	for _, l := range iv.Lines {
		hidden[l.Number] = !v.shown(l) || l.Kind.Private() && !opts.Thoughts
	}
	isHidden := func(line int) bool { return hidden[line] }
	doc.Lines = slices.DeleteFunc(doc.Lines, func(l interchange.Line) bool { return hidden[l.Number] })
	doc.LineCount = len(doc.Lines)
	for n := range doc.Lines {
		l, _ := iv.Line(doc.Lines[n].Number)
		doc.Lines[n].Speaker = v.speaker(l.Speaker)
	}
	for n, p := range iv.People {
		doc.People[n].Name = v.label(p)
		if p.Side == interview.Theirs && !v.names {
			doc.People[n].Role = ""
		}
	}
	for n, is := range iv.Problems {
		p := &doc.Problems[n]
		p.Evidence = slices.DeleteFunc(slices.Clone(p.Evidence), isHidden)
		p.Impact.Bears = v.bears(p.Impact.Bears)
		for i := range p.Playbacks {
			p.Playbacks[i].By = v.speaker(is.Playbacks[i].By)
		}
		if !v.quotes { // earlier wordings are the customer's own words
			p.FirstHeard, p.Wordings, p.OtherWordings, p.Playbacks = "", nil, nil, nil
		}
	}
	for n, p := range iv.Promises {
		to := &doc.Promises[n]
		to.Owner, to.Speaker = v.who(p.Owner), v.speaker(p.Speaker)
		to.Text, to.FirstWording = v.withoutNames(p.Text), v.withoutNames(p.First)
		to.OtherWordings = mapped(p.Concurrent, v.withoutNames)
	}
	for n, s := range iv.Solutions {
		doc.Solutions[n].Ours, doc.Solutions[n].Theirs = v.withoutNames(s.Ours), v.withoutNames(s.Theirs)
	}
	for n, r := range iv.Routes {
		doc.Routes[n].Owner = v.who(r.Owner)
	}
	return doc
}

// mapped converts each element of a slice.
func mapped[T, U any](in []T, convert func(T) U) []U {
	out := make([]U, len(in))
	for i, v := range in {
		out[i] = convert(v)
	}
	return out
}
