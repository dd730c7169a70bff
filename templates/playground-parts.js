// The playground's two drawing surfaces: a pad to draw on, and the map of codes.
const PlaygroundParts = (() => {
  "use strict";
  const { bytes, floats } = Playground;

  const make = (name, parent, properties = {}, words = "") => {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(properties)) {
      if (key in element) element[key] = value; else element.setAttribute(key, value);
    }
    if (words) element.textContent = words;
    if (parent) parent.append(element);
    return element;
  };
  const button = (parent, words, action, properties = {}) => {
    const result = make("button", parent, { type: "button", ...properties }, words);
    result.addEventListener("click", action);
    return result;
  };

  // An image [height, width, channels] in 0 … 1.
  function paint(canvas, image, [channels, height, width]) {
    if (canvas.width !== width || canvas.height !== height) Object.assign(canvas, { width, height });
    const context = canvas.getContext("2d", { willReadFrequently: true });
    const data = context.createImageData(width, height);
    for (let i = 0; i < width * height; i++) {
      for (let c = 0; c < 3; c++)
        data.data[4 * i + c] = Math.round(255 * image[i * channels + (channels === 3 ? c : 0)]);
      data.data[4 * i + 3] = 255;
    }
    context.putImageData(data, 0, 0);
  }

  const within = (event, element) => {
    const box = element.getBoundingClientRect();
    return [(event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height];
  };

  // Strokes, points in 0 … 1, with a pen of `width` pixels, at scale · point + (dx, dy).
  function ink(context, strokes, scale, dx, dy, width) {
    Object.assign(context, { strokeStyle: "#fff", lineWidth: width, lineCap: "round", lineJoin: "round" });
    for (const stroke of strokes) {
      context.beginPath();
      context.moveTo(scale * stroke[0][0] + dx, scale * stroke[0][1] + dy);
      for (const [x, y] of stroke) context.lineTo(scale * x + dx + .01, scale * y + dy);
      context.stroke();
    }
  }

  // Strokes as MNIST's digits were made: scaled into 20 × 20 of 28 × 28, the centre of mass in the middle.
  function normalized(strokes, [, height, width], binary) {
    const fine = 4, side = Math.min(height, width), box = 20 / 28 * side, pen = 2.2 / 28 * side;
    const xs = strokes.flat().map(([x]) => x), ys = strokes.flat().map(([, y]) => y);
    const [left, right, top, bottom] =
      [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
    const scale = (box - pen) / Math.max(right - left, bottom - top, .15);
    const canvas = make("canvas", null, { width: fine * width, height: fine * height });
    const context = canvas.getContext("2d", { willReadFrequently: true });
    const drawn = (dx, dy) => {
      context.fillRect(0, 0, canvas.width, canvas.height);
      ink(context, strokes, fine * scale, fine * dx, fine * dy, fine * pen);
      const { data } = context.getImageData(0, 0, canvas.width, canvas.height);
      const image = new Float32Array(width * height);
      for (let i = 0; i < data.length / 4; i++) {
        const x = i % canvas.width >> 2, y = Math.floor(i / canvas.width) >> 2;
        image[y * width + x] += data[4 * i] / 255 / fine ** 2;
      }
      return image;
    };
    const dx = (width - scale * (left + right)) / 2, dy = (height - scale * (top + bottom)) / 2;
    let mass = 0, mx = 0, my = 0;
    drawn(dx, dy).forEach((v, i) => {
      mass += v; mx += v * (i % width + .5); my += v * (Math.floor(i / width) + .5);
    });
    const image = drawn(dx + width / 2 - mx / mass, dy + height / 2 - my / mass);
    return binary ? image.map((v) => +(v >= .5)) : image;
  }

  // A pad; `show` is given the drawing, or null when nothing is drawn.
  class Pad {
    constructor(parent, facts, show) {
      const size = 280;
      Object.assign(this, { facts, show, strokes: [], current: null, frame: 0 });
      this.canvas = make("canvas", parent, { className: "pad", width: size, height: size, role: "img",
        "aria-label": "Drawing pad, for a finger, pen or mouse" });
      const row = make("div", parent, { className: "row" });
      this.undo = button(row, "Undo", () => this.change(this.strokes.slice(0, -1)));
      this.clear = button(row, "Clear", () => this.change([]));
      parent.addEventListener("keydown", (event) => {
        if (event.key !== "z" || !(event.ctrlKey || event.metaKey) || this.undo.disabled) return;
        event.preventDefault();
        this.undo.click();
      });
      this.listen();
      this.repaint();
    }
    listen() {
      const { canvas } = this;
      canvas.addEventListener("pointerdown", (event) => {
        if (event.button) return;
        event.preventDefault();
        canvas.setPointerCapture(event.pointerId);
        this.strokes.push(this.current = [within(event, canvas)]);
        this.repaint();
      });
      canvas.addEventListener("pointermove", (event) => {
        if (!this.current) return;
        const seen = event.getCoalescedEvents?.() ?? [];
        this.current.push(...(seen.length ? seen : [event]).map((e) => within(e, canvas)));
        this.repaint();
        this.frame ||= requestAnimationFrame(() => this.tell());
      });
      for (const name of ["pointerup", "pointercancel"]) canvas.addEventListener(name, () => {
        if (!this.current) return;
        this.current = null;
        this.tell();
      });
    }
    repaint() {
      const { canvas, strokes } = this, size = canvas.width;
      const context = canvas.getContext("2d", { willReadFrequently: true });
      context.fillStyle = "#000";
      context.fillRect(0, 0, size, size);
      ink(context, strokes, size, 0, 0, .08 * size);
      this.undo.disabled = this.clear.disabled = !strokes.length;
      if (strokes.length) return;
      Object.assign(context, { fillStyle: "#999", font: "18px sans-serif", textAlign: "center" });
      context.fillText("draw here", size / 2, size / 2);
    }
    tell() {
      cancelAnimationFrame(this.frame);
      this.frame = 0;
      const { strokes, facts } = this;
      this.show(strokes.length ? normalized(strokes, facts.image, facts.binary) : null);
    }
    change(strokes) {
      this.strokes = strokes;
      this.repaint();
      this.tell();
    }
  }

  // Codes of test images in a plane, a ring where the code is; a place that is touched is decoded.
  class CodeMap {
    constructor(parent, facts, code, go) {
      const plane = facts.scatter, [x0, x1, y0, y1] = plane.box;
      Object.assign(this, { code, go, plane, size: facts.latent, frame: floats(plane.frame), trail: [] });
      this.places = Float32Array.from(new Uint16Array(bytes(plane.points).buffer), (v, i) =>
        i & 1 ? y0 + v / 65535 * (y1 - y0) : x0 + v / 65535 * (x1 - x0));
      this.labels = bytes(plane.labels);
      this.canvas = make("canvas", parent, { className: "map", tabIndex: 0, role: "application",
        "aria-label": "Map of codes. Arrow keys move to a place near by and decode it." });
      this.shape = Math.max(Math.min((y1 - y0) / (x1 - x0 || 1), .8), .5);
      this.canvas.style.aspectRatio = 1 / this.shape;
      this.words = make("p", parent, { className: "words" });
      this.classes(parent);
      this.dots = make("canvas");
      this.resize();
      this.listen();
      const resize = () => this.resize();
      new ResizeObserver(resize).observe(this.canvas);
      new MutationObserver(resize).observe(document.documentElement, { attributeFilter: ["data-theme"] });
      matchMedia("(prefers-color-scheme: dark)").addEventListener("change", resize);
    }
    // Dots in the colours of the figures' classes; more than ten take hues all around.
    classes(parent) {
      const { classes } = this.plane, count = Math.max(classes.length, 1);
      const list = make("ul", parent, { className: "classes", hidden: !this.labels.length || count > 20 });
      this.discs = Array.from({ length: count }, (_, label) => {
        const item = make("li", list), dot = document.createElementNS("http://www.w3.org/2000/svg", "svg");
        dot.setAttribute("viewBox", "0 0 2 2");
        dot.setAttribute("aria-hidden", true);
        const disc = dot.appendChild(document.createElementNS(dot.namespaceURI, "circle"));
        for (const name of ["cx", "cy", "r"]) disc.setAttribute(name, 1);
        if (count <= 10) disc.setAttribute("class", `f-${label}`);
        else disc.setAttribute("fill", `hsl(${360 * label / count} 62% ${[42, 58, 50][label % 3]}%)`);
        item.append(dot, classes[label] ?? "");
        return disc;
      });
    }
    // Where a code lies in the plane.
    place(values) {
      return [1, 2].map((row) => {
        let sum = 0;
        for (let i = 0; i < this.size; i++) sum += (values[i] - this.frame[i]) * this.frame[row * this.size + i];
        return sum;
      });
    }
    // A place of the plane as shares of the canvas, and back.
    to([x, y]) {
      const [x0, x1, y0, y1] = this.plane.box, { wide, high, scale } = this;
      return [.5 + (x - (x0 + x1) / 2) * scale / wide, .5 - (y - (y0 + y1) / 2) * scale / high];
    }
    from([u, v]) {
      const [x0, x1, y0, y1] = this.plane.box, { wide, high, scale } = this;
      return [(x0 + x1) / 2 + (u - .5) * wide / scale, (y0 + y1) / 2 - (v - .5) * high / scale];
    }
    at(place) { return this.to(place).map((v, i) => v * [this.wide, this.high][i]); }
    visit([x, y]) {
      const { frame, size } = this;
      this.go(Float32Array.from({ length: size }, (_, i) =>
        frame[i] + x * frame[size + i] + y * frame[2 * size + i]), x, y);
    }
    spot(context, at, radius, full) {
      context.beginPath();
      context.arc(...at, radius, 0, 7);
      context[full ? "fill" : "stroke"]();
    }
    // Whether the prior's circle is seen at all: codes may fill a small part of it.
    get showsPrior() {
      const [x0, x1, y0, y1] = this.plane.box, [a, b] = this.place(new Float32Array(this.size));
      return Array.from({ length: 60 }, (_, i) => [a + 2 * Math.cos(i / 9.55), b + 2 * Math.sin(i / 9.55)])
        .some(([x, y]) => x > x0 && x < x1 && y > y0 && y < y1);
    }
    resize() {
      const { canvas, dots, places, labels } = this, [x0, x1, y0, y1] = this.plane.box, edge = 12;
      const wide = this.wide = canvas.clientWidth || 600, high = this.high = wide * this.shape;
      this.scale = Math.min((wide - 2 * edge) / (x1 - x0 || 1), (high - 2 * edge) / (y1 - y0 || 1));
      const dense = Math.max(devicePixelRatio, 1);
      for (const each of [canvas, dots]) {
        Object.assign(each, { width: Math.round(wide * dense), height: Math.round(high * dense) });
        each.getContext("2d").setTransform(dense, 0, 0, dense, 0, 0);
      }
      const context = dots.getContext("2d"), inks = this.discs.map((disc) => getComputedStyle(disc).fill);
      Object.assign(context, { strokeStyle: getComputedStyle(canvas).color, globalAlpha: .6, lineWidth: 1.5 });
      context.setLineDash([5, 5]);
      this.spot(context, this.at(this.place(new Float32Array(this.size))), 2 * this.scale);
      context.globalAlpha = .75;
      for (let i = 0; i < places.length / 2; i++) {
        context.fillStyle = inks[labels[i] || 0];
        this.spot(context, this.at([places[2 * i], places[2 * i + 1]]), wide < 420 ? 1.8 : 2.4, true);
      }
      this.mark();
    }
    mark() {
      const { canvas, wide, high } = this, context = canvas.getContext("2d"), edge = 12;
      const style = getComputedStyle(canvas), own = this.place(this.code);
      context.clearRect(0, 0, wide, high);
      context.drawImage(this.dots, 0, 0, wide, high);
      context.fillStyle = style.color;
      for (const values of this.trail) this.spot(context, this.at(this.place(values)), 2, true);
      const at = this.at(own).map((v, i) => Math.min(Math.max(v, edge), [wide, high][i] - edge));
      for (const [lineWidth, strokeStyle] of [[6, style.backgroundColor], [2.5, style.color]]) {
        Object.assign(context, { lineWidth, strokeStyle });
        this.spot(context, at, 8);
      }
      if (!this.labels.length) return;
      const label = this.labels[this.nearest(own)];
      this.words.textContent = `Nearest in this plane: a test image of class ${this.plane.classes[label] ?? label}.`;
    }
    nearest([x, y]) {
      let best = Infinity, near = 0;
      for (let i = 0; i < this.places.length / 2; i++) {
        const far = (this.places[2 * i] - x) ** 2 + (this.places[2 * i + 1] - y) ** 2;
        if (far < best) { best = far; near = i; }
      }
      return near;
    }
    show(codes) {
      this.trail = codes;
      this.mark();
    }
    listen() {
      const { canvas } = this;
      let drags = false;
      canvas.addEventListener("pointerdown", (event) => {
        if (event.button) return;
        drags = true;
        canvas.setPointerCapture(event.pointerId);
        this.visit(this.from(within(event, canvas)));
      });
      canvas.addEventListener("pointermove", (event) => {
        if (drags) this.visit(this.from(within(event, canvas)));
      });
      for (const name of ["pointerup", "pointercancel"])
        canvas.addEventListener(name, () => { drags = false; });
      canvas.addEventListener("keydown", (event) => {
        const step = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] }[event.key];
        if (!step) return;
        event.preventDefault();
        this.visit(this.place(this.code).map((v, i) => v + step[i] * 10 / this.scale));
      });
    }
  }

  return { make, button, paint, Pad, CodeMap };
})();
