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
	// Fit are the customers or shortened IDs that the name could mean; empty when there is none.
	Fit []string
}

// Error returns a sentence that says what to do next.
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

// Find returns the interview that ref names: a customer, in full or by a unique beginning, without
// regard to case, meaning their newest interview; or the unique beginning of an ID. A customer's
// full name wins. The error is a *FindError when nothing, or more than one thing, goes by that
// name.
func (n *Notebook) Find(ctx context.Context, ref string) (interview.ID, error) {
	want := plain.FoldName(ref)
	if want == "" {
		return interview.ID{}, &FindError{Name: ref}
	}
	var full, begins interview.ID // the newest of each
	var customers []string        // distinct ones whose name begins so
	err := n.eachSummary(ctx, inDetail(interview.Head), func(s interview.Summary) bool {
		if s.Discarded {
			return true
		}
		have := plain.FoldName(s.Customer)
		if have == want {
			full = s.ID
			return false
		}
		if strings.HasPrefix(have, want) {
			if begins.IsZero() {
				begins = s.ID
			}
			customers = addCustomer(customers, s.Customer)
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

// ByID returns the interview whose ID begins with prefix, in any case, deleted ones included. The
// error is a *FindError when there is none, or more than one.
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

// OfCustomer returns all interviews with a customer, newest first, deleted ones included. The
// customer is named in full, or by a beginning that no other customer has, without regard to case.
// The error is a *FindError when there is none, or more than one.
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
		missed.Fit = addCustomer(missed.Fit, s.Customer)
	}
	if len(missed.Fit) == 1 {
		return all, nil
	}
	missed.Fit = missed.Fit[:min(len(missed.Fit), 9)]
	return nil, missed
}

// fitting returns the summaries for which fits is true, newest first. fits may look at what
// interview.Head has.
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

// Alike returns the customers whose names begin with name and are longer, each once, the last met
// first, as spelled then: somebody who begins an interview may mean one of them. The result is
// empty when a customer has exactly that name. Only the newest 1000 interviews are read, because
// the beginning of an interview waits for this hint.
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
		default:
			alike = addCustomer(alike, s.Customer)
		}
		return true
	})
	return alike, err
}

// addCustomer appends a customer unless they are among the names.
func addCustomer(names []string, customer string) []string {
	if slices.ContainsFunc(names, func(c string) bool { return plain.FoldName(c) == plain.FoldName(customer) }) {
		return names
	}
	return append(names, customer)
}

// begunInJournal returns the interviews that were begun in the journal.
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
