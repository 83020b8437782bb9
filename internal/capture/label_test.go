package capture_test

import (
	"reflect"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"hark/internal/capture"
	"hark/internal/interview"
)

func TestLabel(t *testing.T) {
	const (
		meaning = "their meaning, your words"
		usage   = "/playback P yes|nearly|no [by NAME] [: correction]"
	)
	for text, want := range map[string]capture.Hint{
		"":                  {Kind: capture.KindParaphrase, Label: meaning},
		"  ":                {Kind: capture.KindParaphrase, Label: meaning},
		"They weld":         {Kind: capture.KindParaphrase, Label: meaning},
		`"`:                 {Kind: capture.KindQuote, Label: "their words"},
		"  “We weld":        {Kind: capture.KindQuote, Label: "their words"},
		"!":                 {Kind: capture.KindProblem, Label: "a problem, your wording"},
		`!"`:                {Kind: capture.KindProblem, Label: "a problem, in their words"},
		`@Ana !“The`:        {Kind: capture.KindProblem, Label: "a problem, in their words"},
		"~x":                {Kind: capture.KindObservation, Label: "what you saw"},
		">x":                {Kind: capture.KindThought, Label: "your thought, held back"},
		"?x":                {Kind: capture.KindFollowUp, Label: "to ask later"},
		"+x due fri":        {Kind: capture.KindPromise, Label: "a promise"},
		"/":                 {Kind: capture.KindCommand, Label: "a command"},
		"/p":                {Kind: capture.KindCommand, Label: "a command"},
		"/pl":               {Kind: capture.KindCommand, Label: "a command", Detail: usage},
		"/playback 2 y":     {Kind: capture.KindCommand, Label: "a command", Detail: usage},
		"/nonsense":         {Kind: capture.KindCommand, Label: "a command"},
		"@":                 {Kind: capture.KindSpeaker, Label: "who said it"},
		"@An":               {Kind: capture.KindSpeaker, Label: "who said it"},
		`@"Ana Ru`:          {Kind: capture.KindSpeaker, Label: "who said it"},
		"@Ana ":             {Kind: capture.KindParaphrase, Label: meaning},
		"@Ana We":           {Kind: capture.KindParaphrase, Label: meaning},
		`@"Ana Ruiz": "`:    {Kind: capture.KindQuote, Label: "their words"},
		"@Ana #scrap !":     {Kind: capture.KindProblem, Label: "a problem, your wording"},
		"#scrap ~":          {Kind: capture.KindObservation, Label: "what you saw"},
		"#scrap":            {Kind: capture.KindParaphrase, Label: meaning},
		"@Ana /playback":    {Kind: capture.KindCommand, Label: "a command", Detail: usage},
		`\`:                 {Kind: capture.KindParaphrase, Label: meaning},
		`\/playback`:        {Kind: capture.KindParaphrase, Label: meaning},
		`@Ana \!not a prob`: {Kind: capture.KindParaphrase, Label: meaning},
	} {
		if d := cmp.Diff(want, (capture.Context{}).Label(text)); d != "" {
			t.Errorf("Label(%q) (-want +got):\n%s", text, d)
		}
	}
}

// The label says what Parse will make of the line.
func TestLabelAgreesWithParse(t *testing.T) {
	for _, row := range capture.Marks() {
		line := row.Char + "x"
		switch row.Kind {
		case capture.KindSpeaker, capture.KindTheme, capture.KindLiteral, capture.KindCommand:
			continue
		case capture.KindParaphrase, capture.KindQuote, capture.KindProblem, capture.KindObservation,
			capture.KindStrength, capture.KindThought, capture.KindFollowUp, capture.KindPromise:
		}
		if got := (capture.Context{}).Label(line); got.Kind != row.Kind || got.Label != row.Label {
			t.Errorf("Label(%q) = %+v, want that of %+v", line, got, row)
		}
		action, err := capture.Parse(line, now)
		if err != nil || capture.Format(action) != line {
			t.Errorf("%q is read as %#v and written as %q: %v", line, action, capture.Format(action), err)
		}
	}
}

// A kind of line that nobody can type would be shown, and typed again, as a paraphrase.
func TestEveryLineKindHasAMark(t *testing.T) {
	for _, kind := range interview.LineKinds() {
		if kind == interview.Unsettled {
			continue // it is what no mark made a line of
		}
		line := capture.Format(interview.Add{Kind: kind, Text: "x"})
		if action, err := capture.Parse(line, now); err != nil || !reflect.DeepEqual(action, interview.Add{Kind: kind, Text: "x"}) {
			t.Errorf("a %s is typed as %q, which is read as %#v (%v)", kind, line, action, err)
		}
	}
}

func TestTables(t *testing.T) {
	marks := ""
	for _, row := range capture.Marks() {
		marks += row.Char
		if row.Label == "" || row.Does == "" || !strings.HasPrefix(row.Usage, row.Char) || row.Usage == "" {
			t.Errorf("a row is not whole: %+v", row)
		}
	}
	if want := `"!~=>?+@#\/`; marks != want {
		t.Errorf("the marks are %s, want %s", marks, want)
	}
	seen, group := map[string]bool{}, ""
	for _, c := range capture.Commands() {
		if c.Group != group && seen[c.Group] {
			t.Errorf("the group %q of /%s is in two places", c.Group, c.Name)
		}
		if seen["/"+c.Name] {
			t.Errorf("/%s is there twice", c.Name)
		}
		group = c.Group
		seen[c.Group], seen["/"+c.Name] = true, true
	}
}

func TestComplete(t *testing.T) {
	for _, c := range []struct {
		text string
		kind capture.CompletionKind
		// prefix is what is typed of the name; name is chosen, and the line then
		// reads after.
		prefix, name, after string
	}{
		{"/", capture.CompleteCommand, "", "end", "/end "},
		{"  /pl", capture.CompleteCommand, "pl", "playback", "  /playback "},
		{"@Ana /pl", capture.CompleteCommand, "pl", "playback", "@Ana /playback "},
		{"@", capture.CompletePerson, "", "Ana", "@Ana "},
		{"@An", capture.CompletePerson, "An", "Ana", "@Ana "},
		{"@An", capture.CompletePerson, "An", "Ana Ruiz", `@"Ana Ruiz" `},
		{`@"Ana R`, capture.CompletePerson, "Ana R", "Ana Ruiz", `@"Ana Ruiz" `},
		{"#x @An", capture.CompletePerson, "An", "Ana", "#x @Ana "},
		{"+send it @", capture.CompletePerson, "", "tom", "+send it @tom "},
		{"+send it @t", capture.CompletePerson, "t", "tom", "+send it @tom "},
		{`+send it @"Ana R`, capture.CompletePerson, "Ana R", "Ana Ruiz", `+send it @"Ana Ruiz" `},
		{"+@t", capture.CompletePerson, "t", "tom", "+@tom "},
		{"#", capture.CompleteTheme, "", "scrap", "#scrap "},
		{"#sc", capture.CompleteTheme, "sc", "scrap", "#scrap "},
		{`"the skip #`, capture.CompleteTheme, "", "scrap", `"the skip #scrap `},
		{"@Ana !the #sc", capture.CompleteTheme, "sc", "scrap", "@Ana !the #scrap "},
		{`"#sc`, capture.CompleteTheme, "sc", "scrap", `"#scrap `},
		{"/theme 2 #a #sc", capture.CompleteTheme, "sc", "scrap", "/theme 2 #a #scrap "},
		{"/theme 2 -#sc", capture.CompleteTheme, "sc", "scrap", "/theme 2 -#scrap "},
		{"/problem 3 #sc", capture.CompleteTheme, "sc", "scrap", "/problem 3 #scrap "},
		{"/route 2 sales @t", capture.CompletePerson, "t", "tom", "/route 2 sales @tom "},
		{"/route 2 ", capture.CompleteDepartment, "", "sales", "/route 2 sales "},
		{"/ro p2: cust", capture.CompleteDepartment, "cust", "customer service", "/ro p2: customer service "},
		{"/route 2 customer s", capture.CompleteDepartment, "customer s", "customer service", "/route 2 customer service "},
		{"/route 2 r", capture.CompleteDepartment, "r", "R&D due friday", `/route 2 R&D \due friday `},
		{"/adviser ", capture.CompletePerson, "", "Ana Ruiz", "/adviser Ana Ruiz "},
		{"/adviser ana r", capture.CompletePerson, "ana r", "Ana Ruiz", "/adviser Ana Ruiz "},
		{"/adviser @an", capture.CompletePerson, "an", "Ana", "/adviser Ana "},
		{"/person An", capture.CompletePerson, "An", "Ruiz, Ana", `/person "Ruiz, Ana" `},
		{"/playback 2 yes by ", capture.CompletePerson, "", "Ana", "/playback 2 yes by Ana "},
		{"/pl 2 yes BY ana r", capture.CompletePerson, "ana r", "Ana Ruiz", "/pl 2 yes BY Ana Ruiz "},
	} {
		got := capture.Complete(c.text)
		want := capture.Completion{Kind: c.kind, Prefix: c.prefix}
		if d := cmp.Diff(want, got, cmpopts.IgnoreFields(capture.Completion{}, "From", "To"), cmpopts.IgnoreUnexported(capture.Completion{})); d != "" {
			t.Errorf("Complete(%q) (-want +got):\n%s", c.text, d)
			continue
		}
		if after := c.text[:got.From] + got.Insert(c.name) + c.text[got.To:]; after != c.after {
			t.Errorf("%q with %s is %q, want %q", c.text, c.name, after, c.after)
		}
	}
}

func TestCompleteNothing(t *testing.T) {
	for _, text := range []string{
		"", " ", "They weld", "/playback ", "/ ", "/playback 2 y", "/nonsense #x", "/p @x", "@Ana ", "@Ana we", `@"Ana Ruiz"`, "@ana/",
		"we told @tom", "C#", "the #scrap ", "#1", `\#sc`, `"x \#sc`, `+send \@to`, "+mail ana@ex", "/ask #x", "/theme 2 x", "/reword 2 #x",
		"/person Ana, ", "/adviser \"Ana\"", "/playback 2 yes by Ana: ", "/playback 2 yes by",
		"/route ", "/route 2", "/route x ", "/route 2 sales @tom ",
	} {
		got := capture.Complete(text)
		if got.Kind != capture.CompleteNothing || got.From != len(text) || got.To != len(text) || got.Insert("Ana") != "" {
			t.Errorf("Complete(%q) = %+v, want nothing", text, got)
		}
	}
}
