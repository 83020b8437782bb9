package page

import (
	"fmt"
	"strings"

	"hark/internal/insight"
	"hark/internal/interview"
	"hark/internal/plain"
	"hark/ui/screen"
	"hark/ui/show"
	"hark/ui/theme"
)

// indent is the indentation of the details below an item.
const indent = "  "

// Detail draws a detail of an item, in one or more lines below it. The text need not be safe;
// without text it draws nothing.
func Detail(text string, width int, style theme.Style) []string {
	if text == "" {
		return nil
	}
	return show.Hang(indent, len(indent), text, width, style)
}

// At returns where a reference leads: to its problem or line.
func At(r insight.Ref) screen.GoReview {
	if r.Line == 0 && r.Problem != 0 {
		return screen.GoReview{Interview: r.Interview, Thing: interview.ThingProblem, Number: r.Problem}
	}
	return screen.GoReview{Interview: r.Interview, Number: r.Line}
}

// Tag returns a theme as it is typed, "" for none.
func Tag(theme string) string {
	if theme == "" {
		return ""
	}
	return "#" + theme
}

// Tags returns themes as they are typed, "#rework #handover"; "" for none.
func Tags(themes []string) string {
	if len(themes) == 0 {
		return ""
	}
	return "#" + strings.Join(themes, " #")
}

// Promise returns a promise as an item. of distinguishes it from others on the page; with adds who
// made it and whose it is, unless the page shows that.
func Promise(env *screen.Env, p insight.Promise, of string, with ...string) Item {
	return Item{
		Key: fmt.Sprint(of, p.Ref.Interview, p.Number), Promise: &p,
		Open: screen.GoReview{Interview: p.Ref.Interview, Number: p.Number},
		Draw: func(width int, s theme.Styles) (lit, more []string) {
			head, style := "☐ ", s.Text
			if !p.Waits() {
				head, style = s.Confirmed.Render("☑")+" ", s.Muted
			}
			lit = show.Hang(head, len(indent), p.Text, width, style)
			return lit, append(more, standing(env, p.State(env.Today()), p.Due, p.Side == interview.Ours, show.Joined(with...), width, s)...)
		},
	}
}

// standing describes the state of a promise or a route, followed by rest.
func standing(env *screen.Env, state interview.State, due interview.Date, ours bool, rest string, width int, s theme.Styles) []string {
	when, late := show.Due(due, env.Today())
	style := s.Muted
	switch state {
	case interview.StateDone, interview.StateAnswered:
		when, style = "✓ "+string(state), s.Confirmed
		if ours {
			when, style = when+", and nobody told them yet", s.Warn
		}
	case interview.StateTold:
		when, style = "✓ they were told", s.Confirmed
	case interview.StateDue, interview.StateOverdue, interview.StateOpen:
		switch {
		case late:
			style = s.Danger
		case state == interview.StateDue:
			style = s.Warn
		case when == "":
			when, style = "no day yet", s.Faint
		}
	}
	if rest = plain.Terminal(rest); plain.Width(when+rest)+5 <= width {
		line := indent + style.Render(when)
		if rest != "" {
			line += s.Muted.Render(" · " + rest)
		}
		return []string{line}
	}
	return append([]string{indent + style.Render(when)}, Detail(rest, width, s.Muted)...)
}

// Route returns a route as an item. of distinguishes it from others on the page; with adds
// department and owner, unless the page shows them.
func Route(env *screen.Env, r insight.Route, of string, with ...string) Item {
	return Item{
		Key: fmt.Sprint(of, r.Ref.Interview, r.Number), Route: &r, Apart: true,
		Open: screen.GoReview{Interview: r.Ref.Interview, Number: r.Number},
		Draw: func(width int, s theme.Styles) (lit, more []string) {
			lit = show.Hang(s.Muted.Render("→ "), len(indent), r.Worded, width, s.Problem)
			rest := show.Joined(append(with, "since "+show.Day(r.Since(), env.Zone), r.No, r.Hold)...)
			more = standing(env, r.State(env.Today()), r.Due, true, rest, width, s)
			if !r.Waits() {
				more = append(more, Detail("answer: "+strings.TrimSpace(r.Answer), width, s.Text)...)
			}
			return lit, more
		},
	}
}

// Problem returns a problem as an item, with where and when it was told. of distinguishes it from
// others on the page.
func Problem(env *screen.Env, p insight.Problem, of string) Item {
	return Item{
		Key:  fmt.Sprint(of, p.Ref.Interview, p.Number),
		Open: screen.GoReview{Interview: p.Ref.Interview, Thing: interview.ThingProblem, Number: p.Number},
		Draw: func(width int, s theme.Styles) (lit, more []string) {
			style := s.Problem
			if p.Status == interview.Aside {
				style = s.Faint
			}
			about := show.Joined(StatusOf(p), p.Rating(), p.HowOften, p.Ref.Customer, show.Day(p.Ref.Met, env.Zone))
			return show.Hang("", 0, p.Worded(), width, style), Detail(about, width, s.Muted)
		},
	}
}

// StatusOf describes a problem's status, with ✓ for a yes, a no that stands, or the reason why it was
// set aside.
func StatusOf(p insight.Problem) string {
	switch {
	case p.Status == interview.Confirmed:
		return show.Joined("✓ confirmed", p.No())
	case p.Status == interview.Aside && p.Reason != "":
		return show.Joined("set aside: "+p.Reason, p.No())
	}
	return show.Joined(show.Status(p.Status), p.No())
}
