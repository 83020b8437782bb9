package main

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"unicode"
)

// corpus is a made-up notebook, with the same text as an SQLite database and as files.
type corpus struct {
	n       int
	db      string // the notebook
	sqlite  string // "" without sqlite3
	notes   string // a folder of Markdown files
	queries []query
}

// query is a search, in the forms of hark and its peers.
type query struct {
	name  string
	words []string // folded words; the last may be a prefix
	kind  queryKind
}

type queryKind int

const (
	allWords queryKind = iota
	beginning
	phrase
)

// prepare creates a corpus, or reuses that of an earlier run.
func (b *bench) prepare(dir string, n, seed int) (*corpus, error) {
	s := &corpus{n: n, db: filepath.Join(dir, "hark.db"), notes: filepath.Join(dir, "notes")}
	lines := filepath.Join(dir, "lines.csv")
	if _, err := os.Stat(filepath.Join(dir, "done")); errors.Is(err, os.ErrNotExist) {
		if err := os.MkdirAll(dir, 0o700); err != nil {
			return nil, err
		}
		for _, args := range [][]string{
			{"demo", "--size", strconv.Itoa(n), "--seed", strconv.Itoa(seed), "--db", s.db},
			{"export", "--db", s.db, "--all", "--thoughts", "--format", "csv", "--table", "lines", "--out", lines},
			{"export", "--db", s.db, "--all", "--thoughts", "--format", "md", "--out", s.notes + "/"},
		} {
			fmt.Fprintln(os.Stderr, "hark", strings.Join(args, " "))
			if out, err := exec.Command(b.hark, args...).CombinedOutput(); err != nil {
				return nil, fmt.Errorf("hark %s: %w\n%s", strings.Join(args, " "), err, out)
			}
		}
		if err := os.WriteFile(filepath.Join(dir, "done"), nil, 0o600); err != nil {
			return nil, err
		}
	}
	if err := s.chooseQueries(lines); err != nil {
		return nil, err
	}
	if b.has("sqlite3") {
		s.sqlite = filepath.Join(dir, "lines.sqlite")
		if err := fillSQLite(s.sqlite, lines); err != nil {
			return nil, err
		}
	}
	return s, nil
}

// fillSQLite creates a database with the lines, a full-text index over them, and the interviews
// with an index by their start.
func fillSQLite(path, lines string) error {
	if _, err := os.Stat(path); err == nil {
		return nil
	}
	script := strings.Join([]string{
		".mode csv",
		".import " + strconv.Quote(lines) + " raw",
		"create virtual table lines using fts5(interview unindexed, customer unindexed, started unindexed, text);",
		"insert into lines select interview, customer, time, text from raw order by time;",
		"create table interviews as select interview, customer, min(time) started, count(*) lines from raw group by interview;",
		"create index newest on interviews(started);",
		"drop table raw;",
		"vacuum;",
	}, "\n")
	cmd := exec.Command("sqlite3", path)
	cmd.Stdin = strings.NewReader(script)
	if out, err := cmd.CombinedOutput(); err != nil || bytes.Contains(out, []byte("Error")) {
		_ = os.Remove(path)
		return fmt.Errorf("filling sqlite: %w\n%s", err, out)
	}
	return nil
}

// chooseQueries picks words by the number of lines that have them, so that they fit every made-up
// notebook.
func (s *corpus) chooseQueries(lines string) error {
	f, err := os.Open(lines)
	if err != nil {
		return err
	}
	defer func() { _ = f.Close() }()
	r := csv.NewReader(f)
	head, err := r.Read()
	if err != nil {
		return err
	}
	text := slices.Index(head, "text")
	if text < 0 {
		return fmt.Errorf("%s has no column named text, but %q", lines, head)
	}
	count := map[string]int{}
	pairs := map[[2]string]int{}
	for {
		row, err := r.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return err
		}
		words := strings.FieldsFunc(strings.ToLower(row[text]), func(r rune) bool { return !unicode.IsLetter(r) })
		for i, w := range words {
			count[w]++
			if i > 0 {
				pairs[[2]string{words[i-1], w}]++
			}
		}
	}
	byCount := make([]string, 0, len(count))
	for w := range count {
		if len(w) >= 5 && isASCII(w) {
			byCount = append(byCount, w)
		}
	}
	slices.SortFunc(byCount, func(a, b string) int {
		if count[a] != count[b] {
			return count[b] - count[a]
		}
		return strings.Compare(a, b)
	})
	if len(byCount) < 20 {
		return errors.New("the made-up interviews have too few words to search for")
	}
	var pair [2]string
	for p, n := range pairs {
		long := len(p[0]) >= 4 && len(p[1]) >= 4 && isASCII(p[0]+p[1])
		if long && (n > pairs[pair] || n == pairs[pair] && p[0]+p[1] < pair[0]+pair[1]) {
			pair = p
		}
	}
	common, rare := byCount[0], byCount[len(byCount)-1]
	s.queries = []query{
		{"rare word", []string{rare}, allWords},
		{"common word", []string{common}, allWords},
		{"two words", []string{common, byCount[10]}, allWords},
		{"beginning of a word", []string{common[:3]}, beginning},
		{"phrase", pair[:], phrase},
	}
	return nil
}

func isASCII(s string) bool {
	return !strings.ContainsFunc(s, func(r rune) bool { return r > unicode.MaxASCII })
}

// args are the arguments of hark search.
func (q query) args() []string {
	if q.kind == phrase {
		return []string{`"` + strings.Join(q.words, " ") + `"`}
	}
	return q.words
}

// fts is the FTS5 query. Words match by prefix, as in hark.
func (q query) fts() string {
	if q.kind == phrase {
		return `"` + strings.Join(q.words, " ") + `"`
	}
	return strings.Join(q.words, "* AND ") + "*"
}

// rg is a pattern that finds a file in which a line has the words. It has no word boundaries: with
// them, rg is slower.
func (q query) rg() string {
	if q.kind == allWords && len(q.words) == 2 {
		return fmt.Sprintf(`%[1]s.*%[2]s|%[2]s.*%[1]s`, q.words[0], q.words[1])
	}
	return strings.Join(q.words, " ")
}
