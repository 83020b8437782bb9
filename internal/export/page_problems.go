package export

import (
	"cmp"
	"slices"
	"time"

	"hark/internal/interview"
)

// problems writes the problems, those that were set aside in a section of their own.
func (w *writer) problems() {
	for _, part := range []struct {
		heading string
		aside   bool
	}{{"Problems", false}, {"Set aside", true}} {
		w.section(part.heading, func() {
			for _, p := range w.iv.Problems {
				if (p.Status == interview.Aside) == part.aside {
					w.problem(p)
				}
			}
		})
	}
	w.gate()
}

// gate lists for the seller what an open interview still waits for.
func (w *writer) gate() {
	if !w.audience.seller || w.iv.Ended() || w.iv.Gate.Open {
		return
	}
	w.add(section, own("Before solutions unlock"))
	for _, g := range w.iv.Gate.Missing {
		w.add(item, span{saidText, g.Text})
	}
}

func (w *writer) problem(p interview.Problem) {
	w.add(subsection, own("Problem %s: %s", p.Number, statusWord(p.Status)))
	w.current(p)
	w.wordings(p)
	w.evidence(p, p.Wordings...)
}

// current writes the current wording of a problem, its status, and its impact.
func (w *writer) current(p interview.Problem) {
	w.statement(p)
	if spans := w.standing(p); len(spans) > 0 {
		w.add(paragraph, spans...)
	}
	w.impact(p, "they", "their")
	w.concurrent(p.Concurrent, interview.Pick{What: interview.ThingProblem, Number: p.Number})
}

// statement writes the current wording of a problem, set off if it is a quote.
func (w *writer) statement(p interview.Problem) {
	kind := paragraph
	spans := w.wording(p, p.Statement)
	if spans[0].sort == quotedText {
		kind = statement
	}
	w.add(kind, spans...)
}

// wording returns a wording of a problem, and who said it if that may be told.
func (w *writer) wording(p interview.Problem, text string) []span {
	wording, by := w.audience.wording(p, text)
	return attributed([]span{wording}, w.audience.speaker(by))
}

// attributed appends a name behind a dash, nothing for "".
func attributed(spans []span, who string) []span {
	if who == "" {
		return spans
	}
	return append(spans, own(" — "), span{oneLine, who})
}

func statusWord(s interview.Status) string {
	if s == interview.Aside {
		return "set aside"
	}
	return string(s)
}

// standing returns the status of a problem in words, how it came up, and its themes.
func (w *writer) standing(p interview.Problem) []span {
	var facts [][]span
	add := func(spans ...span) { facts = append(facts, spans) }
	switch p.Status {
	case interview.Heard:
		add(own("not weighed or confirmed yet"))
	case interview.Weighed:
		add(own("not confirmed yet"))
	case interview.Confirmed:
		add(w.confirmation(p)...)
		if !p.Weighed() {
			add(own("not weighed yet"))
		}
	case interview.Aside:
		if p.Reason != "" {
			add(own("because: "), span{saidText, p.Reason})
		}
	}
	for _, no := range p.Denials() {
		if who := w.audience.speaker(no.By); who != "" {
			add(span{oneLine, who}, own(" said no to it"))
		} else {
			add(own(interview.SaidNo))
		}
	}
	if p.Lapsed() {
		add(own("an earlier wording was confirmed"))
	}
	if raised := p.Raised.Words(); raised != "" {
		add(own("came up %s", raised))
	}
	if len(p.Themes) > 0 {
		add(append([]span{own("themes: ")}, themeSpans(w.audience.themes(p.Themes))...)...)
	}
	return joined(facts, " · ")
}

func themeSpans(themes []string) []span {
	all := make([][]span, len(themes))
	for i, t := range themes {
		all[i] = []span{{oneLine, t}}
	}
	return joined(all, ", ")
}

// confirmation returns who confirmed a problem, and when.
func (w *writer) confirmation(p interview.Problem) []span {
	proofs := w.iv.Proofs(p)
	if len(proofs) == 0 {
		return []span{own("confirmed")}
	}
	last := proofs[len(proofs)-1]
	spans := []span{own("confirmed")}
	if who := w.audience.speaker(last.By); who != "" {
		spans = append(spans, own(" by "), span{oneLine, who})
	}
	if at := w.clock(w.iv.Happened(last.At)); at != "" {
		spans = append(spans, own(", %s", at))
	}
	return spans
}

// impact writes what weighs a problem, without a rating where several stand. they and their are the
// pronouns for the customer.
func (w *writer) impact(p interview.Problem, they, their string) {
	i := p.Impact
	w.facet("How often", i.HowOften)
	if i.HowBad > 0 && interview.InDoubt(p.Concurrent, interview.FieldHowBad) == nil {
		w.add(item, own("How bad: %d of 5, by %s own rating", i.HowBad, their))
	}
	w.facet("What it costs", i.Costs)
	w.facet("Who bears it", w.audience.bears(i.Bears))
	w.facet("What "+they+" tried", i.Tried)
	w.facet("What "+they+" want instead", i.Wants)
}

// wordings writes the history of a problem's wording, if it has more than one wording or another
// answer than a single yes. Where the customer refused to be quoted, their words are left out of it,
// and what they answered stays.
func (w *writer) wordings(p interview.Problem) {
	if !p.Disputed() {
		return
	}
	if !w.audience.quotes {
		if len(p.Playbacks) == 0 {
			return
		}
		w.add(paragraph, own("How it was answered:"))
		for _, pb := range p.Playbacks {
			w.put(block{kind: item, at: w.clock(w.iv.Happened(pb.At))}, w.playback(p, pb)...)
		}
		return
	}
	w.add(paragraph, own("How it came to be worded so:"))
	for _, e := range w.history(p) {
		w.put(block{kind: item, at: w.clock(w.iv.Happened(e.at))}, e.spans...)
	}
}

// An event is one entry in the history of a wording.
type event struct {
	at    time.Time
	spans []span
}

// history returns the wordings and playbacks of a problem by time. Of those at the same time the
// first wording comes first, and a playback before the wording that it led to.
func (w *writer) history(p interview.Problem) []event {
	var first, rest []event
	for i, o := range p.Wordings {
		text, _ := w.audience.wording(p, o.Text)
		spans := attributed([]span{text}, w.audience.speaker(w.iv.Speaker(p, o.Text)))
		switch {
		case i == 0:
			first = append(first, event{o.At, append([]span{own("first heard: ")}, spans...)})
		case slices.ContainsFunc(p.Playbacks, func(pb interview.Playback) bool { return pb.Correction == o.Text }):
			rest = append(rest, event{o.At, append([]span{own("corrected: ")}, spans...)})
		default:
			rest = append(rest, event{o.At, append([]span{own("reworded: ")}, spans...)})
		}
	}
	for _, pb := range p.Playbacks {
		first = append(first, event{pb.At, w.playback(p, pb)})
	}
	events := append(first, rest...)
	slices.SortStableFunc(events, func(a, b event) int { return a.at.Compare(b.at) })
	return events
}

// playback returns the answer of a playback, and what was read out unless that is one of the
// wordings.
func (w *writer) playback(p interview.Problem, pb interview.Playback) []span {
	spans := []span{own("played back")}
	switch {
	case !w.audience.quotes && !p.AsToday(pb):
		spans = append(spans, own(" in other words"))
	case w.audience.quotes && !p.WordedSo(pb.Said):
		text, _ := w.audience.wording(p, pb.Said)
		spans = append(spans, own(" as "), text)
	}
	spans = attributed(append(spans, own(": %s", pb.Answer)), w.audience.speaker(pb.By))
	if why := p.Against(pb); why != "" {
		spans = append(spans, own(" (%s)", why))
	}
	return spans
}

// evidence lists the lines that show a problem, without those that say the same as a wording
// already shown.
func (w *writer) evidence(p interview.Problem, shown ...interview.Wording) {
	var lines []interview.Line
	for _, n := range p.Evidence {
		l, ok := w.iv.Line(n)
		again := slices.ContainsFunc(shown, func(o interview.Wording) bool { return o.Text == l.Text })
		if ok && !again && w.audience.shows(l) {
			lines = append(lines, l)
		}
	}
	if len(lines) == 0 {
		return
	}
	w.add(paragraph, own("What shows it:"))
	slices.SortFunc(lines, func(a, b interview.Line) int { return cmp.Compare(a.Number, b.Number) })
	for _, l := range lines {
		w.line(l)
	}
}
