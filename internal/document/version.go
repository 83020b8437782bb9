package document

import (
	"cmp"
	"slices"
	"time"
)

// Incarnation names one opening of one notebook. It is drawn anew each time,
// so that a notebook restored from a backup never repeats a dot.
type Incarnation uint64

// Dot names one version in a document.
type Dot struct {
	Incarnation Incarnation
	Counter     uint64 // from 1, per document and incarnation; given without gaps
}

// Clock is a hybrid logical clock: milliseconds since 1970 in UTC, and a tick
// that orders what falls into the same millisecond or comes after a clock that
// was set back. It orders the display; no merge depends on it.
type Clock struct {
	Wall int64
	Tick uint32
}

// Compare orders clocks: negative when c is before o.
func (c Clock) Compare(o Clock) int {
	return cmp.Or(cmp.Compare(c.Wall, o.Wall), cmp.Compare(c.Tick, o.Tick))
}

// After returns a clock later than c that shows now if it can.
func (c Clock) After(now time.Time) Clock {
	if wall := now.UnixMilli(); wall > c.Wall {
		return Clock{Wall: wall}
	}
	return Clock{Wall: c.Wall, Tick: c.Tick + 1}
}

// Version is what an item said at one moment. It is never changed; Body is
// shared between documents and must not be written to.
type Version struct {
	Dot     Dot
	Clock   Clock
	Author  string
	Kind    string // what sort of item the body is
	Deleted bool   // the body is kept, for undo
	Body    []byte
}

// Compare orders versions for display: by clock, then by dot.
func (v Version) Compare(o Version) int {
	return cmp.Or(
		v.Clock.Compare(o.Clock),
		cmp.Compare(v.Dot.Incarnation, o.Dot.Incarnation),
		cmp.Compare(v.Dot.Counter, o.Dot.Counter),
	)
}

// Item is one thing in a document, with the versions that nobody has replaced:
// one, or several written beside each other, in the order of Version.Compare.
type Item struct {
	ID       ID
	Versions []Version
}

// Live returns the versions that are not deletions, in order. An edit beats a
// deletion made beside it: an item is gone only when nothing live is left.
func (it Item) Live() []Version {
	live := make([]Version, 0, len(it.Versions))
	for _, v := range it.Versions {
		if !v.Deleted {
			live = append(live, v)
		}
	}
	return live
}

// Latest returns the version to show first: the last live one, or the last
// deletion when none is live. An item always has at least one version.
func (it Item) Latest() Version {
	for _, v := range slices.Backward(it.Versions) {
		if !v.Deleted {
			return v
		}
	}
	return it.Versions[len(it.Versions)-1]
}
