package export

import (
	"time"

	"hark/internal/interview"
)

// Interview is one interview as a JSON document. Field names never change, and
// absent means unknown: a time that has not come, a question not asked. Where
// there can be several there is an array, empty for none. Times are RFC 3339 in
// UTC, to the millisecond; days are 2026-12-03. People are given by name,
// problems, lines and questions by number.
//
// Discarded, Newer, Person.Absent and Line.TooEarly are there only when they are true.
type Interview struct {
	ID        interview.ID      `json:"id"`
	Customer  string            `json:"customer"`
	Playbook  Playbook          `json:"playbook"`
	StartedAt time.Time         `json:"started_at"`
	EndedAt   time.Time         `json:"ended_at,omitzero"`
	Outcome   interview.Outcome `json:"outcome,omitempty"`
	Consent   Consent           `json:"consent"`
	// Debrief says that the whole interview was entered after the meeting, and
	// MetUntil when that was over.
	Debrief   *bool     `json:"debrief,omitempty"`
	MetUntil  time.Time `json:"met_until,omitzero"`
	Discarded bool      `json:"discarded,omitempty"`
	// Newer says that a newer hark wrote some of it, which is not all here.
	Newer  bool     `json:"newer,omitempty"`
	People []Person `json:"people,omitzero"`
	Gate   Gate     `json:"gate"`
	// Position is the question that the next lines answer.
	Position int `json:"position,omitempty"`
	// Asked are the questions that were asked.
	Asked []int `json:"asked,omitzero"`
	// LineCount is how many lines there are, where Lines is absent too.
	LineCount int        `json:"line_count"`
	Lines     []Line     `json:"lines,omitzero"`
	Problems  []Problem  `json:"problems,omitzero"`
	LeftOut   *LeftOut   `json:"left_out,omitempty"`
	Solutions []Solution `json:"solutions,omitzero"`
	Respect   []Respect  `json:"respect,omitzero"`
	Advice    []Advice   `json:"advice,omitzero"`
	Promises  []Promise  `json:"promises,omitzero"`
	Routes    []Route    `json:"routes,omitzero"`
	// Document is what all of this follows from; hark export alone writes it.
	Document *Document `json:"document,omitempty"`
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

// Question is something to ask. Questions are numbered from 1 through all of
// the stages.
type Question struct {
	Text   string   `json:"text"`
	Probes []string `json:"probes"`
	Notes  []string `json:"notes"`
}

// Consent is what the customer allowed; a field is absent while nobody asked.
type Consent struct {
	Notes  interview.Notes   `json:"notes,omitempty"`
	Quotes interview.Quoting `json:"quotes,omitempty"`
}

// Person is someone in the room.
type Person struct {
	ID   interview.ID   `json:"id,omitzero"`
	Name string         `json:"name"`
	Role string         `json:"role,omitempty"`
	Side interview.Side `json:"side"`
	// Adviser says whether they agreed to be asked again.
	Adviser *bool `json:"adviser,omitempty"`
	// Absent says that they were named as the owner of a promise or a route alone.
	Absent bool `json:"absent,omitempty"`
}

// Gate is what stands between listening and solving.
type Gate struct {
	Open     bool      `json:"open"`
	OpenedAt time.Time `json:"opened_at,omitzero"`
	// Missing says in sentences what it still waits for.
	Missing []string `json:"missing,omitzero"`
}

// Line is one kept utterance.
type Line struct {
	ID           interview.ID       `json:"id"`
	Number       int                `json:"number"`
	Kind         interview.LineKind `json:"kind"`
	Text         string             `json:"text"`
	Speaker      string             `json:"speaker,omitempty"`
	At           time.Time          `json:"at"`
	Question     int                `json:"question,omitempty"`
	QuestionText string             `json:"question_text,omitempty"`
	Stage        string             `json:"stage,omitempty"`
	// Recalled says that the line was entered after the meeting, and
	// RecalledAfter how many seconds after its end.
	Recalled      bool  `json:"recalled"`
	RecalledAfter int64 `json:"recalled_after_seconds,omitempty"`
	// AskedAt is when a follow-up was asked.
	AskedAt time.Time `json:"asked_at,omitzero"`
	// Problem is the problem that the line shows.
	Problem int      `json:"problem,omitempty"`
	Themes  []string `json:"themes"`
	// FirstWording is what was kept first, where the line was corrected.
	FirstWording string `json:"first_wording,omitempty"`
	// OtherWordings were written at the same time elsewhere.
	OtherWordings []string `json:"other_wordings"`
	// TooEarly marks a thought that was typed as a solution before the gate
	// opened, and For the problems it was meant for; no other line has it.
	TooEarly bool `json:"too_early,omitempty"`
	// Why says of an unsettled line why it is one.
	Why string `json:"why,omitempty"`
	For []int  `json:"for,omitzero"`
}

// Problem is what is wrong, in the customer's words.
type Problem struct {
	ID         interview.ID     `json:"id,omitzero"`
	Number     int              `json:"number"`
	Statement  string           `json:"statement"`
	FirstHeard string           `json:"first_heard,omitempty"`
	Status     interview.Status `json:"status"`
	Reason     string           `json:"reason,omitempty"` // why it was set aside
	Raised     interview.Raised `json:"raised,omitempty"`
	Themes     []string         `json:"themes"`
	At         time.Time        `json:"at,omitzero"`
	Impact     Impact           `json:"impact"`
	Playbacks  []Playback       `json:"playbacks,omitzero"`
	Evidence   []int            `json:"evidence,omitzero"` // the lines that show it
	// Wordings are all wordings, first heard first, today's last.
	Wordings []Wording `json:"wordings,omitzero"`
	// OtherWordings were written at the same time elsewhere.
	OtherWordings []string `json:"other_wordings,omitzero"`
}

// Impact is what a problem does. HowBad is the customer's rating, 1 to 5.
type Impact struct {
	HowOften string `json:"how_often,omitempty"`
	HowBad   int    `json:"how_bad,omitempty"`
	Costs    string `json:"costs,omitempty"`
	Bears    string `json:"bears,omitempty"`
	Tried    string `json:"tried,omitempty"`
	Wants    string `json:"wants,omitempty"`
}

// Playback is one reading-back of one problem.
type Playback struct {
	ID         interview.ID     `json:"id"`
	Said       string           `json:"said"` // the wording that was read out
	Answer     interview.Answer `json:"answer"`
	Correction string           `json:"correction,omitempty"`
	By         string           `json:"by,omitempty"`
	At         time.Time        `json:"at"`
	// Withdrawn is true when a later answer took this yes back.
	Withdrawn bool `json:"withdrawn"`
}

// Wording is one way in which a problem was put, and when.
type Wording struct {
	Text string    `json:"text"`
	At   time.Time `json:"at"`
}

// LeftOut is the answer to what has been left out; the text is empty for
// "nothing". It is absent while nobody asked.
type LeftOut struct {
	Text string    `json:"text"`
	At   time.Time `json:"at"`
}

// Solution is an idea worked out together.
type Solution struct {
	ID       interview.ID       `json:"id,omitzero"`
	Number   int                `json:"number"`
	Problems []int              `json:"problems"`
	Text     string             `json:"text"`
	Ours     string             `json:"ours,omitempty"`
	Theirs   string             `json:"theirs,omitempty"`
	Reaction string             `json:"reaction,omitempty"`
	Decision interview.Decision `json:"decision,omitempty"`
	// Held is true while one of its problems is not confirmed and weighed as it
	// is worded today.
	Held bool      `json:"held"`
	At   time.Time `json:"at,omitzero"`
	// OtherWordings were written at the same time elsewhere.
	OtherWordings []string `json:"other_wordings,omitzero"`
	// RestsOn are the playbacks that it rested on when it was written.
	RestsOn []interview.ID `json:"rests_on,omitzero"`
}

// Respect is what a good answer to a problem must respect.
type Respect struct {
	ID      interview.ID `json:"id"`
	Problem int          `json:"problem,omitempty"`
	Text    string       `json:"text"`
	At      time.Time    `json:"at"`
}

// Advice is what we taught or advised about a problem.
type Advice struct {
	ID      interview.ID `json:"id"`
	Problem int          `json:"problem,omitempty"`
	Text    string       `json:"text"`
	Held    bool         `json:"held"` // as with solutions
	At      time.Time    `json:"at"`
}

// Promise is a next step.
type Promise struct {
	ID      interview.ID   `json:"id,omitzero"`
	Number  int            `json:"number"`
	Text    string         `json:"text"`
	Owner   string         `json:"owner,omitempty"`
	Side    interview.Side `json:"side"`
	Speaker string         `json:"speaker,omitempty"`
	Due     interview.Date `json:"due,omitzero"`
	DoneAt  time.Time      `json:"done_at,omitzero"`
	ToldAt  time.Time      `json:"told_at,omitzero"` // when the customer was told
	At      time.Time      `json:"at,omitzero"`
	// FirstWording is what was kept first, where the promise was corrected.
	FirstWording string `json:"first_wording,omitempty"`
	// OtherWordings were written at the same time elsewhere.
	OtherWordings []string `json:"other_wordings,omitzero"`
}

// Route is a confirmed problem carried to a department.
type Route struct {
	ID         interview.ID   `json:"id,omitzero"`
	Number     int            `json:"number"`
	Problem    int            `json:"problem,omitempty"`
	Department string         `json:"department"`
	Owner      string         `json:"owner,omitempty"`
	Due        interview.Date `json:"due,omitzero"`
	Answer     string         `json:"answer,omitempty"`
	AnsweredAt time.Time      `json:"answered_at,omitzero"`
	Told       bool           `json:"told"` // whether the customer was told
	ToldAt     time.Time      `json:"told_at,omitzero"`
	At         time.Time      `json:"at,omitzero"`
}

// Hit is one place that a search found, as a JSON document.
type Hit struct {
	Interview interview.ID `json:"interview"`
	Customer  string       `json:"customer"`
	At        time.Time    `json:"at"`
	// Number is that of the line or promise; of the problem or solution where
	// Kind says so.
	Number int    `json:"number"`
	Kind   string `json:"kind"`
	Text   string `json:"text"`
	// Matches are byte offsets into the UTF-8 of Text, from and up to.
	Matches [][2]int `json:"matches"`
}

// NewHit returns h ready to be written: its time as documents give it, and an
// array of matches though there be none.
func NewHit(h Hit) Hit {
	h.At, h.Matches = moment(h.At), orEmpty(h.Matches)
	return h
}
