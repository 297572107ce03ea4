package measure

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/url"
	"path/filepath"
	"strings"
	"time"

	"youju/bench/passage"
	"youju/bench/question"
)

// Groonga is fed its own command language and asked through its own server.

const groongaTables = `table_create Year TABLE_HASH_KEY ShortText
table_create County TABLE_HASH_KEY ShortText
table_create Topic TABLE_HASH_KEY ShortText
table_create Kind TABLE_HASH_KEY ShortText
table_create Passages TABLE_NO_KEY
column_create Passages text COLUMN_SCALAR Text
column_create Passages title COLUMN_SCALAR ShortText
column_create Passages year COLUMN_SCALAR Year
column_create Passages county COLUMN_SCALAR County
column_create Passages topic COLUMN_SCALAR Topic
column_create Passages kind COLUMN_SCALAR Kind
load --table Passages
[
["text","title","year","county","topic","kind"]`

// The indexes are made after loading, which is Groonga's fast way.
const groongaIndexes = `
]
table_create Terms TABLE_PAT_KEY ShortText --default_tokenizer TokenBigram --normalizer NormalizerAuto
column_create Terms passages_text COLUMN_INDEX|WITH_POSITION Passages text
column_create Terms passages_title COLUMN_INDEX|WITH_POSITION Passages title
column_create Year passages COLUMN_INDEX Passages year
column_create County passages COLUMN_INDEX Passages county
column_create Topic passages COLUMN_INDEX Passages topic
column_create Kind passages COLUMN_INDEX Passages kind
`

func buildGroonga(ctx context.Context, tsv, dir, log string) (Cost, error) {
	begun := time.Now()
	p, err := start(ctx, log, "groonga", "--log-path", log, "-n", filepath.Join(dir, "db"))
	if err != nil {
		return Cost{}, err
	}
	go io.Copy(io.Discard, p.out) //nolint:errcheck // what it says about each command
	in := bufio.NewWriterSize(p.in, 1<<16)
	in.WriteString(groongaTables)
	err = passage.Each(tsv, 0, func(p passage.Passage) error {
		row, err := json.Marshal([]string{p.Text, p.Title, fmt.Sprint(p.Year), p.County, p.Topic, p.Kind})
		if err != nil {
			return err
		}
		in.WriteString(",\n")
		_, err = in.Write(row)
		return err
	})
	if err != nil {
		return Cost{}, err
	}
	in.WriteString(groongaIndexes)
	if err := in.Flush(); err != nil {
		return Cost{}, err
	}
	p.in.Close()
	return p.wait(begun, dir)
}

// newGroongaClient asks Groonga's HTTP server.
func newGroongaClient(p *Process, base string) (*httpClient, error) {
	return newHTTPClient(p, base+"/d/status", &httpClient{url: func(q question.Question) string {
		v := url.Values{
			"table": {"Passages"}, "match_columns": {"text"}, "query": {`"` + strings.Join(q.Words, `" "`) + `"`},
			"limit": {fmt.Sprint(question.PageSize)}, "sort_keys": {"-_score"},
			"output_columns": {"_id,_score,title,snippet_html(text)"},
		}
		for _, f := range question.Facets {
			v.Set("drilldowns["+f+"].keys", f)
			v.Set("drilldowns["+f+"].limit", "-1")
			v.Set("drilldowns["+f+"].output_columns", "_key,_nsubrecs")
		}
		var filters []string
		for name, value := range q.Filters {
			filters = append(filters, fmt.Sprintf("%s == %q", name, value))
		}
		if len(filters) > 0 {
			v.Set("filter", strings.Join(filters, " && "))
		}
		return base + "/d/select.json?" + v.Encode()
	}, read: readGroonga})
}

// readGroonga reads [[status], [[[total], [columns], hit...], {facet: [[total], [columns], [key, count]...]}]].
func readGroonga(_ question.Question, body []byte) (a question.Answer, err error) {
	var parts []json.RawMessage
	var body2 []json.RawMessage
	if err := json.Unmarshal(body, &parts); err != nil || len(parts) < 2 {
		return a, fmt.Errorf("groonga: %s", body[:min(len(body), 300)])
	}
	if err := json.Unmarshal(parts[1], &body2); err != nil || len(body2) < 2 {
		return a, fmt.Errorf("groonga: %s", body[:min(len(body), 300)])
	}
	var hits []json.RawMessage
	var facets map[string][]json.RawMessage
	if err := json.Unmarshal(body2[0], &hits); err != nil {
		return a, err
	}
	if err := json.Unmarshal(body2[1], &facets); err != nil {
		return a, err
	}
	var total []int
	if err := json.Unmarshal(hits[0], &total); err != nil {
		return a, err
	}
	a = question.Answer{Total: total[0], Hits: len(hits) - 2, Facets: map[string]question.Counts{}}
	for _, h := range hits[2:] {
		a.Snippets += len(h)
	}
	for name, rows := range facets {
		var c question.Counts
		for _, row := range rows[2:] {
			var key string
			var n int
			if err := json.Unmarshal(row, &[]any{&key, &n}); err != nil {
				return a, err
			}
			c.Add(n)
		}
		a.Facets[name] = c
	}
	return a, nil
}
