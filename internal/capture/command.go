package capture

import (
	"slices"
	"strings"

	"hark/internal/interview"
	"hark/internal/nearest"
)

// Command is one row of the table of commands.
type Command struct {
	Name  string // without the slash
	Usage string // how it is typed; P, S and N are numbers shown on the screen
	Does  string
	Group string // what it belongs to, for help
}

// command adds how its arguments are read.
type command struct {
	Command
	read func(*args) (interview.Action, error)
}

// Commands returns the table of commands, in the order in which help shows it.
// Commands of one group stand together.
func Commands() []Command {
	table := commands()
	all := make([]Command, len(table))
	for i, c := range table {
		all[i] = c.Command
	}
	return all
}

// The groups of commands.
const (
	groupRoom      = "The room"
	groupQuestions = "Questions"
	groupProblems  = "Problems"
	groupSolutions = "Working it out"
	groupPromises  = "Afterwards"
	groupEdits     = "Edits"
	groupInterview = "The interview"
)

func commands() []command {
	return []command{
		{Command{"person", "/person Name, role [, ours|theirs]", "someone in the room", groupRoom}, readPerson},
		{Command{"rename", "/rename NAME to NAME", "another name for somebody in the room", groupRoom}, readRename},
		{Command{"consent", "/consent yes|no [name|role|none]", "consent to notes, and to quoting", groupRoom}, readConsent},
		{Command{"adviser", "/adviser NAME [yes|no]", "joins or leaves the board of advisers", groupRoom}, readAdviser},

		{Command{"ask", "/ask N", "the next lines answer question N", groupQuestions}, readAsk},
		{Command{"next", "/next", "the next lines answer the question after this one", groupQuestions}, readNext},
		{Command{"stage", "/stage NAME", "the next lines answer the first question of a stage", groupQuestions}, readStage},

		{Command{"problem", "/problem N [text]", "makes a problem of line N", groupProblems}, readProblem},
		{Command{"impact", "/impact P how-often=… how-bad=1..5 costs=… bears=… tried=… wants=…", "weighs problem P; values with blanks in quotes", groupProblems}, readImpact},
		{Command{"playback", "/playback P yes|nearly|no [by NAME] [: correction]", "the customer's answer to the playback of P", groupProblems}, readPlayback},
		{Command{"aside", "/aside P [: reason]", "not a problem for now", groupProblems}, readAside},
		{Command{"take-up", "/take-up P", "takes up again what was set aside", groupProblems}, readTakeUp},
		{Command{"raised", "/raised P unprompted|asked", "how problem P came up", groupProblems}, readRaised},
		{Command{"left-out", "/left-out [text]", `what the customer said is missing; empty means "nothing"`, groupProblems}, readLeftOut},
		{Command{"tie", "/tie N P", "line N shows problem P", groupProblems}, readTie},
		{Command{"untie", "/untie N", "line N shows no problem", groupProblems}, readUntie},
		{Command{"join", "/join P P | NAME with NAME", "the first problem, or person, is the same as the second", groupProblems}, readJoin},

		{Command{"solve", "/solve P[,P…] text", "a solution, once unlocked", groupSolutions}, readSolve},
		{Command{"respect", "/respect P text", "what a good answer to P must respect", groupSolutions}, readRespect},
		{Command{"advise", "/advise P text", "what we advised (locked like a solution)", groupSolutions}, readAdvise},
		{Command{"share", "/share S ours=… theirs=…", "who does which part of solution S", groupSolutions}, readShare},
		{Command{"react", "/react S text", "the customer's reaction to solution S", groupSolutions}, readReact},
		{Command{"agree", "/agree S", "the customer agreed to solution S", groupSolutions}, readAgree},
		{Command{"decline", "/decline S", "the customer declined solution S", groupSolutions}, readDecline},

		{Command{"route", "/route P department [@owner] [due …]", "carries P to a department", groupPromises}, readRoute},
		{Command{"answer", "/answer N text", "what the department answered to route N", groupPromises}, readAnswer},
		{Command{"due", "/due N DAY|none", "the day of promise or route N, or that it has none", groupPromises}, readDue},
		{Command{"done", "/done N", "a promise is done", groupPromises}, readDone},
		{Command{"told", "/told N", "the customer was told", groupPromises}, readTold},

		{Command{"reword", "/reword P text", "puts problem P in other words", groupEdits}, readReword},
		{Command{"theme", "/theme P #a #b -#c", "adds themes to problem P and takes others off", groupEdits}, readTheme},
		{Command{"fix", "/fix N text", "corrects line, promise or route N, problem p2 or solution s1", groupEdits}, readFix},
		{Command{"drop", "/drop N|@NAME", "drops line, promise or route N, problem p2, solution s1 or a person", groupEdits}, readDrop},
		{Command{"undo", "/undo", "takes back what was done last, also after a restart", groupEdits}, readUndo},
		{Command{"redo", "/redo", "brings it back", groupEdits}, readRedo},

		{Command{"outcome", "/outcome worked-out|no-fit|more-to-learn", "how it ended", groupInterview}, readOutcome},
		{Command{"end", "/end", "ends the interview", groupInterview}, readEnd},
		{Command{"reopen", "/reopen", "opens it again", groupInterview}, readReopen},
	}
}

// splitCommand takes what follows the slash apart: the name as typed, and the
// rest, which still has its blanks in front.
func splitCommand(text string) (name, rest string) {
	text = trimLeft(text)
	name, _ = cutWord(text)
	if i := strings.IndexByte(name, ':'); i >= 0 {
		return name[:i], text[i+1:]
	}
	return name, text[len(name):]
}

// joinedName makes names comparable: without regard to case and dashes.
func joinedName(s string) string {
	return strings.ReplaceAll(strings.ToLower(s), "-", "")
}

// findCommand returns the command with that name, or else those whose names
// begin so. Case and dashes do not matter.
func findCommand(name string) (fit []command) {
	want := joinedName(name)
	if want == "" {
		return nil
	}
	for _, c := range commands() {
		switch have := joinedName(c.Name); {
		case have == want:
			return []command{c}
		case strings.HasPrefix(have, want):
			fit = append(fit, c)
		}
	}
	return fit
}

// readCommand reads a command, from behind its slash.
func (in Context) readCommand(text, speaker string) (interview.Action, error) {
	name, rest := splitCommand(text)
	if name == "" {
		return nil, &Error{"There is no command behind the slash", "one, as in /playback 1 yes"}
	}
	fit := findCommand(name)
	switch len(fit) {
	case 1:
		c := fit[0]
		if speaker != "" && c.Name != "playback" {
			return nil, &Error{"/" + c.Name + " takes nobody's name in front", shownLine("/" + c.Name + rest)}
		}
		action, err := c.read(&args{name: c.Name, form: c.Usage, rest: rest, by: speaker, in: in})
		if err != nil {
			return nil, err
		}
		return action, nil
	case 0:
		return nil, in.unknownCommand(name, text, rest)
	}
	names := make([]string, len(fit))
	for i, c := range fit {
		names[i] = "/" + c.Name
	}
	return nil, &Error{quoted("/"+name) + " is the beginning of several commands", orList(names)}
}

// unknownCommand names the command that was meant, with what was typed behind
// it where that makes sense.
func (in Context) unknownCommand(name, text, rest string) error {
	table := commands()
	names := make([]string, len(table))
	for i, c := range table {
		names[i] = c.Name
	}
	near := nearest.Word(strings.ToLower(name), names)
	if near == "" {
		return &Error{"There is no command " + quoted("/"+name) + `, and only \ in front makes the line a text`, shownLine(`\/` + text)}
	}
	c := table[slices.Index(names, near)]
	form := c.Usage
	if _, err := c.read(&args{name: c.Name, form: c.Usage, rest: rest, in: in}); err == nil {
		form = shownLine("/" + near + trimRight(rest))
	}
	return &Error{"There is no command " + quoted("/"+name), form}
}

// orList joins two words or more as in "a, b or c".
func orList(words []string) string {
	last := len(words) - 1
	return strings.Join(words[:last], ", ") + " or " + words[last]
}
