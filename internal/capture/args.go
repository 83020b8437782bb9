package capture

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"hark/internal/interview"
	"hark/internal/language"
	"hark/internal/nearest"
	"hark/internal/plain"
)

// args reads what follows the name of a command, from the front.
type args struct {
	command Command
	name    string           // the word for the command that was typed
	form    string           // how it is typed, with the numbers that were read filled in
	rest    string           // what was not read yet
	by      string           // who was named in front of the command
	number  interview.Number // the first that was read, 0 for none
	what    interview.Thing  // what it is the number of
	in      Context
}

// fail says what is the matter; the nearest right form is how the command is
// typed.
func (a *args) fail(reason string) error { return &Error{reason, a.form} }

// needs says what is missing. Where there is a form for it, that can be opened.
func (a *args) needs(what string) error {
	return &Opens{Err: &Error{"/" + a.name + " needs " + what, a.form}, Command: a.command.Name, Thing: a.what, Number: a.number}
}

// readNumber reads the number of something: what it is called ("a problem"), and
// the letter that may stand in front of the number ("p2"), "" for none.
func (a *args) readNumber(what, letter string) (interview.Number, error) {
	s := trimLeft(a.rest)
	n, size := numberAt(s, letter)
	word, rest := cutWord(s)
	if size == 0 {
		if n = wordNumber(word); n > 0 {
			size = len(s) - len(rest)
		}
	}
	switch {
	case size > 0:
		a.form = fillIn(a.form, trimRight(s[:size]))
		a.rest = s[size:]
		if a.number == 0 {
			a.number = n
		}
		return n, nil
	case word == "":
		return 0, a.needs("the number of " + what)
	}
	return 0, a.fail(quoted(word) + " is not the number of " + what)
}

// wordNumber returns the number that a word is, 0 for none.
func wordNumber(word string) interview.Number {
	for _, w := range language.English.Words(strings.ToLower(word)) {
		if w.Part == language.Number && !w.Vague && !slices.Contains([]string{"a", "an"}, strings.ToLower(word)) {
			return interview.Number(w.N)
		}
	}
	return 0
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

// letterOf returns the letter for what a word in front of a number names, with "" for what is
// numbered as lines are; ok is false for any other word.
func letterOf(word, letter string) (of string, ok bool) {
	switch strings.ToLower(strings.TrimRight(word, ".:")) {
	case "problem":
		return "p", true
	case "solution", "idea":
		return "s", true
	case "question":
		return "q", true
	case "line", "promise", "route":
		return "", true
	case "no", "nr", "number", "#":
		return letter, true
	}
	return "", false
}

// numberAt reads the number that s begins with: 2, 2k, p2, #2, 2. or problem 2. The size is 0 when s
// begins with anything but such a number, followed by a blank, a colon or a comma.
func numberAt(s, letter string) (n interview.Number, size int) {
	bare := s
	if word, rest := keyWord(s); rest != "" {
		if of, ok := letterOf(word, letter); ok && of == letter {
			bare = rest
		}
	}
	if letter != "" && len(bare) > 1 && strings.EqualFold(bare[:1], letter) {
		bare = bare[1:]
	}
	bare = strings.TrimPrefix(bare, "#")
	end := 0
	for end < len(bare) && (isDigit(bare[end]) || 'a' <= bare[end]|0x20 && bare[end]|0x20 <= 'z') {
		end++
	}
	n, ok := interview.ParseNumber(bare[:end])
	if end < len(bare) && (bare[end] == '.' || bare[end] == ')') {
		end++
	}
	if next, _ := utf8.DecodeRuneInString(bare[end:]); end < len(bare) && !unicode.IsSpace(next) && next != ':' && next != ',' {
		return 0, 0
	}
	if !ok {
		return 0, 0
	}
	return n, len(s) - len(bare) + end
}

// end says so when anything is left.
func (a *args) end() error {
	extra := withoutPlease(a.rest)
	if extra == "" {
		return nil
	}
	return a.fail(quoted(extra) + " does not belong there")
}

// withoutPlease returns what is left of s without blanks around it and polite words at its end.
func withoutPlease(s string) string {
	for s = strings.TrimSpace(s); s != ""; {
		i := lastWord(s)
		if !language.IsPolite(plain.Fold(strings.Trim(s[i:], ".,!"))) {
			break
		}
		s = strings.TrimRight(s[:i], " ,")
	}
	return s
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
func (a *args) needWords(what string) (text string, quoted bool, err error) {
	if text, quoted = Words(a.text()); text == "" {
		return "", false, a.needs(what)
	}
	return text, quoted, nil
}

// numberAndText reads "N text".
func (a *args) numberAndText(what, letter, text string) (interview.Number, string, error) {
	n, err := a.readNumber(what, letter)
	if err != nil {
		return 0, "", err
	}
	s, err := a.needText(text)
	return n, s, err
}

// onlyNumber reads "N" and nothing else.
func (a *args) onlyNumber(what, letter string) (interview.Number, error) {
	n, err := a.readNumber(what, letter)
	if err != nil {
		return 0, err
	}
	return n, a.end()
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
		return "", a.needs(plain.List(options, "or"))
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
	return unquote(strings.TrimSpace(strings.TrimPrefix(strings.TrimSpace(s), "@")))
}

// nameForm writes a name so that readName reads it, in quotes where any of the
// characters in reserved would end it early.
func nameForm(s, reserved string) string {
	if s == "" || s[0] == '@' || openingMark(s) > 0 || strings.ContainsAny(s, reserved) {
		return inMarks(s)
	}
	return s
}

// pair is a value with the key that it was typed with, "" for none.
type pair struct{ key, value string }

// values reads values, each with its key or without: key=value, key: value, key value, value. A
// value ends at a comma that is not within a number, at the next key=, or where its quotation marks
// close.
func (a *args) values(keys []string) ([]pair, error) {
	command, _, _ := strings.Cut(a.form, " "+keys[0]+"=") // as far as it was read
	var read []pair
	for {
		s := strings.TrimLeftFunc(a.rest, func(r rune) bool { return unicode.IsSpace(r) || r == ',' || r == ';' })
		if s == "" {
			return read, nil
		}
		key, size := keyAt(s, keys)
		if typed, isPair := beforeEquals(s); size == 0 && isPair {
			return nil, a.unknownKey(typed, keys, command+pairsForm(read), s)
		}
		if key != "" && slices.ContainsFunc(read, func(p pair) bool { return p.key == key }) {
			return nil, a.fail(key + "= stands there twice")
		}
		if key == keyWording {
			value, rest := readWording(s[size:], keys)
			read, a.rest = append(read, pair{key, value}), rest
			continue
		}
		value, rest, closed := readValue(s[size:])
		if !closed {
			where := "The quotation mark"
			if key != "" {
				where += " behind " + key + "="
			}
			return nil, &Error{where + " has no other one", shownLine(command + pairsForm(read) + " " + trimRight(s) + `"`)}
		}
		read = append(read, pair{key, value})
		a.rest = rest
	}
}

// beforeEquals returns what stands in front of an = at the beginning of s, where that may be a key.
func beforeEquals(s string) (typed string, ok bool) {
	end := strings.IndexFunc(s, func(r rune) bool { return !unicode.IsLetter(r) && r != '-' && r != '_' })
	if end < 0 {
		return "", false
	}
	return s[:end], s[end] == '='
}

// keyWord is cutWord for a word that may be a key, or say what a number is of. A longer one is "",
// so that a list without a blank is not searched for one again and again.
func keyWord(s string) (word, rest string) {
	const longest = 32 // bytes
	if strings.IndexFunc(s[:min(len(s), longest)], unicode.IsSpace) < 0 && len(s) > longest {
		return "", s
	}
	return cutWord(s)
}

// keyAt returns the key that s begins with, and its bytes with what parts it from its value. The
// size is 0 for none.
func keyAt(s string, keys []string) (key string, size int) {
	if typed, ok := beforeEquals(s); ok {
		if known, ok := knownKey(typed, keys); ok {
			return known, len(typed) + 1
		}
	}
	first, rest := keyWord(s)
	second, after := keyWord(rest)
	for _, of := range []struct{ typed, value string }{{first + second, after}, {first, rest}} {
		if known, ok := knownKey(strings.TrimRight(of.typed, ":"), keys); ok && of.value != "" {
			return known, len(s) - len(of.value)
		}
	}
	return "", 0
}

// joinedName makes names comparable: without regard to case and dashes.
func joinedName(s string) string {
	return strings.ReplaceAll(strings.ToLower(s), "-", "")
}

func knownKey(typed string, keys []string) (string, bool) {
	bare := func(s string) string { return strings.TrimSuffix(joinedName(s), "s") } // cost is costs
	want := bare(strings.ReplaceAll(typed, "_", "-"))
	for _, k := range keys {
		if bare(k) == want {
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

// readValue reads a value from the front. ok is false when it has quotation marks that have no end.
func readValue(s string) (value, rest string, ok bool) {
	if openingMark(s) > 0 {
		inner, n := inQuotes(s)
		return strings.TrimSpace(inner), s[n:], n > 0
	}
	end := 0
	for end < len(s) {
		r, size := utf8.DecodeRuneInString(s[end:])
		before, after := s[:end], s[end+size:]
		if r == ';' || r == ',' && !(endsInDigit(before) && after != "" && isDigit(after[0])) {
			break
		}
		if unicode.IsSpace(r) {
			if _, isPair := beforeEquals(after); isPair {
				break
			}
		}
		end += size
	}
	return strings.TrimSpace(s[:end]), s[end:], true
}

// readWording reads words of theirs from the front, as far as the next key behind a blank, with the
// quotation marks that say whether they are a quote. A backslash in front of such a key makes it
// text.
func readWording(s string, keys []string) (value, rest string) {
	_, from := inQuotes(s)
	var b strings.Builder
	b.WriteString(s[:from])
	for i := from; i < len(s); {
		r, size := utf8.DecodeRuneInString(s[i:])
		b.WriteString(s[i : i+size])
		i += size
		n := backslashes(s[i:])
		if !unicode.IsSpace(r) || !beginsWithKey(s[i+n:], keys) {
			continue
		}
		if n == 0 {
			return strings.TrimRight(b.String(), " ,;"), s[i:]
		}
		i++
	}
	return strings.TrimSpace(b.String()), ""
}

// wordingForm writes a wording behind its key so that it is read again. The wording stands behind
// all other keys.
func wordingForm(text string, quoted bool) string {
	if quoted {
		return " " + keyWording + "=" + inMarks(text)
	}
	text = WordsForm(text, false)
	keys := correctionKeys()
	_, from := inQuotes(text)
	var form strings.Builder
	form.WriteString(" " + keyWording + "=" + text[:from])
	for i := from; i < len(text); {
		r, size := utf8.DecodeRuneInString(text[i:])
		form.WriteString(text[i : i+size])
		i += size
		if next := text[i:]; unicode.IsSpace(r) && beginsWithKey(next[backslashes(next):], keys) {
			form.WriteByte('\\')
		}
	}
	return form.String()
}

func endsInDigit(s string) bool { return s != "" && isDigit(s[len(s)-1]) }

// joinLoose adds values without a key to the one in front of them, with the comma between them.
func joinLoose(read []pair) (all []pair) {
	for len(read) > 0 {
		n := 1
		for n < len(read) && read[n].key == "" {
			n++
		}
		all = append(all, pair{read[0].key, joinValues(read[:n])})
		read = read[n:]
	}
	return all
}

// joinValues joins the values of pairs with commas.
func joinValues(all []pair) string {
	values := make([]string, len(all))
	for i, p := range all {
		values[i] = p.value
	}
	return strings.Join(values, ", ")
}

// pairsForm writes pairs so that they are read again, each with a blank in
// front.
func pairsForm(all []pair) string {
	var form strings.Builder
	for _, p := range all {
		if p.key == "" {
			form.WriteString(" " + valueForm(p.value) + ",")
			continue
		}
		form.WriteString(" " + p.key + "=" + valueForm(p.value))
	}
	return form.String()
}

func valueForm(s string) string {
	if openingMark(s) == 0 && !strings.ContainsAny(s, ",;") && strings.IndexFunc(s, unicode.IsSpace) < 0 {
		return s
	}
	return inMarks(s)
}
