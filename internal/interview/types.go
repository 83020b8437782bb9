package interview

import (
	"fmt"
	"strings"
	"time"

	"hark/internal/document"
)

// ID names an interview, or an item in one.
type ID = document.ID

// LineKind says what a kept line is.
type LineKind string

// The kinds of line. Only quotes are the customer's own words.
const (
	Quote       LineKind = "quote"       // their words
	Paraphrase  LineKind = "paraphrase"  // their meaning, your words
	Observation LineKind = "observation" // what you saw
	Thought     LineKind = "thought"     // yours, private
	FollowUp    LineKind = "follow-up"   // to ask later
	Unsettled   LineKind = "unsettled"   // typed and not understood; private until it is settled
)

// LineKinds are all kinds of line, in the order in which people are shown them.
func LineKinds() []LineKind {
	return []LineKind{Quote, Paraphrase, Observation, Thought, FollowUp, Unsettled}
}

// Private reports whether a line of this kind is for the seller alone: it stays
// out of whatever is handed on unless it is asked for.
func (k LineKind) Private() bool {
	switch k {
	case Thought, Unsettled:
		return true
	case Quote, Paraphrase, Observation, FollowUp:
	}
	return false
}

// Side is whose person somebody is, and who makes a promise.
type Side string

// The two sides of the table.
const (
	Theirs Side = "theirs"
	Ours   Side = "ours"
)

// Status is how far a problem has come.
type Status string

// A problem goes from heard to weighed to confirmed, or is set aside.
const (
	Heard     Status = "heard"
	Weighed   Status = "weighed"   // at least one facet of its impact is known
	Confirmed Status = "confirmed" // a yes to today's wording
	Aside     Status = "set-aside"
)

// Raised says how a problem came up.
type Raised string

// How a problem came up; unprompted weighs more.
const (
	Unprompted Raised = "unprompted"
	WhenAsked  Raised = "asked"
)

// Answer is what the customer said to a playback.
type Answer string

// The answers to a playback.
const (
	Yes    Answer = "yes"
	Nearly Answer = "nearly"
	No     Answer = "no"
)

// Decision is what became of a solution.
type Decision string

// A solution is undecided until it is agreed or declined.
const (
	Undecided Decision = ""
	Agreed    Decision = "agreed"
	Declined  Decision = "declined"
)

// Outcome is how an interview ended.
type Outcome string

// The outcomes. "No fit" is a good ending.
const (
	NoOutcome   Outcome = ""
	WorkedOut   Outcome = "worked-out"
	NoFit       Outcome = "no-fit"
	MoreToLearn Outcome = "more-to-learn"
)

// Words returns an outcome as people say it, "" for none.
func (o Outcome) Words() string {
	switch o {
	case WorkedOut:
		return "worked out"
	case NoFit:
		return "no fit"
	case MoreToLearn:
		return "more to learn"
	case NoOutcome:
	}
	return ""
}

// Notes says whether notes may be taken.
type Notes string

// Consent to notes.
const (
	NotesNotAsked Notes = ""
	NotesAllowed  Notes = "yes"
	NotesRefused  Notes = "no"
)

// Quoting says how the customer may be quoted.
type Quoting string

// Consent to quotes.
const (
	QuotingNotAsked Quoting = ""
	QuoteByName     Quoting = "name"
	QuoteByRole     Quoting = "role"
	QuoteNone       Quoting = "none"
)

// Consent is what the customer allows.
type Consent struct {
	Notes  Notes
	Quotes Quoting
}

// Person is someone in the room, or somebody who was given a promise or a route
// to look after.
type Person struct {
	ID      ID
	Name    string
	Role    string
	Side    Side
	Adviser bool // agreed to be asked again
	// AskedToAdvise is false while nobody has asked.
	AskedToAdvise bool
	// Absent says that they are named as the owner of a promise or a route alone:
	// nothing says that they were in the room.
	Absent bool
}

// Line is one kept utterance.
type Line struct {
	ID     ID
	Number int
	Kind   LineKind
	Text   string
	// First is the first wording when the line was corrected, else "".
	First string
	// Concurrent holds other wordings, written without having seen this one.
	Concurrent []string
	Speaker    ID // zero when nobody was named
	At         time.Time
	Question   int // the number of the question it answers, 0 for none
	Stage      string
	// Recalled says that the line was entered after the meeting, and
	// RecalledAfter how long after (0 when that is not known).
	Recalled      bool
	RecalledAfter time.Duration
	Problem       ID // the problem it shows, zero for none
	Themes        []string
	// TooEarly marks a thought that was typed as a solution before the gate
	// opened, and For the problems it was meant for.
	TooEarly bool
	// Why says of an unsettled line why it is one, in a sentence.
	Why string
	For []ID
	// AskedAt is when a follow-up was asked; zero while it is open.
	AskedAt time.Time
}

// Impact is what a problem does, in the customer's words and rating.
type Impact struct {
	HowOften string
	HowBad   int // 1 to 5, their rating; 0 when not asked
	Costs    string
	Bears    string // who feels it
	Tried    string
	Wants    string
}

// Known reports whether at least one facet is known: the problem is weighed.
func (i Impact) Known() bool { return i != Impact{} }

// Wording is one way in which a problem was put, and when.
type Wording struct {
	Text string    `json:"text"`
	At   time.Time `json:"at"`
}

// Problem is what is wrong, in the customer's words.
type Problem struct {
	ID        ID
	Number    int
	Statement string
	// Wordings are all wordings in order: first heard first, today's last.
	Wordings []Wording
	// Concurrent holds other wordings, written without having seen this one. While
	// there are any, no playback can confirm the problem.
	Concurrent []string
	Status     Status
	Reason     string // why it was set aside
	Raised     Raised
	Themes     []string
	Impact     Impact
	Playbacks  []Playback
	Evidence   []int // numbers of the lines that show it
	At         time.Time
}

// FirstHeard is the wording in which the problem was first kept.
func (p Problem) FirstHeard() string {
	if len(p.Wordings) == 0 {
		return p.Statement
	}
	return p.Wordings[0].Text
}

// Weighed reports whether at least one facet of the impact is known.
func (p Problem) Weighed() bool { return p.Impact.Known() }

// Playback is one reading-back of one problem.
type Playback struct {
	ID         ID
	Said       string // the wording that was read out
	Answer     Answer
	Correction string
	By         ID // who answered, on their side
	At         time.Time
	// Withdrawn is true when a later answer to the same wording took this yes
	// back.
	Withdrawn bool
}

// Solution is an idea worked out together for confirmed problems.
type Solution struct {
	ID         ID
	Number     int
	Problems   []ID
	Text       string
	Concurrent []string
	Ours       string // what comes into our hands
	Theirs     string // what stays in theirs
	Reaction   string
	Decision   Decision
	At         time.Time
	// Held is true while one of its problems is not confirmed and weighed as it
	// is worded today: the solution is kept and readable, and not editable.
	Held bool
	// Proofs are the playbacks that it rested on when it was written.
	Proofs []ID
}

// Respect is what a good answer to a problem must respect: their expertise.
type Respect struct {
	ID      ID
	Problem ID
	Text    string
	At      time.Time
}

// Advice is what we taught or advised about a problem: our expertise.
type Advice struct {
	ID      ID
	Problem ID
	Text    string
	At      time.Time
	Held    bool // as with solutions
}

// Promise is a next step.
type Promise struct {
	ID         ID
	Number     int
	Text       string
	First      string // the first wording when corrected, else ""
	Concurrent []string
	Owner      ID // zero when nobody was named
	Side       Side
	Speaker    ID
	Due        Date
	Doubt      DayDoubt // what is not sure about the day; Due is zero then
	DoneAt     time.Time
	ToldAt     time.Time // when the customer was told
	At         time.Time
}

// DayDoubt is a day as it was typed, while nobody has said which one was meant.
// Until then nothing is due: lists and exports have no day.
type DayDoubt struct {
	Words string `json:"words"` // with the word in front: "by next friday"
	// Readings are the days that the words can mean, the likeliest first; none
	// where they sound like a day and say none.
	Readings []Date `json:"readings,omitempty"`
}

// IsZero reports whether nothing is in doubt.
func (d DayDoubt) IsZero() bool { return d.Words == "" }

// String returns the doubt as it stands in the place of a day: "due Fri 4 Dec 2026?", "no day?", or
// "" for none.
func (d DayDoubt) String() string {
	switch {
	case d.IsZero():
		return ""
	case len(d.Readings) == 0:
		return "no day?"
	}
	return "due " + d.Readings[0].Words() + "?"
}

// Why says in one sentence, without its full stop, what is in doubt; "" for nothing.
func (d DayDoubt) Why() string {
	switch len(d.Readings) {
	case 0:
		if d.IsZero() {
			return ""
		}
		return fmt.Sprintf("There is no day in “%s”", d.Words)
	case 1:
		return fmt.Sprintf("“%s” is read as %s, which may be wrong", d.Words, d.Readings[0].Words())
	}
	others := make([]string, len(d.Readings)-1)
	for i, o := range d.Readings[1:] {
		others[i] = o.Words()
	}
	return fmt.Sprintf("“%s” is read as %s, and can be %s", d.Words, d.Readings[0].Words(), strings.Join(others, " or "))
}

// Route is a confirmed problem carried to a department.
type Route struct {
	ID         ID
	Number     int
	Problem    ID
	Department string
	Owner      ID
	Due        Date
	Answer     string
	AnsweredAt time.Time
	ToldAt     time.Time
	At         time.Time
}

// LeftOut is the customer's answer to what has been left out.
type LeftOut struct {
	Asked bool
	Text  string // "" for "nothing"
	At    time.Time
}

// Date is a day in the calendar, without a time or a zone. The zero Date means
// that there is none.
type Date struct {
	Year  int
	Month time.Month
	Day   int
}

// DateOf returns the day of t in t's own zone.
func DateOf(t time.Time) Date {
	y, m, d := t.Date()
	return Date{y, m, d}
}

// IsZero reports whether there is no date.
func (d Date) IsZero() bool { return d == Date{} }

// String returns the date as 2006-01-02, or "" for none.
func (d Date) String() string {
	if d.IsZero() {
		return ""
	}
	return fmt.Sprintf("%04d-%02d-%02d", d.Year, int(d.Month), d.Day)
}

// Words returns the date as people say it, with the day of the week: "Fri 4 Dec
// 2026"; "" for none.
func (d Date) Words() string {
	if d.IsZero() {
		return ""
	}
	return d.Time().Format("Mon 2 Jan 2006")
}

// Before reports whether d is an earlier day than o.
func (d Date) Before(o Date) bool { return d.Time().Before(o.Time()) }

// Time returns the start of the day in UTC.
func (d Date) Time() time.Time { return time.Date(d.Year, d.Month, d.Day, 0, 0, 0, 0, time.UTC) }

// MarshalText implements encoding.TextMarshaler.
func (d Date) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText implements encoding.TextUnmarshaler. It takes 2006-01-02 or
// nothing.
func (d *Date) UnmarshalText(text []byte) error {
	if len(text) == 0 {
		*d = Date{}
		return nil
	}
	t, err := time.Parse(time.DateOnly, string(text))
	if err != nil {
		return fmt.Errorf("%q is not a date like 2026-12-03: %w", text, err)
	}
	*d = DateOf(t)
	return nil
}
