package export

import (
	"cmp"
	"slices"
	"strings"

	"hark/internal/interview"
)

// head writes with whom and when the interview was, how it ended, and what the customer allowed.
func (w *writer) head() {
	iv := w.iv
	w.add(title, span{oneLine, iv.Customer})
	parts := [][]span{{span{oneLine, w.period()}}}
	if iv.Playbook.Name != "" {
		parts = append(parts, []span{{oneLine, iv.Playbook.Name}})
	}
	parts = append(parts, []span{{ownText, outcomeWords(iv)}})
	if w.audience.seller {
		parts = append(parts, []span{{ownText, iv.ID.Short()}})
	}
	w.add(paragraph, joined(parts, " · ")...)
	w.people()
	w.adviser()
	if written := iv.WrittenDown(); written != "" {
		w.add(paragraph, own("All of it was %s.", written))
	}
	if iv.Newer {
		w.add(paragraph, own("A newer hark wrote some of this interview, which is not all shown here."))
	}
	w.consent()
	w.concurrent(iv.Concurrent, interview.Pick{})
	for _, p := range iv.People {
		about := func(text string) string { return w.audience.who(p.ID) + ", " + text }
		w.doubts(mapped(interview.Standing(w.shown(p.Concurrent)), about)) // which /person and /rename settle
	}
}

// period returns when the interview took place.
func (w *writer) period() string {
	start := w.iv.MetAt().In(w.opts.zone())
	switch {
	case !w.iv.MetClock():
		return start.Format("Monday 2 January 2006")
	case w.iv.Debrief:
		return start.Format("Monday 2 January 2006, until 15:04 MST")
	}
	when := start.Format("Monday 2 January 2006, 15:04")
	if w.iv.Ended() {
		when += " to " + w.clock(w.iv.EndedAt, true)
	}
	return when + start.Format(" MST")
}

func outcomeWords(iv *interview.Interview) string {
	if standing := interview.InDoubt(iv.Concurrent, interview.FieldOutcome); standing != nil {
		return strings.Join(mapped(standing, func(c interview.Concurrent) string { return interview.Outcome(c.Value).Words() }), " or ")
	}
	if words := iv.Outcome.Words(); words != "" {
		return words
	}
	if iv.Ended() {
		return "no outcome noted"
	}
	return "still open"
}

// people names those who were in the room.
func (w *writer) people() {
	w.list("From their side: ", w.present(interview.Theirs))
	w.list("From ours: ", w.present(interview.Ours))
	w.list("Also there: ", w.present(""))
}

// list adds a paragraph with items behind a label, if there are any.
func (w *writer) list(label string, items [][]span) {
	if len(items) > 0 {
		w.add(paragraph, append([]span{{ownText, label}}, joined(items, ", ")...)...)
	}
}

// present lists the people of one side who were in the room.
func (w *writer) present(side interview.Side) [][]span {
	return mapped(w.labels(side), func(l label) []span {
		spans := []span{{oneLine, l.text}}
		if l.role != "" {
			spans = append(spans, own(" ("), span{oneLine, l.role}, own(")"))
		}
		if l.count > 1 {
			spans = append(spans, own(" (%d people)", l.count))
		}
		return spans
	})
}

// A label names one person, or several who are named alike.
type label struct {
	text, role string // role is "" if the text is the role
	count      int
}

// labels returns the labels of the people of one side who were in the room.
func (w *writer) labels(side interview.Side) []label {
	var all []label
	for _, p := range w.iv.InRoom(side) {
		l := label{text: w.audience.label(p), role: p.Role, count: 1}
		if side != interview.Ours && !w.audience.names {
			l.role = ""
		}
		i := slices.IndexFunc(all, func(o label) bool { return o.text == l.text && o.role == l.role })
		if i >= 0 {
			all[i].count++
			continue
		}
		all = append(all, l)
	}
	return all
}

// adviser names those who agreed to be asked again.
func (w *writer) adviser() {
	var labels [][]span
	for _, p := range w.iv.People {
		if p.Adviser {
			labels = append(labels, []span{{oneLine, w.audience.label(p)}})
		}
	}
	w.list("Agreed to be asked again: ", labels)
}

// consent writes what the customer allowed, and what that means for the page.
func (w *writer) consent() {
	if w.iv.Consent.Notes == interview.NotesRefused {
		w.add(paragraph, own("They asked for no notes during the meeting."))
	}
	toSeller, toOthers := "", ""
	switch w.iv.Consent.Quotes {
	case interview.QuoteByName:
		toSeller = "They may be quoted by name."
	case interview.QuoteByRole:
		toSeller = "They may be quoted by role only."
	case interview.QuotingNotAsked:
		toSeller = "They were not asked yet whether they may be quoted."
		toOthers = "They were not asked whether they may be quoted, so they are quoted by role only."
	case interview.QuoteNone:
		toSeller = "They asked not to be quoted."
		toOthers = "They asked not to be quoted, so their quotes are left out and nobody of theirs is named. " +
			"Each problem is told as it is worded today."
	}
	if w.iv.ConsentOpen() {
		toSeller = "Their answer about notes and quotes is still to settle. Until then they " + map[interview.Quoting]string{
			interview.QuoteByName: "are quoted by name.", interview.QuoteByRole: "are quoted by role only.",
			interview.QuotingNotAsked: "are quoted by role only.", interview.QuoteNone: "are not quoted.",
		}[w.iv.Consent.Quotes]
		toOthers = ""
	}
	if w.audience.seller {
		toOthers = ""
	}
	if text := cmp.Or(toOthers, toSeller); text != "" {
		w.add(paragraph, span{ownText, text})
	}
}
