package capture_test

import (
	"slices"
	"strings"
	"testing"

	"hark/internal/capture"
)

func TestMarkdown(t *testing.T) {
	for _, c := range []struct {
		text string
		want []int
	}{
		// Lines of hark, however they are written.
		{"We weld it twice\n+ send it\n> they guess\n~ frowns\n!late", nil},
		{"+ send it\n+ call Tom\n>50% late", nil},
		{"#scrap the skip\n-5 degrees\n2 of 5\n3.5 days", nil},
		// What shows that it is Markdown, and what is open then.
		{"# Visit\n+ one\n+two\n> three\n>four\n>> five\n!six", []int{2, 4, 6}},
		{"+ one\n- two\n+ three", []int{1, 3}},
		{"* one\n\n+ two", []int{3}},
		{"1. one\n> two", []int{2}},
		{"12) one\n> two", []int{2}},
		{"- [ ] one\n+ two", []int{2}},
		{"| a | b |\n|---|---|\n+ two", []int{3}},
		{"![[board.png]]\n+ two", []int{2}},
		{"```\n!x\n+y\n/end\ntext\n```\n!z\n+w", []int{2, 3, 4}},
		{"~~~~ go\n+y\n~~~\n~~~~\n+w\n+ v", []int{2, 6}},
		{"- one\n+ 3 samples\n+3 samples", []int{2}},
		{"# one\n“two”\n@Ana three", nil},
	} {
		var m capture.Markdown
		for line := range strings.SplitSeq(c.text, "\n") {
			m.Read(line)
		}
		if got := m.Open(); !slices.Equal(got, c.want) {
			t.Errorf("open in %q are %v, want %v", c.text, got, c.want)
		}
	}
}
