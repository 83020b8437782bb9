package capture

import (
	"slices"
	"strings"
	"unicode/utf8"

	"hark/internal/capture/day"
	"hark/internal/interview"
	"hark/internal/language"
	"hark/internal/plain"
)

// textRules says what has a meaning inside a text, apart from escapes.
type textRules struct {
	quote   string // the quotation mark in front of it, "" for none
	words   bool   // it may stand in quotation marks: see inWords
	themes  bool
	promise bool // an owner, and a due date
	spoken  bool // somebody is named who said it
	// name says that it is a name with a due date: what is behind "due" or "by" and
	// no day is no part of it.
	name bool
}

// spoken is what a text turned out to hold.
type spoken struct {
	text   string
	quoted bool // it stood in quotation marks, around all of it or in front
	themes []string
	owner  string
	whose  interview.SideDoubt
	due    interview.Date
	doubt  interview.DayDoubt
}

// readText reads a text in which marks have a meaning. The error says that a name
// has a day behind it that is none, or that is in doubt.
func (in Context) readText(raw string, m textRules) (spoken, error) {
	var out spoken
	raw = strings.TrimSpace(raw)
	if m.promise {
		out.owner, raw = in.firstOwner(raw)
		if both, doubted := in.bothOwners(out.owner, raw); doubted {
			out.owner, raw = "", both
		}
	}
	var trail []string // tags from the end on
	ends := func(s string) string {
		for {
			if t, before := lastTag(s); m.themes && t != "" {
				trail, s = append(trail, t), before
				continue
			}
			name, before := "", s
			if m.promise && out.owner == "" {
				name, before = in.lastOwner(s)
			}
			if name == "" {
				return s
			}
			out.owner, s = name, before
		}
	}
	raw = ends(raw)
	if m.promise {
		var err error
		if raw, err = in.takeDay(&out, raw, m.name, ends); err != nil {
			return spoken{}, err
		}
		if !m.name {
			raw = in.takeSubject(&out, raw, m.spoken)
		}
	}
	slices.Reverse(trail)
	if m.words || m.quote != "" {
		raw = m.quote + raw
		from, to, behind := inWords(raw)
		out.quoted = from > 0
		if inner := raw[from:to]; to < len(raw) {
			raw = inner[:len(inner)-backslashesBefore(inner)/2] + behind
		} else {
			raw = inner
		}
	}
	scan(&out, strings.TrimSpace(raw), m)
	for _, doubt := range []*string{&out.doubt.Words, &out.whose.Words} {
		var words spoken
		scan(&words, *doubt, m) // as they stand in the text
		*doubt = words.text
	}
	if out.text == "" {
		out.text = strings.Join(trail, " ")
	}
	out.themes = themesOf(append(out.themes, trail...))
	return out, nil
}

// takeDay takes the day out of a promise, or out of what follows a name. In a
// promise what is in doubt stays in the text, and so does a time of day; a name has
// no place for it. ends takes off what stands at the end of what is in front of the
// day.
func (in Context) takeDay(out *spoken, raw string, name bool, ends func(string) string) (string, error) {
	p, found := in.days().Find(raw)
	switch {
	case !found, name && !p.Announced() && len(p.Days()) > 0:
		return day.Literal(raw), nil
	case name && !p.Certain():
		return "", dayError(p.Doubt(raw))
	case name && p.Timed():
		return "", timeError(p.Doubt(raw))
	}
	before, after := day.Cut(raw, p)
	switch {
	case p.Certain() && !p.Timed():
		out.due, before = p.Days()[0], ends(before)
	case p.Certain():
		out.due = p.Days()[0]
		before, after = ends(before), strings.TrimSpace(raw[p.Start():])
	default:
		out.doubt = p.Doubt(raw)
		before, after = ends(trimRight(raw[:p.Start()])), strings.TrimSpace(raw[p.Start():])
	}
	return day.Literal(strings.TrimSpace(before + " " + after)), nil
}

// dayError says that words are no day, or not one day.
func dayError(d interview.DayDoubt) error {
	if len(d.Readings) == 0 {
		return &Error{Reason: "There is no day in " + quoted(d.Words), Nearest: dueForms}
	}
	names, forms := make([]string, len(d.Readings)), make([]string, len(d.Readings))
	for i, day := range d.Readings {
		names[i], forms[i] = day.Words(), "due "+day.String()
	}
	if len(names) == 1 {
		return &Error{Reason: quoted(d.Words) + " may be " + names[0], Nearest: forms[0]}
	}
	return &Error{Reason: quoted(d.Words) + " can be " + plain.List(names, "or"), Nearest: plain.List(forms, "or")}
}

// timeError says that words are one day with a time of day, for which there is no place.
func timeError(d interview.DayDoubt) error {
	return &Error{Reason: quoted(d.Words) + " has a time of day, and only a day is kept here", Nearest: "due " + d.Readings[0].String()}
}

// dueForms are the right forms when it cannot be told which one was meant.
const dueForms = "due friday, due 3 dec or due 2026-12-03"

// themesOf returns tags in the form in which they are kept, each once.
func themesOf(tags []string) []string {
	var themes []string
	seen := map[string]bool{}
	for _, t := range tags {
		if t = interview.Theme(t); !seen[t] {
			seen[t] = true
			themes = append(themes, t)
		}
	}
	return themes
}

// scan copies a text to out.text: escapes undone, themes in the middle of the
// sentence taken note of and left in it as words, and so are the names in a
// promise.
func scan(out *spoken, raw string, m textRules) {
	if !strings.ContainsAny(raw, `\#@＃＠`) {
		out.text = raw
		return
	}
	var b strings.Builder
	begins := true // of a word
	for i := 0; i < len(raw); {
		if n := backslashes(raw[i:]); n > 0 {
			if escapable(raw[i+n:], begins) {
				r, size := utf8.DecodeRuneInString(raw[i+n:])
				b.WriteString(raw[i : i+n/2])
				b.WriteString(raw[i+n : i+n+size])
				begins = beginsWord(r)
				i += n + size
				continue
			}
			b.WriteString(raw[i : i+n])
			begins = false
			i += n
			continue
		}
		if t, n := tag(raw[i:]); begins && m.themes && n > 0 {
			out.themes = append(out.themes, t)
			b.WriteString(t)
			begins = false
			i += n
			continue
		}
		if begins && m.promise {
			if name, n := owner(raw[i:]); n > 0 {
				b.WriteString(name)
				begins = false
				i += n
				continue
			}
		}
		r, size := utf8.DecodeRuneInString(raw[i:])
		b.WriteString(raw[i : i+size])
		begins = beginsWord(r)
		i += size
	}
	out.text = b.String()
}

// escapable reports whether a backslash in front of s, inside a text, takes
// away a meaning: that of a quotation mark anywhere, of a single one, of @ and of
// a theme where a word begins.
func escapable(s string, begins bool) bool {
	if anyMark(s) > 0 || !begins {
		return anyMark(s) > 0
	}
	r, size := utf8.DecodeRuneInString(s)
	_, theme := tag(s)
	return size > 0 && isSingle(r) || asMark(r) == '@' || theme > 0
}

// lastTag takes a theme off the end of s, if a whole word there is one.
func lastTag(s string) (t, before string) {
	i := lastWord(s)
	if t = onlyTag(s[i:]); t == "" {
		return "", s
	}
	return t, trimRight(s[:i])
}

// bothOwners puts the owner back into a promise of two, "@Ana and @Tom meet", whose it is to be
// said.
func (in Context) bothOwners(owner, after string) (text string, doubted bool) {
	word, rest := cutWord(after)
	if owner == "" || !slices.Contains([]string{"and", "&", "+", "und", "et", "y", "e"}, strings.ToLower(word)) {
		return "", false
	}
	text = owner + " " + word + " " + strings.TrimPrefix(trimLeft(rest), "@")
	return text, !in.subjectOf(text, false).doubt.IsZero()
}

// firstOwner takes an owner off the front of a promise.
func (in Context) firstOwner(s string) (name, after string) {
	name, n := in.owner(s)
	if n == 0 {
		return "", s
	}
	after = withoutPause(s[n:])
	if cut := trimLeft(after); len(cut) < len(after) || after == "" {
		return name, cut
	}
	return "", s // joined to something: a word of the sentence
}

// lastOwner takes an owner off the end of a promise, with the full stop or
// comma behind the name. Behind a word such as "to" the name belongs to the
// sentence: that is not who does it. lastOwner looks from the front on, for a
// name in quotes can have an @ in it.
func (in Context) lastOwner(s string) (name, before string) {
	for i := max(0, len(s)-maxMention); i < len(s); i++ {
		if markSize(s[i:], '@') == 0 || !followsBlank(s, i) {
			continue
		}
		name, n := in.owner(s[i:])
		if n > 0 && strings.Trim(s[i+n:], ".,;:!") == "" {
			if awaitsName(s[:i]) {
				return "", s
			}
			return name, trimRight(s[:i])
		}
	}
	return "", s
}

// awaitsName reports whether s ends in a word that wants a name behind it, as
// in "send the drawings to".
func awaitsName(s string) bool {
	s = trimRight(s)
	return language.AwaitsName(strings.ToLower(s[lastWord(s):]))
}
