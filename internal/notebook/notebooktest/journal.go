package notebooktest

import (
	"context"
	"slices"
	"sync"

	"hark/internal/interview"
	"hark/internal/storage"
)

// Shelf is where the journals of several openings lie, in memory. The zero value
// is ready for use and safe for several goroutines.
type Shelf struct {
	mu  sync.Mutex
	all []*Journal
}

// Journal is the journal of one opening.
type Journal struct {
	shelf *Shelf
	kept  []interview.Pending
	ended bool
	wrong Trouble // nil for none
}

// Break makes Append fail from now on; nil ends that.
func (j *Journal) Break(how Trouble) {
	j.shelf.mu.Lock()
	defer j.shelf.mu.Unlock()
	j.wrong = how
}

// Open returns the journal of a new opening.
func (s *Shelf) Open() *Journal {
	s.mu.Lock()
	defer s.mu.Unlock()
	j := &Journal{shelf: s}
	s.all = append(s.all, j)
	return j
}

// Kept is how many things lie in all journals.
func (s *Shelf) Kept() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	n := 0
	for _, j := range s.all {
		n += len(j.kept)
	}
	return n
}

// End is the end of the opening, be it a crash: others may take up what is left.
func (j *Journal) End() {
	j.shelf.mu.Lock()
	defer j.shelf.mu.Unlock()
	j.ended = true
}

// Append implements storage.Journal.
func (j *Journal) Append(all ...interview.Pending) error {
	j.shelf.mu.Lock()
	defer j.shelf.mu.Unlock()
	landed := true
	var err error
	if j.wrong != nil {
		landed, err = j.wrong()
	}
	if landed || err == nil {
		j.kept = append(j.kept, all...)
	}
	return err
}

// Clear implements storage.Journal.
func (j *Journal) Clear() error {
	j.shelf.mu.Lock()
	defer j.shelf.mu.Unlock()
	j.kept = nil
	return nil
}

// Left implements storage.Journal.
func (j *Journal) Left(_ context.Context, take func([]interview.Pending) (int, error)) error {
	j.shelf.mu.Lock()
	left := slices.DeleteFunc(slices.Clone(j.shelf.all), func(o *Journal) bool { return !o.ended })
	j.shelf.mu.Unlock()
	for _, o := range left {
		if _, err := take(o.kept); err != nil {
			return err
		}
		_ = o.Clear() // memory does not fail
	}
	return nil
}

// Path implements storage.Journal.
func (j *Journal) Path() string { return "in memory" }

var _ storage.Journal = (*Journal)(nil)
