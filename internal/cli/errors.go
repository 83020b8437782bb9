package cli

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"hark/internal/capture"
	"hark/internal/config"
	"hark/internal/interview"
	"hark/internal/nearest"
	"hark/internal/notebook"
	"hark/internal/plain"
	"hark/internal/playbook"
	"hark/internal/storage"
)

// The exit codes; see Run.
const (
	exitDone = iota
	exitFailed
	exitUsage
	exitNoSuch
	exitRefused
	exitNotebook
)

// exitCodes says what each exit code means, in the order of their numbers.
func exitCodes() []string {
	return []string{
		exitDone:     "Done.",
		exitFailed:   "Failed.",
		exitUsage:    "Wrong usage, and lines that cannot be understood.",
		exitNoSuch:   "Nothing, or more than one thing, by that name or number.",
		exitRefused:  "Refused by the gate, a lock or missing consent.",
		exitNotebook: "The notebook is damaged, of a newer hark, or cannot be written.",
	}
}

// errNoInterviews is what commands that need an interview say to an empty
// notebook.
var errNoInterviews = errors.New("There is no interview yet; `hark new CUSTOMER` begins one, or `hark take --new CUSTOMER` in plain lines")

// usageError says that what was typed as a command makes no sense.
type usageError struct{ sentence string }

func (e *usageError) Error() string { return e.sentence }

func usagef(format string, args ...any) error { return &usageError{fmt.Sprintf(format, args...)} }

// saidError has been reported already, and only brings its exit code.
type saidError struct{ code int }

func (e *saidError) Error() string { return fmt.Sprintf("exit code %d", e.code) }

// exitCode returns the exit code that fits an error; see Run.
func exitCode(err error) int {
	var (
		said       *saidError
		usage      *usageError
		line       *capture.Error
		unreadable *playbook.UnreadableError
		nothing    *notebook.FindError
		refusal    *interview.Error
		settings   *config.Error
	)
	switch {
	case err == nil:
		return exitDone
	case errors.As(err, &said):
		return said.code
	case errors.Is(err, storage.ErrDamaged), errors.Is(err, storage.ErrUnwritable), errors.Is(err, interview.ErrNewer):
		return exitNotebook
	case errors.As(err, &usage), errors.As(err, &line), errors.As(err, &settings):
		return exitUsage
	case errors.As(err, &nothing), errors.Is(err, storage.ErrNotFound), errors.Is(err, errNoInterviews):
		return exitNoSuch
	case errors.As(err, &refusal):
		return refusalCode(refusal.Code)
	case errors.As(err, &unreadable) && !isFile(err):
		return exitUsage
	default:
		return exitFailed
	}
}

// isFile reports whether the operating system kept a file from being read or
// written.
func isFile(err error) bool {
	var inPath *fs.PathError
	var inLink *os.LinkError
	return errors.As(err, &inPath) || errors.As(err, &inLink)
}

func refusalCode(code interview.Code) int {
	switch code {
	case interview.Invalid:
		return exitUsage
	case interview.NotFound:
		return exitNoSuch
	case interview.Refused:
		return exitRefused
	case interview.ReadOnly:
		return exitNotebook
	}
	return exitFailed
}

// complain says an error on standard error, in one line.
func (a *app) complain(err error) {
	var said *saidError
	switch {
	case err == nil, errors.As(err, &said):
	case errors.Is(err, context.Canceled):
		a.note("hark: stopped; what was kept until then is kept")
	case errors.Is(err, storage.ErrNotFound):
		a.note("hark: there is no such interview any more; `hark list` shows what there is")
	default:
		a.note("hark: %s", strings.ReplaceAll(err.Error(), "`hark doctor`", "`"+a.doctorCall()+"`"))
	}
}

// note says something on standard error, on a line of its own. What was printed
// before comes first. There is nobody to tell when it cannot be said.
func (a *app) note(format string, args ...any) {
	_ = a.out.Flush() // the writer holds on to its error until the end
	_, _ = fmt.Fprintln(a.env.Stderr, plain.Terminal(fmt.Sprintf(format, args...)))
}

// flagError puts what is wrong with a flag into a sentence.
func flagError(cmd *cobra.Command, err error) error {
	var (
		unknown  *pflag.NotExistError
		needs    *pflag.ValueRequiredError
		invalid  *pflag.InvalidValueError
		seeHelp  = fmt.Sprintf("`%s --help` shows what can be said", cmd.CommandPath())
		flagName = func(f *pflag.Flag) string { return "--" + f.Name }
	)
	switch {
	case errors.As(err, &unknown):
		name, typed := unknown.GetSpecifiedName(), "--"+unknown.GetSpecifiedName()
		if unknown.GetSpecifiedShortnames() != "" {
			typed = "-" + name
		}
		var names []string
		cmd.Flags().VisitAll(func(f *pflag.Flag) { names = append(names, f.Name) })
		if near := nearest.Begun(name, names); near != "" {
			return usagef("There is no flag %s; did you mean --%s?", typed, near)
		}
		return usagef("There is no flag %s; %s", typed, seeHelp)
	case errors.As(err, &needs):
		what, _ := pflag.UnquoteUsage(needs.GetFlag())
		return usagef("%s needs a value: %s %s", flagName(needs.GetFlag()), flagName(needs.GetFlag()), what)
	case errors.As(err, &invalid):
		return usagef("%q is no value for %s; %s", invalid.GetValue(), flagName(invalid.GetFlag()), seeHelp)
	default:
		return usagef("%s; %s", err, seeHelp)
	}
}

// onlyCommands refuses words after a command that has commands below it, with
// the nearest of those.
func (a *app) onlyCommands(cmd *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	var names []string
	for _, c := range cmd.Commands() {
		if c.IsAvailableCommand() {
			names = append(names, c.Name())
		}
	}
	typed := strings.TrimSpace(cmd.CommandPath() + " " + args[0])
	if near := nearest.Begun(args[0], names); near != "" {
		return usagef("There is no command `%s`; did you mean `%s %s`?", typed, cmd.CommandPath(), near)
	}
	return usagef("There is no command `%s`; `%s --help` shows all", typed, cmd.CommandPath())
}

// atMost refuses more than n arguments.
func atMost(n int) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		if len(args) <= n {
			return nil
		}
		return usagef("%q is too much for `%s`: use it as `%s`; a name of several words needs quotes",
			args[n], cmd.CommandPath(), cmd.UseLine())
	}
}
