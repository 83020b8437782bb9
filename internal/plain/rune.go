package plain

import "unicode"

// The joiners are invisible, but Persian, the Indian scripts and emoji cannot be written without
// them.
const (
	zwnj = '\u200C' // zero width non-joiner
	zwj  = '\u200D' // zero width joiner

	textStyle  = '\uFE0E' // variation selector 15: draw as text
	emojiStyle = '\uFE0F' // variation selector 16: draw as emoji
	keycap     = '\u20E3' // combining enclosing keycap
)

// visible reports whether r shows as something, or is a blank, in every context. Marks, selectors
// and joiners depend on the character before them; scanner decides about those.
func visible(r rune) bool {
	return common(r) || (unicode.IsGraphic(r) || futureEmoji(r)) && !ignorable(r)
}

// common reports whether r is certainly visible in every context. It covers the most used scripts
// without a table, and excludes blanks.
func common(r rune) bool {
	switch {
	case r < 0x300:
		return ' ' < r && r < 0x7F || 0xA0 < r && r != 0xAD // a soft hyphen shows only at times
	case r < 0x3001:
		return 0x400 <= r && r <= 0x481 // Cyrillic
	default:
		return r <= 0x3029 || // punctuation of Chinese and Japanese
			0x3041 <= r && r <= 0x3096 || 0x309B <= r && r <= 0x30FF || // kana
			0x4E00 <= r && r <= 0x9FFF || 0xAC00 <= r && r <= 0xD7A3 // ideographs, Hangul syllables
	}
}

// ignorable reports whether r is one of the letters and marks that Unicode wants drawn as nothing
// at all, such as the Hangul fillers.
func ignorable(r rune) bool {
	return unicode.Is(unicode.Other_Default_Ignorable_Code_Point, r) || selector(r)
}

// selector reports whether r picks between two drawings of the character before it. The Mongolian
// vowel separator works the same way.
func selector(r rune) bool {
	return 0xFE00 <= r && r <= emojiStyle || 0xE0100 <= r && r <= 0xE01EF || 0x180B <= r && r <= 0x180F
}

// selects reports whether the selector r means anything after base, where next is the rune that
// follows it. The exact list is long and grows each year; its shape is enough to keep selectors
// from carrying hidden data.
func selects(r, base, next rune) bool {
	switch {
	case r == emojiStyle && next == keycap && (base == '#' || base == '*' || '0' <= base && base <= '9'):
		return true
	case r == emojiStyle, r == textStyle:
		switch base {
		case '©', '®', '‼', '⁉', '™', 'ℹ', '〰', '㊗', '㊙':
			return true
		}
		return pictograph(base)
	case r >= 0xE0100:
		return unicode.Is(unicode.Han, base)
	case r <= 0x180F:
		return 0x1820 <= base && base <= 0x18AA // Mongolian letters
	default:
		return unicode.Is(unicode.Han, base) || base >= 0x2190 && unicode.Is(unicode.Sm, base)
	}
}

// attaches reports whether r is drawn on, or as part of, the character before it: a mark, or the
// vowel or last consonant of a Hangul syllable spelt out.
func attaches(r rune) bool {
	return unicode.Is(unicode.M, r) || 0x1160 <= r && r <= 0x11FF || 0xD7B0 <= r && r <= 0xD7FF
}

// pictograph reports whether r may be part of an emoji of several characters.
func pictograph(r rune) bool {
	return r >= 0x2190 && (unicode.In(r, unicode.So, unicode.Sm) || futureEmoji(r) ||
		0x1F3FB <= r && r <= 0x1F3FF) // skin tones
}

// futureEmoji reports whether r lies where each edition of Unicode adds emoji. A telephone knows
// them years before Go's tables do.
func futureEmoji(r rune) bool {
	return 0x1F000 <= r && r <= 0x1FAFF
}

// joining reports whether r is a letter of a script whose letters change shape with their
// neighbours, from Arabic and the Indian scripts through Myanmar to Mongolian, so that a joiner
// after it has an effect.
func joining(r rune) bool {
	switch {
	case 0x600 <= r && r <= 0x109F, 0x1780 <= r && r <= 0x18AF, 0x1B00 <= r && r <= 0x1BFF,
		0xA800 <= r && r <= 0xABFF, 0x11000 <= r && r <= 0x11FFF, 0x1E900 <= r && r <= 0x1E95F:
		return unicode.IsLetter(r)
	}
	return false
}
