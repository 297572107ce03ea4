package claim_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"youju/claim"
)

// TestMain lets the test run itself as a program that claims a folder, writes
// into it and waits to be killed.
func TestMain(m *testing.M) {
	if parent := os.Getenv("CLAIM_IN"); parent != "" {
		c, err := claim.Make(parent, os.Getenv("CLAIM_NAME"), nil)
		if err == nil {
			err = os.WriteFile(filepath.Join(c.Path, "spool"), make([]byte, 1000), 0o600)
		}
		if err != nil {
			os.Stdout.WriteString(err.Error())
			os.Exit(1)
		}
		os.Stdout.WriteString("claimed")
		os.Stdout.Close()
		select {}
	}
	os.Exit(m.Run())
}

// claimer starts a program that claims a folder, and waits until it has it.
func claimer(t *testing.T, parent, name string) *exec.Cmd {
	t.Helper()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), "CLAIM_IN="+parent, "CLAIM_NAME="+name)
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { cmd.Process.Kill(); cmd.Wait() })
	said := make([]byte, 100)
	if n, _ := out.Read(said); string(said[:n]) != "claimed" {
		t.Fatalf("said %q", said[:n])
	}
	return cmd
}

// TestSweep claims a folder beside one of a program that lives, one of a
// program that was killed, and some without locks.
func TestSweep(t *testing.T) {
	parent := t.TempDir()
	claimer(t, parent, "living")
	killed := claimer(t, parent, "killed")
	if err := killed.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	killed.Wait()
	for _, folder := range []string{"half.tmp", "kept", "unlinked.tmp/below"} {
		if err := os.MkdirAll(filepath.Join(parent, folder), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.WriteFile(filepath.Join(parent, "alone.lock"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	first, err := claim.Make(parent, "first.tmp", nil)
	if err != nil {
		t.Fatal(err)
	}
	holds(t, parent, "LOCK first.tmp first.tmp.lock half.tmp kept living living.lock unlinked.tmp")
	second, err := claim.Make(parent, "second.tmp", func(name string) bool { return strings.HasSuffix(name, ".tmp") })
	if err != nil {
		t.Fatal(err)
	}
	holds(t, parent, "LOCK first.tmp first.tmp.lock kept living living.lock second.tmp second.tmp.lock")
	if _, err := claim.Make(parent, "first.tmp", nil); err == nil {
		t.Error("claimed a folder that is held")
	}
	if err := first.Remove(); err != nil {
		t.Error(err)
	}
	if err := os.Rename(second.Path, filepath.Join(parent, "second")); err != nil {
		t.Fatal(err)
	}
	if err := second.Release(); err != nil {
		t.Error(err)
	}
	holds(t, parent, "LOCK kept living living.lock second")
	if _, err := os.Stat(filepath.Join(parent, "living", "spool")); err != nil {
		t.Error(err)
	}
}

func holds(t *testing.T, parent, want string) {
	t.Helper()
	entries, err := os.ReadDir(parent)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, e := range entries {
		names = append(names, e.Name())
	}
	if got := strings.Join(names, " "); got != want {
		t.Errorf("holds %s\nwant  %s", got, want)
	}
}

// TestPrivate refuses what others could change or lead elsewhere.
func TestPrivate(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "own")
	for range 2 {
		if err := claim.Private(path); err != nil {
			t.Error(err)
		}
	}
	link := filepath.Join(dir, "link")
	if err := os.Symlink(path, link); err != nil {
		t.Skip(err)
	}
	open := filepath.Join(dir, "open")
	os.Mkdir(open, 0o700)
	os.Chmod(open, 0o777)
	file := filepath.Join(dir, "file")
	os.WriteFile(file, nil, 0o600)
	for _, path := range []string{link, open, file} {
		if claim.Private(path) == nil {
			t.Errorf("%s is taken for a folder of one's own", path)
		}
	}
}
