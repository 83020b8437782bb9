package store_test

import (
	"bytes"
	"context"
	"errors"
	"hark/internal/storage"
	"hark/store"
	"hark/store/check"
	"hark/store/internal/files"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// A notebook whose file was emptied is not taken for one that is still to be made: its clean mark
// knows better.
func TestNothingIsLeft(t *testing.T) {
	ctx := context.Background()
	tests := []struct {
		name   string
		left   []byte
		backup bool
		way    storage.Way
		lines  int // that come back
	}{
		{"cut to 0 bytes, a backup", nil, true, storage.WayBackup, 6},
		{"cut to 0 bytes, begun anew in spite of a backup", nil, true, storage.WayEmpty, 0},
		{"cut to 0 bytes, no backup", nil, false, storage.WayEmpty, 0},
		{"zeros, a backup", make([]byte, 5*check.PageSize), true, storage.WayBackup, 6},
		{"zeros, no backup", make([]byte, 5*check.PageSize), false, storage.WayEmpty, 0},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "hark.db")
			talk(t, path, 2, 3)
			running := open(t, path)
			if tt.backup {
				backUp(t, path)
			}
			if err := os.WriteFile(path, tt.left, 0o600); err != nil {
				t.Fatal(err)
			}
			_, openErr := store.Open(path)
			_, readErr := running.Latest(ctx)
			for _, err := range []error{openErr, readErr} {
				if !errors.Is(err, storage.ErrDamaged) || len(tt.left) == 0 && !strings.Contains(err.Error(), "`hark doctor`") {
					t.Errorf("error = %v, want ErrDamaged, and what to do", err)
				}
			}
			if !bytes.Equal(bytesOf(t, path), tt.left) {
				t.Fatal("it was written to")
			}

			c, err := maintainer(path).Check(ctx)
			var ways []storage.Way
			for _, r := range c.Remedies {
				ways = append(ways, r.Way)
			}
			want := []storage.Way{storage.WayBackup, storage.WayEmpty}
			if !tt.backup {
				want = want[1:]
			}
			if err != nil || len(c.Damage) != 1 || !slices.Equal(ways, want) || len(filesIn(t, path, files.Quarantine)) > 0 {
				t.Fatalf("%+v, %v; want the ways %q", c, err, want)
			}
			if said := c.Damage[0]; len(tt.left) == 0 && !strings.HasSuffix(said, "has lost what it held") {
				t.Errorf("it says %q", said)
			}
			if _, err := maintainer(path).Mend(ctx, storage.WaySalvage); !errors.Is(err, storage.ErrDamaged) {
				t.Errorf("salvaging it: error = %v, want ErrDamaged", err)
			}
			r, err := maintainer(path).Mend(ctx, tt.way)
			if err != nil || len(r.Missing) == 0 {
				t.Fatalf("%+v, %v", r, err)
			}
			if r.Previous == "" && len(tt.left) > 0 || r.Previous != "" && !bytes.Equal(bytesOf(t, r.Previous), tt.left) {
				t.Errorf("what was there is not kept in %q", r.Previous)
			}
			if got := saidIn(t, path); got != tt.lines {
				t.Errorf("%d lines, want %d", got, tt.lines)
			}
			_, err = running.Latest(ctx)
			if all := tt.way == storage.WayBackup; all && err != nil || !all && !errors.Is(err, storage.ErrReplaced) {
				t.Errorf("who had it open: error = %v, want ErrReplaced unless all came back", err)
			}
			talk(t, path, 1, 1)
		})
	}
}

// A backup can be restored over a notebook of which nothing is left.
func TestRestoreWhenNothingIsLeft(t *testing.T) {
	path, file := filepath.Join(t.TempDir(), "hark.db"), filepath.Join(t.TempDir(), "copy.db")
	talk(t, path, 2, 3)
	if _, err := maintainer(path).Backup(context.Background(), file, false); err != nil {
		t.Fatal(err)
	}
	if err := os.Truncate(path, 0); err != nil {
		t.Fatal(err)
	}
	if c, err := maintainer(path).Restore(context.Background(), file); err != nil || c.Previous != "" {
		t.Fatalf("%+v, %v", c, err)
	}
	if got := saidIn(t, path); got != 6 {
		t.Errorf("%d lines, want 6", got)
	}
}

// Ways that are for a notebook of which nothing is left take none away of which something is.
func TestEmptyIsNoWayOut(t *testing.T) {
	path := filepath.Join(t.TempDir(), "hark.db")
	talk(t, path, 1, 3)
	file := bytesOf(t, path)
	clear(file[3*check.PageSize:])
	if err := os.WriteFile(path, file, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := maintainer(path).Mend(context.Background(), storage.WayEmpty); err == nil {
		t.Error("it was replaced by an empty one")
	}
	if !bytes.Equal(file, bytesOf(t, path)) {
		t.Error("it was changed")
	}
}
