//go:build unix

// Package frames_test draws random frames through the real renderer in a real tmux, and in the emulator that the tests of
// the screens look through, and compares what they show with what was to be drawn, character by character. The README
// beside it says how to run it; it is no part of an ordinary run of the tests.
package frames_test

import (
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"hark/ui/ptytest"
)

var (
	inTmux = flag.Bool("tmux", false, "compare random frames with a real tmux")
	count  = flag.Int("frames", 300, "with -tmux: how many frames")
	seed   = flag.Uint64("seed", 1, "with -tmux: which frames")
	kind   = flag.String("kind", "", "with -tmux: only this `KIND` of text, whether it is known to come out right or not")
)

// The variables by which the test binary knows that it is to draw instead of test.
const (
	seedVariable  = "FRAMES_SEED"
	kindsVariable = "FRAMES_KINDS" // by name, with commas between
)

func TestMain(m *testing.M) {
	if s := os.Getenv(seedVariable); s != "" {
		os.Exit(draw(s, os.Getenv(kindsVariable)))
	}
	os.Exit(m.Run())
}

// newShow is the show of a seed, of kinds of text by name.
func newShow(seed uint64, names []string) show {
	s := show{seed: seed}
	for _, a := range alphabets() {
		if slices.Contains(names, a.name) {
			s.kinds = append(s.kinds, a)
		}
	}
	return s
}

// draw is the program that shows the frames: any key brings the next.
func draw(seed, kinds string) int {
	n, err := strconv.ParseUint(seed, 10, 64)
	if err == nil {
		_, err = tea.NewProgram(&player{show: newShow(n, strings.Split(kinds, ","))}, tea.WithFPS(120), tea.WithFilter(filter)).Run()
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	return 0
}

// filter keeps the renderer measuring as hark does, whatever the terminal says: see ui.Run.
func filter(_ tea.Model, msg tea.Msg) tea.Msg {
	if report, ok := msg.(tea.ModeReportMsg); ok && report.Mode == ansi.ModeUnicodeCore {
		return nil
	}
	return msg
}

// player is the model that shows one frame after the other.
type player struct {
	show          show
	n             int
	width, height int
}

// Init implements tea.Model.
func (p *player) Init() tea.Cmd { return nil }

// Update implements tea.Model.
func (p *player) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		p.width, p.height = msg.Width, msg.Height
	case tea.KeyPressMsg:
		p.n++
	}
	return p, nil
}

// View implements tea.Model.
func (p *player) View() tea.View {
	var v tea.View
	v.AltScreen = true
	if p.width > 0 {
		v.SetContent(p.show.frame(p.n, p.width, p.height).String())
	}
	return v
}

// terminal is where frames are drawn.
type terminal interface {
	next() // a key
	resize(width, height int)
	screen() string // lines without the blanks at their ends
}

func TestAgainstTmux(t *testing.T) {
	if !*inTmux {
		t.Skip("draws in a real tmux, and only when asked: go test ./bench/frames -tmux")
	}
	t.Run("tmux", func(t *testing.T) {
		if _, err := exec.LookPath("tmux"); err != nil {
			t.Skip("there is no tmux on this machine")
		}
		kinds := chosen(t, "tmux", func(a alphabet) string { return a.tmux })
		play(t, newTmux(t, kinds), kinds)
	})
	t.Run("emulator", func(t *testing.T) {
		kinds := chosen(t, "the emulator", func(a alphabet) string { return a.emulator })
		play(t, newEmulator(t, kinds), kinds)
	})
}

// chosen returns the kinds of text to draw in a terminal and logs why the others are left out.
func chosen(t *testing.T, terminal string, limit func(alphabet) string) []string {
	t.Helper()
	var names []string
	for _, a := range alphabets() {
		switch why := limit(a); {
		case *kind == a.name, *kind == "" && why == "":
			names = append(names, a.name)
		case *kind == "":
			t.Logf("without %s: of %s, %s", a.name, terminal, why)
		}
	}
	if len(names) == 0 {
		t.Fatalf("there is no kind of text named %q", *kind)
	}
	return names
}

// The size that shows begin with, and after how many frames it changes.
const (
	width, height = 100, 30
	resizeEvery   = 10
)

// play shows the frames one after the other and compares each.
func play(t *testing.T, at terminal, kinds []string) {
	t.Helper()
	show := newShow(*seed, kinds)
	width, height := width, height
	wrong := 0
	for n := range *count {
		if n > 0 {
			at.next()
		}
		if n%resizeEvery == resizeEvery-1 {
			width, height = 60+n*37%81, 20+n*13%26
			at.resize(width, height)
		}
		want := linesOf(show.frame(n, width, height).String())
		if diff := compare(at, want); diff != "" {
			t.Errorf("frame %d at %d×%d:\n%s", n, width, height, diff)
			if wrong++; wrong == 5 {
				t.Fatal("and so on")
			}
		}
	}
	t.Logf("%d frames", *count)
}

// linesOf takes the styles and the blanks at the ends off what was to be drawn.
func linesOf(frame string) []string { return trimmed(ansi.Strip(frame)) }

// trimmed returns the lines of a text without the blanks at their ends.
func trimmed(text string) []string {
	lines := strings.Split(text, "\n")
	for i := range lines {
		lines[i] = strings.TrimRight(lines[i], " ")
	}
	return lines
}

// patience is how long a terminal gets to show a frame.
const patience = 10 * time.Second

// compare waits for the frame and says in which lines it differs from what was to be drawn.
func compare(at terminal, want []string) string {
	last := want[len(want)-1]
	for deadline := time.Now().Add(patience); ; time.Sleep(5 * time.Millisecond) {
		got := lines(at)
		if len(got) == len(want) && got[len(got)-1] == last {
			break
		}
		if time.Now().After(deadline) {
			return fmt.Sprintf("it never shows %q at the bottom, but\n%s", last, strings.Join(got, "\n"))
		}
	}
	diff := differences(want, lines(at))
	if diff != "" { // the rest of the frame may still be on its way
		time.Sleep(200 * time.Millisecond)
		diff = differences(want, lines(at))
	}
	return diff
}

// lines returns what a terminal shows.
func lines(at terminal) []string { return strings.Split(strings.TrimSuffix(at.screen(), "\n"), "\n") }

// differences shows the first lines that differ.
func differences(want, got []string) string {
	var diff strings.Builder
	shown := 0
	for y := range want {
		switch {
		case y < len(got) && want[y] == got[y]:
		case shown == 3:
			return diff.String() + "and more\n"
		case y < len(got):
			shown++
			fmt.Fprintf(&diff, "line %d, want %q\n         got %q\n", y, want[y], got[y])
		}
	}
	return diff.String()
}

// program is the test binary as the program that draws.
func program(t *testing.T, kinds []string, vars ...string) *exec.Cmd {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(self)
	cmd.Env = append([]string{
		seedVariable + "=" + strconv.FormatUint(*seed, 10), kindsVariable + "=" + strings.Join(kinds, ","), "LANG=C.UTF-8", "PATH=" + os.Getenv("PATH"),
	}, vars...)
	return cmd
}

// emulator is the emulator that uitest looks through.
type emulator struct{ *ptytest.Terminal }

func newEmulator(t *testing.T, kinds []string) emulator {
	return emulator{ptytest.Start(t, program(t, kinds, "TERM=xterm-256color", "COLORTERM=truecolor"), ptytest.Config{Width: width, Height: height})}
}

func (e emulator) next()                    { e.Type("n") }
func (e emulator) resize(width, height int) { e.Resize(width, height) }
func (e emulator) screen() string           { return e.Screen() }

// tmux is a server of its own, away from whatever the person here has running.
type tmux struct {
	t      *testing.T
	socket string
	env    []string
}

func newTmux(t *testing.T, kinds []string) tmux {
	t.Helper()
	cmd := program(t, kinds)
	tm := tmux{t, filepath.Join(t.TempDir(), "tmux"), cmd.Env} // the server hands its environment on
	columns, rows := strconv.Itoa(width), strconv.Itoa(height)
	tm.do("-f", os.DevNull, "new-session", "-d", "-x", columns, "-y", rows, cmd.Path,
		";", "set", "-g", "status", "off", ";", "set", "-g", "window-size", "manual",
		";", "resize-window", "-x", columns, "-y", rows)
	t.Cleanup(func() { tm.do("kill-server") })
	return tm
}

// do runs a tmux command and returns what it prints.
func (tm tmux) do(args ...string) string {
	tm.t.Helper()
	cmd := exec.Command("tmux", append([]string{"-u", "-S", tm.socket}, args...)...)
	cmd.Env = tm.env
	out, err := cmd.CombinedOutput()
	if err != nil {
		tm.t.Fatalf("tmux %s: %v\n%s", strings.Join(args, " "), err, out)
	}
	return string(out)
}

func (tm tmux) next() { tm.do("send-keys", "n") }

func (tm tmux) resize(width, height int) {
	tm.do("resize-window", "-x", strconv.Itoa(width), "-y", strconv.Itoa(height))
}

func (tm tmux) screen() string { return strings.Join(trimmed(tm.do("capture-pane", "-p")), "\n") }
