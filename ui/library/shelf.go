package library

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"hark/internal/interview"
	"hark/internal/plain"
	"hark/ui/screen"
	"hark/ui/widget"
)

// shelf is what the library shows of the notebook.
type shelf struct {
	all       []interview.Summary // newest first
	shown     []interview.Summary // all in the order that is listed
	order     order
	due       []promise  // not done, the first due first, and then those of ours to tell of
	customers []customer // the ones met last first
	columns   columns    // wide enough for all
}

// promise is one that is not done yet, with where it was made.
type promise struct {
	interview.PromiseSummary
	interview interview.ID
	customer  string
}

// customer is one that was met before.
type customer struct {
	name   string
	folded string
	last   time.Time
	times  int // how many interviews there were
}

// listed is the list as it was read.
type listed struct {
	to      *Model
	request int
	shelf   shelf
	more    bool          // there are interviews beyond the limit
	took    time.Duration // reading it
	err     error
}

// again says that it is time to read the list anew.
type again struct{ to *Model }

// firstPage is how many interviews are read first, so that the screen stands at
// once however many there are. The others follow.
const firstPage = 200

// list reads the list, or only its first interviews when limit is not 0.
func (m *Model) list(limit int) tea.Cmd {
	m.request++
	env, request, sorted := m.env, m.request, m.sort
	return func() tea.Msg {
		start := time.Now()
		all, err := env.Book.List(context.Background(), limit)
		return listed{
			to: m, request: request, shelf: newShelf(all, sorted, env.Now(), env.Zone), err: err,
			more: limit > 0 && len(all) == limit, took: time.Since(start),
		}
	}
}

// newShelf works out what is due and who was met.
func newShelf(all []interview.Summary, sorted order, now time.Time, zone *time.Location) shelf {
	sh := shelf{all: all}
	sh.arrange(sorted)
	met := map[string]int{} // where in customers
	for _, s := range all {
		sh.columns.fit(rowOf(s, now, zone))
		for _, p := range s.Promises {
			if p.DoneAt.IsZero() || p.Side == interview.Ours && p.ToldAt.IsZero() {
				sh.due = append(sh.due, promise{p, s.ID, s.Customer})
			}
		}
		folded := plain.Fold(s.Customer)
		i, known := met[folded]
		if !known {
			i = len(sh.customers)
			met[folded] = i
			sh.customers = append(sh.customers, customer{name: s.Customer, folded: folded, last: s.StartedAt})
		}
		sh.customers[i].times++
	}
	slices.SortStableFunc(sh.due, func(a, b promise) int {
		if a.DoneAt.IsZero() != b.DoneAt.IsZero() {
			return cmp.Compare(btoi(!a.DoneAt.IsZero()), btoi(!b.DoneAt.IsZero()))
		}
		if a.Due.IsZero() != b.Due.IsZero() {
			return cmp.Compare(btoi(a.Due.IsZero()), btoi(b.Due.IsZero()))
		}
		return a.Due.Time().Compare(b.Due.Time())
	})
	return sh
}

func btoi(b bool) int {
	if b {
		return 1
	}
	return 0
}

// metAs returns the customers of whose name a word begins with what was typed,
// at most limit.
func (sh shelf) metAs(typed string, limit int) []customer {
	want := strings.TrimSpace(plain.Fold(typed))
	if want == "" {
		return sh.customers[:min(limit, len(sh.customers))]
	}
	var fit []customer
	for _, c := range sh.customers {
		if len(fit) == limit {
			break
		}
		if strings.HasPrefix(c.folded, want) || strings.Contains(c.folded, " "+want) {
			fit = append(fit, c)
		}
	}
	return fit
}

// take takes in the list that was read, and waits to read it anew.
func (m *Model) take(msg listed) tea.Cmd {
	m.failed = msg.err
	switch {
	case msg.err != nil:
		if m.loaded {
			m.alarm("The notebook cannot be read just now: " + msg.err.Error())
		}
	default:
		m.show(msg.shelf)
		if msg.more {
			return m.list(0)
		}
	}
	if m.ticking {
		return nil
	}
	m.ticking = true
	return tea.Tick(max(refreshEvery, refreshShare*msg.took), func(time.Time) tea.Msg { return again{m} })
}

// show puts a list on the screen. What was selected stays so.
func (m *Model) show(sh shelf) {
	selected, _ := m.selectedInterview()
	due, _ := m.selectedPromise()
	if sh.order != m.sort {
		sh.arrange(m.sort)
	}
	m.shelf, m.loaded = sh, true
	m.interviews.SetItems(len(sh.shown), func(i, width int, on bool) []string {
		return m.drawInterview(sh.shown[i], width, on && m.at() == interviewsPane)
	})
	m.promises.SetItems(len(sh.due), func(i, width int, on bool) []string {
		return m.drawPromise(sh.due[i], width, on && m.at() == promisesPane)
	})
	if back := m.back; back.Number != 0 {
		due.interview, due.Number = back.Interview, back.Number
	} else if !back.Interview.IsZero() {
		selected.ID = back.Interview
	}
	m.back = screen.Change{}
	reselect(&m.interviews, slices.IndexFunc(sh.shown, func(s interview.Summary) bool { return s.ID == selected.ID }))
	reselect(&m.promises, slices.IndexFunc(sh.due, func(p promise) bool {
		return p.interview == due.interview && p.Number == due.Number
	}))
	if len(sh.due) == 0 && m.pane == promisesPane {
		m.pane = interviewsPane
	}
	m.preview.outdate(m.wanted())
}

// reselect selects item i of a list whose items changed, or, when i is -1, what
// stands now in the place of the one that was selected. It leaves a list alone
// that is right already, so as not to scroll it.
func reselect(list *widget.Scroller, i int) {
	if i < 0 {
		i = max(list.Selected(), 0)
	}
	if i != list.Selected() {
		list.Select(i)
	}
}
