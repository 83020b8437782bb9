package capture

import (
	"strings"

	"hark/internal/interview"
)

// Parse reads one line of the capture language. Newlines inside the line are part
// of its text.
//
// The error is ErrEmpty for a line of which nothing can be seen, and an *Error with
// what to type instead for one that cannot be understood. Whether the action
// can be done is not Parse's business: see interview.Apply.
func (in Context) Parse(line string) (interview.Action, error) {
	action, err := in.parse(line)
	if err != nil {
		return nil, err
	}
	return in.withoutPronouns(action)
}

func (in Context) parse(line string) (interview.Action, error) {
	if Blank(line) {
		return nil, ErrEmpty
	}
	h := in.readHead(line)
	if h.naming {
		return nil, in.speakerError(h)
	}
	if h.mark.Kind == KindCommand {
		if len(h.tags) > 0 {
			return nil, &Error{"A command has no themes in front of it", shownLine(h.sign + strings.TrimSpace(h.text))}
		}
		return in.readCommand(h.text, h.speaker)
	}
	return in.line(h)
}

// line reads a line that is no command.
func (in Context) line(h head) (interview.Action, error) {
	text := h.text
	m := textRules{themes: true, words: h.mark.Kind == KindProblem, promise: h.mark.Kind == KindPromise, spoken: h.speaker != ""}
	switch h.mark.Kind {
	case KindParaphrase:
		text = in.literal(text)
	case KindQuote:
		m.quote = h.sign
	case KindProblem, KindObservation, KindStrength, KindThought, KindFollowUp, KindPromise, KindSpeaker, KindTheme, KindLiteral, KindCommand:
	}
	read, err := in.readText(text, m)
	if err != nil {
		return nil, err
	}
	if read.text == "" && h.mark.Kind == KindParaphrase {
		read.text = strings.Join(h.tags, " ") // themes and nothing else
	}
	switch {
	case read.text != "":
	case h.sign == "":
		return nil, nothingSaid(h.speaker)
	default:
		return nil, &Error{"There are no words behind the " + h.sign + " yet", h.mark.Usage}
	}
	themes := themesOf(append(h.tags, read.themes...))
	switch h.mark.Kind {
	case KindProblem:
		return interview.Raise{Text: read.text, Quoted: read.quoted, Speaker: h.speaker, Themes: themes}, nil
	case KindPromise:
		return interview.Promises{Text: read.text, Speaker: h.speaker, Owner: read.owner, Whose: read.whose, Due: read.due, Doubt: read.doubt, Themes: themes}, nil
	case KindParaphrase, KindQuote, KindObservation, KindStrength, KindThought, KindFollowUp,
		KindSpeaker, KindTheme, KindLiteral, KindCommand:
	}
	return interview.Add{Kind: h.mark.line, Text: read.text, Speaker: h.speaker, Themes: themes}, nil
}

// readLine reads what stands behind the word for a kind of line, as behind its mark. Who said it
// may be named in front of the word or behind it.
func readLine(kind Kind) func(*args) (interview.Action, error) {
	return func(a *args) (interview.Action, error) {
		text, err := a.needText("a text")
		if err != nil {
			return nil, err
		}
		h := head{speaker: a.by, mark: markOf(kind), sign: "/" + a.name, text: text}
		if inner := a.in.readHead(text); a.by == "" && kind != KindPromise && !inner.naming && inner.speaker != "" {
			h.speaker, h.tags, h.text = inner.speaker, inner.tags, text[inner.at:]
		}
		if n := openingMark(h.text); kind == KindQuote && n > 0 {
			h.sign, h.text = h.text[:n], h.text[n:]
		} else if kind == KindQuote {
			h.sign = h.mark.Char
		}
		return a.in.line(h)
	}
}

// speakerError says what is wrong with a name in front of a line.
func (in Context) speakerError(h head) error {
	who, n := in.mention(h.text, true)
	word, _ := cutWord(h.text)
	at := markSize(word, '@')
	switch {
	case n > 0 && withoutPause(h.text[n:]) == "":
		return nothingSaid(who)
	case len(word) == at:
		return &Error{"There is no name behind the @", "@Ana text"}
	case n == 0 && openingMark(word[at:]) > 0:
		return &Error{"The name in front has no closing quotation mark", `@"Ana Ruiz" text`}
	default:
		return &Error{quoted(word) + " is not one name", shownLine(Mention(word[at:]) + strings.TrimPrefix(h.text, word))}
	}
}

func nothingSaid(who string) error {
	return &Error{"There is nothing yet that " + shown(who, wordShown) + " said", shownLine(Mention(who) + " text")}
}
