package widget_test

import (
	"strings"
	"testing"
	"testing/synctest"

	tea "charm.land/bubbletea/v2"
	"charm.land/lipgloss/v2"

	"hark/ui/theme"
	"hark/ui/uitest"
	"hark/ui/widget"
)

// note is a small screen made of widgets: a list of lines, a capture box below it, and a menu over
// them while a command is typed.
type note struct {
	width, height int
	styles        theme.Styles
	entered       []string
	list          *widget.Scroller
	box           *widget.Capture
	menu          *widget.Menu
}

func newNote() note {
	n := note{styles: theme.New(theme.Dark()), list: &widget.Scroller{}, box: &widget.Capture{}, menu: &widget.Menu{}}
	n.list.Follow(true)
	n.menu.SetItems([]widget.MenuItem{{Title: "/ask", Detail: "which question"}, {Title: "/undo"}, {Title: "/solve", Why: "nothing is confirmed yet"}})
	return n
}

func (n note) Init() tea.Cmd { return nil }

func (n note) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		n.width, n.height = msg.Width, msg.Height
	case tea.MouseWheelMsg:
		n.list.Scroll(map[tea.MouseButton]int{tea.MouseWheelUp: -3, tea.MouseWheelDown: 3}[msg.Button])
	case tea.KeyPressMsg:
		if msg.String() == "enter" {
			n.entered = append(n.entered, n.box.Value())
			n.box.SetValue("")
		} else {
			n.box.Update(msg, n.boxRect().Width)
		}
	default:
		n.box.Update(msg, n.boxRect().Width)
	}
	n.menu.Filter(n.box.Value())
	inside := n.listRect().Inset(2, 1)
	n.list.Resize(inside.Width, inside.Height)
	n.list.SetItems(len(n.entered), func(i, width int, _ bool) []string { return []string{n.entered[i]} })
	return n, nil
}

func (n note) areas() []widget.Rect {
	whole := widget.Rect{Width: n.width, Height: n.height}
	return whole.Rows(widget.Share(1, 3), widget.Fixed(n.box.Height(n.width-2)))
}

func (n note) listRect() widget.Rect { return n.areas()[0] }

func (n note) boxRect() widget.Rect {
	return n.areas()[1].Columns(widget.Fixed(2), widget.Share(1, 1))[1]
}

func (n note) View() tea.View {
	list, box := n.listRect(), n.boxRect()
	block, cursor := n.box.View(box.Width, n.styles)
	frame := widget.Stack(
		widget.Box(widget.Frame{Title: "What they said"}, list.Width, list.Height, n.list.View().Lines, n.styles),
		widget.Columns(widget.NewBlock(2, block.Height(), []string{"▸"}), block),
	)
	if strings.HasPrefix(n.box.Value(), "/") {
		menu := widget.Box(widget.Frame{}, 32, n.menu.Len()+2, n.menu.View(28, n.menu.Len(), n.styles).Lines, n.styles)
		frame = widget.Overlay(frame, menu, 2, box.Y-menu.Height())
	}
	view := tea.NewView(frame.String())
	view.AltScreen, view.MouseMode = true, tea.MouseModeCellMotion
	view.Cursor = tea.NewCursor(box.X+cursor.X, box.Y+cursor.Y)
	return view
}

func TestOnAScreen(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		term := uitest.Start(t, newNote(), uitest.Size(36, 8))
		cursor := func(wantX, wantY int) {
			t.Helper()
			if x, y, visible := term.Cursor(); x != wantX || y != wantY || !visible {
				t.Errorf("the cursor is at %d,%d (visible: %v), want %d,%d", x, y, visible, wantX, wantY)
			}
		}
		cursor(2, 7)
		for _, text := range []string{"Es geht um Schweißnähte", "溶接を五回に一回やり直す", "one", "two", "three", "four"} {
			term.Type(text)
			term.Press("enter")
		}
		term.Type("溶接を five")
		term.Press("ctrl+left")
		cursor(2+7, 7)
		term.Golden("kept")

		term.Press("end")
		term.Paste(" times\nout of one hundred")
		cursor(2+7, 7)
		term.Golden("wrapped")

		term.Wheel(5, 3, -1)
		term.Press("ctrl+u")
		term.Type("/s")
		term.Golden("menu")

		term.Resize(30, 6)
		cursor(4, 5)
		term.Golden("narrow")
	})
}

// frame builds a full screen: boxes with styled lines of mixed widths.
func frame(width, height int) widget.Block {
	styles := theme.New(theme.Dark())
	lines := make([]string, height)
	for i := range lines {
		lines[i] = styles.Muted.Render("14:29 ") + styles.Quote.Render("“We rework about one weld in five, 溶接.”") + " " + styles.Text.Render("Ana")
	}
	left := widget.Box(widget.Frame{Title: "What they said", Focused: true}, width*2/3, height, lines, styles)
	right := widget.Box(widget.Frame{Title: "Their problems"}, width-width*2/3, height, lines, styles)
	return widget.Columns(left, right)
}

func BenchmarkFrame(b *testing.B) {
	for b.Loop() {
		frame(200, 50)
	}
}

func BenchmarkOverlay(b *testing.B) {
	base, top := frame(200, 50), frame(64, 12)
	b.Run("Overlay", func(b *testing.B) {
		for b.Loop() {
			_ = widget.Overlay(base, top, 60, 10).String()
		}
	})
	b.Run("lipgloss", func(b *testing.B) {
		for b.Loop() {
			_ = lipgloss.NewCompositor(lipgloss.NewLayer(base.String()), lipgloss.NewLayer(top.String()).X(60).Y(10).Z(1)).Render()
		}
	})
}
