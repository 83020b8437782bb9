package notebook

import (
	"cmp"
	"fmt"

	"hark/internal/interview"
	"hark/internal/storage"
)

// revert undoes or redoes what the notebook's author did, in this process or another. What others
// did stays. The error is an *interview.Error with code Invalid when there is nothing
// to undo or redo.
func (n *Notebook) revert(iv *interview.Interview, s storage.Stored, action interview.Action, st interview.Stamp) (*interview.Step, interview.RecordKind, *interview.Record, error) {
	_, again := action.(interview.Redo)
	kind, pick, none := interview.Undid, lastDone, "There is nothing to undo"
	if again {
		kind, pick, none = interview.Redid, lastUndone, "There is nothing to bring back"
	}
	mine := n.Mine
	if iv.Discarded { // nothing but its deletion can be taken back, and by anybody
		mine = func(interview.Record) bool { return true }
	}
	record, err := pick(s, mine)
	if err != nil {
		return nil, "", nil, err
	}
	if record == nil {
		refusal := &interview.Error{Code: interview.Invalid, Message: none}
		if theirs, _ := pick(s, func(interview.Record) bool { return true }); theirs != nil {
			refusal.Message = fmt.Sprintf("%s of yours: %s is by %s", none, theirs.Label, cmp.Or(theirs.Author, "somebody"))
			refusal.Next = "the setting author says who you are"
		}
		return nil, "", nil, refusal
	}
	step, err := interview.Revert(iv, record.Change, again, record.Label, st)
	return step, kind, record, err
}

// lastDone returns the newest action of an author that is not undone, nil for none; the beginning of
// the interview does not count. The log is read backwards, so the first record about an action is the
// last word on it.
func lastDone(s storage.Stored, mine func(interview.Record) bool) (*interview.Record, error) {
	undone := map[interview.Revision]bool{}
	said := map[interview.Revision]bool{}
	var found *interview.Record
	for r, err := range s.Log {
		if err != nil && found != nil {
			return found, nil // an older record exists, even if it cannot be read, so found is not the beginning
		}
		if err != nil {
			return nil, err
		}
		switch r.Kind {
		case interview.Undid, interview.Redid:
			if !said[r.Of] {
				said[r.Of], undone[r.Of] = true, r.Kind == interview.Undid
			}
		case interview.Did:
			if found != nil {
				return found, nil // an older record exists, so found is not the beginning
			}
			if mine(r) && !undone[r.Revision] {
				found = &r
			}
		case interview.Moved, interview.Merged:
		}
	}
	return nil, nil
}

// lastUndone returns the oldest of the actions that an author undid since the last new one of theirs,
// nil for none. After a new action, earlier ones can no longer be redone.
func lastUndone(s storage.Stored, mine func(interview.Record) bool) (*interview.Record, error) {
	said := map[interview.Revision]bool{}
	undone := map[interview.Revision]bool{}
	collecting := true
	var oldest *interview.Record
	for r, err := range s.Log {
		if err != nil {
			return nil, err
		}
		switch r.Kind {
		case interview.Undid, interview.Redid:
			if collecting && !said[r.Of] {
				said[r.Of] = true
				if r.Kind == interview.Undid && mine(r) {
					undone[r.Of] = true
				}
			}
		case interview.Did:
			collecting = collecting && !mine(r)
			if undone[r.Revision] {
				oldest = &r
				delete(undone, r.Revision)
			}
		case interview.Moved, interview.Merged:
		}
		if !collecting && len(undone) == 0 {
			return oldest, nil
		}
	}
	return oldest, nil
}
