//go:build unix

package cli_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/creack/pty"
)

// patience is how long a test waits for what must come; the machine may be busy.
const patience = 20 * time.Second

// person is somebody at a terminal on which hark runs.
type person struct {
	t       *testing.T
	cmd     *exec.Cmd
	pty     *os.File
	mu      sync.Mutex
	seen    bytes.Buffer
	read    int // how much of it was waited for already
	changed chan struct{}
}

// sit starts hark on a terminal of its own.
func sit(t *testing.T, home string, args ...string) *person {
	t.Helper()
	return sitAt(t, homeEnv(home), args...)
}

func sitAt(t *testing.T, env []string, args ...string) *person {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 3*patience)
	t.Cleanup(cancel)
	cmd := exec.CommandContext(ctx, "hark", args...)
	cmd.Env = env
	return sitWith(t, cmd)
}

func sitWith(t *testing.T, cmd *exec.Cmd) *person {
	t.Helper()
	p := &person{t: t, cmd: cmd, changed: make(chan struct{}, 1)}
	f, err := pty.StartWithSize(p.cmd, &pty.Winsize{Rows: 24, Cols: 80})
	if err != nil {
		t.Skipf("this machine has no pseudo-terminals: %v", err)
	}
	p.pty = f
	t.Cleanup(func() { _ = f.Close() })
	go func() {
		buf := make([]byte, 4096)
		for {
			n, err := f.Read(buf)
			p.mu.Lock()
			p.seen.Write(buf[:n])
			p.mu.Unlock()
			select {
			case p.changed <- struct{}{}:
			default:
			}
			if err != nil {
				return
			}
		}
	}()
	return p
}

func homeEnv(home string) []string {
	return append(os.Environ(), "HOME="+home, "XDG_DATA_HOME="+home, "XDG_CONFIG_HOME="+home, "HARK_DB=", "TERM=xterm", "COLORTERM=", "GORACE="+hurry)
}

// sees waits until all of these texts have come, in this order, after what was seen before.
func (p *person) sees(texts ...string) {
	p.t.Helper()
	deadline := time.After(patience)
	for _, text := range texts {
		for !p.find(text) {
			select {
			case <-p.changed:
			case <-deadline:
				p.t.Fatalf("%q does not come; seen so far:\n%s", text, p.all())
			}
		}
	}
}

// find looks for text in what has come.
func (p *person) find(text string) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	fresh := p.seen.Bytes()[p.read:]
	i := bytes.Index(fresh, []byte(text))
	if i < 0 {
		return false
	}
	p.read += i + len(text)
	return true
}

func (p *person) all() string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.seen.String()
}

func (p *person) types(keys string) {
	p.t.Helper()
	if _, err := p.pty.WriteString(keys); err != nil {
		p.t.Fatal(err)
	}
}

// leaves waits for the end, and checks the exit code.
func (p *person) leaves(code int) {
	p.t.Helper()
	if got := codeOf(p.cmd.Wait()); got != code {
		p.t.Fatalf("exit code %d, want %d; seen:\n%s", got, code, p.all())
	}
}

func codeOf(err error) int {
	var exit *exec.ExitError
	switch {
	case err == nil:
		return 0
	case errors.As(err, &exit):
		return exit.ExitCode()
	}
	return -1
}

// run runs hark to its end, without a terminal.
func run(t *testing.T, home string, args ...string) string {
	t.Helper()
	cmd := exec.Command("hark", args...)
	cmd.Env = homeEnv(home)
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("hark %s: %v", strings.Join(args, " "), err)
	}
	return string(out)
}

const (
	ctrlC = "\x03"
	ctrlD = "\x04"
)

func TestTakeAtATerminal(t *testing.T) {
	home := t.TempDir()
	p := sit(t, home, "take", "--new", "Harbour Welding")
	p.sees("Harbour Welding, Listen first, ", "/help shows the rest", "Open, question 1 of 23:", "before the questions> ")
	p.types("\"We rework one weld in five.\n")
	p.sees("  1  quote        “We rework one weld in five.”", "before the questions> ")
	p.types("/next\n")
	p.sees("went to question 2\r\n", "Open, question 2 of 23:", "How long do we have", "answer to 2> ")
	p.types("/problems\n")
	p.sees("No problem yet")
	p.types("!\"One weld in five is done twice\n")
	p.sees("  2  problem 1    “One weld in five is done twice”")

	// What cannot be understood is shown again, and asked about.
	p.types("/playbak 1 yes\n")
	p.sees("There is no command “/playbak”; type /playback 1 yes", "Not kept yet: /playbak 1 yes", "or type it again> ")
	p.types("/help\n")
	p.sees("A line, by how it begins:", "or type it again> ")
	p.types("/theme 1 #scrap\n")
	p.sees("#scrap", "answer to 2> ")

	// Too early: what is missing, and where the text went.
	p.types("/solve 1 a counter on the skip\n")
	p.sees("  3  thought      a counter on the skip", "Too early for a solution; still missing: ", "answer to 2> ")
	p.types("/missing\n")
	p.sees("Before solutions unlock:", "done: a problem in their words", "still to do: ask what was left out", "Next: ")

	// A weighed problem is offered as sentences to read aloud.
	p.types("/impact 1 how-often=\"every Friday\"\n")
	p.sees("weighed problem 1", "Problem 1 can be played back", "You said: “One weld in five is done twice.”", "It comes up every Friday.", "yes, no, or nearly?")
	p.types("/playback 1 yes by Ana\n")
	p.sees("playback of problem 1: yes", "Ana is new, on their side")
	p.types("/left-out\n")
	p.sees("That is everything: solutions can be worked out now", "What you thought of earlier:", "  3  a counter on the skip", "> ")
	p.types("/problems\n")
	p.sees("problem 1, confirmed: “One weld in five is done twice”", "  how often: every Friday")
	p.types("/stage work\n")
	p.sees("Work it out together, question 20 of 23:", "Solutions can be worked out: /solve P text.", "answer to 20> ")
	p.types("/questions\n")
	p.sees("Open:", "  2. asked: ", "  20. now: ", "/ask N goes to a question")
	p.types("/help\n")
	p.sees("A line, by how it begins:", "/playback P yes|nearly|no", "/quit  leaves")

	// The first Ctrl+C only says so, and what was being typed is still there.
	p.types("half a ")
	p.sees("half a ")
	p.types(ctrlC)
	p.sees("Ctrl+C once more leaves", "answer to 20> ")
	p.types("line\n")
	p.sees("  4  paraphrase   half a line", "answer to 20> ")
	p.types("/end\n")
	p.sees("ended", "recalled, after the end> ")
	p.types("/quit\n")
	p.sees("Harbour Welding is kept as ")
	p.leaves(0)
	if all := p.all(); strings.ContainsRune(all, '\x1b') {
		t.Errorf("something moves the cursor or has colours: %q", all)
	}

	// Going on with it says what is there.
	p = sit(t, home, "take", "harbour")
	p.sees("Harbour Welding, Listen first, ", ": 4 lines, 1 problem")
	p.types(ctrlD)
	p.sees("Harbour Welding is kept as ")
	p.leaves(0)
	if got := run(t, home, "show", "--json"); !strings.Contains(got, `"text": "half a line"`) {
		t.Errorf("the line typed around Ctrl+C was not kept:\n%s", got)
	}
}

func TestTakeLeavesNothingEmpty(t *testing.T) {
	for name, keys := range map[string]string{"Ctrl+D": ctrlD, "/quit": "/quit\n", "Ctrl+C twice": ctrlC} {
		t.Run(name, func(t *testing.T) {
			home := t.TempDir()
			p := sit(t, home, "take", "--new", "Acme")
			p.sees("before the questions> ")
			p.types("\n   \n/missing\n/help\n")
			p.sees("P, S and N are the numbers", "> ")
			p.types(keys)
			if keys == ctrlC {
				p.sees("Ctrl+C once more leaves", "> ")
				p.types(ctrlC)
			}
			p.sees("Nothing was kept, so there is no interview with Acme")
			p.leaves(0)
			if got := run(t, home, "list"); got != "" {
				t.Errorf("an empty interview is left: %s", got)
			}
		})
	}
}

// A line that is not understood is kept as it is unless it is typed again, whatever comes next.
func TestTakeKeepsWhatIsNotUnderstood(t *testing.T) {
	home := t.TempDir()
	p := sit(t, home, "take", "--new", "Acme")
	p.sees("before the questions> ")
	p.types("/impcat 1 3\n")
	p.sees("There is no command “/impcat”", "Not kept yet: /impcat 1 3", "or type it again> ")
	p.types("\n")
	p.sees("  1  unsettled    /impcat 1 3", "before the questions> ")
	p.types("/done 9\n")
	p.sees("There is no number 9 here", "or type it again> ")
	p.types("The skip is full\n")
	p.sees("  2  unsettled    /done 9", "  3  paraphrase   The skip is full", "before the questions> ")
	p.types("/done 8\n")
	p.sees("or type it again> ")
	p.types("/dnoe 8\n")
	p.sees("There is no command “/dnoe”", "or type it again> ")
	p.types(ctrlD)
	p.sees("  4  unsettled    /dnoe 8", "Acme is kept as ", "3 things are to settle: hark open ")
	p.leaves(0)
	if got := run(t, home, "export", "--thoughts"); strings.Contains(got, "/") {
		t.Errorf("what is to settle is handed on:\n%s", got)
	}

	// What was pasted or typed ahead is no answer to a question that nobody could see.
	p = sit(t, home, "take", "--new", "Pasted")
	p.sees("before the questions> ")
	p.types("/impcat 1 3\n/dnoe 8\n")
	p.sees("  1  unsettled    /impcat 1 3", "There is no command “/dnoe”", "or type it again> ")
	p.types(ctrlD)
	p.sees("  2  unsettled    /dnoe 8")
	p.leaves(0)

	// A paste that looks like Markdown or mail is asked about once.
	const paste = "# Notes\n- one\n+ milk\n\n> quoted mail\n"
	p = sit(t, home, "take", "--new", "Board")
	p.sees("before the questions> ")
	p.types(paste)
	p.sees("looks like Markdown or mail, and 2 lines can be", "such as + milk", "or type marks> ")
	p.types("\n")
	p.sees("  1  paraphrase   # Notes", "  2  paraphrase   - one", "  3  paraphrase   + milk", "  4  paraphrase   > quoted mail", "before the questions> ")
	p.types(paste)
	p.sees("or type marks> ")
	p.types("marks\n")
	p.sees("  7  promise", "milk", "  8  thought", "quoted mail", "before the questions> ")
	p.types(paste)
	p.sees("or type marks> ")
	p.types("The skip is full\n")
	p.sees(" 12  paraphrase   > quoted mail", " 13  paraphrase   The skip is full")
	p.types(paste)
	p.sees("or type marks> ")
	p.types(ctrlD)
	p.sees(" 17  paraphrase   > quoted mail", "Board is kept as ")
	p.leaves(0)

	// Where no notes are allowed, nothing is asked and nothing kept.
	p = sit(t, home, "take", "--new", "Quiet")
	p.types("/consent no\n")
	p.sees("no notes allowed> ")
	p.types("/impcat 1 3\n")
	p.sees("Not kept: /impcat 1 3", "no notes allowed> ")
	p.types(ctrlD)
	p.leaves(0)
}

func TestTakeDebriefAtATerminal(t *testing.T) {
	p := sit(t, t.TempDir(), "take", "--new", "Acme", "--debrief")
	p.sees("recalled, before the questions> ")
	p.types("one\n")
	p.sees("  1  paraphrase   one")
	p.types(ctrlD)
	p.leaves(0)
}

// A file is a file, also when a person starts it.
func TestTakeFileAtATerminal(t *testing.T) {
	home := t.TempDir()
	file := filepath.Join(home, "notes.txt")
	if err := os.WriteFile(file, []byte("one\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	p := sit(t, home, "take", "--new", "Acme", file)
	p.sees("  1  paraphrase   one", "Acme is kept as ")
	p.leaves(0)
	if strings.Contains(p.all(), "question") {
		t.Errorf("there are prompts:\n%s", p.all())
	}
}

func TestNewAndOpenAtATerminal(t *testing.T) {
	home := t.TempDir()
	p := sit(t, home)
	p.sees("the app shows the library")
	p.leaves(0)

	p = sit(t, home, "new", "Harbour", "Welding", "--playbook", "gap")
	p.sees("the app shows Harbour Welding, ")
	p.leaves(0)

	p = sit(t, home, "new")
	p.sees("Who is the customer? ")
	p.types("Acme\n")
	p.sees("the app shows Acme, Here to there") // as with the last one
	p.leaves(0)

	p = sit(t, home, "new", "harbour")
	p.sees(`"harbour" is a new customer; "Harbour Welding" is known: hark new "Harbour Welding" begins with them`)
	p.sees("the app shows harbour, ")
	p.leaves(0)
	run(t, home, "erase", "--yes", "--customer", "harbour")

	p = sit(t, home, "new", "Later", "--ended", "later")
	p.sees("--ended: “later” is no time that hark knows")
	p.leaves(2)

	p = sit(t, home, "new")
	p.sees("Who is the customer? ")
	p.types(ctrlD)
	p.sees("No name, so no interview was begun")
	p.leaves(2)

	p = sit(t, home, "new")
	p.sees("Who is the customer? ")
	p.types(ctrlC)
	p.sees("stopped")
	p.leaves(130)

	p = sit(t, home, "open")
	p.sees("the app shows Acme, Here to there")
	p.leaves(0)
	p = sit(t, home, "open", "harbour", "w")
	p.sees("the app shows Harbour Welding")
	p.leaves(0)
	p = sit(t, home, "open", "nobody")
	p.sees(`There is no interview or customer "nobody"`)
	p.leaves(3)
	p = sit(t, home, "new", "Acme", "--playbook", "nonsense")
	p.sees(`No playbook is called "nonsense"`)
	p.leaves(3)

	p = sitAt(t, append(homeEnv(home), "TERM=dumb"), "new", "Acme")
	p.sees("The app needs a terminal that can place text (TERM is dumb); in plain lines: hark take --new CUSTOMER")
	p.leaves(2)
	if got := strings.Count(run(t, home, "list"), "\n"); got != 2 {
		t.Errorf("there are %d interviews, want 2", got)
	}
}

// Who has looked at the sample is told how commands look at it.
func TestDemoAtATerminal(t *testing.T) {
	home := t.TempDir()
	p := sit(t, home, "demo")
	p.sees("The sample notebook is ")
	p.sees("the app shows the library")
	p.sees("Commands look at it with --db: hark show harbour --db ")
	p.leaves(0)
}

func TestListAtATerminal(t *testing.T) {
	home := t.TempDir()
	file := filepath.Join(home, "notes.txt")
	if err := os.WriteFile(file, []byte("one\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for i := range 21 {
		run(t, home, "take", "--new", fmt.Sprintf("Customer %d", i), file)
	}
	p := sit(t, home, "list")
	p.sees("Customer 20 ", "Customer 1 ", "There are more: hark list --limit 0 shows all")
	p.leaves(0)
	if strings.Contains(p.all(), "Customer 0 ") {
		t.Errorf("more than twenty are listed:\n%s", p.all())
	}
	p = sit(t, home, "list", "--limit", "0")
	p.sees("Customer 20 ", "Customer 0 ")
	p.leaves(0)
	if got := strings.Count(run(t, home, "list"), "\n"); got != 21 {
		t.Errorf("into a pipe %d are listed, want 21", got)
	}
}

// A terminal that hands over whole lines drops what is beyond 4,095 bytes (macOS 1,024). hark takes
// the keys itself: nothing of a long line is lost, nor what follows it, pasted or typed ahead.
func TestTakeLongLinesAtATerminal(t *testing.T) {
	home := t.TempDir()
	p := sit(t, home, "take", "--new", "Acme")
	p.sees("before the questions> ")
	long, wide := strings.Repeat("We weld it twice. ", 300), strings.Repeat("溶接は二度。", 900)
	p.types(long + "end\nnext line\n" + wide + "終わり\n最後\n" + strings.Repeat("x", 70_000) + "\nlast\n")
	p.sees("  1  paraphrase   We weld it", "  2  paraphrase   next line", "  3  paraphrase   溶接", "  4  paraphrase   最後")
	p.sees("this line has 70000 bytes, and 65536 are the most", "  5  paraphrase   last", "before the questions> ")
	p.types(ctrlD)
	p.leaves(0)
	if all := p.all(); strings.Contains(all, "\uFFFD") {
		t.Errorf("a character was cut:\n%.2000s", all)
	}
	shown := run(t, home, "show", "--json")
	for _, text := range []string{long + "end", "next line", wide + "終わり", "最後", "last"} {
		if !strings.Contains(shown, `"text": "`+text+`"`) {
			t.Errorf("%.40s… was not kept whole", text)
		}
	}
}

// Arrows and other keys that type nothing are no text, and backspace takes back a whole character.
func TestTakeKeysAtATerminal(t *testing.T) {
	home := t.TempDir()
	p := sit(t, home, "take", "--new", "Acme")
	p.sees("before the questions> ")
	for keys, text := range map[string]string{
		"left\x1b[D\x1b[D\x1bOA right\x1b[1;5C\x1b[3~\x1b[200~ end\x1b[[A": "left right end",
		"a\x7fone\x08e":             "one",
		"溶接は\x7f\x7f接":              "溶接",
		"e\u0301\x7fan":             "an",
		"👩‍💻\x7f👍🏽ok":               "👍🏽ok",
		"wrong words\x15right":      "right",
		"two wrong\x17words":        "two words",
		"二つ　間違い\x17言葉":              "二つ　言葉",
		"alt \x1bX\x1bP\x1b] \x1bé": "alt XP] é",
		"tab\tand \x01control":      "tab\tand control",
		"drawn\x12 again":           "drawn again",
		"not\x04 the end":           "not the end",
		strings.Repeat("to and fro ", 12) + strings.Repeat("\x7f", 100) + "!": strings.Repeat("to and fro ", 12)[:32] + "!",
	} {
		p.types(keys + "\n")
		p.sees("  paraphrase   ", "before the questions> ")
		if got := run(t, home, "show", "--json"); !strings.Contains(got, fmt.Sprintf("%q", text)) {
			t.Errorf("%q is not kept as %q:\n%s", keys, text, got)
		}
	}
	p.types("half \x1b")
	time.Sleep(100 * time.Millisecond) // so that esc is a key of its own
	p.types("a line\n")
	p.sees("paraphrase   half a line", "> ")
	p.types("\xff\xfe\n")
	p.sees("not readable as UTF-8", "> ")
	p.types(ctrlD)
	p.leaves(0)
	if all := p.all(); strings.ContainsRune(all, '\x1b') {
		t.Errorf("something moves the cursor or has colours: %q", all)
	}
}

// Stopped with Ctrl+Z, hark gives the terminal back, and takes the keys again when it goes on.
func TestTakeStopsAtATerminal(t *testing.T) {
	home := t.TempDir()
	shell := exec.Command("sh", "-ic", `hark take --new Acme; stty -a | grep -o ' -\?icanon' ; fg; stty -a | grep -o ' -\?icanon'; echo over`)
	shell.Env = homeEnv(home)
	p := sitWith(t, shell)
	p.sees("before the questions> ")
	p.types("half ")
	p.sees("half ")
	p.types("\x1a")
	p.sees(" icanon", "before the questions> half ")
	p.types("a line\n")
	p.sees("  1  paraphrase   half a line", "> ")
	p.types(ctrlD)
	p.sees("Acme is kept as ", " icanon", "over")
	p.leaves(0)
}

// On a terminal with colours help sets titles and names off; anywhere else it is plain.
func TestHelpAtATerminal(t *testing.T) {
	p := sitAt(t, append(homeEnv(t.TempDir()), "COLORTERM=truecolor"), "--help")
	p.sees("\x1b[1mUsage:\x1b[m", "An interview as plain lines", "\x1b[1mFlags:\x1b[m", "\x1b[36m-h, --help\x1b[m")
	p.leaves(0)

	p = sitAt(t, append(homeEnv(t.TempDir()), "COLORTERM=truecolor"), "export", "--help")
	p.sees("--out DIR|FILE|-", "your own thoughts too")
	p.leaves(0)
	if strings.ContainsRune(p.all(), '`') {
		t.Errorf("the names of values have marks on them: %q", p.all())
	}

	for _, env := range []string{"COLORTERM=", "NO_COLOR=1", "TERM=dumb"} {
		p = sitAt(t, append(homeEnv(t.TempDir()), "COLORTERM=truecolor", env), "take", "--help")
		p.sees("Usage:", "  hark take [ID|CUSTOMER] [FILE] [flags]", "--debrief")
		p.leaves(0)
		if strings.ContainsRune(p.all(), '\x1b') {
			t.Errorf("with %s help is not plain: %q", env, p.all())
		}
	}
}

// At a terminal what was erased elsewhere and is here is named, and hark asks.
func TestImportAsksBeforeItErases(t *testing.T) {
	home := t.TempDir()
	lines := filepath.Join(home, "lines.txt")
	if err := os.WriteFile(lines, []byte("\"the orchard gate\nmore\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	run(t, home, "take", "--new", "Acme", lines)
	var shown struct{ ID string }
	if err := json.Unmarshal([]byte(run(t, home, "show", "Acme", "--json")), &shown); err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(home, "erased.json")
	if err := os.WriteFile(file, fmt.Appendf(nil, `{"id":%q,"erased":true}`, shown.ID), 0o600); err != nil {
		t.Fatal(err)
	}
	const question = "Erased elsewhere. Erase 1 interview here for good too? It cannot be undone. (y/n) "
	p := sit(t, home, "import", file)
	p.sees(shown.ID[:7], "Acme", "2 lines", question)
	p.types("\n")
	p.sees("Nothing was erased.")
	p.leaves(1)
	if got := run(t, home, "list"); !strings.Contains(got, "Acme") {
		t.Errorf("it is gone: %q", got)
	}
	p = sit(t, home, "import", file)
	p.sees(question)
	p.types("y\n")
	p.sees("1 interview is gone from the notebook for good.")
	p.leaves(0)
	if got := run(t, home, "list"); strings.Contains(got, "Acme") {
		t.Errorf("it is still there: %q", got)
	}
}
