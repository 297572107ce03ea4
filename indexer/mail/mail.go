// Package mail takes the text out of MIME messages: pages that browsers saved
// as one file (.mhtml, .mht) and mails (.eml).
package mail

import (
	"bufio"
	"bytes"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net/mail"
	"net/textproto"
	"regexp"
	"strings"

	"golang.org/x/net/html/charset"

	"youju/indexer/bound"
)

// Limits against hostile files.
const (
	maxDepth = 8
	maxParts = 2000
	maxBytes = 64 << 20
)

// Errors with texts for operators.
var (
	ErrFormat = bound.Fail(bound.Damaged, "不是完整的网页存档或邮件（.mhtml、.mht、.eml），请另存为网页（.html）或文本")
	ErrNoText = bound.Fail(bound.Empty, "网页存档或邮件里没有正文，请另存为网页（.html）或文本")
)

var (
	headerLine = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9-]{1,40}:[ \t]`)
	version    = regexp.MustCompile(`(?im)^(?:mime-version|content-type|received|message-id):[ \t]`)
)

// Is says that bytes begin like a message: with header lines, up to a blank
// one, that name its form.
func Is(head []byte) bool {
	head = bytes.TrimLeft(bytes.TrimPrefix(head, []byte("\xef\xbb\xbf")), "\r\n")
	if !headerLine.Match(head) {
		return false
	}
	for _, end := range []string{"\r\n\r\n", "\n\n"} {
		if at := bytes.Index(head, []byte(end)); at >= 0 {
			head = head[:at]
			break
		}
	}
	return version.Match(head)
}

// Message is what a message says.
type Message struct {
	// Body is the page or the text, in whatever encoding it has; HTML tells which.
	Body []byte
	HTML bool
	// Subject is the message's own title, Attachments are the names of files in it.
	Subject     string
	Attachments []string
}

// Read reads a message's bytes: of several forms of one text the page, else the
// plain one.
func Read(data []byte) (Message, error) {
	m, err := mail.ReadMessage(bufio.NewReader(bytes.NewReader(bytes.TrimLeft(bytes.TrimPrefix(data, []byte("\xef\xbb\xbf")), "\r\n"))))
	if err != nil {
		return Message{}, fmt.Errorf("%w：%v", ErrFormat, err)
	}
	r := &reader{}
	err = r.part(textproto.MIMEHeader(m.Header), m.Body, 0)
	r.out.Subject = words(m.Header.Get("Subject"))
	switch {
	case r.html != nil:
		r.out.Body, r.out.HTML = r.html, true
	case r.text != nil:
		r.out.Body = r.text
	case err != nil:
		return Message{}, err
	default:
		return Message{}, ErrNoText
	}
	// What is broken behind the text costs nothing.
	return r.out, nil
}

// reader goes through the parts of a message; the first of a kind counts.
type reader struct {
	html, text []byte
	out        Message
	parts      int
	bytes      int
}

func (r *reader) part(h textproto.MIMEHeader, body io.Reader, depth int) error {
	if r.parts++; r.parts > maxParts || depth > maxDepth {
		return bound.ErrTooBig
	}
	kind, params, err := mime.ParseMediaType(h.Get("Content-Type"))
	if err != nil {
		kind = "text/plain"
	}
	if strings.HasPrefix(kind, "multipart/") {
		return r.multipart(params["boundary"], body, depth)
	}
	disposition, file, _ := mime.ParseMediaType(h.Get("Content-Disposition"))
	if name := words(file["filename"]); disposition == "attachment" {
		if name != "" {
			r.out.Attachments = append(r.out.Attachments, name)
		}
		return nil
	}
	wanted := kind == "text/html" && r.html == nil || kind == "text/plain" && r.text == nil || kind == "application/xhtml+xml" && r.html == nil
	if !wanted {
		return nil
	}
	data, err := r.decode(h.Get("Content-Transfer-Encoding"), body)
	if len(bytes.TrimSpace(data)) == 0 {
		return err
	}
	data = inUTF8(data, params["charset"])
	if kind == "text/plain" {
		r.text = data
	} else {
		r.html = data
	}
	return err
}

func (r *reader) multipart(boundary string, body io.Reader, depth int) error {
	if boundary == "" {
		return ErrFormat
	}
	parts := multipart.NewReader(body, boundary)
	for {
		p, err := parts.NextRawPart()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("%w：%v", ErrFormat, err)
		}
		if err := r.part(p.Header, p, depth+1); err != nil {
			return err
		}
	}
}

// decode reads a body in its transfer encoding, as far as it is whole.
func (r *reader) decode(encoding string, body io.Reader) ([]byte, error) {
	switch strings.ToLower(strings.TrimSpace(encoding)) {
	case "base64":
		body = base64.NewDecoder(base64.StdEncoding, body)
	case "quoted-printable":
		body = quotedprintable.NewReader(body)
	}
	data, err := io.ReadAll(io.LimitReader(body, int64(maxBytes-r.bytes)+1))
	if r.bytes += len(data); r.bytes > maxBytes {
		return nil, bound.ErrTooBig
	}
	if err != nil {
		err = fmt.Errorf("%w：%v", ErrFormat, err)
	}
	return data, err
}

// inUTF8 believes a declared charset only where it is none that the bytes tell
// by themselves.
func inUTF8(data []byte, name string) []byte {
	switch strings.ToLower(name) {
	case "", "utf-8", "utf8", "us-ascii", "gb2312", "gbk", "gb18030", "big5", "iso-8859-1":
		return data
	}
	e, _ := charset.Lookup(name)
	if e == nil {
		return data
	}
	if out, err := e.NewDecoder().Bytes(data); err == nil {
		return out
	}
	return data
}

// words reads the encoded words of a header.
func words(s string) string {
	d := mime.WordDecoder{CharsetReader: charset.NewReaderLabel}
	if out, err := d.DecodeHeader(s); err == nil {
		return strings.TrimSpace(out)
	}
	return ""
}
