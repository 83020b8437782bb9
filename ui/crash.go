package ui

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"runtime"
	"runtime/debug"
	"strings"
	"sync"
	"time"

	tea "charm.land/bubbletea/v2"

	"hark/internal/plain"
	"hark/ui/screen"
)

// guard is the root model with a net under it. Bubble Tea has one of its own,
// which prints the stack of a panic over whatever the person was doing; this one
// leaves as ctrl+q does, and the stack goes into a file.
type guard struct {
	inner tea.Model
	where func() string                // what was on the screen, for the note
	leave func() screen.Rescue         // what is nowhere else yet
	lose  func(text string, why error) // is told of what can be put nowhere
	alarm chan struct{}                // closed at the first crash

	mu      sync.Mutex // guards what follows
	crash   *crash     // the first one, nil for none
	left    bool       // the app is being left
	offered bool       // some text was saved where it is offered again
	lost    bool       // some text could not be saved
}

// guard returns the app with a net under it.
func (a *App) guard() *guard {
	return &guard{
		inner: a, alarm: make(chan struct{}), lose: a.lose,
		where: func() string { return fmt.Sprintf("%T in %dx%d", a.screen, a.width, a.height) },
		leave: func() screen.Rescue {
			if s, ok := a.screen.(rescuer); ok {
				return s.Rescue()
			}
			return screen.Rescue{}
		},
	}
}

// rescuer is a screen on which text is typed that is offered again after a fault
// of whatever else the screen does. What is typed on others is not.
type rescuer interface {
	// Rescue returns that text, and what puts it there.
	Rescue() screen.Rescue
}

// fault is a panic.
type crash struct {
	value any
	stack []byte
	doing string
}

// faulted says that there was a fault.
type crashed struct{ under *guard }

// lastWait is how long what is on its way may take after a fault: the one that
// it waits for may be the one that failed.
const lastWait = 3 * time.Second

// errLate and errFault say why text is handed back that may be somewhere after all.
var (
	errLate    = errors.New("the notebook did not answer in time; it may have them all the same")
	errCrashed = errors.New("what was to keep them failed")
)

// catch takes note of a panic. It is to be deferred.
func (g *guard) catch(doing string) {
	value := recover()
	if value == nil {
		return
	}
	stack := debug.Stack()
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.crash == nil {
		g.crash = &crash{value, stack, doing}
		close(g.alarm)
	}
}

// failed returns the fault, nil for none.
func (g *guard) failed() *crash {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.crash
}

// Init implements tea.Model.
func (g *guard) Init() (cmd tea.Cmd) {
	// What draws can bring no command, and what fails beside the screen is heard of
	// in any case.
	listen := func() tea.Msg {
		<-g.alarm
		return crashed{g}
	}
	defer func() { cmd = tea.Batch(listen, cmd) }()
	defer g.catch("at the start")
	return g.command(g.inner.Init())
}

// Update implements tea.Model.
func (g *guard) Update(msg tea.Msg) (model tea.Model, cmd tea.Cmd) {
	model = g
	defer func() {
		if g.failed() != nil {
			cmd = g.end()
		}
	}()
	if g.failed() != nil {
		return g, nil
	}
	defer g.catch(fmt.Sprintf("on a message of type %T", msg))
	_, cmd = g.inner.Update(msg)
	return g, g.command(cmd)
}

// View implements tea.Model.
func (g *guard) View() (v tea.View) {
	blank := tea.View{AltScreen: true}
	if g.failed() != nil {
		return blank
	}
	defer func() {
		if g.failed() != nil {
			v = blank
		}
	}()
	defer g.catch("while drawing")
	return g.inner.View()
}

// end leaves, once: first what is to be finished, as far as that still can be.
func (g *guard) end() tea.Cmd {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.left {
		return nil
	}
	g.left = true
	return func() tea.Msg {
		g.rescue()
		return tea.Quit()
	}
}

// rescue puts what is nowhere else yet where it is offered again. What cannot be
// put there is handed on, to be printed, whatever the reason.
func (g *guard) rescue() {
	text := g.unsaved()
	if text.Save == nil {
		return
	}
	type outcome struct {
		saved bool
		left  []string
		why   error
	}
	done := make(chan outcome, 1)
	go func() {
		result := outcome{left: text.Text, why: errCrashed} // unless it says otherwise
		defer func() { done <- result }()
		defer g.catch("while leaving")
		result.saved, result.left, result.why = text.Save()
	}()
	var result outcome
	select {
	case result = <-done:
	case <-time.After(lastWait):
		result = outcome{left: text.Text, why: errLate}
	}
	for _, line := range result.left {
		g.lose(line, result.why)
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	g.offered, g.lost = result.saved, len(result.left) > 0
}

// unsaved returns what is nowhere else yet, as far as that can be found out.
func (g *guard) unsaved() (text screen.Rescue) {
	defer g.catch("while leaving")
	return g.leave()
}

// command puts the net under a command, and under those that it brings.
func (g *guard) command(cmd tea.Cmd) tea.Cmd {
	if cmd == nil {
		return nil
	}
	return func() (msg tea.Msg) {
		defer func() {
			if g.failed() != nil {
				msg = crashed{g}
			}
		}()
		defer g.catch("in a command")
		msg = cmd()
		for i, each := range commandsOf(msg) {
			commandsOf(msg)[i] = g.command(each)
		}
		return msg
	}
}

// commandsOf returns the commands that a message is made of: that of a batch, or
// of a sequence, whose type Bubble Tea keeps to itself. None for any other.
func commandsOf(msg tea.Msg) []tea.Cmd {
	of := reflect.TypeFor[[]tea.Cmd]()
	if v := reflect.ValueOf(msg); v.IsValid() && v.Kind() == reflect.Slice && v.Type().ConvertibleTo(of) {
		cmds, _ := v.Convert(of).Interface().([]tea.Cmd) // the same array
		return cmds
	}
	return nil
}

// report writes down what happened and returns what to tell people, before what
// could not be saved. folder is where it goes, "" for nowhere.
func (g *guard) report(folder string, now time.Time) error {
	f := g.failed()
	if f == nil {
		return nil
	}
	path, err := f.write(folder, g.where(), now)
	said := "a fault in hark itself has ended the app. What hark had called saved is kept" + g.fate()
	if err != nil {
		return errors.New(said + "How the fault came about could not be written down: " + err.Error())
	}
	return errors.New(said + "How the fault came about is written down in " + plain.Terminal(path) +
		", without the text of any interview; whoever looks after hark will want to see that file")
}

// fate says what became of what was not saved yet. What nobody has confirmed is
// not promised.
func (g *guard) fate() string {
	g.mu.Lock()
	defer g.mu.Unlock()
	offered := ", and what was in the box is offered again when the interview is opened: `hark open` goes on with it. "
	switch {
	case g.offered && g.lost:
		return offered + "What could not be saved stands below. "
	case g.offered:
		return offered
	case g.lost:
		return ", and what could not be saved stands below. "
	default:
		return "; what was still being typed, if anything, is not. "
	}
}

// write writes a fault to a new file that its owner alone can read.
func (f *crash) write(folder, where string, now time.Time) (path string, err error) {
	if folder == "" {
		return "", errors.New("there is no folder for it")
	}
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return "", plainError(err)
	}
	path = filepath.Join(folder, fmt.Sprintf("fault-%s-%d.txt", now.Format("20060102-150405"), os.Getpid()))
	file, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return "", plainError(err)
	}
	_, err = file.WriteString(f.note(where, now))
	if err = errors.Join(err, file.Close()); err != nil {
		return "", plainError(err)
	}
	return path, nil
}

// note is what is written down. The message of a panic can hold what people
// typed, so only that of the runtime is told, which knows numbers and types.
func (f *crash) note(where string, now time.Time) string {
	what := fmt.Sprintf("a %T, which may hold words of an interview and is left out", f.value)
	if err, ok := f.value.(runtime.Error); ok {
		what = err.Error()
	}
	version := "unknown"
	if info, ok := debug.ReadBuildInfo(); ok {
		version = info.Main.Version
		for _, s := range info.Settings {
			if s.Key == "vcs.revision" {
				version += " " + s.Value
			}
		}
	}
	var b strings.Builder
	fmt.Fprintf(&b, "hark %s, %s, %s/%s\n", version, runtime.Version(), runtime.GOOS, runtime.GOARCH)
	fmt.Fprintf(&b, "%s, %s, %s\n", now.Format(time.RFC3339), where, f.doing)
	fmt.Fprintf(&b, "panic: %s\n\n%s", what, f.stack)
	return b.String()
}

// plainError is the reason of an error of the file system.
func plainError(err error) error {
	var inPath *fs.PathError
	if errors.As(err, &inPath) {
		return fmt.Errorf("%s: %w", plain.Terminal(inPath.Path), inPath.Err)
	}
	return err
}
