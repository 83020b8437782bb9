package uitest_test

import (
	"fmt"
	"image/color"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	tea "charm.land/bubbletea/v2"

	"hark/ui/uitest"
)

// probe is a model that shows the messages it got.
type probe struct {
	width, height int
	text          string
	keys          []string
	notes         []string
	dark          string
}

type slowMsg string

func (p probe) Init() tea.Cmd { return tea.RequestBackgroundColor }

func (p probe) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		p.width, p.height = msg.Width, msg.Height
	case tea.BackgroundColorMsg:
		p.dark = fmt.Sprint("dark background: ", msg.IsDark())
	case tea.PasteMsg:
		p.text += "[" + strings.ReplaceAll(msg.Content, "\n", "⏎") + "]"
	case tea.MouseClickMsg:
		p.notes = append(p.notes, fmt.Sprintf("click %d,%d", msg.X, msg.Y))
	case tea.MouseWheelMsg:
		p.notes = append(p.notes, msg.Button.String())
	case slowMsg:
		p.notes = append(p.notes, string(msg))
	case tea.KeyPressMsg:
		if msg.Text != "" {
			p.text += msg.Text
			return p, nil
		}
		switch msg.String() {
		case "ctrl+t":
			return p, tea.Tick(5*time.Second, func(time.Time) tea.Msg { return slowMsg("slow work is done") })
		case "ctrl+r":
			return p, func() tea.Msg {
				done := make(chan string)
				go func() {
					sum := 0
					for i := range 5_000_000 {
						sum += i % 7
					}
					done <- fmt.Sprint("summed up ", sum)
				}()
				return slowMsg(<-done)
			}
		case "ctrl+q":
			return p, tea.Quit
		}
		p.keys = append(p.keys, msg.String())
	}
	return p, nil
}

func (p probe) View() tea.View {
	lines := []string{
		fmt.Sprintf("%d by %d", p.width, p.height),
		p.dark,
		"text ▸ " + p.text,
		"keys ▸ " + strings.Join(p.keys, " "),
	}
	view := tea.NewView(strings.Join(append(lines, p.notes...), "\n"))
	view.AltScreen = true
	view.MouseMode = tea.MouseModeCellMotion
	if p.text != "" {
		view.Cursor = tea.NewCursor(7+width(p.text), 2)
	}
	return view
}

// width measures the few texts of these tests.
func width(s string) int {
	cells := 0
	for _, r := range s {
		cells++
		if r >= 0x1100 && r != '⏎' {
			cells++
		}
	}
	return cells
}

func TestGoldenScreen(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		term := uitest.Start(t, probe{}, uitest.Size(50, 8))
		term.Type("Wir schweißen 焼け直し twice.")
		term.Press("enter", "shift+tab", "ctrl+left", "alt+b", "f1")
		term.Press("A", "?", "space", "+")
		term.Golden("probe")
	})
}

func TestCursor(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		term := uitest.Start(t, probe{})
		if _, _, visible := term.Cursor(); visible {
			t.Error("the cursor shows although the model asks for none")
		}
		term.Type("焼け")
		if x, y, visible := term.Cursor(); x != 11 || y != 2 || !visible {
			t.Errorf("the cursor is at %d,%d (visible: %v), want 11,2", x, y, visible)
		}
	})
}

func TestResize(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		term := uitest.Start(t, probe{}, uitest.Size(40, 10))
		term.Type("焼け直し焼け直し")
		term.Resize(20, 5)
		want := "20 by 5\ndark background: tru\ntext ▸ 焼け直し焼け\nkeys ▸\n\n"
		if got := term.Screen(); got != want {
			t.Errorf("after shrinking the screen is\n%s\nwant\n%s", got, want)
		}
		term.Resize(60, 6)
		if got := term.Screen(); !strings.HasPrefix(got, "60 by 6\n") || !strings.Contains(got, "text ▸ 焼け直し焼け直し\n") {
			t.Errorf("after growing the screen is\n%s", got)
		}
	})
}

func TestPaste(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		term := uitest.Start(t, probe{})
		term.Paste("first\nsecond 焼")
		if got := term.Screen(); !strings.Contains(got, "[first⏎second 焼]\n") {
			t.Errorf("the paste arrived as\n%s", got)
		}
	})
}

func TestMouse(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		term := uitest.Start(t, probe{})
		term.Click(12, 3)
		term.Wheel(1, 1, 2)
		term.Wheel(1, 1, -1)
		if got := term.Screen(); !strings.Contains(got, "click 12,3\nwheeldown\nwheeldown\nwheelup\n") {
			t.Errorf("the mouse arrived as\n%s", got)
		}
	})
}

func TestBackground(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		term := uitest.Start(t, probe{}, uitest.Background(color.White))
		if got := term.Screen(); !strings.Contains(got, "dark background: false\n") {
			t.Errorf("the terminal's answer arrived as\n%s", got)
		}
	})
}

func TestSlowWork(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		term := uitest.Start(t, probe{})
		term.Press("ctrl+r")
		if got := term.Screen(); !strings.Contains(got, "summed up 14999995\n") {
			t.Errorf("Press did not wait for the work:\n%s", got)
		}
		term.Press("ctrl+t")
		if got := term.Screen(); strings.Contains(got, "slow work is done") {
			t.Errorf("Press let five seconds pass:\n%s", got)
		}
		term.After(5 * time.Second)
		if got := term.Screen(); !strings.Contains(got, "slow work is done\n") {
			t.Errorf("five seconds later:\n%s", got)
		}
	})
}

func TestQuit(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		term := uitest.Start(t, probe{})
		term.Type("kept")
		term.Press("ctrl+t") // still sleeping when the program ends
		if term.Ended() {
			t.Fatal("ended before it was asked to")
		}
		term.Press("ctrl+q")
		if !term.Ended() {
			t.Error("still runs")
		}
		if p, ok := term.Quit().(probe); !ok || p.text != "kept" {
			t.Errorf("the last model is %#v", p)
		}
	})
}
