package lookback

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"hark/internal/cli/app"
	"hark/internal/interchange"
	"hark/internal/interview"
	"hark/internal/notebook"
	"hark/internal/plain"
	"hark/internal/search"
)

// On a terminal, this many hits are shown unless asked for more, and of a long text this many cells
// around the first match.
const (
	foundAtOnce  = 50
	excerptWidth = 160
	excerptLead  = 60 // bytes before the match
)

// Search is hark search.
func (a Commands) Search() *cobra.Command {
	var o app.Output
	cmd := &cobra.Command{
		Use:   "search WORDS…",
		Short: "Everything said with these words in it",
		Long: `Finds everything said in which all the words stand, in any order; newest
interviews first. A word is found by its beginning, without regard to case and
accents. "Words in quotes" are found as they stand: put them in single quotes as
well, to get them past the shell.

These narrow it down, also without words:

  #theme             what has this theme, or belongs to a problem that has it
  kind:quote         one kind: quote, paraphrase, observation, strength, thought,
                     follow-up, unsettled, problem, impact, promise, route,
                     solution, reaction, respect, advice, left-out; several with commas
  status:confirmed   what belongs to a problem that is heard, weighed, confirmed
                     or aside; or interviews that are open, ended, worked-out,
                     no-fit, more-to-learn
  customer:harbour   interviews with this customer
  after:2026-11      interviews from then on; a day, a month or a year
  before:yesterday   interviews before then`,
		Example: `  hark search weld
  hark search '"one weld in five"'
  hark search '#rework' kind:quote after:2026`,
		ValidArgsFunction: cobra.NoFileCompletions,
		Args: func(_ *cobra.Command, args []string) error {
			if strings.Trim(strings.Join(args, ""), " \t\"") == "" {
				return app.Usagef("Search for what? hark search WORDS…")
			}
			return nil
		},
	}
	cmd.RunE = a.Read(func(ctx context.Context, book *notebook.Notebook, args []string) error {
		o.Usually(a.App, cmd, foundAtOnce)
		return a.search(ctx, book, strings.Join(args, " "), o)
	})
	o.AddTo(cmd, app.LimitText("hits", foundAtOnce))
	return cmd
}

func (a Commands) search(ctx context.Context, book *notebook.Notebook, query string, o app.Output) error {
	hits, err := book.Search(ctx, query, o.ToRead())
	if bad, ok := errors.AsType[*search.QueryError](err); ok {
		return app.Usagef("%s", plain.Terminal(bad.Message))
	}
	if err != nil {
		return err
	}
	a.noteUnsearched(book)
	hits, more := app.First(hits, o.Limit)
	allowed, err := a.allowedIn(ctx, book, hits, o)
	if err != nil {
		return err
	}
	if o.JSON {
		return a.writeJSON(app.Map(hits, func(h search.Hit) interchange.Hit {
			return interchange.NewHit(interchange.Hit{
				Interview: h.Interview, Customer: h.Customer, At: h.At, Numbered: interchange.NumberOf(h.Number), Kind: h.Kind, Text: h.Text,
				Quoted: h.Quoted, Matches: h.Matches, Quoting: allowed[h.Interview],
			})
		}))
	}
	if len(hits) == 0 {
		a.Note("Nothing that was said or noted fits: %s", query)
		return nil
	}
	var text strings.Builder
	for _, h := range hits {
		a.own.Shows(h.Interview, h.Customer, allowed[h.Interview], h.Quoted)
		text.WriteString(h.Text + "\n")
	}
	if err := a.Rows(app.Map(hits, a.hitRow), more, "add a word, or --limit 0"); err != nil {
		return err
	}
	a.own.Text = text.String()
	return a.SayOwn(ctx, book, *a.own)
}

// allowedIn returns what the customers of some hits allow, where the hits go anywhere but to a terminal.
func (a Commands) allowedIn(ctx context.Context, book *notebook.Notebook, hits []search.Hit, o app.Output) (map[interview.ID]interview.Quoting, error) {
	if a.StdoutIsTerminal && !o.JSON {
		return nil, nil
	}
	all, err := book.WithIDs(ctx, app.Map(hits, func(h search.Hit) interview.ID { return h.Interview }))
	allowed := make(map[interview.ID]interview.Quoting, len(all))
	for _, s := range all {
		allowed[s.ID] = s.Quotes
	}
	return allowed, err
}

// noteUnsearched says that a journal has lines which no search finds yet.
func (a Commands) noteUnsearched(book *notebook.Notebook) {
	waiting, err := a.Maintain(book.Path()).Waiting()
	switch {
	case err != nil || waiting == 0: // hark doctor reports a journal that cannot be read
	case waiting == 1:
		a.Note("hark: beside the notebook lies a journal with lines that are waiting to be stored; they are not searched")
	default:
		a.Note("hark: beside the notebook lie %d journals with lines that are waiting to be stored; they are not searched", waiting)
	}
}

func (a Commands) hitRow(h search.Hit) []string {
	text := h.Text
	if a.StdoutIsTerminal {
		text = excerpt(h)
	}
	text = plain.Terminal(text)
	if h.Quoted {
		text = "“" + text + "”"
	}
	what := h.Kind
	if h.Number > 0 {
		what += fmt.Sprintf(" %s", h.Number)
	}
	return []string{h.Interview.Short(), a.Day(h.At), a.CustomerCell(h.Customer), what, text}
}

// excerpt returns the text of a hit, cut to what is around the first match when it is long.
func excerpt(h search.Hit) string {
	text, from := h.Text, 0
	if len(text) > excerptWidth && len(h.Matches) > 0 {
		from = max(0, h.Matches[0][0]-excerptLead)
		if blank := strings.IndexByte(text[from:h.Matches[0][0]], ' '); from > 0 && blank >= 0 {
			from += blank + 1 // whole words
		} else if from > 0 {
			from = h.Matches[0][0]
		}
	}
	if from > 0 {
		text = "…" + text[from:]
	}
	const mostBytes = excerptWidth * 16 // a cell has a few bytes; the rest need not be measured
	return plain.Truncate(plain.Terminal(text[:min(len(text), mostBytes)]), excerptWidth, "…")
}
