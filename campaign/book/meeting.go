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
	guide, err := playbook.NewLibrary("").Get(playbook.Default)
	if err != nil {
		return interview.ID{}, err
	}
	r, err := b.Notebook.Begin(ctx, interview.Beginning{Customer: customer, Playbook: guide})
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
		id, err := m.book.Begin(ctx, fmt.Sprintf("Harbour Welding %d", m.turns))
		m.id = id
		return err
	}
	if m.chance.IntN(12) == 0 {
		return m.book.SetDraft(ctx, m.id, fmt.Sprintf("half a line, %d", m.turns))
	}
	return m.book.Type(ctx, m.id, m.line())
}

// line returns a made-up line to type.
func (m *Meeting) line() string {
	said := fmt.Sprintf("they do one %s in %d twice #rework", common, m.turns)
	switch n := m.chance.IntN(20); n {
	case 0, 1:
		return "!" + said
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
	case 10, 11:
		return ">" + said
	default:
		return "@Ana \"" + said
	}
}
