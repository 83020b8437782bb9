package export

import (
	"slices"

	"hark/internal/interview"
)

// Shared returns the interview in the form of the JSON document as it may be
// given to others: named and quoted as far as the customer allowed, and without
// the seller's thoughts unless opts asks for them. What the package comment says
// of Markdown goes for it too.
func Shared(iv *interview.Interview, opts Options) Interview {
	doc := JSON(iv)
	if !opts.Thoughts {
		doc = doc.WithoutThoughts()
	}
	v := allowed(iv)
	doc.share(iv, v)
	for i := range doc.Problems {
		doc.Problems[i].share(iv, v)
	}
	return doc
}

// share leaves out of all but the problems what may not be told.
func (i *Interview) share(iv *interview.Interview, v voice) {
	hidden := map[int]bool{}
	for _, l := range iv.Lines {
		hidden[l.Number] = !v.shown(l)
	}
	for n := range i.People {
		p := iv.People[n]
		i.People[n].Name = v.label(p)
		if p.Side == interview.Theirs && !v.names {
			i.People[n].Role = ""
		}
	}
	i.Lines = slices.DeleteFunc(i.Lines, func(l Line) bool { return hidden[l.Number] })
	i.LineCount = len(i.Lines)
	for n := range i.Lines {
		l, _ := iv.Line(i.Lines[n].Number)
		i.Lines[n].Speaker = v.speaker(l.Speaker)
	}
	for n := range i.Problems {
		i.Problems[n].Evidence = slices.DeleteFunc(slices.Clone(i.Problems[n].Evidence), func(line int) bool { return hidden[line] })
	}
	for n, p := range iv.Promises {
		to := &i.Promises[n]
		to.Owner, to.Speaker = v.who(p.Owner), v.speaker(p.Speaker)
		to.Text, to.FirstWording = v.withoutNames(p.Text), v.withoutNames(p.First)
		to.OtherWordings = list(p.Concurrent, v.withoutNames)
	}
	for n, s := range iv.Solutions {
		i.Solutions[n].Ours, i.Solutions[n].Theirs = v.withoutNames(s.Ours), v.withoutNames(s.Theirs)
	}
	for n, r := range iv.Routes {
		i.Routes[n].Owner = v.who(r.Owner)
	}
}

// share leaves out of a problem what may not be told: how it was put before is
// the customer's own words.
func (p *Problem) share(iv *interview.Interview, v voice) {
	is, _ := iv.Problem(p.Number)
	p.Impact.Bears = v.bears(p.Impact.Bears)
	for n := range p.Playbacks {
		p.Playbacks[n].By = v.speaker(is.Playbacks[n].By)
	}
	if !v.quotes {
		p.FirstHeard, p.Wordings, p.OtherWordings, p.Playbacks = "", nil, nil, nil
	}
}
