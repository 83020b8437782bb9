//go:build unix

package store_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"go.etcd.io/bbolt"

	"hark/internal/document"
	"hark/internal/interview"
	"hark/internal/storage"
	"hark/store"
	"hark/store/check"
	"hark/store/codec"
	"hark/store/internal/files"
)

// repaired is what a process reports that found a damaged notebook.
type repaired struct {
	Opening  string // what Open said
	Checkup  storage.Checkup
	Mended   storage.Remedy
	Trouble  string // what went wrong with mending
	Verified string // what is wrong with the mended notebook
}

// mend opens a damaged notebook, has it checked, and mends it in the given way ("" is the best
// one); all that within 4 GB, for bbolt can ask for far more when it trusts the wrong page.
func mend(path, way string) error {
	const most = 4 << 30
	if err := syscall.Setrlimit(syscall.RLIMIT_AS, &syscall.Rlimit{Cur: most, Max: most}); err != nil {
		return err
	}
	ctx := context.Background()
	var r repaired
	said := func(err error) string {
		if err == nil {
			return ""
		}
		if !errors.Is(err, storage.ErrDamaged) {
			return "of the wrong sort: " + err.Error()
		}
		return err.Error()
	}
	s, err := store.Open(path)
	if err == nil {
		err = s.Verify(ctx)
	}
	r.Opening = said(err)
	k := maintainer(path)
	if r.Checkup, err = k.Check(ctx); err != nil {
		return err
	}
	if way == "" && len(r.Checkup.Remedies) > 0 {
		way = string(r.Checkup.Remedies[0].Way)
	}
	if way != "" {
		r.Mended, err = k.Mend(ctx, storage.Way(way))
		r.Trouble = said(err)
		if err == nil {
			s, err := store.Open(path)
			if err == nil {
				err = s.Verify(ctx)
			}
			r.Verified = said(err)
		}
	}
	return json.NewEncoder(os.Stdout).Encode(r)
}

// inProcess has a damaged notebook repaired in a process of its own.
func inProcess(t *testing.T, path, way string) repaired {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	cmd := exec.CommandContext(ctx, os.Args[0])
	cmd.Env = append(os.Environ(), childEnv+"="+strings.Join([]string{"repair", path, "0", "", way}, "\n"))
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%v\n%s", err, stderr.String())
	}
	var r repaired
	if err := json.Unmarshal(out, &r); err != nil {
		t.Fatalf("%v in %s", err, out)
	}
	return r
}

// TestRepairs damages a notebook in one way after the other. Opening it reports the damage, the
// damaged file is kept to the last byte, and the best remedy brings back what it says.
func TestRepairs(t *testing.T) {
	const interviews, lines = 3, 12
	base := filepath.Join(t.TempDir(), "hark.db")
	ids := talk(t, base, interviews, lines)
	older := bytesOf(t, base)
	for n := range 4 {
		if err := open(t, base).SetDraft(context.Background(), ids[0], fmt.Sprintf("half a sen %d", n)); err != nil {
			t.Fatal(err)
		}
	}
	sound := bytesOf(t, base)
	meta := metaOf(sound)
	record, at := leafWith(t, sound, codec.Interviews, word(1, 5)+" and")
	first := record // of the pages with lines
	for line := range interviews * lines {
		page, _ := leafWith(t, sound, codec.Interviews, word(line/lines, line%lines)+" and")
		first = min(first, page)
	}
	tests := []struct {
		name string
		do   func(file []byte) []byte
		way  string
		// What must come back: lines, and whether it is said that nothing is missing.
		lines int
		whole bool
	}{
		{"a byte in a leaf", func(f []byte) []byte { f[record*check.PageSize+at] ^= 4; return f }, "", interviews * lines, true},
		{"a leaf of zeros", func(f []byte) []byte { clear(f[record*check.PageSize : (record+1)*check.PageSize]); return f }, "", interviews * lines, true},
		{"a leaf's header", func(f []byte) []byte { copy(f[record*check.PageSize+8:], "\xff\xff\xff\xff\xff\xff\xff\xff"); return f }, "", interviews * lines, true},
		{"every page with a line", func(f []byte) []byte {
			for page := range len(f) / check.PageSize {
				if p := f[page*check.PageSize : (page+1)*check.PageSize]; bytes.Contains(p, []byte(word(1, 5)+" and")) {
					clear(p)
				}
			}
			return f
		}, "salvage", interviews * lines / 2, false},
		{"the list of buckets", func(f []byte) []byte { clear(f[meta.Root*check.PageSize : (meta.Root+1)*check.PageSize]); return f }, "", interviews * lines, false},
		{"the list of what is free", func(f []byte) []byte {
			clear(f[meta.Freelist*check.PageSize : (meta.Freelist+1)*check.PageSize])
			return f
		}, "", interviews * lines, true},
		{"the newest meta page", func(f []byte) []byte { f[meta.Page*check.PageSize+metaAt+20] ^= 1; return f }, "", interviews * lines, false},
		{"the newest meta page, going back", func(f []byte) []byte { f[meta.Page*check.PageSize+metaAt+20] ^= 1; return f }, "earlier", interviews * lines, false},
		{"an older page in place of the newest meta page", func(f []byte) []byte {
			copy(f[meta.Page*check.PageSize:(meta.Page+1)*check.PageSize], older[meta.Page*check.PageSize:])
			return f
		}, "earlier", interviews * lines, false},
		{"both meta pages", func(f []byte) []byte { clear(f[:2*check.PageSize]); return f }, "salvage", interviews * lines, false},
		{"cut short", func(f []byte) []byte { return f[:(first+1)*check.PageSize] }, "salvage", 1, false},
		{"cut short, a backup", func(f []byte) []byte { return f[:pagesOf(f)*check.PageSize/2] }, "backup", interviews * lines, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "hark.db")
			damaged := tt.do(bytes.Clone(sound))
			if bytes.Equal(damaged, sound) {
				t.Fatal("nothing was changed")
			}
			if err := os.WriteFile(path, sound, 0o600); err != nil {
				t.Fatal(err)
			}
			backUp(t, path)
			if err := os.WriteFile(path, damaged, 0o600); err != nil {
				t.Fatal(err)
			}
			if strings.Contains(tt.name, "newest meta page") { // else its clean mark would know which commit is missing
				_ = os.Remove(files.QueuePath(path))
			}
			r := inProcess(t, path, tt.way)
			if r.Opening == "" || strings.Contains(r.Opening, "wrong sort") || len(r.Checkup.Damage) == 0 || len(r.Checkup.Remedies) == 0 {
				t.Fatalf("the damage was not told: %+v", r)
			}
			if r.Trouble != "" || r.Verified != "" {
				t.Fatalf("mending: %s%s", r.Trouble, r.Verified)
			}
			kept := filesIn(t, path, files.Quarantine)
			if len(kept) != 1 || !bytes.Equal(damaged, bytesOf(t, kept[0])) || r.Mended.Previous != kept[0] {
				t.Errorf("the damaged file was not kept: %q, and it says %s", kept, r.Mended.Previous)
			}
			if got := saidIn(t, path); got < tt.lines || got > interviews*lines {
				t.Errorf("%d lines, want %d", got, tt.lines)
			}
			if whole := len(r.Mended.Missing) == 0; whole != tt.whole {
				t.Errorf("what is missing: %q", r.Mended.Missing)
			}
			mergesWith(t, path, sound, ids)
			t.Logf("%d of %d lines; %q", saidIn(t, path), interviews*lines, r.Mended.Missing)
			if left, _ := filepath.Glob(filepath.Join(filepath.Dir(path), ".hark-*")); len(left) > 0 {
				t.Errorf("left behind: %q", left)
			}
			talk(t, path, 1, 1) // it can be written to
		})
	}
}

// mergesWith merges what a mended notebook has with what was there before: what was lost comes
// back, for it must not pass for replaced.
func mergesWith(t *testing.T, path string, sound []byte, ids []interview.ID) {
	t.Helper()
	mended, before := open(t, path), open(t, put(t, sound))
	for _, id := range ids {
		was, _, err := before.Read(context.Background(), id)
		if err != nil {
			t.Fatal(err)
		}
		now, _, err := mended.Read(context.Background(), id)
		if errors.Is(err, storage.ErrNotFound) {
			continue // comes as a whole
		}
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(was.Items(), document.Merge(now, was).Items()); diff != "" {
			t.Errorf("merged with what was there before (-before +merged):\n%s", diff)
		}
	}
}

// TestRepairVanished takes records away that bbolt does not miss.
func TestRepairVanished(t *testing.T) {
	for _, bucket := range []string{codec.Interviews, codec.Log, codec.Summary, codec.Text, codec.Drafts} {
		t.Run(bucket, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "hark.db")
			talk(t, path, 2, 6)
			tamper(t, path, func(tx *bbolt.Tx) error {
				b := tx.Bucket([]byte(bucket))
				k, _ := b.Cursor().Last()
				return b.Delete(k)
			})
			r := inProcess(t, path, "")
			if r.Opening == "" || r.Trouble != "" || r.Verified != "" {
				t.Fatalf("%+v", r)
			}
			if got := saidIn(t, path); got != 12 {
				t.Errorf("%d lines, want 12; it says %q", got, r.Mended.Missing)
			}
			if bucket != codec.Drafts && bucket != codec.Log && len(r.Mended.Missing) > 0 {
				t.Errorf("what is missing: %q", r.Mended.Missing)
			}
		})
	}
}

// TestMendNothing refuses to mend what never was a notebook.
func TestMendNothing(t *testing.T) {
	path := put(t, []byte(strings.Repeat("notes\n", 4000)))
	c, err := maintainer(path).Check(context.Background())
	if !errors.Is(err, storage.ErrDamaged) || len(c.Remedies) != 0 || c.Previous != "" {
		t.Errorf("%+v, %v", c, err)
	}
	if _, err := maintainer(path).Mend(context.Background(), storage.WaySalvage); !errors.Is(err, storage.ErrDamaged) {
		t.Errorf("error = %v, want ErrDamaged", err)
	}
}
