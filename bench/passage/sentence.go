package passage

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"unicode/utf8"

	"youju/search"
)

// A sentence shorter than minSentence is a heading, one longer than
// maxSentence would fill a passage by itself.
const (
	minSentence = 8
	maxSentence = 120
	// minSentences is how many different ones it takes to put something together.
	minSentences = 200
)

// dropped stand in a report for the eye only, and the engines disagree about
// them: they are taken out of the sentences.
var dropped = strings.NewReplacer("“", "", "”", "", "‘", "", "’", "", "《", "", "》", "", "*", "", "#", "",
	" ", "", "\u3000", "", "\t", "", "\u00a0", "", "\ufeff", "", "(", "（", ")", "）", ",", "，", ";", "；", ":", "：")

// sentences reads the texts below folder and gives their different sentences
// in the order of the alphabet.
func sentences(folder string) ([]string, error) {
	found := map[string]bool{}
	err := filepath.WalkDir(folder, func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() || !slices.Contains([]string{".txt", ".md"}, filepath.Ext(path)) {
			return err
		}
		data, err := os.ReadFile(path)
		if err != nil || !utf8.Valid(data) {
			return err // another encoding: the rest is enough
		}
		for _, s := range strings.FieldsFunc(dropped.Replace(string(data)), endsSentence) {
			if isPlain(s) {
				found[s+"。"] = true
			}
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	if len(found) < minSentences {
		return nil, fmt.Errorf("%s holds %d sentences, want at least %d", folder, len(found), minSentences)
	}
	list := make([]string, 0, len(found))
	for s := range found {
		list = append(list, s)
	}
	slices.Sort(list)
	return list, nil
}

func endsSentence(r rune) bool { return strings.ContainsRune("。！？!?\n\r", r) }

// isPlain tells a sentence that every engine cuts alike: unified ideographs in
// their simplified form, digits, letters and the most common marks.
func isPlain(s string) bool {
	if n := utf8.RuneCountInString(s); n < minSentence || n > maxSentence {
		return false
	}
	for _, r := range s {
		switch {
		case r >= 0x4E00 && r <= 0x9FFF, r >= '0' && r <= '9', r >= 'a' && r <= 'z', r >= 'A' && r <= 'Z':
		case strings.ContainsRune("，；：、（）%.", r):
		default:
			return false
		}
	}
	for _, t := range search.Tokenize(s) {
		if t.Kind == search.Han && t.Term != s[t.Start:t.End] {
			return false
		}
	}
	return true
}
