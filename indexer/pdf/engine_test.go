package pdf

import (
	"os"
	"path/filepath"
	"testing"
)

// TestSweep removes what a killed process has half written, nothing else.
func TestSweep(t *testing.T) {
	c := openCache(t.TempDir())
	if c == nil {
		t.Fatal("no cache")
	}
	folders, err := filepath.Glob(filepath.Join(c.dir, "*"))
	if err != nil || len(folders) != 1 {
		t.Fatalf("folders %q, %v", folders, err)
	}
	whole, half := filepath.Join(folders[0], "abc"), filepath.Join(folders[0], "abc.123.tmp")
	for _, name := range []string{whole, half} {
		if err := os.WriteFile(name, nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	c.sweep()
	if left, _ := filepath.Glob(filepath.Join(folders[0], "*")); len(left) != 1 || left[0] != whole {
		t.Errorf("left %q", left)
	}
}
