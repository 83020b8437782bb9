package interview

import (
	"encoding/json"
	"maps"
	"slices"

	"hark/internal/document"
)

// Withhold returns a copy of a document for others: the content of the seller's own thoughts and of
// everything dropped is removed, their place stays. Such a copy can still be merged with the whole
// document, which keeps that content; see Fill.
func Withhold(doc *document.Document) *document.Document {
	items := doc.Items()
	for i, it := range items {
		items[i].Versions = slices.Clone(it.Versions)
		for n, v := range it.Versions {
			if v.Deleted && v.Kind != kindHeader && v.Kind != kindPlaybook {
				items[i].Versions[n] = withheld(v)
			} else if isPrivate(v) {
				v.Deleted = true
				items[i].Versions[n] = withheld(v)
			}
		}
	}
	return document.Restore(doc.ID(), items, doc.Seen(), doc.Lacking(), doc.Erased())
}

// Fill restores in doc what was withheld from it, as far as whole has it.
func Fill(doc, whole *document.Document) *document.Document {
	items := doc.Items()
	for i, it := range items {
		items[i].Versions = slices.Clone(it.Versions)
		theirs, _ := whole.Item(it.ID)
		for n, v := range it.Versions {
			if !v.Deleted || !isWithheld(v) {
				continue
			}
			for _, w := range theirs.Versions {
				if w.Dot == v.Dot {
					items[i].Versions[n] = w
				}
			}
		}
	}
	return document.Restore(doc.ID(), items, doc.Seen(), doc.Lacking(), doc.Erased())
}

func isPrivate(v document.Version) bool {
	if v.Kind != kindLine {
		return false
	}
	b, err := decode[lineBody](v.Body)
	return err == nil && b.Kind.Private()
}

// withheld returns a version without its content: only its number and time stay, and the kind of a
// line.
func withheld(v document.Version) document.Version {
	var body map[string]json.RawMessage
	if err := json.Unmarshal(v.Body, &body); err != nil {
		return v // not written by this hark
	}
	maps.DeleteFunc(body, func(key string, _ json.RawMessage) bool {
		return key != "number" && key != "at" && (key != "kind" || v.Kind != kindLine)
	})
	b, err := json.Marshal(body)
	if err != nil {
		return v
	}
	if r, ok := readingOf(v.Kind); ok {
		if canonical, err := r.canonical(b); err == nil {
			b = canonical
		}
	}
	v.Body = b
	return v
}
