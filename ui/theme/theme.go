// Package theme holds the look of hark: a few design tokens as a [Palette] and the lipgloss styles made from
// them as [Styles]. Nothing here is global. Whoever starts the screen picks a palette once, makes the styles,
// and hands them down to everything that draws.
//
// Every text token reads at 4.5:1 or better on the palette's background and on its selection (WCAG 2, level
// AA); a test computes it. Colour never carries a meaning alone: each style that means something also has an
// attribute here or a glyph where it is drawn, so the screen says the same in [None].
package theme

import (
	"image/color"

	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/colorprofile"
)

// Palette is one set of design tokens. A nil colour leaves that to the terminal.
type Palette struct {
	// Name is "dark", "light", "sixteen" or "none".
	Name string

	// Background is what the palette assumes the terminal shows behind the text. It is never drawn, only
	// measured against.
	Background color.Color
	// Selection lies behind the selected row. Nil selects by swapping foreground and background.
	Selection color.Color

	Text      color.Color // what is read most
	Muted     color.Color // what supports it: times, names, details
	Faint     color.Color // what may be overlooked: hints, placeholders, things that are disabled
	Title     color.Color // headings and box titles
	Accent    color.Color // the one colour that leads the eye: where you are, what a key does
	Quote     color.Color // the customer's own words
	Problem   color.Color // what is wrong, in their words
	Confirmed color.Color // a yes, a thing done
	Warn      color.Color // due soon, still missing
	Danger    color.Color // overdue, refused, cannot be undone

	Border        color.Color // boxes at rest
	FocusedBorder color.Color // the box that has the keys
}

// Dark is the palette for terminals with a dark background.
func Dark() Palette {
	return Palette{
		Name:          "dark",
		Background:    lipgloss.Color("#1d1e23"),
		Selection:     lipgloss.Color("#343741"),
		Text:          lipgloss.Color("#e4e4e0"),
		Muted:         lipgloss.Color("#b4b7c0"),
		Faint:         lipgloss.Color("#a2a5af"),
		Title:         lipgloss.Color("#f6f5f0"),
		Accent:        lipgloss.Color("#84cbc6"),
		Quote:         lipgloss.Color("#ead9ae"),
		Problem:       lipgloss.Color("#f2ab90"),
		Confirmed:     lipgloss.Color("#a3d39c"),
		Warn:          lipgloss.Color("#e8c47d"),
		Danger:        lipgloss.Color("#f59aa3"),
		Border:        lipgloss.Color("#4c505b"),
		FocusedBorder: lipgloss.Color("#84cbc6"),
	}
}

// Light is the palette for terminals with a light background.
func Light() Palette {
	return Palette{
		Name:          "light",
		Background:    lipgloss.Color("#fbfaf7"),
		Selection:     lipgloss.Color("#e2e6ea"),
		Text:          lipgloss.Color("#26282d"),
		Muted:         lipgloss.Color("#4f525a"),
		Faint:         lipgloss.Color("#5a5d66"),
		Title:         lipgloss.Color("#101114"),
		Accent:        lipgloss.Color("#0a5f68"),
		Quote:         lipgloss.Color("#644600"),
		Problem:       lipgloss.Color("#933617"),
		Confirmed:     lipgloss.Color("#226327"),
		Warn:          lipgloss.Color("#734d00"),
		Danger:        lipgloss.Color("#a81d36"),
		Border:        lipgloss.Color("#c3c6cb"),
		FocusedBorder: lipgloss.Color("#0a5f68"),
	}
}

// Sixteen is the palette for terminals that have only the sixteen basic colours. Which shades those are is up
// to the terminal's owner, so most text keeps the terminal's own foreground, and of the sixteen only those are
// used that read well on a dark (or else a light) background in the usual colour tables.
func Sixteen(dark bool) Palette {
	if !dark {
		return Palette{
			Name:          "sixteen",
			Background:    lipgloss.BrightWhite,
			Accent:        lipgloss.Blue,
			Problem:       lipgloss.Red,
			Confirmed:     lipgloss.Blue,
			Warn:          lipgloss.Magenta,
			Danger:        lipgloss.Red,
			FocusedBorder: lipgloss.Blue,
		}
	}
	return Palette{
		Name:          "sixteen",
		Background:    lipgloss.Black,
		Title:         lipgloss.BrightWhite,
		Accent:        lipgloss.BrightCyan,
		Quote:         lipgloss.BrightWhite,
		Problem:       lipgloss.BrightYellow,
		Confirmed:     lipgloss.BrightGreen,
		Warn:          lipgloss.BrightYellow,
		Danger:        lipgloss.BrightRed,
		Border:        lipgloss.BrightBlack,
		FocusedBorder: lipgloss.BrightCyan,
	}
}

// None is the palette without any colour, for NO_COLOR and terminals that have none: attributes and glyphs say
// it all.
func None() Palette { return Palette{Name: "none"} }

// Setting is the choice of colours a person made in the settings.
type Setting string

// The settings. Anything else counts as [Auto].
const (
	Auto        Setting = "auto"
	AlwaysDark  Setting = "dark"
	AlwaysLight Setting = "light"
	NoColour    Setting = "none"
)

// Pick chooses the palette.
//
// NO_COLOR with any value but the empty one, TERM=dumb, a profile without colours and the setting "none" all
// lead to [None]. Then a profile of sixteen colours leads to [Sixteen]. Then the setting decides between dark
// and light, and "auto" follows dark: whether the terminal's background is dark, which should be true as long as
// the terminal has not answered. A profile that is not known yet counts as a full one, because Bubble Tea
// reduces the colours to what the terminal can show anyway.
//
// getenv is os.Getenv or a stand-in for it.
func Pick(setting Setting, getenv func(string) string, dark bool, profile colorprofile.Profile) Palette {
	switch setting {
	case AlwaysDark:
		dark = true
	case AlwaysLight:
		dark = false
	case NoColour:
		return None()
	case Auto:
	}
	if getenv("NO_COLOR") != "" || getenv("TERM") == "dumb" {
		return None()
	}
	switch profile {
	case colorprofile.NoTTY, colorprofile.ASCII:
		return None()
	case colorprofile.ANSI:
		return Sixteen(dark)
	case colorprofile.Unknown, colorprofile.ANSI256, colorprofile.TrueColor:
	}
	if dark {
		return Dark()
	}
	return Light()
}
