package interview

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// Number names a line, promise or route, a problem, or a solution within one interview, as it is
// shown and typed: "4", or "4k" where two windows or laptops gave the number 4 apart. It is a count
// and the letters that tell things of one count apart. The zero Number stands for none; an untyped
// constant is a number without letters.
//
// The count lies in the low 24 bits and the letters in the 35 bits above them, the first letter
// highest, so that numbers are compared with == and serve as the keys of maps. Their order is that
// of Compare.
type Number int64

const (
	countBits  = 24
	letterBits = 5
	// mostLetters is the largest number of letters in a Number: of a billion things with one count,
	// two have the same seven letters.
	mostLetters = 7
)

// numberOf returns the number of a count that is not negative and the letters a to z, of which no
// more than mostLetters count.
func numberOf(count int, letters string) Number {
	n := Number(count & (1<<countBits - 1))
	for i := range min(len(letters), mostLetters) {
		n |= Number(letters[i]-'a'+1) << letterShift(i)
	}
	return n
}

// letterShift is the position of the i-th letter.
func letterShift(i int) int { return countBits + letterBits*(mostLetters-1-i) }

// Count returns the number without its letters.
func (n Number) Count() int { return int(n & (1<<countBits - 1)) }

// Letters returns the letters of the number, "" for a number that was given once.
func (n Number) Letters() string {
	var letters strings.Builder
	for i := range mostLetters {
		if l := n >> letterShift(i) & (1<<letterBits - 1); l > 0 && n > 0 {
			letters.WriteByte('a' + byte(l) - 1)
		}
	}
	return letters.String()
}

// String returns the number as it is shown and typed: "4", "4k".
func (n Number) String() string {
	if n>>countBits == 0 {
		return strconv.Itoa(n.Count())
	}
	return strconv.Itoa(n.Count()) + n.Letters()
}

// Compare orders numbers by their count, and those of one count by their letters.
func (n Number) Compare(o Number) int {
	return cmp.Or(cmp.Compare(n.Count(), o.Count()), cmp.Compare(n, o))
}

// With returns the number with the given letters a to z in place of its own.
func (n Number) With(letters string) Number { return numberOf(n.Count(), letters) }

// ParseNumber reads a number as String writes it, its letters in either case. ok is false for any
// other text, and for a count below 1 or above the largest that is given.
func ParseNumber(text string) (n Number, ok bool) {
	digits := strings.TrimRightFunc(text, func(r rune) bool { return 'a' <= r|0x20 && r|0x20 <= 'z' })
	letters := strings.ToLower(text[len(digits):])
	count, err := strconv.ParseUint(digits, 10, countBits)
	if err != nil || count == 0 || count > mostNumber || len(letters) > mostLetters {
		return 0, false
	}
	return numberOf(int(count), letters), true
}

// lasting returns the number with as many letters of its ID as there can be: it names its thing
// wherever that is known, whatever else gets the same count.
func (n Number) lasting(id ID) Number { return n.With(lettersOf(id)) }

// Lasting returns a number for the problem that names it for ever, also when another one gets the
// same count. What is open for a while holds it; it is not shown.
func (p Problem) Lasting() Number { return p.Number.lasting(p.ID) }

// Lasting is Problem.Lasting.
func (s Solution) Lasting() Number { return s.Number.lasting(s.ID) }

// Lasting is Problem.Lasting.
func (l Line) Lasting() Number { return l.Number.lasting(l.ID) }

// Lasting is Problem.Lasting.
func (p Promise) Lasting() Number { return p.Number.lasting(p.ID) }

// Lasting is Problem.Lasting.
func (r Route) Lasting() Number { return r.Number.lasting(r.ID) }

// Lasting returns the lasting number of the line, promise or route that a number names, 0 for none.
func (iv *Interview) Lasting(number Number) Number {
	id, own, is := iv.numbered(number)
	if is == Numbered {
		return 0
	}
	return own.lasting(id)
}

// shown returns a number for a sentence: a lasting one without its letters.
func (n Number) shown() Number {
	if len(n.Letters()) == mostLetters {
		return n.With("")
	}
	return n
}

// names reports whether a typed number names the thing with a number and an ID: it is that number,
// or has more letters of the same ID. One that was typed elsewhere can have more, where more things
// are known. One with fewer letters, or none, names nothing: see unclear.
func (n Number) names(of Number, id ID) bool {
	if n == of || n.Count() != of.Count() {
		return n == of
	}
	typed, own := n.Letters(), of.Letters()
	return len(typed) > len(own) && strings.HasPrefix(typed, own) && strings.HasPrefix(lettersOf(id), typed)
}

// begins reports whether a typed number has fewer letters than a number, which begins with them.
func (n Number) begins(of Number) bool {
	return n != of && n.Count() == of.Count() && strings.HasPrefix(of.Letters(), n.Letters())
}

// worded is a numbered thing with its text.
type worded struct {
	number Number
	text   string
}

// wordedRow returns the lines, promises and routes.
func (iv *Interview) wordedRow() (all []worded) {
	for _, l := range iv.Lines {
		all = append(all, worded{l.Number, l.Text})
	}
	for _, p := range iv.Promises {
		all = append(all, worded{p.Number, p.Text})
	}
	for _, r := range iv.Routes {
		p, _ := iv.ProblemByID(r.Problem)
		all = append(all, worded{r.Number, p.Statement + " → " + r.Department})
	}
	return all
}

// unclear returns the error for a typed number that two windows or laptops gave apart, with the
// wordings of the things that it can mean; nil when there are none. things is what they are called.
func unclear(n Number, things string, all []worded) *Error {
	all = slices.DeleteFunc(all, func(t worded) bool { return !n.begins(t.number) })
	slices.SortFunc(all, func(a, b worded) int { return a.number.Compare(b.number) })
	numbers, wordings := make([]string, len(all)), make([]string, len(all))
	for i, t := range all {
		numbers[i] = t.number.String()
		wordings[i] = fmt.Sprintf("%s “%s”", t.number, firstRunes(t.text))
	}
	switch len(all) {
	case 0:
		return nil
	case 1:
		return notFound(fmt.Sprintf("Of several %s %s, this one is left: %s", things, n, wordings[0]), "say "+numbers[0]+" if that is meant")
	}
	many := strconv.Itoa(len(all))
	if len(all) == 2 {
		many = "two"
	}
	return notFound(fmt.Sprintf("There are %s %s %s: %s", many, things, n, strings.Join(wordings, ", ")), "say which: "+either(numbers))
}

// either joins texts as a choice: "3k, 3m or 3q".
func either(texts []string) string {
	last := len(texts) - 1
	return strings.Join(texts[:last], ", ") + " or " + texts[last]
}

// firstRunes returns the beginning of a text, as much as tells it from others in a sentence.
func firstRunes(text string) string {
	const most = 60
	n := 0
	for i := range text {
		if n++; n > most {
			return text[:i] + "…"
		}
	}
	return text
}
