package playbook

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"unicode"
	"unicode/utf8"

	"hark/internal/interview"
)

// opening is the stage for questions before the first stage.
const opening = "Questions"

// Read reads a playbook, or a guide that a team already has, from Markdown. The ID is not checked.
// The report covers each line, up to the error if there is one. An error is an *UnreadableError:
// src is no text, is larger than 1 MB or 20,000 lines, is nested too deep, or asks nothing.
func Read(id string, src []byte) (interview.Playbook, Report, error) {
	p, report, err := read(id, src)
	if err != nil {
		return interview.Playbook{}, report, err
	}
	return complete(p, &report), report, nil
}

// ReadFile reads the playbook in a file, which may be anywhere. Its ID is the name of the file
// without the extension. An error is an *UnreadableError that says the path.
func ReadFile(path string) (interview.Playbook, Report, error) {
	src, err := readRegular(path)
	if err != nil {
		return interview.Playbook{}, Report{}, err
	}
	name := filepath.Base(path)
	p, report, err := Read(strings.TrimSuffix(name, filepath.Ext(name)), src)
	if unreadable, ok := errors.AsType[*UnreadableError](err); ok {
		unreadable.Path = path
	}
	return p, report, err
}

// readRegular returns the content of a file of at most maxSize bytes, and one more where it is
// longer. Pipes and devices are refused: reading them could hang.
func readRegular(path string) ([]byte, error) {
	info, err := os.Stat(path)
	if err == nil && !info.Mode().IsRegular() {
		return nil, &UnreadableError{Path: path, Reason: "this is not a file with text in it"}
	}
	var src []byte
	if err == nil {
		var f *os.File
		if f, err = os.Open(path); err == nil {
			src, err = io.ReadAll(io.LimitReader(f, maxSize+1))
			err = errors.Join(err, f.Close())
		}
	}
	if err != nil {
		return nil, unopened(path, "this file", err)
	}
	return src, nil
}

// unopened makes a sentence of an error of the operating system.
func unopened(path, what string, err error) *UnreadableError {
	reason := err
	if pathErr, ok := errors.AsType[*fs.PathError](err); ok {
		reason = pathErr.Err // the path is said already
	}
	return &UnreadableError{Path: path, Reason: fmt.Sprintf("%s cannot be read: %v", what, reason), Err: err}
}

// read is Read without the stages that every playbook has.
func read(id string, raw []byte) (interview.Playbook, Report, error) {
	var report Report
	src, err := newSource(raw)
	if err != nil {
		return interview.Playbook{}, report, err
	}
	a := assembler{report: &report, playbook: interview.Playbook{ID: id}}
	a.assemble(readGuide(src, &report))
	report.finish(src)
	if a.playbook.Len() == 0 {
		return interview.Playbook{}, report, &UnreadableError{
			Reason: "there is no question in it", Next: `write each question as a line that begins with "- "`,
		}
	}
	return a.playbook, report, nil
}

// assembler makes a playbook of the sections of a guide.
type assembler struct {
	report   *Report
	playbook interview.Playbook
	about    []string
}

func (a *assembler) assemble(sections []section) {
	title := titleOf(sections)
	before, head := sections[:1], sections[:1]
	switch {
	case title < 0:
		title = 0
		a.playbook.Name = nameOfID(a.playbook.ID)
		a.report.problem(1, "no heading gives the playbook a name (# name); after its file it is called %q", a.playbook.Name)
	default:
		before, head = sections[:title], sections[title:title+1]
		a.playbook.Name = head[0].whole
		a.report.add(KindName, piece{head[0].span, head[0].whole})
	}
	stages := sections[title+1:]
	if title > 0 {
		a.plan(before)
	}
	a.open(head[0].nodes, len(stages) == 0)
	a.playbook.About = strings.Join(a.about, " ")
	a.stages(stages)
}

// titleOf returns which section is headed by the name of the playbook, or -1.
func titleOf(sections []section) int {
	var top []int // the headings of the top level
	for i, s := range sections {
		if s.level == 1 {
			if isGuideTitle(s.text) {
				return i
			}
			top = append(top, i)
		}
	}
	if len(top) == 0 || top[0] != 1 {
		return -1
	}
	if s := &sections[1]; len(top) > 1 && (s.asking() || s.timing != "" || s.mark != interview.MarkNone) {
		return -1
	}
	return 1
}

// plan adds what comes before the name: a line or two of About, or the headings of a plan, which
// become one stage for the seller.
func (a *assembler) plan(before []section) {
	for _, n := range before[0].nodes {
		a.tell(n)
	}
	if len(before) == 1 {
		return
	}
	stage := interview.Stage{Name: before[1].whole, Mark: interview.MarkOnlyYou}
	a.report.Entries = append(a.report.Entries, Entry{
		First: before[1].first, Last: before[1].last, Kind: KindStage, Text: stage.Name, Mark: stage.Mark,
	})
	for i, s := range before[1:] {
		if i > 0 {
			stage.Notes = append(stage.Notes, a.noted(piece{s.span, s.whole}))
		}
		for _, n := range s.nodes {
			for _, p := range n.pieces() {
				stage.Notes = append(stage.Notes, a.noted(p))
			}
		}
	}
	a.playbook.Stages = append(a.playbook.Stages, stage)
}

// open adds what comes before the first stage: About, then questions if there are any. Where there
// are no stages at all, paragraphs that ask count too.
func (a *assembler) open(nodes []node, alone bool) {
	for i, n := range nodes {
		if n.question && (alone || n.listed || len(n.probes) > 0) {
			if !alone {
				a.report.problem(n.first, "questions before the first stage; they are in one called %q now", opening)
			}
			a.stage(interview.Stage{Name: opening}, nodes[i:])
			return
		}
		a.tell(n)
	}
}

// tell adds a node to About.
func (a *assembler) tell(n node) {
	for _, p := range n.pieces() {
		a.about = append(a.about, p.text)
		a.report.add(KindAbout, p)
	}
}

// pieces returns all texts of a node in a row.
func (n node) pieces() []piece {
	pieces := []piece{n.piece}
	pieces = append(pieces, n.notes...)
	return append(pieces, n.probes...)
}

// stages makes a stage of each section that is not merely a heading over others.
func (a *assembler) stages(sections []section) {
	type level struct {
		depth int
		mark  interview.StageMark
	}
	var above []level // the headings above the current one, from the outermost
	var carried []string
	for i, s := range sections {
		for len(above) > 0 && above[len(above)-1].depth >= s.level {
			above = above[:len(above)-1]
		}
		if s.mark == interview.MarkNone && len(above) > 0 {
			s.mark = above[len(above)-1].mark
		}
		above = append(above, level{s.level, s.mark})
		if i+1 < len(sections) && sections[i+1].level > s.level && !s.asking() {
			carried = append(carried, a.noted(piece{s.span, s.whole}))
			for _, n := range s.nodes {
				carried = append(carried, a.noted(n.piece))
			}
			continue
		}
		a.report.Entries = append(a.report.Entries, Entry{First: s.first, Last: s.last, Kind: KindStage, Text: s.text, Mark: s.mark})
		stage := interview.Stage{Name: s.text, Mark: s.mark, Notes: carried}
		carried = nil
		if s.timing != "" {
			stage.Notes = append(stage.Notes, a.noted(piece{s.span, s.timing}))
		}
		if !s.asking() && s.mark.Aloud() {
			a.report.problem(s.first, "a stage with no questions")
		}
		a.stage(stage, s.nodes)
	}
}

// stage adds a stage with its contents. Notes between two questions belong to the second: they lead
// up to it.
func (a *assembler) stage(stage interview.Stage, nodes []node) {
	var waiting []string
	for _, n := range nodes {
		if !n.question {
			waiting = append(waiting, a.noted(n.piece))
			continue
		}
		q := interview.Question{Text: n.text}
		a.report.add(KindQuestion, n.piece)
		if len(stage.Questions) == 0 {
			stage.Notes = append(stage.Notes, waiting...)
		} else {
			q.Notes = append(q.Notes, waiting...)
		}
		waiting = nil
		for _, p := range n.notes {
			q.Notes = append(q.Notes, a.noted(p))
		}
		for _, p := range n.probes {
			q.Probes = append(q.Probes, p.text)
			a.report.add(KindProbe, p)
		}
		stage.Questions = append(stage.Questions, q)
	}
	stage.Notes = append(stage.Notes, waiting...)
	a.playbook.Stages = append(a.playbook.Stages, stage)
}

// noted reports a note and returns its text.
func (a *assembler) noted(p piece) string {
	a.report.add(KindNote, p)
	return p.text
}

// nameOfID makes a name of an ID: "field-test" becomes "Field test".
func nameOfID(id string) string {
	name := clean(strings.NewReplacer("-", " ", "_", " ").Replace(id))
	if name == "" {
		return "Playbook"
	}
	r, size := utf8.DecodeRuneInString(name)
	return string(unicode.ToUpper(r)) + name[size:]
}
