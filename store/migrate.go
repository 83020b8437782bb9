package store

import (
	"context"
	"crypto/rand"
	"encoding/binary"
	"fmt"
	"time"

	"hark/internal/document"
	"hark/internal/interview"
	"hark/internal/search"
	"hark/internal/storage"
	"hark/store/check"
	"hark/store/codec"
	"hark/store/internal/files"
)

// step returns what brings a notebook from one schema version to the next. Steps are never changed
// once they were released.
func step(from int) func(*Tx) error {
	switch from {
	case 0:
		return (*Tx).createLayout
	case 1:
		return (*Tx).deriveAgain
	default:
		return nil
	}
}

// Migrate brings the notebook up to today's schema, in one transaction. A backup of the notebook as
// it was is made first, but for a private file; without one nothing is changed.
func (s *Store) Migrate(ctx context.Context) error {
	return s.migrateTo(ctx, codec.SchemaVersion, step)
}

// migrateTo brings the notebook up to a schema by the given steps.
func (s *Store) migrateTo(ctx context.Context, target int, step func(from int) func(*Tx) error) error {
	var version int
	read := func(t *Tx) (err error) {
		if version, err = t.version(); err != nil {
			return err
		}
		s.lost = t.Search.Lost
		t.begin()
		return nil
	}
	if err := s.transact(ctx, check.ToRead, read); err != nil || version == target {
		return err
	}
	if !s.private {
		if err := s.backupBefore(ctx, version); err != nil {
			return err
		}
	}
	return s.transact(ctx, check.ToWrite, read, func(t *Tx) error {
		if version == target {
			return nil // another process was faster
		}
		return t.upgrade(version, target, step)
	})
}

// upgrade carries out the steps from one schema version to another.
func (t *Tx) upgrade(from, target int, step func(from int) func(*Tx) error) error {
	for v := from; v < target; v++ {
		if err := step(v)(t); err != nil {
			return fmt.Errorf("bringing the notebook from layout %d to %d: %w", v, v+1, err)
		}
	}
	return t.Meta.Put([]byte(codec.KeySchema), binary.AppendUvarint(nil, uint64(target)))
}

// version returns the schema version of the notebook. The error wraps interview.ErrNewer when it is
// higher than today's.
func (t *Tx) version() (int, error) {
	t.Meta = codec.NewBucket(t.tx, codec.Meta, nil, &t.Use)
	if t.Meta == nil {
		return 0, fmt.Errorf("%w: the file is not a notebook of hark", storage.ErrDamaged)
	}
	value, err := t.Meta.Get([]byte(codec.KeySchema))
	if err != nil {
		return 0, err
	}
	version, n := binary.Uvarint(value)
	if n <= 0 || n != len(value) || version == 0 {
		return 0, codec.Damaged(codec.Meta, "it does not say which layout the notebook has")
	}
	if version > codec.SchemaVersion {
		return 0, fmt.Errorf("%w: it has layout %d and this hark knows %d; use the newer hark", interview.ErrNewer, version, codec.SchemaVersion)
	}
	return int(version), nil
}

// createLayout lays out an empty notebook of version 1.
func (t *Tx) createLayout() error {
	counted := codec.Counted()
	for _, name := range append([]string{codec.Meta}, counted[:]...) {
		if _, err := t.tx.CreateBucket([]byte(name)); err != nil {
			return err
		}
	}
	t.Meta = codec.NewBucket(t.tx, codec.Meta, nil, &t.Use)
	t.Totals = &codec.Totals{}
	id, err := document.NewID(rand.Reader)
	if err != nil {
		return err
	}
	if err := t.Meta.Put([]byte(codec.KeyNotebook), id[:]); err != nil {
		return err
	}
	created := binary.AppendVarint(nil, time.Now().UnixMilli())
	return t.Meta.Put([]byte(codec.KeyCreated), created)
}

// deriveAgain rebuilds the summaries and texts of all interviews from their documents. Those of
// version 1 do not say what stands in quotation marks.
func (t *Tx) deriveAgain() error {
	if t.Totals != nil {
		return nil // an empty notebook that was laid out just now
	}
	if err := t.openBuckets(); err != nil {
		return err
	}
	var all []codec.Header
	for h, err := range t.Headers(interview.ID{}) {
		if err != nil {
			return err
		}
		if !h.Erased {
			all = append(all, h)
		}
	}
	d := codec.NewDecoder(codec.Interviews)
	for i, h := range all {
		if err := t.ctx.Err(); err != nil {
			return err
		}
		storage.At(t.ctx, "brought up to date interviews", i, len(all))
		doc, _, err := t.loadWith(d, h.ID)
		if err != nil {
			return err
		}
		iv := interview.Fold(doc)
		if err := t.putDerived(&h, iv.Summarise(), search.Record(iv)); err != nil {
			return err
		}
		if err := t.PutHeader(h); err != nil {
			return err
		}
	}
	return t.listCustomers()
}

// backupBefore makes a backup before the layout of the notebook changes.
func (s *Store) backupBefore(ctx context.Context, layout int) error {
	in, err := files.MakeSibling(s.path, files.Backups)
	if err != nil {
		return err
	}
	defer in.Close()
	f, err := files.OpenLocked(ctx, s.path, false)
	if err != nil {
		return err
	}
	defer func() { _ = f.Close() }() // it was only read
	base := fmt.Sprintf("%s%s%d-%s", files.Stem(s.path), files.CopyLayout, layout, time.Now().Format(files.MomentLayout))
	if _, err := in.CopyTo(ctx, base, f); err != nil {
		return files.Unwritable(s.path, "is of an older hark and needs a backup before it is brought up to date, which could not be made", err)
	}
	return nil
}
