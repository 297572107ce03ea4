package main

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"net"
	"strconv"
	"sync"
	"time"
)

// conn is a connection that is kept. It does as little as can be done: the
// machine is the server's, too, and what the client takes is missing there.
type conn struct {
	net.Conn
	r *bufio.Reader
}

// timeout is how long a client waits for an answer.
const timeout = 5 * time.Second

func dial(addr string) (*conn, error) {
	c, err := net.DialTimeout("tcp", addr, timeout)
	if err != nil {
		return nil, err
	}
	return &conn{c, bufio.NewReader(c)}, nil
}

// get asks for a path and gives the answer's status.
func (c *conn) get(path string) (int, error) {
	if err := c.SetDeadline(time.Now().Add(timeout)); err != nil {
		return 0, err
	}
	if _, err := c.Write(request(path)); err != nil {
		return 0, err
	}
	status, length, err := c.head()
	if err != nil {
		return 0, err
	}
	_, err = io.CopyN(io.Discard, c.r, length)
	return status, err
}

func request(path string) []byte {
	return []byte("GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept-Encoding: gzip\r\n\r\n")
}

// head reads the first lines of an answer. All answers of the server say how
// long they are.
func (c *conn) head() (status int, length int64, err error) {
	line, err := c.r.ReadSlice('\n')
	if err != nil {
		return 0, 0, err
	}
	if len(line) < 12 {
		return 0, 0, fmt.Errorf("no answer: %q", line)
	}
	if status, err = strconv.Atoi(string(line[9:12])); err != nil {
		return 0, 0, err
	}
	length = -1
	for {
		line, err := c.r.ReadSlice('\n')
		if err != nil {
			return 0, 0, err
		}
		line = bytes.TrimSpace(line)
		if len(line) == 0 {
			break
		}
		if value, ok := bytes.CutPrefix(line, []byte("Content-Length: ")); ok {
			if length, err = strconv.ParseInt(string(value), 10, 64); err != nil {
				return 0, 0, err
			}
		}
	}
	if length < 0 {
		return 0, 0, errors.New("an answer without length")
	}
	return status, length, nil
}

// pool keeps the connections of many clients.
type pool struct {
	addr string
	mu   sync.Mutex
	idle []*conn
	open int
	most int
}

var errNoConn = errors.New("more connections than this client has")

func (p *pool) take() (*conn, error) {
	p.mu.Lock()
	if n := len(p.idle); n > 0 {
		c := p.idle[n-1]
		p.idle = p.idle[:n-1]
		p.mu.Unlock()
		return c, nil
	}
	if p.open >= p.most {
		p.mu.Unlock()
		return nil, errNoConn
	}
	p.open++
	p.mu.Unlock()
	c, err := dial(p.addr)
	if err != nil {
		p.drop(nil)
	}
	return c, err
}

func (p *pool) give(c *conn) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.idle = append(p.idle, c)
}

func (p *pool) drop(c *conn) {
	if c != nil {
		c.Close()
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.open--
}

// ask makes one request with a connection of the pool.
func (p *pool) ask(path string) (int, error) {
	c, err := p.take()
	if err != nil {
		return 0, err
	}
	status, err := c.get(path)
	if err != nil {
		p.drop(c)
		return 0, err
	}
	p.give(c)
	return status, nil
}
