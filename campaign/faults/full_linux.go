package faults

import (
	"context"
	"errors"
	"os"
	"strconv"
	"strings"
	"syscall"
	"time"

	"hark/campaign/trial"
)

// The file system to fill, its size once it is repaired, and the amount of text.
const (
	small      = "size=640k"
	roomy      = "size=8m"
	fillLines  = 90
	fillLength = 24_000
	// fillPatience is the longest time of the process that fills it.
	fillPatience = 5 * time.Minute
)

// fill lets hark write until a real file system is full, and further. It returns a description.
func fill(ctx context.Context, folder string, tally *trial.Tally) (did string, err error) {
	if err := os.Mkdir(folder, 0o700); err != nil {
		return "", err
	}
	err = syscall.Mount("hark", folder, "tmpfs", 0, small)
	if errors.Is(err, syscall.EPERM) || errors.Is(err, syscall.EACCES) {
		return "no full file system, for mounting one is the superuser's", nil
	}
	if err != nil {
		return "", err
	}
	defer func() { err = errors.Join(err, syscall.Unmount(folder, syscall.MNT_DETACH)) }()
	out, err := trial.Output(ctx, fillPatience, "faults write", notebookIn(folder), strconv.Itoa(fillLines), strconv.Itoa(fillLength))
	if err != nil {
		tally.Fail("crash", "on a full file system: %v", err)
		return "a full file system", nil
	}
	if !strings.Contains(out, saysHandedBack) {
		tally.Fail("blind", "the file system did not get full")
	}
	if err := syscall.Mount("hark", folder, "tmpfs", syscall.MS_REMOUNT, roomy); err != nil {
		return "", err
	}
	return "a full file system", compare(ctx, folder, "a full file system", out, fillLines, tally)
}
