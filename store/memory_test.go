package store_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"

	"hark/internal/document"
	"hark/internal/interview"
	"hark/internal/plain"
	"hark/internal/storage"
)

// memory is a storage.Store in memory, to compare a Store with.
type memory struct {
	mu       sync.Mutex
	all      map[interview.ID]*remembered
	revision interview.Revision
	erased   map[interview.ID]interview.Revision // when they were marked
}

type remembered struct {
	doc     *document.Document
	log     []interview.Record
	summary interview.Summary
	text    []byte
	draft   string
}

func newMemory() *memory {
	return &memory{all: map[interview.ID]*remembered{}, erased: map[interview.ID]interview.Revision{}}
}

func (s *memory) get(id interview.ID) (*remembered, error) {
	k, ok := s.all[id]
	if !ok {
		return nil, fmt.Errorf("%s: %w", id, storage.ErrNotFound)
	}
	return k, nil
}

func (s *memory) commit(k *remembered, w storage.Write) interview.Revision {
	// What came from elsewhere may have seen what no record here tells of.
	whole := w.Record.Kind == interview.Merged || len(k.log) == 0
	given := map[interview.Revision]interview.Revision{}
	for _, r := range w.Earlier {
		s.revision++
		given[r.Revision] = s.revision
		r.Revision = s.revision
		if r.Of != 0 {
			r.Of = given[r.Of]
		}
		k.doc.Replay(r.Change)
		k.log = append(k.log, r)
	}
	if len(w.Earlier) > 0 && w.Record.Of != 0 {
		w.Record.Of = given[w.Record.Of]
	}
	s.revision++
	w.Record.Revision = s.revision
	if whole {
		k.doc = w.Document.Clone()
	}
	k.doc.Replay(w.Record.Change)
	k.log = append(k.log, w.Record)
	k.summary, k.text = w.Summary, slices.Clone(w.Text)
	if w.Draft != nil {
		k.draft = *w.Draft
	}
	return s.revision
}

func (s *memory) Create(_ context.Context, w storage.Write) (interview.Revision, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	id := w.Document.ID()
	k := &remembered{doc: document.New(id)}
	s.all[id] = k
	return s.commit(k, w), nil
}

func (s *memory) Erased(context.Context) ([]interview.ID, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	ids := slices.Collect(maps.Keys(s.erased))
	slices.SortFunc(ids, func(a, b interview.ID) int { return bytes.Compare(a[:], b[:]) })
	return ids, nil
}

func (s *memory) MarkErased(_ context.Context, ids []interview.ID) (marked int, here []interview.ID, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, id := range ids {
		if _, ok := s.all[id]; ok {
			here = append(here, id)
		} else if s.erased[id] == 0 {
			s.revision++
			s.erased[id] = s.revision
			marked++
		}
	}
	return marked, here, nil
}

func (s *memory) Begin(ctx context.Context, begin func(document.Incarnation) (storage.Write, error)) (interview.Revision, error) {
	w, err := begin(1)
	if err != nil {
		return 0, err
	}
	return s.Create(ctx, w)
}

func (s *memory) Device() document.Incarnation { return 1 }

func (s *memory) CreateMany(ctx context.Context, all []storage.Write) error {
	taken := map[interview.ID]bool{}
	for _, w := range all {
		id := w.Document.ID()
		if rev, err := s.Revision(ctx, id); err != nil || rev != 0 || taken[id] {
			return fmt.Errorf("there is already an interview %s", id)
		}
		taken[id] = true
	}
	for _, w := range all {
		if _, err := s.Create(ctx, w); err != nil {
			return err
		}
	}
	return nil
}

func (s *memory) Change(_ context.Context, id interview.ID, decide func(storage.Stored) (storage.Write, error)) (interview.Revision, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	k, err := s.get(id)
	if err != nil {
		return 0, err
	}
	now := k.log[len(k.log)-1].Revision
	w, err := decide(storage.Stored{
		Document: k.doc.Clone(), Revision: now,
		Log: func(yield func(interview.Record, error) bool) {
			for _, r := range slices.Backward(k.log) {
				if !yield(r, nil) {
					return
				}
			}
		},
		SameCustomer: func(yield func(interview.Summary, error) bool) {
			for _, one := range s.newestFirst() {
				if plain.FoldName(one.Customer) == plain.FoldName(k.summary.Customer) && !yield(one, nil) {
					return
				}
			}
		},
	})
	switch {
	case err != nil:
		return 0, err
	case len(w.Record.Change) == 0:
		return now, nil
	}
	return s.commit(k, w), nil
}

func (s *memory) Read(_ context.Context, id interview.ID) (*document.Document, interview.Revision, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	k, err := s.get(id)
	if err != nil {
		return nil, 0, err
	}
	return k.doc.Clone(), k.log[len(k.log)-1].Revision, nil
}

func (s *memory) ReadMany(ctx context.Context, ids []interview.ID, history bool) ([]storage.Copy, error) {
	var all []storage.Copy
	for _, id := range ids {
		doc, rev, err := s.Read(ctx, id)
		if err != nil {
			return all, err
		}
		one := storage.Copy{Document: doc, Revision: rev}
		if history {
			if one.Log, err = s.Log(ctx, id); err != nil {
				return all, err
			}
		}
		all = append(all, one)
	}
	return all, nil
}

func (s *memory) Revision(_ context.Context, id interview.ID) (interview.Revision, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	k, ok := s.all[id]
	if !ok {
		return 0, nil
	}
	return k.log[len(k.log)-1].Revision, nil
}

func (s *memory) Latest(context.Context) (interview.Revision, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.revision, nil
}

func (s *memory) Find(_ context.Context, prefix string, limit int) ([]interview.ID, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	var ids []interview.ID
	for id := range s.all {
		if prefix != "" && strings.HasPrefix(id.String(), strings.ToLower(prefix)) {
			ids = append(ids, id)
		}
	}
	slices.SortFunc(ids, func(a, b interview.ID) int { return strings.Compare(a.String(), b.String()) })
	return ids[:min(limit, len(ids))], nil
}

func (s *memory) newestFirst() []interview.Summary {
	all := make([]interview.Summary, 0, len(s.all))
	for _, k := range s.all {
		all = append(all, k.summary)
	}
	slices.SortFunc(all, func(a, b interview.Summary) int {
		if c := b.StartedAt.Compare(a.StartedAt); c != 0 {
			return c
		}
		return strings.Compare(b.ID.String(), a.ID.String())
	})
	return all
}

// SummariesIn implements notebook.Store.
func (s *memory) SummariesIn(_ context.Context, ask func(head interview.Summary) interview.Detail, yield func(interview.Summary) bool) error {
	s.mu.Lock()
	all := s.newestFirst()
	s.mu.Unlock()
	for _, one := range all {
		if !yield(one.In(ask(one.In(interview.Head)))) {
			return nil
		}
	}
	return nil
}

// OfCustomer implements notebook.Store.
func (s *memory) OfCustomer(ctx context.Context, customer string, yield func(interview.Summary) bool) error {
	whole := func(interview.Summary) interview.Detail { return interview.Whole }
	return s.SummariesIn(ctx, whole, func(one interview.Summary) bool {
		return plain.FoldName(one.Customer) != plain.FoldName(customer) || yield(one)
	})
}

// OfCustomers implements notebook.Store.
func (s *memory) OfCustomers(ctx context.Context, beginning string, ask func(head interview.Summary) interview.Detail, yield func(interview.Summary) bool) error {
	return s.SummariesIn(ctx, ask, func(one interview.Summary) bool {
		return !strings.HasPrefix(plain.FoldName(one.Customer), plain.FoldName(beginning)) || yield(one)
	})
}

// Candidates implements notebook.Store: everything is a candidate.
func (s *memory) Candidates(_ context.Context, _ []string, yield func(interview.ID, []byte) bool) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	all := slices.Collect(maps.Values(s.all))
	slices.SortFunc(all, func(a, b *remembered) int { return b.summary.StartedAt.Compare(a.summary.StartedAt) })
	for _, k := range all {
		if !yield(k.summary.ID, k.text) {
			return nil
		}
	}
	return nil
}

func (s *memory) Index(context.Context) (bool, error) { return false, nil }

func (s *memory) Log(_ context.Context, id interview.ID) ([]interview.Record, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	k, err := s.get(id)
	if err != nil {
		return nil, err
	}
	log := slices.Clone(k.log)
	slices.Reverse(log)
	return log, nil
}

func (s *memory) Window() document.ID { return document.ID{1} }

func (s *memory) LeaveDraft(ctx context.Context, id interview.ID, _ document.ID, text string) error {
	return s.SetDraft(ctx, id, text)
}

func (s *memory) Draft(_ context.Context, id interview.ID) (string, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	k, err := s.get(id)
	if err != nil {
		return "", err
	}
	return k.draft, nil
}

func (s *memory) SetDraft(_ context.Context, id interview.ID, text string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	k, err := s.get(id)
	if err != nil {
		return err
	}
	k.draft = text
	return nil
}

func (s *memory) Verify(context.Context) error { return nil }

func (s *memory) Rescue(context.Context) (string, error) {
	return "", errors.New("what is in memory cannot be copied")
}

func (s *memory) Path() string { return "in memory" }

func (s *memory) ID() document.ID { return document.ID{} }

func (s *memory) Outdated() string { return "" }

var _ storage.Store = (*memory)(nil)
