package store

import (
	"cmp"
	"context"
	"io/fs"
	"slices"

	"hark/internal/interview"
	"hark/store/check"
	"hark/store/internal/files"
)

// Clocks are wrong: a laptop whose battery is empty wakes up in 1970, a wrong click sets it a week
// ahead. So the age of a copy is what was written by then, whatever its name and its times say.

// OldestFirst sorts copies of a notebook in a folder by their age. now is the notebook's last
// revision, 0 when that is not known. Copies that have more than the notebook itself are of before
// it was replaced by an older one, and so count as older than all others; those that cannot be read
// come first.
func OldestFirst(ctx context.Context, in *files.Folder, copies []fs.FileInfo, now interview.Revision) error {
	type age struct {
		known, sinceThen bool
		revision         interview.Revision
		commit           uint64 // of those that differ in drafts alone
	}
	ages := map[string]age{}
	for _, info := range copies {
		var a age
		err := Private(in.Join(info.Name())).View(ctx, func(t *Tx) error {
			a = age{true, now == 0 || t.Totals.Revision <= now, t.Totals.Revision, t.Totals.Commit}
			return nil
		})
		if files.IsContext(err) {
			return err
		}
		ages[info.Name()] = a
	}
	slices.SortStableFunc(copies, func(x, y fs.FileInfo) int {
		a, b := ages[x.Name()], ages[y.Name()]
		return cmp.Or(later(a.known, b.known), later(a.sinceThen, b.sinceThen), cmp.Compare(a.revision, b.revision), cmp.Compare(a.commit, b.commit))
	})
	return nil
}

// later orders what does not hold before what does.
func later(a, b bool) int {
	switch {
	case a == b:
		return 0
	case a:
		return 1
	}
	return -1
}

// isNewest reports whether the daily backup of that name was made last. Most often the numbers of
// the commits tell; they are read quickly, but begin again in a copy that was rewritten.
func (s *Store) isNewest(ctx context.Context, in *files.Folder, days []fs.FileInfo, name string) (bool, error) {
	newest, most := "", uint64(0)
	for _, day := range days {
		f, err := files.OpenRegular(in.Join(day.Name()), false)
		if err != nil {
			continue // it went away
		}
		if commit := check.ReadPages(f, s.path).Commit(); commit >= most {
			newest, most = day.Name(), commit
		}
		_ = f.Close() // it was only read
	}
	if newest == name {
		return true, nil
	}
	if err := s.oldestFirst(ctx, in, days); err != nil {
		return false, err
	}
	return days[len(days)-1].Name() == name, nil
}

// oldestFirst is OldestFirst for copies of this notebook.
func (s *Store) oldestFirst(ctx context.Context, in *files.Folder, copies []fs.FileInfo) error {
	now, err := s.Latest(ctx)
	if err != nil {
		return err
	}
	return OldestFirst(ctx, in, copies, now)
}
