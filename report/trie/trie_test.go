package trie

import (
	"maps"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

// FuzzWords holds every answer against a map of the words.
func FuzzWords(f *testing.F) {
	f.Add("甲 甲乙 甲乙丙 乙 \U0002B699 a", "甲乙丁")
	f.Add("甲乙 甲丙 甲丁 甲 甲甲", "甲甲甲")
	f.Add("", "")
	f.Fuzz(func(t *testing.T, list, text string) {
		if !utf8.ValidString(list) || !utf8.ValidString(text) {
			return
		}
		var w Words[int]
		meaning := map[string]int{}
		for i, word := range strings.Split(list, " ") {
			w.Set(word, i)
			if word != "" {
				meaning[word] = i
			}
		}
		for _, word := range append(slices.Collect(maps.Keys(meaning)), text, "") {
			want, known := meaning[word]
			if got, ok := w.Get(word); ok != known || ok && got != want {
				t.Errorf("%q means %d %v, want %d %v", word, got, ok, want, known)
			}
		}
		runes := []rune(text)
		longest, last := 0, 0
		var got, want []int
		for n := 1; n <= len(runes); n++ {
			if v, ok := meaning[string(runes[:n])]; ok {
				longest, last, want = n, v, append(want, n, v)
			}
		}
		w.Each(runes, func(n, v int) { got = append(got, n, v) })
		if !slices.Equal(got, want) {
			t.Errorf("%q begins with %v, want %v", text, got, want)
		}
		if n, v := w.Longest(runes); n != longest || v != last {
			t.Errorf("%q begins with %d, %d characters long, want %d, %d", text, v, n, last, longest)
		}
	})
}
