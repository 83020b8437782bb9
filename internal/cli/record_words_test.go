package cli_test

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"hark/internal/interview"
)

// pages are the ways out that are read as text, and the digest of a department.
func (s *story) pages(db, customer, department string) map[string]string {
	s.Helper()
	out := map[string]string{}
	for _, way := range []string{"show", "recap", "customers", "export --format md --out -", "export --format html --out -", "export --format csv --table notes --out -"} {
		out[way] = s.hark(db, "", slices.Insert(strings.Fields(way), 1, customer)...)
	}
	for _, way := range []string{"themes", "export --format md --out - --department " + department, "export --format html --out - --department " + department} {
		out[way] = s.hark(db, "", strings.Fields(way)...)
	}
	for way, text := range out {
		// HTML isolates the direction of each text.
		out[way] = strings.NewReplacer("<bdi>", "", "</bdi>", "").Replace(text)
	}
	return out
}

// A wording that was typed in the seller's words stands in quotation marks on no way out before a
// yes to exactly it, and without them again once it is reworded. Their very words stand in them
// wherever the customer may be quoted, by their name or role.
func TestOnlyTheirWordsStandInMarks(t *testing.T) {
	const lines = `/person Ana, foreman
@Ana !cant click other windows #screens
@Ana !"nobody counts the scrap #scrap
@Ana !the lamp flickers #lamp
@Ana their jigs are worn #jigs
@Ana "Fridays are worst #jigs
/weigh 2 how-bad=3
/weigh 3 how-bad=2
/playback 2 yes by Ana
/playback 3 yes by Ana
/left-out the night shift
/route 2 engineering
/route 3 engineering
`
	typed := map[string]bool{"nobody counts the scrap": true, "Fridays are worst": true}
	paraphrased := []string{"cant click other windows", "their jigs are worn", "the night shift", "the lamp is dim"}
	const confirmed = "the lamp flickers"
	for consent, by := range map[string]string{"yes name": " — Ana", "yes role": " — foreman", "yes none": ""} {
		t.Run(consent, func(t *testing.T) {
			d := newStory(t, time.Date(2026, 11, 20, 14, 0, 0, 0, time.UTC))
			for _, db := range d.typed("Harbour", "/consent "+consent+"\n"+lines) {
				check := func(confirmedNow bool) {
					t.Helper()
					ways := d.pages(db, "Harbour", "engineering")
					for _, way := range slices.Sorted(maps.Keys(ways)) {
						text := ways[way]
						for _, words := range paraphrased {
							if strings.Contains(text, "“"+words) {
								t.Errorf("%s, hark %s quotes %q:\n%s", db, way, words, text)
							}
						}
						outside := strings.HasPrefix(way, "export") || way == "recap" // the others are for us
						if outside && by == "" {
							if strings.ContainsAny(text, "“”") {
								t.Errorf("%s, hark %s quotes what may not be quoted:\n%s", db, way, text)
							}
							continue
						}
						for words := range typed {
							if n := strings.Count(text, words); n != strings.Count(text, "“"+words+"”") {
								t.Errorf("%s, hark %s has %q without its marks:\n%s", db, way, words, text)
							}
						}
						if outside && way != "recap" && !strings.Contains(text, "“nobody counts the scrap”"+by) {
							t.Errorf("%s, hark %s does not say whose words they are:\n%s", db, way, text)
						}
						if !strings.HasPrefix(way, "themes") && strings.Contains(text, "“"+confirmed+"”") != confirmedNow {
							t.Errorf("%s, hark %s: the yes to %q counts: %v:\n%s", db, way, confirmed, !confirmedNow, text)
						}
					}
					d.quotedInJSON(db, map[string]bool{
						"cant click other windows": false, "nobody counts the scrap": true, "the lamp is dim": false, confirmed: true, "the night shift": false,
					})
				}
				check(true)
				d.hark(db, "/reword 3 the lamp is dim\n", "take", "Harbour")
				if doc := d.shown(db, "Harbour"); doc.Problems[2].Quoted || doc.Problems[2].Status == interview.Confirmed {
					t.Errorf("%s: reworded, it is %+v", db, doc.Problems[2])
				}
			}
		})
	}
}

// quotedInJSON checks for the problems and what was left out whether JSON says that they are
// quoted.
func (s *story) quotedInJSON(db string, want map[string]bool) {
	s.Helper()
	doc := s.shown(db, "Harbour")
	for _, p := range doc.Problems {
		if p.Quoted != want[p.Statement] {
			s.Errorf("%s, show --json: %q is quoted: %v", db, p.Statement, p.Quoted)
		}
	}
	if doc.LeftOut.Quoted {
		s.Errorf("%s, show --json: what was left out is %+v", db, doc.LeftOut)
	}
	var themes []struct {
		Theme     string
		Quotes    []string
		Strongest struct {
			Text     string
			Verbatim bool
		}
	}
	if err := json.Unmarshal([]byte(s.hark(db, "", "themes", "--json")), &themes); err != nil {
		s.Fatal(err)
	}
	for _, theme := range themes {
		if quoted := want[theme.Strongest.Text] || theme.Theme == "jigs"; theme.Strongest.Verbatim != quoted || (len(theme.Quotes) > 0) != quoted {
			s.Errorf("%s, themes --json: %+v", db, theme)
		}
	}
}
