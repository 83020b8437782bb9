//go:build !linux

package app

import (
	"errors"
	"os"
)

// openUnnamed returns nil: there are no files without a name here.
func openUnnamed(*os.Root) *os.File { return nil }

func giveName(*os.Root, *os.File, string) error { return errors.ErrUnsupported }
