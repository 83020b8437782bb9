package main

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
)

// bench measures and prints the rows of the table.
type bench struct {
	hark    string
	runs    int
	only    string
	began   bool // the table head was printed
	missing []string
	failed  error
}

// command is one process to measure.
type command struct {
	args   []string
	stdin  string
	before func() error // runs before each measurement and is not timed
}

// wanted reports whether a row was asked for.
func (b *bench) wanted(name string) bool {
	return slices.ContainsFunc(strings.Split(b.only, "|"), func(one string) bool { return strings.Contains(name, one) })
}

// has reports whether a peer is installed, and records when not.
func (b *bench) has(name string) bool {
	if _, err := exec.LookPath(name); err == nil {
		return true
	}
	if !slices.Contains(b.missing, name) {
		b.missing = append(b.missing, name)
	}
	return false
}

// cost is the cost of one run: elapsed time and processor time; the latter is more reliable on a
// busy machine.
type cost struct{ wall, cpu time.Duration }

// time runs a command once.
func (c command) time() (cost, error) {
	if c.before != nil {
		if err := c.before(); err != nil {
			return cost{}, err
		}
	}
	cmd := exec.Command(c.args[0], c.args[1:]...)
	cmd.Stdin = strings.NewReader(c.stdin)
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	from := time.Now()
	err := cmd.Run()
	took := time.Since(from)
	if err != nil {
		return cost{}, fmt.Errorf("%s: %w\n%s", strings.Join(c.args, " "), err, &stderr)
	}
	return cost{took, cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()}, nil
}

// row measures a against its peer p, alternately, and prints a row of the table.
func (b *bench) row(name, peer string, bar float64, a, p command) {
	if !b.wanted(name) {
		return
	}
	var as, ps []cost
	for i := range b.runs + 1 {
		ta, err1 := a.time()
		tp, err2 := p.time()
		if err := errors.Join(err1, err2); err != nil {
			b.failed = errors.Join(b.failed, fmt.Errorf("%s: %w", name, err))
			return
		}
		if i > 0 { // the first run warms the caches
			as, ps = append(as, ta), append(ps, tp)
		}
	}
	b.print(name, peer, bar, median(as), median(ps))
}

// alone measures a command without a peer.
func (b *bench) alone(name string, runs int, c command) {
	if !b.wanted(name) {
		return
	}
	var all []cost
	for range runs {
		t, err := c.time()
		if err != nil {
			b.failed = errors.Join(b.failed, fmt.Errorf("%s: %w", name, err))
			return
		}
		all = append(all, t)
	}
	b.head()
	took := median(all)
	fmt.Printf("| %s | %s | | | | | %s | | |\n", name, ms(took.wall), ms(took.cpu))
}

func (b *bench) head() {
	if !b.began {
		b.began = true
		fmt.Printf("| work | hark, ms | against | ms | ratio | at most | hark, ms of CPU | against | ratio |\n|---|---|---|---|---|---|---|---|---|\n")
	}
}

func (b *bench) print(name, peer string, bar float64, a, p cost) {
	b.head()
	ratio := float64(a.wall) / float64(p.wall)
	mark := ""
	if ratio > bar {
		mark = " (over)"
	}
	fmt.Printf("| %s | %s | %s | %s | %.2f%s | %g | %s | %s | %.2f |\n",
		name, ms(a.wall), peer, ms(p.wall), ratio, mark, bar, ms(a.cpu), ms(p.cpu), float64(a.cpu)/float64(p.cpu))
}

func ms(d time.Duration) string { return fmt.Sprintf("%.1f", float64(d.Microseconds())/1000) }

func median(all []cost) cost {
	slices.SortFunc(all, func(a, b cost) int { return cmp.Compare(a.cpu, b.cpu) })
	cpu := all[len(all)/2].cpu
	slices.SortFunc(all, func(a, b cost) int { return cmp.Compare(a.wall, b.wall) })
	return cost{all[len(all)/2].wall, cpu}
}

// start measures the start of a process.
func (b *bench) start() {
	if b.has("rg") {
		b.row("version", "rg --version", 3, command{args: []string{b.hark, "version"}}, command{args: []string{"rg", "--version"}})
	}
}

// shown is the number of hits and interviews asked for, of hark and of its peers.
const shown = "20"

// over measures the work on one corpus.
func (b *bench) over(s *corpus, cold bool) {
	at := fmt.Sprintf(" at %d", s.n)
	for _, q := range s.queries {
		search := s.search(b, q)
		if s.sqlite != "" {
			sql := fmt.Sprintf("select interview, customer, started, text from lines where lines match '%s' order by rowid desc limit %s", q.fts(), shown)
			b.row("search, "+q.name+at, "sqlite3 FTS5", 1, search, command{args: []string{"sqlite3", s.sqlite, sql}})
		}
		if b.has("rg") {
			grep := command{args: []string{"rg", "-i", "-l", q.rg(), s.notes}}
			b.row("search, "+q.name+at, "rg -i -l", 0.2, search, grep)
			if cold {
				search.before, grep.before = forget, forget
				b.row("cold search, "+q.name+at, "rg -i -l, cold", 0.5, search, grep)
			}
		}
	}
	if s.sqlite != "" {
		b.row("list"+at, "sqlite3, by an index", 1,
			command{args: []string{b.hark, "list", "--db", s.db, "--limit", shown}},
			command{args: []string{"sqlite3", s.sqlite, "select * from interviews order by started desc limit " + shown}})
		b.add(s, at)
	}
	b.exports(s, at)
	b.alone("doctor"+at, 3, command{args: []string{b.hark, "doctor", "--db", s.db}})
	copied := filepath.Join(filepath.Dir(s.db), "backup.db")
	b.alone("backup"+at, 3, command{args: []string{b.hark, "backup", copied, "--db", s.db}, before: func() error { return gone(copied) }})
	all := filepath.Join(filepath.Dir(s.db), "all.json")
	b.alone("export as JSON"+at, 1, command{
		args: []string{b.hark, "export", "--db", s.db, "--all", "--thoughts", "--format", "json", "--out", all}, before: func() error { return gone(all) },
	})
	other := filepath.Join(filepath.Dir(s.db), "import", "hark.db")
	b.alone("import"+at, 1, command{args: []string{b.hark, "import", all, "--db", other}, before: func() error { return gone(filepath.Dir(other)) }})
}

func (s *corpus) search(b *bench, q query) command {
	return command{args: append([]string{b.hark, "search", "--db", s.db, "--limit", shown}, q.args()...)}
}

// add measures adding one line durably.
func (b *bench) add(s *corpus, at string) {
	const customer = "Speed Check"
	if !b.wanted("take, one line" + at) {
		return
	}
	begin := exec.Command(b.hark, "take", "--db", s.db, "--new", customer)
	begin.Stdin = strings.NewReader("the first line\n")
	if out, err := begin.CombinedOutput(); err != nil {
		b.failed = errors.Join(b.failed, fmt.Errorf("hark take: %w\n%s", err, out))
		return
	}
	const line = `"We rework about one weld in five.`
	insert := "insert into lines values ('x', '" + customer + "', '2026-11-22T10:00:00Z', 'We rework about one weld in five.')"
	take := command{args: []string{b.hark, "take", "--db", s.db, customer}, stdin: line + "\n"}
	b.row("take, one line"+at, "sqlite3, insert", 1, take, command{args: []string{"sqlite3", s.sqlite, insert}})
	if b.has("strace") {
		syncs, written, err := traced(take)
		if err != nil {
			b.failed = errors.Join(b.failed, err)
			return
		}
		b.head()
		fmt.Printf("| take, one line%s: syncs | %d | | | | 2 | | | |\n| take, one line%s: KB written | %d | | | | 128 | | | |\n", at, syncs, at, written>>10)
	}
}

// traced counts the syncs and the bytes written by a command.
func traced(c command) (syncs, written int, err error) {
	trace, err := os.CreateTemp("", "hark-trace-")
	if err != nil {
		return 0, 0, err
	}
	defer func() { _ = errors.Join(trace.Close(), os.Remove(trace.Name())) }()
	c.args = append([]string{"strace", "-f", "-qq", "-o", trace.Name(), "-e", "trace=fsync,fdatasync,sync_file_range,msync,pwrite64,write,writev"}, c.args...)
	if _, err := c.time(); err != nil {
		return 0, 0, err
	}
	b, err := os.ReadFile(trace.Name())
	if err != nil {
		return 0, 0, err
	}
	for _, m := range regexp.MustCompile(`(?m)^\d+\s+(\w+)\(.*= (\d+)$`).FindAllSubmatch(b, -1) {
		if bytes.Contains(m[1], []byte("sync")) {
			syncs++
			continue
		}
		n, err := strconv.Atoi(string(m[2]))
		if err != nil {
			return 0, 0, err
		}
		written += n
	}
	return syncs, written, nil
}

// exports measures exporting everything.
func (b *bench) exports(s *corpus, at string) {
	ours, theirs := s.notes+"-again", s.notes+"-copied"
	b2 := *b
	b2.runs = min(b.runs, 3)
	b2.row("export as Markdown"+at, "cp -r of it", 2,
		command{args: []string{b.hark, "export", "--db", s.db, "--all", "--thoughts", "--format", "md", "--out", ours + "/"}, before: func() error { return gone(ours) }},
		command{args: []string{"cp", "-r", s.notes, theirs}, before: func() error { return gone(theirs) }})
	b.began, b.failed = b2.began, b2.failed
	b.failed = errors.Join(b.failed, gone(ours), gone(theirs))
}

// growth measures what must not slow down as the notebook grows.
func (b *bench) growth(few, many *corpus) {
	at := fmt.Sprintf(" at %d", many.n)
	against := fmt.Sprintf("at %d", few.n)
	for i, q := range few.queries {
		b.row("search, "+q.name+at, against, 3, many.search(b, many.queries[i]), few.search(b, q))
	}
	list := func(s *corpus) command {
		return command{args: []string{b.hark, "list", "--db", s.db, "--limit", shown}}
	}
	b.row("list"+at, against, 1.5, list(many), list(few))
	show := func(s *corpus) command { return command{args: []string{b.hark, "show", "--db", s.db}} }
	b.row("show the newest"+at, against, 1.5, show(many), show(few))
	take := func(s *corpus) command {
		return command{args: []string{b.hark, "take", "--db", s.db, "Speed Check"}, stdin: "one more line\n"}
	}
	if many.sqlite != "" {
		b.row("take, one line"+at, against, 1.5, take(many), take(few))
	}
}

// gone removes the files of an earlier run.
func gone(path string) error { return os.RemoveAll(path) }

// forget empties the file cache.
func forget() error {
	if out, err := exec.Command("sync").CombinedOutput(); err != nil {
		return fmt.Errorf("sync: %w %s", err, out)
	}
	if err := os.WriteFile("/proc/sys/vm/drop_caches", []byte("3\n"), 0o200); err != nil {
		return fmt.Errorf("emptying the cache takes Linux and root: %w", err)
	}
	return nil
}
