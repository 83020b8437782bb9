package plain_test

import (
	"html"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"hark/internal/plain"
)

func TestHTML(t *testing.T) {
	tests := []struct{ in, want string }{
		{"one weld in five", "one weld in five"},
		{`<b a="c" d='e'>&amp;`, `&lt;b a=&#34;c&#34; d=&#39;e&#39;&gt;&amp;amp;`},
		{"a\r\nb\tc", "a\nb&#9;c"},
		{"\x1b\u202E", `␛\u{202E}`},
	}
	for _, tt := range tests {
		if got := plain.HTML(tt.in); got != tt.want {
			t.Errorf("HTML(%q) = %q, want %q", tt.in, got, tt.want)
		}
	}
}

func TestHTMLAnyText(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := anyText().Draw(t, "s")
		got := plain.HTML(s)
		if strings.ContainsAny(got, `<>"'`) {
			t.Fatalf("HTML(%q) = %q", s, got)
		}
		shown := strings.ReplaceAll(html.UnescapeString(got), "\t", "    ")
		if want := strings.Join(plain.TerminalLines(s), "\n"); shown != want {
			t.Fatalf("HTML(%q) shows %q, want %q", s, shown, want)
		}
	})
}
