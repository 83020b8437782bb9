package interview

// Action is one change to an interview. Keys and typed lines both become an Action. The fields
// Problem, Solution and Number are the numbers P, S and N of the capture language.
type Action interface {
	// apply checks the action against the rules and adds what it changes to w.
	apply(w *work) error
}

// Add adds a line.
type Add struct {
	Kind    LineKind
	Text    string
	Speaker string // a name, "" for nobody; an unknown name becomes a person on their side
	Themes  []string
}

// Raise adds a problem, together with the line that shows it.
type Raise struct {
	Text    string
	Quoted  bool // Text was typed as their very words
	Speaker string
	Themes  []string
	// Line, when not 0, is the existing line that becomes a problem.
	Line Number
}

// Promises adds a next step.
type Promises struct {
	Text    string
	Speaker string // who said it
	Owner   string // who does it; "" for the speaker, or us. "us" and "me" are ours, "them" theirs.
	// Whose holds words that do not say for certain whose promise it is; Owner is "" then.
	Whose  SideDoubt
	Due    Date
	Doubt  DayDoubt // words that may say another day than Due, which is zero then
	Themes []string
}

// Introduce adds a person who takes part in the meeting, or corrects their role and side.
type Introduce struct {
	Name string
	Role string
	Side Side // "" keeps the side, and is their side for a new person
	// Doubt holds words that may say another side than Side, which is "" then.
	Doubt SideDoubt
}

// Rename changes the name of a person. Everything that refers to the person stays.
type Rename struct {
	Person string // the current name
	Name   string
}

// JoinPeople merges two names of one person: what Person said, promised and answered goes to Into,
// and Person is removed.
type JoinPeople struct {
	Person string
	Into   string
}

// DropPerson removes a person that nothing in the interview refers to.
type DropPerson struct{ Person string }

// SetConsent records what the customer allows. An empty field keeps its value.
type SetConsent struct {
	Notes  Notes
	Quotes Quoting
	// Doubt is the answer as it was typed, when it can mean something else as well: then Notes and
	// Quotes are the narrowest that it can mean, and the answer is to settle. "" is no doubt.
	Doubt string
}

// Ask makes question Number the one that the next lines answer.
type Ask struct{ Number int }

// Next moves to the question after the current one.
type Next struct{}

// EnterStage moves to the first question of a stage.
type EnterStage struct{ Name string }

// Weigh sets facets of a problem's impact. A nil facet keeps its value, an empty one is cleared.
type Weigh struct {
	Problem  Number
	HowOften *string
	HowBad   *int
	Costs    *string
	Bears    *string
	Tried    *string
	Wants    *string
}

// PlayBack records the customer's answer to the playback of a problem.
type PlayBack struct {
	Problem Number
	Answer  Answer
	By      string // who answered; may be "" when only one of them is in the room
	// Said is the wording that was read out, "" for the current one. An answer to any other wording
	// is refused.
	Said       string
	Correction string
	Quoted     bool // Correction was typed as their very words
	// Figures are what they corrected of the impact that was read out, in the same answer. Its
	// Problem is ignored.
	Figures Weigh
}

// SetAside settles a problem as none for now.
type SetAside struct {
	Problem Number
	Reason  string
}

// TakeUp makes a problem current again that was set aside.
type TakeUp struct{ Problem Number }

// Join merges a problem into another one: its lines and themes go to that one, and it is set aside.
type Join struct {
	Problem Number
	Into    Number
}

// AskLeftOut records that the customer was asked what has been left out, with the answer, "" for
// "nothing".
type AskLeftOut struct {
	Text   string
	Quoted bool // Text was typed as their very words
}

// Solve adds a solution for confirmed problems.
type Solve struct {
	Problems []Number
	Text     string
}

// MustRespect adds what a good answer to a problem must respect.
type MustRespect struct {
	Problem Number
	Text    string
}

// Advise adds advice that we gave about a problem.
type Advise struct {
	Problem Number
	Text    string
}

// Share sets who does which part of a solution. A nil part keeps its value.
type Share struct {
	Solution Number
	Ours     *string
	Theirs   *string
}

// React sets the customer's reaction to a solution.
type React struct {
	Solution Number
	Text     string
}

// Decide records whether a solution was agreed or declined.
type Decide struct {
	Solution Number
	Decision Decision
}

// SetAdviser records whether someone agreed to be asked again.
type SetAdviser struct {
	Name  string
	Joins bool
}

// Carry routes a confirmed problem to a department.
type Carry struct {
	Problem    Number
	Department string
	Owner      string // "" for nobody yet
	Due        Date
}

// AnswerRoute sets the department's answer to a route.
type AnswerRoute struct {
	Number Number
	Text   string
}

// Done records that a promise was kept, or that a follow-up was asked.
type Done struct{ Number Number }

// Told records that the customer was told of a promise's outcome or of a route's answer, as it
// stands. What comes later is still to tell.
type Told struct{ Number Number }

// Reword changes the wording of a problem. A confirmation of the old wording lapses.
type Reword struct {
	Problem Number
	Text    string
	Quoted  bool // Text was typed as their very words
}

// SetRaised corrects whether a problem came up unprompted.
type SetRaised struct {
	Problem Number
	Raised  Raised
}

// Tag adds themes to a problem and removes others.
type Tag struct {
	Problem Number
	Add     []string
	Remove  []string
}

// Fix corrects the text of a line, a promise or a route's answer (What zero), of a problem or of a
// solution. The first wording stays in the record.
type Fix struct {
	What   Thing
	Number Number
	Text   string // "" keeps the text when another field is corrected
	Quoted bool   // Text, of a problem, was typed as their very words
	// The fields below correct more than the text; nil keeps the value.
	Kind       *LineKind // of a line
	Speaker    *string   // of a line, a name; "" for nobody
	Owner      *string   // of a promise or a route, a name; "us" and "them" as in Promises
	Due        *Date     // of a promise or a route; zero for none
	Department *string   // of a route
	// Owed is Text read as that of a promise, used when Number is one; nil takes Text as it stands.
	// The caller need not know what Number is.
	Owed *Owed
	// Said is Text without the quotation mark in front of it, "" where none stands there. A
	// paraphrase that is corrected so is a quote then.
	Said string
}

// Owed is a text read as that of a promise.
type Owed struct {
	Text  string // without its date; "" where there is only a date
	Due   Date
	Doubt DayDoubt // as in Promises
	// Owner is who does it by the words of the text, as in Promises; "" where they do not say so,
	// and the owner stays.
	Owner string
}

// Tie ties a line to a problem as evidence; problem 0 unties it.
type Tie struct {
	Number  Number
	Problem Number
}

// Drop removes a line, promise or route (What zero), a problem or a solution. Undo restores it.
type Drop struct {
	What   Thing
	Number Number
}

// SetOutcome records how the interview ended.
type SetOutcome struct{ Outcome Outcome }

// End ends the interview. Lines that are entered later are marked as recalled.
type End struct{}

// Reopen opens an interview that has ended.
type Reopen struct{}

// Discard removes the interview from the lists. Undo restores it.
type Discard struct{}

// Undo reverts the newest action that is not reverted. The notebook, which has the history, carries
// it out.
type Undo struct{}

// Redo restores the action that was reverted last. The notebook carries it out.
type Redo struct{}
