package library_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"
	"unicode/utf8"

	"hark/internal/interview"
	"hark/ui/library"
	"hark/ui/screentest"
)

// hostile returns texts with control sequences, invisible characters and other attacks.
func hostile() []string {
	return []string{
		"\x1b]0;owned\x07", "\x1b[2J\x1b[H", "a\nb\r\nc", "tab\there", "\u202egnol a", "x\u0000y",
		"\x9b31m", "\u200b\u200b", "e\u0301\u0301\u0301", "焼け直しが毎日あります", strings.Repeat("w", 300), "👩‍👩‍👧‍👦🇩🇪",
	}
}

// checkHostile checks every state of the library with hostile texts in it.
func checkHostile(t *testing.T, texts []string) {
	synctest.Test(t, func(t *testing.T) {
		d := screentest.NewDesk(t)
		for i, text := range texts {
			d.At(2026, 11, 1+i%20, 9+i%9, 0)
			name := text
			if strings.TrimSpace(name) == "" || len(name) > 200 || strings.ContainsAny(name, "\r\n") || !utf8.ValidString(name) {
				name = "Somebody"
			}
			id := d.Begin(name)
			for _, a := range []interview.Action{
				interview.Add{Kind: interview.Quote, Text: "word " + text, Speaker: name},
				interview.Raise{Text: "word " + text, Quoted: true},
				interview.Promises{Text: "word " + text, Owner: name},
			} {
				d.Try(id, a)
			}
		}
		h := start(t, d, 100, 30)
		check := func() {
			t.Helper()
			screentest.Check(t, h.Root.Screen)
		}
		for range texts[:min(len(texts), 40)] {
			check()
			h.Press("down")
		}
		h.Press("tab")
		check()
		h.Press("/")
		h.Type("word")
		h.After(typed)
		for range texts[:min(len(texts), 40)] {
			check()
			h.Press("down")
		}
		h.Press("esc", "n", "down")
		check()
		h.Paste(strings.Join(texts[:10], " "))
		check()
		h.Press("enter", "esc", "tab", "d")
		check()
	})
}

func TestHostileText(t *testing.T) { checkHostile(t, hostile()) }

func TestNaughtyStrings(t *testing.T) {
	dir := os.Getenv("HARK_TEST_DATA")
	if dir == "" {
		t.Skip("HARK_TEST_DATA names no folder of real input")
	}
	b, err := os.ReadFile(filepath.Join(dir, "hostile", "blns", "blns.json"))
	if err != nil {
		t.Fatal(err)
	}
	var texts []string
	if err := json.Unmarshal(b, &texts); err != nil {
		t.Fatal(err)
	}
	checkHostile(t, texts)
}

// The result of an earlier library's command must not change a later one.
func TestMessagesOfAnEarlierLibrary(t *testing.T) {
	d := screentest.NewDesk(t)
	week(d)
	before := library.New(d.Env)
	read := before.Init()()
	later := library.New(d.Env)
	if cmd := later.Update(read); cmd != nil {
		t.Error("the later library does something for the earlier one")
	}
	view, _ := later.View(80, 23)
	if strings.Contains(view.String(), "Harbour") {
		t.Error("the later library shows what the earlier one read")
	}
	before.Update(read)
	if view, _ = before.View(80, 23); !strings.Contains(view.String(), "Harbour") {
		t.Error("the earlier library does not show what it read")
	}
}
