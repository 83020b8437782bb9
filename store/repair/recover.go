package repair

import (
	"bytes"
	"cmp"
	"context"
	"maps"
	"os"
	"slices"

	"hark/internal/document"
	"hark/internal/interview"
	"hark/store/check"
	"hark/store/codec"
)

// recovered is what can still be read of a damaged file. Every page is read, whether or not
// anything leads there, and of what looks like a record those count whose checksum is right: it
// covers the bucket too, and so tells which one a record is from.
//
// What the newest good meta page leads to counts first, then what the other one leads to, then what
// is on other pages. The pages of older commits among those can hold older versions of a record,
// but nothing that was erased: erasing makes a new file.
type recovered struct {
	records [check.ByChance + 1]map[address]codec.Record // by how they were reached
	totals  *codec.Totals                                // as the newest commit left them; nil when they cannot be read
}

// address is where a record belongs.
type address struct{ bucket, key string }

// recoverFile reads what can be read of a file. It fails only when the file cannot be read at all,
// or ctx ends.
func recoverFile(ctx context.Context, f *os.File, path string) (*recovered, error) {
	r := &recovered{}
	for i := range r.records {
		r.records[i] = map[address]codec.Record{}
	}
	pages := check.ReadPages(f, path)
	for e, err := range pages.Entries(ctx) {
		if err != nil {
			return nil, err
		}
		r.take(e)
	}
	if rec, ok := r.records[check.ByNewest][address{codec.Meta, codec.KeyTotals}]; ok && !pages.MetaLost() { // else it may not be the newest
		if t, err := codec.DecodeTotals(rec.Value); err == nil {
			r.totals = &t
		}
	}
	return r, nil
}

// take notes an entry that is a good record of a bucket that cannot be rebuilt.
func (r *recovered) take(e check.Entry) {
	bucket := bucketOf(e.Key)
	rec, err := (&codec.Checker{Name: bucket}).Check(e.Key, e.Stored)
	if err != nil {
		return // damaged, or of another bucket
	}
	at := address{bucket, string(e.Key)}
	if was, ok := r.records[e.Reached][at]; !ok || newer(at, rec.Value, was.Value) {
		r.records[e.Reached][at] = codec.Record{Value: bytes.Clone(rec.Value), Sum: rec.Sum}
	}
}

// bucketOf tells by the length of a key which of the buckets that cannot be rebuilt it may be from.
func bucketOf(key []byte) string {
	switch len(key) {
	case 2 * codec.IDSize:
		return codec.Interviews
	case codec.IDSize + 8:
		return codec.Log
	case codec.IDSize:
		return codec.Drafts
	}
	return codec.Meta
}

// newer reports whether one of two values that were found under one key is newer than the other.
func newer(at address, now, was []byte) bool {
	if at.bucket != codec.Interviews {
		return false
	}
	d := codec.NewDecoder(codec.Interviews)
	id, item, err := codec.ParseItemKey([]byte(at.key))
	if err != nil {
		return false
	}
	if item.IsZero() {
		a, errA := d.Header(id, now)
		b, errB := d.Header(id, was)
		return errA == nil && (errB != nil || a.Erased || a.Revision > b.Revision && !b.Erased)
	}
	a, errA := d.Item(now)
	b, errB := d.Item(was)
	return errA == nil && (errB != nil || cmp.Or(latest(a).Compare(latest(b)), cmp.Compare(size(a), size(b))) > 0)
}

// size returns the length of the bodies of some versions: it grows when content that was withheld
// arrives.
func size(vs []document.Version) (n int) {
	for _, v := range vs {
		n += len(v.Body)
	}
	return n
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

// meta returns a value in meta, however it was reached.
func (r *recovered) meta(key string) ([]byte, bool) {
	for _, by := range r.records {
		if rec, ok := by[address{codec.Meta, key}]; ok {
			return rec.Value, true
		}
	}
	return nil, false
}

// whole reports whether all records of a bucket were reached from the newest meta page.
func (r *recovered) whole(bucket string) bool {
	if r.totals == nil {
		return false
	}
	var seen codec.Tally
	for at, rec := range r.records[check.ByNewest] {
		if at.bucket == bucket {
			seen = seen.Plus(rec.Tally())
		}
	}
	counted := codec.Counted()
	return seen == r.totals.Tallies[slices.Index(counted[:], bucket)]
}

// all returns the records of a bucket that belong together: those that the newest meta page leads
// to when none of them is missing, or else the newest of what was found.
func (r *recovered) all(bucket string) map[string]codec.Record {
	whole := r.whole(bucket)
	all := map[string]codec.Record{}
	for reached, by := range r.records {
		if check.Reached(reached) > check.ByNewest && whole {
			break
		}
		for at, rec := range by {
			if was, ok := all[at.key]; at.bucket == bucket && (!ok || newer(at, rec.Value, was.Value)) {
				all[at.key] = rec
			}
		}
	}
	return all
}

// remains is what was found of one interview.
type remains struct {
	header  *codec.Header // nil when it was lost
	current bool          // the header is that of the last commit
	items   map[document.ID][]document.Version
	tally   codec.Tally // of the items
	log     []interview.Record
	entries map[interview.Revision][]byte // of the log, as they are stored
	draft   []byte
}

// interviews sorts what was found by interview.
func (r *recovered) interviews() map[interview.ID]*remains {
	all := map[interview.ID]*remains{}
	of := func(id interview.ID) *remains {
		if all[id] == nil {
			all[id] = &remains{items: map[document.ID][]document.Version{}, entries: map[interview.Revision][]byte{}}
		}
		return all[id]
	}
	d := codec.NewDecoder(codec.Interviews)
	for key, rec := range r.all(codec.Interviews) {
		id, item, err := codec.ParseItemKey([]byte(key))
		if err != nil {
			continue
		}
		if item.IsZero() {
			if h, err := d.Header(id, rec.Value); err == nil {
				newest := r.records[check.ByNewest][address{codec.Interviews, key}]
				of(id).header, of(id).current = &h, bytes.Equal(newest.Value, rec.Value)
			}
		} else if vs, err := d.Item(rec.Value); err == nil {
			one := of(id)
			one.items[item] = vs
			one.tally = one.tally.Plus(rec.Tally())
		}
	}
	for key, rec := range r.all(codec.Log) {
		if entry, err := d.LogRecord(codec.Record{Key: []byte(key), Value: rec.Value}); err == nil {
			one := of(interview.ID([]byte(key[:codec.IDSize])))
			one.log = append(one.log, entry)
			one.entries[entry.Revision] = rec.Value
		}
	}
	for id, draft := range r.drafts() {
		if one := all[id]; one != nil {
			one.draft = draft
		}
	}
	for _, one := range all {
		slices.SortFunc(one.log, func(a, b interview.Record) int { return cmp.Compare(a.Revision, b.Revision) })
	}
	return all
}

// drafts returns the drafts that a meta page leads to: one on another page was entered as a line
// long ago.
func (r *recovered) drafts() map[interview.ID][]byte {
	all := map[interview.ID][]byte{}
	for _, reached := range []check.Reached{check.ByOther, check.ByNewest} {
		for at, rec := range r.records[reached] {
			if at.bucket == codec.Drafts && len(at.key) == codec.IDSize {
				all[interview.ID([]byte(at.key))] = rec.Value
			}
		}
	}
	return all
}

// document puts an interview together: what its history says, and over that the items as they were
// stored. It reports whether that is all there ever was; it is when the whole history was found. If
// not, versions that were found nowhere may come from elsewhere again: they do not count as
// replaced.
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
		told := items[item].Versions
		items[item] = document.Item{ID: item, Versions: document.Filled(told, vs)}
		if latest(told).Compare(latest(vs)) <= 0 {
			items[item] = document.Item{ID: item, Versions: document.Filled(vs, told)}
		} else { // what was found of the item is an older state of it
			older = append(older, document.Replacement{Item: item, Version: items[item].Latest(), Replaced: without(vs, items[item].Versions)})
		}
	}
	if h := r.header; h != nil {
		complete = history || r.current && (r.tally == h.Items || folded.Same(document.Restore(id, slices.Collect(folded.All()), h.Seen, h.Lacks, false)))
		for inc, n := range h.Seen {
			if had := seen[inc]; had < n {
				lacks = append(lacks, document.Span{Incarnation: inc, From: had + 1, To: n})
				seen[inc] = n
			}
		}
		if complete && r.current {
			lacks = h.Lacks
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
