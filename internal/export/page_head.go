package export

import (
	"slices"

	"hark/internal/interview"
)

// head writes what the interview was: with whom, when, how it ended, and what
// was allowed.
func (w *writer) head() {
	iv := w.iv
	w.add(title, span{oneLine, iv.Customer})
	parts := [][]span{{span{oneLine, w.period()}}}
	if iv.Playbook.Name != "" {
		parts = append(parts, []span{{oneLine, iv.Playbook.Name}})
	}
	parts = append(parts, []span{own("%s", outcomeWords(iv))})
	if w.voice.seller {
		parts = append(parts, []span{own("%s", iv.ID.Short())})
	}
	w.add(paragraph, joined(parts, " · ")...)
	w.people()
	w.adviser()
	if iv.Debrief {
		w.add(paragraph, own("All of it was written down after the meeting."))
	}
	if iv.Newer {
		w.add(paragraph, own("A newer hark wrote some of this interview, which is not all shown here."))
	}
	w.consent()
}

// period says when the interview took place.
func (w *writer) period() string {
	start := w.iv.MetAt().In(w.opts.Location)
	if !w.iv.MetUntil.IsZero() {
		return start.Format("Monday 2 January 2006, until 15:04 MST")
	}
	when := start.Format("Monday 2 January 2006, 15:04")
	if w.iv.Ended() {
		when += " to " + w.clock(w.iv.EndedAt)
	}
	return when + start.Format(" MST")
}

func outcomeWords(iv *interview.Interview) string {
	if words := iv.Outcome.Words(); words != "" {
		return words
	}
	if iv.Ended() {
		return "no outcome noted"
	}
	return "still open"
}

// people names who was in the room.
func (w *writer) people() {
	theirs, ours := w.present(interview.Theirs), w.present(interview.Ours)
	if len(theirs) > 0 {
		w.add(paragraph, append([]span{own("From their side: ")}, joined(theirs, ", ")...)...)
	}
	if len(ours) > 0 {
		w.add(paragraph, append([]span{own("From ours: ")}, joined(ours, ", ")...)...)
	}
}

// present lists who was there of one side, those who are named alike together.
func (w *writer) present(side interview.Side) [][]span {
	var all [][]span
	for _, c := range w.callings(side) {
		spans := []span{{oneLine, c.label}}
		if c.role != "" {
			spans = append(spans, own(" ("), span{oneLine, c.role}, own(")"))
		}
		if c.count > 1 {
			spans = append(spans, own(" (%d people)", c.count))
		}
		all = append(all, spans)
	}
	return all
}

// A calling is what one or more people are called in a list.
type calling struct {
	label, role string // role is "" where the label is the role
	count       int
}

func (w *writer) callings(side interview.Side) []calling {
	var all []calling
	for _, p := range w.iv.InRoom(side) {
		c := calling{label: w.voice.label(p), role: p.Role, count: 1}
		if side == interview.Theirs && !w.voice.names {
			c.role = ""
		}
		i := slices.IndexFunc(all, func(o calling) bool { return o.label == c.label && o.role == c.role })
		if i >= 0 {
			all[i].count++
			continue
		}
		all = append(all, c)
	}
	return all
}

// adviser says who agreed to be asked again.
func (w *writer) adviser() {
	var labels [][]span
	for _, p := range w.iv.People {
		if p.Adviser {
			labels = append(labels, []span{{oneLine, w.voice.label(p)}})
		}
	}
	if len(labels) > 0 {
		w.add(paragraph, append([]span{own("Agreed to be asked again: ")}, joined(labels, ", ")...)...)
	}
}

// consent says what the customer allowed, and what that does to the page.
func (w *writer) consent() {
	if w.iv.Consent.Notes == interview.NotesRefused {
		w.add(paragraph, own("They asked for no notes during the meeting."))
	}
	switch w.iv.Consent.Quotes {
	case interview.QuoteByName:
		w.add(paragraph, own("They may be quoted by name."))
	case interview.QuoteByRole:
		w.add(paragraph, own("They may be quoted by role only."))
	case interview.QuotingNotAsked:
		if w.voice.seller {
			w.add(paragraph, own("They were not asked yet whether they may be quoted."))
		} else {
			w.add(paragraph, own("They were not asked whether they may be quoted, so they are quoted by role only."))
		}
	case interview.QuoteNone:
		if w.voice.seller {
			w.add(paragraph, own("They asked not to be quoted."))
		} else {
			w.add(paragraph, own("They asked not to be quoted, so their quotes are left out and nobody of theirs is named. "+
				"Each problem is told as it is worded today."))
		}
	}
}
