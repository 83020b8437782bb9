package playbook

import (
	"bytes"
	"embed"
	"slices"
	"strings"

	"hark/internal/interview"
)

// Default is the ID of the playbook to use when nobody chose one.
const Default = "listen-first"

//go:embed builtin/*.md
var builtinFiles embed.FS

// builtinIDs returns the IDs of the built-in playbooks in the order in which they are offered: the
// default, the one for customers who stay, then the methods that others have named.
func builtinIDs() []string {
	return []string{
		Default, "loyal-customer", "past-facts", "four-turn", "pain-ladder", "gap",
		"before-after", "deal-map", "story-snapshot", "switch-story", "field-test",
	}
}

// builtinSource returns the Markdown of a built-in playbook. ok is false when there is none of that
// ID.
func builtinSource(id string) (src []byte, ok bool) {
	if !slices.Contains(builtinIDs(), id) {
		return nil, false
	}
	src, err := builtinFiles.ReadFile("builtin/" + id + ".md")
	return src, err == nil
}

// builtinItem returns what lists show of a built-in playbook. Its file begins with the name and the
// purpose, as a test holds, so that nothing is parsed: all eleven take less time than parsing one.
func builtinItem(id string) Item {
	src, _ := builtinSource(id)
	head, _, _ := bytes.Cut(src, []byte("\n## "))
	name, about, _ := strings.Cut(strings.TrimPrefix(string(head), "# "), "\n")
	return Item{ID: id, Name: clean(name), About: clean(about)}
}

// complete adds the stages that every playbook has, as the default playbook words them: playing
// back before the solution, and the solution last of what is said aloud.
func complete(p interview.Playbook, report *Report) interview.Playbook {
	solution, playback := marked(p, interview.MarkSolution), marked(p, interview.MarkPlayback)
	if solution >= 0 && playback >= 0 {
		return p
	}
	src, _ := builtinSource(Default)
	ours, _, _ := read(Default, src) // a test holds that this file has both stages
	if solution < 0 {
		solution = len(p.Stages)
		for solution > 0 && !p.Stages[solution-1].Mark.Aloud() {
			solution--
		}
		stage := ours.Stages[marked(ours, interview.MarkSolution)]
		p.Stages = slices.Insert(p.Stages, solution, stage)
		report.Added = append(report.Added, stage.Name)
	}
	if playback < 0 {
		stage := ours.Stages[marked(ours, interview.MarkPlayback)]
		p.Stages = slices.Insert(p.Stages, solution, stage)
		report.Added = slices.Insert(report.Added, 0, stage.Name)
	}
	return p
}

// marked returns the first stage with the given mark, or -1.
func marked(p interview.Playbook, mark interview.StageMark) int {
	return slices.IndexFunc(p.Stages, func(s interview.Stage) bool { return s.Mark == mark })
}
