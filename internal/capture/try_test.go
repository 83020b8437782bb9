package capture_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"hark/internal/capture"
	"hark/internal/interview"
)

// tried are lines that people type who have not read the page: what each does, as the line that
// Format writes; what it opens; or what it is answered with.
func tried() map[string]string {
	return map[string]string{
		// Weighing.
		"/weigh 2":                           "opens impact 2",
		"/weigh":                             "opens impact",
		"/weigh problem 2":                   "opens impact 2",
		"/weigh #2":                          "opens impact 2",
		"/weigh p2":                          "opens impact 2",
		"/weigh 2.":                          "opens impact 2",
		"/weigh 2)":                          "opens impact 2",
		"/weigh two":                         "opens impact 2",
		"/weigh no. 2":                       "opens impact 2",
		"/weigh number 2":                    "opens impact 2",
		"/rate 2 4":                          "/impact 2 how-bad=4",
		"/impact 2":                          "opens impact 2",
		"/how bad 2 4 of 5":                  "/impact 2 how-bad=4",
		"/how often 2 when the gas runs out": `/impact 2 how-often="when the gas runs out"`,
		"/costs 2 half a day, and their patience": `/impact 2 costs="half a day, and their patience"`,
		"/bears 2 the fitters":                    `/impact 2 bears="the fitters"`,
		"/tried 2 new nozzles":                    `/impact 2 tried="new nozzles"`,
		"/wants 2 a board in the office":          `/impact 2 wants="a board in the office"`,

		// Playing back.
		"/play back 2":                "opens playback 2",
		"/play-back 2 yes":            "/playback 2 yes",
		"/playback 2 yes, by Ana":     "/playback 2 yes by Ana",
		"/confirm 2":                  "/playback 2 yes",
		"/confirm problem 2":          "/playback 2 yes",
		"/confirm #2 by Ana":          "/playback 2 yes by Ana",
		"/confirm":                    "opens playback",
		"/confirmed 2":                "/playback 2 yes",
		"/yes 2":                      "/playback 2 yes",
		"/yes":                        "opens playback",
		"/no 2":                       "/playback 2 no",
		"/no 2: it is the paint":      "/playback 2 no: it is the paint",
		"/nearly 2: one weld in four": "/playback 2 nearly: one weld in four",
		"/nearly 2 one weld in four":  "/playback 2 nearly: one weld in four",
		"/nearly 2 by Ana: one weld":  "/playback 2 nearly by Ana: one weld",
		"/nearly":                     "opens playback",
		"/yes 2 that is it":           "type /playback 2 yes, or /playback 2 nearly: that is it",

		// Problems.
		"/problem they wait for drawings": "!they wait for drawings",
		"/pain they wait for drawings":    "!they wait for drawings",
		"/problem":                        "opens problem",
		"/make a problem 3":               "/problem 3",
		"/set aside 2":                    "/aside 2",
		"/set-aside 2: next year":         "/aside 2: next year",
		"/setaside 2 “next year”":         "/aside 2: next year",
		"/set aside":                      "opens aside",
		"/park 2":                         "/aside 2",
		"/take up 2":                      "/take-up 2",
		"/resume 2":                       "/take-up 2",
		"/reword 2":                       "opens reword 2",
		"/rephrase 2 they wait":           "/reword 2 they wait",
		"/merge 2 with 1":                 "/join 2 1",
		"/same 2 1":                       "/join 2 1",
		"/tag 2 rework":                   "/theme 2 #rework",
		"/theme 2":                        "opens theme 2",
		"/left out":                       "/left-out",
		"/left out the night shift":       "/left-out the night shift",
		"/whats left out":                 "/left-out",
		"/tie 3":                          "opens tie 3",
		"/tie line 3 to problem 2":        "/tie 3 2",

		// Solutions.
		"/solution 2 a jig":                       "/solve 2 a jig",
		"/idea 2 a jig":                           "/solve 2 a jig",
		"/work it out":                            "opens solve",
		"/workout":                                "opens solve",
		"/solve problem 2 a jig":                  "/solve 2 a jig",
		"/accept 1":                               "/agree 1",
		"/agreed solution 1":                      "/agree 1",
		"/reject 1":                               "/decline 1",
		"/reaction 1 sounds right":                "/react 1 sounds right",
		"/advice 2 measure first":                 "/advise 2 measure first",
		"/share 1 ours: draw it, theirs: weld it": `/share 1 ours="draw it" theirs="weld it"`,

		// People and consent.
		"/who":                    "opens who",
		"/people":                 "opens who",
		"/names":                  "opens who",
		"/attendees":              "opens who",
		"/person":                 "opens person",
		"/add person Piet, owner": "/person Piet, owner",
		"/introduce Piet":         "/person Piet",
		"/consent":                "opens consent",
		"/permission yes":         "/consent yes",
		"/advisor Ana":            "/adviser Ana yes",
		"/rename Anna to Ana":     `/rename "Anna" to "Ana"`,

		// Questions.
		"/question 7":          "/ask 7",
		"/q":                   "opens quit",
		"/goto 7":              "/ask 7",
		"/ask":                 "opens ask",
		"/ask question 7":      "/ask 7",
		"/skip":                "/next",
		"/next question":       "/next",
		"/questions":           "opens questions",
		"/agenda":              "opens questions",
		"/stage":               "opens stage",
		"/phase What it costs": "/stage What it costs",

		// Lines.
		"/quote we do it twice":             `"we do it twice`,
		"/said we do it twice":              `"we do it twice`,
		"/verbatim “we do it twice”":        `"we do it twice`,
		"/note they do it twice":            "they do it twice",
		"/text they do it twice":            "they do it twice",
		"/observe nobody counts it":         "~nobody counts it",
		"/saw nobody counts it":             "~nobody counts it",
		"/thought they guess":               ">they guess",
		"/think they guess":                 ">they guess",
		"/later what a skip costs":          "?what a skip costs",
		"/ask later what a skip costs":      "?what a skip costs",
		"/follow up what a skip costs":      "?what a skip costs",
		"/promise send the list due friday": "+send the list due 2026-11-27",
		"/todo send the list":               "+send the list",
		"/next step send the list":          "+send the list",
		"/action item send the list":        "+send the list",
		"/quote":                            "opens quote",
		"/lines":                            "opens lines",
		"/notes":                            "opens lines",

		// Promises and routes.
		"/promises":                         "opens promises",
		"/todos":                            "opens promises",
		"/done promise 3":                   "/done 3",
		"/finished 3":                       "/done 3",
		"/done":                             "opens done",
		"/deadline 3 friday":                "/due 3 2026-11-27",
		"/when 3 friday":                    "/due 3 2026-11-27",
		"/due 3":                            "opens due 3",
		"/carry 2 to engineering":           "/route 2 to engineering",
		`/route 1 "research & development"`: "/route 1 research & development",
		"/route 1 “research & development” @tom due friday": "/route 1 research & development @tom due 2026-11-27",
		"/route 1 «R&D»":            "/route 1 R&D",
		"/route 1 „R&D“":            "/route 1 R&D",
		"/route 2":                  "opens route 2",
		"/department 2 engineering": "/route 2 engineering",
		"/reply 3 next quarter":     "/answer 3 next quarter",
		"/informed 3":               "/told 3",

		// Edits.
		"/edit 3 late again":         "/fix 3 late again",
		"/edit 3":                    "opens fix 3",
		"/correct line 3 late again": "/fix 3 late again",
		"/change p2 they wait":       "/fix p2 they wait",
		"/edit problem 2 they wait":  "/fix p2 they wait",
		"/delete 3":                  "/drop 3",
		"/delete line 3":             "/drop 3",
		"/delete problem 2":          "/drop p2",
		"/remove 3":                  "/drop 3",
		"/rm 3":                      "/drop 3",
		"/drop solution 1":           "/drop s1",
		"/delete @Piet":              `/drop "Piet"`,
		"/delete":                    "opens drop",
		"/pick one 3":                "/pick 3",
		"/prefer 3 2":                "/pick 3 2",
		"/pick":                      "opens pick",
		"/pick line 3 2":             "/pick 3 2",
		"/take back":                 "/undo",
		"/undo":                      "/undo",
		"/bring back":                "/redo",

		// The interview, and beyond it.
		"/finish":        "/end",
		"/worked out":    "/outcome worked-out",
		"/no fit":        "/outcome no-fit",
		"/more to learn": "/outcome more-to-learn",
		"/outcome":       "opens outcome",
		"/result no fit": "/outcome no-fit",
		"/how it ended":  "opens outcome",
		"/help":          "opens help",
		"/h":             "opens help",
		"/?":             "opens help",
		"/keys":          "opens help",
		"/hilfe":         "opens help",
		"/commands":      "opens commands",
		"/missing":       "opens missing",
		"/gate":          "opens missing",
		"/to settle":     "opens to-settle",
		"/doubts":        "opens to-settle",
		"/told before":   "opens told-before",
		"/review":        "opens review",
		"/read":          "opens review",
		"/export":        "opens export",
		"/save":          "opens export",
		"/pdf":           "opens export",
		"/recap":         "opens recap",
		"/summary":       "opens recap",
		"/mail":          "opens recap",
		"/copy":          "opens copy",
		"/library":       "opens library",
		"/back":          "opens library",
		"/search weld":   "opens search weld",
		"/find weld":     "opens search weld",
		"/insight":       "opens insight",
		"/themes":        "opens insight",
		"/advisers":      "opens advisers",
		"/board":         "opens advisers",
		"/quit":          "opens quit",
		"/exit":          "opens quit",
		"/bye":           "opens quit",
		"/new":           "opens new",
		"/settings":      "opens settings",
		"/backup":        "opens backup",
		"/erase":         "opens erase",

		// Mistyped, and what is no command.
		"/weihg 2 every week, 4":  "type /weigh 2 every week, 4",
		"/exprot":                 "type /export",
		"/promis send it":         "+send it",
		"/serach weld":            "type /search weld",
		"/hlep":                   "type /help",
		"/qiut":                   "type /quit",
		"/sett aside 2":           "type /set-aside 2",
		"/backup plan is missing": "type /backup",
		"/usr/bin is full":        "type /note /usr/bin is full to keep it as a line, or /help for all commands",
		"/y":                      "type /help for all of them", "/5": "type /help for all of them", "/lost": "type /help for all of them",
		"/theirs": "type /help for all of them", "/side": "type /help for all of them", "/thanks": "type /help for all of them",
		"/date": "type /help for all of them", "/version": "type /help for all of them", "/fin": "type /find words",
		"/ok 2": "/playback 2 yes", "/okay 2": "/playback 2 yes", "/ja 2": "/playback 2 yes", "/oui 2": "/playback 2 yes",
		"/wrong 2": "/playback 2 no", "/nein 2": "/playback 2 no", "/almost 2: half": "/playback 2 nearly: half",
		"/cancel": "/undo", "/prev": "opens questions", "/status": "opens missing", "/severity 2 5": "/impact 2 how-bad=5",
		"/solve 1 and 2 x": "/solve 1,2 x", "/solve 1 & 2 x": "/solve 1,2 x", "/solve 1, 2 und 3 x": "/solve 1,2,3 x", "/solve 1 and so on": "/solve 1: and so on",
		"/xyzzy": "type /help for all of them",
	}
}

// outcome says in a few words what a line does.
func outcome(line string) string {
	action, err := capture.Context{Day: day(2026, 11, 24), People: []interview.Person{{Name: "Ana"}}}.Parse(line)
	var opens *capture.Opens
	var wrong *capture.Error
	switch {
	case errors.As(err, &opens):
		says := "opens " + opens.Command
		if opens.Number > 0 {
			says += fmt.Sprint(" ", opens.Number)
		}
		return strings.TrimSpace(says + " " + opens.Text)
	case errors.As(err, &wrong):
		return "type " + wrong.Nearest
	}
	return capture.Format(action)
}

// Whatever people try does what they mean, opens it, or is answered with the nearest command; never
// with how to write it as a text.
func TestWhatPeopleTry(t *testing.T) {
	if n := len(tried()); n < 150 {
		t.Fatalf("only %d lines are tried", n)
	}
	for line, want := range tried() {
		got := outcome(line)
		if got != want {
			t.Errorf("%s: %s, want %s", line, got, want)
		}
		if strings.Contains(got, `\`) {
			t.Errorf("%s is answered with a backslash: %s", line, got)
		}
	}
}

// A word stands for one command.
func TestEachWordIsOneCommand(t *testing.T) {
	of := map[string]string{}
	for _, c := range capture.Commands() {
		for _, word := range c.Words() {
			joined := strings.ReplaceAll(word, "-", "")
			if other, twice := of[joined]; twice {
				t.Errorf("%s is a word for /%s and for /%s", word, other, c.Name)
			}
			of[joined] = c.Name
		}
	}
}

// Plain values of a weighing: each is what its shape says, or its place.
func TestWeighingInPlainWords(t *testing.T) {
	for values, want := range map[string]string{
		"every week, 4, half a day each":    `how-often="every week" how-bad=4 costs="half a day each"`,
		"4, every week":                     `how-often="every week" how-bad=4`,
		"half a day each; 4/5; daily":       `how-often=daily how-bad=4 costs="half a day each"`,
		"daily":                             "how-often=daily",
		"twice a month":                     `how-often="twice a month"`,
		"about three times a week":          `how-often="about three times a week"`,
		"two or three times a year":         `how-often="two or three times a year"`,
		"3x a day":                          `how-often="3x a day"`,
		"now and then":                      `how-often="now and then"`,
		"every Friday":                      `how-often="every Friday"`,
		"jeden Freitag, 5":                  `how-often="jeden Freitag" how-bad=5`,
		"zweimal pro Woche, 3, eine Stunde": `how-often="zweimal pro Woche" how-bad=3 costs="eine Stunde"`,
		"chaque semaine, 4 sur 5, 500 €":    `how-often="chaque semaine" how-bad=4 costs="500 €"`,
		"cada semana, 4, dos horas":         `how-often="cada semana" how-bad=4 costs="dos horas"`,
		"4":                                 "how-bad=4",
		"4 out of 5":                        "how-bad=4",
		"500 euros":                         `costs="500 euros"`,
		"€2,000 a month":                    `costs="€2,000 a month"`,
		"1,5 hours, daily":                  `how-often=daily costs="1,5 hours"`,
		"about 2h per shift":                `costs="about 2h per shift"`,
		"ten percent of the steel":          `costs="ten percent of the steel"`,
		"500 euros, a day of two people":    `costs="500 euros, a day of two people"`,
		"every week, 4, half a day, the fitters, new nozzles, a board": `how-often="every week" how-bad=4 costs="half a day" bears="the fitters" tried="new nozzles" wants="a board"`,
		"every week, 4, the fitters, half a day":                       `how-often="every week" how-bad=4 costs="half a day" bears="the fitters"`,
		"every week, 4, their patience":                                `how-often="every week" how-bad=4 costs="their patience"`,
		"bears the fitters":                                            `bears="the fitters"`,
		"4, bears: the fitters":                                        `how-bad=4 bears="the fitters"`,
		"how often: when it rains, tried: a tent":                      `how-often="when it rains" tried="a tent"`,
		"wants a board, a big one":                                     `wants="a board, a big one"`,
		"costs=half a day bears=the fitters":                           `costs="half a day" bears="the fitters"`,
		`"every week", 4`:                                              `how-often="every week" how-bad=4`,
		"«every week», 4":                                              `how-often="every week" how-bad=4`,
		"costs=“half a day”":                                           `costs="half a day"`,
		"half a day every week":                                        "asks",
		"3 days a week":                                                "asks",
		"the fitters":                                                  "asks",
		"every week, the fitters":                                      "asks",
		"4, 5":                                                         "asks",
		"a lot":                                                        "asks",
	} {
		got := outcome("/weigh 2 " + values)
		if want != "asks" {
			want = "/impact 2 " + want
		} else if strings.HasPrefix(got, "type ") {
			got = "asks"
		}
		if got != want {
			t.Errorf("/weigh 2 %s: %s, want %s", values, got, want)
		}
	}
}
