package export

import (
	"slices"

	"hark/internal/interchange"
	"hark/internal/interview"
)

// Shared returns an interview in the fields of its JSON as it may be handed on: with names and
// quotes as far as the customer allowed, and without thoughts unless opts includes them.
func Shared(iv *interview.Interview, opts Options) interchange.Interview {
	doc, a := interchange.Shown(iv), others(iv, opts)
	hidden := map[interview.Number]bool{}
	hiddenLine := map[interview.ID]bool{}
	for n, l := range iv.Lines {
		hidden[l.Number], hiddenLine[l.ID] = !a.shows(l), !a.shows(l)
		doc.Lines[n].Speaker = a.speaker(l.Speaker)
		doc.Lines[n].Concurrent = a.concurrentFields(l.Concurrent)
		doc.Lines[n].Themes = a.themesField(doc.Lines[n].Themes)
	}
	doc.Lines = slices.DeleteFunc(doc.Lines, func(l interchange.Line) bool { return hiddenLine[l.ID] })
	doc.LineCount = len(doc.Lines)
	for n, p := range iv.People {
		doc.People[n].Name = a.label(p)
		doc.People[n].Doubt = interview.SideDoubt{}
		doc.People[n].Concurrent = a.concurrentFields(p.Concurrent)
		if p.Side != interview.Ours && !a.names {
			doc.People[n].Role, doc.People[n].Also = "", nil
		}
	}
	for n, is := range iv.Problems {
		p := &doc.Problems[n]
		p.ShowsIn(slices.DeleteFunc(slices.Clone(is.Evidence), func(line interview.Number) bool { return hidden[line] }))
		p.Impact.Bears = a.bears(p.Impact.Bears)
		p.Concurrent = a.concurrentFields(is.Concurrent)
		p.Themes = a.themesField(p.Themes)
		for i := range p.Playbacks {
			p.Playbacks[i].By = a.speaker(is.Playbacks[i].By)
		}
		if !a.quotes { // earlier wordings are the customer's own words
			p.FirstHeard, p.Wordings, p.OtherWordings, p.Playbacks = "", nil, nil, nil
		}
	}
	for n, p := range iv.Promises {
		to := &doc.Promises[n]
		to.Doubt, to.Whose = interview.DayDoubt{}, interview.SideDoubt{} // the words stand in the text
		to.Owner, to.Speaker = a.who(p.Owner), a.speaker(p.Speaker)
		to.Text, to.FirstWording = a.withoutNames(p.Text), a.withoutNames(p.First)
		to.OtherWordings = mapped(p.OtherWordings(), a.withoutNames)
		to.Concurrent = a.concurrentFields(p.Concurrent)
	}
	for n, s := range iv.Solutions {
		doc.Solutions[n].Ours, doc.Solutions[n].Theirs = a.withoutNames(s.Ours), a.withoutNames(s.Theirs)
		doc.Solutions[n].Reaction = a.reaction(s.Reaction)
		doc.Solutions[n].Concurrent = a.concurrentFields(s.Concurrent)
	}
	for n, r := range iv.Routes {
		doc.Routes[n].Owner = a.who(r.Owner)
		doc.Routes[n].Concurrent = a.concurrentFields(r.Concurrent)
	}
	doc.Respect = slices.DeleteFunc(doc.Respect, func(r interchange.Respect) bool { return !a.respected(r.Text) })
	doc.Concurrent = a.concurrentFields(iv.Concurrent)
	return doc
}

// themesField is themes for a list in the fields of the JSON, which is never null.
func (a audience) themesField(all []string) []string { return append([]string{}, a.themes(all)...) }

// concurrentFields is concurrent as the fields of the JSON.
func (a audience) concurrentFields(all []interview.Concurrent) []interchange.Concurrent {
	return interchange.ConcurrentOf(a.concurrent(all))
}

// mapped converts each element of a slice.
func mapped[T, U any](in []T, convert func(T) U) []U {
	out := make([]U, len(in))
	for i, v := range in {
		out[i] = convert(v)
	}
	return out
}
