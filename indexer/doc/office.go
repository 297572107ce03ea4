package doc

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"time"

	"youju/indexer/bound"
)

// ErrNoOffice says that a file needs LibreOffice and there is none.
var ErrNoOffice = bound.Fail(bound.Unsupported, "这种文档需要 LibreOffice 转换，本机没有安装；请另存为 .docx 后再收录")

// office is the path of a LibreOffice that runs, or "". A machine can have its
// starter without the program behind it, which is as good as none; so it is
// asked for its version, once.
var office = sync.OnceValue(func() string {
	program, err := exec.LookPath("soffice")
	if err != nil {
		return ""
	}
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	cmd := exec.CommandContext(ctx, program, "--version")
	cmd.WaitDelay = 5 * time.Second
	if cmd.Run() != nil {
		return ""
	}
	return program
})

// Convert turns a file into .docx with the LibreOffice of this machine. ending
// is the file's ending, such as ".doc".
func Convert(ctx context.Context, data []byte, ending string) ([]byte, error) {
	program := office()
	if program == "" {
		return nil, ErrNoOffice
	}
	dir, err := os.MkdirTemp("", "youju-office-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	in := filepath.Join(dir, "in"+ending)
	if err := os.WriteFile(in, data, 0o600); err != nil {
		return nil, err
	}
	ctx, cancel := context.WithTimeout(ctx, 2*time.Minute)
	defer cancel()
	// A profile of its own keeps macros, recent files and a running office out of it.
	cmd := exec.CommandContext(ctx, program, "-env:UserInstallation=file://"+filepath.ToSlash(filepath.Join(dir, "profile")),
		"--headless", "--norestore", "--convert-to", "docx", "--outdir", dir, in)
	cmd.WaitDelay = 5 * time.Second
	if err := cmd.Run(); err != nil {
		return nil, bound.Fail(bound.Damaged, "LibreOffice 未能转换这个文档，请另存为 .docx 后再收录")
	}
	out, err := os.ReadFile(filepath.Join(dir, "in.docx"))
	if err != nil {
		return nil, bound.Fail(bound.Damaged, "LibreOffice 未能转换这个文档，请另存为 .docx 后再收录")
	}
	return out, nil
}
