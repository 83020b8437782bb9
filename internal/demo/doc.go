// Package demo has interviews that nobody held: the sample notebook of `hark
// demo`, and made-up interviews in any number to try how hark does with many.
//
// Both are entered through the use cases of package notebook, action by action,
// at moments of their own, so that they show no more than a notebook can hold.
// The sample is written down in the capture language (the folder sample); what
// is made up is put together from word lists and sentences with slots (the
// folder made) by dice that a seed decides.
package demo
