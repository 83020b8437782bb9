package capture

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"hark/internal/language"
)

// closersOf returns the quotation marks that close what a mark opens, in the languages that write
// them so, the commonest one first; "" for what opens nothing. The straight mark stands with the
// closing one too, for an editor may have turned only one of the two.
func closersOf(open rune) string {
	switch open {
	case '"':
		return `"”＂`
	case '＂':
		return `＂"”`
	case '“', '‟', '”': // English and many more; ”…” is Swedish, Finnish and a Japanese keyboard
		return `”"`
	case '„': // German, Czech and others; with ” Polish, Dutch, Romanian
		return `“”"`
	case '«':
		return "»"
	case '»': // German books; with » Swedish and Finnish
		return "«»"
	case '‹':
		return "›"
	case '›':
		return "‹›"
	case '「':
		return "」"
	case '『':
		return "』"
	case '｢':
		return "｣"
	case '﹁':
		return "﹂"
	case '﹃':
		return "﹄"
	case '《':
		return "》"
	case '〈':
		return "〉"
	case '〝':
		return "〞〟"
	case '❝':
		return "❞"
	case '‚':
		return "‘’'"
	case '‘', '‛':
		return "’'"
	case '\'', '’':
		return "’'"
	case '＇':
		return "＇"
	}
	return ""
}

// isSingle reports whether an opening mark is written as an apostrophe is, or closed by one.
func isSingle(open rune) bool { return strings.ContainsRune("'’‘‛‚＇", open) }

// canBeApostrophe reports whether a single mark in front of a word can be an apostrophe. Word
// processors turn the one of 'twas into ‘.
func canBeApostrophe(open rune) bool { return strings.ContainsRune("'’‘‛＇", open) }

// openingMark returns how many bytes of an opening quotation mark s begins with. The single ones
// are left out, which are apostrophes as well: see opensQuote.
func openingMark(s string) int {
	r, size := utf8.DecodeRuneInString(s)
	if closersOf(r) == "" || isSingle(r) {
		return 0
	}
	return size
}

// anyMark returns how many bytes of a quotation mark s begins with, whether it opens or closes. The
// single ones are left out.
func anyMark(s string) int {
	r, size := utf8.DecodeRuneInString(s)
	if closersOf(r) != "" && !isSingle(r) || strings.ContainsRune("」』｣﹂﹄》〉〞〟❞", r) {
		return size
	}
	return 0
}

// opensQuote returns the quotation mark that a line begins with, and its bytes; 0 where it begins
// with none, or with an apostrophe. Without a mark at its other end nothing tells 'We from 'em, so
// that ' and ’ open a quote only together with one; ‘ opens one in front of all that is not one of
// the words which are written with an apostrophe in front.
func opensQuote(s string) (open rune, size int) {
	open, size = utf8.DecodeRuneInString(s)
	switch {
	case closersOf(open) == "":
		return 0, 0
	case !canBeApostrophe(open):
		return open, size
	}
	elided, closed := isElided(s[size:]), closesAtEnd(s[size:], open)
	if open == '‘' || open == '‛' {
		if elided && !closed {
			return 0, 0
		}
		return open, size
	}
	if elided || !closed {
		return 0, 0
	}
	return open, size
}

// closesAtEnd reports whether a text, apart from the themes at its end, ends in the mark that
// closes a single one in front of it, and has no other one between.
func closesAtEnd(text string, open rune) bool {
	text = trimRight(text)
	for {
		t, before := lastTag(text)
		if t == "" {
			break
		}
		text = before
	}
	r, size := utf8.DecodeLastRuneInString(text)
	if !strings.ContainsRune(closersOf(open), r) || len(text) == size {
		return false
	}
	if open == '‘' || open == '‛' {
		return true
	}
	before := ' '
	for i := 0; i < len(text)-size; {
		q, width := utf8.DecodeRuneInString(text[i:])
		i += width
		next, _ := utf8.DecodeRuneInString(text[i:])
		if strings.ContainsRune(closersOf(open), q) && !unicode.IsSpace(before) && !unicode.In(next, unicode.L, unicode.Nd) {
			return false
		}
		before = q
	}
	return true
}

// isElided reports whether a text goes on behind an apostrophe as words do that lost their
// beginning: 'twas, '90s, 's avonds.
func isElided(text string) bool {
	end := strings.IndexFunc(text, func(r rune) bool { return !unicode.In(r, unicode.L, unicode.M, unicode.Nd) })
	if end < 0 {
		end = len(text)
	}
	word := text[:end]
	if first, size := utf8.DecodeRuneInString(word); size == len(word) || unicode.IsDigit(first) {
		return len(word) > 0 && word != "I" && word != "A"
	}
	return language.IsElided(strings.ToLower(word))
}

// inQuotes reads the quoted string that s begins with: what is in it, and how
// many bytes it takes with its marks. A quotation mark inside is written \".
// The size is 0 when the string has no end.
func inQuotes(s string) (inner string, size int) {
	open := openingMark(s)
	if open == 0 {
		return "", 0
	}
	mark, _ := utf8.DecodeRuneInString(s)
	for _, closer := range closersOf(mark) {
		for i := open; i < len(s); {
			n := backslashes(s[i:])
			q, width := utf8.DecodeRuneInString(s[i+n:])
			if n%2 == 0 && q == closer {
				return unescape(s[open : i+n]), i + n + width
			}
			i += n + max(1, width)
		}
	}
	return "", 0
}

// unescape undoes what inMarks did. The end of s stands before a mark.
func unescape(s string) string {
	if !strings.Contains(s, `\`) {
		return s
	}
	var b strings.Builder
	for i := 0; i < len(s); {
		n := backslashes(s[i:])
		mark := anyMark(s[i+n:])
		if mark > 0 || i+n == len(s) {
			b.WriteString(s[i : i+n/2])
		} else {
			b.WriteString(s[i : i+n])
			mark = min(1, len(s)-i-n)
		}
		b.WriteString(s[i+n : i+n+mark])
		i += n + mark
	}
	return b.String()
}

// inMarks writes s so that inQuotes reads it.
func inMarks(s string) string {
	var b strings.Builder
	b.WriteByte('"')
	for i := 0; i < len(s); {
		n := backslashes(s[i:])
		b.WriteString(s[i : i+n])
		i += n
		mark := anyMark(s[i:])
		if mark > 0 || i == len(s) {
			b.WriteString(s[i-n : i])
		}
		if mark > 0 && (n > 0 || s[i] == '"') {
			b.WriteByte('\\')
		}
		size := min(max(1, mark), len(s)-i)
		b.WriteString(s[i : i+size])
		i += size
	}
	b.WriteByte('"')
	return b.String()
}

// unquote returns what is in quotes when all of s is, else s.
func unquote(s string) string {
	if inner, n := inQuotes(s); n > 0 && n == len(s) {
		return strings.TrimSpace(inner)
	}
	return s
}

// inWords finds what is said in a text that hark shows in quotation marks of its own: s[from:to],
// and the punctuation behind the closing mark. People put marks there too, around all of it or only
// in front of it. A text that only begins with something in quotes is as it stands.
func inWords(s string) (from, to int, behind string) {
	open, size := opensQuote(s)
	if size == 0 {
		return 0, len(s), ""
	}
	at, width := closing(s, size, open)
	if width == 0 {
		return size, len(s), ""
	}
	if behind = s[at+width:]; strings.Trim(behind, ".,;:!?…。，！？") != "" {
		return 0, len(s), ""
	}
	return size, at, behind
}

// closing finds the mark that closes the quotation which open begins in front of a place of s, and
// its bytes; 0 when it stands open to the end. What a quotation inside it opens and closes does not
// count, nor do the inches of a 6" pipe and apostrophes.
func closing(s string, from int, open rune) (at, width int) {
	closers, depth, before := closersOf(open), 1, ' '
	for i := from; i < len(s); {
		n := backslashes(s[i:])
		q, size := utf8.DecodeRuneInString(s[i+n:])
		if n > 0 {
			before = '\\'
		}
		i += n
		next, _ := utf8.DecodeRuneInString(s[i+size:])
		last := i+size == len(s)
		closes := strings.ContainsRune(closers, q)
		leads := !last && beginsWord(before) && !unicode.IsSpace(next)
		opens := closersOf(q) != "" && strings.ContainsAny(closersOf(q), closers) && (!closes || leads)
		switch {
		case n%2 == 1, size == 0:
		case isSingle(q) && (strings.ContainsRune("'’＇", q) && leads || unicode.In(next, unicode.L, unicode.Nd) && !leads):
		case opens:
			depth++
		case closes && !last && unicode.IsDigit(before) && strings.ContainsRune("\"”", q):
		case closes:
			if depth--; depth == 0 {
				return i, size
			}
		}
		before = q
		i += max(size, 1)
	}
	return 0, 0
}

// Words returns what is said in a text behind a command, or in a field of a form, and whether it
// was typed as a quote: with a mark around all of it, or in front. A backslash makes that mark
// text. WordsForm writes both so that they are read again.
func Words(s string) (text string, quoted bool) {
	if inner, n := inQuotes(s); n > 0 && n == len(s) && strings.HasSuffix(s, `"`) {
		return strings.TrimSpace(inner), true
	}
	from, to, behind := inWords(s)
	if to < len(s) {
		return strings.TrimSpace(unescape(s[from:to]) + behind), true
	}
	if n := backslashes(s); n > 0 && opensAny(s[n:]) {
		return strings.TrimSpace(s[1:]), false
	}
	return strings.TrimSpace(s[from:]), from > 0
}

// WordsForm writes words so that Words reads them again.
func WordsForm(text string, quoted bool) string {
	if quoted {
		// Without a mark behind it, so that it can be corrected by typing on.
		if read, marked := Words(`"` + text); marked && read == text {
			return `"` + text
		}
		return inMarks(text)
	}
	if read, marked := Words(text); marked || read != text {
		return `\` + text // the mark is text
	}
	return text
}

// quotedForm writes a text so that unquote reads it again.
func quotedForm(text string) string {
	if unquote(text) == text {
		return text
	}
	return inMarks(text)
}
