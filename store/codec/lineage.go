package codec

import (
	"slices"

	"hark/internal/document"
	"hark/internal/interview"
)

// Lineage lists the incarnations that wrote to a file, oldest first, each with the first revision
// that it wrote. An incarnation writes to one state of one file after the other and to nothing else,
// so that it and a revision together name one state of a notebook, and the lineage of a file says
// which states it has come from. A number of writes alone would not: a file that was copied and went
// on elsewhere may have more of them and lack what was written here.
type Lineage []Stretch

// Stretch is a run of revisions that one incarnation wrote.
type Stretch struct {
	Incarnation document.Incarnation
	From        interview.Revision
}

// mostStretches is how many are kept. A machine that starts every day draws an incarnation a day;
// what is asked for is mostly the last one.
const mostStretches = 200

// leastStretch is the fewest bytes that a stretch takes.
const leastStretch = 8 + 1

// Written returns the lineage after an incarnation wrote the given revision, and whether that is
// another one.
func (l Lineage) Written(by document.Incarnation, rev interview.Revision) (Lineage, bool) {
	if n := len(l); n > 0 && l[n-1].Incarnation == by {
		return l, false
	}
	l = append(slices.Clone(l), Stretch{by, rev})
	return l[max(len(l)-mostStretches, 0):], true
}

// Last is the incarnation that wrote last, 0 when that is not known.
func (l Lineage) Last() document.Incarnation {
	if len(l) == 0 {
		return 0
	}
	return l[len(l)-1].Incarnation
}

// Has reports whether a file of this lineage, in which now is the last revision, has all that there
// was when an incarnation wrote rev. 0 stands for the time before there were lineages.
func (l Lineage) Has(by document.Incarnation, rev, now interview.Revision) bool {
	at := slices.IndexFunc(l, func(s Stretch) bool { return s.Incarnation == by })
	switch {
	case rev > now:
		return false
	case at < 0 && len(l) == mostStretches:
		return rev < l[0].From // it may be among those that are not kept
	case at < 0 && by != 0:
		return false
	}
	return at+1 == len(l) || rev < l[at+1].From
}

func (c *coder) stretch(s *Stretch) {
	c.fixed((*uint64)(&s.Incarnation))
	c.uvarint((*uint64)(&s.From))
}

// Encode returns the value of the lineage in meta.
func (l Lineage) Encode() []byte {
	return encode(format, func(c *coder) { list(c, leastStretch, (*[]Stretch)(&l), (*coder).stretch) })
}

// DecodeLineage reads the value of the lineage in meta; nil is none.
func DecodeLineage(value []byte) (l Lineage, err error) {
	if value == nil {
		return nil, nil
	}
	d := NewDecoder(Meta)
	d.start(format, value)
	list(&d.coder, leastStretch, (*[]Stretch)(&l), (*coder).stretch)
	return l, d.done()
}
