package interview

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"
)

// checkTexts refuses text that is too long or not UTF-8, in any field of any action. An action that
// is missing here is refused, so that its texts cannot be forgotten.
func checkTexts(action Action) error {
	var texts []string
	add := func(parts ...*string) {
		for _, p := range parts {
			if p != nil {
				texts = append(texts, *p)
			}
		}
	}
	switch a := action.(type) {
	case Add:
		texts = append(append(texts, a.Text, a.Speaker), a.Themes...)
	case Raise:
		texts = append(append(texts, a.Text, a.Speaker), a.Themes...)
	case Promises:
		texts = append(append(texts, a.Text, a.Speaker, a.Owner, a.Doubt.Words), a.Themes...)
	case Introduce:
		texts = append(texts, a.Name, a.Role)
	case Rename:
		texts = append(texts, a.Person, a.Name)
	case JoinPeople:
		texts = append(texts, a.Person, a.Into)
	case DropPerson:
		texts = append(texts, a.Person)
	case Weigh:
		add(a.HowOften, a.Costs, a.Bears, a.Tried, a.Wants)
	case PlayBack:
		texts = append(texts, a.By, a.Correction)
	case SetAside:
		texts = append(texts, a.Reason)
	case AskLeftOut:
		texts = append(texts, a.Text)
	case Solve:
		texts = append(texts, a.Text)
	case MustRespect:
		texts = append(texts, a.Text)
	case Advise:
		texts = append(texts, a.Text)
	case Share:
		add(a.Ours, a.Theirs)
	case React:
		texts = append(texts, a.Text)
	case Carry:
		texts = append(texts, a.Department, a.Owner)
	case AnswerRoute:
		texts = append(texts, a.Text)
	case Reword:
		texts = append(texts, a.Text)
	case Tag:
		texts = append(append(texts, a.Add...), a.Remove...)
	case Fix:
		texts = append(texts, a.Text)
		add(a.Speaker, a.Owner, a.Department)
		if a.Owed != nil {
			texts = append(texts, a.Owed.Doubt.Words)
		}
	case Typed:
		texts = append(texts, a.Text, a.Why)
		if a.Action != nil {
			if err := checkTexts(a.Action); err != nil {
				return err
			}
		}
	case EnterStage, Ask, Next, Join, SetConsent, TakeUp, Decide, SetAdviser, Done, Told, SetRaised, Tie, Drop,
		SetOutcome, End, Reopen, Discard, Undo, Redo:
	default:
		return unknownAction(action)
	}
	for _, t := range texts {
		if len(t) > MaxText {
			return invalid(fmt.Sprintf("That is %d bytes of text; %d are the most that one line holds", len(t), MaxText), "keep it in several lines")
		}
		if !utf8.ValidString(t) {
			return invalid("That is not readable as UTF-8 text", "save the file as UTF-8 and try again")
		}
	}
	return nil
}

// pitch matches the beginnings of answers that sellers give too early.
const pitch = `(?i)\b(` +
	`we (could|can|would|will|'ll|might|should) (also |easily |just )?(build|do|make|offer|give|add|fix|solve|help|provide|set|put|send|show|sell|get|use|install|automate|integrate)` +
	`|we (could|offer|provide|sell|have a)\b` +
	`|we're able to|we are able to` +
	`|our (product|products|solution|service|services|platform|software|tool|system|package|offer|app)\b` +
	`|what if (we|you used|you tried|you bought)` +
	`|you (should|could) (buy|try|use|switch|upgrade|get) ` +
	`|with (our|us) you (can|could|will|would)` +
	`)`

// nudges reports whether a line sounds like a pitch while the gate is shut and no earlier line did:
// the nudge comes once in an interview. The customer's own words and thoughts never cause it.
func (iv *Interview) nudges(a Add, speaker Person) bool {
	if iv.Gate.Open || speaker.Side == Theirs {
		return false
	}
	// A cheap test excludes nearly all lines; compiling the pattern takes half a millisecond.
	if !mayPitch(a.Text) {
		return false
	}
	sounds := regexp.MustCompile(pitch)
	if !pitchy(sounds, a.Kind, a.Text) {
		return false
	}
	for _, l := range iv.Lines {
		who, _ := iv.Person(l.Speaker)
		if who.Side != Theirs && pitchy(sounds, l.Kind, l.Text) {
			return false
		}
	}
	return true
}

// mayPitch reports whether a text contains one of the beginnings without which the pattern cannot
// match.
func mayPitch(text string) bool {
	text = strings.ToLower(text)
	return slices.ContainsFunc([]string{
		"we c", "we w", "we'", "we m", "we s", "we o", "we h", "we a", "our ", "what if ", "you s", "you c", "with us ",
	}, func(begins string) bool { return strings.Contains(text, begins) })
}

func pitchy(sounds *regexp.Regexp, kind LineKind, text string) bool {
	switch kind {
	case Paraphrase, Observation, FollowUp:
		return sounds.MatchString(text)
	case Quote, Thought, Unsettled:
	}
	return false
}
