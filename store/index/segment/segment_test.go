package segment

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"hark/internal/plain"
)

// find asks all blocks, as the store does that begins at the right one.
func find(t interface{ Fatal(...any) }, blocks []Block, prefix string) []int {
	from := 0
	for i, b := range blocks {
		if bytes.Compare(b.First, []byte(prefix)) <= 0 {
			from = i
		}
	}
	var set Set
	for _, b := range blocks[from:] {
		more, err := Find(b.Data, []byte(prefix), &set)
		if err != nil {
			t.Fatal(err)
		}
		if !more {
			break
		}
	}
	var all []int
	for n := set.Next(0); n >= 0 && n < Most; n = set.Next(n + 1) {
		all = append(all, n)
		if n == Most-1 {
			break
		}
	}
	return all
}

// Whatever the texts, a segment finds the texts in which a word begins so, and no others.
func TestASegmentFindsWhatAScanFinds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		word := rapid.StringMatching(`[a-c]{1,3}|[a-z]{28,32}|é|納`)
		texts := rapid.SliceOfN(rapid.SliceOfN(word, 0, 8), 0, 100).Draw(t, "texts")
		var raw [][]byte
		for _, ws := range texts {
			raw = append(raw, []byte(strings.Join(ws, " ")))
		}
		blocks := Build(raw)
		prefix := word.Draw(t, "prefix")
		var want []int
		for n, text := range raw {
			for w := range plain.Words(text) {
				if bytes.HasPrefix(w, []byte(prefix)) {
					want = append(want, n)
					break
				}
			}
		}
		if diff := cmp.Diff(want, find(t, blocks, prefix)); diff != "" {
			t.Fatalf("%q (-scan +segment):\n%s", prefix, diff)
		}
	})
}

// A word is indexed by its first bytes only: too much is found, never too little.
func TestLongWords(t *testing.T) {
	long := strings.Repeat("x", 40)
	blocks := Build([][]byte{[]byte(long + "a"), []byte(long + "b"), []byte(long[:longestWord-1])})
	if got := find(t, blocks, long+"a"); !slices.Equal(got, []int{0, 1}) {
		t.Errorf("the long word is in %v", got)
	}
}

func TestManyTextsTakeManyBlocks(t *testing.T) {
	var texts [][]byte
	for n := range Most {
		texts = append(texts, fmt.Appendf(nil, "common word%d %d", n, n%7))
	}
	blocks := Build(texts)
	if len(blocks) < 10 {
		t.Fatalf("only %d blocks", len(blocks))
	}
	if got := len(find(t, blocks, "common")); got != Most {
		t.Errorf("%d texts have the common word", got)
	}
	if got := len(find(t, blocks, "word")); got != Most {
		t.Errorf("%d texts have a word that begins so", got)
	}
	if got := find(t, blocks, "word4095"); !slices.Equal(got, []int{4095}) {
		t.Errorf("the rare word is in %v", got)
	}
}

// No bytes crash Find, which is handed whatever lies in a file.
func FuzzFind(f *testing.F) {
	f.Add(Build([][]byte{[]byte("one weld in five"), []byte("weld")})[0].Data, []byte("w"))
	f.Add([]byte{1, 'a', asBits, 200, 1}, []byte("a"))
	f.Add([]byte{1, 'a', asNumbers, 2, 0xFF, 0x7F}, []byte(""))
	f.Fuzz(func(_ *testing.T, block, prefix []byte) {
		var set Set
		_, _ = Find(block, prefix, &set)
	})
}

func BenchmarkBuild(b *testing.B) {
	var texts [][]byte
	for n := range 512 {
		var text strings.Builder
		for i := range 700 {
			fmt.Fprintf(&text, "w%d ", (n*31+i*i)%5000)
		}
		texts = append(texts, []byte(text.String()))
	}
	b.ReportAllocs()
	for b.Loop() {
		Build(texts)
	}
}
