package capture_test

import (
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"hark/internal/capture"
	"hark/internal/interview"
)

// Strings that break programs are kept as they are, whatever they are kept as.
func TestHostileStringsAreAdded(t *testing.T) {
	folder := os.Getenv("HARK_TEST_DATA")
	if folder == "" {
		t.Skip("HARK_TEST_DATA names no folder with strings that break programs")
	}
	data, err := os.ReadFile(filepath.Join(folder, "hostile", "blns", "blns.json"))
	if err != nil {
		t.Fatal(err)
	}
	var hostile []string
	if err := json.Unmarshal(data, &hostile); err != nil {
		t.Fatal(err)
	}
	for _, s := range hostile {
		_, err := capture.Parse(s, now)
		if refused := (*capture.Error)(nil); err != nil && !errors.Is(err, capture.ErrEmpty) && !errors.As(err, &refused) {
			t.Errorf("Parse(%q): %v", s, err)
		}
		if s = strings.TrimSpace(s); s == "" {
			continue
		}
		for _, want := range []interview.Action{
			quote(s), paraphrase(s, "theme"), interview.Raise{Text: s}, interview.Promises{Text: s, Owner: s},
			interview.Reword{Problem: 1, Text: s}, interview.Weigh{Problem: 1, Costs: &s, Wants: &s},
			interview.PlayBack{Problem: 1, Answer: interview.Nearly, By: s, Correction: s}, interview.Introduce{Name: s, Role: s},
		} {
			got, err := capture.Parse(capture.Format(want), now)
			if d := cmp.Diff(want, got, remarks()); d != "" || err != nil {
				t.Errorf("%q: %v\n%s", capture.Format(want), err, d)
			}
		}
	}
}
