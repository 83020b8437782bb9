package interview_test

import (
	"fmt"
	"testing"

	"hark/internal/document"
	"hark/internal/interview"
)

// meetingOf is an interview of the given number of lines and twelve problems.
func meetingOf(b *testing.B, lines int) *meeting {
	m := start(b)
	for i := range 12 {
		m.do(interview.Raise{Text: fmt.Sprintf("Problem number %d comes back every Friday", i), Speaker: "Ana"})
	}
	for i := range lines {
		m.do(interview.Add{Kind: interview.Quote, Speaker: "Ana", Text: fmt.Sprintf("Line %d: we rework about one weld in five, and nobody counts the scrap", i)})
	}
	return m
}

func BenchmarkFold(b *testing.B) {
	for _, lines := range []int{10, 300} {
		m := meetingOf(b, lines)
		b.Run(fmt.Sprint(lines), func(b *testing.B) {
			for b.Loop() {
				interview.Fold(m.iv.Document())
			}
		})
	}
}

func BenchmarkApply(b *testing.B) {
	for _, lines := range []int{10, 300} {
		m := meetingOf(b, lines)
		b.Run(fmt.Sprint(lines), func(b *testing.B) {
			for b.Loop() {
				if _, err := interview.Apply(m.iv, interview.Add{Kind: interview.Quote, Text: "one more"}, m.stamp()); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// BenchmarkMeeting keeps all lines of a meeting, one after the other.
func BenchmarkMeeting(b *testing.B) {
	for _, lines := range []int{500, 2000} {
		b.Run(fmt.Sprint(lines), func(b *testing.B) {
			for b.Loop() {
				meetingOf(b, lines)
			}
		})
	}
}

// BenchmarkMerged keeps lines, and changes a problem, in an interview of 300 lines: in one that was
// never merged, and in one of which two windows wrote half of the lines each with the same numbers.
func BenchmarkMerged(b *testing.B) {
	const each = 150
	typing := func(w *window) *meeting {
		for i := range each {
			w.took(w.step(interview.Add{Kind: interview.Quote, Text: fmt.Sprintf("Line %d: we rework about one weld in five, and nobody counts the scrap", i)}))
		}
		return w.meeting
	}
	one, other := meetingOf(b, 2*each), meetingOf(b, 0)
	mine, theirs := typing(newWindow(b, other.iv, 2)), typing(newWindow(b, other.iv, 3))
	other.iv = interview.Fold(document.Merge(mine.iv.Document(), theirs.iv.Document()))
	for name, m := range map[string]*meeting{"never": one, "merged": other} {
		for what, action := range map[string]interview.Action{
			"line":  interview.Add{Kind: interview.Quote, Text: "one more"},
			"theme": interview.Tag{Problem: 3, Add: []string{"rework"}},
		} {
			b.Run(what+"/"+name, func(b *testing.B) {
				for b.Loop() {
					if _, err := interview.Apply(m.iv, action, m.stamp()); err != nil {
						b.Fatal(err)
					}
				}
			})
		}
	}
}
