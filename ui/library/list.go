package library

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"hark/internal/interview"
	"hark/internal/plain"
	"hark/ui/screen"
	"hark/ui/show"
	"hark/ui/widget"
)

// list is what the library shows of the notebook. Memory limits it, however large the notebook: of
// an interview it holds what its line shows, and of the promises those that are due first.
type list struct {
	all       []listing
	names     []name // of customers
	order     order
	playbook  string     // name of the newest interview's
	due       []promise  // open ones, the first due first, then those of ours that the customer was not told of
	promised  int        // number of such promises, listed or not
	late      int        // how many of them are late
	customers []customer // the ones met last first
	columns   columns    // wide enough for all

	read interview.Revision // revision that was read; 0 when unknown
	day  interview.Date     // day it was read on
}

// listing is an interview as its line in the list shows it.
type listing struct {
	id       interview.ID
	customer int32 // index in names
	started  int64 // ms since 1970
	state    string
	ended    bool
	tally    tally
	age      int32 // number of newer interviews
}

// tally counts the problems that were not set aside, the confirmed ones of them, the open promises,
// and what we owe the customer.
type tally struct{ problems, confirmed, promised, owed uint16 }

// name is a customer's name as written, and its place among the names in alphabetical order.
type name struct {
	text string
	rank int32
}

// promise is a promise that is due, with where it was made.
type promise struct {
	interview.PromiseSummary
	interview interview.ID
	customer  int32 // index in names
}

// customer is a customer met before, named as in the newest interview.
type customer struct {
	text  string
	last  int64 // ms since 1970
	times int   // number of interviews
}

// listed is the result of reading the list.
type listed struct {
	screen.Addressed
	request int
	list    list
	same    bool          // nothing changed, so it was not read
	more    bool          // there are interviews beyond the limit
	took    time.Duration // reading it
	err     error
}

// again starts the next read of the list.
type again struct{ screen.Addressed }

// firstPage is how many interviews are read first, so that the screen is complete at once however
// many there are. The others follow.
const firstPage = 200

// readList reads the list, only its first interviews when limit is not 0. All of it is read again
// only when something was written, or the day changed.
func (m *Model) readList(limit int) tea.Cmd {
	m.request++
	env, request, sorted := m.env, m.request, m.sort
	was, day := m.list.read, m.list.day
	return func() tea.Msg {
		start := time.Now()
		latest, err := env.Book.Latest(context.Background())
		if err == nil && limit == 0 && latest != 0 && latest == was && day == env.Today() {
			return listed{Addressed: screen.For(m), request: request, same: true}
		}
		b := builder{
			list: list{day: env.Today()}, now: env.Now(), zone: env.Zone,
			names: map[string]int32{}, met: map[string]int{},
		}
		err = env.Book.EachListed(context.Background(), func(s interview.Summary) bool {
			b.add(s)
			return limit == 0 || len(b.list.all) < limit
		})
		l := b.done(sorted)
		more := limit > 0 && len(l.all) == limit
		if !more {
			l.read = latest
		}
		return listed{Addressed: screen.For(m), request: request, list: l, err: err, more: more, took: time.Since(start)}
	}
}

// mostDue limits the promises listed; the screen of promises lists all.
const mostDue = 1000

// builder makes a list of summaries, newest first, of which it holds one at a time.
type builder struct {
	list  list
	now   time.Time
	zone  *time.Location
	names map[string]int32 // index in names, by text
	met   map[string]int   // index in customers, by folded name
}

// add adds an interview, and its promises that are due.
func (b *builder) add(s interview.Summary) {
	l := &b.list
	if len(l.all) == 0 {
		l.playbook = s.Playbook
	}
	one := listing{
		id: s.ID, customer: b.customer(s), started: s.StartedAt.UnixMilli(), state: state(s.Ended(), s.Outcome),
		ended: s.Ended(), tally: tallyOf(s), age: int32(len(l.all)), //nolint:gosec // memory holds fewer
	}
	l.all = append(l.all, one)
	l.columns.fit(rowOf(one, b.now, b.zone))
	for _, p := range s.Promises {
		if p.Waits() || p.ToTell() {
			l.due = append(l.due, promise{p, s.ID, one.customer})
			l.promised++
			if _, late := show.Due(p.Due, l.day); late {
				l.late++
			}
		}
	}
	if len(l.due) > 4*mostDue {
		l.limitDue()
	}
}

// customer counts an interview of its customer, and returns the index of the name.
func (b *builder) customer(s interview.Summary) int32 {
	l := &b.list
	at, known := b.names[s.Customer]
	if !known {
		at = int32(len(l.names)) //nolint:gosec // memory holds fewer
		b.names[s.Customer] = at
		l.names = append(l.names, name{text: s.Customer})
	}
	folded := plain.Fold(s.Customer)
	i, known := b.met[folded]
	if !known {
		i = len(l.customers)
		b.met[folded] = i
		l.customers = append(l.customers, customer{text: s.Customer, last: s.StartedAt.UnixMilli()})
	}
	l.customers[i].times++
	return at
}

// done returns the list in an order. It copies everything into memory of its own: the texts are
// parts of whole records, and lie between others that are garbage. Of 10,000 interviews 6.0 MB
// stayed in memory for 3.8 MB in use.
func (b *builder) done(sorted order) list {
	l := b.list
	l.limitDue()
	l.all, l.due, l.customers, l.names = slices.Clone(l.all), slices.Clone(l.due), slices.Clone(l.customers), slices.Clone(l.names)
	for i, folded := range slices.Sorted(maps.Keys(b.met)) {
		b.met[folded] = i
	}
	var size int
	var texts strings.Builder
	each := func(do func(text *string)) {
		do(&l.playbook)
		for i := range l.names {
			do(&l.names[i].text)
		}
		for i := range l.due {
			do(&l.due[i].Text)
			do(&l.due[i].Owner)
		}
		for i := range l.customers {
			do(&l.customers[i].text)
		}
	}
	each(func(text *string) { size += len(*text) })
	texts.Grow(size)
	each(func(text *string) {
		texts.WriteString(*text)
		*text = texts.String()[texts.Len()-len(*text):]
	})
	for i, n := range l.names {
		l.names[i].rank = int32(b.met[plain.Fold(n.text)]) //nolint:gosec // memory holds fewer
	}
	l.arrange(sorted)
	return l
}

// limitDue sorts the promises, and drops those beyond mostDue.
func (l *list) limitDue() {
	slices.SortStableFunc(l.due, func(a, b promise) int {
		return cmp.Or(later(!a.Waits(), !b.Waits()), later(a.Due.IsZero(), b.Due.IsZero()), a.Due.Time().Compare(b.Due.Time()))
	})
	if len(l.due) > mostDue {
		clear(l.due[mostDue:])
		l.due = l.due[:mostDue]
	}
}

// later compares two promises of which those with a property come later.
func later(a, b bool) int {
	switch {
	case a == b:
		return 0
	case a:
		return 1
	}
	return -1
}

// metAs returns the customers with a word in their name that begins with the typed text, at most
// limit.
func (l list) metAs(typed string, limit int) []customer {
	want := strings.TrimSpace(plain.Fold(typed))
	var fit []customer
	for _, c := range l.customers {
		folded := plain.Fold(c.text)
		if len(fit) < limit && (strings.HasPrefix(folded, want) || strings.Contains(folded, " "+want)) {
			fit = append(fit, c)
		}
	}
	return fit
}

// take shows the list that was read, and starts the timer for the next read.
func (m *Model) take(msg listed) tea.Cmd {
	m.failed = msg.err
	switch {
	case msg.err != nil:
		if m.loaded {
			m.note = widget.Note{Text: "The notebook cannot be read just now: " + msg.err.Error(), Alarm: true}
		}
	case msg.same:
	default:
		m.show(msg.list)
		if msg.more {
			return m.readList(0)
		}
	}
	if m.ticking {
		return nil
	}
	m.ticking = true
	return tea.Tick(screen.ReadAgain(msg.took), func(time.Time) tea.Msg { return again{screen.For(m)} })
}

// show puts a list on the screen. The selections stay on their items.
func (m *Model) show(l list) {
	selected, _ := m.selectedInterview()
	due, _ := m.selectedPromise()
	if l.order != m.sort {
		l.arrange(m.sort)
	}
	m.list, m.loaded = l, true
	m.interviews.SetItems(len(l.all), func(i, width int, on bool) []string {
		return m.drawInterview(l.all[i], width, on && m.at() == interviewsPane)
	})
	m.promises.SetItems(len(l.due), func(i, width int, on bool) []string {
		return m.drawPromise(l.due[i], width, on && m.at() == promisesPane)
	})
	if back := m.back; back.Number != 0 {
		due.interview, due.Number = back.Interview, back.Number
	} else if !back.Interview.IsZero() {
		selected.id = back.Interview
	}
	m.back = screen.Change{}
	reselect(&m.interviews, slices.IndexFunc(l.all, func(one listing) bool { return one.id == selected.id }))
	reselect(&m.promises, slices.IndexFunc(l.due, func(p promise) bool {
		return p.interview == due.interview && p.Number == due.Number
	}))
	if len(l.due) == 0 && m.pane == promisesPane {
		m.pane = interviewsPane
	}
	m.preview.outdate(m.wanted())
}

// reselect selects item i of a list whose items changed, or, when i is -1, the item that is now in
// the place of the selected one. It does not scroll a list whose selection is right already.
func reselect(list *widget.Scroller, i int) {
	if i < 0 {
		i = max(list.Selected(), 0)
	}
	if i != list.Selected() {
		list.Select(i)
	}
}
