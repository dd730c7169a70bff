// The playground: controls around a trained model, in place of the drawn figure.
(() => {
  "use strict";
  const { bytes, Model, straight, sphere, normals } = Playground;
  const { make, button, paint, Pad, CodeMap } = PlaygroundParts;
  const cells = 9, valueAt = (cell) => cell - 4, signed = (text) => text.replace("-", "−");

  // Draws what can wait, a few milliseconds a frame; what was drawn longest ago comes first.
  const wishes = new Set();
  let frame = 0;
  function settle(end = Infinity) {
    for (const wish of wishes) {
      wishes.delete(wish);
      wish();
      if (performance.now() > end) break;
    }
    frame = wishes.size ? requestAnimationFrame(() => settle(performance.now() + 10)) : 0;
  }
  function later(list) {
    list.forEach((wish) => wishes.add(wish));
    frame ||= requestAnimationFrame(() => settle(performance.now() + 10));
  }

  const group = (parent, title, className) => {
    const set = make("fieldset", parent, { className });
    make("legend", set, {}, title);
    return set;
  };
  const row = (parent) => make("div", parent, { className: "row" });
  const choice = (parent, words, options, change) => {
    const select = make("select", make("label", parent, {}, words + " "));
    options.forEach((text, value) => make("option", select, { value }, text));
    select.addEventListener("change", change);
    return select;
  };
  const range = (parent, properties, input) => {
    const result = make("input", parent, { type: "range", ...properties });
    result.value = properties.value;
    result.addEventListener("input", input);
    return result;
  };

  class Bench {
    constructor(place) {
      const read = (name) => place.querySelector(".playground-" + name).textContent;
      const facts = this.facts = JSON.parse(read("model"));
      this.model = new Model(facts, read("weights"));
      this.code = new Float32Array(facts.latent);
      this.drawing = null;
      const pixels = facts.image.reduce((a, b) => a * b), images = bytes(facts.images);
      this.pictures = facts.names.map((_, i) =>
        Float32Array.from(images.subarray(i * pixels, (i + 1) * pixels), (v) => v / 255));
      this.screens(place.querySelector("figure"));
      this.start();
      this.prior();
      if (facts.image[0] === 1) this.pad();
      if (facts.scatter) this.chart();
      this.dimensions();
      this.across();
      this.route();
      this.walk();
      this.middle();
    }

    // The figure keeps its number, caption and place; only its drawing gives way.
    screens(figure) {
      const drawing = figure.querySelector(".drawing");
      const bench = make("div", null, { className: "bench", role: "group",
        "aria-label": "Playground: the trained model" });
      drawing.before(bench);
      for (const each of [drawing, ...figure.querySelectorAll(".tools")]) each.hidden = true;
      figure.classList.add("wide");
      const side = make("div", bench, { className: "seen" }), pair = make("div", side, { className: "pair" });
      const screen = (className, label) => {
        const item = make("div", pair, { className });
        const canvas = make("canvas", item, { role: "img", "aria-label": label });
        return { item, canvas, words: make("span", item, { className: "words" }, className) };
      };
      this.id = figure.id;
      this.canvas = screen("decoded", "The image that the code decodes to").canvas;
      this.original = screen("original", "The image that was encoded");
      this.status = make("p", side, { className: "doing", role: "status" });
      this.terms = make("dl", side, { className: "terms" });
      this.main = make("div", bench, { className: "controls" });
      const { megabytes } = this.model, foot = make("p", bench, { className: "words foot" },
        `${megabytes.toFixed(megabytes < 10 ? 2 : 1)} MB of weights, eight bits each, computed by this page: `);
      this.speed = make("span", foot);
      foot.append(". Nothing is sent anywhere.");
    }

    // Terms of the bound where there is an image, and the code's length.
    tell(outputs) {
      const { subject, code, terms } = this, size = code.length;
      const row = (name, text, title) => {
        const item = make("div", terms, { title });
        make("dt", item, {}, name);
        make("dd", item, {}, text);
      };
      terms.replaceChildren();
      if (subject) {
        const nats = this.model.nats(outputs, subject.image), { kl } = subject.posterior;
        const price = (value) => signed(value.toLocaleString("en", { minimumFractionDigits: 1, maximumFractionDigits: 1 })) + " nats";
        row("Reconstruction", price(nats), "−log p(x|z) at the code z that is shown");
        row("KL", price(kl), "of the encoder's posterior of this image to the prior");
        if (subject.isMean)
          row("Sum", price(nats + kl), "minus the bound, with the posterior's mean in place of a draw");
      }
      row("Length of z", Math.hypot(...code).toFixed(2),
        `a draw from the prior is about ${Math.sqrt(size).toFixed(1)} long`);
    }
    refresh() {
      for (const each of this.sliders) each.follow();
      const outputs = this.model.outputs(this.code);
      paint(this.canvas, this.model.mean(outputs), this.facts.image);
      this.original.item.hidden = !this.subject;
      this.tell(outputs);
      this.plane?.mark();
      later(this.traverse.wishes);
    }

    // A new code, what it is, the image that it encodes, and codes to show on the way.
    set(values, words, subject = null, trail = []) {
      this.code.set(values);
      this.subject = subject;
      if (subject) {
        paint(this.original.canvas, subject.image, this.facts.image);
        this.original.words.textContent = subject.name;
      }
      this.status.textContent = words;
      this.thumbs.forEach((thumb, i) => thumb.setAttribute("aria-pressed", subject?.index === i));
      this.plane?.show(trail);
      this.refresh();
    }
    middle() { this.set(new Float32Array(this.code.length), "The middle of the prior."); }
    move(dimension, value) {
      this.code[dimension] = value;
      if (this.subject) this.subject.isMean = false;
      this.refresh();
    }
    encode(image, words, index) {
      const posterior = this.model.encode(image), name = index === undefined ? "drawing" : "original";
      this.set(posterior.mean, `${words}, encoded and decoded: KL ${posterior.kl.toFixed(1)} nats.`,
        { image, posterior, index, name, isMean: true });
    }

    start() {
      const shelf = make("div", group(this.main, "Start from a test image", "start"), { className: "shelf" });
      this.thumbs = this.pictures.map((image, i) => {
        const name = `Test image ${i + 1}, ${this.facts.names[i]}`;
        const thumb = button(shelf, "", () => this.encode(image, name, i), { "aria-label": name, title: name });
        paint(make("canvas", thumb), image, this.facts.image);
        return thumb;
      });
    }
    prior() {
      const set = group(this.main, "or draw from the prior", "prior"), line = row(set), settings = row(set);
      button(line, "Sample", () => this.sample(), { className: "strong" });
      button(line, "Next seed", () => {
        this.seed.value = +this.seed.value + 1;
        this.sample();
      });
      button(line, "Middle", () => this.middle());
      this.seed = make("input", make("label", settings, {}, "Seed "),
        { type: "number", value: 1, min: 0, step: 1, className: "seed" });
      this.seed.addEventListener("change", () => this.sample());
      const label = make("label", settings, {}, "Temperature ");
      this.heat = range(label, { min: 0, max: 2, step: .05, value: 1, className: "heat" }, () => {
        degrees.textContent = (+this.heat.value).toFixed(2);
        this.sample();
      });
      const degrees = make("output", label, {}, "1.00");
    }
    sample() {
      const normal = normals(+this.seed.value), heat = +this.heat.value;
      this.set(this.code.map(() => normal() * heat),
        `A draw from the prior: seed ${this.seed.value}, temperature ${heat.toFixed(2)}.`);
    }
    pad() {
      new Pad(group(this.main, "or draw by hand", "draw"), this.facts, (image) => {
        const own = this.walkFrom.lastChild, isWalked = own.selected;
        this.drawing = image;
        own.disabled = !image;
        if (isWalked && !image) this.walkFrom.value = 0;
        if (isWalked) this.walk();
        if (image) this.encode(image, "Your drawing"); else this.middle();
      });
    }
    chart() {
      const set = group(this.main, "Map of test images' codes", "chart");
      this.plane = new CodeMap(set, this.facts, this.code, (values, x, y) =>
        this.set(values, `The place ${signed(x.toFixed(2))}, ${signed(y.toFixed(2))} of the map, decoded.`));
      make("p", set, { className: "words" }, (this.facts.scatter.direct ? "The two dimensions of the code. "
        : "The plane of the codes' two principal directions. ")
        + "The ring is the code that is shown; touch a place to decode it."
        + (this.plane.showsPrior ? " Dashed: two standard deviations of the prior." : ""));
    }

    dimensions() {
      const set = group(this.main, "Dimensions, the most used first", "dimensions"), { facts, code } = this;
      make("p", set, { className: "words" }, "Below each name, its KL in nats, mean over the test images.");
      const rack = make("div", set, { className: "sliders" });
      this.sliders = facts.order.slice(0, facts.sliders).map((dimension) => {
        const nats = facts.kl[dimension].toFixed(2);
        const label = make("label", rack), name = make("span", label, {}, `z${dimension}`);
        make("small", name, {}, nats);
        const input = range(label, { min: -4, max: 4, step: .05, value: 0,
          "aria-label": `Dimension ${dimension}, KL ${nats} nats` }, () => this.move(dimension, +input.value));
        const output = make("output", label);
        return { dimension, input, follow: () => {
          input.value = code[dimension];
          output.textContent = signed(code[dimension].toFixed(2));
        } };
      });
    }

    // A row of decodings; `codeAt` says which code a cell shows, `go` what a touch does.
    strip(parent, label, codeAt, go, text) {
      const line = make("div", parent, { className: "strip", role: "group", "aria-label": label });
      const list = Array.from({ length: cells }, (_, i) => {
        const cell = button(line, "", () => go(i)), canvas = make("canvas", cell);
        make("span", cell, {}, text(i));
        return { cell, canvas };
      });
      const wishes = list.map(({ canvas }, i) => () => {
        const from = performance.now();
        paint(canvas, this.model.decode(codeAt(i)), this.facts.image);
        this.time = Math.min(this.time ?? Infinity, Math.max(performance.now() - from, .1));
        this.speed.textContent = `${this.time.toFixed(1)} ms an image`;
      });
      return { cells: list, wishes };
    }
    across() {
      const set = group(this.main, "Traverse one of them", "traverse"), { order, kl } = this.facts;
      this.dimension = choice(row(set), "Along", order.map((d) => `z${d} · ${kl[d].toFixed(2)} nats`),
        () => later(this.traverse.wishes));
      const chosen = () => order[+this.dimension.value];
      this.traverse = this.strip(set, "Decodings along the dimension", (i) => {
        const values = this.code.slice();
        values[chosen()] = valueAt(i);
        return values;
      }, (i) => this.move(chosen(), valueAt(i)), (i) => signed(String(valueAt(i))));
    }

    route() {
      const set = group(this.main, "Walk from one image to another", "walk"), ends = row(set);
      const names = this.facts.names.map((name, i) => `${i + 1}: ${name}`), walk = () => this.walk();
      this.walkFrom = choice(ends, "From", [...names, "your drawing"], walk);
      this.walkTo = choice(ends, "to", names, walk);
      this.walkFrom.lastChild.disabled = true;
      this.walkTo.value = Math.min(1, names.length - 1);
      this.ways = [this.way(set, "straight", straight), this.way(set, "on the sphere", sphere)];
      this.ways[0].radio.checked = true;
      const label = make("label", set, { className: "along" }, "Where on the way ");
      this.far = range(label, { min: 0, max: 1, step: .005, value: 0 }, () => this.step());
    }
    way(parent, words, path) {
      const item = make("div", parent, { className: "way" }), label = make("label", item);
      const radio = make("input", label, { type: "radio", name: this.id + "-way" });
      label.append(" " + words);
      radio.addEventListener("change", () => this.step());
      const at = (t) => path(...this.means, t);
      const strip = this.strip(item, `Decodings of the walk, ${words}`, (i) => at(i / (cells - 1)), (i) => {
        radio.checked = true;
        this.far.value = i / (cells - 1);
        this.step();
      }, (i) => "0⅛¼⅜½⅝¾⅞1"[i]);
      return { words, radio, at, strip };
    }
    walk() {
      const from = this.pictures[+this.walkFrom.value] ?? this.drawing, to = this.pictures[+this.walkTo.value];
      this.means = [from, to].map((image) => this.model.encode(image).mean);
      later(this.ways.flatMap((way) => way.strip.wishes));
    }
    step() {
      const way = this.ways.find(({ radio }) => radio.checked), t = +this.far.value;
      this.set(way.at(t), `${Math.round(100 * t)} % of the way, ${way.words}.`, null,
        Array.from({ length: 17 }, (_, i) => way.at(i / 16)));
    }
    settle() { settle(); }
  }

  document.addEventListener("DOMContentLoaded", () => document.querySelectorAll(".playground")
    .forEach((place) => { place.playground = new Bench(place); }));
})();
