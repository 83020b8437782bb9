package export

import (
	"cmp"
	"strings"

	"hark/internal/interview"
)

// Recap returns the recap of a meeting for the customer as Markdown: the problems that they
// confirmed, what was agreed, and who does what by when. It contains no thoughts, no departments,
// and nothing that was set aside or not confirmed. The seller should read it over before sending
// it.
func Recap(iv *interview.Interview, opts Options) []byte {
	return markdownBlocks(recap(iv, opts))
}

// RecapText returns the recap as plain text for a mail, in lines of at most opts.Width cells.
func RecapText(iv *interview.Interview, opts Options) string {
	return textBlocks(recap(iv, opts), opts.Width)
}

func recap(iv *interview.Interview, opts Options) []block {
	w := newWriter(iv, opts, others(iv, opts))
	w.add(title, own("Our conversation on %s", w.day(iv.MetAt())))
	var with [][]span
	for _, l := range append(w.labels(interview.Theirs), w.labels(interview.Ours)...) {
		with = append(with, []span{{oneLine, l.text}})
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
	return w.blocks
}

// allOf returns the text of a field, and where several stand all of them.
func allOf(all []interview.Concurrent, field interview.Field, text string) string {
	values := interview.InDoubt(all, field)
	if values == nil {
		return text
	}
	return strings.Join(mapped(values, func(c interview.Concurrent) string { return cmp.Or(c.Value, "none") }), " / ")
}

// heard writes the confirmed problems.
func (w *writer) heard() {
	w.section("What we heard", func() {
		for _, p := range w.iv.Problems {
			if p.Status == interview.Confirmed {
				w.statement(p)
				w.impact(p, "you", "your")
			}
		}
	})
	w.answerLeftOut("Asked what we had left out, you said: ", "What we noted down when we asked what we had left out: ")
}

// agreed writes the agreed solutions that are not held, and what they must respect.
func (w *writer) agreed() {
	w.section("What we agreed", func() {
		for _, s := range w.iv.Solutions {
			if s.Decided() != interview.Agreed {
				continue
			}
			w.add(paragraph, span{saidText, allOf(s.Concurrent, interview.FieldText, s.Text)})
			w.facet("Stays in your hands", w.audience.withoutNames(allOf(s.Concurrent, interview.FieldTheirs, s.Theirs)))
			w.facet("Comes into ours", w.audience.withoutNames(allOf(s.Concurrent, interview.FieldOurs, s.Ours)))
			for _, r := range w.respects() {
				if len(s.Problems) > 0 && s.Problems[0] == r.Problem {
					w.facet("We keep to this", r.Text)
				}
			}
		}
	})
}

// whoDoesWhat writes the promises of both sides.
func (w *writer) whoDoesWhat() {
	w.section("Who does what, by when", func() {
		for _, p := range w.iv.Promises {
			kind, due := w.progress(p)
			text := w.audience.withoutNames(allOf(p.Concurrent, interview.FieldText, p.Text))
			spans := []span{{oneLine, w.owner(p, "you", "we")}, own(": "), {saidText, text}}
			w.add(kind, append(spans, due...)...)
		}
	})
}
