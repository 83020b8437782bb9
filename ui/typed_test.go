package ui

import "testing"

// What is typed behind an esc is alt and a letter; what a terminal sends stays as it is.
func TestTypedBehindEsc(t *testing.T) {
	for in, want := range map[string]string{
		"People wait":             "People wait",
		"\x1bPeople wait":         "\x1b[112;4ueople wait",
		"\x1bP":                   "\x1b[112;4u",
		"\x1bX-rays are late":     "\x1b[120;4u-rays are late",
		"\x1bOn mondays":          "\x1b[111;4un mondays",
		"\x1bOK then":             "\x1b[111;4uK then",
		"\x1bÖfter":               "\x1bÖfter",
		"\x1bPäckchen":            "\x1b[112;4uäckchen",
		"\x1b[they":               "\x1b[91;3uthey",
		"\x1b]we":                 "\x1b[93;3uwe",
		"\x1b_we":                 "\x1b[95;3uwe",
		"\x1b^we":                 "\x1b[94;3uwe",
		"\x1bwe lose":             "\x1bwe lose",
		"\x1b":                    "\x1b[27u",
		"\x1b[A":                  "\x1b[A",
		"\x1b[1;5C":               "\x1b[1;5C",
		"\x1b[Z":                  "\x1b[Z",
		"\x1b[I":                  "\x1b[I",
		"\x1b[M !!":               "\x1b[M !!",
		"\x1b[<0;10;5M":           "\x1b[<0;10;5M",
		"\x1b[1081;5u":            "\x1b[1081;5u",
		"\x1b[?62;22c":            "\x1b[?62;22c",
		"\x1bOP":                  "\x1bOP",
		"\x1bOA":                  "\x1bOA",
		"\x1b]11;rgb:1/2/3\x1b\\": "\x1b]11;rgb:1/2/3\x1b\\",
		"\x1b]52;c;aGk=\a":        "\x1b]52;c;aGk=\a",
		"\x1bP>|tmux 3.5\x1b\\":   "\x1bP>|tmux 3.5\x1b\\",
		"\x1bP1$r0m\x1b\\":        "\x1bP1$r0m\x1b\\",
		"\x1b_Gi=1;OK\x1b\\":      "\x1b_Gi=1;OK\x1b\\",
		"\x1b[200~a\x1bPeople\x1b[201~\x1bPeople": "\x1b[200~a\x1bPeople\x1b[201~\x1b[112;4ueople",
	} {
		if got := string((&typedInput{}).typed([]byte(in))); got != want {
			t.Errorf("%q is %q, want %q", in, got, want)
		}
	}
}
