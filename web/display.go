package web

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"
)

// The ways a page can be displayed. The choice rides along in the address, so
// that it needs neither a cookie nor a script and can be bookmarked.
const (
	viewParam = "view"
	viewLarge = "large" // 大字
	viewElder = "elder" // 长辈版: larger still, one column, big targets
)

// viewOf is how a request wants its page displayed; "" is the usual way.
func viewOf(r *http.Request) string {
	if v := r.URL.Query().Get(viewParam); v == viewLarge || v == viewElder {
		return v
	}
	return ""
}

// maxCarried is the longest query string that the links for another display
// carry on.
const maxCarried = 8000

// viewOptions lead to the same page in its other displays.
func viewOptions(r *http.Request) []option {
	current := viewOf(r)
	var options []option
	for _, o := range []struct{ view, label string }{{"", "标准"}, {viewLarge, "大字"}, {viewElder, "长辈版"}} {
		options = append(options, option{o.label, samePage(r, viewParam, o.view), o.view == current})
	}
	return options
}

// languageOption leads to the same page in another language. Tag is what HTML
// calls the language.
type languageOption struct {
	Code, Tag, Label, URL string
	Current               bool
}

func languageOptions(r *http.Request) []languageOption {
	current := langOf(r)
	var options []languageOption
	for _, l := range languages {
		options = append(options, languageOption{l.code, l.tag, l.label, samePage(r, langParam, l.code), l.code == current})
	}
	return options
}

// samePage is the page itself with one parameter set, or without it where the
// value is "". It is relative, so that nothing of the path is repeated.
func samePage(r *http.Request, name, value string) string {
	v := r.URL.Query()
	if len(r.URL.RawQuery) > maxCarried {
		v = url.Values{}
		for _, p := range carried(r) {
			v.Set(p.Name, p.Value)
		}
	}
	v.Del(name)
	query := v.Encode()
	if value != "" {
		query = strings.TrimPrefix(query+"&"+name+"="+value, "&")
	}
	return "?" + query
}

// carried are the choices that ride along: how to display, in which language.
func carried(r *http.Request) []param {
	var ps []param
	for _, p := range []param{{viewParam, viewOf(r)}, {langParam, langOf(r)}} {
		if p.Value != "" {
			ps = append(ps, p)
		}
	}
	return ps
}

var (
	pageLink   = regexp.MustCompile(`<a [^>]*?href="/[^"]*"`)
	formOpened = regexp.MustCompile(`<form [^>]*>`)
	// fileLink is an address of something that is not displayed as a page.
	fileLink = regexp.MustCompile(`^/(static|api)/|^[^?#]*\.(csv|xlsx|docx|jsonl|atom)([?#]|$)`)
)

// carry puts the choices on every link and form of a page that leads to
// another page. Templates always quote attributes and escape quotes within,
// so the patterns meet markup only, never text.
func carry(page []byte, choices []param) []byte {
	if len(choices) == 0 {
		return page
	}
	query := strings.TrimPrefix(encode("", choices), "?")
	page = pageLink.ReplaceAllFunc(page, func(tag []byte) []byte {
		before, target, _ := strings.Cut(strings.TrimSuffix(string(tag), `"`), `href="`)
		if fileLink.MatchString(target) {
			return tag
		}
		target, anchor, anchored := strings.Cut(target, "#")
		if strings.Contains(target, "?") {
			target += "&amp;"
		} else {
			target += "?"
		}
		target += strings.ReplaceAll(query, "&", "&amp;")
		if anchored {
			target += "#" + anchor
		}
		return []byte(before + `href="` + target + `"`)
	})
	fields := "$0"
	for _, p := range choices {
		fields += `<input type="hidden" name="` + p.Name + `" value="` + p.Value + `">`
	}
	return formOpened.ReplaceAll(page, []byte(fields))
}
