package notebook

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"hark/internal/interview"
	"hark/internal/plain"
)

// FindError says that nothing, or more than one thing, goes by a name.
type FindError struct {
	Name string
	// Fit are the customers or shortened IDs that the name could mean; empty
	// when there is nothing by that name.
	Fit []string
}

// Error says what to do next.
func (e *FindError) Error() string {
	name := plain.Terminal(e.Name)
	if len(e.Fit) == 0 {
		return fmt.Sprintf("There is no interview or customer %q. `hark list` shows what there is", name)
	}
	fit := make([]string, len(e.Fit))
	for i, f := range e.Fit {
		fit[i] = plain.Terminal(f)
	}
	return fmt.Sprintf("%q could be %s. Write more of the name", name, strings.Join(fit, " or "))
}

// Find returns the interview that ref names: a customer, in full or by a unique
// beginning, without regard to case, meaning their newest interview; or the
// unique beginning of an ID. A customer's full name wins. The error is a
// *FindError when nothing, or more than one thing, goes by that name.
func (n *Notebook) Find(ctx context.Context, ref string) (interview.ID, error) {
	want := plain.FoldName(ref)
	if want == "" {
		return interview.ID{}, &FindError{Name: ref}
	}
	var full, begins interview.ID // newest of each
	var customers []string        // different ones that begin so
	err := n.eachSummary(ctx, inDetail(interview.Head), func(s interview.Summary) bool {
		if s.Discarded {
			return true
		}
		have := plain.FoldName(s.Customer)
		if have == want {
			full = s.ID
			return false
		}
		if strings.HasPrefix(have, want) && !slices.ContainsFunc(customers, func(c string) bool { return plain.FoldName(c) == have }) {
			if begins.IsZero() {
				begins = s.ID
			}
			customers = append(customers, s.Customer)
		}
		return true
	})
	if err != nil {
		return interview.ID{}, err
	}
	if !full.IsZero() {
		return full, nil
	}
	if len(customers) == 1 {
		return begins, nil
	}
	ids, err := n.store.Find(ctx, ref, 9)
	if err != nil {
		return interview.ID{}, err
	}
	for _, id := range n.begunInJournal() {
		if strings.HasPrefix(id.String(), strings.ToLower(ref)) && !slices.Contains(ids, id) {
			ids = append(ids, id)
		}
	}
	if len(ids) == 1 && len(customers) == 0 {
		return ids[0], nil
	}
	fit := customers
	for _, id := range ids {
		fit = append(fit, id.Short())
	}
	return interview.ID{}, &FindError{Name: ref, Fit: fit[:min(len(fit), 9)]}
}

// ByID returns the interview whose ID begins so, in any case, deleted ones
// included. The error is a *FindError when there is none, or more than one.
func (n *Notebook) ByID(ctx context.Context, prefix string) (interview.Summary, error) {
	prefix = strings.ToLower(strings.TrimSpace(prefix))
	all, err := n.fitting(ctx, func(s interview.Summary) bool {
		return prefix != "" && strings.HasPrefix(s.ID.String(), prefix)
	})
	switch {
	case err != nil:
		return interview.Summary{}, err
	case len(all) == 1:
		return all[0], nil
	}
	missed := &FindError{Name: prefix}
	for _, s := range all[:min(len(all), 9)] {
		missed.Fit = append(missed.Fit, s.ID.Short())
	}
	return interview.Summary{}, missed
}

// OfCustomer returns all interviews with a customer, newest first, deleted ones
// included. The customer is named in full, or by a beginning that no other has,
// without regard to case. The error is a *FindError when there is none, or more
// than one.
func (n *Notebook) OfCustomer(ctx context.Context, name string) ([]interview.Summary, error) {
	want := plain.FoldName(name)
	all, err := n.fitting(ctx, func(s interview.Summary) bool {
		return want != "" && strings.HasPrefix(plain.FoldName(s.Customer), want)
	})
	if err != nil {
		return nil, err
	}
	if slices.ContainsFunc(all, func(s interview.Summary) bool { return plain.FoldName(s.Customer) == want }) {
		return slices.DeleteFunc(all, func(s interview.Summary) bool { return plain.FoldName(s.Customer) != want }), nil
	}
	missed := &FindError{Name: name}
	for _, s := range all {
		if !slices.ContainsFunc(missed.Fit, func(c string) bool { return plain.FoldName(c) == plain.FoldName(s.Customer) }) {
			missed.Fit = append(missed.Fit, s.Customer)
		}
	}
	if len(missed.Fit) == 1 {
		return all, nil
	}
	missed.Fit = missed.Fit[:min(len(missed.Fit), 9)]
	return nil, missed
}

// fitting returns the summaries that fit, newest first; fits looks at what interview.Head has.
func (n *Notebook) fitting(ctx context.Context, fits func(interview.Summary) bool) ([]interview.Summary, error) {
	var all []interview.Summary
	ask := func(head interview.Summary) interview.Detail {
		if fits(head) {
			return interview.Whole
		}
		return interview.Head
	}
	err := n.eachSummary(ctx, ask, func(s interview.Summary) bool {
		if fits(s) {
			all = append(all, s)
		}
		return true
	})
	return all, err
}

// Alike returns the customers whose names begin with name and go on, each once,
// those met last first, as they were called then: whoever begins an interview
// may mean one of them. There are none when a customer is called just so. Only the
// newest of many interviews are looked at: it is a hint, and whoever begins one
// waits for it.
func (n *Notebook) Alike(ctx context.Context, name string) ([]string, error) {
	const most = 1000
	want := plain.FoldName(name)
	var alike []string
	read := 0
	err := n.eachSummary(ctx, inDetail(interview.Head), func(s interview.Summary) bool {
		have := plain.FoldName(s.Customer)
		read++
		switch {
		case read > most:
			return false
		case s.Discarded || want == "" || !strings.HasPrefix(have, want):
		case have == want:
			alike = nil
			return false
		case !slices.ContainsFunc(alike, func(c string) bool { return plain.FoldName(c) == have }):
			alike = append(alike, s.Customer)
		}
		return true
	})
	return alike, err
}

// begunInJournal are the interviews that were begun in the journal.
func (n *Notebook) begunInJournal() []interview.ID {
	n.mu.Lock()
	defer n.mu.Unlock()
	var ids []interview.ID
	for _, p := range n.journalled {
		if p.Begins {
			ids = append(ids, p.Interview)
		}
	}
	return ids
}

// Latest returns a number that is another one after every write to any interview,
// whoever made it: while it stays the same, so does every list. It is 0 while
// something is journalled, when that cannot be told.
func (n *Notebook) Latest(ctx context.Context) (interview.Revision, error) {
	rev, err := n.store.Latest(ctx)
	n.mu.Lock()
	defer n.mu.Unlock()
	if err != nil || len(n.journalled)+len(n.standing) > 0 {
		return 0, err
	}
	return rev, nil
}

// List returns interviews, newest first: at most limit of them, or all when
// limit is 0. Discarded ones are left out.
func (n *Notebook) List(ctx context.Context, limit int) ([]interview.Summary, error) {
	var all []interview.Summary
	err := n.Each(ctx, func(s interview.Summary) bool {
		all = append(all, s)
		return limit == 0 || len(all) < limit
	})
	return all, err
}

// Each calls yield with one interview after the other, newest first, until yield
// returns false, for those who need not hold all of them. Discarded ones are left
// out. Writers wait meanwhile, so yield must be quick and must not use the
// notebook.
func (n *Notebook) Each(ctx context.Context, yield func(interview.Summary) bool) error {
	return n.eachSummary(ctx, inDetail(interview.Whole), func(s interview.Summary) bool { return s.Discarded || yield(s) })
}

// EachListed is Each for those who show a list: the summaries have at least what interview.Listed has, and the lists in them
// are valid during the call only.
func (n *Notebook) EachListed(ctx context.Context, yield func(interview.Summary) bool) error {
	return n.eachSummary(ctx, inDetail(interview.Listed), func(s interview.Summary) bool { return s.Discarded || yield(s) })
}

// inDetail asks for as much of every summary.
func inDetail(d interview.Detail) func(interview.Summary) interview.Detail {
	return func(interview.Summary) interview.Detail { return d }
}

// eachSummary is the store's SummariesIn with what is journalled, which comes whole,
// whatever is asked for.
func (n *Notebook) eachSummary(ctx context.Context, ask func(head interview.Summary) interview.Detail, yield func(interview.Summary) bool) error {
	all := func(interview.Summary) bool { return true }
	return n.withJournalled(all, func(yield func(interview.Summary) bool) error { return n.store.SummariesIn(ctx, ask, yield) }, yield)
}

// withJournalled yields the summaries that read reads from the store, with what is
// journalled. What was begun in the journal, if wanted says so, comes first: it was
// begun just now.
func (n *Notebook) withJournalled(wanted func(interview.Summary) bool, read func(yield func(interview.Summary) bool) error, yield func(interview.Summary) bool) error {
	n.mu.Lock()
	standing := make(map[interview.ID]interview.Summary, len(n.standing))
	var begun []interview.Summary
	for id, v := range n.standing {
		standing[id] = v.Summarise()
	}
	for _, p := range slices.Backward(n.journalled) {
		if s := standing[p.Interview]; p.Begins && wanted(s) {
			begun = append(begun, s)
		}
	}
	n.mu.Unlock()
	seen := map[interview.ID]bool{}
	for _, s := range begun {
		seen[s.ID] = true
		if !yield(s) {
			return nil
		}
	}
	return read(func(s interview.Summary) bool {
		if seen[s.ID] {
			return true // it is in the store since
		}
		if now, changed := standing[s.ID]; changed {
			s = now
		}
		return yield(s)
	})
}
