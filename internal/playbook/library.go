package playbook

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"hark/internal/interview"
	"hark/internal/nearest"
	"hark/internal/plain"
)

// Library finds playbooks: the Markdown files in the user's folder, and the built-in ones. A file
// replaces a built-in playbook of the same ID. Files are read again each time, so that an edit
// takes effect at once.
type Library struct {
	dir string
}

// Item is a playbook as lists show it.
type Item struct {
	ID    string
	Name  string
	About string // may be ""
	Path  string // of the user's file; "" for a built-in playbook
	// Err says why the file cannot be used, an *UnreadableError; nil when it can. Name then comes
	// from the ID.
	Err error
}

// NewLibrary returns the library over the folder dir, which need not exist. With "" it has the
// built-in playbooks alone.
func NewLibrary(dir string) *Library {
	return &Library{dir: dir}
}

// List returns all playbooks: the built-in ones in their order, the default
// first, each replaced by the user's own of the same ID, then the user's others
// by ID. A file that cannot be used is listed with the reason. The error is an
// *UnreadableError about the folder.
func (l *Library) List() ([]Item, error) {
	items, err := l.items()
	for i := range items {
		items[i] = items[i].described()
	}
	return items, err
}

// Get returns the playbook called name: its ID or its name, without regard to case, in full or by a
// beginning that no other has; a full match wins, and an ID over a name. The error is an
// *interview.Error with the code NotFound if there is none, or more than one, and an
// *UnreadableError if its file or the folder cannot be used.
func (l *Library) Get(name string) (interview.Playbook, error) {
	items, err := l.items()
	if err != nil {
		return interview.Playbook{}, err
	}
	want := plain.Fold(clean(name))
	byID := matching(items, func(it Item) bool { return it.ID == name })
	if len(byID) == 0 {
		byID = matching(items, func(it Item) bool { return want != "" && plain.Fold(it.ID) == want })
	}
	if len(byID) == 1 {
		return byID[0].load()
	}
	for i := range items {
		items[i] = items[i].described()
	}
	fits := byID
	if len(fits) == 0 {
		fits = matching(items, func(it Item) bool { return want != "" && plain.Fold(it.Name) == want })
	}
	if len(fits) == 0 {
		fits = matching(items, func(it Item) bool {
			return want != "" && (strings.HasPrefix(plain.Fold(it.ID), want) || strings.HasPrefix(plain.Fold(it.Name), want))
		})
	}
	switch len(fits) {
	case 0:
		return interview.Playbook{}, &interview.Error{
			Code:    interview.NotFound,
			Message: fmt.Sprintf("No playbook is called %q", name),
			Next:    "nearest are " + listed(mostLike(items, want)) + "; hark playbooks list shows all",
		}
	case 1:
		return fits[0].load()
	}
	return interview.Playbook{}, &interview.Error{
		Code:    interview.NotFound,
		Message: fmt.Sprintf("%q could be %s", name, listed(fits)),
		Next:    "write more of the name",
	}
}

// items returns all playbooks in order, without name and about.
func (l *Library) items() ([]Item, error) {
	files, err := l.files()
	items := make([]Item, 0, len(files)+len(builtinIDs()))
	for _, id := range builtinIDs() {
		shadows := func(f Item) bool { return strings.EqualFold(f.ID, id) }
		if !slices.ContainsFunc(files, shadows) {
			items = append(items, Item{ID: id})
			continue
		}
		items = append(items, matching(files, shadows)...)
		files = slices.DeleteFunc(files, shadows)
	}
	return append(items, files...), err
}

// files returns the user's own playbooks by ID. Hidden files are none, and neither are folders,
// pipes and the like, also behind a link.
func (l *Library) files() ([]Item, error) {
	if l.dir == "" {
		return nil, nil
	}
	entries, err := os.ReadDir(l.dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, unopened(l.dir, "this folder", err)
	}
	var files []Item
	for _, e := range entries {
		ext := filepath.Ext(e.Name())
		id := strings.TrimSuffix(e.Name(), ext)
		if id == "" || id[0] == '.' || !strings.EqualFold(ext, ".md") {
			continue
		}
		path := filepath.Join(l.dir, e.Name())
		if info, err := os.Stat(path); err == nil && info.Mode().IsRegular() {
			files = append(files, Item{ID: id, Path: path})
		}
	}
	return files, nil
}

// load reads the playbook itself.
func (it Item) load() (interview.Playbook, error) {
	if it.Path != "" {
		p, _, err := ReadFile(it.Path)
		return p, err
	}
	src, _ := builtinSource(it.ID)
	p, _, err := Read(it.ID, src)
	return p, err
}

// described returns the item with its name and purpose.
func (it Item) described() Item {
	if it.Path == "" {
		return builtinItem(it.ID)
	}
	p, _, err := ReadFile(it.Path)
	it.Name, it.About, it.Err = p.Name, p.About, err
	if err != nil {
		it.Name = nameOfID(it.ID)
	}
	return it
}

func matching(items []Item, fits func(Item) bool) []Item {
	var found []Item
	for _, it := range items {
		if fits(it) {
			found = append(found, it)
		}
	}
	return found
}

// mostLike returns the three items whose ID or name is most similar to want, which is folded.
func mostLike(items []Item, want string) []Item {
	const longest = 100 // bytes to compare: what is longer is a heading gone wrong
	want = want[:min(len(want), longest)]
	far := make(map[string]int, len(items))
	for _, it := range items {
		id, name := plain.Fold(it.ID), plain.Fold(it.Name)
		far[it.ID] = min(nearest.Slips(want, id[:min(len(id), longest)]), nearest.Slips(want, name[:min(len(name), longest)]))
	}
	items = slices.Clone(items)
	slices.SortStableFunc(items, func(a, b Item) int { return cmp.Compare(far[a.ID], far[b.ID]) })
	return items[:min(3, len(items))]
}

// listed names two or more items by their IDs, which are what to type.
func listed(items []Item) string {
	ids := make([]string, len(items))
	for i, it := range items {
		ids[i] = plain.Terminal(it.ID)
	}
	return plain.List(ids, "or")
}
