package cli_test

import (
	"encoding/json"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"hark/internal/interview"
)

// merged brings what happened in one notebook into the other, and the other way round.
func (s *story) merged(a, b string) {
	s.Helper()
	for _, way := range [][2]string{{a, b}, {b, a}} {
		file := filepath.Join(s.folder, way[0]+".json")
		s.hark(way[0], "", "export", "--all", "--format", "json", "--thoughts", "--out", file, "--force")
		s.hark(way[1], "", "import", file)
	}
}

// telling is what the record says of one route and one promise.
type telling struct {
	state, answer    string
	told             bool
	before           bool   // they were told before, of something else
	heard            string // what they heard then
	promise          string
	promiseTold      bool
	promiseToldFirst bool
}

// told reads it from each list that says it, and holds every page to it.
func (s *story) told(db string) telling {
	s.Helper()
	doc := s.shown(db, "Harbour")
	r, p := doc.Routes[0], doc.Promises[0]
	got := telling{answer: r.Answer, told: r.Told, before: r.ToldEarlier != nil, promiseTold: !p.ToldAt.IsZero(), promiseToldFirst: p.ToldEarlier != nil}
	if r.ToldEarlier != nil {
		got.heard = r.ToldEarlier.Text
	}
	type listed struct {
		State  string
		Told   bool
		ToldAt time.Time `json:"told_at"`
	}
	read := func(args ...string) listed {
		var all []listed
		if err := json.Unmarshal([]byte(s.hark(db, "", args...)), &all); err != nil || len(all) != 1 {
			s.Fatalf("%s: hark %q lists %+v, %v", db, args, all, err)
		}
		return all[0]
	}
	route, promise := read("routes", "--json"), read("promises", "--all", "--json")
	got.state, got.promise = route.State, promise.State
	if route.Told != r.Told || !promise.ToldAt.Equal(p.ToldAt) {
		s.Errorf("%s: the lists say %+v and %+v, the interview %+v and %+v", db, route, promise, r, p)
	}
	for way, says := range map[string]string{
		"show Harbour": "answered 20 November 2026, told them", "export Harbour --format md --out -": "answered 20 November 2026, told them",
		"export --format md --out - --department engineering": "The customer was told", "routes": "they were told on",
	} {
		text := strings.Join(strings.Fields(s.hark(db, "", strings.Fields(way)...)), " ")
		missing := func(answer string) bool { return !strings.Contains(text, answer) }
		if told := strings.Contains(text, says); told != r.Told || slices.ContainsFunc(strings.Split(r.Answer, " / "), missing) {
			s.Errorf("%s: hark %s says that they were told of %q: %v, want %v: %s", db, way, r.Answer, told, r.Told, text)
		}
	}
	return got
}

// What the customer was told names what they heard: told of a route that nobody answered does not
// close it, and a later answer or outcome is still to tell.
func TestToldNamesTheAnswer(t *testing.T) {
	const base = `/consent yes name
/person Ana, foreman
@Ana !"We rework one in five
/weigh 1 how-bad=4
/playback 1 yes by Ana
/route 1 engineering
+send the list
`
	for name, c := range map[string]struct {
		lines string
		want  telling
	}{
		"nothing to tell yet": {"/told 2\n/told 3\n", telling{state: "open", promise: "open", before: true, promiseToldFirst: true}},
		"and then something":  {"/told 2\n/told 3\n/answer 2 in March\n/done 3\n", telling{state: "answered", answer: "in March", promise: "done", before: true, promiseToldFirst: true}},
		"told":                {"/answer 2 in March\n/done 3\n/told 2\n/told 3\n", telling{state: "told", answer: "in March", told: true, promise: "told", promiseTold: true}},
		"a later answer":      {"/answer 2 in March\n/told 2\n/answer 2 in May\n", telling{state: "answered", answer: "in May", before: true, heard: "in March", promise: "open"}},
		"told of that too":    {"/answer 2 in March\n/told 2\n/answer 2 in May\n/told 2\n", telling{state: "told", answer: "in May", told: true, promise: "open"}},
		"the same once more":  {"/answer 2 in March\n/told 2\n/answer 2 in March\n", telling{state: "told", answer: "in March", told: true, promise: "open"}},
		"taken back":          {"/answer 2 in March\n/told 2\n/answer 2 in May\n/undo\n", telling{state: "told", answer: "in March", told: true, promise: "open"}},
	} {
		t.Run(name, func(t *testing.T) {
			d := newStory(t, time.Date(2026, 11, 20, 14, 0, 0, 0, time.UTC))
			for _, db := range d.typed("Harbour", base+c.lines) {
				if got := d.told(db); got != c.want {
					t.Errorf("%s: %+v, want %+v", db, got, c.want)
				}
			}
		})
	}
	// Two notebooks know different things, and then each knows what the other did.
	for name, c := range map[string]struct {
		first, here, there string
		want               telling
	}{
		"told here what was not answered here":    {"", "/told 2\n/told 3\n", "/answer 2 in March\n/done 3\n", telling{state: "answered", answer: "in March", promise: "done", before: true, promiseToldFirst: true}},
		"told here, answered again there":         {"/answer 2 in March\n", "/told 2\n", "/answer 2 in May\n", telling{state: "answered", answer: "in May", before: true, heard: "in March", promise: "open"}},
		"answered and told there, told here":      {"", "/told 2\n", "/answer 2 in March\n/told 2\n", telling{state: "told", answer: "in March", told: true, promise: "open"}},
		"told in both":                            {"/answer 2 in March\n/done 3\n", "/told 2\n/told 3\n", "/told 2\n/told 3\n", telling{state: "told", answer: "in March", told: true, promise: "told", promiseTold: true}},
		"answered here, and later there and told": {"", "/answer 2 in March\n", "/answer 2 in May\n/told 2\n", telling{state: "answered", answer: "in May / in March", before: true, heard: "in May", promise: "open"}},
	} {
		t.Run(name, func(t *testing.T) {
			for _, order := range []string{"here first", "there first"} {
				d := newStory(t, time.Date(2026, 11, 20, 14, 0, 0, 0, time.UTC))
				dbs := d.typed("Harbour", base+c.first)
				d.now = d.now.Add(time.Hour)
				todo := []struct{ db, lines string }{{dbs[0], c.here}, {dbs[1], c.there}}
				if order == "there first" {
					todo[0], todo[1] = todo[1], todo[0]
				}
				for _, one := range todo {
					d.hark(one.db, one.lines, "take", "Harbour")
				}
				d.merged(dbs[0], dbs[1])
				for _, db := range dbs {
					got := d.told(db)
					if answers := strings.Split(got.answer, " / "); len(answers) == 2 && answers[0] == "in March" {
						got.answer = answers[1] + " / " + answers[0] // the later one stands first
					}
					if got != c.want {
						t.Errorf("%s, %s: %+v, want %+v", order, db, got, c.want)
					}
				}
			}
		})
	}
}

// Against a theme stands the wording to which the customer said no, and nothing that was only set
// aside or tagged.
func TestAgainstAThemeIsTheirNo(t *testing.T) {
	const base = "/consent yes name\n/person Ana, foreman\n/person Ben, sales, ours\n@Ana !\"The skip is full #skip\n"
	for name, c := range map[string]struct {
		lines, against string
		reason         string
	}{
		"set aside":                {"/aside 1: later\n", "", ""},
		"tagged without a problem": {"@Ana \"It is fine #skip\n", "", ""},
		"ours":                     {"@Ben \"It is fine #skip\n", "", ""},
		"a no":                     {"/playback 1 no by Ana\n", "The skip is full", ""},
		"a no, and set aside":      {"/playback 1 no by Ana\n/aside 1: it was once\n", "The skip is full", "it was once"},
		"a no to other words":      {"/playback 1 no by Ana\n/reword 1 \"The skip is never emptied\n", "", ""},
		"a no, and then a yes":     {"/playback 1 no by Ana\n/playback 1 yes by Ana\n", "", ""},
		"a no from one of us":      {"/playback 1 no by Zoe\n/person Zoe, sales, ours\n", "", ""},
		"nearly":                   {"/playback 1 nearly by Ana\n", "", ""},
	} {
		t.Run(name, func(t *testing.T) {
			d := newStory(t, time.Date(2026, 11, 20, 14, 0, 0, 0, time.UTC))
			for _, db := range d.typed("Harbour", base+c.lines) {
				var themes []struct {
					Dissent struct {
						Text, Reason string
						Refused      bool
					}
				}
				if err := json.Unmarshal([]byte(d.hark(db, "", "themes", "--json")), &themes); err != nil {
					t.Fatal(err)
				}
				if got := themes[0].Dissent; len(themes) != 1 || got.Text != c.against || got.Refused != (c.against != "") || got.Reason != c.reason {
					t.Errorf("%s: against it stands %+v, want %q", db, themes[0].Dissent, c.against)
				}
				for _, way := range []string{"themes", "themes skip"} {
					if text := d.hark(db, "", strings.Fields(way)...); strings.Contains(text, "against") != (c.against != "") {
						t.Errorf("%s, hark %s:\n%s", db, way, text)
					}
				}
			}
		})
	}
}

// A nearly that corrects a number is in the record as the number they gave, with the wording as it
// was, and counts as a yes nowhere.
func TestNearlyCorrectsTheNumber(t *testing.T) {
	const lines = `/consent yes name
/person Ana, foreman
@Ana !one weld in five is done twice #rework
@Ana !the lamp is broken
/weigh 1 how-bad=5 how-often="every week"
/playback 1 yes by Ana
/route 1 engineering
/playback 1 nearly by Ana: how-bad=3 how-often="twice a month" costs="half a day"
/playback 2 yes by Ana
`
	d := newStory(t, time.Date(2026, 11, 20, 14, 0, 0, 0, time.UTC))
	for _, db := range d.typed("Harbour", lines) {
		p := d.shown(db, "Harbour").Problems[0]
		if i := p.Impact; i.HowBad != 3 || i.HowOften != "twice a month" || i.Costs != "half a day" {
			t.Errorf("%s: it weighs %+v", db, i)
		}
		if b := p.Playbacks; p.Status == interview.Confirmed || p.Quoted || len(b) != 2 || !b[0].Withdrawn || b[1].Answer != interview.Nearly || b[1].By != "Ana" || b[1].Correction != "" {
			t.Errorf("%s: %+v", db, p)
		}
		for way, text := range d.pages(db, "Harbour", "engineering") {
			if strings.Contains(text, "every week") || strings.Contains(text, "5 of 5") {
				t.Errorf("%s, hark %s has the number of before:\n%s", db, way, text)
			}
			if strings.Contains(text, "“one weld in five") {
				t.Errorf("%s, hark %s quotes what they corrected:\n%s", db, way, text)
			}
			if way != "themes" && way != "recap" && !strings.Contains(text, "3 of 5") {
				t.Errorf("%s, hark %s lacks the number of now:\n%s", db, way, text)
			}
		}
		d.hark(db, "/playback 1 yes by Ana\n", "take", "Harbour")
		recap := d.hark(db, "", "recap", "Harbour")
		for _, want := range []string{"“one weld in five is done twice” — Ana", "twice a month", "3 of 5"} {
			if !strings.Contains(recap, want) {
				t.Errorf("%s: the recap lacks %q:\n%s", db, want, recap)
			}
		}
		for _, row := range strings.Split(d.hark(db, "", "export", "Harbour", "--format", "csv", "--table", "problems", "--out", "-"), "\n") {
			if strings.Contains(row, "one weld in five") && !strings.Contains(row, "rework,twice a month,3,half a day") {
				t.Errorf("%s: the row is %s", db, row)
			}
		}
	}
}
