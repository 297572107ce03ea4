package indexer

import (
	"strings"

	"youju/indexer/pattern"
)

var (
	// unitName is the whole name of an office that signs a paper.
	unitName = pattern.MustCompile(`^\p{Han}{2,30}(?:局|委|委员会|办|办公室|办公厅|厅|部|院|中心|政府|集团|公司|银行|分行|支行|协会|联合会|总会|会|队|总队|支队|海关|大学|学院|署|处|社|街道|联社|管委会|指挥部|工会|团委|妇联|残联|工商联)(?:（.{2,12}）)?$`)
	// signedOn is the date below a signature, in digits or in words.
	signedOn = pattern.MustCompile(`^[（(]?(?:[0-9]{4}|[〇○零OoＯ一二三四五六七八九]{4})年(?:[0-9]{1,2}|元|[一二三四五六七八九十]{1,3})月(?:[0-9]{1,2}|[一二三四五六七八九十廿]{1,4})日(?:印发)?[）)]?$`)
	// sealNote stands between a signature's words: （盖章）, （代章）.
	sealNote = pattern.MustCompile(`[（(](?:盖章|代章|公章|印章|章)[）)]`)
)

// signs says that a line is a signature: names of offices alone, with the date
// below or behind them, or at the very end.
func signs(b block, next *block) bool {
	if b.heading || b.bullet || !b.within(120) || strings.ContainsAny(b.s, "。，,；：:") {
		return false
	}
	names := strings.Fields(strings.ReplaceAll(sealNote.ReplaceAllString(b.s, ""), "、", " "))
	dated := false
	if n := len(names); n > 1 && signedOn.MatchString(squeeze(names[n-1])) {
		names, dated = names[:n-1], true
	}
	if len(names) == 0 || len(names) > 12 {
		return false
	}
	for _, s := range names {
		if !unitName.MatchString(s) {
			return false
		}
	}
	return dated || next != nil && (signedOn.MatchString(squeeze(next.s)) || signs(*next, nil) && next.s != b.s) || next == nil
}
