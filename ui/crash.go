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

// guard is the root model with recovery from panics. Bubble Tea has its own, which prints the stack
// over whatever the user was doing; this one leaves as ctrl+q does, and writes the stack to a file.
type guard struct {
	inner tea.Model
	where func() string                // what was on the screen, for the report
	leave func() screen.Rescue         // returns the unsaved text
	lose  func(text string, why error) // records text that cannot be saved
	alarm chan struct{}                // closed at the first crash

	mu      sync.Mutex // guards what follows
	crash   *crash     // the first one, nil for none
	left    bool       // the app is being left
	offered bool       // some text was saved where it is offered again
	lost    bool       // some text could not be saved
}

// guard returns the app with recovery from panics.
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

// rescuer is a screen whose typed text is offered again after a crash. Text typed on other screens
// is not.
type rescuer interface {
	// Rescue returns that text, and how to save it.
	Rescue() screen.Rescue
}

// crash is a panic.
type crash struct {
	value any
	stack []byte
	doing string
}

// crashed reports that there was a crash.
type crashed struct{ under *guard }

// lastWait limits the wait for actions under way after a crash: they may wait for the part that
// crashed.
const lastWait = 3 * time.Second

// errLate and errCrashed are why text is reported as lost that may be saved after all.
var (
	errLate    = errors.New("the notebook did not answer in time; it may have them all the same")
	errCrashed = errors.New("what was to keep them failed")
)

// catch records a panic. It must be deferred.
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

// failed returns the crash, nil for none.
func (g *guard) failed() *crash {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.crash
}

// Init implements tea.Model.
func (g *guard) Init() (cmd tea.Cmd) {
	// A crash in View cannot return a command, and one in another goroutine must be noticed too.
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

// end leaves, once, after what can still be finished.
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

// rescue saves the unsaved text where it is offered again. What cannot be saved is passed on, to be
// printed.
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
		result := outcome{left: text.Text, why: errCrashed} // until Save returns
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

// unsaved returns the unsaved text, as far as the screen still can.
func (g *guard) unsaved() (text screen.Rescue) {
	defer g.catch("while leaving")
	return g.leave()
}

// command adds the recovery to a command, and to those that it returns.
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

// commandsOf returns the commands of a batch or of a sequence, whose type Bubble Tea does not
// export; none for any other message.
func commandsOf(msg tea.Msg) []tea.Cmd {
	of := reflect.TypeFor[[]tea.Cmd]()
	if v := reflect.ValueOf(msg); v.IsValid() && v.Kind() == reflect.Slice && v.Type().ConvertibleTo(of) {
		cmds, _ := reflect.TypeAssert[[]tea.Cmd](v.Convert(of)) // the same array
		return cmds
	}
	return nil
}

// report writes the crash report and returns what to tell the user, before what could not be saved.
// folder is where it goes, "" for nowhere.
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

// fate describes what happened to unsaved text. It promises only what is certain.
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

// write writes the report to a new file that only its owner can read, and returns its path.
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

// note returns the text of the report. A panic's message can contain typed text, so only that of
// the runtime is included, which contains numbers and types.
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

// plainError returns an error of the file system as path and reason.
func plainError(err error) error {
	if inPath, ok := errors.AsType[*fs.PathError](err); ok {
		return fmt.Errorf("%s: %w", plain.Terminal(inPath.Path), inPath.Err)
	}
	return err
}
