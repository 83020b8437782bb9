package trial

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"time"
)

// playing is the variable that makes a program play a process of a campaign, named by its first
// argument.
const playing = "HARK_CAMPAIGN_PROCESS"

// Process is the body of a campaign process. Its error is printed on standard error and ends the
// process.
type Process func(args []string) error

// Play runs the campaign process that the program was started as, and exits. In the campaign itself
// it returns.
func Play(processes map[string]Process) {
	if os.Getenv(playing) == "" {
		return
	}
	err := fmt.Errorf("no process to play is named")
	if len(os.Args) > 1 {
		if play, ok := processes[os.Args[1]]; ok {
			err = play(os.Args[2:])
		} else {
			err = fmt.Errorf("there is no process %q", os.Args[1])
		}
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	os.Exit(0)
}

// Command prepares a process that this program plays. It is killed when the context is done.
func Command(ctx context.Context, name string, args ...string) (*exec.Cmd, error) {
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	cmd := exec.CommandContext(ctx, self, append([]string{name}, args...)...)
	// One thread for Go code per process, for many run at once. The race detector would delay each
	// exit by a second.
	cmd.Env = append(os.Environ(), playing+"=1", "GOMAXPROCS=1", "GORACE=atexit_sleep_ms=0")
	cmd.WaitDelay = time.Second
	return cmd, nil
}

// Crash is the error of a process that crashed, was killed, or took too long.
type Crash struct {
	Err       error
	Complaint string // the beginning of its standard error
	Hung      bool   // it took too long
}

// Error implements error.
func (c *Crash) Error() string { return fmt.Sprintf("%v: %s", c.Err, c.Complaint) }

// Unwrap returns the error of the process.
func (c *Crash) Unwrap() error { return c.Err }

// Output runs a process that this program plays and returns its standard output. The error is a
// *Crash when the process failed, or when it ran longer than patience and was killed.
func Output(ctx context.Context, patience time.Duration, name string, args ...string) (string, error) {
	short, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	var out strings.Builder
	err := Lines(short, func(line string) { out.WriteString(line + "\n") }, name, args...)
	if ctx.Err() != nil {
		return "", ctx.Err()
	}
	if crash, ok := errors.AsType[*Crash](err); ok {
		crash.Hung = short.Err() != nil
	}
	return out.String(), err
}

// Lines runs a process that this program plays and calls line for each line of its standard output.
// The error is a *Crash when the process failed, or was killed because ctx is done.
func Lines(ctx context.Context, line func(string), name string, args ...string) error {
	cmd, err := Command(ctx, name, args...)
	if err != nil {
		return err
	}
	var complaint strings.Builder
	cmd.Stderr = &complaint
	out, err := cmd.StdoutPipe()
	if err != nil {
		return err
	}
	if err := cmd.Start(); err != nil {
		return err
	}
	const longest = 64 << 20 // bytes in a line
	lines := bufio.NewScanner(out)
	lines.Buffer(nil, longest)
	for lines.Scan() {
		line(lines.Text())
	}
	if err := errors.Join(lines.Err(), cmd.Wait()); err != nil {
		return NewCrash(err, complaint.String())
	}
	return nil
}

// NewCrash returns the error of a process that ended with err.
func NewCrash(err error, complaint string) *Crash {
	const longest = 800 // bytes
	return &Crash{Err: err, Complaint: complaint[:min(len(complaint), longest)]}
}
