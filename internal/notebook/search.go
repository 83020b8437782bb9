package notebook

import (
	"bytes"
	"context"
	"errors"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"hark/internal/interview"
	"hark/internal/plain"
)

// Hit is one place where a search found what it looked for.
type Hit struct {
	Interview interview.ID
	Customer  string
	At        time.Time
	// Number is that of the line, promise or route; of the problem for the kinds
	// problem, impact, respect and advice; of the solution for solution and
	// reaction; else 0.
	Number  int
	Kind    string
	Text    string
	Matches [][2]int // byte offsets into Text, from and to
}

// The kinds of place that are not lines.
const (
	kindProblem  = "problem"
	kindImpact   = "impact"
	kindPromise  = "promise"
	kindRoute    = "route"
	kindSolution = "solution"
	kindReaction = "reaction"
	kindRespect  = "respect"
	kindAdvice   = "advice"
	kindLeftOut  = "left-out"
)

// Search returns where all words of a query are said in one place: newest
// interviews first, at most limit hits (all when limit is 0). Words match at
// their beginning, in any order, without regard to case and accents; "words in
// quotes" match as a phrase.
//
// #theme asks for places with that theme, or of a problem with it; kind:quote
// for one kind; status:confirmed for what belongs to a problem of that status,
// status:open, ended or an outcome for interviews; customer:name, after:2026-11
// and before:2026-11-22 say which interviews. The error is a *QueryError when
// the query cannot be understood.
func (n *Notebook) Search(ctx context.Context, typed string, limit int) ([]Hit, error) {
	q, err := parseQuery(typed, n.now())
	if err != nil || q.empty() {
		return nil, err
	}
	var (
		hits   []Hit
		broken error
	)
	err = n.store.Candidates(ctx, q.narrow(), func(id interview.ID, text []byte) bool {
		found, err := q.search(id, text, n.now().Location())
		hits, broken = append(hits, found...), err
		return err == nil && (limit == 0 || len(hits) < limit)
	})
	if err := errors.Join(err, broken); err != nil {
		return nil, err
	}
	if limit > 0 && len(hits) > limit {
		hits = hits[:limit]
	}
	return hits, nil
}

// Index makes searching faster, if there is something to be done for it, and
// reports whether there was: then there may be more. It takes up to a second,
// in which others can write.
func (n *Notebook) Index(ctx context.Context) (bool, error) { return n.store.Index(ctx) }

// said is one searchable place of an interview.
type said struct {
	number int
	kind   string
	text   string
	themes []string
	status interview.Status // of the problem that it belongs to
	// again says that a line says the same: a problem still worded as the line
	// that shows it is found as that line, unless problems are asked for.
	again bool
}

// places lists what search looks through.
func places(iv *interview.Interview) []said {
	all := make([]said, 0, 4*len(iv.Problems)+len(iv.Lines)+len(iv.Promises)) // mostly enough
	for _, p := range iv.Problems {
		add := func(kind, text string) {
			if text != "" {
				all = append(all, said{number: p.Number, kind: kind, text: text, themes: p.Themes, status: p.Status})
			}
		}
		shown := slices.ContainsFunc(iv.Lines, func(l interview.Line) bool { return l.Problem == p.ID && l.Text == p.Statement })
		all = append(all, said{number: p.Number, kind: kindProblem, text: p.Statement, themes: p.Themes, status: p.Status, again: shown})
		for _, facet := range []string{p.Impact.HowOften, p.Impact.Costs, p.Impact.Bears, p.Impact.Tried, p.Impact.Wants} {
			add(kindImpact, facet)
		}
	}
	ofProblem := func(id interview.ID, s said) said {
		if id.IsZero() {
			return s
		}
		if p, ok := iv.ProblemByID(id); ok {
			s.themes, s.status = slices.Concat(s.themes, p.Themes), p.Status
		}
		return s
	}
	for _, l := range iv.Lines {
		all = append(all, ofProblem(l.Problem, said{number: l.Number, kind: string(l.Kind), text: l.Text, themes: l.Themes}))
	}
	for _, p := range iv.Promises {
		all = append(all, said{number: p.Number, kind: kindPromise, text: p.Text})
	}
	for _, s := range iv.Solutions {
		of := said{number: s.Number, kind: kindSolution, text: s.Text}
		for _, p := range s.Problems {
			of = ofProblem(p, of)
		}
		all = append(all, of)
		if of.kind, of.text = kindReaction, s.Reaction; of.text != "" {
			all = append(all, of)
		}
	}
	for _, r := range iv.Respects {
		p, _ := iv.ProblemByID(r.Problem)
		all = append(all, said{number: p.Number, kind: kindRespect, text: r.Text, themes: p.Themes, status: p.Status})
	}
	for _, a := range iv.Advice {
		p, _ := iv.ProblemByID(a.Problem)
		all = append(all, said{number: p.Number, kind: kindAdvice, text: a.Text, themes: p.Themes, status: p.Status})
	}
	for _, r := range iv.Routes {
		if r.Answer != "" {
			all = append(all, ofProblem(r.Problem, said{number: r.Number, kind: kindRoute, text: r.Answer}))
		}
	}
	if iv.LeftOut.Text != "" {
		all = append(all, said{kind: kindLeftOut, text: iv.LeftOut.Text})
	}
	return all
}

// oneLine puts blanks where the records of search have marks of their own.
func oneLine(s string) string {
	b := []byte(s)
	onOneLine(b)
	return string(b)
}

// onOneLine is oneLine for text that may be changed.
func onOneLine(b []byte) {
	for _, mark := range []byte{'\n', 0} {
		rest := b
		for i := bytes.IndexByte(rest, mark); i >= 0; i = bytes.IndexByte(rest, mark) {
			rest[i] = ' '
			rest = rest[i+1:]
		}
	}
}

// matchesAll reports whether all words stand in a folded line.
func matchesAll(line []byte, words []string) bool {
	for _, w := range words {
		if !bytes.Contains(line, []byte(w)) || indexWord(string(line), w, 0) < 0 {
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
		if at == 0 || !plain.Wordy(before) || !plain.Wordy(first) || plain.Alone(before) || plain.Alone(first) {
			return at
		}
		from = at + 1
	}
	return -1
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
