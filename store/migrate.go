package store

import (
	"context"
	"crypto/rand"
	"encoding/binary"
	"fmt"
	"time"

	"hark/internal/document"
	"hark/internal/interview"
)

// schemaVersion numbers the layout of buckets and keys that this hark writes. A
// notebook of a lower number is brought up to it when it is opened; one of a
// higher number is left alone. (How a single value is laid out can change
// without it: see the first byte of each in codec.go.)
const schemaVersion = 1

// step returns what brings a notebook from one schema version to the next.
// Steps are never changed once they were released.
func step(from int) func(*transaction) error {
	switch from {
	case 0:
		return (*transaction).createLayout
	default:
		return nil
	}
}

// migrate brings the notebook up to today's schema, in one transaction. What is
// to happen to a notebook before its layout changes, such as keeping a copy,
// belongs before that transaction.
func (s *Store) migrate() error {
	ctx := context.Background()
	var version int
	look := func(t *transaction) (err error) {
		version, err = t.version()
		return err
	}
	if err := s.transact(ctx, toRead, look); err != nil || version == schemaVersion {
		return err
	}
	return s.transact(ctx, toWrite, look, func(t *transaction) error {
		if version == schemaVersion {
			return nil // another hark was faster
		}
		return t.upgrade(version)
	})
}

// upgrade carries out the steps from a schema version to today's.
func (t *transaction) upgrade(from int) error {
	for v := from; v < schemaVersion; v++ {
		if err := step(v)(t); err != nil {
			return fmt.Errorf("bringing the notebook from layout %d to %d: %w", v, v+1, err)
		}
	}
	return t.meta.put([]byte(keySchema), binary.AppendUvarint(nil, schemaVersion))
}

// version returns the schema version of the notebook. The error wraps
// interview.ErrNewer when it is higher than today's.
func (t *transaction) version() (int, error) {
	b := t.tx.Bucket([]byte(bucketMeta))
	if b == nil {
		return 0, fmt.Errorf("%w: the file is not a notebook of hark", interview.ErrDamaged)
	}
	t.meta = &records{name: bucketMeta, bucket: b, t: t}
	value, err := t.meta.get([]byte(keySchema))
	if err != nil {
		return 0, err
	}
	version, n := binary.Uvarint(value)
	if n <= 0 || n != len(value) || version == 0 {
		return 0, damaged(bucketMeta, "it does not say which layout the notebook has")
	}
	if version > schemaVersion {
		return 0, fmt.Errorf("%w: it has layout %d and this hark knows %d; use the newer hark", interview.ErrNewer, version, schemaVersion)
	}
	return int(version), nil
}

// createLayout lays out an empty notebook of version 1.
func (t *transaction) createLayout() error {
	for _, name := range append([]string{bucketMeta}, counted()...) {
		if _, err := t.tx.CreateBucket([]byte(name)); err != nil {
			return err
		}
	}
	t.meta = &records{name: bucketMeta, bucket: t.tx.Bucket([]byte(bucketMeta)), t: t}
	t.totals = &totals{}
	id, err := document.NewID(rand.Reader)
	if err != nil {
		return err
	}
	if err := t.meta.put([]byte(keyNotebook), id[:]); err != nil {
		return err
	}
	created := binary.AppendVarint(nil, time.Now().UnixMilli())
	return t.meta.put([]byte(keyCreated), created)
}
