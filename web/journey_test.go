package web_test

import (
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// The journeys are what readers come for, walked in a real browser against the
// real index. They take longer than the other tests and need a browser.

func TestJourneys(t *testing.T) {
	visitor := visitors(t, sampleSite(t))
	journey := func(sentence string, walk func(v *visit)) {
		t.Run(sentence, func(t *testing.T) { walk(visitor(t)) })
	}

	journey("an official finds who leads 老旧小区改造 in 2021 and copies the citation", func(v *visit) {
		v.open("/")
		v.do(chromedp.SendKeys("#q", "2021年 老旧小区改造"+kb.Enter))
		v.until(`document.querySelector(".hit")`)
		v.want(`document.querySelector(".hit .badge.year").textContent`, "2021年")
		v.do(chromedp.Click(".hit h2 a"))
		v.until(`document.querySelector(".duty")`)
		v.want(`document.querySelector(".duty").textContent`, "市住房城乡建设局")
		v.eval(`(window.copied = "", navigator.clipboard.writeText = function (s) { copied = s; return Promise.resolve(); }, 0)`)
		v.do(chromedp.Click("#citation + .copy"))
		v.until(`document.querySelector("#citation + .copy").textContent === "已复制"`)
		v.want("copied", "/report/371500-2021-assignment/")
	})

	journey("a promoter narrows 高铁 down to one year, and the file holds what the page lists", func(v *visit) {
		v.open("/search?q=高铁")
		v.do(chromedp.Click("#facet-year ~ ul a.value"))
		v.until(`document.querySelector(".chip")`)
		v.want("location.search", "year=")
		v.want(`document.activeElement.id`, "results")
		v.want(`fetch(document.querySelector(".keep a").href).then(r => r.text()).then(s => String(s.trim().split("\r\n").length - 1 === Number(document.querySelector(".total strong").textContent)))`, "true")
	})

	journey("a citizen on a phone asks 冬天坐公交免费吗 and reads the passage", func(v *visit) {
		v.do(emulation.SetDeviceMetricsOverride(390, 800, 2, true), emulation.SetTouchEmulationEnabled(true))
		v.open("/")
		v.do(chromedp.SendKeys("#q", "冬天坐公交免费吗"+kb.Enter))
		v.until(`document.querySelector(".hit")`)
		v.want(`document.querySelector(".hit").textContent`, "公交")
		v.want(`document.documentElement.scrollWidth <= 390`, "true")
		v.want(`getComputedStyle(document.querySelector("#filters")).display`, "none")
		v.do(chromedp.Click(".open-filters"))
		v.until(`getComputedStyle(document.querySelector("#filters")).position === "fixed"`)
		v.do(chromedp.KeyEvent(kb.Escape))
		v.until(`getComputedStyle(document.querySelector("#filters")).display === "none"`)
	})

	journey("somebody without scripts filters by county and year and makes a 摘编", func(v *visit) {
		v.do(emulation.SetScriptExecutionDisabled(true))
		v.open("/search?q=旅游")
		v.do(chromedp.Click("#facet-county ~ ul ul a.value"), chromedp.WaitVisible(".chip"))
		v.do(chromedp.Click("#facet-year ~ ul a.value"), chromedp.WaitVisible("li:nth-child(2) > .chip"))
		v.do(chromedp.Click(".hit .tick input"), chromedp.Click("#ticked button"), chromedp.WaitVisible(".quotations li"))
	})

	journey("an official follows an indicator from a search to the sentence behind a mark of its chart", func(v *visit) {
		v.do(emulation.SetScriptExecutionDisabled(true))
		v.open("/search?q=城镇新增就业")
		v.do(chromedp.Click(".timelines a"), chromedp.WaitVisible(".chart svg"))
		v.do(emulation.SetScriptExecutionDisabled(false))
		v.want(`document.querySelectorAll(".chart .result, .chart .target").length === document.querySelectorAll(".chart .press").length`, "true")
		v.want(`[...document.querySelectorAll(".chart svg > g > :is(circle, line)")].every(e => e.getBoundingClientRect().width > 0)`, "true")
		sentence := v.eval(`document.querySelector(".track .point q").textContent`)
		v.do(chromedp.Click(".track .point a"), chromedp.WaitVisible(".item-page"))
		v.want(`document.querySelector(".item-text").textContent.replaceAll(" ", "").includes("`+strings.ReplaceAll(sentence, " ", "")+`")`, "true")
		v.open("/track?indicator=城镇新增就业")
		v.do(chromedp.Click(".chart a .press"), chromedp.WaitVisible(".item-page"))
	})

	journey("back and forward restore filters, words and results", func(v *visit) {
		v.open("/search?q=机场")
		total := v.eval(`document.querySelector(".total").textContent`)
		v.do(chromedp.Click("#facet-year ~ ul a.value"))
		v.until(`document.querySelector(".chip")`)
		narrowed := v.eval(`document.querySelector(".total").textContent`)
		v.eval("history.back()")
		v.until(`!document.querySelector(".chip")`)
		v.want(`document.querySelector(".total").textContent`, total)
		v.want(`document.querySelectorAll(".searchbox [name=year]").length`, "0")
		v.eval("history.forward()")
		v.until(`document.querySelector(".chip")`)
		v.want(`document.querySelector(".total").textContent`, narrowed)
		v.want(`document.querySelectorAll(".searchbox [name=year]").length`, "1")
	})

	journey("a keyboard alone suffices: suggest, search, open, step, cite", func(v *visit) {
		v.open("/")
		v.do(chromedp.KeyEvent("/"))
		v.want("document.activeElement.id", "q")
		v.do(chromedp.KeyEvent("老旧"))
		v.until(`document.querySelector("#q-list li")`)
		v.want(`document.getElementById("q").getAttribute("aria-expanded")`, "true")
		v.do(chromedp.KeyEvent(kb.ArrowDown))
		v.want(`document.getElementById(document.getElementById("q").getAttribute("aria-activedescendant")).getAttribute("aria-selected")`, "true")
		v.do(chromedp.KeyEvent(kb.Escape))
		v.want(`document.getElementById("q").value`, "老旧")
		v.do(chromedp.KeyEvent(kb.ArrowDown))
		v.until(`!document.getElementById("q-list").hidden`)
		v.do(chromedp.KeyEvent(kb.ArrowDown), chromedp.KeyEvent(kb.Enter))
		v.until(`document.querySelector(".hit")`)
		v.do(chromedp.Focus(".hit-links a"), chromedp.KeyEvent(kb.Enter))
		v.until(`document.readyState === "complete" && document.querySelector(".item.has-hit")`)
		v.do(chromedp.KeyEvent("n"))
		v.want("document.activeElement.className", "has-hit")
		v.want("location.hash", "#")
	})

	journey("Tab and Enter alone lead from the box to a filter, an item, its passages and its citation", func(v *visit) {
		v.open("/")
		tabTo := func(selector string) {
			v.Helper()
			for range 120 {
				v.do(chromedp.KeyEvent(kb.Tab))
				if v.eval("document.activeElement.matches('"+selector+"')") == "true" {
					return
				}
			}
			v.Fatalf("Tab never came to %s", selector)
		}
		tabTo("#q")
		v.do(chromedp.KeyEvent("改造"), chromedp.KeyEvent(kb.Enter))
		v.until(`document.querySelector(".hit")`)
		tabTo(".facet a.value")
		v.do(chromedp.KeyEvent(kb.Enter))
		v.until(`document.querySelector(".chip")`)
		v.want("document.activeElement.id", "results")
		v.want(`document.querySelector("#results [role=status]").textContent`, "条")
		tabTo(".hit-links a")
		v.do(chromedp.KeyEvent(kb.Enter))
		v.until(`document.readyState === "complete" && document.querySelector(".item.has-hit")`)
		v.do(chromedp.KeyEvent("n"))
		v.want("document.activeElement.className", "has-hit")
		v.eval(`(window.copied = "", navigator.clipboard.write = items => items[0].getType("text/plain").then(b => b.text()).then(s => { copied = s; }), 0)`)
		tabTo(".item.has-hit .cite")
		v.want(`getComputedStyle(document.activeElement).opacity`, "1")
		v.do(chromedp.KeyEvent(kb.Enter))
		v.until(`copied.includes("——《")`)
		tabTo(".copies button:last-child")
		v.do(chromedp.KeyEvent(kb.Enter))
		v.until(`copied.includes("/OL]")`)
	})

	journey("what is being composed with an input method searches nothing", func(v *visit) {
		v.open("/")
		v.want(`(function () {
			var q = document.getElementById("q"), asked = 0, real = window.fetch;
			window.fetch = function () { asked++; return real.apply(this, arguments); };
			q.focus();
			q.value = "laojiu";
			q.dispatchEvent(new InputEvent("input", { isComposing: true, bubbles: true }));
			var enter = new KeyboardEvent("keydown", { key: "Enter", isComposing: true, bubbles: true, cancelable: true });
			q.dispatchEvent(enter);
			return new Promise(function (done) { setTimeout(function () { done(asked + " " + enter.defaultPrevented); }, 300); });
		})()`, "0 true")
	})

	journey("items ticked on two pages come together in one 摘编, and can be taken out", func(v *visit) {
		v.open("/search?q=机场")
		v.do(chromedp.Click(".hit .tick input"))
		v.open("/search?q=高铁&year=2025")
		v.do(chromedp.Click(".hit .tick input"))
		v.want(`document.getElementById("clip").textContent`, "摘编（2）")
		v.do(chromedp.Click("#clip"))
		v.until(`document.querySelectorAll(".quotations li").length === 2`)
		v.do(chromedp.Click("[data-drop]"))
		v.until(`document.querySelectorAll(".quotations li").length === 1`)
		v.want(`document.getElementById("clip").textContent`, "摘编（1）")
	})

	journey("a hit and a passage of a report are cited on the spot, in both styles", func(v *visit) {
		for _, target := range []string{"/search?q=机场&lang=en", "/report/371500-2021-assignment"} {
			v.open(target)
			v.eval(`(window.copied = [], navigator.clipboard.write = function (items) {
				return items[0].getType("text/plain").then(b => b.text()).then(s => { copied.push(s); });
			}, 0)`)
			v.eval(`(document.querySelector("[data-cite]").click(), 0)`)
			v.until(`copied.length === 1`)
			v.do(chromedp.Click(".copies button:last-child"))
			v.until(`copied.length === 2`)
			v.want(`copied[0]`, "——《")
			v.want(`copied[0]`, "/report/371500-")
			v.want(`copied[1]`, "/OL]")
			v.until(`document.querySelector(".copies button:last-child").textContent[0] === "✓"`)
			v.want(`[...document.querySelectorAll("[role=status]")].map(s => s.textContent).join()`, map[bool]string{true: "Reference copied", false: "已复制参考文献"}[strings.Contains(target, "lang=en")])
		}
	})

	journey("a link to a passage opens the document there", func(v *visit) {
		v.open("/report/371500-2021-assignment/task-31")
		passage := v.eval(`document.querySelector('a[href*=":~:text="]').getAttribute("href")`)
		_, fragment, _ := strings.Cut(passage, ":~:")
		v.open("/report/371500-2021-assignment#:~:" + fragment) // without the anchor, by its words alone
		v.until(`Math.abs(document.getElementById("task-31").getBoundingClientRect().top) < innerHeight`)
		v.want("scrollY > 1000", "true")
	})

	journey("the contents show what is being read", func(v *visit) {
		v.open("/report/371500-2025-report")
		v.until(`document.querySelectorAll(".toc [aria-current]").length === 1`)
		v.eval(`(document.querySelectorAll(".book h2")[2].scrollIntoView(), 0)`)
		v.until(`document.querySelector(".toc [aria-current]").hash === "#" + document.querySelectorAll(".book h2")[2].id`)
		v.open("/report/371500-2021-assignment") // jumps from within one section into another
		for _, jump := range []struct{ task, section string }{{"task-90", "七、"}, {"task-60", "五、"}, {"task-92", "七、"}} {
			v.eval(`(document.getElementById("` + jump.task + `").scrollIntoView(), 0)`)
			v.until(`document.querySelector(".toc [aria-current]")?.textContent.startsWith("` + jump.section + `")`)
		}
	})

	journey("a year read as a filter is made a plain word and back", func(v *visit) {
		v.open("/search?q=2021年 改造")
		v.do(chromedp.Click(".read-as li:not(.lead) a"))
		v.until(`document.querySelector(".read-as .off")`)
		v.want("decodeURIComponent(location.search)", "off=2021年")
		v.do(chromedp.Click(".read-as .off a"))
		v.until(`!document.querySelector(".read-as .off")`)
	})

	journey("长辈版 stays on from page to page, in one column", func(v *visit) {
		v.open("/")
		v.do(chromedp.Click(".views a:last-child"))
		v.until(`document.querySelector("html.elder")`)
		v.do(chromedp.SendKeys("#q", "供暖"+kb.Enter))
		v.until(`document.querySelector("html.elder .results")`)
		v.want(`parseFloat(getComputedStyle(document.querySelector(".results")).fontSize) >= 18`, "true")
		v.want(`document.querySelector(".searchbox button").offsetHeight >= 60`, "true")
		v.want(`getComputedStyle(document.querySelector("main.columns")).display`, "block")
	})
}
