package web

import (
	"bytes"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"io/fs"
	"net/http"
	"path"
	"strings"
	"time"

	"github.com/gorilla/mux"
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
	entries, err := fs.ReadDir(staticFS, "static")
	if err != nil {
		panic(err)
	}
	for _, e := range entries {
		content, err := staticFS.ReadFile("static/" + e.Name())
		if err != nil {
			panic(err)
		}
		sum := sha256.Sum256(content)
		ext := path.Ext(e.Name())
		name := strings.TrimSuffix(e.Name(), ext) + "." + hex.EncodeToString(sum[:5]) + ext
		a.files[name] = content
		a.urls[e.Name()] = "/static/" + name
	}
	return a
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
