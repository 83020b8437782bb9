// Package check is a read-only checker of bbolt files. It looks at a file by plain reads before
// bbolt maps it, reads what is left of a damaged one, and checks the records of one that can be
// opened. It never writes to a notebook.
//
// bbolt trusts what it maps. Most of what a damaged file makes it do is a panic or a fault, which a
// transaction catches. The rest is found here:
//
//   - without a good meta page bbolt on Windows makes the file longer;
//   - small buckets lie in the list of buckets, and bbolt copies them: an offset that leads out of
//     such a copy crashes the garbage collector;
//   - a list of free pages with a wrong length takes all memory there is, and one that names a page
//     in use has it overwritten;
//   - pages that lead back to themselves keep bbolt going until memory runs out.
//
// All but the last are looked for whenever the file is opened (the list of free pages when it is
// opened to write), which takes a few reads. The last takes a scan of every page (scan.go), which
// happens unless the clean mark of the file vouches for it (cleanmark.go), and always on request.
// The scan also adds up the records, for what is lost in good pages (totals.go).
package check

import (
	"context"
	"os"

	"hark/store/codec"
	"hark/store/internal/files"
)

// Access is what a file is opened for.
type Access int

// The ways to open a file.
const (
	ToRead Access = iota
	ToWrite
	ToDoubt // to read, after a scan of every page whatever the clean mark says
)

// File checks the meta pages and the list of buckets of a file, the list of free pages before it is
// used, and every page unless left, the clean mark of the file, vouches for it. It returns the mark
// of the file as it is now. The error wraps storage.ErrDamaged, or storage.ErrUnwritable when the
// file cannot be read; it is that of ctx when that ends first.
func File(ctx context.Context, file *os.File, path string, how Access, left CleanMark) (CleanMark, error) {
	info, err := file.Stat()
	if err != nil {
		return CleanMark{}, files.Unwritable(path, "cannot be read", err)
	}
	f := Pages{ctx: ctx, file: file, path: path}
	switch {
	case info.Size() == 0 && !left.IsZero():
		return CleanMark{}, files.Emptied(path)
	case !f.readMetas():
		return CleanMark{}, files.NotANotebook(path)
	}
	if uint64(info.Size())/PageSize < f.count {
		return CleanMark{}, codec.Damaged("", files.Shown(path)+" was cut short")
	}
	now := markOf(f.metas[f.newest], info)
	// A power failure leaves both meta pages good, for each fits into one sector. A lost one lost
	// nothing if the other is known to be of the last commit.
	if f.MetaLost() && left.commit != now.commit {
		return CleanMark{}, codec.Damaged("", "one of the two pages that say where everything is in "+files.Shown(path)+
			" is not what was written, so the last change may be missing")
	}
	if how != ToDoubt && left == now {
		if err := f.outline(); err != nil || how == ToRead {
			return now, err
		}
		return now, f.checkFree()
	}
	found, err := f.scan()
	if ctx.Err() != nil {
		return now, ctx.Err()
	}
	if err == nil {
		err = f.checkFree()
	}
	if err != nil {
		return now, err
	}
	err = found.compare()
	if err != nil && (how == ToDoubt || codec.InIndex(err)) {
		now.scanned = 0 // nothing vouches for it; who doubts it finds this by the records, and more
		return now, nil
	}
	return now, err
}
