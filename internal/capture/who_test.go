package capture_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"hark/internal/capture"
	"hark/internal/interview"
)

// Words that stand for somebody whom they do not name are asked about: who said yes is on record.
func TestNobodysNames(t *testing.T) {
	for _, line := range []string{`@she "late again`, `@ella "tarde`, `/playback 1 yes by her`, `/playback 1 yes by jemand`, `+send it @you`, `@he !it jams`} {
		if action, err := room().Parse(line); err == nil {
			t.Errorf("Parse(%q): %+v", line, action)
		}
	}
}

// Whom earlier meetings know is read only for a line that may name one of them.
func TestMetIsReadForANameAlone(t *testing.T) {
	for line, names := range map[string]bool{
		"one weld in five": false, `"they said so`: false, "!it is slow #scrap": false, "Ana Lima: it is slow": false,
		"/impact 1 how-bad=4": false, "/playback 1 yes": false,
		"@Ana Lima \"it is slow": true, "+send the list @Bo Lindqvist": true, "+Bo Lindqvist sends it": true,
	} {
		in, read := room(), false
		met := in.Met
		in.Met = func() []string {
			read = true
			return met()
		}
		if _, err := in.Parse(line); err != nil {
			t.Errorf("%q: %v", line, err)
		}
		if read != names {
			t.Errorf("%q reads whom earlier meetings know: %t, want %t", line, read, names)
		}
	}
}

// room is a meeting with people of both sides; Ana Lima and Bo Lindqvist are known from earlier
// ones.
func room() capture.Context {
	return capture.Context{
		Day: day(2026, 11, 24), Customer: "Harbour Welding", Met: func() []string { return []string{"Ana Lima", "Bo Lindqvist"} },
		People: []interview.Person{
			{Name: "Bo", Side: interview.Ours},
			{Name: "Miguel", Side: interview.Theirs},
			{Name: "Dan Berg", Side: interview.Ours},
			{Name: "Sinéad O'Brien", Side: interview.Theirs},
			{Name: "María de la Cruz", Side: interview.Theirs},
			{Name: "Jürgen Müller", Side: interview.Theirs},
			{Name: "田中 花子", Side: interview.Theirs},
			{Name: "Joan", Side: interview.Theirs},
			{Name: "Ana Ibarra", Side: interview.Theirs},
			{Name: "Ruth", Side: interview.Theirs, Absent: true},
		},
	}
}

// Who said a line: the longest name that is known, then one word; with a mark behind it, all words
// of a name that nobody knows; and those in the room, with a colon.
func TestWhoSaidIt(t *testing.T) {
	said := func(kind interview.LineKind, who, text string) interview.Action {
		return interview.Add{Kind: kind, Speaker: who, Text: text}
	}
	const quote, paraphrase = interview.Quote, interview.Paraphrase
	for line, want := range map[string]interview.Action{
		`@Bo Lindqvist "the pallets fall over`:  said(quote, "Bo Lindqvist", "the pallets fall over"),
		`@bo lindqvist "the pallets fall over`:  said(quote, "bo lindqvist", "the pallets fall over"),
		`@Bo Lindqvist the pallets fall over`:   said(paraphrase, "Bo Lindqvist", "the pallets fall over"),
		`@Bo Lindqvist: the pallets fall over`:  said(paraphrase, "Bo Lindqvist", "the pallets fall over"),
		`@B. Lindqvist the pallets fall over`:   said(paraphrase, "B. Lindqvist", "the pallets fall over"),
		`@Lindqvist, Bo "the pallets fall over`: said(paraphrase, "Lindqvist", `Bo "the pallets fall over`),
		`@Bo the pallets fall over`:             said(paraphrase, "Bo", "the pallets fall over"),
		`@Bo Lind "the pallets`:                 said(quote, "Bo Lind", "the pallets"),
		`@Bo Lind says "the pallets`:            said(paraphrase, "Bo", `Lind says "the pallets`),
		`@Ana Lima "late again`:                 said(quote, "Ana Lima", "late again"),
		`@Ana I told them`:                      said(paraphrase, "Ana", "I told them"),
		`@Ana me and my team`:                   said(paraphrase, "Ana", "me and my team"),
		`@Jo an invoice is missing`:             said(paraphrase, "Jo", "an invoice is missing"),
		`@Dr. Ana Lima late again`:              said(paraphrase, "Dr. Ana Lima", "late again"),
		`@Dr. Weiss late again`:                 said(paraphrase, "Dr. Weiss", "late again"),
		`@Dr. Zoe Weiss "late again`:            said(quote, "Dr. Zoe Weiss", "late again"),
		`@Zoe Weiss late again`:                 said(paraphrase, "Zoe", "Weiss late again"),
		`@Zoe Weiss "late again`:                said(quote, "Zoe Weiss", "late again"),
		`@Zoe Weiss, "late again`:               said(quote, "Zoe Weiss", "late again"),
		`@Zoe Weiss ~looks tired`:               said(interview.Observation, "Zoe Weiss", "looks tired"),
		`@Piet van der Berg "late again`:        said(quote, "Piet van der Berg", "late again"),
		`@Zoe OK "let us try`:                   said(paraphrase, "Zoe", `OK "let us try`),
		`@Zoe said "let us try`:                 said(paraphrase, "Zoe", `said "let us try`),
		`@sinead o’brien "late again`:           said(quote, "sinead o’brien", "late again"),
		`@Maria de la Cruz late again`:          said(paraphrase, "Maria de la Cruz", "late again"),
		`@Herr Müller zu spät`:                  said(paraphrase, "Herr Müller", "zu spät"),
		`@Juergen Mueller zu spät`:              said(paraphrase, "Juergen Mueller", "zu spät"),
		`@田中 花子「遅い」`:                            said(quote, "田中 花子", "遅い"),
		`@田中 花子さん 遅い`:                           said(paraphrase, "田中 花子さん", "遅い"),
		`Miguel: we lose a day`:                 said(paraphrase, "Miguel", "we lose a day"),
		`miguel: "we lose a day`:                said(quote, "miguel", "we lose a day"),
		`Miguel : "we lose a day`:               said(paraphrase, "", `Miguel : "we lose a day`),
		`Miguel:we lose a day`:                  said(paraphrase, "", "Miguel:we lose a day"),
		`Miguel: ~looks tired`:                  said(interview.Observation, "Miguel", "looks tired"),
		`Dan Berg: >he may leave`:               said(interview.Thought, "Dan Berg", "he may leave"),
		`O'Brien： 遅い`:                           said(paraphrase, "O'Brien", "遅い"),
		`Miguel: #scrap "we lose a day`:         interview.Add{Kind: quote, Speaker: "Miguel", Text: "we lose a day", Themes: []string{"scrap"}},
		`Miguel: !the press jams`:               interview.Raise{Speaker: "Miguel", Text: "the press jams"},
		`@them "late again`:                     said(quote, "them", "late again"),
		`@der Kunde sagt`:                       said(paraphrase, "der", "Kunde sagt"),
		`@eux "trop tard`:                       said(quote, "them", "trop tard"),
		`@Ella "demasiado tarde`:                said(quote, "Ella", "demasiado tarde"),
		`/playback 1 yes by them`:               interview.PlayBack{Problem: 1, Answer: interview.Yes, By: "them"},
		`/playback 1 yes by the customer`:       interview.PlayBack{Problem: 1, Answer: interview.Yes, By: "them"},
		`/playback 1 yes by el cliente`:         interview.PlayBack{Problem: 1, Answer: interview.Yes, By: "them"},
		`/route 1 it @uns`:                      interview.Carry{Problem: 1, Department: "it", Owner: "us"},
		`+send the list @wir`:                   interview.Promises{Text: "send the list", Owner: "us"},
		`+send the list @customer`:              interview.Promises{Text: "send the list", Owner: "them"},
		`Miguel:`:                               said(paraphrase, "", "Miguel:"),
		`Note: call them`:                       said(paraphrase, "", "Note: call them"),
		`Ruth: not in the room`:                 said(paraphrase, "", "Ruth: not in the room"),
		`Bo Lindqvist: not in the room`:         said(paraphrase, "", "Bo Lindqvist: not in the room"),
		`Ana says: late again`:                  said(paraphrase, "", "Ana says: late again"),
		`\Miguel: is on the label`:              said(paraphrase, "", "Miguel: is on the label"),
		`+send the list @Bo Lindqvist`:          interview.Promises{Text: "send the list", Owner: "Bo Lindqvist"},
		`+send the list @Bo Lindqvist by 3 dec`: interview.Promises{Text: "send the list", Owner: "Bo Lindqvist", Due: day(2026, 12, 3)},
		`+@Bo Lindqvist sends the list`:         interview.Promises{Text: "sends the list", Owner: "Bo Lindqvist"},
		`+send it to @Bo Lindqvist.`:            interview.Promises{Text: "send it to Bo Lindqvist."},
		`/route 1 it @Bo Lindqvist due 3 dec`:   interview.Carry{Problem: 1, Department: "it", Owner: "Bo Lindqvist", Due: day(2026, 12, 3)},
		`/playback 1 yes by Bo Lindqvist`:       interview.PlayBack{Problem: 1, Answer: interview.Yes, By: "Bo Lindqvist"},
		`/fix 3 @Ana Lima late`:                 interview.Fix{Number: 3, Speaker: new("Ana Lima"), Text: "late"},
		`/fix 3 @Bo Lindqvist`:                  interview.Fix{Number: 3, Speaker: new("Bo Lindqvist")},
	} {
		got, err := room().Parse(line)
		if d := cmp.Diff(want, got); d != "" || err != nil {
			t.Errorf("Parse(%q): %v (-want +got)\n%s", line, err, d)
		}
	}
}
