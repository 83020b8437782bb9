package document

import (
	"bytes"
	"iter"
	"maps"
	"slices"
	"time"
)

// Document is a set of items and all dots that were ever seen. It is not safe for
// writing from several goroutines. The zero value is not usable; call New or
// Restore.
type Document struct {
	id     ID
	items  map[ID]Item
	count  int // of the versions in them
	seen   map[Incarnation]uint64
	lacks  []Span // of what seen counts; see there
	latest Clock
	erased bool
}

// Writer is who puts: the incarnation of the open notebook and a name for
// people to read.
type Writer struct {
	Incarnation Incarnation
	Author      string
}

// Put is what a writer wants an item to say from now on.
type Put struct {
	Item    ID
	Kind    string
	Deleted bool
	Body    []byte
}

// Replacement is one put as it was carried out.
type Replacement struct {
	Item     ID
	Version  Version
	Replaced []Version // what the writer had seen, and this replaces
}

// Change is what one action did to a document, in order.
type Change []Replacement

// New returns an empty document.
func New(id ID) *Document {
	return &Document{id: id, items: map[ID]Item{}, seen: map[Incarnation]uint64{}}
}

// Restore returns a document made of stored parts. Items without versions are
// left out. The versions of the items belong to it from then on.
func Restore(id ID, items []Item, seen map[Incarnation]uint64, lacks []Span, erased bool) *Document {
	d := &Document{id: id, items: make(map[ID]Item, len(items)), seen: make(map[Incarnation]uint64, len(seen)), erased: erased}
	maps.Copy(d.seen, seen)
	for _, s := range lacks {
		d.lack(s)
	}
	for _, it := range items {
		if len(it.Versions) == 0 {
			continue
		}
		d.set(it.ID, it.Versions)
		for _, v := range it.Versions {
			d.note(v)
		}
	}
	return d
}

// ID returns the document's own ID.
func (d *Document) ID() ID { return d.id }

// Erased reports whether the document was erased; then it is empty for good.
func (d *Document) Erased() bool { return d.erased }

// Len is how many items there are, deleted ones included.
func (d *Document) Len() int { return len(d.items) }

// Seen returns a copy of the version vector: the highest counter seen of each
// incarnation. Lacking says what below that was not.
func (d *Document) Seen() map[Incarnation]uint64 { return maps.Clone(d.seen) }

// Has reports whether a version was ever seen, replaced since or not.
func (d *Document) Has(dot Dot) bool {
	return d.seen[dot.Incarnation] >= dot.Counter && !d.missed(dot)
}

// Item returns the item with the given ID; ok is false when there is none.
func (d *Document) Item(id ID) (it Item, ok bool) {
	it, ok = d.items[id]
	return it, ok
}

// All gives all items in no particular order, deleted ones included.
func (d *Document) All() iter.Seq[Item] { return maps.Values(d.items) }

// Same reports whether two documents hold the same: the same ID, and the same
// versions seen, as many of them replaced.
func (d *Document) Same(o *Document) bool {
	return d.id == o.id && d.erased == o.erased && d.count == o.count && maps.Equal(d.seen, o.seen) && slices.Equal(d.lacks, o.lacks)
}

// Items returns all items in the order of their IDs, deleted ones included.
func (d *Document) Items() []Item {
	all := slices.Collect(maps.Values(d.items))
	slices.SortFunc(all, func(a, b Item) int { return bytes.Compare(a.ID[:], b.ID[:]) })
	return all
}

// Clone returns a copy that can be changed on its own.
func (d *Document) Clone() *Document {
	c := *d
	c.items = maps.Clone(d.items)
	c.seen = maps.Clone(d.seen)
	return &c
}

// Put writes puts in the name of w at the time now. Each replaces all versions
// that its item had before the call; several puts of one item become siblings.
// It returns what was done. An erased document stays as it is.
func (d *Document) Put(w Writer, now time.Time, puts ...Put) Change {
	if d.erased {
		return nil
	}
	before := make(map[ID][]Version, len(puts))
	change := make(Change, 0, len(puts))
	for _, p := range puts {
		replaced, again := before[p.Item]
		if !again {
			replaced = d.items[p.Item].Versions
			before[p.Item] = replaced
		}
		d.latest = d.latest.After(now)
		v := Version{
			Dot:     Dot{Incarnation: w.Incarnation, Counter: d.seen[w.Incarnation] + 1},
			Clock:   d.latest,
			Author:  w.Author,
			Kind:    p.Kind,
			Deleted: p.Deleted,
			Body:    p.Body,
		}
		r := Replacement{Item: p.Item, Version: v, Replaced: replaced}
		d.carryOut(r)
		change = append(change, r)
	}
	return change
}

// Replay carries out a recorded change. Folding all changes of a document in
// order over an empty one gives the document; a change carried out twice does
// nothing the second time. One that comes without those before it leaves a gap,
// which the document remembers, so that what is in it can still come.
func (d *Document) Replay(change Change) {
	if d.erased {
		return
	}
	for _, r := range change {
		d.carryOut(r)
	}
}

// carryOut replaces what a put replaced, and adds its version unless that was
// seen before. Whoever wrote it had seen what it replaced: that is no gap.
func (d *Document) carryOut(r Replacement) {
	old := d.items[r.Item].Versions
	left := make([]Version, 0, len(old)+1)
	for _, v := range old {
		if !has(r.Replaced, v.Dot) {
			left = append(left, v)
		}
	}
	for _, v := range r.Replaced {
		d.see(v.Dot)
	}
	switch {
	case !d.Has(r.Version.Dot):
		d.set(r.Item, append(left, r.Version))
		d.note(r.Version)
	case len(left) < len(old):
		d.set(r.Item, left)
	}
}

// Erase empties the document for good. What is merged into it later is dropped.
func (d *Document) Erase() {
	d.items, d.count, d.lacks = map[ID]Item{}, 0, nil
	d.erased = true
}

// note takes a version into the version vector and the clock.
func (d *Document) note(v Version) {
	d.see(v.Dot)
	if v.Clock.Compare(d.latest) > 0 {
		d.latest = v.Clock
	}
}

// sorted returns the item with its versions in order. There is mostly one, and
// nobody writes to versions.
func sorted(it Item) Item {
	if len(it.Versions) < 2 {
		return it
	}
	vs := slices.Clone(it.Versions)
	slices.SortFunc(vs, Version.Compare)
	return Item{ID: it.ID, Versions: vs}
}
