// Package bound keeps the reading of a file within what it may cost, whatever
// its bytes say, and gives every end that is not a document a code.
package bound

import (
	"context"
	"errors"
)

// Code says why a file was not read, in a word that programs can ask for.
type Code string

// All codes there are; docs/files.md explains them to operators.
const (
	Timeout      Code = "timeout"
	TooBig       Code = "too_big"
	TooManyPages Code = "too_many_pages"
	TooManyFiles Code = "too_many_files"
	TooDeep      Code = "too_deep"
	Panic        Code = "panic"
	Encrypted    Code = "encrypted"
	Empty        Code = "empty"
	Scanned      Code = "scanned"
	Unsupported  Code = "unsupported"
	Damaged      Code = "damaged"
	Encoding     Code = "encoding"
	Changed      Code = "changed"
	NoAccess     Code = "no_access"
	Recognition  Code = "ocr_failed"
)

// Error is a reason with its code; its text is in the operator's language.
type Error struct {
	Code Code
	What string
}

func (e *Error) Error() string { return e.What }

// Fail makes an error.
func Fail(code Code, what string) error { return &Error{code, what} }

// CodeOf gives an error's code. What no reader has foreseen is damage.
func CodeOf(err error) Code {
	var e *Error
	switch {
	case err == nil:
		return ""
	case errors.As(err, &e):
		return e.Code
	case errors.Is(err, context.DeadlineExceeded):
		return Timeout
	}
	return Damaged
}

// Errors that every format shares.
var (
	ErrTimeout = Fail(Timeout, "读取超时，未收录（可用 --file-timeout 放宽）")
	ErrTooBig  = Fail(TooBig, "文件展开后过大，未读取")
)

// IsLimit says that an error is a limit's: what was read until then is no whole text.
func IsLimit(err error) bool {
	return errors.Is(err, ErrTimeout) || errors.Is(err, ErrTooBig) || errors.Is(err, context.Canceled)
}
