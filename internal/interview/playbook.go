package interview

import "strings"

// Playbook guides an interview: stages with questions to ask. An interview has the copy that it
// began with, so editing a playbook later never changes what was asked.
type Playbook struct {
	// ID names the playbook on the command line ("listen-first").
	ID string `json:"id"`
	// Name is the name for display ("Listen first").
	Name string `json:"name"`
	// About says in a sentence or two when to use it.
	About  string  `json:"about,omitempty"`
	Stages []Stage `json:"stages"`
}

// Stage is one part of a conversation.
type Stage struct {
	Name string    `json:"name"`
	Mark StageMark `json:"mark,omitempty"`
	// Notes are for the seller: preambles, timings, reminders.
	Notes     []string   `json:"notes,omitempty"`
	Questions []Question `json:"questions,omitempty"`
}

// Question is something to ask, with probes to follow it up.
type Question struct {
	Text   string   `json:"text"`
	Probes []string `json:"probes,omitempty"`
	// Notes are for the seller and are not asked.
	Notes []string `json:"notes,omitempty"`
}

// StageMark is the special purpose of a stage.
type StageMark string

// The marks a playbook file can give a stage in square brackets.
const (
	MarkNone     StageMark = ""
	MarkPlayback StageMark = "playback" // problems are read back
	MarkSolution StageMark = "solution" // locked until the gate opens
	MarkOnlyYou  StageMark = "only you" // for the seller, not asked aloud
)

// StageMarks returns all marks that a stage can have.
func StageMarks() []StageMark { return []StageMark{MarkPlayback, MarkSolution, MarkOnlyYou} }

// Aloud reports whether the questions of a stage with this mark are asked of the customer, and so
// count as questions to ask. Other stages are for the seller alone.
func (m StageMark) Aloud() bool {
	switch m {
	case MarkOnlyYou:
		return false
	case MarkNone, MarkPlayback, MarkSolution:
	}
	return true
}

// Len is the number of questions in the playbook. They are numbered from 1 through all stages;
// `/ask N` and the printed card use these numbers.
func (p Playbook) Len() int {
	n := 0
	for _, s := range p.Stages {
		n += len(s.Questions)
	}
	return n
}

// Question returns question n (from 1) and the index of its stage. ok is false when there is no
// such question.
func (p Playbook) Question(n int) (q Question, stage int, ok bool) {
	if n < 1 {
		return Question{}, 0, false
	}
	for i, s := range p.Stages {
		if n <= len(s.Questions) {
			return s.Questions[n-1], i, true
		}
		n -= len(s.Questions)
	}
	return Question{}, 0, false
}

// First returns the number of the first question of stage i, or of the first one after it when the
// stage has none; 0 when nothing follows.
func (p Playbook) First(i int) int {
	n := 1
	for j, s := range p.Stages {
		if j >= i && len(s.Questions) > 0 {
			return n
		}
		n += len(s.Questions)
	}
	return 0
}

// stageNamed returns the index of the stage of that name, in full or by a unique prefix, ignoring
// case; a full match wins. Without exactly one match it returns the names that match.
func (p Playbook) stageNamed(name string) (index int, fit []string) {
	want := strings.ToLower(strings.TrimSpace(name))
	found := -1
	for i, s := range p.Stages {
		have := strings.ToLower(s.Name)
		if have == want {
			return i, nil
		}
		if want != "" && strings.HasPrefix(have, want) {
			fit = append(fit, s.Name)
			found = i
		}
	}
	if len(fit) == 1 {
		return found, nil
	}
	return -1, fit
}
