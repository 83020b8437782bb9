package power

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"slices"
	"strings"
	"time"

	"hark/campaign/book"
	"hark/campaign/trial"
)

// patience is the longest time of reading a notebook.
const patience = 20 * time.Second

// check reads the notebook in a folder on each request, and answers with its content or with an
// error.
func check(args []string) error {
	if err := trial.LimitMemory(); err != nil {
		return err
	}
	asked := bufio.NewScanner(os.Stdin)
	for asked.Scan() {
		left, err := read(notebookIn(args[0]))
		if err != nil {
			fmt.Println("error: " + strings.ReplaceAll(err.Error(), "\n", "; "))
			continue
		}
		fmt.Println(left.everything, left.lines)
	}
	return asked.Err()
}

// left is the content of a notebook after a power failure.
type left struct {
	everything string // its fingerprint
	lines      string // the numbers of its lines, "lines:001,002"
}

// of returns the part that counts for a kind of recording.
func (l left) of(s sort) string {
	if s.lines {
		return l.lines
	}
	return l.everything
}

func read(path string) (left, error) {
	ctx := context.Background()
	b, texts, err := book.Check(ctx, path)
	if err != nil {
		return left{}, err
	}
	everything, err := b.Fingerprint(ctx)
	if err != nil {
		return left{}, err
	}
	var numbers []string
	for text, times := range texts {
		if number, ok := strings.CutPrefix(text, "line "); ok {
			numbers = append(numbers, slices.Repeat([]string{number}, times)...)
		}
	}
	slices.Sort(numbers)
	return left{everything, "lines:" + strings.Join(numbers, ",")}, nil
}

// checker lets a process read a folder; a process that crashed is restarted.
type checker struct {
	folder string
	cmd    *exec.Cmd
	ask    io.WriteCloser
	answer *bufio.Reader
}

// read returns the content of the notebook in the folder.
func (c *checker) read(ctx context.Context) (left, error) {
	if c.cmd == nil {
		if err := c.start(ctx); err != nil {
			return left{}, err
		}
	}
	_, err := io.WriteString(c.ask, "\n")
	var answer string
	if err == nil {
		slow := time.AfterFunc(patience, func() { _ = c.cmd.Process.Kill() })
		answer, err = c.answer.ReadString('\n')
		slow.Stop()
	}
	if err != nil {
		c.stop()
		return left{}, fmt.Errorf("hark fell over it: %w", err)
	}
	answer = strings.TrimSpace(answer)
	if wrong, is := strings.CutPrefix(answer, "error: "); is {
		return left{}, errors.New(wrong)
	}
	everything, lines, _ := strings.Cut(answer, " ")
	return left{everything, lines}, nil
}

func (c *checker) start(ctx context.Context) error {
	cmd, err := trial.Command(ctx, "power check", c.folder)
	if err != nil {
		return err
	}
	if c.ask, err = cmd.StdinPipe(); err != nil {
		return err
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		return err
	}
	c.answer = bufio.NewReader(out)
	c.cmd = cmd
	return cmd.Start()
}

// stop ends the process, if there is one.
func (c *checker) stop() {
	if c.cmd == nil {
		return
	}
	_ = c.ask.Close()        // the process normally ends by itself then
	_ = c.cmd.Process.Kill() // otherwise it is killed
	_ = c.cmd.Wait()         // how it ended is irrelevant
	c.cmd = nil
}
