package export

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"hark/internal/document"
	"hark/internal/interview"
)

// mostRebuilt is how many lines an interview without its document may have:
// every one is an action of its own.
const mostRebuilt = 5_000

// A rebuilder does an interview over again from what JSON says of it, as if
// somebody typed it: whatever an action refuses is refused here.
type rebuilder struct {
	in     *Incoming
	id     interview.ID
	writer document.Writer
	iv     *interview.Interview
	now    time.Time
	items  int // how many IDs were given
	log    []interview.Record

	lines, problems, solutions map[int]int // numbers in the file → as given here
	done                       map[int]bool
}

// rebuild does the interview over again. The IDs follow from the file, so that
// the same file gives the same interview.
func (in *Incoming) rebuild(w document.Writer) (*interview.Interview, []interview.Record, error) {
	if in.StartedAt.IsZero() {
		return nil, nil, invalid("an interview needs a customer and a time, \"customer\" and \"started_at\"")
	}
	if len(in.Lines) > mostRebuilt {
		return nil, nil, invalid("it has %d lines; without its \"document\", %d are the most", len(in.Lines), mostRebuilt)
	}
	tied, err := in.tied()
	if err != nil {
		return nil, nil, err
	}
	now := in.StartedAt
	if in.MetUntil.After(now) {
		now = in.MetUntil // nobody writes down a meeting that goes on
	}
	b := &rebuilder{
		in: tied, id: in.ID, writer: w, now: now,
		lines: map[int]int{}, problems: map[int]int{}, solutions: map[int]int{}, done: map[int]bool{},
	}
	if b.id.IsZero() {
		b.id = document.DerivedID("import", string(in.canonical()))
	}
	step, err := interview.Begin(b.id, interview.Beginning{
		Customer: in.Customer, Playbook: in.Playbook.taken(), Debrief: in.Debrief != nil && *in.Debrief, MetUntil: in.MetUntil,
	}, b.stamp(false))
	if err != nil {
		return nil, nil, err
	}
	b.keep(step, interview.Did)
	for _, do := range []func() error{
		b.people, b.record, b.impacts, b.playbacks, b.asides, b.working, b.nextSteps, b.ending, b.claims,
	} {
		if err := do(); err != nil {
			return nil, nil, err
		}
	}
	if err := interview.Verify(b.iv.Document(), b.log); err != nil {
		return nil, nil, err
	}
	return b.iv, b.log, nil
}

// tied returns the interview with every line that a problem names as evidence
// saying so itself.
func (in *Incoming) tied() (*Incoming, error) {
	tied := *in
	tied.Lines = slices.Clone(in.Lines)
	at := map[int]int{}
	for i, l := range tied.Lines {
		at[l.Number] = i
	}
	for _, p := range in.Problems {
		for _, n := range p.Evidence {
			i, ok := at[n]
			if !ok {
				return nil, invalid("problem %d names line %d as evidence, which is not there", p.Number, n)
			}
			l := &tied.Lines[i]
			if l.Problem != 0 && l.Problem != p.Number {
				return nil, invalid("problem %d names line %d as evidence, which says that it shows problem %d", p.Number, n, l.Problem)
			}
			l.Problem = p.Number
		}
	}
	return &tied, nil
}

// canonical is the text of an interview without blanks.
func (in *Incoming) canonical() []byte {
	var b bytes.Buffer
	if err := json.Compact(&b, in.raw); err != nil {
		return in.raw
	}
	return b.Bytes()
}

// taken returns the playbook as an interview keeps it.
func (p Playbook) taken() interview.Playbook {
	return interview.Playbook{
		ID: p.ID, Name: p.Name, About: p.About,
		Stages: list(p.Stages, func(s Stage) interview.Stage {
			return interview.Stage{
				Name: s.Name, Mark: s.Mark, Notes: s.Notes,
				Questions: list(s.Questions, func(q Question) interview.Question {
					return interview.Question{Text: q.Text, Probes: q.Probes, Notes: q.Notes}
				}),
			}
		}),
	}
}

func (b *rebuilder) stamp(recalled bool) interview.Stamp {
	return interview.Stamp{
		Now: b.now, Writer: b.writer, Debrief: recalled,
		NewID: func() (interview.ID, error) {
			b.items++
			return document.DerivedID("import", b.id.String(), fmt.Sprint(b.items)), nil
		},
	}
}

func (b *rebuilder) keep(step *interview.Step, kind interview.RecordKind) {
	b.iv = step.After
	if step.Move {
		kind = interview.Moved
	}
	if len(step.Change) > 0 {
		b.log = append(b.log, interview.Record{
			Revision: interview.Revision(len(b.log) + 1), Kind: kind, Label: step.Label, At: b.now, Author: b.writer.Author, Change: step.Change,
		})
	}
}

// do does one action at a time of the file's; a zero time is that of the action
// before.
func (b *rebuilder) do(at time.Time, what string, a interview.Action) (*interview.Step, error) {
	return b.doRecalled(at, false, what, a)
}

func (b *rebuilder) doRecalled(at time.Time, recalled bool, what string, a interview.Action) (*interview.Step, error) {
	if !at.IsZero() {
		b.now = at
	}
	step, err := interview.Apply(b.iv, a, b.stamp(recalled))
	if err == nil && step.Refused != nil {
		refused := *step.Refused
		refused.Thought, refused.Next = 0, "" // nothing of this is kept
		err = &refused
	}
	if err != nil {
		return nil, fmt.Errorf("%s: %w", what, err)
	}
	b.keep(step, interview.Did)
	return step, nil
}

func (b *rebuilder) people() error {
	for i, p := range b.in.People {
		if p.Absent && b.owns(p.Name) {
			continue // what they own brings them along
		}
		at := b.in.StartedAt.Add(time.Duration(i)) // which keeps them in order
		if _, err := b.do(at, "person "+p.Name, interview.Introduce{Name: p.Name, Role: p.Role, Side: p.Side}); err != nil {
			return err
		}
	}
	return nil
}

// owns reports whether somebody owns a promise or a route.
func (b *rebuilder) owns(name string) bool {
	return slices.ContainsFunc(b.in.Promises, func(p Promise) bool { return p.Owner == name }) ||
		slices.ContainsFunc(b.in.Routes, func(r Route) bool { return r.Owner == name })
}

// sideOf returns the side of somebody, "" when the file does not name them.
func (b *rebuilder) sideOf(name string) interview.Side {
	for _, p := range b.in.People {
		if p.Name == name {
			return p.Side
		}
	}
	return ""
}

// record keeps the lines in the order of their times, and makes problems of
// those that show one. A line cannot be put before the questions once one was
// asked, so those that answer none come first.
func (b *rebuilder) record() error {
	lines := slices.Clone(b.in.Lines)
	slices.SortStableFunc(lines, func(x, y Line) int {
		return cmp.Or(cmp.Compare(min(x.Question, 1), min(y.Question, 1)), x.At.Compare(y.At))
	})
	for _, l := range lines {
		if err := b.line(l); err != nil {
			return err
		}
	}
	problems := slices.Clone(b.in.Problems)
	slices.SortStableFunc(problems, func(x, y Problem) int { return cmp.Compare(x.Number, y.Number) })
	for _, p := range problems {
		if err := b.problem(p); err != nil {
			return err
		}
	}
	for _, l := range lines {
		if l.Problem == 0 || b.done[l.Number] {
			continue
		}
		what := b.what("line", l.Number)
		problem, err := b.given(what, l.Problem)
		if err != nil {
			return err
		}
		if _, err := b.do(l.At, what, interview.Tie{Number: b.lines[l.Number], Problem: problem}); err != nil {
			return err
		}
	}
	return nil
}

// given returns the number that a problem of the file has here.
func (b *rebuilder) given(what string, problem int) (int, error) {
	n, ok := b.problems[problem]
	if !ok {
		return 0, invalid("%s speaks of problem %d, which is not there", what, problem)
	}
	return n, nil
}

func (b *rebuilder) what(thing string, number int) string { return fmt.Sprintf("%s %d", thing, number) }

func (b *rebuilder) line(l Line) error {
	what := b.what("line", l.Number)
	if _, twice := b.lines[l.Number]; twice {
		return invalid("%s is in it twice", what)
	}
	if l.Question != 0 && l.Question != b.iv.Position {
		if _, err := b.do(l.At, what, interview.Ask{Number: l.Question}); err != nil {
			return err
		}
	}
	text := cmp.Or(l.FirstWording, l.Text)
	step, err := b.doRecalled(l.At, l.Recalled, what, interview.Add{Kind: l.Kind, Text: text, Speaker: l.Speaker, Themes: l.Themes})
	if err != nil {
		return err
	}
	n := step.Touched[0].Number
	b.lines[l.Number] = n
	if text != l.Text {
		if _, err := b.do(time.Time{}, what, interview.Fix{Number: n, Text: l.Text}); err != nil {
			return err
		}
	}
	if !l.AskedAt.IsZero() {
		_, err = b.do(time.Time{}, what, interview.Done{Number: n})
	}
	return err
}

func (b *rebuilder) problem(p Problem) error {
	what := b.what("problem", p.Number)
	if _, twice := b.problems[p.Number]; twice {
		return invalid("%s is in it twice", what)
	}
	raise := interview.Raise{Text: cmp.Or(p.FirstHeard, p.Statement), Themes: p.Themes}
	for _, l := range b.in.Lines {
		if l.Problem == p.Number && (l.Text == raise.Text || l.FirstWording == raise.Text) {
			raise.Line = b.lines[l.Number]
			b.done[l.Number] = true
			break
		}
	}
	step, err := b.do(p.At, what, raise)
	if err != nil {
		return err
	}
	number := 0
	for _, k := range step.Touched {
		if k.Thing == interview.ThingProblem {
			number = k.Number
		}
	}
	b.problems[p.Number] = number
	if p.Raised != "" {
		_, err = b.do(time.Time{}, what, interview.SetRaised{Problem: number, Raised: p.Raised})
	}
	return err
}

func (b *rebuilder) impacts() error {
	text := func(s string) *string {
		if s == "" {
			return nil
		}
		return &s
	}
	for _, p := range b.in.Problems {
		i := p.Impact
		if i == (Impact{}) {
			continue
		}
		w := interview.Weigh{
			Problem: b.problems[p.Number], HowOften: text(i.HowOften), Costs: text(i.Costs),
			Bears: text(i.Bears), Tried: text(i.Tried), Wants: text(i.Wants),
		}
		if i.HowBad != 0 {
			w.HowBad = &i.HowBad
		}
		if _, err := b.do(time.Time{}, b.what("problem", p.Number), w); err != nil {
			return err
		}
	}
	return nil
}

// playbacks goes through wordings and playbacks in the order of their times.
func (b *rebuilder) playbacks() error {
	type step struct {
		at     time.Time
		what   string
		action interview.Action
	}
	var steps []step
	for _, p := range b.in.Problems {
		number, what := b.problems[p.Number], b.what("problem", p.Number)
		corrected := map[string]bool{}
		for _, pb := range p.Playbacks {
			corrected[strings.TrimSpace(pb.Correction)] = true
			steps = append(steps, step{pb.At, what, interview.PlayBack{
				Problem: number, Answer: pb.Answer, By: pb.By, Said: pb.Said, Correction: pb.Correction,
			}})
		}
		last := cmp.Or(p.FirstHeard, p.Statement)
		for _, w := range p.Wordings {
			if w.Text != last && !corrected[w.Text] {
				steps = append(steps, step{w.At, what, interview.Reword{Problem: number, Text: w.Text}})
			}
			last = w.Text
		}
		if p.Statement != last && !corrected[p.Statement] {
			steps = append(steps, step{p.At, what, interview.Reword{Problem: number, Text: p.Statement}})
		}
	}
	slices.SortStableFunc(steps, func(x, y step) int { return x.at.Compare(y.at) })
	for _, s := range steps {
		if _, err := b.do(s.at, s.what, s.action); err != nil {
			return err
		}
	}
	return nil
}

func (b *rebuilder) asides() error {
	for _, p := range b.in.Problems {
		if p.Status != interview.Aside {
			continue
		}
		if _, err := b.do(time.Time{}, b.what("problem", p.Number), interview.SetAside{Problem: b.problems[p.Number], Reason: p.Reason}); err != nil {
			return err
		}
	}
	if l := b.in.LeftOut; l != nil {
		if _, err := b.do(l.At, "what was left out", interview.AskLeftOut{Text: l.Text}); err != nil {
			return err
		}
	}
	return nil
}
