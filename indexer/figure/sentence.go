package figure

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// maxSentence bounds the text, in bytes, that is looked at in one go: longer
// sentences are cut at a stop, so that cost stays linear in the text.
const maxSentence = 3000

// sentence is one sentence in a plain form: half-width digits and letters,
// full-width punctuation, no white space.
type sentence struct {
	s string
	// at[i] is the offset in the item's text of byte i of s, and at[len(s)] its end.
	at []int32
}

// pauses end a clause.
const pauses = "，；：。！？"

// eachSentence reads a text sentence by sentence.
func eachSentence(text string, visit func(*sentence)) {
	// Each sentence takes the room of the one before.
	room := min(len(text), maxSentence) + 1
	b, st := make([]byte, 0, room), &sentence{at: make([]int32, 0, room)}
	flush := func(end int) {
		if len(b) == 0 {
			return
		}
		st.s, st.at = string(b), append(st.at, int32(end))
		visit(st)
		b, st.at = b[:0], st.at[:0]
	}
	prev := rune(0)
	for i, r := range text {
		if isStop(r) || len(b) > maxSentence && strings.ContainsRune("，,；;、 ", r) || len(b) > 2*maxSentence {
			flush(i)
			prev = 0
			continue
		}
		if r <= '\u3000' && unicode.IsSpace(r) || r == '*' {
			continue
		}
		next := rune(0) // asked for behind a digit only
		if isDigit(prev) && r != utf8.RuneError {
			next, _ = utf8.DecodeRuneInString(text[i+utf8.RuneLen(r):])
		}
		prev = plain(r, prev, next)
		b = utf8.AppendRune(b, prev)
		for len(st.at) < len(b) {
			st.at = append(st.at, int32(i))
		}
	}
	flush(len(text))
}

// isPause says that a clause ends.
func isPause(r rune) bool {
	switch r {
	case '，', '；', '：', '。', '！', '？':
		return true
	}
	return false
}

// isStop says that a sentence ends; a bar parts the cells of a table's row.
func isStop(r rune) bool {
	switch r {
	case '。', '！', '？', '!', '?', '\n', '|':
		return true
	}
	return false
}

// plain is the form of a rune that rules are written for. Commas and colons
// between digits belong to numbers and stay half-width.
func plain(r, prev, next rune) rune {
	if r >= '！' && r <= '～' && (unicode.IsDigit(r) || unicode.IsLetter(r)) || r == '％' || r == '．' || r == '＋' || r == '－' {
		return r - 0xFEE0
	}
	between := isDigit(prev) && (isDigit(next) || next >= '０' && next <= '９')
	switch r {
	case ',':
		if between {
			return r
		}
		return '，'
	case ':', '：', '∶', '︰', '﹕':
		if between {
			return ':'
		}
		return '：'
	case ';':
		return '；'
	case '(', '〔', '［', '[', '【':
		return '（'
	case ')', '〕', '］', ']', '】':
		return '）'
	case '~', '～', '–', '―', '−', '─', '一':
		if r == '一' && !between {
			return r
		}
		return '—'
	case '①', '②', '③', '④', '⑤', '⑥', '⑦', '⑧', '⑨', '⑩':
		return '，'
	case utf8.RuneError:
		return '?'
	}
	return r
}

func isDigit(r rune) bool { return r >= '0' && r <= '9' }

// skipBack gives the start of the bracket that closes right before end, or end.
func (st *sentence) skipBack(end int) int {
	if !strings.HasSuffix(st.s[:end], "）") {
		return end
	}
	depth := 0
	for i := end; i > 0; {
		r, size := utf8.DecodeLastRuneInString(st.s[:i])
		i -= size
		switch r {
		case '）':
			depth++
		case '（':
			if depth--; depth == 0 {
				return i
			}
		}
	}
	return end
}
