package store

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"fmt"
	"hash/crc64"

	"hark/internal/document"
	"hark/internal/interview"
)

// A journal begins with a line that says what it is. Then come frames: a mark to
// find the next one by when one is damaged, the length and a checksum of what
// follows, a pending thing, and an end that is not zero, as what a crash leaves
// unwritten is.
const (
	journalMagic = "hark journal 1\n"
	frameMark    = "\xf5hkj"
	frameEnd     = '\n'
	frameHead    = len(frameMark) + 4 + 8
)

// bucketJournal is how errors call the journal.
const bucketJournal = "journal"

// The flags of a pending thing.
const (
	flagBegins  = 1
	flagDoubted = 2
	flagDraft   = 4
	flagWindow  = 8 // of a draft whose window is known
)

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

// frame returns the payload of the frame that b begins with, and what is behind
// it; ok is false when b begins with none, or with a damaged one.
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

// readJournal returns what can be read of a journal, in order. The error says
// that some of it cannot; a torn end is none.
func readJournal(b []byte) (all []interview.Pending, damage error) {
	if !bytes.HasPrefix(b, []byte(journalMagic)) {
		if bytes.HasPrefix([]byte(journalMagic), b) {
			return nil, nil // it was not even begun
		}
		damage = damaged(bucketJournal, "it does not begin like a journal")
		b = nextFrame(b)
	} else {
		b = b[len(journalMagic):]
	}
	d := newDecoder(bucketJournal)
	for len(b) > 0 {
		payload, rest, ok := frame(b)
		if !ok {
			if torn(b) {
				break
			}
			damage = cmp.Or(damage, damaged(bucketJournal, "a piece of it cannot be read"))
			b = nextFrame(b[1:])
			continue
		}
		b = rest
		p, err := d.pending(payload)
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

// torn reports whether b is what a write that was cut short leaves behind: the
// beginning of one frame, with perhaps nothing but zeros where the rest was to
// be.
func torn(b []byte) bool {
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

// encodePending returns the payload of a pending thing.
func encodePending(p interview.Pending) []byte {
	b := []byte{format, flag(p.Begins, flagBegins) | flag(p.Doubted, flagDoubted) | flag(p.IsDraft(), flagDraft) | flag(!p.Window.IsZero(), flagWindow)}
	b = append(b, p.Interview[:]...)
	if !p.Window.IsZero() {
		b = append(b, p.Window[:]...)
	}
	if p.IsDraft() {
		return appendText(b, p.Draft)
	}
	b = binary.BigEndian.AppendUint64(b, uint64(p.Of.Incarnation))
	b = binary.AppendUvarint(b, p.Of.Counter)
	return append(b, encodeRecord(p.Record)...)
}

// pending reads the payload of a pending thing.
func (d *decoder) pending(payload []byte) (interview.Pending, error) {
	d.start(payload)
	flags := d.flags(flagBegins | flagDoubted | flagDraft | flagWindow)
	p := interview.Pending{Begins: flags&flagBegins != 0, Doubted: flags&flagDoubted != 0}
	copy(p.Interview[:], d.take(uint64(idSize)))
	if flags&flagWindow != 0 {
		copy(p.Window[:], d.take(uint64(idSize)))
	}
	if flags&flagDraft != 0 {
		p.Draft = d.text()
		return p, d.done()
	}
	p.Of = document.Dot{Incarnation: document.Incarnation(d.fixed()), Counter: d.uvarint()}
	if d.err != nil {
		return p, d.err
	}
	var err error
	if p.Record, err = d.record(d.rest); err == nil && p.IsDraft() {
		err = damaged(bucketJournal, fmt.Sprintf("an entry of interview %s says nothing", p.Interview))
	}
	return p, err
}
