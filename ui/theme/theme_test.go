package theme_test

import (
	"fmt"
	"image/color"
	"math"
	"strings"
	"testing"

	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/ansi"

	"hark/ui/theme"
)

// luminance is WCAG 2's relative luminance of a colour.
func luminance(c color.Color) float64 {
	r, g, b, _ := c.RGBA()
	linear := func(v uint32) float64 {
		x := float64(v) / 0xffff
		if x <= 0.04045 {
			return x / 12.92
		}
		return math.Pow((x+0.055)/1.055, 2.4)
	}
	return 0.2126*linear(r) + 0.7152*linear(g) + 0.0722*linear(b)
}

// contrast is WCAG 2's contrast ratio of two colours, from 1 to 21.
func contrast(a, b color.Color) float64 {
	x, y := luminance(a), luminance(b)
	return (max(x, y) + 0.05) / (min(x, y) + 0.05)
}

func TestContrastFormula(t *testing.T) {
	for _, test := range []struct {
		a, b string
		want float64
	}{
		{"#000000", "#ffffff", 21},
		{"#ffffff", "#ffffff", 1},
		{"#777777", "#ffffff", 4.48},
		{"#0000ff", "#ffffff", 8.59},
	} {
		if got := contrast(lipgloss.Color(test.a), lipgloss.Color(test.b)); math.Abs(got-test.want) > 0.01 {
			t.Errorf("contrast(%s, %s) = %.2f, want %.2f", test.a, test.b, got, test.want)
		}
	}
}

type token struct {
	name   string
	colour color.Color
}

// textTokens lists every token that text is drawn in. Borders are exempt.
func textTokens(p theme.Palette) []token {
	return []token{
		{"text", p.Text}, {"muted", p.Muted}, {"faint", p.Faint}, {"title", p.Title}, {"accent", p.Accent},
		{"quote", p.Quote}, {"problem", p.Problem}, {"confirmed", p.Confirmed}, {"warn", p.Warn}, {"danger", p.Danger},
	}
}

const readable = 4.5

func TestTextIsReadable(t *testing.T) {
	for _, p := range []theme.Palette{theme.Dark(), theme.Light()} {
		for _, profile := range []colorprofile.Profile{colorprofile.TrueColor, colorprofile.ANSI256} {
			for _, tok := range textTokens(p) {
				shown := profile.Convert(tok.colour)
				for _, behind := range []token{{"background", p.Background}, {"selection", profile.Convert(p.Selection)}} {
					if got := contrast(shown, behind.colour); got < readable {
						t.Errorf("%s, %s: %s on %s reads at %.2f, want at least %.1f", p.Name, profile, tok.name, behind.name, got, readable)
					}
				}
			}
		}
	}
}

// sixteenTables are the colour tables of common terminals, for the colours the palette uses.
func sixteenTables() map[string]map[color.Color]color.Color {
	table := func(hex ...string) map[color.Color]color.Color {
		m := make(map[color.Color]color.Color)
		for i, h := range hex {
			m[ansi.BasicColor(i)] = lipgloss.Color(h)
		}
		return m
	}
	return map[string]map[color.Color]color.Color{
		"xterm": table("#000000", "#cd0000", "#00cd00", "#cdcd00", "#0000ee", "#cd00cd", "#00cdcd", "#e5e5e5",
			"#7f7f7f", "#ff0000", "#00ff00", "#ffff00", "#5c5cff", "#ff00ff", "#00ffff", "#ffffff"),
		"VGA": table("#000000", "#aa0000", "#00aa00", "#aa5500", "#0000aa", "#aa00aa", "#00aaaa", "#aaaaaa",
			"#555555", "#ff5555", "#55ff55", "#ffff55", "#5555ff", "#ff55ff", "#55ffff", "#ffffff"),
		"Windows": table("#0c0c0c", "#c50f1f", "#13a10e", "#c19c00", "#0037da", "#881798", "#3a96dd", "#cccccc",
			"#767676", "#e74856", "#16c60c", "#f9f1a5", "#3b78ff", "#b4009e", "#61d6d6", "#f2f2f2"),
	}
}

func TestSixteenIsReadable(t *testing.T) {
	for name, table := range sixteenTables() {
		for _, p := range []theme.Palette{theme.Sixteen(true), theme.Sixteen(false)} {
			for _, tok := range textTokens(p) {
				if tok.colour == nil {
					continue // the terminal's own foreground
				}
				// Reverse video swaps the two, and the ratio stays the same: one check covers the
				// selection too.
				if got := contrast(table[tok.colour], table[p.Background]); got < readable {
					t.Errorf("%s table, on %v: %s reads at %.2f, want at least %.1f", name, p.Background, tok.name, got, readable)
				}
			}
		}
	}
}

func TestPick(t *testing.T) {
	for _, test := range []struct {
		name    string
		setting theme.Setting
		env     map[string]string
		dark    bool
		profile colorprofile.Profile
		want    string
	}{
		{"dark terminal", theme.Auto, nil, true, colorprofile.TrueColor, "dark"},
		{"light terminal", theme.Auto, nil, false, colorprofile.TrueColor, "light"},
		{"256 colours", theme.Auto, nil, false, colorprofile.ANSI256, "light"},
		{"profile not known yet", theme.Auto, nil, true, colorprofile.Unknown, "dark"},
		{"sixteen colours", theme.Auto, nil, true, colorprofile.ANSI, "sixteen"},
		{"no colours", theme.Auto, nil, true, colorprofile.ASCII, "none"},
		{"no terminal", theme.Auto, nil, true, colorprofile.NoTTY, "none"},
		{"setting dark", theme.AlwaysDark, nil, false, colorprofile.TrueColor, "dark"},
		{"setting light", theme.AlwaysLight, nil, true, colorprofile.TrueColor, "light"},
		{"setting none", theme.NoColour, nil, true, colorprofile.TrueColor, "none"},
		{"setting light, few colours", theme.AlwaysLight, nil, true, colorprofile.ANSI, "sixteen"},
		{"unknown setting", "purple", nil, false, colorprofile.TrueColor, "light"},
		{"NO_COLOR=1", theme.Auto, map[string]string{"NO_COLOR": "1"}, true, colorprofile.TrueColor, "none"},
		{"NO_COLOR=yes", theme.Auto, map[string]string{"NO_COLOR": "yes"}, true, colorprofile.TrueColor, "none"},
		{"NO_COLOR=0", theme.AlwaysDark, map[string]string{"NO_COLOR": "0"}, true, colorprofile.TrueColor, "none"},
		{"NO_COLOR empty", theme.Auto, map[string]string{"NO_COLOR": ""}, true, colorprofile.TrueColor, "dark"},
		{"dumb", theme.Auto, map[string]string{"TERM": "dumb"}, true, colorprofile.TrueColor, "none"},
	} {
		t.Run(test.name, func(t *testing.T) {
			getenv := func(key string) string { return test.env[key] }
			if got := theme.Pick(test.setting, getenv, test.dark, test.profile).Name; got != test.want {
				t.Errorf("picked %q, want %q", got, test.want)
			}
		})
	}
}

// all returns every style with its name.
func all(s theme.Styles) map[string]theme.Style {
	return map[string]theme.Style{
		"text": s.Text, "muted": s.Muted, "faint": s.Faint, "title": s.Title, "accent": s.Accent, "key": s.Key,
		"quote": s.Quote, "thought": s.Thought, "problem": s.Problem, "confirmed": s.Confirmed, "warn": s.Warn,
		"danger": s.Danger, "match": s.Match, "border": s.Border, "focused border": s.FocusedBorder,
	}
}

func TestNoneUsesNoColour(t *testing.T) {
	styles := theme.New(theme.None())
	shown := map[string]string{"highlight": styles.Highlight("x")}
	for name, style := range all(styles) {
		shown[name] = style.Render("x")
	}
	for name, s := range shown {
		for _, param := range strings.FieldsFunc(s, func(r rune) bool { return !('0' <= r && r <= '9') }) {
			var n int
			if _, err := fmt.Sscan(param, &n); err != nil {
				t.Fatal(err)
			}
			if n >= 30 {
				t.Errorf("%s is drawn with a colour: %q", name, s)
			}
		}
	}
}

func TestStylesKeepTheWidth(t *testing.T) {
	const text = "rework 焼け直し, e\u0301"
	for _, p := range []theme.Palette{theme.Dark(), theme.Light(), theme.Sixteen(true), theme.Sixteen(false), theme.None()} {
		styles := theme.New(p)
		for name, style := range all(styles) {
			if got := ansi.Strip(style.Render(text)); got != text {
				t.Errorf("%s %s changes the text to %q", p.Name, name, got)
			}
			if got := style.Render(text); !strings.Contains(got, "e\u0301") {
				t.Errorf("%s %s takes the accent off its letter: %q", p.Name, name, got)
			}
		}
		if got := ansi.Strip(styles.Highlight(styles.Quote.Render(text) + " ")); got != text+" " {
			t.Errorf("%s highlight changes the text to %q", p.Name, got)
		}
	}
}

func TestHighlightReachesEveryCell(t *testing.T) {
	styles := theme.New(theme.None())
	line := "a" + styles.Title.Render("b") + "c" + styles.Match.Render("d") + "e"
	got := styles.Highlight(line)

	// Follow the sequences as a terminal does and record for each letter whether reverse video is
	// on.
	reversed, seen := false, ""
	parser := ansi.NewParser()
	var state byte
	for rest := got; rest != ""; {
		seq, width, n, next := ansi.DecodeSequence(rest, state, parser)
		switch {
		case width > 0 && reversed:
			seen += seq
		case width > 0:
			t.Errorf("%q is drawn without the selection in %q", seq, got)
		case parser.Command() == 'm':
			params := parser.Params()
			if len(params) == 0 {
				reversed = false
			}
			params.ForEach(0, func(_, param int, _ bool) {
				switch param {
				case 0:
					reversed = false
				case 7:
					reversed = true
				}
			})
		}
		rest, state = rest[n:], next
	}
	if seen != "abcde" {
		t.Errorf("the selection covers %q, want all of abcde", seen)
	}
	if reversed {
		t.Error("the selection is still on after the line")
	}
}
