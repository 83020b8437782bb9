// Package ptytest runs a real program in a pseudo-terminal and reads its screen through a terminal
// emulator, so that a test can see what no model in the test's process shows: signals, resizing,
// suspending, colours, how the terminal is left behind, and durations.
//
//	term := ptytest.Start(t, exec.Command("hark", "new", "Harbour Welding"), ptytest.Config{Width: 100, Height: 30})
//	term.Sees("Harbour Welding")
//	term.Type("The whole Friday batch came back.\r")
//
// Time is real here. Nothing sleeps for an estimated time: every call waits for its condition, with
// a deadline so generous that only a hanging program misses it.
//
// Screens are better tested with uitest, which needs no real time. Pseudo-terminals exist on Unix
// only.
package ptytest
