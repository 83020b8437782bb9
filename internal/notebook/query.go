package notebook

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"hark/internal/interview"
	"hark/internal/plain"
)

// QueryError says that a search cannot be understood, and what would be.
type QueryError struct{ Message string }

// Error returns a sentence for whoever searches.
func (e *QueryError) Error() string { return e.Message }

// query is what a search looks for.
type query struct {
	// words are folded words and phrases that stand in one place, all of them.
	words []string

	// These say which places count; empty means all.
	kinds    []string
	themes   []string // folded; a place has all of them
	statuses []interview.Status

	// These say which interviews count.
	customer      []string // folded beginnings of words of the name
	ended         []bool
	outcomes      []interview.Outcome
	after, before time.Time // from the one on, and up to the other
}

// empty reports whether the query looks for nothing.
func (q query) empty() bool {
	return len(q.words)+len(q.kinds)+len(q.themes)+len(q.statuses)+len(q.customer)+len(q.ended)+len(q.outcomes) == 0 &&
		q.after.IsZero() && q.before.IsZero()
}

// narrow returns words that are in the text of every interview with a hit.
func (q query) narrow() []string { return slices.Concat(q.words, q.themes, q.customer) }

// hitKinds are the kinds of place that a search finds: those of lines, and these.
func hitKinds() []string {
	var all []string
	for _, k := range interview.LineKinds() {
		all = append(all, string(k))
	}
	return append(all, kindProblem, kindImpact, kindPromise, kindRoute, kindSolution, kindReaction, kindRespect, kindAdvice, kindLeftOut)
}

// parseQuery reads a search: words, "phrases", #themes, and customer:, kind:,
// status:, after: and before:. What has a colon and is none of these is a word.
// The error is a *QueryError.
func parseQuery(typed string, now time.Time) (query, error) {
	var q query
	for _, t := range queryParts(typed) {
		name, value, named := strings.Cut(t.text, ":")
		var err error
		switch {
		case t.quoted:
			q.addPhrase(t.text)
		case strings.HasPrefix(t.text, "#") && len(t.text) > 1:
			q.themes = append(q.themes, plain.Fold(t.text[1:]))
		case !named:
			q.addWord(t.text)
		default:
			err = q.filter(strings.ToLower(name), value, t.text, now)
		}
		if err != nil {
			return query{}, err
		}
	}
	return q, nil
}

// queryPart is one word of a query, or what stands in quotation marks.
type queryPart struct {
	text   string
	quoted bool
}

// queryParts splits a query. Quotation marks hold words together, also behind a
// colon: customer:"harbour welding". Curved ones count too, and one that is
// never closed holds to the end.
func queryParts(typed string) []queryPart {
	typed = strings.NewReplacer("“", `"`, "”", `"`, "„", `"`).Replace(typed)
	var (
		all []queryPart
		b   strings.Builder
		in  bool // inside quotation marks
		was bool // this part began with one
	)
	end := func() {
		if strings.TrimSpace(b.String()) != "" {
			all = append(all, queryPart{b.String(), was})
		}
		b.Reset()
		was = false
	}
	for _, r := range typed {
		switch {
		case r == '"' && in:
			in = false
			end()
		case r == '"':
			in = true
			if !strings.HasSuffix(b.String(), ":") {
				end()
				was = true
			}
		case !in && strings.ContainsRune(" \t\r\n\u00a0", r):
			end()
		default:
			b.WriteRune(r)
		}
	}
	end()
	return all
}

func (q *query) addWord(text string) {
	for _, w := range strings.Fields(plain.Fold(text)) {
		if !slices.Contains(q.words, w) {
			q.words = append(q.words, w)
		}
	}
}

func (q *query) addPhrase(text string) {
	if p := strings.Join(strings.Fields(plain.Fold(text)), " "); p != "" {
		q.words = append(q.words, p)
	}
}

// filter takes one name:value; whole is what was typed.
func (q *query) filter(name, value, whole string, now time.Time) (err error) {
	switch name {
	case "customer":
		q.customer = append(q.customer, strings.Fields(plain.Fold(value))...)
	case "kind":
		return q.filterKind(value)
	case "status":
		return q.filterStatus(value)
	case "after":
		q.after, err = queryDay(name, value, now)
	case "before":
		q.before, err = queryDay(name, value, now)
	default:
		q.addWord(whole)
	}
	return err
}

// one returns what a value, or its beginning, stands for.
func one(name, value string, known []string) (string, error) {
	value = strings.ToLower(value)
	var fit []string
	for _, k := range known {
		if k == value {
			return k, nil
		}
		if strings.HasPrefix(k, value) {
			fit = append(fit, k)
		}
	}
	if len(fit) == 1 {
		return fit[0], nil
	}
	if len(fit) == 0 {
		fit = known
	}
	return "", &QueryError{fmt.Sprintf("After %s: comes %s", name, oneOf(fit))}
}

// oneOf joins words to "a, b or c".
func oneOf(words []string) string {
	last := len(words) - 1
	if last < 1 {
		return strings.Join(words, "")
	}
	return strings.Join(words[:last], ", ") + " or " + words[last]
}

func (q *query) filterKind(value string) error {
	for v := range strings.SplitSeq(value, ",") {
		k, err := one("kind", v, hitKinds())
		if err != nil {
			return err
		}
		q.kinds = append(q.kinds, k)
	}
	return nil
}

func (q *query) filterStatus(value string) error {
	const open, ended, setAside = "open", "ended", "aside"
	statuses := []string{string(interview.Heard), string(interview.Weighed), string(interview.Confirmed), string(interview.Aside), setAside}
	outcomes := []string{string(interview.WorkedOut), string(interview.NoFit), string(interview.MoreToLearn)}
	for v := range strings.SplitSeq(value, ",") {
		s, err := one("status", v, slices.Concat(statuses, []string{open, ended}, outcomes))
		switch {
		case err != nil:
			return err
		case s == setAside:
			q.statuses = append(q.statuses, interview.Aside)
		case slices.Contains(statuses, s):
			q.statuses = append(q.statuses, interview.Status(s))
		case slices.Contains(outcomes, s):
			q.outcomes = append(q.outcomes, interview.Outcome(s))
		default:
			q.ended = append(q.ended, s == ended)
		}
	}
	return nil
}

// queryDay reads a day, a month or a year: the moment at which it begins, where
// now is.
func queryDay(name, value string, now time.Time) (time.Time, error) {
	day := func(ago int) time.Time {
		y, m, d := now.Date()
		return time.Date(y, m, d-ago, 0, 0, 0, 0, now.Location())
	}
	switch strings.ToLower(value) {
	case "today":
		return day(0), nil
	case "yesterday":
		return day(1), nil
	}
	for _, layout := range []string{"2006-1-2", "2006-1", "2006"} {
		if t, err := time.ParseInLocation(layout, value, now.Location()); err == nil {
			return t, nil
		}
	}
	return time.Time{}, &QueryError{fmt.Sprintf("After %s: comes a day like %s, a month like %s, a year, today or yesterday",
		name, day(0).Format(time.DateOnly), day(0).Format("2006-01"))}
}

// counts reports whether an interview counts.
func (q query) counts(f findable) bool {
	name := plain.Fold(f.customer)
	for _, w := range q.customer {
		if indexWord(name, w, 0) < 0 {
			return false
		}
	}
	return !f.discarded &&
		(len(q.ended) == 0 || slices.Contains(q.ended, f.ended)) &&
		(len(q.outcomes) == 0 || slices.Contains(q.outcomes, f.outcome)) &&
		(q.after.IsZero() || !f.started.Before(q.after)) &&
		(q.before.IsZero() || f.started.Before(q.before))
}

// at reports whether a place counts.
func (q query) at(p said) bool {
	for _, t := range q.themes {
		if !slices.ContainsFunc(p.themes, func(have string) bool { return plain.Fold(have) == t }) {
			return false
		}
	}
	return (len(q.kinds) == 0 || slices.Contains(q.kinds, p.kind)) &&
		(len(q.statuses) == 0 || slices.Contains(q.statuses, p.status))
}
