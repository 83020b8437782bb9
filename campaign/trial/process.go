package trial

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"time"
)

// playing says to a program that it is to play a process of a campaign, named by
// its first argument.
const playing = "HARK_CAMPAIGN_PROCESS"

// Process is what a process of a campaign does with its arguments. An error is
// said on standard error, and is the end of it.
type Process func(args []string) error

// Play ends the program after playing the process that it was started as. It
// returns when the program is no process of a campaign, but the campaign.
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

// Command prepares a process that this program plays. It is killed when the
// context ends.
func Command(ctx context.Context, name string, args ...string) (*exec.Cmd, error) {
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	cmd := exec.CommandContext(ctx, self, append([]string{name}, args...)...)
	// One thread for Go code each, for many run at once; and the race detector
	// would hold up each end for a second.
	cmd.Env = append(os.Environ(), playing+"=1", "GOMAXPROCS=1", "GORACE=atexit_sleep_ms=0")
	cmd.WaitDelay = time.Second
	return cmd, nil
}
