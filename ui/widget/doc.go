// Package widget holds the drawing helpers that every screen of hark is put together from. None of them knows
// what an interview is: they take text, numbers and styles, and give back cells.
//
// What is drawn is a [Block]: lines that measure exactly the width and height that were asked for, so blocks can
// be joined and laid over each other without anyone measuring again. Cells are counted by wcwidth, as Bubble
// Tea's renderer counts them until a terminal confirms mode 2027.
//
// Two kinds of text come in. Fields and arguments of type string that are called title, label, detail, reason or
// text are plain: they may hold anything a customer said, and are made safe here. Lines ([]string, or "styled" in
// the comment) may hold style sequences and are drawn as they are, so text must be made safe before it is styled.
// As a second fence, nothing but printable characters and style sequences ever gets into a Block.
package widget
