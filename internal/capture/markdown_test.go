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
		{"Ana: they guess\n> why?\n>50% late\n~20 a day\n=> so they wait", nil},
		{"+ milk\n+ eggs", nil},
		// What shows that it is Markdown, and what is open then: all that is no text as it stands.
		{"# Visit\n+ one\n+two\n> three\n>four\n>> five\n!six", []int{2, 3, 4, 5, 6, 7}},
		{"+ one\n- two\n+ three", []int{1, 3}},
		{"* one\n\n+ two", []int{3}},
		{"• one\n+ two", []int{2}},
		{"– one\n+ two", []int{2}},
		{"☐ one\n+ two", []int{2}},
		{"1. one\n> two", []int{2}},
		{"12) one\n> two", []int{2}},
		{"- [ ] one\n+ two", []int{2}},
		{"| a | b |\n|---|---|\n+ two", []int{3}},
		{"a | b\n---|---\n+ two", []int{3}},
		{"![[board.png]]\n+ two", []int{2}},
		{"Visit\n=====\n+ two", []int{3}},
		{"Visit\n---\n+ two", []int{3}},
		{"---\ntitle: Visit\n---\n+ two\n/end", []int{4, 5}},
		{"They **wait** for it\n+ two", []int{2}},
		{"They `wait` for it\n+ two", []int{2}},
		{"See [the board](board.png)\n+ two", []int{2}},
		{"See [[The board]]\n+ two", []int{2}},
		{"See <https://example.com>\n+ two", []int{2}},
		{"Line<br>two</p>\n+ two", []int{2}},
		{"```\n!x\n+y\n/end\ntext\n```\n!z\n+w", []int{2, 3, 4, 7, 8}},
		{"~~~~ go\n+y\n~~~\n~~~~\n+w\n+ v", []int{2, 5, 6}},
		{"- one\n+ 3 samples\n+3 samples", []int{2}},
		{"# one\n“two”\n@Ana three\nfour #rework", []int{2, 3, 4}},
		// And mail.
		{"Hi Bo,\n> We lose two pallets\n+ milk", []int{2, 3}},
		{"Best regards,\n+ milk", []int{2}},
		{"On Tue 24 Nov Bo Lindqvist wrote:\n> We lose two pallets", []int{2}},
		{"Am 24.11. schrieb Bo:\n\n> Wir verlieren zwei", []int{3}},
		{"> We lose two\n> > how many?", []int{1, 2}},
		{"Subject: the visit\n+ milk", []int{2}},
		{"Betreff: AW: Besuch\n+ Milch", []int{2}},
		{"text\n-- \n+ 49", []int{3}},
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
