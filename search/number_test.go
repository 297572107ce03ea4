package search

import (
	"strings"
	"testing"
)

func TestNumberForms(t *testing.T) {
	for text, want := range map[string]string{
		"67800":       "6.78万",
		"67800人":      "6.78万人",
		"67,800人":     "67800人 6.78万人",
		"6.78万":       "67800",
		"6.78万人":      "67800人",
		"100亿":        "10000000000 1000000万 0.01万亿",
		"10000000000": "1000000万 100亿 0.01万亿",
		"1.2亿":        "120000000 12000万",
		"12000万":      "120000000 1.2亿",
		"1.2万亿元":      "1200000000000元 120000000万元 12000亿元",
		"1２０００万":      "120000000 12000万 1.2亿",
		"5000":        "0.5万",
		"999":         "",
		"12":          "",
		"0":           "",
		"00000":       "",
		"1.2.3":       "",
		"5G":          "",
		"老旧小区":        "",
		"":            "",
		"万":           "",
		"123456789":   "12345.6789万",
		"1e9":         "",
	} {
		if got := strings.Join(numberForms(text), " "); got != want {
			t.Errorf("numberForms(%q) = %q, want %q", text, got, want)
		}
	}
}

// FuzzNumberForms holds every form against the value it must have.
func FuzzNumberForms(f *testing.F) {
	for _, text := range []string{"67800人", "1.2亿", "0.00万", "9999999999999999999", "1万万万", "12.50万", "0.5万亿"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		was, ok := readFigure(text)
		for _, form := range numberForms(text) {
			is, ok2 := readFigure(form)
			if !ok || !ok2 || is.Value < was.Value*(1-1e-12) || is.Value > was.Value*(1+1e-12) {
				t.Errorf("%q is also written %q", text, form)
			}
			if form == text {
				t.Errorf("%q is a form of itself", text)
			}
		}
	})
}
