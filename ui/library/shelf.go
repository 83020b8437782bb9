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
	"hark/ui/show"
	"hark/ui/widget"
)

// shelf is what the library shows of the notebook. It must fit into memory however
// much there is: of an interview it keeps what its line in the list says, and of
// the promises the first that are due.
type shelf struct {
	all       []card  // newest first
	shown     []int32 // where in all, in the order that is listed; nil is newest first
	order     order
	names     []name              // of customers, as cards have them
	outcomes  []interview.Outcome // likewise
	playbook  string              // the name of the newest interview's
	due       []promise           // not done, the first due first, and then those of ours to tell of
	promised  int                 // how many are due, whether listed or not
	late      int                 // how many of them are late
	customers []met               // the ones met last first
	columns   columns             // wide enough for all

	read interview.Revision // what it was read at; 0 when that is not known
	day  interview.Date     // on which
}

// card is an interview in the list. There is nothing in it for the garbage
// collector to look at, be there a hundred thousand.
type card struct {
	id       interview.ID
	started  int64 // in ms since 1970
	customer int32 // where in names
	outcome  uint8 // where in outcomes
	ended    bool
	tally    tally
}

// tally counts the problems that were not set aside, those of them that are
// confirmed, the promises that are not done, and what we owe the customer.
type tally struct{ problems, confirmed, promised, owed uint16 }

// name is how a customer is called, and that folded.
type name struct{ text, folded string }

// listing is an interview as its line in the list says it.
type listing struct {
	id       interview.ID
	customer string
	started  time.Time
	ended    bool
	outcome  interview.Outcome
	tally    tally
}

// promise is one that is not done yet, with where it was made.
type promise struct {
	interview.PromiseSummary
	interview interview.ID
	customer  string
}

// met is a customer that was met before, as small as a card.
type met struct {
	name  int32 // where in names, as it was written last
	times int32 // how many interviews there were
	last  int64 // in ms since 1970
}

// customer is one that was met before.
type customer struct {
	name
	last  time.Time
	times int // how many interviews there were
}

// len is how many interviews there are.
func (sh shelf) len() int { return len(sh.all) }

// at returns the interview in place i of the list.
func (sh shelf) at(i int) listing {
	if sh.shown != nil {
		i = int(sh.shown[i])
	}
	return sh.listing(sh.all[i])
}

func (sh shelf) listing(c card) listing {
	return listing{
		id: c.id, customer: sh.names[c.customer].text, started: time.UnixMilli(c.started),
		ended: c.ended, outcome: sh.outcomes[c.outcome], tally: c.tally,
	}
}

// indexOf returns the place of an interview in the list, -1 when it is not there.
func (sh shelf) indexOf(id interview.ID) int {
	if sh.shown == nil {
		return slices.IndexFunc(sh.all, func(c card) bool { return c.id == id })
	}
	return slices.IndexFunc(sh.shown, func(i int32) bool { return sh.all[i].id == id })
}

// listed is the list as it was read.
type listed struct {
	to      *Model
	request int
	shelf   shelf
	same    bool          // it would be the one that is there already, so it was not read
	more    bool          // there are interviews beyond the limit
	took    time.Duration // reading it
	err     error
}

// again says that it is time to read the list anew.
type again struct{ to *Model }

// firstPage is how many interviews are read first, so that the screen stands at
// once however many there are. The others follow.
const firstPage = 200

// list reads the list, or only its first interviews when limit is not 0. All of
// it is read again only when something was written, or another day began.
func (m *Model) list(limit int) tea.Cmd {
	m.request++
	env, request, sorted := m.env, m.request, m.sort
	was, day := m.shelf.read, m.shelf.day
	return func() tea.Msg {
		start := time.Now()
		latest, err := env.Book.Latest(context.Background())
		if err == nil && limit == 0 && latest != 0 && latest == was && day == interview.DateOf(env.Now().In(env.Zone)) {
			return listed{to: m, request: request, same: true}
		}
		b := newBuilder(env.Now(), env.Zone)
		err = env.Book.EachListed(context.Background(), func(s interview.Summary) bool {
			b.add(s)
			return limit == 0 || len(b.shelf.all) < limit
		})
		sh := b.done(sorted)
		more := limit > 0 && len(sh.all) == limit
		if !more {
			sh.read = latest
		}
		return listed{to: m, request: request, shelf: sh, err: err, more: more, took: time.Since(start)}
	}
}

// mostDue is how many promises are listed; who has made more sees all of them on
// the screen of promises.
const mostDue = 1000

// builder makes a shelf of one interview after the other, so that they are never
// all there at once. They come newest first.
type builder struct {
	shelf shelf
	now   time.Time
	zone  *time.Location
	names map[string]int32 // where in names
	met   map[string]int   // where in customers, by the folded name
}

func newBuilder(now time.Time, zone *time.Location) *builder {
	return &builder{shelf: shelf{day: interview.DateOf(now.In(zone))}, now: now, zone: zone, names: map[string]int32{}, met: map[string]int{}}
}

// add puts the next interview on the shelf, and works out what is due.
func (b *builder) add(s interview.Summary) {
	sh := &b.shelf
	if len(sh.all) == 0 {
		sh.playbook = s.Playbook
	}
	c := card{id: s.ID, started: s.StartedAt.UnixMilli(), customer: b.name(s), ended: !s.EndedAt.IsZero(), tally: tallyOf(s)}
	outcome := slices.Index(sh.outcomes, s.Outcome)
	if outcome < 0 {
		outcome = len(sh.outcomes)
		sh.outcomes = append(sh.outcomes, s.Outcome)
	}
	c.outcome = uint8(outcome) //nolint:gosec // there are four
	sh.all = append(sh.all, c)
	sh.columns.fit(rowOf(sh.listing(c), b.now, b.zone))
	for _, p := range s.Promises {
		if p.DoneAt.IsZero() || p.Side == interview.Ours && p.ToldAt.IsZero() {
			sh.due = append(sh.due, promise{p, s.ID, s.Customer})
			sh.promised++
			if _, late := show.Due(p.Due, sh.day); late {
				sh.late++
			}
		}
	}
	if len(sh.due) > 4*mostDue {
		sh.firstDue()
	}
}

// name returns where the name of an interview's customer is, and counts it.
func (b *builder) name(s interview.Summary) int32 {
	sh := &b.shelf
	at, known := b.names[s.Customer]
	if !known {
		at = int32(len(sh.names)) //nolint:gosec // fewer than interviews, of which there is room for fewer than that
		b.names[s.Customer] = at
		sh.names = append(sh.names, name{s.Customer, plain.Fold(s.Customer)})
	}
	called := sh.names[at]
	i, known := b.met[called.folded]
	if !known {
		i = len(sh.customers)
		b.met[called.folded] = i
		sh.customers = append(sh.customers, met{name: at, last: s.StartedAt.UnixMilli()})
	}
	sh.customers[i].times++
	return at
}

// done returns the shelf in an order.
func (b *builder) done(sorted order) shelf {
	b.shelf.firstDue()
	b.pack()
	b.shelf.arrange(sorted)
	return b.shelf
}

// pack gives what stays a place of its own, of just the size. Lists that grew have room to spare, and every text was read
// by itself, among others that nobody needs any more and that keep their page of memory because of it: of 10,000
// interviews, 6.0 MB were in use for 3.8 MB of content.
func (b *builder) pack() {
	sh, room := &b.shelf, 0
	for _, n := range sh.names {
		room += len(n.text) + len(n.folded)
	}
	for _, p := range sh.due {
		room += len(p.Text) + len(p.Owner)
	}
	var texts strings.Builder
	texts.Grow(room)
	intern := func(text string) string {
		at := texts.Len()
		texts.WriteString(text)
		return texts.String()[at:]
	}
	sh.all, sh.customers = exact(sh.all), exact(sh.customers)
	sh.names, sh.due = exact(sh.names), exact(sh.due)
	for i, n := range sh.names {
		sh.names[i] = name{intern(n.text), intern(n.folded)}
	}
	for i := range sh.due {
		p := &sh.due[i]
		p.Text, p.Owner, p.customer = intern(p.Text), intern(p.Owner), sh.names[b.names[p.customer]].text
	}
}

// exact returns a list without room to spare.
func exact[T any](list []T) []T { return append(make([]T, 0, len(list)), list...) }

// firstDue sorts the promises, and drops those beyond what is listed.
func (sh *shelf) firstDue() {
	slices.SortStableFunc(sh.due, func(a, b promise) int {
		if a.DoneAt.IsZero() != b.DoneAt.IsZero() {
			return cmp.Compare(btoi(!a.DoneAt.IsZero()), btoi(!b.DoneAt.IsZero()))
		}
		if a.Due.IsZero() != b.Due.IsZero() {
			return cmp.Compare(btoi(a.Due.IsZero()), btoi(b.Due.IsZero()))
		}
		return a.Due.Time().Compare(b.Due.Time())
	})
	if len(sh.due) > mostDue {
		clear(sh.due[mostDue:])
		sh.due = sh.due[:mostDue]
	}
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
	var fit []customer
	for _, c := range sh.customers {
		if len(fit) == limit {
			break
		}
		called := sh.names[c.name]
		if want == "" || strings.HasPrefix(called.folded, want) || strings.Contains(called.folded, " "+want) {
			fit = append(fit, customer{called, time.UnixMilli(c.last), int(c.times)})
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
	case msg.same:
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
	m.interviews.SetItems(sh.len(), func(i, width int, on bool) []string {
		return m.drawInterview(sh.at(i), width, on && m.at() == interviewsPane)
	})
	m.promises.SetItems(len(sh.due), func(i, width int, on bool) []string {
		return m.drawPromise(sh.due[i], width, on && m.at() == promisesPane)
	})
	if back := m.back; back.Number != 0 {
		due.interview, due.Number = back.Interview, back.Number
	} else if !back.Interview.IsZero() {
		selected.id = back.Interview
	}
	m.back = screen.Change{}
	reselect(&m.interviews, sh.indexOf(selected.id))
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
