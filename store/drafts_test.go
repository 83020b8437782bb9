package store_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"hark/internal/document"
	"hark/internal/storage"
	"hark/store"
	"hark/store/codec"
	"hark/store/internal/files"
)

// crash ends a window as a crash does: the system gives up its lock, and nothing else is done.
func crash(t *testing.T, s *store.Store) {
	t.Helper()
	if err := s.Crash(); err != nil {
		t.Fatal(err)
	}
}

// wantDraft fails unless a window is offered the text.
func wantDraft(t *testing.T, s *store.Store, n int, want string) {
	t.Helper()
	if got, err := s.Draft(context.Background(), interviewID(n)); err != nil || got != want {
		t.Errorf("the draft is %q, %v; want %q", got, err, want)
	}
}

func setDraft(t *testing.T, s *store.Store, n int, text string) {
	t.Helper()
	if err := s.SetDraft(context.Background(), interviewID(n), text); err != nil {
		t.Fatal(err)
	}
}

// windowFiles names the window files of a notebook.
func windowFiles(t *testing.T, path string) []string {
	t.Helper()
	all, err := filepath.Glob(filepath.Join(filepath.Dir(path), "*.window"))
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// Two windows on one interview have a draft each, and what one enters takes nothing of the other's.
func TestDraftsBelongToTheWindow(t *testing.T) {
	mine := fresh(t)
	begin(t, mine, 1, 1)
	theirs := open(t, mine.Path())
	setDraft(t, mine, 1, "half of mine")
	wantDraft(t, theirs, 1, "")
	setDraft(t, theirs, 1, "half of theirs")
	left := ""
	_, err := theirs.Change(context.Background(), interviewID(1), func(now storage.Stored) (storage.Write, error) {
		w := write(1, now.Document, writer(1), said(lineID(1, 9), "half of theirs, whole"))
		w.Draft = &left
		return w, nil
	})
	if err != nil {
		t.Fatal(err)
	}
	wantDraft(t, mine, 1, "half of mine")
	wantDraft(t, theirs, 1, "")
	mustVerify(t, mine)
}

// What windows left is offered to the next that opens the interview, however they ended, and to
// that one alone; what a living one has is offered to nobody.
func TestADraftIsOfferedWhenItsWindowIsGone(t *testing.T) {
	first := fresh(t)
	begin(t, first, 1, 1)
	path := first.Path()
	second, living := open(t, path), open(t, path)
	setDraft(t, first, 1, "by the first")
	setDraft(t, second, 1, "by the second")
	setDraft(t, living, 1, "by the living")
	crash(t, first)
	second.Finish()
	if n := len(windowFiles(t, path)); n != 2 { // the living one's, and what the crash left
		t.Errorf("%d windows have a file", n)
	}

	next := open(t, path)
	wantDraft(t, next, 1, "by the first"+storage.BetweenDrafts+"by the second")
	wantDraft(t, next, 1, "by the first"+storage.BetweenDrafts+"by the second")
	setDraft(t, next, 1, "by the first, and more\nby the second")
	wantDraft(t, open(t, path), 1, "")
	wantDraft(t, next, 1, "by the first, and more\nby the second")
	setDraft(t, next, 1, "")
	wantDraft(t, next, 1, "")
	wantDraft(t, living, 1, "by the living")
	if n := len(windowFiles(t, path)); n != 2 { // what the crash left is swept
		t.Errorf("%d windows have a file", n)
	}
	next.Finish()
	living.Finish()
	if n := len(windowFiles(t, path)); n != 0 {
		t.Errorf("%d windows have a file", n)
	}
	mustVerify(t, open(t, path))
}

// A window that ends after its colleagues were asked keeps what it had: only what was offered is
// taken over.
func TestAWindowThatEndsLaterKeepsItsDraft(t *testing.T) {
	first := fresh(t)
	begin(t, first, 1, 1)
	setDraft(t, first, 1, "by the first")
	next := open(t, first.Path())
	wantDraft(t, next, 1, "")
	crash(t, first)
	setDraft(t, next, 1, "by the next")
	wantDraft(t, open(t, first.Path()), 1, "by the first")
}

// Where a notebook was copied to, or a backup is used, nobody is in the windows of then.
func TestDraftsOfACopiedNotebook(t *testing.T) {
	s := fresh(t)
	begin(t, s, 1, 1)
	setDraft(t, s, 1, "half a sen")
	copied := filepath.Join(t.TempDir(), "hark.db")
	if err := os.WriteFile(copied, bytesOf(t, s.Path()), files.FileMode); err != nil {
		t.Fatal(err)
	}
	// A plain copy of the folder brings the files of windows along.
	for _, name := range windowFiles(t, s.Path()) {
		if err := os.WriteFile(filepath.Join(filepath.Dir(copied), filepath.Base(name)), nil, files.FileMode); err != nil {
			t.Fatal(err)
		}
	}
	wantDraft(t, open(t, copied), 1, "half a sen")
	wantDraft(t, open(t, s.Path()), 1, "")
}

// A draft that was stored before windows were told apart is read, and is nobody's yet.
func TestADraftOfBeforeThereWereWindows(t *testing.T) {
	s := fresh(t)
	begin(t, s, 1, 1)
	err := s.Update(context.Background(), func(tx *store.Tx) error {
		id := interviewID(1)
		return tx.Drafts.Put(id[:], []byte("half a sen"))
	})
	if err != nil {
		t.Fatal(err)
	}
	wantDraft(t, s, 1, "half a sen")
	setDraft(t, s, 1, "half a sentence")
	wantDraft(t, open(t, s.Path()), 1, "")
	mustVerify(t, s)
}

// What the journal of a window that is gone says of its box stands for what the notebook says,
// unless that is more.
func TestLeaveDraft(t *testing.T) {
	ctx, id := context.Background(), interviewID(1)
	window := document.DerivedID("window")
	for _, tt := range []struct {
		stored, left, want string
	}{
		{"half a sen", "half a sentence", "half a sentence"},
		{"half a sen", "something else", "something else"},
		{"half a sen", "", ""},
		{"half a sen", "half", "half a sen"},
		{"", "half", "half"},
		{"", "", ""},
	} {
		s := fresh(t)
		begin(t, s, 1, 1)
		setDraft(t, s, 1, "mine")
		for _, text := range []string{tt.stored, tt.left} {
			if err := s.LeaveDraft(ctx, id, window, text); err != nil {
				t.Fatal(err)
			}
		}
		setDraft(t, s, 1, "")
		wantDraft(t, s, 1, tt.want)
		mustVerify(t, s)
	}
	if err := fresh(t).LeaveDraft(ctx, id, window, "x"); !errors.Is(err, storage.ErrNotFound) {
		t.Errorf("of no interview: %v", err)
	}
}

// A record of drafts that cannot be is damage, and costs nothing but itself.
func TestDraftsThatCannotBe(t *testing.T) {
	good := codec.EncodeDrafts([]codec.Draft{{Window: interviewID(8), Text: "half a sen"}, {Window: interviewID(9), Text: "x"}})
	all, err := codec.NewDecoder(codec.Drafts).Drafts(good)
	if want := []codec.Draft{{Window: interviewID(8), Text: "half a sen"}, {Window: interviewID(9), Text: "x"}}; err != nil || !slices.Equal(all, want) {
		t.Fatalf("read %v, %v", all, err)
	}
	whole := map[int]bool{1: true, len(codec.EncodeDrafts(all[:1])): true}
	for n := 1; n < len(good); n++ {
		if _, err := codec.NewDecoder(codec.Drafts).Drafts(good[:n]); !errors.Is(err, storage.ErrDamaged) && !whole[n] {
			t.Errorf("cut to %d bytes: %v", n, err)
		}
	}
	s := fresh(t)
	begin(t, s, 1, 1)
	err = s.Update(context.Background(), func(tx *store.Tx) error {
		id := interviewID(1)
		return tx.Drafts.Put(id[:], good[:len(good)-1])
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Verify(context.Background()); !errors.Is(err, storage.ErrDamaged) {
		t.Errorf("the check says %v", err)
	}
}

// Erasing takes the drafts of all windows.
func TestErasingTakesAllDrafts(t *testing.T) {
	path := filepath.Join(t.TempDir(), "hark.db")
	ids := talk(t, path, 2, 1)
	ctx := context.Background()
	mine, theirs := open(t, path), open(t, path)
	for text, s := range map[string]*store.Store{"half of mine": mine, "half of theirs": theirs} {
		if err := s.SetDraft(ctx, ids[0], text); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := maintainer(path).Erase(ctx, ids[:1], true); err != nil {
		t.Fatal(err)
	}
	var left int
	err := open(t, path).View(ctx, func(tx *store.Tx) error {
		return tx.Bolt().Bucket([]byte(codec.Drafts)).ForEach(func(_, _ []byte) error { left++; return nil })
	})
	if err != nil || left != 0 {
		t.Errorf("%d records of drafts are left, %v", left, err)
	}
}
