package plain

import (
	"iter"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Wordy reports whether r is part of a word: a letter or a digit.
func Wordy(r rune) bool {
	if r < utf8.RuneSelf {
		return 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || '0' <= r && r <= '9'
	}
	return unicode.IsLetter(r) || unicode.IsDigit(r)
}

// Alone reports whether a letter counts as a word by itself, as in scripts without blanks between
// words: there a search for the beginnings of words would find hardly anything.
func Alone(r rune) bool {
	const first = 0x0E00 // Thai; all scripts before it use blanks
	return r >= first && unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar)
}

// Words yields the words of a text, in order. They are slices of the text.
func Words(text []byte) iter.Seq[[]byte] {
	return func(yield func([]byte) bool) {
		from := -1 // start of the word; -1 outside
		for i := 0; i < len(text); {
			r, size := rune(text[i]), 1
			if r >= utf8.RuneSelf {
				r, size = utf8.DecodeRune(text[i:])
			}
			alone := Alone(r) && Wordy(r)
			if from >= 0 && (alone || !Wordy(r)) {
				if !yield(text[from:i]) {
					return
				}
				from = -1
			}
			switch {
			case alone:
				if !yield(text[i : i+size]) {
					return
				}
			case from < 0 && Wordy(r):
				from = i
			}
			i += size
		}
		if from >= 0 {
			yield(text[from:])
		}
	}
}

// List joins words as a sentence does: "a, b or c" when the last two are joined by "or".
func List(words []string, joint string) string {
	last := len(words) - 1
	if last < 1 {
		return strings.Join(words, "")
	}
	return strings.Join(words[:last], ", ") + " " + joint + " " + words[last]
}
