package web

import (
	"math"
	"slices"
	"strconv"

	"youju/search/fact"
)

// chart is a drawing of values by year. Across it is measured in per cent, so
// that it fits any screen without its letters shrinking, and down in pixels.
// It is drawn for the eye: a table beside it says the same to everybody.
type chart struct {
	Title  string
	Height int
	// Base is where the years are written.
	Base  int
	Ticks []chartTick
	Years []chartYear
	Joins []chartJoin
	Marks []chartMark
	// Crowded says that the labels want more room than a phone has.
	Crowded bool
}

type chartTick struct {
	Y, Text int
	Label   string
}

type chartYear struct {
	X     string
	Label string
	// Odd is every second one, which a narrow screen leaves out.
	Odd bool
}

// chartJoin is a line between the results of two years; across years without
// one it is broken.
type chartJoin struct {
	X1, X2 string
	Y1, Y2 int
	Gap    bool
}

// chartMark is one value: a full dot for a result, an open diamond for a target.
type chartMark struct {
	X      string
	Y      int
	Target bool
	Label  string
	// LabelY is where the value is written: above a result, below a target unless
	// the years are written there.
	LabelY    int
	Odd       bool
	URL, Name string
}

// plotted is a value that is to be drawn.
type plotted struct {
	Year      int
	Value     float64
	Target    bool
	URL, Name string
}

// The chart's measures in pixels and in per cent of its width.
const (
	chartTop, chartBottom = 34, 196
	chartHeight           = 232
	chartLeft, chartRight = 8.0, 95.0
	// chartRoomy is how many years a phone shows with all their labels.
	chartRoomy = 6
)

// newChart draws values, or nothing where there are not at least two years.
func newChart(title string, first, last int, values []plotted) *chart {
	if last <= first || len(values) == 0 {
		return nil
	}
	low, high := math.Inf(1), math.Inf(-1)
	for _, v := range values {
		low, high = min(low, v.Value), max(high, v.Value)
	}
	ticks := niceTicks(low, high)
	low, high = ticks[0], ticks[len(ticks)-1]
	x := func(year int) string {
		at := chartLeft + (chartRight-chartLeft)*float64(year-first)/float64(last-first)
		return strconv.FormatFloat(at, 'f', 2, 64) + "%"
	}
	y := func(value float64) int {
		return chartBottom - int(math.Round((chartBottom-chartTop)*(value-low)/(high-low)))
	}
	c := &chart{Title: title, Height: chartHeight, Base: chartHeight - 8, Crowded: last-first >= chartRoomy}
	for _, t := range ticks {
		c.Ticks = append(c.Ticks, chartTick{y(t), y(t) - 4, compactNumber(t)})
	}
	for year := first; year <= last; year++ {
		c.Years = append(c.Years, chartYear{x(year), strconv.Itoa(year), (last-year)%2 == 1})
	}
	var before *plotted
	for i := range values {
		v := &values[i]
		m := chartMark{X: x(v.Year), Y: y(v.Value), Target: v.Target, Label: compactNumber(v.Value), URL: v.URL, Name: v.Name, Odd: (last-v.Year)%2 == 1}
		m.LabelY = m.Y - 12
		if v.Target {
			if m.Y+22 < chartBottom {
				m.LabelY = m.Y + 22
			}
		} else {
			if before != nil && before.Year < v.Year {
				c.Joins = append(c.Joins, chartJoin{x(before.Year), m.X, y(before.Value), m.Y, v.Year > before.Year+1})
			}
			before = v
		}
		c.Marks = append(c.Marks, m)
	}
	c.Marks = spreadLabels(c.Marks)
	return c
}

// spreadLabels writes the values of two marks of one year above the upper and
// below the lower one, and leaves out what would still stand on something else.
func spreadLabels(marks []chartMark) []chartMark {
	for i := range marks {
		for j := range marks {
			if i == j || marks[i].X != marks[j].X {
				continue
			}
			if below := marks[i].Y > marks[j].Y || marks[i].Y == marks[j].Y && marks[i].Target; below {
				marks[i].LabelY = marks[i].Y + 22
			} else {
				marks[i].LabelY = marks[i].Y - 12
			}
		}
		if marks[i].LabelY > chartBottom+4 {
			marks[i].Label = "" // there the years are written
		}
	}
	return marks
}

// niceTicks are three to six round numbers from below the lowest value to above
// the highest; the scale begins at nought where the values do not lie far from it.
func niceTicks(low, high float64) []float64 {
	if low > 0 && low < high*0.6 {
		low = 0
	}
	if high < 0 && high > low*0.6 {
		high = 0
	}
	if low == high {
		low, high = low-math.Abs(low)*0.1, high+math.Abs(high)*0.1
	}
	if low == high {
		high = low + 1
	}
	step := math.Pow(10, math.Floor(math.Log10((high-low)/3)))
	for _, times := range []float64{5, 2} {
		if (high-low)/(step*times) >= 2 {
			step *= times
			break
		}
	}
	from, to := math.Floor(low/step), math.Ceil(high/step)
	var ticks []float64
	for n := from; n <= to && len(ticks) < 12; n++ {
		ticks = append(ticks, n*step)
	}
	return ticks
}

// compactNumber writes a number as reports do: 6.78万, 1.2万亿.
func compactNumber(n float64) string {
	for _, m := range []struct {
		times float64
		word  string
	}{{1e12, "万亿"}, {1e8, "亿"}, {1e4, "万"}} {
		if math.Abs(n) >= m.times {
			return fact.Decimal(n/m.times) + m.word
		}
	}
	return fact.Decimal(n)
}

// yearsOf is the first and the last year of some values.
func yearsOf(values []plotted) (first, last int) {
	if len(values) == 0 {
		return 0, 0
	}
	byYear := func(a, b plotted) int { return a.Year - b.Year }
	return slices.MinFunc(values, byYear).Year, slices.MaxFunc(values, byYear).Year
}
