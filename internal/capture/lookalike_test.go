package capture_test

import (
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"

	"hark/internal/capture"
	"hark/internal/interview"
)

// kept is what a line of each kind keeps of a text.
func kept(kind capture.Kind, text string) interview.Action {
	switch kind {
	case capture.KindProblem:
		return interview.Raise{Text: text}
	case capture.KindPromise:
		return interview.Promises{Text: text}
	case capture.KindQuote:
		return quote(text)
	case capture.KindObservation:
		return interview.Add{Kind: interview.Observation, Text: text}
	case capture.KindStrength:
		return interview.Add{Kind: interview.Strength, Text: text}
	case capture.KindThought:
		return interview.Add{Kind: interview.Thought, Text: text}
	case capture.KindFollowUp:
		return interview.Add{Kind: interview.FollowUp, Text: text}
	case capture.KindParaphrase, capture.KindSpeaker, capture.KindTheme, capture.KindLiteral, capture.KindCommand:
	}
	return paraphrase(text)
}

// reads fails unless a line is read as an action, and the action is written as a line that is read
// so.
func reads(t *testing.T, line string, want interview.Action) {
	t.Helper()
	got, err := capture.Parse(line, now)
	if d := cmp.Diff(want, got); d != "" || err != nil {
		t.Errorf("Parse(%q): %v (-want +got)\n%s", line, err, d)
		return
	}
	again, err := capture.Parse(capture.Format(got), now)
	if d := cmp.Diff(got, again); d != "" || err != nil {
		t.Errorf("%q is written as %q: %v\n%s", line, capture.Format(got), err, d)
	}
}

// Each mark, in each form in which keyboards type it and behind all that cannot be seen, means the
// same.
func TestMarkForms(t *testing.T) {
	forms := map[string][]string{
		"!": {"!", "！", "﹗"}, "~": {"~", "～", "〜"}, ">": {">", "＞", "﹥"}, "?": {"?", "？", "﹖"}, "+": {"+", "＋", "﹢"}, "=": {"=", "＝", "﹦"},
		`"`: {`"`, "“", "”", "„", "«", "»", "‹", "›", "「", "『", "｢", "《", "〈", "〝", "＂", "‚", "‘", "❝"},
	}
	unseen := []string{
		"", " ", "\u00A0", "\u3000", "\u200E", "\u200F", "\u200B", "\u200C", "\u200D", "\uFEFF", "\u2060", "\u00AD", "\u202A", "\u2066", "\u061C",
		"\u180E", "\uFE0F", " \u200E ", "\uFEFF\t", "@Ana ", "@Ana: \u200E", "@Ana：", "＠Ana ", "#scrap ", "＃scrap \u200B",
	}
	tried := 0
	for _, row := range capture.Marks() {
		for _, form := range forms[row.Char] {
			for _, front := range unseen {
				for _, between := range []string{"", " ", "\u3000"} {
					line := front + form + between + "we weld it twice"
					want := kept(row.Kind, "we weld it twice")
					got, err := capture.Parse(line, now)
					if err != nil {
						t.Errorf("Parse(%q): %v", line, err)
						continue
					}
					if d := cmp.Diff(want, unnamed(got)); d != "" {
						t.Errorf("Parse(%q) (-want +got):\n%s", line, d)
					}
					if label := (capture.Context{}).Label(line); label.Kind != row.Kind {
						t.Errorf("Label(%q) is %s, want %s", line, label.Kind, row.Kind)
					}
					tried++
				}
			}
		}
	}
	if tried < 1000 {
		t.Errorf("only %d lines were tried", tried)
	}
}

// unnamed takes the speaker and the themes off what a line keeps.
func unnamed(action interview.Action) interview.Action {
	switch a := action.(type) {
	case interview.Add:
		a.Speaker, a.Themes = "", nil
		return a
	case interview.Raise:
		a.Speaker, a.Themes = "", nil
		return a
	case interview.Promises:
		a.Speaker, a.Themes = "", nil
		return a
	}
	return action
}

func TestMarksBeforeNumbers(t *testing.T) {
	for _, text := range []string{
		">50% leave late", "+1 555 0100 is her mobile", "~30 people", "=3x slower", "#1 problem is invoicing", ">€50k orders wait", "~$5 a day",
		">.5 mm is scrap", "+-5% is fine", ">=50% leave late", "~½ of them", "＞５０％ leave late", "＋49 30 123", "～30人が残業", "+٣ hours",
		"〜３０分かかる", ">-€5 is a loss", "+(555) 0100 is her mobile", "+(0)49 30 12", "+/- 5 mm", "=> so they wait", "==x==", "~~old~~", "~/Documents",
		"!= x", "!!! warning", "++ good", "=/= x", "??what", "＝＞ so", "~=5", "<=5",
	} {
		reads(t, text, paraphrase(text))
		reads(t, "@Ana "+text, interview.Add{Kind: interview.Paraphrase, Text: text, Speaker: "Ana"})
		if label := (capture.Context{}).Label(text); label.Kind != capture.KindParaphrase {
			t.Errorf("Label(%q) is %s", text, label.Kind)
		}
	}
	reads(t, "+ 3 samples by friday", interview.Promises{Text: "3 samples", Due: day(2026, 11, 27)})
	for _, text := range []string{"50% leave late", "€5 a day", "３０人"} {
		for _, kind := range []capture.Kind{
			capture.KindProblem, capture.KindPromise, capture.KindQuote, capture.KindObservation, capture.KindStrength, capture.KindThought,
			capture.KindFollowUp,
		} {
			want := kept(kind, text)
			reads(t, capture.Format(want), want)
		}
	}
	reads(t, `@Ana 6" pipes leak`, interview.Add{Kind: interview.Paraphrase, Text: `6" pipes leak`, Speaker: "Ana"})
	reads(t, `@Ana, Bo says "no"`, interview.Add{Kind: interview.Paraphrase, Text: `Bo says "no"`, Speaker: "Ana"})
	reads(t, `@Ana, Bo"`, interview.Add{Kind: interview.Paraphrase, Text: `Bo"`, Speaker: "Ana"})
	reads(t, "!3 of 5 are late", interview.Raise{Text: "3 of 5 are late"})
	reads(t, "?3 or 4 shifts", interview.Add{Kind: interview.FollowUp, Text: "3 or 4 shifts"})
	reads(t, "> $5 is too little", interview.Add{Kind: interview.Thought, Text: "$5 is too little"})
}

func TestQuotationMarks(t *testing.T) {
	// Around a whole text, and in front of it only.
	for _, pair := range []string{
		`""`, `“”`, `””`, `„“`, `„”`, `«»`, `»«`, `»»`, `‹›`, `›‹`, `「」`, `『』`, `｢｣`, `《》`, `〈〉`, `〝〞`, `〝〟`, `＂＂`, `‘’`, `‚‘`, `‚’`, `❝❞`,
		`“"`, `"”`, `„"`, `＂"`, `’’`, `''`,
	} {
		marks := []rune(pair)
		open, end := string(marks[0]), string(marks[1])
		for _, c := range []struct{ line, want string }{
			{open + "We weld it twice" + end, "We weld it twice"},
			{open + " We weld it twice\u00A0" + end, "We weld it twice"},
			{open + "We weld it twice" + end + " #welding", "We weld it twice"},
			{open + "We weld it twice" + end + ".", "We weld it twice."},
			{open + "We weld it twice", "We weld it twice"},
			{open + "もう限界です" + end, "もう限界です"},
		} {
			apostrophe := (open == "'" || open == "’") && (c.line == open+"We weld it twice" || c.line[len(c.line)-1] == '.')
			for _, front := range []string{"", "!", "！", "@Ana ", "@Ana: ", "@Ana !", "\u200E"} {
				got, err := capture.Parse(front+c.line, now)
				if err != nil {
					t.Errorf("Parse(%q): %v", front+c.line, err)
					continue
				}
				problem := front == "!" || front == "！" || front == "@Ana !"
				want := kept(capture.KindQuote, c.want)
				switch {
				case problem && apostrophe:
					want = interview.Raise{Text: c.line}
				case problem:
					want = interview.Raise{Text: c.want, Quoted: true}
				case apostrophe:
					want = paraphrase(c.line)
				}
				if d := cmp.Diff(want, unnamed(got)); d != "" {
					t.Errorf("Parse(%q) (-want +got):\n%s", front+c.line, d)
				}
			}
		}
	}
	for line, want := range map[string]interview.Action{
		// Only the partner is taken off.
		"„We weld»":         quote("We weld»"),
		"«We weld“":         quote("We weld“"),
		"「We weld』":         quote("We weld』"),
		"\"We weld»":        quote("We weld»"),
		"‘We weld\"":        quote("We weld\""),
		"„Er sagte „nein““": quote("Er sagte „nein“"),
		"„Er sagte „nein“":  quote("Er sagte „nein“"),
		"«dire «oui»»":      quote("dire «oui»"),
		"»Er sagt »nein««":  quote("Er sagt »nein«"),
		"‘he said ‘no’’":    quote("he said ‘no’"),
		"‘he said ‘no’":     quote("he said ‘no’"),
		"‘We don’t weld’":   quote("We don’t weld"),
		"‚Wir machen‘s‘":    quote("Wir machen‘s"),
		// What begins with something in quotes is as it stands.
		"„Das geht nicht“, sagte er":   quote("„Das geht nicht“, sagte er"),
		"「もう限界」と言っていた":                 quote("「もう限界」と言っていた"),
		"《合同》太长了":                      quote("《合同》太长了"),
		`"Swarm" is what they call it`: quote(`"Swarm" is what they call it`),
		"!«Swarm» is their word":       interview.Raise{Text: "«Swarm» is their word"},
		// Straight into the name.
		"@Ana「もう限界」":            interview.Add{Kind: interview.Quote, Text: "もう限界", Speaker: "Ana"},
		"@„Ana Ruiz“ ~ yes":     interview.Add{Kind: interview.Observation, Text: "yes", Speaker: "Ana Ruiz"},
		"@«Ana Ruiz»: yes":      interview.Add{Kind: interview.Paraphrase, Text: "yes", Speaker: "Ana Ruiz"},
		"/left-out „das Lager“": interview.AskLeftOut{Text: "das Lager", Quoted: true},
		"/left-out «le stock":   interview.AskLeftOut{Text: "le stock", Quoted: true},
		"/stage 「問題」":           interview.EnterStage{Name: "問題"},
	} {
		reads(t, line, want)
	}
}

// An apostrophe in front of a word opens no quotation.
func TestApostrophes(t *testing.T) {
	for _, text := range []string{
		"'twas late on friday", "’twas late on friday", "‘twas late on friday", "'s ochtends gaat het mis", "’s avonds", "‘s avonds", "'t is te laat",
		"'cause nobody counts", "‘cause nobody counts", "’em boxes", "'90s machines", "‘90s machines", "'til friday", "'We weld it twice", "’We weld it",
		"'n bietjie laat", "'Swarm' and 'Flow'", "'the customers' boxes'", "'", "’", "''", "'twas nothin'", "'5' boxes'", "'k weet het niet'",
	} {
		want := paraphrase(text)
		reads(t, text, want)
		reads(t, "!"+text, interview.Raise{Text: text})
		reads(t, "@Ana "+text, interview.Add{Kind: interview.Paraphrase, Text: text, Speaker: "Ana"})
	}
	reads(t, "‘Cause we can’", quote("Cause we can"))
	reads(t, `\‘We weld`, paraphrase("‘We weld"))
	reads(t, `\'We weld'`, paraphrase("'We weld'"))
	reads(t, `\'twas`, paraphrase("'twas"))
}

func TestFullWidth(t *testing.T) {
	for line, want := range map[string]interview.Action{
		"／end":                   interview.End{},
		"／ ask ３":                nil,
		"＼！だめ":                   paraphrase("！だめ"),
		"＼>x":                    paraphrase(">x"),
		"＼＃納期":                   paraphrase("＃納期"),
		"＼x":                     paraphrase("＼x"),
		`\＼x`:                    paraphrase("＼x"),
		"遅れる ＃納期":                paraphrase("遅れる", "納期"),
		"いつも ＃納期 が遅い":            paraphrase("いつも 納期 が遅い", "納期"),
		"＃納期　遅れる":                paraphrase("遅れる", "納期"),
		"＃1 の問題":                 paraphrase("＃1 の問題"),
		"＋図面を送る ＠Tom due friday": interview.Promises{Text: "図面を送る", Owner: "Tom", Due: day(2026, 11, 27)},
		"＋＠Tom 図面を送る":            interview.Promises{Text: "図面を送る", Owner: "Tom"},
		"+ask ＠Tom about it":     interview.Promises{Text: "ask Tom about it"},
		"we told ＠tom":           paraphrase("we told ＠tom"),
		"＠田中：もう限界":               interview.Add{Kind: interview.Paraphrase, Text: "もう限界", Speaker: "田中"},
		"/theme 2 ＃a -＃b":        interview.Tag{Problem: 2, Add: []string{"a"}, Remove: []string{"b"}},
	} {
		if want != nil {
			reads(t, line, want)
		} else if action, err := capture.Parse(line, now); err == nil {
			t.Errorf("%q is read as %#v", line, action)
		}
	}
}

// A row of the same marks is a line of Markdown, and no text behind a mark.
func TestRowsOfMarks(t *testing.T) {
	for _, text := range []string{"====", "~~~", ">>>", "+++", "!!", "???", "＝＝"} {
		reads(t, text, paraphrase(text))
	}
	reads(t, "! !!", interview.Raise{Text: "!!"})
	reads(t, "!!it stops", paraphrase("!!it stops"))
	reads(t, ">>they guess", kept(capture.KindThought, ">they guess"))
}

// A picture in Markdown is text, and a ! in front of a bracket is a problem.
func TestPictures(t *testing.T) {
	for _, text := range []string{"![[board.png]]", "![the board](board.png)", "![](board.png) as drawn", "![[board.png|300]] as drawn"} {
		reads(t, text, paraphrase(text))
	}
	reads(t, "![sic] they weld twice", interview.Raise{Text: "[sic] they weld twice"})
	reads(t, "! [[board.png]]", interview.Raise{Text: "[[board.png]]"})
}

func TestNothingSeen(t *testing.T) {
	for _, line := range []string{"\u200E", "\uFEFF", " \u200B\u00AD ", "\u2060\u3000"} {
		if got, err := capture.Parse(line, now); !errors.Is(err, capture.ErrEmpty) {
			t.Errorf("Parse(%q) = %#v, %v", line, got, err)
		}
	}
	// Behind them a text is as it stands, also where a backslash keeps them.
	reads(t, "\u200Eshalom", paraphrase("shalom"))
	reads(t, "\\\u200Eshalom", paraphrase("\u200Eshalom"))
	reads(t, `"`+"\u200Eshalom", quote("\u200Eshalom"))
	for _, kind := range []interview.LineKind{interview.Paraphrase, interview.Quote} {
		action := interview.Add{Kind: kind, Text: "\u200B!x"}
		reads(t, capture.Format(action), action)
	}
}
