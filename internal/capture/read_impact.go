package capture

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"hark/internal/interview"
	"hark/internal/language"
	"hark/internal/plain"
)

// The keys of /impact.
const (
	keyHowOften = "how-often"
	keyHowBad   = "how-bad"
	keyCosts    = "costs"
	keyBears    = "bears"
	keyTried    = "tried"
	keyWants    = "wants"
	keyWording  = "wording" // of a playback that was corrected
)

// readImpact reads what a problem weighs: key=value, or plain values, of which the form tells what
// they are (see shape). One of the keys can be the command: /costs 2 half a day.
func readImpact(a *args) (interview.Action, error) {
	n, err := a.readNumber("a problem", "p")
	if err != nil {
		return nil, err
	}
	keys := facetKeys()
	var read []pair
	if key, ok := knownKey(a.name, keys); ok && strings.TrimSpace(a.rest) != "" {
		read = []pair{{key, unquote(a.text())}}
	} else if read, err = a.values(keys); err != nil {
		return nil, err
	} else if read, err = a.placed(read, keys); err != nil {
		return nil, err
	}
	if len(read) == 0 {
		a.form = fmt.Sprintf("some, as in /%s %s every week, 4, half a day each", a.name, n)
		return nil, a.needs("something to weigh the problem by")
	}
	return weighing(n, read)
}

// facetKeys returns the keys of /impact in the order in which they are typed.
func facetKeys() []string {
	return []string{keyHowOften, keyHowBad, keyCosts, keyBears, keyTried, keyWants}
}

// weighing returns what weighs a problem by the values of its keys.
func weighing(n interview.Number, read []pair) (w interview.Weigh, err error) {
	w.Problem = n
	for _, p := range read {
		switch p.key {
		case keyHowOften:
			w.HowOften = &p.value
		case keyHowBad:
			bad, ok := Rating(p.value)
			if !ok {
				return w, &Error{"How bad it is goes by their own rating from 1 to 5, not " + quoted(p.value), fmt.Sprintf("/impact %s how-bad=1..5", n)}
			}
			w.HowBad = &bad
		case keyCosts:
			w.Costs = &p.value
		case keyBears:
			w.Bears = &p.value
		case keyTried:
			w.Tried = &p.value
		case keyWants:
			w.Wants = &p.value
		}
	}
	return w, nil
}

// Rating reads how bad a problem is, a number from 1 to 5 that may say so: "4", "4 of 5". An empty
// text is 0.
func Rating(text string) (n int, ok bool) {
	text = strings.TrimSpace(text)
	if text == "" {
		return 0, true
	}
	switch strings.ToLower(strings.Join(strings.Fields(text[1:]), "")) {
	case "", ".", ",", "of5", "outof5", "/5", "von5", "sur5", "de5":
		n = int(text[0]) - '0'
	}
	return n, n >= 1 && n <= 5
}

// placed gives each value its key. What was typed without one is known by its shape; several of the
// same shape are one value. What has no shape belongs to the value with a key in front of it.
// Without one it takes the first key that is free behind the costs, in their order, once the line
// says how often it comes and how bad it is: these come first where values are typed in order. Of
// anything else hark cannot tell what it is.
func (a *args) placed(read []pair, keys []string) ([]pair, error) {
	values := map[string][]pair{}
	add := func(key, value string) bool {
		values[key] = append(values[key], pair{key, value})
		return len(values[key]) == 1 || key != keyHowBad
	}
	var loose []string
	last := ""
	for _, p := range read {
		key := p.key
		if key == "" {
			key = shape(p.value)
		}
		if key == "" && last == "" {
			loose = append(loose, p.value)
			continue
		}
		if last == "" || p.key != "" {
			last = p.key
		}
		if key == "" {
			key = last
		}
		if !add(key, p.value) {
			return nil, a.fail("There are two ratings of how bad it is")
		}
	}
	for _, value := range loose {
		i := slices.IndexFunc(keys, func(k string) bool { _, ok := values[k]; return !ok })
		if i < 2 { // how often, how bad
			return nil, a.unplaced(value, i < 0)
		}
		add(keys[i], value)
	}
	var all []pair
	for _, key := range keys {
		if of, ok := values[key]; ok {
			all = append(all, pair{key, joinValues(of)})
		}
	}
	return all, nil
}

// unplaced says that hark cannot tell what a value is.
func (a *args) unplaced(value string, full bool) error {
	if full {
		return a.fail("Nothing is left that " + quoted(value) + " could be")
	}
	if language.SaysHowOften(strings.Fields(plain.Fold(value))) {
		return &Error{quoted(value) + " says more than how often", fmt.Sprintf("a comma between values, as in /%s %s every week, 4, half a day each", a.name, a.number)}
	}
	return &Error{
		quoted(value) + " may be what it costs, who bears it, what they tried or what they want",
		shownLine(fmt.Sprintf("/%s %s costs %s, or with bears, tried or wants in front of it", a.name, a.number, value)),
	}
}

func impactForm(w interview.Weigh) string {
	return fmt.Sprintf("/impact %s%s", w.Problem, weighingForm(w))
}

// weighingForm writes what weighs a problem, each with a blank in front.
func weighingForm(w interview.Weigh) string {
	var bad *string
	if w.HowBad != nil {
		s := ""
		if *w.HowBad != 0 {
			s = strconv.Itoa(*w.HowBad)
		}
		bad = &s
	}
	return facetsForm(
		facet{keyHowOften, w.HowOften}, facet{keyHowBad, bad}, facet{keyCosts, w.Costs},
		facet{keyBears, w.Bears}, facet{keyTried, w.Tried}, facet{keyWants, w.Wants},
	)
}

// facet is a pair that may be missing.
type facet struct {
	key   string
	value *string
}

func facetsForm(all ...facet) string {
	form := ""
	for _, f := range all {
		if f.value != nil {
			form += pairsForm([]pair{{f.key, *f.value}})
		}
	}
	return form
}

// shape returns the key of a value that tells what it is: one number from 1 to 5, words that begin
// with how often, an amount of money or time. A time that comes again (half a day every week) may
// be either, so that it is none.
func shape(value string) string {
	if _, ok := Rating(value); ok && value != "" {
		return keyHowBad
	}
	words := strings.Fields(plain.Fold(value))
	for i := range words {
		words[i] = strings.Trim(words[i], ".,:;!()~")
	}
	for len(words) > 1 && language.Hedges(words[0]) {
		words = words[1:]
	}
	switch often, amount := language.SaysHowOften(words), language.SaysAmount(words); {
	case often && !amount && len(words) > 2 && endsInRating(words) || often && language.SaysMoney(words):
		return "" // every day 4, every day 500 euros: two values without a comma
	case often && !amount:
		return keyHowOften
	case amount && !often:
		return keyCosts
	}
	return ""
}

// endsInRating reports whether the last word can be how bad something is.
func endsInRating(words []string) bool {
	_, ok := Rating(words[len(words)-1])
	return ok
}
