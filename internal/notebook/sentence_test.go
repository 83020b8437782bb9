package notebook

import (
	"errors"
	"fmt"
	"strings"
	"syscall"
	"testing"

	"hark/internal/storage"
)

// What neither the store nor the journal takes is said in one sentence, on one line.
func TestNowhereIsOneSentence(t *testing.T) {
	full := func(what string) error {
		return fmt.Errorf("%w: %s: %w", storage.ErrUnwritable, what, syscall.ENOSPC)
	}
	err := error(&nowhereError{full("hark.db could not be saved"), errors.Join(full("hark.journal cannot be kept beside the notebook"), nil)})
	text := err.Error()
	if strings.Contains(text, "\n") || strings.Count(text, storage.ErrUnwritable.Error()) != 1 || strings.Count(text, syscall.ENOSPC.Error()) != 2 {
		t.Errorf("said %q", text)
	}
	if !errors.Is(err, storage.ErrUnwritable) || !errors.Is(err, syscall.ENOSPC) {
		t.Errorf("%v wraps neither", err)
	}
}
