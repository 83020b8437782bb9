package codec

import (
	"encoding/binary"
	"fmt"
	"iter"

	"go.etcd.io/bbolt"

	"hark/internal/document"
	"hark/internal/interview"
)

// The buckets. The names outbox and cursor are reserved.
const (
	Meta       = "meta"
	Interviews = "interviews"
	Log        = "log"
	Summary    = "summary"
	Text       = "text"
	Drafts     = "drafts"
	Index      = "index"
)

// Counted lists the buckets whose records are counted in the totals, in the order in which those
// are stored.
func Counted() [6]string { return [...]string{Interviews, Log, Summary, Text, Drafts, Index} }

// The keys in meta.
const (
	KeySchema   = "schema"   // the schema version
	KeyNotebook = "notebook" // the notebook's own ID
	KeyCreated  = "created"  // when it was made, in ms since 1970
	KeyTotals   = "totals"
	KeyLineage  = "lineage" // the incarnations that wrote to it: see Lineage
)

// SchemaVersion numbers the layout of buckets and keys that this hark writes. A notebook of a lower
// number is migrated when it is opened; one of a higher number is left alone. (How a single value
// is laid out can change without it: see the first byte of each.)
const SchemaVersion = 2

// IDSize is the length of an ID in a key.
const IDSize = len(document.ID{})

// Totals are what is known of the notebook as a whole.
type Totals struct {
	Revision interview.Revision // of the last write
	Tallies  [6]Tally           // of the buckets in Counted
	Commit   uint64             // bbolt's number of the commit that wrote this; 0 when it is not known
}

// Header is what is stored of an interview in addition to its items.
type Header struct {
	ID       interview.ID // from the key
	Revision interview.Revision
	Started  int64 // in ms since 1970; leads to the summary
	Erased   bool
	Items    Tally // of its items, to miss one that vanished
	Seen     map[document.Incarnation]uint64
	Lacks    []document.Span // of Seen; mostly none
}

// ItemKey is the key of an item in interviews; the zero item stands for the header, which so comes
// before the items.
func ItemKey(id interview.ID, item document.ID) []byte {
	return append(append(make([]byte, 0, 2*IDSize), id[:]...), item[:]...)
}

// ParseItemKey reads a key in interviews.
func ParseItemKey(key []byte) (id interview.ID, item document.ID, err error) {
	if len(key) != 2*IDSize {
		return id, item, BadKey(Interviews)
	}
	return interview.ID(key[:IDSize]), document.ID(key[IDSize:]), nil
}

// LogKey is the key of an entry in log.
func LogKey(id interview.ID, rev interview.Revision) []byte {
	return binary.BigEndian.AppendUint64(append(make([]byte, 0, IDSize+8), id[:]...), uint64(rev))
}

// SummaryKey orders summaries by time, in ms since 1970. Inverting the sign puts times before 1970
// before those after it.
func SummaryKey(started int64, id interview.ID) []byte {
	k := binary.BigEndian.AppendUint64(make([]byte, 0, 8+IDSize), uint64(started)^1<<63)
	return append(k, id[:]...)
}

// ParseSummaryKey reads a key in summary.
func ParseSummaryKey(key []byte) (started int64, id interview.ID, err error) {
	if len(key) != 8+IDSize {
		return 0, id, BadKey(Summary)
	}
	return int64(binary.BigEndian.Uint64(key) ^ 1<<63), interview.ID(key[8:]), nil
}

// WrongItems is the error for an interview whose items are not those that were written.
func WrongItems(h Header, found Tally) error {
	return Damaged(Interviews, fmt.Sprintf("interview %s has %d items where %d others were written", h.ID, found.Count, h.Items.Count))
}

// Headless is the error for items without the header of their interview.
func Headless(id interview.ID) error {
	return Damaged(Interviews, fmt.Sprintf("interview %s has lost its header", id))
}

// Buckets are the buckets of a notebook in one transaction.
type Buckets struct {
	Use
	Meta, Interviews, Log, Summary, Text, Drafts, Index *Bucket
}

// Open opens the buckets that are counted. It reports the first one that is missing.
func (b *Buckets) Open(tx *bbolt.Tx, totals *Totals) error {
	all := []**Bucket{&b.Interviews, &b.Log, &b.Summary, &b.Text, &b.Drafts, &b.Index}
	for i, name := range Counted() {
		if *all[i] = NewBucket(tx, name, &totals.Tallies[i], &b.Use); *all[i] == nil {
			return Damaged(name, "it is not there")
		}
	}
	return nil
}

// Header returns the header of an interview.
func (b *Buckets) Header(id interview.ID) (h Header, found bool, err error) {
	value, err := b.Interviews.Get(ItemKey(id, document.ID{}))
	if err != nil || value == nil {
		return Header{ID: id}, false, err
	}
	h, err = NewDecoder(Interviews).Header(id, value)
	return h, err == nil, err
}

// Headers yields the headers of all interviews whose ID is not before the given one, in the order
// of their bytes, until one cannot be read. Records may be put and removed meanwhile.
func (b *Buckets) Headers(from interview.ID) iter.Seq2[Header, error] {
	return func(yield func(Header, error) bool) {
		d := NewDecoder(Interviews)
		for key, more := from[:], true; more; {
			rec, found, err := b.Interviews.First(key)
			if err == nil && !found {
				return
			}
			var h Header
			if err == nil {
				h, err = d.keyedHeader(rec)
			}
			if !yield(h, err) || err != nil {
				return
			}
			key, more = increment(h.ID[:])
		}
	}
}

// keyedHeader reads a header with its key.
func (d *Decoder) keyedHeader(rec Record) (Header, error) {
	id, item, err := ParseItemKey(rec.Key)
	if err == nil && !item.IsZero() {
		err = Headless(id)
	}
	if err != nil {
		return Header{}, err
	}
	return d.Header(id, rec.Value)
}
