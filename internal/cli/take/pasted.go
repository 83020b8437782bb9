package take

import (
	"context"
	"strings"
	"time"

	"hark/internal/capture"
	"hark/internal/cli/app"
	"hark/internal/interview"
	"hark/internal/plain"
)

// pasteGap is how long after the end of a line the next one belongs to the same paste. A terminal
// sends a paste at once, and nobody types a line so fast.
const pasteGap = 30 * time.Millisecond

// arrived returns a line with those that came at the same time.
func arrived(lines <-chan typed, first typed) []typed {
	all := []typed{first}
	for all[len(all)-1].err == nil {
		select {
		case line := <-lines:
			all = append(all, line)
		case <-time.After(pasteGap):
			return all
		}
	}
	return all
}

// hearAll takes lines that came at the same time: one that was typed, or a paste. One that looks
// like Markdown or mail is asked about once, as in the box and of a file. It returns what hear
// does.
func (t *taking) hearAll(ctx context.Context, keys *keyboard, lines []typed) (goOn bool, err error) {
	show := func(line typed) {
		if line.unseen {
			t.print(plain.Terminal(line.text))
			keys.saw()
		}
	}
	page := capture.Markdown{In: t.context()}
	var pasted []typed
	for _, line := range lines {
		if line.err == nil {
			pasted = append(pasted, line)
			page.Read(line.text)
		}
	}
	if open := page.Open(); len(pasted) == len(lines) && len(lines) > 1 && len(open) > 0 && t.pasted == nil {
		for _, line := range lines {
			show(line)
		}
		if err := t.settleLater(ctx); err != nil {
			return false, err
		}
		t.pasted = pasted
		t.tell("That looks like Markdown or mail, and %s can be bullets, quotations or code as well as lines of hark, such as %s", app.Count(len(open), "line", "lines"), lines[open[0]-1].text)
		return true, nil
	}
	for _, line := range lines {
		show(line)
		if goOn, err = t.hear(ctx, line); !goOn || err != nil {
			return goOn, err
		}
	}
	return true, nil
}

// hearPasted takes the answer about a paste: nothing keeps each line as a text, "marks" reads them
// as if they had been typed. Any other line keeps them as text, too, and is not the answer:
// answered is false.
func (t *taking) hearPasted(ctx context.Context, answer string) (answered bool, err error) {
	lines := t.pasted
	t.pasted = nil
	if !strings.EqualFold(answer, asMarks) {
		return answer == "", t.keepAsText(ctx, lines)
	}
	for _, line := range lines {
		line.unseen = true // it is no answer to what is asked about the one before
		if goOn, err := t.hear(ctx, line); !goOn || err != nil {
			return true, err
		}
	}
	return true, nil
}

// keepAsText keeps each line as it stands.
func (t *taking) keepAsText(ctx context.Context, lines []typed) error {
	for _, line := range lines {
		if capture.Blank(line.text) {
			continue
		}
		if _, err := t.apply(context.WithoutCancel(ctx), interview.Add{Kind: interview.Paraphrase, Text: strings.TrimSpace(line.text)}); err != nil {
			t.app.Note("Not kept: %s", line.text)
			if !aboutLine(err) {
				return err
			}
			t.tell("%s", err)
		}
	}
	return nil
}
