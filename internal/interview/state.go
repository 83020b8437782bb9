package interview

import (
	"slices"
	"time"
)

// State is how far a promise or a route has come. Every way out asks for it; none looks at the
// times themselves.
type State string

// A promise goes from open to done to told; a route from open to answered to told. One that waits
// is due on its day and overdue from the next.
const (
	StateOpen     State = "open"
	StateDue      State = "due"
	StateOverdue  State = "overdue"
	StateDone     State = "done"     // and the customer was not told yet
	StateAnswered State = "answered" // and the customer was not told yet
	StateTold     State = "told"
)

// Waits reports whether the thing is still to be done or answered.
func (s State) Waits() bool { return s == StateOpen || s == StateDue || s == StateOverdue }

// waiting returns the state of what is not done or answered on a day.
func waiting(due, today Date) State {
	switch {
	case due.IsZero() || today.Before(due):
		return StateOpen
	case due == today:
		return StateDue
	}
	return StateOverdue
}

// stateOf is the state of what is due on a day, was done or answered (which, as then says) and told of
// at two times, zero where it was not. What was told of and is not done or answered waits: there is
// nothing to tell of yet, and a done that was taken back takes the telling with it.
func stateOf(due Date, did, told time.Time, then State, today Date) State {
	switch {
	case did.IsZero():
		return waiting(due, today)
	case told.IsZero():
		return then
	}
	return StateTold
}

// State returns how far the promise has come on a day. On the zero Date what waits is open.
func (p Promise) State(today Date) State { return stateOf(p.Due, p.DoneAt, p.ToldAt, StateDone, today) }

// State is Promise.State.
func (p PromiseSummary) State(today Date) State {
	return stateOf(p.Due, p.DoneAt, p.ToldAt, StateDone, today)
}

// State returns how far the route has come on a day. On the zero Date what waits is open.
func (r Route) State(today Date) State {
	return stateOf(r.Due, r.AnsweredAt, r.ToldAt, StateAnswered, today)
}

// State is Route.State.
func (r RouteSummary) State(today Date) State {
	return stateOf(r.Due, r.AnsweredAt, r.ToldAt, StateAnswered, today)
}

// Waits reports whether the promise is not done.
func (p Promise) Waits() bool { return p.State(Date{}).Waits() }

// Waits is Promise.Waits.
func (p PromiseSummary) Waits() bool { return p.State(Date{}).Waits() }

// Waits reports whether the route is not answered.
func (r Route) Waits() bool { return r.State(Date{}).Waits() }

// Waits is Route.Waits.
func (r RouteSummary) Waits() bool { return r.State(Date{}).Waits() }

// ToTell reports whether the promise is ours and done, and the customer was not told of it.
func (p Promise) ToTell() bool { return p.Side == Ours && p.State(Date{}) == StateDone }

// ToTell is Promise.ToTell.
func (p PromiseSummary) ToTell() bool { return p.Side == Ours && p.State(Date{}) == StateDone }

// Owed reports whether we owe the customer this: a promise of ours, until they were told that it is
// done.
func (p PromiseSummary) Owed() bool { return p.Side == Ours && p.State(Date{}) != StateTold }

// Owed reports whether we owe the customer this: an answer, until they were told of it.
func (r RouteSummary) Owed() bool { return r.State(Date{}) != StateTold }

// ToAsk reports whether the line is a follow-up that was not asked.
func (l Line) ToAsk() bool { return l.Kind == FollowUp && l.AskedAt.IsZero() }

// Ended reports whether the interview is over.
func (s Summary) Ended() bool { return !s.EndedAt.IsZero() }

// Lasted returns how long the meeting lasted, without the time between an end and a reopening; known is
// false while it is open, and as with Running.
func (iv *Interview) Lasted() (d time.Duration, known bool) {
	d, known = iv.Running(iv.EndedAt)
	return d, known && iv.Ended()
}

// Running returns how long an open interview has lasted by now. That is not known of a debrief, of which
// nobody noted the beginning, and of what was left open for a day or more: earlier harks did not store
// that one was reopened.
func (iv *Interview) Running(now time.Time) (d time.Duration, known bool) {
	const day = 24 * time.Hour
	d = iv.openUntil(now)
	return d, !iv.Debrief && d < day
}

// openUntil returns how long the interview was open by a time at which it was open or ended.
func (iv *Interview) openUntil(at time.Time) time.Duration {
	switch {
	case !iv.reopened.IsZero():
		return iv.open + at.Sub(iv.reopened)
	case iv.open > 0:
		return iv.open
	}
	return at.Sub(iv.StartedAt)
}

// openSeconds is openUntil as it is stored: at least one second, since none stands for never reopened.
func (iv *Interview) openSeconds(at time.Time) int64 {
	return max(1, int64(iv.openUntil(at).Seconds()))
}

// Words returns how a problem came up: "unprompted" or "when asked"; "" where it is not known.
func (r Raised) Words() string {
	switch r {
	case Unprompted:
		return "unprompted"
	case WhenAsked:
		return "when asked"
	}
	return ""
}

// OtherYes reports whether a playback is a yes to other words than those of today.
func (p Problem) OtherYes(pb Playback) bool { return pb.Answer == Yes && pb.Said != p.Statement }

// Lapsed reports whether the problem is not confirmed, and an earlier wording of it was.
func (p Problem) Lapsed() bool {
	return p.Status != Confirmed && slices.ContainsFunc(p.Playbacks, func(pb Playback) bool { return pb.counts() && p.OtherYes(pb) })
}

// counts reports whether an answer counts: it was not taken back, it is theirs, no other one was given
// apart from it, and the problem was there.
func (pb Playback) counts() bool { return !pb.Withdrawn && !pb.NotTheirs && !pb.Apart && !pb.Early }

// Against says in a few words why a playback does not count, "" where it does.
func (p Problem) Against(pb Playback) string {
	switch {
	case pb.NotTheirs:
		return "not on their side, so it does not count"
	case pb.Early:
		return "noted before the problem was, so it does not count"
	case pb.Withdrawn:
	case pb.Apart:
		return "another answer was noted elsewhere, without either knowing of the other, so it does not count"
	default:
		return ""
	}
	i := slices.IndexFunc(p.Playbacks, func(o Playback) bool { return o.ID == pb.ID })
	for _, later := range p.Playbacks[i+1:] {
		if later.Said == pb.Said && later.Answer != Yes && later.By != pb.By {
			return "a later no stands against it"
		} else if later.Said == pb.Said && later.Answer != Yes {
			break
		}
	}
	return "taken back later"
}

// Corrected reports whether they had something to correct: an answer of theirs was no plain yes.
func (p Problem) Corrected() bool {
	return slices.ContainsFunc(p.Playbacks, func(pb Playback) bool { return pb.Answer != Yes && !pb.NotTheirs })
}

// Disputed reports whether there is more to tell of the wording than that it was said, and
// confirmed at once: another wording, or another answer than a single yes.
func (p Problem) Disputed() bool {
	atOnce := len(p.Playbacks) == 0 || len(p.Playbacks) == 1 && p.Playbacks[0].Answer == Yes
	return len(p.Wordings) > 1 || len(p.OtherWordings()) > 0 || !atOnce
}

// WordedSo reports whether the problem was ever worded so.
func (p Problem) WordedSo(text string) bool {
	return slices.ContainsFunc(p.Wordings, func(w Wording) bool { return w.Text == text })
}
