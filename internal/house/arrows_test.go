package house

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// screen stands for each of the packages below ui that is not named as a room of its own.
const screen = "ui/<screen>"

// rooms says for each room of the house which other rooms its code may import. A room that is not
// built yet is no fault; a package that stands in no room is.
func rooms() map[string][]string {
	leaves := []string{"internal/language", "internal/nearest", "internal/plain"}
	domain := slices.Concat([]string{"internal/document", "internal/interview"}, leaves)
	around := []string{"internal/capture", "internal/export", "internal/insight", "internal/interchange", "internal/playbook", "internal/search"}
	behindNotebook := slices.Concat(domain, around, []string{"internal/config", "internal/kept", "internal/storage"})
	frontOfNotebook := slices.Concat(behindNotebook, []string{"internal/notebook"})
	const app = "internal/cli/app"
	stored := []string{"internal/document", "internal/interview", "internal/kept", "internal/plain", "internal/storage"}
	stores := []string{"store", "store/journal", "store/repair"} // what main ties to the rest
	kit := []string{"ui/keymap", "ui/theme", "ui/widget"}
	common := []string{"ui/screen", "ui/show"}
	shared := slices.Concat(common, []string{"ui/page"}) // what the screens have in common, so that none needs another

	return map[string][]string{
		"internal/document":     nil,
		"internal/interview":    {"internal/document"},
		"internal/kept":         {"internal/plain"},
		"internal/storage":      {"internal/document", "internal/interview", "internal/kept"},
		"internal/language":     nil,
		"internal/nearest":      nil,
		"internal/plain":        nil,
		"internal/config":       slices.Concat(leaves, []string{"internal/kept"}),
		"internal/capture":      slices.Concat(domain, []string{"internal/capture/day"}),
		"internal/capture/day":  domain,
		"internal/playbook":     domain,
		"internal/insight":      domain,
		"internal/interchange":  domain,
		"internal/search":       domain,
		"internal/export":       slices.Concat(domain, []string{"internal/insight", "internal/interchange"}),
		"store/codec":           stored,
		"store/internal":        stored,
		"store/check":           slices.Concat(stored, []string{"store/codec", "store/internal"}),
		"store/index":           slices.Concat(stored, []string{"internal/search", "store/codec"}),
		"store/journal":         slices.Concat(stored, []string{"store/codec", "store/internal"}),
		"store":                 slices.Concat(stored, []string{"internal/search", "store/check", "store/codec", "store/index", "store/internal"}),
		"store/repair":          slices.Concat(stored, []string{"internal/search", "store", "store/check", "store/codec", "store/internal", "store/journal"}),
		"internal/notebook":     behindNotebook,
		"internal/demo":         frontOfNotebook,
		"internal/cli":          slices.Concat(frontOfNotebook, []string{app, "internal/cli/take", "internal/cli/lookback", "internal/cli/files"}),
		app:                     frontOfNotebook,
		"internal/cli/take":     slices.Concat(frontOfNotebook, []string{app}),
		"internal/cli/lookback": slices.Concat(frontOfNotebook, []string{app}),
		"internal/cli/files":    slices.Concat(frontOfNotebook, []string{app, "internal/demo"}),
		"ui":                    slices.Concat(frontOfNotebook, kit, shared, []string{screen}),
		screen:                  slices.Concat(frontOfNotebook, kit, shared),
		"ui/page":               slices.Concat(frontOfNotebook, kit, common),
		"ui/screen":             slices.Concat(frontOfNotebook, kit),
		"ui/show":               slices.Concat(frontOfNotebook, kit),
		"ui/keymap":             slices.Concat(kit, []string{"internal/plain"}),
		"ui/theme":              slices.Concat(kit, []string{"internal/plain"}),
		"ui/widget":             slices.Concat(kit, []string{"internal/plain"}),
		"cmd/hark":              slices.Concat(frontOfNotebook, kit, stores, []string{"internal/cli", "ui", screen}),
		"campaign":              slices.Concat(frontOfNotebook, kit, stores, []string{"internal/cli", "ui", screen}),
		"bench/speed":           nil,
		"release":               nil,
		"internal/house":        nil,
	}
}

// pure are the rooms that import the standard library and each other alone.
func pure() []string { return []string{"internal/document", "internal/interview"} }

// fence keeps modules from outside to some rooms.
type fence struct {
	module string
	rooms  []string // none: nobody
	why    string
}

func fences() []fence {
	screens := []string{
		"campaign", "cmd/hark", "ui", screen, "ui/page", "ui/screen", "ui/show", "ui/keymap", "ui/theme", "ui/widget",
	}
	return []fence{
		{"go.etcd.io", []string{"store", "store/codec", "store/internal", "campaign"}, "the data file belongs to store alone"},
		{"charm.land", screens, "only ui and cmd draw on a terminal"},
		{"charm.land/glamour", nil, "it links chroma, which costs every start 13 ms"},
		{"charm.land/lipgloss/v2/compat", nil, "it asks the terminal for its colours when the program starts"},
		{"github.com/alecthomas/chroma", nil, "its initialisation costs every start 13 ms"},
		{"github.com/charmbracelet/bubbles", nil, "its import path is charm.land/bubbles/v2"},
		{"github.com/charmbracelet/bubbletea", nil, "its import path is charm.land/bubbletea/v2"},
		{"github.com/charmbracelet/glamour", nil, "it links chroma, which costs every start 13 ms"},
		{"github.com/charmbracelet/lipgloss", nil, "its import path is charm.land/lipgloss/v2"},
		{"github.com/charmbracelet/x/vt", nil, "it is for tests only"},
		{"github.com/creack/pty", nil, "it is for tests only"},
		{"github.com/google/go-cmp", nil, "it is for tests only"},
		{"github.com/rogpeppe/go-internal", nil, "it is for tests only"},
		{"pgregory.net/rapid", nil, "it is for tests only"},
	}
}

// roomOf names the room that a package of the module stands in, and the folder where that room
// begins. Both are empty for a package that stands in none.
func roomOf(pkg string) (room, folder string) {
	table := rooms()
	parts := strings.Split(pkg, "/")
	if pkg != "ui" && parts[0] == "ui" {
		folder = "ui/" + parts[1]
		if _, named := table[folder]; named {
			return folder, folder
		}
		return screen, folder
	}
	for n := len(parts); n > 0; n-- {
		folder = strings.Join(parts[:n], "/")
		if _, named := table[folder]; named {
			return folder, folder
		}
	}
	return "", ""
}

// within reports whether an import path is prefix or lies below it.
func within(path, prefix string) bool {
	return path == prefix || strings.HasPrefix(path, prefix+"/")
}

// wrongImports answers for a package of a module, named by its folder, which of its imports the
// house does not allow, one sentence each.
func wrongImports(module, pkg string, imports []string) []string {
	room, folder := roomOf(pkg)
	if room == "" {
		return []string{pkg + " stands in no room of the house: give it a row in rooms()"}
	}
	var wrong []string
	for _, path := range imports {
		switch inside, ours := strings.CutPrefix(path, module+"/"); {
		case ours:
			other, otherFolder := roomOf(inside)
			if helpsTests(inside) || otherFolder != folder && !slices.Contains(rooms()[room], other) {
				wrong = append(wrong, fmt.Sprintf("%s imports %s", pkg, inside))
			}
		case !fromOutside(path):
		case slices.Contains(pure(), room):
			wrong = append(wrong, fmt.Sprintf("%s imports %s: the domain takes the standard library alone", pkg, path))
		default:
			wrong = append(wrong, brokenFences(room, pkg, path)...)
		}
	}
	return wrong
}

// helpsTests reports whether a package is there for test files alone, as its name says: uitest,
// notebooktest.
func helpsTests(pkg string) bool { return strings.HasSuffix(pkg, "test") }

// fromOutside tells a module's import path from one of the standard library, by the dot in its
// first element.
func fromOutside(path string) bool {
	first, _, _ := strings.Cut(path, "/")
	return strings.Contains(first, ".")
}

func brokenFences(room, pkg, path string) []string {
	var wrong []string
	for _, f := range fences() {
		if within(path, f.module) && !slices.Contains(f.rooms, room) {
			wrong = append(wrong, fmt.Sprintf("%s imports %s: %s", pkg, path, f.why))
		}
	}
	return wrong
}

// Code for tests is free: a test of a screen may open a real store.
func TestArrows(t *testing.T) {
	for _, s := range sources(t) {
		if s.forTests() {
			continue
		}
		imports, err := s.imports()
		if err != nil {
			t.Fatal(err)
		}
		for _, wrong := range wrongImports(s.module, s.pkg(), imports) {
			t.Errorf("%s: %s", s.name, wrong)
		}
	}
}

// The check itself: it must catch what it is there for, and let the rest pass.
func TestWrongImports(t *testing.T) {
	const pureSays = ": the domain takes the standard library alone"
	tests := []struct {
		name    string
		pkg     string
		imports []string
		want    []string
	}{
		{"standard library", "internal/document", []string{"fmt", "encoding/json"}, nil},
		{"document takes no module", "internal/document", []string{"golang.org/x/text/cases"},
			[]string{"internal/document imports golang.org/x/text/cases" + pureSays}},
		{"document knows no interview", "internal/document", []string{"hark/internal/interview"},
			[]string{"internal/document imports internal/interview"}},
		{"interview knows document", "internal/interview", []string{"hark/internal/document"}, nil},
		{"interview takes no leaf", "internal/interview", []string{"hark/internal/plain"},
			[]string{"internal/interview imports internal/plain"}},
		{"interview takes no module", "internal/interview", []string{"github.com/adrg/xdg"},
			[]string{"internal/interview imports github.com/adrg/xdg" + pureSays}},
		{"plain is a leaf", "internal/plain", []string{"hark/internal/config"},
			[]string{"internal/plain imports internal/config"}},
		{"language is a leaf", "internal/language", []string{"hark/internal/interview"},
			[]string{"internal/language imports internal/interview"}},
		{"nearest is a leaf", "internal/nearest", []string{"hark/internal/plain"},
			[]string{"internal/nearest imports internal/plain"}},
		{"the port stores nothing", "internal/storage", []string{"hark/internal/interview", "hark/store"},
			[]string{"internal/storage imports store"}},
		{"nobody around the domain stores", "internal/capture", []string{"hark/internal/storage"},
			[]string{"internal/capture imports internal/storage"}},
		{"config makes text plain", "internal/config", []string{"hark/internal/plain"}, nil},
		{"neighbours around the domain", "internal/interchange", []string{"hark/internal/interview", "hark/internal/insight"},
			[]string{"internal/interchange imports internal/insight"}},
		{"export writes what others work out", "internal/export", []string{"hark/internal/insight", "hark/internal/interchange"}, nil},
		{"export knows no language", "internal/export", []string{"hark/internal/capture"},
			[]string{"internal/export imports internal/capture"}},
		{"nothing above", "internal/capture", []string{"hark/internal/notebook"},
			[]string{"internal/capture imports internal/notebook"}},
		{"notebook uses what lies behind it", "internal/notebook",
			[]string{"hark/internal/capture", "hark/internal/export", "hark/internal/config"}, nil},
		{"notebook is handed its store", "internal/notebook", []string{"hark/store"},
			[]string{"internal/notebook imports store"}},
		{"store keeps the data file", "store",
			[]string{"hark/internal/interview", "hark/internal/storage", "go.etcd.io/bbolt"}, nil},
		{"search knows nothing that stores", "internal/search", []string{"hark/internal/plain", "hark/internal/storage"},
			[]string{"internal/search imports internal/storage"}},
		{"store knows no notebook", "store", []string{"hark/internal/notebook"}, []string{"store imports internal/notebook"}},
		{"a room may have packages below it", "store/index", []string{"hark/store/index/segment"}, nil},
		{"the rooms of the store", "store", []string{"hark/store/codec", "hark/store/repair"}, []string{"store imports store/repair"}},
		{"the rooms of the store know no neighbour", "store/check", []string{"hark/store/codec", "hark/store/index", "hark/store"},
			[]string{"store/check imports store/index", "store/check imports store"}},
		{"a package below a room obeys the room", "store/codec", []string{"hark/internal/cli"},
			[]string{"store/codec imports internal/cli"}},
		{"nobody else touches the data file", "internal/notebook", []string{"go.etcd.io/bbolt"},
			[]string{"internal/notebook imports go.etcd.io/bbolt: the data file belongs to store alone"}},
		{"cli takes neither store nor ui", "internal/cli", []string{"hark/internal/notebook", "hark/store", "hark/ui"},
			[]string{"internal/cli imports store", "internal/cli imports ui"}},
		{"the tree of commands knows its parts", "internal/cli", []string{"hark/internal/cli/app", "hark/internal/cli/files"}, nil},
		{"commands know what they share", "internal/cli/take", []string{"hark/internal/cli/app", "hark/internal/notebook"}, nil},
		{"and not each other", "internal/cli/take", []string{"hark/internal/cli/files", "hark/internal/cli"},
			[]string{"internal/cli/take imports internal/cli/files", "internal/cli/take imports internal/cli"}},
		{"what they share knows none of them", "internal/cli/app", []string{"hark/internal/cli/take"},
			[]string{"internal/cli/app imports internal/cli/take"}},
		{"ui takes no store", "ui", []string{"hark/internal/notebook", "hark/ui/live", "hark/ui/theme", "hark/store"},
			[]string{"ui imports store"}},
		{"a screen", "ui/live", []string{"hark/internal/notebook", "hark/ui/widget", "charm.land/bubbletea/v2"}, nil},
		{"a screen takes no store", "ui/live", []string{"hark/store"}, []string{"ui/live imports store"}},
		{"a screen knows no other", "ui/live", []string{"hark/ui/library"}, []string{"ui/live imports ui/library"}},
		{"a screen knows no root model", "ui/live", []string{"hark/ui"}, []string{"ui/live imports ui"}},
		{"what screens share", "ui/live", []string{"hark/ui/screen", "hark/ui/show"}, nil},
		{"what screens share knows none of them", "ui/screen", []string{"hark/internal/notebook", "hark/ui/live"},
			[]string{"ui/screen imports ui/live"}},
		{"helpers of tests", "ui/live", []string{"hark/ui/uitest"}, []string{"ui/live imports ui/uitest"}},
		{"helpers of tests in the same room", "internal/notebook", []string{"hark/internal/notebook/notebooktest"},
			[]string{"internal/notebook imports internal/notebook/notebooktest"}},
		{"a widget", "ui/widget", []string{"hark/ui/theme", "hark/internal/plain", "charm.land/lipgloss/v2"}, nil},
		{"a widget knows no domain", "ui/widget", []string{"hark/internal/interview"},
			[]string{"ui/widget imports internal/interview"}},
		{"a widget knows no screen", "ui/widget", []string{"hark/ui/live"}, []string{"ui/widget imports ui/live"}},
		{"a theme knows no domain", "ui/theme", []string{"hark/internal/notebook"},
			[]string{"ui/theme imports internal/notebook"}},
		{"a key map knows no domain", "ui/keymap", []string{"hark/internal/capture"},
			[]string{"ui/keymap imports internal/capture"}},
		{"no drawing below ui", "internal/insight", []string{"charm.land/lipgloss/v2"},
			[]string{"internal/insight imports charm.land/lipgloss/v2: only ui and cmd draw on a terminal"}},
		{"glamour for nobody", "ui", []string{"charm.land/glamour/v2"},
			[]string{"ui imports charm.land/glamour/v2: it links chroma, which costs every start 13 ms"}},
		{"compat for nobody", "ui/theme", []string{"charm.land/lipgloss/v2/compat"}, []string{
			"ui/theme imports charm.land/lipgloss/v2/compat: it asks the terminal for its colours when the program starts"}},
		{"tools of tests", "ui/live", []string{"pgregory.net/rapid"},
			[]string{"ui/live imports pgregory.net/rapid: it is for tests only"}},
		{"a name that only begins alike", "internal/capture", []string{"charm.land.example/x"}, nil},
		{"main ties the house together", "cmd/hark",
			[]string{"hark/internal/cli", "hark/internal/notebook", "hark/store", "hark/ui", "charm.land/lipgloss/v2"}, nil},
		{"the campaign tries all of the house", "campaign/power",
			[]string{"hark/campaign/tap", "hark/internal/cli", "hark/internal/notebook", "hark/store", "hark/ui", "charm.land/bubbletea/v2"}, nil},
		{"nobody knows the campaign", "store", []string{"hark/campaign/tap"}, []string{"store imports campaign/tap"}},
		{"a package in no room", "internal/helpers", nil,
			[]string{"internal/helpers stands in no room of the house: give it a row in rooms()"}},
		{"no room is imported", "internal/cli", []string{"hark/helpers"}, []string{"internal/cli imports helpers"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, wrongImports("hark", tt.pkg, tt.imports)); diff != "" {
				t.Errorf("wrong imports (-want +got):\n%s", diff)
			}
		})
	}
}

// Every name in the table must be a room itself, or an arrow points at nothing.
func TestRoomsNameRooms(t *testing.T) {
	table := rooms()
	named := func(name string) bool { _, ok := table[name]; return ok }
	for room, may := range table {
		for _, other := range may {
			if !named(other) {
				t.Errorf("%s may import %s, which is no room", room, other)
			}
		}
	}
	for _, f := range fences() {
		for _, room := range f.rooms {
			if !named(room) {
				t.Errorf("%s is fenced to %s, which is no room", f.module, room)
			}
		}
	}
}
