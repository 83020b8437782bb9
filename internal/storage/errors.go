package storage

import "errors"

// The errors that a store wraps, in addition to interview.ErrNewer.
var (
	// ErrNotFound: there is no such interview.
	ErrNotFound = errors.New("no such interview")
	// ErrErased: the interview was erased, and nothing of it is to be stored again. It comes with
	// ErrNotFound.
	ErrErased = errors.New("it was erased")
	// ErrDamaged: the content of the notebook cannot be trusted.
	ErrDamaged = errors.New("the notebook is damaged")
	// ErrUnwritable: the notebook, or its folder, cannot be opened or written.
	ErrUnwritable = errors.New("the notebook cannot be written")
	// ErrUnsynced: the disk did not confirm a write, so the content of the disk is unknown, and the
	// notebook is not written to any more. It comes with ErrUnwritable.
	ErrUnsynced = errors.New("the disk did not confirm a write")
	// ErrReplaced: another file was put in the place of the notebook that was opened, and lacks what
	// was in that. It comes with ErrUnwritable.
	ErrReplaced = errors.New("another file was put in its place")
)
