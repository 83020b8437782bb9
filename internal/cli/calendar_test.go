package cli_test

import (
	"maps"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"
)

// event is what a calendar file says of one promise.
type event struct {
	uid, day, status, summary, stamp, modified string
	sequence                                   int
}

// calendar returns the events of a notebook's calendar file, by what is promised.
func (s *story) calendar(db string, flags ...string) map[string]event {
	s.Helper()
	file := strings.ReplaceAll(s.hark(db, "", append([]string{"promises", "--ics", "-"}, flags...)...), "\r\n ", "")
	all := map[string]event{}
	for _, part := range strings.Split(file, "BEGIN:VEVENT\r\n")[1:] {
		is := map[string]string{}
		for line := range strings.SplitSeq(part, "\r\n") {
			name, value, _ := strings.Cut(line, ":")
			is[name] = value
		}
		sequence, err := strconv.Atoi(is["SEQUENCE"])
		if err != nil {
			s.Fatalf("SEQUENCE: %v in\n%s", err, part)
		}
		what, _, _ := strings.Cut(is["SUMMARY"], " (")
		if _, after, cut := strings.Cut(what, ": "); cut {
			what = after
		}
		all[what] = event{is["UID"], is["DTSTART;VALUE=DATE"], is["STATUS"], is["SUMMARY"], is["DTSTAMP"], is["LAST-MODIFIED"], sequence}
	}
	return all
}

// newer fails unless an event takes the place of another when both are imported: the same UID, and a
// higher sequence.
func (s *story) newer(was, is event) {
	s.Helper()
	if is.uid != was.uid || is.sequence <= was.sequence || is.modified < was.modified || is.stamp < was.stamp {
		s.Errorf("%+v does not take the place of %+v", is, was)
	}
}

// A calendar that has taken a file takes a later one for the newer state of the same events.
func TestCalendarFollows(t *testing.T) {
	s := newStory(t, time.Date(2026, 12, 1, 9, 0, 0, 0, time.UTC))
	s.hark("a.db", "+send the list due 2026-12-03\n+count the skips @Ana due 2026-12-05\n+no day at all\n", "take", "--new", "Acme")
	first := s.calendar("a.db")
	if len(first) != 2 || first["send the list"].status != "CONFIRMED" || first["send the list"].day != "20261203" {
		t.Fatalf("%+v", first)
	}
	before := first["send the list"]
	for _, step := range []struct{ typed, day, status, begins string }{
		{"/due 1 2026-12-10\n", "20261210", "CONFIRMED", "send"},
		{"/fix 1 send the list due 2026-12-11\n", "20261211", "CONFIRMED", "send"},
		{"/done 1\n", "20261211", "CANCELLED", "Done: send"},
		{"/undo\n", "20261211", "CONFIRMED", "send"},
		{"/drop 1\n", "20261211", "CANCELLED", "Dropped: send"},
		{"/undo\n", "20261211", "CONFIRMED", "send"},
		{"/due 1 none\n", "20261203", "CANCELLED", "No day: send"},
		{"/due 1 2026-12-12\n", "20261212", "CONFIRMED", "send"},
	} {
		s.hark("a.db", step.typed, "take", "acme")
		now := s.calendar("a.db")
		is := now["send the list"]
		s.newer(before, is)
		if is.day != step.day || is.status != step.status || !strings.HasPrefix(is.summary, step.begins) {
			t.Errorf("after %q it is %+v", step.typed, is)
		}
		if now["count the skips"] != first["count the skips"] {
			t.Errorf("after %q the other one is %+v, and was %+v", step.typed, now["count the skips"], first["count the skips"])
		}
		before = is
	}
}

// Two laptops that know the same say the same; what comes together is newer than either; and two days
// that stand are due on neither.
func TestCalendarOfTwoLaptops(t *testing.T) {
	s := newStory(t, time.Date(2026, 12, 1, 9, 0, 0, 0, time.UTC))
	s.hark("a.db", "+send the list due 2026-12-03\n+count due 2026-12-04\n/due 2 2026-12-05\n", "take", "--new", "Acme")
	hand := func(from, to string) {
		file := filepath.Join(s.folder, "all.json")
		s.hark(from, "", "export", "--all", "--format", "json", "--thoughts", "--out", file, "--force")
		s.hark(to, "", "import", file)
	}
	hand("a.db", "b.db")
	if a, b := s.calendar("a.db"), s.calendar("b.db"); !maps.Equal(a, b) {
		t.Errorf("one says %+v, the other %+v", a, b)
	}
	s.hark("a.db", "/due 1 2026-12-10\n/done 2\n", "take", "acme")
	s.hark("b.db", "/due 1 2026-12-11\n/due 2 2026-12-06\n", "take", "acme")
	a, b := s.calendar("a.db"), s.calendar("b.db")
	hand("a.db", "b.db")
	hand("b.db", "a.db")
	both := s.calendar("a.db")
	if other := s.calendar("b.db"); !maps.Equal(both, other) {
		t.Errorf("one says %+v, the other %+v", both, other)
	}
	for _, what := range []string{"send the list", "count"} {
		s.newer(a[what], both[what])
		s.newer(b[what], both[what])
	}
	if is := both["send the list"]; is.status != "CANCELLED" || !strings.HasPrefix(is.summary, "Day in doubt: ") {
		t.Errorf("with two days it is %+v", is)
	}
	s.hark("b.db", "/pick 1 due 2\n", "take", "acme")
	picked := s.calendar("b.db")["send the list"]
	s.newer(both["send the list"], picked)
	if picked.status != "CONFIRMED" || picked.day != "20261211" && picked.day != "20261210" {
		t.Errorf("picked, it is %+v", picked)
	}
}

// --ours, --due and --limit hold for what was done too.
func TestCalendarFlags(t *testing.T) {
	s := newStory(t, time.Date(2026, 12, 4, 9, 0, 0, 0, time.UTC))
	s.hark("a.db", "+send it due 2026-12-04\n+ring them due 2026-12-20\n+count @Ana due 2026-12-04\n/done 3\n", "take", "--new", "Acme")
	for flags, want := range map[string]int{"": 3, "--ours": 2, "--theirs": 1, "--due": 2, "--ours --due": 1, "--limit=1": 1} {
		if got := s.calendar("a.db", strings.Fields(flags)...); len(got) != want {
			t.Errorf("%q has %d events, want %d: %+v", flags, len(got), want, got)
		}
	}
}
