package interchange

import (
	"slices"
	"strconv"
	"time"

	"hark/internal/interview"
)

// Interview is the JSON of one interview; docs/json.md describes its fields. Names never change.
// Absent means unknown: a time that has not come, a question that nobody asked. Where there can be
// several values there is an array, empty for none. Times are RFC 3339 in UTC, to the millisecond,
// and days are 2026-12-03. People are referred to by name; problems, lines and questions by number.
//
// Discarded, Newer, Person.Absent and Line.TooEarly are present only when true.
type Interview struct {
	ID        interview.ID      `json:"id"`
	Customer  string            `json:"customer"`
	Playbook  Playbook          `json:"playbook"`
	StartedAt time.Time         `json:"started_at"`
	EndedAt   time.Time         `json:"ended_at,omitzero"`
	Outcome   interview.Outcome `json:"outcome,omitempty"`
	// Concurrent are the values that stand for a field of the interview itself.
	Concurrent []Concurrent `json:"concurrent,omitempty"`
	// Consent has no field that nobody has asked for yet.
	Consent interview.Consent `json:"consent"`
	// Debrief means that all of the interview was entered after the meeting, which ended at
	// MetUntil.
	Debrief   *bool     `json:"debrief,omitempty"`
	MetUntil  time.Time `json:"met_until,omitzero"`
	Discarded bool      `json:"discarded,omitempty"`
	// Newer means that a later version wrote parts of the interview, which are missing here.
	Newer  bool     `json:"newer,omitempty"`
	People []Person `json:"people,omitzero"`
	Gate   Gate     `json:"gate"`
	// Position is the number of the question that the next lines answer: of who looks, and in an export
	// the one that anybody went to last.
	Position int `json:"position,omitempty"`
	// Asked lists the numbers of the questions that were asked.
	Asked []int `json:"asked,omitzero"`
	// LineCount is the number of lines, also where Lines is absent.
	LineCount int        `json:"line_count"`
	Lines     []Line     `json:"lines,omitzero"`
	Problems  []Problem  `json:"problems,omitzero"`
	LeftOut   *LeftOut   `json:"left_out,omitempty"`
	Solutions []Solution `json:"solutions,omitzero"`
	Respect   []Respect  `json:"respect,omitzero"`
	Advice    []Advice   `json:"advice,omitzero"`
	Promises  []Promise  `json:"promises,omitzero"`
	Routes    []Route    `json:"routes,omitzero"`
	// Document is what everything else follows from. Only Exported sets it.
	Document *Document `json:"document,omitempty"`
}

// Erased is the JSON of an interview that was erased. Nothing else is known of it.
type Erased struct {
	ID interview.ID `json:"id"`
	// Erased is always true.
	Erased bool `json:"erased"`
}

// Playbook is the copy that the interview began with.
type Playbook struct {
	ID     string  `json:"id,omitempty"`
	Name   string  `json:"name"`
	About  string  `json:"about,omitempty"`
	Stages []Stage `json:"stages,omitzero"`
}

// Stage is one part of a conversation.
type Stage struct {
	Name      string              `json:"name"`
	Mark      interview.StageMark `json:"mark,omitempty"`
	Notes     []string            `json:"notes"`
	Questions []Question          `json:"questions"`
}

// Question is something to ask. Questions are numbered from 1 across all stages.
type Question struct {
	Text   string   `json:"text"`
	Probes []string `json:"probes"`
	Notes  []string `json:"notes"`
}

// Person is somebody in the meeting, or an owner of promises and routes.
type Person struct {
	ID   interview.ID `json:"id,omitzero"`
	Name string       `json:"name"`
	// Also are other names that were joined with this one.
	Also []string       `json:"also,omitempty"`
	Role string         `json:"role,omitempty"`
	Side interview.Side `json:"side,omitempty"`
	// Doubt holds what was typed about the side while it is not sure; Side is absent then.
	Doubt interview.SideDoubt `json:"doubt,omitzero"`
	// Adviser is whether they agreed to be asked again; nil while nobody has asked.
	Adviser *bool `json:"adviser,omitempty"`
	// Absent means that they were named only as the owner of a promise or a route.
	Absent     bool         `json:"absent,omitempty"`
	Concurrent []Concurrent `json:"concurrent,omitempty"`
}

// Concurrent is one of the values that stand for a field, where two people wrote different ones at
// the same time and nobody has picked one; Value is "" for none.
type Concurrent struct {
	Field  interview.Field `json:"field"`
	Value  string          `json:"value"`
	Author string          `json:"author,omitempty"`
	At     time.Time       `json:"at"`
}

// Gate is the state of the gate between listening and solving.
type Gate struct {
	Open     bool      `json:"open"`
	OpenedAt time.Time `json:"opened_at,omitzero"`
	// Missing lists in sentences what it still waits for.
	Missing []string `json:"missing,omitzero"`
}

// Numbered is the number of something. Label is the number with its letters, "4k", where two
// windows or laptops gave the number apart.
type Numbered struct {
	Number int    `json:"number"`
	Label  string `json:"label,omitempty"`
}

// NumberOf returns the JSON of a number.
func NumberOf(n interview.Number) Numbered { return Numbered{n.Count(), labelOf(n)} }

// Shown returns the number as people see it: "4", "4k".
func (n Numbered) Shown() string { return shown(n.Number, n.Label) }

// OfProblem is the problem that something is about, absent for none.
type OfProblem struct {
	Problem      int    `json:"problem,omitempty"`
	ProblemLabel string `json:"problem_label,omitempty"` // as Label
}

// ProblemOf returns the JSON of the number of a problem that something is about.
func ProblemOf(n interview.Number) OfProblem { return OfProblem{n.Count(), labelOf(n)} }

// ShownProblem returns the number of the problem as people see it, "" for none.
func (o OfProblem) ShownProblem() string {
	if o.Problem == 0 {
		return ""
	}
	return shown(o.Problem, o.ProblemLabel)
}

func shown(count int, label string) string {
	if label == "" {
		return strconv.Itoa(count)
	}
	return label
}

// labelOf returns a number with its letters, "" for one without.
func labelOf(n interview.Number) string {
	if n.Letters() == "" {
		return ""
	}
	return n.String()
}

// counts returns numbers without their letters, and, where one of them has letters, all of them as
// they are shown.
func counts(numbers []interview.Number) (all []int, labels []string) {
	all = list(numbers, interview.Number.Count)
	if slices.ContainsFunc(numbers, func(n interview.Number) bool { return n.Letters() != "" }) {
		labels = list(numbers, interview.Number.String)
	}
	return all, labels
}

// Line is one line of the record.
type Line struct {
	ID interview.ID `json:"id"`
	Numbered
	Kind interview.LineKind `json:"kind"`
	Text string             `json:"text"`
	// Quoted means that the text stands in quotation marks.
	Quoted       bool      `json:"quoted"`
	Speaker      string    `json:"speaker,omitempty"`
	At           time.Time `json:"at"`
	Question     int       `json:"question,omitempty"`
	QuestionText string    `json:"question_text,omitempty"`
	Stage        string    `json:"stage,omitempty"`
	// Recalled means that the line was entered after the meeting, RecalledAfter seconds after its
	// end, and At is the time of the meeting.
	Recalled      bool  `json:"recalled"`
	RecalledAfter int64 `json:"recalled_after_seconds,omitempty"`
	// AskedAt is the time at which a follow-up was asked.
	AskedAt time.Time `json:"asked_at,omitzero"`
	// Problem is the number of the problem that the line shows.
	OfProblem
	Themes []string `json:"themes"`
	// FirstWording is the first wording of a line that was corrected.
	FirstWording string `json:"first_wording,omitempty"`
	// FirstQuoted means that the first wording stands in quotation marks.
	FirstQuoted bool `json:"first_quoted,omitempty"`
	// OtherWordings are concurrent wordings from elsewhere.
	OtherWordings []string     `json:"other_wordings"`
	Concurrent    []Concurrent `json:"concurrent,omitempty"`
	// TooEarly marks a thought that was typed as a solution before the gate opened.
	TooEarly bool `json:"too_early,omitempty"`
	// Why is the reason why an unsettled line is one.
	Why string `json:"why,omitempty"`
	// For lists the problems that a thought with TooEarly was meant to solve.
	For       []int    `json:"for,omitzero"`
	ForLabels []string `json:"for_labels,omitempty"`
}

// Problem is what is wrong, in the customer's words.
type Problem struct {
	ID interview.ID `json:"id,omitzero"`
	Numbered
	Statement string `json:"statement"`
	// Quoted means that the statement stands in quotation marks: it was typed as their words, or
	// they said yes to exactly it.
	Quoted         bool             `json:"quoted"`
	FirstHeard     string           `json:"first_heard,omitempty"`
	Status         interview.Status `json:"status"`
	Reason         string           `json:"reason,omitempty"` // why it was set aside
	Raised         interview.Raised `json:"raised,omitempty"`
	Themes         []string         `json:"themes"`
	At             time.Time        `json:"at,omitzero"`
	Impact         interview.Impact `json:"impact"`
	Playbacks      []Playback       `json:"playbacks,omitzero"`
	Evidence       []int            `json:"evidence,omitzero"` // the lines that show it
	EvidenceLabels []string         `json:"evidence_labels,omitempty"`
	// Wordings are all wordings in order, the current one last.
	Wordings []Wording `json:"wordings,omitzero"`
	// OtherWordings are concurrent wordings from elsewhere.
	OtherWordings []string     `json:"other_wordings,omitzero"`
	Concurrent    []Concurrent `json:"concurrent,omitempty"`
}

// ShowsIn sets the lines that show the problem.
func (p *Problem) ShowsIn(lines []interview.Number) { p.Evidence, p.EvidenceLabels = counts(lines) }

// Wording is one wording of a problem, with the time at which it was entered.
type Wording struct {
	Text   string    `json:"text"`
	Quoted bool      `json:"quoted"` // as in Problem
	At     time.Time `json:"at"`
}

// Playback is one reading-back of one problem.
type Playback struct {
	ID         interview.ID     `json:"id"`
	Said       string           `json:"said"` // the wording that was read out
	Answer     interview.Answer `json:"answer"`
	Correction string           `json:"correction,omitempty"`
	By         string           `json:"by,omitempty"`
	At         time.Time        `json:"at"`
	// Withdrawn means that a later answer revoked this yes.
	Withdrawn bool `json:"withdrawn"`
	// Apart means that another answer was given in another notebook, without either knowing of the
	// other: this yes does not count.
	Apart bool `json:"apart,omitempty"`
	// Early means that the answer is from before the problem was raised: it does not count.
	Early bool `json:"early,omitempty"`
}

// LeftOut is the answer to what has been left out; the text is empty for "nothing".
type LeftOut struct {
	Text   string    `json:"text"`
	Quoted bool      `json:"quoted"` // it was typed as their words
	At     time.Time `json:"at"`
}

// Solution is an idea worked out together.
type Solution struct {
	ID interview.ID `json:"id,omitzero"`
	Numbered
	Problems      []int    `json:"problems"`
	ProblemLabels []string `json:"problem_labels,omitempty"`
	Text          string   `json:"text"`
	Ours          string   `json:"ours,omitempty"`
	Theirs        string   `json:"theirs,omitempty"`
	Reaction      string   `json:"reaction,omitempty"`
	// Decision is absent while it is held.
	Decision interview.Decision `json:"decision,omitempty"`
	// Held is true while one of its problems is not confirmed and weighed in its current wording.
	Held bool      `json:"held"`
	At   time.Time `json:"at,omitzero"`
	// OtherWordings are concurrent wordings from elsewhere.
	OtherWordings []string     `json:"other_wordings,omitzero"`
	Concurrent    []Concurrent `json:"concurrent,omitempty"`
	// RestsOn are the IDs of the playbacks on which it rested when it was written.
	RestsOn []interview.ID `json:"rests_on,omitzero"`
}

// Respect is what a good answer to a problem must respect.
type Respect struct {
	ID interview.ID `json:"id"`
	OfProblem
	Text string    `json:"text"`
	At   time.Time `json:"at"`
}

// Advice is what we taught or advised about a problem.
type Advice struct {
	ID interview.ID `json:"id"`
	OfProblem
	Text string    `json:"text"`
	Held bool      `json:"held"` // as with solutions
	At   time.Time `json:"at"`
}

// Promise is a next step.
type Promise struct {
	ID interview.ID `json:"id,omitzero"`
	Numbered
	Text  string         `json:"text"`
	Owner string         `json:"owner,omitempty"`
	Side  interview.Side `json:"side,omitempty"`
	// Whose holds what was typed about whose promise it is while it is not sure; Side is absent
	// then.
	Whose   interview.SideDoubt `json:"whose,omitzero"`
	Speaker string              `json:"speaker,omitempty"`
	Due     interview.Date      `json:"due,omitzero"`
	// Doubt holds what was typed about the day while it is not sure; Due is zero then.
	Doubt  interview.DayDoubt `json:"doubt,omitzero"`
	DoneAt time.Time          `json:"done_at,omitzero"`
	ToldAt time.Time          `json:"told_at,omitzero"` // when the customer was told that it is done
	// ToldEarlier is when they were told of it before.
	ToldEarlier *Told     `json:"told_earlier,omitempty"`
	At          time.Time `json:"at,omitzero"`
	// FirstWording is the first wording of a promise that was corrected.
	FirstWording string `json:"first_wording,omitempty"`
	// OtherWordings are concurrent wordings from elsewhere.
	OtherWordings []string     `json:"other_wordings,omitzero"`
	Concurrent    []Concurrent `json:"concurrent,omitempty"`
}

// Route is a confirmed problem carried to a department.
type Route struct {
	ID interview.ID `json:"id,omitzero"`
	Numbered
	OfProblem
	Department string         `json:"department"`
	Owner      string         `json:"owner,omitempty"`
	Due        interview.Date `json:"due,omitzero"`
	Answer     string         `json:"answer,omitempty"`
	AnsweredAt time.Time      `json:"answered_at,omitzero"`
	Told       bool           `json:"told"` // whether the customer was told of this answer
	ToldAt     time.Time      `json:"told_at,omitzero"`
	// ToldEarlier is what the customer was told before, when that is something else.
	ToldEarlier *Told `json:"told_earlier,omitempty"`
	// Held is true while the problem is neither confirmed in its current wording nor set aside.
	Held       bool         `json:"held,omitempty"`
	At         time.Time    `json:"at,omitzero"`
	Concurrent []Concurrent `json:"concurrent,omitempty"`
}

// Told is one time at which the customer was told. Text is the answer that they heard, absent where
// it is not known or there was none.
type Told struct {
	Text string    `json:"text,omitempty"`
	At   time.Time `json:"at"`
}

// Hit is the JSON of one place that a search found.
type Hit struct {
	Interview interview.ID `json:"interview"`
	Customer  string       `json:"customer"`
	At        time.Time    `json:"at"`
	// Number is that of the line, promise or route, or of the problem or solution where Kind says
	// so.
	Numbered
	Kind   string `json:"kind"`
	Text   string `json:"text"`
	Quoted bool   `json:"quoted"` // Text stands in quotation marks
	// Matches are byte offsets into the UTF-8 of Text: the first byte, and the one after the last.
	Matches [][2]int `json:"matches"`
	// Quoting is what the customer allows.
	Quoting interview.Quoting `json:"quoting,omitempty"`
}

// NewHit returns h with its time in UTC to the millisecond, and with an empty array for no matches.
func NewHit(h Hit) Hit {
	h.At, h.Matches = moment(h.At), orEmpty(h.Matches)
	return h
}
