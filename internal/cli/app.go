package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"hark/internal/capture"
	"hark/internal/config"
	"hark/internal/interview"
	"hark/internal/notebook"
	"hark/internal/playbook"
)

// needScreen refuses what needs the app where there is no room for it, and says
// how to do it in plain lines instead.
func (a *app) needScreen(inPlainLines string) error {
	switch {
	case !a.env.StdinIsTerminal || !a.env.StdoutIsTerminal:
		return usagef("The app needs a terminal, and this is none; in plain lines: %s", inPlainLines)
	case a.env.Getenv("TERM") == "dumb":
		return usagef("The app needs a terminal that can place text (TERM is dumb); in plain lines: %s", inPlainLines)
	}
	return nil
}

// runApp opens the app at the library.
func (a *app) runApp(ctx context.Context) error {
	if err := a.needScreen("hark take --new CUSTOMER, or hark list"); err != nil {
		return err
	}
	book, err := a.bookToFill()
	if err != nil {
		return err
	}
	return a.openApp(ctx, book, interview.ID{}, "")
}

// openApp opens the app at an interview, or at the library, with a notice on it.
func (a *app) openApp(ctx context.Context, book *notebook.Notebook, id interview.ID, notice string) error {
	set, err := a.settings()
	if err != nil {
		return err
	}
	export := func(ctx context.Context, id interview.ID, folder string) (string, error) {
		return a.exportFor(ctx, book, id, folder)
	}
	return a.env.RunApp(ctx, AppRequest{
		Book: book, Playbooks: a.playbooks(), Interview: id, Settings: set.Settings, Export: export, Faults: config.Faults(a.env.Getenv),
		Notice: notice,
	})
}

func (a *app) newCommand() *cobra.Command {
	var f beginFlags
	cmd := &cobra.Command{
		Use:   "new [CUSTOMER]",
		Short: "A new interview, straight into the live screen",
		Long: `Begins an interview with a customer and opens it in the live screen. Without a
name it asks for one.`,
		Example: `  hark new "Harbour Welding"
  hark new "Harbour Welding" --playbook loyal-customer
  hark new "Harbour Welding" --ended "yesterday 15:00"`,
		ValidArgsFunction: noCompletion,
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.begin(cmd.Context(), strings.Join(args, " "), f)
		},
	}
	a.addBeginFlags(cmd, &f)
	return cmd
}

// beginFlags say how a new interview begins.
type beginFlags struct {
	playbook string
	debrief  bool
	ended    string // when a meeting that is written down afterwards was over
}

func (a *app) addBeginFlags(cmd *cobra.Command, f *beginFlags) {
	cmd.Flags().StringVar(&f.playbook, "playbook", "", "ask what playbook `NAME` asks (else your settings say, else the one used last)")
	cmd.Flags().BoolVar(&f.debrief, "debrief", false, "from memory, after the meeting: the lines are stamped as recalled")
	cmd.Flags().StringVar(&f.ended, "ended", "", "a debrief of a meeting that was over at that `TIME`: 2h ago, 15:00, \"yesterday 15:00\"")
	a.complete(cmd, "playbook", a.completePlaybooks)
	a.complete(cmd, "ended", noCompletion)
}

// beginning is what an interview that is asked for so starts from.
func (a *app) beginning(ctx context.Context, book *notebook.Notebook, customer string, f beginFlags) (interview.Beginning, error) {
	b := interview.Beginning{Customer: customer, Debrief: f.debrief}
	var err error
	if f.ended != "" {
		b.Debrief = true
		if b.MetUntil, err = capture.Moment(f.ended, a.now()); err != nil {
			return b, fmt.Errorf("--ended: %w", err)
		}
	}
	b.Playbook, err = a.guide(ctx, book, f.playbook)
	return b, err
}

// guide returns the playbook for a new interview: the one of that name; without
// a name the one in the settings, else the one used last, else the usual one. A
// nil notebook leaves out the one used last.
func (a *app) guide(ctx context.Context, book *notebook.Notebook, name string) (interview.Playbook, error) {
	if name != "" {
		return a.playbooks().Get(name)
	}
	set, err := a.settings()
	if err != nil {
		return interview.Playbook{}, err
	}
	if set.Playbook != "" {
		p, err := a.playbooks().Get(set.Playbook)
		if err != nil {
			return p, fmt.Errorf("The setting playbook: %w", err)
		}
		return p, nil
	}
	if id := lastPlaybook(ctx, book); id != "" {
		if p, err := a.playbooks().Get(id); err == nil && p.ID == id {
			return p, nil
		}
	}
	return a.playbooks().Get(playbook.Default)
}

// lastPlaybook returns the ID of the playbook of the newest interview, "" when
// that cannot be told.
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

// begin is hark new.
func (a *app) begin(ctx context.Context, customer string, f beginFlags) error {
	if err := a.needScreen("hark take --new CUSTOMER"); err != nil {
		return err
	}
	book, err := a.bookToFill()
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
	return a.openApp(ctx, book, r.ID, alike)
}

// noteAlike says which customers a new one may be, and how to begin with one of
// them, as elsewhere the beginning of a name is enough. It returns what it said,
// "" for nothing; a notebook that cannot be read just now keeps nobody from
// beginning.
func (a *app) noteAlike(ctx context.Context, book *notebook.Notebook, customer, command string) string {
	const most = 3
	known, err := book.Alike(ctx, customer)
	if err != nil || len(known) == 0 {
		return ""
	}
	text := fmt.Sprintf("%q is a new customer; %q is known: %s %q begins with them", customer, known[0], command, known[0])
	if len(known) > 1 {
		shown, more := first(known, most)
		text = fmt.Sprintf("%q is a new customer; known are %q", customer, shown[0])
		for _, name := range shown[1:] {
			text += fmt.Sprintf(", %q", name)
		}
		if more > 0 {
			text += fmt.Sprintf(" and %d more", more)
		}
		text += fmt.Sprintf(": %s NAME, with the name in full, begins with one of them", command)
	}
	a.note("%s", text)
	return text
}

// askCustomer asks for the customer's name at the terminal.
func (a *app) askCustomer(ctx context.Context) (string, error) {
	ctx, stop := a.interruptible(ctx)
	defer stop()
	if err := a.say("Who is the customer? "); err != nil {
		return "", err
	}
	name, err := a.typed(ctx)
	if name == "" && (err == nil || errors.Is(err, io.EOF)) {
		return "", usagef("No name, so no interview was begun; hark new CUSTOMER begins one")
	}
	if name != "" {
		err = nil // what was typed before the end counts
	}
	return name, err
}

// typed returns a line that is typed at the terminal, without the blanks around
// it, or the error of ctx should that end first.
func (a *app) typed(ctx context.Context) (string, error) {
	type line struct {
		text string
		err  error
	}
	read := make(chan line, 1)
	go func() {
		text, err := readName(a.env.Stdin)
		read <- line{strings.TrimSpace(text), err}
	}()
	select {
	case <-ctx.Done():
		return "", ctx.Err()
	case l := <-read:
		return l.text, l.err
	}
}

// readName reads a line and nothing behind it, which belongs to the app.
func readName(r io.Reader) (string, error) {
	var name []byte
	for b := make([]byte, 1); ; {
		n, err := r.Read(b)
		switch {
		case n > 0 && b[0] == '\n', err != nil:
			return string(name), err
		case n > 0 && len(name) <= interview.MaxText:
			name = append(name, b[0])
		}
	}
}

func (a *app) openCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "open [ID|CUSTOMER]",
		Short: "The newest interview that matches, into the live screen",
		Long: `Opens an interview in the live screen: the one with that ID (its beginning is
enough), the newest with that customer, or the newest of all.`,
		Example: `  hark open
  hark open "Harbour Welding"
  hark open k3f`,
		ValidArgsFunction: a.completeInterviews,
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := a.needScreen("hark take ID|CUSTOMER"); err != nil {
				return err
			}
			book, err := a.book()
			if err != nil {
				return err
			}
			id, err := find(cmd.Context(), book, args)
			if err != nil {
				return err
			}
			return a.openApp(cmd.Context(), book, id, "")
		},
	}
}

// say prints something at once.
func (a *app) say(text string) error {
	if _, err := a.out.WriteString(text); err != nil {
		return err
	}
	return a.out.Flush()
}
