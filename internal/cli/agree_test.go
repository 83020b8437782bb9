package cli_test

import (
	"crypto/rand"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"maps"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"hark/internal/demo"
	"hark/internal/interchange"
	"hark/internal/interview"
	"hark/internal/notebook"
	"hark/store"
)

// said is what a way out says: facts by the thing that they are about, as in "problem 2 status". What
// a way does not say is not in it.
type said map[string]string

func (s said) put(thing string, number int, fact, value string) {
	s[fmt.Sprintf("%s %d %s", thing, number, fact)] = value
}

// ofDocument is what a JSON document of an interview says.
func ofDocument(doc interchange.Interview) said {
	s := said{"day": doc.StartedAt.UTC().Format(time.DateOnly)}
	for _, l := range doc.Lines {
		kind := l.Kind
		if kind == interview.Quote && !l.Quoted {
			kind = interview.Paraphrase
		}
		s.put("line", l.Number, "kind", string(kind))
		s.put("line", l.Number, "day", l.At.UTC().Format(time.DateOnly))
		s.put("line", l.Number, "recalled", strconv.FormatBool(l.Recalled))
	}
	for _, p := range doc.Problems {
		s.put("problem", p.Number, "quoted", strconv.FormatBool(p.Quoted))
		s.put("problem", p.Number, "status", string(p.Status))
		s.put("problem", p.Number, "raised", string(p.Raised))
		s.put("problem", p.Number, "how bad", strconv.Itoa(p.Impact.HowBad))
	}
	for _, p := range doc.Promises {
		s.put("promise", p.Number, "state", stateOf(p.DoneAt, p.ToldAt, "done"))
	}
	for _, r := range doc.Routes {
		s.put("route", r.Number, "state", stateOf(r.AnsweredAt, r.ToldAt, "answered"))
		s.put("route", r.Number, "told", strconv.FormatBool(r.Told))
	}
	return s
}

// stateOf is the state of a promise or a route without its day.
func stateOf(did, told time.Time, word string) string {
	switch {
	case did.IsZero():
		return "open"
	case told.IsZero():
		return word
	}
	return "told"
}

// ofRows is what the rows of a table say, of things of one kind.
func ofRows(t *testing.T, text, thing string) said {
	t.Helper()
	rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(text, "\ufeff"))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	s := said{}
	for _, row := range rows[1:] {
		cell := func(name string) string {
			i := slices.Index(rows[0], name)
			if i < 0 {
				t.Fatalf("the table of %ss has no column %s", thing, name)
			}
			return row[i]
		}
		yes := func(name string) string { return strconv.FormatBool(cell(name) == "yes") }
		n, err := strconv.Atoi(cell("number"))
		if err != nil {
			t.Fatal(err)
		}
		s["day"] = cell("date")
		switch thing {
		case "line":
			s.put(thing, n, "kind", cell("kind"))
			s.put(thing, n, "day", cell("time")[:len(time.DateOnly)])
			s.put(thing, n, "recalled", yes("recalled"))
		case "problem":
			s.put(thing, n, "quoted", yes("quoted"))
			s.put(thing, n, "status", cell("status"))
			s.put(thing, n, "raised", cell("raised"))
			bad, _ := strconv.Atoi(cell("how_bad"))
			s.put(thing, n, "how bad", strconv.Itoa(bad))
		case "promise":
			day := func(name string) (at time.Time) { at, _ = time.Parse(time.DateOnly, cell(name)); return at }
			s.put(thing, n, "state", stateOf(day("done"), day("told"), "done"))
		}
	}
	return s
}

// ofPage is what a page in Markdown says. Its promises and routes have no numbers: they come in order.
func ofPage(page string, doc interchange.Interview) said {
	s := said{}
	if at := regexp.MustCompile(`(?m)^date: "(.*)"$`).FindStringSubmatch(page); at != nil {
		s["day"] = at[1]
	}
	section := func(name string) []string {
		_, text, _ := strings.Cut(page, "\n## "+name+"\n")
		text, _, _ = strings.Cut(text, "\n## ")
		return strings.Split(text, "\n")
	}
	n := 0
	for _, line := range slices.Concat(section("Problems"), section("Set aside")) {
		if m := regexp.MustCompile(`^### Problem (\d+): (.*)`).FindStringSubmatch(line); m != nil {
			n, _ = strconv.Atoi(m[1])
			s.put("problem", n, "status", strings.ReplaceAll(m[2], "set aside", string(interview.Aside)))
			s.put("problem", n, "raised", "")
			s.put("problem", n, "how bad", "0")
			s.put("problem", n, "quoted", "false")
		}
		if strings.HasPrefix(line, "> “") {
			s.put("problem", n, "quoted", "true")
		}
		for words, raised := range map[string]interview.Raised{"came up unprompted": interview.Unprompted, "came up when asked": interview.WhenAsked} {
			if strings.Contains(line, words) {
				s.put("problem", n, "raised", string(raised))
			}
		}
		if m := regexp.MustCompile(`^- How bad: (\d) of 5`).FindStringSubmatch(line); m != nil {
			s.put("problem", n, "how bad", m[1])
		}
	}
	state := func(line, did string) string {
		switch {
		case strings.Contains(line, ", told them "):
			return "told"
		case strings.Contains(line, ", "+did+" "):
			return did
		}
		return "open"
	}
	at := 0
	for _, line := range section("Promises") {
		if strings.HasPrefix(line, "- [") && at < len(doc.Promises) {
			s.put("promise", doc.Promises[at].Number, "state", state(line, "done"))
			at++
		}
	}
	at = 0
	for _, line := range section("Carried to departments") {
		if strings.HasPrefix(line, "- ") && at < len(doc.Routes) {
			s.put("route", doc.Routes[at].Number, "state", state(line, "answered"))
			at++
		}
	}
	return s
}

// Every way out says the same of the same thing. The interviews are those of the sample, which were carried
// on to answers and to what the customer was told, and made-up ones.
func TestWaysOutAgree(t *testing.T) {
	d := newStory(t, time.Date(2026, 11, 28, 20, 51, 0, 0, time.UTC))
	d.fillWithSample("sample.db")
	d.hark("sample.db", "", "demo", "--size", "40")
	lists := d.ofLists("sample.db")
	var listed []struct{ ID interview.ID }
	if err := json.Unmarshal([]byte(d.hark("sample.db", "", "list", "--limit", "0", "--json")), &listed); err != nil {
		t.Fatal(err)
	}
	agreed := map[string]int{}
	for _, one := range listed {
		id := one.ID.String()
		doc := d.shown("sample.db", id)
		want := ofDocument(doc)
		ways := map[string]said{"Markdown": ofPage(d.hark("sample.db", "", "export", id, "--out", "-"), doc)}
		for way, all := range lists {
			ways[way] = all[one.ID]
		}
		for table, thing := range map[string]string{"lines": "line", "problems": "problem", "promises": "promise"} {
			ways["csv of "+table] = ofRows(t, d.hark("sample.db", "", "export", id, "--format", "csv", "--table", table, "--out", "-"), thing)
		}
		for way, says := range ways {
			for _, fact := range slices.Sorted(maps.Keys(says)) {
				if strings.HasSuffix(fact, "quoted") && doc.Consent.Quotes == interview.QuoteNone && (way == "Markdown" || way == "csv of problems") {
					continue // not to be quoted
				}
				if says[fact] != want[fact] {
					t.Errorf("%s (%s), %s: %s says %q, JSON says %q", doc.Customer, id[:7], fact, way, says[fact], want[fact])
				}
				agreed[way+": "+regexp.MustCompile(`\d+`).ReplaceAllString(fact, "N")+" "+says[fact]]++
			}
		}
	}
	for _, must := range []string{
		"Markdown: problem N quoted true", "Markdown: problem N quoted false", "Markdown: problem N raised unprompted", "Markdown: promise N state told",
		"Markdown: promise N state done", "Markdown: route N state answered", "Markdown: route N state told", "Markdown: problem N status set-aside",
		"csv of problems: problem N quoted true", "csv of promises: promise N state told", "hark promises: promise N state told",
		"hark routes: route N state answered", "hark list: problem N quoted true", "hark customers: problem N quoted true", "hark themes: problem N quoted true",
	} {
		if agreed[must] == 0 {
			t.Errorf("nothing of the kind %q was compared", must)
		}
	}
}

// ofLists is what the lists over all interviews say of each.
func (s *story) ofLists(db string) map[string]map[interview.ID]said {
	s.Helper()
	lists := map[string]map[interview.ID]said{}
	of := func(way string, id interview.ID) said {
		if lists[way] == nil {
			lists[way] = map[interview.ID]said{}
		}
		if lists[way][id] == nil {
			lists[way][id] = said{}
		}
		return lists[way][id]
	}
	read := func(into any, args ...string) {
		if err := json.Unmarshal([]byte(s.hark(db, "", append(args, "--limit", "0", "--json")...)), into); err != nil {
			s.Fatalf("hark %v: %v", args, err)
		}
	}
	var interviews []interchange.Interview
	read(&interviews, "list")
	for _, one := range interviews {
		maps.Copy(of("hark list", one.ID), ofDocument(one))
	}
	type item struct {
		Interview interview.ID
		Number    int
		State     string
	}
	for command, thing := range map[string]string{"promises": "promise", "routes": "route"} {
		var items []item
		read(&items, slices.DeleteFunc([]string{command, "--all"}, func(arg string) bool { return arg == "--all" && command == "routes" })...)
		for _, one := range items {
			state := one.State
			if state == "due" || state == "overdue" {
				state = "open"
			}
			of("hark "+command, one.Interview).put(thing, one.Number, "state", state)
		}
	}
	type problem struct {
		Interview      interview.ID
		Number         int
		Status, Raised string
		Quoted         bool
	}
	var customers []struct {
		Problems []struct{ Mentions []problem }
	}
	read(&customers, "customers")
	var themes []struct {
		Behind   []problem
		SetAside []problem `json:"set_aside"`
	}
	read(&themes, "themes")
	add := func(way string, all []problem) {
		for _, p := range all {
			one := of(way, p.Interview)
			one.put("problem", p.Number, "status", p.Status)
			one.put("problem", p.Number, "raised", p.Raised)
			one.put("problem", p.Number, "quoted", strconv.FormatBool(p.Quoted))
		}
	}
	for _, c := range customers {
		for _, p := range c.Problems {
			add("hark customers", p.Mentions)
		}
	}
	for _, one := range themes {
		add("hark themes", slices.Concat(one.Behind, one.SetAside))
	}
	return lists
}

// fillWithSample makes the sample notebook.
func (s *story) fillWithSample(db string) {
	s.Helper()
	kept, err := store.Open(filepath.Join(s.folder, db))
	if err != nil {
		s.Fatal(err)
	}
	book, err := notebook.New(notebook.Options{Store: kept, Now: func() time.Time { return s.now }, Random: rand.Reader})
	if err != nil {
		s.Fatal(err)
	}
	if err := demo.Fill(s.Context(), book, s.now); err != nil {
		s.Fatal(err)
	}
}
