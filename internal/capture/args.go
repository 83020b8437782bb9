package capture

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"hark/internal/nearest"
)

// args reads what follows the name of a command, from the front.
type args struct {
	name string // of the command
	form string // how it is typed, with the numbers that were read filled in
	rest string // what was not read yet
	by   string // who was named in front of the command
	in   Context
}

// fail says what is the matter; the nearest right form is how the command is
// typed.
func (a *args) fail(reason string) error { return &Error{reason, a.form} }

// needs says what is missing.
func (a *args) needs(what string) error { return a.fail("/" + a.name + " needs " + what) }

// number reads the number of something: what it is called ("a problem"), and
// the letter that may stand in front of the number ("p2"), "" for none.
func (a *args) number(what, letter string) (int, error) {
	s := trimLeft(a.rest)
	n, size := numberAt(s, letter)
	if size > 0 {
		a.form = fillIn(a.form, s[:size])
		a.rest = s[size:]
		return n, nil
	}
	word, _ := cutWord(s)
	if word == "" {
		return 0, a.needs("the number of " + what)
	}
	return 0, a.fail(quoted(word) + " is not the number of " + what)
}

// fillIn puts a number in the place of the first P, S or N of a usage.
func fillIn(usage, number string) string {
	for i := 1; i < len(usage); i++ {
		if usage[i-1] == ' ' && strings.IndexByte("PSN", usage[i]) >= 0 && (i+1 == len(usage) || usage[i+1] == ' ' || usage[i+1] == '[') {
			return usage[:i] + number + usage[i+1:]
		}
	}
	return usage
}

// numberAt reads the number that s begins with. The size is 0 when s begins with
// anything but a whole number from 1 on, followed by a blank, a colon or a
// comma.
func numberAt(s, letter string) (n, size int) {
	digits := s
	if letter != "" && len(s) > 1 && strings.EqualFold(s[:1], letter) {
		digits = s[1:]
	}
	end := 0
	for end < len(digits) && '0' <= digits[end] && digits[end] <= '9' {
		end++
	}
	if next, _ := utf8.DecodeRuneInString(digits[end:]); end < len(digits) && !unicode.IsSpace(next) && next != ':' && next != ',' {
		return 0, 0
	}
	v, err := strconv.ParseInt(digits[:end], 10, 32)
	if err != nil || v < 1 {
		return 0, 0
	}
	return int(v), len(s) - len(digits) + end
}

// end says so when anything is left.
func (a *args) end() error {
	extra := strings.TrimSpace(a.rest)
	if extra == "" {
		return nil
	}
	return a.fail(quoted(extra) + " does not belong there")
}

// text reads the rest as text. A colon directly behind what was read before is
// not part of it.
func (a *args) text() string {
	s := strings.TrimPrefix(a.rest, ":")
	a.rest = ""
	return strings.TrimSpace(s)
}

// needText is text for commands that make no sense without.
func (a *args) needText(what string) (string, error) {
	s := a.text()
	if s == "" {
		return "", a.needs(what)
	}
	return s, nil
}

// needWords is needText of what is shown as theirs.
func (a *args) needWords(what string) (string, error) {
	s := words(a.text())
	if s == "" {
		return "", a.needs(what)
	}
	return s, nil
}

// numberAndText reads "N text".
func (a *args) numberAndText(what, letter, text string) (int, string, error) {
	n, err := a.number(what, letter)
	if err != nil {
		return 0, "", err
	}
	s, err := a.needText(text)
	return n, s, err
}

// onlyNumber reads "N" and nothing else.
func (a *args) onlyNumber(what, letter string) (int, error) {
	n, err := a.number(what, letter)
	if err != nil {
		return 0, err
	}
	return n, a.end()
}

// word reads one word.
func (a *args) word() string {
	w, rest := cutWord(trimLeft(a.rest))
	a.rest = rest
	return w
}

// choose returns the option that word means: in full or by a unique beginning,
// without regard to case, dashes and blanks.
func choose(word string, options ...string) (string, bool) {
	want := joinedName(strings.Join(strings.Fields(word), ""))
	found := ""
	for _, o := range options {
		switch have := joinedName(o); {
		case have == want:
			return o, true
		case want != "" && strings.HasPrefix(have, want):
			if found != "" {
				return "", false
			}
			found = o
		}
	}
	return found, found != ""
}

// pick is choose for an argument. what completes "… is not".
func (a *args) pick(word, what string, options ...string) (string, error) {
	if o, ok := choose(word, options...); ok {
		return o, nil
	}
	if word == "" {
		return "", a.needs(orList(options))
	}
	form, all := a.form, strings.Join(options, "|")
	if near := nearest.Word(strings.ToLower(word), options); near != "" {
		form = strings.Replace(strings.Replace(form, "["+all+"]", near, 1), all, near, 1)
	}
	return "", &Error{quoted(word) + " is not " + what, form}
}

// yesNo reads yes or no, also cut to their first letters.
func yesNo(word string) (yes, ok bool) {
	switch strings.ToLower(word) {
	case "yes", "y":
		return true, true
	case "no", "n":
		return false, true
	}
	return false, false
}

// readName reads a name as an argument: an @ in front is dropped, and quotes
// around it. "" when there is none.
func readName(s string) string {
	return unquote(strings.TrimPrefix(strings.TrimSpace(s), "@"))
}

// nameForm writes a name so that readName reads it, in quotes where any of the
// characters in reserved would end it early.
func nameForm(s, reserved string) string {
	if s == "" || s[0] == '@' || openingMark(s) > 0 || strings.ContainsAny(s, reserved) {
		return inMarks(s)
	}
	return s
}

// pair is one key=value.
type pair struct{ key, value string }

// pairs reads key=value as often as it stands there, each key once.
func (a *args) pairs(keys []string) ([]pair, error) {
	command, _, _ := strings.Cut(a.form, " "+keys[0]+"=") // as far as it was read
	var read []pair
	loose := false // a value with blanks and without quotes
	for {
		s := trimLeft(strings.TrimPrefix(trimLeft(a.rest), ","))
		if s == "" {
			break
		}
		typed, _ := cutWord(s)
		key, _, isPair := strings.Cut(typed, "=")
		if !isPair {
			if len(read) == 0 {
				return nil, a.fail(quoted(typed) + " stands there without a name and a =")
			}
			loose = true
			more := untilPair(s, keys)
			read[len(read)-1].value += " " + trimRight(s[:more])
			a.rest = s[more:]
			continue
		}
		known, ok := knownKey(key, keys)
		if !ok {
			return nil, a.unknownKey(key, keys, command+pairsForm(read), s)
		}
		for _, p := range read {
			if p.key == known {
				return nil, a.fail(known + "= stands there twice")
			}
		}
		value, rest, closed := readValue(s[len(key)+1:])
		if !closed {
			return nil, &Error{"The quotation mark behind " + known + "= has no other one", shownLine(command + pairsForm(read) + " " + trimRight(s) + `"`)}
		}
		read = append(read, pair{known, value})
		a.rest = rest
	}
	if loose {
		return nil, &Error{"A value with blanks needs quotes", shownLine(command + pairsForm(read))}
	}
	return read, nil
}

// untilPair returns where the next key=value in s begins.
func untilPair(s string, keys []string) int {
	rest := s
	for rest != "" {
		word, after := cutWord(rest)
		if key, _, ok := strings.Cut(word, "="); ok {
			if _, ok := knownKey(key, keys); ok {
				break
			}
		}
		rest = after
	}
	return len(s) - len(rest)
}

func knownKey(typed string, keys []string) (string, bool) {
	want := joinedName(strings.ReplaceAll(typed, "_", "-"))
	for _, k := range keys {
		if joinedName(k) == want {
			return k, true
		}
	}
	return "", false
}

// unknownKey names the key that was meant. Beginnings count as near, for cost=
// and often= are what people type.
func (a *args) unknownKey(typed string, keys []string, command, s string) error {
	low := strings.ToLower(typed)
	near := nearest.Word(low, keys)
	for _, k := range keys {
		if near == "" && len(low) > 1 && strings.Contains(k, low) {
			near = k
		}
	}
	reason := quoted(typed+"=") + " is not one of " + strings.Join(keys, ", ")
	if near == "" {
		return a.fail(reason)
	}
	return &Error{reason, shownLine(command + " " + near + s[len(typed):])}
}

// readValue reads a value up to the next blank, or in quotes. ok is false when
// the quotes have no end.
func readValue(s string) (value, rest string, ok bool) {
	if openingMark(s) == 0 {
		value, rest = cutWord(s)
		return strings.TrimSuffix(value, ","), rest, true
	}
	inner, n := inQuotes(s)
	if n == 0 {
		return "", "", false
	}
	return strings.TrimSpace(inner), s[n:], true
}

// pairsForm writes pairs so that they are read again, each with a blank in
// front.
func pairsForm(all []pair) string {
	form := ""
	for _, p := range all {
		form += " " + p.key + "=" + valueForm(p.value)
	}
	return form
}

func valueForm(s string) string {
	plain := openingMark(s) == 0 && !strings.HasSuffix(s, ",") && strings.IndexFunc(s, unicode.IsSpace) < 0
	if plain {
		return s
	}
	return inMarks(s)
}
