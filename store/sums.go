package store

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"maps"
)

// Every page of a file can be in order and still not hold what was written: a
// page that counts one record too few is a good page, and so is one of another
// moment, in a copy that was taken while somebody wrote. So whoever looks at every
// page adds up the records on the way, which costs little beside the reading, and
// compares that with the totals that the last commit left.

// sums is what the records of a file come to, page by page.
type sums struct {
	buckets map[string]*records
	meta    map[string][]byte // the values in meta, which the totals do not count
	wrong   error             // the first thing that was, outside of the index if possible
}

func newSums() *sums { return &sums{buckets: map[string]*records{}, meta: map[string][]byte{}} }

// of returns the bucket of a name, to which its records are to be added; nil
// when nothing is added up.
func (s *sums) of(bucket []byte) *records {
	if s == nil {
		return nil
	}
	name := string(bucket)
	if s.buckets[name] == nil {
		s.buckets[name] = &records{name: name, total: &tally{}}
	}
	return s.buckets[name]
}

// add adds a record of a leaf to what its bucket comes to.
func (s *sums) add(to *records, e element) {
	rec, err := to.check(e.key, e.value)
	if err != nil {
		s.note(err)
		return
	}
	*to.total = to.total.plus(rec.tally())
	if to.name == bucketMeta {
		s.meta[string(e.key)] = bytes.Clone(rec.value)
	}
}

// note notes that a record is wrong.
func (s *sums) note(err error) {
	if err != nil && (s.wrong == nil || inIndex(s.wrong)) { // which matters least
		s.wrong = err
	}
}

// plus adds what others added up, nil for nothing.
func (s *sums) plus(o *sums) {
	if o == nil {
		return
	}
	for name, r := range o.buckets {
		total := s.of([]byte(name)).total
		*total = total.plus(*r.total)
	}
	maps.Copy(s.meta, o.meta)
	s.note(o.wrong)
}

// agree says what is wrong with the records that were added up, and with the
// index only if nothing else is: it is the last in the totals. It knows today's
// layout alone: a notebook of another one is brought up to it, or refused, by
// those who open it.
func (s *sums) agree() error {
	if !bytes.Equal(s.meta[keySchema], binary.AppendUvarint(nil, schemaVersion)) {
		return nil
	}
	if s.wrong != nil && !inIndex(s.wrong) {
		return s.wrong
	}
	for _, key := range []string{keyNotebook, keyCreated, keyTotals} {
		if s.meta[key] == nil {
			return damaged(bucketMeta, fmt.Sprintf("%q is missing", key))
		}
	}
	written, err := decodeTotals(s.meta[keyTotals])
	if err != nil {
		return err
	}
	for i, name := range counted() {
		found := s.buckets[name]
		if found == nil {
			return damaged(name, "it is not there")
		}
		if *found.total != written.tallies[i] {
			return wrongCount(name, *found.total, written.tallies[i])
		}
	}
	return s.wrong
}

// wrongCount says that a bucket does not hold the records that were written.
func wrongCount(bucket string, found, written tally) error {
	if found.count == written.count {
		return damaged(bucket, fmt.Sprintf("its %d records are not those that were written", found.count))
	}
	return damaged(bucket, fmt.Sprintf("there are %d records where %d were written", found.count, written.count))
}
