package storage

import (
	"context"
	"time"

	"hark/internal/interview"
	"hark/internal/kept"
)

// Maintainer looks after the file of a notebook: it checks, mends, copies and replaces it, and
// erases for good. It also works on notebooks that cannot be opened.
//
// Errors wrap one of this package's, or interview.ErrNewer, where one fits, and are sentences for
// people to read.
type Maintainer interface {
	// There reports whether there is a notebook, or what is left of one. The error is about a file
	// that is none, or that cannot be one. Files are only read.
	There(ctx context.Context) (bool, error)
	// LocationWarnings returns, in sentences, what speaks against the location of the notebook;
	// none when nothing does.
	LocationWarnings() []string
	// Kept are the files and folders that belong to the notebook, whether they are there or not. The
	// notebook itself, which is the first, is a kept.Copy while nobody has written to it.
	Kept() []kept.Place
	// Holds returns what a file holds that hark has written for itself, wherever it lies: a
	// copy of a notebook, a lock file or a journal; "" for anything else, and for what cannot be read.
	Holds(file string) kept.Kind
	// Backup writes the notebook to a new file and checks all of it. A file that exists already is
	// overwritten with force alone; otherwise the error wraps fs.ErrExist.
	Backup(ctx context.Context, file string, force bool) (Copied, error)
	// Restore checks all of a backup and puts a copy of it in the notebook's place. The notebook
	// that it replaces is at Copied.Previous.
	Restore(ctx context.Context, file string) (Copied, error)
	// Check checks everything, puts right what can be put right without a risk, and tries out what
	// would mend a damaged notebook. The error wraps fs.ErrNotExist when there is no notebook.
	Check(ctx context.Context) (Checkup, error)
	// Mend mends a damaged notebook, into a new file that takes its place; the damaged one is at
	// Copied.Previous.
	Mend(ctx context.Context, way Way) (Remedy, error)
	// Waiting is the number of journals of the notebook, of openings that go on or have ended: what
	// could not be written to it yet.
	Waiting() (int, error)
	// HasJournals reports whether there are journals next to the notebook or in quarantine, whichever
	// notebook they are of.
	HasJournals() (bool, error)
	// Erase removes interviews from the notebook for good, and with copies from the copies that
	// hark has made as well. It refuses while anything is waiting.
	Erase(ctx context.Context, ids []interview.ID, copies bool) (Erasure, error)
}

// Copied describes a notebook that was written to a file, or put in its place.
type Copied struct {
	Path string
	Size int64 // in bytes
	// Interviews is the number of interviews, without deleted ones.
	Interviews int
	// Newest is the time of the last write in it; zero for an empty one.
	Newest time.Time
	// Previous is the path of the file that was in its place before; "" for none.
	Previous string
}

// Way is one way to mend a damaged notebook.
type Way string

// The ways to mend a notebook. All of them make a new file.
const (
	WaySalvage Way = "salvage" // what can still be read, record by record
	WayEarlier Way = "earlier" // the notebook as it was before the last change
	WayBackup  Way = "backup"  // the newest good backup
	WayEmpty   Way = "empty"   // an empty notebook, where nothing of the damaged one is left
)

// Remedy is what one way to mend a notebook would bring.
type Remedy struct {
	Way
	Copied // Path is the backup's
	// Missing says what may be missing, a sentence each; none when nothing is.
	Missing []string
}

// Checkup is the result of checking a notebook.
type Checkup struct {
	Copied
	// Outdated says that the file lacks what hark has written to the notebook: see Store.Outdated.
	Outdated string
	// Damage says what is wrong, a sentence each; none when the notebook is sound.
	Damage []string
	// Mended says what was put right.
	Mended []string
	// Notes say what is worth knowing.
	Notes []string
	// Remedies are the ways to mend it, the best first; none when it is sound, or beyond help.
	Remedies []Remedy
}

// Erasure is the result of erasing interviews.
type Erasure struct {
	// Erased is the number of interviews that were erased.
	Erased int
	// Cleaned and Removed are copies that no longer hold the words: rewritten without them, or,
	// where they could not be read, removed.
	Cleaned, Removed []string
	// Remaining are copies that still may hold the words.
	Remaining []string
}
