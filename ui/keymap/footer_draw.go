package keymap

import (
	"slices"
	"strings"

	"hark/internal/plain"
	"hark/ui/theme"
	"hark/ui/widget"
)

// Hit is the position of a binding in a footer, for the mouse: columns From (inclusive) to To
// (exclusive).
type Hit struct {
	From, To int
	Binding  Binding
}

// Footer draws the footer of a screen. Its words are the Short of the bindings, which each screen
// has in its own scopes (most in its keys.go). Those that are enabled and have one are drawn in
// order, as one line of exactly width cells:
//
//	enter keep · tab next question · esc move around
//
// When they do not all fit, those with the highest rank are left out first. hits holds the position
// of each.
func Footer(bindings []Binding, width int, styles theme.Styles) (line string, hits []Hit) {
	const separator = " · "
	var shown []Binding
	total := 1 // the blank at the left edge
	for _, b := range bindings {
		if b.Enabled() && b.Short != "" {
			shown = append(shown, b)
			total += footerWidth(b) + plain.Width(separator)
		}
	}
	for len(shown) > 0 && total-plain.Width(separator) > width {
		drop := 0
		for i, b := range shown {
			if b.Rank >= shown[drop].Rank {
				drop = i
			}
		}
		total -= footerWidth(shown[drop]) + plain.Width(separator)
		shown = slices.Delete(shown, drop, drop+1)
	}
	var b strings.Builder
	b.WriteByte(' ')
	x := 1
	for i, binding := range shown {
		if i > 0 {
			b.WriteString(styles.Faint.Render(separator))
			x += plain.Width(separator)
		}
		key, short := plain.Terminal(binding.KeyLabel()), plain.Terminal(binding.Short)
		b.WriteString(styles.Key.Render(key) + styles.Muted.Render(" "+short))
		hits = append(hits, Hit{From: x, To: x + footerWidth(binding), Binding: binding})
		x += footerWidth(binding)
	}
	return widget.Fit(b.String(), width), hits
}

// footerWidth returns the width of a binding in the footer.
func footerWidth(b Binding) int {
	return plain.Width(plain.Terminal(b.KeyLabel())) + 1 + plain.Width(plain.Terminal(b.Short))
}
