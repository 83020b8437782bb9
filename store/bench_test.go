package store_test

import (
	"context"
	"crypto/rand"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"hark/internal/document"
	"hark/internal/interview"
	"hark/internal/notebook"
	"hark/internal/storage"
	"hark/store"
	"hark/store/check"
	"hark/store/internal/files"
)

// BenchmarkChange keeps one more line in an interview that has many, and corrects it from then on,
// so that the interview stays as large as it was.
func BenchmarkChange(b *testing.B) {
	for _, items := range []int{10, 400} {
		b.Run(fmt.Sprintf("items=%d", items), func(b *testing.B) {
			s := fresh(b)
			for n := range 20 {
				begin(b, s, n, items)
			}
			b.ReportAllocs()
			for i := 0; b.Loop(); i++ {
				if _, err := add(s, 7, writer(1), lineID(7, items), fmt.Sprintf("line %d", i)); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func BenchmarkRead(b *testing.B) {
	for _, items := range []int{10, 400} {
		b.Run(fmt.Sprintf("items=%d", items), func(b *testing.B) {
			s := fresh(b)
			for n := range 20 {
				begin(b, s, n, items)
			}
			b.ReportAllocs()
			for b.Loop() {
				if _, _, err := s.Read(context.Background(), interviewID(7)); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func BenchmarkRevision(b *testing.B) {
	s := fresh(b)
	begin(b, s, 0, 400)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := s.Revision(context.Background(), interviewID(0)); err != nil {
			b.Fatal(err)
		}
	}
}

// many fills a notebook with interviews, in few large transactions.
func many(b *testing.B, interviews, lines int) *store.Store {
	s := fresh(b)
	for n := 0; n < interviews; {
		var all []storage.Write
		for end := min(n+500, interviews); n < end; n++ {
			doc := document.New(interviewID(n))
			var puts []document.Put
			for i := range lines {
				puts = append(puts, said(lineID(n, i), fmt.Sprintf("line %d", i)))
			}
			all = append(all, write(n, doc, writer(0), puts...))
		}
		err := s.CreateMany(context.Background(), all)
		if err != nil {
			b.Fatal(err)
		}
	}
	return s
}

func BenchmarkOf10000(b *testing.B) {
	const interviews = 10_000
	s := many(b, interviews, 20)
	summaries := func(b *testing.B, want int, detail interview.Detail) {
		b.ReportAllocs()
		for b.Loop() {
			got := 0
			err := s.SummariesIn(context.Background(), func(interview.Summary) interview.Detail { return detail }, func(interview.Summary) bool {
				got++
				return got < want
			})
			if err != nil || got != want {
				b.Fatalf("%d summaries, error %v", got, err)
			}
		}
	}
	b.Run("newest-20-summaries", func(b *testing.B) { summaries(b, 20, interview.Whole) })
	b.Run("all-summaries", func(b *testing.B) { summaries(b, interviews, interview.Whole) })
	b.Run("all-summaries-listed", func(b *testing.B) { summaries(b, interviews, interview.Listed) })
	b.Run("all-heads", func(b *testing.B) { summaries(b, interviews, interview.Head) })
	b.Run("all-texts", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			size := 0
			err := s.Candidates(context.Background(), nil, func(_ interview.ID, folded []byte) bool {
				size += len(folded)
				return true
			})
			if err != nil || size == 0 {
				b.Fatalf("%d bytes, error %v", size, err)
			}
		}
	})
	b.Run("find", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			if ids, err := s.Find(context.Background(), interviewID(5).String()[:7], 9); err != nil || len(ids) != 1 {
				b.Fatalf("%v, error %v", ids, err)
			}
		}
	})
	b.Run("change", func(b *testing.B) {
		b.ReportAllocs()
		for i := 0; b.Loop(); i++ {
			if _, err := add(s, 7, writer(1), lineID(7, 20), fmt.Sprintf("line %d", i)); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("open", func(b *testing.B) {
		for b.Loop() {
			if _, err := store.Open(s.Path()); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("verify", func(b *testing.B) {
		for b.Loop() {
			if err := s.Verify(context.Background()); err != nil {
				b.Fatal(err)
			}
		}
	})
}

// BenchmarkNotebook measures a line kept through the use cases, domain and all.
func BenchmarkNotebook(b *testing.B) {
	for _, lines := range []int{10, 400} {
		b.Run(fmt.Sprintf("lines=%d", lines), func(b *testing.B) {
			nb, err := notebook.New(notebook.Options{
				Store: open(b, filepath.Join(b.TempDir(), "hark.db")), Now: time.Now, Random: rand.Reader, Author: "me",
			})
			if err != nil {
				b.Fatal(err)
			}
			ctx := context.Background()
			r, err := nb.Begin(ctx, interview.Beginning{Customer: "Harbour Welding"})
			if err != nil {
				b.Fatal(err)
			}
			for range lines {
				if _, err := nb.Apply(ctx, r.ID, interview.Add{Kind: interview.Quote, Text: "One weld in five is done twice"}, notebook.Live); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportAllocs()
			for i := 0; b.Loop(); i++ {
				if _, err := nb.Apply(ctx, r.ID, interview.Fix{Number: 5, Text: fmt.Sprintf("Weld %d is done twice", i)}, notebook.Live); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// large returns the path of a notebook to measure with: HARK_BENCH_FILE, which is never written to,
// or a made-up one.
func large(b *testing.B) string {
	if path := os.Getenv("HARK_BENCH_FILE"); path != "" {
		return path
	}
	return many(b, 2000, 40).Path()
}

// BenchmarkIndexRebuild makes the whole index of a notebook.
func BenchmarkIndexRebuild(b *testing.B) {
	to, err := files.OpenFolder(b.TempDir())
	if err != nil {
		b.Fatal(err)
	}
	defer to.Close()
	copied, err := to.Copy(context.Background(), opened(b, large(b)))
	if err != nil {
		b.Fatal(err)
	}
	s := store.Private(to.Join(copied))
	for b.Loop() {
		b.StopTimer()
		if err := s.Update(context.Background(), func(t *store.Tx) error { return t.Search.Reset() }); err != nil {
			b.Fatal(err)
		}
		b.StartTimer()
		if err := s.IndexAll(context.Background()); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkLook looks at every page of a notebook that lies in memory, as the first hark of a day
// does.
func BenchmarkLook(b *testing.B) {
	path := large(b)
	f := opened(b, path)
	info, err := f.Stat()
	if err != nil {
		b.Fatal(err)
	}
	b.SetBytes(info.Size())
	b.ReportAllocs()
	for b.Loop() {
		if now, err := check.File(b.Context(), f, path, check.ToRead, check.CleanMark{}); err != nil || now.Faulty() {
			b.Fatalf("%+v, %v", now, err)
		}
	}
}
