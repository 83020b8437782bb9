package book

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"time"

	"hark/internal/capture"
	"hark/internal/interview"
	"hark/internal/notebook"
	"hark/internal/playbook"
)

// common is a word in many made-up lines, to search for.
const common = "weld"

// Begin begins an interview with a customer, guided by the default playbook.
func (b *Book) Begin(ctx context.Context, customer string) (interview.ID, error) {
	return b.begin(ctx, interview.Beginning{Customer: customer})
}

func (b *Book) begin(ctx context.Context, beginning interview.Beginning) (id interview.ID, err error) {
	if beginning.Playbook, err = playbook.NewLibrary("").Get(playbook.Default); err != nil {
		return id, err
	}
	r, err := b.Notebook.Begin(ctx, beginning)
	if err != nil {
		return interview.ID{}, err
	}
	return r.ID, nil
}

// Type types one line of the capture language into an interview. What the gate or a rule refuses is
// no error here.
func (b *Book) Type(ctx context.Context, id interview.ID, line string) error {
	action, err := capture.Parse(line, time.Now())
	if err != nil {
		return fmt.Errorf("%q: %w", line, err)
	}
	_, err = b.Apply(ctx, id, action, notebook.Live)
	if _, ok := errors.AsType[*interview.Error](err); ok {
		return nil
	}
	return err
}

// Meeting is a made-up meeting of any length.
type Meeting struct {
	book   *Book
	chance *rand.Rand
	id     interview.ID
	turns  int
}

// Meet begins a made-up meeting.
func (b *Book) Meet(chance *rand.Rand) *Meeting { return &Meeting{book: b, chance: chance} }

// Turn does the next thing. Usually it adds a line; at times it weighs, plays back, undoes, saves a
// draft or begins another interview. It makes at most one change to the notebook.
func (m *Meeting) Turn(ctx context.Context) error {
	m.turns++
	if m.id.IsZero() || m.chance.IntN(40) == 0 {
		beginning := interview.Beginning{Customer: fmt.Sprintf("Harbour Welding %d", m.turns), Debrief: m.chance.IntN(4) == 0}
		if beginning.Debrief {
			beginning.MetUntil = time.Now().Add(-time.Duration(1+m.chance.IntN(1000)) * time.Hour)
		}
		id, err := m.book.begin(ctx, beginning)
		m.id = id
		return err
	}
	if m.chance.IntN(12) == 0 {
		return m.book.SetDraft(ctx, m.id, fmt.Sprintf("half a line, %d", m.turns))
	}
	line, err := m.line(ctx)
	if err != nil {
		return err
	}
	return m.book.Type(ctx, m.id, line)
}

// line returns a made-up line to type.
func (m *Meeting) line(ctx context.Context) (string, error) {
	said := fmt.Sprintf("they do one %s in %d twice #rework", common, m.turns)
	switch n := m.chance.IntN(30); {
	case n < 12:
		return m.listening(n, said), nil
	case n < 16:
		return m.playback(n, said), nil
	case n < 22:
		return m.afterwards(ctx, said)
	default:
		return "@Ana \"" + said, nil
	}
}

// listening returns a line of what is typed most.
func (m *Meeting) listening(n int, said string) string {
	switch n {
	case 0:
		return "!" + said
	case 1:
		return "!\"" + said
	case 2:
		return fmt.Sprintf("/impact 1 how-bad=%d costs=\"%d days\"", 1+m.chance.IntN(5), m.turns)
	case 3:
		return "/playback 1 yes by Ana"
	case 4, 5:
		return "/undo"
	case 6:
		return "/redo"
	case 7:
		return "+send the list of alloys @us due 2026-12-03"
	case 8:
		// More than one page of the file holds.
		return `"` + strings.Repeat(said+" and again ", 1+m.chance.IntN(400))
	case 9:
		return "/person Ana, foreman"
	default:
		return ">" + said
	}
}

// playback returns a line about what they say to a problem, and what was left out.
func (m *Meeting) playback(n int, said string) string {
	switch n {
	case 12:
		return fmt.Sprintf("/playback 1 nearly by Ana: how-bad=%d wording=\"%s\"", 1+m.chance.IntN(5), said)
	case 13:
		return fmt.Sprintf("/playback 1 %s by Ana: %s", m.either("nearly", "no"), said)
	case 14:
		return "/left-out " + m.either("", "\"") + said
	default:
		return "/raised 1 " + m.either("unprompted", "asked")
	}
}

// afterwards returns a line about a route or a promise: what comes of it, and that they were told.
// Where there is none it returns what has to come first.
func (m *Meeting) afterwards(ctx context.Context, said string) (string, error) {
	v, err := m.book.Open(ctx, m.id)
	if err != nil {
		return "", err
	}
	p, there := v.Problem(1)
	switch n := len(v.Promises); {
	case n > 0 && m.chance.IntN(3) == 0:
		return fmt.Sprintf("%s %s", m.either("/done", "/told"), v.Promises[n-1].Number), nil
	case len(v.Routes) > 0:
		return m.either(fmt.Sprintf("/answer %s %s", v.Routes[0].Number, said), fmt.Sprintf("/told %s", v.Routes[0].Number)), nil
	case !there:
		return "!" + said, nil
	case p.Status != interview.Confirmed:
		return "/playback 1 yes by Ana", nil
	}
	return "/route 1 engineering", nil
}

// either returns one of two words.
func (m *Meeting) either(one, other string) string {
	if m.chance.IntN(2) == 0 {
		return one
	}
	return other
}
