//go:build !race

package bleve_test

// randomQueries is how many made-up queries are compared with the oracle.
const randomQueries = 400

// synonymStep is how many lines of the table are passed over to the next one tried.
const synonymStep = 1
