package widget_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"hark/ui/keymap"
	"hark/ui/screen"
	"hark/ui/widget"
)

// list is a list of items of given heights, and the scroller that shows it.
type list struct {
	heights       []int
	width, height int
	rendered      int // calls of render
	widget.Scroller
}

func newList(width, height int, heights ...int) *list {
	l := &list{width: width, height: height}
	l.Resize(width, height)
	l.set(heights...)
	return l
}

func (l *list) set(heights ...int) {
	l.heights = heights
	l.SetItems(len(heights), l.render)
}

// render draws item 3 as 3.0, 3.1, 3.2 and so on, with a mark when it is selected.
func (l *list) render(i, _ int, selected bool) []string {
	l.rendered++
	lines := make([]string, l.heights[i])
	for k := range lines {
		lines[k] = fmt.Sprintf("%d.%d", i, k)
		if selected {
			lines[k] += "*"
		}
	}
	return lines
}

// all returns every line of the list.
func (l *list) all() []string {
	var lines []string
	for i := range l.heights {
		item := l.render(i, l.width, i == l.Selected())
		if len(item) == 0 {
			item = []string{""}
		}
		lines = append(lines, item...)
	}
	return lines
}

func (l *list) shown() string {
	lines := plainText(l.View())
	for i, line := range lines {
		lines[i] = strings.TrimRight(line, " ")
	}
	return strings.Join(lines, " ")
}

func TestScroller(t *testing.T) {
	type step struct {
		do   string
		want string
	}
	for _, test := range []struct {
		name    string
		heights []int
		steps   []step
	}{
		{"empty", nil, []step{{"down", "   "}, {"bottom", "   "}, {"select 3", "   "}, {"down", "   "}, {"pageup", "   "}}},
		{"shorter than the view", []int{1, 1}, []step{{"", "0.0 1.0  "}, {"down", "0.0 1.0  "}, {"select 0", "0.0* 1.0  "}, {"down", "0.0 1.0*  "}, {"down", "0.0 1.0*  "}}},
		{"scrolling by lines", []int{2, 3, 1, 1}, []step{{"", "0.0 0.1 1.0 1.1"}, {"down", "0.1 1.0 1.1 1.2"}, {"scroll 2", "1.1 1.2 2.0 3.0"}, {"scroll 9", "1.1 1.2 2.0 3.0"}, {"up", "1.0 1.1 1.2 2.0"}, {"scroll -9", "0.0 0.1 1.0 1.1"}}},
		{"moving a selection", []int{1, 2, 1, 3, 1}, []step{
			{"select 0", "0.0* 1.0 1.1 2.0"}, {"down", "0.0 1.0* 1.1* 2.0"}, {"down", "0.0 1.0 1.1 2.0*"},
			{"down", "2.0 3.0* 3.1* 3.2*"}, {"down", "3.0 3.1 3.2 4.0*"}, {"up", "3.0* 3.1* 3.2* 4.0"}, {"up", "2.0* 3.0 3.1 3.2"}, {"top", "0.0* 1.0 1.1 2.0"}}},
		{"through an item taller than the view", []int{1, 9, 1}, []step{
			{"select 0", "0.0* 1.0 1.1 1.2"}, {"down", "1.0* 1.1* 1.2* 1.3*"}, {"down", "1.3* 1.4* 1.5* 1.6*"}, {"down", "1.5* 1.6* 1.7* 1.8*"},
			{"down", "1.6 1.7 1.8 2.0*"}, {"up", "1.0* 1.1* 1.2* 1.3*"}, {"up", "0.0* 1.0 1.1 1.2"}}},
		{"pages", []int{1, 1, 1, 1, 1, 1, 1, 1}, []step{
			{"select 0", "0.0* 1.0 2.0 3.0"}, {"pagedown", "3.0* 4.0 5.0 6.0"}, {"pagedown", "4.0* 5.0 6.0 7.0"}, {"pagedown", "4.0 5.0 6.0 7.0*"},
			{"pageup", "1.0* 2.0 3.0 4.0"}, {"pageup", "0.0* 1.0 2.0 3.0"}, {"bottom", "4.0 5.0 6.0 7.0*"}}},
		{"the wheel leaves the selection", []int{1, 1, 1, 1, 1, 1, 1, 1}, []step{
			{"select 1", "0.0 1.0* 2.0 3.0"}, {"scroll 3", "3.0 4.0 5.0 6.0"}, {"down", "2.0* 3.0 4.0 5.0"}}},
		{"following", []int{1, 1, 1}, []step{
			{"follow", "0.0 1.0 2.0 "}, {"add 2", "1.0 2.0 3.0 3.1"}, {"add 1", "2.0 3.0 3.1 4.0"}, {"up", "1.0 2.0 3.0 3.1"},
			{"add 1", "1.0 2.0 3.0 3.1"}, {"scroll 9", "3.0 3.1 4.0 5.0"}, {"add 1", "3.1 4.0 5.0 6.0"},
			{"scroll -1", "3.0 3.1 4.0 5.0"}, {"scroll 1", "3.1 4.0 5.0 6.0"}, {"add 1", "4.0 5.0 6.0 7.0"}}},
		{"following with a selection", []int{1, 1, 1, 1, 1}, []step{
			{"follow", "1.0 2.0 3.0 4.0"}, {"select 4", "1.0 2.0 3.0 4.0*"}, {"add 1", "2.0 3.0 4.0 5.0*"}, {"up", "2.0 3.0 4.0* 5.0"}, {"add 1", "2.0 3.0 4.0* 5.0"}}},
		{"items go", []int{1, 1, 1, 1, 1, 1}, []step{
			{"select 5", "2.0 3.0 4.0 5.0*"}, {"drop 3", "0.0 1.0 2.0* "}, {"drop 3", "   "}, {"add 1", "0.0   "}}},
		{"items shrink", []int{9, 1, 1, 1, 1, 1}, []step{{"scroll 5", "0.5 0.6 0.7 0.8"}, {"ones", "0.0 1.0 2.0 3.0"}, {"down", "1.0 2.0 3.0 4.0"}}},
		{"an item of no lines", []int{1, 0, 1}, []step{{"", "0.0  2.0 "}}},
	} {
		t.Run(test.name, func(t *testing.T) {
			l := newList(6, 4, test.heights...)
			for _, step := range test.steps {
				perform(l, step.do)
				mustMeasure(t, l.View(), 6, 4)
				if got := l.shown(); got != step.want {
					t.Fatalf("after %q the view is %q, want %q", step.do, got, step.want)
				}
			}
		})
	}
}

func TestScrollerResizeKeepsTheSelectionInView(t *testing.T) {
	l := newList(6, 4, 1, 1, 1, 1, 1, 1)
	l.Select(3)
	l.Resize(6, 2)
	if got, want := l.shown(), "2.0 3.0*"; got != want {
		t.Errorf("made lower, the view is %q, want %q", got, want)
	}
	l.Scroll(-9)
	l.Resize(6, 3)
	if got, want := l.shown(), "0.0 1.0 2.0"; got != want {
		t.Errorf("scrolled away and made higher, the view is %q, want %q", got, want)
	}
}

// perform runs one step of a test.
func perform(l *list, do string) {
	var n int
	word, number, _ := strings.Cut(do, " ")
	if number != "" {
		if _, err := fmt.Sscan(number, &n); err != nil {
			panic(err)
		}
	}
	switch word {
	case "select":
		l.Select(n)
	case "scroll":
		l.Scroll(n)
	case "follow":
		l.Follow(true)
	case "add":
		l.set(append(slices.Clone(l.heights), n)...)
	case "ones":
		l.set(slices.Repeat([]int{1}, len(l.heights))...)
	case "drop":
		l.set(l.heights[:len(l.heights)-n]...)
	default:
		screen.Move(&l.Scroller, keymap.Action("list."+word))
	}
}

// TestScrollerShowsAPieceOfTheList compares the view with the whole list.
func TestScrollerShowsAPieceOfTheList(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		anyHeights := rapid.SliceOfN(rapid.IntRange(0, 7), 0, 12)
		height := rapid.IntRange(1, 6).Draw(t, "height")
		l := newList(8, height, anyHeights.Draw(t, "heights")...)
		l.Follow(rapid.Bool().Draw(t, "follow"))
		for range rapid.IntRange(1, 12).Draw(t, "steps") {
			keys := []string{"up", "down", "pageup", "pagedown", "top", "bottom"}
			do := rapid.SampledFrom(append(keys, "select", "scroll", "add", "set", "resize")).Draw(t, "do")
			switch do {
			case "select":
				l.Select(rapid.IntRange(-1, 12).Draw(t, "item"))
			case "scroll":
				l.Scroll(rapid.IntRange(-20, 20).Draw(t, "lines"))
			case "add":
				l.set(append(slices.Clone(l.heights), 2)...)
			case "set":
				l.set(anyHeights.Draw(t, "heights")...)
			case "resize":
				height = rapid.IntRange(1, 6).Draw(t, "height")
				l.Resize(8, height)
			default:
				screen.Move(&l.Scroller, keymap.Action("list."+do))
			}
			checkPiece(t, l, height, do)
		}
	})
}

// checkPiece fails unless the view is a piece of the list, full if possible, and reports its
// position correctly.
func checkPiece(t *rapid.T, l *list, height int, do string) {
	all, view := l.all(), plainText(l.View())
	for i := range view {
		view[i] = strings.TrimRight(view[i], " ")
	}
	if want := min(len(all), height); slices.Contains(view[:want], "") && !slices.Contains(all, "") {
		t.Fatalf("after %s the view has blank lines: %q", do, view)
	}
	offset := -1
	for at := 0; at+min(len(all), height) <= len(all); at++ {
		if slices.Equal(all[at:at+min(len(all), height)], view[:min(len(all), height)]) {
			offset = at
			break
		}
	}
	if offset < 0 {
		t.Fatalf("after %s the view %q is no piece of the list %q", do, view, all)
	}
	if selected := l.Selected(); selected >= len(l.heights) || selected < -1 {
		t.Fatalf("after %s item %d of %d is selected", do, selected, len(l.heights))
	}
	keeps := []string{"up", "down", "pageup", "pagedown", "top", "bottom", "select"}
	if l.Selected() >= 0 && l.heights[l.Selected()] > 0 && slices.Contains(keeps, do) && !strings.Contains(strings.Join(view, " "), "*") {
		t.Fatalf("after %s the selected item %d is not in view: %q", do, l.Selected(), view)
	}
	if do == "bottom" && !slices.Contains(all, "") && offset+height < len(all) {
		t.Fatalf("after end the view stands at line %d of %d", offset, len(all))
	}
	for y, line := range view {
		item, ok := l.ItemAt(y)
		if want := y < len(all); ok != want {
			t.Fatalf("row %d holds an item: %v, want %v", y, ok, want)
		}
		if ok && line != "" && !strings.HasPrefix(line, fmt.Sprintf("%d.", item)) {
			t.Fatalf("row %d shows %q but is item %d", y, line, item)
		}
	}
	if above, below := l.Hidden(); (above > 0) != (offset > 0) && !slices.Contains(all, "") ||
		(below > 0) != (offset+height < len(all)) && !slices.Contains(all, "") {
		t.Fatalf("%d items above and %d below are hidden, at line %d of %d", above, below, offset, len(all))
	}
}

// TestScrollerCost asserts that the cost does not depend on the length of the list.
func TestScrollerCost(t *testing.T) {
	const count, height = 100_000, 40
	heights := make([]int, count)
	for i := range heights {
		heights[i] = 1 + i%3
	}
	l := newList(80, height, heights...)
	for _, do := range []string{"bottom", "up", "pageup", "top", "pagedown", "select 70000", "down", "scroll -3", "follow", "select 3"} {
		l.rendered = 0
		perform(l, do)
		l.View()
		if limit := 4 * height; l.rendered > limit {
			t.Errorf("%q drew %d items, want at most %d", do, l.rendered, limit)
		}
	}
	l.rendered = 0
	l.set(heights...)
	l.View()
	if limit := 4 * height; l.rendered > limit {
		t.Errorf("new items drew %d, want at most %d", l.rendered, limit)
	}
}
