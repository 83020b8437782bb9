//go:build unix

package bench_test

import (
	"bufio"
	"bytes"
	"context"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"hark/internal/interview"
	"hark/internal/notebook"
	"hark/internal/playbook"
	"hark/ui/ptytest"
)

// bigNotebook is the notebook of BenchmarkMany. hark demo makes 1,000 interviews in about four
// seconds, and needs 75 MB for them.
type bigNotebook struct {
	size *int
	file *string
}

var big = bigNotebook{
	size: flag.Int("interviews", 1000, "how many interviews BenchmarkMany makes up"),
	file: flag.String("notebook", "", "what hark demo --size made earlier, for BenchmarkMany to use instead"),
}

// settled is the wait before memory is measured: long enough for the library to read everything,
// which takes 8 s for 100,000 interviews on a busy machine, and for the search index to be updated.
const settled = 15 * time.Second

// BenchmarkMany reports the cost of a large notebook for the app: the time to its first full frame,
// and its memory when idle, as multiples of those of the bare program.
func BenchmarkMany(b *testing.B) {
	p := build(b)
	db := *big.file
	if db == "" {
		db = filepath.Join(p.home, "many.db")
		made := exec.Command(p.hark, "demo", "--size", strconv.Itoa(*big.size), "--db", db)
		if out, err := made.CombinedOutput(); err != nil {
			b.Fatalf("hark demo: %v\n%s", err, out)
		}
	}
	full := shows(keysHint, "Interviews")
	library := func() (*ptytest.Terminal, time.Duration) { return p.start(b, full, p.hark, "--db", db) }
	live := func() (*ptytest.Terminal, time.Duration) {
		return p.start(b, shows("What they said", footer), p.hark, "open", "--db", db)
	}
	bare := func() (*ptytest.Terminal, time.Duration) { return p.startBare(b) }
	b.Run("start", func(b *testing.B) {
		for b.Loop() {
			var ours, liveOnes, theirs sample
			for range startPairs / 2 {
				for _, one := range []struct {
					took  *sample
					start func() (*ptytest.Terminal, time.Duration)
				}{{&ours, library}, {&theirs, bare}, {&liveOnes, live}} {
					term, took := one.start()
					one.took.add(took)
					quit(term)
				}
			}
			compare(b, "live-start", "p50", 0.5, liveOnes, theirs)
			compare(b, "library-start", "p50", 0.5, ours, theirs)
		}
		b.ReportMetric(0, "ns/op")
	})
	b.Run("memory", func(b *testing.B) {
		for b.Loop() {
			theirs := resident(b, bare)
			for name, start := range map[string]func() (*ptytest.Terminal, time.Duration){"library": library, "live": live} {
				ours := resident(b, start)
				b.ReportMetric(ours.all, name+"-resident-MB")
				b.ReportMetric(ours.all/theirs.all, name+"-resident-ratio")
				b.ReportMetric(ours.own/theirs.own, name+"-own-ratio")
			}
			b.ReportMetric(theirs.all, "bare-resident-MB")
		}
		b.ReportMetric(0, "ns/op")
	})
}

// memory is the resident memory of a process, in MB: all of it, and its own without pages of the
// program's file, which the system can reclaim.
type memory struct{ all, own float64 }

// resident starts a program, waits until it is idle, and returns its memory.
func resident(b *testing.B, start func() (*ptytest.Terminal, time.Duration)) memory {
	b.Helper()
	term, _ := start()
	defer quit(term)
	time.Sleep(settled)
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", term.Pid()))
	if err != nil {
		b.Skipf("how much memory a process has can be asked on Linux only: %v", err)
	}
	var m memory
	for lines := bufio.NewScanner(bytes.NewReader(status)); lines.Scan(); {
		fields := strings.Fields(lines.Text())
		if len(fields) < 2 {
			continue
		}
		kilobytes, _ := strconv.ParseFloat(fields[1], 64) // other values are not numbers
		switch fields[0] {
		case "VmRSS:":
			m.all = kilobytes / 1024
		case "RssAnon:":
			m.own = kilobytes / 1024
		}
	}
	if m.all == 0 || m.own == 0 {
		b.Fatalf("no memory found in %s", status)
	}
	return m
}

// The interviews of BenchmarkLong: one with 400 KB of text, and one with none.
const (
	longCustomer  = "Long Meetings"
	emptyCustomer = "Short Meetings"
	longLines     = 400
	longLine      = 1000
)

// BenchmarkLong reports the time of a key in an interview of 400 KB, as a multiple of that in an
// empty one.
func BenchmarkLong(b *testing.B) {
	p := build(b)
	book, ctx := p.book(b), context.Background()
	guide, err := playbook.NewLibrary("").Get(playbook.Default)
	if err != nil {
		b.Fatal(err)
	}
	for _, name := range []string{longCustomer, emptyCustomer} {
		begun, err := book.Begin(ctx, interview.Beginning{Customer: name, Playbook: guide})
		if err != nil {
			b.Fatal(err)
		}
		for n := range longLines {
			if name == emptyCustomer {
				break
			}
			text := fmt.Sprintf("Line %d: %s", n+1, strings.Repeat("the batch came back ", longLine/20))
			if _, err := book.Apply(ctx, begun.ID, interview.Add{Kind: interview.Quote, Text: text}, notebook.Live); err != nil {
				b.Fatal(err)
			}
		}
	}
	for b.Loop() {
		long, _ := p.start(b, shows(longCustomer, footer), p.hark, "open", longCustomer)
		empty, _ := p.start(b, shows(emptyCustomer, footer), p.hark, "open", emptyCustomer)
		ours, theirs := &typist{term: long}, &typist{term: empty}
		for range keyPairs {
			ours.key()
			theirs.key()
		}
		b.ReportMetric(ours.delays.at(0.5), "long-p50-ms")
		b.ReportMetric(theirs.delays.at(0.5), "empty-p50-ms")
		b.ReportMetric(ours.delays.at(0.5)/theirs.delays.at(0.5), "long-p50-ratio")
		for _, t := range []*ptytest.Terminal{long, empty} {
			t.Type(clearLine) // otherwise it would be there at the next start
			quit(t)
		}
	}
	b.ReportMetric(0, "ns/op")
}

// BenchmarkBytes reports the bytes that a key writes to the terminal, as a multiple of those of
// nano.
func BenchmarkBytes(b *testing.B) {
	if _, err := exec.LookPath("nano"); err != nil {
		b.Skip("nano is not installed")
	}
	p := build(b)
	for b.Loop() {
		live, _ := p.startLive(b)
		ours := &typist{term: live}
		for range keyPairs / 3 {
			ours.key()
		}
		live.Type(clearLine)
		quit(live)
		nano, _ := p.start(b, shows("Exit"), "nano", "--ignorercfiles")
		var theirs sample
		typed := ""
		for n := range keyPairs / 3 {
			if n%50 == 0 {
				nano.Type("\r")
				typed = mark
				nano.Type(typed)
				nano.Sees(typed)
				nano.Quiet(50 * time.Millisecond)
			}
			key := string(rune('a' + n%26))
			typed += key
			before := nano.Written()
			nano.Type(key)
			nano.Sees(typed)
			time.Sleep(20 * time.Millisecond) // everything else that is drawn
			theirs = append(theirs, float64(nano.Written()-before))
		}
		b.ReportMetric(ours.bytes.at(0.5), "bytes/key")
		b.ReportMetric(theirs.at(0.5), "nano-bytes/key")
		b.ReportMetric(ours.bytes.at(0.5)/theirs.at(0.5), "bytes-ratio")
	}
	b.ReportMetric(0, "ns/op")
}
