package export

import "hark/internal/interview"

// A recap is what the customer is sent after a meeting: what we heard, as they
// confirmed it, what was agreed, and who does what by when. It is to be read
// over before it is sent.
//
// Nothing stands in it that is not the customer's to read: no thoughts, nothing
// set aside or not confirmed, no departments, nobody else's interviews.

// Recap returns the recap as Markdown; as Options say, and named and quoted as
// far as the customer allowed.
func Recap(iv *interview.Interview, opts Options) []byte {
	return markdownPage(recap(iv, opts))
}

// RecapText is Recap as plain text for a mail, in lines of at most opts.Width
// cells.
func RecapText(iv *interview.Interview, opts Options) string {
	return textPage(recap(iv, opts), opts.Width)
}

func recap(iv *interview.Interview, opts Options) page {
	w := newWriter(iv, opts, allowed(iv))
	w.add(title, own("Our conversation on %s", w.day(iv.MetAt())))
	var with [][]span
	for _, side := range []interview.Side{interview.Theirs, interview.Ours} {
		for _, c := range w.callings(side) {
			with = append(with, []span{{oneLine, c.label}})
		}
	}
	spans := []span{{oneLine, iv.Customer}}
	if len(with) > 0 {
		spans = append(append(spans, own(": ")), joined(with, ", ")...)
	}
	w.add(paragraph, spans...)
	w.add(paragraph, own("Thank you for your time. This is what we heard, and what we said we would do. Please tell us what we got wrong."))
	w.heard()
	w.agreed()
	w.whoDoesWhat()
	return w.page
}

// heard writes the problems that they confirmed as they are worded today.
func (w *writer) heard() {
	begun := false
	for _, p := range w.iv.Problems {
		if p.Status != interview.Confirmed {
			continue
		}
		if !begun {
			w.add(section, own("What we heard"))
			begun = true
		}
		text, by := w.voice.wording(p, p.Statement)
		kind := paragraph
		if text.sort == quotedText {
			kind = statement
		}
		w.add(kind, w.attributed(text, by)...)
		w.yourImpact(p.Impact)
	}
	if l := w.iv.LeftOut; l.Text != "" {
		w.add(paragraph, own("Asked what we had left out, you said: "), span{saidText, l.Text})
	}
}

// yourImpact writes an impact as it is told to the customer.
func (w *writer) yourImpact(i interview.Impact) {
	w.facet("How often", i.HowOften)
	if i.HowBad > 0 {
		w.add(item, own("How bad: %d of 5, by your own rating", i.HowBad))
	}
	w.facet("What it costs", i.Costs)
	w.facet("Who bears it", w.voice.bears(i.Bears))
	w.facet("What you tried", i.Tried)
	w.facet("What you want instead", i.Wants)
}

// agreed writes what they agreed to, and what a good answer must respect.
func (w *writer) agreed() {
	var agreed []interview.Solution
	for _, s := range w.iv.Solutions {
		if s.Decision == interview.Agreed && !s.Held {
			agreed = append(agreed, s)
		}
	}
	if len(agreed) == 0 {
		return
	}
	w.add(section, own("What we agreed"))
	for _, s := range agreed {
		w.add(paragraph, span{saidText, s.Text})
		w.facet("Stays in your hands", w.voice.withoutNames(s.Theirs))
		w.facet("Comes into ours", w.voice.withoutNames(s.Ours))
		for _, r := range w.iv.Respects {
			if len(s.Problems) > 0 && s.Problems[0] == r.Problem {
				w.facet("We keep to this", r.Text)
			}
		}
	}
}

// whoDoesWhat writes the promises of both sides.
func (w *writer) whoDoesWhat() {
	if len(w.iv.Promises) > 0 {
		w.add(section, own("Who does what, by when"))
	}
	for _, p := range w.iv.Promises {
		kind := todo
		if !p.DoneAt.IsZero() {
			kind = done
		}
		who := w.voice.who(p.Owner)
		if who == "" && p.Side == interview.Theirs {
			who = "you"
		} else if who == "" {
			who = "we"
		}
		spans := []span{{oneLine, who}, own(": "), {saidText, w.voice.withoutNames(p.Text)}}
		spans = append(spans, w.due(p.Due)...)
		spans = append(spans, w.moment("done", p.DoneAt)...)
		w.add(kind, spans...)
	}
}
