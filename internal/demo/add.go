package demo

import (
	"context"
	"errors"
	"runtime/debug"
	"sort"
	"sync"
	"time"

	"hark/internal/interview"
	"hark/internal/notebook"
	"hark/internal/playbook"
)

// Made says what made-up interviews to add.
type Made struct {
	Size int       // how many
	Seed uint64    // what they follow from, with Now
	Now  time.Time // what their times are relative to, and in whose zone
	// Progress, when not nil, is called with how many were added, from time to time and at the end.
	Progress func(done int)
}

// batch is how many interviews are added in one transaction. They share its syncs, and take some 15
// MB of memory.
const batch = 100

// maker makes up interviews for one notebook.
type maker struct {
	book   *notebook.Notebook
	lex    *lexicon
	guides []interview.Playbook
	seed   uint64
	now    time.Time
}

// Add adds made-up interviews of about 4 KB of text each to a notebook: of the sequence that
// follows from the seed, the next ones that it does not have. When it fails, or ctx ends, the
// interviews before that were added whole; it returns how many.
func Add(ctx context.Context, book *notebook.Notebook, made Made) (added int, err error) {
	m := &maker{book: book, seed: made.Seed, now: made.Now}
	if m.lex, err = readLexicon(); err != nil {
		return 0, err
	}
	if m.guides, err = guides(); err != nil {
		return 0, err
	}
	first, err := m.first(ctx)
	if err != nil {
		return 0, err
	}
	// Nearly all memory is garbage soon. Collecting it takes a third of the time by default, and a
	// tenth with this much of it, in percent of what is in use.
	const garbage = 400
	defer debug.SetGCPercent(debug.SetGCPercent(garbage))
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	for b := range m.batches(ctx, first, made.Size) {
		if b.err == nil {
			b.err = book.AddAll(ctx, b.accounts)
		}
		if b.err != nil {
			return added, b.err
		}
		added += len(b.accounts)
		if made.Progress != nil {
			made.Progress(added)
		}
	}
	return added, ctx.Err()
}

// guides returns the built-in playbooks.
func guides() ([]interview.Playbook, error) {
	library := playbook.NewLibrary("")
	items, err := library.List()
	if err != nil {
		return nil, err
	}
	all := make([]interview.Playbook, len(items))
	for i, it := range items {
		if all[i], err = library.Get(it.ID); err != nil {
			return nil, err
		}
	}
	return all, nil
}

// first returns the number of the first interview that is not in the notebook. They are added in
// sequence, so a binary search finds it.
func (m *maker) first(ctx context.Context) (int, error) {
	const most = 1 << 30
	var failed error
	n := sort.Search(most, func(n int) bool {
		there, err := m.book.Has(ctx, madeID(m.seed, n))
		if err != nil {
			failed = err
		}
		return !there
	})
	return n, failed
}

// made is a batch of interviews, or why there is none.
type made struct {
	accounts []*notebook.Account
	err      error
}

// batches makes up interviews while those before are being stored.
func (m *maker) batches(ctx context.Context, first, size int) <-chan made {
	all := make(chan made)
	go func() {
		defer close(all)
		for from := 0; from < size; from += batch {
			select {
			case all <- m.batch(first+from, min(batch, size-from)):
			case <-ctx.Done():
				return
			}
		}
	}()
	return all
}

// batch makes up n interviews, on all processors.
func (m *maker) batch(first, n int) made {
	accounts, errs := make([]*notebook.Account, n), make([]error, n)
	var group sync.WaitGroup
	for i := range n {
		group.Go(func() { accounts[i], errs[i] = m.makeUp(first + i) })
	}
	group.Wait()
	return made{accounts, errors.Join(errs...)}
}
