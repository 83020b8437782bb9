package capture

import (
	"strings"

	"hark/internal/interview"
	"hark/internal/language"
	"hark/internal/plain"
)

// readConsent reads an answer as it stands in the form, and else in the words in which it was
// given.
func readConsent(a *args) (interview.Action, error) {
	answer := a.text()
	if answer == "" {
		return nil, a.needs("yes or no")
	}
	if c, ok := plainConsent(strings.Fields(answer)); ok {
		return c, nil
	}
	said := language.ConsentIn(plain.Fold(answer))
	c := interview.SetConsent{Notes: notesOf(said.Notes), Quotes: quotingOf(said.Quotes)}
	if c == (interview.SetConsent{}) {
		return nil, a.fail(quoted(answer) + " does not say whether they allow notes, or how they may be quoted")
	}
	if said.Open {
		c.Doubt = answer
	}
	return c, nil
}

// plainConsent reads yes|no [by] name|role|none, of which either may be missing.
func plainConsent(words []string) (c interview.SetConsent, ok bool) {
	if yes, is := yesNo(words[0]); is {
		c.Notes = interview.NotesRefused
		if yes {
			c.Notes = interview.NotesAllowed
		}
		words = words[1:]
	}
	if len(words) > 1 && strings.EqualFold(words[0], "by") {
		words = words[1:]
	}
	switch len(words) {
	case 0:
		return c, true
	case 1:
		quotes, is := choose(words[0], string(interview.QuoteByName), string(interview.QuoteByRole), string(interview.QuoteNone))
		c.Quotes = interview.Quoting(quotes)
		return c, is
	}
	return c, false
}

func notesOf(r language.Reply) interview.Notes {
	switch r {
	case language.Yes:
		return interview.NotesAllowed
	case language.No:
		return interview.NotesRefused
	case language.Unsaid:
	}
	return interview.NotesNotAsked
}

func quotingOf(q language.Quoting) interview.Quoting {
	switch q {
	case language.QuotedByName:
		return interview.QuoteByName
	case language.QuotedByRole:
		return interview.QuoteByRole
	case language.QuotedNot:
		return interview.QuoteNone
	case language.QuotingUnsaid:
	}
	return interview.QuotingNotAsked
}

// Meant returns the command that a line without a slash may have been meant as, "" for none: the
// name of one that takes nothing more, or what they allow while that is open. The line is a text
// all the same, for it may be what they said.
func (in Context) Meant(line string) string {
	const longest = 120 // bytes of an answer
	line = strings.Trim(line, " .!")
	if len(line) > longest {
		return ""
	}
	for _, c := range commands() {
		if c.Group != InShell && c.Usage == "/"+c.Name && (sameWords(line, c.Name, false) || c.Name == "quit" && c.isCalled(line)) {
			return "/" + c.Name
		}
	}
	said := language.ConsentIn(plain.Fold(line))
	if !in.Asks || said.Open || said.Quotes == language.QuotingUnsaid {
		return ""
	}
	return consentForm(interview.SetConsent{Notes: notesOf(said.Notes), Quotes: quotingOf(said.Quotes)})
}

func consentForm(c interview.SetConsent) string {
	if c.Doubt != "" {
		return "/consent " + c.Doubt
	}
	form := "/consent"
	if c.Notes != interview.NotesNotAsked {
		form += " " + string(c.Notes)
	}
	if c.Quotes != interview.QuotingNotAsked {
		form += " " + string(c.Quotes)
	}
	return form
}
