package show

import (
	"fmt"
	"time"

	"hark/internal/interview"
	"hark/internal/plain"
	"hark/ui/theme"
)

// Route draws a route: number, time, problem, department and owner, and the answer if withAnswer.
// Further details are drawn indent cells from the left.
func Route(r interview.Route, iv *interview.Interview, zone *time.Location, withAnswer bool, width int, s theme.Styles) (lines []string, indent int) {
	p, _ := iv.ProblemByID(r.Problem)
	text := fmt.Sprintf("problem %s to %s", p.Number, r.Department)
	if owner := iv.Name(r.Owner); owner != "" {
		text += ", " + owner
	}
	if withAnswer && !r.Waits() {
		text += ": " + r.Answer
	}
	head := fmt.Sprintf("%3s  %s  → ", r.Number, moment(r.At, !iv.Debrief, zone))
	indent = plain.Width(head)
	return Hang(s.Faint.Render(head), indent, text, width, s.Text), indent
}

// OnHold says in one text why a route is held, and has none for one that is not.
func OnHold(r interview.Route) []string {
	if !r.Held {
		return nil
	}
	return []string{r.Hold()}
}
