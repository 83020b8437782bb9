package power

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"

	"hark/campaign/book"
	"hark/campaign/tap"
	"hark/campaign/trial"
	"hark/internal/interview"
)

// turns is the number of actions in one recording.
const turns = 60

// Processes are the processes that Run starts.
func Processes() map[string]trial.Process {
	return map[string]trial.Process{"tap": tap.Process, "power meet": meet, "power journal": journalled, "power check": check}
}

// notebookIn returns the path of the notebook; hark creates its folder too.
func notebookIn(folder string) string { return filepath.Join(folder, "share", "hark.db") }

// sort is a kind of recording.
type sort struct {
	name    string
	process string
	// lines is true when only the lines are compared: entries of the journal are stored later, with
	// a history of their own.
	lines bool
	// fails selects the calls that fail, after so many lines of output.
	fails func(c tap.Call, said int) bool
}

func sorts() []sort {
	const from, to = 10, 40 // while the notebook cannot be written
	return []sort{
		{"meeting", "power meet", false, func(tap.Call, int) bool { return false }},
		{"meeting with a full disk in the middle", "power journal", true, func(c tap.Call, said int) bool {
			return from < said && said < to && filepath.Ext(c.Path) == ".db" && (c.Op == tap.Write || c.Op == tap.Truncate)
		}},
	}
}

// meet runs a made-up meeting in a new notebook, and prints the notebook's content after each turn.
// Its arguments are a folder and a seed.
func meet(args []string) error {
	ctx := context.Background()
	seed, err := strconv.ParseUint(args[1], 10, 64)
	if err != nil {
		return err
	}
	b, err := book.Open(ctx, notebookIn(args[0]))
	if err != nil {
		return err
	}
	m := b.Meet(rand.New(rand.NewPCG(seed, 0)))
	for n := range turns {
		if n > 0 {
			if err := m.Turn(ctx); err != nil {
				return err
			}
		}
		holds, err := b.Fingerprint(ctx)
		if err != nil {
			return err
		}
		fmt.Println(holds)
	}
	return nil
}

// journalled adds lines, and prints after each which lines there are, in the notebook or in the
// journal. Its argument is a folder.
func journalled(args []string) error {
	ctx := context.Background()
	b, err := book.Open(ctx, notebookIn(args[0]))
	if err != nil {
		return err
	}
	var (
		id   interview.ID
		have []string
	)
	for n := range turns {
		if n == 0 {
			id, err = b.Begin(ctx, "Harbour Welding")
		} else {
			err = b.Type(ctx, id, fmt.Sprintf(`"line %03d`, n))
			have = append(have, fmt.Sprintf("%03d", n))
		}
		if err != nil {
			return err
		}
		fmt.Println("lines:" + strings.Join(have, ","))
	}
	return nil
}

// recording is every call of one hark, with its output in between.
type recording struct {
	sort   sort
	folder string
	calls  []tap.Call
	holds  []string
}

// record runs hark and records its calls.
func record(ctx context.Context, s sort, folder string, seed uint64) (*recording, error) {
	if err := os.Mkdir(folder, 0o700); err != nil {
		return nil, err
	}
	cmd, err := trial.Command(ctx, "tap", s.process, folder, strconv.FormatUint(seed, 10))
	if err != nil {
		return nil, err
	}
	var complaint strings.Builder
	cmd.Stderr = &complaint
	r := &recording{sort: s, folder: folder}
	err = tap.Run(cmd, folder, func(c tap.Call) tap.Verdict {
		if s.fails(c, len(r.holds)) {
			return tap.Verdict{Errno: syscall.ENOSPC}
		}
		if c.Op == tap.Say {
			r.holds = append(r.holds, strings.TrimSpace(string(c.Data)))
		}
		r.calls = append(r.calls, c)
		return tap.Verdict{}
	})
	switch {
	case errors.Is(err, tap.ErrUnavailable):
		return nil, err
	case err != nil:
		return nil, fmt.Errorf("recording: %w: %s", err, complaint.String())
	case len(r.holds) != turns:
		return nil, errors.New("recording: some of what hark said is missing")
	}
	return r, nil
}
