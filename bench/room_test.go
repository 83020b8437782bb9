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

// bigNotebook is what BenchmarkMany measures on. hark demo makes 1,000 interviews in some four seconds, and takes 75 MB for
// them.
type bigNotebook struct {
	size *int
	file *string
}

var big = bigNotebook{
	size: flag.Int("interviews", 1000, "how many interviews BenchmarkMany makes up"),
	file: flag.String("notebook", "", "what hark demo --size made earlier, for BenchmarkMany to use instead"),
}

// settled is how long a program is left alone before its memory is looked at: long enough for the library to have read
// everything, which on a busy machine takes 8 s for 100,000 interviews, and the search index to have been seen to.
const settled = 15 * time.Second

// BenchmarkMany reports what a large notebook costs the app: from its start to the first full frame, and how much memory
// it has once it rests, as multiples of what the bare program takes.
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

// memory is what a process has in memory, in MB: all of it, and what is its own rather than pages of the program's file,
// which the system takes back when it wants to.
type memory struct{ all, own float64 }

// resident starts a program, lets it come to rest, and returns what it has in memory then.
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
		kilobytes, _ := strconv.ParseFloat(fields[1], 64) // what is no number is none of these
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

// BenchmarkLong reports what a key takes in an interview of 400 KB, as a multiple of what it takes in an empty one.
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
			t.Type(clearLine) // it would be there again at the next start
			quit(t)
		}
	}
	b.ReportMetric(0, "ns/op")
}

// BenchmarkBytes reports how many bytes a key writes to the terminal, as a multiple of what nano writes for it.
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
			time.Sleep(20 * time.Millisecond) // whatever else it draws
			theirs = append(theirs, float64(nano.Written()-before))
		}
		b.ReportMetric(ours.bytes.at(0.5), "bytes/key")
		b.ReportMetric(theirs.at(0.5), "nano-bytes/key")
		b.ReportMetric(ours.bytes.at(0.5)/theirs.at(0.5), "bytes-ratio")
	}
	b.ReportMetric(0, "ns/op")
}
