// Package hostile passes text that is made to do harm through every output of hark, and looks for
// bytes that could do it: move the cursor, set a title, forge a link, hide or reverse text, begin a
// formula, leave a folder.
package hostile

import (
	"fmt"
	"hark/campaign/trial"
	"math/rand/v2"
	"strings"
)

// mark is a number in the made-up sequences that occurs nowhere else. A sequence with the mark that
// reaches a terminal was caused by a text.
const mark = "31337"

// naughty returns the list of strings known to break programs, from the folder of real material;
// none without that folder.
func naughty() ([]string, error) {
	var all []string
	err := trial.Material(&all, "hostile", "blns", "blns.json")
	return all, err
}

// tricks are pieces of hostile text, by kind.
func tricks() [][]string {
	return [][]string{
		{ // sequences that a terminal acts on, in seven bits
			"\x1b[2J", "\x1b[H", "\x1b[" + mark + "m", "\x1b[31m", "\x1b[?1049h", "\x1b[?25l", "\x1b[6n", "\x1b[c", "\x1b[5;" + mark + "H", "\x1b[" + mark + "A",
			"\x1b]0;" + mark + "\a", "\x1b]2;" + mark + "\x1b\\", "\x1b]8;;https://example.org/" + mark + "\x1b\\", "\x1b]8;;\x1b\\",
			"\x1b]52;c;" + mark + "\a", "\x1b]1337;File=" + mark + ":\a", "\x1b]9;" + mark + "\a", "\x1b]4;1;#" + mark + "\a",
			"\x1bP+q" + mark + "\x1b\\", "\x1bPq#" + mark + "\x1b\\", "\x1b_G" + mark + "\x1b\\", "\x1b^" + mark + "\x1b\\", "\x1bX" + mark + "\x1b\\",
			"\x1bc", "\x1b(0", "\x1b#8", "\x1b7", "\x1b8", "\x1bM", "\x1b[20~", "\x1b[200~", "\x1b[201~", "\x1b", "\x1b[", "\x1b]",
		},
		{ // and in eight
			"\u009b" + mark + "m", "\u009d0;" + mark + "\u009c", "\u0090q" + mark + "\u009c", "\u009e" + mark + "\u009c", "\u0085", "\u0084",
			"\x9b" + mark + "m", "\x9d0;" + mark + "\x9c", "\x90", "\x84", "\x9c",
		},
		{ // controls
			"\x00", "\a", "\b", "\b\b\b\b", "\t", "\n", "\v", "\f", "\r", "\r\n", "\x0e", "\x0f", "\x05", "\x18", "\x1a", "\x7f", "\x1c", "\x1f",
		},
		{ // text direction
			"\u202a", "\u202b", "\u202c", "\u202d", "\u202e", "\u2066", "\u2067", "\u2068", "\u2069", "\u200e", "\u200f", "\u061c",
			"\u202egnp.exe", "אבג", "مرحبا", "א1ב2",
		},
		{ // invisible characters
			"\u200b", "\u200c", "\u200d", "\u2060", "\u2061", "\ufeff", "\u00ad", "\u034f", "\u115f", "\u1160", "\u3164", "\uffa0", "\u180e",
			"\u17b4", "\u2028", "\u2029", "\ufff9a\ufffab\ufffb", "\U000e0001", "\U000e0041\U000e0042\U000e007f", "\ufe0f", "\ufe0e", "\U000e0100",
			"\U0001d173", "\U0001bca0", "\u206a", "\u00a0", "\u3000", "\ufdd0", "\uffff", "\ue000", "\U000f0000", "\U0010ffff",
		},
		{ // stacked, joined and wide characters
			strings.Repeat("\u0301", 30), "\u0301", "\u20e3", "\U0001f468\u200d\U0001f469\u200d\U0001f467", strings.Repeat("\U0001f600\u200d", 12),
			"\U0001f1e6", "\U0001f3f4\U000e0067\U000e007f", "ｆｕｌｌ", "日本語", "\u1100\u1161\u11a8", "\u0e33\u0e33\u0e33", "ﷺ", "꧅",
		},
		{ // invalid UTF-8
			"\xff", "\xfe\xff", "\xc0\xaf", "\xc0\x80", "\xe0\x80\xaf", "\xf0\x80\x80\x80", "\xed\xa0\x80", "\xed\xbf\xbf", "\xf4\x90\x80\x80", "\xf8\x88\x80\x80\x80", "\xc3", "\xe2\x82", "\x80",
		},
		{ // formulas
			"=1+1", "=cmd|' /C calc'!A0", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1", "＝1", "=HYPERLINK(\"http://example.org\",\"x\")", "\"=1", ",=1", ";=1", "'=1", "%0A=1",
		},
		{ // Markdown and HTML
			"<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "</td></tr>", "<!--", "-->", "<![CDATA[", "&lt;", "&#x1b;", "&#27;[2J",
			"[x](javascript:alert(1))", "![x](http://example.org/x.png)", "[x]: http://example.org", "http://example.org", "www.example.org", "a@example.org",
			"# x", "---", "***", "```", "~~~", "> x", "- x", "1. x", "    x", "| a | b |", "|---|---|", "*x*", "__x__", "~~x~~", "`x`", "$x$", "[^1]", "\\", "\\x1b", "<http://example.org>", "---\nid: x\n---",
			"\"><svg onload=1>", "' onmouseover='x", "{{7*7}}", "{{.}}", "${x}", "<%= x %>", "%s%s%n", "%x",
		},
		{ // paths
			"../../etc/passwd", "..\\..\\x", "/etc/passwd", "C:\\x", "CON", "nul.txt", "COM1", "~/.ssh", "a/b", "a\x00b", "...", ".", "-rf", "--help", "x.", "x ", "$(id)", "`id`", ";id", "|id", "&id", "file:///x", "\\\\host\\x",
		},
		{ // numbers, JSON, and the capture language
			"null", "true", "NaN", "1e309", "-0", "{\"a\":1}", "[1]", "\"", "\\\"", "\\u001b[2J", "\\n", "'", "“", "”", "/drop 1", "/end", "!", "?", "+", "~", ">", "@Ana", "#theme", "@", "#",
		},
		{"One weld in five is done twice", "we", "a b", "naïve café", "¿por qué?", "x", " ", "  "},
	}
}

// maker generates hostile strings.
type maker struct {
	chance  *rand.Rand
	naughty []string
	tricks  [][]string
}

// next returns one string: one or several pieces, alone or within other text, and at times random
// bytes.
func (m *maker) next() string {
	switch m.chance.IntN(20) {
	case 0:
		b := make([]byte, 1+m.chance.IntN(12))
		for i := range b {
			b[i] = byte(m.chance.Uint32())
		}
		return string(b)
	case 1:
		var b strings.Builder
		for range 1 + m.chance.IntN(8) {
			b.WriteRune(m.chance.Int32N(0x110000))
		}
		return b.String()
	}
	var b strings.Builder
	for range 1 + m.chance.IntN(5) {
		b.WriteString(m.piece())
	}
	return b.String()
}

func (m *maker) piece() string {
	if len(m.naughty) > 0 && m.chance.IntN(4) == 0 {
		return m.naughty[m.chance.IntN(len(m.naughty))]
	}
	sort := m.tricks[m.chance.IntN(len(m.tricks))]
	return sort[m.chance.IntN(len(sort))]
}

// all yields so many strings: first each known one, alone and within other text, then generated
// ones.
func (m *maker) all(yield func(string) bool, many int) {
	known := m.naughty
	for _, sort := range m.tricks {
		known = append(known, sort...)
	}
	for i := range many {
		var s string
		switch n := i / 3; {
		case n >= len(known):
			s = m.next()
		case i%3 == 0:
			s = known[n]
		case i%3 == 1:
			s = "before" + known[n] + "after"
		default:
			s = fmt.Sprintf("%s %d %s", known[n], i, known[n])
		}
		if !yield(s) {
			return
		}
	}
}
