package document

import (
	"cmp"
	"slices"
)

// Span is a run of dots of one incarnation, both ends included.
type Span struct {
	Incarnation Incarnation `json:"by"`
	From        uint64      `json:"from"`
	To          uint64      `json:"to"`
}

// Normally a document has seen everything that an incarnation wrote up to some counter. It has not
// when a later change arrives without the ones before it: an older backup replaced the notebook,
// and then a journal from the newer notebook was stored. The missing versions must not count as
// replaced, or a merge with the newer notebook would drop them.

// Lacking returns the dots that Seen counts although this document has never seen them, in order;
// normally none.
func (d *Document) Lacking() []Span { return slices.Clone(d.lacks) }

// missed reports whether a dot is among the lacking ones.
func (d *Document) missed(dot Dot) bool {
	i, _ := slices.BinarySearchFunc(d.lacks, dot, func(s Span, dot Dot) int {
		return cmp.Or(cmp.Compare(s.Incarnation, dot.Incarnation), cmp.Compare(s.To, dot.Counter))
	})
	return i < len(d.lacks) && d.lacks[i].Incarnation == dot.Incarnation && d.lacks[i].From <= dot.Counter
}

// see marks a dot as seen.
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
	var rest []Span // documents share the spans
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

// lack marks dots as missing, as far as the version vector counts higher ones.
func (d *Document) lack(spans ...Span) {
	all := slices.Clone(d.lacks) // documents share the spans
	for _, s := range spans {
		if s.From, s.To = max(s.From, 1), min(s.To, d.seen[s.Incarnation]); s.From <= s.To {
			all = append(all, s)
		}
	}
	if len(all) > len(d.lacks) {
		d.lacks = joined(all)
	}
}

// joined returns spans in order, merged where they touch.
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

// lackedByBoth returns the dots counted by the merge of two documents that neither has seen.
func lackedByBoth(a, b *Document) []Span {
	if len(a.lacks)+len(b.lacks) == 0 {
		return nil // each has seen everything up to its highest counter
	}
	var both []Span
	xs, ys := a.unseen(b), b.unseen(a)
	for len(xs) > 0 && len(ys) > 0 {
		x, y := xs[0], ys[0]
		s := Span{x.Incarnation, max(x.From, y.From), min(x.To, y.To)}
		if x.Incarnation == y.Incarnation && s.From <= s.To {
			both = append(both, s)
		}
		if cmp.Or(cmp.Compare(x.Incarnation, y.Incarnation), cmp.Compare(x.To, y.To)) < 0 {
			xs = xs[1:]
		} else {
			ys = ys[1:]
		}
	}
	return joined(both)
}

// unseen returns the dots counted by d or by another document that d has not seen, in order.
func (d *Document) unseen(other *Document) []Span {
	all := d.Lacking()
	for inc, n := range other.seen {
		if had := d.seen[inc]; had < n {
			all = append(all, Span{inc, had + 1, n})
		}
	}
	return joined(all)
}
