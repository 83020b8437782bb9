package store_test

import (
	"bytes"
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"hark/internal/document"
	"hark/internal/interview"
	"hark/internal/storage"
	"hark/store"
	"hark/store/check"
	"hark/store/internal/files"
	"hark/store/journal"
)

func TestBackupAndRestore(t *testing.T) {
	ctx := context.Background()
	path := filepath.Join(t.TempDir(), "hark.db")
	talk(t, path, 2, 5)
	before := mustVerify(t, open(t, path))
	k, file := maintainer(path), filepath.Join(t.TempDir(), "copy.db")
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

	earlier, running := open(t, path), open(t, path)
	talk(t, path, 1, 3)
	if _, err := running.Latest(ctx); err != nil {
		t.Fatal(err)
	}
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
	// What a hark that was running has seen is not there, if that was written after the backup.
	if err := running.SetDraft(ctx, before.Documents[0].ID, "x"); !errors.Is(err, storage.ErrReplaced) {
		t.Errorf("writing as before: error = %v, want ErrReplaced", err)
	}
	if err := earlier.SetDraft(ctx, before.Documents[0].ID, "x"); err != nil {
		t.Errorf("writing what nothing is missing for: %v", err)
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
	broken := bytes.Clone(sound)
	clear(broken[3*check.PageSize : 5*check.PageSize])
	link := filepath.Join(t.TempDir(), "link.db")
	if err := os.Symlink(path, link); err != nil {
		t.Skipf("no links here: %v", err)
	}
	tests := map[string]string{
		"missing": filepath.Join(t.TempDir(), "none.db"), "a folder": t.TempDir(), "a link": link, "the notebook": path,
		"text": put(t, []byte("not a notebook")), "broken": put(t, broken), "cut short": put(t, sound[:pagesOf(sound)*check.PageSize-1]), "empty": put(t, nil),
	}
	for name, file := range tests {
		t.Run(name, func(t *testing.T) {
			if _, err := maintainer(path).Restore(context.Background(), file); err == nil {
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

// A restore where no notebook was makes one of the backup.
func TestRestoreWithoutANotebook(t *testing.T) {
	from := filepath.Join(t.TempDir(), "hark.db")
	talk(t, from, 1, 2)
	path := filepath.Join(t.TempDir(), "new", "hark.db")
	if c, err := maintainer(path).Restore(context.Background(), from); err != nil || c.Previous != "" {
		t.Fatalf("%+v, %v", c, err)
	}
	if got := saidIn(t, path); got != 2 {
		t.Errorf("%d lines, want 2", got)
	}
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
	k := maintainer(path)
	if _, err := k.Restore(ctx, filesIn(t, path, files.Backups)[0]); err != nil { // leaves a hark-until file
		t.Fatal(err)
	}
	broken := bytes.Clone(bytesOf(t, path))
	clear(broken[len(broken)-2*check.PageSize:])
	sound := bytesOf(t, path)
	if err := os.WriteFile(path, broken[:len(broken)/check.PageSize*check.PageSize/2], 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := store.Open(path); !errors.Is(err, storage.ErrDamaged) { // leaves a copy in quarantine
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
	if _, err := add(now, 0, writer(0), lineID(0, 0), "x"); err == nil {
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
	if _, err := maintainer(path).Erase(ctx, ids, false); err != nil {
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

// An interview that was never here can be marked as erased: nothing of it can be written, and the
// mark goes wherever the notebook goes.
func TestMarkErased(t *testing.T) {
	ctx := context.Background()
	path := filepath.Join(t.TempDir(), "hark.db")
	ids := talk(t, path, 2, 3)
	if _, err := maintainer(path).Erase(ctx, ids[:1], false); err != nil {
		t.Fatal(err)
	}
	s := open(t, path)
	stranger := interviewID(9)
	for _, want := range []int{1, 0} {
		marked, here, err := s.MarkErased(ctx, []interview.ID{stranger, ids[0], ids[1]})
		if err != nil || marked != want || !slices.Equal(here, ids[1:]) {
			t.Fatalf("marked %d, here %v, %v; want %d", marked, here, err, want)
		}
	}
	want := mustVerify(t, s)
	if len(want.Erased) != 2 || !slices.Contains(want.Erased, stranger) || !slices.Contains(want.Erased, ids[0]) || len(want.Documents) != 1 {
		t.Errorf("erased %v, and %d interviews", want.Erased, len(want.Documents))
	}
	if doc, _, err := s.Read(ctx, stranger); err != nil || !doc.Erased() {
		t.Errorf("reading it: %v", err)
	}
	if found, err := s.Find(ctx, stranger.String(), 1); err != nil || len(found) > 0 {
		t.Errorf("it is found: %v, %v", found, err)
	}
	if _, err := s.Create(ctx, write(9, document.New(stranger), writer(0), said(lineID(9, 0), "x"))); err == nil {
		t.Error("it can be written")
	}
	if err := s.SetDraft(ctx, stranger, "x"); !errors.Is(err, storage.ErrErased) {
		t.Errorf("a draft of it: %v", err)
	}

	if c, err := maintainer(path).Check(ctx); err != nil || len(c.Damage)+len(c.Mended) > 0 || c.Interviews != 1 {
		t.Errorf("checked: %+v, %v", c, err)
	}
	backup := filepath.Join(t.TempDir(), "backup.db")
	if _, err := maintainer(path).Backup(ctx, backup, false); err != nil {
		t.Fatal(err)
	}
	if _, err := maintainer(path).Erase(ctx, ids[1:], false); err != nil {
		t.Fatal(err)
	}
	if got := mustVerify(t, open(t, path)); len(got.Erased) != 3 {
		t.Errorf("after erasing another: %v", got.Erased)
	}
	if _, err := maintainer(path).Restore(ctx, backup); err != nil {
		t.Fatal(err)
	}
	if diff := compare(want, mustVerify(t, open(t, path))); diff != "" {
		t.Errorf("restored (-want +got):\n%s", diff)
	}
	damaged := bytesOf(t, path)
	clear(damaged[:2*check.PageSize])
	if err := os.WriteFile(path, damaged, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := maintainer(path).Mend(ctx, storage.WaySalvage); err != nil {
		t.Fatal(err)
	}
	if got := mustVerify(t, open(t, path)); !slices.Equal(got.Erased, want.Erased) {
		t.Errorf("salvaged: %v, want %v", got.Erased, want.Erased)
	}
}

// What waits in the journal may hold the words too.
func TestEraseWaitsForTheJournal(t *testing.T) {
	path := filepath.Join(t.TempDir(), "hark.db")
	ids := talk(t, path, 1, 1)
	if err := os.MkdirAll(journal.Folder(path), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(journal.Folder(path), "0000000000000000001-"+lineID(1, 1).String()+journal.Suffix), []byte("x"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := maintainer(path).Erase(context.Background(), ids, true); !errors.Is(err, storage.ErrUnwritable) {
		t.Errorf("error = %v, want ErrUnwritable", err)
	}
}

// Lists and the search index are rebuilt where they differ from the interviews.
func TestCheckRefreshes(t *testing.T) {
	ctx := context.Background()
	path := filepath.Join(t.TempDir(), "hark.db")
	ids := talk(t, path, 2, 2)
	want := mustVerify(t, open(t, path))
	s := open(t, path)
	err := s.Update(ctx, func(tx *store.Tx) error { return tx.Text.Put(ids[1][:], []byte("as an older hark made it\n")) })
	if err != nil {
		t.Fatal(err)
	}
	c, err := maintainer(path).Check(ctx)
	if err != nil || len(c.Damage) > 0 || len(c.Mended) != 1 || !strings.Contains(c.Mended[0], "1 interview was") {
		t.Errorf("%+v, %v", c, err)
	}
	if diff := compare(want, mustVerify(t, s)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if c, err := maintainer(path).Check(ctx); err != nil || len(c.Mended) > 0 || c.Interviews != 2 {
		t.Errorf("once more: %+v, %v", c, err)
	}
	if _, err := maintainer(filepath.Join(t.TempDir(), "none.db")).Check(ctx); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("without a notebook: %v", err)
	}
}

func TestCheckMendsPermissions(t *testing.T) {
	path := filepath.Join(t.TempDir(), "hark.db")
	talk(t, path, 1, 1)
	backUp(t, path)
	backup := filesIn(t, path, files.Backups)[0]
	if err := errors.Join(os.Chmod(path, 0o644), os.Chmod(filepath.Dir(backup), 0o755), os.Chmod(backup, 0o666)); err != nil {
		t.Fatal(err)
	}
	c, err := maintainer(path).Check(context.Background())
	if err != nil || len(c.Mended) != 1 {
		t.Errorf("%+v, %v", c, err)
	}
	for name, want := range map[string]fs.FileMode{path: files.FileMode, backup: files.FileMode, filepath.Dir(backup): files.FolderMode} {
		if info, err := os.Stat(name); err != nil || info.Mode().Perm() != want {
			t.Errorf("%s has mode %v, want %v", name, info.Mode().Perm(), want)
		}
	}
}
