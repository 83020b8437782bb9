package files

import (
	"context"
	"runtime"
	"runtime/debug"
	"sync"

	"hark/internal/cli/app"
	"hark/internal/export"
	"hark/internal/interview"
	"hark/internal/notebook"
	"hark/internal/plain"
)

// Interviews are exported some together: read in one go, and made into files on
// all processors while others are being read and written. What is in memory at
// any time is a few of these bunches, however large the notebook.
const (
	bunchSize   = 16
	mostBunches = 4 // at work at once; more than that wait for the one that writes
)

// garbage is how much of it there may be meanwhile, in percent of what is in use.
// Nearly everything is, as soon as an interview is written, and what is in use is
// little: to look for it at every 4 MB, as usual, is a fifth of the work. This
// takes some 12 MB.
const garbage = 400

// made is what an export makes of one interview.
type made struct {
	name  string // of its file, if it gets one
	part  []byte
	named string // whom it names who is not to be named, "" for nobody
}

// bunch is what came of some interviews: of those up to the first that failed,
// and why.
type bunch struct {
	made []made
	err  error
}

// each makes a part of every interview and calls take with one after the other,
// in the order of all, until take fails, whose error it returns. Nothing is at
// work any more when it returns.
func (e *exporting) each(ctx context.Context, f form, all []export.HTMLEntry, p *app.Progress, take func(made) error) error {
	var working sync.WaitGroup
	defer p.End()
	defer working.Wait()
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	defer debug.SetGCPercent(debug.SetGCPercent(garbage))
	var coming []chan bunch // in order
	begun, done := 0, 0
	for done < len(all) {
		for begun < len(all) && len(coming) <= min(runtime.GOMAXPROCS(0), mostBunches) {
			from, to := begun, min(begun+bunchSize, len(all))
			one := make(chan bunch, 1)
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
			e.remember(m.named)
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

// make makes a bunch of some interviews, of which the first is the nth of all.
func (e *exporting) make(ctx context.Context, f form, some []export.HTMLEntry, nth int) bunch {
	ids := make([]interview.ID, len(some))
	for i, one := range some {
		ids[i] = one.ID
	}
	var b bunch
	b.err = e.book.OpenMany(ctx, ids, e.withHistory(), func(o notebook.Opened) error {
		if err := ctx.Err(); err != nil {
			return err
		}
		piece := piece{Opened: o, nth: nth + len(b.made), laid: export.LayOut(o.Interview, e.options())}
		part, err := f.part(ctx, piece)
		if err != nil {
			return err
		}
		b.made = append(b.made, made{
			name:  plain.FileName(o.Customer, o.ID.Short(), e.ext()),
			part:  part,
			named: e.names(o.Interview, piece.laid),
		})
		return nil
	})
	return b
}

// withHistory reports whether the history of an interview is in what is made of
// it.
func (e *exporting) withHistory() bool {
	return e.template == nil && e.format == formatJSON && e.thoughts
}
