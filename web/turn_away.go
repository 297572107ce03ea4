package web

import (
	"bytes"
	"encoding/json"
	"html/template"
	"net/http"
	"strconv"
	"strings"
)

// refusal is an answer to who is turned away. It is made before anybody asks:
// turning away must cost far less than answering.
type refusal struct {
	page, api []byte
	length    struct{ page, api string }
}

// refusals holds them by status and language.
type refusals map[int]map[string]refusal

// turnedAway are the errors that requests are turned away with before a handler sees them.
var turnedAway = []*httpError{
	{Status: http.StatusTooManyRequests, Code: "too_many_requests", Message: "短时间内的请求太多。请等一分钟再试；需要大量数据时，请用导出或数据接口分批取用。"},
	{Status: http.StatusServiceUnavailable, Code: "overloaded", Message: "现在查阅的人太多，一时忙不过来。请过几秒再试。"},
}

// refusalPage is a page by itself: it needs nothing that might not come.
type refusalPage struct {
	Title            string
	Heading, Message string
}

func newRefusals(files *assets) refusals {
	all := refusals{}
	for _, e := range turnedAway {
		all[e.Status] = map[string]refusal{}
		for _, l := range languages {
			all[e.Status][l.code] = newRefusal(e, l.code, files)
		}
	}
	return all
}

func newRefusal(e *httpError, lang string, files *assets) refusal {
	speak := tongues[lang]
	page := template.Must(template.New("refusal.tmpl").Funcs(template.FuncMap{"asset": files.url}).Funcs(speak.funcs()).
		ParseFS(templateFS, "templates/refusal.tmpl"))
	heading := errorHeadings[e.Status]
	var r refusal
	var buf bytes.Buffer
	if err := page.Execute(&buf, refusalPage{speak.plain(tr(heading)) + " - " + speak.plain(tr(siteName)), heading, e.Message}); err != nil {
		panic(err) // the template is a mistake in the program
	}
	r.page = buf.Bytes()
	body, err := json.Marshal(newAPIError(e, lang))
	if err != nil {
		panic(err) // strings always encode
	}
	r.api = append(body, '\n')
	r.length.page, r.length.api = strconv.Itoa(len(r.page)), strconv.Itoa(len(r.api))
	return r
}

// turnAway answers with status, in the reader's language.
func (s *server) turnAway(w http.ResponseWriter, r *http.Request, status int) {
	lang := ""
	if r.URL.RawQuery != "" {
		lang = langOf(r)
	}
	answer := s.refusals[status][lang]
	h := w.Header()
	body, length := answer.page, answer.length.page
	h["Content-Type"] = typeHTML
	if strings.HasPrefix(r.URL.Path, "/api/") {
		body, length = answer.api, answer.length.api
		h["Content-Type"] = typeJSON
		h.Set("Access-Control-Allow-Origin", "*")
	}
	h.Set("Cache-Control", "no-store")
	h.Set("Content-Length", length)
	if h.Get("Retry-After") == "" {
		h.Set("Retry-After", retryAfter)
	}
	w.WriteHeader(status)
	if r.Method != http.MethodHead {
		_, _ = w.Write(body) // the reader has gone; nobody to tell
	}
}

var typeHTML, typeJSON = []string{"text/html; charset=utf-8"}, []string{"application/json; charset=utf-8"}
