package live_test

import (
	"testing"
	"testing/synctest"
)

// A truncated bar shows the current stage, the next, and how many more there are.
func TestStageBar(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		tb := startMeeting(t, 60, 20)
		stages := tb.stored().Playbook.Stages
		for i, st := range stages[:len(stages)-1] {
			if len(st.Questions) == 0 {
				continue
			}
			tb.enter("/stage " + st.Name)
			tb.sees("● " + st.Name[:min(len(st.Name), 8)])
			if next := stages[i+1].Name; i+1 < len(stages)-1 {
				tb.sees(next[:min(len(next), 7)])
			}
			if i > 2 {
				tb.sees(" before ──")
			}
			if i < len(stages)-3 {
				tb.sees(" more\n")
			}
		}
	})
}
