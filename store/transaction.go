package store

import (
	"context"
	"errors"
	"fmt"
	"os"
	"runtime/debug"

	"go.etcd.io/bbolt"
	berrors "go.etcd.io/bbolt/errors"

	"hark/internal/interview"
	"hark/internal/plain"
	"hark/internal/storage"
	"hark/store/check"
	"hark/store/codec"
	"hark/store/index"
	"hark/store/internal/files"
)

// Tx is one use of the file, from opening to closing it.
type Tx struct {
	codec.Buckets
	Totals *codec.Totals // nil until they are known
	Search index.Index

	ctx     context.Context // of the call, for what takes long
	store   *Store
	mark    check.CleanMark // of the file as it was opened
	lease   lease           // of a writer; spent when there was none for the file as it was opened
	drawn   bool            // the incarnation of the lease was drawn here
	left    position        // up to where hark wrote on this machine
	lineage codec.Lineage
	began   interview.Revision // the last one when the transaction began
	file    *os.File
	db      *bbolt.DB
	tx      *bbolt.Tx
	lent    bool // the caller's code is running

	forget func() // see files.NoteHolder; nil for a private file
}

// View runs fn in a transaction that sees one state of the notebook. Writers wait for it, other
// readers do not.
func (s *Store) View(ctx context.Context, fn func(*Tx) error) error {
	return s.transact(ctx, check.ToRead, (*Tx).enter, fn)
}

// Update runs fn in a transaction that has the notebook to itself, and commits what it changed
// unless it fails.
func (s *Store) Update(ctx context.Context, fn func(*Tx) error) error {
	return s.transact(ctx, check.ToWrite, (*Tx).enter, fn)
}

// transact opens the file and runs the given functions one after the other.
//
// The file is mapped into memory, and bbolt trusts what it finds there: a damaged one can fault, or
// trip bbolt's own checks. Both become ErrDamaged here. A panic of the caller's code is not ours to
// explain and passes on, once the file is closed.
func (s *Store) transact(ctx context.Context, how check.Access, do ...func(*Tx) error) (err error) {
	if err := ctx.Err(); err != nil {
		return err
	}
	if why := s.unsynced.Load(); why != nil && how == check.ToWrite {
		return *why
	}
	ctx = files.WithAbandoned(ctx, &s.abandoned)
	if how != check.ToDoubt {
		defer func() { err = s.quarantine(ctx, err) }() // when the lock is released
	}
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	t := &Tx{ctx: ctx, store: s}
	t.Search.Buckets = &t.Buckets
	defer func() {
		p := recover()
		foreign := p != nil && t.lent && !isFault(p)
		t.end(p == nil || foreign)
		switch {
		case foreign:
			panic(p)
		case p != nil:
			err = codec.Damaged(t.Reading, "reading it failed: "+plain.Terminal(fmt.Sprint(p)))
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
	return t.commit()
}

// isFault reports whether a panic is an access to memory that is not there, as when the file was
// cut short while it was mapped. Only those know an address.
func isFault(p any) bool {
	_, is := p.(interface{ Addr() uintptr })
	return is
}

// open takes its turn at the file and begins a transaction.
func (t *Tx) open(ctx context.Context, how check.Access) error {
	s := t.store
	var queue *os.File
	if !s.private {
		var err error
		queue, err = check.OpenQueue(ctx, s.path, false)
		// In a folder where nobody may write, the lock of the file itself has to do for readers.
		if err != nil && (how == check.ToWrite || !files.IsReadOnly(err)) {
			return err
		}
		defer func() { _ = queue.Close() }() // often closed by files.HandOver already
	}
	var err error
	t.db, err = bbolt.Open(s.path, files.FileMode, &bbolt.Options{
		PageSize:     check.PageSize,
		ReadOnly:     how != check.ToWrite,
		NoStatistics: true,
		NoSync:       s.private,
		OpenFile:     func(string, int, os.FileMode) (*os.File, error) { return t.openData(ctx, how, queue) },
	})
	if err != nil {
		return openError(s.path, err)
	}
	t.Search.Lost = t.mark.Faulty()
	if hooked := s.hook.Opened; hooked != nil && how == check.ToWrite {
		hooked(t.db, t.file)
	}
	t.tx, err = t.db.Begin(how == check.ToWrite)
	return openError(s.path, err)
}

// openData opens the file of the notebook, waits until it may be used, and checks it before bbolt
// maps it. The queue is released as soon as it can be; a private file has none.
func (t *Tx) openData(ctx context.Context, how check.Access, queue *os.File) (*os.File, error) {
	s := t.store
	f, err := files.OpenRegular(s.path, how == check.ToWrite)
	if err != nil {
		return nil, err
	}
	if err := files.Lock(ctx, f, s.path, how == check.ToWrite); err != nil {
		return nil, files.LockError(s.path, err)
	}
	left, leased := s.left, lease{}
	if queue != nil {
		t.forget = files.NoteHolder(queue, s.path)
		left, leased, t.left = check.ReadMark(queue), readLease(queue), readPosition(queue)
		if how == check.ToWrite && Doubted(queue) {
			_ = f.Close() // nothing was written to it
			return nil, unsyncedError(s.path, nil)
		}
	}
	if err := files.HandOver(f, queue); err != nil {
		_ = f.Close() // the error that counts is the one before
		return nil, files.Unwritable(s.path, "cannot be locked", err)
	}
	now, err := check.File(ctx, f, s.path, how, left)
	if err != nil {
		_ = f.Close() // likewise
		return nil, err
	}
	s.keepMark(now, now != left)
	t.file, t.mark = f, now
	if queue != nil && how == check.ToWrite {
		t.checkLease(leased, now)
	}
	return f, nil
}

// keepMark stores the clean mark of the file for the next opening: in the lock file if the file
// changed, or here for a private file.
func (s *Store) keepMark(now check.CleanMark, changed bool) {
	if s.private {
		s.left = now
	} else if changed {
		now.Leave(s.path)
	}
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

// enter checks the schema version, that the file goes on from where this opening has seen the
// notebook, and makes the buckets ready for use.
func (t *Tx) enter() error {
	version, err := t.version()
	if err != nil {
		return err
	}
	if version != codec.SchemaVersion {
		return fmt.Errorf("%w: its layout is number %d and that of this hark %d; start hark again",
			storage.ErrUnwritable, version, codec.SchemaVersion)
	}
	if err := t.openBuckets(); err != nil {
		return err
	}
	if err := t.goesOn(); err != nil || !t.tx.Writable() {
		return err
	}
	if t.Search.Lost {
		return t.Search.Reset()
	}
	return t.listCustomers()
}

// listCustomers makes the list of customers unless there is one. It is a help: what cannot be read
// for it is no reason not to write.
func (t *Tx) listCustomers() error {
	err := t.Search.ListCustomers()
	switch {
	case codec.InIndex(err):
		return t.Search.Reset()
	case errors.Is(err, storage.ErrDamaged):
		return nil
	}
	return err
}

// openBuckets makes the buckets of today's schema ready for use.
func (t *Tx) openBuckets() error {
	b, err := t.Meta.Get([]byte(codec.KeyTotals))
	if err != nil {
		return err
	}
	totals, err := codec.DecodeTotals(b)
	if err != nil {
		return err
	}
	if err := t.sameCommit(totals.Commit); err != nil {
		return err
	}
	t.Totals, t.began = &totals, totals.Revision
	if err := t.Buckets.Open(t.tx, t.Totals); err != nil {
		return err
	}
	t.Search.Begin()
	return nil
}

// sameCommit refuses what an earlier commit left than that of the page that leads to it. A program
// that copies the file while it is written can take that page from one moment and all that it leads
// to from before: pages are used in turns, so that what lies in them may fit, down to the last
// checksum. Where it is the other way round, a tool of bbolt's has compacted the file. A private
// file was copied by nobody.
func (t *Tx) sameCommit(wrote uint64) error {
	last := uint64(t.tx.ID())
	if t.tx.Writable() {
		last-- // it is the number of the commit to come
	}
	if wrote == 0 || wrote >= last || t.store.private {
		return nil
	}
	return codec.Damaged("", fmt.Sprintf("what %s holds is of its commit %d and not of the last, %d; it was copied while somebody wrote to it, or another program has written to it",
		files.Shown(t.store.path), wrote, last))
}

// commit writes and syncs what was changed. A transaction that changed nothing writes nothing.
func (t *Tx) commit() error {
	if !t.Changed {
		return nil
	}
	s := t.store
	if err := t.extendLineage(); err != nil {
		return err
	}
	number := uint64(t.tx.ID())
	if t.Totals != nil {
		t.Totals.Commit = number
		if err := t.Meta.Put([]byte(codec.KeyTotals), t.Totals.Encode()); err != nil {
			return err
		}
	}
	waits := t.Search.Waiting && !s.private && t.Search.Waits()
	err := t.tx.Commit()
	if hooked := s.hook.Committed; hooked != nil {
		err = hooked(err)
	}
	if unconfirmed(err) {
		return s.distrust(err)
	}
	if err != nil {
		return files.Unwritable(s.path, "could not be saved", err)
	}
	if t.Search.Rebuilt {
		s.rebuilt.Store(true)
	}
	if s.private {
		s.left = t.mark.Now(t.file, s.path)
		return nil
	}
	if t.overwritten(number) {
		return s.replaced("is another file than the one that hark was writing to")
	}
	t.renewLease(t.mark.LeaveCommit(t.file, s.path))
	t.leavePosition()
	if waits {
		s.waits.Store(true)
	}
	s.daily.due(s)
	return nil
}

// end closes the file, which releases the lock. After a panic in bbolt it is in no state to be
// asked: its own locks may be held, so it is left alone, with the memory it has mapped, and only
// the file is closed.
func (t *Tx) end(orderly bool) {
	if t.forget != nil {
		t.forget()
	}
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

// Lend runs the caller's code: what panics there is not damage.
func Lend[T any](t *Tx, fn func() T) T {
	t.lent = true
	result := fn()
	t.lent = false
	return result
}
