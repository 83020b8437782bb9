package plain_test

import (
	"encoding/csv"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"hark/internal/plain"
)

func TestCSVField(t *testing.T) {
	tests := []struct{ in, want string }{
		{"", ""},
		{"One weld in five, “done twice”", "One weld in five, “done twice”"},
		{"a = b", "a = b"},
		{"=1+1", "'=1+1"},
		{"+1", "'+1"},
		{"-1", "'-1"},
		{"@SUM(A1)", "'@SUM(A1)"},
		{"＝1", "'＝1"},
		{"＋1", "'＋1"},
		{"－1", "'－1"},
		{"＠a", "'＠a"},
		{"  =1", "'  =1"},
		{"\u00A0=1", "'\u00A0=1"},
		{"\u3000=1", "'\u3000=1"},
		{"\t=1", "'    =1"},
		{"\ta", "'    a"},
		{"\r=1", "'␍=1"},
		{"\ra", "'␍a"},
		{"\n=1", "'\n=1"},
		{"\r\n", "'\n"},
		{"a\r\nb\tc", "a\nb    c"},
		{"\uFEFF=1", `\u{FEFF}=1`},
		{"\x00=1", "␀=1"},
		{"'=1", "'=1"},
	}
	for _, tt := range tests {
		if got := plain.CSVField(tt.in); got != tt.want {
			t.Errorf("CSVField(%q) = %q, want %q", tt.in, got, tt.want)
		}
	}
}

// A field never begins a formula, and encoding/csv reads it back unchanged.
func TestCSVFieldAnyText(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		field := plain.CSVField(anyText().Draw(t, "s"))
		if rest := strings.TrimLeft(field, " \n\u00A0\u3000"); rest != "" && strings.ContainsAny(rest[:1], "=+-@\t\r") {
			t.Fatalf("%q is a formula", field)
		}
		var b strings.Builder
		w := csv.NewWriter(&b)
		if err := w.Write([]string{field, "x"}); err != nil {
			t.Fatal(err)
		}
		w.Flush()
		rows, err := csv.NewReader(strings.NewReader(b.String())).ReadAll()
		if err != nil || len(rows) != 1 || rows[0][0] != field {
			t.Fatalf("%q comes back as %q (%v)", field, rows, err)
		}
	})
}
