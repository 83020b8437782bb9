package store

import (
	"bytes"
	"cmp"
	"context"
	"encoding/binary"
	"maps"
	"os"
	"slices"

	"hark/internal/document"
	"hark/internal/interview"
	"hark/store/internal/files"
)

// wreck is what can still be read of a damaged file. Every page is looked at by
// plain reads, whether or not anything leads there, and of what looks like a
// record those are kept whose checksum is right: it covers the bucket too, and so
// tells which one a record is from.
//
// What the newest good meta page leads to counts first, then what the other one
// leads to, then what lies about. In the pages of older commits that lie about
// there can be older versions of a record, but nothing that was erased: erasing
// makes a new file.
type wreck struct {
	head    *head
	records [3]map[address]relic // by how they were come upon
	totals  *totals              // as the newest commit left them; nil when they cannot be read
}

// address is where a record belongs.
type address struct{ bucket, key string }

// relic is a record that was read.
type relic struct {
	value []byte
	sum   uint64
}

// How a record was come upon.
const (
	byNewest = iota
	byOther
	byChance
)

// readWreck reads what can be read of a file. It fails only when the file cannot
// be read at all, or ctx ends.
func readWreck(ctx context.Context, f *os.File, path string) (*wreck, error) {
	info, err := f.Stat()
	if err != nil {
		return nil, files.Unwritable(path, "cannot be read", err)
	}
	h := &head{file: f, path: path}
	h.meta() // it may be that there is none
	h.pages = uint64(info.Size()) / pageSize
	w := &wreck{head: h}
	for i := range w.records {
		w.records[i] = map[address]relic{}
	}
	h.seen = allPages(h.pages) // what both lead to is looked at once
	for how, n := range []int{h.newest, 1 - h.newest} {
		if m := h.metas[n]; m.good {
			w.follow(m.root, true, how)
		}
	}
	for page := uint64(2); page < h.pages; page++ {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		if h.seen.has(page) {
			continue
		}
		if p, sort, _, err := h.read(page); err == nil && sort == pageLeaf {
			w.take(p, byChance)
		}
	}
	if r, ok := w.records[byNewest][address{bucketMeta, keyTotals}]; ok && !h.oneLost() { // else it may not be the newest
		if t, err := decodeTotals(r.value); err == nil {
			w.totals = &t
		}
	}
	return w, nil
}

// follow reads a page and those below it, as far as they can be read.
func (w *wreck) follow(page uint64, list bool, how int) {
	p, sort, err := w.head.page(page)
	if err != nil {
		return
	}
	if sort == pageLeaf {
		w.take(p, how)
	}
	for _, e := range readable(p, sort) {
		switch {
		case sort == pageBranch:
			w.follow(e.below, list, how)
		case list && e.flags == bucketFlag && len(e.value) >= bucketHeader:
			if root := binary.NativeEndian.Uint64(e.value); root != 0 {
				w.follow(root, false, how)
			}
		}
	}
}

// take keeps the good records of a leaf, and those of the small buckets in it.
func (w *wreck) take(p []byte, how int) {
	for _, e := range readable(p, pageLeaf) {
		if e.flags == bucketFlag {
			if len(e.value) >= bucketHeader+pageHeader && binary.NativeEndian.Uint64(e.value) == 0 {
				w.take(e.value[bucketHeader:], how)
			}
			continue
		}
		bucket := bucketOf(e.key)
		rec, err := (&records{name: bucket}).check(e.key, e.value)
		if err != nil {
			continue // damaged, or of a bucket that can be made anew
		}
		at := address{bucket, string(e.key)}
		if was, ok := w.records[how][at]; !ok || newer(at, rec.value, was.value) {
			w.records[how][at] = relic{bytes.Clone(rec.value), rec.sum}
		}
	}
}

// bucketOf tells by the length of a key which of the buckets that cannot be made
// anew it may be from.
func bucketOf(key []byte) string {
	switch len(key) {
	case 2 * idSize:
		return bucketInterviews
	case idSize + 8:
		return bucketLog
	case idSize:
		return bucketDrafts
	}
	return bucketMeta
}

// newer reports whether one of two values that lay about under one key is newer
// than the other.
func newer(at address, now, was []byte) bool {
	if at.bucket != bucketInterviews {
		return false
	}
	d := newDecoder(bucketInterviews)
	id, item, err := parseItemKey([]byte(at.key))
	if err != nil {
		return false
	}
	if item.IsZero() {
		a, errA := d.header(id, now)
		b, errB := d.header(id, was)
		return errA == nil && (errB != nil || a.erased || a.revision > b.revision && !b.erased)
	}
	a, errA := d.item(now)
	b, errB := d.item(was)
	return errA == nil && (errB != nil || latest(a).Compare(latest(b)) > 0)
}

// latest returns the clock of the last of some versions.
func latest(vs []document.Version) (c document.Clock) {
	for _, v := range vs {
		if v.Clock.Compare(c) > 0 {
			c = v.Clock
		}
	}
	return c
}

// readable returns those elements of a page that lie within it.
func readable(p []byte, sort uint16) []element {
	if all, ok := elements(p, sort); ok {
		return all
	}
	if sort != pageBranch && sort != pageLeaf {
		return nil
	}
	// One bad element does not speak against the others: they are taken one by
	// one, each as if it were alone on the page.
	var all []element
	count := int(binary.NativeEndian.Uint16(p[10:]))
	for i := range min(count, (len(p)-pageHeader)/pageElement) {
		if e, ok := elementAt(p, sort, i); ok {
			all = append(all, e)
		}
	}
	return all
}

// get returns a record, however it was come upon.
func (w *wreck) get(bucket, key string) ([]byte, bool) {
	for _, by := range w.records {
		if r, ok := by[address{bucket, key}]; ok {
			return r.value, true
		}
	}
	return nil, false
}

// whole reports whether all records of a bucket were found by following the
// newest meta page.
func (w *wreck) whole(bucket string) bool {
	if w.totals == nil {
		return false
	}
	var seen tally
	for at, r := range w.records[byNewest] {
		if at.bucket == bucket {
			seen = seen.plus(tally{1, r.sum})
		}
	}
	return seen == w.totals.tallies[slices.Index(counted(), bucket)]
}

// all returns the records of a bucket that belong together: those that the
// newest meta page leads to when none of them is missing, or else the newest of
// whatever was found.
func (w *wreck) all(bucket string) map[string][]byte {
	whole := w.whole(bucket)
	all := map[string][]byte{}
	for how, by := range w.records {
		if how > byNewest && whole {
			break
		}
		for at, r := range by {
			if was, ok := all[at.key]; at.bucket == bucket && (!ok || newer(at, r.value, was)) {
				all[at.key] = r.value
			}
		}
	}
	return all
}

// remains is what was found of one interview.
type remains struct {
	header  *header // nil when it was lost
	current bool    // the header is that of the last commit
	items   map[document.ID][]document.Version
	sums    tally // of the items
	log     []interview.Record
	entries map[interview.Revision][]byte // of the log, as they are stored
	draft   []byte
}

// interviews sorts what was found by interview.
func (w *wreck) interviews() map[interview.ID]*remains {
	all := map[interview.ID]*remains{}
	of := func(id interview.ID) *remains {
		if all[id] == nil {
			all[id] = &remains{items: map[document.ID][]document.Version{}, entries: map[interview.Revision][]byte{}}
		}
		return all[id]
	}
	d := newDecoder(bucketInterviews)
	sums := &records{name: bucketInterviews}
	for key, value := range w.all(bucketInterviews) {
		id, item, err := parseItemKey([]byte(key))
		if err != nil {
			continue
		}
		if item.IsZero() {
			if h, err := d.header(id, value); err == nil {
				newest := w.records[byNewest][address{bucketInterviews, key}]
				of(id).header, of(id).current = &h, bytes.Equal(newest.value, value)
			}
		} else if vs, err := d.item(value); err == nil {
			r := of(id)
			r.items[item] = vs
			r.sums = r.sums.plus(tally{1, sums.checksum([]byte(key), value)})
		}
	}
	for key, value := range w.all(bucketLog) {
		if rec, err := d.logged(record{key: []byte(key), value: value}); err == nil {
			r := of(interview.ID([]byte(key[:idSize])))
			r.log = append(r.log, rec)
			r.entries[rec.Revision] = value
		}
	}
	for key, value := range w.drafts() {
		if r := all[interview.ID([]byte(key))]; r != nil {
			r.draft = value
		}
	}
	for _, r := range all {
		slices.SortFunc(r.log, func(a, b interview.Record) int { return cmp.Compare(a.Revision, b.Revision) })
	}
	return all
}

// drafts returns the drafts that a meta page leads to: one that lies about was
// kept as a line long ago.
func (w *wreck) drafts() map[string][]byte {
	all := map[string][]byte{}
	for _, by := range []map[address]relic{w.records[byOther], w.records[byNewest]} {
		for at, r := range by {
			if at.bucket == bucketDrafts && len(at.key) == idSize {
				all[at.key] = r.value
			}
		}
	}
	return all
}

// document puts an interview together: what its history says, and over that the
// items as they were stored. It reports whether that is all there ever was; it is
// when the whole history was found. If not, whatever was found nowhere may come
// from elsewhere again: it does not count as replaced.
func (r *remains) document(id interview.ID, history bool) (doc *document.Document, folded *document.Document, complete bool) {
	folded = document.New(id)
	for _, rec := range r.log {
		folded.Replay(rec.Change)
	}
	seen, lacks := folded.Seen(), folded.Lacking()
	items := map[document.ID]document.Item{}
	for it := range folded.All() {
		items[it.ID] = it
	}
	var older document.Change
	for item, vs := range r.items {
		if latest(items[item].Versions).Compare(latest(vs)) <= 0 {
			items[item] = document.Item{ID: item, Versions: vs}
		} else { // what was found of the item is an older state of it
			older = append(older, document.Replacement{Item: item, Version: items[item].Latest(), Replaced: without(vs, items[item].Versions)})
		}
	}
	if h := r.header; h != nil {
		complete = history || r.current && (r.sums == h.items || folded.Same(document.Restore(id, slices.Collect(folded.All()), h.seen, h.lacks, false)))
		for inc, n := range h.seen {
			if had := seen[inc]; had < n {
				lacks = append(lacks, document.Span{Incarnation: inc, From: had + 1, To: n})
				seen[inc] = n
			}
		}
		if complete && r.current {
			lacks = h.lacks
		}
	}
	doc = document.Restore(id, slices.Collect(maps.Values(items)), seen, lacks, false)
	doc.Replay(older)
	return doc, folded, complete
}

// without returns the versions that are not among others.
func without(vs, others []document.Version) []document.Version {
	return slices.DeleteFunc(slices.Clone(vs), func(v document.Version) bool {
		return slices.ContainsFunc(others, func(o document.Version) bool { return o.Dot == v.Dot })
	})
}
