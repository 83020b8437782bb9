package notebook

import (
	"context"
	"slices"
	"strings"
	"time"

	"hark/internal/document"
	"hark/internal/interview"
	"hark/internal/plain"
)

// Derive makes of a document what can always be made anew: what lists show of
// the interview, and its folded text for search.
func Derive(doc *document.Document) (interview.Summary, []byte) {
	iv := interview.Fold(doc)
	return iv.Summarise(), searchText(iv)
}

// daily is a store that makes backups by itself.
type daily interface {
	BackUpDaily(now func() time.Time)
	Finish()
}

// BackUpDaily makes the first write of each day also make a backup, if the store
// knows how. That never holds up or fails a write.
func (n *Notebook) BackUpDaily() {
	if d, ok := n.store.(daily); ok {
		d.BackUpDaily(n.now)
	}
}

// Finish waits for what goes on in the background, at most a few seconds for a
// large notebook.
func (n *Notebook) Finish() {
	if d, ok := n.store.(daily); ok {
		d.Finish()
	}
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
