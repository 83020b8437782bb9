package playbook

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"hark/internal/interview"
)

func TestTells(t *testing.T) {
	for text, want := range map[string]bool{
		"What is in your way?":                            false,
		"Tell me about last Tuesday":                      false,
		"Describe the last time it happened":              false,
		"Their week":                                      false,
		"[if so] walk me through it":                      false,
		"I would like to hear about last Tuesday":         false,
		"We want to know what it costs":                   false,
		"I'd like you to think aloud":                     true,
		"We’re testing the design, not you":               true,
		"We wrote to you. Would you open the letter?":     false,
		"Thank you for your time":                         true,
		"Welcome, and thank them for coming":              true,
		"There are no wrong answers.":                     true,
		"You can't hurt our feelings":                     true,
		"Prototype: https://example.org/a":                true,
		"Open the page at https://example.org and say on": false,
		"[Name and role]":                                 true,
		"Role: [Job title]":                               true,
		"[What to do] - Owner: [Name] - Due: [Date]":      true,
		"Confirm that it is all right. [Start recording]": false,
		"It":   false,
		"Week": false,
	} {
		if got := isStatement(text); got != want {
			t.Errorf("isStatement(%q) is %v", text, got)
		}
	}
}

// What is to be said, done or filled in is not asked; what leads up to questions gives way to them.
func TestReadStatements(t *testing.T) {
	const src = `# T
## Welcome
- We are here to listen.
- Role: [job]
- What do you do?
## Tasks
- Once they begin:
  - What do you see?
    - On the left
  - What is missing?
- What next?
- Probes, as they come:
  - colours
  - words
- Q: We always end with this.
- Afterwards:
  - say thanks
## Close
Tell us what we did not ask.

You have been a great help.
`
	p, report, err := Read("t", []byte(src))
	if err != nil {
		t.Fatal(err)
	}
	want := []interview.Stage{
		{Name: "Welcome", Notes: []string{"We are here to listen.", "Role: [job]"}, Questions: []interview.Question{{Text: "What do you do?"}}},
		{Name: "Tasks", Notes: []string{"Once they begin:"}, Questions: []interview.Question{
			{Text: "What do you see?", Probes: []string{"On the left"}},
			{Text: "What is missing?"},
			{Text: "What next?", Probes: []string{"colours", "words"}, Notes: []string{"Probes, as they come:"}},
			{Text: "We always end with this."},
			{Text: "Afterwards:", Probes: []string{"say thanks"}},
		}},
		{Name: "Close", Notes: []string{"You have been a great help."}, Questions: []interview.Question{{Text: "Tell us what we did not ask."}}},
	}
	if diff := cmp.Diff(want, p.Stages[:3], sameNothing); diff != "" {
		t.Errorf("read otherwise (-want +got):\n%s\n%s", diff, dumpReport(report))
	}
	again, _, err := Read("t", Write(p))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(p, again, sameNothing); diff != "" {
		t.Errorf("written, it reads otherwise (-want +got):\n%s\n%s", diff, Write(p))
	}
}

// A note that begins like a question stays a note.
func TestWriteNotesThatPrompt(t *testing.T) {
	p := interview.Playbook{ID: "t", Name: "T", Stages: []interview.Stage{{
		Name: "S", Notes: []string{"Tell me nothing yet", "“Walk us through it” is what they wait for"},
		Questions: []interview.Question{{Text: "a", Notes: []string{"tell us less"}}},
	}}}
	again, _, err := Read("t", Write(p))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(p.Stages[0], again.Stages[0], sameNothing); diff != "" {
		t.Errorf("written, it reads otherwise (-want +got):\n%s\n%s", diff, Write(p))
	}
}

func TestStarter(t *testing.T) {
	for _, name := range []string{"Our own way", "# [playback] *x*", ""} {
		p, report, err := Read("own", Starter(name))
		if err != nil {
			t.Fatal(err)
		}
		want := name
		if want == "" {
			want = "Playbook"
		}
		if p.Name != want {
			t.Errorf("it is called %q, want %q", p.Name, want)
		}
		if len(p.Stages) != 6 || p.Len() < 10 || len(report.Problems)+len(report.Added) > 0 {
			t.Errorf("it has %d stages, %d questions; problems %v, added %v", len(p.Stages), p.Len(), report.Problems, report.Added)
		}
		if p.About != "For which conversations this is, in a sentence or two. It is shown in lists." {
			t.Errorf("about %q", p.About)
		}
	}
}
