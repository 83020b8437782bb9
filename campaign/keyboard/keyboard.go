// Package keyboard types sentences into the live screen after everything that can open there has
// closed, and looks for any that did not land in the box whole. It runs the test of the live
// screen, with more sentences: that needs a clock of its own, which only tests have.
package keyboard

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"strings"

	"hark/campaign/trial"
)

// sentences is how many are typed at each place.
const sentences = 200

// Run types a part of the sentences.
func Run(ctx context.Context, o trial.Options) (trial.Row, error) {
	n := max(int(sentences*o.Scale), 1)
	row := trial.Row{
		Campaign: "Sentences typed where dialogs, questions and selections have been",
		Must:     "each lands in the box whole, and nothing else changes",
	}
	cmd := exec.CommandContext(ctx, "go", "test", "-count=1", "-timeout=2h", "-v", "-run", "^TestTheBoxOwnsTheKeyboard$", "hark/ui/live")
	cmd.Env = append(os.Environ(), fmt.Sprintf("HARK_KEYBOARD=%d", n))
	out, err := cmd.CombinedOutput()
	places, bad := strings.Count(string(out), "\n    --- PASS:"), strings.Count(string(out), "\n    --- FAIL:")
	row.Count = fmt.Sprintf("%d places, %d sentences at each", places+bad, n)
	row.Found = fmt.Sprintf("%d places where one went astray", bad)
	if err != nil || places == 0 {
		row.Bad = append(row.Bad, strings.TrimSpace(string(out)))
	}
	o.Say("keyboard: " + row.Count + ", " + row.Found)
	return row, ctx.Err()
}
