package plain_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"hark/internal/plain"
)

// ordinary is what people write; it must pass unchanged.
func ordinary() []string {
	return []string{
		"", "We rework about one weld in five.", "It's 50% — “done twice”, they said…", `C:\temp & <b>`,
		"Ça coûte 1 000 € à l’année", "Größe", "Ђорђе", "Ελλάδα", "Cafe\u0301", "Tiếng Việt", "ậ", "1 000 km",
		"日本語のテキスト、です。", "ＡＢＣ　ｱｲｳﾞ", "中文", "한국어", "\u1112\u1161\u11ab\u1100\u1173\u11af", "か\u3099",
		"مرحبا بالعالم", "می\u200Cخواهم", "ه\u200D", "שָׁלוֹם", "בְּרֵאשִׁ֖ית",
		"हिन्दी", "क्\u200Dष", "क्\u200Cष", "ত্\u200D", "നന്\u200D", "ශ්\u200Dරී", "ภาษาไทยที่ดี", "မြွှောင့်", "བསྒྲུབས་", "ខ្មែរ",
		"ᠮᠣᠩᠭᠣᠯ", "ᠭ\u180Bᠠ", "葛\U000E0100飾", "≨\uFE00",
		"👍", "👍🏽", "❤\uFE0F", "☹\uFE0E", "⚠\uFE0F done", "1\uFE0F\u20E3#\uFE0F\u20E3", "©\uFE0F", "🇳🇴🇺🇸",
		"👨\u200D👩\u200D👧\u200D👦", "👩🏽\u200D🚀", "🏳\uFE0F\u200D🌈", "👩🏽\u200D❤\uFE0F\u200D💋\u200D👨🏻", "🙂\u200D↔\uFE0F", "\U0001FAE9",
		"╭─╮│▏▸●○✓🔒", "√2 ≠ 1.41…", "x² + ½", "\uFFFD",
	}
}

func TestTerminalKeepsOrdinaryText(t *testing.T) {
	for _, s := range ordinary() {
		if got := plain.Terminal(s); got != s {
			t.Errorf("Terminal(%q) = %q", s, got)
		}
		if n := testing.AllocsPerRun(10, func() { plain.Terminal(s) }); n != 0 {
			t.Errorf("Terminal(%q) allocates %v times", s, n)
		}
	}
}

func TestTerminal(t *testing.T) {
	tests := []struct{ name, in, want string }{
		{"newline", "one\ntwo", "one⏎two"},
		{"Windows newline", "one\r\ntwo", "one⏎two"},
		{"carriage return alone", "one\rtwo", "one␍two"},
		{"tab", "a\tb", "a    b"},
		{"escape sequence", "\x1b[31mred\x1b[0m", "␛[31mred␛[0m"},
		{"delete and null", "a\x7f\x00", "a␡␀"},
		{"C1 control", "\u009b31m", `\u{9B}31m`},
		{"bidirectional override", "\u202Egnp.exe", `\u{202E}gnp.exe`},
		{"line separator", "a\u2028b", `a\u{2028}b`},
		{"not UTF-8", "a\xffb\x9b", `a\xFFb\x9B`},
		{"surrogate in UTF-8", "\xed\xa0\x80", `\xED\xA0\x80`},
		{"soft hyphen", "re\u00ADwork", `re\u{AD}work`},
		{"zero width space", "a\u200Bb", `a\u{200B}b`},
		{"joiner between Latin letters", "a\u200Db", `a\u{200D}b`},
		{"two joiners", "क्\u200D\u200Dष", "क्\u200D\\u{200D}ष"},
		{"joiner after the last emoji", "👨\u200D", `👨\u{200D}`},
		{"joiner between emoji and letter", "👨\u200Dx", `👨\u{200D}x`},
		{"joiner after an emoji drawn as text", "❤\uFE0E\u200D😀", "❤\uFE0E\\u{200D}😀"},
		{"joiner on a stack of marks", "क" + strings.Repeat("\u0951", 6) + "\u200D", "क" + strings.Repeat("\u0951", 6) + `\u{200D}`},
		{"Mongolian selector and joiner", "ᠭ\u180B\u200D", "ᠭ\u180B\u200D"},
		{"joiner after a blank", "क \u200D", `क \u{200D}`},
		{"selector after a letter", "a\uFE0Fb", `a\u{FE0F}b`},
		{"second selector", "❤\uFE0F\uFE0E", "❤\uFE0F\\u{FE0E}"},
		{"keycap selector without keycap", "1\uFE0F2", `1\u{FE0F}2`},
		{"ideographic selector on an emoji", "😀\U000E0155", `😀\u{E0155}`},
		{"tag characters", "🏴\U000E0067", `🏴\u{E0067}`},
		{"private use", "\uF8FF", `\u{F8FF}`},
		{"Hangul filler", "\u3164", `\u{3164}`},
		{"mark with nothing to stand on", "\u0301a", `\u{301}a`},
		{"mark after a blank", "a \u0301", `a \u{301}`},
		{"mark after an escape", "\x1b\u0301", `␛\u{301}`},
		{"stack of marks", "a\u0301\u0302\u0303\u0304\u0305\u0306\u0307\u0308b\u0301",
			"a\u0301\u0302\u0303\u0304\u0305\u0306\\u{307}\\u{308}b\u0301"},
		{"long chain of emoji", "😀\u200D😀\u200D😀\u200D😀\u200D😀\u200D😀", "😀\u200D😀\u200D😀\u200D😀\u200D😀\\u{200D}😀"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := plain.Terminal(tt.in); got != tt.want {
				t.Errorf("Terminal(%q)\n got %q\nwant %q", tt.in, got, tt.want)
			}
		})
	}
}

func TestTerminalLines(t *testing.T) {
	tests := []struct {
		in   string
		want []string
	}{
		{"", []string{""}},
		{"one", []string{"one"}},
		{"one\ntwo\r\n\tthree\n", []string{"one", "two", "    three", ""}},
		{"a\x1b\nb\u2028", []string{"a␛", `b\u{2028}`}},
		{"a\n\u0301", []string{"a", `\u{301}`}},
	}
	for _, tt := range tests {
		if diff := cmp.Diff(tt.want, plain.TerminalLines(tt.in)); diff != "" {
			t.Errorf("TerminalLines(%q) (-want +got):\n%s", tt.in, diff)
		}
	}
}

// Text that was made safe is ordinary, and a second pass leaves it unchanged.
func TestTerminalTwice(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		once := plain.Terminal(anyText().Draw(t, "s"))
		if twice := plain.Terminal(once); twice != once {
			t.Fatalf("%q becomes %q", once, twice)
		}
	})
}

// All visible text is still there: an escape only replaces a character.
func TestTerminalLosesNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		words := rapid.SliceOf(rapid.StringMatching(`[ -~]{1,8}`)).Draw(t, "words")
		gap := rapid.SampledFrom(hostile()).Draw(t, "gap")
		rest := plain.Terminal(strings.Join(words, gap))
		for _, word := range words {
			_, after, ok := strings.Cut(rest, word)
			if !ok {
				t.Fatalf("%q is missing in %q", word, rest)
			}
			rest = after
		}
	})
}

func BenchmarkTerminal(b *testing.B) {
	texts := []struct{ name, text string }{
		{"ascii", "We rework about one weld in five, and nobody writes down which one it was."},
		{"accents", "Wir prüfen jede fünfte Naht zweimal, und keiner schreibt auf, welche es war: müßig."},
		{"cjk", "溶接の五つに一つはやり直しになるが、どれだったかは誰も書き留めない。"},
		{"hindi", "हम पाँच में से एक वेल्ड दोबारा करते हैं, और कोई नहीं लिखता कि कौन सा था।"},
		{"hostile", "\x1b[31mred\x1b[0m \u202Egnp.exe a\nb"},
	}
	for _, bb := range texts {
		b.Run(bb.name, func(b *testing.B) {
			b.ReportAllocs()
			b.SetBytes(int64(len(bb.text)))
			for b.Loop() {
				plain.Terminal(bb.text)
			}
		})
	}
}
