package capture

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"hark/internal/interview"
	"hark/internal/language"
	"hark/internal/plain"
)

// A subject is who does what a promise says, by the words in front of it.
type subject struct {
	found bool
	owner string              // as in interview.Promises; "" for the speaker, or us
	doubt interview.SideDoubt // what does not say it for certain
	rest  string              // the promise, without a name that a colon takes out of it
}

// subjectOf finds who does what a promise says: "Miguel sends logs", "they send logs", "Miguel: logs".
// A name at any other place is only named.
func (in Context) subjectOf(text string, spoken bool) subject {
	if n := in.named(text); n > 0 {
		return in.nameActs(text, n)
	}
	if name := in.Customer; name != "" {
		if n := interview.MeantInFront([]string{name}, text, plain.FoldName); n > 0 && plain.FoldName(text[:n]) == plain.FoldName(name) {
			s := in.nameActs(text, n)
			if s.owner != "" {
				s.owner = "them"
			}
			return s
		}
	}
	words := foldedWords(firstWords(text))
	for i, w := range words {
		words[i] = strings.Trim(w, ":,")
	}
	party, n := language.Doer(words)
	switch {
	case n > 0:
		return pronounActs(text, words, party, n, spoken)
	case len(words) > 2 && (words[1] == "will" || words[1] == "shall" || words[1] == "wird"):
		first, _ := cutWord(text)
		return subject{found: true, doubt: interview.SideDoubt{Words: first}, rest: text}
	}
	return subject{rest: text}
}

// firstWords returns as much of a text as can say who does it.
func firstWords(text string) string {
	const most = 5
	return text[:wordAt(text, most)]
}

// nameActs reads a text that begins with a name of n bytes.
func (in Context) nameActs(text string, n int) subject {
	name := text[:n]
	if behind, ok := withoutColon(text[n:]); ok {
		return subject{found: true, owner: name, rest: behind}
	}
	doubt := interview.SideDoubt{Words: name, Reading: in.sideOf(name)}
	if isPossessive(name) {
		doubt.Reading = in.sideOf(name[:len(name)-len("s")])
		return subject{found: true, doubt: doubt, rest: text}
	}
	behind := foldedWords(firstWords(text[n:]))
	if len(behind) == 0 {
		behind = []string{""}
	}
	next := strings.Trim(behind[0], ",;:")
	first, _ := utf8.DecodeRuneInString(name)
	begins, _ := utf8.DecodeRuneInString(next)
	switch {
	case leavesOpen(behind):
		return subject{found: true, doubt: doubt, rest: text} // "will be told", "and Dan send"
	case language.Acts(next):
	case !unicode.IsLetter(begins), strings.HasPrefix(text[n:], ","):
		return subject{found: true, doubt: doubt, rest: text}
	case unicode.IsLower(first) && !strings.HasSuffix(next, "s") && !strings.HasSuffix(next, "t"):
		return subject{found: true, doubt: doubt, rest: text} // "mark the pallets", with Mark in the room
	}
	return subject{found: true, owner: name, rest: text}
}

// leavesOpen reports whether the words behind a name leave open who does something: "and", "the", "will
// be", "needs".
func leavesOpen(words []string) bool {
	return language.Joins(words[0]) || language.Acts(words[0]) && len(words) > 1 && language.Joins(words[1])
}

func isPossessive(name string) bool {
	return strings.HasSuffix(name, "'s") || strings.HasSuffix(name, "’s")
}

// pronounActs reads a text that begins with n words that stand for somebody.
func pronounActs(text string, words []string, party language.Party, n int, spoken bool) subject {
	end := wordAt(text, n)
	name := strings.TrimSpace(text[:end])
	bare := strings.TrimRight(name, ":：")
	colon, said := bare != name, words[n-1]
	if len(words) == n || (said == "us" || said == "me" || said == "them") && !colon && words[n] != "to" {
		return subject{rest: text} // there is nothing that they do
	}
	certain := party == language.Us || party == language.Them && !spoken && !leavesOpen(words[n:]) || colon && party == language.Them
	if language.IsCustomer(said) {
		certain = party == language.Them && (colon || customerActs(words[0], words[n]))
	}
	s := subject{found: true, rest: text}
	switch {
	case !certain:
		s.doubt = interview.SideDoubt{Words: bare, Reading: likely(said, spoken)}
		return s
	case party == language.Them:
		s.owner = "them"
	}
	if colon {
		s.rest = text[end:]
	}
	return s
}

// customerActs reports whether the customer does what a word says that stands behind "customer". "Call"
// there may be a verb or not; in French and Spanish an article is enough.
func customerActs(first, next string) bool {
	switch first {
	case "le", "la", "les", "el", "los", "las":
		return !language.Joins(next) && next != "a"
	}
	return language.Acts(next) || strings.HasSuffix(next, "s") || strings.HasSuffix(next, "t")
}

// likely is the likelier side of a word that can be anybody.
func likely(word string, spoken bool) interview.Side {
	switch word {
	case "somebody", "someone", "both", "everybody", "jemand", "beide", "quelqu'un", "alguien":
		return ""
	case "you", "you'll", "your", "vous", "usted", "ustedes", "ihr":
		if spoken {
			return interview.Ours // the customer says it to us
		}
	}
	return interview.Theirs
}

// withoutColon returns what stands behind the colon that s begins with; ok is false when there is
// none, or nothing behind it.
func withoutColon(s string) (behind string, ok bool) {
	r, size := utf8.DecodeRuneInString(s)
	if asMark(r) != ':' {
		return "", false
	}
	behind = trimLeft(s[size:])
	return behind, behind != "" && (size > 1 || len(behind) < len(s)-size)
}

// sideOf returns the side of the one whom a name means, "" when that is not known.
func (in Context) sideOf(name string) interview.Side {
	var names []string
	for _, p := range in.People {
		names = append(names, p.Name)
	}
	if fit := interview.MeantInFull(names, name, plain.FoldName); len(fit) == 1 {
		return in.People[fit[0]].Side
	}
	return ""
}

// takeSubject takes who does it out of a promise, unless somebody is named with an @ or a backslash
// keeps the words in front from meaning it.
func (in Context) takeSubject(out *spoken, raw string, said bool) string {
	n := backslashes(raw)
	s := in.subjectOf(raw[n:], said)
	switch {
	case !s.found:
		return raw
	case n > 0:
		return raw[n-n/2:]
	case out.owner != "":
		return raw
	}
	out.owner, out.whose = s.owner, s.doubt
	return s.rest
}

// escapeSubject writes a promise so that takeSubject leaves its words as they are. form is how its text
// is written apart from that.
func escapeSubject(p interview.Promises, form string) string {
	n := backslashes(p.Text)
	s := Context{}.subjectOf(p.Text[n:], p.Speaker != "")
	switch {
	case !s.found:
		return form
	case n > 0:
		return strings.Repeat(`\`, n) + form
	case p.Owner == "" && p.Whose.IsZero() && (s.owner != "" || !s.doubt.IsZero() || s.rest != p.Text):
		return `\` + form
	}
	return form
}
