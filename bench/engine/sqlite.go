package engine

import (
	"database/sql"
	"fmt"
	"path/filepath"
	"strings"
	"unicode"
	"unicode/utf8"

	_ "github.com/mattn/go-sqlite3" // the driver; needs cgo and the tag sqlite_fts5

	"youju/bench/passage"
	"youju/bench/question"
)

// sqlite is FTS5 in one of two forms: over texts cut into pairs of characters
// beforehand, or with its own trigram tokenizer.
type sqlite struct {
	db *sql.DB
	// condition gives the SQL condition for a word on the table fts, and its parameter.
	condition func(word string) (string, string)
}

const sqliteSchema = `
	PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF;
	CREATE TABLE passage(id INTEGER PRIMARY KEY, year TEXT, county TEXT, topic TEXT);
	CREATE TABLE body(id INTEGER PRIMARY KEY, title TEXT, kind TEXT, text TEXT);
	CREATE VIRTUAL TABLE fts USING fts5(%s)`

func buildBigram(tsv, dir string) error {
	return buildSQLite(tsv, dir, "text, title, content=''", func(p passage.Passage) (string, string) { return pairs(p.Text), p.Title })
}

func buildTrigram(tsv, dir string) error {
	return buildSQLite(tsv, dir, "text, title, content='body', content_rowid='id', tokenize='trigram'",
		func(p passage.Passage) (string, string) { return p.Text, p.Title })
}

func buildSQLite(tsv, dir, table string, fields func(passage.Passage) (text, title string)) error {
	db, err := sql.Open("sqlite3", filepath.Join(dir, "passages.db"))
	if err != nil {
		return err
	}
	defer db.Close()
	db.SetMaxOpenConns(1)
	if _, err := db.Exec(fmt.Sprintf(sqliteSchema, table)); err != nil {
		return err
	}
	tx, err := db.Begin()
	if err != nil {
		return err
	}
	defer tx.Rollback()
	var insert [3]*sql.Stmt
	for i, s := range []string{
		"INSERT INTO passage(id, year, county, topic) VALUES(?, ?, ?, ?)",
		"INSERT INTO body(id, title, kind, text) VALUES(?, ?, ?, ?)",
		"INSERT INTO fts(rowid, text, title) VALUES(?, ?, ?)",
	} {
		if insert[i], err = tx.Prepare(s); err != nil {
			return err
		}
	}
	n := 0
	err = passage.Each(tsv, 0, func(p passage.Passage) error {
		n++
		text, title := fields(p)
		for i, row := range [][]any{{n, fmt.Sprint(p.Year), p.County, p.Topic}, {n, p.Title, p.Kind, p.Text}, {n, text, title}} {
			if _, err := insert[i].Exec(row...); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	if _, err := tx.Exec("INSERT INTO fts(fts) VALUES('optimize')"); err != nil {
		return err
	}
	return tx.Commit()
}

func openBigram(dir string, clients int) (Engine, error) {
	return openSQLite(dir, clients, func(w string) (string, string) {
		if utf8.RuneCountInString(w) == 1 {
			return "fts MATCH ?", `text:"` + w + `"*`
		}
		return "fts MATCH ?", `text:"` + pairs(w) + `"`
	})
}

func openTrigram(dir string, clients int) (Engine, error) {
	return openSQLite(dir, clients, func(w string) (string, string) {
		if utf8.RuneCountInString(w) < 3 {
			return "fts.text LIKE ?", "%" + w + "%"
		}
		return "fts MATCH ?", `text:"` + w + `"`
	})
}

func openSQLite(dir string, clients int, condition func(string) (string, string)) (Engine, error) {
	db, err := sql.Open("sqlite3", "file:"+filepath.Join(dir, "passages.db")+"?mode=ro&immutable=1&_query_only=1")
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(clients)
	db.SetMaxIdleConns(clients)
	return &sqlite{db, condition}, db.Ping()
}

func (e *sqlite) Close() error { return e.db.Close() }

// where is the condition of a question: one MATCH for all words where all can
// be matched, so that they are joined inside the full-text index.
func (e *sqlite) where(q question.Question) (string, []any) {
	var conditions, matches []string
	var params []any
	for _, w := range q.Words {
		condition, param := e.condition(w)
		if strings.HasSuffix(condition, "MATCH ?") {
			matches = append(matches, param)
			continue
		}
		conditions, params = append(conditions, condition), append(params, param)
	}
	if len(matches) > 0 {
		conditions, params = append(conditions, "fts MATCH ?"), append(params, strings.Join(matches, " AND "))
	}
	for name, value := range q.Filters {
		conditions, params = append(conditions, "passage."+name+" = ?"), append(params, value)
	}
	return strings.Join(conditions, " AND "), params
}

func (e *sqlite) Answer(q question.Question) (a question.Answer, err error) {
	where, params := e.where(q)
	a.Facets = map[string]question.Counts{}
	if err := e.count(&a, where, params); err != nil {
		return a, err
	}
	a.Total = a.Facets[question.Year].Sum
	order := ""
	if strings.Contains(where, "MATCH") {
		order = "ORDER BY bm25(fts)"
	}
	rows, err := e.db.Query(fmt.Sprintf(`SELECT body.text FROM body JOIN
		(SELECT passage.id AS best FROM fts JOIN passage ON passage.id = fts.rowid WHERE %s %s LIMIT %d)
		ON body.id = best`, where, order, question.PageSize), params...)
	if err != nil {
		return a, err
	}
	defer rows.Close()
	for rows.Next() {
		var text string
		if err := rows.Scan(&text); err != nil {
			return a, err
		}
		a.Hits++
		a.Snippets += len(snippet(text, q.Words))
	}
	return a, rows.Err()
}

// count fills the facets; the hits are found once for all three.
func (e *sqlite) count(a *question.Answer, where string, params []any) error {
	var selects []string
	for _, f := range question.Facets {
		selects = append(selects, fmt.Sprintf("SELECT '%s', count(*) FROM hit GROUP BY %s", f, f))
	}
	rows, err := e.db.Query(fmt.Sprintf(`WITH hit AS MATERIALIZED
		(SELECT passage.year, passage.county, passage.topic FROM fts JOIN passage ON passage.id = fts.rowid WHERE %s)
		%s`, where, strings.Join(selects, " UNION ALL ")), params...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var facet string
		var n int
		if err := rows.Scan(&facet, &n); err != nil {
			return err
		}
		c := a.Facets[facet]
		c.Add(n)
		a.Facets[facet] = c
	}
	return rows.Err()
}

// pairs cuts every row of ideographs into pairs of neighbours, a lone one into
// itself, and keeps other words whole.
func pairs(text string) string {
	var b strings.Builder
	row := []rune{}
	flush := func() {
		for i := range row {
			switch {
			case i+1 < len(row):
				b.WriteString(string(row[i:i+2]) + " ")
			case len(row) == 1:
				b.WriteString(string(row) + " ")
			}
		}
		row = row[:0]
	}
	for _, r := range text {
		if unicode.Is(unicode.Han, r) {
			if len(row) == 0 {
				b.WriteByte(' ')
			}
			row = append(row, r)
			continue
		}
		flush()
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			b.WriteRune(r)
		} else {
			b.WriteByte(' ')
		}
	}
	flush()
	return strings.TrimSpace(b.String())
}

// snippetRunes is as long as Youju's.
const snippetRunes = 120

// snippet cuts a piece around the first word and marks every word: FTS5 has
// nothing to do it with where the text was cut beforehand.
func snippet(text string, words []string) string {
	at := max(0, strings.Index(text, words[0]))
	runes := []rune(text[at:])
	piece := string(runes[:min(len(runes), snippetRunes)])
	for _, w := range words {
		piece = strings.ReplaceAll(piece, w, "<mark>"+w+"</mark>")
	}
	return piece
}
