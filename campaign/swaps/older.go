// Package swaps puts other files in the place of a notebook while harks have it open, takes it away,
// and has the clock wrong, and checks that nothing that was acknowledged is lost.
package swaps

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"

	"hark/campaign/book"
	"hark/campaign/command"
	"hark/campaign/trial"
	"hark/internal/interview"
	"hark/internal/storage"
)

// customer is whom all interviews are with.
const customer = "Harbour Welding"

// lacks is what hark says of a file that is older than the one before it.
const lacks = "lacks what was written since"

// swaps is how many notebooks have other files put in their place.
const swaps = 100

// RunOlder has two harks write to each notebook while copies of it from earlier, and from elsewhere,
// are put in its place.
func RunOlder(ctx context.Context, o trial.Options) (trial.Row, error) {
	var tally trial.Tally
	n := o.Count(swaps)
	err := o.Each(n, 50, func(_, n int) error {
		s := &swapping{tally: &tally, chance: o.Random(n), folder: filepath.Join(o.Folder, fmt.Sprint(n))}
		return errors.Join(s.run(ctx), os.RemoveAll(s.folder))
	}, func(begun int) string {
		return fmt.Sprintf("older: %d notebooks, %d swaps, %d lines", begun, tally.Of("swaps"), tally.Of("lines"))
	})
	return trial.Row{
		Campaign: "other files put in the place of a notebook under open harks: older ones, ones that went on elsewhere, by cp, by mv, part by part, by hark restore",
		Count:    fmt.Sprintf("%s notebooks, %s swaps", trial.Number(n), trial.Number(tally.Of("swaps"))),
		Must:     "0 acknowledged lines lost or doubled once the files are brought together; no file refused; a word each time",
		Found: fmt.Sprintf("%s acknowledged: %d lost, %d doubled; %d files refused; %d swaps without a word",
			trial.Number(tally.Of("lines")), tally.Of("lost"), tally.Of("doubled"), tally.Of("refused"), tally.Of("no word")),
		Bad: tally.Bad(),
	}, err
}

// swapping is one notebook of RunOlder.
type swapping struct {
	tally  *trial.Tally
	chance *rand.Rand
	folder string
	id     interview.ID
	harks  [2]*book.Book
	copies []string
	lines  []string // that were acknowledged
}

func (s *swapping) path() string { return filepath.Join(s.folder, "hark.db") }

func (s *swapping) run(ctx context.Context) error {
	if err := os.MkdirAll(s.folder, 0o700); err != nil {
		return err
	}
	err := s.open(ctx, 0)
	if err == nil {
		s.id, err = s.harks[0].Begin(ctx, customer)
	}
	if err = errors.Join(err, s.open(ctx, 1), s.keep()); err != nil {
		return err
	}
	for range 20 {
		if err := s.step(ctx); err != nil {
			return err
		}
	}
	for _, h := range s.harks {
		if err := end(ctx, h); err != nil {
			return err
		}
	}
	return s.compare(ctx)
}

// open opens the notebook for one of the harks.
func (s *swapping) open(ctx context.Context, n int) (err error) {
	s.harks[n], err = book.Open(ctx, s.path())
	return err
}

// end ends a hark.
func end(ctx context.Context, h *book.Book) error {
	if err := h.PutBack(ctx); err != nil && !errors.Is(err, storage.ErrReplaced) && !errors.Is(err, os.ErrNotExist) {
		return err
	}
	return h.Close()
}

// step does one thing at random.
func (s *swapping) step(ctx context.Context) error {
	n := s.chance.IntN(len(s.harks))
	switch s.chance.IntN(8) {
	case 0:
		return s.keep()
	case 1, 2:
		return s.swap(ctx)
	case 3:
		if err := end(ctx, s.harks[n]); err != nil {
			return err
		}
		return s.open(ctx, n)
	}
	return s.line(ctx, s.harks[n])
}

// line has a hark keep a line.
func (s *swapping) line(ctx context.Context, h *book.Book) error {
	text := fmt.Sprintf("line %d", len(s.lines))
	err := h.Type(ctx, s.id, `"`+text)
	switch {
	case err == nil:
		s.lines = append(s.lines, text)
		s.tally.Add("lines", 1)
	case !errors.Is(err, storage.ErrReplaced) && !errors.Is(err, storage.ErrNotFound): // it has not the interview, and never had
		return err
	}
	return nil
}

// keep copies the notebook.
func (s *swapping) keep() error {
	to := filepath.Join(s.folder, fmt.Sprintf("copy-%d.db", len(s.copies)))
	s.copies = append(s.copies, to)
	b, err := os.ReadFile(s.path())
	if err != nil {
		return err
	}
	return os.WriteFile(to, b, 0o600)
}

// swap puts a copy in the place of the notebook. Sometimes it went on elsewhere before.
func (s *swapping) swap(ctx context.Context) error {
	command.Run(ctx, s.path(), "", "list") // which stores what waits
	said, _ := command.Run(ctx, s.path(), "", "list")
	if err := s.keep(); err != nil {
		return err
	}
	from := s.copies[s.chance.IntN(len(s.copies))]
	s.tally.Add("swaps", 1)
	if s.chance.IntN(3) == 0 {
		for range 1 + s.chance.IntN(9) {
			text := fmt.Sprintf("elsewhere %d", len(s.lines))
			if _, code := command.Run(ctx, from, `"`+text+"\n", "take", customer); code != 0 {
				return fmt.Errorf("exit code %d", code)
			}
			s.lines = append(s.lines, text)
		}
	}
	b, err := os.ReadFile(from)
	if err != nil {
		return err
	}
	switch s.chance.IntN(4) {
	case 0:
		err = os.WriteFile(s.path(), b, 0o600)
	case 1:
		err = errors.Join(os.WriteFile(s.path()+".part", b, 0o600), os.Rename(s.path()+".part", s.path()))
	case 2:
		err = partByPart(s.path(), b)
	case 3:
		if printed, code := command.Run(ctx, s.path(), "", "restore", from); code != 0 {
			return errors.New(printed)
		}
		return nil // that has said what it did
	}
	if err == nil && !strings.Contains(said, lacks) { // else the file before it was no better
		s.word(ctx, b)
	}
	return err
}

// word checks that something is said of a swap: doctor calls no file well that lacks a line of the
// last one.
func (s *swapping) word(ctx context.Context, b []byte) {
	last, err := os.ReadFile(s.copies[len(s.copies)-1])
	if err != nil || string(last) == string(b) {
		return
	}
	missing := linesOf(ctx, s.copies[len(s.copies)-1])
	for text := range linesOf(ctx, s.path()) {
		delete(missing, text)
	}
	maps.DeleteFunc(missing, func(text string, _ bool) bool { return strings.HasPrefix(text, "elsewhere") }) // never written here
	if len(missing) == 0 {
		return
	}
	printed, _ := command.Run(ctx, s.path(), "", "list")
	if !strings.Contains(printed, lacks) && !strings.Contains(printed, "could not be written before") {
		s.tally.Fail("no word", "%q", printed)
	}
}

// linesOf returns the lines of a notebook as its JSON has them; a copy is read, so that nothing
// changes.
func linesOf(ctx context.Context, path string) map[string]bool {
	b, err := os.ReadFile(path)
	at := path + "-read.db"
	if err != nil || os.WriteFile(at, b, 0o600) != nil {
		return nil
	}
	_, texts, err := book.Check(ctx, at)
	if err != nil {
		return nil
	}
	all := map[string]bool{}
	for text := range texts {
		all[text] = true
	}
	return all
}

// partByPart writes a file over another as a sync program does that writes what differs.
func partByPart(path string, b []byte) error {
	f, err := os.OpenFile(path, os.O_WRONLY, 0)
	if err != nil {
		return err
	}
	const part = 10_000
	for at := 0; at < len(b); at += part {
		if _, err := f.WriteAt(b[at:min(at+part, len(b))], int64(at)); err != nil {
			return errors.Join(err, f.Close())
		}
	}
	return errors.Join(f.Truncate(int64(len(b))), f.Close())
}

// compare brings all copies together in the notebook, and checks that all lines are there.
func (s *swapping) compare(ctx context.Context) error {
	for _, file := range s.copies {
		all, code := command.Run(ctx, file, "", "export", "--all", "--format", "json", "--thoughts", "--out", file+".json", "--force")
		if code != 0 {
			return errors.New(all)
		}
		if printed, code := command.Run(ctx, s.path(), "", "import", file+".json"); code != 0 || strings.Contains(printed, "left out") {
			s.tally.Fail("refused", "%s", printed)
		}
	}
	_, there, err := book.Check(ctx, s.path())
	if err != nil {
		return err
	}
	for _, text := range s.lines {
		switch there[text] {
		case 0:
			s.tally.Fail("lost", "%q", text)
		case 1:
		default:
			s.tally.Fail("doubled", "%q is there %d times", text, there[text])
		}
	}
	return nil
}
