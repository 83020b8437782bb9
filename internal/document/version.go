package document

import (
	"cmp"
	"encoding/json"
	"fmt"
	"math"
	"slices"
	"strconv"
	"time"
)

// Incarnation identifies one file of a notebook on one machine, as long as nothing but hark changes
// it: for what was copied, restored or brought by a sync program another one is drawn at random, so
// that a notebook never repeats a dot. What is journalled has incarnations of its own. In text it
// has hexadecimal digits, because many readers of JSON lose precision in numbers this large.
type Incarnation uint64

// MarshalText implements encoding.TextMarshaler.
func (i Incarnation) MarshalText() ([]byte, error) { return fmt.Appendf(nil, "%016x", uint64(i)), nil }

// UnmarshalText implements encoding.TextUnmarshaler. It takes exactly 16 hexadecimal digits.
func (i *Incarnation) UnmarshalText(text []byte) error {
	n, err := strconv.ParseUint(string(text), 16, 64)
	if err != nil || len(text) != 16 {
		return fmt.Errorf("%q is not the number of a notebook in 16 hexadecimal digits", text)
	}
	*i = Incarnation(n)
	return nil
}

// Dot identifies one version in a document.
type Dot struct {
	Incarnation Incarnation `json:"by"`
	Counter     uint64      `json:"count"` // from 1, per document and incarnation, without gaps
}

// Clock is a hybrid logical clock: milliseconds since 1970 in UTC, and a tick that orders versions
// of the same millisecond, or after the system clock was set back. It orders the display; no merge
// depends on it.
type Clock struct {
	Wall int64  `json:"clock"`
	Tick uint32 `json:"tick,omitempty"`
}

// Compare compares clocks; the result is negative when c is before o.
func (c Clock) Compare(o Clock) int {
	return cmp.Or(cmp.Compare(c.Wall, o.Wall), cmp.Compare(c.Tick, o.Tick))
}

// After returns a clock later than c, at now if that is later.
func (c Clock) After(now time.Time) Clock {
	if wall := now.UnixMilli(); wall > c.Wall {
		return Clock{Wall: wall}
	}
	if c.Tick == math.MaxUint32 {
		return Clock{Wall: c.Wall + 1}
	}
	return Clock{Wall: c.Wall, Tick: c.Tick + 1}
}

// Version is the content of an item at one moment. It never changes. Body is shared between
// documents and must not be written to.
type Version struct {
	Dot
	Clock
	Author  string `json:"author,omitempty"`
	Kind    string `json:"kind"`              // the kind of item
	Deleted bool   `json:"deleted,omitempty"` // the body stays, for undo
	// Withheld means that the content is not for the readers of this copy: of the body only what others
	// need is left. A dot has two contents at most, this one and the whole one; Merge keeps the
	// whole one.
	Withheld bool            `json:"withheld,omitempty"`
	Body     json.RawMessage `json:"body"`
	// First is zero but where undo brought content back: then it says who wrote it first, and when.
	First Origin `json:"first,omitzero"`
}

// Origin is who wrote the content of a version, and when, in milliseconds since 1970 in UTC.
type Origin struct {
	Author string `json:"author,omitempty"`
	Wall   int64  `json:"clock"`
}

// Origin returns who wrote the content, and when.
func (v Version) Origin() Origin {
	if v.First != (Origin{}) {
		return v.First
	}
	return Origin{v.Author, v.Clock.Wall}
}

// Live reports whether the version has something to show: it is no deletion, and its content is
// here.
func (v Version) Live() bool { return !v.Deleted && !v.Withheld }

// fuller returns which of two versions of one dot says more. An earlier hark withheld a line as if
// it were deleted: of two that are withheld, the one that is not deleted counts.
func (v Version) fuller(o Version) Version {
	if v.Withheld && (!o.Withheld || v.Deleted && !o.Deleted) {
		return o
	}
	return v
}

// Compare compares versions for display: by clock, then by dot.
func (v Version) Compare(o Version) int {
	return cmp.Or(
		v.Clock.Compare(o.Clock),
		cmp.Compare(v.Dot.Incarnation, o.Dot.Incarnation),
		cmp.Compare(v.Dot.Counter, o.Dot.Counter),
	)
}

// Item is one thing in a document, with the versions that have not been replaced: one, or several
// concurrent ones, in the order of Version.Compare.
type Item struct {
	ID       ID        `json:"id"`
	Versions []Version `json:"versions"`
}

// Live returns the versions with something to show, in order. An edit wins over a concurrent
// deletion: an item is deleted only when no live version is left.
func (it Item) Live() []Version {
	live := make([]Version, 0, len(it.Versions))
	for _, v := range it.Versions {
		if v.Live() {
			live = append(live, v)
		}
	}
	return live
}

// Latest returns the version to show first: the last live one, or the last of the others when there
// is none. An item always has at least one version.
func (it Item) Latest() Version {
	for _, v := range slices.Backward(it.Versions) {
		if v.Live() {
			return v
		}
	}
	return it.Versions[len(it.Versions)-1]
}
