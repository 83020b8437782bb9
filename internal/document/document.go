package document

import (
	"bytes"
	"iter"
	"maps"
	"slices"
	"time"
)

// Document is a set of items and of all dots ever seen. It is not safe for concurrent writing. The
// zero value is not usable; call New or Restore.
type Document struct {
	id     ID
	items  map[ID]Item
	count  int // the number of versions in items
	size   int // the length of their bodies
	seen   map[Incarnation]uint64
	lacks  []Span // dots that seen counts and nobody here has seen; see Lacking
	latest Clock
	erased bool
}

// Writer is the author of a put: the incarnation that gives its dot, and a name for display.
type Writer struct {
	Incarnation Incarnation
	Author      string
}

// Put is the new content of an item.
type Put struct {
	Item    ID
	Kind    string
	Deleted bool
	Body    []byte
	First   Origin // as in Version
}

// Replacement is one put together with the versions that it replaced.
type Replacement struct {
	Item     ID        `json:"item"`
	Version  Version   `json:"put"`
	Replaced []Version `json:"replaced,omitempty"` // the versions of the item that the writer had seen
}

// Change is the effect of one action on a document, in order.
type Change []Replacement

// New returns an empty document.
func New(id ID) *Document {
	return &Document{id: id, items: map[ID]Item{}, seen: map[Incarnation]uint64{}}
}

// Restore returns a document made of stored parts. Items without versions are left out. The
// document takes ownership of the versions.
func Restore(id ID, items []Item, seen map[Incarnation]uint64, lacks []Span, erased bool) *Document {
	d := &Document{id: id, items: make(map[ID]Item, len(items)), seen: make(map[Incarnation]uint64, len(seen)), erased: erased}
	maps.Copy(d.seen, seen)
	d.lack(lacks...)
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

// Erased reports whether the document was erased; it is then empty for good.
func (d *Document) Erased() bool { return d.erased }

// Len is the number of items, including deleted ones.
func (d *Document) Len() int { return len(d.items) }

// Seen returns a copy of the version vector: the highest counter seen of each incarnation. Lacking
// returns the dots below it that were not seen.
func (d *Document) Seen() map[Incarnation]uint64 { return maps.Clone(d.seen) }

// Has reports whether a version was ever seen, even if it has been replaced since.
func (d *Document) Has(dot Dot) bool {
	return d.seen[dot.Incarnation] >= dot.Counter && !d.missed(dot)
}

// Item returns the item with the given ID; ok is false when there is none.
func (d *Document) Item(id ID) (it Item, ok bool) {
	it, ok = d.items[id]
	return it, ok
}

// All yields all items in no particular order, including deleted ones.
func (d *Document) All() iter.Seq[Item] { return maps.Values(d.items) }

// Size is the length of all bodies in bytes. A version is longer with its content than without, so
// that two states of a document with the same dots differ in it when content arrived in between.
func (d *Document) Size() int { return d.size }

// Same reports whether two states of a document are equal: the same ID, the same versions seen, as
// many of them replaced, and as much withheld.
func (d *Document) Same(o *Document) bool {
	return d.id == o.id && d.erased == o.erased && d.count == o.count && d.size == o.size &&
		maps.Equal(d.seen, o.seen) && slices.Equal(d.lacks, o.lacks)
}

// Items returns all items ordered by ID, including deleted ones.
func (d *Document) Items() []Item {
	all := slices.Collect(maps.Values(d.items))
	slices.SortFunc(all, func(a, b Item) int { return bytes.Compare(a.ID[:], b.ID[:]) })
	return all
}

// Clone returns an independent copy.
func (d *Document) Clone() *Document {
	c := *d
	c.items = maps.Clone(d.items)
	c.seen = maps.Clone(d.seen)
	return &c
}

// Put writes puts in the name of w at the time now, and returns the change. Each put replaces the
// versions that its item had before the call, but for those whose content its writer has not seen;
// several puts of one item become concurrent versions. An erased document stays empty.
func (d *Document) Put(w Writer, now time.Time, puts ...Put) Change {
	if d.erased {
		return nil
	}
	before := make(map[ID][]Version, len(puts))
	change := make(Change, 0, len(puts))
	for _, p := range puts {
		replaced, again := before[p.Item]
		if !again {
			replaced = read(d.items[p.Item].Versions)
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
			First:   p.First,
		}
		r := Replacement{Item: p.Item, Version: v, Replaced: replaced}
		d.carryOut(r)
		change = append(change, r)
	}
	return change
}

// Replay applies a recorded change. Replaying all changes of a document in order on an empty one
// gives the document. A change that is replayed twice has no effect the second time. A change
// without the ones before it leaves a gap; the document remembers the gap, so that the missing
// changes can still be merged.
func (d *Document) Replay(change Change) {
	if d.erased {
		return
	}
	for _, r := range change {
		d.carryOut(r)
	}
}

// read returns the versions that a writer has seen: of a deletion there is nothing else to see.
func read(vs []Version) []Version {
	unread := func(v Version) bool { return v.Withheld && !v.Deleted }
	if !slices.ContainsFunc(vs, unread) {
		return vs
	}
	return slices.DeleteFunc(slices.Clone(vs), unread)
}

// carryOut removes the versions that a put replaced, and adds its version unless that was seen
// before. The writer had seen the replaced versions, so they leave no gap. A version that is here
// without its content gets it.
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
	case len(left) < len(old) || slices.ContainsFunc(left, func(v Version) bool { return v.Dot == r.Version.Dot && v.Withheld }):
		d.set(r.Item, Filled(left, []Version{r.Version}))
	}
}

// Erase empties the document for good. Nothing is merged into it later.
func (d *Document) Erase() {
	d.items, d.count, d.size, d.lacks = map[ID]Item{}, 0, 0, nil
	d.erased = true
}

// note adds a version to the version vector and the clock.
func (d *Document) note(v Version) {
	d.see(v.Dot)
	if v.Clock.Compare(d.latest) > 0 {
		d.latest = v.Clock
	}
}

// sorted returns the item with its versions in order. Most items have one version; versions are
// never written to.
func sorted(it Item) Item {
	if len(it.Versions) < 2 {
		return it
	}
	vs := slices.Clone(it.Versions)
	slices.SortFunc(vs, Version.Compare)
	return Item{ID: it.ID, Versions: vs}
}
