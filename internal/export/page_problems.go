package export

import (
	"cmp"
	"slices"
	"time"

	"hark/internal/interview"
)

// problems writes the problems, and apart from them those set aside.
func (w *writer) problems() {
	var live, aside []interview.Problem
	for _, p := range w.iv.Problems {
		if p.Status == interview.Aside {
			aside = append(aside, p)
		} else {
			live = append(live, p)
		}
	}
	if len(live) > 0 {
		w.add(section, own("Problems"))
	}
	for _, p := range live {
		w.problem(p)
	}
	if len(aside) > 0 {
		w.add(section, own("Set aside"))
	}
	for _, p := range aside {
		w.problem(p)
	}
	w.gate()
}

// gate tells the seller what an open interview still waits for.
func (w *writer) gate() {
	if !w.voice.seller || w.iv.Ended() || w.iv.Gate.Open {
		return
	}
	w.add(section, own("Before solutions unlock"))
	for _, g := range w.iv.Gate.Missing {
		w.add(item, span{saidText, g.Text})
	}
}

func (w *writer) problem(p interview.Problem) {
	w.add(subsection, own("Problem %d: %s", p.Number, statusWord(p.Status)))
	w.today(p)
	w.wordings(p)
	w.evidence(p, p.Wordings...)
}

// today writes how a problem is worded and stands today, and what it does.
func (w *writer) today(p interview.Problem) {
	text, by := w.voice.wording(p, p.Statement)
	kind := paragraph
	if text.sort == quotedText {
		kind = statement
	}
	w.add(kind, w.attributed(text, by)...)
	if spans := w.standing(p); len(spans) > 0 {
		w.add(paragraph, spans...)
	}
	w.impact(p)
}

// attributed puts a text down to whom it belongs to.
func (w *writer) attributed(text span, by interview.ID) []span {
	if who := w.voice.speaker(by); who != "" {
		return []span{text, own(" — "), {oneLine, who}}
	}
	return []span{text}
}

func statusWord(s interview.Status) string {
	if s == interview.Aside {
		return "set aside"
	}
	return string(s)
}

// standing says how far a problem has come, how it came up, and what its themes
// are.
func (w *writer) standing(p interview.Problem) []span {
	var facts [][]span
	tell := func(spans ...span) { facts = append(facts, spans) }
	switch p.Status {
	case interview.Heard:
		tell(own("not weighed or confirmed yet"))
	case interview.Weighed:
		tell(own("not confirmed yet"))
	case interview.Confirmed:
		tell(w.confirmation(p)...)
		if !p.Weighed() {
			tell(own("not weighed yet"))
		}
	case interview.Aside:
		if p.Reason != "" {
			tell(own("because: "), span{saidText, p.Reason})
		}
	}
	if lapsed(p) {
		tell(own("an earlier wording was confirmed"))
	}
	switch p.Raised {
	case interview.Unprompted:
		tell(own("came up unprompted"))
	case interview.WhenAsked:
		tell(own("came up when asked"))
	}
	if len(p.Themes) > 0 {
		tell(append([]span{own("themes: ")}, themeSpans(p.Themes)...)...)
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

// confirmation says who confirmed a problem, and when.
func (w *writer) confirmation(p interview.Problem) []span {
	for _, pb := range slices.Backward(p.Playbacks) {
		by, _ := w.iv.Person(pb.By)
		if pb.Answer != interview.Yes || pb.Withdrawn || pb.Said != p.Statement || by.Side != interview.Theirs {
			continue
		}
		if who := w.voice.speaker(pb.By); who != "" {
			return []span{own("confirmed by "), {oneLine, who}, own(", %s", w.clock(pb.At))}
		}
		return []span{own("confirmed, %s", w.clock(pb.At))}
	}
	return []span{own("confirmed")}
}

// lapsed reports whether there was a yes, but to another wording than today's.
func lapsed(p interview.Problem) bool {
	return p.Status != interview.Confirmed && slices.ContainsFunc(p.Playbacks, func(pb interview.Playback) bool {
		return pb.Answer == interview.Yes && !pb.Withdrawn && pb.Said != p.Statement
	})
}

func (w *writer) impact(p interview.Problem) {
	i := p.Impact
	w.facet("How often", i.HowOften)
	if i.HowBad > 0 {
		w.add(item, own("How bad: %d of 5, by their own rating", i.HowBad))
	}
	w.facet("What it costs", i.Costs)
	w.facet("Who bears it", w.voice.bears(i.Bears))
	w.facet("What they tried", i.Tried)
	w.facet("What they want instead", i.Wants)
}

// wordings tells how a problem came to be worded as it is, where there is
// anything to tell: more than one wording, or another answer than one yes. All
// of that is the customer's words, so nothing is told where they asked not to
// be quoted.
func (w *writer) wordings(p interview.Problem) {
	onceYes := len(p.Playbacks) == 0 || len(p.Playbacks) == 1 && p.Playbacks[0].Answer == interview.Yes
	if !w.voice.quotes || len(p.Wordings) < 2 && len(p.Concurrent) == 0 && onceYes {
		return
	}
	w.add(paragraph, own("How it came to be worded so:"))
	for _, e := range w.history(p) {
		w.put(block{kind: item, at: w.clock(e.at)}, e.spans...)
	}
	for _, other := range p.Concurrent {
		text, by := w.voice.wording(p, other)
		w.add(item, append([]span{own("written beside it, and not joined yet: ")}, w.attributed(text, by)...)...)
	}
}

// An event is one step in how a problem came to be worded.
type event struct {
	at    time.Time
	spans []span
}

// history returns the wordings and playbacks of a problem in order. At one and
// the same time the first wording comes first, and a playback before the wording
// that came of it.
func (w *writer) history(p interview.Problem) []event {
	var first, rest []event
	for i, o := range p.Wordings {
		text, by := w.voice.wording(p, o.Text)
		spans := w.attributed(text, by)
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

// playback tells of one reading-back: the answer, and what was read out if that
// is none of the wordings told of.
func (w *writer) playback(p interview.Problem, pb interview.Playback) []span {
	spans := []span{own("played back")}
	if !slices.ContainsFunc(p.Wordings, func(o interview.Wording) bool { return o.Text == pb.Said }) {
		text, _ := w.voice.wording(p, pb.Said)
		spans = append(spans, own(" as "), text)
	}
	spans = append(spans, own(": %s", pb.Answer))
	if who := w.voice.speaker(pb.By); who != "" {
		spans = append(spans, own(" — "), span{oneLine, who})
	}
	if pb.Withdrawn {
		spans = append(spans, own(" (taken back later)"))
	}
	return spans
}

// evidence lists the lines that show a problem, but for those whose words were
// told already.
func (w *writer) evidence(p interview.Problem, shown ...interview.Wording) {
	var lines []interview.Line
	for _, n := range p.Evidence {
		l, ok := w.iv.Line(n)
		again := slices.ContainsFunc(shown, func(o interview.Wording) bool { return o.Text == l.Text })
		if ok && !again && w.shown(l) {
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
