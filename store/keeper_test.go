package store

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"go.etcd.io/bbolt"

	"hark/internal/document"
	"hark/internal/interview"
	"hark/internal/notebook"
	"hark/internal/storage"
	"hark/store/internal/files"
)

// talk writes interviews with so many lines each into a notebook, as hark does,
// and returns their IDs. Every line has a word of its own, word0x1 for line 1 of
// interview 0. IDs are drawn from a seed, another one for each call on a notebook.
// They are not all that decides which page a record is on: bbolt writes buckets in
// the order of a map, so no test may count on a page by its number.
func talk(t testing.TB, path string, interviews, lines int) []interview.ID {
	t.Helper()
	ctx := context.Background()
	s := open(t, path)
	latest, err := s.Latest(ctx)
	if err != nil {
		t.Fatal(err)
	}
	random := rand.NewChaCha8([32]byte(fmt.Appendf(nil, "%032d", latest)))
	book, err := notebook.New(notebook.Options{Store: s, Now: time.Now, Random: random, Author: "Mia"})
	if err != nil {
		t.Fatal(err)
	}
	var ids []interview.ID
	for n := range interviews {
		begun, err := book.Begin(ctx, interview.Beginning{Customer: fmt.Sprintf("Harbour Welding %d", n)})
		if err != nil {
			t.Fatal(err)
		}
		ids = append(ids, begun.ID)
		for i := range lines {
			if _, err := book.Apply(ctx, begun.ID, interview.Add{Kind: interview.Quote, Text: word(n, i) + strings.Repeat(" and more", 20)}, notebook.Live); err != nil {
				t.Fatal(err)
			}
		}
	}
	if err := book.SetDraft(ctx, ids[0], "half a sen"); err != nil {
		t.Fatal(err)
	}
	s.window.close()
	return ids
}

func word(n, line int) string { return fmt.Sprintf("word%dx%d", n, line) }

// saidIn returns how many lines of talk are in a notebook, which must be sound.
func saidIn(t testing.TB, path string) int {
	t.Helper()
	s := open(t, path)
	if err := s.Verify(context.Background()); err != nil {
		t.Fatalf("the notebook is not sound: %v", err)
	}
	lines := 0
	for _, d := range mustRead(t, s).Documents {
		for _, it := range d.Items {
			if bytes.Contains(it.Latest().Body, []byte("word")) {
				lines++
			}
		}
	}
	return lines
}

func keeper(path string) *Maintainer { return NewMaintainer(path, time.Now) }

// filesIn lists the files below a folder beside a notebook.
func filesIn(t testing.TB, path, name string) []string {
	t.Helper()
	all, err := filepath.Glob(filepath.Join(filepath.Dir(path), name, "*"))
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func TestBackupAndRestore(t *testing.T) {
	ctx := context.Background()
	path := filepath.Join(t.TempDir(), "hark.db")
	talk(t, path, 2, 5)
	before := mustVerify(t, open(t, path))
	k, file := keeper(path), filepath.Join(t.TempDir(), "copy.db")
	c, err := k.Backup(ctx, file, false)
	if err != nil {
		t.Fatal(err)
	}
	if info, err := os.Stat(file); err != nil || info.Mode().Perm() != files.FileMode || info.Size() != c.Size || c.Interviews != 2 || c.Newest.IsZero() {
		t.Errorf("it tells of %+v, and there is %v, %v", c, info, err)
	}
	if _, err := k.Backup(ctx, file, false); !errors.Is(err, fs.ErrExist) {
		t.Errorf("over another file: error = %v, want fs.ErrExist", err)
	}
	if _, err := k.Backup(ctx, file, true); err != nil {
		t.Errorf("with force: %v", err)
	}
	if _, err := k.Backup(ctx, path, true); err == nil {
		t.Error("the notebook was written over")
	}

	running := open(t, path)
	talk(t, path, 1, 3)
	later := bytesOf(t, path)
	c, err = k.Restore(ctx, file)
	if err != nil {
		t.Fatal(err)
	}
	if diff := compare(before, mustVerify(t, open(t, path))); diff != "" {
		t.Errorf("what was restored (-before +now):\n%s", diff)
	}
	if !bytes.Equal(later, bytesOf(t, c.Previous)) || c.Interviews != 2 {
		t.Errorf("what was there before is not kept in %s", c.Previous)
	}
	// A hark that was running would draw the counters again that it has drawn.
	if err := running.SetDraft(ctx, before.Documents[0].ID, "x"); !errors.Is(err, storage.ErrUnwritable) {
		t.Errorf("writing as before: error = %v, want ErrUnwritable", err)
	}
	talk(t, path, 1, 1)
	if left, _ := filepath.Glob(filepath.Join(filepath.Dir(path), ".hark-*")); len(left) > 0 {
		t.Errorf("left behind: %q", left)
	}
}

// What cannot be restored leaves the notebook as it is.
func TestRestoreRefuses(t *testing.T) {
	path := filepath.Join(t.TempDir(), "hark.db")
	talk(t, path, 1, 2)
	sound := bytesOf(t, path)
	torn := bytes.Clone(sound)
	clear(torn[3*pageSize : 5*pageSize])
	link := filepath.Join(t.TempDir(), "link.db")
	if err := os.Symlink(path, link); err != nil {
		t.Skipf("no links here: %v", err)
	}
	tests := map[string]string{
		"missing": filepath.Join(t.TempDir(), "none.db"), "a folder": t.TempDir(), "a link": link, "the notebook": path,
		"text": put(t, []byte("not a notebook")), "torn": put(t, torn), "cut short": put(t, sound[:pagesOf(sound)*pageSize-1]), "empty": put(t, nil),
	}
	for name, file := range tests {
		t.Run(name, func(t *testing.T) {
			if _, err := keeper(path).Restore(context.Background(), file); err == nil {
				t.Error("it was restored")
			}
			if !bytes.Equal(sound, bytesOf(t, path)) {
				t.Error("the notebook was changed")
			}
		})
	}
	if got := filesIn(t, path, ""); len(got) != 2 { // the notebook and its lock
		t.Errorf("left behind: %q", got)
	}
}

// put writes a file and returns its path.
func put(t testing.TB, content []byte) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "file.db")
	if err := os.WriteFile(path, content, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// There was no notebook: then a backup becomes one.
func TestRestoreAnew(t *testing.T) {
	from := filepath.Join(t.TempDir(), "hark.db")
	talk(t, from, 1, 2)
	path := filepath.Join(t.TempDir(), "new", "hark.db")
	if c, err := keeper(path).Restore(context.Background(), from); err != nil || c.Previous != "" {
		t.Fatalf("%+v, %v", c, err)
	}
	if got := saidIn(t, path); got != 2 {
		t.Errorf("%d lines, want 2", got)
	}
}

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

func TestErase(t *testing.T) {
	ctx := context.Background()
	path := filepath.Join(t.TempDir(), "hark.db")
	ids := talk(t, path, 3, 30)
	s := open(t, path)
	s.BackUpDaily(time.Now)
	if err := s.SetDraft(ctx, ids[0], "word0x0 in a draft"); err != nil {
		t.Fatal(err)
	}
	s.Finish()
	k := keeper(path)
	if _, err := k.Restore(ctx, filesIn(t, path, files.Backups)[0]); err != nil { // leaves a hark-until file
		t.Fatal(err)
	}
	broken := bytes.Clone(bytesOf(t, path))
	clear(broken[len(broken)-2*pageSize:])
	sound := bytesOf(t, path)
	if err := os.WriteFile(path, broken[:len(broken)/pageSize*pageSize/2], 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(path); !errors.Is(err, storage.ErrDamaged) { // leaves a copy in quarantine
		t.Fatal(err)
	}
	if err := os.WriteFile(path, sound, 0o600); err != nil {
		t.Fatal(err)
	}
	home := filepath.Dir(path)
	for _, folder := range []string{home, filepath.Join(home, files.Backups)} { // left by a crash a moment ago
		if err := os.WriteFile(filepath.Join(folder, files.NewName()), sound, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := k.Erase(ctx, []interview.ID{interviewID(9)}, true); !errors.Is(err, storage.ErrNotFound) {
		t.Errorf("of nobody: error = %v, want ErrNotFound", err)
	}

	done, err := k.Erase(ctx, ids[:1], false)
	if err != nil || done.Erased != 1 || len(done.Remaining) != 3 {
		t.Fatalf("%+v, %v; want three copies to remain", done, err)
	}
	if bytes.Contains(bytesOf(t, path), []byte("word0x")) || bytes.Contains(bytesOf(t, path), []byte("Welding 0")) {
		t.Error("the notebook still holds what was erased")
	}
	now := open(t, path)
	doc, _, err := now.Read(ctx, ids[0])
	if err != nil || !doc.Erased() || doc.Len() != 0 {
		t.Errorf("reading it: %v", err)
	}
	if got := saidIn(t, path); got != 60 {
		t.Errorf("%d lines of the others, want 60", got)
	}
	if _, err := keep(now, 0, writer(0), lineID(0, 0), "x"); err == nil {
		t.Error("it can be written to")
	}
	if found, err := now.Find(ctx, ids[0].String(), 1); err != nil || len(found) > 0 {
		t.Errorf("it is found: %v, %v", found, err)
	}

	done, err = k.Erase(ctx, ids[:1], true)
	if err != nil || len(done.Cleaned) != 2 || len(done.Removed) != 1 || len(done.Remaining) != 0 {
		t.Fatalf("%+v, %v; want two copies cleaned and one removed", done, err)
	}
	err = filepath.WalkDir(home, func(name string, e fs.DirEntry, err error) error {
		if err == nil && e.Type().IsRegular() && bytes.Contains(bytesOf(t, name), []byte("word0x")) {
			t.Errorf("%s still holds what was erased", name)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range done.Cleaned {
		if got := saidIn(t, file); got != 60 {
			t.Errorf("%s has %d lines of the others, want 60", file, got)
		}
	}
}

// Merging with a copy that still has it brings nothing back.
func TestErasedStaysErased(t *testing.T) {
	ctx := context.Background()
	path := filepath.Join(t.TempDir(), "hark.db")
	ids := talk(t, path, 1, 3)
	old, _, err := open(t, path).Read(ctx, ids[0])
	if err != nil {
		t.Fatal(err)
	}
	if _, err := keeper(path).Erase(ctx, ids, false); err != nil {
		t.Fatal(err)
	}
	now, _, err := open(t, path).Read(ctx, ids[0])
	if err != nil {
		t.Fatal(err)
	}
	if m := document.Merge(now, old); !m.Erased() || m.Len() != 0 {
		t.Error("it came back")
	}
}

// What waits in the journal may hold the words too.
func TestEraseWaitsForTheJournal(t *testing.T) {
	path := filepath.Join(t.TempDir(), "hark.db")
	ids := talk(t, path, 1, 1)
	if err := os.MkdirAll(journalFolder(path), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(journalFolder(path), "1.journal"), []byte("x"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := keeper(path).Erase(context.Background(), ids, true); !errors.Is(err, storage.ErrUnwritable) {
		t.Errorf("error = %v, want ErrUnwritable", err)
	}
}

// The same damage is copied once, another one once more, and neither over the
// other.
func TestQuarantine(t *testing.T) {
	path := filepath.Join(t.TempDir(), "hark.db")
	talk(t, path, 1, 20)
	sound := bytesOf(t, path)
	var damaged [][]byte
	for n := range 2 {
		broken := bytes.Clone(sound)
		clear(broken[2*pageSize : (4+n)*pageSize])
		damaged = append(damaged, broken)
		for range 3 {
			if err := os.WriteFile(path, broken, 0o600); err != nil {
				t.Fatal(err)
			}
			_, err := Open(path)
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
	if _, err := Open(path); !errors.Is(err, storage.ErrDamaged) {
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
	if err := s.backupDay(context.Background(), time.Now()); !errors.Is(err, storage.ErrUnwritable) {
		t.Errorf("backing up: error = %v, want ErrUnwritable", err)
	}
	if _, err := s.quarantine(context.Background()); !errors.Is(err, storage.ErrUnwritable) {
		t.Errorf("copying: error = %v, want ErrUnwritable", err)
	}
	if got, _ := filepath.Glob(filepath.Join(elsewhere, "*")); len(got) > 0 {
		t.Errorf("through the link came %q", got)
	}
}

// What lists and search know is made anew where it is not what the interviews
// say.
func TestCheckRefreshes(t *testing.T) {
	ctx := context.Background()
	path := filepath.Join(t.TempDir(), "hark.db")
	ids := talk(t, path, 2, 2)
	want := mustVerify(t, open(t, path))
	s := open(t, path)
	err := s.update(ctx, func(tx *transaction) error { return tx.text.put(ids[1][:], []byte("as an older hark made it\n")) })
	if err != nil {
		t.Fatal(err)
	}
	c, err := keeper(path).Check(ctx)
	if err != nil || len(c.Damage) > 0 || len(c.Mended) != 1 || !strings.Contains(c.Mended[0], "1 interview was") {
		t.Errorf("%+v, %v", c, err)
	}
	if diff := compare(want, mustVerify(t, s)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if c, err := keeper(path).Check(ctx); err != nil || len(c.Mended) > 0 || c.Interviews != 2 {
		t.Errorf("once more: %+v, %v", c, err)
	}
	if _, err := keeper(filepath.Join(t.TempDir(), "none.db")).Check(ctx); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("without a notebook: %v", err)
	}
}

func TestCheckMendsPermissions(t *testing.T) {
	path := filepath.Join(t.TempDir(), "hark.db")
	talk(t, path, 1, 1)
	s := open(t, path)
	if err := s.backupDay(context.Background(), time.Now()); err != nil {
		t.Fatal(err)
	}
	backup := filesIn(t, path, files.Backups)[0]
	if err := errors.Join(os.Chmod(path, 0o644), os.Chmod(filepath.Dir(backup), 0o755), os.Chmod(backup, 0o666)); err != nil {
		t.Fatal(err)
	}
	c, err := keeper(path).Check(context.Background())
	if err != nil || len(c.Mended) != 1 {
		t.Errorf("%+v, %v", c, err)
	}
	for name, want := range map[string]fs.FileMode{path: files.FileMode, backup: files.FileMode, filepath.Dir(backup): files.FolderMode} {
		if info, err := os.Stat(name); err != nil || info.Mode().Perm() != want {
			t.Errorf("%s has mode %v, want %v", name, info.Mode().Perm(), want)
		}
	}
}

// Before the layout changes there is a backup, which holds what the notebook
// held. Without one, and when a step fails, nothing changes.
func TestMigration(t *testing.T) {
	steps := func(do func(*transaction) error) func(int) func(*transaction) error {
		return func(int) func(*transaction) error { return do }
	}
	mark := func(tx *transaction) error { return tx.meta.put([]byte("stepped"), []byte("yes")) }
	fail := func(tx *transaction) error { return errors.Join(mark(tx), errors.New("a step failed")) }
	tests := []struct {
		name string
		do   func(*transaction) error
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
			err := s.migrateTo(schemaVersion+1, steps(tt.do))
			if (err == nil) != tt.ok {
				t.Fatalf("error = %v", err)
			}
			if !tt.ok {
				if !bytes.Equal(before, bytesOf(t, path)) {
					t.Error("the notebook was changed")
				}
				return
			}
			if _, err := Open(path); !errors.Is(err, interview.ErrNewer) {
				t.Errorf("afterwards: error = %v, want ErrNewer", err)
			}
			got := filesIn(t, path, files.Backups)
			if len(got) != 1 || !strings.HasPrefix(filepath.Base(got[0]), fmt.Sprintf("hark-layout-%d-", schemaVersion)) || saidIn(t, got[0]) != 2 {
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

// The stamp saves a look at every page as long as the file is as it was left.
func TestStamps(t *testing.T) {
	path := filepath.Join(t.TempDir(), "hark.db")
	talk(t, path, 1, 20)
	look := func() (vouched bool) {
		queue := opened(t, files.QueuePath(path))
		left := readStamp(queue)
		now, err := checkHead(opened(t, path), path, toRead, left)
		if err != nil {
			t.Fatal(err)
		}
		return now == left
	}
	if !look() {
		t.Error("a hark that finished well is not trusted")
	}
	tests := map[string]func() error{
		"written to": func() error { return os.WriteFile(path, bytesOf(t, path), 0o600) },
		"lengthened": func() error { return os.Truncate(path, int64(len(bytesOf(t, path))+pageSize)) },
		"by another bbolt": func() error {
			tamper(t, path, func(tx *bbolt.Tx) error { return tx.Bucket([]byte(bucketDrafts)).SetSequence(7) })
			return nil
		},
		"no stamp": func() error { return os.Truncate(files.QueuePath(path), 0) },
		"a torn stamp": func() error {
			return os.WriteFile(files.QueuePath(path), bytesOf(t, files.QueuePath(path))[:20], 0o600)
		},
		"another day": func() error {
			left := readStamp(opened(t, files.QueuePath(path)))
			left.walked--
			left.leave(path)
			return nil
		},
	}
	for name, change := range tests {
		t.Run(name, func(t *testing.T) {
			if err := change(); err != nil {
				t.Fatal(err)
			}
			if look() {
				t.Error("the file is trusted")
			}
			if _, err := open(t, path).Revision(context.Background(), interviewID(0)); err != nil {
				t.Fatal(err)
			}
			if !look() {
				t.Error("after a look at every page it is not trusted")
			}
		})
	}
}

func TestPlaces(t *testing.T) {
	mark := t.TempDir()
	if err := os.MkdirAll(filepath.Join(mark, ".stfolder"), 0o700); err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]string{
		"/home/mia/Dropbox/notes/hark.db":                                     "Dropbox",
		"/home/mia/OneDrive - Harbour Welding/hark.db":                        "OneDrive",
		"/Users/mia/Library/Mobile Documents/com~apple~CloudDocs/hark.db":     "iCloud",
		"/Users/mia/Library/CloudStorage/GoogleDrive-mia@example.com/hark.db": "Google Drive",
		"/home/mia/Nextcloud/hark.db":                                         "Nextcloud",
		filepath.Join(mark, "a", "b", "hark.db"):                              "Syncthing",
		"/home/mia/.local/share/hark/hark.db":                                 "",
		"/home/mia/dropboxes/hark.db":                                         "",
	} {
		if got := syncedBy(filepath.Dir(path)); got != want {
			t.Errorf("%s: %q, want %q", path, got, want)
		}
	}
	if notes := keeper("/home/mia/Dropbox/hark.db").LocationWarnings(); len(notes) != 1 || !strings.Contains(notes[0], "Dropbox") {
		t.Errorf("it says %q", notes)
	}
}
