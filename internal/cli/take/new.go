package take

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"hark/internal/capture"
	"hark/internal/cli/app"
	"hark/internal/interview"
	"hark/internal/notebook"
	"hark/internal/playbook"
)

// New is hark new.
func (a Commands) New() *cobra.Command {
	var f beginFlags
	cmd := &cobra.Command{
		Use:   "new [CUSTOMER]",
		Short: "A new interview, straight into the live screen",
		Long: `Begins an interview with a customer and opens it in the live screen. Without a
name it asks for one.`,
		Example: `  hark new "Harbour Welding"
  hark new "Harbour Welding" --playbook loyal-customer
  hark new "Harbour Welding" --ended "yesterday 15:00"`,
		ValidArgsFunction: cobra.NoFileCompletions,
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.begin(cmd.Context(), strings.Join(args, " "), f)
		},
	}
	a.addBeginFlags(cmd, &f)
	return cmd
}

// Open is hark open.
func (a Commands) Open() *cobra.Command {
	return &cobra.Command{
		Use:   "open [ID|CUSTOMER]",
		Short: "The newest interview that matches, into the live screen",
		Long: `Opens an interview in the live screen: the one with that ID (its beginning is
enough), the newest with that customer, or the newest of all.`,
		Example: `  hark open
  hark open "Harbour Welding"
  hark open k3f`,
		ValidArgsFunction: a.CompleteInterviews,
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := a.NeedScreen("hark take ID|CUSTOMER"); err != nil {
				return err
			}
			book, err := a.Book()
			if err != nil {
				return err
			}
			id, err := app.Find(cmd.Context(), book, args)
			if err != nil {
				return err
			}
			return a.OpenApp(cmd.Context(), book, id, "")
		},
	}
}

// beginFlags say how a new interview begins.
type beginFlags struct {
	playbook string
	debrief  bool
	ended    string // when a meeting that is written down afterwards was over
}

func (a Commands) addBeginFlags(cmd *cobra.Command, f *beginFlags) {
	cmd.Flags().StringVar(&f.playbook, "playbook", "", "ask what playbook `NAME` asks (else your settings say, else the one used last)")
	cmd.Flags().BoolVar(&f.debrief, "debrief", false, "from memory, after the meeting: the lines are stamped as recalled")
	cmd.Flags().StringVar(&f.ended, "ended", "", "a debrief of a meeting that was over at that `TIME`: 2h ago, 15:00, \"yesterday 15:00\"")
	app.Complete(cmd, "playbook", a.completePlaybooks)
	app.Complete(cmd, "ended", cobra.NoFileCompletions)
}

// beginning returns what an interview that was asked for so starts from.
func (a Commands) beginning(ctx context.Context, book *notebook.Notebook, customer string, f beginFlags) (interview.Beginning, error) {
	b := interview.Beginning{Customer: customer, Debrief: f.debrief}
	var err error
	if f.ended != "" {
		b.Debrief = true
		if b.MetUntil, err = capture.Moment(f.ended, a.LocalNow()); err != nil {
			return b, fmt.Errorf("--ended: %w", err)
		}
	} else if b.Debrief {
		a.Note("The day of the meeting is taken to be today; --ended \"yesterday 15:00\" says when it was over")
	}
	b.Playbook, err = a.guide(ctx, book, f.playbook)
	return b, err
}

// guide returns the playbook for a new interview: the one of that name; without a name the one in
// the settings, else the one used last, else the default. A nil notebook leaves out the one used
// last.
func (a Commands) guide(ctx context.Context, book *notebook.Notebook, name string) (interview.Playbook, error) {
	if name != "" {
		return a.Library().Get(name)
	}
	set, err := a.Settings()
	if err != nil {
		return interview.Playbook{}, err
	}
	if set.Playbook != "" {
		p, err := a.Library().Get(set.Playbook)
		if err != nil {
			return p, fmt.Errorf("The setting playbook: %w", err)
		}
		return p, nil
	}
	if id := lastPlaybook(ctx, book); id != "" {
		if p, err := a.Library().Get(id); err == nil && p.ID == id {
			return p, nil
		}
	}
	return a.Library().Get(playbook.Default)
}

// lastPlaybook returns the ID of the playbook of the newest interview, "" when that is not known.
func lastPlaybook(ctx context.Context, book *notebook.Notebook) string {
	if book == nil {
		return ""
	}
	newest, err := book.List(ctx, 1)
	if err != nil || len(newest) == 0 {
		return ""
	}
	view, err := book.Open(ctx, newest[0].ID)
	if err != nil {
		return ""
	}
	return view.Playbook.ID
}

// begin begins an interview and opens it in the live screen.
func (a Commands) begin(ctx context.Context, customer string, f beginFlags) error {
	if err := a.NeedScreen("hark take --new CUSTOMER"); err != nil {
		return err
	}
	book, err := a.BookToFill()
	if err != nil {
		return err
	}
	start, err := a.beginning(ctx, book, customer, f)
	if err != nil {
		return err
	}
	if strings.TrimSpace(customer) == "" {
		if start.Customer, err = a.askCustomer(ctx); err != nil {
			return err
		}
	}
	alike := a.noteAlike(ctx, book, start.Customer, "hark new")
	r, err := book.Begin(ctx, start)
	if err != nil {
		return err
	}
	return a.OpenApp(ctx, book, r.ID, alike)
}

// noteAlike says which known customers a new one may be, and how to begin with one of them, since
// with other commands the beginning of a name is enough. It returns what it said, "" for nothing. A
// notebook that cannot be read just now stops nobody.
func (a Commands) noteAlike(ctx context.Context, book *notebook.Notebook, customer, command string) string {
	const most = 3
	known, err := book.Alike(ctx, customer)
	if err != nil || len(known) == 0 {
		return ""
	}
	text := fmt.Sprintf("%q is a new customer; %q is known: %s %q begins with them", customer, known[0], command, known[0])
	if len(known) > 1 {
		shown, more := app.First(known, most)
		text = fmt.Sprintf("%q is a new customer; known are %q", customer, shown[0])
		for _, name := range shown[1:] {
			text += fmt.Sprintf(", %q", name)
		}
		if more > 0 {
			text += fmt.Sprintf(" and %d more", more)
		}
		text += fmt.Sprintf(": %s NAME, with the name in full, begins with one of them", command)
	}
	a.Note("%s", text)
	return text
}

// askCustomer asks for the customer's name at the terminal.
func (a Commands) askCustomer(ctx context.Context) (string, error) {
	ctx, stop := a.Interruptible(ctx)
	defer stop()
	name, err := a.Ask(ctx, "Who is the customer? ")
	if name == "" && (err == nil || errors.Is(err, io.EOF)) {
		return "", app.Usagef("No name, so no interview was begun; hark new CUSTOMER begins one")
	}
	return name, err
}
