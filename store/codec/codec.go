// Package codec is how a notebook lies in the buckets of bbolt: its buckets and keys, how each
// value is laid out, and the checksums by which a record that changed or vanished is noticed. It
// opens no file and begins no transaction.
//
// # Layout
//
//	meta        schema version, notebook ID, time of creation, totals
//	interviews  interview ID + item ID → the item's versions
//	            interview ID + 16 zero bytes → the header of the interview
//	log         interview ID + revision → what one write did
//	summary     time of the start + interview ID → what lists show
//	text        interview ID → folded text, for search
//	drafts      interview ID → what was left in the capture box of each window
//	index       which interviews have which words: see package index
//
// The bucket names outbox and cursor are reserved for sending changes between notebooks. The
// buckets summary and text can be rebuilt from interviews, and index from text.
//
// Every record carries a checksum over its bucket, key and value, and for every bucket the number
// of records and the sum of their checksums are kept in the totals.
package codec

import (
	"errors"
	"fmt"

	"hark/internal/storage"
)

// fault is what is wrong with a bucket, or with the file when it names none.
type fault struct{ bucket, what string }

// Error implements error.
func (f *fault) Error() string {
	if f.bucket == "" {
		return fmt.Sprintf("%v: %s", storage.ErrDamaged, f.what)
	}
	return fmt.Sprintf("%v in its part %q: %s", storage.ErrDamaged, f.bucket, f.what)
}

// Unwrap says that the notebook is damaged.
func (f *fault) Unwrap() error { return storage.ErrDamaged }

// Damaged returns an error that wraps storage.ErrDamaged and names the bucket, "" for the file.
func Damaged(bucket, what string) error { return &fault{bucket, what} }

// BadKey is the error for a key of the wrong length.
func BadKey(bucket string) error { return Damaged(bucket, "a key has the wrong length") }

// InIndex reports whether only the index is damaged. An error that names several faults names those
// of the index last.
func InIndex(err error) bool {
	first, ok := errors.AsType[*fault](err)
	return ok && first.bucket == Index
}
