//go:build unix

// Package frames_test draws random frames through the real renderer in a real tmux, and in the
// emulator of the screen tests, and compares the display with the frame, character by character.
// README.md says how to run it; it is not part of an ordinary test run.
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

// The variables that make the test binary draw instead of test.
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

// newShow returns the show of a seed with the named kinds of text.
func newShow(seed uint64, names []string) show {
	s := show{seed: seed}
	for _, a := range alphabets() {
		if slices.Contains(names, a.name) {
			s.kinds = append(s.kinds, a)
		}
	}
	return s
}

// draw is the program that shows the frames, one per key.
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

// filter keeps the renderer measuring as hark does, whatever the terminal answers: see ui.Run.
func filter(_ tea.Model, msg tea.Msg) tea.Msg {
	if report, ok := msg.(tea.ModeReportMsg); ok && report.Mode == ansi.ModeUnicodeCore {
		return nil
	}
	return msg
}

// player is the model that shows the frames.
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

// terminal is a terminal that frames are drawn on.
type terminal interface {
	next() // a key
	resize(width, height int)
	screen() string // lines without trailing blanks
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

// chosen returns the kinds of text to draw on a terminal, and logs why others are left out.
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

// The first size of a show, and the number of frames after which the size changes.
const (
	width, height = 100, 30
	resizeEvery   = 10
)

// play shows the frames and compares each.
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

// linesOf returns the lines of a frame without styles and trailing blanks.
func linesOf(frame string) []string { return trimmed(ansi.Strip(frame)) }

// trimmed returns the lines of a text without trailing blanks.
func trimmed(text string) []string {
	lines := strings.Split(text, "\n")
	for i := range lines {
		lines[i] = strings.TrimRight(lines[i], " ")
	}
	return lines
}

// patience is the longest wait for a frame.
const patience = 10 * time.Second

// compare waits for the frame and returns the lines in which it differs.
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
	if diff != "" { // the rest of the frame may be under way
		time.Sleep(200 * time.Millisecond)
		diff = differences(want, lines(at))
	}
	return diff
}

// lines returns the lines that a terminal shows.
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

// program returns the test binary as the program that draws.
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

// emulator is the emulator of package uitest.
type emulator struct{ *ptytest.Terminal }

func newEmulator(t *testing.T, kinds []string) emulator {
	return emulator{ptytest.Start(t, program(t, kinds, "TERM=xterm-256color", "COLORTERM=truecolor"), ptytest.Config{Width: width, Height: height})}
}

func (e emulator) next()                    { e.Type("n") }
func (e emulator) resize(width, height int) { e.Resize(width, height) }
func (e emulator) screen() string           { return e.Screen() }

// tmux is a separate server, apart from the user's own.
type tmux struct {
	t      *testing.T
	socket string
	env    []string
}

func newTmux(t *testing.T, kinds []string) tmux {
	t.Helper()
	cmd := program(t, kinds)
	tm := tmux{t, filepath.Join(t.TempDir(), "tmux"), cmd.Env} // the server passes on its environment
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
