package widget

import (
	"slices"
	"strings"

	"hark/internal/plain"
)

// edit is one undo step: at a byte of the text, removed was replaced by inserted.
type edit struct {
	at                int
	removed, inserted string
	before, after     int // the cursor as a byte offset
}

// maxUndo limits the undo history.
const maxUndo = 200

// typed inserts what a key typed. Consecutive keys make one undo step per word.
func (c *Capture) typed(text string) {
	at := c.offset(c.cursor)
	blank := strings.TrimSpace(text) == ""
	if c.joining && len(c.undo) > 0 {
		last := c.undo[len(c.undo)-1]
		wordBegins := !blank && strings.HasSuffix(last.inserted, " ")
		c.joining = last.removed == "" && last.at+len(last.inserted) == at && !wordBegins
	}
	c.replace(at, at, clean(text))
	c.joining = true
}

// erase removes the clusters from (inclusive) to to (exclusive). Consecutive single removals make
// one undo step.
func (c *Capture) erase(from, to int, single bool) {
	from, to = max(from, 0), min(to, len(c.cells))
	if from >= to {
		return
	}
	a, b := c.offset(from), c.offset(to)
	if c.joining && len(c.undo) > 0 {
		last := c.undo[len(c.undo)-1]
		c.joining = single && last.inserted == "" && (last.at == a || last.at == b)
	}
	c.replace(a, b, "")
	c.joining = single
}

// replace performs every edit: it replaces the bytes from (inclusive) to to (exclusive) by text and
// puts the cursor after it.
func (c *Capture) replace(from, to int, text string) {
	if from == to && text == "" {
		return
	}
	step := edit{at: from, removed: c.text[from:to], inserted: text, before: c.offset(c.cursor)}
	c.setText(c.text[:from] + text + c.text[to:])
	c.moveToByte(from + len(text))
	step.after = c.offset(c.cursor)
	c.redo = nil
	if c.joining && len(c.undo) > 0 {
		c.undo[len(c.undo)-1].join(step)
		return
	}
	c.undo = append(c.undo, step)
	if len(c.undo) > maxUndo {
		c.undo = append(c.undo[:0:0], c.undo[1:]...)
	}
}

// join extends a step by one that followed directly: more typing after it, or more erasing at
// either end.
func (e *edit) join(step edit) {
	switch {
	case step.removed == "":
		e.inserted += step.inserted
	case step.at < e.at:
		e.at, e.removed = step.at, step.removed+e.removed
	default:
		e.removed += step.removed
	}
	e.after = step.after
}

// stepBack undoes the last step, if there is one.
func (c *Capture) stepBack() bool {
	if len(c.undo) == 0 {
		return false
	}
	step := c.undo[len(c.undo)-1]
	c.undo = c.undo[:len(c.undo)-1]
	c.redo = append(c.redo, step)
	c.joining = false
	c.setText(c.text[:step.at] + step.removed + c.text[step.at+len(step.inserted):])
	c.moveToByte(step.before)
	return true
}

// stepForward redoes the step undone last, if there is one.
func (c *Capture) stepForward() bool {
	if len(c.redo) == 0 {
		return false
	}
	step := c.redo[len(c.redo)-1]
	c.redo = c.redo[:len(c.redo)-1]
	c.undo = append(c.undo, step)
	c.joining = false
	c.setText(c.text[:step.at] + step.inserted + c.text[step.at+len(step.removed):])
	c.moveToByte(step.after)
	return true
}

// setText replaces the text. The caller places the cursor.
func (c *Capture) setText(text string) {
	c.text = text
	c.cells = c.cells[:0]
	for at := 0; at < len(text); {
		cluster := firstCluster(text[at:])
		c.cells = append(c.cells, cell{at: at, width: plain.Width(show(cluster))})
		at += len(cluster)
	}
	c.cursor = min(c.cursor, len(c.cells))
}

// moveTo puts the cursor before cluster i, and ends the current undo step.
func (c *Capture) moveTo(i int) {
	c.cursor = min(max(i, 0), len(c.cells))
	c.goal, c.joining = 0, false
}

// moveToByte puts the cursor at a byte offset, or after the cluster that contains it.
func (c *Capture) moveToByte(at int) {
	c.cursor, _ = slices.BinarySearchFunc(c.cells, at, func(cell cell, at int) int { return cell.at - at })
	c.goal = 0
}

// offset returns the byte offset of cluster i; for the cluster after the last one, the length of
// the text.
func (c *Capture) offset(i int) int {
	if i == len(c.cells) {
		return len(c.text)
	}
	return c.cells[i].at
}

// cluster returns the text of cluster i.
func (c *Capture) cluster(i int) string { return c.text[c.offset(i):c.offset(i+1)] }

// wordLeft returns the start of the word before the cursor.
func (c *Capture) wordLeft() int {
	i := c.cursor
	for i > 0 && !isWord(c.cluster(i-1)) {
		i--
	}
	for i > 0 && isWord(c.cluster(i-1)) {
		i--
	}
	return i
}

// wordRight returns the end of the word after the cursor.
func (c *Capture) wordRight() int {
	i := c.cursor
	for i < len(c.cells) && !isWord(c.cluster(i)) {
		i++
	}
	for i < len(c.cells) && isWord(c.cluster(i)) {
		i++
	}
	return i
}
