package plain

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestWords(t *testing.T) {
	for _, test := range []struct {
		text string
		want []string
	}{
		{"one weld in five", []string{"one", "weld", "in", "five"}},
		{"it's co-op, 5%!", []string{"it", "s", "co", "op", "5"}},
		{"納期か late", []string{"納", "期", "か", "late"}},
		{"žluť\xffx", []string{"žluť", "x"}},
		{" \n", nil},
	} {
		var got []string
		for w := range Words([]byte(test.text)) {
			got = append(got, string(w))
		}
		if diff := cmp.Diff(test.want, got); diff != "" {
			t.Errorf("%q (-want +got):\n%s", test.text, diff)
		}
	}
}

func TestList(t *testing.T) {
	for want, words := range map[string][]string{
		"": nil, "a": {"a"}, "a or b": {"a", "b"}, "a, b or c": {"a", "b", "c"},
	} {
		if got := List(words, "or"); got != want {
			t.Errorf("List(%q) is %q, want %q", words, got, want)
		}
	}
}
