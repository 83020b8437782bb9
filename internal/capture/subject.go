package capture

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"hark/internal/capture/day"
	"hark/internal/interview"
	"hark/internal/language"
	"hark/internal/nearest"
	"hark/internal/plain"
)

// A subject is who does what a promise says, by the words in front of it.
type subject struct {
	found bool
	owner string              // as in interview.Promises; "" for the speaker, or us
	doubt interview.SideDoubt // what does not say it for certain
	rest  string              // the promise, without a name that a colon takes out of it
	size  int                 // bytes of the words for them
}

// subjectOf finds who does what a promise says: "Miguel sends logs", "they send logs", "Miguel:
// logs", behind a day and words such as "then", too. A name at any other place is only named.
func (in Context) subjectOf(text string, spoken bool) subject {
	at, unsure, lets := 0, false, false
	s := in.subjectInFront(text, spoken, false)
	const most = 6 // words in front of who does it: "on Friday at 5 then"
	for n := 1; !s.found && n <= most; n++ {
		word, rest := cutWord(text[at:])
		folded := foldedWord(word)
		switch {
		case rest == "":
			return subject{rest: text}
		case language.Leads(folded):
			unsure = unsure || language.IsUnsure(folded)
		case language.Lets(folded) && at+len(word) < len(text):
			unsure, lets = true, true
		case !isOfDay(folded) || language.IsInfinitive(folded):
			return in.somebody(text, at)
		}
		at = len(text) - len(rest)
		s = in.subjectInFront(rest, spoken, lets)
	}
	if at > 0 {
		if !s.found {
			return in.somebody(text, at)
		}
		s.rest = text
	}
	if unsure && (s.owner != "" || s.doubt.IsZero() && lets) {
		name := firstWords(text[at:])[:s.size]
		s.doubt = interview.SideDoubt{Words: name, Reading: in.sideOf(name)}
		if s.owner == "them" {
			s.doubt.Reading = interview.Theirs
		}
		s.owner = ""
	}
	return s
}

// subjectInFront finds who does what a text says, in front of it. Lets says that somebody else
// makes them do it, which only a verb behind them tells from a thing that is done for them.
func (in Context) subjectInFront(text string, spoken, lets bool) subject {
	n, name := in.named(text), ""
	if n == 0 && in.Customer != "" {
		n, name = interview.MeantInFront([]string{in.Customer}, text, plain.FoldName), in.Customer
	}
	words := foldedWords(text[:wordAt(text, longestSubject)])
	party, count := language.Doer(words)
	switch {
	case n > 0:
		s := in.nameActs(text, n, name)
		if lets && !language.Does(foldedWords(text[n:]), true) {
			return subject{rest: text}
		}
		return s
	case count > 0 && (!lets || len(words) > count && language.Does(words[count:], true)):
		return pronounActs(text, words, party, count, spoken)
	}
	return subject{rest: text}
}

// longestSubject is how many words of a text can say who does it, and what.
const longestSubject = 12

// firstWords returns as much of a text as can say who does it.
func firstWords(text string) string { return text[:wordAt(text, longestSubject)] }

// isOfDay reports whether a word can be one of a day, or of a time: "friday", "3", "am".
func isOfDay(folded string) bool {
	first, _ := utf8.DecodeRuneInString(folded)
	return unicode.IsDigit(first) || slices.ContainsFunc(language.Languages(), func(l language.Language) bool { return len(l.Words(folded)) > 0 })
}

// somebody is the subject of a text in which somebody whom nobody knows does something, behind what
// leads to it: "Lena to send", "the engineer calls", "morgen schickt Lena".
func (in Context) somebody(text string, at int) subject {
	const most = 3 // words of a name or a role
	words := foldedWords(firstWords(text[at:]))
	for n := 0; n < min(most, len(words)) && !language.IsInfinitive(words[n]); n++ {
		end := at + wordAt(text[at:], n+1)
		typed := strings.TrimSpace(text[at:end])
		name := strings.TrimRight(typed, ":：,")
		first, _ := utf8.DecodeRuneInString(typed)
		switch colon := n == 0 && strings.ContainsAny(typed, ":：") && len(name) < len(typed); {
		case !unicode.IsLetter(first), len(words) == n+1 && (n > 0 || at == 0), language.Acts(words[n:]), language.Gets(words[n]):
			return subject{rest: text}
		case at > 0 && n == 0 && language.IsVerb(words[0]), colon, language.Does(words[n+1:], false) && (n == 0 || words[n+1] != "to"):
			return subject{found: true, doubt: interview.SideDoubt{Words: name, Reading: in.sideNear(name)}, rest: text}
		}
	}
	return subject{rest: text}
}

// sideNear is the side of the one whom a mistyped name may mean, "" when that is nobody.
func (in Context) sideNear(name string) interview.Side {
	for _, p := range in.People {
		if nearest.Slips(plain.FoldName(name), plain.FoldName(p.Name)) == 1 {
			return p.Side
		}
	}
	return ""
}

// nameActs reads a text that begins with a name of n bytes, of somebody known or of the customer.
// A part of the customer's name is a word like others, unless it does something.
func (in Context) nameActs(text string, n int, customer string) subject {
	name, bare := text[:n], withoutPossessive(text[:n])
	s := subject{found: true, size: n, doubt: interview.SideDoubt{Words: name, Reading: in.sideOf(bare)}, rest: text}
	owner, whole := name, true
	if customer != "" {
		owner, whole, s.doubt.Reading = "them", plain.FoldName(bare) == plain.FoldName(customer), interview.Theirs
	}
	behind, colon := withoutColon(text[n:])
	if !colon {
		behind = text[n:]
	}
	words := foldedWords(firstWords(behind))
	switch acts := does(language.Them, words, false, colon) && !strings.HasPrefix(behind, ","); {
	case !whole && !acts && bare == name:
		return subject{rest: text}
	case !whole, !acts, bare != name:
		return s
	case colon:
		s.rest = behind
	}
	s.owner, s.doubt = owner, interview.SideDoubt{}
	return s
}

// does reports whether somebody of a side does for certain what the words behind say. What is
// behind a colon is done by them, unless it is done for them; of us only that makes a doubt.
func does(party language.Party, words []string, bare, colon bool) bool {
	switch {
	case len(words) == 0:
		return false
	case colon || party == language.Us:
		return !language.Gets(words[0]) && (!language.Acts(words) || party == language.Us || language.Does(words, bare)) || language.Acts(words) && language.Does(words, bare)
	}
	return party == language.Them && language.Does(words, bare)
}

// withoutPossessive is a name without the 's of what is somebody's.
func withoutPossessive(name string) string {
	return strings.TrimSuffix(strings.TrimSuffix(name, "'s"), "’s")
}

func isPossessive(name string) bool { return withoutPossessive(name) != name }

// pronounActs reads a text that begins with n words that stand for somebody.
func pronounActs(text string, words []string, party language.Party, n int, spoken bool) subject {
	end := wordAt(text, n)
	name := strings.TrimSpace(text[:end])
	bare := strings.TrimRight(name, ":：")
	colon, said := bare != name, words[n-1]
	if len(words) == n || (said == "us" || said == "me" || said == "them") && n == 1 && !colon && words[n] != "to" && !language.IsInfinitive(words[n]) {
		return subject{rest: text} // there is nothing that they do
	}
	s := subject{found: true, size: len(bare), rest: text}
	certain := does(party, words[n:], !language.IsCustomer(said), colon) && (colon || !spoken || party == language.Us)
	switch {
	case !certain:
		s.doubt = interview.SideDoubt{Words: bare, Reading: likely(said, spoken)}
		if party == language.Us {
			s.doubt.Reading = interview.Ours
		}
		return s
	case party == language.Them:
		s.owner = "them"
	}
	if colon {
		s.rest = text[end:]
	}
	return s
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

// escapeSubject writes a promise so that takeSubject leaves its words as they are. form is how its
// text is written apart from that.
func escapeSubject(p interview.Promises, form string) string {
	n := backslashes(p.Text)
	s := Context{}.subjectOf(p.Text[n:], p.Speaker != "")
	switch {
	case !s.found:
		return form
	case n > 0:
		return strings.Repeat(`\`, n) + form
	case p.Owner == "" && p.Whose.IsZero() && (s.owner != "" || !s.doubt.IsZero() || s.rest != p.Text):
		form = `\` + form
		if backslashes(day.Literal(form)) == 0 { // a word of days takes it, which is read before
			form = `\` + form
		}
	}
	return form
}
