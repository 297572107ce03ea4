package bleve

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"time"

	"youju/search"
)

// SchemaVersion counts the changes of fields, files and columns that make an
// older index unreadable. 1: first version. 2: with a vocabulary. 3: with figures.
// 4: with facts. 5: with amounts. 6: segments without positions, rows, records, binary columns.
// 8: the manifest has a sum. 9: facts by subject.
const SchemaVersion = 9

// summedSince is the first version whose manifest has a sum.
const summedSince = 8

// bleveVersion is the version of bleve's segments in the index. It is pinned in
// go.mod; a test keeps the two equal.
const bleveVersion = "v17.2.3"

const (
	manifestFile = "manifest.json"
	currentFile  = "CURRENT"
	columnsFile  = "columns"
	figuresFile  = "figures"
	// The segments of bleve: what stands in items, in the headings above groups
	// of them, and in the titles of documents.
	itemsSegment     = "items.zap"
	groupsSegment    = "groups.zap"
	documentsSegment = "documents.zap"
	// vocabularyFile holds the words the collection speaks of.
	vocabularyFile = "vocabulary.tsv"
	// factsDir holds what the documents state, subject by subject.
	factsDir = "facts"
)

// Manifest describes one generation: what it was made of and by what rules.
type Manifest struct {
	Schema   int    `json:"schema"`
	Analyzer string `json:"analyzer"`
	Bleve    string `json:"bleve"`
	// Records identifies the fields of the records.
	Records    string    `json:"records"`
	Generation string    `json:"generation"`
	Built      time.Time `json:"built"`
	Documents  int       `json:"documents"`
	Items      int       `json:"items"`
	// Files holds every other file of the generation, by its path below it.
	Files   map[string]FileInfo `json:"files"`
	Sources []Source            `json:"sources"`
	// Moved gives the ID of a document that bore another one in an earlier generation.
	Moved map[string]string `json:"moved,omitempty"`
	// Sum is the hash of the manifest's bytes, taken with an empty sum. It comes last.
	Sum string `json:"sum"`
	// entered is Entered by document ID.
	entered map[string]time.Time
}

// FileInfo is what a file of the index must look like.
type FileInfo struct {
	Size   int64  `json:"size"`
	SHA256 string `json:"sha256"`
}

// Source is a file that was read to build the index, also if it failed.
type Source struct {
	Path   string `json:"path"`
	Format string `json:"format"`
	SHA256 string `json:"sha256"`
	// Key identifies the bytes and all else that their reading depends on: what
	// has the same key need not be read again.
	Key string `json:"key,omitempty"`
	// Archive is the path of the archive that the file came out of, or "".
	Archive string `json:"archive,omitempty"`
	// Documents lists what the file held.
	Documents []SourceDocument `json:"documents"`
	// Copies are texts of the file that another file holds too.
	Copies []SourceCopy `json:"copied,omitempty"`
	// Error says in Chinese why nothing was read, Code in a word for programs;
	// both are "" where it was.
	Error string `json:"error,omitempty"`
	Code  string `json:"code,omitempty"`
}

// SourceCopy is a text that was left out because the collection has it.
type SourceCopy struct {
	ContentHash string `json:"content_hash"`
	Title       string `json:"title"`
	// ID is the document that was kept, File where it stands, Share how much of
	// the text stands there.
	ID    string  `json:"id"`
	File  string  `json:"file"`
	Share float64 `json:"share"`
}

// SourceDocument is one document of a source file.
type SourceDocument struct {
	ID          string `json:"id"`
	ContentHash string `json:"content_hash"`
	Title       string `json:"title"`
	// Entered is when the document came into the collection with this content;
	// it is zero in what was built before that was noted.
	Entered time.Time `json:"entered,omitzero"`
}

// Info is the manifest as pages see it.
func (m *Manifest) Info() search.Info {
	return search.Info{Generation: m.Generation, Built: m.Built, Documents: m.Documents, Items: m.Items, Entered: m.entered, Moved: m.Moved}
}

// RecallManifest reads the manifest of the generation that CURRENT names,
// whatever version of the program made it: what it says of documents outlives
// the form of an index. Where that is damaged, the newest whole one will do.
func RecallManifest(dir string) (*Manifest, error) {
	generation, err := readCurrent(dir)
	if IsProblem(err, NoIndex) {
		return nil, err
	}
	names := generations(dir)
	if err == nil {
		names = append(names, generation)
	}
	for _, name := range slices.Backward(names) {
		m, failed := decodeManifest(filepath.Join(dir, name))
		if failed == nil {
			return m, nil
		}
		err = cmp.Or(err, failed)
	}
	return nil, err
}

// ReadManifest reads the manifest of the generation that CURRENT names.
func ReadManifest(dir string) (*Manifest, error) {
	generation, err := readCurrent(dir)
	if err != nil {
		return nil, err
	}
	return readManifest(filepath.Join(dir, generation))
}

func readManifest(path string) (*Manifest, error) {
	m, err := decodeManifest(path)
	if err != nil {
		return nil, err
	}
	if m.Schema != SchemaVersion || m.Analyzer != search.AnalyzerVersion || m.Bleve != bleveVersion || m.Records != recordForm() {
		return nil, &Error{Problem: OtherVersion, Path: path, Err: fmt.Errorf("schema %d, analyzer %s, bleve %s, records %s; want %d, %s, %s, %s",
			m.Schema, m.Analyzer, m.Bleve, m.Records, SchemaVersion, search.AnalyzerVersion, bleveVersion, recordForm())}
	}
	return m, nil
}

func decodeManifest(path string) (*Manifest, error) {
	data, err := os.ReadFile(filepath.Join(path, manifestFile))
	if err != nil {
		return nil, &Error{Problem: Corrupt, Path: path, Err: err}
	}
	m := new(Manifest)
	if err := json.Unmarshal(data, m); err != nil {
		return nil, &Error{Problem: Corrupt, Path: path, Err: err}
	}
	if m.Schema >= summedSince && m.Schema <= SchemaVersion && !summed(data, m.Sum) {
		return nil, &Error{Problem: Corrupt, Path: path, Err: fmt.Errorf("清单 %s 与它的校验和不符", manifestFile)}
	}
	m.entered = map[string]time.Time{}
	for _, source := range m.Sources {
		for _, d := range source.Documents {
			if m.entered[d.ID] = d.Entered; d.Entered.IsZero() {
				m.entered[d.ID] = m.Built
			}
		}
	}
	return m, nil
}

// Encode gives the bytes of the manifest's file, with their sum.
func (m *Manifest) Encode() ([]byte, error) {
	m.Sum = ""
	data, err := json.MarshalIndent(m, "", "\t")
	if err != nil {
		return nil, err
	}
	m.Sum = sumOf(data)
	return withSum(data, "", m.Sum), nil
}

// summed says whether the bytes are those that the sum was taken of. Not one may
// be another: a reader of JSON passes over much.
func summed(data []byte, sum string) bool {
	bare := withSum(data, sum, "")
	return bare != nil && sumOf(bare) == sum
}

// withSum puts a sum in the place of another; it is nil where that is not there.
func withSum(data []byte, old, sum string) []byte {
	field := func(sum string) []byte { return []byte(`"sum": "` + sum + `"`) }
	at := bytes.LastIndex(data, field(old))
	if at < 0 {
		return nil
	}
	return slices.Concat(data[:at], field(sum), data[at+len(field(old)):])
}

func sumOf(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}

// describeFiles lists every file below path, the manifest apart.
func describeFiles(path string) (map[string]FileInfo, error) {
	files := map[string]FileInfo{}
	err := filepath.WalkDir(path, func(name string, entry os.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		rel, err := filepath.Rel(path, name)
		if err != nil || rel == manifestFile {
			return err
		}
		info, err := describeFile(name)
		files[filepath.ToSlash(rel)] = info
		return err
	})
	return files, err
}

func describeFile(name string) (FileInfo, error) {
	f, err := os.Open(name)
	if err != nil {
		return FileInfo{}, err
	}
	defer f.Close()
	hash := sha256.New()
	size, err := io.Copy(hash, f)
	return FileInfo{size, hex.EncodeToString(hash.Sum(nil))}, err
}

// checkFiles compares the files on disk with the manifest. bleve itself never
// checks its checksums and answers from damaged files as if nothing were wrong.
func (m *Manifest) checkFiles(path string) error {
	for name, want := range m.Files {
		if !filepath.IsLocal(name) {
			return &Error{Problem: Corrupt, Path: path, Err: fmt.Errorf("file name %q", name)}
		}
		got, err := describeFile(filepath.Join(path, filepath.FromSlash(name)))
		if err != nil {
			return &Error{Problem: Corrupt, Path: path, Err: err}
		}
		if got != want {
			return &Error{Problem: Corrupt, Path: path, Err: fmt.Errorf("%s does not match the manifest", name)}
		}
	}
	return nil
}
