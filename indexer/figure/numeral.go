package figure

import (
	"cmp"
	"strconv"
	"strings"
	"unicode/utf8"

	"youju/indexer/pattern"
	"youju/report"
)

var (
	// hundreds is a round number after a word that makes it one: 过百亿, 超百场.
	hundreds = pattern.MustCompile(`^[百千万亿]{1,3}`)
	myriads  = pattern.MustCompile(`^[一二两三四五六七八九十百千]+(?:[零〇]?[一二两三四五六七八九十百千]+|万[一二两三四五六七八九十百千零〇]+)*[万亿]+`)
	fraction = pattern.MustCompile(`^([一二两三四五六七八九十百]+)分之([一二两三四五六七八九十百]+)(?:点([一二三四五六七八九零〇○]+))?`)
	tenths   = pattern.MustCompile(`^([一二两三四五六七八九])成(以上|以下|左右|以内|多)?`)
	doubled  = pattern.MustCompile(`^翻(?:了)?(?:([一两二三四])番|番)(?:多)?`)
	// mixed is a numeral of two myriads, 一百二十七亿六千万, counts one of hundreds
	// or thousands that is no round mark, 三百二十.
	mixed      = pattern.MustCompile(`^([一二两三四五六七八九十百千零〇]+)亿([一二两三四五六七八九十百千零〇]+)万`)
	counts     = pattern.MustCompile(`^[一二两三四五六七八九][百千][一二两三四五六七八九十百零〇]*`)
	bareRank   = pattern.MustCompile(`^[一二三四五六七八九十]+`)
	rankNumber = pattern.MustCompile(`^([一二三四五六七八九十]+)(位|名)`)
)

// chinese reads a figure written in Chinese numerals at s[i:], or gives nil.
// Small counts (三个, 十大) are names more often than figures and left alone.
func chinese(s string, i, floor int) *number {
	rest := s[i:]
	n := &number{start: i, from: i, floor: floor}
	switch {
	case doubled.MatchString(rest):
		m := doubled.FindStringSubmatch(rest)
		n.value, n.unit, n.measures, n.end = max(1, hanValue(m[1])), "番", "times", i+len(m[0])
		return n
	case fraction.MatchString(rest):
		m := fraction.FindStringSubmatch(rest)
		whole := hanValue(m[1])
		if whole == 0 || m[1] == "百" {
			n.value = hanValue(m[2])
		} else {
			n.value = float64(int(hanValue(m[2])/whole*10000+0.5)) / 100
		}
		if m[3] != "" && m[1] == "百" {
			n.value = decimal(strconv.Itoa(int(n.value)) + "." + strconv.Itoa(hanYear("一" + m[3]))[1:])
		}
		n.unit, n.measures, n.end = "%", "percent", i+len(m[0])
	case tenths.MatchString(rest) && !strings.ContainsRune("建完集组合构形促达变生落养", lastRune(s[:i])):
		m := tenths.FindStringSubmatch(rest)
		if runsOn("成", rest[len(m[1])+3:]) {
			return nil
		}
		n.value, n.unit, n.measures, n.end, n.after = hanValue(m[1]), "成", "percent", i+len(m[0]), m[2]
	case strings.HasSuffix(s[:i], "第") && rankNumber.MatchString(rest):
		m := rankNumber.FindStringSubmatch(rest)
		n.value, n.unit, n.end = hanValue(m[1]), m[2], i+len(m[0])
		return n.settle(s)
	case strings.HasSuffix(s[:i], "第") && bareRank.MatchString(rest) && n.outOf(s):
		n.value, n.end = hanValue(bareRank.FindString(rest)), i+len(bareRank.FindString(rest))
		return n.settle(s)
	case mixed.MatchString(rest):
		m := mixed.FindStringSubmatch(rest)
		n.value = report.Shifted(hanValue(m[1])*1e4+hanValue(m[2]), -4)
		end, over := n.readUnit(s, i+len(m[0])-len("万"))
		if !over {
			return nil
		}
		n.times, n.end = "亿", end
		n.readAfter(s)
		return n.settle(s)
	case counts.MatchString(rest) && !myriads.MatchString(rest):
		m := counts.FindString(rest)
		if runeCount(m) == 2 && strings.HasSuffix(m, "百") && strings.HasPrefix(m, "一") {
			return nil // 一百个 is said of many
		}
		n.value = hanValue(m)
		end, over := n.readUnit(s, i+len(m))
		if !over || n.times != "" {
			return nil
		}
		n.end = end
		n.readAfter(s)
		return n.settle(s)
	case myriads.MatchString(rest):
		return n.round(s, myriads.FindString(rest))
	case hundreds.MatchString(rest):
		if w := vocabulary().before.ending(s[:i]); w == "" || w == "上" || w == "最高" || strings.HasSuffix(s[:i], "以上") {
			return nil
		}
		return n.round(s, hundreds.FindString(rest))
	default:
		return nil
	}
	n.readBefore(s)
	if n.after == "" && n.unit == "%" {
		n.readAfter(s)
	}
	return n
}

// round reads 百亿, 一万 and their unit. The last 万 or 亿 is the multiplier.
func (n *number) round(s, text string) *number {
	k := len(text)
	for k > 0 {
		r, size := utf8.DecodeLastRuneInString(text[:k])
		if r != '万' && r != '亿' {
			break
		}
		k -= size
	}
	high, low, nested := strings.Cut(text[:k], "万")
	if n.value = hanValue(text[:k]); nested {
		n.value = hanValue(high)*1e4 + hanValue(low) // 一万六千五百亿
	}
	if k == 0 {
		n.value = 1
	}
	end, over := n.readUnit(s, n.start+k)
	if !over {
		n.times, n.end = text[k:], n.start+len(text)
		// Of sums of money the unit is left out: 投资连续四年过百亿.
		if !strings.Contains(n.times, "亿") || !atPause(s[n.end:]) && !atMark(s[n.end:]) && !sized.MatchString(s[:max(0, n.start-len("超"))]) || !strings.ContainsAny(lastRunes(s[:n.start], 16), "投资收入值额营贷款金利润税") && !strings.HasSuffix(plainHead(s[:n.start]), "总量") && !strings.HasSuffix(plainHead(s[:n.start]), "规模") {
			return nil
		}
		n.unit, n.measures = "元", "money"
	} else {
		n.end = end
	}
	n.readAfter(s)
	if n.measures != "count" && n.measures != "people" && !atPause(s[n.end:]) && !atMark(s[n.end:]) && !sized.MatchString(s[:max(0, n.start-len("超"))]) {
		// 十万亩示范方: a name, not an amount.
		n.apart = true
	}
	return n.settle(s)
}

// plainHead is what stands before a number without its bound and verb.
func plainHead(head string) string {
	w := vocabulary()
	for end := cmp.Or(w.before.ending(head), w.level.ending(head), w.adverb.ending(head)); end != ""; end = cmp.Or(w.before.ending(head), w.level.ending(head), w.adverb.ending(head)) {
		head = strings.TrimSuffix(head, end)
	}
	return head
}

var hanDigits = map[rune]float64{'一': 1, '二': 2, '两': 2, '三': 3, '四': 4, '五': 5, '六': 6, '七': 7, '八': 8, '九': 9}

// hanValue reads a Chinese numeral below ten thousand, 0 for none.
func hanValue(s string) float64 {
	sum, digit := 0.0, 0.0
	for _, r := range s {
		switch r {
		case '十', '百', '千':
			sum += max(1, digit) * map[rune]float64{'十': 10, '百': 100, '千': 1000}[r]
			digit = 0
		default:
			digit = hanDigits[r]
		}
	}
	return sum + digit
}
