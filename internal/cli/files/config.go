package files

import (
	"errors"
	"fmt"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"hark/internal/cli/app"
	"hark/internal/config"
	"hark/internal/kept"
	"hark/internal/plain"
)

// Config is hark config.
func (a Commands) Config() *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "config",
		Short: "Your settings, explained: init, path",
		Long: `Shows every setting with its value, where that came from, and what it can be.
Settings lie in a TOML file that you edit; hark config init writes one with
everything explained in it. HARK_CONFIG chooses another file.`,
		Args: app.OnlyCommands,
		RunE: func(*cobra.Command, []string) error { return a.config(asJSON) },
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "as JSON")
	cmd.AddCommand(
		&cobra.Command{
			Use: "path", Short: "Where the settings file lies",
			RunE: func(*cobra.Command, []string) error {
				path, err := a.settingsPath()
				if err != nil {
					return err
				}
				return a.Tell("%s", path)
			},
		},
		&cobra.Command{
			Use: "init", Short: "Write a settings file with everything explained",
			Long: `Writes a settings file that explains every setting and changes none, and says
where it lies. A file that is there already is left alone.`,
			RunE: func(*cobra.Command, []string) error { return a.initSettings() },
		},
	)
	return cmd
}

// settingsPath returns the path of the settings file. The error is a sentence.
func (a Commands) settingsPath() (string, error) {
	path := config.File(a.Getenv)
	if path == "" {
		return "", errors.New("Your home folder is not known (HOME is not set), so there is no place for settings; HARK_CONFIG names a file for them")
	}
	return path, nil
}

// setting is one setting as JSON.
type setting struct {
	Key      string        `json:"key"`
	Value    any           `json:"value"`
	From     config.Source `json:"from"`
	Default  any           `json:"default"`
	Allowed  string        `json:"allowed"`
	About    string        `json:"about"`
	Variable string        `json:"variable,omitempty"`
}

// config prints the settings as JSON, or for people.
func (a Commands) config(asJSON bool) error {
	set, err := a.Settings()
	if err != nil {
		return err
	}
	if !asJSON {
		return a.explain(set)
	}
	var all []setting
	for _, k := range config.Keys() {
		all = append(all, setting{
			Key: k.Name, Value: set.Value(k), From: source(set, k), Default: config.Defaults().Value(k),
			Allowed: k.Allowed, About: k.About, Variable: k.Variable,
		})
	}
	return a.WriteJSON(all)
}

// explain prints the settings for people.
func (a Commands) explain(set *config.Loaded) error {
	const margin, width = "    ", 78
	var b strings.Builder
	switch path := plain.Terminal(set.Path); {
	case set.Path == "":
		b.WriteString("There is no place for a settings file: HOME is not set, and neither is HARK_CONFIG.\n")
	case set.Found:
		b.WriteString("The settings in " + path + ":\n")
	default:
		b.WriteString("There is no settings file yet; hark config init writes " + path + ".\n")
	}
	for _, k := range config.Keys() {
		value := plain.Terminal(config.Literal(set.Value(k)))
		if value == `""` {
			value = "(" + k.Unset + ")"
		}
		from := string(source(set, k))
		if source(set, k) == config.FromEnvironment {
			from = k.Variable
		}
		fmt.Fprintf(&b, "\n%s = %s  (%s)\n", k.Name, value, from)
		for _, paragraph := range k.Explained() {
			for _, line := range plain.Wrap(paragraph, width-len(margin)) {
				b.WriteString(margin + line + "\n")
			}
		}
	}
	_, err := a.Out.WriteString(b.String())
	return err
}

func source(set *config.Loaded, k config.Key) config.Source {
	if from, ok := set.From[k.Name]; ok {
		return from
	}
	return config.FromDefault
}

// initSettings writes a settings file where there is none.
func (a Commands) initSettings() error {
	path, err := a.settingsPath()
	if err != nil {
		return err
	}
	place, err := a.MakePlace(filepath.Dir(path), kept.Settings)
	if err != nil {
		return err
	}
	defer place.Close()
	a.Heed()
	err = place.Put(filepath.Base(path), false, app.Content(config.Template()))
	if errors.Is(err, app.ErrThere) {
		return fmt.Errorf("%s is there already, and hark leaves it as it is: edit it, and `hark config` shows what holds", path)
	}
	if err != nil {
		return err
	}
	return a.Tell("%s", path)
}
