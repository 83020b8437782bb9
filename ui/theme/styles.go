package theme

import (
	"image/color"
	"strings"

	"charm.land/lipgloss/v2"
)

// Style draws text with a colour and attributes. Its sequences are taken from lipgloss once:
// lipgloss evaluates a style for every piece of text, with margins and borders that hark does not
// use, which took two thirds of drawing a frame; and it splits underlined text, so that combining
// accents come off their letters.
//
// The zero Style leaves text as it is.
type Style struct{ on, off string }

// newStyle takes the sequences from a sample drawn by lipgloss, so that only lipgloss writes them.
func newStyle(s lipgloss.Style) Style {
	const sample = "x"
	on, off, _ := strings.Cut(s.Render(sample), sample)
	return Style{on, off}
}

// Render draws one line of plain text.
func (s Style) Render(text string) string {
	if text == "" {
		return ""
	}
	return s.on + text + s.off
}

// Styles are the styles of one palette. They set colours and attributes only, no sizes: text stays
// as wide as it is. They are plain values, passed to whatever draws.
type Styles struct {
	Text      Style
	Muted     Style
	Faint     Style
	Title     Style // bold
	Accent    Style // bold
	Key       Style // the name of a key in a footer or the help; bold
	Quote     Style // quotation marks are part of the text
	Thought   Style // the seller's own; italic
	Problem   Style // bold
	Confirmed Style // used with ✓
	Warn      Style // used with a word for what is missing or due
	Danger    Style // bold
	Match     Style // the letters that a search matched; underlined

	Border        Style
	FocusedBorder Style // widgets also mark the focused title with a glyph

	// selection is the sequence that begins a selection.
	selection string
}

// New returns the styles of a palette.
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

// Highlight draws the selection behind a whole line that may hold styled text: colours and
// attributes inside stay, only the background changes. Pad the line first to the width to
// highlight. A selection is a background (or, without colours, reverse video), so draw a glyph such
// as ▸ in the line too.
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
		// Any style sequence may reset the selection, so it is written again after each.
		b.WriteString(line[:start+length+1])
		b.WriteString(s.selection)
		line = line[start+length+1:]
	}
	b.WriteString(line)
	b.WriteString(csi + "m")
	return b.String()
}
