/* Runs before the first paint: sunlight mode, saving data. Then, by delegation, the few
   things that need no round trip: language switch, dialogs, sharing, going back, being offline.
   Plain ES2019, no eval, nothing inline: the content security policy allows neither. */
(function () {
  "use strict";
  var root = document.documentElement;
  var YEAR = 31536000;

  function cookie(name) {
    var found = document.cookie.match(new RegExp("(?:^|; )" + name + "=([^;]*)"));
    try {
      return found ? decodeURIComponent(found[1]) : "";
    } catch (odd) { return ""; /* whoever wrote it, it stops no page */ }
  }
  function remember(name, value) {
    var secure = location.protocol === "https:" ? "; Secure" : "";
    document.cookie = name + "=" + value + "; Path=/; Max-Age=" + YEAR + "; SameSite=Lax" + secure;
  }
  /* The document came in one language, that of the cookie or of the browser; another one is another document. What was
     typed goes over with it: kept for the way, put back into the fields of the same name, then forgotten. */
  var KEPT = "typed", leaving = false;
  function fields() {
    return Array.prototype.filter.call(document.querySelectorAll("input,textarea,select"), function (field) {
      return (field.name || field.id) && !/^(password|file|hidden|submit|button)$/.test(field.type);
    });
  }
  function nameOf(field, hidden) {
    return JSON.stringify([field.name, field.id, field.type === "radio" ? field.value : ""].concat(hidden || []));
  }
  function hiddenBeside(field) {
    return Array.prototype.filter.call(field.form ? field.form.elements : [], function (one) {
      return one.type === "hidden";
    }).map(function (one) { return [one.name, one.value]; });
  }
  /* The fields of a page, each by a name of its own. A row of each person has fields of the same name; what is hidden
     in its form says whose it is. What cannot be told apart so is left out. */
  function named() {
    var alike = {}, found = {};
    fields().forEach(function (field) { (alike[nameOf(field)] = alike[nameOf(field)] || []).push(field); });
    Object.keys(alike).forEach(function (name) {
      if (alike[name].length === 1) { found[name] = alike[name][0]; return; }
      var names = alike[name].map(function (field) { return nameOf(field, hiddenBeside(field)); });
      names.forEach(function (whose, at) {
        if (whose !== name && names.indexOf(whose) === names.lastIndexOf(whose)) found[whose] = alike[name][at];
      });
    });
    return found;
  }
  function showLanguage(next) {
    remember("lang", next);
    leaving = true;
    var typed = {}, found = named();
    Object.keys(found).forEach(function (name) {
      var field = found[name];
      typed[name] = /^(checkbox|radio)$/.test(field.type) ? field.checked : field.value;
    });
    try {
      sessionStorage.setItem(KEPT, JSON.stringify({ at: location.pathname, y: window.scrollY, typed: typed }));
    } catch (full) { /* the switch matters more than what was typed */ }
    location.reload();
  }
  function putBack() {
    if (leaving) return; /* switched before all of this document was here: it is for the next one */
    var kept;
    try {
      kept = JSON.parse(sessionStorage.getItem(KEPT));
      sessionStorage.removeItem(KEPT);
    } catch (odd) { return; }
    if (!kept || kept.at !== location.pathname) return;
    var until = Date.now() + 10000;
    ["wheel", "touchmove", "pointerdown", "keydown"].forEach(function (kind) { /* from now on the reader scrolls */
      window.addEventListener(kind, function () { kept.y = 0; }, { once: true, capture: true, passive: true });
    });
    (function again() {
      var found = named();
      Object.keys(found).forEach(function (name) {
        var field = found[name], ticked = /^(checkbox|radio)$/.test(field.type);
        if (!(name in kept.typed)) return;
        var value = kept.typed[name];
        delete kept.typed[name];
        if (ticked ? field.checked === value : field.value === value) return;
        if (ticked) { field.click(); return; }
        var kind = field.tagName === "TEXTAREA" ? HTMLTextAreaElement : field.tagName === "SELECT" ? HTMLSelectElement : HTMLInputElement;
        Object.getOwnPropertyDescriptor(kind.prototype, "value").set.call(field, value); /* past React's own setter */
        field.dispatchEvent(new Event("input", { bubbles: true }));
        field.dispatchEvent(new Event("change", { bubbles: true }));
      });
      if (kept.y) window.scrollTo(0, kept.y);
      if (Object.keys(kept.typed).length && Date.now() < until) setTimeout(again, 300);
    })();
  }
  window.addEventListener("load", function () { setTimeout(putBack, 300); });
  /* Switched in another tab meanwhile: the server answers in that language as soon as this tab connects anew. */
  function follow() {
    var chosen = cookie("lang");
    if (document.hidden || leaving || chosen === root.lang) return;
    var offered = document.querySelector("[data-languages]");
    if (offered && Array.prototype.some.call(offered.options, function (one) { return one.value === chosen; })) showLanguage(chosen);
  }
  document.addEventListener("visibilitychange", follow);
  window.addEventListener("pageshow", function (event) {
    if (!event.persisted) return;
    leaving = false; /* back from where the browser keeps whole pages */
    follow();
  });
  document.addEventListener("change", function (event) {
    if (event.target.hasAttribute("data-languages")) showLanguage(event.target.value);
  });

  /* Somebody was here a moment ago: the way in is not offered before it is known again (live.jsx). */
  try { root.toggleAttribute("data-here", localStorage.getItem("here") === "1"); } catch (closed) { /* it flashes */ }

  /* Sunlight mode: "1" and "0" are choices, nothing is what the phone prefers. */
  var dhoop = cookie("dhoop");
  var prefersMore = window.matchMedia && matchMedia("(prefers-contrast: more)").matches;
  if (dhoop === "1" || (dhoop === "" && prefersMore)) root.setAttribute("data-dhoop", "");

  /* Heavy Hindi weights wait until the page is quiet and stay away when data is saved. */
  if (navigator.connection && navigator.connection.saveData) root.setAttribute("data-thrift", "");
  var idle = window.requestIdleCallback || function (f) { setTimeout(f, 1200); };
  window.addEventListener("load", function () {
    idle(function () {
      var bold = function () { root.setAttribute("data-bold", ""); };
      if (root.lang === "en" || root.hasAttribute("data-thrift") || !document.fonts) return bold();
      document.fonts.load('700 1em "Anek Hindi Full"', "\u0905").then(bold, function () {});
    });
  });

  function network(state) {
    if (state) root.setAttribute("data-net", state);
    else root.removeAttribute("data-net");
  }
  if (navigator.onLine === false) network("off");
  window.addEventListener("offline", function () { network("off"); });
  window.addEventListener("online", function () {
    network("back");
    setTimeout(function () { if (navigator.onLine) network(""); }, 3000);
  });

  /* What asks for money is not sent later by itself, when nobody waits for it any more. */
  window.addEventListener("submit", function (event) {
    if (root.getAttribute("data-net") !== "off" || !event.target.hasAttribute("data-online")) return;
    event.preventDefault();
    event.stopPropagation();
  }, true);

  /* What a page complains of stands in each of its dialogs and on the page. It is about one press: a dialog that is
     opened begins without it, and with the dialog it is put away on the page, too. */
  function complaintsIn(place) { return Array.from(place.querySelectorAll('.ermsg, .note[role="alert"]')); }
  function openDialog(id) {
    var box = document.getElementById(id);
    if (!box || !box.showModal || box.open) return;
    complaintsIn(box).forEach(function (one) { one.setAttribute("data-mended", ""); });
    box.showModal(); /* the browser returns focus on close */
  }
  document.addEventListener("close", function (event) {
    var said = complaintsIn(event.target).map(function (one) { return one.textContent; });
    complaintsIn(document).forEach(function (one) { if (said.includes(one.textContent)) one.setAttribute("data-mended", ""); });
  }, true); /* it does not bubble */
  function share(button) {
    var url = new URL(button.getAttribute("data-share") || location.href, location.href).href;
    var title = button.getAttribute("data-share-title") || document.title;
    if (!navigator.share) return tell(button, url);
    return navigator.share({ title: title, url: url }).catch(function (why) {
      if (why.name !== "AbortError") return tell(button, url); /* no sheet opened: somebody who closed it knows */
    });
  }
  function tell(button, url) {
    return copy(url).then(function () {
      button.setAttribute("data-done", "");
      var told = button.querySelector("[data-word]"); /* others hold their words already, shown by data-done */
      if (told) told.textContent = told.getAttribute("data-word");
      setTimeout(function () {
        button.removeAttribute("data-done");
        if (told) told.textContent = "";
      }, 3000);
    });
  }
  function copy(text) {
    if (!navigator.clipboard) return copyBySelecting(text);
    return navigator.clipboard.writeText(text).catch(function () { return copyBySelecting(text); });
  }
  function copyBySelecting(text) {
    var box = document.createElement("textarea"); /* where the clipboard is closed to pages, as without https */
    box.value = text;
    document.body.appendChild(box).select();
    document.execCommand("copy");
    box.remove();
    return Promise.resolve();
  }
  function toggleDhoop() {
    var on = !root.hasAttribute("data-dhoop");
    root.toggleAttribute("data-dhoop", on);
    remember("dhoop", on ? "1" : "0");
  }

  /* Where focus goes when what had it is gone: on a new page to its heading, in a list to the row that took the place. */
  var had = null;
  function rest(target) {
    if (!target || !(document.activeElement === document.body || !document.activeElement)) return;
    if (!target.matches("a[href],button,input,select,textarea")) target.tabIndex = -1;
    target.focus({ preventScroll: true });
  }
  function heading() { return document.querySelector("#content h1") || document.getElementById("content"); }
  document.addEventListener("focusin", function (event) {
    var row = event.target.closest("main :is(tr, li, article, .card)");
    had = row && !event.target.closest("dialog") ? { it: event.target, near: [row.nextElementSibling, row.previousElementSibling] } : had;
  });
  new MutationObserver(function () {
    if (!had || had.it.isConnected) return;
    var near = had.near;
    had = null;
    setTimeout(function again(tries) {
      var row = near.filter(function (one) { return one && one.isConnected; })[0];
      if (!row && !document.querySelector("#content h1") && (tries || 0) < 40) return setTimeout(again, 100, (tries || 0) + 1);
      rest((row && row.querySelector("a[href],button:not([disabled]),input:not([type=hidden])")) || heading());
    }, 60);
  }).observe(root, { childList: true, subtree: true });
  var at = location.pathname;
  function moved() {
    setTimeout(function again(tries) {
      if (location.pathname === at) return;
      var head = document.querySelector("#content h1");
      if (!head && (tries || 0) < 40) return setTimeout(again, 100, (tries || 0) + 1);
      at = location.pathname;
      if (document.activeElement && document.activeElement.closest("a[href]")) document.activeElement.blur();
      head = heading();
      rest(head);
      had = { it: head, near: [] }; // on a slow phone this was still the heading of the page before
    }, 100);
  }
  var push = history.pushState;
  history.pushState = function () { push.apply(history, arguments); moved(); };
  window.addEventListener("popstate", moved);

  /* A picture in full over the page; without this script the link leads to it. Going back closes it first. */
  function openLarge(link) {
    var box = document.createElement("dialog"), image = new Image(), close = document.createElement("button");
    var small = link.querySelector("img");
    image.src = link.href;
    image.alt = small ? small.alt : link.textContent;
    image.addEventListener("click", function () { box.classList.toggle("whole"); });
    close.type = "button";
    close.className = "btn btn-line";
    close.textContent = link.getAttribute("data-large");
    close.setAttribute("data-close", "");
    box.className = "large-box";
    box.setAttribute("aria-label", image.alt);
    box.append(image, close);
    document.body.append(box);
    function back() { box.close(); }
    box.addEventListener("close", function () {
      window.removeEventListener("popstate", back);
      if (history.state && history.state.large) history.back();
      box.remove();
      link.focus();
    });
    history.pushState(Object.assign({}, history.state, { large: true }), "");
    window.addEventListener("popstate", back);
    box.showModal();
  }

  /* A complaint about a field is old as soon as the field is changed, whoever wrote it; sent again, what still stands
     counts. `data-mended` is on the very element that complains, so a new complaint is seen. */
  function complaintsOf(field) {
    var lines = [field.id, field.name].map(function (name) { return name && document.getElementById(name + "-error"); });
    var links = field.id ? document.querySelectorAll('[role="alert"] li > a[href="#' + CSS.escape(field.id) + '"]') : [];
    return lines.filter(Boolean).reduce(function (all, line) { return all.concat(Array.from(line.children)); }, [])
      .concat(Array.from(links, function (one) { return one.parentElement; }));
  }
  function mend(event) {
    var field = event.target;
    if (!field.matches || !field.matches("input,select,textarea")) return;
    complaintsOf(field).forEach(function (one) { one.setAttribute("data-mended", ""); });
    if (field.getAttribute("aria-invalid") === "true") {
      field.setAttribute("aria-invalid", "false");
      field.setAttribute("data-was-wrong", "");
    }
  }
  function judgeAgain(event) {
    var place = event.target.closest ? event.target.closest("dialog") || event.target : event.target;
    if (event.type === "click") {
      var press = event.target.closest && event.target.closest("button.btn");
      place = press && !press.form && !press.hasAttribute("data-open") && press.closest("dialog, section, main");
      if (!place) return;
    }
    place.querySelectorAll("[data-mended]").forEach(function (one) { one.removeAttribute("data-mended"); });
    place.querySelectorAll("[data-was-wrong]").forEach(function (field) {
      field.removeAttribute("data-was-wrong");
      if (complaintsOf(field).length) field.setAttribute("aria-invalid", "true");
      else field.removeAttribute("aria-invalid");
    });
  }
  document.addEventListener("input", mend, true);
  document.addEventListener("change", mend, true);
  document.addEventListener("submit", judgeAgain, true);
  document.addEventListener("click", judgeAgain, true);

  /* A double click or double tap is meant as one press. Its second half must not press what has come to its place
     meanwhile: the next row of a list, what lay beneath a dialog, the same button with another meaning. A button
     that acts (.btn) takes only the first half. Browsers count clicks of a mouse and not taps. */
  var before = null;
  var byTouch = false;
  window.addEventListener("pointerdown", function (event) { byTouch = event.pointerType === "touch"; }, true);
  window.addEventListener("click", function (event) {
    if (!event.detail || !event.target.closest) return; /* from the keyboard or by code */
    var control = event.target.closest("button, a[href], summary");
    var box = event.target.closest("dialog[open]");
    var press = { control: control, box: box, at: performance.now(), x: event.clientX, y: event.clientY };
    var near = before && Math.hypot(press.x - before.x, press.y - before.y) < 24;
    var again = near && (event.detail > 1 || (byTouch && press.at - before.at < 400));
    var other = again && (box !== before.box || (control && control !== before.control));
    if (other || (again && control && control.classList.contains("btn"))) {
      event.preventDefault();
      event.stopPropagation();
    } else before = press;
  }, true);

  document.addEventListener("click", function (event) {
    var picture = event.target.closest && event.target.closest("a[data-large]");
    if (picture && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
      event.preventDefault();
      event.stopPropagation();
      return openLarge(picture);
    }
    var link = event.target.closest && event.target.closest("dialog[open] a[href]");
    if (link) link.closest("dialog").close(); /* the page changes beneath */
    var spot = event.target.closest && event.target.closest(
      "[data-skip],[data-open],[data-close],[data-share],[data-back],[data-dhoop-toggle],dialog");
    if (!spot) return;
    if (spot.hasAttribute("data-skip")) {
      event.preventDefault();
      event.stopPropagation();
      document.getElementById("content").focus();
    } else if (spot.hasAttribute("data-open")) openDialog(spot.getAttribute("data-open"));
    else if (spot.hasAttribute("data-close")) spot.closest("dialog").close();
    else if (spot.hasAttribute("data-share")) share(spot);
    else if (spot.hasAttribute("data-dhoop-toggle")) toggleDhoop();
    else if (spot.hasAttribute("data-back")) {
      if (history.state && history.state.idx > 0) { /* came from a page of ours in this tab */
        event.preventDefault();
        event.stopPropagation();
        history.back();
      }
    } else if (spot.tagName === "DIALOG" && event.target === spot) spot.close(); /* the backdrop */
  }, true);
})();
