package power

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"slices"

	"hark/campaign/tap"
	"hark/campaign/trial"
)

const (
	// failures is the number of power failures in the full campaign.
	failures = 15_000
	// failuresPer is the largest number of failures simulated on one recording.
	failuresPer = 500
	// controls is the number of additional failures in the control.
	controls = 1_500
)

// Run records harks, simulates power failures, and checks what is left.
func Run(ctx context.Context, o trial.Options) (trial.Row, error) {
	row := trial.Row{Campaign: "power failures", Must: "0 bad; the control, a disk without sync, must have some"}
	total := o.Count(failures)
	runs := max(len(sorts()), (total+failuresPer-1)/failuresPer)
	var tally, control trial.Tally
	var checkers [trial.Workers]checker
	for worker := range checkers {
		checkers[worker].folder = filepath.Join(o.Folder, fmt.Sprintf("left %d", worker))
		defer checkers[worker].stop()
	}
	err := o.Each(runs, 1, func(worker, n int) error {
		c, wanted := &checkers[worker], total*(n+1)/runs-total*n/runs
		r, err := record(ctx, sorts()[n%len(sorts())], filepath.Join(o.Folder, fmt.Sprintf("run %d", n)), o.Seed+uint64(n))
		if err == nil {
			err = r.failOften(ctx, c, true, wanted, o.Random(n), &tally)
		}
		if err == nil {
			err = r.failOften(ctx, c, false, max(1, wanted*controls/failures), o.Random(n), &control)
		}
		return err
	}, func(int) string {
		return fmt.Sprintf("power: %d failures, %d bad; control: %d bad of %d",
			tally.Of("good")+tally.Of("bad"), tally.Of("bad"), control.Of("bad"), control.Of("good")+control.Of("bad"))
	})
	if errors.Is(err, tap.ErrUnavailable) {
		row.Skipped, err = err.Error(), nil
	}
	if err != nil || row.Skipped != "" {
		return row, err
	}
	row.Count = fmt.Sprintf("%s failures in %d recorded runs", trial.Number(tally.Of("good")+tally.Of("bad")), runs)
	row.Found = fmt.Sprintf("%d bad (%s with the unfinished action too); control: %s of %s bad", tally.Of("bad"),
		trial.Number(tally.Of("more")), trial.Number(control.Of("bad")), trial.Number(control.Of("good")+control.Of("bad")))
	row.Bad = tally.Bad()
	if control.Of("bad") == 0 {
		row.Bad = append(row.Bad, "the control found nothing: the campaign is blind")
	}
	return row, nil
}

// failOften simulates so many power failures in a recording, at all kinds of moments, and counts
// the good and bad results.
func (r *recording) failOften(ctx context.Context, c *checker, obeys bool, times int, chance *rand.Rand, tally *trial.Tally) error {
	moments := make([]int, times)
	for i := range moments {
		moments[i] = chance.IntN(len(r.calls) + 1)
	}
	slices.Sort(moments)
	d := newDisk(obeys)
	done, said := 0, 0
	for _, moment := range moments {
		for ; done < moment; done++ {
			if r.calls[done].Op == tap.Say {
				said++
			}
			if err := d.do(r.calls[done]); err != nil {
				return err
			}
		}
		if err := ctx.Err(); err != nil {
			return err
		}
		if err := restore(d.fail(chance), r.folder, c.folder); err != nil {
			return err
		}
		// Everything acknowledged must be there; the following action may be.
		wanted := r.holds[max(0, said-1):min(len(r.holds), said+1)]
		left, err := c.read(ctx)
		holds := left.of(r.sort)
		switch {
		case err != nil:
			tally.Fail("bad", "a %s, after call %d of %d, %d turns acknowledged: %v", r.sort.name, moment, len(r.calls), said, err)
		case !slices.Contains(wanted, holds):
			tally.Fail("bad", "a %s, after call %d of %d: not what was acknowledged in %d turns (%s)",
				r.sort.name, moment, len(r.calls), said, nearest(r.holds, holds))
		default:
			tally.Add("good", 1)
			if said > 0 && holds != r.holds[said-1] {
				tally.Add("more", 1)
			}
		}
	}
	return nil
}

// nearest says which turn a content belongs to.
func nearest(holds []string, got string) string {
	if n := slices.Index(holds, got); n >= 0 {
		return fmt.Sprintf("it is what was there after turn %d", n+1)
	}
	return "it was never that"
}
