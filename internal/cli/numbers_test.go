package cli_test

import (
	"encoding/json"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"hark/internal/interchange"
)

// exchange brings what one notebook has into another.
func (s *story) exchange(from, to string) {
	s.Helper()
	file := filepath.Join(s.folder, "exchanged.json")
	s.hark(from, "", "export", "--all", "--format", "json", "--out", file, "--force")
	s.hark(to, "", "import", file)
}

// Three laptops number problems and promises apart. A laptop that imports the others' still says yes to the
// problem that was read out, and a calendar has each promise once.
func TestNumbersThatThreeLaptopsGave(t *testing.T) {
	s := newStory(t, time.Date(2026, 11, 5, 14, 0, 0, 0, time.UTC))
	s.hark("a.db", "/person Ana, foreman\n!rework\n", "take", "--new", "Harbour")
	s.exchange("a.db", "b.db")
	s.exchange("a.db", "c.db")
	s.hark("b.db", "!no parking\n+count the rods due 2026-12-04\n", "take", "Harbour")
	s.hark("c.db", "!the crane is slow\n", "take", "Harbour")
	s.hark("a.db", "!the skip is full\n+send the list due 2026-12-03\n", "take", "Harbour")
	uids := func(db string) []string {
		return regexp.MustCompile(`UID:\S+`).FindAllString(s.hark(db, "", "promises", "--ics", "-"), -1)
	}
	had := append(uids("a.db"), uids("b.db")...)
	s.exchange("b.db", "a.db")
	s.exchange("c.db", "a.db")
	now := uids("a.db")
	slices.Sort(had)
	slices.Sort(now)
	if len(now) != 2 || !slices.Equal(had, now) {
		t.Errorf("the events were %q, and are %q", had, now)
	}

	labels := map[string]string{}
	for _, p := range s.shown("a.db", "Harbour").Problems {
		labels[p.Statement] = p.Label
		switch {
		case p.Statement == "rework" && (p.Number != 1 || p.Label != ""), p.Statement != "rework" && (p.Number != 2 || !regexp.MustCompile(`^2[a-z]+$`).MatchString(p.Label)):
			t.Errorf("%q has number %d and label %q", p.Statement, p.Number, p.Label)
		}
	}
	out := s.refuses("a.db", "/playback 2 yes by Ana\n", "take", "Harbour")
	for statement, label := range labels {
		if label != "" && !strings.Contains(out, label+" “"+statement+"”") {
			t.Errorf("%s %q is not in the answer to a bare 2: %s", label, statement, out)
		}
	}
	s.hark("a.db", "/playback "+labels["no parking"]+" yes by Ana\n", "take", "Harbour")
	s.exchange("a.db", "c.db")
	for _, db := range []string{"a.db", "c.db"} {
		for _, p := range s.shown(db, "Harbour").Problems {
			if want := p.Statement == "no parking"; (p.Status == "confirmed") != want {
				t.Errorf("%s: %q is %s", db, p.Statement, p.Status)
			}
		}
	}
	s.labelled("a.db", labels)
}

// labelled checks that every list in JSON has the labels.
func (s *story) labelled(db string, labels map[string]string) {
	s.Helper()
	var listed []interchange.Interview
	if err := json.Unmarshal([]byte(s.hark(db, "", "list", "--json")), &listed); err != nil {
		s.Fatal(err)
	}
	for _, p := range listed[0].Problems {
		if p.Label != labels[p.Statement] {
			s.Errorf("hark list: %q has label %q, want %q", p.Statement, p.Label, labels[p.Statement])
		}
	}
	var hits []interchange.Hit
	if err := json.Unmarshal([]byte(s.hark(db, "", "search", "kind:problem parking", "--json")), &hits); err != nil {
		s.Fatal(err)
	}
	if len(hits) != 1 || hits[0].Number != 2 || hits[0].Label != labels["no parking"] {
		s.Errorf("hark search: %+v", hits)
	}
	var promised []interchange.Promise
	if err := json.Unmarshal([]byte(s.hark(db, "", "promises", "--json")), &promised); err != nil {
		s.Fatal(err)
	}
	for _, p := range promised {
		if p.Number != 3 || !strings.HasPrefix(p.Label, "3") || len(p.Label) < 2 {
			s.Errorf("hark promises: %+v", p)
		}
	}
}
