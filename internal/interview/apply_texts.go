package interview

import (
	"fmt"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"
)

// checkTexts refuses text that is too long or not UTF-8, in any field of an action, at any depth.
func checkTexts(v reflect.Value) error {
	switch v.Kind() {
	case reflect.String:
		return checkReadable(v.String())
	case reflect.Pointer, reflect.Interface:
		if v.IsNil() {
			return nil
		}
		return checkTexts(v.Elem())
	case reflect.Slice:
		for i := range v.Len() {
			if err := checkTexts(v.Index(i)); err != nil {
				return err
			}
		}
	case reflect.Struct:
		for _, field := range v.Fields() {
			if err := checkTexts(field); err != nil {
				return err
			}
		}
	default: // numbers
	}
	return nil
}

func checkReadable(text string) error {
	if len(text) > MaxText {
		return invalid(fmt.Sprintf("That is %d bytes of text; %d are the most that one line holds", len(text), MaxText), "keep it in several lines")
	}
	if !utf8.ValidString(text) {
		return invalid("That is not readable as UTF-8 text", "save the file as UTF-8 and try again")
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
	return (kind == Paraphrase || kind == Observation || kind == FollowUp) && sounds.MatchString(text)
}
