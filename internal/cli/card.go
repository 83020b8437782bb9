package cli

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"hark/internal/interview"
	"hark/internal/plain"
)

// A card is to fit on one sheet in a fixed-width face.
const (
	cardWidth = 78
	cardLines = 66
	mostRoom  = 3 // lines to write on below a question
)

func (a *app) cardCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "card [PLAYBOOK]",
		Short: "The questions on one page, to print",
		Long: `Prints the questions of a playbook with their numbers and room to write, for a
meeting without a screen. Afterwards, hark take --debrief CUSTOMER keeps what you
wrote down; /ask N says which question the lines answer.`,
		Example:           `  hark card loyal-customer | lp`,
		Args:              atMost(1),
		ValidArgsFunction: a.completePlaybooks,
		RunE: func(_ *cobra.Command, args []string) error {
			p, err := a.namedPlaybook(args)
			if err != nil {
				return err
			}
			_, err = a.out.WriteString(card(p))
			return err
		},
	}
}

// card lays a playbook out with as much room to write as fits on the page, the
// same below every question.
func card(p interview.Playbook) string {
	lines := cardOf(p, 0)
	for room := 1; room <= mostRoom; room++ {
		more := cardOf(p, room)
		if len(more) > cardLines {
			break
		}
		lines = more
	}
	return strings.Join(lines, "\n") + "\n"
}

// cardOf returns the lines of a card with so many lines to write on below each
// question.
func cardOf(p interview.Playbook, room int) []string {
	const margin = 4
	lines := plain.Wrap(plain.Terminal(p.Name), cardWidth)
	lines = append(lines, "Customer ______________________________  Date ____________  With _____________")
	n := 0
	for _, stage := range p.Stages {
		if len(stage.Questions) == 0 {
			continue
		}
		name := plain.Terminal(stage.Name)
		if stage.Mark == interview.MarkSolution {
			name += " (once they say yes)"
		}
		lines = append(lines, "")
		lines = append(lines, plain.Wrap(strings.ToUpper(name), cardWidth)...)
		for _, q := range stage.Questions {
			n++
			for i, text := range plain.Wrap(plain.Terminal(q.Text), cardWidth-margin) {
				lead := strings.Repeat(" ", margin)
				if i == 0 {
					lead = fmt.Sprintf("%2d  ", n)
				}
				lines = append(lines, lead+text)
			}
			for range room {
				lines = append(lines, strings.Repeat(" ", margin)+strings.Repeat("_", cardWidth-margin))
			}
		}
	}
	return lines
}
