package capture

import (
	"strings"

	"hark/internal/interview"
)

// Hint says what the line in the capture box will be.
type Hint struct {
	Kind  Kind   // a kind of line, or KindSpeaker while a name is being typed
	Label string // for people: "their words"
	// Detail is how the command is typed, as soon as it is clear which one it
	// is; "" else.
	Detail string
}

// Label says what the line typed so far will be. An empty line will be a paraphrase.
func (in Context) Label(text string) Hint {
	h := in.readHead(text)
	row := h.mark
	if h.naming {
		row = markOf(KindSpeaker)
	}
	hint := Hint{Kind: row.Kind, Label: row.Label}
	if row.Kind == KindProblem && opensAny(trimLeft(h.text)) {
		hint.Label = "a problem, in their words"
	}
	if row.Kind == KindCommand {
		if fit, name, rest := findCommand(h.text); len(fit) == 1 {
			hint.Detail = Context{}.args(fit[0], name, rest).form
		}
	}
	return hint
}

// CompletionKind says what is being typed at the end of a line.
type CompletionKind string

// What can be completed.
const (
	CompleteNothing    CompletionKind = ""
	CompleteCommand    CompletionKind = "command"
	CompletePerson     CompletionKind = "person"
	CompleteTheme      CompletionKind = "theme"
	CompleteDepartment CompletionKind = "department"
)

// Completion is a name that is being typed at the end of a line.
type Completion struct {
	Kind   CompletionKind
	Prefix string // as much of the name as there is, without its mark
	// From and To are the bytes of the line to put [Completion.Insert] in the
	// place of.
	From, To int

	mention bool // a person is named with an @
}

// Insert returns what to put in the place of what was typed: the whole name as
// it is written in a line, and a blank; "" when there is nothing to complete.
func (c Completion) Insert(name string) string {
	switch c.Kind {
	case CompleteCommand:
		return "/" + name + " "
	case CompleteTheme:
		return "#" + name + " "
	case CompletePerson:
		if c.mention {
			return Mention(name) + " "
		}
		return nameForm(name, ":,") + " "
	case CompleteDepartment:
		return departmentForm(name, "", interview.Date{}) + " "
	case CompleteNothing:
	}
	return ""
}

// Complete finds what is being typed at the end of text, which is the line up
// to the cursor. The names to choose from are those that begin with Prefix
// without regard to case; an empty Prefix fits all of them.
func Complete(text string) Completion {
	h := Context{}.readHead(text)
	if h.naming {
		return completeMention(text, h.at)
	}
	if h.mark.Kind == KindCommand {
		fit, name, rest := findCommand(h.text)
		if rest != "" || trimLeft(h.text) != name {
			return completeArgument(text, fit, len(text)-len(rest))
		}
		if strings.TrimSpace(h.text) != h.text {
			return Completion{From: len(text), To: len(text)}
		}
		return Completion{Kind: CompleteCommand, Prefix: name, From: h.at, To: len(text)}
	}
	from := 0 // themes can stand in front of a text without a mark, too
	if h.sign != "" {
		from = len(text) - len(h.text)
	}
	return completeInText(text, from, true, h.mark.Kind == KindPromise)
}

// completeMention completes the name behind the @ at a place, unless that name
// has its closing quote already.
func completeMention(text string, at int) Completion {
	typed := text[at+markSize(text[at:], '@'):]
	n := openingMark(typed)
	if _, closed := inQuotes(typed); closed > 0 || n == 0 && bareName(typed) != typed {
		return Completion{From: len(text), To: len(text)}
	}
	return Completion{Kind: CompletePerson, Prefix: typed[n:], From: at, To: len(text), mention: true}
}

// completeInText completes a theme or somebody's name at the end of a text that
// begins at a place.
func completeInText(text string, from int, themes, people bool) Completion {
	at := max(from, lastWord(text))
	word := text[at:]
	if n := markSize(word, '#'); themes && n > 0 && (n == len(word) || onlyTag(word) != "") {
		return Completion{Kind: CompleteTheme, Prefix: word[n:], From: at, To: len(text)}
	}
	for i := max(from, len(text)-maxMention); people && i < len(text); i++ {
		if markSize(text[i:], '@') == 0 || i > from && !followsBlank(text, i) {
			continue
		}
		if c := completeMention(text, i); c.Kind != CompleteNothing {
			return c
		}
	}
	return Completion{From: len(text), To: len(text)}
}

// completeArgument completes a name or theme in what follows a command, from a
// place in text.
func completeArgument(text string, fit []command, from int) Completion {
	none := Completion{From: len(text), To: len(text)}
	if len(fit) != 1 {
		return none
	}
	start := len(text) - len(trimLeft(text[from:]))
	switch fit[0].Name {
	case "theme":
		at := lastWord(text)
		if minus := strings.TrimPrefix(text[at:], "-"); strings.HasPrefix(minus, "#") {
			return completeInText(text, len(text)-len(minus), true, false)
		}
	case "problem":
		return completeInText(text, start, true, false)
	case "route":
		if c := completeInText(text, start, false, true); c.Kind != CompleteNothing {
			return c
		}
		return completeDepartment(text, start)
	case "person", "rename", "adviser":
		return completeName(text, start)
	case "playback":
		for at := lastWord(text); at > start; at = lastWord(trimRight(text[:at])) {
			word, rest := cutWord(text[at:])
			if strings.EqualFold(word, "by") && len(word) < len(text)-at {
				return completeName(text, len(text)-len(rest))
			}
		}
	}
	return none
}

// completeDepartment completes the department behind the number of a problem,
// which begins at a place. It can have blanks in it, up to who answers for it.
func completeDepartment(text string, at int) Completion {
	none := Completion{From: len(text), To: len(text)}
	_, size := numberAt(text[at:], "p")
	if size == 0 || at+size == len(text) {
		return none // the blank is still to come
	}
	typed := trimLeft(strings.TrimPrefix(text[at+size:], ":"))
	if strings.ContainsAny(typed, `@\`) {
		return none
	}
	return Completion{Kind: CompleteDepartment, Prefix: typed, From: len(text) - len(typed), To: len(text)}
}

// completeName completes a name that is the whole argument so far.
func completeName(text string, from int) Completion {
	typed := strings.TrimPrefix(text[from:], "@")
	_, closed := inQuotes(typed)
	prefix := typed[openingMark(typed):]
	if closed > 0 || strings.ContainsAny(prefix, ",:") {
		return Completion{From: len(text), To: len(text)}
	}
	return Completion{Kind: CompletePerson, Prefix: prefix, From: from, To: len(text)}
}
