// Package segment makes and reads the index that searching goes by: which of some thousand
// interviews have which words.
//
// A segment is made once from the folded texts of its interviews and never changed: an interview
// that changes later is taken out by its owner, who scans it instead until it is in another
// segment. Postings that are rewritten with every line cost 2.6 MB a line at 10,000 interviews; a
// segment costs nothing then.
//
// The words lie in blocks of some KB, in order, so that a query reads one or two of them. Package
// store keeps the blocks as records; nothing here does I/O.
package segment

import (
	"bytes"
	"encoding/binary"
	"errors"
	"math/bits"
	"slices"

	"hark/internal/plain"
)

// Most is how many texts one segment can hold.
const Most = 4096

// longestWord is how many bytes of a word are indexed. What is longer is cut there, in a text and
// in a query alike, which finds too much and never too little.
const longestWord = 32

// blockSize is how many bytes a block has at most, unless a single word takes more: with its key, a
// record that fits on one page of the file.
const blockSize = 3900

// ErrBlock says that a block cannot be read.
var ErrBlock = errors.New("a block of the search index cannot be read")

// Block is a run of words with the texts that they are in.
type Block struct {
	First []byte // its first word
	Data  []byte
}

// Build returns the blocks of a segment in the order of their words: text n is the nth of the
// segment. There may be at most Most texts, each folded by plain.Fold.
func Build(texts [][]byte) []Block {
	postings := map[string][]uint16{}
	for n, text := range texts {
		for word := range plain.Words(text) {
			word = Key(word)
			in := postings[string(word)]
			if len(in) == 0 || in[len(in)-1] != uint16(n) {
				postings[string(word)] = append(in, uint16(n))
			}
		}
	}
	words := make([]string, 0, len(postings))
	for w := range postings {
		words = append(words, w)
	}
	slices.Sort(words)
	var blocks []Block
	var entry []byte
	for _, w := range words {
		entry = appendWord(entry[:0], w, postings[w], len(texts))
		if last := len(blocks) - 1; last < 0 || len(blocks[last].Data)+len(entry) > blockSize {
			blocks = append(blocks, Block{First: []byte(w)})
		}
		b := &blocks[len(blocks)-1]
		b.Data = append(b.Data, entry...)
	}
	return blocks
}

// How the texts of a word are written down: their numbers, each as the distance from the one
// before, or one bit for each text of the segment.
const (
	asNumbers = 0
	asBits    = 1
)

func appendWord(b []byte, word string, in []uint16, texts int) []byte {
	b = binary.AppendUvarint(b, uint64(len(word)))
	b = append(b, word...)
	var numbers []byte
	next := uint16(0)
	for _, n := range in {
		numbers = binary.AppendUvarint(numbers, uint64(n-next))
		next = n
	}
	if size := (texts + 7) / 8; len(numbers) > size {
		b = append(b, asBits)
		b = binary.AppendUvarint(b, uint64(size))
		at := len(b)
		b = append(b, make([]byte, size)...)
		for _, n := range in {
			b[at+int(n/8)] |= 1 << (n % 8)
		}
		return b
	}
	b = append(b, asNumbers)
	b = binary.AppendUvarint(b, uint64(len(numbers)))
	return append(b, numbers...)
}

// Key returns a word as blocks are looked up by.
func Key(word []byte) []byte { return word[:min(len(word), longestWord)] }

// Find adds to into the texts of a block that have a word beginning with prefix. more is true when
// words that begin so may follow in the next block. The error is ErrBlock when the block is no
// block.
func Find(block, prefix []byte, into *Set) (more bool, err error) {
	prefix = Key(prefix)
	for len(block) > 0 {
		word, rest, ok := cut(block)
		if !ok || len(rest) == 0 {
			return false, ErrBlock
		}
		how := rest[0]
		texts, rest, ok := cut(rest[1:])
		if !ok {
			return false, ErrBlock
		}
		block = rest
		if bytes.HasPrefix(word, prefix) {
			if !into.read(how, texts) {
				return false, ErrBlock
			}
		} else if bytes.Compare(word, prefix) > 0 {
			return false, nil
		}
	}
	return true, nil
}

// cut takes a length and so many bytes off the front of b.
func cut(b []byte) (part, rest []byte, ok bool) {
	n, size := binary.Uvarint(b)
	if size <= 0 || n > uint64(len(b)-size) {
		return nil, nil, false
	}
	return b[size : size+int(n)], b[size+int(n):], true
}

// Set is a set of the texts of a segment. The zero Set is empty.
type Set [Most / 64]uint64

// Add puts text n into the set.
func (s *Set) Add(n int) { s[n/64] |= 1 << (n % 64) }

// Remove takes text n out of the set.
func (s *Set) Remove(n int) { s[n/64] &^= 1 << (n % 64) }

// Has reports whether text n is in the set.
func (s *Set) Has(n int) bool { return s[n/64]&(1<<(n%64)) != 0 }

// Fill puts the first n texts into the set.
func (s *Set) Fill(n int) {
	for i := range n {
		s.Add(i)
	}
}

// And leaves in the set what is in the other one too.
func (s *Set) And(o *Set) {
	for i := range s {
		s[i] &= o[i]
	}
}

// Empty reports whether nothing is in the set.
func (s *Set) Empty() bool { return *s == Set{} }

// Next returns the first text in the set at or after n; -1 when there is none.
func (s *Set) Next(n int) int {
	for i := n / 64; i < len(s); i++ {
		w := s[i]
		if i == n/64 {
			w &= ^uint64(0) << (n % 64)
		}
		if w != 0 {
			return i*64 + bits.TrailingZeros64(w)
		}
	}
	return -1
}

// read adds texts as appendWord wrote them; it reports false when it did not.
func (s *Set) read(how byte, texts []byte) bool {
	switch {
	case how == asBits && len(texts) <= Most/8:
		for i, b := range texts {
			s[i/8] |= uint64(b) << (i % 8 * 8)
		}
		return true
	case how != asNumbers:
		return false
	}
	n := uint64(0)
	for len(texts) > 0 {
		more, size := binary.Uvarint(texts)
		if size <= 0 || more >= Most-n {
			return false
		}
		n += more
		texts = texts[size:]
		s.Add(int(n))
	}
	return true
}
