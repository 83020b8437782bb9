package capture_test

import (
	"fmt"
	"strings"
	"testing"

	"hark/internal/capture"
)

// longLines are lines as long as one may be that take Parse the longest.
func longLines() map[string]string {
	const longest = 60_000
	fill := func(front, unit string) string { return front + strings.Repeat(unit, longest/len(unit)) }
	distinct := func(front, form string) string {
		var b strings.Builder
		b.WriteString(front)
		for i := 0; b.Len() < longest; i++ {
			fmt.Fprintf(&b, form, i)
		}
		return b.String()
	}
	return map[string]string{
		"by":         fill("+x ", "by "),
		"due next":   fill("+x ", "due next "),
		"d'ici":      fill("+x ", "d'ici "),
		"numbers":    fill("+x ", "by 2-3-4-5-6-7-8-9 "),
		"edges":      fill("+x ", "due in the middle of the "),
		"fix":        fill("/fix 1 x ", "by the "),
		"route":      fill("/route 1 x ", "by "),
		"due":        fill("/due 1 ", "by "),
		"marks":      fill(`"x `, `"a `),
		"apostrophe": fill(`'x `, `'a `),
		"words":      distinct("+x ", "wörd%d "),
		"dates":      distinct("+x ", "by %d-dec "),
		"themes":     distinct("x ", "#t%d "),
		"backslash":  fill("+x ", `\"`),
		"value":      fill("/impact 2 costs=", "x"),
		"part":       fill("/share 1 ours=", "a-b/"),
		"values":     fill("/impact 2 costs=", "a,"),
		"solve":      fill("/solve 1,", "1,"),
	}
}

// BenchmarkParseLong is Parse of 60,000 bytes. Each should stay far below 50 ms: a line is read at
// every key.
func BenchmarkParseLong(b *testing.B) {
	for name, line := range longLines() {
		b.Run(strings.ReplaceAll(name, " ", "_"), func(b *testing.B) {
			for b.Loop() {
				_, _ = capture.Parse(line, now)
			}
		})
	}
}
