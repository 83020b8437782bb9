package app

import (
	"context"
	"errors"
	"sync"

	"hark/internal/export"
	"hark/internal/insight"
	"hark/internal/interview"
	"hark/internal/notebook"
	"hark/internal/plain"
)

// Known finds whom else an interview can name: people of the same customer from other meetings, and
// names that somebody had before. It is safe for several goroutines.
type Known struct {
	book *notebook.Notebook
	mu   sync.Mutex
	of   map[string][]export.Known // by folded customer
	// read are the summaries by folded customer where all were read already, with people alone; nil
	// where they were not.
	read map[string][]interview.Summary
}

// NewKnown returns a Known for a notebook.
func NewKnown(book *notebook.Notebook) *Known {
	return &Known{book: book, of: map[string][]export.Known{}}
}

// Read takes the summary of an interview, for a caller that reads all of them.
func (k *Known) Read(s interview.Summary) {
	if k.read == nil {
		k.read = map[string][]interview.Summary{}
	}
	key := plain.FoldName(s.Customer)
	k.read[key] = append(k.read[key], interview.Summary{ID: s.ID, Customer: s.Customer, StartedAt: s.StartedAt, People: s.People})
}

// In returns whom else an interview can name, nobody where everybody may be named.
func (k *Known) In(ctx context.Context, iv *interview.Interview) ([]export.Known, error) {
	if iv.Consent.Quotes == interview.QuoteByName {
		return nil, nil
	}
	all, err := k.met(ctx, iv.Customer)
	if err != nil || !iv.Renamed() {
		return all, err
	}
	log, err := k.book.Log(ctx, iv.ID)
	if err != nil {
		return nil, err
	}
	all = append([]export.Known{}, all...)
	for who, names := range iv.FormerNames(log) {
		if !who.IsZero() {
			all = append(all, export.Known{Person: who, Names: names})
			continue
		}
		for _, name := range names {
			all = append(all, export.Known{Names: []string{name}})
		}
	}
	return all, nil
}

// met returns the people on a customer's side in all meetings.
func (k *Known) met(ctx context.Context, customer string) ([]export.Known, error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	key := plain.FoldName(customer)
	if all, known := k.of[key]; known {
		return all, nil
	}
	theirs, err := k.read[key], error(nil)
	if k.read == nil {
		theirs, err = k.book.OfCustomer(ctx, customer)
	}
	if _, none := errors.AsType[*notebook.FindError](err); err != nil && !none {
		return nil, err
	}
	all := []export.Known{}
	for _, c := range insight.Customers(theirs) {
		if plain.FoldName(c.Name) != key {
			continue
		}
		for _, p := range c.People {
			if p.Side != interview.Ours {
				all = append(all, export.Known{Names: p.Names(), Role: p.Role})
			}
		}
	}
	k.of[key] = all
	return all, nil
}
