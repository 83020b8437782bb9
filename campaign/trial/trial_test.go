package trial_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"hark/campaign/trial"
)

func TestMain(m *testing.M) {
	trial.Play(map[string]trial.Process{
		"print": func(args []string) error { _, err := fmt.Println(args[0]); return err },
		"fail":  func(args []string) error { fmt.Println("half"); return errors.New(args[0]) },
		"hang":  func([]string) error { time.Sleep(time.Hour); return nil },
	})
	os.Exit(m.Run())
}

func TestOutput(t *testing.T) {
	const long = time.Minute
	if out, err := trial.Output(t.Context(), long, "print", "a line"); out != "a line\n" || err != nil {
		t.Errorf("it printed %q, %v", out, err)
	}
	var crash *trial.Crash
	out, err := trial.Output(t.Context(), long, "fail", "no more")
	if !errors.As(err, &crash) || crash.Complaint != "no more\n" || crash.Hung || out != "half\n" {
		t.Errorf("a process that fails printed %q, and is %+v", out, err)
	}
	if _, err = trial.Output(t.Context(), 100*time.Millisecond, "hang"); !errors.As(err, &crash) || !crash.Hung {
		t.Errorf("a process that hangs is %+v", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err = trial.Output(ctx, long, "print", "a line"); !errors.Is(err, context.Canceled) {
		t.Errorf("an interrupted campaign is %v", err)
	}
}

func TestTable(t *testing.T) {
	var tally trial.Tally
	for n := range 12 {
		tally.Fail("lost", "line %d\nof | two", n)
	}
	got := trial.Table([]trial.Row{
		{Campaign: "kills", Count: "2,000", Must: "0 lost", Found: "0 lost", Took: 31 * time.Second},
		{Campaign: "a|b", Must: "0 lost", Skipped: "no disk here"},
		{Campaign: "c", Count: "12", Must: "0 lost", Found: fmt.Sprintf("%d lost", tally.Of("lost")), Bad: tally.Bad()[:1]},
	})
	want := `| campaign | count | must show | found | seconds |
|---|---|---|---|---|
| kills | 2,000 | 0 lost | 0 lost | 31 |
| a\|b |  | 0 lost | not run: no disk here | 0 |
| c | 12 | 0 lost | **failed**: 12 lost | 0 |

c:

    lost: line 0
    of | two
`
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("table (-want +got):\n%s", diff)
	}
	if bad := tally.Bad(); len(bad) != 11 || bad[10] != "and 2 more" {
		t.Errorf("of 12 these were noted: %q", bad)
	}
}

func TestEach(t *testing.T) {
	var (
		tally   trial.Tally
		reports []string
	)
	o := trial.Options{Say: func(line string) { reports = append(reports, line) }}
	failed := errors.New("no more")
	err := o.Each(10, 4, func(_, n int) error {
		tally.Add(fmt.Sprint(n), 1)
		if n == 9 {
			return failed
		}
		return nil
	}, func(begun int) string { return fmt.Sprint(begun, " begun") })
	if !errors.Is(err, failed) {
		t.Errorf("the error is %v, want %v", err, failed)
	}
	for n := range 10 {
		if got := tally.Of(fmt.Sprint(n)); got != 1 {
			t.Errorf("number %d was done %d times", n, got)
		}
	}
	if diff := cmp.Diff([]string{"4 begun", "8 begun"}, reports); diff != "" {
		t.Errorf("told (-want +got):\n%s", diff)
	}
}

func TestNumber(t *testing.T) {
	for n, want := range map[int]string{0: "0", 999: "999", 1000: "1,000", 15_000: "15,000", 1_234_567: "1,234,567"} {
		if got := trial.Number(n); got != want {
			t.Errorf("Number(%d) = %q, want %q", n, got, want)
		}
	}
}

func TestCount(t *testing.T) {
	for scale, want := range map[float64]int{1: 480, 0.1: 48, 0.0001: 1, 2: 960} {
		if got := (trial.Options{Scale: scale}).Count(480); got != want {
			t.Errorf("at scale %g, %d of 480; want %d", scale, got, want)
		}
	}
}
