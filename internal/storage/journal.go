package storage

import (
	"context"

	"hark/internal/document"
	"hark/internal/interview"
)

// Journal holds what the store cannot take now, so that it can be stored later. Several openings,
// in this process or another, have each a part of their own in it. It is safe for several
// goroutines.
type Journal interface {
	// Append writes all in order and returns once they will outlast a crash. After an error none of
	// them counts.
	Append(all ...interview.Pending) error
	// Clear removes what this opening appended.
	Clear() error
	// Left hands over what each opening that has ended left behind, oldest first and each in its
	// order, and removes it once take returns nil. What take has no place for it counts as misfits;
	// those are kept in a file that the error names.
	Left(ctx context.Context, take func([]interview.Pending) (misfits int, err error)) error
	// Of says which notebook the journal is for. What is for another one is not handed over.
	Of(notebook document.ID)
	// Quarantined hands over what lies in journals that were moved to quarantine, and removes those
	// of which take has a place for everything. It returns the others. begins says whether what
	// begins an interview may do so in this notebook.
	Quarantined(ctx context.Context, take func(all []interview.Pending, begins bool) (misfits int, err error)) ([]LeftJournal, error)
	// Foreign returns the paths of the journals that wait for another notebook.
	Foreign() ([]string, error)
	// Path is the location of the journal, for people to read.
	Path() string
}

// LeftJournal is a journal in quarantine that is not done with.
type LeftJournal struct {
	Path    string
	Foreign bool // it is for another notebook
	Damaged bool // part of it cannot be read
	Misfits int  // how many of its entries the notebook has no place for
}
