package interview

import (
	"cmp"
	"slices"
)

// wordingOf names one wording of one problem.
type wordingOf struct {
	problem ID
	text    string
}

// typed is what the record knows of how texts were typed.
type typed struct {
	// as holds what the wordings of problems were typed as, the newest entry of each.
	as map[wordingOf]LineKind
	// unsure holds the lines that an earlier hark stored as quotes, whether they were typed as one
	// or not: those that it added together with a problem.
	unsure map[ID]bool
}

// typedKind returns the kind of what was typed as their very words, or in the seller's.
func typedKind(quoted bool) LineKind {
	if quoted {
		return Quote
	}
	return Paraphrase
}

// Quoted reports whether a wording of a problem stands in quotation marks, and whose words they
// are, the zero ID where that is not known. It does when it was typed as the customer's very words,
// when they said yes to exactly it and did not take that back, or when a quote of theirs has the
// same words. A yes makes it the words of the one who said it where nobody is on record as having
// said them; see Speaker. What our own people said, or somebody whose side is in doubt, is no quote
// of the customer. Every way out asks this, or the fields Quoted that follow from it.
func (iv *Interview) Quoted(p Problem, text string) (by ID, quoted bool) {
	w := iv.saying(p, text)
	switch {
	case w.quoted:
		return w.by, true
	case !w.by.IsZero() && slices.Contains(w.yes, w.by):
		return w.by, true
	case len(w.yes) == 0:
		return ID{}, w.typed && !w.ours
	case w.by.IsZero() && !w.ours:
		return w.yes[0], true
	}
	return ID{}, true
}

// Speaker returns who said a wording of a problem first, or corrected it to that; the zero ID where
// that is not known, or where it was only noted down in other words and another one confirmed it.
func (iv *Interview) Speaker(p Problem, text string) ID {
	if w := iv.saying(p, text); w.quoted || slices.Contains(w.yes, w.by) {
		return w.by
	}
	return ID{}
}

// saying is what the record knows of who said a wording.
type saying struct {
	by     ID   // who said it first, in whatever form
	quoted bool // word for word
	typed  bool // it was typed as a quote, by whomever
	ours   bool // one of us said or noted it, or somebody whose side is in doubt
	yes    []ID // who said yes to it
}

func (iv *Interview) saying(p Problem, text string) saying {
	w := saying{typed: iv.typed.as[wordingOf{p.ID, text}] == Quote}
	for i := range iv.Lines { // whatever problem they are tied to
		l := &iv.Lines[i]
		switch {
		case l.Text != text && l.First != text:
		case !iv.theirWords(l):
			w.ours = true
		case l.Kind == Quote && !iv.typed.unsure[l.ID] && (l.Text == text || l.FirstQuoted):
			return saying{by: l.Speaker, quoted: true}
		default:
			w.by = cmp.Or(w.by, l.Speaker)
		}
	}
	for _, pb := range p.Playbacks {
		if iv.isYes(pb, text) {
			w.yes = append(w.yes, pb.By)
		}
		switch {
		case pb.Correction != text:
		case pb.NotTheirs:
			w.ours = true
		case w.typed:
			w.by, w.quoted = cmp.Or(w.by, pb.By), true
		default:
			w.by = cmp.Or(w.by, pb.By)
		}
	}
	return w
}

// isYes reports whether a playback is a yes to these words that counts.
func (iv *Interview) isYes(pb Playback, text string) bool {
	by, known := iv.Person(pb.By)
	return pb.Answer == Yes && pb.counts() && pb.Said == text && known && by.Side == Theirs
}

// mayBeTheirs reports whether words of a speaker are the customer's: somebody on their side said
// them, or nobody was named.
func (iv *Interview) mayBeTheirs(speaker ID) bool {
	who, named := iv.Person(speaker)
	return !named || who.Side == Theirs
}

// TypedAsQuote reports whether the wording of today was typed as the customer's very words, which
// is what a correction of it starts from: a yes makes a quote of a paraphrase, and no quote of what
// is typed next.
func (p Problem) TypedAsQuote() bool {
	return len(p.Wordings) > 0 && p.Wordings[len(p.Wordings)-1].Kind == Quote
}

// Worded returns a wording of a problem as it stands in a sentence: in quotation marks if it is a
// quote.
func (iv *Interview) Worded(p Problem, text string) string {
	_, quoted := iv.Quoted(p, text)
	return marked(text, quoted)
}

// Worded returns the wording of today as it stands in a sentence: in quotation marks if it is a
// quote.
func (p Problem) Worded() string { return marked(p.Statement, p.Quoted) }

// Worded is Problem.Worded.
func (p ProblemSummary) Worded() string { return marked(p.Statement, p.Quoted) }

// Worded returns a line's text, in quotation marks if it is a quote.
func (l Line) Worded() string { return marked(l.Text, l.Quoted) }

// CountsAs returns the kind as which a way out shows the line: of what was stored as a quote and
// may have been typed in the seller's words only what stands in quotation marks is one.
func (l Line) CountsAs() LineKind {
	if l.Kind == Quote && !l.Quoted {
		return Paraphrase
	}
	return l.Kind
}

// Quoted is Line.Quoted.
func (l LineSummary) Quoted() bool { return l.Kind == Quote }

// Worded is Line.Worded.
func (l LineSummary) Worded() string { return marked(l.Text, l.Quoted()) }

// Worded returns the answer, in quotation marks if it is a quote.
func (l LeftOut) Worded() string { return marked(l.Text, l.Quoted) }

func marked(text string, quoted bool) string {
	if quoted {
		return "“" + text + "”"
	}
	return text
}

// quoted settles which texts stand in quotation marks, once lines and problems are known.
func (f *folder) quoted() {
	iv := f.iv
	iv.typed = typed{as: map[wordingOf]LineKind{}, unsure: map[ID]bool{}}
	for _, b := range f.raised {
		for _, v := range slices.Backward(append([]*problemBody{b.value}, b.concurrent...)) {
			for _, w := range v.Wordings {
				iv.typed.as[wordingOf{b.id, w.Text}] = w.Kind
			}
		}
	}
	for _, l := range f.saids {
		if l.value.Kind == Quote && l.value.FirstKind == "" && f.raisedWith(l.value) {
			iv.typed.unsure[l.id] = true
		}
	}
	for i := range iv.Problems {
		p := &iv.Problems[i]
		_, p.Quoted = iv.Quoted(*p, p.Statement)
	}
	if len(iv.typed.unsure) == 0 {
		return
	}
	for i := range iv.Lines {
		if l := &iv.Lines[i]; iv.typed.unsure[l.ID] {
			l.Quoted = slices.ContainsFunc(iv.Problems, func(p Problem) bool {
				_, quoted := iv.Quoted(p, l.Text)
				return quoted
			})
			l.FirstQuoted = l.FirstQuoted && l.Quoted
		}
	}
}

// raisedWith reports whether a line was added together with a problem by one action of an earlier
// hark, which did not store what the wording was typed as. Dropped problems count.
func (f *folder) raisedWith(l *lineBody) bool {
	first := cmp.Or(l.First, l.Text)
	return slices.ContainsFunc(f.raised, func(b body[problemBody]) bool {
		w := b.value.Wordings
		return len(w) > 0 && w[0].Kind == "" && w[0].Text == first && l.At.Equal(b.value.At)
	})
}

// retype corrects what the wordings of a problem with this text were typed as.
func (b *problemBody) retype(text string, kind LineKind) {
	b.Wordings = slices.Clone(b.Wordings)
	for i := range b.Wordings {
		if b.Wordings[i].Text == text {
			b.Wordings[i].Kind = kind
		}
	}
}

// retype corrects what a wording of a problem was typed as, together with the line that was entered
// with it: the one was typed as what the other was.
func (w *work) retype(p Problem, text string, kind LineKind) error {
	for _, l := range w.iv.Lines {
		if !l.Shows(p.ID) || l.Text != text || l.Kind != typedKind(kind != Quote) || !l.At.Equal(p.Wordings[0].At) {
			continue
		}
		w.state(l.ID, FieldKind, factBody{Text: string(kind)})
	}
	return amend(w, p.ID, kindProblem, func(b *problemBody) { b.retype(text, kind) })
}
