package app

import (
	"fmt"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"hark/internal/interview"
	"hark/internal/plain"
)

const (
	// ListedAtOnce is how many things a list on a terminal has unless asked for more.
	ListedAtOnce = 20

	customerWidth = 32 // cells of a customer's name in a table on a terminal
	usualWidth    = 80 // cells of a line where there is no terminal
)

// LineWidth is how many cells a line for reading has.
func (a *App) LineWidth() int {
	if a.Width < 1 {
		return usualWidth
	}
	return a.Width
}

// Output is what the flags of a command that looks things up ask for.
type Output struct {
	JSON  bool
	Limit int // 0 is all
}

// AddTo gives a command the flags --json and --limit. limits explains the latter.
func (o *Output) AddTo(cmd *cobra.Command, limits string) {
	cmd.Flags().BoolVar(&o.JSON, "json", false, "as JSON")
	cmd.Flags().IntVar(&o.Limit, "limit", 0, limits)
	cmd.PreRunE = func(*cobra.Command, []string) error {
		if o.Limit < 0 {
			return Usagef("--limit %d makes no sense; 0 is all", o.Limit)
		}
		return nil
	}
}

// LimitText explains --limit of a command that shows at most n such things on a terminal.
func LimitText(things string, n int) string {
	return fmt.Sprintf("at most `N` %s; 0 is all, and on a terminal it is %d unless you say so", things, n)
}

// Usually sets the limit that holds on a terminal unless another was asked for.
func (o *Output) Usually(a *App, cmd *cobra.Command, n int) {
	if !o.JSON && !cmd.Flags().Changed("limit") && a.StdoutIsTerminal {
		o.Limit = n
	}
}

// ToRead is how many things to read for the limit: one more tells whether there are more. 0 is all.
func (o *Output) ToRead() int {
	if o.Limit == 0 {
		return 0
	}
	return o.Limit + 1
}

// First returns the first n of all things, all of them when n is 0, and how many that leaves out.
func First[T any](all []T, n int) (shown []T, more int) {
	if n == 0 || n >= len(all) {
		return all, 0
	}
	return all[:n], len(all) - n
}

// Map returns what convert makes of each of all. It is never nil, so that it is no null in JSON.
func Map[T, U any](all []T, convert func(T) U) []U {
	out := make([]U, len(all))
	for i, v := range all {
		out[i] = convert(v)
	}
	return out
}

// WriteJSON prints v as JSON.
func (a *App) WriteJSON(v any) error {
	b, err := plain.JSON(v)
	if err != nil {
		return err
	}
	_, err = a.Out.Write(b)
	return err
}

// Table prints rows with their columns aligned.
func (a *App) Table(rows [][]string) error {
	var widths []int
	for _, row := range rows {
		for i, cell := range row[:len(row)-1] {
			if i == len(widths) {
				widths = append(widths, 0)
			}
			widths[i] = max(widths[i], plain.Width(cell))
		}
	}
	for _, row := range rows {
		var line strings.Builder
		for i, cell := range row {
			if i > 0 {
				line.WriteString("  ")
			}
			if i < len(row)-1 {
				cell = plain.Pad(cell, widths[i])
			}
			line.WriteString(cell)
		}
		if _, err := a.Out.WriteString(strings.TrimRight(line.String(), " ") + "\n"); err != nil {
			return err
		}
	}
	return nil
}

// Rows is Table for rows of which there are more than were shown. On a terminal it says so, and
// what to do about it.
func (a *App) Rows(rows [][]string, more int, do string) error {
	err := a.Table(rows)
	if err == nil {
		a.NoteMore(more, do)
	}
	return err
}

// NoteMore says on a terminal that there are more than were shown, and what to do about it.
func (a *App) NoteMore(more int, do string) {
	if more > 0 && a.StdoutIsTerminal {
		a.Note("There are more: %s", do)
	}
}

// NoteUndated says that promises were written without a day because it is still to settle.
func (a *App) NoteUndated(promises int) {
	if promises > 0 {
		a.Note("%s", undated(promises))
	}
}

// undated says that promises went out without their day.
func undated(promises int) string {
	return Count(promises, "promise went out without its day, which is", "promises went out without their days, which are") + " still to settle"
}

// Row describes an interview as a row of a table.
func (a *App) Row(s interview.Summary) []string {
	problems, confirmed, open := s.Tally()
	state := string(s.Outcome)
	switch {
	case state != "":
	case !s.Ended():
		state = "open"
	default:
		state = "ended"
	}
	return []string{
		s.ID.Short(), a.Day(s.StartedAt), a.CustomerCell(s.Customer),
		fmt.Sprintf("%d/%d confirmed", confirmed, problems), state, Count(open, "promise", "promises") + " open",
	}
}

// CustomerCell returns a customer's name for a table, cut short on a terminal.
func (a *App) CustomerCell(name string) string {
	name = plain.Terminal(name)
	if a.StdoutIsTerminal {
		name = plain.Truncate(name, customerWidth, "…")
	}
	return name
}

// Day is the date of a time where the person is.
func (a *App) Day(t time.Time) string { return interview.DateOf(t.In(a.Zone)).String() }

// Count puts a number before the right form of a word.
func Count(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}
