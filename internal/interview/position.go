package interview

import (
	"cmp"
	"fmt"
	"slices"

	"hark/internal/document"
)

// position is where one author on one device stands in the playbook. That of earlier harks, which
// had one for all, is its writer's, of no device.
type position struct {
	author   string
	device   document.Incarnation
	question int
	moved    document.Clock // when they went there
}

// positionID returns the ID of the position of an author on a device. Without either it is that of
// earlier harks.
func positionID(author string, device document.Incarnation) ID {
	if author == "" && device == 0 {
		return single(kindPosition)
	}
	return document.DerivedID(kindPosition, author, fmt.Sprintf("%016x", uint64(device)))
}

// position takes one position. Versions of one position are concurrent only where two processes of
// one author wrote at the same time; the later one counts.
func (f *folder) position(it document.Item) {
	b, ok := live[positionBody](f, it)
	if !ok {
		return
	}
	latest := it.Latest()
	f.iv.positions = append(f.iv.positions, position{
		author: cmp.Or(b.value.Author, latest.Author), device: b.value.Device, question: b.value.Question, moved: latest.Clock,
	})
}

// positions orders the positions, the newest first, and makes that the interview's.
func (f *folder) positions() {
	slices.SortFunc(f.iv.positions, func(a, b position) int {
		return cmp.Or(b.moved.Compare(a.moved), cmp.Compare(a.author, b.author), cmp.Compare(a.device, b.device))
	})
	f.iv.Position, f.iv.moved = f.iv.newestPosition()
}

func (iv *Interview) newestPosition() (question int, moved document.Clock) {
	if len(iv.positions) == 0 {
		return 0, document.Clock{}
	}
	return iv.positions[0].question, iv.positions[0].moved
}

// For returns the interview as an author sees it on a device: with the position of theirs. Where
// others move to moves nobody who takes part. The position is the first of these that there is:
//
//	where they went on this device
//	where they went last on another device
//	the question of the last line that they entered
//	where anybody went last
//
// So somebody who joins a conversation stands where it is, and stays there from their first line
// on, until they go elsewhere. An interview that Fold returned has the last of these.
func (iv *Interview) For(author string, device document.Incarnation) *Interview {
	return iv.at(iv.positionOf(AuthorName(author), device))
}

// ForAll returns the interview as Fold returns it: as nobody in particular sees it.
func (iv *Interview) ForAll() *Interview { return iv.at(iv.newestPosition()) }

// at returns the interview with a position.
func (iv *Interview) at(question int, moved document.Clock) *Interview {
	if question == iv.Position && moved == iv.moved {
		return iv
	}
	view := *iv
	view.Position, view.moved = question, moved
	return &view
}

func (iv *Interview) positionOf(author string, device document.Incarnation) (question int, moved document.Clock) {
	if own, ok := find(iv.positions, func(p position) bool { return p.author == author && p.device == device }); ok {
		return own.question, own.moved
	}
	if elsewhere, ok := find(iv.positions, func(p position) bool { return p.author == author }); ok {
		return elsewhere.question, elsewhere.moved
	}
	if at, ok := iv.lastAnswered(author); ok {
		there, _ := find(iv.positions, func(p position) bool { return p.question == at })
		return at, there.moved // entering a line is no move
	}
	return iv.newestPosition()
}

// lastAnswered returns the question of the last line that an author entered.
func (iv *Interview) lastAnswered(author string) (question int, ok bool) {
	for _, l := range slices.Backward(iv.Lines) {
		if it, _ := iv.doc.Item(l.ID); it.Latest().Author == author {
			return l.Question, true
		}
	}
	return 0, false
}
