package measure

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"youju/bench/engine"
	"youju/bench/question"
)

// A client asks a running engine. It may be used by several goroutines.
type client interface {
	ask(question.Question) (question.Answer, error)
}

// pipeClient writes questions to a process and reads its answers, which may
// come in another order.
type pipeClient struct {
	process *Process
	mu      sync.Mutex
	next    int
	waiting map[int]chan string
}

func newPipeClient(p *Process) (*pipeClient, error) {
	line, err := p.out.ReadString('\n')
	if err != nil || strings.TrimSpace(line) != "ready" {
		return nil, fmt.Errorf("the engine does not start: %q %v", line, err)
	}
	c := &pipeClient{process: p, waiting: map[int]chan string{}}
	go c.read()
	return c, nil
}

// read hands every answer to whoever waits for it, and none to all who wait
// when the engine ends.
func (c *pipeClient) read() {
	for {
		line, err := c.process.out.ReadString('\n')
		c.mu.Lock()
		if err != nil {
			for _, w := range c.waiting {
				close(w)
			}
			c.waiting = nil
			c.mu.Unlock()
			return
		}
		var id int
		fmt.Sscan(line, &id)
		if w := c.waiting[id]; w != nil {
			delete(c.waiting, id)
			w <- strings.TrimSuffix(line, "\n")
		}
		c.mu.Unlock()
	}
}

func (c *pipeClient) ask(q question.Question) (question.Answer, error) {
	answer := make(chan string, 1)
	c.mu.Lock()
	if c.waiting == nil {
		c.mu.Unlock()
		return question.Answer{}, io.ErrUnexpectedEOF
	}
	c.next++
	q.ID = c.next
	c.waiting[q.ID] = answer
	_, err := io.WriteString(c.process.in, q.Line()+"\n")
	c.mu.Unlock()
	if err != nil {
		return question.Answer{}, err
	}
	line, ok := <-answer
	if !ok {
		return question.Answer{}, io.ErrUnexpectedEOF
	}
	return question.ParseAnswer(line)
}

// httpClient asks a server for JSON.
type httpClient struct {
	http *http.Client
	// base is the address of the server, url that of a question; read says what
	// an answer comes to.
	base string
	url  func(question.Question) string
	read func(question.Question, []byte) (question.Answer, error)
	// answers and bytes count what came back.
	answers, bytes atomic.Int64
}

// newHTTPClient waits until the server answers at ready.
func newHTTPClient(p *Process, ready string, c *httpClient) (*httpClient, error) {
	c.http = &http.Client{
		Transport: &http.Transport{MaxIdleConnsPerHost: maxClients, DisableCompression: true},
		Timeout:   time.Minute,
	}
	for begun := time.Now(); ; time.Sleep(time.Millisecond) {
		res, err := c.http.Get(ready)
		if err == nil {
			res.Body.Close()
			if res.StatusCode == http.StatusOK {
				return c, nil
			}
		}
		if !p.alive() || time.Since(begun) > startTimeout {
			return nil, fmt.Errorf("%s does not answer", ready)
		}
	}
}

const startTimeout = 2 * time.Minute

func (c *httpClient) ask(q question.Question) (question.Answer, error) {
	body, err := c.get(c.url(q))
	if err != nil {
		return question.Answer{}, err
	}
	return c.read(q, body)
}

func (c *httpClient) get(address string) ([]byte, error) {
	res, err := c.http.Get(address)
	if err != nil {
		return nil, err
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	c.answers.Add(1)
	c.bytes.Add(int64(len(body)))
	if err == nil && res.StatusCode != http.StatusOK {
		err = fmt.Errorf("%s: %s", res.Status, body[:min(len(body), 200)])
	}
	return body, err
}

// newYoujuClient asks Youju's API, for the exact characters or as typed.
func newYoujuClient(p *Process, base string, typed bool) (*httpClient, error) {
	return newHTTPClient(p, base+"/readyz", &httpClient{
		base: base,
		url: func(q question.Question) string {
			v := url.Values{"q": {engine.Quoted(q)}, "size": {fmt.Sprint(question.PageSize)}}
			if typed {
				v.Set("q", strings.Join(q.Words, " "))
			}
			for name, value := range q.Filters {
				v.Set(name, value)
			}
			return base + youjuPath + v.Encode()
		},
		read: readYouju,
	})
}

// youjuPath is where Youju's API answers.
const youjuPath = "/api/v1/search?"

// total asks Youju with these parameters how many hits there are.
func (c *httpClient) total(v url.Values) (int, error) {
	body, err := c.get(c.base + youjuPath + v.Encode())
	if err != nil {
		return 0, err
	}
	a, err := c.read(question.Question{}, body)
	return a.Total, err
}

func readYouju(q question.Question, body []byte) (question.Answer, error) {
	var res struct {
		Total int
		Hits  []struct{ Snippet string }
		// Facets list a place before those below it.
		Facets []struct {
			Name   string
			Values []struct {
				Value, Parent string
				Count         int
			}
		}
	}
	if err := json.Unmarshal(body, &res); err != nil {
		return question.Answer{}, err
	}
	a := question.Answer{Total: res.Total, Hits: len(res.Hits), Facets: map[string]question.Counts{}}
	for _, h := range res.Hits {
		a.Snippets += len(h.Snippet)
	}
	for _, f := range res.Facets {
		a.Facets[f.Name] = engine.Summary(q, f.Name, len(f.Values), func(i int) (string, string, int) {
			return f.Values[i].Value, f.Values[i].Parent, f.Values[i].Count
		})
	}
	return a, nil
}
