package store

import (
	"cmp"
	"encoding/binary"
	"fmt"

	"hark/internal/document"
	"hark/internal/interview"
	"hark/internal/storage"
)

// The buckets. The names outbox and cursor are reserved.
const (
	bucketMeta       = "meta"
	bucketInterviews = "interviews"
	bucketLog        = "log"
	bucketSummary    = "summary"
	bucketText       = "text"
	bucketDrafts     = "drafts"
	bucketIndex      = "index"
)

// counted lists the buckets whose records are counted in the totals, in the
// order in which those are stored.
func counted() []string {
	return []string{bucketInterviews, bucketLog, bucketSummary, bucketText, bucketDrafts, bucketIndex}
}

// The keys in meta.
const (
	keySchema   = "schema"   // the schema version
	keyNotebook = "notebook" // the notebook's own ID
	keyCreated  = "created"  // when it was made, in ms since 1970
	keyTotals   = "totals"
	keyReplaced = "replaced" // random, drawn when another file was put in the notebook's place
)

// idSize is the length of an ID in a key.
const idSize = len(document.ID{})

// totals is what is known of the notebook as a whole.
type totals struct {
	revision interview.Revision // of the last write
	tallies  [6]tally           // of the buckets in counted
	commit   uint64             // bbolt's number of the one that wrote this; 0 when it is not known
}

// header is what is kept of an interview beside its items.
type header struct {
	id       interview.ID // from the key
	revision interview.Revision
	started  int64 // in ms since 1970; leads to the summary
	erased   bool
	items    tally // of its items, to miss one that vanished
	seen     map[document.Incarnation]uint64
	lacks    []document.Span // of those; mostly none
}

// itemKey is the key of an item in interviews; the zero item stands for the
// header, which so comes before the items.
func itemKey(id interview.ID, item document.ID) []byte {
	return append(append(make([]byte, 0, 2*idSize), id[:]...), item[:]...)
}

func logKey(id interview.ID, rev interview.Revision) []byte {
	return binary.BigEndian.AppendUint64(append(make([]byte, 0, idSize+8), id[:]...), uint64(rev))
}

// summaryKey orders summaries by time. Turning the sign around puts times before
// 1970 before those after it.
func summaryKey(started int64, id interview.ID) []byte {
	k := binary.BigEndian.AppendUint64(make([]byte, 0, 8+idSize), uint64(started)^1<<63)
	return append(k, id[:]...)
}

func parseSummaryKey(key []byte) (started int64, id interview.ID, err error) {
	if len(key) != 8+idSize {
		return 0, id, badKey(bucketSummary)
	}
	return int64(binary.BigEndian.Uint64(key) ^ 1<<63), interview.ID(key[8:]), nil
}

// following returns the ID after id in the order of their bytes; ok is false
// after the last.
func following(id interview.ID) (next interview.ID, ok bool) {
	after, ok := increment(id[:])
	copy(next[:], after)
	return next, ok
}

func notFound(id interview.ID) error { return fmt.Errorf("%w: %s", storage.ErrNotFound, id) }

// header returns the header of an interview.
func (t *transaction) header(id interview.ID) (h header, found bool, err error) {
	b, err := t.interviews.get(itemKey(id, document.ID{}))
	if err != nil || b == nil {
		return header{id: id}, false, err
	}
	h, err = newDecoder(bucketInterviews).header(id, b)
	return h, err == nil, err
}

// headerFrom returns the header of the first interview whose ID is not before
// the given one.
func (t *transaction) headerFrom(id interview.ID) (h header, found bool, err error) {
	rec, found, err := t.interviews.first(itemKey(id, document.ID{}))
	if err != nil || !found {
		return header{}, false, err
	}
	of, item, err := parseItemKey(rec.key)
	if err != nil {
		return header{}, false, err
	}
	if !item.IsZero() {
		return header{}, false, headless(of)
	}
	h, err = newDecoder(bucketInterviews).header(of, rec.value)
	return h, err == nil, err
}

func parseItemKey(key []byte) (id interview.ID, item document.ID, err error) {
	if len(key) != 2*idSize {
		return id, item, badKey(bucketInterviews)
	}
	return interview.ID(key[:idSize]), document.ID(key[idSize:]), nil
}

func badKey(bucket string) error { return damaged(bucket, "a key has the wrong length") }

func wrongItems(h header, seen tally) error {
	return damaged(bucketInterviews, fmt.Sprintf("interview %s has %d items where %d others were written", h.id, seen.count, h.items.count))
}

func headless(id interview.ID) error {
	return damaged(bucketInterviews, fmt.Sprintf("interview %s has lost its header", id))
}

// load reads an interview as it stands. Nothing in it lies in the file.
func (t *transaction) load(id interview.ID) (*document.Document, header, error) {
	return t.loadWith(newDecoder(bucketInterviews), id)
}

// loadWith is load for whoever reads several, with one decoder.
func (t *transaction) loadWith(d *decoder, id interview.ID) (*document.Document, header, error) {
	const likely = 1 << 12 // more items than that are not made room for before they are there
	var (
		h     header
		items []document.Item
		seen  tally
		found bool
	)
	for rec, err := range t.interviews.forwards(id[:]) {
		if err != nil {
			return nil, h, err
		}
		_, item, err := parseItemKey(rec.key)
		if err != nil {
			return nil, h, err
		}
		if item.IsZero() {
			found = true
			h, err = d.header(id, rec.value)
			items = make([]document.Item, 0, min(h.items.count, likely))
		} else {
			var vs []document.Version
			vs, err = d.item(rec.value)
			items = append(items, document.Item{ID: item, Versions: vs})
			seen = seen.plus(rec.tally())
		}
		if err != nil {
			return nil, h, err
		}
	}
	switch {
	case !found && len(items) > 0:
		return nil, h, headless(id)
	case !found:
		return nil, h, notFound(id)
	case seen != h.items:
		return nil, h, wrongItems(h, seen)
	}
	return document.Restore(id, items, h.seen, h.lacks, h.erased), h, nil
}

// write stores what one write changes in an interview whose header is h: the
// given items, and what goes with them. It returns the new revision.
func (t *transaction) write(h header, w storage.Write, items []document.ID) (interview.Revision, error) {
	switch {
	case h.erased || w.Document.Erased():
		return 0, errErased
	case w.Summary.ID != h.id:
		return 0, fmt.Errorf("interview %s came with the summary of another", h.id)
	}
	before := *t.interviews.total
	for _, item := range items {
		if err := t.putItem(h.id, item, w.Document); err != nil {
			return 0, err
		}
	}
	h.items = h.items.plus(t.interviews.total.minus(before))
	h.seen, h.lacks = w.Document.Seen(), w.Document.Lacking()
	if err := t.putSummary(&h, w.Summary); err != nil {
		return 0, err
	}
	t.totals.revision++
	h.revision = t.totals.revision
	return h.revision, cmp.Or(
		t.unindex(h.id, h.started),
		t.text.put(h.id[:], w.Text),
		t.log.put(logKey(h.id, h.revision), encodeRecord(w.Record)),
		t.interviews.put(itemKey(h.id, document.ID{}), h.encode()),
	)
}

// putItem stores an item as it stands in doc; one that is no longer there is
// removed.
func (t *transaction) putItem(id interview.ID, item document.ID, doc *document.Document) error {
	if item.IsZero() {
		return fmt.Errorf("interview %s has an item without an ID", id)
	}
	it, ok := doc.Item(item)
	if !ok {
		return t.interviews.remove(itemKey(id, item))
	}
	return t.interviews.put(itemKey(id, item), encodeItem(it.Versions))
}
