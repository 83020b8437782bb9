package theme

import (
	"image/color"
	"strings"

	"charm.land/lipgloss/v2"
)

// Style draws text with a colour and attributes. It is lipgloss's work done once: lipgloss works a style out anew for
// every piece of text, with margins and borders that none here has, which took two thirds of drawing a frame; and what
// it underlines it takes apart, so that accents which are characters of their own come off their letters.
//
// The zero Style leaves text as it is.
type Style struct{ on, off string }

// newStyle lets lipgloss draw a sample and keeps the sequences around it, so that lipgloss is the only one who writes
// them.
func newStyle(s lipgloss.Style) Style {
	const sample = "x"
	on, off, _ := strings.Cut(s.Render(sample), sample)
	return Style{on, off}
}

// Render draws plain text, which is one line.
func (s Style) Render(text string) string {
	if text == "" {
		return ""
	}
	return s.on + text + s.off
}

// Styles are the styles of one palette. They set colours and attributes only, no sizes: what is drawn measures as wide
// as its text. They are plain values and are handed to whatever draws.
type Styles struct {
	Text      Style
	Muted     Style
	Faint     Style
	Title     Style // bold
	Accent    Style // bold
	Key       Style // the name of a key in a footer or in the help; bold
	Quote     Style // the quotation marks are drawn with the text
	Thought   Style // the seller's own, held back; italic
	Problem   Style // bold
	Confirmed Style // goes with ✓
	Warn      Style // goes with a word that says what is missing or due
	Danger    Style // bold
	Match     Style // the letters that a search found; underlined

	Border        Style
	FocusedBorder Style // the widgets also mark the focused title with a glyph

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
	return Styles{
		Text:          newStyle(fg(p.Text)),
		Muted:         newStyle(fg(p.Muted)),
		Faint:         newStyle(fg(p.Faint)),
		Title:         newStyle(fg(p.Title).Bold(true)),
		Accent:        newStyle(fg(p.Accent).Bold(true)),
		Key:           newStyle(fg(p.Accent).Bold(true)),
		Quote:         newStyle(fg(p.Quote)),
		Thought:       newStyle(fg(p.Muted).Italic(true)),
		Problem:       newStyle(fg(p.Problem).Bold(true)),
		Confirmed:     newStyle(fg(p.Confirmed)),
		Warn:          newStyle(fg(p.Warn)),
		Danger:        newStyle(fg(p.Danger).Bold(true)),
		Match:         newStyle(fg(p.Accent).Underline(true)),
		Border:        newStyle(fg(p.Border)),
		FocusedBorder: newStyle(fg(p.FocusedBorder).Bold(p.FocusedBorder == nil)),
		selection:     newStyle(selected).on,
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
