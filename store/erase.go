package store

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"go.etcd.io/bbolt"

	"hark/internal/document"
	"hark/internal/interview"
	"hark/internal/storage"
)

// Erase takes interviews out of the notebook for good, those that were deleted
// included: items, history, drafts, what lists and search know. What stays of
// each is a mark that it was erased, so that nothing of it can come back from
// elsewhere. The notebook is then written anew, for in the old file the words
// would stay until their place is used again; in the folder nothing holds them
// any more but what Erasure.Remaining names.
//
// With copies, the backups and whatever other copies hark has put beside the
// notebook are written anew as well; those that cannot be read are removed.
//
// The error wraps storage.ErrNotFound when there is no such interview; then,
// and after any other error before the notebook was written anew, nothing has
// changed.
func (m *Maintainer) Erase(ctx context.Context, ids []interview.ID, copies bool) (storage.Erasure, error) {
	var done storage.Erasure
	if n, err := m.Waiting(); err != nil || n > 0 {
		return done, firstError(err, fmt.Errorf("%w: in %s lies what could not be written to it yet, which may hold those words too; "+
			"close every hark that is open, and erase then", storage.ErrUnwritable, shown(journalFolder(m.path))))
	}
	if _, err := regular(m.path); err != nil {
		return done, err
	}
	if _, err := Open(m.path); err != nil { // which brings it up to date
		return done, err
	}
	in, err := openFolder(filepath.Dir(m.path))
	if err != nil {
		return done, err
	}
	defer in.close()
	if err := m.eraseHere(ctx, in, ids); err != nil {
		return done, err
	}
	done.Erased = len(ids)
	return done, m.eraseCopies(ctx, ids, copies, &done)
}

// eraseHere erases interviews in the notebook itself. Nobody can write to it
// from before it is copied until the copy has taken its place.
func (m *Maintainer) eraseHere(ctx context.Context, in *folder, ids []interview.ID) error {
	gate, err := openGate(ctx, m.path)
	if err != nil {
		return err
	}
	defer func() { _ = gate.Close() }() // nothing that must last was written to it
	old, err := openRegular(m.path, false)
	if err != nil {
		return err
	}
	defer func() { _ = old.Close() }() // it was only read
	if err := lockFile(ctx, old, true); err != nil {
		return lockError(m.path, err)
	}
	unfinished, err := eraseIn(ctx, old, in, ids, true)
	if err != nil {
		return err
	}
	_ = old.Close() // Windows moves no file over one that is open; at the gate we are alone all the same
	return takePlace(in, unfinished, m.path)
}

// eraseIn writes a notebook anew without some interviews, in a file that is not
// finished. Strictly, all of them must be there.
func eraseIn(ctx context.Context, from *os.File, in *folder, ids []interview.ID, strictly bool) (unfinished string, err error) {
	copied, err := in.copy(ctx, from)
	if err != nil {
		return "", unwritable(in.path, "has no room for a copy", err)
	}
	defer in.discard(copied)
	s := &Store{path: in.join(copied), private: true}
	if err := s.migrate(); err != nil {
		return "", err
	}
	err = s.update(ctx, func(t *transaction) error {
		for _, id := range ids {
			err := t.erase(id)
			if err != nil && (strictly || !errors.Is(err, storage.ErrNotFound)) {
				return err
			}
		}
		return t.resetIndex()
	})
	if err != nil {
		return "", err
	}
	if unfinished, err = compact(ctx, s, in); err != nil {
		return "", err
	}
	if strictly { // a copy that is never restored needs no index
		err = (&Store{path: in.join(unfinished), private: true}).indexAll(ctx)
	}
	if err == nil {
		_, err = inspect(ctx, in.join(unfinished))
	}
	if err != nil {
		in.discard(unfinished)
		return "", err
	}
	return unfinished, nil
}

// erase takes all of an interview away and leaves the mark.
func (t *transaction) erase(id interview.ID) error {
	h, found, err := t.header(id)
	switch {
	case err != nil:
		return err
	case !found:
		return notFound(id)
	case h.erased:
		return nil
	}
	if err := firstError(t.summary.remove(summaryKey(h.started, id)), t.text.remove(id[:]), t.drafts.remove(id[:])); err != nil {
		return err
	}
	for _, r := range []*records{t.interviews, t.log} {
		if err := r.clear(id[:]); err != nil {
			return err
		}
	}
	t.totals.revision++
	h = header{id: id, erased: true, revision: t.totals.revision, seen: h.seen}
	return t.interviews.put(itemKey(id, document.ID{}), h.encode())
}

// clear removes the records whose keys begin with prefix.
func (r *records) clear(prefix []byte) error {
	var keys [][]byte
	for rec, err := range r.forwards(prefix) {
		if err != nil {
			return err
		}
		keys = append(keys, slices.Clone(rec.key))
	}
	for _, key := range keys {
		if err := r.remove(key); err != nil {
			return err
		}
	}
	return nil
}

// compact writes a notebook into a new file that has nothing in it but its
// records.
func compact(ctx context.Context, s *Store, in *folder) (unfinished string, err error) {
	unfinished, err = in.put(func(*os.File) error { return nil })
	if err != nil {
		return "", unwritable(in.path, "has no room for a new notebook", err)
	}
	err = s.transact(ctx, toRead, (*transaction).enter, func(t *transaction) error {
		to, err := bbolt.Open(in.join(unfinished), fileMode, &bbolt.Options{PageSize: pageSize, NoSync: true}) // until it gets a name
		if err != nil {
			return err
		}
		return firstError(bbolt.Compact(to, t.db, 16<<20), to.Close())
	})
	if err == nil { // commits of its own, numbered anew: see sameCommit
		err = (&Store{path: in.join(unfinished), private: true}).update(ctx, func(t *transaction) error {
			t.changed = true
			return nil
		})
	}
	if err != nil {
		in.discard(unfinished)
		return "", err
	}
	return unfinished, nil
}

// eraseCopies deals with the copies that lie beside the notebook: in its
// folders, and notebooks that were replaced.
func (m *Maintainer) eraseCopies(ctx context.Context, ids []interview.ID, copies bool, done *storage.Erasure) error {
	var failed error
	for _, name := range []string{"", folderBackups, folderQuarantine, folderRescue} {
		in, err := m.copiesIn(name)
		if err != nil || in == nil {
			failed = firstError(failed, err)
			continue
		}
		in.sweep(time.Time{}) // what a crash left, and a copy on its way to a name
		files, err := in.copiesOf(m.path)
		failed = firstError(failed, err)
		for _, file := range files {
			if !copies {
				done.Remaining = append(done.Remaining, in.join(file))
				continue
			}
			if err := eraseCopy(ctx, in, file, ids, done); err != nil {
				done.Remaining = append(done.Remaining, in.join(file))
				failed = firstError(failed, err)
			}
		}
		in.close()
	}
	return failed
}

// copiesIn opens a folder that may hold copies; nil when it is not there. The
// name "" is the notebook's own folder.
func (m *Maintainer) copiesIn(name string) (*folder, error) {
	if name == "" {
		return openFolder(filepath.Dir(m.path))
	}
	return lookBeside(m.path, name)
}

// copiesOf names the files in a folder in which hark has put aside something of
// a notebook.
func (f *folder) copiesOf(notebook string) ([]string, error) {
	all, err := f.files(notebook)
	if err != nil {
		return nil, err
	}
	var names []string
	for _, info := range all {
		if f.path != filepath.Dir(notebook) || strings.HasPrefix(info.Name(), stem(notebook)+copyUntil) { // else somebody put it there
			names = append(names, info.Name())
		}
	}
	if filepath.Base(f.path) == folderQuarantine {
		journals, err := fs.Glob(f.root.FS(), "*"+journalSuffix)
		if err != nil {
			return nil, err
		}
		names = append(names, journals...)
	}
	return names, nil
}

// eraseCopy writes a copy anew without some interviews, or removes it when it
// cannot be read.
func eraseCopy(ctx context.Context, in *folder, name string, ids []interview.ID, done *storage.Erasure) error {
	path := in.join(name)
	f, err := openRegular(path, false)
	if err != nil {
		return err
	}
	unfinished, err := eraseIn(ctx, f, in, ids, false)
	_ = f.Close() // it was only read
	switch {
	case err == nil:
		if err := in.claim(unfinished, name, true); err != nil {
			in.discard(unfinished)
			return err
		}
		done.Cleaned = append(done.Cleaned, path)
		return nil
	case errors.Is(err, storage.ErrDamaged):
		if err := in.root.Remove(name); err != nil {
			return err
		}
		done.Removed = append(done.Removed, path)
		return syncFolder(in.path)
	}
	return err
}
