// Package demo has interviews that nobody led: the sample notebook of `hark demo`, and made-up
// interviews in any number to try how hark does with many.
//
// Both are entered through the use cases of package notebook, action by action, each at a time of
// its own, so that they have nothing in them that a notebook cannot hold. The sample is written in
// the capture language (the folder sample). What is made up comes from word lists and sentences
// with slots (the folder made), drawn by random numbers that follow from a seed.
package demo
