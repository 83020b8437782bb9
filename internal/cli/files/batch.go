package files

import (
	"context"
	"runtime"
	"runtime/debug"
	"slices"
	"sync"

	"hark/internal/cli/app"
	"hark/internal/export"
	"hark/internal/interview"
	"hark/internal/notebook"
	"hark/internal/plain"
)

// An export reads interviews in batches, and makes files of a batch on all processors while others
// are being read and written. The memory holds a few batches at any time, however large the
// notebook is.
const (
	batchSize   = 16
	mostBatches = 4 // at work at once; no more are begun until one is written
)

// garbage is how much of it there may be during an export, in percent of what is in use. Next to
// nothing stays in use once an interview is written. With the default of 100, which collects at
// every 4 MB, an export of 1,000 interviews as Markdown or HTML takes 1.23 times the processor time
// (median of 15 pairs) and some 12 MB less.
const garbage = 400

// made is what an export makes of one interview.
type made struct {
	name string // of its file, if it gets one
	part []byte
	// customer is whose interview it is, still who is named and should not be, and held says that they
	// did not allow all that is in it.
	customer string
	still    export.Still
	held     bool
	// undated is how many promises went out without their day.
	undated int
}

// batch is the result for some interviews: those before the first that failed, and why it failed.
type batch struct {
	made []made
	err  error
}

// each makes a part of every interview and calls take with one after the other, in the order of
// all. It returns the first error, and when it returns no goroutine of it runs any more.
func (e *exporting) each(ctx context.Context, f form, all []export.HTMLEntry, p *app.Progress, take func(made) error) error {
	var working sync.WaitGroup
	defer p.End()
	defer working.Wait()
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	defer debug.SetGCPercent(debug.SetGCPercent(garbage))
	var coming []chan batch // in order
	begun, done := 0, 0
	for done < len(all) {
		for begun < len(all) && len(coming) <= min(runtime.GOMAXPROCS(0), mostBatches) {
			from, to := begun, min(begun+batchSize, len(all))
			one := make(chan batch, 1)
			working.Go(func() { one <- e.make(ctx, f, all[from:to], from) })
			coming = append(coming, one)
			begun = to
		}
		b := <-coming[0]
		coming = coming[1:]
		for _, m := range b.made {
			if err := ctx.Err(); err != nil {
				return err
			}
			if err := take(m); err != nil {
				return err
			}
			done++
			p.At("exported", done, len(all))
		}
		if b.err != nil {
			return b.err
		}
	}
	return nil
}

// wentOut notes what is to be said of a part that was written.
func (e *exporting) wentOut(m made) {
	e.still.Add(m.customer, m.still)
	if m.held && !slices.Contains(e.held, m.customer) {
		e.held = append(e.held, m.customer)
	}
	e.undated += m.undated
}

// make makes a batch of some interviews, of which the first is the nth of all.
func (e *exporting) make(ctx context.Context, f form, some []export.HTMLEntry, nth int) batch {
	ids := app.Map(some, func(one export.HTMLEntry) interview.ID { return one.ID })
	var b batch
	b.err = e.book.OpenMany(ctx, ids, e.withHistory(), func(o notebook.Opened) error {
		if err := ctx.Err(); err != nil {
			return err
		}
		piece := piece{Opened: o, nth: nth + len(b.made), opts: e.options()}
		var err error
		if piece.opts.Known, err = e.known.In(ctx, o.Interview); err != nil {
			return err
		}
		piece.page = export.NewPage(o.Interview, piece.opts)
		part, err := f.part(ctx, piece)
		if err != nil {
			return err
		}
		b.made = append(b.made, made{
			name:     plain.FileName(o.Customer, o.ID.Short(), e.ext()),
			part:     part,
			customer: o.Customer,
			still:    e.stillIn(piece, part),
			held:     e.comesBack() && o.Consent.Quotes != interview.QuoteByName,
			undated:  e.undatedIn(o.Interview),
		})
		return nil
	})
	return b
}

// withHistory reports whether the export has the history of each interview in it.
func (e *exporting) withHistory() bool {
	return e.template == nil && e.format == formatJSON && e.thoughts
}
