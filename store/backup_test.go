package store_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"hark/internal/interview"
	"hark/internal/storage"
	"hark/store"
	"hark/store/check"
	"hark/store/codec"
	"hark/store/internal/files"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

func TestDailyBackups(t *testing.T) {
	path := filepath.Join(t.TempDir(), "hark.db")
	ids := talk(t, path, 1, 1)
	other := filepath.Join(filepath.Dir(path), files.Backups, "hark-work-2020-01-01.db")
	day := time.Date(2026, 11, 20, 23, 0, 0, 0, time.UTC)
	for n := range 9 {
		s := open(t, path)
		s.BackUpDaily(func() time.Time { return day.AddDate(0, 0, n) })
		for i := range 2 {
			if err := s.SetDraft(context.Background(), ids[0], fmt.Sprint(n, i)); err != nil {
				t.Fatal(err)
			}
		}
		s.Finish()
		if n == 0 { // of another notebook in the same folder
			if err := os.WriteFile(other, []byte("x"), 0o600); err != nil {
				t.Fatal(err)
			}
		}
	}
	got := filesIn(t, path, files.Backups)
	if len(got) != 8 || filepath.Base(got[0]) != "hark-2026-11-22.db" || filepath.Base(got[6]) != "hark-2026-11-28.db" || got[7] != other {
		t.Errorf("there are %q", got)
	}
	if saidIn(t, got[0]) != 1 {
		t.Errorf("%s does not hold what was said", got[0])
	}
}

// Whatever the clock says, the backup that was made just now stays, and so do the six that were made
// before it.
func TestDailyBackupsByAWrongClock(t *testing.T) {
	ctx := context.Background()
	right := time.Date(2026, 11, 20, 9, 0, 0, 0, time.UTC)
	row := func(n int, day func(n int) time.Time) (all []time.Time) {
		for i := range n {
			all = append(all, day(i))
		}
		return all
	}
	days := func(from time.Time) func(int) time.Time {
		return func(n int) time.Time { return from.AddDate(0, 0, n) }
	}
	for name, tt := range map[string]struct {
		clock []time.Time
		after map[int]func(t *testing.T, path string) // done after so many backups
	}{
		"right":                 {row(12, days(right)), nil},
		"a week ahead at first": {append(row(3, days(right.AddDate(0, 0, 7))), row(14, days(right))...), nil},
		"a week ahead once":     {append(append(row(8, days(right)), right.AddDate(0, 0, 15)), row(12, days(right.AddDate(0, 0, 8)))...), nil},
		"1970 at first":         {append(row(3, days(time.Unix(0, 0).UTC())), row(9, days(right))...), nil},
		"1970 from then on":     {append(row(9, days(right)), row(9, days(time.Unix(0, 0).UTC()))...), nil},
		"back and forth": {row(20, func(n int) time.Time {
			return right.AddDate(0, 0, n+n%2*40)
		}), nil},
		"running backwards": {row(12, func(n int) time.Time { return right.AddDate(0, 0, -n) }), nil},
		"far ahead":         {append(row(9, days(right.AddDate(7000, 0, 0))), row(9, days(right))...), nil},
		"right, and everything was rewritten": {row(12, days(right)), map[int]func(t *testing.T, path string){5: func(t *testing.T, path string) {
			begin(t, open(t, path), 50, 1)
			if _, err := maintainer(path).Erase(ctx, []interview.ID{interviewID(50)}, true); err != nil {
				t.Fatal(err)
			}
		}}},
		"right, and an older one was restored": {row(20, days(right)), map[int]func(t *testing.T, path string){9: func(t *testing.T, path string) {
			if _, err := maintainer(path).Restore(ctx, filesIn(t, path, files.Backups)[0]); err != nil {
				t.Fatal(err)
			}
		}}},
	} {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "hark.db")
			begin(t, open(t, path), 0, 1)
			made := map[string]int{} // by name: when, and how much it holds
			for n, now := range tt.clock {
				s := open(t, path)
				s.BackUpDaily(func() time.Time { return now })
				given(t, s, fmt.Sprint("line ", n))
				s.Finish()
				file := filepath.Join(filepath.Dir(path), files.Backups, "hark-"+now.Format(files.DayLayout)+".db")
				if got, want := saidIn(t, put(t, bytesOf(t, file))), saidIn(t, path); got != want {
					t.Fatalf("on day %d, %s: %d lines, want %d", n, now.Format(files.DayLayout), got, want)
				}
				made[filepath.Base(file)] = n
				if do := tt.after[n]; do != nil {
					do(t, path)
				}
			}
			kept := filesIn(t, path, files.Backups)
			if want := min(len(made), 7); len(kept) != want {
				t.Fatalf("%d are kept, want %d: %q", len(kept), want, kept)
			}
			for _, file := range kept {
				later := 0
				for _, n := range made {
					if n > made[filepath.Base(file)] {
						later++
					}
				}
				if later >= 7 {
					t.Errorf("%s is kept, and of the %d made after it some are not", filepath.Base(file), later)
				}
			}
			c, err := maintainer(path).Check(ctx)
			if err != nil || !strings.Contains(strings.Join(c.Notes, "\n"), "the newest is hark-"+tt.clock[len(tt.clock)-1].Format(files.DayLayout)) {
				t.Errorf("it says %q, %v", c.Notes, err)
			}
			s := open(t, path)
			s.BackUpDaily(func() time.Time { return tt.clock[len(tt.clock)-1] })
			given(t, s, "later that day")
			s.Finish()
			if again := filesIn(t, path, files.Backups); len(again) != len(kept) {
				t.Errorf("later that day there are %q", again)
			}
		})
	}
}

// A backup that cannot be made fails no write.
func TestDailyBackupFails(t *testing.T) {
	path := filepath.Join(t.TempDir(), "hark.db")
	ids := talk(t, path, 1, 1)
	if err := os.WriteFile(filepath.Join(filepath.Dir(path), files.Backups), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	s := open(t, path)
	s.BackUpDaily(time.Now)
	if err := s.SetDraft(context.Background(), ids[0], "x"); err != nil {
		t.Error(err)
	}
	s.Finish()
}

// The same damage is copied once, another one once more, and neither over the other.
func TestQuarantine(t *testing.T) {
	path := filepath.Join(t.TempDir(), "hark.db")
	talk(t, path, 1, 20)
	sound := bytesOf(t, path)
	var damaged [][]byte
	for n := range 2 {
		broken := bytes.Clone(sound)
		clear(broken[2*check.PageSize : (4+n)*check.PageSize])
		damaged = append(damaged, broken)
		for range 3 {
			if err := os.WriteFile(path, broken, 0o600); err != nil {
				t.Fatal(err)
			}
			_, err := store.Open(path)
			if !errors.Is(err, storage.ErrDamaged) || !strings.Contains(err.Error(), files.Quarantine) || !strings.Contains(err.Error(), "hark doctor") {
				t.Fatalf("error = %v, want ErrDamaged with what to do", err)
			}
		}
	}
	copies := filesIn(t, path, files.Quarantine)
	if len(copies) != 2 {
		t.Fatalf("there are %q", copies)
	}
	for _, broken := range damaged {
		if !bytes.Equal(broken, bytesOf(t, copies[0])) && !bytes.Equal(broken, bytesOf(t, copies[1])) {
			t.Error("a damaged notebook was not kept")
		}
	}
	if info, err := os.Stat(filepath.Dir(copies[0])); err != nil || info.Mode().Perm() != files.FolderMode {
		t.Errorf("the folder has mode %v, %v", info.Mode(), err)
	}
}

// A file that never was a notebook is nobody's to copy.
func TestNoQuarantine(t *testing.T) {
	path := put(t, []byte(strings.Repeat("What is getting in your way?\n", 500)))
	if _, err := store.Open(path); !errors.Is(err, storage.ErrDamaged) {
		t.Fatal(err)
	}
	if got := filesIn(t, path, files.Quarantine); len(got) > 0 {
		t.Errorf("there are %q", got)
	}
}

// A link in the place of a folder of hark's own leads nowhere.
func TestLinkedFolders(t *testing.T) {
	path, elsewhere := filepath.Join(t.TempDir(), "hark.db"), t.TempDir()
	talk(t, path, 1, 3)
	for _, name := range []string{files.Backups, files.Quarantine} {
		if err := os.Symlink(elsewhere, filepath.Join(filepath.Dir(path), name)); err != nil {
			t.Skipf("no links here: %v", err)
		}
	}
	s := open(t, path)
	if err := s.BackupDay(context.Background(), time.Now()); !errors.Is(err, storage.ErrUnwritable) {
		t.Errorf("backing up: error = %v, want ErrUnwritable", err)
	}
	if _, err := s.Quarantine(context.Background()); !errors.Is(err, storage.ErrUnwritable) {
		t.Errorf("copying: error = %v, want ErrUnwritable", err)
	}
	if got, _ := filepath.Glob(filepath.Join(elsewhere, "*")); len(got) > 0 {
		t.Errorf("through the link came %q", got)
	}
}

// Before the layout changes there is a backup, which holds what the notebook held. Without one, and
// when a step fails, nothing changes.
func TestMigration(t *testing.T) {
	steps := func(do func(*store.Tx) error) func(int) func(*store.Tx) error {
		return func(int) func(*store.Tx) error { return do }
	}
	mark := func(tx *store.Tx) error { return tx.Meta.Put([]byte("stepped"), []byte("yes")) }
	fail := func(tx *store.Tx) error { return errors.Join(mark(tx), errors.New("a step failed")) }
	tests := []struct {
		name string
		do   func(*store.Tx) error
		link bool // where the backup should go
		ok   bool
	}{
		{"all is well", mark, false, true},
		{"a step fails", fail, false, false},
		{"no place for a backup", mark, true, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "hark.db")
			talk(t, path, 1, 2)
			s, before := open(t, path), bytesOf(t, path)
			if tt.link {
				if err := os.Symlink(t.TempDir(), filepath.Join(filepath.Dir(path), files.Backups)); err != nil {
					t.Skipf("no links here: %v", err)
				}
			}
			err := s.MigrateTo(codec.SchemaVersion+1, steps(tt.do))
			if (err == nil) != tt.ok {
				t.Fatalf("error = %v", err)
			}
			if !tt.ok {
				if !bytes.Equal(before, bytesOf(t, path)) {
					t.Error("the notebook was changed")
				}
				return
			}
			if _, err := store.Open(path); !errors.Is(err, interview.ErrNewer) {
				t.Errorf("afterwards: error = %v, want ErrNewer", err)
			}
			got := filesIn(t, path, files.Backups)
			if len(got) != 1 || !strings.HasPrefix(filepath.Base(got[0]), fmt.Sprintf("hark-layout-%d-", codec.SchemaVersion)) || saidIn(t, got[0]) != 2 {
				t.Errorf("there are %q", got)
			}
			in, err := files.MakeSibling(path, files.Backups)
			if err != nil {
				t.Fatal(err)
			}
			defer in.Close()
			if days, err := in.Days(path); err != nil || len(days) != 0 {
				t.Errorf("it counts as a daily one: %v, %v", days, err)
			}
		})
	}
}
