package bleve

import "errors"

// Problem is what keeps an index from being served.
type Problem int

// The problems told apart.
const (
	// NoIndex: nothing was ever published in the directory.
	NoIndex Problem = iota + 1
	// OtherVersion: built by another version of the program.
	OtherVersion
	// Corrupt: files are missing or changed.
	Corrupt
)

var problemTexts = map[Problem]string{
	NoIndex:      "尚无索引，请先运行 youju index",
	OtherVersion: "索引由其他版本的程序建立，请重新运行 youju index",
	Corrupt:      "索引已损坏或不完整，请重新运行 youju index",
}

// Error says why an index cannot be opened. Its text is Chinese and meant for
// the operator; Err has the cause.
type Error struct {
	Problem Problem
	Path    string
	Err     error
}

func (e *Error) Error() string {
	text := problemTexts[e.Problem] + "（" + e.Path + "）"
	if e.Err != nil {
		text += "：" + e.Err.Error()
	}
	return text
}

func (e *Error) Unwrap() error { return e.Err }

// IsProblem reports whether err says that an index has the given problem.
func IsProblem(err error, p Problem) bool {
	var e *Error
	return errors.As(err, &e) && e.Problem == p
}

// ErrNoDocuments is returned when an index would be empty.
var ErrNoDocuments = errors.New("没有可以建立索引的内容：所给的路径中没有读出任何文件的正文")

// errClosed is what a Live answers after Close.
var errClosed = errors.New("index is closed")
