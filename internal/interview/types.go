package interview

import (
	"fmt"
	"strings"
	"time"

	"hark/internal/document"
)

// ID names an interview, or an item in one.
type ID = document.ID

// LineKind is the kind of a line.
type LineKind string

// The kinds of line. Only quotes are the customer's own words.
const (
	Quote       LineKind = "quote"       // their words
	Paraphrase  LineKind = "paraphrase"  // their meaning, your words
	Observation LineKind = "observation" // what you saw
	Strength    LineKind = "strength"    // what they value and would miss: why they stay
	Thought     LineKind = "thought"     // yours, private
	FollowUp    LineKind = "follow-up"   // to ask later
	Unsettled   LineKind = "unsettled"   // typed and not understood; private until it is settled
)

// LineKinds returns all kinds of line in the order in which they are displayed.
func LineKinds() []LineKind {
	return []LineKind{Quote, Paraphrase, Observation, Strength, Thought, FollowUp, Unsettled}
}

// Private reports whether lines of this kind are for the seller alone. Exports leave them out
// unless they are asked for.
func (k LineKind) Private() bool {
	return k == Thought || k == Unsettled
}

// Side is the party that a person belongs to, or that makes a promise.
type Side string

// The two sides of a meeting.
const (
	Theirs Side = "theirs"
	Ours   Side = "ours"
)

// SideDoubt is a side as it was typed, while nobody has said which one was meant. Until then there
// is none: such a person cannot confirm anything, and no list or export puts them on a side.
type SideDoubt struct {
	Words   string `json:"words"`
	Reading Side   `json:"reading,omitempty"` // the likelier side, "" for neither
}

// IsZero reports whether nothing is in doubt.
func (d SideDoubt) IsZero() bool { return d.Words == "" }

// String returns the doubt as it stands in the place of a side: "ours?", "which side?", or "" for
// none.
func (d SideDoubt) String() string {
	switch {
	case d.IsZero():
		return ""
	case d.Reading == "":
		return "which side?"
	}
	return string(d.Reading) + "?"
}

// Status is how far a problem has come.
type Status string

// A problem goes from heard to weighed to confirmed, or is set aside.
const (
	Heard     Status = "heard"
	Weighed   Status = "weighed"   // at least one facet of its impact is known
	Confirmed Status = "confirmed" // a yes to today's wording
	Aside     Status = "set-aside"
)

// Raised says whether a problem came up unprompted; "" where that is not known.
type Raised string

// The values of Raised; an unprompted problem weighs more.
const (
	Unprompted Raised = "unprompted"
	WhenAsked  Raised = "asked"
)

// Answer is the customer's answer to a playback.
type Answer string

// The answers to a playback.
const (
	Yes    Answer = "yes"
	Nearly Answer = "nearly"
	No     Answer = "no"
)

// Decision says whether a solution was agreed.
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

// Words returns an outcome for display, "" for none.
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
	Notes  Notes   `json:"notes,omitempty"`
	Quotes Quoting `json:"quotes,omitempty"`
}

// Person is someone who took part in the meeting, or who only owns a promise or a route.
type Person struct {
	ID      ID
	Name    string
	Role    string
	Side    Side
	Doubt   SideDoubt // what is not sure about the side; Side is "" then
	Adviser bool      // agreed to be asked again
	// AskedToAdvise is true once somebody asked them, whatever the answer.
	AskedToAdvise bool
	// Absent is true for a person known only as the owner of a promise or a route: nothing shows
	// that they took part in the meeting.
	Absent bool
	// Also are other names under which they were noted, until somebody joined the two.
	Also       []string
	Concurrent []Concurrent
}

// Line is one utterance, observation or thought.
type Line struct {
	ID     ID
	Number Number
	Kind   LineKind
	Text   string
	// Quoted is true for a text that stands in quotation marks; see Interview.Quoted.
	Quoted bool
	// First is the first wording when the line was corrected, else "".
	First string
	// FirstQuoted is true for a first wording that was typed as a quote.
	FirstQuoted bool
	Concurrent  []Concurrent
	Speaker     ID // zero when nobody was named
	At          time.Time
	Question    int // the number of the question it answers, 0 for none
	Stage       string
	// Recalled is true when the line was entered after the meeting. RecalledAfter is the time
	// between the two, 0 when it is not known.
	Recalled      bool
	RecalledAfter time.Duration
	Problem       ID // the problem it shows, zero for none
	Themes        []string
	// TooEarly is true for a thought that was typed as a solution before the gate opened. For are
	// the problems that the solution was meant for.
	TooEarly bool
	// Why is one sentence that says why an unsettled line is unsettled.
	Why string
	For []ID
	// Ties are the problems it shows, where two windows tied it to two; see Shows.
	Ties []ID
	// AskedAt is the time at which a follow-up was asked; zero while it is open.
	AskedAt time.Time
}

// Impact is the effect of a problem, in the customer's words and with their rating.
type Impact struct {
	HowOften string `json:"how_often,omitempty"`
	HowBad   int    `json:"how_bad,omitempty"` // 1 to 5, their rating; 0 when not asked
	Costs    string `json:"costs,omitempty"`
	Bears    string `json:"bears,omitempty"` // who feels it
	Tried    string `json:"tried,omitempty"`
	Wants    string `json:"wants,omitempty"`
}

// Known reports whether at least one facet is known.
func (i Impact) Known() bool { return i != Impact{} }

// Wording is one wording of a problem, with the time at which it was entered.
type Wording struct {
	Text string    `json:"text"`
	At   time.Time `json:"at"`
	// Kind says what it was typed as: Quote, or Paraphrase. "" stands for not known: earlier harks
	// did not store it.
	Kind LineKind `json:"kind,omitempty"`
}

// Problem is what is wrong, in the customer's words.
type Problem struct {
	ID        ID
	Number    Number
	Statement string
	// Quoted is true while Statement stands in quotation marks; see Interview.Quoted.
	Quoted bool
	// Wordings are all wordings, oldest first; the last one is Statement.
	Wordings   []Wording
	Concurrent []Concurrent
	Status     Status
	Reason     string // why it was set aside
	Raised     Raised
	Themes     []string
	Impact     Impact
	Playbacks  []Playback
	Evidence   []Number // numbers of the lines that show it
	At         time.Time
}

// FirstHeard returns the first wording of the problem.
func (p Problem) FirstHeard() string {
	if len(p.Wordings) == 0 {
		return p.Statement
	}
	return p.Wordings[0].Text
}

// Weighed reports whether at least one facet of the impact is known.
func (p Problem) Weighed() bool { return p.Impact.Known() }

// Playback is one playback of one problem: the wording read out, and the answer.
type Playback struct {
	ID         ID
	Said       string // the wording that was read out
	Answer     Answer
	Correction string
	By         ID // who answered, on their side
	// NotTheirs is true when the one who answered turned out not to be on their side: the answer
	// does not count.
	NotTheirs bool
	At        time.Time
	// Withdrawn is true when a later answer to the same wording took this yes back.
	Withdrawn bool
	// Apart is true when another answer, which is no yes, was given to the same wording in another
	// window, without either knowing of the other: the yes does not count.
	Apart bool
	// Early is true when the answer is from before the problem was raised: it does not count.
	Early bool
}

// Solution is an idea worked out together for confirmed problems.
type Solution struct {
	ID         ID
	Number     Number
	Problems   []ID
	Text       string
	Concurrent []Concurrent
	Ours       string // what we do
	Theirs     string // what they do
	Reaction   string
	Decision   Decision // as it was recorded; see Decided
	At         time.Time
	// Held is true while the gate is shut, or one of its problems is not confirmed and weighed in
	// today's wording. A held solution can be read and not be edited.
	Held bool
	// Proofs are the playbacks that confirmed its problems when the solution was added.
	Proofs []ID
}

// Decided returns what holds of the decision: none while the solution is held. Every way out asks this.
func (s Solution) Decided() Decision { return decided(s.Decision, s.Held) }

func decided(d Decision, held bool) Decision {
	if held {
		return Undecided
	}
	return d
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
	Number     Number
	Text       string
	First      string // the first wording when corrected, else ""
	Concurrent []Concurrent
	Owner      ID // zero when nobody was named
	Side       Side
	Whose      SideDoubt // what is not sure about whose promise it is; Side is "" then
	Speaker    ID
	Due        Date
	Doubt      DayDoubt // what is not sure about the day; Due is zero then
	DoneAt     time.Time
	ToldAt     time.Time // when the customer was told that it is done; zero while they were not
	Earlier    Telling
	At         time.Time
}

// DayDoubt is a day as it was typed, while nobody has said which one was meant. Until then nothing
// is due: lists and exports have no day.
type DayDoubt struct {
	Words string `json:"words"` // with the word in front: "by next friday"
	// Readings are the days that the words can mean, the likeliest first; none where they sound
	// like a day and say none.
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

// why says in one sentence, without its full stop, what is in doubt; "" for nothing.
func (d DayDoubt) why() string {
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

// Route is a confirmed problem that a department of ours is to answer.
type Route struct {
	ID         ID
	Number     Number
	Problem    ID
	Department string
	Owner      ID
	Due        Date
	Answer     string
	AnsweredAt time.Time
	ToldAt     time.Time // when the customer was told of this very Answer; zero while they were not
	Earlier    Telling
	At         time.Time
	Concurrent []Concurrent
	// Held is true while its problem is neither confirmed in today's wording nor set aside.
	Held bool
}

// Telling is the last time at which the customer was told something else than how a route or a
// promise stands today. The zero Telling stands for none.
type Telling struct {
	Of string // the answer that they heard, "" where it is not known or there was none
	At time.Time
}

// LeftOut is the customer's answer to the question what has been left out.
type LeftOut struct {
	Asked bool
	Text  string // "" for "nothing"
	// Quoted is true for an answer that was typed as a quote.
	Quoted bool
	At     time.Time
}

// Date is a calendar day without a time or zone. The zero Date means no day.
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

// Words returns the date as people say it, with the day of the week: "Fri 4 Dec 2026"; "" for none.
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

// UnmarshalText implements encoding.TextUnmarshaler. It takes 2006-01-02 or nothing.
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
