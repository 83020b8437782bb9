// Package repair maintains the file of a notebook: it checks, mends, copies and replaces it, erases
// for good, and recovers what can still be read of a damaged one.
package repair

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"time"

	"hark/internal/document"
	"hark/internal/interview"
	"hark/internal/search"
	"hark/internal/storage"
	"hark/store"
	"hark/store/check"
	"hark/store/codec"
	"hark/store/internal/files"
	"hark/store/journal"
)

// Maintainer implements storage.Maintainer. Other processes may use the notebook meanwhile. It also
// works on the notebooks that store.Open refuses.
type Maintainer struct {
	path string
	now  func() time.Time
	// Derive returns what can be rebuilt from an interview: its summary and its text record. Tests
	// with documents that are no interviews have one of their own.
	Derive func(*document.Document) (interview.Summary, []byte)
}

// New returns a maintainer of the notebook at path, which need not be there. Nothing is opened yet.
func New(path string, now func() time.Time) *Maintainer {
	if abs, err := filepath.Abs(path); err == nil { // else there is no working folder, and using it will tell
		path = abs
	}
	return &Maintainer{path, now, derive}
}

func derive(doc *document.Document) (interview.Summary, []byte) {
	iv := interview.Fold(doc)
	return iv.Summarise(), search.Record(iv)
}

// There is check.There.
func (m *Maintainer) There(ctx context.Context) (bool, error) { return check.There(ctx, m.path) }

// Backup is store.Store.Backup. It makes no notebook, and writes over nothing that belongs to this one.
func (m *Maintainer) Backup(ctx context.Context, file string, force bool) (storage.Copied, error) {
	if there, err := check.There(ctx, m.path); err != nil || !there {
		return storage.Copied{}, cmp.Or(err, check.Nothing(m.path))
	}
	if kind := m.keeps(file); kind != "" {
		return storage.Copied{}, fmt.Errorf("%s is %s, and nothing else is written there; name another place", files.Shown(file), kind)
	}
	s, err := store.OpenContext(ctx, m.path)
	if err != nil {
		return storage.Copied{}, err
	}
	return s.Backup(ctx, file, force)
}

// Waiting is the number of journals of the notebook: what processes that run, or have ended, could
// not write to it yet.
func (m *Maintainer) Waiting() (int, error) {
	return journal.Waiting(m.path, store.LastID(m.path))
}

// HasJournals reports whether there are journals next to the notebook or in quarantine, whichever
// notebook they are of.
func (m *Maintainer) HasJournals() (bool, error) {
	names, err := journal.List(m.path)
	if err != nil || len(names) > 0 {
		return len(names) > 0, err
	}
	in, err := files.OpenSibling(m.path, files.Quarantine)
	if err != nil || in == nil {
		return false, err
	}
	defer in.Close()
	names, err = journal.InQuarantine(in, document.ID{})
	return len(names) > 0, err
}

// Check checks everything: every page and record of the notebook, whether the lists and the search
// agree with the interviews, permissions, backups, and its location. What can be put right without
// a risk is put right. When the notebook is damaged there is a copy in quarantine, and each way to
// mend it is tried out, to say what it would bring. Check fails when it cannot read the file; for a
// notebook that is not there it wraps fs.ErrNotExist.
func (m *Maintainer) Check(ctx context.Context) (storage.Checkup, error) {
	c := storage.Checkup{Copied: storage.Copied{Path: m.path}}
	if there, err := check.There(ctx, m.path); err != nil || !there {
		return c, cmp.Or(err, check.Nothing(m.path))
	}
	info, err := files.Regular(m.path)
	if err != nil {
		return c, err
	}
	c.Size = info.Size()
	now, err := m.checkRecords(ctx, &c)
	if errors.Is(err, storage.ErrDamaged) && c.Size > 0 { // opening stops at the first fault
		if _, all := store.Private(m.path).Inspect(ctx); errors.Is(all, storage.ErrDamaged) {
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
	return c, cmp.Or(m.permissions(&c), m.backups(ctx, &c, now), m.leftovers(&c))
}

// checkRecords checks a notebook that can be opened, and rebuilds its index, lists and search where
// they do not agree with the interviews. It returns the last revision.
func (m *Maintainer) checkRecords(ctx context.Context, c *storage.Checkup) (interview.Revision, error) {
	s, err := store.OpenContext(ctx, m.path)
	if err != nil {
		return 0, err
	}
	c.Outdated = s.Outdated()
	found, err := s.Survey(ctx)
	if codec.InIndex(err) && s.Update(ctx, func(t *store.Tx) error { return t.Search.Reset() }) == nil {
		found, err = s.Survey(ctx)
	}
	if err != nil {
		return 0, err
	}
	c.Interviews, c.Newest = found.Interviews, found.Newest
	if m.readOnly() {
		return s.Latest(ctx) // nothing can be put right
	}
	stale, err := m.refresh(ctx, s, found.Interviews)
	if stale > 0 {
		c.Mended = append(c.Mended, fmt.Sprintf("What lists and search know of %s was out of date, and was made anew.", some(stale, "interview")))
	}
	if s.IndexRebuilt() {
		c.Mended = append(c.Mended, "The index, by which a search is quick, was damaged, and was made anew.")
		s.Finish()
	}
	if err != nil {
		return 0, err
	}
	return s.Latest(ctx)
}

// refresh rebuilds summaries and texts where they are not what derive makes of the interviews, and
// returns of how many. Nothing is written when there are none. total is how many interviews there are,
// deleted ones apart.
func (m *Maintainer) refresh(ctx context.Context, s *store.Store, total int) (int, error) {
	stale, n := 0, 0
	err := s.Update(ctx, func(t *store.Tx) error {
		for h, err := range t.Headers(interview.ID{}) {
			if err := cmp.Or(err, ctx.Err()); err != nil {
				return err
			}
			storage.At(ctx, "checked interviews", n, total)
			n++
			renewed, err := m.refreshOne(t, h)
			if err != nil {
				return err
			}
			if renewed {
				stale++
			}
		}
		return nil
	})
	return stale, err
}

// refreshOne rebuilds the summary and the text of one interview; it reports whether they were other
// ones.
func (m *Maintainer) refreshOne(t *store.Tx, h codec.Header) (bool, error) {
	if h.Erased {
		return false, nil
	}
	doc, _, err := t.Load(h.ID)
	if err != nil {
		return false, err
	}
	type derived struct {
		summary interview.Summary
		text    []byte
	}
	d := store.Lend(t, func() derived { s, text := m.Derive(doc); return derived{s, text} })
	had, err := t.Summary.Get(codec.SummaryKey(h.Started, h.ID))
	if err != nil {
		return false, err
	}
	text, err := t.Text.Get(h.ID[:])
	if err != nil || bytes.Equal(had, codec.EncodeSummary(d.summary)) && bytes.Equal(text, d.text) {
		return false, err
	}
	if err := t.PutDerived(&h, d.summary, d.text); err != nil {
		return false, err
	}
	return true, t.PutHeader(h)
}

// some puts a number before a word.
func some(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}
