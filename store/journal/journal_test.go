package journal

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"hark/internal/document"
	"hark/internal/interview"
	"hark/internal/storage"
	"hark/store/codec"
	"hark/store/internal/files"
	"hark/store/internal/hook"
)

// A notebook takes it.
var _ storage.Journal = (*Journal)(nil)

// notebookID is the ID of the notebook that the journals are for.
func notebookID() document.ID { return document.DerivedID("notebook") }

// pendings are so many entries for the journal.
func pendings(n int) []interview.Pending {
	doc := document.New(document.DerivedID("interview", "0"))
	var all []interview.Pending
	for i := range n {
		at := time.Date(2026, 3, 1, 9, 0, i, 0, time.UTC)
		change := doc.Put(document.Writer{Incarnation: 9, Author: "Mia"}, at, document.Put{
			Item: document.DerivedID("line", fmt.Sprint(i)), Kind: "line", Body: fmt.Appendf(nil, `{"number":%d,"kind":"quote","text":"line"}`, i),
		})
		p := interview.Pending{Interview: doc.ID(), Record: interview.Record{Kind: interview.Did, Label: "add a line", At: at, Author: "Mia", Change: change}, Begins: i == 0}
		if i == 2 {
			p.Of, p.Doubted = document.Dot{Incarnation: 7, Counter: 3}, true
		}
		all = append(all, p)
		if i%3 == 2 {
			d := interview.Pending{Interview: document.DerivedID("interview", "1"), Draft: fmt.Sprint("half a ", i)}
			if i%2 == 0 { // the others are as they were before windows were told apart
				d.Window = document.DerivedID("window")
			}
			all = append(all, d)
		}
		if i%4 == 3 {
			all = append(all, interview.Pending{
				Interview: doc.ID(), State: doc.Clone(), Record: interview.Record{Kind: interview.Merged, Label: "put back", At: at, Author: "Mia"},
			})
		}
	}
	return all
}

// alike compares entries by what they say.
func alike() cmp.Option {
	return cmp.Options{cmpopts.EquateEmpty(), cmp.Comparer(func(a, b *document.Document) bool {
		return (a == nil) == (b == nil) && (a == nil || a.Same(b) && cmp.Equal(a.Items(), b.Items(), cmpopts.EquateEmpty()))
	})}
}

func same(t *testing.T, what string, want, got []interview.Pending) {
	t.Helper()
	if diff := cmp.Diff(want, got, alike(), cmp.Comparer(func(a, b []byte) bool { return bytes.Equal(a, b) })); diff != "" {
		t.Errorf("%s (-want +got):\n%s", what, diff)
	}
}

func journalAt(t testing.TB, path string) *Journal {
	t.Helper()
	j, err := Open(path)
	if err != nil {
		t.Fatal(err)
	}
	return j
}

func end(t *testing.T, j *Journal) {
	t.Helper()
	if err := j.Close(); err != nil {
		t.Fatal(err)
	}
}

// left takes up what is left, all in a row.
func left(t *testing.T, j *Journal) []interview.Pending {
	t.Helper()
	var all []interview.Pending
	err := j.Left(context.Background(), func(p []interview.Pending) (int, error) {
		all = append(all, p...)
		return 0, nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func TestAJournalIsTakenUpOnce(t *testing.T) {
	path := filepath.Join(t.TempDir(), "hark.db")
	first, second, third := journalAt(t, path), journalAt(t, path), journalAt(t, path)
	all := pendings(6)
	for _, p := range all[:4] {
		if err := first.Append(p); err != nil {
			t.Fatal(err)
		}
	}
	if err := second.Append(all[4:]...); err != nil {
		t.Fatal(err)
	}
	same(t, "taken from those who are still there", nil, left(t, third))
	end(t, first)
	end(t, second)
	refused := errors.New("busy")
	err := third.Left(context.Background(), func([]interview.Pending) (int, error) { return 0, refused })
	if !errors.Is(err, refused) {
		t.Fatalf("error %v", err)
	}
	same(t, "taken up", all, left(t, third))
	same(t, "taken up again", nil, left(t, third))
	if _, err := os.Lstat(first.Path()); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("the empty folder stays: %v", err)
	}
}

// What one opening kept has an order, whatever the clock did meanwhile: a later change taken up
// first would stand for the ones before it. So while another hark takes up the earlier of two
// journals, the later one waits.
func TestTheJournalsOfOneOpeningAreTakenUpInOrder(t *testing.T) {
	path := filepath.Join(t.TempDir(), "hark.db")
	crashed := journalAt(t, path)
	all := pendings(2)
	var names []string
	for i, p := range all {
		if err := crashed.Append(p); err != nil {
			t.Fatal(err)
		}
		names = append(names, crashed.file.Name())
		crashed.newest += int64(time.Hour) // the clock is put back by an hour after this
		if i == 0 {
			crashed.hook.Sync = func(*os.File) error { return errors.New("failed") }
			if err := crashed.Append(p); err == nil {
				t.Fatal("kept on a disk that fails")
			}
			crashed.hook.Sync = nil
		}
	}
	end(t, crashed)
	if names[0] >= names[1] {
		t.Fatalf("%s is made before %s", names[0], names[1])
	}
	taker, err := files.OpenRegular(names[0], true)
	if err != nil {
		t.Fatal(err)
	}
	if locked, err := files.Flock(taker, true, false); !locked || err != nil {
		t.Fatalf("locked %v, %v", locked, err)
	}
	other := journalAt(t, path)
	same(t, "taken up out of turn", nil, left(t, other))
	if err := taker.Close(); err != nil {
		t.Fatal(err)
	}
	same(t, "taken up", all, left(t, other))
}

// A process that finds the folder of the journals empty removes it, also while others are about to
// put something in it.
func TestJournalsThatComeAndGo(t *testing.T) {
	path := filepath.Join(t.TempDir(), "hark.db")
	var harks sync.WaitGroup
	for range 4 {
		harks.Go(func() {
			j := journalAt(t, path)
			for range 50 {
				if err := j.Append(pendings(1)...); err != nil {
					t.Error(err)
					return
				}
				if err := j.Clear(); err != nil {
					t.Error(err)
					return
				}
			}
		})
	}
	harks.Wait()
}

func TestAJournalIsItsOwnersAlone(t *testing.T) {
	home := t.TempDir()
	j := journalAt(t, filepath.Join(home, "hark.db"))
	if err := j.Append(pendings(1)...); err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]os.FileMode{j.folder: 0o700 | os.ModeDir, j.file.Name(): 0o600} {
		if info, err := os.Lstat(path); err != nil || info.Mode() != want {
			t.Errorf("%s has mode %v, %v", path, info.Mode(), err)
		}
	}
	if err := j.Clear(); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(t.TempDir(), j.folder); err != nil {
		t.Skip("no links here:", err)
	}
	if err := j.Append(pendings(1)...); !errors.Is(err, storage.ErrUnwritable) {
		t.Errorf("through a link: %v", err)
	}
	if err := j.Left(context.Background(), nil); !errors.Is(err, storage.ErrUnwritable) {
		t.Errorf("through a link: %v", err)
	}
}

func TestAJournalThatWasCutShort(t *testing.T) {
	all := pendings(3)
	content := header(notebookID())
	var ends []int
	for _, p := range all {
		content = appendFrame(content, codec.EncodePending(p))
		ends = append(ends, len(content))
	}
	for cut := range len(content) + 1 {
		for _, zeros := range []int{0, 100} {
			truncated := append(bytes.Clone(content[:cut]), make([]byte, zeros)...)
			whole := 0
			for _, end := range ends {
				if bytes.HasPrefix(truncated, content[:end]) {
					whole++
				}
			}
			_, got, err := parse(truncated)
			if err != nil && cut >= len(header(notebookID())) || len(got) != whole {
				t.Fatalf("cut at %d with %d zeros: %d entries, want %d, and %v", cut, zeros, len(got), whole, err)
			}
		}
	}
}

// A hole in the last entry can be a write that a power failure cut short, and as well an entry that
// was acknowledged and whose sector the disk has lost. So it is told.
func TestAHoleInTheLastEntryIsReported(t *testing.T) {
	all := pendings(3)[:3]
	const sector = 512
	all[2].Record.Label = strings.Repeat("a long line ", 200)
	content := header(notebookID())
	for _, p := range all {
		content = appendFrame(content, codec.EncodePending(p))
	}
	last := len(content) - len(appendFrame(nil, codec.EncodePending(all[2])))
	holes := 0
	for from := last / sector * sector; from+sector < len(content); from += sector {
		b := bytes.Clone(content)
		clear(b[max(from, last) : from+sector])
		if _, got, err := parse(b); !errors.Is(err, storage.ErrDamaged) || len(got) != 2 {
			t.Errorf("a hole at %d: %d entries, and %v", from, len(got), err)
		}
		holes++
	}
	if holes < 3 {
		t.Fatalf("only %d holes were tried", holes)
	}
}

// Whatever is damaged, what is sound is read, nothing else, and the damage is told of unless it can
// be an end that was never synced.
func TestADamagedJournal(t *testing.T) {
	all := pendings(5)
	content := header(notebookID())
	for _, p := range all {
		content = appendFrame(content, codec.EncodePending(p))
	}
	last := len(content) - len(appendFrame(nil, codec.EncodePending(all[len(all)-1])))
	rapid.Check(t, func(t *rapid.T) {
		b := bytes.Clone(content)
		at := rapid.IntRange(0, len(b)-1).Draw(t, "at")
		n := rapid.IntRange(1, 40).Draw(t, "bytes")
		for i := at; i < min(at+n, len(b)); i++ {
			b[i] ^= byte(rapid.IntRange(1, 255).Draw(t, "flip"))
		}
		_, got, err := parse(b)
		if err == nil && at < last {
			t.Fatalf("%d bytes changed at %d of %d: no word", n, at, len(b))
		}
		if len(got) >= len(all) && at >= len(header(notebookID())) {
			t.Fatalf("%d of %d entries read", len(got), len(all))
		}
		rest := all
		for _, p := range got {
			for len(rest) > 0 && !cmp.Equal(rest[0], p, alike()) {
				rest = rest[1:]
			}
			if len(rest) == 0 {
				t.Fatalf("read what was never written: %+v", p)
			}
			rest = rest[1:]
		}
	})
}

func TestADamagedJournalIsKept(t *testing.T) {
	for name, damage := range map[string]func(t *testing.T, path string) (misfits int){
		"damaged": func(t *testing.T, path string) int {
			b, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			b[len(magicOld)+frameHead+40] ^= 1
			if err := os.WriteFile(path, b, 0o600); err != nil {
				t.Fatal(err)
			}
			return 0
		},
		"misfits": func(*testing.T, string) int { return 2 },
	} {
		t.Run(name, func(t *testing.T) {
			home := t.TempDir()
			j := journalAt(t, filepath.Join(home, "hark.db"))
			if err := j.Append(pendings(4)...); err != nil {
				t.Fatal(err)
			}
			file := j.file.Name()
			end(t, j)
			misfits := damage(t, file)
			err := j.Left(context.Background(), func([]interview.Pending) (int, error) { return misfits, nil })
			kept := filepath.Join(home, "quarantine", filepath.Base(file))
			if !errors.Is(err, storage.ErrDamaged) || !strings.Contains(err.Error(), kept) {
				t.Fatalf("error %v", err)
			}
			if _, err := os.Lstat(kept); err != nil {
				t.Error(err)
			}
			same(t, "taken up again", nil, left(t, j))
		})
	}
}

// What failed is not there, what went before and comes after is.
func TestAJournalOnAFailingDisk(t *testing.T) {
	noSpace := errors.New("no space left on the disk")
	for name, broken := range map[string]hook.Hook{
		"a short write": {Append: func(f *os.File, b []byte, at int64) (int, error) {
			n, err := f.WriteAt(b[:len(b)/2], at)
			return n, errors.Join(noSpace, err)
		}},
		"a failed sync": {Sync: func(*os.File) error { return noSpace }},
	} {
		t.Run(name, func(t *testing.T) {
			all := pendings(2)
			j := journalAt(t, filepath.Join(t.TempDir(), "hark.db"))
			if err := j.Append(all[0]); err != nil {
				t.Fatal(err)
			}
			j.hook = broken
			for range 2 {
				if err := j.Append(pendings(3)[2]); !errors.Is(err, noSpace) || !errors.Is(err, storage.ErrUnwritable) {
					t.Fatalf("error %v", err)
				}
			}
			j.hook = hook.Hook{}
			if err := j.Append(all[1]); err != nil {
				t.Fatal(err)
			}
			end(t, j)
			same(t, "taken up", all, left(t, j))
		})
	}
}

func FuzzReadJournal(f *testing.F) {
	content := header(notebookID())
	for _, p := range pendings(3) {
		content = appendFrame(content, codec.EncodePending(p))
	}
	f.Add(content)
	f.Add(content[:len(content)-5])
	f.Add(content[20:])
	f.Add([]byte(magic + frameMark + frameMark))
	f.Add(append([]byte(magicOld), content[len(header(notebookID())):]...))
	f.Fuzz(func(t *testing.T, b []byte) {
		_, all, err := parse(b)
		if err != nil && !errors.Is(err, storage.ErrDamaged) && !errors.Is(err, interview.ErrNewer) {
			t.Fatalf("error %v", err)
		}
		for _, p := range all {
			again, err := codec.NewDecoder(part).Pending(codec.EncodePending(p))
			if err != nil || !cmp.Equal(p, again, alike()) {
				t.Fatalf("%+v came back as %+v, %v", p, again, err)
			}
		}
	})
}
