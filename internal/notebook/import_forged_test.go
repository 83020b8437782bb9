package notebook_test

import (
	"context"
	"encoding/json"
	"strings"
	"testing"

	"hark/internal/interview"
	"hark/internal/notebook"
)

// forge changes an export: the document of its first interview.
func forge(t *testing.T, file []byte, change func(doc map[string]any)) []byte {
	t.Helper()
	var all []map[string]any
	if err := json.Unmarshal(file, &all); err != nil {
		t.Fatal(err)
	}
	change(in(all[0], "document"))
	b, err := json.Marshal(all)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// in returns an object in an object, and list the objects of an array in one.
func in(o map[string]any, field string) map[string]any {
	one, _ := o[field].(map[string]any)
	return one
}

func list(o map[string]any, field string) (all []map[string]any) {
	array, _ := o[field].([]any)
	for _, one := range array {
		if one, ok := one.(map[string]any); ok {
			all = append(all, one)
		}
	}
	return all
}

// versionsOf calls change for each version of each item of a kind.
func versionsOf(doc map[string]any, kind string, change func(v map[string]any)) {
	for _, it := range list(doc, "items") {
		for _, v := range list(it, "versions") {
			if v["kind"] == kind {
				change(v)
			}
		}
	}
}

// A file that claims to have seen more than there was, before the next export or as the first that comes
// of the interview, keeps nothing of that out.
func TestNextExportComesInAfterAClaim(t *testing.T) {
	for what, before := range map[string]bool{"into an empty notebook": false, "into one that has the interview": true} {
		mine, theirs := newDesk(t), newDesk(t)
		id := workedOut(theirs)
		first := theirs.export(true)
		if before {
			mine.mustTake(first, notebook.Imported{New: 1})
		}
		claim := forge(t, first, func(doc map[string]any) {
			for inc := range in(doc, "seen") {
				in(doc, "seen")[inc] = 1_000_000
			}
			delete(doc, "log")
		})
		if _, err := mine.take(claim); err != nil {
			t.Fatal(err)
		}
		theirs.attempt(id, interview.Reopen{}, interview.Add{Kind: interview.Quote, Text: "One more thing", Speaker: "Ana"},
			interview.Fix{Number: 3, Text: "The Friday batch came back whole"}, interview.Reword{Problem: 1, Text: "One weld in six is done twice"})
		mine.mustTake(theirs.export(true), notebook.Imported{Merged: 1})
		view, err := mine.book.Open(context.Background(), id)
		if err != nil {
			t.Fatal(err)
		}
		last := view.Lines[len(view.Lines)-1].Text
		line, _ := view.Line(3)
		if last != "One more thing" || line.Text != "The Friday batch came back whole" || view.Problems[0].Statement != "One weld in six is done twice" {
			t.Errorf("%s: there is %q, %q and %q", what, last, line.Text, view.Problems[0].Statement)
		}
	}
}

// What no other notebook can have written is refused with a sentence, and nothing is changed.
func TestForgedForThisNotebook(t *testing.T) {
	mine := newDesk(t)
	id := workedOut(mine)
	file := mine.export(true)
	before := string(file)
	owner := ""
	forge(t, file, func(doc map[string]any) {
		versionsOf(doc, "line", func(v map[string]any) { owner, _ = v["by"].(string) })
	})
	for name, c := range map[string]struct {
		change func(doc map[string]any)
		want   string
	}{
		"more changes by this notebook": {func(doc map[string]any) {
			in(doc, "seen")[owner] = 1 << 39
		}, "changes by this very notebook"},
		"another text under one change": {func(doc map[string]any) {
			delete(doc, "log")
			versionsOf(doc, "line", func(v map[string]any) { in(v, "body")["text"] = "forged" })
		}, "says something else than this notebook"},
		"another customer": {func(doc map[string]any) {
			delete(doc, "log")
			versionsOf(doc, "header", func(v map[string]any) {
				in(v, "body")["customer"] = "Elmfield"
				v["by"] = "00000000000000ff"
			})
			in(doc, "seen")["00000000000000ff"] = 1 << 20
		}, "another interview"},
		"another playbook": {func(doc map[string]any) {
			delete(doc, "log")
			versionsOf(doc, "playbook", func(v map[string]any) { in(v, "body")["about"] = "us"; v["by"] = "00000000000000ff" })
			in(doc, "seen")["00000000000000ff"] = 1 << 20
		}, "another interview"},
		"a history that contradicts": {func(doc map[string]any) {
			versionsOf(doc, "playback", func(v map[string]any) { in(v, "body")["said"] = "They want our camera" })
		}, "two things under one and the same change"},
	} {
		result, err := mine.take(forge(t, file, c.change))
		if err != nil || len(result.Refused) != 1 || !strings.Contains(result.Refused[0].Error(), c.want) {
			t.Errorf("%s: %+v, %v, want %q", name, result, err, c.want)
		}
	}
	if after := string(mine.export(true)); after != before {
		t.Error("a file that was refused has changed the notebook")
	}
	mine.attempt(id, interview.Reopen{}, interview.Add{Kind: interview.Quote, Text: "still here"})
}
