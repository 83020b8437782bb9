package interview

import (
	"bytes"
	"math"
	"slices"
	"time"

	"hark/internal/document"
)

// Dated is a promise that has a day, or once had one: what a calendar has of it. It may have been
// dropped.
type Dated struct {
	Promise
	// Day is the day that it is due on. Where it is due on none now, it is a day that it had, or that
	// on which it was made.
	Day     Date
	Dropped bool // or its interview was discarded
	// Revision grows with every change to the promise, and when changes of two windows come together.
	// It is the same wherever the same versions are known: the document alone tells it.
	Revision  int
	ChangedAt time.Time // when the last of its changes was made
}

// Stands reports whether the promise is still to be kept on its day.
func (d Dated) Stands() bool { return !d.Dropped && d.Waits() && !d.Due.IsZero() }

// Dated returns the promises that have, or had, a day, in the order of their IDs.
func (iv *Interview) Dated() []Dated {
	var all []Dated
	for it := range iv.doc.All() {
		if it.Latest().Kind != kindPromise {
			continue
		}
		if d, ok := iv.datedOf(it); ok {
			all = append(all, d)
		}
	}
	slices.SortFunc(all, func(a, b Dated) int { return bytes.Compare(a.ID[:], b.ID[:]) })
	return all
}

// datedOf returns a promise with its day; ok is false for one that never had any.
func (iv *Interview) datedOf(it document.Item) (d Dated, ok bool) {
	body, known := readable[promiseBody](it.Latest().Body)
	if !known || body.Text == "" { // its words are withheld
		return d, false
	}
	i := slices.IndexFunc(iv.Promises, func(p Promise) bool { return p.ID == it.ID })
	if i >= 0 {
		d.Promise = iv.Promises[i]
	} else {
		d.Promise = Promise{ID: it.ID, Number: numberOf(body.Number, ""), Text: body.Text, Owner: iv.one(body.Owner), Side: body.Side, Whose: body.Whose, At: body.At}
	}
	d.Dropped = i < 0 || iv.Discarded
	d.Day, ok = iv.lastDay(it, d.Promise)
	if !ok {
		return d, false
	}
	d.Revision, d.ChangedAt = iv.revision(it, body.At)
	return d, true
}

// lastDay returns the day of a promise; where it has none now, the one set last, or else the earliest
// that is known of it. ok is false where it never had any.
func (iv *Interview) lastDay(it document.Item, p Promise) (day Date, ok bool) {
	if !p.Due.IsZero() {
		return p.Due, true
	}
	set, wasSet := iv.doc.Item(factID(factBody{Of: it.ID, Field: FieldDue}))
	if wasSet {
		if body, _ := readable[factBody](set.Latest().Body); !body.Due.IsZero() {
			return body.Due, true
		}
	}
	note := func(due Date) {
		if !due.IsZero() && (day.IsZero() || due.Before(day)) {
			day = due
		}
	}
	for _, v := range it.Versions {
		body, _ := readable[promiseBody](v.Body)
		note(body.Due)
	}
	for _, v := range set.Versions {
		body, _ := readable[factBody](v.Body)
		note(body.Due)
	}
	if day.IsZero() && wasSet { // the day that was taken away is in the history alone
		day = DateOf(p.At)
	}
	return day, !day.IsZero()
}

// revision adds up how late each of the items that make up a promise was written last, since the
// promise was made. Each of these only grows, on any laptop and when two come together, and so does
// the sum: a clock of a document never goes back. More versions than one of an item count as well, and
// so do ticks, for while a system clock is behind nothing else tells what came later. The header
// stands for the customer's name, and for whether the interview was discarded.
func (iv *Interview) revision(it document.Item, since time.Time) (revision int, at time.Time) {
	parts := []ID{it.ID, belonging(kindDropped, it.ID), belonging(kindProgress, it.ID, stepDone), belonging(kindProgress, it.ID, stepTold), single(kindHeader)}
	for _, f := range promiseFields() {
		parts = append(parts, factID(factBody{Of: it.ID, Field: f.name}))
	}
	var latest document.Clock
	for _, id := range parts {
		part, ok := iv.doc.Item(id)
		if !ok {
			continue
		}
		written := part.Latest().Clock
		for _, v := range part.Versions { // a deletion next to it can be later
			if v.Clock.Compare(written) > 0 {
				written = v.Clock
			}
		}
		if written.Compare(latest) > 0 {
			latest = written
		}
		revision += lateness(written.Wall-since.UnixMilli()) + int(written.Tick) + len(part.Versions) - 1
	}
	return min(revision, math.MaxInt32), time.UnixMilli(latest.Wall).UTC()
}

// lateness makes of milliseconds a number that grows with them, by one at least for each second and,
// in the first quarter of an hour, for each millisecond. It ends after 8 years: of all parts there is room
// in an int32 then for the ticks, which go on when a wrong clock was that far ahead.
func lateness(ms int64) int {
	const fine, most = 15 * 60 * 1000, 1 << 28
	return int(min(max(0, min(ms, fine)+max(0, ms-fine)/1000), most))
}
