package web

import (
	"math/rand/v2"
	"net/url"
	"reflect"
	"strings"
	"testing"
	"unicode/utf8"

	"youju/search"
)

func parse(t testing.TB, target string) url.Values {
	t.Helper()
	u, err := url.Parse(target)
	if err != nil {
		t.Fatalf("parsing %q: %v", target, err)
	}
	return u.Query()
}

func TestQueryOf(t *testing.T) {
	for _, tt := range []struct{ in, want string }{
		{"/search", "/search"},
		{"/search?q=+老旧小区+", "/search?q=%E8%80%81%E6%97%A7%E5%B0%8F%E5%8C%BA"},
		{"/search?page=2&year=2021&q=a", "/search?q=a&year=2021&page=2"},
		{"/search?year=2021&year=2019&year=2021&year=", "/search?year=2019&year=2021"},
		{"/search?unit=x&county=y", "/search?county=y&unit=x"},
		{"/search?sort=relevance&page=1&size=20", "/search"},
		{"/search?sort=oldest", "/search?sort=oldest"},
		{"/search?sort=<b>", "/search"},
		{"/search?page=-3", "/search"},
		{"/search?page=0", "/search"},
		{"/search?page=x", "/search"},
		{"/search?page=99999999999999999999999", "/search?page=1001"},
		{"/search?page=-99999999999999999999999", "/search"},
		{"/search?size=0", "/search"},
		{"/search?size=1000", "/search?size=100"},
		{"/search?q=%ff%fe", "/search"},
		{"/search?q=a%00b", "/search?q=a+b"},
		{"/search?color=red", "/search"},
		{"/search?off=b&year=2021&off=a&off=b&off=+&q=x", "/search?q=x&off=a&off=b&year=2021"},
	} {
		if got := urlOf(queryOf(parse(t, tt.in))); got != tt.want {
			t.Errorf("urlOf(queryOf(%q)) = %q, want %q", tt.in, got, tt.want)
		}
	}
}

func TestLongQueryIsCut(t *testing.T) {
	q := queryOf(url.Values{"q": {strings.Repeat("长", 10_000)}, "unit": {strings.Repeat("局", 10_000)}})
	if n := utf8.RuneCountInString(q.Text); n != maxTextRunes {
		t.Errorf("text has %d runes, want %d", n, maxTextRunes)
	}
	if n := utf8.RuneCountInString(q.Filters["unit"][0]); n != maxValueRunes {
		t.Errorf("value has %d runes, want %d", n, maxValueRunes)
	}
}

// TestURLRoundTrip is the promise behind every link: a URL says exactly what
// its query says, in one way.
func TestURLRoundTrip(t *testing.T) {
	rnd := rand.New(rand.NewPCG(1, 2))
	pieces := []string{"老旧小区", "a b", "+&=#%", "“引号”", "\x00", "\xff", "<b>", "2021", "?", "/", " ", "\u2028", "年份:2021"}
	word := func() string {
		var s string
		for range rnd.IntN(4) {
			s += pieces[rnd.IntN(len(pieces))]
		}
		return s
	}
	for range 2000 {
		v := url.Values{"q": {word()}, "page": {"3"}, "sort": {"newest"}, "size": {"50"}}
		for _, name := range append([]string{offParam}, search.FacetNames...) {
			for range rnd.IntN(4) {
				v.Add(name, word())
			}
		}
		q := queryOf(v)
		if again := queryOf(parse(t, urlOf(q))); !reflect.DeepEqual(again, q) {
			t.Fatalf("from %q\n got %#v\nwant %#v", urlOf(q), again, q)
		}
	}
}

func FuzzQueryOf(f *testing.F) {
	f.Add("q=老旧小区&year=2021&year=2020&page=2")
	f.Add("q=%ff&sort=oldest&size=-1&county=%00")
	f.Fuzz(func(t *testing.T, raw string) {
		v, _ := url.ParseQuery(raw)
		q := queryOf(v)
		if again := queryOf(parse(t, urlOf(q))); !reflect.DeepEqual(again, q) {
			t.Fatalf("from %q\n got %#v\nwant %#v", urlOf(q), again, q)
		}
	})
}

func TestExplicit(t *testing.T) {
	q := queryOf(parse(t, "/search?q=供热+年份:2021+year:2020&county=东阿县"))
	read, _ := search.Read(q.Text)
	read.Filters["county"] = []string{"东阿县"}
	got := urlOf(explicit(q, read, "year"))
	want := urlOf(queryOf(parse(t, "/search?q=供热&county=东阿县&year=2020&year=2021")))
	if got != want {
		t.Errorf("explicit year: %q, want %q", got, want)
	}
	if got := urlOf(explicit(q, read, "county")); got != urlOf(q) {
		t.Errorf("explicit county changed the query: %q", got)
	}
	if got, want := urlOf(withoutFilters(q)), urlOf(search.Query{Text: "供热"}); got != want {
		t.Errorf("withoutFilters: %q, want %q", got, want)
	}
}

func TestDropWord(t *testing.T) {
	for _, tt := range []struct {
		text, word, want string
		ok               bool
	}{
		{"老旧小区 改造", "改造", "老旧小区", true},
		{"“乡村振兴” 教育", "乡村振兴", "教育", true},
		{`供热 -"改造"`, "改造", "供热", true},
		{"改造", "改造", "", false},
		{"改造", "别的", "", false},
		{"a b c", "b", "a c", true},
	} {
		if got, ok := dropWord(tt.text, tt.word); got != tt.want || ok != tt.ok {
			t.Errorf("dropWord(%q, %q) = %q, %v, want %q, %v", tt.text, tt.word, got, ok, tt.want, tt.ok)
		}
	}
}
