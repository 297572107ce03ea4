package doc_test

import (
	"errors"
	"fmt"
	"os/exec"
	"strings"
	"testing"

	"youju/indexer/doc"
	"youju/indexer/docx"
)

// TestConvert turns an RTF file into .docx where LibreOffice runs; where it does
// not, the message says what to do.
func TestConvert(t *testing.T) {
	const title, body = "某某县公园管理办法", "第一条 公园早上五点半开门，晚上十点关门。"
	out, err := doc.Convert(t.Context(), []byte(`{\rtf1\ansi `+escapeRTF(title)+`\par `+escapeRTF(body)+`\par}`), ".rtf")
	if exec.Command("soffice", "--version").Run() != nil {
		if !errors.Is(err, doc.ErrNoOffice) {
			t.Fatalf("without LibreOffice: %v", err)
		}
		return
	}
	if err != nil {
		t.Fatal(err)
	}
	text, err := docx.Read(nil, out)
	if err != nil {
		t.Fatal(err)
	}
	if got := fmt.Sprint(text); !strings.Contains(got, title) || !strings.Contains(got, body) {
		t.Errorf("read %s", got)
	}
}

func escapeRTF(text string) string {
	var b strings.Builder
	for _, r := range text {
		fmt.Fprintf(&b, `\u%d?`, int16(r))
	}
	return b.String()
}
