// Package trial has what the campaigns share: their scale, their results, the table, and processes
// played by the program itself.
package trial

import (
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"
)

// Options are the settings of a campaign.
type Options struct {
	// Scale is the part of the full campaign to run; 1 is all of it.
	Scale float64
	// Seed makes random choices reproducible.
	Seed uint64
	// Folder is an empty folder for files. The caller removes it.
	Folder string
	// Say reports progress, one line at a time. Several goroutines may call it at once.
	Say func(line string)
}

// Count scales the number of the full campaign; it is at least one.
func (o Options) Count(full int) int { return max(1, int(math.Round(float64(full)*o.Scale))) }

// Random returns the random source of the n-th part of a campaign.
func (o Options) Random(n int) *rand.Rand { return rand.New(rand.NewPCG(o.Seed, uint64(n))) }

// Material reads a JSON file from the folder of real material in HARK_TEST_DATA. Without that
// folder there is nothing in it.
func Material(into any, path ...string) error {
	folder := os.Getenv("HARK_TEST_DATA")
	if folder == "" {
		return nil
	}
	b, err := os.ReadFile(filepath.Join(folder, filepath.Join(path...)))
	if err != nil {
		return err
	}
	return json.Unmarshal(b, into)
}

// Workers is the number of goroutines of Each.
const Workers = 2

// Each calls do for each number below n, on several goroutines; worker is the number of the
// goroutine. After every so many numbers it reports progress. After an error a worker makes no more
// calls.
func (o Options) Each(n, every int, do func(worker, n int) error, progress func(begun int) string) error {
	var (
		wait sync.WaitGroup
		errs = make([]error, Workers)
		next = make(chan int)
	)
	for w := range errs {
		wait.Go(func() {
			for n := range next {
				if errs[w] == nil {
					errs[w] = do(w, n)
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

// Row is the result of a campaign: a row of the table.
type Row struct {
	Campaign string
	// Count is the amount with its unit: "2,000 kills".
	Count string
	// Must is the promise, and Found the result.
	Must, Found string
	// Bad are examples of broken promises; empty when there are none.
	Bad []string
	// Skipped says why the campaign could not run here; "" when it did.
	Skipped string
	Took    time.Duration // set by the caller of the campaign
}

// Good reports whether no promise was broken.
func (r Row) Good() bool { return len(r.Bad) == 0 }

// mostExamples is the largest number of examples.
const mostExamples = 10

// Tally counts by name and keeps examples of failures. The zero Tally is ready for use by several
// goroutines.
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

// Of returns the count of a name.
func (t *Tally) Of(name string) int {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.counts[name]
}

// Fail counts one of a name as a failure, with a description.
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

// Bad returns the descriptions given to Fail.
func (t *Tally) Bad() []string {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.more > 0 {
		return append(slices.Clip(t.bad), fmt.Sprintf("and %d more", t.more))
	}
	return t.bad
}

// Number formats a number with commas between the thousands.
func Number(n int) string {
	s := fmt.Sprint(n)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

// Table formats rows as a Markdown table, with the failures below it.
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
