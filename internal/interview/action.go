package interview

// Action is one thing done to an interview. A key pressed and a line typed both
// become an Action; Apply says what it does. P, S and N in the capture language
// are the int fields Problem, Solution and Number here.
type Action interface{ isAction() }

// Add keeps a line.
type Add struct {
	Kind    LineKind
	Text    string
	Speaker string // a name; "" for nobody. Unknown names become people on their side.
	Themes  []string
}

// Raise keeps a problem in the customer's words, and the quote with it.
type Raise struct {
	Text    string
	Speaker string
	Themes  []string
	// Line, when not 0, makes the problem of a line that is already kept.
	Line int
}

// Promises keeps a next step.
type Promises struct {
	Text    string
	Speaker string // who said it
	Owner   string // who does it; "" for the speaker, or us. "us" and "me" are ours.
	Due     Date
	Doubt   DayDoubt // words that may say another day than Due, which is zero then
	Themes  []string
}

// Introduce names someone in the room, or corrects their role and side.
type Introduce struct {
	Name string
	Role string
	Side Side // "" for their side, or as it was
}

// Rename gives a person another name. What they said stays theirs.
type Rename struct {
	Person string // the name so far
	Name   string
}

// JoinPeople says that two names are one person: what Person said, promised and answered goes over
// to Into, and Person goes.
type JoinPeople struct {
	Person string
	Into   string
}

// DropPerson removes a person of whom nothing in the interview tells.
type DropPerson struct{ Person string }

// SetConsent notes what the customer allows. An empty field stays as it was.
type SetConsent struct {
	Notes  Notes
	Quotes Quoting
}

// Ask makes question Number the one that the next lines answer.
type Ask struct{ Number int }

// Next ticks the current question and goes to the one after it.
type Next struct{}

// EnterStage goes to the first question of a stage.
type EnterStage struct{ Name string }

// Weigh notes facets of a problem's impact. A nil facet stays as it was, an
// empty one is cleared.
type Weigh struct {
	Problem  int
	HowOften *string
	HowBad   *int
	Costs    *string
	Bears    *string
	Tried    *string
	Wants    *string
}

// PlayBack notes the customer's answer to the reading-back of a problem.
type PlayBack struct {
	Problem int
	Answer  Answer
	By      string // who answered; may be "" when only one of them is known
	// Said is the wording that was read out, "" for the one there is. An answer
	// to other words than the problem has by now is refused.
	Said       string
	Correction string
}

// SetAside settles a problem as not one for now.
type SetAside struct {
	Problem int
	Reason  string
}

// TakeUp takes up again a problem that was set aside.
type TakeUp struct{ Problem int }

// Join says that a problem is the same as another one: its lines and themes go
// over to that, and it is set aside.
type Join struct {
	Problem int
	Into    int
}

// AskLeftOut notes that the customer was asked what has been left out, and the
// answer, which may be "" for "nothing".
type AskLeftOut struct{ Text string }

// Solve keeps a solution for confirmed problems.
type Solve struct {
	Problems []int
	Text     string
}

// MustRespect keeps what a good answer to a problem must respect.
type MustRespect struct {
	Problem int
	Text    string
}

// Advise keeps what we advised about a problem.
type Advise struct {
	Problem int
	Text    string
}

// Share says who does which part of a solution. A nil part stays as it was.
type Share struct {
	Solution int
	Ours     *string
	Theirs   *string
}

// React keeps the customer's reaction to a solution.
type React struct {
	Solution int
	Text     string
}

// Decide notes whether a solution was agreed or declined.
type Decide struct {
	Solution int
	Decision Decision
}

// SetAdviser notes whether someone agreed to be asked again.
type SetAdviser struct {
	Name  string
	Joins bool
}

// Carry carries a confirmed problem to a department.
type Carry struct {
	Problem    int
	Department string
	Owner      string // "" for nobody yet
	Due        Date
}

// AnswerRoute keeps what the department answered.
type AnswerRoute struct {
	Number int
	Text   string
}

// Done notes that a promise is kept, or that a follow-up was asked.
type Done struct{ Number int }

// Told notes that the customer was told of a promise or of a route's answer.
type Told struct{ Number int }

// Reword puts a problem in other words. A confirmation of the old ones lapses.
type Reword struct {
	Problem int
	Text    string
}

// SetRaised corrects how a problem came up.
type SetRaised struct {
	Problem int
	Raised  Raised
}

// Tag adds themes to a problem and takes others off it.
type Tag struct {
	Problem int
	Add     []string
	Remove  []string
}

// Fix corrects the text of a line, a promise or a route's answer (What zero), a
// problem or a solution. The first wording is kept too.
type Fix struct {
	What   Thing
	Number int
	Text   string // "" leaves the text as it is when something else is corrected
	// What follows corrects more than the text; nil leaves it as it is.
	Kind       *LineKind // of a line
	Speaker    *string   // of a line, a name; "" for nobody
	Owner      *string   // of a promise or a route, a name; "us" and "them" as in Promises
	Due        *Date     // of a promise or a route; zero for none
	Department *string   // of a route
	// Owed is how Text reads where Number is a promise, nil for just as it stands.
	// Whoever types it need not know which it is.
	Owed *Owed
}

// Owed is a text read as that of a promise.
type Owed struct {
	Text  string // without its date; "" where there is only a date
	Due   Date
	Doubt DayDoubt // as in Promises
}

// Tie ties a line to a problem as evidence; problem 0 unties it.
type Tie struct {
	Number  int
	Problem int
}

// Drop drops a line, promise or route (What zero), a problem or a solution.
type Drop struct {
	What   Thing
	Number int
}

// SetOutcome notes how the interview ended.
type SetOutcome struct{ Outcome Outcome }

// End ends the interview. What is entered later is stamped as recalled.
type End struct{}

// Reopen opens an ended interview again.
type Reopen struct{}

// Discard takes the whole interview out of the lists; it can be undone.
type Discard struct{}

// Undo takes back the last action that was not taken back. The notebook, which
// keeps the history, carries it out.
type Undo struct{}

// Redo brings back what was taken back last. The notebook carries it out.
type Redo struct{}

func (Add) isAction()         {}
func (Raise) isAction()       {}
func (Promises) isAction()    {}
func (Introduce) isAction()   {}
func (Rename) isAction()      {}
func (JoinPeople) isAction()  {}
func (DropPerson) isAction()  {}
func (SetConsent) isAction()  {}
func (Ask) isAction()         {}
func (Next) isAction()        {}
func (EnterStage) isAction()  {}
func (Weigh) isAction()       {}
func (PlayBack) isAction()    {}
func (SetAside) isAction()    {}
func (TakeUp) isAction()      {}
func (Join) isAction()        {}
func (AskLeftOut) isAction()  {}
func (Solve) isAction()       {}
func (MustRespect) isAction() {}
func (Advise) isAction()      {}
func (Share) isAction()       {}
func (React) isAction()       {}
func (Decide) isAction()      {}
func (SetAdviser) isAction()  {}
func (Carry) isAction()       {}
func (AnswerRoute) isAction() {}
func (Done) isAction()        {}
func (Told) isAction()        {}
func (Reword) isAction()      {}
func (SetRaised) isAction()   {}
func (Tag) isAction()         {}
func (Fix) isAction()         {}
func (Tie) isAction()         {}
func (Drop) isAction()        {}
func (SetOutcome) isAction()  {}
func (End) isAction()         {}
func (Reopen) isAction()      {}
func (Discard) isAction()     {}
func (Undo) isAction()        {}
func (Redo) isAction()        {}
