package notebook

import (
	"bytes"
	"context"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"hark/internal/interview"
	"hark/internal/plain"
)

// Hit is one place where a search found what it looked for.
type Hit struct {
	Interview interview.ID
	Customer  string
	At        time.Time
	Number    int // of the line or promise; of the problem when Kind is "problem"
	Kind      string
	Text      string
	Matches   [][2]int // byte offsets into Text, from and to
}

// Search returns where all words of the query are said in one place: lines,
// problems, promises and solutions, newest interviews first, at most limit hits
// (all when limit is 0). Words match at their beginning, in any order, without
// regard to case and accents; "words in quotes" match as a phrase.
func (n *Notebook) Search(ctx context.Context, query string, limit int) ([]Hit, error) {
	words := terms(query)
	if len(words) == 0 {
		return nil, nil
	}
	found := map[interview.ID]bool{}
	err := n.store.Texts(ctx, func(id interview.ID, folded []byte) bool {
		if anyLine(folded, words) {
			found[id] = true
		}
		return true
	})
	if err != nil || len(found) == 0 {
		return nil, err
	}
	var order []interview.ID
	err = n.store.Summaries(ctx, func(s interview.Summary) bool {
		if found[s.ID] && !s.Discarded {
			order = append(order, s.ID)
		}
		return true
	})
	if err != nil {
		return nil, err
	}
	var hits []Hit
	for _, id := range order {
		v, err := n.Open(ctx, id)
		if err != nil {
			return nil, err
		}
		hits = append(hits, hitsIn(v.Interview, words)...)
		if limit > 0 && len(hits) >= limit {
			return hits[:limit], nil
		}
	}
	return hits, nil
}

// terms splits a query into folded words and phrases.
func terms(query string) []string {
	var out []string
	for i, part := range strings.Split(query, `"`) {
		part = plain.Fold(part)
		if i%2 == 0 {
			out = append(out, strings.Fields(part)...)
			continue
		}
		if phrase := strings.Join(strings.Fields(part), " "); phrase != "" {
			out = append(out, phrase)
		}
	}
	return slices.Compact(out)
}

// said is one searchable place of an interview.
type said struct {
	number int
	kind   string
	text   string
}

// places lists what search looks through. A problem still worded as the line
// that shows it is found as that line.
func places(iv *interview.Interview) []said {
	var all []said
	for _, p := range iv.Problems {
		if !slices.ContainsFunc(iv.Lines, func(l interview.Line) bool { return l.Problem == p.ID && l.Text == p.Statement }) {
			all = append(all, said{p.Number, "problem", p.Statement})
		}
	}
	for _, l := range iv.Lines {
		all = append(all, said{l.Number, string(l.Kind), l.Text})
	}
	for _, p := range iv.Promises {
		all = append(all, said{p.Number, "promise", p.Text})
	}
	for _, s := range iv.Solutions {
		all = append(all, said{s.Number, "solution", s.Text})
	}
	return all
}

// searchText returns the folded text of an interview, a place a line.
func searchText(iv *interview.Interview) []byte {
	var b bytes.Buffer
	for _, s := range places(iv) {
		b.WriteString(oneLine(plain.Fold(s.text)))
		b.WriteByte('\n')
	}
	return b.Bytes()
}

func oneLine(s string) string { return strings.ReplaceAll(s, "\n", " ") }

// anyLine reports whether all words stand in one line of the folded text.
func anyLine(folded []byte, words []string) bool {
	for _, w := range words {
		if !bytes.Contains(folded, []byte(w)) {
			return false
		}
	}
	for line := range bytes.Lines(folded) {
		if len(words) > 0 && matchesAll(string(line), words) {
			return true
		}
	}
	return false
}

func matchesAll(line string, words []string) bool {
	for _, w := range words {
		if indexWord(line, w, 0) < 0 {
			return false
		}
	}
	return true
}

// indexWord returns where w stands at the beginning of a word in s, at or after
// from; -1 when nowhere.
func indexWord(s, w string, from int) int {
	for from <= len(s) {
		i := strings.Index(s[from:], w)
		if i < 0 {
			return -1
		}
		at := from + i
		before, _ := utf8.DecodeLastRuneInString(s[:at])
		first, _ := utf8.DecodeRuneInString(w)
		if at == 0 || !wordy(before) || !wordy(first) {
			return at
		}
		from = at + 1
	}
	return -1
}

func wordy(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

// hitsIn returns the places of an interview in which all words stand.
func hitsIn(iv *interview.Interview, words []string) []Hit {
	var hits []Hit
	for _, s := range places(iv) {
		folded := plain.FoldIndex(s.text)
		if !matchesAll(oneLine(folded.String()), words) {
			continue
		}
		hits = append(hits, Hit{
			Interview: iv.ID, Customer: iv.Customer, At: iv.StartedAt,
			Number: s.number, Kind: s.kind, Text: s.text, Matches: matches(folded, words),
		})
	}
	return hits
}

// matches returns where the words stand, as offsets into the text that was
// folded, in order and joined where they overlap.
func matches(folded plain.Folded, words []string) [][2]int {
	text := oneLine(folded.String())
	var all [][2]int
	for _, w := range words {
		for i := indexWord(text, w, 0); i >= 0; i = indexWord(text, w, i+1) {
			from, to := folded.Span(i, i+len(w))
			all = append(all, [2]int{from, to})
		}
	}
	slices.SortFunc(all, func(a, b [2]int) int { return a[0] - b[0] })
	var joined [][2]int
	for _, m := range all {
		if last := len(joined) - 1; last >= 0 && m[0] <= joined[last][1] {
			joined[last][1] = max(joined[last][1], m[1])
			continue
		}
		joined = append(joined, m)
	}
	return joined
}
