package demo

import (
	"context"
	"embed"
	"fmt"
	"math/rand/v2"
	"path"
	"time"

	"hark/internal/document"
	"hark/internal/interview"
	"hark/internal/notebook"
	"hark/internal/playbook"
)

//go:embed sample/*.txt
var samples embed.FS

// Fill adds the sample to a notebook, in one transaction: about a dozen interviews, the last of
// them open, at times relative to now and in its zone, so that promises are due around today. The
// same now makes the same sample in every notebook. Interviews of the sample that the notebook has
// already stay as they are.
func Fill(ctx context.Context, book *notebook.Notebook, now time.Time) error {
	files, err := samples.ReadDir("sample")
	if err != nil {
		return err
	}
	var accounts []*notebook.Account
	for _, f := range files {
		id := sampleID(f.Name())
		there, err := book.Has(ctx, id)
		if err != nil {
			return err
		}
		if there {
			continue
		}
		a, err := enter(book, id, f.Name(), now)
		if err != nil {
			return fmt.Errorf("the sample %s: %w", f.Name(), err)
		}
		accounts = append(accounts, a)
	}
	return book.AddAll(ctx, accounts)
}

// Filled reports whether a notebook has the sample, in whatever state.
func Filled(ctx context.Context, book *notebook.Notebook) (bool, error) {
	files, err := samples.ReadDir("sample")
	if err != nil {
		return false, err
	}
	return book.Has(ctx, sampleID(files[0].Name()))
}

func sampleID(name string) interview.ID { return document.DerivedID("sample", name) }

// enter returns the account of the script in a file.
func enter(book *notebook.Notebook, id interview.ID, name string, now time.Time) (*notebook.Account, error) {
	text, err := samples.ReadFile(path.Join("sample", name))
	if err != nil {
		return nil, err
	}
	s, err := readScript(string(text))
	if err != nil {
		return nil, err
	}
	guide, err := playbook.NewLibrary("").Get(s.playbook)
	if err != nil {
		return nil, err
	}
	start := s.began.start(now)
	a, err := book.Account(id, s.beginning(guide, start), start, dice(id))
	if err != nil {
		return nil, err
	}
	return a, s.act(a, start)
}

// dice returns random numbers that are the same for the same ID.
func dice(id interview.ID) *rand.ChaCha8 {
	var seed [32]byte
	copy(seed[:], id[:])
	return rand.NewChaCha8(seed)
}
