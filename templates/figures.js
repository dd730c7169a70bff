// Buttons at each figure: a larger view, and the drawing as a file.
(() => {
  "use strict";
  const { make, say } = Page;

  // The drawing by itself: with the colours it has now, on the page's ground.
  function standalone(svg) {
    const copy = svg.cloneNode(true);
    const [, , width, height] = svg.getAttribute("viewBox").split(" ").map(Number);
    const originals = svg.querySelectorAll("[class]");
    copy.querySelectorAll("[class]").forEach((element, index) => {
      const style = getComputedStyle(originals[index]);
      for (const name of ["fill", "stroke"]) {
        if (element.matches(`[class*="${name[0]}-"]`)) element.setAttribute(name, style[name]);
      }
      element.removeAttribute("class");
    });
    copy.setAttribute("width", width);
    copy.setAttribute("height", height);
    const ground = document.createElementNS("http://www.w3.org/2000/svg", "rect");
    ground.setAttribute("width", "100%");
    ground.setAttribute("height", "100%");
    ground.setAttribute("fill", getComputedStyle(document.body).backgroundColor);
    copy.prepend(ground);
    return { text: new XMLSerializer().serializeToString(copy), width, height };
  }

  function save(blob, name) {
    const address = URL.createObjectURL(blob);
    make("a", { href: address, download: name }).click();
    setTimeout(() => URL.revokeObjectURL(address), 10000);
    say("Saved " + name);
  }

  const saveSVG = (svg, name) =>
    save(new Blob([standalone(svg).text], { type: "image/svg+xml" }), name + ".svg");

  function savePNG(svg, name) {
    const { text, width, height } = standalone(svg);
    const scale = Math.max(2, 1600 / width);
    const image = new Image();
    image.onload = () => {
      const canvas = make("canvas", { width: Math.round(width * scale),
        height: Math.round(height * scale) });
      canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
      canvas.toBlob((blob) => save(blob, name + ".png"));
    };
    image.src = "data:image/svg+xml," + encodeURIComponent(text);
  }

  // The drawing itself goes into the dialog and back: a copy would repeat its ids.
  function enlarge(svg, name) {
    const place = svg.parentNode, next = svg.nextSibling;
    const close = make("button", { type: "button", "aria-label": "Close" }, "✕");
    const dialog = make("dialog", { class: "zoom figure", "aria-label": name }, close);
    const [, , width, height] = svg.getAttribute("viewBox").split(" ").map(Number);
    dialog.style.setProperty("--shape", width / height);
    place.style.minHeight = place.offsetHeight + "px";
    dialog.append(svg);
    document.body.append(dialog);
    close.onclick = () => dialog.close();
    dialog.onclick = (event) => { if (event.target === dialog) dialog.close(); };
    dialog.onclose = () => {
      place.insertBefore(svg, next);
      place.style.minHeight = "";
      dialog.remove();
    };
    dialog.showModal();
  }

  function figureTools(figure) {
    const svg = figure.querySelector(".canvas svg"), caption = figure.querySelector("figcaption");
    if (!svg || !caption) return;
    const number = caption.querySelector(".number");
    const name = number ? number.textContent : "Figure";
    const tool = (words, label, action) => {
      const button = make("button", { type: "button", "aria-label": `${label} ${name}` }, words);
      button.onclick = action;
      return button;
    };
    const tools = make("span", { class: "tools" },
      tool("Enlarge", "Enlarge", () => enlarge(svg, name)),
      tool("SVG", "Save as SVG:", () => saveSVG(svg, figure.id)),
      tool("PNG", "Save as PNG:", () => savePNG(svg, figure.id)));
    caption.insertBefore(tools, caption.querySelector("details"));
  }

  document.addEventListener("DOMContentLoaded", () =>
    document.querySelectorAll("figure.figure").forEach(figureTools));
})();
