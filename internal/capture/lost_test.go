package capture_test

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
	"unicode"

	"hark/internal/capture"
	"hark/internal/interview"
	"hark/internal/language"
	"hark/internal/plain"
)

// typedWord is a run of letters and digits in a line.
type typedWord struct {
	from, to int // bytes
	folded   string
}

func wordsOf(s string) []typedWord {
	var all []typedWord
	from := -1
	part := func(r rune) bool { return unicode.In(r, unicode.L, unicode.M, unicode.N) }
	for i, r := range s + " " {
		switch inside := i < len(s) && part(r); {
		case inside && from < 0:
			from = i
		case !inside && from >= 0:
			if folded := plain.Fold(s[from:i]); folded != "" {
				all = append(all, typedWord{from, i, folded})
			}
			from = -1
		}
	}
	return all
}

// contentOf is all that an action keeps, as text.
func contentOf(v reflect.Value) string {
	switch v.Kind() {
	case reflect.Pointer, reflect.Interface:
		if v.IsNil() {
			return ""
		}
		return contentOf(v.Elem())
	case reflect.Struct:
		var all []string
		for i := range v.NumField() {
			all = append(all, contentOf(v.Field(i)))
		}
		return strings.Join(all, "\n")
	case reflect.Slice:
		var all []string
		for i := range v.Len() {
			all = append(all, contentOf(v.Index(i)))
		}
		return strings.Join(all, "\n")
	default:
		return fmt.Sprint(v)
	}
}

// due is the day that an action gives to something.
func dueOf(action interview.Action) interview.Date {
	switch a := action.(type) {
	case interview.Promises:
		return a.Due
	case interview.Carry:
		return a.Due
	case interview.Fix:
		if a.Due != nil {
			return *a.Due
		}
	}
	return interview.Date{}
}

// themesIn are the themes of an action, of which each is kept once however often it is typed.
func themesIn(action interview.Action) map[string]bool {
	var themes []string
	switch a := action.(type) {
	case interview.Add:
		themes = a.Themes
	case interview.Raise:
		themes = a.Themes
	case interview.Promises:
		themes = a.Themes
	case interview.Tag:
		themes = append(a.Add, a.Remove...)
	}
	all := map[string]bool{}
	for _, t := range themes {
		for _, w := range wordsOf(t) {
			all[w.folded] = true
		}
	}
	return all
}

// missing returns the words of a line that are not in what it keeps, but for those that stand
// between two of its words, which a day takes the place of.
func missing(words []typedWord, action interview.Action, from, to int) []string {
	have := map[string]int{}
	for _, w := range wordsOf(contentOf(reflect.ValueOf(action))) {
		have[w.folded]++
	}
	themes := themesIn(action)
	var gone []string
	for i, w := range words {
		side := isSide(w.folded) && have["us"]+have["them"] > 0
		if have[w.folded]--; have[w.folded] < 0 && !themes[w.folded] && !side && (i < from || i >= to) {
			gone = append(gone, w.folded)
		} else if i >= from && i < to {
			have[w.folded]++ // counted for the words that are left
		}
	}
	return gone
}

// isSide reports whether a word can be a name for one of the two sides, which is kept as us or
// them.
func isSide(word string) bool {
	party, _ := language.Doer([]string{word})
	return party != language.Nobody || language.PronounOf(word) != language.Nobody
}

// lost returns the words that were typed and are missing from what is kept. Only the words of a day
// may be: when they were understood as that day, as they stand; and those of a command that say
// what it is.
func lost(line string, action interview.Action) []string {
	if c, ok := action.(interview.SetConsent); ok && c.Doubt == "" {
		return nil // every word of the answer was understood: TestConsentIn
	}
	words := wordsOf(line)
	if isCommand(line) {
		words = arguments(line, words, action)
	}
	gone := missing(words, action, 0, 0)
	if len(gone) == 0 || dueOf(action).IsZero() {
		return gone
	}
	const longest = 20 // words of a day
	for from := range words {
		for to := from + 1; to <= min(from+longest, len(words)); to++ {
			if len(missing(words, action, from, to)) == 0 && says(line[words[from].from:words[to-1].to], dueOf(action)) {
				return nil
			}
		}
	}
	return gone
}

// leads are words that no day ends with: what follows them is not about the day.
func leads(word string) bool {
	return slices.Contains(strings.Fields("by at for of on to the or and until till with from bei fur vor bis oder und mit der die das pour de du le la les et ou para de el la los y o con"), word)
}

// says reports whether words are a day and nothing else.
func says(words string, day interview.Date) bool {
	if all := wordsOf(words); leads(all[len(all)-1].folded) {
		return false
	}
	for _, form := range []string{"+x ", "+x due "} {
		action, err := capture.Parse(form+words, now)
		if p, ok := action.(interview.Promises); ok && err == nil && p.Due == day && strings.Trim(p.Text, ".)") == "x" {
			return true
		}
	}
	return false
}

func isCommand(line string) bool { return capture.Context{}.Label(line).Kind == capture.KindCommand }

// arguments returns the words of a command that are no part of how it is typed: its name, its
// options, each of which may be cut short, and the words between names.
func arguments(line string, words []typedWord, action interview.Action) []typedWord {
	slash := strings.IndexAny(line, "/／")
	behind := strings.TrimLeftFunc(line[slash:], func(r rune) bool { return !unicode.In(r, unicode.L, unicode.N) })
	name := len(line) - len(behind) + strings.IndexFunc(behind+" ", func(r rune) bool { return unicode.IsSpace(r) || r == ':' })
	known := "please bitte by to with into due no none never nothing day ours theirs name role yes nearly shows "
	for _, c := range capture.Commands() {
		known += c.Usage + " " + c.Also + " "
	}
	known += capture.Format(action)
	vocabulary := wordsOf(known)
	var left []typedWord
	for _, w := range words {
		number := strings.TrimLeft(strings.TrimLeft(w.folded, "psq"), "0") // p2, 02
		option := w.from >= slash && w.to <= name
		for _, k := range vocabulary {
			option = option || strings.HasPrefix(k.folded, w.folded) || number != "" && k.folded == number
		}
		if !option {
			left = append(left, w)
		}
	}
	return left
}

// Whatever a line is read as, each word that was typed is in what it keeps.
func TestNothingTypedIsLost(t *testing.T) {
	for _, c := range append(lineCases(), commandCases()...) {
		action, err := capture.Parse(c.line, now)
		if gone := lost(c.line, action); err != nil || len(gone) > 0 {
			t.Errorf("%q is read as %#v without %q: %v", c.line, action, gone, err)
		}
	}
	// The property can fail.
	for _, c := range []struct {
		line   string
		action interview.Action
	}{
		{"we weld it twice", paraphrase("we weld it")},
		{"the the skip", paraphrase("the skip")},
		{"+send it by friday", interview.Promises{Text: "send it"}},
		{"+send it by friday", interview.Promises{Text: "send", Due: day(2026, 11, 27)}},
		{"+send it by friday or so", interview.Promises{Text: "send it", Due: day(2026, 11, 27)}},
		{"/left-out the night shift", interview.AskLeftOut{Text: "the shift"}},
	} {
		if gone := lost(c.line, c.action); len(gone) == 0 {
			t.Errorf("nothing of %q is missing in %#v", c.line, c.action)
		}
	}
}
