package search

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// AnalyzerVersion names the rules below. An index built by other rules cannot
// be asked with these, so the version stands in the index manifest: change it
// whenever Tokenize or the table of traditional characters changes.
const AnalyzerVersion = "han_gov-2"

// TokenKind tells what a token was cut from.
type TokenKind uint8

// The kinds of tokens.
const (
	// Han is one ideograph.
	Han TokenKind = iota
	// Word is a whole run of letters and digits: gdp, 2.2, pm2.5, c919, 5g.
	Word
	// Mark is punctuation or a unit sign that keeps its neighbours apart: , 。 %
	Mark
)

// Token is one position of a text.
type Token struct {
	// Term is the folded form that is indexed and searched.
	Term string
	// Start and End are byte offsets into the original text.
	Start, End int
	Kind       TokenKind
}

// maxWordBytes cuts endless runs of letters, which are never words.
const maxWordBytes = 64

// Tokenize cuts a text into the positions that are indexed and searched. Two
// texts match where their tokens are equal, one after the other. The rules:
//
//   - every rune is taken in its NFKC form, lower case, simplified;
//   - an ideograph is a token; letters and digits in a row are one (２０２１ is
//     2021, 5Ｇ is 5g, 2.2 and pm2.5 stay whole, 1,234 is 1234, and so is 1 234
//     before what it counts);
//   - ①, ㈠, ㎡, ½ and the like are tokens of their own beside digits;
//   - punctuation that ends a clause or opens a bracket is a token, so that
//     发展，展望 is not 发展展望; a row of the same mark is one; % ‰ ℃ ° as well;
//   - white space is dropped (OCR breaks lines inside words: 东阿⏎县, 100 亿元),
//     and so are quotation marks, title marks 《》, square brackets 〔〕【】 and
//     the signs + - · / & ~ and the rest; all of them still end a run of letters.
//
// Any bytes are legal; bytes that are not UTF-8 count as signs.
func Tokenize(text string) []Token {
	return appendTokens(make([]Token, 0, len(text)/3+1), text)
}

// appendTokens is Tokenize for who has a place for the tokens.
func appendTokens(tokens []Token, text string) []Token {
	t := tokenizer{text: text, tokens: tokens, simplified: simplified()}
	for at := 0; at < len(text); {
		if isCommonHan(text, at) {
			t.addHan(rune(text[at]&0xF)<<12|rune(text[at+1]&0x3F)<<6|rune(text[at+2]&0x3F), at, 3)
			at += 3
			continue
		}
		r, size := rune(text[at]), 1
		if r >= utf8.RuneSelf {
			r, size = utf8.DecodeRuneInString(text[at:])
		}
		t.add(r, at, size)
		at += size
	}
	t.endWord()
	return t.tokens
}

// isCommonHan tells the ideographs from U+4E00 to U+9FFF, nearly all that are
// written, by their three bytes.
func isCommonHan(text string, at int) bool {
	first := text[at]
	if first < 0xE4 || first > 0xE9 || at+2 >= len(text) {
		return false
	}
	second, third := text[at+1], text[at+2]
	return second&0xC0 == 0x80 && third&0xC0 == 0x80 && (first > 0xE4 || second >= 0xB8)
}

// tokenizer is the state of one Tokenize: the tokens so far and the run of
// letters and digits being read.
type tokenizer struct {
	text   string
	tokens []Token
	// word is the folded run, wordStart and wordEnd where it stands in text.
	word               []byte
	wordStart, wordEnd int
	// simplified is the table of that name.
	simplified *[0x10000]rune
}

func (t *tokenizer) add(r rune, at, size int) {
	switch {
	case isIdeograph(r) && !isCompatibleForm(r):
		t.addHan(r, at, size)
	case r < utf8.RuneSelf:
		t.addSimple(r, at, size)
	case breaks[r] != "":
		t.addMark(breaks[r], at, size)
	default:
		folded := compatible(r)
		if folded == "" {
			t.addSimple(r, at, size)
			return
		}
		alone := isOwnToken(r) || utf8.RuneCountInString(folded) > 1
		if alone {
			t.endWord()
		}
		t.addFolded(folded, at, size)
		if alone {
			t.endWord()
		}
	}
}

// addFolded adds what one rune of the text became.
func (t *tokenizer) addFolded(folded string, at, size int) {
	for _, r := range folded {
		if isIdeograph(r) {
			t.endWord()
			t.tokens = append(t.tokens, Token{string(foldHan(r)), at, at + size, Han})
		} else {
			t.addSimple(r, at, size)
		}
	}
}

func (t *tokenizer) addHan(r rune, at, size int) {
	if len(t.word) > 0 {
		t.endWord()
	}
	term := t.text[at : at+size]
	if r < 0x10000 && t.simplified[r] != 0 {
		term = string(t.simplified[r])
	}
	t.tokens = append(t.tokens, Token{term, at, at + size, Han})
}

// addSimple adds a rune in its NFKC form that is not an ideograph.
func (t *tokenizer) addSimple(r rune, at, size int) {
	switch {
	case r >= 'a' && r <= 'z' || r >= '0' && r <= '9':
		t.addToWord(r, at, size)
	case r >= 'A' && r <= 'Z':
		t.addToWord(r+'a'-'A', at, size)
	case r == '.' && t.inNumber(at) && digitAt(t.text, at+size):
		t.addToWord(r, at, size)
	case r == ',' && t.groupsDigits(at, size), r == ' ' && t.groupsDigits(at, size) && t.isNumberInSpaces(at, size):
		t.wordEnd = at + size
	case isInvisible(r):
	case r >= utf8.RuneSelf && (unicode.IsLetter(r) || unicode.IsDigit(r)):
		t.addToWord(unicode.ToLower(r), at, size)
	default:
		t.endWord()
		if mark := breaks[r]; mark != "" {
			t.addMark(mark, at, size)
		}
	}
}

func (t *tokenizer) addToWord(r rune, at, size int) {
	if len(t.word) >= maxWordBytes {
		t.endWord()
	}
	if len(t.word) == 0 {
		t.wordStart = at
	}
	t.word = utf8.AppendRune(t.word, r)
	t.wordEnd = at + size
}

func (t *tokenizer) endWord() {
	if len(t.word) == 0 {
		return
	}
	t.tokens = append(t.tokens, Token{string(t.word), t.wordStart, t.wordEnd, Word})
	t.word = t.word[:0]
}

// addMark adds a mark, or lengthens the one before it: …… is one mark.
func (t *tokenizer) addMark(mark string, at, size int) {
	t.endWord()
	if n := len(t.tokens); n > 0 && t.tokens[n-1].Kind == Mark && t.tokens[n-1].Term == mark {
		t.tokens[n-1].End = at + size
		return
	}
	t.tokens = append(t.tokens, Token{mark, at, at + size, Mark})
}

// inNumber reports whether the run being read ends in a digit right before at.
func (t *tokenizer) inNumber(at int) bool {
	n := len(t.word)
	return n > 0 && t.wordEnd == at && t.word[n-1] >= '0' && t.word[n-1] <= '9'
}

// groupsDigits reports whether the sign at at stands as in 1,234,567: one to
// three digits before the first, exactly three after each, all signs the same.
func (t *tokenizer) groupsDigits(at, size int) bool {
	if !t.inNumber(at) {
		return false
	}
	for _, c := range t.word {
		if c < '0' || c > '9' {
			return false
		}
	}
	before := t.text[t.wordStart:at]
	if first := utf8.RuneCountInString(before) == len(t.word); first && len(t.word) > 3 || !first && !strings.Contains(before, t.text[at:at+size]) {
		return false
	}
	return groupWidth(t.text, at+size) > 0
}

// groupWidth is the number of bytes of exactly three digits at at, or 0.
func groupWidth(text string, at int) int {
	next := at
	for range 3 {
		width := digitWidth(text, next)
		if width == 0 {
			return 0
		}
		next += width
	}
	if digitAt(text, next) {
		return 0
	}
	return next - at
}

// isNumberInSpaces tells 铺设管道12 500米 from numbers in a row: no number stands
// before it, and behind its last three digits what they count follows at once.
func (t *tokenizer) isNumberInSpaces(at, size int) bool {
	if first := t.wordEnd-t.wordStart == len(t.word); first {
		before := strings.TrimRightFunc(t.text[:t.wordStart], unicode.IsSpace)
		if r, _ := utf8.DecodeLastRuneInString(before); unicode.IsDigit(r) || r == '.' || r == '．' {
			return false
		}
	}
	sign := t.text[at : at+size]
	for strings.HasPrefix(t.text[at:], sign) && groupWidth(t.text, at+size) > 0 {
		at += size + groupWidth(t.text, at+size)
	}
	r, _ := utf8.DecodeRuneInString(t.text[at:])
	return isIdeograph(r) || r == '%' || r == '％' || r == '㎡'
}

// joinGroups writes the numbers of a query that are grouped by spaces in one.
func joinGroups(text string) string {
	var b strings.Builder
	done := 0
	for _, t := range Tokenize(text) {
		if t.Kind == Word && strings.IndexFunc(text[t.Start:t.End], unicode.IsSpace) >= 0 {
			b.WriteString(text[done:t.Start] + t.Term)
			done = t.End
		}
	}
	return b.String() + text[done:]
}

func digitAt(text string, at int) bool { return digitWidth(text, at) > 0 }

// digitWidth is the number of bytes of the half- or full-width digit at at, or 0.
func digitWidth(text string, at int) int {
	r, size := utf8.DecodeRuneInString(text[at:])
	if r >= '0' && r <= '9' || r >= '０' && r <= '９' {
		return size
	}
	return 0
}
