package interview

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"slices"

	"hark/internal/document"
)

// Withhold returns a copy of a document for others: the content of the seller's own thoughts and of
// everything dropped is removed, their place stays. Such a copy can still be merged with the whole
// document, which keeps that content.
func Withhold(doc *document.Document) *document.Document {
	dropped, mayBeThere := map[ID]bool{}, false
	for it := range doc.All() {
		v := it.Latest()
		dropped[it.ID] = v.Deleted
		mayBeThere = mayBeThere || v.Deleted && v.Kind == kindPerson || !v.Deleted && isPart(v.Kind)
	}
	if !mayBeThere {
		return withholdBut(doc, nil)
	}
	// What was dropped is there again when somebody changed it who did not see that, and a person when
	// something refers to them that the others see.
	there := map[ID]bool{}
	iv := Fold(withholdBut(doc, dropped))
	maps.Copy(there, iv.kept)
	for _, p := range iv.People {
		for _, id := range iv.itemsFor(p) {
			there[id] = dropped[id]
		}
	}
	return withholdBut(doc, there)
}

// withholdBut is Withhold, but for what was dropped and is there.
func withholdBut(doc *document.Document, there map[ID]bool) *document.Document {
	return each(doc, func(item document.ID, v document.Version) document.Version {
		if v.Deleted && mayBeWithheld(v) && !there[item] || isPrivate(doc, item, v) || ofWithheld(doc, v, there) {
			return withheld(v)
		}
		return v
	})
}

// MarkWithheld returns a document in which the versions are marked that an earlier hark withheld
// without saying so, as deletions: those of which other has another content.
func MarkWithheld(doc, other *document.Document) *document.Document {
	return each(doc, func(item document.ID, v document.Version) document.Version {
		if !v.Deleted || v.Withheld || !mayBeWithheld(v) || !hasNoContent(v) {
			return v
		}
		theirs, _ := other.Item(item)
		v.Withheld = slices.ContainsFunc(theirs.Versions, func(o document.Version) bool {
			return o.Dot == v.Dot && (o.Deleted != v.Deleted || o.Withheld || !bytes.Equal(o.Body, v.Body))
		})
		return v
	})
}

// each returns a document whose versions are changed by change; doc itself when none is.
func each(doc *document.Document, change func(document.ID, document.Version) document.Version) *document.Document {
	items := doc.Items()
	changed := false
	for i, it := range items {
		versions := slices.Clone(it.Versions)
		items[i].Versions = versions
		for n, v := range it.Versions {
			versions[n] = change(it.ID, v)
			changed = changed || versions[n].Withheld != v.Withheld
		}
	}
	if !changed {
		return doc
	}
	return document.Restore(doc.ID(), items, doc.Seen(), doc.Lacking(), doc.Erased())
}

// mayBeWithheld reports whether the content of such an item can be withheld: not that without which
// there is no interview.
func mayBeWithheld(v document.Version) bool { return v.Kind != kindHeader && v.Kind != kindPlaybook }

// isPrivate reports whether a version is a line for the seller alone: by the kind that was set for
// it, by any window, else by its own.
func isPrivate(doc *document.Document, id ID, v document.Version) bool {
	if v.Kind != kindLine {
		return false
	}
	if it, ok := doc.Item(factID(factBody{Of: id, Field: FieldKind})); ok && len(it.Live()) > 0 {
		return slices.ContainsFunc(it.Live(), func(v document.Version) bool {
			b, ok := readable[factBody](v.Body)
			return ok && LineKind(b.Text).Private()
		})
	}
	b, ok := readable[lineBody](v.Body)
	return ok && b.Kind.Private()
}

// ofWithheld reports whether a version is a part of something that is dropped or for the seller alone.
func ofWithheld(doc *document.Document, v document.Version, there map[ID]bool) bool {
	if !isPart(v.Kind) {
		return false
	}
	of, ok := doc.Item(partOf(v))
	return ok && (of.Latest().Deleted && !there[of.ID] || isPrivate(doc, of.ID, of.Latest()))
}

// withheld returns a version without its content, marked so: only its number and time stay, the kind
// of a line, of what a part says something, and that an answer is a yes. A version without content is
// returned as it is.
func withheld(v document.Version) document.Version {
	var body map[string]json.RawMessage
	if err := json.Unmarshal(v.Body, &body); err != nil {
		return v // not written by this hark
	}
	maps.DeleteFunc(body, func(key string, _ json.RawMessage) bool {
		switch key {
		case "number", "at":
			return false
		case "kind":
			return v.Kind != kindLine
		case "of", "problem", "solution", "field", "facet", "step", "answer":
			return !isPart(v.Kind)
		}
		return true
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
	if !bytes.Equal(v.Body, b) {
		v.Body, v.Withheld = b, true
	}
	return v
}

// hasNoContent reports whether a version has no more in it than one whose content is withheld.
func hasNoContent(v document.Version) bool { return bytes.Equal(v.Body, withheld(v).Body) }

// withheldRight checks that a version that is marked as withheld is one that hark withholds, and
// says nothing. Whether a line is private can stand in a fact that is withheld as well.
func withheldRight(v document.Version) error {
	if v.Withheld && (!mayBeWithheld(v) || !hasNoContent(v) || !v.Deleted && v.Kind != kindLine && !isPart(v.Kind)) {
		return invalid(fmt.Sprintf("A %s is said to be withheld, and is not one that can be", v.Kind), "")
	}
	return nil
}
