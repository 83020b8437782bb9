// Package trial is what the campaigns have in common: how much of one is run, what came of it, the table that is
// printed, and processes that are played by the program itself.
package trial

import (
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"strings"
	"sync"
	"time"
)

// Options says how a campaign is run.
type Options struct {
	// Scale is how much of the full campaign is run: 1 is all of it.
	Scale float64
	// Seed makes what is left to chance come out the same again.
	Seed uint64
	// Folder is an empty folder for the campaign's files. Whoever made it
	// removes it.
	Folder string
	// Say tells how far things are, a line at a time. It may be called by several
	// goroutines at once.
	Say func(line string)
}

// Count returns how many of so many in the full campaign are asked for, at
// least one.
func (o Options) Count(full int) int { return max(1, int(math.Round(float64(full)*o.Scale))) }

// Random returns a source of chance for the n-th part of a campaign.
func (o Options) Random(n int) *rand.Rand { return rand.New(rand.NewPCG(o.Seed, uint64(n))) }

// Each does something for each number from 0 on, two at a time, n in all. When
// so many more of them were begun, it says what progress returns. After an error
// what was begun is finished.
func (o Options) Each(n, every int, do func(n int) error, progress func(begun int) string) error {
	var (
		wait sync.WaitGroup
		errs = make([]error, 2)
		next = make(chan int)
	)
	for w := range errs {
		wait.Go(func() {
			for n := range next {
				if errs[w] == nil {
					errs[w] = do(n)
				}
			}
		})
	}
	for i := range n {
		next <- i
		if i%every == every-1 {
			o.Say(progress(i + 1))
		}
	}
	close(next)
	wait.Wait()
	return errors.Join(errs...)
}

// Row is what came of a campaign: a row of the table.
type Row struct {
	Campaign string
	// Count is how often, with what: "2,000 kills".
	Count string
	// Must is what has to be shown, and Found what was found.
	Must, Found string
	// Bad tells of what went wrong, an example each; without any the campaign
	// was good.
	Bad []string
	// Skipped says why the campaign could not be run here; "" when it was.
	Skipped string
	Took    time.Duration
}

// Good reports whether nothing went wrong.
func (r Row) Good() bool { return len(r.Bad) == 0 }

// mostExamples is how many things that went wrong are told one by one.
const mostExamples = 10

// Tally counts by name, and keeps examples of what went wrong. The zero Tally is
// ready for use, by several goroutines at once.
type Tally struct {
	mu     sync.Mutex
	counts map[string]int
	bad    []string
	more   int
}

// Add counts n more of a name.
func (t *Tally) Add(name string, n int) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.counts == nil {
		t.counts = map[string]int{}
	}
	t.counts[name] += n
}

// Of returns how many of a name were counted.
func (t *Tally) Of(name string) int {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.counts[name]
}

// Fail counts one of a name, and notes what happened, as something that must not
// be.
func (t *Tally) Fail(name, format string, args ...any) {
	t.Add(name, 1)
	t.mu.Lock()
	defer t.mu.Unlock()
	if len(t.bad) == mostExamples {
		t.more++
		return
	}
	t.bad = append(t.bad, name+": "+fmt.Sprintf(format, args...))
}

// Bad returns what was noted by Fail.
func (t *Tally) Bad() []string {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.more > 0 {
		return append(t.bad[:len(t.bad):len(t.bad)], fmt.Sprintf("and %d more", t.more))
	}
	return t.bad
}

// Number writes a number with commas between the thousands.
func Number(n int) string {
	s := fmt.Sprint(n)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

// Table writes rows as a Markdown table, and what went wrong below it.
func Table(rows []Row) string {
	var b strings.Builder
	b.WriteString("| campaign | count | must show | found | seconds |\n|---|---|---|---|---|\n")
	for _, r := range rows {
		found := r.Found
		switch {
		case r.Skipped != "":
			found = "not run: " + r.Skipped
		case !r.Good():
			found = "**failed**: " + found
		}
		cells := []string{r.Campaign, r.Count, r.Must, found, fmt.Sprintf("%.0f", r.Took.Seconds())}
		for i, c := range cells {
			cells[i] = strings.NewReplacer("|", `\|`, "\n", " ").Replace(c)
		}
		b.WriteString("| " + strings.Join(cells, " | ") + " |\n")
	}
	for _, r := range rows {
		for i, bad := range r.Bad {
			if i == 0 {
				b.WriteString("\n" + r.Campaign + ":\n\n")
			}
			// Indented, so that nothing in it is read as Markdown.
			b.WriteString("    " + strings.ReplaceAll(bad, "\n", "\n    ") + "\n")
		}
	}
	return b.String()
}
