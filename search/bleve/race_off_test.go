//go:build !race

package bleve_test

// randomQueries is how many made-up queries are compared with the oracle.
const randomQueries = 400
