// Package ptytest runs a real program in a pseudo-terminal and reads its screen through a terminal emulator, so that a
// test can see what no model in a test's own process shows: signals, resizing, suspending, colours, how the terminal
// is left behind, and how long something takes.
//
//	term := ptytest.Start(t, exec.Command("hark", "new", "Harbour Welding"), ptytest.Config{Width: 100, Height: 30})
//	term.Sees("Harbour Welding")
//	term.Type("The whole Friday batch came back.\r")
//
// Time is real here. Nothing sleeps for as long as something probably takes: everything waits for what it wants to see,
// with a deadline so generous that only a program that hangs misses it.
//
// Screens are better tested with uitest, which needs no time at all. There are pseudo-terminals on Unix only.
package ptytest
