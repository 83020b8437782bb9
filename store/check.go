package store

import (
	"bytes"
	"cmp"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"hark/internal/document"
	"hark/internal/interview"
	"hark/internal/storage"
	"hark/store/internal/files"
)

// staleAfter is how old the newest backup of a notebook in use may grow before
// that is worth a word.
const staleAfter = 8 * 24 * time.Hour

// Check looks at everything: every page and record of the notebook, whether the
// lists and the search agree with the interviews, permissions, backups, and where
// it lies. What can be put right without a risk is put right. When the notebook
// is damaged there is a copy in quarantine, and each way to mend it is tried out,
// to say what it would bring. Check fails when it cannot look; a notebook that
// is not there wraps fs.ErrNotExist.
func (m *Maintainer) Check(ctx context.Context) (storage.Checkup, error) {
	c := storage.Checkup{Copied: storage.Copied{Path: m.path}}
	info, err := files.Regular(m.path)
	if err != nil {
		return c, err
	}
	c.Size = info.Size()
	s, err := Open(m.path)
	if err == nil {
		var found census
		found, err = s.survey(ctx)
		if inIndex(err) && s.update(ctx, (*transaction).resetIndex) == nil {
			found, err = s.survey(ctx)
		}
		if err == nil {
			c.Interviews, c.Newest = found.interviews, found.newest
			err = m.refresh(ctx, s, &c)
		}
	}
	if errors.Is(err, storage.ErrDamaged) && c.Size > 0 { // opening stops at the first thing that is wrong
		if _, all := inspect(ctx, m.path); errors.Is(all, storage.ErrDamaged) {
			err = all
		}
	}
	switch {
	case errors.Is(err, storage.ErrDamaged):
		if err := m.diagnose(ctx, err, &c); err != nil {
			return c, err
		}
	case err != nil:
		return c, err
	}
	c.Notes = append(c.Notes, m.LocationWarnings()...)
	return c, cmp.Or(m.permissions(&c), m.backups(&c), m.leftovers(&c))
}

// refresh makes lists and search anew where they do not agree with the
// interviews, and says what was.
func (m *Maintainer) refresh(ctx context.Context, s *Store, c *storage.Checkup) error {
	stale, err := s.refresh(ctx, m.derive)
	if stale > 0 {
		c.Mended = append(c.Mended, fmt.Sprintf("What lists and search know of %s was out of date, and was made anew.", some(stale, "interview")))
	}
	if s.indexed.Load() {
		c.Mended = append(c.Mended, "The index, by which a search is quick, was damaged, and was made anew.")
		s.Finish()
	}
	return err
}

// refresh makes summaries and texts anew where they are not what derive makes of
// the interviews, and returns of how many. Nothing is written when there are
// none.
func (s *Store) refresh(ctx context.Context, derive func(*document.Document) (interview.Summary, []byte)) (int, error) {
	stale := 0
	err := s.update(ctx, func(t *transaction) error {
		for id := (interview.ID{}); ; {
			h, found, err := t.headerFrom(id)
			if err := cmp.Or(err, ctx.Err()); err != nil || !found {
				return err
			}
			renewed, err := t.refresh(h, derive)
			if err != nil {
				return err
			}
			if renewed {
				stale++
			}
			if id, found = following(h.id); !found {
				return nil
			}
		}
	})
	return stale, err
}

// refresh makes the summary and the text of one interview anew; it reports
// whether they were other ones.
func (t *transaction) refresh(h header, derive func(*document.Document) (interview.Summary, []byte)) (bool, error) {
	if h.erased {
		return false, nil
	}
	doc, _, err := t.load(h.id)
	if err != nil {
		return false, err
	}
	type result struct {
		summary interview.Summary
		text    []byte
	}
	d := lend(t, func() result { s, text := derive(doc); return result{s, text} })
	key, encoded := summaryKey(h.started, h.id), encodeSummary(d.summary)
	was, err := t.summary.get(key)
	if err != nil {
		return false, err
	}
	had, err := t.text.get(h.id[:])
	if err != nil || bytes.Equal(was, encoded) && bytes.Equal(had, d.text) {
		return false, err
	}
	if err := t.putSummary(&h, d.summary); err != nil {
		return false, err
	}
	return true, cmp.Or(
		t.text.put(h.id[:], d.text),
		t.unindex(h.id, h.started),
		t.interviews.put(itemKey(h.id, interview.ID{}), h.encode()),
	)
}

// diagnose says what is wrong with a damaged notebook, keeps a copy, and tries
// out what would mend it.
func (m *Maintainer) diagnose(ctx context.Context, damage error, c *storage.Checkup) error {
	kept, err := (&Store{path: m.path}).quarantine(ctx)
	if err != nil {
		return err
	}
	c.Damage, c.Previous = sentences(damage), kept
	ways := m.ways(kept)
	if len(ways) == 0 {
		return nil
	}
	in, err := files.OpenFolder(filepath.Dir(m.path))
	if err != nil {
		return err
	}
	defer in.Close()
	for _, way := range ways {
		unfinished, r, err := m.try(ctx, way, kept, in, false)
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

// ways returns in which ways a notebook may be mended whose damaged file was kept,
// "" when there is nothing of a notebook in it.
func (m *Maintainer) ways(kept string) []storage.Way {
	switch {
	case kept != "":
		return []storage.Way{storage.WaySalvage, storage.WayEarlier, storage.WayBackup}
	case stamped(m.path):
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

// try makes what a way to mend would bring, in a file that is not finished, and
// checks all of it; with its index if it is to be used. The damaged file is the one
// that was kept, "" for none.
func (m *Maintainer) try(ctx context.Context, way storage.Way, kept string, in *files.Folder, used bool) (unfinished string, r storage.Remedy, err error) {
	r.Way = way
	source := ""
	switch way {
	case storage.WaySalvage:
		unfinished, r.Missing, err = m.salvage(ctx, kept, in)
	case storage.WayEarlier:
		r.Missing = []string{"The last thing that was written, or the last few, may be missing."}
		unfinished, err = m.earlier(ctx, kept, in)
	case storage.WayBackup:
		r.Missing = []string{"What was written after the backup is missing."}
		unfinished, source, err = m.newestBackup(ctx, in)
	case storage.WayEmpty:
		r.Missing = []string{"Everything that was written is missing."}
		unfinished, err = fillIn(in)
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

// earlier makes a copy that goes by the other meta page.
func (m *Maintainer) earlier(ctx context.Context, kept string, in *files.Folder) (string, error) {
	from, err := files.OpenRegular(kept, false)
	if err != nil {
		return "", err
	}
	defer func() { _ = from.Close() }() // it was only read
	h := &head{file: from, path: m.path}
	if !h.meta() {
		return "", files.NotANotebook(m.path)
	}
	if h.oneLost() { // then the one that counts is the other one already
		h.newest = 1 - h.newest
	}
	return in.Put(func(to *os.File) error {
		if err := files.CopyAll(ctx, to, from); err != nil {
			return err
		}
		// The good page takes the place of the other as well, as in a backup.
		var page [pageSize]byte
		if _, err := to.ReadAt(page[:], int64(1-h.newest)*pageSize); err != nil {
			return err
		}
		binary.NativeEndian.PutUint64(page[:], uint64(h.newest))
		_, err := to.WriteAt(page[:], int64(h.newest)*pageSize)
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
	slices.SortFunc(all, func(a, b fs.FileInfo) int { return b.ModTime().Compare(a.ModTime()) })
	for _, info := range all {
		f, err := files.OpenRegular(backups.Join(info.Name()), false)
		if err != nil {
			continue // it went away
		}
		unfinished, err := in.Copy(ctx, f)
		_ = f.Close() // it was only read
		if err != nil {
			return "", "", err
		}
		if _, err := inspect(ctx, in.Join(unfinished)); err == nil {
			return unfinished, backups.Join(info.Name()), nil
		}
		in.Discard(unfinished)
	}
	return "", "", fs.ErrNotExist
}

// Mend mends a damaged notebook in one of the ways that Check offers: into a new
// file, which then takes the place of the damaged one, a copy of which stays in
// quarantine, or beside the new one when there was nothing of a notebook in it.
// Harks that are running notice, and ask to be started again. The error wraps
// storage.ErrDamaged when the way is none for such damage.
func (m *Maintainer) Mend(ctx context.Context, way storage.Way) (storage.Remedy, error) {
	kept, err := (&Store{path: m.path}).quarantine(ctx)
	if err != nil {
		return storage.Remedy{}, err
	}
	if !slices.Contains(m.ways(kept), way) {
		return storage.Remedy{}, fmt.Errorf("%w, and %q is no way to mend it", storage.ErrDamaged, way)
	}
	in, err := files.OpenFolder(filepath.Dir(m.path))
	if err != nil {
		return storage.Remedy{}, err
	}
	defer in.Close()
	unfinished, r, err := m.try(ctx, way, kept, in, true)
	if err != nil {
		return storage.Remedy{}, err
	}
	defer in.Discard(unfinished)
	r.Previous, err = m.replace(ctx, in, unfinished, func(old *os.File) (string, error) {
		if path, err := keepCopy(ctx, old, m.path); err != nil || path != "" {
			return path, err
		}
		return m.setAside(ctx, in, old)
	})
	return r, err
}

// some puts a number before a word.
func some(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}
