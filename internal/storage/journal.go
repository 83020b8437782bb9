package storage

import (
	"context"

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
	// Path is the location of the journal, for people to read.
	Path() string
}
