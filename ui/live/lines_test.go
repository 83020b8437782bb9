package live_test

import (
	"bufio"
	"context"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"
	"unicode"

	"hark/internal/interview"
)

// saidLines reads lines that people wrote down in real interviews, at most n.
func saidLines(t *testing.T, n int) []string {
	t.Helper()
	root := os.Getenv("HARK_TEST_DATA")
	if root == "" {
		t.Skip("HARK_TEST_DATA does not say where real interviews are")
	}
	var all []string
	err := filepath.WalkDir(filepath.Join(root, "interviews"), func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || filepath.Ext(path) != ".md" {
			return err
		}
		f, err := os.Open(path)
		if err != nil {
			return err
		}
		defer func() { _ = f.Close() }()
		for s := bufio.NewScanner(f); s.Scan(); {
			line := strings.TrimSpace(strings.TrimLeft(s.Text(), "*-#>0123456789. \t|"))
			if len(line) > 12 && len(line) < 160 && unicode.IsLetter(rune(line[0])) {
				all = append(all, line)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	rand.New(rand.NewPCG(1, 2)).Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
	if len(all) > n {
		all = all[:n]
	}
	return all
}

// asTyped makes a line what somebody types who looks at the customer.
func asTyped(r *rand.Rand, said string) string {
	words := strings.Fields(said)
	switch r.IntN(12) {
	case 0: // two letters the wrong way round
		i := r.IntN(len(words))
		if w := []rune(words[i]); len(w) > 3 {
			w[1], w[2] = w[2], w[1]
			words[i] = string(w)
		}
		return strings.Join(words, " ")
	case 1:
		return `"` + said
	case 2:
		return "!" + said
	case 3: // a command that is none
		return pick(r, "/wiegh", "/playbak", "/promis", "/nxt", "/impcat", "/aks", "/quotes", "/yes!") + " " + said
	case 4: // a number that is not there
		return fmt.Sprintf("%s %d %s", pick(r, "/fix", "/drop", "/done", "/tie", "/impact", "/playback", "/aside", "/told", "/reword", "/agree", "/route"), 900+r.IntN(90), said)
	case 5: // odd dates
		return "+" + said + " " + pick(r, "by next friday", "due soonish", "due 31 feb", "by tmrw", "due friday 3 dec 2026", "due when they can", "by end of month", "due 99", "by the way")
	case 6:
		return "@" + pick(r, "Ana", "Bo Lindqvist", "Miguel", "us", "me") + " " + said
	case 7:
		return ">" + said
	case 8: // too early
		return "/solve 1 " + said
	case 9:
		return pick(r, "?", "~", "+", "=", "#x ", `\`, "„", "“") + said
	case 10: // values that do not fit
		return fmt.Sprintf("/impact 1 how-bad=%d costs=%s", r.IntN(12), words[0])
	}
	return said
}

func pick(r *rand.Rand, of ...string) string { return of[r.IntN(len(of))] }

// In the live box nothing is refused: each enter empties the box and keeps something, and no line
// is glued to another.
func TestEveryLineIsKept(t *testing.T) {
	lines := saidLines(t, 500)
	r := rand.New(rand.NewPCG(3, 4))
	synctest.Test(t, func(t *testing.T) {
		tb := startMeeting(t, 100, 30)
		tb.enter("/person Ana, foreman", "/person Bo Lindqvist", "!the skip is full")
		log := func() int {
			all, err := tb.book.Log(context.Background(), tb.id)
			if err != nil {
				t.Fatal(err)
			}
			return len(all)
		}
		for _, said := range lines {
			line := asTyped(r, said)
			before, had := tb.stored(), log()
			tb.Type(line)
			tb.Press("enter")
			if n := log(); n <= had {
				t.Fatalf("%q: nothing was kept\n%s", line, tb.Screen())
			}
			if !strings.Contains(tb.Screen(), "what they say —") {
				t.Fatalf("%q: the box is not empty\n%s", line, tb.Screen())
			}
			after := tb.stored()
			if len(after.Lines) > len(before.Lines) {
				l := after.Lines[len(after.Lines)-1]
				if l.Kind == interview.Unsettled && l.Text != line {
					t.Fatalf("%q is kept as %q", line, l.Text)
				}
			}
			for _, l := range after.Lines[len(before.Lines):] {
				if len(l.Text) > len(line) {
					t.Fatalf("%q is kept as %q", line, l.Text)
				}
			}
		}
		open := len(tb.stored().ToSettle())
		if open == 0 {
			t.Fatal("nothing is to settle")
		}
		tb.sees(fmt.Sprintf("%d to settle", open))
		tb.enter("/end")
		tb.sees(fmt.Sprintf("%d to settle", open))
	})
}
