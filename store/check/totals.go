package check

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"maps"

	"hark/store/codec"
)

// Every page of a file can be in order and still not hold what was written: a page that counts one
// record too few is a good page, and so is one of another moment, in a copy that was taken during a
// write. So the scan of every page adds up the records on the way, which costs little compared to
// the reading, and compares the sums with the totals of the last commit.

// found is what the records on some pages come to.
type found struct {
	buckets map[string]*bucketFound
	meta    map[string][]byte // the values in meta, which the totals do not count
	wrong   error             // the first fault, outside of the index if possible
}

type bucketFound struct {
	codec.Checker
	total codec.Tally
}

func newFound() *found { return &found{buckets: map[string]*bucketFound{}, meta: map[string][]byte{}} }

// bucket returns the bucket of a name, to which its records are to be added; nil when nothing is
// added up.
func (f *found) bucket(key []byte) *bucketFound {
	if f == nil {
		return nil
	}
	name := string(key)
	if f.buckets[name] == nil {
		f.buckets[name] = &bucketFound{Checker: codec.Checker{Name: name}}
	}
	return f.buckets[name]
}

// add adds a record on a leaf to a bucket.
func (f *found) add(to *bucketFound, e element) {
	rec, err := to.Check(e.key, e.value)
	if err != nil {
		f.note(err)
		return
	}
	to.total = to.total.Plus(rec.Tally())
	if to.Name == codec.Meta {
		f.meta[string(e.key)] = bytes.Clone(rec.Value)
	}
}

// note notes that a record is wrong; a fault in the index matters least.
func (f *found) note(err error) {
	if err != nil && (f.wrong == nil || codec.InIndex(f.wrong)) {
		f.wrong = err
	}
}

// plus adds what other pages come to, nil for nothing.
func (f *found) plus(o *found) {
	if o == nil {
		return
	}
	for name, b := range o.buckets {
		to := f.bucket([]byte(name))
		to.total = to.total.Plus(b.total)
	}
	maps.Copy(f.meta, o.meta)
	f.note(o.wrong)
}

// compare returns what is wrong with the records, and with the index only if nothing else is: it is
// the last in the totals. It knows today's layout alone: a notebook of another one is migrated, or
// refused, when it is opened.
func (f *found) compare() error {
	if !bytes.Equal(f.meta[codec.KeySchema], binary.AppendUvarint(nil, codec.SchemaVersion)) {
		return nil
	}
	if f.wrong != nil && !codec.InIndex(f.wrong) {
		return f.wrong
	}
	for _, key := range []string{codec.KeyNotebook, codec.KeyCreated, codec.KeyTotals} {
		if f.meta[key] == nil {
			return codec.Damaged(codec.Meta, fmt.Sprintf("%q is missing", key))
		}
	}
	written, err := codec.DecodeTotals(f.meta[codec.KeyTotals])
	if err != nil {
		return err
	}
	for i, name := range codec.Counted() {
		b := f.buckets[name]
		if b == nil {
			return codec.Damaged(name, "it is not there")
		}
		if b.total != written.Tallies[i] {
			return codec.WrongCount(name, b.total, written.Tallies[i])
		}
	}
	return f.wrong
}
