package live

import (
	"fmt"
	"strings"

	"hark/internal/interview"
	"hark/internal/plain"
	"hark/ui/widget"
)

// stageJoin separates two stages.
const stageJoin = " ── "

// stageBar draws the stages with the current one marked: at least that one and the next, as many
// around them as fit, and the number of the others.
func (m *Model) stageBar(width int) string {
	stages := m.iv.Playbook.Stages
	if len(stages) == 0 {
		return ""
	}
	now := m.iv.Stage()
	names := make([]string, len(stages))
	for i, st := range stages {
		names[i] = plain.Terminal(st.Name)
		if st.Mark == interview.MarkSolution && !m.iv.Gate.Open {
			names[i] = "⊘ " + names[i]
		}
		if i == now {
			names[i] = "● " + names[i]
		}
	}
	s := m.env.Styles()
	before, shown, after := fitStages(names, now, width-2)
	var parts []string
	if before > 0 {
		parts = append(parts, s.Faint.Render(fmt.Sprintf("%d before", before)))
	}
	for i, name := range shown {
		if before+i == now {
			parts = append(parts, s.Accent.Render(name))
		} else {
			parts = append(parts, s.Muted.Render(name))
		}
	}
	if after > 0 {
		parts = append(parts, s.Faint.Render(fmt.Sprintf("%d more", after)))
	}
	return widget.Fit(" "+strings.Join(parts, s.Border.Render(stageJoin)), width)
}

// fitStages chooses the stages that fit into width cells, and returns how many are left out on
// either side. The current one and the next are always shown, truncated if need be.
func fitStages(names []string, now, width int) (before int, shown []string, after int) {
	from, to := now, min(now+2, len(names))
	taken := func(from, to int) int {
		n := 0
		for _, name := range names[from:to] {
			n += plain.Width(name) + len(" -- ")
		}
		if from > 0 {
			n += len("9 before") + len(" -- ")
		}
		if to < len(names) {
			n += len("9 more") + len(" -- ")
		}
		return n - len(" -- ")
	}
	for grown := true; grown; {
		grown = false
		if to < len(names) && taken(from, to+1) <= width {
			to++
			grown = true
		}
		if from > 0 && taken(from-1, to) <= width {
			from--
			grown = true
		}
	}
	shown = append([]string(nil), names[from:to]...)
	if over := taken(from, to) - width; over > 0 {
		// Only the current stage and the next are left; the next is truncated first.
		const least = 8
		for i := len(shown) - 1; i >= 0 && over > 0; i-- {
			wide := plain.Width(shown[i])
			shown[i] = plain.Truncate(shown[i], max(wide-over, least), "…")
			over -= wide - plain.Width(shown[i])
		}
	}
	return from, shown, len(names) - to
}
