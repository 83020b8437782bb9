package store

import (
	"context"
	"hark/internal/interview"
	"hark/internal/storage"
	"time"

	"go.etcd.io/bbolt"

	"hark/store/internal/files"
)

// BackupDay makes the daily backup.
func (s *Store) BackupDay(ctx context.Context, now time.Time) error { return s.backupDay(ctx, now) }

// MigrateTo migrates by the steps of a test.
func (s *Store) MigrateTo(target int, step func(from int) func(*Tx) error) error {
	return s.migrateTo(context.Background(), target, step)
}

// Waits reports whether there is work for Index.
func (s *Store) Waits() bool { return s.waits.Load() }

// Version is the schema version.
func (t *Tx) Version() (int, error) { return t.version() }

// Step is the step from a schema version to the next.
func Step(from int) func(*Tx) error { return step(from) }

// Bolt is the transaction behind it.
func (t *Tx) Bolt() *bbolt.Tx { return t.tx }

// Create is Store.Create in a transaction under way.
func (t *Tx) Create(w storage.Write) (interview.Revision, error) { return t.create(w) }

// Crash ends the window as a crash does: the system gives up its lock, and nothing else is done.
func (s *Store) Crash() error {
	defer func() { s.window = window{} }()
	return s.window.file.Close()
}

// CloseWindow ends the window.
func (s *Store) CloseWindow() { s.window.close() }

// On makes the store one of a process on another machine.
func (s *Store) On(m files.Machine) {
	s.once.Do(func() {})
	s.machine = m
	s.device.Store(0)
}
