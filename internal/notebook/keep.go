package notebook

import (
	"context"
	"slices"
	"strings"
	"time"

	"hark/internal/document"
	"hark/internal/interview"
)

// Keeper looks after the file that a notebook is kept in: it checks, mends,
// copies and replaces it, and erases for good. It works on notebooks that cannot
// be opened as well.
//
// Errors wrap one of package interview's where one fits, and are sentences for
// the person reading them.
type Keeper interface {
	// Place says, in sentences, what speaks against the place where the notebook
	// lies; none when nothing does.
	Place() []string
	// Backup writes the notebook to a new file and checks all of it. A file that
	// is there already is written over with force alone; the error wraps
	// fs.ErrExist otherwise.
	Backup(ctx context.Context, file string, force bool) (interview.Copied, error)
	// Restore checks all of a backup and puts a copy of it in the notebook's
	// place. What was there is kept; Copied.Kept says where.
	Restore(ctx context.Context, file string) (interview.Copied, error)
	// Check looks at everything, puts right what can be put right without a
	// risk, and tries out what would mend a damaged notebook. The error wraps
	// fs.ErrNotExist when there is no notebook.
	Check(ctx context.Context) (interview.Checkup, error)
	// Mend mends a damaged notebook, into a new file that takes its place;
	// Copied.Kept is where the damaged one is.
	Mend(ctx context.Context, way interview.Way) (interview.Remedy, error)
	// Waiting is how many journals lie beside the notebook, of harks that are open
	// or have ended: what could not be written to it yet.
	Waiting() (int, error)
	// Erase takes interviews out of the notebook for good, and with copies out of
	// the copies beside it as well. It refuses while anything is waiting.
	Erase(ctx context.Context, ids []interview.ID, copies bool) (interview.Erasure, error)
}

// Derive makes of a document what can always be made anew: what lists show of
// the interview, and its folded text for search.
func Derive(doc *document.Document) (interview.Summary, []byte) {
	iv := interview.Fold(doc)
	return iv.Summarise(), searchText(iv)
}

// daily is a store that makes backups by itself.
type daily interface {
	KeepDaily(now func() time.Time)
	Finish()
}

// KeepDaily makes the first write of each day also make a backup, if the store
// knows how. That never holds up or fails a write.
func (n *Notebook) KeepDaily() {
	if d, ok := n.store.(daily); ok {
		d.KeepDaily(n.now)
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
	want := fold(name)
	all, err := n.fitting(ctx, func(s interview.Summary) bool {
		return want != "" && strings.HasPrefix(fold(s.Customer), want)
	})
	if err != nil {
		return nil, err
	}
	if slices.ContainsFunc(all, func(s interview.Summary) bool { return fold(s.Customer) == want }) {
		return slices.DeleteFunc(all, func(s interview.Summary) bool { return fold(s.Customer) != want }), nil
	}
	missed := &FindError{Name: name}
	for _, s := range all {
		if !slices.ContainsFunc(missed.Fit, func(c string) bool { return fold(c) == fold(s.Customer) }) {
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
