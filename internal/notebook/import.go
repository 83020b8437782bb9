package notebook

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"iter"
	"maps"
	"slices"

	"hark/internal/document"
	"hark/internal/interchange"
	"hark/internal/interview"
	"hark/internal/storage"
)

// Imported is the result of an import: of how many interviews came what.
type Imported struct {
	New    int
	Merged int // were here, and got something new
	// ToSettle is how many things are to settle in those now.
	ToSettle int
	Same     int // were here, and are unchanged
	Erased   int // were erased, here or by the file, and stay out
	// Refused says why interviews were left out, in the order of the file: of the first ones. More
	// counts the others.
	Refused []*interchange.FileError
	More    int
	// Erasures counts the interviews that the file says were erased, and Marked those of them that
	// were unknown here, and are marked as erased now.
	Erasures, Marked int
	// Standing are those of them that are here, newest first. Import erases none:
	// storage.Maintainer does.
	Standing []Standing
}

// Standing is an interview that was erased elsewhere and is here.
type Standing struct {
	interview.Summary
	// Brought means that it came with the same file.
	Brought bool
}

// Len returns how many interviews there were, without those that were erased elsewhere.
func (r Imported) Len() int { return r.New + r.Merged + r.Same + r.Erased + r.LeftOut() }

// LeftOut returns how many interviews were refused.
func (r Imported) LeftOut() int { return len(r.Refused) + r.More }

// Import adds interviews to the notebook, each for itself: one that is refused costs only itself.
// Importing the same file again changes nothing.
// What was erased elsewhere stays out: an interview that was never here is marked as erased, so that
// it cannot come in later. One that is here is not touched, and is in the result.
// An interview that is not here is written with its history. One that is here is merged: versions
// that either side saw replaced go, and concurrent ones stay, both wordings of them. The merge is
// one record of the history, which undo passes over. What a newer hark wrote is kept as it is, in an
// interview that is read-only.
// New interviews are written some hundred at a time, others one at a time. An import that breaks
// off, by an error of the sequence or of the store, or by ctx, leaves whole interviews, and
// repeating it brings the rest; the result is what came before.
// progress, which may be nil, is called after every interview.
func (n *Notebook) Import(ctx context.Context, all iter.Seq2[interchange.Incoming, error], progress func(done int)) (Imported, error) {
	i := importing{book: n, lines: map[interview.ID]int{}, fresh: map[interview.ID]bool{}, erased: map[interview.ID]bool{}}
	for in, err := range all {
		if err != nil {
			return i.result, cmp.Or(i.finish(ctx), err)
		}
		if err := ctx.Err(); err != nil {
			return i.result, err
		}
		if err := i.take(ctx, &in); err != nil {
			return i.result, err
		}
		if progress != nil {
			progress(i.result.Len() + len(i.batch))
		}
	}
	err := i.finish(ctx)
	return i.result, err
}

// mostRefused is of how many interviews an import says why they were left out.
const mostRefused = 1000

// importing is the state of one import.
type importing struct {
	book   *Notebook
	lines  map[interview.ID]int  // the line of the file where each that was taken begins
	fresh  map[interview.ID]bool // that were not here
	erased map[interview.ID]bool // that the file says were erased
	result Imported

	batch []storage.Write
	bytes int // bytes of the file that the batch stands for
}

// take writes one interview, or adds it to the next batch, or refuses it. An error is the store's.
func (i *importing) take(ctx context.Context, in *interchange.Incoming) error {
	switch {
	case in.Erased:
		i.erase(in.ID)
		return nil
	case i.erased[in.ID]:
		i.result.Erased++
		return nil
	}
	iv, log, err := in.Stored()
	if err == nil {
		if line, twice := i.lines[iv.ID]; twice {
			err = in.Refuse(altered(fmt.Sprintf("this interview is in the file already, on line %d", line)))
		}
	}
	if err == nil {
		err = i.write(ctx, in, iv, log)
	}
	if refused, ok := errors.AsType[*interchange.FileError](err); ok {
		if len(i.result.Refused) < mostRefused {
			i.result.Refused = append(i.result.Refused, refused)
		} else {
			i.result.More++
		}
		return nil
	}
	if err == nil {
		i.lines[iv.ID] = in.Line
	}
	return err
}

// erase notes that an interview was erased, and takes it out of the batch.
func (i *importing) erase(id interview.ID) {
	i.erased[id] = true
	before := len(i.batch)
	i.batch = slices.DeleteFunc(i.batch, func(w storage.Write) bool { return w.Document.ID() == id })
	i.result.Erased += before - len(i.batch)
}

// finish writes the batch and marks what was erased.
func (i *importing) finish(ctx context.Context) error {
	if err := i.flush(ctx); err != nil || len(i.erased) == 0 {
		return err
	}
	marked, here, err := i.book.store.MarkErased(ctx, slices.Collect(maps.Keys(i.erased)))
	if err != nil {
		return err
	}
	i.result.Erasures, i.result.Marked = len(i.erased), marked
	all, err := i.book.WithIDs(ctx, here)
	for _, s := range all {
		i.result.Standing = append(i.result.Standing, Standing{s, i.fresh[s.ID]})
	}
	return err
}

// write writes one interview that was checked, or adds it to the next batch.
func (i *importing) write(ctx context.Context, in *interchange.Incoming, iv *interview.Interview, log []interview.Record) error {
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

// here returns the document of an interview that is here, else nil.
func (i *importing) here(ctx context.Context, id interview.ID) (*document.Document, error) {
	doc, _, err := i.book.store.Read(ctx, id)
	if errors.Is(err, storage.ErrNotFound) {
		return nil, nil
	}
	return doc, err
}

// flush writes the batch.
func (i *importing) flush(ctx context.Context) error {
	if len(i.batch) == 0 {
		return nil
	}
	if err := i.book.store.CreateMany(ctx, i.batch); err != nil {
		return err
	}
	i.result.New += len(i.batch)
	for _, w := range i.batch {
		i.fresh[w.Document.ID()] = true
	}
	i.batch, i.bytes = nil, 0
	return nil
}

// merge merges one interview with the one that is here.
func (i *importing) merge(ctx context.Context, in *interchange.Incoming, iv *interview.Interview, log []interview.Record) error {
	changed, toSettle := false, 0
	_, err := i.book.store.Change(ctx, iv.ID, func(s storage.Stored) (storage.Write, error) {
		doc, change, err := merge(s.Document, iv.Document(), log, s.Incarnation)
		if err != nil {
			return storage.Write{}, in.Refuse(err)
		}
		if changed = len(change) > 0; !changed {
			return storage.Write{}, nil
		}
		iv, opening, err := i.book.recordOpening(interview.Fold(doc), s.Incarnation)
		if err != nil {
			return storage.Write{}, err
		}
		toSettle = len(iv.ToSettle())
		return i.book.importedWrite(iv, interview.Merged, append(change, opening...)), nil
	})
	switch {
	case err != nil:
		return err
	case changed:
		i.result.Merged++
		i.result.ToSettle += toSettle
	default:
		i.result.Same++
	}
	return nil
}

// recordOpening records that a merge opened the gate, under the incarnation of the transaction.
func (n *Notebook) recordOpening(iv *interview.Interview, incarnation document.Incarnation) (*interview.Interview, document.Change, error) {
	return iv.RecordOpening(n.as(incarnation), n.now())
}

// arrived is the write of a new interview with its history, oldest first. Without a history, the
// import is its first record.
func (n *Notebook) arrived(iv *interview.Interview, log []interview.Record) storage.Write {
	if len(log) == 0 {
		return n.importedWrite(iv, interview.Did, creation(iv.Document()))
	}
	last := len(log) - 1
	return writeOf(iv, log[last], log[:last]...)
}

// importedWrite is the write of a change that was imported.
func (n *Notebook) importedWrite(iv *interview.Interview, kind interview.RecordKind, change document.Change) storage.Write {
	return writeOf(iv, interview.Record{Kind: kind, Label: "imported", At: n.now(), Author: n.author, Change: change})
}
