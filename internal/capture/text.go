package capture

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"hark/internal/interview"
)

// marks says what has a meaning inside a text, apart from escapes.
type marks struct {
	quote   bool // it may end in a closing quotation mark
	words   bool // it may stand in quotation marks: see inWords
	themes  bool
	promise bool // an owner, and a due date
	// name says that it is a name with a due date: what is behind "due" or "by" and
	// no day is no part of it.
	name bool
}

// spoken is what a text turned out to hold.
type spoken struct {
	text   string
	themes []string
	owner  string
	due    interview.Date
	// undated are words that sound like a due date and are none, and meant what
	// they were meant to be: see undated.
	undated, meant string
}

// readText reads a text in which marks have a meaning. The error says that a
// due date is none.
func readText(raw string, m marks, today interview.Date) (spoken, error) {
	var out spoken
	raw = strings.TrimSpace(raw)
	if m.promise {
		out.owner, raw = firstOwner(raw)
	}
	var trail []string // themes from the end on
	for {
		if t, before := lastTag(raw); m.themes && t != "" {
			trail, raw = append(trail, t), before
			continue
		}
		if m.promise && out.owner == "" {
			if name, before := lastOwner(raw); name != "" {
				out.owner, raw = name, before
				continue
			}
		}
		if m.promise && out.due.IsZero() {
			due, before, err := lastDue(raw, today)
			if err != nil {
				return spoken{}, err
			}
			if !due.IsZero() {
				out.due, raw = due, before
				continue
			}
		}
		break
	}
	slices.Reverse(trail)
	if m.quote {
		raw = withoutClosing(raw)
	}
	if m.words {
		from, to := inWords(raw)
		raw = raw[from:to]
	}
	switch {
	case m.name:
		if err := strayDue(raw, today); err != nil {
			return spoken{}, err
		}
		raw = literalDues(raw)
	case m.promise:
		if out.due.IsZero() {
			out.undated, out.meant = undated(raw, today)
		}
		raw = literalDue(raw)
	}
	scan(&out, strings.TrimSpace(raw), m)
	if out.text == "" {
		out.text = strings.Join(trail, " ")
	}
	out.themes = addThemes(out.themes, trail)
	return out, nil
}

// addThemes adds tags in the form in which they are kept, each once.
func addThemes(have, tags []string) []string {
	for _, t := range tags {
		if t = interview.Theme(t); !slices.Contains(have, t) {
			have = append(have, t)
		}
	}
	return have
}

// scan copies a text to out.text: escapes undone, themes in the middle of the
// sentence taken note of and left in it as words, and so are the names in a
// promise.
func scan(out *spoken, raw string, m marks) {
	if !strings.ContainsAny(raw, `\#@`) {
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
		if t := tag(raw[i:]); begins && m.themes && t != "" {
			out.themes = addThemes(out.themes, []string{t})
			b.WriteString(t)
			begins = false
			i += 1 + len(t)
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
// away a meaning: that of a quotation mark anywhere, of @ and of a theme where
// a word begins.
func escapable(s string, begins bool) bool {
	return anyMark(s) > 0 || begins && (strings.HasPrefix(s, "@") || tag(s) != "")
}

// lastTag takes a theme off the end of s, if a whole word there is one.
func lastTag(s string) (t, before string) {
	i := lastWord(s)
	if t = tag(s[i:]); t == "" || len(t)+1 != len(s)-i {
		return "", s
	}
	return t, trimRight(s[:i])
}

// firstOwner takes an owner off the front of a promise.
func firstOwner(s string) (name, after string) {
	name, n := owner(s)
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
func lastOwner(s string) (name, before string) {
	for i := max(0, len(s)-maxMention); i < len(s); i++ {
		if s[i] != '@' || !followsBlank(s, i) {
			continue
		}
		name, n := owner(s[i:])
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
	switch strings.ToLower(s[lastWord(s):]) {
	case "to", "for", "with", "without", "from", "at", "of", "about", "via", "through", "towards", "against", "behind", "by", "on", "and", "or", "&":
		return true
	}
	return false
}

// withoutClosing takes the closing quotation mark off the end of a quote. A mark
// that is escaped, or that closes an inner quotation, is part of their words.
func withoutClosing(s string) string {
	r, size := utf8.DecodeLastRuneInString(s)
	before := s[:len(s)-size]
	if r != '"' && r != '”' || backslashesBefore(before)%2 == 1 {
		return s
	}
	straight, curly := 0, 0 // inner quotations that stand open
	begins := true
	for i := 0; i < len(before); {
		n := backslashes(before[i:])
		q, size := utf8.DecodeRuneInString(before[i+n:])
		i += n + size
		if n%2 == 0 {
			switch next, _ := utf8.DecodeRuneInString(s[i:]); {
			case q == '“':
				curly++
			case q == '”':
				curly = max(0, curly-1)
			case q == '"' && begins && !unicode.IsSpace(next):
				straight++
			case q == '"':
				straight = max(0, straight-1)
			}
		}
		begins = beginsWord(q)
	}
	if r == '"' && straight > 0 || r == '”' && curly > 0 {
		return s
	}
	return before[:len(before)-backslashesBefore(before)/2]
}
