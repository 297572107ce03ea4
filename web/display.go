package web

import (
	"net/http"
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

// viewOptions lead to the same page in its other displays. They are relative,
// so that nothing of the path is repeated.
func viewOptions(r *http.Request) []option {
	current := viewOf(r)
	var options []option
	for _, o := range []struct{ view, label string }{{"", "标准"}, {viewLarge, "大字"}, {viewElder, "长辈版"}} {
		v := r.URL.Query()
		if len(r.URL.RawQuery) > maxCarried {
			v = nil
		}
		v.Del(viewParam)
		query := v.Encode()
		if o.view != "" {
			query = strings.TrimPrefix(query+"&"+viewParam+"="+o.view, "&")
		}
		options = append(options, option{o.label, "?" + query, o.view == current})
	}
	return options
}

var (
	pageLink   = regexp.MustCompile(`<a [^>]*?href="/[^"]*"`)
	formOpened = regexp.MustCompile(`<form [^>]*>`)
)

// carryView puts the display on every link and form of a page that leads to
// another page. Templates always quote attributes and escape quotes within,
// so the patterns meet markup only, never text.
func carryView(page []byte, view string) []byte {
	if view == "" {
		return page
	}
	page = pageLink.ReplaceAllFunc(page, func(tag []byte) []byte {
		before, target, _ := strings.Cut(strings.TrimSuffix(string(tag), `"`), `href="`)
		for _, file := range []string{"/static/", "/api/", "/export.", "/feed.", "/basket."} {
			if strings.HasPrefix(target, file) {
				return tag
			}
		}
		target, anchor, anchored := strings.Cut(target, "#")
		if strings.Contains(target, "?") {
			target += "&amp;"
		} else {
			target += "?"
		}
		target += viewParam + "=" + view
		if anchored {
			target += "#" + anchor
		}
		return []byte(before + `href="` + target + `"`)
	})
	field := []byte(`$0<input type="hidden" name="` + viewParam + `" value="` + view + `">`)
	return formOpened.ReplaceAll(page, field)
}
