package theme

import (
	"image/color"
	"strings"

	"charm.land/lipgloss/v2"
)

// Styles are the lipgloss styles of one palette. They set colours and attributes only, no sizes: what is drawn
// measures as wide as its text. They are plain values and are handed to whatever draws.
type Styles struct {
	Text      lipgloss.Style
	Muted     lipgloss.Style
	Faint     lipgloss.Style
	Title     lipgloss.Style // bold
	Accent    lipgloss.Style // bold
	Key       lipgloss.Style // the name of a key in a footer or in the help; bold
	Quote     lipgloss.Style // the quotation marks are drawn with the text
	Thought   lipgloss.Style // the seller's own, held back; italic
	Problem   lipgloss.Style // bold
	Confirmed lipgloss.Style // goes with ✓
	Warn      lipgloss.Style // goes with a word that says what is missing or due
	Danger    lipgloss.Style // bold
	Match     lipgloss.Style // the letters that a search found; underlined

	Border        lipgloss.Style
	FocusedBorder lipgloss.Style // the widgets also mark the focused title with a glyph

	// selection is the sequence that switches the selection's look on.
	selection string
}

// New makes the styles of a palette.
func New(p Palette) Styles {
	fg := func(c color.Color) lipgloss.Style {
		if c == nil {
			return lipgloss.NewStyle()
		}
		return lipgloss.NewStyle().Foreground(c)
	}
	selected := lipgloss.NewStyle().Background(p.Selection)
	if p.Selection == nil {
		selected = lipgloss.NewStyle().Reverse(true)
	}
	// Cutting the sequence out of a rendered sample keeps lipgloss the only one who writes it.
	on, _, _ := strings.Cut(selected.Render("x"), "x")
	return Styles{
		Text:          fg(p.Text),
		Muted:         fg(p.Muted),
		Faint:         fg(p.Faint),
		Title:         fg(p.Title).Bold(true),
		Accent:        fg(p.Accent).Bold(true),
		Key:           fg(p.Accent).Bold(true),
		Quote:         fg(p.Quote),
		Thought:       fg(p.Muted).Italic(true),
		Problem:       fg(p.Problem).Bold(true),
		Confirmed:     fg(p.Confirmed),
		Warn:          fg(p.Warn),
		Danger:        fg(p.Danger).Bold(true),
		Match:         fg(p.Accent).Underline(true),
		Border:        fg(p.Border),
		FocusedBorder: fg(p.FocusedBorder).Bold(p.FocusedBorder == nil),
		selection:     on,
	}
}

// Highlight lays the selection behind a whole line that may already hold styled text: the colours and attributes
// inside stay, and only what is behind them changes. Pad the line to the width that should light up first.
// Because a selection is a background (or, without colours, reverse video), draw a glyph such as ▸ in the line
// too.
func (s Styles) Highlight(line string) string {
	const csi = "\x1b["
	var b strings.Builder
	b.Grow(len(line) + 4*len(s.selection) + len(csi) + 1)
	b.WriteString(s.selection)
	for {
		start := strings.Index(line, csi)
		if start < 0 {
			break
		}
		length := strings.IndexByte(line[start:], 'm')
		if length < 0 {
			break
		}
		// Any style sequence may end in a reset that takes the selection with it, so it is renewed after each.
		b.WriteString(line[:start+length+1])
		b.WriteString(s.selection)
		line = line[start+length+1:]
	}
	b.WriteString(line)
	b.WriteString(csi + "m")
	return b.String()
}
