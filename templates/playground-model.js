// A trained VAE of eight bits a weight: its arithmetic, without the page around it.
const Playground = (() => {
  "use strict";
  const bytes = (text) => {
    const plain = atob(text), result = new Uint8Array(plain.length);
    for (let i = 0; i < plain.length; i++) result[i] = plain.charCodeAt(i);
    return result;
  };
  const floats = (text) => new Float32Array(bytes(text).buffer);

  // A list of operations, each [kind, channels, height, width, relu, kernel, stride, padding] or
  // ["residual", long way, short way], with their numbers, which stand in the same order.
  function chain(list, shape, source) {
    return list.map(([kind, ...rest]) => {
      const op = { kind, input: shape, output: shape };
      if (kind === "residual") {
        op.branch = chain(rest[0], shape, source);
        op.shortcut = chain(rest[1], shape, source);
        op.output = op.branch.at(-1).output;
      } else if (rest.length) {
        op.output = rest.slice(0, 3);
        [op.relu, op.kernel, op.stride, op.padding] = rest.slice(3);
        numbers(op, source);
      }
      shape = op.output;
      return op;
    });
  }

  // Weights to float32, [tap][in][out]; where few channels come out, [tap][out][in].
  function numbers(op, source) {
    const product = ([a, b, c]) => a * b * c;
    const rows = op.kernel ? op.output[0] : product(op.output), taps = op.kernel ? op.kernel ** 2 : 1;
    const inputs = op.kernel ? op.input[0] : product(op.input);
    const scale = source.next(rows);
    Object.assign(op, { rows, inputs, narrow: rows < 8, bias: source.next(rows),
      values: new Float32Array(taps * inputs * rows) });
    for (let tap = 0; tap < taps; tap++) for (let i = 0; i < inputs; i++) for (let o = 0; o < rows; o++) {
      const to = op.narrow ? (tap * rows + o) * inputs + i : (tap * inputs + i) * rows + o;
      op.values[to] = source.weights[source.at++] * scale[o];
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
    const k = op.kernel || 1, s = op.stride || 1, p = op.padding || 0, down = op.kind === "conv";
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

  const sigmoid = (value) => 1 / (1 + Math.exp(-value));
  const softplus = (value) => Math.max(value, 0) + Math.log1p(Math.exp(-Math.abs(value)));

  function run(ops, input) {
    let x = input;
    for (const op of ops) {
      if (op.kind === "residual") {
        const a = run(op.branch, x), b = run(op.shortcut, x);
        x = a.map((value, i) => value + b[i]);
      } else if (op.kind === "relu") x = x.map((value) => Math.max(value, 0));
      else if (op.kind === "sigmoid") x = x.map(sigmoid);
      else x = weighted(op, x);
    }
    return x;
  }

  class Model {
    constructor(facts, weights) {
      const { buffer } = bytes(weights), stored = new Float32Array(buffer, 0, facts.numbers);
      let number = 0;
      const source = { weights: new Int8Array(buffer, 4 * facts.numbers), at: 0,
        next: (count) => stored.subarray(number, number += count) };
      this.facts = facts;
      this.megabytes = buffer.byteLength / 1e6;
      this.encoder = chain(facts.encoder, facts.image, source);
      this.decoder = chain(facts.decoder, [facts.latent, 1, 1], source);
      this.slope = facts.symmetric ? 2 : 1;
    }
    // What the decoder says of each pixel, [height, width, channels]; mean() makes an image of it.
    outputs(code) { return run(this.decoder, Float32Array.from(code)); }
    // Mean image in 0 … 1.
    mean(outputs) {
      const { likelihood, scale } = this.facts, span = this.slope, s = scale / span;
      if (likelihood === "continuous_bernoulli")
        return outputs.map((o) => Math.abs(o) < 1e-3 ? .5 + o / 12 : -1 / Math.expm1(-o) - 1 / o);
      if (likelihood === "discretized_logistic") return outputs.map((o) => {
        const place = .5 + span * o / 4;
        return Math.min(Math.max(1 - s * (softplus((1 - place) / s) - softplus(-place / s)), 0), 1);
      });
      return outputs.map((o) => sigmoid(span * o));
    }
    decode(code) { return this.mean(this.outputs(code)); }
    // Means and log-variances of an image in 0 … 1, and their KL to the prior in nats.
    encode(image) {
      const x = this.facts.symmetric ? image.map((v) => 2 * v - 1) : image;
      const y = run(this.encoder, x), size = this.facts.latent;
      const mean = y.slice(0, size), logvar = y.slice(size).map((v) => Math.min(Math.max(v, -30), 20));
      const kl = mean.reduce((sum, m, i) => sum + (m * m + Math.exp(logvar[i]) - 1 - logvar[i]) / 2, 0);
      return { mean, logvar, kl };
    }
    // −log p(image | code) in nats, as Sources/CKernels/losses.c and densities.c have it.
    nats(outputs, image) {
      const { likelihood, scale } = this.facts, span = this.slope, s = scale / span, level = 1 / 255 / s;
      const error = (o, x) => span * (sigmoid(span * o) - x);
      const pixel = {
        bce: (o, x) => softplus(o) - o * x,
        l2: (o, x) => error(o, x) ** 2 + .5723649429,
        charbonnier: (o, x) => Math.sqrt(error(o, x) ** 2 + 1e-6) + .6931434187,
        gaussian: (o, x) => (error(o, x) / scale) ** 2 / 2 + Math.log(scale) + .9189385332,
        laplace: (o, x) => Math.abs(error(o, x)) / scale + Math.log(2 * scale),
        continuous_bernoulli: (o, x) => (Math.abs(o) < 1e-3 ? o / 2 + o * o / 24
          : Math.max(o, 0) + Math.log(-Math.expm1(-Math.abs(o)) / Math.abs(o))) - o * x,
        discretized_logistic: (o, x) => {
          const middle = (x - .5 - span * o / 4) / s, low = x < .5 / 255, high = x > 254.5 / 255;
          return (high ? 0 : softplus(-middle - level / 2)) + (low ? 0 : softplus(middle - level / 2))
            - (low || high ? 0 : Math.log(-Math.expm1(-level)));
        },
      }[likelihood];
      return outputs.reduce((sum, o, i) => sum + pixel(o, image[i]), 0);
    }
  }

  // Ways from one code to another: straight, and along the great circle (Shoemake 1985).
  const straight = (a, b, t) => a.map((v, i) => (1 - t) * v + t * b[i]);
  function sphere(a, b, t) {
    const dot = (p, q) => p.reduce((sum, v, i) => sum + v * q[i], 0);
    const [from, to] = [Math.sqrt(dot(a, a)), Math.sqrt(dot(b, b))];
    const angle = Math.acos(Math.min(Math.max(dot(a, b) / (from * to || 1), -1), 1));
    if (!(from * to > 1e-12) || Math.sin(angle) < 1e-6) return straight(a, b, t);
    const length = ((1 - t) * from + t * to) / Math.sin(angle);
    const [p, q] = [Math.sin((1 - t) * angle) / from, Math.sin(t * angle) / to];
    return a.map((v, i) => length * (p * v + q * b[i]));
  }

  // Seeded normal numbers: mulberry32, then pairs by Box and Muller.
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

  return { bytes, floats, Model, straight, sphere, normals };
})();
