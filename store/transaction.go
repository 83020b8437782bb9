package store

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"os"
	"runtime/debug"

	"go.etcd.io/bbolt"
	berrors "go.etcd.io/bbolt/errors"

	"hark/internal/document"
	"hark/internal/interview"
	"hark/internal/plain"
	"hark/internal/storage"
	"hark/store/internal/files"
)

// pageSize is the page size of every notebook, whatever the machine's own is,
// so that a notebook can be carried from one to another.
const pageSize = 4096

// access is what a transaction opens the file for.
type access int

const (
	toRead access = iota
	toWrite
	toDoubt // to read, after a look at every page whatever the stamp says
)

// transaction is one use of the file, from opening to closing it.
type transaction struct {
	store  *Store
	walked int64 // the day on which every page was looked at: see stamp
	lost   bool  // the look found that the index is not what was written

	file *os.File
	db   *bbolt.DB
	tx   *bbolt.Tx

	meta, interviews, log, summary, text, drafts, index *records

	totals  *totals // nil until they are known
	changed bool    // something was put or removed
	// unindexed says that an interview that is written waits for a place in the
	// index.
	unindexed bool
	listed    bool // the list of each customer's interviews is complete: see customers.go

	reading string // the bucket last touched, to say where a fault came from
	lent    bool   // the caller's code is running
}

// view runs fn in a transaction that sees one state of the notebook. Writers
// wait for it, other readers do not.
func (s *Store) view(ctx context.Context, fn func(*transaction) error) error {
	return s.transact(ctx, toRead, (*transaction).enter, fn)
}

// update runs fn in a transaction that has the notebook to itself, and commits
// what it changed unless it fails.
func (s *Store) update(ctx context.Context, fn func(*transaction) error) error {
	return s.transact(ctx, toWrite, (*transaction).enter, fn)
}

// transact opens the file and runs the given functions one after the other.
//
// The file is mapped into memory, and bbolt trusts what it finds there: a
// damaged one can fault, or trip bbolt's own checks. Both become ErrDamaged
// here. A panic of the caller's code is not ours to explain and passes on, once
// the file is closed.
func (s *Store) transact(ctx context.Context, how access, do ...func(*transaction) error) (err error) {
	if err := ctx.Err(); err != nil {
		return err
	}
	if why := s.unsynced.Load(); why != nil && how == toWrite {
		return *why
	}
	ctx = files.WithAbandoned(ctx, &s.abandoned)
	if how != toDoubt {
		defer func() { err = s.quarantined(ctx, err) }() // when the lock is given up
	}
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	t := &transaction{store: s}
	defer func() {
		p := recover()
		foreign := p != nil && t.lent && !isFault(p)
		t.end(p == nil || foreign)
		switch {
		case foreign:
			panic(p)
		case p != nil:
			err = damaged(t.reading, "reading it failed: "+plain.Terminal(fmt.Sprint(p)))
		}
	}()
	if err := t.open(ctx, how); err != nil {
		return err
	}
	for _, fn := range do {
		if err := fn(t); err != nil {
			return err
		}
	}
	return t.commit(s.path)
}

// isFault reports whether a panic is an access to memory that is not there, as
// when the file was cut short while it was mapped. Only those know an address.
func isFault(p any) bool {
	_, is := p.(interface{ Addr() uintptr })
	return is
}

// open takes its turn at the file and begins a transaction.
func (t *transaction) open(ctx context.Context, how access) error {
	path := t.store.path
	var queue *os.File
	if !t.store.private {
		var err error
		if queue, err = files.OpenQueue(ctx, path); err != nil {
			return err
		}
		defer func() { _ = queue.Close() }() // often closed by handOver already
	}
	var err error
	t.db, err = bbolt.Open(path, files.FileMode, &bbolt.Options{
		PageSize:     pageSize,
		ReadOnly:     how != toWrite,
		NoStatistics: true,
		NoSync:       t.store.private,
		OpenFile: func(path string, _ int, _ os.FileMode) (*os.File, error) {
			f, good, err := openData(ctx, path, how, queue, t.store.left)
			t.file, t.walked, t.lost = f, good.walked, good.walked == 0
			if t.store.private {
				t.store.left = good
			}
			return f, err
		},
	})
	if err != nil {
		return openError(path, err)
	}
	if hooked := t.store.hook.Opened; hooked != nil && how == toWrite {
		hooked(t.db, t.file)
	}
	t.tx, err = t.db.Begin(how == toWrite)
	return openError(path, err)
}

// openError sorts an error of bbolt into one of the notebook's.
func openError(path string, err error) error {
	switch {
	case err == nil:
		return nil
	case errors.Is(err, berrors.ErrInvalid), errors.Is(err, berrors.ErrChecksum), errors.Is(err, berrors.ErrVersionMismatch):
		return files.NotANotebook(path)
	case files.IsContext(err), errors.Is(err, storage.ErrDamaged), errors.Is(err, storage.ErrUnwritable):
		return err
	}
	return files.Unwritable(path, "cannot be opened", err)
}

// enter checks the schema version, that the notebook is the one that was opened,
// and makes the buckets ready for use.
func (t *transaction) enter() error {
	version, err := t.version()
	if err != nil {
		return err
	}
	if err := t.sameNotebook(); err != nil {
		return err
	}
	if version != schemaVersion {
		return fmt.Errorf("%w: its layout is number %d and that of this hark %d; start hark again",
			storage.ErrUnwritable, version, schemaVersion)
	}
	if err := t.openBuckets(); err != nil || !t.lost || !t.tx.Writable() {
		return err
	}
	return t.resetIndex()
}

// openBuckets makes the buckets of today's schema ready for use.
func (t *transaction) openBuckets() error {
	b, err := t.meta.get([]byte(keyTotals))
	if err != nil {
		return err
	}
	known, err := decodeTotals(b)
	if err != nil {
		return err
	}
	if err := t.sameCommit(known.commit); err != nil {
		return err
	}
	t.totals = &known
	places := []**records{&t.interviews, &t.log, &t.summary, &t.text, &t.drafts, &t.index}
	for i, name := range counted() {
		b := t.tx.Bucket([]byte(name))
		if b == nil {
			return damaged(name, "it is not there")
		}
		*places[i] = &records{name: name, bucket: b, total: &t.totals.tallies[i], t: t}
	}
	t.readCustomerMark()
	return nil
}

// sameCommit refuses what an earlier commit left than that of the page that leads
// to it. A program that copies the file while it is written can take that page from
// one moment and all that it leads to from before: pages are used in turns, so that
// what lies in them may fit, down to the last checksum. Where it is the other way
// round, a tool of bbolt's has compacted the file. What nobody else knows of was
// copied by nobody.
func (t *transaction) sameCommit(wrote uint64) error {
	last := uint64(t.tx.ID())
	if t.tx.Writable() {
		last-- // it is the number of the commit to come
	}
	if wrote == 0 || wrote >= last || t.store.private {
		return nil
	}
	return damaged("", fmt.Sprintf("what %s holds is of its commit %d and not of the last, %d; it was copied while somebody wrote to it, or another program has written to it",
		files.Shown(t.store.path), wrote, last))
}

// commit writes and syncs what was changed. A transaction that changed nothing
// writes nothing.
func (t *transaction) commit(path string) error {
	if !t.changed {
		return nil
	}
	if t.totals != nil {
		if err := t.markCustomers(); err != nil {
			return err
		}
		t.totals.commit = uint64(t.tx.ID())
		if err := t.meta.put([]byte(keyTotals), t.totals.encode()); err != nil {
			return err
		}
	}
	waits := t.unindexed && !t.store.private && t.indexWaits()
	err := t.tx.Commit()
	if hooked := t.store.hook.Committed; hooked != nil {
		err = hooked(err)
	}
	if unconfirmed(err) {
		return t.store.distrust(err)
	}
	if err != nil {
		return files.Unwritable(path, "could not be saved; is the disk full?", err)
	}
	if t.store.private {
		t.store.left, _ = stampNow(t.file, path, t.walked)
		return nil
	}
	stampCommit(t.file, path, t.walked)
	if waits {
		t.store.waits.Store(true)
	}
	t.store.daily.due(t.store)
	return nil
}

// end closes the file, which gives up the lock. After a panic in bbolt it is in
// no state to be asked: its own locks may be held, so it is left alone, with the
// memory it has mapped, and only the file is closed.
func (t *transaction) end(orderly bool) {
	if orderly && t.tx != nil {
		_ = t.tx.Rollback() // does nothing after a commit
	}
	if orderly && t.db != nil {
		_ = t.db.Close() // everything was synced or given up before
	}
	if t.file == nil {
		return
	}
	if !orderly {
		_ = files.Unlock(t.file) // closing alone would not do while it is mapped
	}
	_ = t.file.Close() // does nothing when bbolt has closed it
}

// lend runs the caller's code: what panics there is not damage.
func lend[T any](t *transaction, fn func() T) T {
	t.lent = true
	result := fn()
	t.lent = false
	return result
}

// decide asks the caller what to write.
func (t *transaction) decide(doc *document.Document, h header, ask func(storage.Stored) (storage.Write, error)) (storage.Write, error) {
	over := false
	defer func() { over = true }()
	var err error
	w := lend(t, func() (w storage.Write) {
		w, err = ask(storage.Stored{
			Document: doc, Revision: h.revision,
			Log: lent(t, &over, t.history(h.id)), SameCustomer: lent(t, &over, t.sameCustomer(h)),
		})
		return w
	})
	return w, err
}

// lent is what the caller's code goes through while the transaction lasts.
func lent[T any](t *transaction, over *bool, all iter.Seq2[T, error]) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		if *over {
			var none T
			yield(none, errors.New("it was asked for after its transaction"))
			return
		}
		t.lent = false
		all(func(one T, err error) bool { return lend(t, func() bool { return yield(one, err) }) })
		t.lent = true
	}
}

// history yields the log of an interview, newest first.
func (t *transaction) history(id document.ID) iter.Seq2[interview.Record, error] {
	return func(yield func(interview.Record, error) bool) {
		d := newDecoder(bucketLog)
		for rec, err := range t.log.backwards(id[:]) {
			var r interview.Record
			if err == nil {
				r, err = d.logged(rec)
			}
			if !yield(r, err) || err != nil {
				return
			}
		}
	}
}
