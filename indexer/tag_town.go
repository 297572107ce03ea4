package indexer

import (
	"slices"
	"strings"

	"youju/indexer/pattern"
	"youju/report"
)

// townsSeen are the towns and streets that a document names behind their county
// (莘县张寨镇): named alone further down, they are still in that county. One that
// stands behind two counties is known of neither.
type townsSeen map[string]string

// townBehind is a town right behind a county's name. What only looks like one
// (东阿县各乡镇, 莘县新型城镇化) is none.
var (
	townBehind = pattern.MustCompile(`^\p{Han}{2,4}?(?:街道|镇|乡|苏木)`)
	noTown     = pattern.MustCompile(`^(?:推进|发展|建设|打造|实施|加快|开展|支持|持续|共|新增|新建|改造|建成|评为|获|成|全|率先|坚持|深化|创建|[一二三四五六七八九十百千万]个|各|等|及|和|与|个|有|新型|特色|重点|中心|建制|乡镇|镇街|城区|美丽|小城|的|在|级)|(?:城|强|小|建制|特色|中心|重点|下|振|兴|各|乡)(?:镇|乡)$`)
)

// townWordOn is what makes another word of a town's last character: 城镇化, 乡村, 镇级.
const townWordOn = "化村级域长亲贤镇土情愁"

// learn notes the towns named right behind the counties of a text.
func (t townsSeen) learn(text string, counties []report.PlaceMention) {
	for _, m := range counties {
		name := townBehind.FindString(text[m.End:])
		after := text[m.End+len(name):]
		if name == "" || noTown.MatchString(name) || strings.IndexFunc(after, func(r rune) bool { return strings.ContainsRune(townWordOn, r) }) == 0 {
			continue
		}
		if county, ok := t[name]; ok && county != m.Name {
			t[name] = ""
			continue
		}
		t[name] = m.Name
	}
}

// tag adds the counties of the towns that a text names alone.
func (t townsSeen) tag(it *report.Item, text string) {
	var found []string
	for town, county := range t {
		if county != "" && !slices.Contains(it.Places, county) && strings.Contains(text, town) {
			found = append(found, county)
		}
	}
	slices.Sort(found)
	it.Places = append(it.Places, slices.Compact(found)...)
}
