package cli

import (
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"hark/internal/cli/app"
	"hark/internal/plain"
)

// Help is wrapped to the terminal, between these numbers of cells.
const (
	leastHelp = 40
	mostHelp  = 100
)

// setHelp gives the commands their help: the same text everywhere, with titles and names set off on
// a terminal that has colours.
func setHelp(root *cobra.Command, a *app.App) {
	root.SetHelpFunc(func(cmd *cobra.Command, _ []string) {
		h := helpPage{width: min(max(a.LineWidth(), leastHelp), mostHelp), colours: hasColours(a)}
		h.command(cmd)
		_, _ = a.Out.WriteString(h.String()) // the writer holds on to its error until the end
	})
	root.SetHelpCommand(&cobra.Command{
		Use:   "help [COMMAND]",
		Short: "What a command does",
		RunE: func(cmd *cobra.Command, args []string) error {
			about, rest, err := root.Find(args)
			if err != nil || len(rest) > 0 {
				return app.OnlyCommands(about, rest)
			}
			about.InitDefaultHelpFlag() // so that help names it
			return about.Help()
		},
		ValidArgsFunction: func(_ *cobra.Command, args []string, _ string) ([]cobra.Completion, cobra.ShellCompDirective) {
			about, _, err := root.Find(args)
			if err != nil {
				return nil, cobra.ShellCompDirectiveNoFileComp
			}
			var names []cobra.Completion
			for _, c := range about.Commands() {
				if c.IsAvailableCommand() {
					names = append(names, cobra.CompletionWithDesc(c.Name(), c.Short))
				}
			}
			return names, cobra.ShellCompDirectiveNoFileComp
		},
	})
	root.SetHelpCommandGroupID(groupHark)
}

// hasColours reports whether standard output is a terminal that says that it knows colours.
func hasColours(a *app.App) bool {
	return a.StdoutIsTerminal && a.Getenv("COLORTERM") != "" && a.Getenv("TERM") != "dumb" &&
		a.Getenv("NO_COLOR") == ""
}

// helpPage is the help of one command.
type helpPage struct {
	strings.Builder
	width   int // in cells
	colours bool
}

// command writes everything there is to say of a command.
func (h *helpPage) command(cmd *cobra.Command) {
	about := cmd.Long
	if about == "" {
		about = cmd.Short
	}
	for i, b := range blocks(about) {
		if i > 0 {
			h.WriteByte('\n')
		}
		lines := b.lines
		if !b.verbatim {
			lines = plain.Wrap(strings.Join(lines, " "), h.width)
		}
		for _, line := range lines {
			h.WriteString(line + "\n")
		}
	}
	h.title("Usage")
	if cmd.Runnable() {
		h.WriteString("  " + cmd.UseLine() + "\n")
	}
	if cmd.HasAvailableSubCommands() {
		h.WriteString("  " + cmd.CommandPath() + " [command]\n")
	}
	if cmd.Example != "" {
		h.title("Examples")
		h.WriteString(cmd.Example + "\n")
	}
	names := 0 // cells, the same for all groups
	for _, g := range groupsOf(cmd) {
		names = max(names, nameCells(g.commands))
	}
	for _, g := range groupsOf(cmd) {
		h.title(g.title)
		h.entries(names, g.commands)
	}
	for _, part := range []struct {
		title string
		flags *pflag.FlagSet
	}{{"Flags", cmd.LocalFlags()}, {"Global flags", cmd.InheritedFlags()}} {
		if part.flags.HasAvailableFlags() {
			h.title(part.title)
			all := flagEntries(part.flags)
			h.entries(nameCells(all), all)
		}
	}
	if cmd.HasAvailableSubCommands() {
		path := strings.TrimPrefix(cmd.CommandPath(), cmd.Root().Name())
		h.WriteString("\n`" + cmd.Root().Name() + " help" + path + " COMMAND` says more about a command.\n")
	}
}

// title begins a part of the page.
func (h *helpPage) title(text string) { h.WriteString("\n" + h.styled("1", text+":") + "\n") }

// styled sets text off by an SGR sequence, where there are colours.
func (h *helpPage) styled(sgr, text string) string {
	if !h.colours {
		return text
	}
	return "\x1b[" + sgr + "m" + text + "\x1b[m"
}

// entry is a name and what is to be said of it, such as a command or a flag.
type entry struct{ name, about string }

// nameCells is how many cells the names of a list take, but for those that are longer than most.
func nameCells(all []entry) int {
	const longest = 24
	cells := 0
	for _, e := range all {
		if n := plain.Width(e.name); n <= longest {
			cells = max(cells, n)
		}
	}
	return cells
}

// entries writes a list in two columns, the first of so many cells. The text of a name that is
// longer begins below it.
func (h *helpPage) entries(column int, all []entry) {
	const (
		margin = "  "
		cyan   = "36"
	)
	indent := strings.Repeat(" ", column+2*len(margin))
	for _, e := range all {
		lines := plain.Wrap(e.about, h.width-len(indent))
		h.WriteString(margin + h.styled(cyan, e.name))
		if n := plain.Width(e.name); n <= column {
			h.WriteString(strings.Repeat(" ", column-n) + margin + lines[0])
			lines = lines[1:]
		}
		h.WriteByte('\n')
		for _, line := range lines {
			h.WriteString(indent + line + "\n")
		}
	}
}

// commandGroup is a group of commands, as help shows them.
type commandGroup struct {
	title    string
	commands []entry
}

// groupsOf returns the commands below a command in their groups, those that belong to none last.
func groupsOf(cmd *cobra.Command) []commandGroup {
	var groups []commandGroup
	for _, g := range append(slices.Clone(cmd.Groups()), &cobra.Group{Title: "Commands"}) {
		group := commandGroup{title: g.Title}
		for _, c := range cmd.Commands() {
			if c.GroupID == g.ID && (c.IsAvailableCommand() || c.Name() == "help") {
				group.commands = append(group.commands, entry{c.Name(), c.Short})
			}
		}
		if len(group.commands) > 0 {
			groups = append(groups, group)
		}
	}
	return groups
}

// flagEntries describes flags: how each is written, what it does, and what holds without it.
func flagEntries(flags *pflag.FlagSet) []entry {
	var all []entry
	flags.VisitAll(func(f *pflag.Flag) {
		if f.Hidden {
			return
		}
		e := entry{name: "    --" + f.Name}
		if f.Shorthand != "" {
			e.name = "-" + f.Shorthand + ", --" + f.Name
		}
		value, about := pflag.UnquoteUsage(f)
		switch {
		case value == "":
		case f.NoOptDefVal != "":
			e.name += "[=" + value + "]"
		default:
			e.name += " " + value
		}
		e.about = about
		if f.DefValue != "" && f.DefValue != "false" && f.DefValue != "0" {
			e.about += fmt.Sprintf(" (default %s)", f.DefValue)
		}
		all = append(all, e)
	})
	return all
}

// block is part of a longer text: a paragraph, or lines that stay as they are written.
type block struct {
	lines    []string
	verbatim bool
}

// blocks takes the text of a command apart. Empty lines separate blocks, and one that begins with a
// blank is verbatim.
func blocks(text string) []block {
	var all []block
	for part := range strings.SplitSeq(strings.Trim(text, "\n"), "\n\n") {
		all = append(all, block{lines: strings.Split(part, "\n"), verbatim: strings.HasPrefix(part, " ")})
	}
	return all
}
