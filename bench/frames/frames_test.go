//go:build unix

// Package frames_test draws random frames through the real renderer in a real tmux and in the emulator that the tests of
// the screens look through, and compares both with what was to be drawn, character by character:
//
//	go test ./bench/frames -tmux
//
// It says which kinds of text come out right where, and is no part of an ordinary run of the tests.
package frames_test

import (
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
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
	seedVariable = "FRAMES_SEED"
	kindVariable = "FRAMES_KIND"
)

func TestMain(m *testing.M) {
	if s := os.Getenv(seedVariable); s != "" {
		os.Exit(draw(s, os.Getenv(kindVariable)))
	}
	os.Exit(m.Run())
}

// newShow is the show of a seed, of one kind of text or, for "", of all that come out right in both terminals.
func newShow(seed uint64, kind string) show {
	s := show{seed: seed}
	for _, a := range alphabets() {
		if a.name == kind || kind == "" && a.limit == "" {
			s.kinds = append(s.kinds, a)
		}
	}
	return s
}

// draw is the program that shows the frames: any key brings the next.
func draw(seed, kind string) int {
	n, err := strconv.ParseUint(seed, 10, 64)
	if err == nil {
		_, err = tea.NewProgram(&player{show: newShow(n, kind)}, tea.WithFPS(120), tea.WithFilter(filter)).Run()
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
	if _, err := exec.LookPath("tmux"); err != nil {
		t.Skip("there is no tmux on this machine")
	}
	width, height := 100, 30
	terminals := map[string]terminal{"tmux": newTmux(t, width, height), "the emulator": newEmulator(t, width, height)}
	show := newShow(*seed, *kind)
	if len(show.kinds) == 0 {
		t.Fatalf("there is no kind of text named %q", *kind)
	}
	wrong := 0
	for n := range *count {
		if n > 0 {
			for _, at := range terminals {
				at.next()
			}
		}
		if n%10 == 9 {
			width, height = 60+(n*37)%81, 20+(n*13)%26
			for _, at := range terminals {
				at.resize(width, height)
			}
		}
		want := linesOf(show.frame(n, width, height).String())
		for name, at := range terminals {
			if diff := compare(at, name, want, n); diff != "" {
				t.Errorf("frame %d at %d×%d in %s:\n%s", n, width, height, name, diff)
				if wrong++; wrong >= 20 {
					t.Fatal("and so on")
				}
			}
		}
	}
}

// linesOf takes the styles and the blanks at the ends off what was to be drawn.
func linesOf(frame string) []string {
	lines := strings.Split(ansi.Strip(frame), "\n")
	for i := range lines {
		lines[i] = strings.TrimRight(lines[i], " ")
	}
	return lines
}

// patience is how long a terminal gets to show a frame.
const patience = 10 * time.Second

// compare waits for the frame and says in which lines it differs from what was to be drawn.
func compare(at terminal, name string, want []string, n int) string {
	last := want[len(want)-1]
	var got []string
	for deadline := time.Now().Add(patience); ; {
		got = strings.Split(strings.TrimSuffix(at.screen(), "\n"), "\n")
		if len(got) == len(want) && strings.HasPrefix(got[len(got)-1], last) {
			break
		}
		if time.Now().After(deadline) {
			return fmt.Sprintf("it never shows %q:\n%s", last, strings.Join(got, "\n"))
		}
		time.Sleep(5 * time.Millisecond)
	}
	diff := differences(want, got)
	if diff != "" { // the rest of the frame may still be on its way
		time.Sleep(200 * time.Millisecond)
		diff = differences(want, strings.Split(strings.TrimSuffix(at.screen(), "\n"), "\n"))
	}
	return diff
}

func differences(want, got []string) string {
	var diff strings.Builder
	for y := range want {
		if y < len(got) && want[y] == got[y] {
			continue
		}
		fmt.Fprintf(&diff, "line %d, want %q\n", y, want[y])
		if y < len(got) {
			fmt.Fprintf(&diff, "         got  %q\n", got[y])
		}
	}
	return diff.String()
}

// program is the test binary as the program that draws.
func program(t *testing.T, vars ...string) *exec.Cmd {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(self)
	cmd.Env = append([]string{
		seedVariable + "=" + strconv.FormatUint(*seed, 10), kindVariable + "=" + *kind, "LANG=C.UTF-8", "PATH=" + os.Getenv("PATH"),
	}, vars...)
	return cmd
}

// emulator is the emulator that uitest looks through.
type emulator struct{ *ptytest.Terminal }

func newEmulator(t *testing.T, width, height int) emulator {
	return emulator{ptytest.Start(t, program(t, "TERM=xterm-256color", "COLORTERM=truecolor"), ptytest.Config{Width: width, Height: height})}
}

func (e emulator) next()                    { e.Type("n") }
func (e emulator) resize(width, height int) { e.Resize(width, height) }
func (e emulator) screen() string           { return e.Screen() }

// tmux is a server of its own, away from whatever the person here has running.
type tmux struct {
	t      *testing.T
	socket string
}

func newTmux(t *testing.T, width, height int) tmux {
	t.Helper()
	tm := tmux{t, filepath.Join(t.TempDir(), "tmux")}
	cmd := program(t)
	for _, variable := range cmd.Env {
		name, value, _ := strings.Cut(variable, "=")
		t.Setenv(name, value)
	}
	// For the server only: TestMain of this process has long run.
	tm.do("-f", "/dev/null", "new-session", "-d", "-x", strconv.Itoa(width), "-y", strconv.Itoa(height), cmd.Path,
		";", "set", "-g", "status", "off", ";", "set", "-g", "window-size", "manual",
		";", "resize-window", "-x", strconv.Itoa(width), "-y", strconv.Itoa(height))
	t.Cleanup(func() { tm.do("kill-server") })
	return tm
}

func (tm tmux) do(args ...string) string {
	tm.t.Helper()
	out, err := exec.Command("tmux", append([]string{"-u", "-S", tm.socket}, args...)...).CombinedOutput()
	if err != nil {
		tm.t.Fatalf("tmux %s: %v\n%s", strings.Join(args, " "), err, out)
	}
	return string(out)
}

func (tm tmux) next() { tm.do("send-keys", "n") }

func (tm tmux) resize(width, height int) {
	tm.do("resize-window", "-x", strconv.Itoa(width), "-y", strconv.Itoa(height))
}

func (tm tmux) screen() string {
	lines := strings.Split(strings.TrimSuffix(tm.do("capture-pane", "-p"), "\n"), "\n")
	for i := range lines {
		lines[i] = strings.TrimRight(lines[i], " ")
	}
	return strings.Join(lines, "\n")
}
