package journal

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"hash/crc64"
	"io"

	"hark/internal/interview"
	"hark/store/codec"
)

// A journal file begins with a line that says what it is. Then come frames: a mark by which the
// next one is found when one is damaged, the length and a checksum of what follows, something
// pending, and an end that is not zero, as what a crash leaves unwritten is.
const (
	magic     = "hark journal 1\n"
	frameMark = "\xf5hkj"
	frameEnd  = '\n'
	frameHead = len(frameMark) + 4 + 8
)

// Resembles reports whether a file begins as a journal does.
func Resembles(file io.ReaderAt) bool {
	var b [len(magic)]byte
	_, err := file.ReadAt(b[:], 0)
	return err == nil && string(b[:]) == magic
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

// parse returns what can be read of a journal file, in order. The error says that some of it
// cannot; a truncated end is none.
func parse(b []byte) (all []interview.Pending, damage error) {
	if !bytes.HasPrefix(b, []byte(magic)) {
		if bytes.HasPrefix([]byte(magic), b) {
			return nil, nil // it was not even begun
		}
		damage = codec.Damaged(part, "it does not begin like a journal")
		b = nextFrame(b)
	} else {
		b = b[len(magic):]
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
	return all, damage
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
