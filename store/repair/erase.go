package repair

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"hark/internal/interview"
	"hark/internal/storage"
	"hark/store"
	"hark/store/check"
	"hark/store/codec"
	"hark/store/internal/files"
	"hark/store/journal"
)

// Erase removes interviews from the notebook for good, those that were deleted included: items,
// history, drafts, what lists and search know. What stays of each is a mark that it was erased, so
// that nothing of it can come back from elsewhere. The notebook is then rewritten, for in the old
// file the words would stay until their place is used again; in the folder nothing holds them any
// more but what Erasure.Remaining names.
//
// With copies, the backups and all other copies that hark has made in that folder are rewritten as
// well; those that cannot be read are removed.
//
// The error wraps storage.ErrNotFound when there is no such interview; then, and after any other
// error before the notebook was rewritten, nothing has changed.
func (m *Maintainer) Erase(ctx context.Context, ids []interview.ID, copies bool) (storage.Erasure, error) {
	var done storage.Erasure
	if n, err := m.Waiting(); err != nil || n > 0 {
		return done, cmp.Or(err, fmt.Errorf("%w: in %s lies what could not be written to it yet, which may hold those words too; "+
			"close every hark that is open, and erase then", storage.ErrUnwritable, files.Shown(journal.Folder(m.path))))
	}
	if there, err := check.There(ctx, m.path); err != nil || !there {
		return done, cmp.Or(err, check.Nothing(m.path))
	}
	if _, err := store.OpenContext(ctx, m.path); err != nil { // which migrates it
		return done, err
	}
	in, err := files.OpenFolder(filepath.Dir(m.path))
	if err != nil {
		return done, err
	}
	defer in.Close()
	// Nobody can write to the notebook from before it is copied until the copy has taken its place.
	err = store.Replace(ctx, m.path, in, func(_, old *os.File) (string, error) {
		if old == nil {
			return "", files.Unwritable(m.path, "is not there", fs.ErrNotExist)
		}
		return eraseIn(ctx, old, in, ids, true)
	})
	if err != nil {
		return done, err
	}
	done.Erased = len(ids)
	return done, m.eraseCopies(ctx, ids, copies, &done)
}

// eraseIn rewrites a notebook without some interviews, in an unfinished file. Strictly, all of them
// must be there.
func eraseIn(ctx context.Context, from *os.File, in *files.Folder, ids []interview.ID, strictly bool) (unfinished string, err error) {
	copied, err := in.Copy(ctx, from)
	if err != nil {
		return "", files.Unwritable(in.Path, "has no room for a copy", err)
	}
	defer in.Discard(copied)
	s := store.Private(in.Join(copied))
	if err := s.Migrate(ctx); err != nil {
		return "", err
	}
	err = s.Update(ctx, func(t *store.Tx) error {
		for _, id := range ids {
			err := erase(t, id)
			if err != nil && (strictly || !errors.Is(err, storage.ErrNotFound)) {
				return err
			}
		}
		return t.Search.Reset()
	})
	if err != nil {
		return "", err
	}
	if unfinished, err = s.Compact(ctx, in); err != nil {
		return "", err
	}
	s = store.Private(in.Join(unfinished))
	if strictly { // a copy that is never restored needs no index
		err = s.IndexAll(ctx)
	}
	if err == nil {
		_, err = s.Inspect(ctx)
	}
	if err != nil {
		in.Discard(unfinished)
		return "", err
	}
	return unfinished, nil
}

// erase removes all of an interview and leaves the mark.
func erase(t *store.Tx, id interview.ID) error {
	h, found, err := t.Header(id)
	switch {
	case err != nil:
		return err
	case !found:
		return store.NotFound(id)
	case h.Erased:
		return nil
	}
	err = cmp.Or(
		t.Summary.Remove(codec.SummaryKey(h.Started, id)),
		t.Text.Remove(id[:]),
		t.Drafts.Remove(id[:]),
		t.Interviews.Clear(id[:]),
		t.Log.Clear(id[:]),
	)
	if err != nil {
		return err
	}
	return t.PutErased(h)
}

// eraseCopies erases interviews in the copies in the sibling folders, and in notebooks that were
// replaced.
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

// copiesIn opens a folder that may hold copies; nil when it is not there. The name "" is the
// notebook's own folder.
func (m *Maintainer) copiesIn(name string) (*files.Folder, error) {
	if name == "" {
		return files.OpenFolder(filepath.Dir(m.path))
	}
	return files.OpenSibling(m.path, name)
}

// copiesOf names the files in a folder in which hark has put something of a notebook.
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
		journals, err := journal.InQuarantine(f, store.LastID(notebook))
		if err != nil {
			return nil, files.Unwritable(f.Path, "cannot be read", err)
		}
		names = append(names, journals...)
	}
	return names, nil
}

// eraseCopy rewrites a copy without some interviews, or removes it when it cannot be read.
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
