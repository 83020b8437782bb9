package insight

import (
	"fmt"
	"slices"
	"strings"

	"hark/internal/insight"
	"hark/internal/interview"
	"hark/internal/plain"
	"hark/ui/page"
	"hark/ui/screen"
	"hark/ui/show"
	"hark/ui/theme"
	"hark/ui/widget"
)

// Widths in cells.
const (
	themeCells  = 24
	figureCells = 24 // "customers, 100 problems"
	barCells    = 34 // at most, with the number
	dayCells    = 8  // "Nov 2025"
)

// bars draws a name, a bar and a text on one line, or the text below it on a narrow screen.
func bars(name string, nameCells, value, limit int, text string, width int, s theme.Styles) []string {
	nameCells = min(nameCells, width/3)
	head := widget.Fit(s.Text.Render(plain.Terminal(name)), nameCells) + "  "
	text = plain.Terminal(text)
	space := width - nameCells - 2
	if space-plain.Width(text)-2 >= 12 {
		cells := min(space-figureCells-2, barCells)
		return []string{head + widget.Bar(value, limit, max(cells, 8), s) + " " + s.Muted.Render(text)}
	}
	return []string{head + widget.Bar(value, limit, max(min(space, barCells), 1), s), "  " + s.Muted.Render(plain.Truncate(text, width-2, "…"))}
}

// themes are the themes as bars, those at more customers first.
func (m *Model) themes(f figures) page.Section {
	names := 0
	for _, t := range f.themes {
		names = min(max(names, plain.Width(plain.Terminal(page.Tag(t.Name)))), themeCells)
	}
	section := page.List("Themes", f.themes, func(t insight.Theme) page.Item {
		_, noun, _ := strings.Cut(show.Count(len(t.Customers), "customer", "customers"), " ") // the bar has the number
		text := noun + ", " + show.Count(len(t.Problems), "problem", "problems")
		return page.Item{
			Key: "theme " + t.Name, Apart: true, Sources: func() page.Sheet { return m.theme(t) },
			Draw: func(width int, s theme.Styles) (lit, more []string) {
				return bars(page.Tag(t.Name), names, len(t.Customers), f.most, text, width, s), forAndAgainst(t, width, s)
			},
		}
	})
	section.Detail = "by customers"
	return section
}

// forAndAgainst draws the strongest quote and a dissenting one.
func forAndAgainst(t insight.Theme, width int, s theme.Styles) []string {
	const lead = 11
	var lines []string
	if !t.Strongest.IsZero() {
		lines = append(lines, show.Hang("  "+s.Muted.Render("for")+"      ", lead, t.Strongest.Said(t.Strongest.Ref.Customer), width, s.Quote)...)
	}
	if !t.Dissent.IsZero() {
		lines = append(lines, show.Hang("  "+s.Muted.Render("against")+"  ", lead, t.Dissent.Said(t.Dissent.Ref.Customer), width, s.Muted)...)
	}
	return lines
}

// theme is where a theme came up.
func (m *Model) theme(t insight.Theme) page.Sheet {
	return page.Sheet{
		Title: page.Tag(t.Name), Right: show.Count(len(t.Customers), "customer", "customers"),
		Sections: []page.Section{
			m.problems("Problems", t.Problems), m.problems("They said no to", t.Refused), m.problems("Set aside", t.SetAside),
			page.List("Said besides", t.Lines, m.line), page.List("Interviews", t.Interviews, m.interview),
		},
	}
}

func (m *Model) problems(title string, all []insight.Problem) page.Section {
	return page.List(title, all, func(p insight.Problem) page.Item { return page.Problem(m.Env, p, title) })
}

// line is a line with a theme.
func (m *Model) line(l insight.Line) page.Item {
	return page.Item{
		Key: fmt.Sprint("line ", l.Ref.Interview, l.Number), Open: screen.GoReview{Interview: l.Ref.Interview, Number: l.Number},
		Draw: func(width int, s theme.Styles) (lit, more []string) {
			said := show.Mark(l.Kind) + plain.Terminal(l.Worded())
			about := show.Joined(l.Speaker, l.Ref.Customer, show.Day(l.Ref.Met, m.Env.Zone))
			return show.Hang("", 0, said, width, show.KindStyle(l.Kind, s)), page.Detail(about, width, s.Muted)
		},
	}
}

func (m *Model) interview(r insight.Ref) page.Item {
	return page.Item{
		Key: fmt.Sprint("interview ", r.Interview), Open: screen.GoReview{Interview: r.Interview},
		Draw: func(width int, s theme.Styles) (lit, more []string) {
			return []string{widget.Pair(s.Text.Render(plain.Terminal(r.Customer)), s.Muted.Render(show.Day(r.Met, m.Env.Zone)), width)}, nil
		},
	}
}

// hearings are how many new themes the last interviews brought.
func (m *Model) hearings(f figures) page.Section {
	fresh := 0
	for _, h := range f.hearings {
		fresh += len(h.New)
	}
	section := page.List("Still hearing anything new?", f.hearings, func(h insight.Hearing) page.Item {
		text := "nothing new"
		switch {
		case len(h.New) > 0:
			text = "new: " + page.Tags(h.New)
		case len(h.Themes) == 0:
			text = "no theme"
		}
		name := plain.Pad(show.ShortDay(h.Ref.Met, m.Env.Now(), m.Env.Zone), dayCells) + "  " + h.Ref.Customer
		return page.Item{
			Key: fmt.Sprint("heard ", h.Ref.Interview), Sources: func() page.Sheet { return m.heard(h, f.themes) },
			Draw: func(width int, s theme.Styles) (lit, more []string) {
				// The list of new themes may be long: it gets what the others leave.
				cells := min(themeCells+8, width/2)
				line := widget.Fit(s.Text.Render(plain.Terminal(name)), cells) + "  " +
					widget.Bar(len(h.New), max(f.mostNew, 1), min(14, width/6), s) + "  " + s.Muted.Render(plain.Terminal(text))
				return []string{widget.Fit(line, width)}, nil
			},
		}
	})
	section.Short = fmt.Sprint(fresh)
	section.Detail = fmt.Sprintf("%d in the last ", fresh) + show.Count(len(f.hearings), "interview", "interviews")
	return section
}

// heard is the themes of an interview, with where they came up.
func (m *Model) heard(h insight.Hearing, themes []insight.Theme) page.Sheet {
	sheet := page.Sheet{
		Title: h.Ref.Customer, Right: show.Day(h.Ref.Met, m.Env.Zone),
		Empty: "No theme came up in this interview.\n/theme P #theme gives a problem one, and # in a line does so too.",
	}
	for _, t := range themes {
		if !slices.Contains(h.Themes, t.Name) {
			continue
		}
		section := page.Section{Title: page.Tag(t.Name), Detail: "had come up before"}
		if slices.Contains(h.New, t.Name) {
			section.Detail = "new"
		}
		for _, p := range slices.Concat(t.Problems, t.Refused, t.SetAside) {
			if p.Ref.Interview == h.Ref.Interview {
				section.Items = append(section.Items, page.Problem(m.Env, p, t.Name))
			}
		}
		for _, l := range t.Lines {
			if l.Ref.Interview == h.Ref.Interview {
				section.Items = append(section.Items, m.line(l))
			}
		}
		sheet.Sections = append(sheet.Sections, section)
	}
	return sheet
}

// confirmed is how many problems were confirmed as they were heard, by month.
func (m *Model) confirmed(f figures) page.Section {
	asHeard, all, most := 0, 0, 0
	for _, one := range f.months {
		n := len(one.asHeard) + len(one.corrected)
		asHeard, all, most = asHeard+len(one.asHeard), all+n, max(most, n)
	}
	section := page.List("Confirmed without correction", f.months, func(one month) page.Item {
		text := fmt.Sprintf("of %d", len(one.asHeard)+len(one.corrected))
		return page.Item{
			Key: "month " + one.name, Sources: func() page.Sheet { return m.monthly(one) },
			Draw: func(width int, s theme.Styles) (lit, more []string) {
				return bars(one.name, dayCells, len(one.asHeard), most, text, width, s), nil
			},
		}
	})
	section.Detail, section.Short = fmt.Sprintf("%d of %s", asHeard, show.Count(all, "problem", "problems")), fmt.Sprintf("%d/%d", asHeard, all)
	return section
}

func (m *Model) monthly(one month) page.Sheet {
	return page.Sheet{Title: "Confirmed in " + one.name, Sections: []page.Section{
		m.problems("After a correction", one.corrected), m.problems("As they were heard", one.asHeard),
	}}
}

// worst is the highest rating.
const worst = 5

// row is the key of a row of the table of weights.
type row int

// weights is the table of problems by how bad and how often.
func (m *Model) weights(f figures) page.Section {
	section := page.Section{Title: weightsTitle, Detail: show.Count(f.weighed, "problem", "problems"), Short: fmt.Sprint(f.weighed)}
	if f.weighed == 0 {
		return section
	}
	often := insight.Oftens()[m.column]
	for bad := worst; bad >= 0; bad-- {
		name := fmt.Sprintf("%d of %d", bad, worst)
		if bad == 0 {
			name = "not asked"
		}
		item := page.Item{Key: row(bad)}
		if problems := f.weights.At(bad, often); len(problems) > 0 {
			title := "How bad: " + name + ", how often: " + often.String()
			item.Sources = func() page.Sheet {
				return page.Sheet{Title: title, Sections: []page.Section{m.problems("Problems", problems)}}
			}
		}
		if bad == worst {
			item.Above = func(width int, s theme.Styles) []string {
				return []string{m.cells("", oftenHeads(), width, s)}
			}
		}
		item.Draw = func(width int, s theme.Styles) (lit, more []string) {
			figures := make([]string, 0, len(insight.Oftens()))
			for _, often := range insight.Oftens() {
				figure := "·"
				if n := len(f.weights.At(bad, often)); n > 0 {
					figure = fmt.Sprint(n)
				}
				figures = append(figures, figure)
			}
			return []string{m.cells(name, figures, width, s)}, nil
		}
		section.Items = append(section.Items, item)
	}
	return section
}

// oftenHeads returns the heads of the columns.
func oftenHeads() []string {
	var heads []string
	for _, often := range insight.Oftens() {
		head := often.String()
		if often == insight.OftenUnknown {
			head = "unasked" // as wide as the others
		}
		heads = append(heads, head)
	}
	return heads
}

// columns distributes a width to columns: evenly if the heads fit, else by the width of each head.
func columns(heads []string, width int) []int {
	const widest = 12
	each := min(width/len(heads), widest)
	wide, need := make([]int, len(heads)), 0
	for i, head := range heads {
		wide[i] = plain.Width(head) + 1 // for the sign
		need += wide[i]
	}
	if need > width || each >= slices.Max(wide) {
		return slices.Repeat([]int{each}, len(heads))
	}
	return wide
}

// cells draws a line of the table, with a sign in the selected column.
func (m *Model) cells(name string, cells []string, width int, s theme.Styles) string {
	const nameCells = 9
	wide := columns(oftenHeads(), width-nameCells)
	var b strings.Builder
	b.WriteString(s.Muted.Render(plain.Pad(name, nameCells)))
	for i, cell := range cells {
		each := wide[i]
		style := s.Text
		if cell == "·" || name == "" {
			style = s.Faint
		}
		cell = plain.Truncate(cell, each-1, "")
		if i == m.column {
			cell, style = "▸"+cell, s.Accent
		}
		b.WriteString(strings.Repeat(" ", max(each-plain.Width(cell), 0)) + style.Render(cell))
	}
	return b.String()
}

// offered is the key of a suggestion.
type offered struct {
	interview interview.ID
	problem   interview.Number
	statement string
	theme     string
}

// suggestion is one theme for a problem; the first one has the problem above it.
func (m *Model) suggestion(p insight.Problem, t insight.SuggestedTheme, first bool) page.Item {
	item := page.Item{
		Key:  offered{p.Ref.Interview, p.Number, p.Statement, t.Name},
		Open: page.At(p.Ref), Apart: first,
		Draw: func(width int, s theme.Styles) (lit, more []string) {
			why := "by “" + strings.Join(t.Words, "”, “") + "”"
			if t.New {
				why = "new, " + why
			}
			if len(t.Like) > 0 {
				why += ", as in: " + t.Like[0].Worded() + " (" + t.Like[0].Ref.Customer + ")"
			}
			return show.Hang("+ ", 2, page.Tag(t.Name), width, s.Accent), page.Detail(why, width, s.Muted)
		},
	}
	if first {
		item.Above = func(width int, s theme.Styles) []string {
			lines := show.Hang("", 0, p.Worded(), width, s.Problem)
			return append(lines, page.Detail(show.Joined(p.Ref.Customer, show.Day(p.Ref.Met, m.Env.Zone)), width, s.Muted)...)
		}
	}
	return item
}
