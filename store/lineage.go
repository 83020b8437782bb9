package store

import (
	"cmp"
	"encoding/binary"
	"fmt"
	"os"
	"sync"

	"go.etcd.io/bbolt"

	"hark/internal/document"
	"hark/internal/interview"
	"hark/internal/storage"
	"hark/store/codec"
	"hark/store/internal/files"
)

// Anything can put another file in the place of a notebook that is open: a sync program, cp, mv,
// hark restore. If what was written here is not in it, what a window shows and calls saved is no
// longer there, and a write to that file would pass for saved as well. So each opening knows up to
// where it has seen the notebook, and uses no file that does not go on from there: what is written
// goes into the journal, for the opening to come. The lock file knows up to where hark has written,
// so that an opening can tell of a file that was replaced while no hark ran.

// position is a state of a notebook.
type position struct {
	Notebook    document.ID
	Incarnation document.Incarnation // that wrote last
	Revision    interview.Revision
}

// positionAt is where the last position that was written lies in the lock file: behind the lease.
// Behind it comes a checksum.
const positionAt = 192

func (p position) encode() []byte {
	b, _ := binary.Append(nil, binary.LittleEndian, p) // all of it has a fixed size
	return binary.LittleEndian.AppendUint64(b, sumOf(b))
}

// readPosition reads the position in a lock file; it is zero when there is none.
func readPosition(queue *os.File) position {
	b := make([]byte, len(position{}.encode()))
	if _, err := queue.ReadAt(b, positionAt); err != nil {
		return position{}
	}
	numbers := b[:len(b)-8]
	var p position
	if _, err := binary.Decode(numbers, binary.LittleEndian, &p); err != nil || sumOf(numbers) != binary.LittleEndian.Uint64(b[len(numbers):]) {
		return position{}
	}
	return p
}

// leave writes the position into the lock file of the notebook at path. It may fail: then a file
// that is older is taken for what it is not, as without the lock file.
func (p position) leave(path string) {
	queue, err := os.OpenFile(files.QueuePath(path), os.O_WRONLY|files.NoFollow, 0)
	if err != nil {
		return
	}
	_, _ = queue.WriteAt(p.encode(), positionAt) // see above
	_ = queue.Close()                            // likewise
}

// seen is up to where an opening has seen its notebook.
type seen struct {
	sync.Mutex
	position
}

// last returns the position up to which the opening has seen the notebook.
func (s *seen) last() position {
	s.Lock()
	defer s.Unlock()
	return s.position
}

// set notes a position.
func (s *seen) set(p position) {
	s.Lock()
	defer s.Unlock()
	s.position = p
}

// readLineage reads which states of the notebook the file has come from, and returns its position.
func (t *Tx) readLineage(rev interview.Revision) (position, error) {
	value, err := t.Meta.Get([]byte(codec.KeyLineage))
	if err != nil {
		return position{}, err
	}
	if t.lineage, err = codec.DecodeLineage(value); err != nil {
		return position{}, err
	}
	id, err := t.Meta.Get([]byte(codec.KeyNotebook))
	if err != nil {
		return position{}, err
	}
	if len(id) != codec.IDSize {
		return position{}, codec.Damaged(codec.Meta, "it does not say which notebook it is")
	}
	return position{Notebook: document.ID(id), Incarnation: t.lineage.Last(), Revision: rev}, nil
}

// begin notes up to where the opening has seen the notebook, and whether its file lacks what hark
// wrote to it before. What cannot be read is for later transactions to report.
func (t *Tx) begin() {
	s := t.store
	b, err := t.Meta.Get([]byte(codec.KeyTotals))
	if err != nil || b == nil || s.private {
		return
	}
	totals, err := codec.DecodeTotals(b)
	if err != nil {
		return
	}
	now, err := t.readLineage(totals.Revision)
	if err != nil {
		return
	}
	s.seen.set(now)
	s.outdated = ""
	if lacks := t.lacks(t.left, now); lacks != "" {
		s.outdated = fmt.Sprintf("%s %s", files.Shown(s.path), lacks)
	} else if t.left != now {
		now.leave(s.path) // others may tell by it that the file was replaced since
	}
}

// goesOn refuses a file that does not go on from where this opening has seen the notebook. The error
// wraps storage.ErrReplaced.
func (t *Tx) goesOn() error {
	s := t.store
	now, err := t.readLineage(t.Totals.Revision)
	if err != nil || s.private {
		return err
	}
	if lacks := t.lacks(s.seen.last(), now); lacks != "" {
		return s.replaced(lacks)
	}
	s.seen.set(now)
	return nil
}

// lacks says what is wrong with the file at the position now if there was another one, "" for
// nothing.
func (t *Tx) lacks(was, now position) string {
	switch {
	case was == position{}:
		return ""
	case was.Notebook != now.Notebook:
		return "is another notebook than the one that was there"
	case t.lineage.Has(was.Incarnation, was.Revision, now.Revision):
		return ""
	}
	return "is an older file than the one that was there, or one that went on elsewhere, and lacks what was written since"
}

// replaced is the error for a file that was put in the place of the notebook.
func (s *Store) replaced(what string) error {
	return fmt.Errorf("%w: %w: %s %s", storage.ErrUnwritable, storage.ErrReplaced, files.Shown(s.path), what)
}

// extendLineage notes under which incarnation the transaction wrote, if it wrote a revision.
func (t *Tx) extendLineage() error {
	if t.Totals == nil || t.Totals.Revision == t.began {
		return nil
	}
	by := t.lease.Incarnation
	switch {
	case t.store.private:
		by = t.store.own()
	case by == 0:
		by = t.incarnation()
	}
	longer, other := t.lineage.Written(by, t.began+1)
	if !other {
		return nil
	}
	t.lineage = longer
	return t.Meta.Put([]byte(codec.KeyLineage), longer.Encode())
}

// own is the incarnation under which all that is written to a private file counts.
func (s *Store) own() document.Incarnation {
	s.seen.Lock()
	defer s.seen.Unlock()
	if s.seen.Incarnation == 0 {
		s.seen.Incarnation = drawIncarnation()
	}
	return s.seen.Incarnation
}

// overwritten reports whether something else was put in the place of the file, or into it, while the
// commit of the given number went there.
func (t *Tx) overwritten(number uint64) bool {
	if !t.mark.Now(t.file, t.store.path).Of(number) || !files.StillThere(t.file, t.store.path) {
		return true
	}
	// The page that counts is written last. What it leads to was written before, and the commit can
	// be read there.
	err := t.db.View(func(tx *bbolt.Tx) error {
		b, err := codec.NewBucket(tx, codec.Meta, nil, &codec.Use{}).Get([]byte(codec.KeyTotals))
		if err != nil {
			return err
		}
		if totals, err := codec.DecodeTotals(b); err != nil || t.Totals != nil && totals.Commit != number {
			return cmp.Or(err, storage.ErrReplaced)
		}
		return nil
	})
	return err != nil
}

// leavePosition notes up to where a commit brought the notebook.
func (t *Tx) leavePosition() {
	if t.Totals == nil || t.Totals.Revision == t.began {
		return
	}
	now := t.store.seen.last()
	now.Incarnation, now.Revision = t.lineage.Last(), t.Totals.Revision
	t.store.seen.set(now)
	now.leave(t.store.path)
}

// Outdated says in a sentence that the file of the notebook, as it was opened, lacks what hark has
// written to it on this machine; "" when it does not, as far as that is known.
func (s *Store) Outdated() string { return s.outdated }

// LastRevision is the last revision that hark wrote to the notebook at path on this machine, 0 when
// that is not known.
func LastRevision(path string) interview.Revision { return lastPosition(path).Revision }

// LastID is the ID of the notebook that hark wrote to last at path, zero when that is not known.
func LastID(path string) document.ID { return lastPosition(path).Notebook }

// lastPosition is up to where hark has written to the notebook at path.
func lastPosition(path string) position {
	queue, err := os.OpenFile(files.QueuePath(path), os.O_RDONLY|files.NoFollow, 0)
	if err != nil {
		return position{}
	}
	defer func() { _ = queue.Close() }() // it was only read
	return readPosition(queue)
}

// ID is the notebook's own ID; zero when it cannot be read.
func (s *Store) ID() document.ID { return s.seen.last().Notebook }
