package plain_test

import (
	"path/filepath"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"pgregory.net/rapid"

	"hark/internal/plain"
)

func TestFileName(t *testing.T) {
	tests := []struct{ customer, id, want string }{
		{"Harbour Welding", "k3x", "harbour-welding-k3x.md"},
		{"  O'Brien & Sons, Ltd. ", "k3x", "obrien-sons-ltd-k3x.md"},
		{"Café Müller", "k3x", "café-müller-k3x.md"},
		{"Cafe\u0301", "k3x", "café-k3x.md"},
		{"日本 鉄工", "k3x", "日本-鉄工-k3x.md"},
		{"ＡＣＭＥ①", "k3x", "acme1-k3x.md"},
		{"Straße 5", "k3x", "straße-5-k3x.md"},
		{"", "k3x", "interview-k3x.md"},
		{"…/!", "k3x", "interview-k3x.md"},
		{"\u3164", "k3x", "interview-k3x.md"},
		{"../../etc/passwd", "k3x", "etc-passwd-k3x.md"},
		{`C:\CON`, "k3x", "c-con-k3x.md"},
		{"Con", "k3x", "interview-con-k3x.md"},
		{"LPT1", "k3x", "interview-lpt1-k3x.md"},
		{"com²", "k3x", "interview-com2-k3x.md"},
		{"COMA", "k3x", "coma-k3x.md"},
		{"nul.txt", "k3x", "nul-txt-k3x.md"},
		{"-rf", "k3x", "rf-k3x.md"},
		{"a\u200Bb\u00ADc", "k3x", "abc-k3x.md"},
		{"a\x1b[31mb", "k3x", "a-31mb-k3x.md"},
		{strings.Repeat("x", 80), "k3x", strings.Repeat("x", 60) + "-k3x.md"},
		{strings.Repeat("x", 59) + "é", "k3x", strings.Repeat("x", 59) + "-k3x.md"},
		{strings.Repeat("x", 59) + " y", "k3x", strings.Repeat("x", 59) + "-k3x.md"},
		{"Acme", "", "acme.md"},
		{"Acme", "../../k3X", "acme-k3X.md"},
		{"Acme", strings.Repeat("k", 100), "acme-" + strings.Repeat("k", 64) + ".md"},
	}
	for _, tt := range tests {
		if got := plain.FileName(tt.customer, tt.id, ".md"); got != tt.want {
			t.Errorf("FileName(%q, %q) = %q, want %q", tt.customer, tt.id, got, tt.want)
		}
	}
}

func checkFileName(t interface {
	Errorf(format string, args ...any)
}, customer string) {
	got := plain.FileName(customer, "k3x", ".md")
	name, ok := strings.CutSuffix(got, "-k3x.md")
	if !ok || len(name) > 60 || !utf8.ValidString(got) || got != filepath.Base(got) || name == "" || strings.Trim(name, "-") != name {
		t.Errorf("FileName(%q) = %q", customer, got)
	}
	for _, r := range name {
		if r != '-' && !unicode.IsLetter(r) && !unicode.IsDigit(r) || unicode.IsUpper(r) {
			t.Errorf("FileName(%q) = %q holds %q", customer, got, r)
		}
	}
	switch name {
	case "con", "prn", "aux", "nul", "com0", "com1", "com9", "lpt0", "lpt1", "lpt9":
		t.Errorf("FileName(%q) = %q names a device", customer, got)
	}
}

func TestFileNameAnyText(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) { checkFileName(t, anyText().Draw(t, "customer")) })
}

func FuzzFileName(f *testing.F) {
	for _, s := range append(ordinary(), "CON", "com1", "../..", "a b") {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) { checkFileName(t, s) })
}
