package notebook

import (
	"testing"

	"hark/internal/document"
	"hark/internal/interview"
)

// A file may leave out one of two wordings of an item only when its own history
// says what came in its place: else it does away with words.
func TestMergeAsksWhatTookTheirPlace(t *testing.T) {
	id, item := document.DerivedID("interview", "x"), document.DerivedID("line", "x")
	said := func(by document.Incarnation, text string) document.Version {
		return document.Version{
			Dot: document.Dot{Incarnation: by, Counter: 1}, Clock: document.Clock{Wall: int64(by)}, Kind: "line", Body: []byte(`{"text":"` + text + `"}`),
		}
	}
	a, b := said(1, "one"), said(2, "other")
	seen := map[document.Incarnation]uint64{1: 1, 2: 1}
	mine := document.Restore(id, []document.Item{{ID: item, Versions: []document.Version{a, b}}}, seen, nil, false)
	theirs := document.Restore(id, []document.Item{{ID: item, Versions: []document.Version{a}}}, seen, nil, false)

	if _, _, err := merge(mine, theirs, nil); err == nil {
		t.Error("a wording was done away with, and nothing said by what it was replaced")
	}
	log := []interview.Record{{Change: document.Change{{Item: item, Version: said(3, "between"), Replaced: []document.Version{b}}}}}
	together, change, err := merge(mine, theirs, log)
	if err != nil {
		t.Fatal(err)
	}
	if it, _ := together.Item(item); len(it.Versions) != 1 || len(change) != 1 || len(change[0].Replaced) != 1 {
		t.Errorf("together %+v, by %+v", it, change)
	}
}
