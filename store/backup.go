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
	"sync"
	"time"

	"hark/internal/storage"
	"hark/store/check"
	"hark/store/codec"
	"hark/store/internal/files"
)

// keptDays is how many daily backups are kept.
const keptDays = 7

// Backup writes the notebook, as it is at this moment, to a new file that only its owner can read,
// and checks every record of it before the file gets its name. A file that is there already is
// written over with force alone; the error wraps fs.ErrExist otherwise. Writers wait while the
// bytes are copied, some 1 ms for each MB.
func (s *Store) Backup(ctx context.Context, file string, force bool) (storage.Copied, error) {
	abs, err := filepath.Abs(file)
	if err != nil {
		return storage.Copied{}, err
	}
	to, err := files.OpenFolder(filepath.Dir(abs))
	if err != nil {
		return storage.Copied{}, err
	}
	defer to.Close()
	return s.backup(ctx, to, filepath.Base(abs), force)
}

// backup writes a checked copy of the notebook into a folder.
func (s *Store) backup(ctx context.Context, to *files.Folder, name string, force bool) (storage.Copied, error) {
	if info, err := to.Root.Lstat(name); err == nil && (!force || !info.Mode().IsRegular()) {
		return storage.Copied{}, fmt.Errorf("%s is there already: %w", files.Shown(to.Join(name)), fs.ErrExist)
	}
	unfinished, err := to.Put(func(f *os.File) error {
		return s.View(ctx, func(t *Tx) error {
			_, err := t.tx.WriteTo(files.Watched(ctx, f, t.tx.Size()))
			return err
		})
	})
	if err != nil {
		if files.IsContext(err) || errors.Is(err, storage.ErrDamaged) {
			return storage.Copied{}, err
		}
		if inPath, ok := errors.AsType[*fs.PathError](err); ok {
			err = inPath.Err // the sentence has the path, and not that of the unfinished file
		}
		return storage.Copied{}, fmt.Errorf("%s could not be written: %w", files.Shown(to.Join(name)), err)
	}
	c, err := Private(to.Join(unfinished)).Inspect(ctx)
	if err == nil {
		err = to.Claim(unfinished, name, force)
	}
	if err != nil {
		to.Discard(unfinished)
		return storage.Copied{}, err
	}
	c.Path = to.Join(name)
	return c, nil
}

// Inspect checks the whole of a private file, and returns what is in it. The index is rebuilt by
// the next write, and may be damaged.
func (s *Store) Inspect(ctx context.Context) (storage.Copied, error) {
	c, err := s.Survey(ctx)
	if err != nil && !codec.InIndex(err) {
		return storage.Copied{}, err
	}
	info, err := os.Lstat(s.path)
	if err != nil {
		return storage.Copied{}, err
	}
	return storage.Copied{Path: s.path, Size: info.Size(), Interviews: c.Interviews, Newest: c.Newest}, nil
}

// Verify scans every page of the notebook, then reads every record and checks it against its
// checksum, the counts, and the records it belongs to. It returns nil when all is well, and
// otherwise an error that wraps storage.ErrDamaged and has a line for each fault; a fault of the
// index too, which the next opening rebuilds. Writers wait while it runs, some 5 ms for 1,000
// records.
func (s *Store) Verify(ctx context.Context) error {
	_, err := s.Survey(ctx)
	return err
}

// Survey is Verify, and returns what there is. It never changes the file.
func (s *Store) Survey(ctx context.Context) (check.Census, error) {
	var c check.Census
	err := s.transact(ctx, check.ToDoubt, (*Tx).enter, func(t *Tx) error {
		r := check.NewRecords(ctx, &t.Buckets, t.Totals)
		if err := cmp.Or(r.Check(), t.Search.Verify(r.Headers, r)); err != nil {
			return err
		}
		c = r.Census
		return r.Result()
	})
	return c, err
}

// daily makes the backup of the day.
type daily struct {
	mu    sync.Mutex
	now   func() time.Time // nil: no daily backups
	begun string           // the day whose backup was begun
	done  sync.WaitGroup
}

// BackUpDaily makes the first write of each day, from now on, also make a backup in the sibling
// folder backups, of which the last seven are kept: it holds all that was written until the evening
// before. Writers wait while it is copied, some 1 ms for each MB; what waits too long goes into the
// journal. The backup runs in the background, and its errors never fail a write: Finish waits for
// it, and a checkup says how old the newest one is.
func (s *Store) BackUpDaily(now func() time.Time) {
	s.daily.mu.Lock()
	defer s.daily.mu.Unlock()
	s.daily.now = now
}

// Finish ends the use of the store, and with it the window: it waits for what goes on in the
// background, and when interviews came to wait for a place in the search index, it sees to that.
func (s *Store) Finish() {
	for more := s.waits.Swap(false); more; {
		// The index is a help: what goes wrong with it is no reason to complain.
		more, _ = s.Index(context.Background())
	}
	s.daily.done.Wait()
	s.window.close()
}

// due begins the backup of the day if nobody did.
func (d *daily) due(s *Store) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.now == nil {
		return
	}
	now := d.now()
	day := now.Format(files.DayLayout)
	if d.begun == day {
		return
	}
	d.begun = day
	d.done.Go(func() { _ = s.backupDay(context.Background(), now) }) // see BackUpDaily
}

// backupDay makes the backup of the day, if there is none, and removes those that are too old. A file
// of that name which was not made last is of a day on which the clock was wrong, and is replaced.
func (s *Store) backupDay(ctx context.Context, now time.Time) error {
	in, err := files.MakeSibling(s.path, files.Backups)
	if err != nil {
		return err
	}
	defer in.Close()
	name := files.Stem(s.path) + "-" + now.Format(files.DayLayout) + ".db"
	if _, err := in.Root.Lstat(name); err == nil {
		days, err := in.Days(s.path)
		if err != nil || len(days) == 0 {
			return err
		}
		if newest, err := s.isNewest(ctx, in, days, name); err != nil || newest {
			return err
		}
	}
	if _, err := s.backup(ctx, in, name, true); err != nil {
		return err
	}
	days, err := in.Days(s.path)
	if err != nil || len(days) <= keptDays {
		return err
	}
	others := slices.DeleteFunc(days, func(day fs.FileInfo) bool { return day.Name() == name })
	if err := s.oldestFirst(ctx, in, others); err != nil {
		return err
	}
	for _, old := range others[:max(len(others)+1-keptDays, 0)] {
		err = cmp.Or(err, in.Root.Remove(old.Name()))
	}
	return err
}
