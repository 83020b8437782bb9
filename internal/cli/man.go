package cli

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"hark/internal/cli/app"
	"hark/internal/config"
	"hark/internal/plain"
)

func manCommand(a *app.App) *cobra.Command {
	return &cobra.Command{
		Use:   "man",
		Short: "The manual page",
		Long: `Prints the manual page as man reads it. To read it now:

  hark man | man -l -

To keep it:

  hark man > ~/.local/share/man/man1/hark.1`,
		RunE: func(*cobra.Command, []string) error {
			_, err := a.Out.WriteString(manual(tree(a), a.Version, a.Committed))
			return err
		},
	}
}

// manual returns the manual page of a program in the macros of man(7), as groff_man(7) and mandoc's
// man(7) document them. Its date is the day of the commit, as in 2026-11-28, or "": the same source
// makes the same page on whichever day it is built.
func manual(root *cobra.Command, version, date string) string {
	root.InitDefaultHelpFlag() // so that the page names it, as the next does for the command
	root.InitDefaultHelpCmd()
	name := root.Name()
	p := &manPage{}
	p.line(`.TH %s 1 "%s" "%s"`, strings.ToUpper(name), date, roff(name+" "+version))
	p.section("NAME")
	p.line(`%s \- %s`, name, roff(lowerFirst(root.Short)))
	p.section("SYNOPSIS")
	p.line(".B %s\n.RI [ flags ]\n.br\n.B %s\n.I command\n.RI [ arguments ]\n.RI [ flags ]", name, name)
	p.section("DESCRIPTION")
	p.text(root.Long, ".PP")
	p.section("COMMANDS")
	for _, g := range groupsOf(root) {
		p.line(".SS %s", roff(g.title))
		for _, e := range g.commands {
			if cmd, _, err := root.Find([]string{e.name}); err == nil {
				p.command(cmd)
			}
		}
	}
	p.section("OPTIONS")
	p.flags(root.Flags())
	p.section("EXIT STATUS")
	for _, m := range app.ExitCodes() {
		p.entry(fmt.Sprintf(`\fB%d\fP`, m.Code), m.Meaning)
	}
	p.section("ENVIRONMENT")
	for _, v := range variables() {
		p.entry(`\fB`+roff(v.name)+`\fP`, v.about)
	}
	p.section("FILES")
	p.text("These are the places on Linux. Other systems have folders of their own; hark config shows what holds.", ".PP")
	for _, f := range ordinaryFiles() {
		p.entry(`\fI`+roff(f.name)+`\fP`, f.about)
	}
	p.section("EXAMPLES")
	p.text(root.Example, ".PP")
	return p.String()
}

// variables are the environment variables that hark reads.
func variables() []entry {
	all := []entry{{"HARK_CONFIG", "The settings file."}}
	for _, k := range config.Keys() {
		if k.Variable != "" {
			all = append(all, entry{k.Variable, k.About})
		}
	}
	return append(all,
		entry{"NO_COLOR", "When it is set to anything, nothing is in colour."},
		entry{"XDG_CACHE_HOME, XDG_CONFIG_HOME, XDG_DATA_HOME, XDG_STATE_HOME", "The folders in which the files below lie."},
	)
}

// ordinaryFiles are the files of hark where nothing says otherwise, as package config places them
// on Linux.
func ordinaryFiles() []entry {
	return []entry{
		{"~/.local/share/hark/hark.db", "The notebook. The folders backups and quarantine lie next to it."},
		{"~/.config/hark/config.toml", "The settings; hark config init writes them with everything explained."},
		{"~/.config/hark/playbooks", "Your own playbooks."},
		{"~/.cache/hark/sample", "The sample notebook of hark demo."},
		{"~/.local/state/hark", "What is written down when hark itself crashes."},
	}
}

// manPage is a manual page in the making.
type manPage struct{ strings.Builder }

func (p *manPage) line(format string, args ...any) {
	p.WriteString(fmt.Sprintf(format, args...) + "\n")
}

func (p *manPage) section(title string) { p.line(".SH %s", title) }

// entry writes a term, which is roff already, and the text that explains it.
func (p *manPage) entry(term, about string) {
	p.line(".TP\n%s", term)
	p.text(about, ".IP")
}

// command writes an entry for a command and each command below it: its text, flags and examples.
func (p *manPage) command(cmd *cobra.Command) {
	path := cmd.CommandPath()
	term := `\fB` + roff(path) + `\fP` + roff(strings.TrimPrefix(strings.TrimSuffix(cmd.UseLine(), " [flags]"), path))
	about := cmd.Long
	if about == "" {
		about = cmd.Short + "."
	}
	p.entry(term, about)
	if cmd.LocalNonPersistentFlags().HasAvailableFlags() || cmd.Example != "" {
		p.line(".RS")
		p.flags(cmd.LocalNonPersistentFlags())
		if cmd.Example != "" {
			p.line(".PP\nFor example:\n.PP")
			p.text(cmd.Example, ".PP")
		}
		p.line(".RE")
	}
	for _, c := range cmd.Commands() {
		if c.IsAvailableCommand() {
			p.command(c)
		}
	}
}

// flags writes an entry for each flag.
func (p *manPage) flags(flags *pflag.FlagSet) {
	for _, e := range flagEntries(flags) {
		flag, value := strings.TrimSpace(e.name), ""
		if i := strings.IndexAny(flag[len("-"):], " ["); i > 0 && !strings.HasPrefix(flag[i:], ", ") {
			flag, value = flag[:i+1], flag[i+1:]
		}
		p.entry(`\fB`+roff(flag)+`\fP\fI`+roff(value)+`\fP`, e.about)
	}
}

// text writes paragraphs and verbatim lines. A macro stands between one paragraph and the next.
func (p *manPage) text(text, between string) {
	const width = 78 // mandoc asks for source lines of at most 80 bytes
	for i, b := range blocks(text) {
		if i > 0 {
			p.line("%s", between)
		}
		if b.verbatim {
			p.line(".nf")
			p.lines(strings.Split(roff(strings.Join(b.lines, "\n")), "\n"))
			p.line(".fi")
			continue
		}
		p.lines(plain.Wrap(roff(strings.Join(b.lines, " ")), width))
	}
}

// lines writes lines of text, none of which roff takes for a request.
func (p *manPage) lines(lines []string) {
	for _, line := range lines {
		if strings.HasPrefix(line, ".") {
			line = `\&` + line
		}
		p.line("%s", line)
	}
}

// roff returns text without anything that roff reads as an escape or changes. What is not ASCII is
// named by its code point, so that no encoding needs to be known. A point at the start of a line is
// left as it is.
func roff(text string) string {
	named := map[rune]string{
		'\\': `\e`, '-': `\-`, '"': `\(dq`, '\'': `\(aq`, '`': `\(ga`, '^': `\(ha`, '~': `\(ti`,
	}
	var b strings.Builder
	for _, r := range text {
		name, ok := named[r]
		switch {
		case ok:
			b.WriteString(name)
		case r >= 0x7f:
			fmt.Fprintf(&b, `\[u%04X]`, r)
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}

// lowerFirst returns ASCII text with a small first letter, as the line behind NAME has it.
func lowerFirst(text string) string { return strings.ToLower(text[:1]) + text[1:] }
