package interview

import (
	"cmp"
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
