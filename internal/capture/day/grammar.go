package day

import (
	"slices"
	"strings"
	"time"

	"hark/internal/interview"
	"hark/internal/language"
)

// reading is what some words say.
type reading struct {
	days   []interview.Date // the likeliest first; none for words that say no day: asap
	sure   bool             // it is days[0] for certain
	time   bool             // they say a time of day, too
	length bool             // they say how long, as "2 weeks" does, and not from when on
	number bool             // they are a number, which can be anything: 15, 3/4
	past   bool             // they tell of what was: yesterday, last friday
	wide   bool             // they name a whole month or year
	lends  bool             // a word behind them can be what they tell of: the friday meeting, second shift
	weak   bool             // only for want of anything better
}

// certainly is a reading of one day and no other.
func certainly(d interview.Date) reading {
	return reading{days: []interview.Date{d}, sure: true}
}

func doubtful(days ...interview.Date) reading { return reading{days: days} }

// mostCombinations is how many ways to read some words are tried.
const mostCombinations = 96

// mostParts is how many words say a day at most, without those that make no difference: "friday 3
// december 2027 or monday 6 december 2027".
const mostParts = 9

// read reads words as a day; ok is false when they say none and sound like
// none.
func (in Reader) read(words []token) (r reading, ok bool) {
	var meant [][]piece // what each word can mean
	ways := 1
	for i := 0; i < len(words); {
		meanings, taken := in.parts(words, i)
		if ways *= len(meanings); taken == 0 || ways == 0 || ways > mostCombinations {
			return reading{}, false
		}
		meant = append(meant, meanings)
		i += taken
	}
	// What one language says goes before what none of them does, and both before
	// what is only read for want of anything better.
	var found [3][]reading
	c := make([]piece, len(meant))
	for way := range ways {
		for i := len(meant) - 1; i >= 0; i-- { // the last word changes first
			c[i], way = meant[i][way%len(meant[i])], way/len(meant[i])
		}
		switch one, fits := in.readParts(c); {
		case !fits:
		case one.weak:
			found[2] = append(found[2], one)
		case mixed(c):
			found[1] = append(found[1], one)
		default:
			found[0] = append(found[0], one)
		}
	}
	for _, all := range found {
		if len(all) > 0 {
			return in.together(all), true
		}
	}
	return reading{}, false
}

// mixed reports whether no language knows all of some words so.
func mixed(parts []piece) bool {
	return !slices.ContainsFunc(language.Languages(), func(l language.Language) bool {
		return !slices.ContainsFunc(parts, func(p piece) bool { return len(p.in) > 0 && !slices.Contains(p.in, l) })
	})
}

// together makes one of several ways to read the same words.
func (in Reader) together(all []reading) reading {
	out, differ := all[0], false
	for _, r := range all[1:] {
		if slices.Equal(r.days, out.days) {
			out.sure, out.time, out.past = out.sure || r.sure, out.time && r.time, out.past && r.past
			out.length, out.number, out.wide, out.lends = out.length && r.length, out.number && r.number, out.wide && r.wide, out.lends && r.lends
			continue
		}
		differ = true
		for _, d := range r.days {
			if !slices.Contains(out.days, d) {
				out.days, out.sure = append(slices.Clone(out.days), d), false
			}
		}
	}
	// The languages are in the order of the context. Where that says nothing, the
	// nearer day is the likelier one.
	if in.Language == "" && differ {
		slices.SortStableFunc(out.days, func(a, b interview.Date) int {
			switch late, later := a.Before(in.From), b.Before(in.From); {
			case late != later && late:
				return 1
			case late != later:
				return -1
			}
			return a.Time().Compare(b.Time())
		})
	}
	return out
}

// readParts reads words of which each means one thing.
func (in Reader) readParts(parts []piece) (reading, bool) {
	if parts[len(parts)-1].leads() {
		return reading{}, false // friday for: what follows belongs to the text
	}
	s := sentence{in: in}
	if !s.take(parts) || len(s.parts) > mostParts {
		return reading{}, false
	}
	r, ok := s.day(s.parts)
	if !ok {
		return reading{}, false
	}
	for _, p := range parts {
		if p.guess || p.Vague || p.Short && (in.Language == "" || !slices.Contains(p.in, in.Language)) {
			r.sure = false
		}
	}
	r.days = slices.DeleteFunc(slices.Clone(r.days), func(d interview.Date) bool { return !exists(d) })
	if len(r.days) > 0 && r.days[0].Before(in.From) {
		r.sure = false
	}
	r.time = r.time || s.clock
	if len(s.parts) == 1 {
		only := s.parts[0]
		r.lends = only.Part == language.Weekday && (s.article || len(only.core) <= len("sun")) || isCount(only) || only.Part == language.Ordinal && !isDigit(only.core[0])
	}
	return r, true
}

// leads reports whether a word says nothing without the one behind it.
func (p piece) leads() bool {
	return p.among(language.Filler, language.Article, language.At, language.Either)
}

// sentence is what says a day, without what makes no difference.
type sentence struct {
	in      Reader
	parts   []piece
	article bool // "the 5th": a number is that of a day
	clock   bool // a time of day was left out
	end     bool // the end of a working day was left out
}

// take leaves out fillers and times of day. It reports false for times that are
// none.
func (s *sentence) take(parts []piece) bool {
	for i := 0; i < len(parts); i++ {
		switch p := parts[i]; {
		case p.among(language.Filler, language.Deadline):
		case p.Part == language.Article:
			s.article = true
		case p.Part == language.At:
			if i+1 < len(parts) && isCount(parts[i+1]) && parts[i+1].N <= 24 {
				s.clock = true
				i++
			}
		case p.Part == language.Clock:
			s.clock = true
			if p.N == 0 {
				continue
			}
			if len(s.parts) == 0 || !isCount(s.parts[len(s.parts)-1]) {
				return false // pm of what?
			}
			s.parts = s.parts[:len(s.parts)-1]
		case p.Part == language.DayEnd:
			s.end = true
		default:
			s.parts = append(s.parts, p)
		}
	}
	return true
}

func isCount(p piece) bool { return p.Part == language.Number || p.Part == partDigits }

// pattern writes the parts as letters. A whole number that can be a day is 9, any
// other number #.
func pattern(parts []piece) string {
	var b strings.Builder
	for _, p := range parts {
		b.WriteByte(byte(p.Part))
	}
	return b.String()
}

// matches reports whether parts fit a pattern, in which ? is any number.
func matches(have, want string) bool {
	if len(have) != len(want) {
		return false
	}
	for i := range len(have) {
		if have[i] != want[i] && (want[i] != '?' || have[i] != '9' && have[i] != '#') {
			return false
		}
	}
	return true
}

// rule reads the parts that fit one of its patterns.
type rule struct {
	patterns string // separated by blanks
	read     func(s *sentence, p []piece) (reading, bool)
}

// day reads parts as a day.
func (s *sentence) day(p []piece) (reading, bool) {
	if len(p) == 0 {
		switch today := s.in.From; {
		case s.end:
			return certainly(today), true
		case s.clock:
			r := doubtful(today, Plus(today, 1))
			r.weak = true
			return r, true
		}
		return reading{}, false
	}
	have := pattern(p)
	for _, r := range rules() {
		for want := range strings.FieldsSeq(r.patterns) {
			if !matches(have, want) {
				continue
			}
			if read, ok := r.read(s, p); ok {
				return read, true
			}
		}
	}
	return s.compound(p, have)
}

// compound reads a day that is made of another one.
func (s *sentence) compound(p []piece, have string) (reading, bool) {
	last := len(p) - 1
	switch {
	case strings.IndexByte(have, byte(language.Either)) > 0:
		return s.either(p, have)
	case p[0].Part == language.Each:
		return reading{}, true
	case last > 1 && matches(have[:2], "?u") && p[2].among(language.Before, language.After), last > 0 && p[0].Part == language.Weekday && p[1].among(language.Before, language.After):
		return s.from(p)
	case p[0].Part == language.Soon:
		if r, ok := s.moved(p[1:], 0); ok {
			return r, true
		}
		return reading{}, true
	case p[last].Part == language.Soon:
		return s.moved(p[:last], 0)
	case p[0].Part == language.Before:
		return s.moved(p[1:], -1)
	case p[0].Part == language.After:
		return s.moved(p[1:], 1)
	case p[0].Part == language.Around:
		return s.moved(p[1:], 0)
	case last > 0 && (p[last].Part == language.Around || p[last].Part == language.After):
		return s.moved(p[:last], 0)
	case isEdge(p[0]):
		return s.edge(p[0], p[1:])
	case isEdge(p[last]):
		return s.edge(p[last], p[:last])
	case p[0].Part == language.In && last > 0 && p[1].Part != language.Weekday && p[1].Part != language.Relative:
		return s.day(p[1:]) // in march
	case last > 0 && p[0].Part == language.Weekday:
		return s.named(p[0], p[1:])
	case last > 0 && p[last].Part == language.Weekday:
		return s.named(p[last], p[:last])
	}
	return reading{}, false
}

// either reads "friday or monday": both, and which one is to be said.
func (s *sentence) either(p []piece, have string) (reading, bool) {
	i := strings.IndexByte(have, byte(language.Either))
	left, ok := s.day(p[:i])
	right, too := s.day(p[i+1:])
	if !ok || !too {
		return reading{}, false
	}
	left.days, left.sure = append(slices.Clone(left.days), right.days...), false
	return left, true
}

// moved reads a day that is only told from another one: before it, after it, or
// around it.
func (s *sentence) moved(p []piece, by int) (reading, bool) {
	r, ok := s.day(p)
	if !ok || len(r.days) == 0 {
		return reading{}, false
	}
	r.sure = false
	switch by {
	case -1:
		r.days = []interview.Date{Plus(r.days[0], -1), r.days[0]}
	case 1:
		r.days = []interview.Date{Plus(r.days[0], 1)}
	}
	return r, true
}

// from reads a day that is counted from another one: two days before christmas, the friday after
// the 15th.
func (s *sentence) from(p []piece) (reading, bool) {
	i := slices.IndexFunc(p, func(q piece) bool { return q.among(language.Before, language.After) })
	r, ok := s.day(p[i+1:])
	if !ok || len(r.days) == 0 {
		return reading{}, false
	}
	r.days = slices.Clone(r.days)
	n, u, earlier := countOf(p[:i]).N, only(p[:i], language.Unit), p[i].Part == language.Before
	if n > mostUnits || u.Part != 0 && (u.N == language.UnitHour || u.N == language.UnitMinute) {
		return reading{}, false
	}
	if earlier {
		n = -n
	}
	for k, d := range r.days {
		switch {
		case u.Part != 0:
			r.days[k] = plusUnits(d, n, u.N)
		case earlier:
			r.days[k] = Before(d, weekdayOf(p))
		default:
			r.days[k] = after(d, weekdayOf(p))
		}
	}
	if u.Part == 0 {
		// The friday before christmas is one day, whether that is the 24th or the 25th.
		r.days = slices.Compact(r.days)
		r.sure = r.sure || len(r.days) == 1
	}
	return r, true
}

// named checks a date against the day of the week next to it. The date counts where they disagree,
// and that is in doubt.
func (s *sentence) named(weekday piece, p []piece) (reading, bool) {
	r, ok := s.day(p)
	if !ok || len(r.days) == 0 {
		return reading{}, false
	}
	want := time.Weekday(weekday.N)
	for _, d := range r.days {
		if d.Time().Weekday() == want {
			const soon = 92 // days; "friday 9-10" is no friday in a year's time
			if near := after(s.in.From, want); r.number && Plus(s.in.From, soon).Before(d) {
				return doubtful(near, d), true
			}
			return reading{days: []interview.Date{d}, sure: r.sure || r.number || len(r.days) > 1}, true
		}
	}
	if r.number {
		return reading{}, false // friday 3 boxes
	}
	day := r.days[0]
	near := after(Plus(day, -4), want)
	return reading{days: []interview.Date{day, near}, weak: true}, true
}

func isEdge(p piece) bool {
	return p.Part == language.End || p.Part == language.Start || p.Part == language.Middle
}

// edge reads the end, the beginning or the middle of a stretch of the calendar.
func (s *sentence) edge(edge piece, p []piece) (reading, bool) {
	first, last, ok := s.stretch(edge, p)
	if !ok {
		if day, ok := s.day(p); ok && edge.Part == language.End && len(day.days) == 1 {
			return day, true // the end of friday
		}
		return reading{}, false
	}
	const month, middle = 27, 14
	length := int(last.Time().Sub(first.Time()).Hours() / 24)
	if edge.Part == language.End {
		return certainly(last), true
	}
	if edge.Part == language.Start {
		return doubtful(first, Plus(first, length/3)), true
	}
	if month <= length && length < month+4 {
		return doubtful(Plus(first, middle)), true // the 15th
	}
	return doubtful(Plus(first, length/2)), true
}

// stretch is a stretch of the calendar: a week, a month, a quarter or a year.
func (s *sentence) stretch(edge piece, p []piece) (first, last interview.Date, ok bool) {
	have, today := pattern(p), s.in.From
	var u piece
	for _, part := range p {
		if part.Part == language.Unit {
			u = part
		}
	}
	switch {
	case have == "" && edge.N != 0:
		first, last = s.upcoming(edge.N, edge.Part)
	case have == "n" && edge.N != 0:
		first, last = span(today, edge.N, 1)
	case u.Part == language.Unit && (u.N == language.UnitHour || u.N == language.UnitMinute), u.N == language.UnitFortnight:
		return first, last, false
	case have == "u":
		first, last = s.upcoming(u.N, edge.Part)
	case have == "tu", have == "ut":
		first, last = span(today, u.N, 0)
	case have == "nu", have == "un":
		first, last = span(today, u.N, 1)
	case have == "uan":
		first, last = span(today, u.N, 2)
	case have == "Y":
		first, last = span(interview.Date{Year: p[0].N, Month: time.January, Day: 1}, language.UnitYear, 0)
	default:
		if m, ok := s.month(p, have); ok {
			first, last = span(m, language.UnitMonth, 0)
			return first, last, true
		}
		if q, ok := s.quarter(p, have); ok {
			first, last = span(q, language.UnitQuarter, 0)
			return first, last, true
		}
		monday, ok := s.week(p, have)
		return monday, Plus(monday, 4), ok
	}
	return first, last, true
}

// upcoming is the stretch around today, or the next one where its edge is over.
func (s *sentence) upcoming(unit int, edge language.Part) (first, last interview.Date) {
	first, last = span(s.in.From, unit, 0)
	if last.Before(s.in.From) || edge == language.Start && first.Before(s.in.From) {
		first, last = span(s.in.From, unit, 1)
	}
	return first, last
}
