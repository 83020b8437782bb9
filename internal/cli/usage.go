package cli

import (
	"errors"
	"fmt"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"hark/internal/cli/app"
	"hark/internal/config"
	"hark/internal/nearest"
)

// flagError puts what is wrong with a flag into a sentence.
func flagError(cmd *cobra.Command, err error) error {
	var (
		unknown  *pflag.NotExistError
		needs    *pflag.ValueRequiredError
		invalid  *pflag.InvalidValueError
		homeless *config.HomeError
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
			return app.Usagef("There is no flag %s; did you mean --%s?", typed, near)
		}
		return app.Usagef("There is no flag %s; %s", typed, seeHelp)
	case errors.As(err, &needs):
		what, _ := pflag.UnquoteUsage(needs.GetFlag())
		return app.Usagef("%s needs a value: %s %s", flagName(needs.GetFlag()), flagName(needs.GetFlag()), what)
	case errors.As(err, &homeless):
		return app.Usagef("%s", homeless)
	case errors.As(err, &invalid):
		return app.Usagef("%q is no value for %s; %s", invalid.GetValue(), flagName(invalid.GetFlag()), seeHelp)
	default:
		return app.Usagef("%s; %s", err, seeHelp)
	}
}
