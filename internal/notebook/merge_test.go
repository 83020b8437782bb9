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
	said := func(by document.Incarnation, wall int64, text string) document.Version {
		return document.Version{
			Dot: document.Dot{Incarnation: by, Counter: 1}, Clock: document.Clock{Wall: wall}, Kind: "line", Body: []byte(`{"text":"` + text + `"}`),
		}
	}
	a, b := said(1, 4, "one"), said(2, 2, "other")
	seen := map[document.Incarnation]uint64{1: 1, 2: 1}
	mine := document.Restore(id, []document.Item{{ID: item, Versions: []document.Version{a, b}}}, seen, nil, false)
	theirs := document.Restore(id, []document.Item{{ID: item, Versions: []document.Version{a}}}, seen, nil, false)

	if _, _, err := merge(mine, theirs, nil, 9); err == nil {
		t.Error("a wording was done away with, and nothing said by what it was replaced")
	}
	log := []interview.Record{{Change: document.Change{{Item: item, Version: said(3, 3, "between"), Replaced: []document.Version{b}}}}}
	together, change, err := merge(mine, theirs, log, 9)
	if err != nil {
		t.Fatal(err)
	}
	if it, _ := together.Item(item); len(it.Versions) != 1 || len(change) != 1 || len(change[0].Replaced) != 1 {
		t.Errorf("together %+v, by %+v", it, change)
	}
}

// A file that claims to have seen a wording, and has nothing later in its place, takes nothing away.
func TestMergeBelievesNoClaim(t *testing.T) {
	id, item := document.DerivedID("interview", "x"), document.DerivedID("line", "x")
	said := document.Version{Dot: document.Dot{Incarnation: 1, Counter: 5}, Clock: document.Clock{Wall: 5}, Kind: "line", Body: []byte(`{"text":"one"}`)}
	here := document.Restore(id, []document.Item{{ID: item, Versions: []document.Version{said}}}, nil, nil, false)
	claims := document.Restore(id, nil, map[document.Incarnation]uint64{1: 1_000_000}, nil, false)
	for what, merged := range map[string][2]*document.Document{"the claim comes in": {here, claims}, "the claim was here": {claims, here}} {
		together, _, err := merge(merged[0], merged[1], nil, 9)
		if err != nil {
			t.Fatal(err)
		}
		if it, _ := together.Item(item); len(it.Versions) != 1 {
			t.Errorf("%s, and the wording is gone", what)
		}
	}
	if _, _, err := merge(here, claims, nil, 1); err == nil {
		t.Error("a file knows more of what this notebook wrote than the notebook")
	}
}
