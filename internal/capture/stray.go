package capture

import (
	"strings"

	"hark/internal/interview"
)

// A department is a name, and a name has no day in it: words behind "due" or
// "by" that are none were meant to be one. That is a command, which costs nothing
// to refuse.

// strayDue says what is wrong with the first "due" or "by" that is left in a
// name, nil when there is none.
func strayDue(s string, today interview.Date) error {
	at, _ := dueIn(s, false)
	if at < 0 {
		return nil
	}
	word, words := cutWord(s[at:])
	if by, rest := cutWord(words); isDue(word) && strings.EqualFold(by, "by") {
		words = rest
	}
	if words == "" {
		return &Error{quoted(word) + " has no day behind it", dueForms}
	}
	nearest := nearestDue(words, today)
	if nearest == "" {
		nearest = dueForms
	}
	if strings.EqualFold(word, "by") && !soundsLikeDay(words, true) {
		nearest += ", or " + shownLine(`\by `+words) + " to keep it as words"
	}
	return &Error{quoted(words) + " is not a day that hark knows", nearest}
}

// dueIn finds the first "due" or "by" in s that is escaped, or that is not: where
// the word begins, and how many backslashes it begins with. at is -1 when there
// is none.
func dueIn(s string, escaped bool) (at, escapes int) {
	for i := 0; i < len(s); {
		word, rest := cutWord(s[i:])
		n := backslashes(word)
		if (isDue(word[n:]) || strings.EqualFold(word[n:], "by")) && n > 0 == escaped {
			return i, n
		}
		if rest == "" {
			break
		}
		i = len(s) - len(rest)
	}
	return -1, 0
}

// literalDues takes out the backslashes that keep "due" and "by" parts of a name.
func literalDues(s string) string {
	var b strings.Builder
	for {
		at, n := dueIn(s, true)
		if at < 0 {
			return b.String() + s
		}
		word, _ := cutWord(s[at:])
		b.WriteString(s[:at+n/2] + word[n:])
		s = s[at+len(word):]
	}
}

// escapeDues keeps every "due" and "by" a part of a name.
func escapeDues(s string) string {
	var b strings.Builder
	for i := 0; i < len(s); {
		word, rest := cutWord(s[i:])
		n := backslashes(word)
		if isDue(word[n:]) || strings.EqualFold(word[n:], "by") {
			b.WriteString(strings.Repeat(`\`, n+1))
		}
		next := len(s) - len(rest)
		b.WriteString(s[i:next])
		i = next
	}
	return b.String()
}
