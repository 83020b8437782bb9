package capture

import (
	"errors"
	"slices"
	"strings"
	"unicode"

	"hark/internal/interview"
	"hark/internal/nearest"
	"hark/internal/plain"
)

// Command is one row of the table of commands: what can be typed behind a slash.
type Command struct {
	Name  string // without the slash
	Also  string // further words for it, with blanks between them
	Usage string // how it is typed; P, S and N are numbers shown on the screen
	Does  string
	Group string // what it belongs to, for help
	// Shell is the command of a shell that does the same, with ID for the interview, NAME for the
	// customer and WORDS for what is searched; "" for none.
	Shell string
}

// Words returns all words for the command, the name first.
func (c Command) Words() []string { return append([]string{c.Name}, strings.Fields(c.Also)...) }

// Shows reports whether the command only shows something, and no line of a file can be it.
func (c Command) Shows() bool { return c.Group == groupShow || c.Group == InShell }

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
	groupLines     = "Lines, without a mark"
	groupShow      = "To look, and to leave"
)

// InShell is the group of what only a command of a shell does.
const InShell = "In a shell"

func commands() []command {
	rows := append(commandsInMeeting(), commandsAfter()...)
	for _, c := range commandsToShow() {
		rows = append(rows, command{c, readShown})
	}
	return rows
}

func commandsInMeeting() []command {
	return []command{
		{Command{"note", "text keep paraphrase meaning", "/note text", "a paraphrase, as a text without a mark", groupLines, ""}, readLine(KindParaphrase)},
		{Command{"quote", "verbatim said their-words", "/quote text", "as \"text", groupLines, ""}, readLine(KindQuote)},
		{Command{"observation", "observe observed saw what-you-saw", "/observation text", "as ~text", groupLines, ""}, readLine(KindObservation)},
		{Command{"strength", "value valued would-miss why-they-stay", "/strength text", "as =text", groupLines, ""}, readLine(KindStrength)},
		{Command{"thought", "think your-thought", "/thought text", "as >text", groupLines, ""}, readLine(KindThought)},
		{Command{"ask-later", "later follow-up to-ask-later", "/ask-later text", "as ?text", groupLines, ""}, readLine(KindFollowUp)},
		{Command{"promise", "promised next-step action-item todo task", "/promise text", "as +text", groupLines, ""}, readLine(KindPromise)},

		{Command{"person", "introduce add-person attendee participant", "/person Name, role [, ours|theirs]", "someone in the room", groupRoom, ""}, readPerson},
		{Command{"rename", "", "/rename NAME to NAME", "another name for somebody in the room", groupRoom, ""}, readRename},
		{Command{"consent", "permission permit", "/consent yes|no [name|role|none]", "consent to notes, and to quoting", groupRoom, ""}, readConsent},
		{Command{"adviser", "advisor", "/adviser NAME [yes|no]", "joins or leaves the board of advisers", groupRoom, ""}, readAdviser},

		{Command{"ask", "question goto ask-this", "/ask N", "the next lines answer question N", groupQuestions, ""}, readAsk},
		{Command{"next", "skip next-question", "/next", "the next lines answer the question after this one", groupQuestions, ""}, readNext},
		{Command{"stage", "phase section", "/stage NAME", "the next lines answer the first question of a stage", groupQuestions, ""}, readStage},

		{Command{"problem", "pain trouble issue make-a-problem", "/problem N [text]", "makes a problem of line N; without a number, of the text", groupProblems, ""}, readProblem},
		{Command{"impact", "weigh weight rate rating severity how-often how-bad cost costs bears tried wants", "/impact P how-often=… how-bad=1..5 costs=… bears=… tried=… wants=…", "weighs problem P: /weigh 2 every week, 4, half a day", groupProblems, ""}, readImpact},
		{Command{"playback", "yes nearly no confirm confirmed read-back ok okay right ja oui si almost wrong nein non nee", "/playback P yes|nearly|no [by NAME] [: correction]", "the customer's answer to the playback of P", groupProblems, ""}, readPlayback},
		{Command{"aside", "set-aside park not-now dismiss", "/aside P [: reason]", "not a problem for now", groupProblems, ""}, readAside},
		{Command{"take-up", "take-up-again resume unpark", "/take-up P", "takes up again what was set aside", groupProblems, ""}, readTakeUp},
		{Command{"raised", "came-up", "/raised P unprompted|asked", "how problem P came up", groupProblems, ""}, readRaised},
		{Command{"left-out", "whats-left-out what-is-left-out", "/left-out [text]", `what the customer said is missing; empty means "nothing"`, groupProblems, ""}, readLeftOut},
		{Command{"tie", "link evidence", "/tie N P", "line N shows problem P", groupProblems, ""}, readTie},
		{Command{"untie", "unlink", "/untie N", "line N shows no problem", groupProblems, ""}, readUntie},
		{Command{"join", "join-with merge same same-as duplicate", "/join P P | NAME with NAME", "the first problem, or person, is the same as the second", groupProblems, ""}, readJoin},

		{Command{"solve", "solution idea work-it-out workout solving propose proposal", "/solve P[,P…] text", "a solution, once unlocked", groupSolutions, ""}, readSolve},
		{Command{"respect", "respects constraint", "/respect P text", "what a good answer to P must respect", groupSolutions, ""}, readRespect},
		{Command{"advise", "advice advised", "/advise P text", "what we advised (locked like a solution)", groupSolutions, ""}, readAdvise},
		{Command{"share", "split parts", "/share S ours=… theirs=…", "who does which part of solution S", groupSolutions, ""}, readShare},
		{Command{"react", "reaction reacted", "/react S text", "the customer's reaction to solution S", groupSolutions, ""}, readReact},
		{Command{"agree", "agreed accept accepted", "/agree S", "the customer agreed to solution S", groupSolutions, ""}, readAgree},
		{Command{"decline", "declined reject rejected", "/decline S", "the customer declined solution S", groupSolutions, ""}, readDecline},
	}
}

func commandsAfter() []command {
	return []command{
		{Command{"route", "carry carry-to department forward escalate", "/route P department [@owner] [due …]", "carries P to a department", groupPromises, ""}, readRoute},
		{Command{"answer", "answered reply replied", "/answer N text", "what the department answered to route N", groupPromises, ""}, readAnswer},
		{Command{"due", "deadline by-when when", "/due N DAY|none", "the day of promise or route N, or that it has none", groupPromises, ""}, readDue},
		{Command{"done", "finished complete completed tick check-off", "/done N", "a promise is done", groupPromises, ""}, readDone},
		{Command{"told", "tell informed were-told", "/told N", "the customer was told", groupPromises, ""}, readTold},

		{Command{"reword", "rephrase wording put-in-other-words", "/reword P text", "puts problem P in other words", groupEdits, ""}, readReword},
		{Command{"theme", "tag label", "/theme P #a #b -#c", "adds themes to problem P and takes others off", groupEdits, ""}, readTheme},
		{Command{"fix", "edit correct change update amend", "/fix N text", "corrects line, promise or route N, problem p2 or solution s1", groupEdits, ""}, readFix},
		{Command{"drop", "delete remove del rm", "/drop N|@NAME", "drops line, promise or route N, problem p2, solution s1 or a person", groupEdits, ""}, readDrop},
		{Command{"pick", "pick-one which-one prefer", "/pick N [FIELD] [VALUE]", "of two values the one that holds; without VALUE, which ones stand", groupEdits, ""}, readPick},
		{Command{"undo", "take-back cancel", "/undo", "takes back what was done last, also after a restart", groupEdits, ""}, readUndo},
		{Command{"redo", "bring-back", "/redo", "brings it back", groupEdits, ""}, readRedo},

		{Command{"outcome", "result how-it-ended worked-out no-fit more-to-learn", "/outcome worked-out|no-fit|more-to-learn", "how it ended", groupInterview, ""}, readOutcome},
		{Command{"end", "finish", "/end", "ends the interview", groupInterview, ""}, readEnd},
		{Command{"reopen", "", "/reopen", "opens it again", groupInterview, ""}, readReopen},
	}
}

// commandsToShow are the words for what is only shown. On a screen they open it, at the prompt of
// hark take they print it, and Shell does it anywhere.
func commandsToShow() []Command {
	return []Command{
		{"help", "keys manual shortcuts usage h ? hilfe aide ayuda", "/help", "all that can be typed, and every key", groupShow, "hark help take"},
		{"commands", "menu palette all", "/commands", "all commands, found by typing", groupShow, "hark help take"},
		{"who", "people names room attendees who-is-here somebody", "/who", "who is here: name, role, side", groupShow, "hark show ID"},
		{"problems", "their-problems pains issues", "/problems", "the problems, and how far each has come", groupShow, "hark show ID"},
		{"questions", "agenda script prev previous", "/questions", "all questions with their numbers", groupShow, "hark show ID"},
		{"lines", "notes record what-they-said select choose", "/lines", "the lines kept so far", groupShow, "hark show ID"},
		{"missing", "gate status locked before-solutions-unlock go-to-what-is-missing", "/missing", "what is still missing before solutions unlock", groupShow, "hark show ID"},
		{"to-settle", "settle unsettled doubts doubt", "/to-settle", "what was not understood, or is in doubt", groupShow, "hark show ID"},
		{"promises", "todos tasks next-steps owed routes owner owners", "/promises", "who owes what, by when", groupShow, "hark promises"},
		{"told-before", "earlier before met-before history", "/told-before", "what they told us in earlier meetings", groupShow, "hark customers NAME"},
		{"review", "read show view", "/review", "this interview, to read from the start", groupShow, "hark show ID"},
		{"export", "save download file files markdown html csv excel json pdf print", "/export", "writes it as Markdown, to pass on", groupShow, "hark export ID"},
		{"library", "home list open interviews meetings back", "/library", "back to the library", groupShow, "hark list"},
		{"search", "find grep", "/search words", "everything that was said with these words", groupShow, "hark search WORDS"},
		{"insight", "insights themes report statistics", "/insight", "themes over all interviews, and what weighs most", groupShow, "hark themes"},
		{"advisers", "advisors board", "/advisers", "who may be asked again", groupShow, "hark advisers"},
		{"quit", "exit leave bye q close log-out leave-hark", "/quit", "leaves; everything is kept", groupShow, ""},

		{"recap", "summary mail email send", "/recap", "recap for the customer", InShell, "hark recap ID"},
		{"copy", "copy-unsaved clipboard", "/copy", "the interview as text, to copy", InShell, "hark show ID"},
		{"customer", "customers account company", "/customer", "everything with a customer", InShell, "hark customers"},
		{"new", "start begin create meeting interview", "/new", "begins an interview", InShell, "hark new CUSTOMER"},
		{"card", "page paper", "/card", "card with the questions, to print", InShell, "hark card"},
		{"playbooks", "playbook template guide", "/playbooks", "playbooks of your own", InShell, "hark playbooks"},
		{"settings", "config configuration preferences options colours setup", "/settings", "settings", InShell, "hark config"},
		{"backup", "", "/backup", "backup of the notebook", InShell, "hark backup FILE"},
		{"restore", "", "/restore", "puts a backup back", InShell, "hark restore FILE"},
		{"doctor", "repair damage check", "/doctor", "check of the notebook", InShell, "hark doctor"},
		{"import", "load", "/import", "import of an export", InShell, "hark import FILE"},
		{"erase", "forget privacy gdpr", "/erase", "erases for good, backups too", InShell, "hark erase ID"},
	}
}

// sameWords reports whether a name is a word of the table, without regard to case, dashes and
// blanks. begun: the name may be the beginning of the word.
func sameWords(name, word string, begun bool) bool {
	at := 0
	for _, r := range name {
		for at < len(word) && word[at] == '-' {
			at++
		}
		switch {
		case r == '-' || unicode.IsSpace(r):
		case at == len(word) || unicode.ToLower(r) != rune(word[at]):
			return false
		default:
			at++
		}
	}
	return begun || at == len(word)
}

// isCalled reports whether a name is a word for the command.
func (c Command) isCalled(name string) bool {
	return slices.ContainsFunc(c.Words(), func(word string) bool { return sameWords(name, word, false) })
}

// mostWords is how many words the name of a command can have when it is typed with blanks: "set
// aside" is "set-aside".
const mostWords = 5

// nameEnds returns where the first words of a text end, at most as many as a name can have. A
// colon ends a name.
func nameEnds(text string) (ends []int) {
	for i, r := range text + " " {
		if (unicode.IsSpace(r) || r == ':') && (i == 0 || !unicode.IsSpace(rune(text[i-1]))) {
			ends = append(ends, i)
		}
		if r == ':' || len(ends) == mostWords {
			break
		}
	}
	return ends
}

// leastBeginning is how many letters of a name stand for all of it: of fewer, one too many begin
// so.
const leastBeginning = 2

// findCommand finds the command that a text begins with, which stands behind a slash: by the
// longest word for one, or else those of which the name begins so, what is done before what is only
// shown. rest has its blanks, or a colon, in front.
func findCommand(text string) (fit []command, name, rest string) {
	text = trimLeft(text)
	table, ends := commands(), nameEnds(text)
	for _, end := range slices.Backward(ends) {
		if name = strings.TrimRight(text[:end], "?!.,"); trimRight(name) != name || name == "" {
			name = text[:end] // a word of signs alone
		}
		rest = text[len(name):]
		if i := slices.IndexFunc(table, func(c command) bool { return name != "" && !strings.HasSuffix(name, "-") && c.isCalled(name) }); i >= 0 {
			return table[i : i+1], name, rest
		}
	}
	if len(name) < leastBeginning {
		return nil, name, rest
	}
	for _, c := range table {
		if !c.Shows() && sameWords(name, c.Name, true) {
			fit = append(fit, c)
		}
	}
	if fit == nil && strings.TrimSpace(rest) == "" {
		fit = slices.DeleteFunc(table, func(c command) bool { return !sameWords(name, c.Name, true) })
	}
	return fit, name, rest
}

// readCommand reads a command, from behind its slash.
func (in Context) readCommand(text, speaker string) (interview.Action, error) {
	fit, name, rest := findCommand(text)
	switch {
	case name == "":
		return nil, &Error{"There is no command behind the slash", "one, as in /playback 1 yes"}
	case len(fit) == 1:
		c := fit[0]
		a := in.args(c, name, rest)
		if a.by = speaker; speaker != "" && c.Group != groupLines && c.Name != "playback" && c.Name != "problem" {
			return nil, &Error{"/" + a.name + " takes nobody's name in front", shownLine("/" + a.name + rest)}
		}
		return c.do(a)
	case len(fit) > 1:
		names := make([]string, len(fit))
		for i, c := range fit {
			names[i] = "/" + c.Name
		}
		return nil, &Error{quoted("/"+name) + " is the beginning of several commands", plain.List(names, "or")}
	}
	return nil, in.unknownCommand(text)
}

// args returns what reads behind a command, which was typed by one of its words or by the beginning
// of one.
func (in Context) args(c command, typed, rest string) *args {
	name := c.Name
	for _, word := range c.Words() {
		if sameWords(typed, word, false) {
			name = word
			break
		}
	}
	return &args{command: c.Command, name: name, form: "/" + name + strings.TrimPrefix(c.Usage, "/"+c.Name), rest: rest, in: in}
}

// do reads what is behind the command. An error leaves no action.
func (c command) do(a *args) (interview.Action, error) {
	action, err := c.read(a)
	if err != nil {
		return nil, err
	}
	return action, nil
}

// unknownCommand names the command that was meant, with what was typed behind it where that makes
// sense. A line that is near to none is perhaps a text.
func (in Context) unknownCommand(text string) error {
	text = trimLeft(text)
	var words []string // as they are written together
	for _, c := range commands() {
		for _, word := range c.Words() {
			words = append(words, strings.ReplaceAll(word, "-", ""))
		}
	}
	ends := nameEnds(text)
	name, rest, near := text[:ends[0]], text[ends[0]:], ""
	for _, end := range slices.Backward(ends) {
		joined := strings.ToLower(strings.Join(strings.Fields(text[:end]), ""))
		if near == "" && !strings.ContainsFunc(joined, unicode.IsDigit) {
			rest, near = text[end:], nearest.Word(joined, words)
		}
	}
	if near == "" {
		near = nearest.Begun(name, words)
	}
	reason := "There is no command " + quoted("/"+name)
	switch {
	case near == "" && strings.TrimSpace(rest) == "":
		return &Error{reason, "/help for all of them"}
	case near == "":
		return &Error{reason, shownLine("/note /"+trimRight(text)) + " to keep it as a line, or /help for all commands"}
	}
	fit, near, _ := findCommand(near)
	a := in.args(fit[0], near, rest)
	form := a.form
	var opens *Opens
	if _, err := fit[0].do(a); err == nil || errors.As(err, &opens) && opens.Text != "" {
		form = shownLine("/" + a.name + trimRight(rest))
	}
	return &Error{reason, form}
}

// readShown is a command that only shows something. What stands behind it is no part of it, but for
// what is searched.
func readShown(a *args) (interview.Action, error) {
	what := strings.TrimSpace(a.rest)
	if a.command.Name != "search" {
		if err := a.end(); err != nil {
			return nil, err
		}
	}
	shell := "/" + a.name + " there"
	if a.command.Shell != "" {
		shell = a.command.Shell + " in a shell"
	}
	return nil, &Opens{
		Err:     &Error{"/" + a.name + " only shows something, on the screen or at the prompt of hark take", shell},
		Command: a.command.Name, Text: what, shell: a.command.Shell,
	}
}
