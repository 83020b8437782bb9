package notebook

import (
	"context"
	"slices"

	"hark/internal/interview"
)

// Latest returns a number that differs after every write to any interview, in this process or
// another. It is 0 while something is journalled, because a difference is unknown then.
func (n *Notebook) Latest(ctx context.Context) (interview.Revision, error) {
	rev, err := n.store.Latest(ctx)
	n.mu.Lock()
	defer n.mu.Unlock()
	if err != nil || len(n.journalled)+len(n.standing) > 0 {
		return 0, err
	}
	return rev, nil
}

// List returns the newest interviews, newest first: at most limit of them, or all when limit is 0.
// Discarded ones are left out.
func (n *Notebook) List(ctx context.Context, limit int) ([]interview.Summary, error) {
	var all []interview.Summary
	err := n.Each(ctx, func(s interview.Summary) bool {
		all = append(all, s)
		return limit == 0 || len(all) < limit
	})
	return all, err
}

// Each calls yield with one interview after the other, newest first, until yield returns false. It
// is for callers that need not hold all of them. Discarded ones are left out. Writers wait
// meanwhile, so yield must be quick and must not use the notebook.
func (n *Notebook) Each(ctx context.Context, yield func(interview.Summary) bool) error {
	return n.eachSummary(ctx, inDetail(interview.Whole), func(s interview.Summary) bool { return s.Discarded || yield(s) })
}

// EachWithDiscarded is Each with the discarded interviews.
func (n *Notebook) EachWithDiscarded(ctx context.Context, yield func(interview.Summary) bool) error {
	return n.eachSummary(ctx, inDetail(interview.Listed), yield)
}

// EachListed is Each for lists: the summaries have at least what interview.Listed has, and the
// lists in them are valid during the call only.
func (n *Notebook) EachListed(ctx context.Context, yield func(interview.Summary) bool) error {
	return n.eachSummary(ctx, inDetail(interview.Listed), func(s interview.Summary) bool { return s.Discarded || yield(s) })
}

// Erased returns the IDs of the interviews that were erased, in the order of their bytes.
func (n *Notebook) Erased(ctx context.Context) ([]interview.ID, error) { return n.store.Erased(ctx) }

// inDetail requests the same detail of every summary.
func inDetail(d interview.Detail) func(interview.Summary) interview.Detail {
	return func(interview.Summary) interview.Detail { return d }
}

// eachSummary is the store's SummariesIn with what is journalled. Interviews with journalled
// actions come whole, whatever is requested.
func (n *Notebook) eachSummary(ctx context.Context, ask func(head interview.Summary) interview.Detail, yield func(interview.Summary) bool) error {
	all := func(interview.Summary) bool { return true }
	return n.withJournalled(all, func(yield func(interview.Summary) bool) error { return n.store.SummariesIn(ctx, ask, yield) }, yield)
}

// withJournalled yields the summaries that read reads from the store, brought up to date with the
// journal. Interviews that were begun in the journal and are wanted come first, because they are
// the newest.
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
			return true // stored since
		}
		if now, changed := standing[s.ID]; changed {
			s = now
		}
		return yield(s)
	})
}
