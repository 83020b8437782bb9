package document

import (
	"cmp"
	"slices"
)

// Span is a run of dots of one incarnation, both ends among them.
type Span struct {
	Incarnation Incarnation
	From, To    uint64
}

// Mostly a document has seen everything that an incarnation wrote up to some
// counter. It has not when a later change came without those before it: an older
// backup took the notebook's place, and then came what had been kept beside the
// newer one. What is missing must not pass for replaced, or a merge with the newer
// one would drop it.

// Lacking returns the dots that Seen counts though nobody here has ever seen
// them, in order; mostly there are none.
func (d *Document) Lacking() []Span { return slices.Clone(d.lacks) }

// missed reports whether a dot is among those that are lacking.
func (d *Document) missed(dot Dot) bool {
	return slices.ContainsFunc(d.lacks, func(s Span) bool {
		return s.Incarnation == dot.Incarnation && s.From <= dot.Counter && dot.Counter <= s.To
	})
}

// see notes that a dot was seen.
func (d *Document) see(dot Dot) {
	had := d.seen[dot.Incarnation]
	if dot.Counter > had {
		d.seen[dot.Incarnation] = dot.Counter
		d.lack(Span{dot.Incarnation, had + 1, dot.Counter - 1})
		return
	}
	if !d.missed(dot) {
		return
	}
	var rest []Span // documents share what they lack
	for _, s := range d.lacks {
		if s.Incarnation != dot.Incarnation || dot.Counter < s.From || s.To < dot.Counter {
			rest = append(rest, s)
			continue
		}
		for _, part := range []Span{{s.Incarnation, s.From, dot.Counter - 1}, {s.Incarnation, dot.Counter + 1, s.To}} {
			if part.From <= part.To {
				rest = append(rest, part)
			}
		}
	}
	d.lacks = rest
}

// lack notes that dots are missing, as far as others of theirs are counted as
// seen.
func (d *Document) lack(s Span) {
	s.From, s.To = max(s.From, 1), min(s.To, d.seen[s.Incarnation])
	if s.From <= s.To {
		d.lacks = joined(append(slices.Clone(d.lacks), s))
	}
}

// joined returns spans in order, none touching the next.
func joined(all []Span) []Span {
	slices.SortFunc(all, func(a, b Span) int {
		return cmp.Or(cmp.Compare(a.Incarnation, b.Incarnation), cmp.Compare(a.From, b.From))
	})
	var out []Span
	for _, s := range all {
		if n := len(out) - 1; n >= 0 && out[n].Incarnation == s.Incarnation && s.From-1 <= out[n].To {
			out[n].To = max(out[n].To, s.To)
			continue
		}
		out = append(out, s)
	}
	return out
}

// lackedByBoth returns what neither of two documents has seen of what both count
// together.
func lackedByBoth(a, b *Document) []Span {
	if len(a.lacks)+len(b.lacks) == 0 {
		return nil // each has seen everything up to where it counts
	}
	var both []Span
	for _, x := range a.unseen(b) {
		for _, y := range b.unseen(a) {
			s := Span{x.Incarnation, max(x.From, y.From), min(x.To, y.To)}
			if x.Incarnation == y.Incarnation && s.From <= s.To {
				both = append(both, s)
			}
		}
	}
	return joined(both)
}

// unseen returns what d has not seen of what it and another document count.
func (d *Document) unseen(other *Document) []Span {
	all := d.Lacking()
	for inc, n := range other.seen {
		if had := d.seen[inc]; had < n {
			all = append(all, Span{inc, had + 1, n})
		}
	}
	return all
}
