package search

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"hark/internal/interview"
	"hark/internal/plain"
)

// QueryError says that a query cannot be understood, and what would be.
type QueryError struct{ Message string }

// Error returns a sentence for the person who searches.
func (e *QueryError) Error() string { return e.Message }

// Query is what a search looks for. The zero Query looks for nothing.
type Query struct {
	words []string // folded words and phrases; a passage has all of them

	// Conditions on passages; an empty list means any.
	kinds    []string
	themes   []string // folded; a passage has all of them
	statuses []interview.Status

	// Conditions on interviews; an empty list, or a zero time, means any.
	customer      []string // folded beginnings of words of the name
	ended         []bool
	outcomes      []interview.Outcome
	after, before time.Time // the start of the interview, from after on and up to before
}

// Empty reports whether the query looks for nothing.
func (q Query) Empty() bool {
	return len(q.words)+len(q.kinds)+len(q.themes)+len(q.statuses)+len(q.customer)+len(q.ended)+len(q.outcomes) == 0 &&
		q.after.IsZero() && q.before.IsZero()
}

// Words returns folded words and beginnings of words that the folded text of every interview with
// a hit contains.
func (q Query) Words() []string { return slices.Concat(q.words, q.themes, q.customer) }

// Parse reads a query. Words and "phrases in quotes" stand in one passage. #theme asks for passages
// with that theme, or of a problem with it; kind:quote for one kind; status:confirmed for what
// belongs to a problem of that status; status:open, ended or an outcome for interviews;
// customer:name, after:2026-11 and before:2026-11-22 select interviews. Anything else with a colon
// is a word. Days begin where now is. The error is a *QueryError.
func Parse(typed string, now time.Time) (Query, error) {
	var q Query
	for _, t := range parts(typed) {
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
			return Query{}, err
		}
	}
	return q, nil
}

// part is one word of a query, or a text in quotation marks.
type part struct {
	text   string
	quoted bool
}

// parts splits a query. Quotation marks hold words together, also after a colon: customer:"harbour
// welding". Curved ones count too, and one that is never closed holds to the end.
func parts(typed string) []part {
	typed = strings.NewReplacer("“", `"`, "”", `"`, "„", `"`).Replace(typed)
	var (
		all []part
		b   strings.Builder
		in  bool // inside quotation marks
		was bool // this part began with one
	)
	end := func() {
		if strings.TrimSpace(b.String()) != "" {
			all = append(all, part{b.String(), was})
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

func (q *Query) addWord(text string) {
	for w := range strings.FieldsSeq(plain.Fold(text)) {
		if !slices.Contains(q.words, w) {
			q.words = append(q.words, w)
		}
	}
}

func (q *Query) addPhrase(text string) {
	if p := strings.Join(strings.Fields(plain.Fold(text)), " "); p != "" {
		q.words = append(q.words, p)
	}
}

// filter adds the condition name:value; whole is the text as it was typed.
func (q *Query) filter(name, value, whole string, now time.Time) (err error) {
	switch name {
	case "customer":
		q.customer = append(q.customer, strings.Fields(plain.Fold(value))...)
	case "kind":
		return q.filterKind(value)
	case "status":
		return q.filterStatus(value)
	case "after":
		q.after, err = beginning(name, value, now)
	case "before":
		q.before, err = beginning(name, value, now)
	default:
		q.addWord(whole)
	}
	return err
}

// one returns the known word that a value, or its beginning, stands for.
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
	return "", &QueryError{fmt.Sprintf("After %s: comes %s", name, plain.List(fit, "or"))}
}

func (q *Query) filterKind(value string) error {
	for v := range strings.SplitSeq(value, ",") {
		k, err := one("kind", v, kinds())
		if err != nil {
			return err
		}
		q.kinds = append(q.kinds, k)
	}
	return nil
}

func (q *Query) filterStatus(value string) error {
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

// beginning returns the moment at which a day, a month or a year begins, where now is.
func beginning(name, value string, now time.Time) (time.Time, error) {
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

// selects reports whether the conditions on interviews hold.
func (q Query) selects(d decoded) bool {
	name := plain.Fold(d.customer)
	for _, w := range q.customer {
		if indexWord(name, w, 0) < 0 {
			return false
		}
	}
	return !d.discarded &&
		(len(q.ended) == 0 || slices.Contains(q.ended, d.ended)) &&
		(len(q.outcomes) == 0 || slices.Contains(q.outcomes, d.outcome)) &&
		(q.after.IsZero() || !d.started.Before(q.after)) &&
		(q.before.IsZero() || d.started.Before(q.before))
}

// finds reports whether the conditions on passages hold.
func (q Query) finds(p passage) bool {
	for _, t := range q.themes {
		if !slices.ContainsFunc(p.themes, func(have string) bool { return plain.Fold(have) == t }) {
			return false
		}
	}
	return (len(q.kinds) == 0 || slices.Contains(q.kinds, p.kind)) &&
		(len(q.statuses) == 0 || slices.Contains(q.statuses, p.status))
}
