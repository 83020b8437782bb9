package interview

import (
	"fmt"
	"slices"
	"time"

	"hark/internal/document"
)

// Gate is the checklist between listening and solving. It opens when at least one problem is
// confirmed, every confirmed one is weighed, every problem is settled (confirmed or set aside), and
// the customer was asked what has been left out. Once open it stays open; from then on each problem
// has a lock of its own.
type Gate struct {
	Open     bool
	OpenedAt time.Time // the first time at which all of it held
	// Missing lists what it still waits for; empty once it is open.
	Missing []Gap
	// Checks is the whole checklist, done or not.
	Checks []Check
}

// Check is one line of the gate's checklist.
type Check struct {
	Text string
	Done bool
	ToGo int // the number of problems left, where it is useful
}

// GapKind is the kind of a missing thing.
type GapKind string

// The kinds of gaps.
const (
	GapRaise   GapKind = "raise"    // no problem has been heard
	GapConfirm GapKind = "confirm"  // none is confirmed
	GapSettle  GapKind = "settle"   // this one is neither confirmed nor set aside
	GapWeigh   GapKind = "weigh"    // this one is confirmed but not weighed
	GapWording GapKind = "wording"  // this one has concurrent wordings
	GapLeftOut GapKind = "left-out" // nobody asked what has been left out
	GapAside   GapKind = "aside"    // this one was set aside
	GapGone    GapKind = "gone"     // this one was dropped
)

// Gap is one missing thing, with a sentence that says what to do.
type Gap struct {
	Kind    GapKind
	Problem Number // its number, 0 when the gap concerns no single problem
	Text    string
}

// status returns the status of a problem. Confirmation is a pure function of the document: a yes
// that was not taken back, to exactly today's wording, by a person on the customer's side.
func (f *folder) status(p Problem) Status {
	if _, aside := f.asides[p.ID]; aside {
		return Aside
	}
	if len(p.OtherWordings()) == 0 && len(f.iv.Proofs(p)) > 0 {
		return Confirmed
	}
	if p.Weighed() {
		return Weighed
	}
	return Heard
}

// holdsRoutes reports whether a problem of this status, or one that is gone, has nothing to carry anywhere.
func (s Status) holdsRoutes() bool { return s != Confirmed && s != Aside }

// heldRoute says why a route is held.
const heldRoute = "held: the problem is not confirmed as it is worded now"

// Hold says why a route is held, "" for one that is not.
func (r Route) Hold() string { return hold(r.Held) }

// Hold is Route.Hold, of a route of the interview.
func (s Summary) Hold(r RouteSummary) string {
	p, _ := find(s.Problems, func(p ProblemSummary) bool { return p.Number == r.Problem })
	return hold(p.Status.holdsRoutes())
}

func hold(held bool) string {
	if held {
		return heldRoute
	}
	return ""
}

// Proofs returns the playbacks that confirm a problem in its current wording, oldest first.
func (iv *Interview) Proofs(p Problem) []Playback {
	var proofs []Playback
	for _, pb := range p.Playbacks {
		if iv.isYes(pb, p.Statement) {
			proofs = append(proofs, pb)
		}
	}
	return proofs
}

// unlocked reports whether the gate is open, and each of the given problems is confirmed and weighed in
// today's wording.
func (f *folder) unlocked(problems ...ID) bool {
	if !f.iv.Gate.Open {
		return false
	}
	for _, id := range problems {
		p, ok := f.iv.ProblemByID(id)
		if !ok || p.Status != Confirmed || !p.Weighed() {
			return false
		}
	}
	return len(problems) > 0
}

// gate derives the gate from the problems, what was left out, and the recorded opening.
func (f *folder) gate() Gate {
	iv := f.iv
	var confirmed, weighed, unsettled int
	var gaps []Gap
	for _, p := range iv.Problems {
		switch p.Status {
		case Confirmed:
			confirmed++
			if p.Weighed() {
				weighed++
			}
		case Heard, Weighed:
			unsettled++
		case Aside:
		}
		if p.Status != Aside {
			gaps = append(gaps, iv.lockOf(p)...)
		}
	}
	switch {
	case len(iv.Problems) == 0:
		gaps = append(gaps, Gap{Kind: GapRaise, Text: "a problem in their words (!text)"})
	case confirmed == 0 && unsettled == 0:
		gaps = append(gaps, Gap{Kind: GapConfirm, Text: "one confirmed problem: all were set aside (take one up with /take-up P, or hear a new one)"})
	}
	if !iv.LeftOut.Asked {
		gaps = append(gaps, Gap{Kind: GapLeftOut, Text: "ask what has been left out (/left-out, with the answer)"})
	}
	opened := f.opened
	if !f.canHaveOpened() {
		opened = time.Time{}
	}
	g := Gate{
		OpenedAt: opened,
		Open:     !opened.IsZero() || len(gaps) == 0,
		Checks: []Check{
			{Text: "a problem in their words", Done: len(iv.Problems) > 0},
			{Text: "weigh what they confirm", Done: confirmed > 0 && weighed == confirmed, ToGo: confirmed - weighed},
			{Text: "confirm or set aside each", Done: len(iv.Problems) > 0 && unsettled == 0 && confirmed > 0, ToGo: unsettled},
			{Text: "ask what was left out", Done: iv.LeftOut.Asked},
		},
	}
	if !g.Open {
		g.Missing = gaps
	}
	return g
}

// canHaveOpened reports whether the record has what the gate cannot have opened without, whatever a merge,
// an undo or a file says: a yes by somebody who was put down as theirs, and, dropped since or not, an impact
// and an answer to what was left out.
func (f *folder) canHaveOpened() bool {
	yes := slices.ContainsFunc(f.yeses, func(b body[playbackBody]) bool { return !f.isEarly(b) && f.wasTheirs(b.value.By) })
	_, leftOut := f.iv.doc.Item(single(kindLeftOut))
	return yes && leftOut && f.weighed
}

// RecordOpening records that the gate stands open, unless that is on record. Without it the gate
// would shut with the next problem. It returns the interview after it, and the change, which is
// empty where there was nothing to record. What brings versions together calls it: an action and a
// merge can each complete what the gate waits for.
func (iv *Interview) RecordOpening(w document.Writer, now time.Time) (after *Interview, change document.Change, err error) {
	if iv.Newer || !iv.Gate.Open || !iv.Gate.OpenedAt.IsZero() {
		return iv, nil, nil
	}
	b, err := encode(momentBody{At: now})
	if err != nil {
		return nil, nil, err
	}
	doc := iv.doc.Clone()
	change = doc.Put(w, now, document.Put{Item: single(kindOpening), Kind: kindOpening, Body: b})
	return Refold(doc, iv), change, nil
}

// lockOf returns what one problem still needs before it can be solved.
func (iv *Interview) lockOf(p Problem) []Gap {
	gap := func(kind GapKind, format string, args ...any) []Gap {
		return []Gap{{Kind: kind, Problem: p.Number, Text: fmt.Sprintf(format, args...)}}
	}
	n := p.Number
	switch {
	case p.Status == Aside:
		return gap(GapAside, "problem %s was set aside (/take-up %s takes it up again)", n, n)
	case p.Status == Confirmed && p.Weighed():
		return nil
	case p.Status == Confirmed:
		return gap(GapWeigh, "weigh problem %s (/impact %s how-often=… how-bad=1..5)", n, n)
	case len(p.OtherWordings()) > 0:
		return gap(GapWording, "problem %s has two wordings: pick or join them (/reword %s text), then play it back", n, n)
	case p.Weighed():
		return gap(GapSettle, "play back problem %s (/playback %s yes|nearly|no), or set it aside (/aside %s)", n, n, n)
	default:
		return gap(GapSettle, "weigh problem %s (/impact %s …) and play it back (/playback %s yes|nearly|no), or set it aside (/aside %s)", n, n, n, n)
	}
}

// Lock returns what is missing before a solution for the given problems can be added: what the gate
// waits for while it is shut, and what each of the problems needs. It is empty when they are
// unlocked.
func (iv *Interview) Lock(problems ...Number) []Gap {
	var gaps []Gap
	if !iv.Gate.Open {
		gaps = append(gaps, iv.Gate.Missing...)
	}
	for _, n := range problems {
		p, ok := iv.Problem(n)
		if !ok {
			gaps = append(gaps, Gap{Kind: GapGone, Problem: n, Text: fmt.Sprintf("problem %s is not there any more", n.shown())})
			continue
		}
		for _, g := range iv.lockOf(p) {
			if !slices.Contains(gaps, g) {
				gaps = append(gaps, g)
			}
		}
	}
	return gaps
}
