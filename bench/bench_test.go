//go:build unix

// Package bench_test measures the real hark in a pseudo-terminal against a bare Bubble Tea program.
// README.md says how to run it and what it prints.
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

// The size of the notebook and of the screen.
const (
	customer   = "Harbour Welding"
	lines      = 300
	problems   = 12
	interviews = 20 // in the library
	width      = 120
	height     = 40
)

// The numbers of measurements. hark and the bare program alternate, so that load from elsewhere
// affects both.
const (
	keyPairs   = 300
	startPairs = 40
	burstPairs = 5
)

// The ends of the first full frames.
const (
	lastLine = "Line 300:" // of the live screen
	footer   = "f1 keys"   // of the live screen
	keysHint = "? keys"    // of the library
)

// programs are the two programs, built, and a notebook for hark.
type programs struct{ hark, bare, home string }

func build(b *testing.B) programs {
	b.Helper()
	dir := b.TempDir() // not in a folder where hark looks for its own files
	p := programs{hark: filepath.Join(dir, "hark"), bare: filepath.Join(dir, "bare"), home: b.TempDir()}
	for _, args := range [][]string{
		{"build", "-o", p.hark, "hark/cmd/hark"},
		{"build", "-C", "bare", "-o", p.bare, "."},
	} {
		if out, err := exec.Command("go", args...).CombinedOutput(); err != nil {
			b.Fatalf("go %s: %v\n%s", strings.Join(args, " "), err, out)
		}
	}
	p.fill(b)
	return p
}

// fill creates the notebook.
func (p programs) fill(b *testing.B) {
	b.Helper()
	book := p.book(b)
	guide, err := playbook.NewLibrary("").Get(playbook.Default)
	if err != nil {
		b.Fatal(err)
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
			b.Fatal(err)
		}
		id = begun.ID
	}
	kinds := []interview.LineKind{interview.Quote, interview.Paraphrase, interview.Observation, interview.Thought}
	for n := range lines {
		var said interview.Action = interview.Add{
			Kind: kinds[n%len(kinds)], Text: fmt.Sprintf("Line %d: the whole Friday batch came back, and nobody could say why", n+1), Speaker: "Ana",
		}
		if n%(lines/problems) == 0 {
			said = interview.Raise{Text: fmt.Sprintf("Problem at line %d: one weld in five is done twice", n+1), Quoted: true}
		}
		if _, err := book.Apply(ctx, id, said, notebook.Live); err != nil {
			b.Fatal(err)
		}
	}
}

func (p programs) book(b *testing.B) *notebook.Notebook {
	b.Helper()
	s, err := store.Open(filepath.Join(p.home, "hark.db"))
	if err != nil {
		b.Fatal(err)
	}
	book, err := notebook.New(notebook.Options{Store: s, Now: time.Now, Random: rand.Reader})
	if err != nil {
		b.Fatal(err)
	}
	return book
}

// start starts a program and returns the time to its first full frame.
func (p programs) start(b *testing.B, full func(screen string) bool, program string, args ...string) (*ptytest.Terminal, time.Duration) {
	b.Helper()
	cmd := exec.Command(program, args...)
	cmd.Dir = p.home
	cmd.Env = []string{
		"PATH=" + os.Getenv("PATH"), "HOME=" + p.home, "XDG_DATA_HOME=" + p.home, "XDG_CONFIG_HOME=" + p.home,
		"HARK_DB=" + filepath.Join(p.home, "hark.db"), "TERM=xterm-256color", "COLORTERM=truecolor", "LANG=C.UTF-8",
	}
	begun := time.Now()
	term := ptytest.Start(b, cmd, ptytest.Config{Width: width, Height: height})
	return term, term.Await("shows its first full frame", full).Sub(begun)
}

func (p programs) startLive(b *testing.B) (*ptytest.Terminal, time.Duration) {
	return p.start(b, shows(lastLine, footer), p.hark, "open", customer)
}

func (p programs) startLibrary(b *testing.B) (*ptytest.Terminal, time.Duration) {
	return p.start(b, shows(customer, keysHint), p.hark)
}

func (p programs) startBare(b *testing.B) (*ptytest.Terminal, time.Duration) {
	return p.start(b, func(screen string) bool {
		rows := strings.Split(strings.TrimSuffix(screen, "\n"), "\n")
		return rows[0] != "" && rows[len(rows)-1] != "" // the bar at the left reaches the last row
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

// sample is the measurements of one program.
type sample []float64

func (s *sample) add(d time.Duration) { *s = append(*s, float64(d)/float64(time.Millisecond)) }

// at returns a quantile, from 0 to 1.
func (s sample) at(q float64) float64 {
	sorted := slices.Sorted(slices.Values(s))
	return sorted[min(int(q*float64(len(sorted))), len(sorted)-1)]
}

// BenchmarkAgainstBare reports the figures of hark, and their ratio to those of the bare program.
// All the pairs are one iteration; the time of the iteration means nothing.
func BenchmarkAgainstBare(b *testing.B) {
	p := build(b)
	for _, measured := range []struct {
		name string
		run  func(*testing.B)
	}{{"key", p.keys}, {"start", p.starts}, {"burst", p.bursts}} {
		b.Run(measured.name, func(b *testing.B) {
			for b.Loop() {
				measured.run(b)
			}
			b.ReportMetric(0, "ns/op")
		})
	}
}

// compare reports a quantile of both samples, in milliseconds, and their ratio.
func compare(b *testing.B, name, quantile string, q float64, ours, theirs sample) {
	b.ReportMetric(ours.at(q), name+"-"+quantile+"-ms")
	b.ReportMetric(theirs.at(q), "bare-"+name+"-"+quantile+"-ms")
	b.ReportMetric(ours.at(q)/theirs.at(q), name+"-"+quantile+"-ratio")
}

// keys measures the time from a key to what it draws, and the bytes written.
func (p programs) keys(b *testing.B) {
	live, _ := p.startLive(b)
	bare, _ := p.startBare(b)
	ours, theirs := &typist{term: live}, &typist{term: bare}
	for range keyPairs {
		ours.key()
		theirs.key()
	}
	compare(b, "keypaint", "p50", 0.5, ours.delays, theirs.delays)
	compare(b, "keypaint", "p95", 0.95, ours.delays, theirs.delays)
	b.ReportMetric(ours.bytes.at(0.5), "bytes/key")
	b.ReportMetric(theirs.bytes.at(0.5), "bare-bytes/key")
	live.Type(clearLine) // otherwise it would be there at the next start
	quit(live)
	quit(bare)
}

// typist types keys into a program one by one.
type typist struct {
	term   *ptytest.Terminal
	typed  string // in this line
	delays sample
	bytes  sample
}

// clearLine is ctrl+u, which clears the line in both programs.
const clearLine = "\x15"

// mark is the beginning of every line, so that typed text can be told from the rest of the screen.
const mark = "zqx"

// key types one character and records the time until it is on the screen and the bytes written.
func (t *typist) key() {
	if t.typed == "" || len(t.typed) > 60 {
		t.newLine()
	}
	// The renderer draws at its own rate: keys come at random moments of its cycle.
	time.Sleep(time.Duration(20+mathrand.IntN(25)) * time.Millisecond)
	key := string(rune('a' + mathrand.IntN(26)))
	t.typed += key
	before, pressed := t.term.Written(), time.Now()
	t.term.Type(key)
	t.delays.add(t.term.Await("shows "+t.typed, shows(t.typed)).Sub(pressed))
	time.Sleep(20 * time.Millisecond) // anything else is drawn with the next frame
	t.bytes = append(t.bytes, float64(t.term.Written()-before))
}

// newLine clears the line and begins a new one.
func (t *typist) newLine() {
	t.typed = mark
	t.term.Type(clearLine + mark)
	t.term.Await("shows a new line", func(screen string) bool {
		_, rest, found := strings.Cut(screen, mark)
		return found && strings.HasPrefix(strings.TrimLeft(rest, " │"), "\n")
	})
	t.term.Quiet(50 * time.Millisecond)
}

// starts measures the time from the start of the process to the first full frame.
func (p programs) starts(b *testing.B) {
	var live, library, bare sample
	for range startPairs {
		for _, one := range []struct {
			took  *sample
			start func(*testing.B) (*ptytest.Terminal, time.Duration)
		}{{&live, p.startLive}, {&bare, p.startBare}, {&library, p.startLibrary}} {
			term, took := one.start(b)
			one.took.add(took)
			quit(term)
		}
	}
	compare(b, "live-start", "p50", 0.5, live, bare)
	compare(b, "library-start", "p50", 0.5, library, bare)
}

// bursts types 200 keys in a second and measures the time from the last of them to the last paint.
// None may be dropped.
func (p programs) bursts(b *testing.B) {
	var ours, theirs sample
	live, _ := p.startLive(b)
	bare, _ := p.startBare(b)
	var typed []string
	for n := range burstPairs {
		words := burstOf(n)
		typed = append(typed, strings.Join(words, " "))
		ours.add(burst(b, live, words))
		live.Type("\r") // adds the line
		theirs.add(burst(b, bare, words))
		bare.Type(clearLine)
		bare.Quiet(50 * time.Millisecond)
	}
	compare(b, "burst-drain", "p50", 0.5, ours, theirs)
	quit(live)
	quit(bare)
	book := p.book(b)
	id, err := book.Find(context.Background(), customer)
	if err != nil {
		b.Fatal(err)
	}
	v, err := book.Open(context.Background(), id)
	if err != nil {
		b.Fatal(err)
	}
	added := v.Lines[len(v.Lines)-burstPairs:]
	for i, line := range added {
		if line.Text != typed[i] {
			b.Errorf("typed %q, kept %q", typed[i], line.Text)
		}
	}
}

// burstOf returns the text of a burst: words that no other burst has, 200 characters with the
// blanks.
func burstOf(n int) []string {
	words := make([]string, 40)
	for i := range words {
		words[i] = fmt.Sprintf("%c%03d", 'a'+n, i)
	}
	words[0] += "."
	return words
}

// burst types words, a key every 5 ms, and returns the time after the last key until all are on the
// screen.
func burst(b *testing.B, term *ptytest.Terminal, words []string) time.Duration {
	b.Helper()
	begun, last := time.Now(), time.Time{}
	for i, key := range strings.Join(words, " ") {
		time.Sleep(time.Until(begun.Add(time.Duration(i) * 5 * time.Millisecond)))
		last = time.Now()
		term.Type(string(key))
	}
	return term.Await("shows all that was typed", shows(words...)).Sub(last)
}
