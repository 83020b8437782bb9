//go:build !unix

package main

import "testing"

func TestInATerminal(t *testing.T) {
	t.Skip("hark in a pseudo-terminal is tested on Unix only: there are none here, nor signals to send")
}
