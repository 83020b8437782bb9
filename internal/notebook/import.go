package notebook

import (
	"cmp"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"iter"

	"hark/internal/document"
	"hark/internal/interchange"
	"hark/internal/interview"
	"hark/internal/storage"
)

// Imported counts the interviews of an import.
type Imported struct {
	New    int
	Merged int // were here, and got something new
	Same   int // were here, and are unchanged
	Erased int // were erased here, and stay erased
}

// Incoming yields the interviews of a file, from its beginning at every call.
type Incoming func() iter.Seq2[interchange.Incoming, error]

// The steps of an import, as its progress reports them.
const (
	Checking = "checking"
	Writing  = "writing"
)

// Import adds interviews to the notebook. All of them are checked before anything is written: when
// one is refused, none is written. Importing the same file again changes nothing.
// An interview that is not here is written with its history. One that is here is merged: versions
// that either side saw replaced go, and concurrent ones stay, both wordings of them. The merge is
// one record of the history, which undo passes over.
// New interviews are written some hundred at a time, others one at a time. An import that breaks
// off, by ctx or a full disk, leaves whole interviews, and repeating it brings the rest.
// progress, which may be nil, is called after every interview of a step. The error is that of read,
// or an *interchange.FileError.
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

// importing is the state of one import.
type importing struct {
	book   *Notebook
	known  map[interview.ID]int // the line of the file where each begins
	sums   [][sha256.Size]byte  // of the checked interviews, in order
	result Imported

	batch []storage.Write
	bytes int // bytes of the file that the batch stands for
}

// check checks one interview and, if it is here, that it can be merged.
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

// here returns the document of an interview that is here, else nil.
func (i *importing) here(ctx context.Context, id interview.ID) (*document.Document, error) {
	doc, _, err := i.book.store.Read(ctx, id)
	if errors.Is(err, storage.ErrNotFound) {
		return nil, nil
	}
	return doc, err
}

// take writes one interview that was checked, or adds it to the next batch.
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

// flush writes the batch.
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

// merge merges one interview with the one that is here.
func (i *importing) merge(ctx context.Context, in *interchange.Incoming, iv *interview.Interview, log []interview.Record) error {
	changed := false
	_, err := i.book.store.Change(ctx, iv.ID, func(s storage.Stored) (storage.Write, error) {
		doc, change, err := merge(s.Document, iv.Document(), log)
		if err != nil {
			return storage.Write{}, &interchange.FileError{Line: in.Line, Err: err}
		}
		if changed = len(change) > 0; !changed {
			return storage.Write{}, nil
		}
		iv, opening, err := i.book.recordOpening(interview.Fold(doc))
		return i.book.importedWrite(iv, interview.Merged, append(change, opening...)), err
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

// recordOpening records that a merge opened the gate. The incarnation is one of its own: with the
// notebook's own the change could take a dot that the journal holds already.
func (n *Notebook) recordOpening(iv *interview.Interview) (*interview.Interview, document.Change, error) {
	incarnation, err := drawIncarnation(n.random)
	if err != nil {
		return nil, nil, err
	}
	return iv.RecordOpening(document.Writer{Incarnation: incarnation, Author: n.author}, n.now())
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
