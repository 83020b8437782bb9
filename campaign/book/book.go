// Package book opens notebooks for the campaigns as hark does, types made-up meetings into them,
// and computes a fingerprint of their content, so that two notebooks can be compared.
package book

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"hark/internal/document"
	"hark/internal/interview"
	"hark/internal/notebook"
	"hark/internal/storage"
	"hark/store"
	"hark/store/journal"
)

// Book is an open notebook with its store.
type Book struct {
	*notebook.Notebook
	Store   *store.Store
	journal *journal.Journal
}

// Close ends the opening: what it has in its journal is for others to take up.
func (b *Book) Close() error {
	b.Store.Finish()
	return b.journal.Close()
}

// Open opens the notebook in a file, or creates it. Journals of earlier openings are stored in it.
func Open(ctx context.Context, path string) (*Book, error) {
	s, err := store.Open(path)
	if err != nil {
		return nil, err
	}
	journal, err := journal.Open(path)
	if err != nil {
		return nil, err
	}
	n, err := notebook.New(notebook.Options{Store: s, Journal: journal, Now: time.Now, Random: rand.Reader, Author: "campaign"})
	if err != nil {
		return nil, err
	}
	// A journal whose last entry is incomplete, because hark stopped before it was acknowledged,
	// can look damaged. hark reports that and goes on, and so does the campaign: what counts is
	// that everything acknowledged is there.
	if _, err := n.Settle(ctx); err != nil && !errors.Is(err, storage.ErrDamaged) {
		return nil, err
	}
	return &Book{n, s, journal}, nil
}

// Check opens the notebook in a file, verifies the file, and counts the texts of all its lines.
func Check(ctx context.Context, path string) (*Book, map[string]int, error) {
	b, err := Open(ctx, path)
	if err != nil {
		return nil, nil, fmt.Errorf("opening: %w", err)
	}
	if err := b.Store.Verify(ctx); err != nil {
		return nil, nil, fmt.Errorf("verifying: %w", err)
	}
	texts, err := b.texts(ctx)
	return b, texts, err
}

// everything is the content of a notebook that concerns one interview.
type everything struct {
	Summary  interview.Summary
	Revision interview.Revision
	Items    []document.Item
	Seen     map[document.Incarnation]uint64
	Lacking  []document.Span
	Log      []interview.Record
	Draft    string
}

// Fingerprint reads everything in a notebook, as the commands and screens do, and returns a
// checksum. Notebooks with equal content have equal fingerprints, whatever their files look like.
func (b *Book) Fingerprint(ctx context.Context) (string, error) {
	sum := sha256.New()
	write := json.NewEncoder(sum)
	var all []interview.Summary
	err := b.Store.Summaries(ctx, func(s interview.Summary) bool {
		all = append(all, s)
		return true
	})
	if err != nil {
		return "", err
	}
	for _, s := range all {
		e := everything{Summary: s}
		doc, rev, err := b.Store.Read(ctx, s.ID)
		if err != nil {
			return "", err
		}
		e.Revision, e.Items, e.Seen, e.Lacking = rev, doc.Items(), doc.Seen(), doc.Lacking()
		var logErr, draftErr error
		e.Log, logErr = b.Log(ctx, s.ID)
		e.Draft, draftErr = b.Draft(ctx, s.ID)
		if err := errors.Join(logErr, draftErr, write.Encode(e)); err != nil {
			return "", err
		}
	}
	found, err := b.Search(ctx, common, 0)
	if err != nil {
		return "", err
	}
	if err := write.Encode(found); err != nil {
		return "", err
	}
	return hex.EncodeToString(sum.Sum(nil)), nil
}

// texts counts the texts of all lines in a notebook.
func (b *Book) texts(ctx context.Context) (map[string]int, error) {
	counts := map[string]int{}
	all, err := b.List(ctx, 0)
	if err != nil {
		return nil, err
	}
	for _, s := range all {
		v, err := b.Notebook.Open(ctx, s.ID)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", s.Customer, err)
		}
		for _, l := range v.Lines {
			counts[l.Text]++
		}
	}
	return counts, nil
}
