// Package seeds holds the sample collection that ships with the program: our
// own digests (摘编) of public work reports, so that a new user has something
// real to search before adding files of their own.
package seeds

import "embed"

// FS holds the sample documents at its root.
//
//go:embed *.txt *.md *.html
var FS embed.FS
