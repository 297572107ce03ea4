package bleve

import (
	"bytes"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/RoaringBitmap/roaring/v2"
	segmentapi "github.com/blevesearch/scorch_segment_api/v2"

	"youju/indexer"
	"youju/report"
	"youju/search"
)

// writeEntries writes entries as a Builder does, in batches, whose runs may take so
// much memory.
func writeEntries(t testing.TB, path string, fields []segmentField, entries []*entry, batch int, memory int64) {
	t.Helper()
	w := newSegmentWriter(filepath.Dir(path), filepath.Base(path), fields)
	w.memory = memory
	for i, e := range entries {
		w.add(e)
		if i%batch == batch-1 {
			w.flush()
		}
	}
	if err := w.finish(); err != nil {
		t.Fatal(err)
	}
}

// likeLibrary holds what is written of entries against what the library
// writes of them, both as the library reads them, and against the same entries
// written in other batches.
func likeLibrary(t testing.TB, fields []segmentField, entries []*entry, batch int) {
	t.Helper()
	dir := t.TempDir()
	ours, theirs, again := filepath.Join(dir, "ours"), filepath.Join(dir, "theirs"), filepath.Join(dir, "again")
	writeEntries(t, ours, fields, entries, batch, DefaultMemory)
	writeWithLibrary(t, theirs, fields, entries, max(1, len(entries)/3))
	want := content(t, theirs)
	same(t, content(t, ours), want)

	// Batches and where they wait leave no trace.
	writeEntries(t, again, fields, entries, batch/2+1, 0)
	first, _ := os.ReadFile(ours)
	second, _ := os.ReadFile(again)
	if !bytes.Equal(first, second) {
		t.Error("batches of another size make another segment")
	}
	if left, _ := filepath.Glob(filepath.Join(dir, "*.*")); len(left) > 0 {
		t.Errorf("left behind: %q", left)
	}

	// The library also takes what we wrote to make a segment of its own.
	opened, err := engine.Open(ours)
	if err != nil {
		t.Fatal(err)
	}
	defer opened.Close()
	merged := filepath.Join(dir, "merged")
	mergeWithLibrary(t, merged, []segmentapi.Segment{opened})
	same(t, content(t, merged), want)
}

func same(t testing.TB, got, want map[string]string) {
	t.Helper()
	if maps.Equal(got, want) {
		return
	}
	shown := 0
	for _, key := range slices.Sorted(maps.Keys(want)) {
		if got[key] != want[key] && shown < 5 {
			shown++
			t.Errorf("%q: got %.300q, the library has %.300q", key, got[key], want[key])
		}
	}
	for key := range got {
		if _, ok := want[key]; !ok {
			t.Errorf("%q: got %.300q, the library has nothing", key, got[key])
			return
		}
	}
}

// TestSegmentsOfDocuments writes the segments of real documents.
func TestSegmentsOfDocuments(t *testing.T) {
	var items, groups, documents []*entry
	for _, doc := range documentsToWrite(t) {
		var title entry
		title.addText(doc.Title)
		title.endField()
		documents = append(documents, &title)
		for i := range doc.Items {
			p := prepare(doc, &doc.Items[i], nil)
			items = append(items, p.entry)
			var heads entry
			for _, head := range doc.Items[i].Path {
				heads.addText(head)
			}
			heads.endField()
			groups = append(groups, &heads)
		}
	}
	t.Log(len(items), "items")
	likeLibrary(t, itemFields, items, len(items)/4)
	likeLibrary(t, groupFields, groups, len(groups)/4)
	likeLibrary(t, documentFields, documents, 1)
}

// documentsToWrite are the samples, and the originals where they are.
func documentsToWrite(t testing.TB) (docs []*report.Document) {
	t.Helper()
	paths := []string{"../../seeds"}
	if _, err := os.Stat("../../../shared/seeds"); err == nil {
		paths = append(paths, "../../../shared/seeds")
	}
	files, _ := indexer.Find(paths)
	keep := keeper(func(doc *report.Document) { docs = append(docs, doc) })
	if _, err := indexer.Index(t.Context(), files, keep, indexer.Options{}); err != nil {
		t.Fatal(err)
	}
	return docs
}

type keeper func(*report.Document)

func (k keeper) Add(doc *report.Document) error { k(doc); return nil }

// TestSegmentsOfAnything writes entries of random terms: short and long ones,
// of the same beginning, in one entry, in some, in all, many times, in none.
func TestSegmentsOfAnything(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 1))
	for _, entries := range []int{1, 2, 3, 10, 100, 1023, 1025, 3000, 5000} {
		t.Run(fmt.Sprint(entries), func(t *testing.T) {
			likeLibrary(t, itemFields, randomEntries(random, entries), 1+random.IntN(entries))
		})
	}
}

func randomEntries(random *rand.Rand, n int) []*entry {
	long := strings.Repeat("界", 20)
	terms := []string{"的", "发展", "\x00", "a", "a\x00", "abcdefg", "abcdefgh", "abcdefg\x00", "abcdefgi", "𠮷野", "𠮷𠮷", long, long + "1", "\xff\xff"}
	all := make([]*entry, n)
	for i := range all {
		e := &entry{}
		for field := range 3 {
			if field == 0 && i%7 != 3 {
				e.add("的") // nearly everywhere
				for range random.IntN(12) {
					e.add(terms[random.IntN(len(terms))])
				}
				e.add(fmt.Sprint("只", i)) // here alone
			}
			if random.IntN(3) == 0 {
				e.addPair(terms[random.IntN(len(terms))], terms[random.IntN(len(terms))])
			}
			e.endField()
		}
		all[i] = e
	}
	return all
}

// TestLargeSegment has more entries than one group of a bitmap holds.
func TestLargeSegment(t *testing.T) {
	if testing.Short() {
		t.Skip("writes 140,000 entries")
	}
	all := make([]*entry, 140_000)
	for i := range all {
		all[i] = &entry{}
		for every, term := range map[int]string{1: "皆", 2: "半", 20: "少", 50_000: "稀"} {
			if i%every == 0 {
				all[i].add(term)
			}
		}
		all[i].endField()
	}
	likeLibrary(t, groupFields, all, 30_000)
}

// FuzzSegments writes entries made of the pieces of a text.
func FuzzSegments(f *testing.F) {
	f.Add("发展 经济 发展|的 的 的 的 的||abcdefgh abcdefgi", 2)
	f.Add("𠮷野家 2021|\xff\x00 \xff", 1)
	f.Fuzz(func(t *testing.T, text string, batch int) {
		var all []*entry
		for part := range strings.SplitSeq(text, "|") {
			e := &entry{}
			for term := range strings.FieldsSeq(part) {
				e.add(term)
			}
			e.endField()
			e.addTokens(search.Tokenize(part))
			e.endField()
			e.endField()
			all = append(all, e)
		}
		likeLibrary(t, itemFields, all, 1+(batch&7))
	})
}

// TestBitmaps holds our bitmaps against the library's.
func TestBitmaps(t *testing.T) {
	random := rand.New(rand.NewPCG(7, 7))
	for _, n := range []int{1, 2, 100, maxListed, maxListed + 1, 70_000} {
		for _, upTo := range []int{n, 2 * n, 300_000} {
			set := map[uint32]bool{}
			for len(set) < min(n, upTo) {
				set[uint32(random.IntN(upTo))] = true
			}
			numbers := slices.Sorted(maps.Keys(set))
			want, err := roaring.BitmapOf(numbers...).ToBytes()
			if err != nil {
				t.Fatal(err)
			}
			got := appendBitmap(nil, numbers)
			// Of a whole group the library makes a run; we do not, and it reads both.
			whole := n == upTo && n > 1<<16
			if !bytes.Equal(got, want) && !whole || len(got) != bitmapSize(numbers) {
				t.Errorf("%d numbers up to %d: another bitmap than the library's", n, upTo)
			}
			read := roaring.New()
			if err := read.UnmarshalBinary(got); err != nil || !slices.Equal(read.ToArray(), numbers) {
				t.Errorf("%d numbers up to %d: read as %d: %v", n, upTo, read.GetCardinality(), err)
			}
		}
	}
}

// TestRunsCutShort reads a run that lost its end: an error, no panic.
func TestRunsCutShort(t *testing.T) {
	run := invert(itemFields, randomEntries(rand.New(rand.NewPCG(1, 1)), 20))
	for end := range run {
		err := error(nil)
		r := &runReader{buffer: run[:end]}
		for range itemFields {
			if err == nil {
				err = joinField([]*runReader{r}, func([]byte, []uint32) error { return nil })
			}
		}
		if err == nil {
			t.Fatalf("a run of %d bytes of %d is read as whole", end, len(run))
		}
	}
}

// TestChunkRooms holds the room in chunks against what lists of all lengths can
// need, and what it takes against the entries.
func TestChunkRooms(t *testing.T) {
	for _, entries := range []int{1, 2, 1023, 1024, 1025, 2048, 10_000, 65_537, 1_000_000} {
		rooms := chunkRooms(entries)
		for length := 1; length <= entries; length += 1 + length/50 {
			size := entries / (length/perChunk + 1)
			for chunk := range (entries-1)/size + 1 {
				if most := min(size, length, entries-chunk*size); rooms[chunk] < most {
					t.Fatalf("%d entries: chunk %d has room for %d, a list of %d may have %d there", entries, chunk, rooms[chunk], length, most)
				}
			}
		}
		sum := 0
		for _, room := range rooms {
			sum += room
		}
		if sum > 6*entries {
			t.Errorf("%d entries: room for %d", entries, sum)
		}
	}
}
