package capture_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"hark/internal/capture"
)

type errorCase struct {
	line    string
	reason  string
	nearest string
}

// errorCases are lines that cannot be understood, and what is said about them.
func errorCases() []errorCase {
	const (
		impact   = "how-often=… how-bad=1..5 costs=… bears=… tried=… wants=…"
		playback = " [by NAME] [: correction]"
		facets   = "how-often, how-bad, costs, bears, tried, wants"
		things   = "a line, a promise or a route, of a problem (p2) or of a solution (s1)"
	)
	return []errorCase{
		// Speakers.
		{"@", "There is no name behind the @", "@Ana text"},
		{"@ weld", "There is no name behind the @", "@Ana text"},
		{"@Ana", "There is nothing yet that Ana said", "@Ana text"},
		{"@Ana: ", "There is nothing yet that Ana said", "@Ana text"},
		{`@"Ana Ruiz"`, "There is nothing yet that Ana Ruiz said", `@"Ana Ruiz" text`},
		{`@"Ana Ruiz weld`, "The name in front has no closing quotation mark", `@"Ana Ruiz" text`},
		{`@"" weld`, "The name in front has no closing quotation mark", `@"Ana Ruiz" text`},
		{"@ana@example.com weld", "“@ana@example.com” is not one name", `@"ana@example.com" weld`},
		{"@Ana /playback 2 yes by Tom", "Only one person answers: “Ana” stands in front and “Tom” behind the answer", "/playback 2 yes by Tom"},
		{"@Ana /end", "/end takes nobody's name in front", "/end"},
		{"@Ana /react 1 good", "/react takes nobody's name in front", "/react 1 good"},
		{"#scrap /end", "A command has no themes in front of it", "/end"},

		// Marks without a text.
		{`"`, `There are no words behind the " yet`, `"text`},
		{`""`, `There are no words behind the " yet`, `"text`},
		{"“ ”", "There are no words behind the “ yet", `"text`},
		{"!", "There are no words behind the ! yet", "!text"},
		{"~ ", "There are no words behind the ~ yet", "~text"},
		{">", "There are no words behind the > yet", ">text"},
		{"@Ana ?", "There are no words behind the ? yet", "?text"},
		{"+@tom due friday", "There are no words behind the + yet", "+text"},

		// Names of commands.
		{"/", "There is no command behind the slash", "one, as in /playback 1 yes"},
		{"/persom Tom, ours", "There is no command “/persom”", "/person Tom, ours"},
		{"/persom", "There is no command “/persom”", "/person Name, role [, ours|theirs]"},
		{"/palyback 2 yes", "There is no command “/palyback”", "/playback 2 yes"},
		{"/playbck 2 maybe", "There is no command “/playbck”", "/playback P yes|nearly|no" + playback},
		{"/re", "“/re” is the beginning of several commands", "/rename, /respect, /react, /reword, /redo or /reopen"},
		{"/delete", "/delete needs the number of " + things, "/delete N"},
		{"/weihg 2 every week, 4", "There is no command “/weihg”", "/weigh 2 every week, 4"},
		{"/weihg", "There is no command “/weihg”", "/weigh P " + impact},
		{"/confrim 2", "There is no command “/confrim”", "/confirm 2"},
		{"/exprot", "There is no command “/exprot”", "/export"},
		{"/xyzzy", "There is no command “/xyzzy”", "/help for all of them"},
		{"/usr/bin is full", "There is no command “/usr/bin”", "/note /usr/bin is full to keep it as a line, or /help for all commands"},
		{"/x\x1b]0;t\x07", "There is no command “/x␛]0;t␇”", "/help for all of them"},

		// Numbers, of every sort of thing.
		{"/ask", "/ask needs the number of a question", "/ask N"},
		{"/ask 0", "“0” is not the number of a question", "/ask N"},
		{"/ask -1", "“-1” is not the number of a question", "/ask N"},
		{"/ask +1", "“+1” is not the number of a question", "/ask N"},
		{"/ask 1.5", "“1.5” is not the number of a question", "/ask N"},
		{"/ask 99999999999999999999", "“99999999999999999999” is not the number of a question", "/ask N"},
		{"/ask 1 2", "“2” does not belong there", "/ask 1"},
		{"/problem", "/problem needs a text", "/problem N [text]"},
		{"/impact x costs=1", "“x” is not the number of a problem", "/impact P " + impact},
		{"/playback", "/playback needs the number of a problem", "/playback P yes|nearly|no" + playback},
		{"/aside x", "“x” is not the number of a problem", "/aside P [: reason]"},
		{"/take-up 2 x", "“x” does not belong there", "/take-up 2"},
		{"/raised", "/raised needs the number of a problem", "/raised P unprompted|asked"},
		{"/tie", "/tie needs the number of a line", "/tie N P"},
		{"/join 2", "/join needs the number of a problem", "/join 2 P"},
		{"/join Bob Hay Robert", "/join needs two numbers or two names", "/join NAME with NAME"},
		{"/join Bob", "/join needs two numbers or two names", "/join NAME with NAME"},
		{"/rename Bob Hay Robert", "/rename needs two names", "/rename NAME to NAME"},
		{"/rename Ana", "/rename needs two names", "/rename NAME to NAME"},
		{"/rename Ana to", "/rename needs two names", "/rename NAME to NAME"},
		{"/rename Ana to Ana Lima, ours", "A side is no part of a name", "/rename Ana to Ana Lima"},
		{"/tie 12", "/tie needs the number of a problem", "/tie 12 P"},
		{"/tie 12 2 3", "“3” does not belong there", "/tie 12 2"},
		{"/untie x", "“x” is not the number of a line", "/untie N"},
		{"/solve x y", "“x” is not the number of a problem", "/solve P[,P…] text"},
		{"/respect", "/respect needs the number of a problem", "/respect P text"},
		{"/advise x", "“x” is not the number of a problem", "/advise P text"},
		{"/share", "/share needs the number of a solution", "/share S ours=… theirs=…"},
		{"/react p1 x", "“p1” is not the number of a solution", "/react S text"},
		{"/agree", "/agree needs the number of a solution", "/agree S"},
		{"/agree 1 2", "“2” does not belong there", "/agree 1"},
		{"/decline x", "“x” is not the number of a solution", "/decline S"},
		{"/route x y", "“x” is not the number of a problem", "/route P department [@owner] [due …]"},
		{"/answer x", "“x” is not the number of a route", "/answer N text"},
		{"/due x", "“x” is not the number of a promise or a route", "/due N DAY|none"},
		{"/due 13", "/due needs a day, or none", "/due 13 DAY|none"},
		{"/due 13 whenever", "There is no day in “whenever”", "due friday, due 3 dec or due 2026-12-03"},
		{"/done", "/done needs the number of a promise", "/done N"},
		{"/told x", "“x” is not the number of a promise or a route", "/told N"},
		{"/reword", "/reword needs the number of a problem", "/reword P text"},
		{"/theme #a", "“#a” is not the number of a problem", "/theme P #a #b -#c"},
		{"/fix", "/fix needs the number of " + things, "/fix N text"},
		{"/pick", "/pick needs the number of " + things, "/pick N [FIELD] [VALUE]"},
		{"/pick q2", "“q2” is not the number of " + things, "/pick N [FIELD] [VALUE]"},
		{"/pick the second", "“the” is not the number of " + things, "/pick N [FIELD] [VALUE]"},
		{"/pick outcoem 1", "“outcoem” is not the number of something, nor what there are two values of", "/pick outcome 1"},
		{"/pick @Ana role 1", "Of somebody in the room the last that is typed holds, and nothing is picked", "/person NAME, role, ours|theirs"},
		{"/pick 3 0", "The values are counted from 1", "/pick 3 [FIELD] [VALUE]"},
		{"/pick 3 due 0", "The values are counted from 1", "/pick 3 [FIELD] [VALUE]"},
		{"/pick 3 -1", "“-1” is not what there are two values of, nor the number of one", "/pick 3 [FIELD] [VALUE]"},
		{"/pick 3 2k", "“2k” is not what there are two values of, nor the number of one", "/pick 3 [FIELD] [VALUE]"},
		{"/pick 3 99999999", "“99999999” is not what there are two values of, nor the number of one", "/pick 3 [FIELD] [VALUE]"},
		{"/pick 3 ownre 2", "“ownre” is not what there are two values of", "/pick 3 owner [VALUE]"},
		{"/pick 3 due friday", "“due friday” is not what there are two values of, nor the number of one", "/pick 3 [FIELD] [VALUE]"},
		{"/pick 3 outcome 1", "“outcome” is not what there are two values of, nor the number of one", "/pick 3 [FIELD] [VALUE]"},
		{"/pick outcome due 1", "“outcome due” is not what there are two values of", "/pick outcome [VALUE]"},
		{"/drop q2", "“q2” is not the number of " + things, "/drop N"},
		{"/drop p0", "“p0” is not the number of " + things, "/drop N"},
		{"/drop 12 13", "“13” does not belong there", "/drop 12"},

		// Texts and names.
		{"/person", "/person needs a name", "/person Name, role [, ours|theirs]"},
		{"/person , foreman", "/person needs a name", "/person Name, role [, ours|theirs]"},
		{"/adviser", "/adviser needs a name", "/adviser NAME [yes|no]"},
		{"/adviser yes", "/adviser needs a name", "/adviser NAME [yes|no]"},
		{"/stage", "/stage needs the name of a stage", "/stage NAME"},
		{"/solve 1, 2", "/solve needs the solution", "/solve 1[,P…] text"},
		{"/respect 2", "/respect needs what a good answer must respect", "/respect 2 text"},
		{"/advise 2:", "/advise needs what was advised", "/advise 2 text"},
		{"/react 1", "/react needs what they said to it", "/react 1 text"},
		{"/answer 12", "/answer needs what they answered", "/answer 12 text"},
		{"/reword p2", "/reword needs the new wording", "/reword p2 text"},
		{"/fix p2", "/fix needs what it should say", "/fix p2 text"},
		{"/route 2", "/route needs a department", "/route 2 department [@owner] [due …]"},
		{"/route 2 @tom due friday", "/route needs a department", "/route 2 department [@owner] [due …]"},
		{"/due 4 friday 15:00", "“friday 15:00” has a time of day, and only a day is kept here", "due 2026-11-27"},
		{"/due 4 friday or so", "“friday or so” may be Fri 27 Nov 2026", "due 2026-11-27"},
		{"/due 1 1 00", "“1 00” may be Tue 1 Dec 2026", "due 2026-12-01"},
		{"/due 4 5 dec at 3 pm", "“5 dec at 3 pm” has a time of day, and only a day is kept here", "due 2026-12-05"},
		{"/route 2 sales due 31 feb", "“due 31 feb” may be Sun 28 Feb 2027", "due 2027-02-28"},
		{"/theme 2", "/theme needs a theme", "/theme 2 #a #b -#c"},
		{"/theme 2 #1", "“#1” is not a theme: one word that begins with a letter", "/theme 2 #a #b -#c"},
		{"/theme 2 a/b", "“a/b” is not a theme: one word that begins with a letter", "/theme 2 #a #b -#c"},

		// Choices.
		{"/consent", "/consent needs yes or no", "/consent yes|no [name|role|none]"},
		{"/consent maybe", "“maybe” does not say whether they allow notes, or how they may be quoted", "/consent yes|no [name|role|none]"},
		{"/consent not sure", "“not sure” does not say whether they allow notes, or how they may be quoted", "/consent yes|no [name|role|none]"},
		{"/playback 2", "/playback needs yes, nearly or no", "/playback 2 yes|nearly|no" + playback},
		{"/playback 2 neraly", "“neraly” is not an answer to a playback", "/playback 2 nearly" + playback},
		{"/playback 2 almost", "“almost” is not an answer to a playback", "/playback 2 yes|nearly|no" + playback},
		{"/playback 2 : x", "“:” is not an answer to a playback", "/playback 2 yes|nearly|no" + playback},
		{"/playback 2 yes one weld in four", "A yes goes to the wording that was read out", "/playback 2 yes, or /playback 2 nearly: one weld in four"},
		{"/playback 2 yes by", "There is no name behind by", "/playback 2 yes by NAME [: correction]"},
		{"/playback 2 yes by : x", "There is no name behind by", "/playback 2 yes by NAME [: correction]"},
		{"/raised 2", "/raised needs unprompted or asked", "/raised 2 unprompted|asked"},
		{"/raised 2 aksed", "“aksed” is not how a problem comes up", "/raised 2 asked"},
		{"/raised 2 told", "“told” is not how a problem comes up", "/raised 2 unprompted|asked"},
		{"/outcome", "/outcome needs worked-out, no-fit or more-to-learn", "/outcome worked-out|no-fit|more-to-learn"},
		{"/outcome workd-out", "“workd-out” is not an outcome", "/outcome worked-out"},
		{"/outcome won", "“won” is not an outcome", "/outcome worked-out|no-fit|more-to-learn"},
		{"/next 3", "“3” does not belong there", "/next"},
		{"/undo that", "“that” does not belong there", "/undo"},
		{"/redo that", "“that” does not belong there", "/redo"},
		{"/end now", "“now” does not belong there", "/end"},
		{"/reopen that", "“that” does not belong there", "/reopen"},

		// Values.
		{"/impact 2", "/impact needs something to weigh the problem by", "some, as in /impact 2 every week, 4, half a day each"},
		{"/impact 2 bears=Tom cots=5 tried=it", "“cots=” is not one of " + facets, "/impact 2 bears=Tom costs=5 tried=it"},
		{"/weigh 2 the fitters", "“the fitters” may be what it costs, who bears it, what they tried or what they want", "/weigh 2 costs the fitters, or with bears, tried or wants in front of it"},
		{"/weigh 2 every day 4", "“every day 4” says more than how often", "a comma between values, as in /weigh 2 every week, 4, half a day each"},
		{"/weigh 2 every day 5 200 euros", "“every day 5 200 euros” says more than how often", "a comma between values, as in /weigh 2 every week, 4, half a day each"},
		{"/weigh 2 jeden Tag 500 Euro", "“jeden Tag 500 Euro” says more than how often", "a comma between values, as in /weigh 2 every week, 4, half a day each"},
		{"/left out?", "/left-out needs what they said; nothing behind it means that they said “nothing”", "/left-out [text]"},
		{"/weigh 2 4, 5", "There are two ratings of how bad it is", "/weigh 2 " + impact},
		{"/weigh 2 a, every day, 4, b, c, d, e", "Nothing is left that “e” could be", "/weigh 2 " + impact},
		{`/weigh 2 every week, "half a day`, "The quotation mark has no other one", `/weigh 2 "every week", "half a day"`},
		{"/impact 2 often=daily", "“often=” is not one of " + facets, "/impact 2 how-often=daily"},
		{"/impact 2 x=1", "“x=” is not one of " + facets, "/impact 2 " + impact},
		{"/impact 2 =1", "“=” is not one of " + facets, "/impact 2 " + impact},
		{`/impact 2 bears=Tom costs="half a day`, "The quotation mark behind costs= has no other one", `/impact 2 bears=Tom costs="half a day"`},
		{"/impact 2 costs=1 Costs=2", "costs= stands there twice", "/impact 2 " + impact},
		{"/impact 2 how-bad=6", "How bad it is goes by their own rating from 1 to 5, not “6”", "/impact 2 how-bad=1..5"},
		{"/impact 2 how-bad=0", "How bad it is goes by their own rating from 1 to 5, not “0”", "/impact 2 how-bad=1..5"},
		{"/impact 2 how-bad=+4", "How bad it is goes by their own rating from 1 to 5, not “+4”", "/impact 2 how-bad=1..5"},
		{"/impact 2 how-bad=very", "How bad it is goes by their own rating from 1 to 5, not “very”", "/impact 2 how-bad=1..5"},
		{"/share 1", "/share needs who does which part", "/share 1 ours=… theirs=…"},
		{"/share 1 ourss=x", "“ourss=” is not one of ours, theirs", "/share 1 ours=x"},
		{"/share 1 draw it", "“draw it” stands there without ours= or theirs=", "/share 1 ours=… theirs=…"},

		// Kinds of line.
		{"/note", "/note needs a text", "/note text"},
		{"/quote", "/quote needs a text", "/quote text"},
		{`/quote "`, `There are no words behind the " yet`, `"text`},
		{"/observe", "/observe needs a text", "/observe text"},
		{"/observation", "/observation needs a text", "/observation text"},
		{"/strength", "/strength needs a text", "/strength text"},
		{"/thought", "/thought needs a text", "/thought text"},
		{"/ask-later", "/ask-later needs a text", "/ask-later text"},
		{"/promise", "/promise needs a text", "/promise text"},
		{"@Ana /problem 3", "/problem takes nobody's name in front of the number of a line", "/problem 3 [text]"},

		// What is only shown.
		{"/help", "/help only shows something, on the screen or at the prompt of hark take", "hark help take in a shell"},
		{"/export", "/export only shows something, on the screen or at the prompt of hark take", "hark export ID in a shell"},
		{"/export it all", "“it all” does not belong there", "/export"},
		{"/backup plan is missing", "“plan is missing” does not belong there", "/backup"},
	}
}

func TestErrors(t *testing.T) {
	for _, c := range errorCases() {
		action, err := capture.Parse(c.line, now)
		var got *capture.Error
		if !errors.As(err, &got) || action != nil {
			t.Errorf("Parse(%q) = %v, %v; want an Error alone", c.line, action, err)
			continue
		}
		if d := cmp.Diff(&capture.Error{Reason: c.reason, Nearest: c.nearest}, got); d != "" {
			t.Errorf("Parse(%q) (-want +got):\n%s", c.line, d)
		}
		if want := c.reason + "; type " + c.nearest; got.Error() != want {
			t.Errorf("%q reads %q, want %q", c.line, got.Error(), want)
		}
	}
}

func TestEveryCommandCanBeWrong(t *testing.T) {
	wrong := map[string]bool{"left-out": true} // which takes anything
	for _, c := range capture.Commands() {
		if _, err := capture.Parse("/"+c.Name, now); c.Shows() && err != nil {
			wrong[c.Name] = true // anywhere but on a screen
		}
	}
	for _, c := range errorCases() {
		name, _, _ := strings.Cut(strings.TrimPrefix(c.line, "/"), " ")
		wrong[name] = true
	}
	for _, c := range capture.Commands() {
		if !wrong[c.Name] {
			t.Errorf("no case gets /%s wrong", c.Name)
		}
	}
}

// toFillIn reports whether an offer is a form rather than a line.
func toFillIn(nearest string) bool {
	for _, w := range strings.Fields(nearest) {
		if w == "N" || w == "P" || w == "S" || w == "NAME" || w == "or" || w == "as" || w == "all" || w == "text" || w == "shell" {
			return true
		}
	}
	return strings.ContainsAny(nearest, "…|[␛") || strings.Contains(nearest, "1..5") || strings.HasPrefix(nearest, "due")
}

// A corrected line that an error offers can be typed as it is.
func TestOfferedLinesCanBeTyped(t *testing.T) {
	offered := 0
	for _, c := range errorCases() {
		if toFillIn(c.nearest) {
			continue
		}
		offered++
		var opens *capture.Opens
		if _, err := capture.Parse(c.nearest, now); err != nil && !errors.As(err, &opens) {
			t.Errorf("after %q, %q is refused too: %v", c.line, c.nearest, err)
		}
	}
	if offered < 40 {
		t.Errorf("only %d corrected lines were tried", offered)
	}
}

func TestErrorsAreCutShort(t *testing.T) {
	for _, line := range []string{
		"/" + strings.Repeat("x", 1<<16), "/done " + strings.Repeat("é", 1<<16), "@" + strings.Repeat("/", 1<<16),
		"/impact 2 costs=\"" + strings.Repeat("half a day ", 1<<13), "/done " + strings.Repeat("e\u0301", 1<<15), "/done x" + strings.Repeat("日\u0301", 1<<15),
	} {
		_, err := capture.Parse(line, now)
		if err == nil || len(err.Error()) > 4000 || strings.Contains(err.Error(), `\x`) {
			t.Errorf("the error for a line of %d bytes is %.200v…", len(line), err)
		}
	}
}
