package store

import (
	"cmp"
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
	"hark/store/internal/files"
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
		return done, cmp.Or(err, fmt.Errorf("%w: in %s lies what could not be written to it yet, which may hold those words too; "+
			"close every hark that is open, and erase then", storage.ErrUnwritable, files.Shown(journalFolder(m.path))))
	}
	if _, err := files.Regular(m.path); err != nil {
		return done, err
	}
	if _, err := Open(m.path); err != nil { // which brings it up to date
		return done, err
	}
	in, err := files.OpenFolder(filepath.Dir(m.path))
	if err != nil {
		return done, err
	}
	defer in.Close()
	if err := m.eraseHere(ctx, in, ids); err != nil {
		return done, err
	}
	done.Erased = len(ids)
	return done, m.eraseCopies(ctx, ids, copies, &done)
}

// eraseHere erases interviews in the notebook itself. Nobody can write to it
// from before it is copied until the copy has taken its place.
func (m *Maintainer) eraseHere(ctx context.Context, in *files.Folder, ids []interview.ID) error {
	return replaceFile(ctx, m.path, in, func(_, old *os.File) (string, error) {
		if old == nil {
			return "", files.Unwritable(m.path, "is not there", fs.ErrNotExist)
		}
		return eraseIn(ctx, old, in, ids, true)
	})
}

// eraseIn writes a notebook anew without some interviews, in a file that is not
// finished. Strictly, all of them must be there.
func eraseIn(ctx context.Context, from *os.File, in *files.Folder, ids []interview.ID, strictly bool) (unfinished string, err error) {
	copied, err := in.Copy(ctx, from)
	if err != nil {
		return "", files.Unwritable(in.Path, "has no room for a copy", err)
	}
	defer in.Discard(copied)
	s := &Store{path: in.Join(copied), private: true}
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
		err = (&Store{path: in.Join(unfinished), private: true}).indexAll(ctx)
	}
	if err == nil {
		_, err = inspect(ctx, in.Join(unfinished))
	}
	if err != nil {
		in.Discard(unfinished)
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
	if err := cmp.Or(t.summary.remove(summaryKey(h.started, id)), t.text.remove(id[:]), t.drafts.remove(id[:])); err != nil {
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
func compact(ctx context.Context, s *Store, in *files.Folder) (unfinished string, err error) {
	unfinished, err = in.Put(func(*os.File) error { return nil })
	if err != nil {
		return "", files.Unwritable(in.Path, "has no room for a new notebook", err)
	}
	err = s.transact(ctx, toRead, (*transaction).enter, func(t *transaction) error {
		to, err := bbolt.Open(in.Join(unfinished), files.FileMode, &bbolt.Options{PageSize: pageSize, NoSync: true}) // until it gets a name
		if err != nil {
			return err
		}
		return cmp.Or(bbolt.Compact(to, t.db, 16<<20), to.Close())
	})
	if err == nil { // commits of its own, numbered anew: see sameCommit
		err = (&Store{path: in.Join(unfinished), private: true}).update(ctx, func(t *transaction) error {
			t.changed = true
			return nil
		})
	}
	if err != nil {
		in.Discard(unfinished)
		return "", err
	}
	return unfinished, nil
}

// eraseCopies deals with the copies that lie beside the notebook: in its
// folders, and notebooks that were replaced.
func (m *Maintainer) eraseCopies(ctx context.Context, ids []interview.ID, copies bool, done *storage.Erasure) error {
	var failed error
	for _, name := range []string{"", files.Backups, files.Quarantine, files.Rescue} {
		in, err := m.copiesIn(name)
		if err != nil || in == nil {
			failed = cmp.Or(failed, err)
			continue
		}
		in.Sweep(time.Time{}) // what a crash left, and a copy on its way to a name
		names, err := copiesOf(in, m.path)
		failed = cmp.Or(failed, err)
		for _, file := range names {
			if !copies {
				done.Remaining = append(done.Remaining, in.Join(file))
				continue
			}
			if err := eraseCopy(ctx, in, file, ids, done); err != nil {
				done.Remaining = append(done.Remaining, in.Join(file))
				failed = cmp.Or(failed, err)
			}
		}
		in.Close()
	}
	return failed
}

// copiesIn opens a folder that may hold copies; nil when it is not there. The
// name "" is the notebook's own folder.
func (m *Maintainer) copiesIn(name string) (*files.Folder, error) {
	if name == "" {
		return files.OpenFolder(filepath.Dir(m.path))
	}
	return files.OpenSibling(m.path, name)
}

// copiesOf names the files in a folder in which hark has put aside something of
// a notebook.
func copiesOf(f *files.Folder, notebook string) ([]string, error) {
	all, err := f.Copies(notebook)
	if err != nil {
		return nil, err
	}
	var names []string
	for _, info := range all {
		if f.Path != filepath.Dir(notebook) || strings.HasPrefix(info.Name(), files.Stem(notebook)+files.CopyUntil) { // else somebody put it there
			names = append(names, info.Name())
		}
	}
	if filepath.Base(f.Path) == files.Quarantine {
		journals, err := fs.Glob(f.Root.FS(), "*"+journalSuffix)
		if err != nil {
			return nil, err
		}
		names = append(names, journals...)
	}
	return names, nil
}

// eraseCopy writes a copy anew without some interviews, or removes it when it
// cannot be read.
func eraseCopy(ctx context.Context, in *files.Folder, name string, ids []interview.ID, done *storage.Erasure) error {
	path := in.Join(name)
	f, err := files.OpenRegular(path, false)
	if err != nil {
		return err
	}
	unfinished, err := eraseIn(ctx, f, in, ids, false)
	_ = f.Close() // it was only read
	switch {
	case err == nil:
		if err := in.Claim(unfinished, name, true); err != nil {
			in.Discard(unfinished)
			return err
		}
		done.Cleaned = append(done.Cleaned, path)
		return nil
	case errors.Is(err, storage.ErrDamaged):
		if err := in.Root.Remove(name); err != nil {
			return err
		}
		done.Removed = append(done.Removed, path)
		return files.SyncFolder(in.Path)
	}
	return err
}
