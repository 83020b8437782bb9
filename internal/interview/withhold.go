package interview

import (
	"encoding/json"
	"maps"
	"slices"

	"hark/internal/document"
)

// Withhold returns a document as it may be given to others: the seller's own
// thoughts, and whatever was dropped, keep their place and say nothing more.
// The document that they are left out of can still be merged with the whole
// one, in which they stay; see Fill.
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

// Fill returns doc with what was withheld from it, as far as whole has it.
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

// withheld returns a version of which only its place is left: its number, when
// it was, and of a line what kind it is.
func withheld(v document.Version) document.Version {
	var body map[string]json.RawMessage
	if err := json.Unmarshal(v.Body, &body); err != nil {
		return v // nothing that this hark wrote
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
