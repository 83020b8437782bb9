package widget_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"hark/ui/widget"
)

func TestSplit(t *testing.T) {
	for _, test := range []struct {
		name  string
		total int
		parts []widget.Part
		want  []int
	}{
		{"nothing", 10, nil, nil},
		{"fixed only", 10, []widget.Part{widget.Fixed(3), widget.Fixed(4)}, []int{3, 4}},
		{"fixed and a share", 10, []widget.Part{widget.Fixed(3), widget.Share(1, 0), widget.Fixed(1)}, []int{3, 6, 1}},
		{"two to one", 90, []widget.Part{widget.Share(2, 0), widget.Share(1, 0)}, []int{60, 30}},
		{"rest to the last", 10, []widget.Part{widget.Share(1, 0), widget.Share(1, 0), widget.Share(1, 0)}, []int{3, 3, 4}},
		{"least", 60, []widget.Part{widget.Share(3, 0), widget.Share(1, 30)}, []int{30, 30}},
		{"least of several", 20, []widget.Part{widget.Share(8, 0), widget.Share(1, 5), widget.Share(1, 5)}, []int{10, 5, 5}},
		{"too little for all", 5, []widget.Part{widget.Share(1, 4), widget.Share(1, 4)}, []int{4, 1}},
		{"fixed first", 5, []widget.Part{widget.Share(1, 4), widget.Fixed(4)}, []int{1, 4}},
		{"too little for the fixed", 5, []widget.Part{widget.Fixed(4), widget.Fixed(4), widget.Share(1, 2)}, []int{4, 1, 0}},
		{"negative", -4, []widget.Part{widget.Fixed(4), widget.Share(1, 2)}, []int{0, 0}},
	} {
		t.Run(test.name, func(t *testing.T) {
			var columns, rows []int
			for _, r := range (widget.Rect{X: 7, Y: 9, Width: test.total, Height: 3}).Columns(test.parts...) {
				columns = append(columns, r.Width)
			}
			for _, r := range (widget.Rect{X: 7, Y: 9, Width: 3, Height: test.total}).Rows(test.parts...) {
				rows = append(rows, r.Height)
			}
			if diff := cmp.Diff(test.want, columns); diff != "" {
				t.Errorf("columns (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(test.want, rows); diff != "" {
				t.Errorf("rows (-want +got):\n%s", diff)
			}
		})
	}
}

func TestSplitTilesTheRectangle(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		part := rapid.Custom(func(t *rapid.T) widget.Part {
			if rapid.Bool().Draw(t, "fixed") {
				return widget.Fixed(rapid.IntRange(-2, 30).Draw(t, "cells"))
			}
			return widget.Share(rapid.IntRange(-1, 5).Draw(t, "weight"), rapid.IntRange(-2, 30).Draw(t, "least"))
		})
		parts := append(rapid.SliceOfN(part, 0, 5).Draw(t, "parts"), widget.Share(1, 0))
		whole := widget.Rect{X: 5, Y: 6, Width: rapid.IntRange(0, 120).Draw(t, "width"), Height: 4}
		x := whole.X
		for _, r := range whole.Columns(parts...) {
			if r.X != x || r.Y != whole.Y || r.Height != whole.Height || r.Width < 0 {
				t.Fatalf("a piece is %+v, want it to begin at %d", r, x)
			}
			x += r.Width
		}
		if x != whole.X+whole.Width {
			t.Fatalf("the pieces end at %d, want %d", x, whole.X+whole.Width)
		}
	})
}

func TestRect(t *testing.T) {
	r := widget.Rect{X: 2, Y: 3, Width: 10, Height: 4}
	for _, test := range []struct {
		x, y int
		want bool
	}{{2, 3, true}, {11, 6, true}, {12, 6, false}, {11, 7, false}, {1, 3, false}, {2, 2, false}} {
		if got := r.Contains(test.x, test.y); got != test.want {
			t.Errorf("Contains(%d, %d) = %v", test.x, test.y, got)
		}
	}
	if got, want := r.Inset(2, 1), (widget.Rect{X: 4, Y: 4, Width: 6, Height: 2}); got != want {
		t.Errorf("Inset = %+v, want %+v", got, want)
	}
	if got, want := r.Inset(9, 9), (widget.Rect{X: 7, Y: 5}); got != want {
		t.Errorf("Inset beyond the middle = %+v, want %+v", got, want)
	}
	if got, want := r.Centre(4, 2), (widget.Rect{X: 5, Y: 4, Width: 4, Height: 2}); got != want {
		t.Errorf("Centre = %+v, want %+v", got, want)
	}
	if got := r.Centre(40, 20); got != r {
		t.Errorf("Centre of what does not fit = %+v, want %+v", got, r)
	}
}
