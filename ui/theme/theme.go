// Package theme holds hark's colours: design tokens as a [Palette], and the styles made from them
// with lipgloss as [Styles]. Nothing is global: the program picks a palette once, makes the styles,
// and passes them to whatever draws.
//
// Every text token has a contrast of at least 4.5:1 on the palette's background and on its
// selection (WCAG 2, level AA); a test computes it. Colour never carries a meaning alone: each
// style with a meaning also has an attribute here or a glyph where it is drawn, so that [None]
// shows the same.
package theme

import (
	"image/color"

	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/colorprofile"
)

// Palette is one set of design tokens. A nil colour is the terminal's own.
type Palette struct {
	// Name is "dark", "light", "sixteen" or "none".
	Name string

	// Background is the assumed background of the terminal. It is never drawn, only used to compute
	// contrast.
	Background color.Color
	// Selection is the background of the selected row. Nil swaps foreground and background.
	Selection color.Color

	Text      color.Color // main text
	Muted     color.Color // times, names, details
	Faint     color.Color // hints, placeholders, disabled items
	Title     color.Color // headings and box titles
	Accent    color.Color // where you are, what a key does
	Quote     color.Color // the customer's own words
	Problem   color.Color // what is wrong, in their words
	Confirmed color.Color // a yes, a thing done
	Warn      color.Color // due soon, still missing
	Danger    color.Color // overdue, refused, cannot be undone

	Border        color.Color // boxes without the focus
	FocusedBorder color.Color // the box with the focus
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

// Sixteen is the palette for terminals that have only the sixteen basic colours. Their shades are
// the user's choice, so most text has the terminal's own foreground, and only those of the sixteen
// are used that read well on a dark (or else light) background in the usual colour tables.
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

// None is the palette without colours, for NO_COLOR and terminals that have none: attributes and
// glyphs carry the meaning.
func None() Palette { return Palette{Name: "none"} }

// Setting is the user's choice of colours.
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
// NO_COLOR with any value but the empty one, TERM=dumb, a profile without colours and the setting
// "none" select [None]; else a profile of sixteen colours selects [Sixteen]. Otherwise the setting
// decides between dark and light, and "auto" follows dark: whether the terminal's background is
// dark, which should be true until the terminal has answered. An unknown profile counts as full,
// because Bubble Tea reduces the colours to what the terminal can show.
//
// getenv is os.Getenv or a replacement.
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
