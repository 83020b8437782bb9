package cli

import (
	"context"
	"errors"
	"io"
	"strings"

	"github.com/spf13/cobra"

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
	book, err := a.book()
	if err != nil {
		return err
	}
	return a.openApp(ctx, book, interview.ID{})
}

func (a *app) openApp(ctx context.Context, book *notebook.Notebook, id interview.ID) error {
	return a.env.RunApp(ctx, AppRequest{Book: book, Playbooks: a.playbooks(), Interview: id})
}

func (a *app) newCommand() *cobra.Command {
	var name string
	cmd := &cobra.Command{
		Use:   "new [CUSTOMER]",
		Short: "A new interview, straight into the live screen",
		Long: `Begins an interview with a customer and opens it in the live screen. Without a
name it asks for one.`,
		Example: `  hark new "Harbour Welding"
  hark new "Harbour Welding" --playbook loyal-customer`,
		ValidArgsFunction: noCompletion,
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.begin(cmd.Context(), strings.Join(args, " "), name)
		},
	}
	a.addPlaybookFlag(cmd, &name)
	return cmd
}

func (a *app) addPlaybookFlag(cmd *cobra.Command, name *string) {
	cmd.Flags().StringVar(name, "playbook", playbook.Default, "ask what playbook `NAME` asks")
	a.complete(cmd, "playbook", a.completePlaybooks)
}

// begin is hark new.
func (a *app) begin(ctx context.Context, customer, playbookName string) error {
	if err := a.needScreen("hark take --new CUSTOMER"); err != nil {
		return err
	}
	guide, err := a.playbooks().Get(playbookName)
	if err != nil {
		return err
	}
	book, err := a.book()
	if err != nil {
		return err
	}
	if strings.TrimSpace(customer) == "" {
		if customer, err = a.askCustomer(ctx); err != nil {
			return err
		}
	}
	r, err := book.Begin(ctx, interview.Beginning{Customer: customer, Playbook: guide})
	if err != nil {
		return err
	}
	return a.openApp(ctx, book, r.ID)
}

// askCustomer asks for the customer's name at the terminal.
func (a *app) askCustomer(ctx context.Context) (string, error) {
	ctx, stop := a.interruptible(ctx)
	defer stop()
	if err := a.say("Who is the customer? "); err != nil {
		return "", err
	}
	type answer struct {
		name string
		err  error
	}
	typed := make(chan answer, 1)
	go func() {
		name, err := readName(a.env.Stdin)
		typed <- answer{name, err}
	}()
	select {
	case <-ctx.Done():
		return "", ctx.Err()
	case t := <-typed:
		switch {
		case strings.TrimSpace(t.name) != "":
			return t.name, nil
		case t.err == nil || errors.Is(t.err, io.EOF):
			return "", usagef("No name, so no interview was begun; hark new CUSTOMER begins one")
		default:
			return "", t.err
		}
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
			return a.openApp(cmd.Context(), book, id)
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
