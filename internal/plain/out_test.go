package plain_test

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"

	"hark/internal/plain"
)

// span is a range of code points, both ends included.
type span struct{ from, to rune }

func (s span) has(r rune) bool { return s.from <= r && r <= s.to }

func within(r rune, spans []span) bool {
	for _, s := range spans {
		if s.has(r) {
			return true
		}
	}
	return false
}

// forbidden are the code points that must never leave hark, taken from the Unicode character
// database independently of the code under test: controls, formatting characters, invisible ones,
// private use, and non-characters.
func forbidden() []span {
	return []span{
		{0x00, 0x1F}, {0x7F, 0x9F}, {0xAD, 0xAD}, {0x34F, 0x34F}, {0x600, 0x605}, {0x61C, 0x61C},
		{0x6DD, 0x6DD}, {0x70F, 0x70F}, {0x890, 0x891}, {0x8E2, 0x8E2}, {0x115F, 0x1160},
		{0x17B4, 0x17B5}, {0x200B, 0x200B}, {0x200E, 0x200F}, {0x2028, 0x202E}, {0x2060, 0x206F},
		{0x3164, 0x3164}, {0xD800, 0xF8FF}, {0xFDD0, 0xFDEF}, {0xFEFF, 0xFEFF}, {0xFFA0, 0xFFA0},
		{0xFFF0, 0xFFFB}, {0xFFFE, 0xFFFF}, {0x110BD, 0x110BD}, {0x110CD, 0x110CD},
		{0x13430, 0x13440}, {0x1BCA0, 0x1BCA3}, {0x1D173, 0x1D17A}, {0x1FFFE, 0x1FFFF},
		{0x2FFFE, 0x2FFFF}, {0x3FFFE, 0xE00FF}, {0xE01F0, 0x10FFFF},
	}
}

func selectors() []span { return []span{{0x180B, 0x180F}, {0xFE00, 0xFE0F}, {0xE0100, 0xE01EF}} }

// stacking are combining marks, enough of them to recognise a stack.
func stacking() []span {
	return []span{{0x300, 0x36F}, {0x483, 0x489}, {0x591, 0x5BD}, {0x610, 0x61A}, {0x64B, 0x65F}, {0x1AB0, 0x1ACE}, {0x1DC0, 0x1DFF}, {0x20D0, 0x20F0}}
}

func blank(r rune) bool {
	return r == ' ' || r == 0xA0 || r == 0x1680 || 0x2000 <= r && r <= 0x200A || r == 0x202F || r == 0x205F || r == 0x3000
}

// faults lists the parts of s that could act on a terminal or hide from a reader. The controls in
// layout are allowed.
func faults(s, layout string) []string {
	var out []string
	fault := func(i int, r rune, why string) { out = append(out, fmt.Sprintf("%U at %d %s", r, i, why)) }
	if !utf8.ValidString(s) {
		out = append(out, "not UTF-8")
	}
	var prev rune
	stack := 0
	for i, r := range s {
		isolated := prev == 0 || prev < ' ' || blank(prev)
		switch {
		case strings.ContainsRune(layout, r):
		case within(r, forbidden()):
			fault(i, r, "is active or invisible")
		case within(r, selectors()):
			if isolated || within(prev, selectors()) || 'A' <= prev && prev <= 'z' {
				fault(i, r, "selects nothing")
			}
		case r == 0x200C, r == 0x200D:
			if isolated || prev < 0x600 || prev == 0x200C || prev == 0x200D {
				fault(i, r, "joins nothing")
			}
		case within(r, stacking()):
			if stack++; stack > 6 {
				fault(i, r, "is one mark too many")
			}
			if isolated {
				fault(i, r, "has no letter")
			}
		}
		if !within(r, stacking()) {
			stack = 0
		}
		prev = r
	}
	return out
}

// wayOut is one of the functions under test.
type wayOut struct {
	name   string
	layout string // controls it may let through
	write  func(s string) string
}

func waysOut() []wayOut {
	return []wayOut{
		{"Terminal", "", plain.Terminal},
		{"TerminalLines", "\n", func(s string) string { return strings.Join(plain.TerminalLines(s), "\n") }},
		{"Wrap", "\n", func(s string) string { return strings.Join(plain.Wrap(plain.Terminal(s), 20), "\n") }},
		{"Truncate", "", func(s string) string { return plain.Truncate(plain.Terminal(s), 10, "…") }},
		{"Markdown", "\n", plain.Markdown},
		{"MarkdownBlock", "\n", func(s string) string { return plain.MarkdownBlock(s, "> ") }},
		{"HTML", "\n\t", plain.HTML},
		{"CSVField", "\n", plain.CSVField},
		{"JSONScalar", "", plain.JSONScalar},
		{"JSON", "\n", func(s string) string {
			b, err := plain.JSON(map[string]any{s: []string{s, s}})
			if err != nil {
				return "\x00" + err.Error()
			}
			return string(b)
		}},
		{"JSONValue", "", func(s string) string { v, _ := plain.JSONValue([]string{s}); return v }},
		{"YAMLValue", "", func(s string) string { v, _ := plain.YAMLValue([]string{s}); return v }},
		{"TSVField", "", plain.TSVField},
		{"FileName", "", func(s string) string { return plain.FileName(s, s, ".md") }},
	}
}

// checkWaysOut passes s through every output.
func checkWaysOut(t interface {
	Errorf(format string, args ...any)
}, s string) {
	for _, way := range waysOut() {
		got := way.write(s)
		for _, f := range faults(got, way.layout) {
			t.Errorf("%s(%q) = %q: %s", way.name, s, got, f)
		}
	}
}

// testData returns a file of the folder with real material; without it the test is skipped.
func testData(t testing.TB, name string) []byte {
	t.Helper()
	dir := os.Getenv("HARK_TEST_DATA")
	if dir == "" {
		t.Skip("HARK_TEST_DATA names no folder with real material to test with")
	}
	b, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(name)))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func naughtyStrings(t testing.TB) []string {
	t.Helper()
	var all []string
	if err := json.Unmarshal(testData(t, "hostile/blns/blns.json"), &all); err != nil {
		t.Fatal(err)
	}
	if len(all) < 500 {
		t.Fatalf("only %d strings", len(all))
	}
	return all
}

func TestNaughtyStrings(t *testing.T) {
	for _, s := range naughtyStrings(t) {
		checkWaysOut(t, s)
	}
}

// hostile is text that acts on a terminal or hides something.
func hostile() []string {
	return []string{
		"\x1b[2J\x1b[H", "\x1b]0;title\a", "\x1b]8;;https://example.org\x1b\\here\x1b]8;;\x1b\\",
		"\x1b]52;c;aGk=\a", "\x1bP+q544e\x1b\\", "\x1b[31mred", "\u009b31m", "\x9b31m", "\u009d0;title\u009c",
		"a\rb", "a\bb", "\x0e", "\x00", "\x7f", "\x05", "a\tb", "a\nb", "a\r\nb", "a\vb\fc",
		"\u202Egnp.exe", "\u2066a\u2069", "\u200Ea\u200F", "a\u061Cb", "\u2028\u2029\u0085",
		"a\u200Bb", "a\u2060b", "\uFEFFa", "a\u00ADb", "a\u034Fb", "\u115F\u3164\uFFA0", "\u180Ea",
		"\U000E0068\U000E0069", "\U0001F3F4\U000E0067\U000E0062\U000E007F", "\uFFF9a\uFFFAb\uFFFB",
		"a\uFE0F", "a\uFE0E\uFE0F", "漢\U000E0100\U000E0101", "\U0001F600\uFE0F\uFE0F", "a\U000E0100",
		"a\u200Db", "a\u200C", "\u200D", "क\u200D\u200D", "\U0001F468\u200D", "\U0001F468\u200Dx",
		"a" + strings.Repeat("\u0301", 40), "\u0301a", " \u0301", "\n\u0301", "\U0001F600" + strings.Repeat("\u200D\U0001F600", 40),
		"\xff\xfe", "\xed\xa0\x80", "\xc0\xaf", "a\x80", "\U0010FFFF", "\uFDD0", "\uE000", "\U000F0000",
		"\U0001D173", "\U0001BCA0", "\u1160", "\u1161", "\u0600", "\u06DD1",
	}
}

func TestHostileText(t *testing.T) {
	for _, s := range hostile() {
		checkWaysOut(t, s)
		checkWaysOut(t, "before"+s+"after")
		if got := plain.Terminal(s); got == s {
			t.Errorf("Terminal(%q) lets it through", s)
		}
	}
}

// anyText draws strings worse than what people type.
func anyText() *rapid.Generator[string] {
	var pieces []string
	pieces = append(pieces, hostile()...)
	pieces = append(pieces, ordinary()...)
	pieces = append(pieces, " ", "\u00A0", "\u3000", "\u200D", "\u200C", "\uFE0F", "\uFE00", "\U000E0100", "\u20E3", "#", "1",
		"\u0301", "\u05B0", "\u064B", "\u0903", "\u094D", "\U0001F3FD", "❤", "=", "+", "-", "@", "\"", "\\", "<", "&", "'", "\n", "\t")
	return rapid.Custom(func(t *rapid.T) string {
		return strings.Join(rapid.SliceOfN(rapid.OneOf(
			rapid.SampledFrom(pieces),
			rapid.String(),
			rapid.Map(rapid.SliceOfN(rapid.Byte(), 0, 4), func(b []byte) string { return string(b) }),
			rapid.Map(rapid.Int32Range(0, 0x10FFFF), func(r int32) string { return string(r) }),
		), 0, 12).Draw(t, "pieces"), "")
	})
}

func TestAnyText(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		checkWaysOut(t, anyText().Draw(t, "s"))
	})
}

func FuzzWaysOut(f *testing.F) {
	for _, s := range append(hostile(), ordinary()...) {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		checkWaysOut(t, s)
		if once := plain.Terminal(s); plain.Terminal(once) != once {
			t.Errorf("Terminal of %q, which is %q, changes again", s, once)
		}
	})
}

// TestCheckerCanFail makes sure that the checker finds faults.
func TestCheckerCanFail(t *testing.T) {
	for _, s := range hostile() {
		if s == "\U0001F600"+strings.Repeat("\u200D\U0001F600", 40) || s == "\U0001F468\u200Dx" ||
			s == "\u1161" || s == "\U0001F468\u200D" {
			continue // only stricter code than the checker objects to these
		}
		if len(faults(s, "")) == 0 {
			t.Errorf("no fault found in %q", s)
		}
	}
	for _, s := range ordinary() {
		if f := faults(s, ""); len(f) > 0 {
			t.Errorf("%q: %v", s, f)
		}
	}
}
