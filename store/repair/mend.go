package repair

import (
	"cmp"
	"context"
	"encoding/binary"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"hark/internal/storage"
	"hark/store"
	"hark/store/check"
	"hark/store/internal/files"
)

// diagnose says what is wrong with a damaged notebook, puts a copy into quarantine, and tries out
// what would mend it.
func (m *Maintainer) diagnose(ctx context.Context, damage error, c *storage.Checkup) error {
	damaged, err := m.quarantine(ctx)
	if err != nil {
		return err
	}
	c.Damage, c.Previous = sentences(damage), damaged
	ways := m.ways(damaged)
	if len(ways) == 0 {
		return nil
	}
	in, err := files.OpenFolder(filepath.Dir(m.path))
	if err != nil {
		return err
	}
	defer in.Close()
	for _, way := range ways {
		unfinished, r, err := m.try(ctx, way, damaged, in, false)
		if err != nil {
			if files.IsContext(err) {
				return err
			}
			continue // no way
		}
		in.Discard(unfinished)
		c.Remedies = append(c.Remedies, r)
	}
	slices.SortStableFunc(c.Remedies, better)
	return nil
}

// quarantine puts a copy of the notebook's file into quarantine.
func (m *Maintainer) quarantine(ctx context.Context) (string, error) {
	return store.At(m.path).Quarantine(ctx)
}

// ways returns in which ways a notebook may be mended, given the copy of its damaged file, "" when
// there is nothing of a notebook in it.
func (m *Maintainer) ways(damaged string) []storage.Way {
	switch {
	case damaged != "":
		return []storage.Way{storage.WaySalvage, storage.WayEarlier, storage.WayBackup}
	case check.Marked(m.path):
		return []storage.Way{storage.WayBackup, storage.WayEmpty}
	}
	return nil // nor was there ever
}

// sentences puts what was found wrong into sentences, each once.
func sentences(damage error) []string {
	var all []string
	for line := range strings.Lines(damage.Error()) {
		line, _, _ = strings.Cut(strings.TrimSpace(line), ". It was left as it is")
		line = strings.TrimPrefix(line, storage.ErrDamaged.Error())
		if part, ok := strings.CutPrefix(line, " in its part "); ok {
			line = "In its part " + part
		}
		line = strings.TrimPrefix(line, ": ")
		if !slices.Contains(all, line) {
			all = append(all, line)
		}
	}
	return all
}

// try makes what a way to mend would bring, in an unfinished file, and checks all of it; with its
// index if it is to be used. damaged is the copy of the damaged file, "" for none.
func (m *Maintainer) try(ctx context.Context, way storage.Way, damaged string, in *files.Folder, used bool) (unfinished string, r storage.Remedy, err error) {
	r.Way = way
	source := ""
	switch way {
	case storage.WaySalvage:
		unfinished, r.Missing, err = m.salvage(ctx, damaged, in)
	case storage.WayEarlier:
		r.Missing = []string{"The last thing that was written, or the last few, may be missing."}
		unfinished, err = m.earlier(ctx, damaged, in)
	case storage.WayBackup:
		r.Missing = []string{"What was written after the backup is missing."}
		unfinished, source, err = m.newestBackup(ctx, in)
	case storage.WayEmpty:
		r.Missing = []string{"Everything that was written is missing."}
		unfinished, err = store.Fill(in, store.LastID(m.path))
	}
	if err != nil {
		return "", r, err
	}
	if r.Copied, err = ready(ctx, in.Join(unfinished), used); err != nil {
		in.Discard(unfinished)
		return "", r, err
	}
	r.Path = source
	return unfinished, r, nil
}

// earlier makes a copy that goes by the earlier meta page.
func (m *Maintainer) earlier(ctx context.Context, damaged string, in *files.Folder) (string, error) {
	from, err := files.OpenRegular(damaged, false)
	if err != nil {
		return "", err
	}
	defer func() { _ = from.Close() }() // it was only read
	good, ok := check.ReadPages(from, m.path).Earlier()
	if !ok {
		return "", files.NotANotebook(m.path)
	}
	return in.Put(func(to *os.File) error {
		if err := files.CopyAll(ctx, to, from); err != nil {
			return err
		}
		// The good page takes the place of the other as well, as in a backup.
		var page [check.PageSize]byte
		if _, err := to.ReadAt(page[:], int64(good)*check.PageSize); err != nil {
			return err
		}
		binary.NativeEndian.PutUint64(page[:], uint64(1-good))
		_, err := to.WriteAt(page[:], int64(1-good)*check.PageSize)
		return err
	})
}

// newestBackup makes a copy of the newest backup that is sound.
func (m *Maintainer) newestBackup(ctx context.Context, in *files.Folder) (unfinished, source string, err error) {
	backups, err := files.OpenSibling(m.path, files.Backups)
	if err != nil {
		return "", "", err
	}
	if backups == nil {
		return "", "", fs.ErrNotExist
	}
	defer backups.Close()
	all, err := backups.Copies(m.path)
	if err != nil {
		return "", "", err
	}
	if err := store.OldestFirst(ctx, backups, all, store.LastRevision(m.path)); err != nil {
		return "", "", err
	}
	for _, info := range slices.Backward(all) {
		f, err := files.OpenRegular(backups.Join(info.Name()), false)
		if err != nil {
			continue // it went away
		}
		unfinished, err := in.Copy(ctx, f)
		_ = f.Close() // it was only read
		if err != nil {
			return "", "", err
		}
		if _, err := store.Private(in.Join(unfinished)).Inspect(ctx); err == nil {
			return unfinished, backups.Join(info.Name()), nil
		}
		in.Discard(unfinished)
	}
	return "", "", fs.ErrNotExist
}

// Mend mends a damaged notebook in one of the ways that Check offers: into a new file, which then
// takes the place of the damaged one. A copy of the damaged one stays in quarantine, or next to the
// new one when there was nothing of a notebook in it. Processes that use the notebook notice, and
// ask to be started again. The error wraps storage.ErrDamaged when the way is none for such damage.
func (m *Maintainer) Mend(ctx context.Context, way storage.Way) (storage.Remedy, error) {
	damaged, err := m.quarantine(ctx)
	if err != nil {
		return storage.Remedy{}, err
	}
	if !slices.Contains(m.ways(damaged), way) {
		return storage.Remedy{}, fmt.Errorf("%w, and %q is no way to mend it", storage.ErrDamaged, way)
	}
	in, err := files.OpenFolder(filepath.Dir(m.path))
	if err != nil {
		return storage.Remedy{}, err
	}
	defer in.Close()
	unfinished, r, err := m.try(ctx, way, damaged, in, true)
	if err != nil {
		return storage.Remedy{}, err
	}
	defer in.Discard(unfinished)
	r.Previous, err = m.replace(ctx, in, unfinished, func(old *os.File) (string, error) {
		if path, err := store.QuarantineFile(ctx, old, m.path); err != nil || path != "" {
			return path, err
		}
		return m.secondName(ctx, in, old)
	})
	return r, err
}

// better orders remedies: first one that brings everything back, then by how new what they bring
// is.
func better(a, b storage.Remedy) int {
	whole := func(r storage.Remedy) int { return min(len(r.Missing), 1) }
	return cmp.Or(
		cmp.Compare(whole(a), whole(b)),
		b.Newest.Compare(a.Newest),
		cmp.Compare(b.Interviews, a.Interviews),
	)
}
