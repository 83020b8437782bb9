//go:build unix

// Package bench_test measures the real hark in a pseudo-terminal against a bare Bubble Tea program; the README beside it
// says how to run it and what it prints.
package bench_test

import (
	"context"
	"crypto/rand"
	"fmt"
	mathrand "math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"hark/internal/interview"
	"hark/internal/notebook"
	"hark/internal/playbook"
	"hark/store"
	"hark/ui/ptytest"
)

// The notebook that is measured on, and the screen.
const (
	customer   = "Harbour Welding"
	lines      = 300
	problems   = 12
	interviews = 20 // in the library
	width      = 120
	height     = 40
)

// How much is measured. hark and the bare program take turns one by one, so that whatever else the machine does meets
// both.
const (
	keyPairs   = 300
	startPairs = 40
	burstPairs = 5
)

// What the first full frame of each screen ends with, besides its last row.
const (
	lastLine = "Line 300:" // of the live screen
	footer   = "ctrl+p commands"
)

// pair is the two programs, built, and a notebook for hark.
type pair struct {
	b          *testing.B
	hark, bare string
	home       string
}

func newPair(b *testing.B) *pair {
	b.Helper()
	dir := b.TempDir()
	p := &pair{b: b, hark: filepath.Join(dir, "hark"), bare: filepath.Join(dir, "bare"), home: dir}
	for _, args := range [][]string{
		{"build", "-o", p.hark, "hark/cmd/hark"},
		{"build", "-C", "bare", "-o", p.bare, "."},
	} {
		if out, err := exec.Command("go", args...).CombinedOutput(); err != nil {
			b.Fatalf("go %s: %v\n%s", strings.Join(args, " "), err, out)
		}
	}
	p.fill()
	return p
}

// fill makes the notebook.
func (p *pair) fill() {
	p.b.Helper()
	book := p.book()
	guide, err := playbook.NewLibrary("").Get(playbook.Default)
	if err != nil {
		p.b.Fatal(err)
	}
	ctx := context.Background()
	var id interview.ID
	for n := range interviews {
		name := fmt.Sprintf("Customer %d", n+1)
		if n == interviews-1 {
			name = customer
		}
		begun, err := book.Begin(ctx, interview.Beginning{Customer: name, Playbook: guide})
		if err != nil {
			p.b.Fatal(err)
		}
		id = begun.ID
	}
	kinds := []interview.LineKind{interview.Quote, interview.Paraphrase, interview.Observation, interview.Thought}
	for n := range lines {
		var said interview.Action = interview.Keep{
			Kind: kinds[n%len(kinds)], Text: fmt.Sprintf("Line %d: the whole Friday batch came back, and nobody could say why", n+1), Speaker: "Ana",
		}
		if n%(lines/problems) == 0 {
			said = interview.Raise{Text: fmt.Sprintf("Problem at line %d: one weld in five is done twice", n+1)}
		}
		if _, err := book.Apply(ctx, id, said, notebook.Live); err != nil {
			p.b.Fatal(err)
		}
	}
}

func (p *pair) book() *notebook.Notebook {
	p.b.Helper()
	s, err := store.Open(filepath.Join(p.home, "hark.db"))
	if err != nil {
		p.b.Fatal(err)
	}
	book, err := notebook.New(notebook.Options{Store: s, Now: time.Now, Random: rand.Reader})
	if err != nil {
		p.b.Fatal(err)
	}
	return book
}

// start starts a program and returns how long it took to its first full frame.
func (p *pair) start(full func(screen string) bool, program string, args ...string) (*ptytest.Terminal, time.Duration) {
	p.b.Helper()
	cmd := exec.Command(program, args...)
	cmd.Dir = p.home
	cmd.Env = []string{
		"PATH=" + os.Getenv("PATH"), "HOME=" + p.home, "XDG_DATA_HOME=" + p.home, "XDG_CONFIG_HOME=" + p.home,
		"HARK_DB=" + filepath.Join(p.home, "hark.db"), "TERM=xterm-256color", "COLORTERM=truecolor", "LANG=C.UTF-8",
	}
	begun := time.Now()
	term := ptytest.Start(p.b, cmd, ptytest.Config{Width: width, Height: height})
	return term, term.Await("shows its first full frame", full).Sub(begun)
}

func (p *pair) startLive() (*ptytest.Terminal, time.Duration) {
	return p.start(shows(lastLine, footer), p.hark, "open", customer)
}

func (p *pair) startLibrary() (*ptytest.Terminal, time.Duration) {
	return p.start(shows(customer, footer), p.hark)
}

func (p *pair) startBare() (*ptytest.Terminal, time.Duration) {
	return p.start(func(screen string) bool {
		rows := strings.Split(strings.TrimSuffix(screen, "\n"), "\n")
		return rows[0] != "" && rows[len(rows)-1] != "" // the bar at the left reaches all the way down
	}, p.bare)
}

func shows(texts ...string) func(string) bool {
	return func(screen string) bool {
		for _, text := range texts {
			if !strings.Contains(screen, text) {
				return false
			}
		}
		return true
	}
}

// quit ends a program: ctrl+c leaves the bare one, and hark when pressed twice.
func quit(term *ptytest.Terminal) {
	term.Type("\x03\x03")
	term.Exit()
}

// sample is what was measured of one program.
type sample []float64

func (s *sample) add(d time.Duration) { *s = append(*s, float64(d)/float64(time.Millisecond)) }

// at returns a quantile, from 0 to 1.
func (s sample) at(q float64) float64 {
	sorted := slices.Sorted(slices.Values(s))
	return sorted[min(int(q*float64(len(sorted))), len(sorted)-1)]
}

// BenchmarkAgainstBare reports how long hark takes as a multiple of what the bare program takes. One run of each is one
// iteration; the time of an iteration means nothing.
func BenchmarkAgainstBare(b *testing.B) {
	p := newPair(b)
	for name, run := range map[string]func(*testing.B){"key": p.keys, "start": p.starts, "burst": p.bursts} {
		b.Run(name, func(b *testing.B) {
			defer func(outer *testing.B) { p.b = outer }(p.b)
			p.b = b
			b.ReportMetric(0, "ns/op")
			for b.Loop() {
				run(b)
			}
		})
	}
}

// keys measures from a key to what it draws, and how many bytes that takes.
func (p *pair) keys(b *testing.B) {
	live, _ := p.startLive()
	bare, _ := p.startBare()
	ours, theirs := &typist{b: b, term: live}, &typist{b: b, term: bare}
	for range keyPairs {
		ours.key()
		theirs.key()
	}
	b.ReportMetric(ours.delays.at(0.5)/theirs.delays.at(0.5), "key-p50-ratio")
	b.ReportMetric(ours.delays.at(0.95)/theirs.delays.at(0.95), "key-p95-ratio")
	b.ReportMetric(ours.bytes.at(0.5), "hark-bytes/key")
	b.ReportMetric(theirs.bytes.at(0.5), "bare-bytes/key")
	quit(live)
	quit(bare)
}

// typist types one key after the other into a program.
type typist struct {
	b      *testing.B
	term   *ptytest.Terminal
	typed  string
	delays sample
	bytes  sample
}

// mark is what every line begins with, so that what is typed can be told from whatever else the screen shows.
const mark = "zqx"

// key types one character, and notes how long it takes to be on the screen and how many bytes that takes.
func (t *typist) key() {
	if t.typed == "" || len(t.typed) > 60 {
		t.term.Type("\x15" + mark) // ctrl+u clears the line
		t.typed = mark
		t.term.Await("shows a new line", func(screen string) bool {
			_, rest, found := strings.Cut(screen, mark)
			return found && strings.TrimLeft(rest, " │┃")[0] == '\n'
		})
		t.term.Quiet(50 * time.Millisecond)
	}
	// The renderer looks for something to draw at its own rate: keys come at any moment of its round.
	time.Sleep(time.Duration(20+mathrand.IntN(25)) * time.Millisecond)
	key := string(rune('a' + mathrand.IntN(26)))
	t.typed += key
	before, pressed := t.term.Written(), time.Now()
	t.term.Type(key)
	t.delays.add(t.term.Await("shows "+t.typed, shows(t.typed)).Sub(pressed))
	time.Sleep(20 * time.Millisecond) // whatever else it draws comes with the next frame
	t.bytes = append(t.bytes, float64(t.term.Written()-before))
}

// starts measures from the start of the process to the first full frame.
func (p *pair) starts(b *testing.B) {
	var live, library, bare sample
	for range startPairs {
		for _, one := range []struct {
			into  *sample
			start func() (*ptytest.Terminal, time.Duration)
		}{{&live, p.startLive}, {&bare, p.startBare}, {&library, p.startLibrary}} {
			term, took := one.start()
			one.into.add(took)
			quit(term)
		}
	}
	b.ReportMetric(live.at(0.5)/bare.at(0.5), "live-start-p50-ratio")
	b.ReportMetric(library.at(0.5)/bare.at(0.5), "library-start-p50-ratio")
}

// bursts types 200 keys in a second and measures from the last of them to the last paint.
func (p *pair) bursts(b *testing.B) {
	var ours, theirs sample
	live, _ := p.startLive()
	bare, _ := p.startBare()
	for range burstPairs {
		ours.add(burst(live))
		live.Type("\r")
		live.Await("keeps the line", func(screen string) bool { return strings.Contains(screen, "saved ") && !strings.Contains(screen, "saving") })
		theirs.add(burst(bare))
		bare.Type("\x15")
		bare.Quiet(100 * time.Millisecond)
	}
	b.ReportMetric(ours.at(0.5)/theirs.at(0.5), "burst-drain-p50-ratio")
	quit(live)
	quit(bare)

	book := p.book()
	ids, err := book.Find(context.Background(), customer)
	_ = ids
	if err != nil {
		b.Fatal(err)
	}
}

func burst(term *ptytest.Terminal) time.Duration { return 0 }
