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

// The cells of a theme's name at most, and of the figures behind a bar.
const (
	themeCells  = 24
	figureCells = 24 // "customers, 100 problems"
	barCells    = 34 // at most, the number behind it with them
	dayCells    = 8  // "Nov 2025"
)

// bars sets a name, a bar and what it says into a line; where there is too little
// room, what it says goes below.
func bars(name string, nameCells, value, limit int, says string, width int, s theme.Styles) []string {
	nameCells = min(nameCells, width/3)
	head := widget.Fit(s.Text.Render(plain.Terminal(name)), nameCells) + "  "
	says = plain.Terminal(says)
	room := width - nameCells - 2
	if room-plain.Width(says)-2 >= 12 {
		cells := min(room-figureCells-2, barCells)
		return []string{head + widget.Bar(value, limit, max(cells, 8), s) + " " + s.Muted.Render(says)}
	}
	return []string{head + widget.Bar(value, limit, max(min(room, barCells), 1), s), "  " + s.Muted.Render(plain.Truncate(says, width-2, "…"))}
}

// themes are the themes as bars, those at more customers first.
func (m *Model) themes(f figures) page.Section {
	section := page.Section{Title: "Themes", Detail: "by customers", Short: fmt.Sprint(len(f.themes))}
	names := 0
	for _, t := range f.themes {
		names = min(max(names, plain.Width(plain.Terminal(page.Tag(t.Name)))), themeCells)
	}
	for i, t := range f.themes {
		says := noun(len(t.Customers), "customer", "customers") + ", " + show.Count(len(t.Problems), "problem", "problems")
		section.Items = append(section.Items, page.Item{
			Of: "theme " + t.Name, Apart: i > 0, Behind: func() page.Sheet { return m.behind(t) },
			Draw: func(width int, s theme.Styles) (lit, more []string) {
				return bars(page.Tag(t.Name), names, len(t.Customers), f.most, says, width, s), forAndAgainst(t, width, s)
			},
		})
	}
	return section
}

// noun is what there are n of; the number stands in front of it already.
func noun(n int, one, many string) string {
	if n == 1 {
		return one
	}
	return many
}

// forAndAgainst draws the strongest quote and a dissenting one.
func forAndAgainst(t insight.Theme, width int, s theme.Styles) []string {
	const lead = 11
	var lines []string
	if !t.Strongest.IsZero() {
		lines = append(lines, show.Hang("  "+s.Muted.Render("for")+"      ", lead, quoted(t.Strongest), width, s.Quote)...)
	}
	if !t.Dissent.IsZero() {
		lines = append(lines, show.Hang("  "+s.Muted.Render("against")+"  ", lead, quoted(t.Dissent), width, s.Muted)...)
	}
	return lines
}

// behind is what stands behind a theme.
func (m *Model) behind(t insight.Theme) page.Sheet {
	sheet := page.Sheet{Title: page.Tag(t.Name), Right: show.Count(len(t.Customers), "customer", "customers")}
	said := page.Section{Title: "Said besides", Short: fmt.Sprint(len(t.Lines))}
	for _, l := range t.Lines {
		said.Items = append(said.Items, m.line(l))
	}
	met := page.Section{Title: "Interviews", Short: fmt.Sprint(len(t.Interviews))}
	for _, r := range t.Interviews {
		met.Items = append(met.Items, m.interview(r))
	}
	sheet.Sections = []page.Section{m.problems("Problems", t.Problems), m.problems("Set aside", t.SetAside), said, met}
	return sheet
}

func (m *Model) problems(title string, all []insight.Problem) page.Section {
	section := page.Section{Title: title, Short: fmt.Sprint(len(all))}
	for _, p := range all {
		section.Items = append(section.Items, page.Problem(m.Env, p, title))
	}
	return section
}

// line is a tagged line.
func (m *Model) line(l insight.Line) page.Item {
	return page.Item{
		Of: fmt.Sprint("line ", l.Ref.Interview, l.Number), Open: screen.GoReview{Interview: l.Ref.Interview, Number: l.Number},
		Draw: func(width int, s theme.Styles) (lit, more []string) {
			said := show.Said(interview.Line{Kind: l.Kind, Text: l.Text})
			about := show.Joined(l.Speaker, l.Ref.Customer, show.Day(l.Ref.Met, m.Env.Zone))
			return show.Hang("", 0, said, width, show.KindStyle(l.Kind, s)), page.Detail(about, width, s.Muted)
		},
	}
}

func (m *Model) interview(r insight.Ref) page.Item {
	return page.Item{
		Of: fmt.Sprint("interview ", r.Interview), Open: screen.GoReview{Interview: r.Interview},
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
	section := page.Section{
		Title: "Still hearing anything new?", Short: fmt.Sprint(fresh),
		Detail: fmt.Sprintf("%d in the last ", fresh) + show.Count(len(f.hearings), "interview", "interviews"),
	}
	for _, h := range f.hearings {
		says := "nothing new"
		switch {
		case len(h.New) > 0:
			says = "new: " + page.Tags(h.New)
		case len(h.Themes) == 0:
			says = "no theme"
		}
		name := plain.Pad(show.ShortDay(h.Ref.Met, m.Env.Now(), m.Env.Zone), dayCells) + "  " + h.Ref.Customer
		section.Items = append(section.Items, page.Item{
			Of: fmt.Sprint("heard ", h.Ref.Interview), Behind: func() page.Sheet { return m.heard(h, f.themes) },
			Draw: func(width int, s theme.Styles) (lit, more []string) {
				// What is new may be much: it has the room that is left.
				cells := min(themeCells+8, width/2)
				line := widget.Fit(s.Text.Render(plain.Terminal(name)), cells) + "  " +
					widget.Bar(len(h.New), max(f.mostNew, 1), min(14, width/6), s) + "  " + s.Muted.Render(plain.Terminal(says))
				return []string{widget.Fit(line, width)}, nil
			},
		})
	}
	return section
}

// heard is which themes came up in an interview, and where in it.
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
		for _, p := range slices.Concat(t.Problems, t.SetAside) {
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
	section := page.Section{Title: "Confirmed without correction"}
	asHeard, all, most := 0, 0, 0
	for _, one := range f.months {
		n := len(one.asHeard) + len(one.corrected)
		asHeard, all, most = asHeard+len(one.asHeard), all+n, max(most, n)
	}
	section.Detail, section.Short = fmt.Sprintf("%d of %s", asHeard, show.Count(all, "problem", "problems")), fmt.Sprintf("%d/%d", asHeard, all)
	for _, one := range f.months {
		says := fmt.Sprintf("of %d", len(one.asHeard)+len(one.corrected))
		section.Items = append(section.Items, page.Item{
			Of: "month " + one.name, Behind: func() page.Sheet { return m.monthly(one) },
			Draw: func(width int, s theme.Styles) (lit, more []string) {
				const nameCells = 8 // "Nov 2026"
				return bars(one.name, nameCells, len(one.asHeard), most, says, width, s), nil
			},
		})
	}
	return section
}

func (m *Model) monthly(one month) page.Sheet {
	return page.Sheet{Title: "Confirmed in " + one.name, Sections: []page.Section{
		m.problems("After a correction", one.corrected), m.problems("As they were heard", one.asHeard),
	}}
}

// worst is the worst rating there is.
const worst = 5

// row is a row of the table of weights.
type row int

// weights is how bad the problems are by how often they come up.
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
		item := page.Item{Of: row(bad)}
		if problems := f.weights.At(bad, often); len(problems) > 0 {
			title := "How bad: " + name + ", how often: " + often.String()
			item.Behind = func() page.Sheet {
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

// oftenHeads are the heads of the columns.
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

// columns shares the room of a line out to the columns: alike where there is
// room for that, else each has what its head takes.
func columns(heads []string, room int) []int {
	const widest = 12
	each := min(room/len(heads), widest)
	wide, need := make([]int, len(heads)), 0
	for i, head := range heads {
		wide[i] = plain.Width(head) + 1 // for the sign
		need += wide[i]
	}
	if need > room || each >= slices.Max(wide) {
		return slices.Repeat([]int{each}, len(heads))
	}
	return wide
}

// cells sets a line of the table, with a sign in the column that is chosen.
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

// offered is a theme that is offered for a problem.
type offered struct {
	interview interview.ID
	problem   int
	statement string
	theme     string
}

// suggestion is one theme for a problem; the first one has the problem above it.
func (m *Model) suggestion(p insight.Problem, t insight.SuggestedTheme, first, apart bool) page.Item {
	item := page.Item{
		Of:   offered{p.Ref.Interview, p.Number, p.Statement, t.Name},
		Open: page.At(p.Ref), Apart: first && apart,
		Draw: func(width int, s theme.Styles) (lit, more []string) {
			why := "by “" + strings.Join(t.Words, "”, “") + "”"
			if t.New {
				why = "new, " + why
			}
			if len(t.Like) > 0 {
				why += ", as in: " + page.Worded(t.Like[0]) + " (" + t.Like[0].Ref.Customer + ")"
			}
			return show.Hang("+ ", 2, page.Tag(t.Name), width, s.Accent), page.Detail(why, width, s.Muted)
		},
	}
	if first {
		item.Above = func(width int, s theme.Styles) []string {
			lines := show.Hang("", 0, page.Worded(p), width, s.Problem)
			return append(lines, page.Detail(show.Joined(p.Ref.Customer, show.Day(p.Ref.Met, m.Env.Zone)), width, s.Muted)...)
		}
	}
	return item
}
