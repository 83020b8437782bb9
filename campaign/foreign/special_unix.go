//go:build unix

package foreign

import (
	"context"
	"errors"
	"net"
	"path/filepath"

	"golang.org/x/sys/unix"
)

// special are the targets that are no ordinary files.
func special() []target {
	return []target{
		{name: "a pipe", make: func(_ context.Context, in string, _ source) (string, error) {
			path := filepath.Join(in, "pipe.db")
			return path, unix.Mkfifo(path, 0o644)
		}},
		{name: "a socket", make: func(_ context.Context, in string, _ source) (string, error) {
			path := filepath.Join(in, "s")
			l, err := net.ListenUnix("unix", &net.UnixAddr{Name: path})
			if err != nil { // the path may be too long for one
				return "", errors.ErrUnsupported
			}
			l.SetUnlinkOnClose(false)
			return path, l.Close()
		}},
		{name: "/dev/null", make: func(context.Context, string, source) (string, error) { return "/dev/null", nil }},
	}
}
