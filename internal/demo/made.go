package demo

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"time"

	"hark/internal/document"
	"hark/internal/interview"
	"hark/internal/notebook"
)

// Interview number n follows from the seed, n and now alone. How many interviews are made up
// changes nothing about it.

func madeID(seed uint64, n int) interview.ID {
	return document.DerivedID("made up", fmt.Sprint(seed), fmt.Sprint(n))
}

// diceFor returns the random numbers for one purpose.
func diceFor(seed uint64, purpose string, n int) *rand.Rand {
	return rand.New(dice(document.DerivedID("made up", purpose, fmt.Sprint(seed), fmt.Sprint(n))))
}

// firmOf returns the firm of interview n, as the number of the first interview with it. Every other
// interview is with a firm that was met before.
func firmOf(seed uint64, n int) int {
	for n > 0 {
		d := diceFor(seed, "firm of", n)
		if d.IntN(2) == 0 {
			break
		}
		n = d.IntN(n)
	}
	return n
}

// teller makes up one interview.
type teller struct {
	voice
	account *notebook.Account
	at      time.Time // in the story
	now     time.Time // in the world
	mode    notebook.Mode
	target  int // how many bytes of text there should be
	written int
	theirs  []string
	ours    string
	err     error // of the first action that could not be done; nothing is done after it
}

// makeUp makes up interview n.
func (m *maker) makeUp(n int) (*notebook.Account, error) {
	firm := diceFor(m.seed, "firm", firmOf(m.seed, n))
	trade := m.lex.trades[firm.IntN(len(m.lex.trades))]
	known := voice{lex: m.lex, trade: trade, dice: firm}
	customer := known.firm(trade)
	people := make([]interview.Introduce, 3+firm.IntN(4))
	for i := range people {
		people[i] = interview.Introduce{Name: known.person(), Role: known.word(trade["roles"]), Side: interview.Theirs}
	}

	t := &teller{voice: voice{lex: m.lex, trade: trade, dice: diceFor(m.seed, "talk", n)}, now: m.now}
	t.target = 2500 + t.dice.IntN(3000)
	t.at = t.past(m.now)
	begin := interview.Beginning{Customer: customer, Playbook: pick(&t.voice, m.guides)}
	if t.chance(6) {
		begin.Debrief, begin.MetUntil = true, t.at.Add(-time.Duration(10+t.dice.IntN(300))*time.Minute)
	}
	id := madeID(m.seed, n)
	var err error
	if t.account, err = m.book.Account(id, begin, t.at, dice(document.DerivedID("items of", id.String()))); err != nil {
		return nil, err
	}
	t.dice.Shuffle(len(people), func(i, j int) { people[i], people[j] = people[j], people[i] })
	if err := t.tell(people[:1+t.dice.IntN(3)]); err != nil {
		return nil, fmt.Errorf("made-up interview %d: %w", n, err)
	}
	return t.account, nil
}

// past draws a time in office hours of the last two years, more likely a recent one.
func (t *teller) past(now time.Time) time.Time {
	u := t.dice.Float64()
	m := moment{daysAgo: 1 + int(u*u*730), clock: 8*time.Hour + time.Duration(t.dice.IntN(36))*15*time.Minute}
	return m.start(now)
}

// do applies actions some time after each other. Text that the gate refuses becomes a thought, as
// with a person.
func (t *teller) do(actions ...interview.Action) {
	for _, a := range actions {
		if t.err != nil {
			return
		}
		t.at = t.at.Add(time.Duration(10+t.dice.IntN(50)) * time.Second)
		err := t.account.Apply(a, t.at, t.mode)
		var refusal *interview.Error
		if err != nil && !(errors.As(err, &refusal) && refusal.Line > 0) {
			t.err = fmt.Errorf("%T: %w", a, err)
		}
	}
}

func (t *teller) iv() *interview.Interview { return t.account.Interview() }

// tell goes through a whole meeting and its consequences.
func (t *teller) tell(people []interview.Introduce) error {
	t.meet(people)
	for _, step := range []func(){t.listen, t.weigh, t.playBack, t.workOut, t.handOn, t.part, t.afterwards} {
		if t.err == nil { // a step builds on those before it
			step()
		}
	}
	return t.err
}

func (t *teller) meet(people []interview.Introduce) {
	for _, p := range people {
		t.theirs = append(t.theirs, p.Name)
		t.people = append(t.people, p.Name)
		t.do(p)
	}
	t.ours = pick(&t.voice, t.lex.common["ours"])
	consent := interview.SetConsent{
		Notes:  interview.NotesAllowed,
		Quotes: pick(&t.voice, []interview.Quoting{interview.QuoteByRole, interview.QuoteByRole, interview.QuoteByName, interview.QuoteNone, interview.QuotingNotAsked}),
	}
	if t.iv().Debrief {
		consent.Notes = interview.NotesRefused
	}
	t.do(interview.Introduce{Name: t.ours, Role: "sales", Side: interview.Ours}, consent)
}

// listen goes through the questions until enough was said.
func (t *teller) listen() {
	problems := 1 + t.dice.IntN(4)
	guide := t.iv().Playbook
	question := 0
	for _, s := range guide.Stages {
		for range s.Questions {
			question++
			if s.Mark != interview.MarkNone || t.chance(50) {
				continue
			}
			t.do(interview.Ask{Number: question})
			for range 2 + t.dice.IntN(5) {
				t.line()
			}
			if len(t.iv().Problems) < problems && t.chance(40) {
				t.problem()
			}
		}
	}
	if len(t.iv().Problems) == 0 {
		t.problem()
	}
	for t.written < t.target {
		t.line()
	}
	t.ties()
}

// line adds one line.
func (t *teller) line() {
	k := interview.Add{Kind: interview.Paraphrase}
	switch n := t.dice.IntN(20); {
	case n < 9:
		k.Kind, k.Speaker = interview.Quote, pick(&t.voice, t.theirs)
	case n < 14:
	case n < 17:
		k.Kind = interview.Observation
	case n < 18:
		k.Kind = interview.Thought
	case n < 19:
		k.Kind = interview.FollowUp
	default:
		k.Kind = interview.Quote
	}
	if k.Text = t.spoken(string(k.Kind)); k.Kind == interview.FollowUp {
		k.Text = t.say(string(k.Kind))
	}
	if t.chance(5) {
		k.Themes = []string{t.theme()}
	}
	t.written += len(k.Text)
	t.do(k)
}

func (t *teller) theme() string {
	theme, _, _ := strings.Cut(t.word(t.lex.lines["problem"]), " | ")
	return theme
}

// problem adds a problem. Every third one was raised unprompted.
func (t *teller) problem() {
	theme, sentence, _ := strings.Cut(t.word(t.lex.lines["problem"]), " | ")
	r := interview.Raise{Text: upper(t.fill(sentence)), Quoted: t.chance(70), Speaker: pick(&t.voice, t.theirs), Themes: []string{theme}}
	if t.chance(20) {
		r.Themes = append(r.Themes, t.theme())
	}
	t.written += len(r.Text)
	if t.do(r); t.chance(35) {
		t.do(interview.SetRaised{Problem: interview.Number(len(t.iv().Problems)), Raised: interview.Unprompted})
	}
}

// ties gives each problem some lines that show it.
func (t *teller) ties() {
	iv := t.iv()
	for _, p := range iv.Problems {
		for range t.dice.IntN(3) {
			l := pick(&t.voice, iv.Lines)
			if l.Problem.IsZero() {
				t.do(interview.Tie{Number: l.Number, Problem: p.Number})
			}
		}
	}
}

// weigh weighs most of the problems.
func (t *teller) weigh() {
	for _, p := range t.iv().Problems {
		if t.chance(8) {
			continue
		}
		w := interview.Weigh{Problem: p.Number, HowBad: some(t, 85, 1+t.dice.IntN(5))}
		w.HowOften = some(t, 80, t.say("often"))
		w.Costs = some(t, 60, t.say("costs"))
		w.Bears = some(t, 60, t.say("bears"))
		w.Tried = some(t, 50, t.say("tried"))
		w.Wants = some(t, 50, t.say("wants"))
		if w == (interview.Weigh{Problem: p.Number}) {
			continue
		}
		t.do(w)
	}
}

// some returns v with a probability in percent, and nil otherwise.
func some[T any](t *teller, percent int, v T) *T {
	if !t.chance(percent) {
		return nil
	}
	return &v
}

// playBack plays the problems back. Most are confirmed, some of them after a correction.
func (t *teller) playBack() {
	if t.chance(10) { // too early
		t.do(interview.Solve{Problems: []interview.Number{1}, Text: upper(t.say("solution"))})
	}
	for _, p := range t.iv().Problems {
		yes := interview.PlayBack{Problem: p.Number, Answer: interview.Yes, By: pick(&t.voice, t.theirs)}
		answers := []interview.Action{yes}
		switch n := t.dice.IntN(100); {
		case n < 25:
			change := t.fill(strings.Replace(pick(&t.voice, t.lex.lines["correction"]), "{problem}", p.Statement, 1))
			answers = []interview.Action{
				interview.PlayBack{
					Problem: p.Number, Answer: interview.Nearly, By: yes.By, Correction: change, Quoted: t.chance(70),
					Figures: interview.Weigh{Problem: p.Number, HowBad: some(t, 20, 1+t.dice.IntN(5))},
				}, yes,
			}
		case n < 33:
			answers = []interview.Action{interview.SetAside{Problem: p.Number, Reason: t.say("aside")}}
		case n < 37:
			answers = nil // there was no time
		case n < 40:
			answers = []interview.Action{interview.PlayBack{Problem: p.Number, Answer: interview.No, By: yes.By}}
		}
		t.do(answers...)
	}
	switch {
	case t.chance(10): // there was no time
	case t.chance(35):
		t.do(interview.AskLeftOut{})
	default:
		t.do(interview.AskLeftOut{Text: upper(t.say("left-out")), Quoted: t.chance(40)})
	}
}
