package plain

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Fold returns s in the form used for searching: compatible forms unified, without accents, case
// and invisible characters, so that "Café", "CAFE" and "ｃａｆｅ" are all "cafe". Curved quotes and
// dashes become the ones on a keyboard. Marks that are as good as letters stay: vowel signs of the
// Indian scripts, Thai vowels and tones, the voicing of kana. Folding twice equals folding once.
func Fold(s string) string {
	if isASCII(s) {
		return strings.ToLower(s)
	}
	return string(AppendFold(make([]byte, 0, len(s)), s))
}

// FoldName returns a name in the form in which names are compared: folded, with single blanks
// between its words and none around it, and with one sort of apostrophe; an accent that stands
// alone was meant as one.
func FoldName(name string) string {
	name = strings.Join(strings.Fields(name), " ")
	if strings.ContainsAny(name, "´`ʹ") {
		name = strings.NewReplacer("´", "'", "`", "'", "ʹ", "'").Replace(name)
	}
	return Fold(name)
}

// AppendFold appends to b what [Fold] returns.
func AppendFold(b []byte, s string) []byte {
	for i := range len(s) {
		c := s[i]
		if c >= utf8.RuneSelf {
			for _, r := range s[i:] {
				b = appendFold(b, r)
			}
			break
		}
		if 'A' <= c && c <= 'Z' {
			c += 'a' - 'A'
		}
		b = append(b, c)
	}
	return b
}

// Folded is folded text with a mapping back to its original. The zero value is the empty text.
type Folded struct {
	text string
	// at holds, for each byte of text, the offset in the original of the rune it came from, and
	// then the length of the original. It is nil where the offsets are the same, as they are for
	// ASCII.
	at []int
}

// FoldIndex folds s as [Fold] does and records the mapping to the original.
func FoldIndex(s string) Folded {
	if isASCII(s) {
		return Folded{text: strings.ToLower(s)}
	}
	b := make([]byte, 0, len(s))
	at := make([]int, 0, len(s)+1)
	for i, r := range s {
		b = appendFold(b, r)
		for len(at) < len(b) {
			at = append(at, i)
		}
	}
	return Folded{text: string(b), at: append(at, len(s))}
}

// String returns the folded text.
func (f Folded) String() string {
	return f.text
}

// Span returns the byte offsets in the original of the bytes from up to to of the folded text, 0 ≤
// from ≤ to ≤ its length. They lie between characters: where the folded bytes are only part of what
// a character was folded into, the whole character is included, and accents belong to their letter.
func (f Folded) Span(from, to int) (start, end int) {
	if f.at == nil {
		return from, to
	}
	if from == to {
		return f.at[from], f.at[from]
	}
	for f.at[to] == f.at[to-1] {
		to++
	}
	return f.at[from], f.at[to]
}

func isASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// appendFold appends what r folds into, which may be nothing.
func appendFold(b []byte, r rune) []byte {
	if r < utf8.RuneSelf {
		return appendFoldedPart(b, r)
	}
	const hangul, vowels, finals = 0xAC00, 21, 28
	if hangul <= r && r <= 0xD7A3 {
		// Package norm works these out and has no entry for them.
		i := r - hangul
		b = utf8.AppendRune(b, 0x1100+i/(vowels*finals))
		b = utf8.AppendRune(b, 0x1161+i/finals%vowels)
		if final := i % finals; final > 0 {
			b = utf8.AppendRune(b, 0x11A7+final)
		}
		return b
	}
	var buf [utf8.UTFMax]byte
	parts := norm.NFKD.Properties(buf[:utf8.EncodeRune(buf[:], r)]).Decomposition()
	if parts == nil {
		return appendFoldedPart(b, r)
	}
	for len(parts) > 0 {
		part, size := utf8.DecodeRune(parts)
		b = appendFoldedPart(b, part)
		parts = parts[size:]
	}
	return b
}

// appendFoldedPart appends what r, which has no parts, folds into.
func appendFoldedPart(b []byte, r rune) []byte {
	if r < utf8.RuneSelf {
		if 'A' <= r && r <= 'Z' {
			r += 'a' - 'A'
		}
		return append(b, byte(r))
	}
	if r >= 0x3001 && common(r) {
		return utf8.AppendRune(b, r) // no case, no accents
	}
	if accent(r) || unicode.Is(unicode.Cf, r) || ignorable(r) {
		return b
	}
	switch r {
	case '‘', '’', '‛', 'ʼ', '′':
		return append(b, '\'')
	case '“', '”', '„', '‟':
		return append(b, '"')
	case '‐', '‒', '–', '—', '―', '−':
		return append(b, '-')
	}
	// Upper case first: it brings together what has more than one lower case, as σ and ς.
	r = unicode.ToLower(unicode.ToUpper(r))
	switch r {
	case 'ß':
		return append(b, "ss"...)
	case 'æ':
		return append(b, "ae"...)
	case 'œ':
		return append(b, "oe"...)
	case 'ø':
		return append(b, 'o')
	case 'ł':
		return append(b, 'l')
	case 'đ':
		return append(b, 'd')
	case 'ħ':
		return append(b, 'h')
	}
	return utf8.AppendRune(b, r)
}

// accent reports whether r is a mark that readers can do without: an accent, or a point of Hebrew,
// Arabic or Syriac. The combining class tells these from the marks that other scripts spell with.
func accent(r rune) bool {
	if !unicode.Is(unicode.Mn, r) {
		return false
	}
	var buf [utf8.UTFMax]byte
	class := norm.NFD.Properties(buf[:utf8.EncodeRune(buf[:], r)]).CCC()
	return 10 <= class && class <= 36 || class >= 200
}
