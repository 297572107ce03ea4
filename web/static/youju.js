// Comforts for readers whose browser runs scripts. Every page works without.
(function () {
  "use strict";

  // t says a message in the language of the page, which brings those that are
  // not Chinese.
  var messages = JSON.parse(document.currentScript.dataset.messages || "{}");
  function t(key) { return messages[key] || key.replace(/#.*/, ""); }

  // typing reports whether a key press belongs to a field or to an input method.
  function typing(e) {
    var at = e.target;
    return e.isComposing || e.ctrlKey || e.metaKey || e.altKey ||
      /^(INPUT|TEXTAREA|SELECT)$/.test(at.tagName) || at.isContentEditable;
  }

  // "/" goes to the search box.
  document.addEventListener("keydown", function (e) {
    var box = document.getElementById("q");
    if (e.key === "/" && box && !typing(e)) {
      e.preventDefault();
      box.focus();
      box.select();
    }
  });

  // Escape closes the panel of filters or contents on a small screen.
  document.addEventListener("keydown", function (e) {
    if (e.key !== "Escape" || !location.hash) return;
    var panel = document.getElementById(location.hash.slice(1));
    var close = panel && panel.classList.contains("drawer") && panel.querySelector(".drawer-close");
    if (close && close.offsetParent !== null) close.click();
  });

  // A long list of filter values gets a box that narrows it while one types.
  function narrowable(facet) {
    var input = document.createElement("input");
    input.type = "search";
    input.className = "narrow";
    input.placeholder = facet.dataset.searchable;
    input.setAttribute("aria-label", input.placeholder);
    var opened = [];
    input.addEventListener("input", function () {
      var text = input.value.trim().toLowerCase();
      facet.querySelectorAll("details").forEach(function (d) {
        if (text && !d.open) {
          d.open = true;
          opened.push(d);
        }
      });
      if (!text) {
        opened.forEach(function (d) { d.open = false; });
        opened = [];
      }
      facet.querySelectorAll("li").forEach(function (li) {
        li.hidden = text !== "" && li.textContent.toLowerCase().indexOf(text) < 0;
      });
    });
    facet.insertBefore(input, facet.querySelector("ul"));
  }
  function narrowAll() {
    document.querySelectorAll(".facet[data-searchable]").forEach(narrowable);
  }
  narrowAll();

  // n and p step through the passages with matches.
  var hits = Array.prototype.slice.call(document.querySelectorAll(".item.has-hit"));
  var at = -1;
  function step(by) {
    if (at < 0) {
      at = hits.findIndex(function (h) { return "#" + h.id === decodeURIComponent(location.hash); });
    }
    at = (at < 0 && by < 0) ? hits.length - 1 : Math.max(0, Math.min(hits.length - 1, at + by));
    hits.forEach(function (h, i) { h.classList.toggle("current", i === at); });
    var hit = hits[at];
    hit.tabIndex = -1;
    hit.focus({ preventScroll: true });
    var calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    hit.scrollIntoView({ block: "center", behavior: calm ? "auto" : "smooth" });
    history.replaceState(null, "", "#" + encodeURIComponent(hit.id));
  }
  if (hits.length) {
    document.addEventListener("keydown", function (e) {
      if (typing(e) || (e.key !== "n" && e.key !== "p")) return;
      e.preventDefault();
      step(e.key === "n" ? 1 : -1);
    });
    window.addEventListener("hashchange", function () { at = -1; });
    var bar = document.querySelector(".hit-bar");
    if (bar && matchMedia("(hover: hover)").matches) {
      var hint = document.createElement("span");
      hint.className = "keys";
      hint.innerHTML = "<kbd>n</kbd> " + t("下一处#key") + " <kbd>p</kbd> " + t("上一处#key");
      bar.appendChild(hint);
    }
  }

  // Suggestions below the search box: a combobox after the ARIA pattern. What is
  // being composed with an input method is left alone until it is written.
  function suggesting(input) {
    var form = input.form, list = document.createElement("ul"), status = document.createElement("p");
    var timer, asked, chosen = -1, typed = "";
    list.id = "q-list";
    list.className = "suggestions";
    list.hidden = true;
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", t("检索建议"));
    status.id = "q-status";
    status.className = "visually-hidden";
    status.setAttribute("role", "status");
    input.setAttribute("role", "combobox");
    input.setAttribute("aria-autocomplete", "list");
    input.setAttribute("aria-controls", list.id);
    form.append(list, status);

    function close() {
      clearTimeout(timer);
      if (asked) asked.abort();
      list.hidden = true;
      chosen = -1;
      input.setAttribute("aria-expanded", "false");
      input.removeAttribute("aria-activedescendant");
      status.textContent = "";
    }
    function show(found) {
      list.textContent = "";
      found.forEach(function (s, i) {
        var li = document.createElement("li");
        li.id = "q-" + i;
        li.dataset.text = s.text;
        li.setAttribute("role", "option");
        li.setAttribute("aria-selected", "false");
        [["text", s.text], ["kind", t(s.kind)], ["count", s.count ? s.count + t(" 条") : ""]].forEach(function (part) {
          var span = document.createElement("span");
          span.className = part[0];
          span.textContent = part[1];
          li.append(span, " ");
        });
        list.append(li);
      });
      chosen = -1;
      input.removeAttribute("aria-activedescendant");
      list.hidden = !found.length;
      input.setAttribute("aria-expanded", String(found.length > 0));
      status.textContent = found.length ? found.length + t(" 条建议，用上下方向键选择") : "";
    }
    function ask() {
      var text = input.value.trim();
      if (!text) return close();
      if (asked) asked.abort();
      asked = new AbortController();
      fetch("/api/v1/suggest?n=8&q=" + encodeURIComponent(text), { signal: asked.signal })
        .then(function (res) { return res.ok ? res.json() : { suggestions: [] }; })
        .then(function (answer) {
          if (document.activeElement === input) show(answer.suggestions.slice(0, 8));
        })
        .catch(function () {}); // aborted, or no network: typing goes on without
    }
    function choose(i) {
      var options = list.children;
      if (chosen < 0) typed = input.value;
      chosen = i < -1 ? options.length - 1 : i >= options.length ? -1 : i;
      Array.prototype.forEach.call(options, function (li, n) { li.setAttribute("aria-selected", String(n === chosen)); });
      if (chosen < 0) {
        input.value = typed;
        input.removeAttribute("aria-activedescendant");
      } else {
        input.value = options[chosen].dataset.text;
        input.setAttribute("aria-activedescendant", options[chosen].id);
      }
    }
    function typedSome(e) {
      if (e.isComposing) return;
      clearTimeout(timer);
      timer = setTimeout(ask, 120);
    }
    input.addEventListener("input", typedSome);
    input.addEventListener("compositionend", typedSome);
    input.addEventListener("keydown", function (e) {
      if (e.isComposing || e.keyCode === 229) {
        if (e.key === "Enter") e.preventDefault();
        return;
      }
      if (e.key === "Escape" && !list.hidden) {
        e.preventDefault();
        if (chosen >= 0) input.value = typed;
        close();
      } else if (e.key === "ArrowDown" || e.key === "ArrowUp") {
        e.preventDefault();
        if (list.hidden) ask();
        else choose(chosen + (e.key === "ArrowDown" ? 1 : -1));
      }
    });
    list.addEventListener("pointerdown", function (e) { e.preventDefault(); }); // the field keeps the focus
    list.addEventListener("click", function (e) {
      var li = e.target.closest("li");
      if (!li) return;
      input.value = li.dataset.text;
      close();
      form.requestSubmit();
    });
    input.addEventListener("blur", close);
    form.addEventListener("submit", close);
    close();
  }
  var box = document.getElementById("q");
  if (box && window.AbortController) suggesting(box);

  // The basket is remembered in this browser; its address holds the same list.
  var basketKey = "youju.basket", mostKept = 100;
  function kept() {
    try { return JSON.parse(localStorage.getItem(basketKey)) || []; } catch (e) { return []; }
  }
  function keep(ids) {
    try { localStorage.setItem(basketKey, JSON.stringify(ids.slice(0, mostKept))); } catch (e) { return; }
    showKept();
  }
  function basketOf(ids) {
    var url = new URL("/basket", location.href), here = new URLSearchParams(location.search);
    ids.forEach(function (id) { url.searchParams.append("item", id); });
    ["view", "lang"].forEach(function (name) {
      if (here.get(name)) url.searchParams.set(name, here.get(name));
    });
    return url.pathname + url.search;
  }
  function showKept() {
    var ids = kept(), link = document.getElementById("clip");
    link.href = basketOf(ids);
    link.textContent = ids.length ? t("摘编（%s）").replace("%s", ids.length) : t("摘编");
    document.querySelectorAll(".tick input").forEach(function (box) { box.checked = ids.indexOf(box.value) >= 0; });
  }
  document.addEventListener("change", function (e) {
    if (!e.target.matches(".tick input")) return;
    var ids = kept().filter(function (id) { return id !== e.target.value; });
    if (e.target.checked) ids.push(e.target.value);
    keep(ids);
    say((e.target.checked ? t("已放进摘编，共 %s 条") : t("已移出摘编，还有 %s 条")).replace("%s", ids.length));
  });
  document.addEventListener("submit", function (e) {
    if (e.target.id !== "ticked") return;
    var ids = kept(), own = e.target.querySelector("[name=item]");
    if (own && ids.indexOf(own.value) < 0) ids.push(own.value);
    if (!ids.length) return;
    e.preventDefault();
    keep(ids);
    location.href = basketOf(kept());
  });
  document.querySelectorAll("[data-drop]").forEach(function (a) {
    a.addEventListener("click", function () {
      keep(kept().filter(function (id) { return id !== a.dataset.drop; }));
    });
  });
  document.querySelectorAll("[data-clear]").forEach(function (a) {
    a.addEventListener("click", function () { keep([]); });
  });
  showKept();
  window.addEventListener("pageshow", showKept); // back from elsewhere
  window.addEventListener("storage", showKept);

  // Filters, orders and pages of a search change in place: the page is fetched,
  // its main part put in, and the focus set on the results, which are read out.
  var shown = location.pathname + location.search;
  function put(url, push) {
    var main = document.querySelector("main");
    main.setAttribute("aria-busy", "true");
    fetch(url).then(function (res) {
      if (!res.ok) throw new Error(res.status);
      return res.text();
    }).then(function (text) {
      var page = new DOMParser().parseFromString(text, "text/html"), form = document.querySelector(".searchbox");
      if (push) history.pushState(null, "", url);
      shown = location.pathname + location.search;
      document.title = page.title;
      main.replaceWith(page.querySelector("main"));
      document.querySelectorAll(".views").forEach(function (nav, i) { nav.replaceWith(page.querySelectorAll(".views")[i]); });
      form.querySelectorAll("[type=hidden]").forEach(function (field) { field.remove(); });
      page.querySelectorAll(".searchbox [type=hidden]").forEach(function (field) { form.append(field); });
      box.value = page.getElementById("q").value;
      narrowAll();
      showKept();
      var results = document.getElementById("results");
      results.focus({ preventScroll: true });
      if (push) results.scrollIntoView();
    }).catch(function () { location.href = url; });
  }
  if (document.querySelector("main.columns")) {
    document.addEventListener("click", function (e) {
      var a = e.target.closest("main.columns a");
      if (!a || e.button || e.ctrlKey || e.metaKey || e.shiftKey || e.altKey) return;
      if (a.origin !== location.origin || a.pathname !== location.pathname || a.getAttribute("href")[0] === "#") return;
      e.preventDefault();
      put(a.href, true);
    });
    window.addEventListener("popstate", function () {
      if (location.pathname + location.search !== shown) put(location.href, false);
    });
  }

  // What was done is said to those who do not see it.
  var status = document.createElement("p");
  status.className = "visually-hidden";
  status.setAttribute("role", "status");
  document.body.append(status);
  function say(text) { status.textContent = text; }

  // copy puts a text, or the promise of one, on the clipboard: a promise, so
  // that the browser still knows that the reader asked for it.
  function copy(text) {
    if (!navigator.clipboard) return Promise.reject();
    if (typeof text === "string") return navigator.clipboard.writeText(text);
    if (!window.ClipboardItem) return text.then(function (s) { return navigator.clipboard.writeText(s); });
    var blob = text.then(function (s) { return new Blob([s], { type: "text/plain" }); });
    return navigator.clipboard.write([new ClipboardItem({ "text/plain": blob })]);
  }

  // 引用 beside a passage copies the citation at once and offers the other
  // style; without scripts, and where nothing can be copied, it is a link.
  document.addEventListener("click", function (e) {
    var link = e.target.closest("[data-cite]");
    if (!link || e.button || e.ctrlKey || e.metaKey || e.shiftKey || !navigator.clipboard) return;
    e.preventDefault();
    var citation = fetch("/api/v1/items/" + encodeURIComponent(link.dataset.cite).replace(/%2F/g, "/")).then(function (res) {
      if (!res.ok) throw new Error(res.status);
      return res.json();
    }).then(function (item) { return item.citation; });
    var panel = link.nextElementSibling;
    if (!panel || panel.className !== "copies") {
      panel = document.createElement("span");
      panel.className = "copies";
      link.after(panel);
    }
    panel.textContent = "";
    function style(name, label, done) {
      var button = document.createElement("button");
      button.type = "button";
      button.textContent = label;
      button.onclick = function () {
        copy(citation.then(function (c) { return c[name]; })).then(function () {
          button.textContent = "✓ " + label;
          say(done);
        }, function () { location.href = link.href; });
      };
      panel.append(button);
      return button;
    }
    var plain = style("plain", t("复制引用"), t("已复制引用"));
    style("standard", t("复制参考文献"), t("已复制参考文献"));
    plain.click();
  });

  // On an item's own page a button stands below each citation; without the
  // clipboard it selects the text.
  document.querySelectorAll("[data-copy]").forEach(function (text) {
    var button = document.createElement("button");
    button.type = "button";
    button.className = "button copy";
    button.textContent = text.dataset.copy;
    function said(word) {
      button.textContent = word;
      say(word);
      setTimeout(function () { button.textContent = text.dataset.copy; }, 2500);
    }
    function select() {
      var range = document.createRange();
      range.selectNodeContents(text);
      var selection = getSelection();
      selection.removeAllRanges();
      selection.addRange(range);
      said(document.execCommand && document.execCommand("copy") ? t("已复制") : t("已选中，请复制"));
    }
    button.addEventListener("click", function () { copy(text.textContent).then(function () { said(t("已复制")); }, select); });
    text.insertAdjacentElement("afterend", button);
  });

  // The contents show which section is being read: the last heading above the
  // upper third of the window. All that lies above is observed too, or a jump
  // over a heading would go unseen. What the observer saw counts, not where a
  // heading is by now: it tells of a change from what it saw before only.
  var toc = document.querySelector(".toc ol"), shownLink;
  if (toc && window.IntersectionObserver) {
    var links = toc.querySelectorAll("a"), panel = toc.parentNode;
    var heads = Array.prototype.map.call(links, function (a) { return document.getElementById(decodeURIComponent(a.hash.slice(1))); });
    var passed = [];
    var reading = new IntersectionObserver(function (changes) {
      changes.forEach(function (c) { passed[heads.indexOf(c.target)] = c.isIntersecting; });
      var at = Math.max(passed.lastIndexOf(true), 0);
      var link = links[at];
      if (link === shownLink) return;
      if (shownLink) shownLink.removeAttribute("aria-current");
      link.setAttribute("aria-current", "location");
      shownLink = link;
      panel.scrollTop = link.offsetTop - panel.clientHeight / 2;
    }, { rootMargin: "1000000px 0px -66% 0px" });
    heads.forEach(function (h) { reading.observe(h); });
  }
})();
