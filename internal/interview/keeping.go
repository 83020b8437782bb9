package interview

import "time"

// Copied tells of a notebook that was written to a file, or put in its place.
type Copied struct {
	Path string
	Size int64 // in bytes
	// Interviews is how many there are, without those that were deleted.
	Interviews int
	// Newest is when the last thing was written in it; zero for an empty one.
	Newest time.Time
	// Kept is where that lies which was in its place before; "" for nothing.
	Kept string
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

// Checkup is what came of looking at a notebook.
type Checkup struct {
	Copied
	// Damage says what is wrong, a sentence each; none when the notebook is
	// sound.
	Damage []string
	// Mended says what was put right.
	Mended []string
	// Notes say what is worth knowing.
	Notes []string
	// Remedies are the ways to mend it, the best first; none when it is sound,
	// or beyond help.
	Remedies []Remedy
}

// Erasure is what came of erasing interviews.
type Erasure struct {
	// Erased is how many interviews were erased.
	Erased int
	// Cleaned and Removed are copies that no longer hold the words: rewritten
	// without them, or, where they could not be read, taken away.
	Cleaned, Removed []string
	// Remaining are copies that still may hold the words.
	Remaining []string
}
