// The page by itself; what other scripts of the page use of it is in Page.
const Page = (() => {
  "use strict";
  const root = document.documentElement;
  root.classList.add("js");

  // The choice of light or dark is kept where the browser lets a file keep anything.
  const stored = () => { try { return localStorage.getItem("theme"); } catch { return null; } };
  const store = (theme) => { try { localStorage.setItem("theme", theme); } catch { /* not kept */ } };
  const named = new URLSearchParams(location.search).get("theme");
  const first = named || stored();
  if (first === "light" || first === "dark") root.dataset.theme = first;

  const isDark = () => root.dataset.theme
    ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;

  function followTheme() {
    const button = document.getElementById("theme");
    button.addEventListener("click", () => {
      root.dataset.theme = isDark() ? "light" : "dark";
      store(root.dataset.theme);
    });
  }

  function followScroll() {
    const links = [...document.querySelectorAll(".contents a")];
    const targets = links.map((a) => document.getElementById(decodeURIComponent(a.hash.slice(1))));
    let current = null, waiting = false;
    const update = () => {
      waiting = false;
      const line = innerHeight * .25;
      const atEnd = innerHeight + scrollY >= root.scrollHeight - 2;
      let found = -1;
      targets.forEach((t, i) => { if (t && t.getBoundingClientRect().top <= line) found = i; });
      if (atEnd && targets.length) found = targets.length - 1;
      const link = links[found] || null;
      if (link === current) return;
      if (current) current.removeAttribute("aria-current");
      if (link) link.setAttribute("aria-current", "true");
      current = link;
    };
    addEventListener("scroll", () => {
      if (!waiting) { waiting = true; requestAnimationFrame(update); }
    }, { passive: true });
    update();
    const list = document.querySelector(".contents details");
    if (list && innerWidth < 1280) list.open = false;
  }

  function sortable(table) {
    const body = table.tBodies[0];
    const original = [...body.rows];
    [...table.tHead.rows[0].cells].forEach((head, column) => {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "sort";
      button.append(...head.childNodes);
      head.append(button);
      button.addEventListener("click", () => {
        const was = head.getAttribute("aria-sort");
        const next = was === "ascending" ? "descending" : was === "descending" ? null : "ascending";
        for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
        if (!next) return body.append(...original);
        head.setAttribute("aria-sort", next);
        const sign = next === "ascending" ? 1 : -1;
        const key = (row) => {
          const cell = row.cells[column];
          if (!cell) return { text: "" };
          const text = cell.textContent.trim();
          const plain = cell.dataset.key || text.replace(/\u2212/g, "-").replace(/(\d),(?=\d{3})/g, "$1");
          return /^[-+.\d]/.test(plain) && !isNaN(parseFloat(plain))
            ? { number: parseFloat(plain) } : { text };
        };
        // Rows without a number stay below those with one, whichever way is up.
        body.append(...[...original].map((row) => [key(row), row]).sort(([a], [b]) => {
          if (a.number !== undefined && b.number !== undefined) return sign * (a.number - b.number);
          if (a.number !== undefined) return -1;
          if (b.number !== undefined) return 1;
          return sign * a.text.localeCompare(b.text);
        }).map(([, row]) => row));
      });
    });
  }

  // A note gets its protocol, whose phrases the record holds once.
  function explain() {
    const { phrases, protocols } = JSON.parse(document.getElementById("record").textContent);
    for (const { dataset } of document.querySelectorAll("dfn[data-protocol]")) {
      const protocol = protocols[dataset.protocol].map((place) => phrases[place]).join("");
      dataset.note = dataset.note ? dataset.note + ". " + protocol : protocol;
    }
  }

  function make(name, attributes, ...children) {
    const made = document.createElement(name);
    for (const key in attributes) made.setAttribute(key, attributes[key]);
    made.append(...children);
    return made;
  }

  const status = make("p", { role: "status", class: "status" });
  const say = (words) => {
    status.textContent = words;
    setTimeout(() => { if (status.textContent === words) status.textContent = ""; }, 2500);
  };

  // Sections one below the other become a tab set.
  function tabSet(set, index) {
    const panels = [...set.children].filter((child) => child.matches(".tab"));
    const list = make("div", { role: "tablist", class: "tab-list" });
    const tabs = panels.map((panel, place) => {
      const title = panel.querySelector(".tab-title");
      panel.id = panel.id || `tab-${index}-${place}`;
      const tab = make("button", { type: "button", role: "tab", id: panel.id + "-tab",
        "aria-controls": panel.id });
      tab.append(...(title ? title.cloneNode(true).childNodes : [String(place + 1)]));
      tab.querySelectorAll("a").forEach((a) => a.replaceWith(...a.childNodes));
      panel.setAttribute("role", "tabpanel");
      panel.setAttribute("aria-labelledby", tab.id);
      panel.tabIndex = 0;
      return tab;
    });
    const show = (chosen, focus) => {
      tabs.forEach((tab, place) => {
        tab.setAttribute("aria-selected", place === chosen);
        tab.tabIndex = place === chosen ? 0 : -1;
        panels[place].hidden = place !== chosen;
      });
      if (focus) tabs[chosen].focus();
    };
    tabs.forEach((tab, place) => {
      tab.onclick = () => show(place);
      tab.onkeydown = (event) => {
        const last = tabs.length - 1;
        const next = { ArrowRight: place === last ? 0 : place + 1, ArrowLeft: place ? place - 1 : last,
          Home: 0, End: last }[event.key];
        if (next === undefined) return;
        event.preventDefault();
        show(next, true);
      };
    });
    const reveal = () => {
      const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
      const place = target ? panels.findIndex((panel) => panel.contains(target)) : -1;
      if (place < 0) return;
      show(place);
      target.scrollIntoView();
    };
    list.append(...tabs);
    set.prepend(list);
    show(0);
    reveal();
    addEventListener("hashchange", reveal);
  }

  // A heading's link, followed, is in the clipboard too.
  function copyLinks() {
    document.querySelectorAll("article :is(h2, h3, h4) > a[href^='#']").forEach((link) => {
      link.addEventListener("click", () => {
        if (navigator.clipboard) {
          navigator.clipboard.writeText(link.href).then(() => say("Link copied"), () => {});
        }
      });
    });
  }

  // Escape hides the note that is shown.
  function hideNotes() {
    addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      for (const note of document.querySelectorAll("dfn:hover, dfn:focus")) {
        note.classList.add("quiet");
        const back = () => note.classList.remove("quiet");
        note.addEventListener("mouseleave", back, { once: true });
        note.addEventListener("blur", back, { once: true });
      }
    });
  }

  document.addEventListener("DOMContentLoaded", () => {
    followTheme();
    followScroll();
    document.querySelectorAll("table.sortable").forEach(sortable);
    document.querySelector("header").append(status);
    document.querySelectorAll("div.tabs").forEach(tabSet);
    copyLinks();
    explain();
    hideNotes();
  });

  return { make, say };
})();
