package capture_test

import (
	"errors"
	"reflect"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"hark/internal/capture"
	"hark/internal/interview"
	"hark/internal/language"
	"hark/internal/plain"
)

// pieces are what goes wrong most easily when a text is written and read again.
var pieces = []string{
	`\`, `\\`, `"`, `“`, `”`, `#`, `#tag`, `#Tag`, `-#a`, `@`, `@tom`, `@tom's`, `@"Ana Ruiz"`, `:`, `,`, `=`, `/`, `!`, `~`, `>`, `?`, `+`,
	" ", "  ", "\n", "\t", "due", "due:", "friday", "3 dec", "31 feb", "3/12", "today", "in 2 weeks", "due friday", "due 15",
	"yesterday", "last friday", "by friday", "by 3 dec", "by the", "was", "for", "send to",
	"by", "to", "yes", "no", "n", "nearly", "ours", "theirs", "p2", "s1", "12", "0", "costs=", " how-bad=", ` \how-bad=`, "wording=", "how-bad=", "ours=", "/undo",
	"word", "Grüße", "日本", "é", "’s", "'s", ".", "(", ")", "\u202E", "\x1b[31m", "\u00A0", "👍🏽",
	"'", "’", "‘", "‚", "„", "«", "»", "「", "」", "『", "＂", "！", "＠", "＠tom", "＃", "＃tag", "＼", "〜", "＋", "5", "\u200B", "$", "[[", "]]", "](",
}

// text draws a text as it is kept: with something in it, and no blanks at its
// ends.
func text(t *rapid.T, label string) string {
	part := rapid.OneOf(rapid.SampledFrom(pieces), rapid.String())
	s := strings.TrimSpace(strings.Join(rapid.SliceOfN(part, 1, 8).Draw(t, label), ""))
	if s == "" || !utf8.ValidString(s) {
		return "x"
	}
	return s
}

// maybeText is text or nothing.
func maybeText(t *rapid.T, label string) string {
	if rapid.Bool().Draw(t, label+" is there") {
		return text(t, label)
	}
	return ""
}

// name draws a name: a text of at most 200 bytes, and no word that stands for somebody, as "ours"
// does.
func name(t *rapid.T, label string) string {
	s := text(t, label)
	for len(s) > 200 {
		_, size := utf8.DecodeLastRuneInString(s)
		s = strings.TrimSpace(s[:len(s)-size])
	}
	if folded := strings.TrimSpace(plain.FoldName(s)); language.PronounOf(folded) != language.Nobody {
		return "x" + s
	} else if _, n := language.Doer(strings.Fields(folded)); n > 0 {
		return "x" + s
	}
	return s
}

func maybeName(t *rapid.T, label string) string {
	if rapid.Bool().Draw(t, label+" is there") {
		return name(t, label)
	}
	return ""
}

func number(t *rapid.T, label string) interview.Number {
	n, ok := interview.ParseNumber(rapid.StringMatching(`([1-9][0-9]{0,5}|1000000)([a-z]{1,7})?`).Draw(t, label))
	if !ok {
		t.Fatal("a number is not read")
	}
	return n
}

func maybeNumber(t *rapid.T, label string) interview.Number {
	if rapid.Bool().Draw(t, label+" is there") {
		return number(t, label)
	}
	return 0
}

func themes(t *rapid.T, label string) []string {
	theme := rapid.Map(rapid.StringMatching(`\pL[\pL\pM\p{Nd}_-]{0,6}`), interview.Theme)
	all := rapid.SliceOfNDistinct(theme, 0, 3, rapid.ID).Draw(t, label)
	if len(all) == 0 {
		return nil
	}
	return all
}

// date draws a day that is not over, for one that is comes back in doubt.
func date(t *rapid.T) interview.Date {
	if rapid.Bool().Draw(t, "no date") {
		return interview.Date{}
	}
	return interview.DateOf(now.AddDate(0, 0, rapid.IntRange(0, 7900*365).Draw(t, "days")))
}

func facet(t *rapid.T, label string) *string {
	if rapid.Bool().Draw(t, label+" is not there") {
		return nil
	}
	s := maybeText(t, label)
	return &s
}

func quoted(t *rapid.T) bool { return rapid.Bool().Draw(t, "quoted") }

// actions draw an action of each type. What is not drawn here (an action that
// could not be applied) has no line.
func actions() map[string]func(*rapid.T) interview.Action {
	pick := func(t *rapid.T, of ...string) string { return rapid.SampledFrom(of).Draw(t, "one of") }
	return map[string]func(*rapid.T) interview.Action{
		"Add": func(t *rapid.T) interview.Action {
			return interview.Add{
				Kind: interview.LineKind(pick(t, "quote", "paraphrase", "observation", "thought", "follow-up")),
				Text: text(t, "text"), Speaker: maybeName(t, "speaker"), Themes: themes(t, "themes"),
			}
		},
		"Raise": func(t *rapid.T) interview.Action {
			if rapid.Bool().Draw(t, "of a line") {
				r := interview.Raise{Text: maybeText(t, "text"), Themes: themes(t, "themes"), Line: number(t, "line")}
				r.Quoted = r.Text != "" && quoted(t)
				return r
			}
			return interview.Raise{Text: text(t, "text"), Quoted: quoted(t), Speaker: maybeName(t, "speaker"), Themes: themes(t, "themes")}
		},
		"Promises": func(t *rapid.T) interview.Action {
			return interview.Promises{
				Text: text(t, "text"), Speaker: maybeName(t, "speaker"), Owner: maybeName(t, "owner"), Due: date(t), Themes: themes(t, "themes"),
			}
		},
		"Introduce": func(t *rapid.T) interview.Action {
			return interview.Introduce{Name: name(t, "name"), Role: maybeText(t, "role"), Side: interview.Side(pick(t, "", "ours", "theirs"))}
		},
		"SetConsent": func(t *rapid.T) interview.Action {
			c := interview.SetConsent{Notes: interview.Notes(pick(t, "", "yes", "no")), Quotes: interview.Quoting(pick(t, "", "name", "role", "none"))}
			if c == (interview.SetConsent{}) {
				c.Notes = interview.NotesAllowed
			}
			return c
		},
		"Ask":        func(t *rapid.T) interview.Action { return interview.Ask{Number: number(t, "N").Count()} },
		"Next":       func(*rapid.T) interview.Action { return interview.Next{} },
		"EnterStage": func(t *rapid.T) interview.Action { return interview.EnterStage{Name: text(t, "stage")} },
		"Weigh": func(t *rapid.T) interview.Action {
			w := interview.Weigh{
				Problem: number(t, "P"), HowOften: facet(t, "how often"), Costs: facet(t, "costs"),
				Bears: facet(t, "bears"), Tried: facet(t, "tried"), Wants: facet(t, "wants"),
			}
			bad := rapid.IntRange(0, 5).Draw(t, "how bad")
			if w.HowOften == nil && w.Costs == nil && w.Bears == nil && w.Tried == nil && w.Wants == nil || bad > 2 {
				w.HowBad = &bad
			}
			return w
		},
		"PlayBack": func(t *rapid.T) interview.Action {
			p := interview.PlayBack{
				Problem: number(t, "P"), Answer: interview.Answer(pick(t, "yes", "nearly", "no")),
				By: maybeName(t, "by"), Correction: maybeText(t, "correction"),
			}
			costs, bears := facet(t, "costs"), facet(t, "bears")
			if costs != nil || bears != nil {
				p.Figures = interview.Weigh{Problem: p.Problem, Costs: costs, Bears: bears}
			}
			p.Quoted = p.Correction != "" && quoted(t)
			return p
		},
		"SetAside": func(t *rapid.T) interview.Action {
			return interview.SetAside{Problem: number(t, "P"), Reason: maybeText(t, "reason")}
		},
		"TakeUp": func(t *rapid.T) interview.Action { return interview.TakeUp{Problem: number(t, "P")} },
		"AskLeftOut": func(t *rapid.T) interview.Action {
			a := interview.AskLeftOut{Text: maybeText(t, "text")}
			a.Quoted = a.Text != "" && quoted(t)
			return a
		},
		"Solve": func(t *rapid.T) interview.Action {
			problems := make([]interview.Number, rapid.IntRange(1, 3).Draw(t, "problems"))
			for i := range problems {
				problems[i] = number(t, "P")
			}
			return interview.Solve{Problems: problems, Text: text(t, "text")}
		},
		"MustRespect": func(t *rapid.T) interview.Action {
			return interview.MustRespect{Problem: number(t, "P"), Text: text(t, "text")}
		},
		"Advise": func(t *rapid.T) interview.Action {
			return interview.Advise{Problem: number(t, "P"), Text: text(t, "text")}
		},
		"Share": func(t *rapid.T) interview.Action {
			s := interview.Share{Solution: number(t, "S"), Ours: facet(t, "ours"), Theirs: facet(t, "theirs")}
			if s.Ours == nil && s.Theirs == nil {
				s.Ours = new(string)
			}
			return s
		},
		"React": func(t *rapid.T) interview.Action {
			return interview.React{Solution: number(t, "S"), Text: text(t, "text")}
		},
		"Decide": func(t *rapid.T) interview.Action {
			return interview.Decide{Solution: number(t, "S"), Decision: interview.Decision(pick(t, "agreed", "declined"))}
		},
		"SetAdviser": func(t *rapid.T) interview.Action {
			return interview.SetAdviser{Name: name(t, "name"), Joins: rapid.Bool().Draw(t, "joins")}
		},
		"Carry": func(t *rapid.T) interview.Action {
			return interview.Carry{Problem: number(t, "P"), Department: text(t, "department"), Owner: maybeName(t, "owner"), Due: date(t)}
		},
		"AnswerRoute": func(t *rapid.T) interview.Action {
			return interview.AnswerRoute{Number: number(t, "N"), Text: text(t, "text")}
		},
		"Done": func(t *rapid.T) interview.Action { return interview.Done{Number: number(t, "N")} },
		"Told": func(t *rapid.T) interview.Action { return interview.Told{Number: number(t, "N")} },
		"Reword": func(t *rapid.T) interview.Action {
			return interview.Reword{Problem: number(t, "P"), Text: text(t, "text"), Quoted: quoted(t)}
		},
		"SetRaised": func(t *rapid.T) interview.Action {
			return interview.SetRaised{Problem: number(t, "P"), Raised: interview.Raised(pick(t, "unprompted", "asked"))}
		},
		"Tag": func(t *rapid.T) interview.Action {
			tag := interview.Tag{Problem: number(t, "P"), Add: themes(t, "add"), Remove: themes(t, "remove")}
			if len(tag.Add)+len(tag.Remove) == 0 {
				tag.Add = []string{"invoices"}
			}
			return tag
		},
		"Fix": func(t *rapid.T) interview.Action {
			if rapid.Bool().Draw(t, "of the day") {
				due := date(t)
				return interview.Fix{Number: number(t, "N"), Due: &due}
			}
			f := interview.Fix{What: interview.Thing(pick(t, "", "problem", "solution")), Number: number(t, "N"), Text: text(t, "text")}
			f.Quoted = f.What == interview.ThingProblem && quoted(t)
			return f
		},
		"Tie": func(t *rapid.T) interview.Action {
			return interview.Tie{Number: number(t, "N"), Problem: maybeNumber(t, "P")}
		},
		"Join": func(t *rapid.T) interview.Action {
			return interview.Join{Problem: number(t, "P"), Into: number(t, "Q")}
		},
		"Rename": func(t *rapid.T) interview.Action {
			return interview.Rename{Person: name(t, "who"), Name: name(t, "name")}
		},
		"JoinPeople": func(t *rapid.T) interview.Action {
			return interview.JoinPeople{Person: name(t, "who"), Into: name(t, "into")}
		},
		"DropPerson": func(t *rapid.T) interview.Action { return interview.DropPerson{Person: name(t, "who")} },
		"Drop": func(t *rapid.T) interview.Action {
			return interview.Drop{What: interview.Thing(pick(t, "", "problem", "solution")), Number: number(t, "N")}
		},
		"Pick": func(t *rapid.T) interview.Action {
			if rapid.Bool().Draw(t, "of the interview") {
				return interview.Pick{Field: interview.Field(pick(t, "", "outcome", "ending", "left_out", "notes", "quotes")), Nth: rapid.IntRange(0, 99).Draw(t, "nth")}
			}
			p := interview.Pick{What: interview.Thing(pick(t, "", "problem", "solution")), Number: number(t, "N"), Nth: rapid.IntRange(0, 99).Draw(t, "nth")}
			p.Field = interview.Field(pick(t, "", "text", "kind", "speaker", "problem", "raised", "reason", "how_often", "how_bad", "costs", "bears",
				"tried", "wants", "due", "owner", "department", "answer", "ours", "theirs", "reaction", "decision"))
			if p.What == interview.ThingProblem && p.Field == interview.FieldText {
				p.Field = interview.FieldStatement
			}
			return p
		},
		"SetOutcome": func(t *rapid.T) interview.Action {
			return interview.SetOutcome{Outcome: interview.Outcome(pick(t, "worked-out", "no-fit", "more-to-learn"))}
		},
		"End":    func(*rapid.T) interview.Action { return interview.End{} },
		"Reopen": func(*rapid.T) interview.Action { return interview.Reopen{} },
		"Undo":   func(*rapid.T) interview.Action { return interview.Undo{} },
		"Redo":   func(*rapid.T) interview.Action { return interview.Redo{} },
	}
}

// remarks leaves out what is about the line and not about what is kept.
func remarks() cmp.Option { return cmpopts.IgnoreFields(interview.Fix{}, "Owed", "Said") }

func TestFormatIsReadAsTheSameAction(t *testing.T) {
	for kind, draw := range actions() {
		t.Run(kind, rapid.MakeCheck(func(t *rapid.T) {
			want := draw(t)
			if got := reflect.TypeOf(want).Name(); got != kind {
				t.Fatalf("the generator of %s drew a %s", kind, got)
			}
			line := capture.Format(want)
			got, err := capture.Parse(line, now)
			if err != nil {
				t.Fatalf("%#v is written as %q, which is refused: %v", want, line, err)
			}
			if d := cmp.Diff(want, got, remarks()); d != "" {
				t.Fatalf("%q (-written +read):\n%s", line, d)
			}
		}))
	}
}

func TestFormatHasNoLineForWhatNoLineDoes(t *testing.T) {
	for _, a := range []interview.Action{interview.Discard{}, nil} {
		if got := capture.Format(a); got != "" {
			t.Errorf("Format(%#v) = %q, want nothing", a, got)
		}
	}
}

// FuzzParse holds Parse to what it promises for any line: it does not panic, an
// error can be shown, no word that was typed is missing from what is kept, and what
// it reads is written and read as the same again.
func FuzzParse(f *testing.F) {
	for _, c := range lineCases() {
		f.Add(c.line)
	}
	for _, c := range errorCases() {
		f.Add(c.line)
	}
	for _, p := range pieces {
		f.Add(p)
		f.Add("+x " + p)
		f.Add(`@Ana "` + p)
	}
	f.Fuzz(func(t *testing.T, line string) {
		const longest = 600 // bytes: what a line does to another word, it does within a few of them
		if len(line) > longest {
			return
		}
		capture.Context{}.Label(line)
		if c := capture.Complete(line); c.From < 0 || c.From > c.To || c.To != len(line) {
			t.Fatalf("Complete(%q) wants to replace bytes %d to %d", line, c.From, c.To)
		}
		action, err := capture.Parse(line, now)
		var refused *capture.Error
		switch {
		case errors.Is(err, capture.ErrEmpty):
			if !capture.Blank(line) {
				t.Fatalf("%q is not empty", line)
			}
			return
		case errors.As(err, &refused):
			if refused.Reason == "" || refused.Nearest == "" {
				t.Fatalf("%q is refused with half a sentence: %#v", line, refused)
			}
			if s := refused.Error(); strings.ContainsAny(s, "\x00\x07\x1b\n\r\u202e") || !utf8.ValidString(s) {
				t.Fatalf("the error for %q cannot be shown: %q", line, s)
			}
			return
		case err != nil:
			t.Fatalf("Parse(%q) returned a %T", line, err)
		}
		if gone := lost(line, action); len(gone) > 0 {
			t.Fatalf("%q is read as %#v without %q", line, action, gone)
		}
		if p, ok := action.(interview.Promises); ok && !p.Doubt.IsZero() && strings.ContainsAny(line, "#@＃＠") {
			return // among the words of a day #a is none, and stays in the text as one that can be
		}
		again, err := capture.Parse(capture.Format(action), now)
		if err != nil {
			t.Fatalf("%q is read as %#v, written as %q, and then refused: %v", line, action, capture.Format(action), err)
		}
		if d := cmp.Diff(action, again, cmpopts.EquateEmpty(), remarks()); d != "" {
			t.Fatalf("%q is written as %q (-first +again):\n%s", line, capture.Format(action), d)
		}
	})
}
