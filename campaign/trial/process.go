package trial

import (
	"context"
	"fmt"
	"os"
	"os/exec"
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
