// Package widget holds the drawing primitives of every screen. It knows nothing of interviews: it
// takes text, numbers and styles, and returns cells.
//
// Everything drawn is a [Block]: lines of exactly the width and height asked for, so that blocks
// can be joined and overlaid without measuring again. Cells are counted by wcwidth, as Bubble Tea's
// renderer does until a terminal confirms mode 2027.
//
// There are two kinds of text. Strings called title, label, detail, reason or text are plain: they
// may hold anything a customer said, and are made safe here. Lines ([]string, or "styled" in the
// comment) may hold style sequences and are drawn as they are, so text must be made safe before it
// is styled. As a second barrier, only printable characters and style sequences get into a Block.
package widget
