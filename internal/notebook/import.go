package notebook

import (
	"bytes"
	"cmp"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"iter"
	"slices"

	"hark/internal/document"
	"hark/internal/interchange"
	"hark/internal/interview"
	"hark/internal/storage"
)

// Imported says what came of an import, in interviews.
type Imported struct {
	New    int
	Merged int // were here, and got something that was not
	Same   int // were here as they came
	Erased int // were erased here, and stay so
}

// Incoming gives the interviews of a file, from the beginning at every call.
type Incoming func() iter.Seq2[interchange.Incoming, error]

// The steps of an import, as its progress is told.
const (
	Checking = "checking"
	Writing  = "writing"
)

// Import brings interviews into the notebook. Everything is looked at before
// anything is written: when one interview cannot be had, none is. The same file
// twice changes nothing the second time.
//
// An interview that is not here is written with its history. One that is here
// is merged: what either side saw replaced goes, and what they wrote beside each
// other stays, both wordings of it. That is one step of its history, which undo
// passes over.
//
// New interviews are written some hundred at a time, others one at a time. An
// import that breaks off, by ctx or a full disk, has left whole interviews
// behind it, and the same one again brings the rest.
//
// progress, which may be nil, is told of every interview that a step is done
// with. The error is that of read, or an *interchange.FileError.
func (n *Notebook) Import(ctx context.Context, read Incoming, progress func(step string, done int)) (Imported, error) {
	if progress == nil {
		progress = func(string, int) {}
	}
	i := importing{book: n, known: map[interview.ID]int{}}
	done := 0
	for in, err := range read() {
		if err == nil {
			err = cmp.Or(ctx.Err(), i.check(ctx, &in))
		}
		if err != nil {
			return Imported{}, err
		}
		done++
		progress(Checking, done)
	}
	done = 0
	for in, err := range read() {
		if err == nil {
			err = cmp.Or(ctx.Err(), i.take(ctx, &in, done))
		}
		if err != nil {
			return i.result, err
		}
		done++
		progress(Writing, done)
	}
	return i.result, i.flush(ctx)
}

// importing is one import.
type importing struct {
	book   *Notebook
	known  map[interview.ID]int // the line on which each begins
	sums   [][sha256.Size]byte  // of what was checked, in order
	result Imported

	batch []storage.Write
	bytes int // how much of the file is in the batch
}

// check looks at one interview and at what is here of it.
func (i *importing) check(ctx context.Context, in *interchange.Incoming) error {
	iv, log, err := in.Stored()
	if err != nil {
		return err
	}
	if line, twice := i.known[iv.ID]; twice {
		return &interchange.FileError{Line: in.Line, Err: &interview.Error{
			Code: interview.Invalid, Message: fmt.Sprintf("this interview is in the file already, on line %d", line),
		}}
	}
	i.known[iv.ID] = in.Line
	i.sums = append(i.sums, in.Sum)
	mine, err := i.here(ctx, iv.ID)
	if err != nil || mine == nil || mine.Erased() {
		return err
	}
	if _, _, err := merge(mine, iv.Document(), log); err != nil {
		return &interchange.FileError{Line: in.Line, Err: err}
	}
	return nil
}

// here returns what is here of an interview, nil for nothing.
func (i *importing) here(ctx context.Context, id interview.ID) (*document.Document, error) {
	doc, _, err := i.book.store.Read(ctx, id)
	if errors.Is(err, storage.ErrNotFound) {
		return nil, nil
	}
	return doc, err
}

// take writes one interview that was checked before, or keeps it for the next
// batch.
func (i *importing) take(ctx context.Context, in *interchange.Incoming, nth int) error {
	if nth >= len(i.sums) || in.Sum != i.sums[nth] {
		return &interchange.FileError{Line: in.Line, Err: errors.New("the file changed while it was read; what came before this line is in the notebook, try again for the rest")}
	}
	in.Checked = true
	iv, log, err := in.Stored()
	if err != nil {
		return err
	}
	mine, err := i.here(ctx, iv.ID)
	switch {
	case err != nil:
		return err
	case mine == nil:
		i.batch = append(i.batch, i.book.arrived(iv, log))
		i.bytes += in.Size()
		const most, mostBytes = 200, 16 << 20
		if len(i.batch) >= most || i.bytes >= mostBytes {
			return i.flush(ctx)
		}
	case mine.Erased():
		i.result.Erased++
	default:
		return i.merge(ctx, in, iv, log)
	}
	return nil
}

// flush writes what is new.
func (i *importing) flush(ctx context.Context) error {
	if len(i.batch) == 0 {
		return nil
	}
	if err := i.book.store.CreateMany(ctx, i.batch); err != nil {
		return err
	}
	i.result.New += len(i.batch)
	i.batch, i.bytes = nil, 0
	return nil
}

// merge brings into an interview what it has not.
func (i *importing) merge(ctx context.Context, in *interchange.Incoming, iv *interview.Interview, log []interview.Record) error {
	changed := false
	_, err := i.book.store.Change(ctx, iv.ID, func(s storage.Stored) (storage.Write, error) {
		doc, change, err := merge(s.Document, iv.Document(), log)
		if err != nil {
			return storage.Write{}, &interchange.FileError{Line: in.Line, Err: err}
		}
		changed = len(change) > 0
		return i.book.importedWrite(interview.Fold(doc), interview.Merged, change), nil
	})
	switch {
	case err != nil:
		return err
	case changed:
		i.result.Merged++
	default:
		i.result.Same++
	}
	return nil
}

// arrived is the write of a new interview with its history, oldest first.
// Without one, its arrival is where its history begins.
func (n *Notebook) arrived(iv *interview.Interview, log []interview.Record) storage.Write {
	if len(log) == 0 {
		return n.importedWrite(iv, interview.Did, allOf(iv.Document()))
	}
	last := len(log) - 1
	return writeOf(iv, log[last], log[:last]...)
}

// importedWrite is the write of something that came from elsewhere.
func (n *Notebook) importedWrite(iv *interview.Interview, kind interview.RecordKind, change document.Change) storage.Write {
	return writeOf(iv, interview.Record{Kind: kind, Label: "imported", At: n.now(), Author: n.author, Change: change})
}

// allOf is the change that makes a document out of nothing.
func allOf(doc *document.Document) document.Change {
	var change document.Change
	for _, it := range doc.Items() {
		for _, v := range it.Versions {
			change = append(change, document.Replacement{Item: it.ID, Version: v})
		}
	}
	return ordered(change)
}

// ordered puts a change in the order in which it was made, as replaying wants
// it.
func ordered(change document.Change) document.Change {
	slices.SortFunc(change, func(a, b document.Replacement) int {
		x, y := a.Version.Dot, b.Version.Dot
		return cmp.Or(cmp.Compare(x.Incarnation, y.Incarnation), cmp.Compare(x.Counter, y.Counter))
	})
	return change
}

// merge brings two documents of one interview together, and returns what that
// changes in mine. What was withheld from one of them is taken from the other. log
// is what was done in theirs, as far as it came with them.
//
// The error is an *interview.Error with code Invalid when theirs cannot have
// come from the same interview by hark's own doing: it says something else
// under one and the same change, or does away with words without saying by what
// they were replaced.
func merge(mine, theirs *document.Document, log []interview.Record) (*document.Document, document.Change, error) {
	filled := interview.Fill(mine, theirs)
	theirs = interview.Fill(theirs, filled)
	together := document.Merge(filled, theirs)
	var change document.Change
	for _, it := range together.Items() {
		had, _ := mine.Item(it.ID)
		said, _ := theirs.Item(it.ID)
		for _, v := range it.Versions {
			other := at(said.Versions, v.Dot)
			if other != nil && !alike(*other, v) {
				return nil, nil, altered("it says something else than this notebook under one and the same change; it was altered by hand")
			}
			if before := at(had.Versions, v.Dot); before == nil || !alike(*before, v) {
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
		case len(now.Versions) == 0 || !replacedBy(log, gone):
			return nil, nil, altered("it does away with words of this interview and does not say by what they were replaced")
		default:
			// What they were replaced by was replaced in its turn, by what is here: that
			// came without what was between, and stood beside them.
			change = append(change, document.Replacement{Item: it.ID, Version: now.Latest(), Replaced: gone})
		}
	}
	return together, ordered(change), nil
}

// replacedBy reports whether a log says of all these versions that something took
// their place.
func replacedBy(log []interview.Record, gone []document.Version) bool {
	return !slices.ContainsFunc(gone, func(v document.Version) bool {
		return !slices.ContainsFunc(log, func(r interview.Record) bool {
			return slices.ContainsFunc(r.Change, func(c document.Replacement) bool { return at(c.Replaced, v.Dot) != nil })
		})
	})
}

func altered(message string) error {
	return &interview.Error{Code: interview.Invalid, Message: message}
}

// at returns the version of a change, nil when it is not there.
func at(versions []document.Version, dot document.Dot) *document.Version {
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
		if at(others, v.Dot) == nil {
			rest = append(rest, v)
		}
	}
	return rest
}

// alike reports whether two versions of one change are the same.
func alike(a, b document.Version) bool {
	return a.Clock == b.Clock && a.Kind == b.Kind && a.Author == b.Author && a.Deleted == b.Deleted && bytes.Equal(a.Body, b.Body)
}
