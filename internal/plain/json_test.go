package plain_test

import (
	"encoding/json"
	"math"
	"strings"
	"testing"
	"unicode"

	"pgregory.net/rapid"

	"hark/internal/plain"
)

func TestJSON(t *testing.T) {
	v := struct {
		Text  string         `json:"text"`
		Count map[string]int `json:"count"`
	}{"R&D <b> “五” \x1b\x7f\u009b\u202E\u2028\u00A0\U000E0041 👨\u200D👩 \xff \\\"", map[string]int{"b": 2, "a": 1}}
	want := `{
  "text": "R&D <b> “五” \u001b\u007f\u009b\u202e\u2028\u00a0\udb40\udc41 👨\u200d👩 \ufffd \\\"",
  "count": {
    "a": 1,
    "b": 2
  }
}
`
	got, err := plain.JSON(v)
	if err != nil {
		t.Fatal(err)
	}
	if string(got) != want {
		t.Errorf("got %s\nwant %s", got, want)
	}
	if b, err := plain.JSON(math.NaN()); err == nil {
		t.Errorf("JSON(NaN) = %q", b)
	}
}

// Nothing is lost: reading back gives the value written, and every character of the output is
// printable.
func TestJSONAnyText(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := anyText().Draw(t, "s")
		b, err := plain.JSON([]string{s, "x"})
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range string(b) {
			if r != '\n' && !unicode.IsPrint(r) {
				t.Fatalf("%q holds %U", b, r)
			}
		}
		var back []string
		if err := json.Unmarshal(b, &back); err != nil {
			t.Fatalf("%s: %v", b, err)
		}
		if want := strings.ToValidUTF8(s, "\uFFFD"); len(back) != 2 || !sameButForInvalid(back[0], want) || back[1] != "x" {
			t.Fatalf("%q comes back as %q", s, back)
		}
	})
}

// sameButForInvalid compares strings where a run of replacement characters may stand for any number
// of bytes.
func sameButForInvalid(a, b string) bool {
	squeeze := func(s string) string {
		for strings.Contains(s, "\uFFFD\uFFFD") {
			s = strings.ReplaceAll(s, "\uFFFD\uFFFD", "\uFFFD")
		}
		return s
	}
	return squeeze(a) == squeeze(b)
}

func TestJSONScalar(t *testing.T) {
	tests := []struct{ in, want string }{
		{"", `""`},
		{"Harbour Welding", `"Harbour Welding"`},
		{`say "no" \ R&D <b>: #x`, `"say \"no\" \\ R&D \u003cb\u003e: \u0023x"`},
		{"&lt; &amp", `"\u0026lt; &amp"`},
		{"snake_case 1.5, a * b", `"snake_case 1.5, a * b"`},
		{"a\nb\r\nc\td", `"a\nb\r\nc\td"`},
		{"---\n", `"---\n"`},
		{"\x1b\x7f\u0085\u2028\u202E", `"\u001b\u007f\u0085\u2028\u202e"`},
		{"\xff", `"\ufffd"`},
		{"\U000E0041", `"\\u{E0041}"`},
		{"é 五 👨\u200D👩", "\"é 五 👨\u200D👩\""},
		{"\u0301", `"\u0301"`},
	}
	for _, tt := range tests {
		if got := plain.JSONScalar(tt.in); got != tt.want {
			t.Errorf("JSONScalar(%q) = %s, want %s", tt.in, got, tt.want)
		}
	}
}

// A scalar is one line, is valid JSON, and means what was written, but for what lies above U+FFFF
// and cannot be shown.
func TestJSONScalarAnyText(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := anyText().Draw(t, "s")
		got := plain.JSONScalar(s)
		var back string
		if err := json.Unmarshal([]byte(got), &back); err != nil {
			t.Fatalf("JSONScalar(%q) = %s: %v", s, got, err)
		}
		if strings.Contains(back, `\u{`) {
			return
		}
		if !sameButForInvalid(back, strings.ToValidUTF8(s, "\uFFFD")) {
			t.Fatalf("%q comes back as %q", s, back)
		}
	})
}

// A reader that does not know front matter shows it as text: nothing in it becomes an element. Such
// readers make a heading of it, for the line below it is a rule.
func TestFrontMatterIsShownAsText(t *testing.T) {
	shown := func(t *rapid.T, s string) {
		scalar := plain.JSONScalar(s)
		file := "---\nid: \"x\"\ncustomer: " + scalar + "\npeople: [" + scalar + ", " + scalar + "]\n---\n\n# x\n"
		for name, reader := range readers() {
			var b strings.Builder
			if err := reader.Convert([]byte(file), &b); err != nil {
				t.Fatal(err)
			}
			_, inside, _ := strings.Cut(b.String(), "<hr />\n<h2>")
			inside, after, ok := strings.Cut(inside, "</h2>\n")
			if !ok || after != "<h1>x</h1>\n" || strings.ContainsAny(inside, "<>") {
				t.Fatalf("%s shows %q as %s", name, s, b.String())
			}
		}
	}
	for _, s := range []string{"<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "[a](javascript:b)", "https://a.b", "&lt;b&gt;", "](x)", "-->", "a|b"} {
		rapid.Check(t, func(t *rapid.T) { shown(t, s) })
	}
	rapid.Check(t, func(t *rapid.T) { shown(t, anyText().Draw(t, "s")) })
	rapid.Check(t, func(t *rapid.T) { shown(t, markdownText().Draw(t, "s")) })
}

func TestValuesOnOneLine(t *testing.T) {
	v := map[string]any{"a": []any{"x: </script>\n\u2028", 1, nil, true}, "b": "\U0001F469"}
	if got, err := plain.JSONValue(v); err != nil || got != `{"a":["x: \u003c/script\u003e\n\u2028",1,null,true],"b":"👩"}` {
		t.Errorf("JSON: %s, %v", got, err)
	}
	if got, err := plain.YAMLValue(v); err != nil || got != `{"a": ["x: \u003c/script\u003e\n\u2028", 1, null, true], "b": "👩"}` {
		t.Errorf("YAML: %s, %v", got, err)
	}
	for _, f := range []func(any) (string, error){plain.JSONValue, plain.YAMLValue} {
		if got, err := f(math.NaN()); err == nil {
			t.Errorf("NaN is %q", got)
		}
	}
}

// What either function returns has the value that was given, and nothing in it acts on a terminal.
func TestValuesOfAnyText(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := anyText().Draw(t, "s")
		for _, f := range []func(any) (string, error){plain.JSONValue, plain.YAMLValue} {
			got, err := f([]string{s, "x"})
			if err != nil {
				t.Fatal(err)
			}
			var back []string
			if err := json.Unmarshal([]byte(got), &back); err != nil {
				t.Fatalf("%s: %v", got, err)
			}
			same := sameButForInvalid(back[0], strings.ToValidUTF8(s, "\uFFFD")) || strings.Contains(back[0], `\u{`)
			if len(back) != 2 || !same || len(faults(got, "")) > 0 {
				t.Fatalf("%q comes back as %q of %s", s, back, got)
			}
		}
	})
}
