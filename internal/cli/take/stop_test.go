package take

import (
	"fmt"
	"testing"

	"hark/internal/cli/app"
	"hark/internal/interview"
)

// What fails before the first line is not about that line, and keeps its exit code.
func TestStopError(t *testing.T) {
	refused := &interview.Error{Code: interview.Invalid}
	if got := app.ExitCode(&stopError{refused}); got != 2 {
		t.Errorf("exit code %d, want 2", got)
	}
	if !aboutLine(fmt.Errorf("line 7: %w", refused)) || aboutLine(fmt.Errorf("line 7: %w", &stopError{refused})) {
		t.Error("what stops everything is taken for what is wrong with one line")
	}
}
