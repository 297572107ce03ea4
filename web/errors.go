package web

import (
	"context"
	"errors"
	"net/http"

	"youju/search"
	"youju/search/fact"
)

// handlerFunc answers a request or says why it could not. It writes nothing
// before it is sure to succeed.
type handlerFunc func(w http.ResponseWriter, r *http.Request) error

// handle turns a handlerFunc into an http.Handler; fail renders its error.
func (s *server) handle(h handlerFunc, fail func(http.ResponseWriter, *http.Request, *httpError)) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		err := h(w, r)
		if err == nil {
			return
		}
		if to := s.movedTo(r, err); to != "" {
			http.Redirect(w, r, to, http.StatusMovedPermanently)
			return
		}
		e := asHTTPError(err)
		gone := errors.Is(err, context.Canceled) // the reader did not wait: no fault of ours
		if e.Status >= http.StatusInternalServerError && !gone {
			s.log.ErrorContext(r.Context(), "request failed", "request", requestID(r.Context()), "err", err)
		}
		fail(w, r, e)
	})
}

// httpError is an answer other than success, in words for the reader.
type httpError struct {
	Status int
	// Code is the error's name in the API.
	Code    string
	Message string
	cause   error
	// Near lead to what the reader may have meant.
	Near []way
}

func (e *httpError) Error() string {
	if e.cause != nil {
		return e.Code + ": " + e.cause.Error()
	}
	return e.Code
}

func (e *httpError) Unwrap() error { return e.cause }

// asHTTPError gives every error a status and a message that tells a reader
// what to do and nothing about the inside.
func asHTTPError(err error) *httpError {
	var e *httpError
	switch {
	case errors.As(err, &e):
		return e
	case errors.Is(err, search.ErrNotFound):
		return &httpError{http.StatusNotFound, "not_found", "没有找到这份文件或这一条。编号可能有误，或者它不在本站的收录范围内。", err, nil}
	case errors.Is(err, context.DeadlineExceeded), errors.Is(err, context.Canceled):
		return &httpError{http.StatusServiceUnavailable, "timeout", "查询用时过长，已停止。请稍后再试，或者把词语改短一些、加上年份或地区。", err, nil}
	}
	return &httpError{http.StatusInternalServerError, "internal", "系统出了问题，不是您的操作有误。请稍后再试。", err, nil}
}

func unknownPath(http.ResponseWriter, *http.Request) error {
	return &httpError{http.StatusNotFound, "not_found", "这个网址没有对应的页面。可能是链接不完整，或者输入有误。", nil, nil}
}

// unknownName is the answer to a name that the collection does not hold.
func unknownName(message string, near []way) error {
	return &httpError{http.StatusNotFound, "not_found", message, nil, near}
}

// unknownAmong is the answer to a name that is none of those known: it leads to
// the ones like it, or to the first of them.
func unknownAmong(message, asked string, known []string, to func(name string) string) error {
	near := fact.Near(asked, known, maxWays)
	if len(near) == 0 {
		near = known[:min(len(known), maxWays)]
	}
	var ways []way
	for _, name := range near {
		ways = append(ways, way{Label: quote(name), URL: to(name)})
	}
	return unknownName(message, ways)
}

func wrongMethod(w http.ResponseWriter, _ *http.Request) error {
	w.Header().Set("Allow", "GET, HEAD")
	return &httpError{http.StatusMethodNotAllowed, "method_not_allowed", "本站只供查阅，不接受这种请求方式。", nil, nil}
}

type errorPage struct {
	basePage
	Status    int
	Heading   string
	Message   string
	Near      []way
	RequestID string
}

var errorHeadings = map[int]string{
	http.StatusBadRequest:         "网址有误",
	http.StatusNotFound:           "没有找到",
	http.StatusMethodNotAllowed:   "不支持这种请求方式",
	http.StatusTooManyRequests:    "请求太多",
	http.StatusServiceUnavailable: "暂时无法查询",
}

func (s *server) pageError(w http.ResponseWriter, r *http.Request, e *httpError) {
	heading, ok := errorHeadings[e.Status]
	if !ok {
		heading = "系统出了问题"
	}
	p := errorPage{
		basePage: s.base(r, tr(heading)), Status: e.Status,
		Heading: heading, Message: e.Message, Near: e.Near,
	}
	p.NoIndex = true
	if e.Status >= http.StatusInternalServerError {
		p.RequestID = requestID(r.Context())
	}
	retryLater(w, e)
	if err := s.render(w, r, e.Status, "error", p); err != nil {
		s.log.ErrorContext(r.Context(), "rendering the error page", "err", err)
		http.Error(w, heading+"："+e.Message, e.Status)
	}
}

type apiErrorBody struct {
	Error struct {
		Code    string `json:"code"`
		Message string `json:"message"`
		// Near are names like an unknown one.
		Near []string `json:"near,omitempty"`
	} `json:"error"`
}

func (s *server) apiError(w http.ResponseWriter, r *http.Request, e *httpError) {
	retryLater(w, e)
	if err := writeJSON(w, r, e.Status, newAPIError(e, langOf(r))); err != nil {
		s.log.ErrorContext(r.Context(), "writing the error", "err", err)
	}
}

func newAPIError(e *httpError, lang string) apiErrorBody {
	var body apiErrorBody
	body.Error.Code, body.Error.Message = e.Code, tongues[lang].plain(tr(e.Message))
	for _, n := range e.Near {
		body.Error.Near = append(body.Error.Near, n.Label.String())
	}
	return body
}

// retryAfter is the pause in seconds asked of clients when the server is too busy.
const retryAfter = "5"

func retryLater(w http.ResponseWriter, e *httpError) {
	if e.Status == http.StatusServiceUnavailable {
		w.Header().Set("Retry-After", retryAfter)
	}
}
