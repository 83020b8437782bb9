package store_test

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"go.etcd.io/bbolt"

	"hark/internal/interview"
	"hark/internal/storage"
	"hark/store"
	"hark/store/check"
	"hark/store/codec"
	"hark/store/internal/files"
)

func TestOpenMakesFolders(t *testing.T) {
	path := filepath.Join(t.TempDir(), "share", "hark", "hark.db")
	s := open(t, path)
	if s.Path() != path {
		t.Errorf("Path() = %s, want %s", s.Path(), path)
	}
	begin(t, s, 1, 2)
	if diff := compare(mustVerify(t, s), mustVerify(t, open(t, path))); diff != "" {
		t.Errorf("opened again (-first +second):\n%s", diff)
	}
	names, err := filepath.Glob(filepath.Join(filepath.Dir(path), "*"))
	if diff := compare([]string{filepath.Join(filepath.Dir(path), "hark.db"), filepath.Join(filepath.Dir(path), "hark.lock")}, names); err != nil || diff != "" {
		t.Errorf("what lies in the folder (-want +got):\n%s", diff)
	}
}

// A Store means the file that it was opened with, wherever the program goes.
func TestRelativePath(t *testing.T) {
	t.Chdir(t.TempDir())
	s := open(t, "hark.db")
	begin(t, s, 1, 1)
	t.Chdir(t.TempDir())
	mustVerify(t, s)
	if !filepath.IsAbs(s.Path()) {
		t.Errorf("Path() = %s, want an absolute path", s.Path())
	}
}

func TestQueues(t *testing.T) {
	queues := map[string]string{}
	for path, want := range map[string]string{
		"/n/hark.db": "/n/hark.lock", "/n/sample.db": "/n/sample.lock", "/n/hark": "/n/hark.lock", "/n/hark.bolt": "/n/hark.bolt.lock",
		"/n/hark.lock": "/n/hark.lock.lock",
	} {
		if got := files.QueuePath(path); got != want {
			t.Errorf("files.QueuePath(%s) = %s, want %s", path, got, want)
		}
		queues[path] = want
	}
	for path := range queues {
		for _, queue := range queues {
			if path == queue && path != "/n/hark.lock" {
				t.Errorf("%s is a notebook and a queue", path)
			}
		}
	}
}

func TestTwoNotebooksInOneFolder(t *testing.T) {
	dir := t.TempDir()
	a, b := open(t, filepath.Join(dir, "a.db")), open(t, filepath.Join(dir, "b.db"))
	begin(t, a, 1, 1)
	begin(t, b, 2, 1)
	err := a.Summaries(context.Background(), func(interview.Summary) bool {
		_, err := add(b, 2, writer(0), lineID(2, 0), "beside") // a reader of one does not hold up writers of the other
		if err != nil {
			t.Error(err)
		}
		return true
	})
	if err != nil {
		t.Error(err)
	}
	mustVerify(t, a)
	mustVerify(t, b)
}

func TestOpenTogether(t *testing.T) {
	for range 20 {
		path := filepath.Join(t.TempDir(), "new", "hark.db")
		var all sync.WaitGroup
		for n := range 4 {
			all.Go(func() {
				s, err := store.Open(path)
				if err != nil {
					t.Error(err)
					return
				}
				begin(t, s, n, 1)
			})
		}
		all.Wait()
		if c := mustVerify(t, open(t, path)); len(c.Documents) != 4 {
			t.Errorf("%d interviews, want 4", len(c.Documents))
		}
	}
}

// An empty file is a notebook still to be made, as mktemp and touch leave it.
func TestEmptyFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "hark.db")
	for _, name := range []string{path, path + ".new"} { // and half of one left by a creation cut short
		if err := os.WriteFile(name, nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	s := open(t, path)
	begin(t, s, 1, 1)
	mustVerify(t, s)
}

func TestRefusedPaths(t *testing.T) {
	dir := t.TempDir()
	put := func(name string) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte("x"), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	file := put("file")
	real := open(t, filepath.Join(dir, "real.db")).Path()
	link, dangling := filepath.Join(dir, "link.db"), filepath.Join(dir, "dangling.db")
	for from, to := range map[string]string{link: real, dangling: filepath.Join(dir, "nowhere.db")} {
		if err := os.Symlink(to, from); err != nil {
			t.Skipf("no links here: %v", err)
		}
	}
	if err := os.Mkdir(filepath.Join(dir, "queue.lock"), 0o700); err != nil {
		t.Fatal(err)
	}
	tests := []struct{ name, path, says string }{
		{"a folder", dir, "is a folder"},
		{"a link", link, "is a link"},
		{"a link to nothing", dangling, "is a link"},
		{"below a file", filepath.Join(file, "hark.db"), "cannot be opened"},
		{"far below a file", filepath.Join(file, "folder", "hark.db"), "cannot be opened"},
		{"a folder in place of the queue", filepath.Join(dir, "queue.db"), "lock file"},
		{"a zero byte in the name", filepath.Join(dir, "a\x00b"), "cannot be opened"},
		{"a name that would act on a terminal", filepath.Join(file, "\x1b[2J.db"), "cannot be opened"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := store.Open(tt.path)
			if !errors.Is(err, storage.ErrUnwritable) || errors.Is(err, storage.ErrDamaged) {
				t.Fatalf("error = %v, want ErrUnwritable", err)
			}
			if said := err.Error(); !strings.Contains(said, tt.says) || strings.ContainsAny(said, "\x1b\n") || strings.Count(said, storage.ErrUnwritable.Error()) != 1 {
				t.Errorf("it says %q, want one line with %q", said, tt.says)
			}
		})
	}
	if _, err := os.Lstat(filepath.Join(dir, "nowhere.db")); err == nil {
		t.Error("a notebook was made through a link")
	}
}

// What is not a notebook is refused, and stays as it is to the last byte.
func TestNotANotebook(t *testing.T) {
	path := filepath.Join(t.TempDir(), "hark.db")
	s := open(t, path)
	begin(t, s, 1, 30)
	sound := bytesOf(t, path)
	garbage := make([]byte, 40_000)
	for i, r := 0, rand.New(rand.NewPCG(1, 2)); i < len(garbage); i++ {
		garbage[i] = byte(r.Uint32())
	}
	both := bytes.Clone(sound)
	both[metaCommit] ^= 1
	both[check.PageSize+metaCommit] ^= 1
	tests := map[string][]byte{
		"one byte":            {'x'},
		"text":                []byte(strings.Repeat("What is getting in your way?\n", 500)),
		"random bytes":        garbage,
		"zeros":               make([]byte, 4*check.PageSize),
		"a foreign bbolt":     foreign(t, 4096, "other"),
		"an empty bbolt":      foreign(t, 4096, ""),
		"other pages":         foreign(t, 16384, codec.Meta),
		"both metas bad":      both,
		"cut to one page":     sound[:check.PageSize],
		"cut to two pages":    sound[:2*check.PageSize],
		"cut by a page":       sound[:pagesOf(sound)*check.PageSize-check.PageSize],
		"cut by a byte":       sound[:pagesOf(sound)*check.PageSize-1],
		"first pages missing": sound[2*check.PageSize:],
	}
	for name, file := range tests {
		t.Run(name, func(t *testing.T) {
			if err := os.WriteFile(path, file, 0o600); err != nil {
				t.Fatal(err)
			}
			_, openErr := store.Open(path)
			_, changeErr := add(s, 1, writer(0), lineID(1, 0), "x")
			for _, err := range []error{openErr, changeErr, s.Verify(context.Background())} {
				if !errors.Is(err, storage.ErrDamaged) {
					t.Errorf("error = %v, want ErrDamaged", err)
				}
			}
			if !bytes.Equal(file, bytesOf(t, path)) {
				t.Error("the file was changed")
			}
			if _, err := os.Lstat(path + ".new"); err == nil {
				t.Error("another one was made beside it")
			}
		})
	}
}

// foreign returns a bbolt file that hark did not make, with one bucket.
func foreign(t *testing.T, pageSize int, bucket string) []byte {
	t.Helper()
	path := filepath.Join(t.TempDir(), "foreign")
	db, err := bbolt.Open(path, 0o600, &bbolt.Options{PageSize: pageSize})
	if err != nil {
		t.Fatal(err)
	}
	err = db.Update(func(tx *bbolt.Tx) error {
		if bucket == "" {
			return nil
		}
		_, err := tx.CreateBucket([]byte(bucket))
		return err
	})
	if err := errors.Join(err, db.Close()); err != nil {
		t.Fatal(err)
	}
	return bytesOf(t, path)
}

func TestNewerSchema(t *testing.T) {
	s := fresh(t)
	begin(t, s, 1, 1)
	err := s.Update(context.Background(), func(tx *store.Tx) error {
		return tx.Meta.Put([]byte(codec.KeySchema), binary.AppendUvarint(nil, codec.SchemaVersion+1))
	})
	if err != nil {
		t.Fatal(err)
	}
	before := bytesOf(t, s.Path())
	_, openErr := store.Open(s.Path())
	_, changeErr := add(s, 1, writer(0), lineID(1, 0), "x")
	_, _, readErr := s.Read(context.Background(), interviewID(1))
	for _, err := range []error{openErr, changeErr, readErr} {
		if !errors.Is(err, interview.ErrNewer) {
			t.Errorf("error = %v, want ErrNewer", err)
		}
	}
	if !bytes.Equal(before, bytesOf(t, s.Path())) {
		t.Error("the file was changed")
	}
}

// There is a step from every version to the next, so that no notebook is stuck.
func TestStepsAreWhole(t *testing.T) {
	for v := range codec.SchemaVersion {
		if store.Step(v) == nil {
			t.Errorf("there is no step from version %d", v)
		}
	}
	if store.Step(codec.SchemaVersion) != nil {
		t.Error("there is a step beyond today's version")
	}
}

// A notebook that vanishes while it is in use does not come back empty.
func TestVanished(t *testing.T) {
	s := fresh(t)
	begin(t, s, 1, 1)
	if err := os.Remove(s.Path()); err != nil {
		t.Fatal(err)
	}
	_, err := add(s, 1, writer(0), lineID(1, 0), "x")
	if !errors.Is(err, storage.ErrUnwritable) {
		t.Errorf("error = %v, want ErrUnwritable", err)
	}
	if _, err := os.Lstat(s.Path()); err == nil {
		t.Error("it came back")
	}
	open(t, s.Path())
	if _, _, err := s.Read(context.Background(), interviewID(1)); !errors.Is(err, storage.ErrReplaced) {
		t.Errorf("in a new one: error = %v, want ErrReplaced", err)
	}
}
