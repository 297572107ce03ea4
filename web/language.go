package web

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"html"
	"html/template"
	"net/http"
	"regexp"
	"strconv"
	"strings"
	"unicode"
)

// The site speaks Chinese, and English with ?lang=en. A message is known by its
// Chinese text; data/messages.txt holds the English beside it.

//go:embed data/messages.txt
var messagesText string

const langParam = "lang"

// languages are the languages of the site, the usual one first. Code is what
// the address says, Tag what HTML calls the language.
var languages = []struct{ code, tag, label string }{{"", chinese, "中文"}, {"en", "en", "English"}}

// chinese is the tag of what is quoted, whatever language a page is in.
const chinese = "zh-CN"

// langOf is the language a request asks for; "" is Chinese.
func langOf(r *http.Request) string {
	asked := r.URL.Query().Get(langParam)
	for _, l := range languages {
		if asked == l.code {
			return asked
		}
	}
	return ""
}

// message is a text on a page: words of ours with what stands in them, or
// words of somebody else. Which language it is shown in is the page's affair.
type message struct {
	key    string
	args   []any
	quoted bool
}

// tr is a message of ours. The key is its Chinese text, formatted with args as
// by [fmt.Sprintf]; a string among them is quoted, a message translated, a list
// of either joined. A key that data/messages.txt does not know is quoted.
// #word at the end of a key tells two meanings of the same words apart.
func tr(key string, args ...any) message { return message{key: key, args: args} }

// quote is a text that stays as it is in every language.
func quote(text string) message { return message{key: text, quoted: true} }

// String is the message in Chinese, as plain text.
func (m message) String() string { return tongues[""].plain(m) }

// tongue says messages in one language.
type tongue struct {
	code string
	// translate holds the known messages, the Chinese ones under themselves.
	translate map[string]string
	// patterns recognise texts that other packages have put together.
	patterns []pattern
}

// pattern is a message with verbs as the texts it makes look like.
type pattern struct {
	key, prefix, suffix string
	text                *regexp.Regexp
}

var tongues = loadTongues(messagesText)

// loadTongues reads lines of the form "中文 = English"; # begins a comment. It
// panics on a line of another form, which is a mistake in the program.
func loadTongues(text string) map[string]*tongue {
	zh, en := &tongue{translate: map[string]string{}}, &tongue{code: "en", translate: map[string]string{}}
	for line := range strings.Lines(text) {
		line = strings.TrimRight(line, "\r\n")
		if line == "" || line[0] == '#' {
			continue
		}
		key, english, ok := strings.Cut(line, " = ")
		if quoted, err := strconv.Unquote(english); err == nil {
			english = quoted
		}
		if !ok || zh.translate[key] != "" {
			panic(fmt.Sprintf("messages.txt: no translation, or a second one: %q", line))
		}
		zh.translate[key] = keyContext.ReplaceAllString(key, "")
		en.translate[key] = english
		if hasHan(key) && strings.Contains(key, "%") {
			en.patterns = append(en.patterns, newPattern(key))
		}
	}
	return map[string]*tongue{zh.code: zh, en.code: en}
}

var (
	keyContext = regexp.MustCompile(`#[a-z]+$`)
	verb       = regexp.MustCompile(`%(\[\d\])?[0-9.]*[dsv]`)
)

func newPattern(key string) pattern {
	literals := verb.Split(key, -1)
	var b strings.Builder
	verbs := verb.FindAllString(key, -1)
	for i, literal := range literals {
		b.WriteString(regexp.QuoteMeta(literal))
		if i < len(verbs) && strings.HasSuffix(verbs[i], "d") {
			b.WriteString(`(\d+)`)
		} else if i < len(verbs) {
			b.WriteString(`(.+?)`)
		}
	}
	return pattern{key, literals[0], literals[len(literals)-1], regexp.MustCompile(`^(?s:` + b.String() + `)$`)}
}

// html is a text for a page; templates call it as t. Messages may hold markup,
// what stands in them is escaped. Chinese within another language says that it
// is Chinese, so that a screen reader changes its voice.
func (t *tongue) html(text any, args ...any) template.HTML {
	switch m := text.(type) {
	case message:
		if m.quoted {
			return t.quote(m.key)
		}
		return t.say(m.key, m.args)
	case template.HTML:
		return m
	case string:
		return t.say(m, args)
	}
	return t.quote(fmt.Sprint(text))
}

func (t *tongue) say(key string, args []any) template.HTML {
	form, known := t.translate[key]
	if len(args) == 0 && (!known || strings.Contains(key, "%")) {
		key, args = t.recognise(key)
		form, known = t.translate[key]
	}
	switch {
	case len(args) == 0 && (!known || strings.Contains(key, "%")):
		return t.quote(key)
	case !known:
		return t.quote(fmt.Sprintf(key, args...))
	case len(args) == 0:
		return template.HTML(form)
	}
	return template.HTML(fmt.Sprintf(plural(form, args), t.arguments(args)...))
}

// recognise finds the message that a text was made from.
func (t *tongue) recognise(text string) (key string, args []any) {
	for _, p := range t.patterns {
		if !strings.HasPrefix(text, p.prefix) || !strings.HasSuffix(text, p.suffix) {
			continue
		}
		found := p.text.FindStringSubmatch(text)
		if found == nil {
			continue
		}
		for i, v := range verb.FindAllString(p.key, -1) {
			if n, err := strconv.Atoi(found[i+1]); err == nil && strings.HasSuffix(v, "d") {
				args = append(args, n)
			} else {
				args = append(args, found[i+1])
			}
		}
		return p.key, args
	}
	return text, nil
}

// plural chooses between "%d item" and "%d items", which a message may have
// side by side: the first where the first number is one.
func plural(form string, args []any) string {
	one, many, two := strings.Cut(form, " | ")
	if !two {
		return form
	}
	for _, a := range args {
		if n, ok := a.(int); ok {
			if n == 1 {
				return one
			}
			break
		}
	}
	return many
}

func (t *tongue) arguments(args []any) []any {
	out := make([]any, len(args))
	for i, a := range args {
		switch a := a.(type) {
		case int:
			out[i] = a
		case string:
			out[i] = t.quote(a)
		case []string:
			out[i] = joined(t, a)
		case []message:
			out[i] = joined(t, a)
		default:
			out[i] = t.html(a)
		}
	}
	return out
}

// joined lists texts with the language's own separator.
func joined[T string | message](t *tongue, list []T) template.HTML {
	var parts []string
	for _, item := range list {
		if s, ok := any(item).(string); ok {
			parts = append(parts, string(t.quote(s)))
		} else {
			parts = append(parts, string(t.html(item)))
		}
	}
	return template.HTML(strings.Join(parts, t.translate["、"]))
}

func (t *tongue) quote(text string) template.HTML {
	text = html.EscapeString(text)
	if t.code != "" && hasHan(text) {
		text = `<span lang="` + chinese + `">` + text + `</span>`
	}
	return template.HTML(text)
}

var markup = regexp.MustCompile(`<[^>]*>`)

// plain is a text without markup, for a page's title.
func (t *tongue) plain(text any) string {
	return html.UnescapeString(markup.ReplaceAllString(string(t.html(text)), ""))
}

func hasHan(text string) bool {
	return strings.ContainsFunc(text, func(r rune) bool { return unicode.Is(unicode.Han, r) })
}

// funcs are what templates know of the language: t says a message, lang is the
// language's tag, speaks the tag of a text that may be Chinese, inLanguage an
// address with its language.
func (t *tongue) funcs() template.FuncMap {
	tag := chinese
	if t.code != "" {
		tag = t.code
	}
	return template.FuncMap{
		"t":    t.html,
		"lang": func() string { return tag },
		"speaks": func(text string) string {
			if hasHan(text) {
				return chinese
			}
			return tag
		},
		"inLanguage": inLanguage,
	}
}

// inLanguage is a page's address in a language.
func inLanguage(url, code string) string {
	if code == "" {
		return url
	}
	if strings.Contains(url, "?") {
		return url + "&" + langParam + "=" + code
	}
	return url + "?" + langParam + "=" + code
}

// scriptWord is a message of the script: t("…").
var scriptWord = regexp.MustCompile(`\bt\("([^"]+)"\)`)

// script holds the messages of the script in this language as JSON; it is ""
// for Chinese, which the script has itself.
func (t *tongue) script() string {
	if t.code == "" {
		return ""
	}
	words := map[string]string{}
	source, _ := staticFS.ReadFile("static/youju.js") // embedded
	for _, m := range scriptWord.FindAllStringSubmatch(string(source), -1) {
		words[m[1]] = t.translate[m[1]]
	}
	for _, kind := range suggestionKinds {
		words[kind] = t.translate[kind]
	}
	object, _ := json.Marshal(words) // strings alone
	return string(object)
}
