// Comforts for readers whose browser runs scripts. Every page works without.
(function () {
  "use strict";

  // typing reports whether a key press belongs to a field or to an input method.
  function typing(e) {
    var t = e.target;
    return e.isComposing || e.ctrlKey || e.metaKey || e.altKey ||
      /^(INPUT|TEXTAREA|SELECT)$/.test(t.tagName) || t.isContentEditable;
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
    input.placeholder = "在" + facet.dataset.searchable + "中查找";
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
  document.querySelectorAll(".facet[data-searchable]").forEach(narrowable);

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
      hint.innerHTML = "<kbd>n</kbd> 下一处 <kbd>p</kbd> 上一处";
      bar.appendChild(hint);
    }
  }

  // A button copies the citation; without the clipboard it selects the text.
  document.querySelectorAll("[data-copy]").forEach(function (text) {
    var button = document.createElement("button");
    button.type = "button";
    button.className = "button copy";
    button.textContent = text.dataset.copy;
    button.setAttribute("aria-live", "polite");
    function said(word) {
      button.textContent = word;
      setTimeout(function () { button.textContent = text.dataset.copy; }, 2500);
    }
    function select() {
      var range = document.createRange();
      range.selectNodeContents(text);
      var selection = getSelection();
      selection.removeAllRanges();
      selection.addRange(range);
      said(document.execCommand && document.execCommand("copy") ? "已复制" : "已选中，请复制");
    }
    button.addEventListener("click", function () {
      if (!navigator.clipboard) return select();
      navigator.clipboard.writeText(text.textContent).then(function () { said("已复制"); }, select);
    });
    text.insertAdjacentElement("afterend", button);
  });
})();
