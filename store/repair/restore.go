package repair

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"hark/internal/storage"
	"hark/store"
	"hark/store/check"
	"hark/store/internal/files"
)

// Restore puts a copy of a backup in the place of the notebook, once every record of it was
// checked. The notebook that was there is kept next to it. Processes that use the notebook notice,
// and ask to be started again: what they show is not what is there.
func (m *Maintainer) Restore(ctx context.Context, file string) (storage.Copied, error) {
	from, err := files.OpenRegular(file, false)
	if err != nil {
		return storage.Copied{}, notABackup(file, err)
	}
	defer func() { _ = from.Close() }() // it was only read
	if here, err := os.Lstat(m.path); err == nil {
		if info, err := from.Stat(); err == nil && os.SameFile(here, info) {
			return storage.Copied{}, fmt.Errorf("%s is the notebook itself; name a backup of it", files.Shown(file))
		}
	}
	if there, err := check.There(ctx, file); err != nil || !there {
		return storage.Copied{}, notABackup(file, cmp.Or(err, check.Nothing(file)))
	}
	if _, err := check.There(ctx, m.path); err != nil { // nothing takes the place of what is not hark's
		return storage.Copied{}, err
	}
	if err := files.MakeFolder(filepath.Dir(m.path)); err != nil {
		return storage.Copied{}, files.Unwritable(m.path, "needs a folder that cannot be made", err)
	}
	in, err := files.OpenFolder(filepath.Dir(m.path))
	if err != nil {
		return storage.Copied{}, err
	}
	defer in.Close()
	// The file may be in use as a notebook; not every disk knows locks.
	if _, err := files.Flock(from, false, false); !errors.Is(err, errors.ErrUnsupported) {
		if err := files.Lock(ctx, from, file, false); err != nil {
			return storage.Copied{}, notABackup(file, err)
		}
	}
	unfinished, err := in.Copy(ctx, from)
	if err != nil {
		return storage.Copied{}, files.Unwritable(m.path, "has no room for the backup beside it", err)
	}
	defer in.Discard(unfinished)
	c, err := ready(ctx, in.Join(unfinished), true)
	if err != nil {
		return storage.Copied{}, notABackup(file, err)
	}
	c.Previous, err = m.replace(ctx, in, unfinished, func(old *os.File) (string, error) { return m.secondName(ctx, in, old) })
	c.Path = m.path
	return c, err
}

// notABackup is the error for a file from which nothing could be restored.
func notABackup(file string, err error) error {
	if files.IsContext(err) {
		return err
	}
	return fmt.Errorf("Nothing was restored, and your notebook is as it was, for %s cannot be used: %w", files.Shown(file), err)
}

// ready brings a private file up to today's layout, and checks all of it; with its index if it is to
// be used.
func ready(ctx context.Context, path string, used bool) (storage.Copied, error) {
	s := store.Private(path)
	if err := s.Migrate(ctx); err != nil {
		return storage.Copied{}, err
	}
	if used {
		if err := s.IndexAll(ctx); err != nil {
			return storage.Copied{}, err
		}
	}
	return s.Inspect(ctx)
}

// replace puts a finished file in the place of the notebook, while nobody uses that. The file that
// was there is first kept in the given way, which returns its new path.
func (m *Maintainer) replace(ctx context.Context, in *files.Folder, finished string, keep func(old *os.File) (string, error)) (previous string, err error) {
	err = store.Replace(ctx, m.path, in, func(_, old *os.File) (string, error) {
		if old == nil {
			return finished, nil
		}
		var err error
		previous, err = keep(old)
		return finished, err
	})
	if err == nil {
		_, _ = store.OpenContext(ctx, m.path) // which notes what is there now; what is wrong with it, the next opening says
	}
	return previous, err
}

// secondName gives the notebook's file a second name, under which it stays when another takes its
// place. The name is "" for an empty file.
func (m *Maintainer) secondName(ctx context.Context, in *files.Folder, old *os.File) (string, error) {
	if info, err := old.Stat(); err == nil && info.Size() == 0 {
		return "", nil // a notebook still to be made
	}
	base := files.Stem(m.path) + files.CopyUntil + m.now().Format(files.MomentLayout)
	name := base + ".db"
	if err := in.Root.Link(filepath.Base(m.path), name); err == nil {
		return in.Join(name), nil
	}
	// The name is taken, or the file system has no second names.
	path, err := in.CopyTo(ctx, base, old)
	if err != nil {
		return "", files.Unwritable(m.path, "was left as it is, for it could not be kept beside", err)
	}
	return path, nil
}
