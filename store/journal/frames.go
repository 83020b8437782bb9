package journal

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"hash/crc64"
	"io"

	"hark/internal/document"
	"hark/internal/interview"
	"hark/store/codec"
)

// A journal file begins with a line that says what it is, and a frame with the ID of the notebook that
// it is for; the first journals do without. Then come frames: a mark by which the
// next one is found when one is damaged, the length and a checksum of what follows, something
// pending, and an end that is not zero, as what a crash leaves unwritten is.
const (
	magic     = "hark journal 2\n"
	magicOld  = "hark journal 1\n" // without the ID
	frameMark = "\xf5hkj"
	frameEnd  = '\n'
	frameHead = len(frameMark) + 4 + 8
)

// Resembles reports whether a file begins as a journal does.
func Resembles(file io.ReaderAt) bool {
	var b [len(magic)]byte
	_, err := file.ReadAt(b[:], 0)
	return err == nil && (string(b[:]) == magic || string(b[:]) == magicOld)
}

// part is how errors call the journal.
const part = "journal"

func frameSum(size, payload []byte) uint64 {
	table := crc64.MakeTable(crc64.ECMA)
	return crc64.Update(crc64.Update(0, table, size), table, payload)
}

// appendFrame adds a frame with the given payload.
func appendFrame(b, payload []byte) []byte {
	payload = append(payload, frameEnd)
	size := binary.BigEndian.AppendUint32(nil, uint32(len(payload)))
	b = append(append(b, frameMark...), size...)
	b = binary.BigEndian.AppendUint64(b, frameSum(size, payload))
	return append(b, payload...)
}

// frame returns the payload of the frame that b begins with, and what is behind it; ok is false
// when b begins with none, or with a damaged one.
func frame(b []byte) (payload, rest []byte, ok bool) {
	if len(b) < frameHead || string(b[:len(frameMark)]) != frameMark {
		return nil, b, false
	}
	size := b[len(frameMark):][:4]
	n := uint64(binary.BigEndian.Uint32(size))
	rest = b[frameHead:]
	if n > uint64(len(rest)) {
		return nil, b, false
	}
	payload, rest = rest[:n], rest[n:]
	if n == 0 || frameSum(size, payload) != binary.BigEndian.Uint64(b[len(frameMark)+4:]) {
		return nil, b, false
	}
	return payload[:n-1], rest, true
}

// header is what a journal for a notebook begins with; the zero ID stands for one that is not known.
func header(notebook document.ID) []byte {
	if notebook.IsZero() {
		return []byte(magicOld)
	}
	return appendFrame([]byte(magic), bytes.Clone(notebook[:]))
}

// parseHeader returns the ID of the notebook that a journal is for, zero when that is not known, and
// what comes behind the header. begun is false for a header that was cut short.
func parseHeader(b []byte) (notebook document.ID, rest []byte, begun bool, damage error) {
	rest, old := bytes.CutPrefix(b, []byte(magicOld))
	if old {
		return notebook, rest, true, nil
	}
	rest, is := bytes.CutPrefix(b, []byte(magic))
	if is {
		if id, after, ok := frame(rest); ok && len(id) == len(notebook) {
			return document.ID(id), after, true, nil
		}
	}
	if is && truncated(rest) || bytes.HasPrefix([]byte(magic), b) || bytes.HasPrefix([]byte(magicOld), b) {
		return notebook, nil, false, nil
	}
	return notebook, nextFrame(rest), true, codec.Damaged(part, "it does not begin like a journal")
}

// parse returns what can be read of a journal file, in order. The error says that some of it
// cannot; a truncated end is none.
func parse(b []byte) (notebook document.ID, all []interview.Pending, damage error) {
	notebook, b, begun, damage := parseHeader(b)
	if !begun {
		return notebook, nil, nil // nothing was ever acknowledged
	}
	d := codec.NewDecoder(part)
	for len(b) > 0 {
		payload, rest, ok := frame(b)
		if !ok {
			if truncated(b) {
				break
			}
			damage = cmp.Or(damage, codec.Damaged(part, "a piece of it cannot be read"))
			b = nextFrame(b[1:])
			continue
		}
		b = rest
		p, err := d.Pending(payload)
		if err != nil {
			damage = cmp.Or(damage, err)
			continue
		}
		all = append(all, p)
	}
	return notebook, all, damage
}

// nextFrame returns b from the next mark of a frame on.
func nextFrame(b []byte) []byte {
	if i := bytes.Index(b, []byte(frameMark)); i >= 0 {
		return b[i:]
	}
	return nil
}

// truncated reports whether b is what a write that was cut short leaves behind: the beginning of
// one frame, with perhaps nothing but zeros where the rest was to be.
func truncated(b []byte) bool {
	written := bytes.TrimRight(b, "\x00")
	if len(written) < len(frameMark) {
		return bytes.HasPrefix([]byte(frameMark), written)
	}
	if string(b[:len(frameMark)]) != frameMark || bytes.Contains(b[1:], []byte(frameMark)) {
		return false
	}
	if len(b) < frameHead {
		return true
	}
	end := uint64(frameHead) + uint64(binary.BigEndian.Uint32(b[len(frameMark):]))
	return end > uint64(len(written))
}
