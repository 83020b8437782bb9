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
	err := n.eachBeginning(ctx, ref, interview.Head, func(s interview.Summary, name string) bool {
		switch {
		case s.Discarded:
		case name == want:
			full = s.ID
			return false
		default:
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
	fits := func(s interview.Summary) bool { return prefix != "" && strings.HasPrefix(s.ID.String(), prefix) }
	ask := func(head interview.Summary) interview.Detail {
		if fits(head) {
			return interview.Whole
		}
		return interview.Head
	}
	var all []interview.Summary
	err := n.eachSummary(ctx, ask, func(s interview.Summary) bool {
		if fits(s) {
			all = append(all, s)
		}
		return true
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

// WithIDs returns the interviews with the given IDs that are here, newest first, deleted ones
// included.
func (n *Notebook) WithIDs(ctx context.Context, ids []interview.ID) ([]interview.Summary, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	wanted := make(map[interview.ID]bool, len(ids))
	for _, id := range ids {
		wanted[id] = true
	}
	var all []interview.Summary
	ask := func(head interview.Summary) interview.Detail {
		if wanted[head.ID] {
			return interview.Whole
		}
		return interview.Head
	}
	err := n.eachSummary(ctx, ask, func(s interview.Summary) bool {
		if wanted[s.ID] {
			all = append(all, s)
		}
		return true
	})
	return all, err
}

// OfCustomer returns all interviews with a customer, newest first, deleted ones included. The
// customer is named in full, or by a beginning that no other customer has, without regard to case.
// The error is a *FindError when there is none, or more than one.
func (n *Notebook) OfCustomer(ctx context.Context, name string) ([]interview.Summary, error) {
	missed := &FindError{Name: name}
	want := plain.FoldName(name)
	if want == "" {
		return nil, missed
	}
	var all, full []interview.Summary
	err := n.eachBeginning(ctx, name, interview.Whole, func(s interview.Summary, folded string) bool {
		all = append(all, s)
		if folded == want {
			full = append(full, s)
		}
		missed.Fit = addCustomer(missed.Fit, s.Customer)
		return true
	})
	switch {
	case err != nil:
		return nil, err
	case len(full) > 0:
		return full, nil
	case len(missed.Fit) == 1:
		return all, nil
	}
	missed.Fit = missed.Fit[:min(len(missed.Fit), 9)]
	return nil, missed
}

// Alike returns the customers whose names begin with name and are longer, each once, the last met
// first, as spelled then: somebody who begins an interview may mean one of them. The result is
// empty when a customer has exactly that name.
func (n *Notebook) Alike(ctx context.Context, name string) ([]string, error) {
	want := plain.FoldName(name)
	if want == "" {
		return nil, nil
	}
	var alike []string
	err := n.eachBeginning(ctx, name, interview.Head, func(s interview.Summary, folded string) bool {
		switch {
		case s.Discarded:
		case folded == want:
			alike = nil
			return false
		default:
			alike = addCustomer(alike, s.Customer)
		}
		return true
	})
	return alike, err
}

// eachBeginning yields the summaries of the interviews with the customers whose names begin with
// name, newest first, deleted ones included, each with the name of its customer as plain.FoldName
// makes it.
func (n *Notebook) eachBeginning(ctx context.Context, name string, detail interview.Detail, yield func(s interview.Summary, folded string) bool) error {
	want := plain.FoldName(name)
	fits := func(s interview.Summary) bool { return strings.HasPrefix(plain.FoldName(s.Customer), want) }
	read := func(yield func(interview.Summary) bool) error {
		return n.store.OfCustomers(ctx, name, inDetail(detail), yield)
	}
	return n.withJournalled(fits, read, func(s interview.Summary) bool { return yield(s, plain.FoldName(s.Customer)) })
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
