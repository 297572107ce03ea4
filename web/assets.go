package web

import (
	"bytes"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"errors"
	"io/fs"
	"net/http"
	"path"
	"regexp"
	"strings"
	"time"

	"github.com/gorilla/mux"
	"github.com/tdewolff/minify/v2"
	"github.com/tdewolff/minify/v2/css"
	"github.com/tdewolff/minify/v2/js"
)

//go:embed static
var staticFS embed.FS

// assets are the embedded files by the name they are served under, which
// holds a hash of the content: a browser may keep them for ever.
type assets struct {
	files map[string][]byte // youju.1a2b3c4d5e.css → content
	urls  map[string]string // youju.css → /static/youju.1a2b3c4d5e.css
}

func loadAssets() *assets {
	a := &assets{files: map[string][]byte{}, urls: map[string]string{}}
	minifier := newMinifier()
	main, err := staticFS.ReadFile("static/youju.css")
	if err != nil {
		panic(err)
	}
	values := constantsOf(main)
	entries, err := fs.ReadDir(staticFS, "static")
	if err != nil {
		panic(err)
	}
	for _, e := range entries {
		content, err := staticFS.ReadFile("static/" + e.Name())
		if err != nil {
			panic(err)
		}
		ext := path.Ext(e.Name())
		if ext == ".css" {
			content = insertConstants(content, values)
		}
		if content, err = minifier.Bytes(ext, content); err != nil && !errors.Is(err, minify.ErrNotExist) {
			panic(err)
		}
		sum := sha256.Sum256(content)
		name := strings.TrimSuffix(e.Name(), ext) + "." + hex.EncodeToString(sum[:5]) + ext
		a.files[name] = content
		a.urls[e.Name()] = "/static/" + name
	}
	return a
}

var (
	constant    = regexp.MustCompile(`(?m)^\s*--(s\d|t-?\d|measure|radius): ([^;]+);.*\n`)
	constantUse = regexp.MustCompile(`var\(--(s\d|t-?\d|measure|radius)\)`)
)

// constantsOf reads the sizes of the design, which are the same in every theme.
func constantsOf(sheet []byte) map[string][]byte {
	values := map[string][]byte{}
	for _, m := range constant.FindAllSubmatch(sheet, -1) {
		values[string(m[1])] = m[2]
	}
	return values
}

// insertConstants writes the sizes where they are used: a third of a stylesheet
// would be their names.
func insertConstants(sheet []byte, values map[string][]byte) []byte {
	sheet = constant.ReplaceAll(sheet, nil)
	return constantUse.ReplaceAllFunc(sheet, func(use []byte) []byte {
		return values[string(constantUse.FindSubmatch(use)[1])]
	})
}

// newMinifier takes comments and white space out of what browsers load, so that
// the sources can be written for people.
func newMinifier() *minify.M {
	m := minify.New()
	m.Add(".css", &css.Minifier{})
	m.Add(".js", &js.Minifier{})
	return m
}

// url is the address of an asset; an unknown name is a mistake in a template.
func (a *assets) url(name string) string {
	u, ok := a.urls[name]
	if !ok {
		panic("web: no asset " + name)
	}
	return u
}

func (s *server) serveAsset(w http.ResponseWriter, r *http.Request) error {
	name := mux.Vars(r)["file"]
	content, ok := s.assets.files[name]
	if !ok {
		return unknownPath(w, r)
	}
	w.Header().Set("Cache-Control", "public, max-age=31536000, immutable")
	if strings.HasSuffix(name, ".svg") {
		w.Header().Set("Content-Type", "image/svg+xml")
	}
	http.ServeContent(w, r, name, time.Time{}, bytes.NewReader(content))
	return nil
}
