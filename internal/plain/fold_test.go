package plain_test

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
	"pgregory.net/rapid"

	"hark/internal/plain"
)

func TestFold(t *testing.T) {
	tests := []struct{ name, in, want string }{
		{"case", "Harbour WELDING", "harbour welding"},
		{"accents", "Café", "cafe"},
		{"accents apart", "Cafe\u0301", "cafe"},
		{"wide letters", "ＣＡＦＥ", "cafe"},
		{"ligatures", "ﬁx œuvre Ærø", "fix oeuvre aero"},
		{"sharp s", "Straße STRAẞE", "strasse strasse"},
		{"strokes", "Łódź Đorđe Ħamrun", "lodz dorde hamrun"},
		{"Turkish", "İstanbul Diyarbakır", "istanbul diyarbakir"},
		{"Greek", "Ὀδυσσεύς ΟΔΥΣΣΕΥΣ", "οδυσσευσ οδυσσευσ"},
		{"Russian", "Ёлка Йод", "елка иод"},
		{"Vietnamese", "Tiếng Việt", "tieng viet"},
		{"Arabic", "مُحَمَّد", "محمد"},
		{"Hebrew", "שָׁלוֹם", "שלום"},
		{"Hindi vowels stay", "हिन्दी", "हिन्दी"},
		{"Thai stays", "ที่ดี", "ที่ดี"},
		{"kana voicing stays", "が", "か\u3099"},
		{"Hangul", "한국", "\u1112\u1161\u11ab\u1100\u116e\u11a8"},
		{"quotes and dashes", "don’t “say” – or—not", `don't "say" - or-not`},
		{"spaces and dots", "a\u00A0b…", "a b..."},
		{"invisible", "re\u00ADwo\u200Brk ❤\uFE0F می\u200Cخ", "rework ❤ میخ"},
		{"symbols", "x² ½ ™ ≠", "x2 1⁄2 tm =\u0338"},
		{"not UTF-8", "a\xffb", "a\uFFFDb"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := plain.Fold(tt.in); got != tt.want {
				t.Errorf("Fold(%q) = %q, want %q", tt.in, got, tt.want)
			}
		})
	}
}

// Every character folds to something that folds no further, whatever its case and whether its
// accents are part of it or apart. Left out are planes of ideographs that all fold to themselves.
func TestFoldEveryRune(t *testing.T) {
	for _, all := range []span{{0x1, 0x1FFFF}, {0x2F800, 0x2FA1F}, {0xE0000, 0xE01FF}} {
		for r := all.from; r <= all.to; r++ {
			checkFoldRune(t, r)
		}
	}
}

func checkFoldRune(t *testing.T, r rune) {
	s := string(r)
	once := plain.Fold(s)
	if twice := plain.Fold(once); twice != once {
		t.Errorf("%U: %q folds on to %q", r, once, twice)
	}
	for _, same := range []string{
		norm.NFD.String(s), norm.NFC.String(s), norm.NFKC.String(s),
		string(unicode.ToUpper(r)), string(unicode.ToLower(r)), string(unicode.SimpleFold(r)),
	} {
		// The Greek iota under a letter is an accent here, though its upper case is a letter.
		iota := r == '\u0345' || same == "\u0345"
		if got := plain.Fold(same); got != once && !iota {
			t.Errorf("%U folds to %q, but %q to %q", r, once, same, got)
		}
	}
}

func TestFoldedSpan(t *testing.T) {
	tests := []struct{ text, word, want string }{
		{"One weld in five", "WELD", "weld"},
		{"Das Café ist zu", "cafe", "Café"},
		{"Das Cafe\u0301 ist zu", "cafe", "Cafe\u0301"},
		{"die Straße", "stras", "Straß"},
		{"die Straße", "sse", "ße"},
		{"ﬁnd it", "in", "ﬁn"},
		{"日本語のテキスト", "テキ", "テキ"},
		{"한국어", "한구", "한국"},
		{"re\u00ADwork it", "rework", "re\u00ADwork"},
		{"a\xffb", "b", "b"},
		{"x", "", ""},
		{"é", "", ""},
	}
	for _, tt := range tests {
		folded := plain.FoldIndex(tt.text)
		word := plain.Fold(tt.word)
		i := strings.Index(folded.String(), word)
		if i < 0 {
			t.Errorf("%q is not found in %q", word, folded)
			continue
		}
		from, to := folded.Span(i, i+len(word))
		if got := tt.text[from:to]; got != tt.want {
			t.Errorf("%q in %q gives %q, want %q", tt.word, tt.text, got, tt.want)
		}
	}
	var zero plain.Folded
	if from, to := zero.Span(0, 0); zero.String() != "" || from != 0 || to != 0 {
		t.Errorf("the zero Folded is %q, %d, %d", zero, from, to)
	}
}

func checkFold(t interface {
	Errorf(format string, args ...any)
}, s string, cut1, cut2 uint) {
	folded := plain.FoldIndex(s)
	text := folded.String()
	if want := plain.Fold(s); text != want {
		t.Errorf("FoldIndex(%q) is %q, Fold %q", s, text, want)
		return
	}
	if plain.Fold(text) != text {
		t.Errorf("Fold of %q, which is %q, changes again", s, text)
	}
	from := int(cut1 % uint(len(text)+1))
	to := from + int(cut2%uint(len(text)+1-from))
	start, end := folded.Span(from, to)
	if start < 0 || start > end || end > len(s) {
		t.Errorf("Span(%d, %d) of %q is %d, %d", from, to, s, start, end)
		return
	}
	if from < to && start == end {
		t.Errorf("Span(%d, %d) of %q is empty", from, to, s)
	}
	if start < len(s) && utf8.ValidString(s) && !utf8.RuneStart(s[start]) || end < len(s) && utf8.ValidString(s) && !utf8.RuneStart(s[end]) {
		t.Errorf("Span(%d, %d) of %q cuts a character: %d, %d", from, to, s, start, end)
	}
	if got := plain.Fold(s[start:end]); !strings.Contains(got, text[from:to]) {
		t.Errorf("Span(%d, %d) of %q is %q, which folds to %q without %q", from, to, s, s[start:end], got, text[from:to])
	}
}

func TestFoldAnyText(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		checkFold(t, anyText().Draw(t, "s"), rapid.Uint().Draw(t, "from"), rapid.Uint().Draw(t, "to"))
	})
}

func FuzzFold(f *testing.F) {
	for _, s := range append(hostile(), ordinary()...) {
		f.Add(s, uint(0), uint(1))
	}
	f.Fuzz(func(t *testing.T, s string, from, to uint) { checkFold(t, s, from, to) })
}

func BenchmarkFold(b *testing.B) {
	texts := []struct{ name, text string }{
		{"lower", "we rework about one weld in five, and nobody writes down which one it was."},
		{"ascii", "We rework about one weld in five, and nobody writes down which one it was."},
		{"accents", "Wir prüfen jede fünfte Naht zweimal, und keiner schreibt auf, welche es war: müßig."},
		{"cjk", "溶接の五つに一つはやり直しになるが、どれだったかは誰も書き留めない。"},
	}
	for _, bb := range texts {
		b.Run(bb.name, func(b *testing.B) {
			b.ReportAllocs()
			b.SetBytes(int64(len(bb.text)))
			for b.Loop() {
				plain.Fold(bb.text)
			}
		})
	}
}
