package store

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/binary"
	"fmt"
	"time"

	"hark/internal/document"
	"hark/internal/interview"
	"hark/internal/storage"
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

// migrate brings the notebook up to today's schema, in one transaction. A backup
// of the notebook as it was is made first; without one nothing is changed.
func (s *Store) migrate() error { return s.migrateTo(schemaVersion, step) }

// migrateTo brings the notebook up to a schema by the given steps.
func (s *Store) migrateTo(target int, step func(from int) func(*transaction) error) error {
	ctx := context.Background()
	var version int
	look := func(t *transaction) (err error) {
		if version, err = t.version(); err != nil {
			return err
		}
		mark, err := t.meta.get([]byte(keyReplaced))
		s.mark, s.lost = bytes.Clone(mark), t.lost
		return err
	}
	if err := s.transact(ctx, toRead, look); err != nil || version == target {
		return err
	}
	if !s.private {
		if err := s.backupBefore(ctx, version); err != nil {
			return err
		}
	}
	return s.transact(ctx, toWrite, look, func(t *transaction) error {
		if version == target {
			return nil // another hark was faster
		}
		return t.upgrade(version, target, step)
	})
}

// upgrade carries out the steps from one schema version to another.
func (t *transaction) upgrade(from, target int, step func(from int) func(*transaction) error) error {
	for v := from; v < target; v++ {
		if err := step(v)(t); err != nil {
			return fmt.Errorf("bringing the notebook from layout %d to %d: %w", v, v+1, err)
		}
	}
	return t.meta.put([]byte(keySchema), binary.AppendUvarint(nil, uint64(target)))
}

// version returns the schema version of the notebook. The error wraps
// interview.ErrNewer when it is higher than today's.
func (t *transaction) version() (int, error) {
	b := t.tx.Bucket([]byte(bucketMeta))
	if b == nil {
		return 0, fmt.Errorf("%w: the file is not a notebook of hark", storage.ErrDamaged)
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
