(() => {
  "use strict";
  const bytes = (text) => {
    const plain = atob(text), result = new Uint8Array(plain.length);
    for (let i = 0; i < plain.length; i++) result[i] = plain.charCodeAt(i);
    return result;
  };

  // Weights to float32, [tap][in][out]; where few channels come out, [tap][out][in].
  function prepare(ops, weights, numbers) {
    for (const op of ops) {
      if (op.branch) { prepare(op.branch, weights, numbers); prepare(op.shortcut, weights, numbers); }
      if (op.weights === undefined) continue;
      const rows = op.channels, taps = op.kernel ? op.kernel * op.kernel : 1;
      const inputs = op.kernel ? op.input[0] : op.input[0] * op.input[1] * op.input[2];
      const scale = numbers.subarray(op.scales, op.scales + rows);
      op.bias = numbers.subarray(op.scales + rows, op.scales + 2 * rows);
      op.rows = rows; op.inputs = inputs; op.narrow = rows < 8;
      op.values = new Float32Array(taps * inputs * rows);
      let from = op.weights;
      for (let tap = 0; tap < taps; tap++) for (let i = 0; i < inputs; i++) for (let o = 0; o < rows; o++) {
        const to = op.narrow ? (tap * rows + o) * inputs + i : (tap * inputs + i) * rows + o;
        op.values[to] = weights[from++] * scale[o];
      }
    }
  }

  // Adds the products of one input position (the numbers that are not zero) at one output position.
  function add(op, tap, found, places, x, y, start) {
    const { values, rows, inputs } = op;
    if (op.narrow) {
      for (let o = 0; o < rows; o++) {
        const base = (tap * rows + o) * inputs;
        let sum = 0;
        for (let j = 0; j < found; j++) sum += x[j] * values[base + places[j]];
        y[start + o] += sum;
      }
      return;
    }
    const base = tap * inputs;
    let j = 0;
    for (; j + 3 < found; j += 4) {
      const a = x[j], b = x[j + 1], c = x[j + 2], d = x[j + 3];
      const p = (base + places[j]) * rows, q = (base + places[j + 1]) * rows;
      const r = (base + places[j + 2]) * rows, s = (base + places[j + 3]) * rows;
      for (let o = 0; o < rows; o++)
        y[start + o] += a * values[p + o] + b * values[q + o] + c * values[r + o] + d * values[s + o];
    }
    for (; j < found; j++) {
      const a = x[j], p = (base + places[j]) * rows;
      for (let o = 0; o < rows; o++) y[start + o] += a * values[p + o];
    }
  }

  function weighted(op, input) {
    const count = op.output[0] * op.output[1] * op.output[2], rows = op.rows, inputs = op.inputs;
    const y = new Float32Array(count);
    for (let i = 0; i < count; i += rows) y.set(op.bias, i);
    const x = new Float32Array(inputs), places = new Int32Array(inputs);
    const [, height, width] = op.kernel ? op.input : [0, 1, 1], [, high, wide] = op.output;
    const k = op.kernel || 1, s = op.stride || 1, p = op.padding || 0, down = op.op === "conv";
    for (let row = 0; row < height; row++) for (let column = 0; column < width; column++) {
      const first = (row * width + column) * inputs;
      let found = 0;
      for (let i = 0; i < inputs; i++) {
        const value = input[first + i];
        if (value !== 0) { x[found] = value; places[found++] = i; }
      }
      if (!found) continue;
      if (!op.kernel) { add(op, 0, found, places, x, y, 0); continue; }
      for (let ky = 0; ky < k; ky++) {
        let v = down ? row + p - ky : row * s - p + ky;
        if (down) { if (v % s) continue; v /= s; }
        if (v < 0 || v >= high) continue;
        for (let kx = 0; kx < k; kx++) {
          let u = down ? column + p - kx : column * s - p + kx;
          if (down) { if (u % s) continue; u /= s; }
          if (u < 0 || u >= wide) continue;
          add(op, ky * k + kx, found, places, x, y, (v * wide + u) * rows);
        }
      }
    }
    if (op.relu) for (let i = 0; i < count; i++) if (y[i] < 0) y[i] = 0;
    return y;
  }

  function run(ops, input) {
    let x = input;
    for (const op of ops) {
      if (op.op === "residual") {
        const a = run(op.branch, x), b = run(op.shortcut, x);
        x = a.map((value, i) => value + b[i]);
      } else if (op.op === "relu") x = x.map((value) => Math.max(value, 0));
      else if (op.op === "sigmoid") x = x.map((value) => 1 / (1 + Math.exp(-value)));
      else x = weighted(op, x);
    }
    return x;
  }

  class Model {
    constructor(facts, weights) {
      this.facts = facts;
      const numbers = new Float32Array(bytes(facts.numbers).buffer);
      const steps = new Int8Array(bytes(weights).buffer);
      prepare(facts.encoder, steps, numbers);
      prepare(facts.decoder, steps, numbers);
      this.slope = facts.symmetric ? 2 : 1;
    }
    // Mean image in 0 … 1, [height, width, channels].
    decode(code) {
      return run(this.facts.decoder, Float32Array.from(code)).map((o) => 1 / (1 + Math.exp(-this.slope * o)));
    }
    // Means and log-variances of an image in 0 … 1.
    encode(image) {
      const x = this.facts.symmetric ? image.map((v) => 2 * v - 1) : image;
      const y = run(this.facts.encoder, x), size = this.facts.latent;
      return { mean: y.slice(0, size), logvar: y.slice(size).map((v) => Math.min(Math.max(v, -30), 20)) };
    }
  }

  // Seeded uniform numbers (mulberry32) and pairs of normal ones (Box and Muller).
  function normals(seed) {
    let state = seed >>> 0;
    const uniform = () => {
      state = (state + 0x6d2b79f5) >>> 0;
      let t = Math.imul(state ^ (state >>> 15), state | 1);
      t = (t + Math.imul(t ^ (t >>> 7), t | 61)) ^ t;
      return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
    };
    return () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform());
  }

  const make = (name, parent, properties = {}, words = "") => {
    const element = Object.assign(document.createElement(name), properties);
    if (words) element.textContent = words;
    if (parent) parent.append(element);
    return element;
  };

  function paint(canvas, image, [channels, height, width]) {
    canvas.width = width; canvas.height = height;
    const context = canvas.getContext("2d", { willReadFrequently: true });
    const data = context.createImageData(width, height);
    for (let i = 0; i < width * height; i++) {
      for (let c = 0; c < 3; c++)
        data.data[4 * i + c] = Math.round(255 * image[i * channels + (channels === 3 ? c : 0)]);
      data.data[4 * i + 3] = 255;
    }
    context.putImageData(data, 0, 0);
  }

  // A drawing as MNIST's were made: scaled into 20 × 20, its centre of mass in the middle.
  function centred(pad, [, height, width]) {
    const size = pad.width, source = pad.getContext("2d").getImageData(0, 0, size, size).data;
    let left = size, right = -1, top = size, bottom = -1, mass = 0, mx = 0, my = 0;
    for (let y = 0; y < size; y++) for (let x = 0; x < size; x++) {
      const v = source[4 * (y * size + x)];
      if (v < 8) continue;
      left = Math.min(left, x); right = Math.max(right, x);
      top = Math.min(top, y); bottom = Math.max(bottom, y);
      mass += v; mx += v * (x + .5); my += v * (y + .5);
    }
    if (right < 0) return null;
    const scale = 20 / 28 * Math.min(height, width) / Math.max(right - left + 1, bottom - top + 1);
    const fine = document.createElement("canvas");
    fine.width = 4 * width; fine.height = 4 * height;
    const context = fine.getContext("2d", { willReadFrequently: true });
    context.fillStyle = "#000";
    context.fillRect(0, 0, fine.width, fine.height);
    context.drawImage(pad, fine.width / 2 - 4 * scale * mx / mass, fine.height / 2 - 4 * scale * my / mass,
      4 * scale * size, 4 * scale * size);
    const data = context.getImageData(0, 0, fine.width, fine.height).data;
    const image = new Float32Array(width * height);
    for (let y = 0; y < fine.height; y++) for (let x = 0; x < fine.width; x++)
      image[(y >> 2) * width + (x >> 2)] += data[4 * (y * fine.width + x)] / 255 / 16;
    return image;
  }

  // Codes of test images in a plane, a ring where the code is; a click decodes the place.
  function scatter(parent, { scatter: plane, latent: size }, code, set) {
    make("h3", parent, {}, "Where the code lies among those of test images").style.marginTop = "1rem";
    const canvas = make("canvas", parent, { className: "map", width: 640, height: 440, tabIndex: 0 });
    canvas.setAttribute("role", "application");
    canvas.setAttribute("aria-label", "Plane of codes: click, or use the arrow keys, to decode a place");
    const words = make("div", parent, { className: "words" });
    const colours = ["#4477aa", "#ee6677", "#228833", "#ccbb44", "#66ccee", "#aa3377", "#ee7733", "#009988",
      "#cc3311", "#999999"];
    const count = plane.points.length / 2;
    const low = [Infinity, Infinity], high = [-Infinity, -Infinity];
    plane.points.forEach((v, i) => {
      low[i & 1] = Math.min(low[i & 1], v / 1000); high[i & 1] = Math.max(high[i & 1], v / 1000);
    });
    const scale = Math.min(600 / (high[0] - low[0] || 1), 400 / (high[1] - low[1] || 1));
    const middle = [(low[0] + high[0]) / 2, (low[1] + high[1]) / 2];
    const to = (x, y) => [320 + (x - middle[0]) * scale, 220 - (y - middle[1]) * scale];
    const own = () => [0, 1].map((axis) => {
      let sum = 0;
      for (let i = 0; i < size; i++) sum += (code[i] - plane.mean[i]) * plane.axes[axis * size + i];
      return sum;
    });
    function mark() {
      const context = canvas.getContext("2d"), [x, y] = to(...own());
      context.clearRect(0, 0, 640, 440);
      context.globalAlpha = .6;
      for (let i = 0; i < count; i++) {
        context.fillStyle = colours[(plane.labels[i] || 0) % colours.length];
        context.beginPath();
        context.arc(...to(plane.points[2 * i] / 1000, plane.points[2 * i + 1] / 1000), 3, 0, 7);
        context.fill();
      }
      context.globalAlpha = 1;
      context.strokeStyle = getComputedStyle(canvas).color;
      context.lineWidth = 3;
      context.beginPath();
      context.arc(Math.min(Math.max(x, 10), 630), Math.min(Math.max(y, 10), 430), 9, 0, 7);
      context.stroke();
      const near = plane.points.reduce((best, _, i) => {
        if (i & 1) return best;
        const [u, v] = own(), far = (plane.points[i] / 1000 - u) ** 2 + (plane.points[i + 1] / 1000 - v) ** 2;
        return far < best.far ? { far, i: i / 2 } : best;
      }, { far: Infinity, i: 0 });
      const label = plane.labels[near.i];
      words.textContent = label === undefined ? "" :
        `The nearest test image in this plane is of class ${plane.classes[label] ?? label}.`;
    }
    const go = (x, y) => set(Float32Array.from({ length: size }, (_, i) =>
      plane.mean[i] + x * plane.axes[i] + y * plane.axes[size + i]),
      `The place ${x.toFixed(2)}, ${y.toFixed(2)} of the plane.`);
    canvas.addEventListener("click", (event) => {
      const box = canvas.getBoundingClientRect();
      go(middle[0] + ((event.clientX - box.left) * 640 / box.width - 320) / scale,
        middle[1] - ((event.clientY - box.top) * 440 / box.height - 220) / scale);
    });
    canvas.addEventListener("keydown", (event) => {
      const step = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] }[event.key];
      if (!step) return;
      event.preventDefault();
      const [x, y] = own();
      go(x + step[0] * 12 / scale, y + step[1] * 12 / scale);
    });
    document.getElementById("theme")?.addEventListener("click", () => setTimeout(mark));
    return { mark };
  }

  function build(place) {
    const facts = JSON.parse(place.querySelector(".playground-model").textContent);
    const weights = place.querySelector(".playground-weights").textContent;
    const model = new Model(facts, weights);
    const size = facts.latent, pixels = facts.image[0] * facts.image[1] * facts.image[2];
    const code = new Float32Array(size);
    const figure = place.querySelector("figure");
    const bench = make("div", null, { className: "bench" });
    bench.setAttribute("role", "group");
    bench.setAttribute("aria-label", "Playground: the trained model");
    // The figure keeps its number, caption and place; only its drawing gives way.
    const drawing = figure.querySelector(".drawing");
    drawing.before(bench);
    drawing.hidden = true;
    for (const tools of figure.querySelectorAll(".tools")) tools.hidden = true;
    figure.classList.add("wide");
    const side = make("div", bench), main = make("div", bench);
    const canvas = make("canvas", side, { className: "decoded" });
    canvas.setAttribute("role", "img");
    canvas.setAttribute("aria-label", "The image that the code decodes to");
    const words = make("div", side, { className: "words" }, "Move a slider.");
    words.setAttribute("aria-live", "polite");

    make("h3", main, {}, "Latent dimensions, the most used first");
    const sliders = make("div", main, { className: "sliders" });
    const shown = facts.order.slice(0, facts.sliders).map((dimension) => {
      const label = make("label", sliders);
      make("span", label, { title: `KL ${facts.kl[dimension].toFixed(2)} nats` }, `z${dimension}`);
      const input = make("input", label, { type: "range", min: -4, max: 4, step: .05, value: 0 });
      const output = make("output", label, {}, "0.00");
      input.addEventListener("input", () => { code[dimension] = +input.value; refresh(); });
      return { dimension, input, output };
    });
    function refresh() {
      for (const { dimension, input, output } of shown) {
        input.value = code[dimension];
        output.textContent = code[dimension].toFixed(2);
      }
      paint(canvas, model.decode(code), facts.image);
      if (map) map.mark();
    }
    let map = null;
    const set = (values, text) => { code.set(values); refresh(); words.textContent = text; };

    const row = () => make("div", main, { className: "row" });
    const button = (parent, text, action) => {
      make("button", parent, { type: "button" }, text).addEventListener("click", action);
    };
    const images = bytes(facts.images), seen = (i) =>
      Float32Array.from(images.subarray(i * pixels, (i + 1) * pixels), (v) => v / 255);
    function show(image, name) {
      const { mean, logvar } = model.encode(image);
      const x = model.decode(mean);
      let kl = 0, nats = 0;
      for (let i = 0; i < size; i++) kl += (mean[i] ** 2 + Math.exp(logvar[i]) - 1 - logvar[i]) / 2;
      if (facts.likelihood === "bce") for (let i = 0; i < pixels; i++) {
        const q = Math.min(Math.max(x[i], 1e-7), 1 - 1e-7);
        nats -= image[i] * Math.log(q) + (1 - image[i]) * Math.log(1 - q);
      }
      const price = facts.likelihood === "bce" ? `reconstruction at the mean code ${nats.toFixed(1)} nats, ` : "";
      set(mean, `${name}: ${price}KL ${kl.toFixed(1)} nats.`);
    }

    const first = row();
    first.style.marginTop = "1rem";
    button(first, "Reset", () => set(new Float32Array(size), "The middle of the prior."));
    const seed = make("input", make("label", first, {}, "Seed "), { type: "number", value: 1, min: 0 });
    const heat = make("input", make("label", first, {}, "Temperature "),
      { type: "number", value: 1, min: 0, max: 3, step: .1 });
    button(first, "Sample the prior", () => {
      const normal = normals(+seed.value);
      set(code.map(() => normal() * +heat.value), `Seed ${seed.value}, temperature ${heat.value}.`);
      seed.value = +seed.value + 1;
    });

    const second = row(), choice = (text) => {
      const select = make("select", make("label", second, {}, text));
      facts.names.forEach((name, i) => make("option", select, { value: i }, `${i + 1}: ${name}`));
      return select;
    };
    const from = choice("Test image "), to = choice("to ");
    to.selectedIndex = Math.min(1, facts.names.length - 1);
    from.addEventListener("change", () => show(seen(+from.value), `Test image ${+from.value + 1}`));
    button(second, "Encode", () => show(seen(+from.value), `Test image ${+from.value + 1}`));
    const third = row(), round = make("select", make("label", third, {}, "Interpolate "));
    make("option", round, { value: "straight" }, "straight");
    make("option", round, { value: "sphere" }, "on the sphere");
    const way = make("input", third, { type: "range", min: 0, max: 1, step: .01, value: 0 });
    way.setAttribute("aria-label", "How far from the first image to the second");
    way.style.maxWidth = "14rem";
    way.addEventListener("input", () => {
      const a = model.encode(seen(+from.value)).mean, b = model.encode(seen(+to.value)).mean;
      const t = +way.value, dot = (p, q) => p.reduce((sum, v, i) => sum + v * q[i], 0);
      const cosine = dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b) || 1);
      const angle = Math.acos(Math.min(Math.max(cosine, -1), 1));
      const bent = round.value === "sphere" && Math.sin(angle) > 1e-4;
      const [p, q] = bent
        ? [Math.sin((1 - t) * angle) / Math.sin(angle), Math.sin(t * angle) / Math.sin(angle)] : [1 - t, t];
      set(a.map((v, i) => p * v + q * b[i]), `${Math.round(100 * t)} % of the way.`);
    });

    if (facts.image[0] === 1) {
      make("h3", side, {}, "Draw one").style.marginTop = "1rem";
      const pad = make("canvas", side, { className: "pad", width: 224, height: 224 });
      pad.setAttribute("role", "img");
      pad.setAttribute("aria-label", "Drawing pad; the drawing is encoded and reconstructed above");
      const ink = pad.getContext("2d", { willReadFrequently: true });
      const clear = () => { ink.fillStyle = "#000"; ink.fillRect(0, 0, 224, 224); };
      clear();
      let last = null;
      const at = (e) => {
        const box = pad.getBoundingClientRect();
        return [(e.clientX - box.left) * 224 / box.width, (e.clientY - box.top) * 224 / box.height];
      };
      pad.addEventListener("pointerdown", (e) => { pad.setPointerCapture(e.pointerId); last = at(e); });
      pad.addEventListener("pointermove", (e) => {
        if (!last) return;
        const now = at(e);
        Object.assign(ink, { strokeStyle: "#fff", lineWidth: 18, lineCap: "round" });
        ink.beginPath(); ink.moveTo(...last); ink.lineTo(...now); ink.stroke();
        last = now;
      });
      const end = () => {
        last = null;
        const image = centred(pad, facts.image);
        if (image) show(image, "Your drawing");
      };
      pad.addEventListener("pointerup", end);
      pad.addEventListener("pointercancel", end);
      const below = make("div", side, { className: "row" });
      below.style.marginTop = ".5rem";
      button(below, "Clear", clear);
    }
    const million = (weights.length / 1e6).toFixed(1);
    make("div", main, { className: "words" },
      `Weights of 8 bits, ${million} MB, computed here by this page; nothing is sent anywhere.`);
    if (facts.scatter) map = scatter(main, facts, code, set);
    refresh();
    place.playground = { model, facts, canvas, code, set, bytes };
  }

  document.addEventListener("DOMContentLoaded", () =>
    document.querySelectorAll(".playground").forEach(build));
})();
