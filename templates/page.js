(() => {
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
          const note = cell.querySelector("dfn > i");
          const all = cell.textContent.trim();
          const text = note ? all.slice(0, all.length - note.textContent.trim().length) : all;
          const plain = cell.dataset.key || text.replace(/\u2212/g, "-").replace(/\u202f/g, "");
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

  // A value's note gets its protocol, which the record holds once.
  function explain() {
    const record = JSON.parse(document.getElementById("record").textContent);
    for (const noted of document.querySelectorAll("dfn[data-value]")) {
      const protocol = (record.values[noted.dataset.value] || {}).protocol;
      const note = noted.querySelector("i");
      if (protocol && note.textContent !== protocol) note.append(". " + protocol);
    }
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
    explain();
    hideNotes();
  });
})();
