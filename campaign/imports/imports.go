// Package imports lets hark import files made to do harm. Each must be refused with a sentence and
// change nothing, but for the good interviews that stand among bad ones. Files of a newer hark, and
// randomly spoilt ones, may come in; then nothing may have got past the gate.
package imports

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"hark/campaign/book"
	"hark/campaign/command"
	"hark/campaign/trial"
	"hark/internal/interview"
)

const (
	spoilt   = 1_000
	patience = time.Minute // the longest time of one process
	// withLarge is the smallest scale of the campaign that includes the large files.
	withLarge = 0.02
	every     = 200 // files between two progress reports
)

// Processes are the processes that Run starts.
func Processes() map[string]trial.Process { return map[string]trial.Process{"imports use": use} }

// answer is the result of an import, as use prints it.
type answer struct {
	Code    int
	Said    string
	Changed bool   // fingerprint of the notebook
	Wrong   string // fault of the notebook afterwards
}

// use imports a file into a notebook and prints the result. Its arguments are the notebook and the
// file.
func use(args []string) error {
	if err := trial.LimitMemory(); err != nil {
		return err
	}
	ctx := context.Background()
	_, texts, before, err := read(ctx, args[0])
	if err != nil {
		return err
	}
	var a answer
	a.Said, a.Code = command.Run(ctx, args[0], "", "import", args[1])
	b, now, after, err := read(ctx, args[0])
	if err == nil {
		err = rules(ctx, b, texts, now)
	}
	if err != nil {
		a.Wrong = err.Error()
	}
	a.Changed = before != after
	return json.NewEncoder(os.Stdout).Encode(a)
}

// read checks a notebook and returns it with the texts of its lines and its fingerprint.
func read(ctx context.Context, db string) (b *book.Book, texts map[string]int, holds string, err error) {
	if b, texts, err = book.Check(ctx, db); err == nil {
		holds, err = b.Fingerprint(ctx)
	}
	return b, texts, holds, err
}

// rules checks that no text is lost, and that no solution exists without its gate.
func rules(ctx context.Context, b *book.Book, before, now map[string]int) error {
	for text := range before {
		if now[text] == 0 {
			return fmt.Errorf("the line %q is gone", text)
		}
	}
	all, err := b.List(ctx, 0)
	if err != nil {
		return err
	}
	for _, s := range all {
		v, err := b.Notebook.Open(ctx, s.ID)
		if err != nil {
			return err
		}
		for _, a := range v.Advice {
			p, _ := v.ProblemByID(a.Problem)
			if !a.Held && p.Status != interview.Confirmed {
				return fmt.Errorf("advice stands, and problem %s is %s", p.Number, p.Status)
			}
		}
		for _, r := range v.Routes {
			p, _ := v.ProblemByID(r.Problem)
			if !r.Held && p.Status != interview.Confirmed && p.Status != interview.Aside {
				return fmt.Errorf("route %s stands, and problem %s is %s", r.Number, p.Number, p.Status)
			}
		}
		for _, solution := range v.Solutions {
			if solution.Held && solution.Decided() != interview.Undecided {
				return fmt.Errorf("solution %s is %s, and held", solution.Number, solution.Decided())
			}
			for _, id := range solution.Problems {
				p, _ := v.ProblemByID(id)
				if !solution.Held && (len(v.Proofs(p)) == 0 || p.Status != interview.Confirmed || !p.Impact.Known() || !v.Gate.Open) {
					return fmt.Errorf("solution %s stands, and problem %s is %s", solution.Number, p.Number, p.Status)
				}
			}
		}
	}
	return nil
}

// story is the interview that is exported, spoilt, and imported.
const story = `/consent yes name
/person Ana, foreman
@Ana "We rework about one weld in five.
@Ana !One weld in five is done twice #rework
@Ana !"The drawing is an old one
/raised 2 unprompted
/impact 1 how-often=weekly how-bad=4 costs="two days"
/playback 1 nearly by Ana: how-bad=3 wording="One weld in four"
/playback 1 yes by Ana
/playback 2 no by Ana
/aside 2
/left-out "the apprentices
/solve 1 a jig for each station
/respect 1 they know their metal
/share 1 ours="the drawing" theirs="the jig"
/agree 1
+send the list of alloys @us due 2026-12-03
/route 1 engineering @Ben due 2026-12-10
/told 5
/answer 5 in March
/told 5
/answer 5 in May
/done 4
~the scrap lies in the open
>they will want to see it first
/outcome worked-out
/end
`

// Run imports all the files, and as many spoilt ones as asked for.
func Run(ctx context.Context, o trial.Options) (trial.Row, error) {
	r := &run{o: o, full: filepath.Join(o.Folder, "full.db"), empty: filepath.Join(o.Folder, "empty.db")}
	if err := r.prepare(ctx); err != nil {
		return trial.Row{}, err
	}
	var named []tried
	for must, files := range [][]hostile{nothingNew: files(), othersIn: among(), gateHolds: append(newer(), unbelieved()...)} {
		for _, f := range files {
			named = append(named, tried{f, outcome(must)}, tried{f, outcome(must)}) // into the empty notebook and the full one
		}
	}
	for _, f := range erasures() {
		named = append(named, tried{f, gateHolds}, tried{f, nothingNew})
	}
	if o.Scale >= withLarge {
		for _, f := range large() {
			named = append(named, tried{f, nothingNew})
		}
	}
	total := len(named) + o.Count(spoilt)
	err := o.Each(total, every, func(_, n int) error { return r.one(ctx, n, named) },
		func(begun int) string { return fmt.Sprintf("imports: %d files: %s", begun, r.found()) })
	return trial.Row{
		Campaign: "hostile imports: 2 GB claims, deep nesting, duplicate and dangling ids, a solution for an unconfirmed problem, wrong types",
		Count: fmt.Sprintf("%d files made by hand, most of them twice, into two notebooks; %s spoilt by chance",
			len(files())+len(among())+len(newer())+len(unbelieved())+len(erasures())+len(large()), trial.Number(o.Count(spoilt))),
		Must:  "a sentence each, nothing changed but by good interviews among bad ones; nothing past the gate",
		Found: r.found(), Bad: r.tally.Bad(),
	}, errors.Join(err, ctx.Err())
}

// outcome is what must come of an import.
type outcome int

const (
	nothingNew outcome = iota // it is refused, and nothing is changed
	othersIn                  // it is refused, and the good interviews come in
	gateHolds                 // nothing gets past the gate
)

// tried is a file and what must come of it.
type tried struct {
	hostile
	must outcome
}

// run is one run of the campaign.
type run struct {
	o           trial.Options
	tally       trial.Tally
	full, empty string // notebooks to import into
	whole       []byte // the real export
}

func (r *run) found() string {
	t := &r.tally
	return fmt.Sprintf("%d crashes, %d hangs, %d taken that must not be, %d changed though refused, %d good ones left out, %d without a sentence, %d notebooks spoilt; %s refused, %s harmless after all",
		t.Of("crash"), t.Of("hang"), t.Of("taken"), t.Of("changed"), t.Of("missing"), t.Of("silent"), t.Of("spoilt"), trial.Number(t.Of("refused")), trial.Number(t.Of("harmless")))
}

// prepare makes the notebooks, and exports the interview.
func (r *run) prepare(ctx context.Context) error {
	if printed, code := command.Run(ctx, r.full, story, "take", "--new", "Harbour Welding"); code != 0 {
		return fmt.Errorf("the story is not taken: %s", printed)
	}
	if _, err := book.Open(ctx, r.empty); err != nil {
		return err
	}
	exported, code := command.Run(ctx, r.full, "", "export", "harbour", "--format", "json", "--thoughts", "--out", "-")
	if code != 0 || !json.Valid([]byte(exported)) {
		return fmt.Errorf("nothing is exported: %s", exported)
	}
	r.whole = []byte(exported)
	return nil
}

// one imports the n-th file.
func (r *run) one(ctx context.Context, n int, named []tried) error {
	var whole object
	if err := json.Unmarshal(r.whole, &whole); err != nil {
		return err
	}
	folder := filepath.Join(r.o.Folder, fmt.Sprint(n))
	path, db, chance := filepath.Join(folder, "file.json"), filepath.Join(folder, "hark.db"), r.o.Random(n)
	from, f := r.empty, tried{hostile{name: fmt.Sprintf("spoilt file %d", n)}, gateHolds}
	if n%2 == 1 {
		from = r.full
	}
	err := os.Mkdir(folder, 0o700)
	switch {
	case err != nil:
		return err
	case n < len(named):
		f = named[n]
		err = f.write(path, whole)
	default:
		doc, _ := whole["document"].(object)
		spoil(doc, chance)
		b, marshalling := json.Marshal(whole)
		err = put(path, b, marshalling)
	}
	if err == nil {
		err = copyFile(db, from)
	}
	if err == nil {
		err = r.judge(ctx, db, path, f, from == r.empty)
	}
	return errors.Join(err, os.RemoveAll(folder))
}

func copyFile(to, from string) error {
	b, err := os.ReadFile(from)
	return put(to, b, err)
}

// judge imports a file in a separate process and counts the result.
func (r *run) judge(ctx context.Context, db, path string, f tried, empty bool) error {
	out, err := trial.Output(ctx, patience, "imports use", db, path)
	var crash *trial.Crash
	switch {
	case errors.As(err, &crash) && crash.Hung:
		r.tally.Fail("hang", "%s", f.name)
		return nil
	case crash != nil:
		r.tally.Fail("crash", "%s: %v", f.name, err)
		return nil
	case err != nil:
		return err
	}
	var a answer
	if err := json.Unmarshal([]byte(out), &a); err != nil {
		return err
	}
	switch {
	case a.Wrong != "":
		r.tally.Fail("spoilt", "%s: %s", f.name, a.Wrong)
	case a.Code == 0 && f.must != gateHolds:
		r.tally.Fail("taken", "%s: hark said %s", f.name, a.Said)
	case a.Code == 0:
		r.tally.Add("harmless", 1)
	case a.Changed && f.must != othersIn:
		r.tally.Fail("changed", "%s: hark said %s", f.name, a.Said)
	case !a.Changed && f.must == othersIn && empty:
		r.tally.Fail("missing", "%s: hark said %s", f.name, a.Said)
	case len(strings.Fields(a.Said)) < 5 || strings.Contains(a.Said, "goroutine "):
		r.tally.Fail("silent", "%s: hark said %q", f.name, a.Said)
	default:
		r.tally.Add("refused", 1)
	}
	return nil
}
