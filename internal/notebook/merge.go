package notebook

import (
	"bytes"
	"cmp"
	"slices"

	"hark/internal/document"
	"hark/internal/interview"
)

// merge merges two documents of one interview and returns the changes to mine. Content that was
// withheld from one of them is taken from the other. log is the history that came with theirs.
// own is the incarnation under which this notebook writes, and which nobody else can have gone on with.
// The error is an *interview.Error with code Invalid when theirs cannot have been written by hark
// for the same interview: one dot has different contents, versions of mine are gone without a
// record of what replaced them, it began as another interview, or it has changes by own that this
// notebook never made.
func merge(mine, theirs *document.Document, log []interview.Record, own document.Incarnation) (*document.Document, document.Change, error) {
	if !interview.BeganAlike(mine, theirs) {
		return nil, nil, altered("it is another interview, with another customer, time or playbook, under the ID of this one")
	}
	if theirs.Seen()[own] > mine.Seen()[own] {
		return nil, nil, altered("it has changes by this very notebook that were never made here; it was altered by hand")
	}
	return mergeExplained(mine, theirs, own, func(gone []document.Version) bool { return replacedBy(log, gone) })
}

// putBack is merge with what this notebook itself has had, which is believed.
func putBack(mine, had *document.Document) (*document.Document, document.Change) {
	together, change, err := mergeExplained(mine, had, 0, func([]document.Version) bool { return true })
	if err != nil {
		return mine, nil // one dot has two contents, and nothing of it is taken
	}
	return together, change
}

// mergeExplained is merge of documents of one interview; explained reports whether it is known what
// replaced versions of mine that are gone.
func mergeExplained(mine, theirs *document.Document, own document.Incarnation, explained func(gone []document.Version) bool) (*document.Document, document.Change, error) {
	theirs = interview.MarkWithheld(theirs, mine)
	together := document.Merge(interview.MarkWithheld(mine, theirs), theirs)
	var change document.Change
	for _, it := range together.Items() {
		had, _ := mine.Item(it.ID)
		said, _ := theirs.Item(it.ID)
		for _, v := range it.Versions {
			other := versionAt(said.Versions, v.Dot)
			if other != nil && !agree(*other, v) {
				return nil, nil, altered("it says something else than this notebook under one and the same change; it was altered by hand")
			}
			before := versionAt(had.Versions, v.Dot)
			if before == nil && v.Incarnation == own {
				return nil, nil, altered("it says something else than this notebook wrote under one and the same change; it was altered by hand")
			}
			if before == nil || !sameVersion(*before, v) {
				change = append(change, document.Replacement{Item: it.ID, Version: v, Replaced: without(had.Versions, it.Versions)})
			}
		}
	}
	for _, it := range mine.Items() {
		now, _ := together.Item(it.ID)
		gone := without(it.Versions, now.Versions)
		replaced := slices.ContainsFunc(change, func(r document.Replacement) bool { return r.Item == it.ID })
		switch {
		case len(gone) == 0 || replaced:
		case len(now.Versions) == 0 || !explained(gone):
			return nil, nil, altered("it does away with words of this interview and does not say by what they were replaced")
		default:
			// The version that replaced them was replaced by one of mine, and what was between is
			// unknown. So the two stood side by side.
			change = append(change, document.Replacement{Item: it.ID, Version: now.Latest(), Replaced: gone})
		}
	}
	return together, ordered(change), nil
}

// creation is the change that makes a document out of an empty one.
func creation(doc *document.Document) document.Change {
	var change document.Change
	for _, it := range doc.Items() {
		for _, v := range it.Versions {
			change = append(change, document.Replacement{Item: it.ID, Version: v})
		}
	}
	return ordered(change)
}

// ordered sorts a change by dots, the order in which it was made and is replayed.
func ordered(change document.Change) document.Change {
	slices.SortFunc(change, func(a, b document.Replacement) int {
		x, y := a.Version.Dot, b.Version.Dot
		return cmp.Or(cmp.Compare(x.Incarnation, y.Incarnation), cmp.Compare(x.Counter, y.Counter))
	})
	return change
}

// replacedBy reports whether the log has a replacement of each of these versions.
func replacedBy(log []interview.Record, gone []document.Version) bool {
	return !slices.ContainsFunc(gone, func(v document.Version) bool {
		return !slices.ContainsFunc(log, func(r interview.Record) bool {
			return slices.ContainsFunc(r.Change, func(c document.Replacement) bool { return versionAt(c.Replaced, v.Dot) != nil })
		})
	})
}

func altered(message string) error {
	return &interview.Error{Code: interview.Invalid, Message: message}
}

// versionAt returns the version with a dot, nil when it is not there.
func versionAt(versions []document.Version, dot document.Dot) *document.Version {
	i := slices.IndexFunc(versions, func(v document.Version) bool { return v.Dot == dot })
	if i < 0 {
		return nil
	}
	return &versions[i]
}

// without returns the versions that are not among others.
func without(versions, others []document.Version) []document.Version {
	var rest []document.Version
	for _, v := range versions {
		if versionAt(others, v.Dot) == nil {
			rest = append(rest, v)
		}
	}
	return rest
}

// sameVersion reports whether two versions of one dot are identical.
func sameVersion(a, b document.Version) bool {
	return agree(a, b) && a.Deleted == b.Deleted && a.Withheld == b.Withheld && bytes.Equal(a.Body, b.Body)
}

// agree reports whether two versions of one dot can be of one change: they are identical but for
// what is withheld from one of them.
func agree(a, b document.Version) bool {
	return a.Clock == b.Clock && a.Kind == b.Kind && a.Author == b.Author && a.First == b.First &&
		(a.Withheld || b.Withheld || a.Deleted == b.Deleted && bytes.Equal(a.Body, b.Body))
}
