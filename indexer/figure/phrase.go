package figure

import (
	"strings"
	"unicode/utf8"

	"youju/indexer/pattern"
)

// phrase is what stands before a number, taken apart: 全市生产总值年均增长 is
// the subject 生产总值, the change 增长, over years.
type phrase struct {
	subject string
	// change is what happened to the subject (增长), or "".
	change string
	// level says that the number is the subject's value (达到, 为), average
	// that it is 年均, total that it is 累计.
	level, average, total bool
	// yearly says that it is so 每年.
	yearly bool
	// stock says that it is the whole of what was added to: 新增9家，达63家.
	stock bool
	// last is the last verb that was taken off (完成).
	last string
	// beside is what the number is compared with: 是2010年的.
	beside string
	// from is the time of the first of two values (从2017年的…), 从 where none
	// is named, or "".
	from string
	// zone is 主城区 and the like, a part of the issuer's own place.
	zone string
	// wide is 全省 or 全国 where the issuer is smaller, each 每个县（市、区）.
	wide, each string
}

var (
	// timeLead is when something was so, at the beginning of a clause.
	timeLead = pattern.MustCompile(`^(?:截至|截止|到|至)?(?:“?十[一二三四五]五”?(?:时期|期间|以来|末)|(?:(?:20|19)\d\d|[一二][九〇○零][〇○零一二三四五六七八九]{2}|今|去|明|当|全|上)年(?:底|末|初|度|来|以来)?|20\d\d—20\d\d年|一年来|五年来|三年来|四年来|过去五年|近年来|\d{1,2}(?:[—-]\d{1,2})?月(?:份|底|末)?|[一二三四]季度|前[一二三]季度|前\d+个?月|[上下]半年|目前|年底前?|\d+年(?:间|来)?|每年)(?:前|，|,)?`)
	// against is what a change is measured against: 比一季度, 较上年.
	against = pattern.MustCompile(`^(.*[^占同环对产相之])?(?:比|较|与)([^，、比]{0,10}(?:年|年末|年底|月|季度|期|届|初|全省|全国|全市|平均|之前|以前|五年|规划|目标|考核|水平|任务|预计数|执行数|预算数|完成数|决算数|实际数|均值))(?:相比)?$`)
	// untilYear is the year of the second of two values: 增加到2020年的.
	untilYear = pattern.MustCompile(`(?:加|高|长|大|升|降|少|增|展)[到至]((?:(?:20|19)\d\d年|[一二][九〇○零][〇○零一二三四五六七八九]{2}年|去年|上年|今年)[底末]?的?)$`)
	// sinceYear is the year that something is compared with: 较2020年.
	sinceYear = pattern.MustCompile(`(?:比|较)20\d\d年$`)
	firstOf   = pattern.MustCompile(`^在?全[省国市区县](?:[^，、]{0,6})?(?:率先|首个|首批|首次)(?:实现)?`)
	stretch   = pattern.MustCompile(`连续[一二两三四五六七八九十多0-9]+个?(?:年|月|季度|榨季|届|周)`)
	yearsOn   = pattern.MustCompile(`连续[一二两三四五六七八九十0-9]+(?:年|个月|季度)(?:保持|稳定|突破|超过|超)?$`)
	aheadOf   = pattern.MustCompile(`^(.*?)((?:高于|低于|快于|好于|优于|高出|领先|领跑)[^，、]{2,12})$`)
	isOf      = pattern.MustCompile(`^(.*?)((?:是|为|达到|达|相当于)(?:上)?(?:20\d\d年|“?十[一二三四五]五”?(?:末|时期|期间)?|五年前|上个五年|上年|去年|同期|[^，]{2,10}年)(?:同期|末|底)?的)$`)
	fromRE    = pattern.MustCompile(`^(.*?)(?:从|由)((?:(?:20|19)\d\d|[一二][九〇○零][〇○零一二三四五六七八九]{2}|上|去)年(?:末|底|初)?|五年前|上个五年|过去|原来|当时|年初|“十[一二三四五]五”(?:初|末)?)?的?$`)
	// yearEnd is the year of one of several values: …数到2025年4.6个.
	yearEnd = pattern.MustCompile(`(?:到|至|截至)?(?:(?:20|19)\d\d|[一二][九〇○零][〇○零一二三四五六七八九]{2})年(?:底|末|前)?$`)
	// moreThan is 比上年多, 较年初少.
	moreThan = pattern.MustCompile(`^(.*)(?:比|较)(?:上年|去年|前年|上一年|年初|上届|上年同期|去年同期|上年末|上年底|20\d\d年)(多|少)$`)
	// perHead is a value told for each person: 提高到人均80元.
	perHead = pattern.MustCompile(`(?:(?:提高|增加|增长|提升|上升|下降|降低)[到至]|达到|标准由|标准从)([人户]均)$`)
	// spanBefore is a span of years that a sum is compared with: 比前五年累计.
	spanBefore = pattern.MustCompile(`(?:比|较)(?:前|上一?个?)(?:[二三四五十]|5)年(?:累计)?(?:多)?$`)
	// fromFew is a first value in Chinese numerals: 由三家 (增加到9家).
	fromFew = pattern.MustCompile(`^(.+?)(?:从|由)(?:原来的?|当时的?)?[一二两三四五六七八九十百]+(?:个|家|户|条|座|项|所|处|人|万人|亿元|万元|元|种|件)$`)
	// fromFigure is a first value that is no figure of its own: 由73.5岁 (提高到75.6岁).
	fromFigure = pattern.MustCompile(`^(.+?)(?:从|由)(?:原来的?|当时的?)?[0-9][0-9.:]*(?:岁|年|个月|天|日|小时|分钟|秒|个工作日|工作日|个|级|分)?$`)
	// standsIn is a level that only 在 tells: 满意率在90%以上.
	standsIn = pattern.MustCompile(`(?:率|度|比例|比重|占比|天数)在$`)
	shareOf  = pattern.MustCompile(`^(.*?)占(.+?)的?(比重|比例|份额)?$`)
	eachRE   = pattern.MustCompile(`^每(?:个|一个)?(?:县（市、区）|县市区|县区|县|区|市|乡镇|镇|村|社区|街道|类)[^，]{0,0}`)
	zoneRE   = pattern.MustCompile(`^(?:主城区|市城区|中心城区|县城区|城市建成区|主城六区|城区|市区|区本级|市本级|县本级|省本级|本级)`)
	listing  = pattern.MustCompile(`^(?:、|和|与|及|以及|或|并|；|，)+`)
)

// take takes a head apart. known tells whether a name is an indicator's.
func (r *reader) take(head string) phrase {
	p := phrase{}
	s := strings.Trim(unlisted(head), "、，：")
	s = r.takeBack(s, &p)
	s = r.takeFront(s, &p)
	p.subject = strings.Trim(s, "、，：的了")
	if strings.HasPrefix(p.last, "总量") && strings.HasSuffix(p.subject, "经济") {
		p.subject += "总量"
	}
	return p
}

// unlisted takes off what joins a head to the number before it.
func unlisted(s string) string {
	for _, and := range []string{"和美", "和谐", "和平", "与会"} {
		if strings.HasPrefix(strings.TrimLeft(s, "、，；"), and) {
			return strings.TrimLeft(s, "、，；")
		}
	}
	return listing.ReplaceAllString(s, "")
}

// takeBack takes the predicate off the end.
func (r *reader) takeBack(s string, p *phrase) string {
	w := r.words
	for s != "" {
		if strings.HasSuffix(s, "的") && p.change == "" {
			if m := isOf.FindStringSubmatch(s); m != nil {
				s, p.beside = m[1], m[2]
				continue
			}
		}
		if m := moreThan.FindStringSubmatch(s); m != nil && p.change == "" {
			s, p.change = m[1], map[string]string{"多": "增加", "少": "减少"}[m[2]]
			continue
		}
		if m := perHead.FindStringSubmatch(s); m != nil {
			s, p.each = strings.TrimSuffix(s, m[1]), m[1]
			continue
		}
		if m := spanBefore.FindString(s); m != "" {
			s = strings.TrimSuffix(s, m)
			continue
		}
		if !strings.Contains(s, "从") && !strings.Contains(s, "由") {
			// Most heads name no first value.
		} else if m := fromRE.FindStringSubmatch(s); m != nil && (m[2] != "" || strings.HasSuffix(s, "从") || strings.HasSuffix(s, "由")) {
			s, p.level, p.from = m[1], true, m[2]
			if p.from == "" {
				p.from = "从"
			}
			continue
		} else if m := fromFew.FindStringSubmatch(s); m != nil && p.level {
			s = m[1]
			continue
		} else if m := fromFigure.FindStringSubmatch(s); m != nil && p.level {
			s = m[1]
			continue
		}
		if standsIn.MatchString(s) {
			s, p.level = strings.TrimSuffix(s, "在"), true
			continue
		}
		if !strings.Contains(s, "连续") {
			// Nor a row of years.
		} else if m := yearsOn.FindString(s); m != "" {
			s = strings.TrimSuffix(s, m)
			continue
		}
		if p.change != "" || !strings.ContainsAny(s, "于领出") {
			// Nor a lead over others.
		} else if m := aheadOf.FindStringSubmatch(s); m != nil {
			s, p.change = m[1], m[2]
			for _, w := range []string{"增速", "增幅"} {
				if rest, ok := strings.CutSuffix(strings.TrimSuffix(s, "分别"), w); ok {
					s, p.change = rest, w+m[2]
				}
			}
			continue
		}
		if p.change != "" && strings.ContainsAny(s, "比较与") {
			if m := against.FindStringSubmatch(s); m != nil {
				s = m[1]
				continue
			}
		}
		if m := untilYear.FindStringSubmatch(s); m != nil {
			s = strings.TrimSuffix(s, m[1])
			continue
		}
		if m := sinceYear.FindString(s); m != "" {
			s = strings.TrimSuffix(s, m)
			continue
		}
		if m := yearEnd.FindString(s); m != "" && !compared.MatchString(strings.TrimSuffix(s, m)) {
			s = strings.TrimSuffix(s, m)
			continue
		}
		end := ""
		switch level, change, adverb := w.level.ending(s), w.change.ending(s), w.adverb.ending(s); {
		case change != "" && len(change) >= len(level) && p.change == "" && !p.level && !r.kept(s, change):
			end, p.change, p.last = change, change, change
		case len(level) > 0 && len(level) >= len(adverb) && !r.kept(s, level):
			end, p.level = level, p.change == ""
			if p.last == "" {
				p.last = level
			}
		case adverb != "" && !r.kept(s, adverb):
			end = adverb
			p.average = p.average || strings.Contains(adverb, "年均")
			p.total = p.total || strings.HasPrefix(adverb, "累计")
		case strings.HasSuffix(s, "、"), strings.HasSuffix(s, "，"), strings.HasSuffix(s, "了"), strings.HasSuffix(s, "："):
			end = string(lastRune(s))
		default:
			return s
		}
		s = strings.TrimSuffix(s, end)
	}
	return s
}

// kept tells a word's end that only looks like a predicate: 人民公共 + number.
func (r *reader) kept(s, end string) bool {
	rest := strings.TrimSuffix(s, end)
	switch end {
	case "均":
		return strings.HasSuffix(rest, "人") || strings.HasSuffix(rest, "平") || strings.HasSuffix(rest, "亩") || strings.HasSuffix(rest, "户")
	case "达":
		return strings.HasSuffix(rest, "直") || strings.HasSuffix(rest, "通") || strings.HasSuffix(rest, "抵")
	case "可":
		return strings.HasSuffix(rest, "许") || strings.HasSuffix(rest, "认")
	case "三年", "四年", "五年":
		return strings.ContainsRune("一二三四五六七八九十〇○零", lastRune(rest)) // 一九八五年
	case "共", "总数", "总计", "合计":
		return strings.HasSuffix(rest, "公")
	case "约":
		return strings.HasSuffix(rest, "签") || strings.HasSuffix(rest, "节")
	case "为", "是":
		return strings.HasSuffix(rest, "行") || strings.HasSuffix(rest, "成") || strings.HasSuffix(rest, "作")
	}
	return false
}

// takeFront takes off what says nothing of the indicator.
func (r *reader) takeFront(s string, p *phrase) string {
	w := r.words
	for s != "" && !r.known(s) {
		if !strings.ContainsRune("截到至“十2今去明当全上一五三四过近01３456789目年每下前", firstRune(s)) {
			// No time leads.
		} else if m := timeLead.FindString(s); m != "" {
			p.yearly = p.yearly || m == "每年"
			s = s[len(m):]
			continue
		}
		if !strings.HasPrefix(s, "每") {
		} else if m := eachRE.FindString(s); m != "" {
			p.each, s = m, s[len(m):]
			continue
		}
		if m := zoneRE.FindString(s); m != "" && len(m) < len(s) {
			p.zone, s = m, s[len(m):]
			continue
		}
		if wide := r.wider(s); wide != "" && (r.known(s[len(wide):]) || strings.HasPrefix(s[len(wide):], "平均")) {
			p.wide, s = wide, s[len(wide):]
			continue
		}
		if place, rest := r.county(s); place != "" {
			p.wide, s = place, rest
			continue
		}
		if !strings.HasPrefix(s, "在全") && !strings.HasPrefix(s, "全") {
		} else if m := firstOf.FindString(s); m != "" && len(m) < len(s) {
			s = s[len(m):]
			continue
		}
		word := w.scope.opening(s)
		if strings.HasPrefix(s[len(word):], "性") {
			word = ""
		}
		if rest, found := strings.CutPrefix(s, "再"); found && !r.onlyVerbs(rest) && w.verb.opening(rest) != "" && w.keep.opening(s) == "" {
			word = "再" // 再新建乡道
		}
		if rest := strings.TrimPrefix(s, "重点"); rest != s && w.verb.opening(rest) != "" {
			word = "重点"
		}
		if lead := w.lead.opening(s); len(lead) > len(word) && w.keep.opening(s) == "" {
			word = lead
		}
		if word == "" {
			word = r.issuer(s)
		}
		if word == "" || len(word) == len(s) && r.words.verb.opening(s) == s {
			if first := firstRune(s); strings.ContainsRune("、，的了", first) {
				word = string(first)
			} else {
				return s
			}
		}
		if word == "累计" || word == "共" || word == "共计" {
			p.total = p.total || word == "累计"
		}
		if word == "年均" {
			p.average = true
		}
		s = s[len(word):]
	}
	return s
}

// wider gives 全省 or 全国 at the beginning of s where the issuer is smaller.
func (r *reader) wider(s string) string {
	for _, c := range []struct {
		word string
		is   bool
	}{{"全省", r.doc.Place.City != "" && r.doc.Place.City != r.doc.Place.Province}, {"全国", true}, {"全自治区", r.doc.Place.City != ""}, {"全市", r.doc.Place.County != "" && r.doc.Place.City != r.doc.Place.Province}, {"全球", true}} {
		if c.is && strings.HasPrefix(s, c.word) && !strings.HasPrefix(s[len(c.word):], "性") && !strings.HasPrefix(s[len(c.word):], "统一") {
			return c.word
		}
	}
	return ""
}

// county gives a county or zone that begins s and whose indicator follows.
func (r *reader) county(s string) (name, rest string) {
	for _, place := range r.it.Places {
		for _, form := range []string{place, strings.TrimRight(place, "县市区")} {
			if after, ok := strings.CutPrefix(s, form); ok && form != "" && r.known(after) {
				return place, after
			}
		}
	}
	return "", s
}

// issuer gives the issuer's own name at the beginning of s.
func (r *reader) issuer(s string) string {
	for _, name := range r.names {
		if strings.HasPrefix(s, name) {
			return name
		}
	}
	return ""
}

var rankRE = pattern.MustCompile(`^(.*?)(?:均|都|分别|连续[^，]{0,6}?|继续|稳|持续|并|已|一直|始终|由|从)*(?:位居|居|位列|列|排名|排在|排|跃居|跃升至|跃升到|跃升|升至|上升至|上升到|提升至|提升到|前移至|进入|挺进|跻身|进位至|保持在|保持|名列|达到|荣获|获得|获|为)*(?:在)?((?:全省|全国|全市|全区|全州|全盟|全县|全自治区|世界|全球|亚洲|国内|省内|长三角|中部|西部|东部|沿海|同类|地级|副省级)[^，、]{0,8}?)?(?:中|里|内)?(?:的)?(?:位居|居|位列|列|排名|排|跃居|跃升至|跃升到|升至|上升至|上升到|提升至|提升到|前移至|进入|挺进|跻身|名列|保持在|保持|均为|稳居|由|从)*$`)

// takeRank takes apart what stands before 第7位: the subject and among whom.
func (r *reader) takeRank(head string) (p phrase, among string) {
	front := r.takeFront(stretch.ReplaceAllString(unlisted(head), ""), &p)
	if front == "" {
		front = head
	}
	m := rankRE.FindStringSubmatch(front)
	if m == nil {
		return r.take(head), ""
	}
	s := m[1]
	if strings.HasPrefix(front[len(s):], "排名") && s != "" {
		s += "排名"
	}
	for end := r.words.level.ending(s); end != "" && m[2] == ""; end = r.words.level.ending(s) {
		s = strings.TrimSuffix(s, end)
	}
	p.subject = strings.Trim(r.takeFront(s, &p), "、，：的了")
	return p, strings.Trim(m[2], "的")
}

// object gives what a count is of, from what follows it, and what is said of
// that: 家企业 | 完成改制.
func (r *reader) object(tail string) (noun, predicate string) {
	tail = strings.TrimPrefix(tail, "的")
	tail = strings.TrimPrefix(tail, "以上的")
	if m := surpassing.FindStringSubmatch(tail); m != nil {
		return m[1], m[2]
	}
	if m := placeNoun.FindString(tail); m != "" && r.words.verb.opening(tail[len(m):]) != "" {
		return m, r.plainPredicate(tail[len(m):])
	}
	quoted := false
	for i, c := range tail {
		if c == '“' || c == '”' {
			quoted = c == '“'
		}
		if i < 2*utf8.RuneLen('一') || quoted {
			continue
		}
		if w := r.words.predicate.opening(tail[i:]); w != "" && !strings.HasSuffix(tail[:i], "的") && !strings.HasPrefix(tail[i:], "列子") && !(w == "达" && r.kept(tail[:i]+w, w)) {
			return tail[:i], r.plainPredicate(tail[i:])
		}
	}
	return among.ReplaceAllString(tail, "$1"), ""
}

// placeNoun are places that are counted: 13个国家.
var placeNoun = pattern.MustCompile(`^(?:国家和地区|国家（地区）|国家)`)

// surpassing is what counted things have in common: 企业 | 营业收入超百亿元.
var (
	surpassing = pattern.MustCompile(`^(.*?(?:产业链|产业集群|企业|公司|集团|旗县|县|区|市|镇|村|社区|街道|集群|产业|园区|品牌|行业))(` + sizeWords + `(?:超过|突破|超|过|破|逾|首破|首超|不足|低于)[0-9百千万亿]+[^，；、]*)$`)
	// measuredThings are things whose size is the next number: 8个集群产值突破….
	measuredThings = pattern.MustCompile(`^(.*?(?:产业链|产业集群|企业|公司|集团|旗县|县|区|市|镇|村|社区|街道|集群|产业|园区|品牌|行业))` + sizeWords + `(?:预计|分别|均|平均)*$`)
	// among is 22个集群中，….
	among = pattern.MustCompile(`(项目|企业|集群|产业|指标|城市|地区|县|国家|公司)中$`)
)

// sizeWords are what things are sized by.
const sizeWords = `(?:全产业链|工业|一般公共预算|年)?(?:营业收入|营收|销售收入|产值|收入|生产总值|经济总量|规模|交易额|利润|税收|投资|市值)`

var predicateLead = pattern.MustCompile(`^(?:全部|全面|均|已|顺利|如期|分别|正式|基本|同步|即将|先后|加快|有序|稳步|集中|率先|提前|正在|仍|有)+`)

func (r *reader) plainPredicate(s string) string {
	s = predicateLead.ReplaceAllString(s, "")
	if r.words.level.ending(s) == s || strings.HasPrefix(s, "为重点") {
		return ""
	}
	return strings.TrimSuffix(s, "了")
}

// verbEnding gives the verb that s ends with: 围绕筑链强群推进 → 推进.
func (r *reader) verbEnding(s string) string {
	return strings.TrimSuffix(r.words.verb.ending(s), "了")
}

// onlyVerbs tells whether s is nothing but verbs: 新建, 主导或参与.
func (r *reader) onlyVerbs(s string) bool {
	for s != "" {
		w := r.words.verb.opening(s)
		if w == "" {
			w = r.words.lead.opening(s)
		}
		if w == "" {
			if f := firstRune(s); f == '、' || f == '和' || f == '或' || f == '了' {
				w = string(f)
			} else {
				return false
			}
		}
		s = s[len(w):]
	}
	return true
}

// leadingVerbs gives the verbs that s begins with: 改造提升.
func (r *reader) leadingVerbs(s string) string {
	rest := s
	for {
		w := r.words.verb.opening(rest)
		standard := w != "" && strings.HasPrefix(rest[len(w):], "标准") && len(rest) > len(w)+len("标准") && !strings.HasPrefix(rest[len(w):], "标准化")
		if w == "" || len(w) == len(rest) || !standard && strings.ContainsRune("率业房性费额量值型化类区者员力总型标", firstRune(rest[len(w):])) {
			return strings.TrimRight(s[:len(s)-len(rest)], "、和或")
		}
		rest = rest[len(w):]
		for _, and := range []string{"、", "和", "或"} {
			if after, ok := strings.CutPrefix(rest, and); ok && r.words.verb.opening(after) != "" {
				rest = after
			}
		}
	}
}
