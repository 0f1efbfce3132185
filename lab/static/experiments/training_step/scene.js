/** The network at one move: numbers on its lines and in its units, blame on its way back. */
import { moveOf, questionAt, revealedAt, tidy } from "./moves.js";

const SVG = "http://www.w3.org/2000/svg";

/** An SVG element: shape("circle", {cx: 1}, child or text, …). */
export const shape = (tag, attributes = {}, ...children) => {
  const element = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
};

/** The lines of the network: where each starts and ends, and which number is its weight. */
export const LINES = [
  { from: "x1", to: "h1", part: "weights_1", index: 0, name: "from x₁ to the upper unit" },
  { from: "x1", to: "h2", part: "weights_1", index: 1, name: "from x₁ to the lower unit" },
  { from: "x2", to: "h1", part: "weights_1", index: 2, name: "from x₂ to the upper unit" },
  { from: "x2", to: "h2", part: "weights_1", index: 3, name: "from x₂ to the lower unit" },
  { from: "h1", to: "y", part: "weights_2", index: 0, name: "from the upper unit to the output" },
  { from: "h2", to: "y", part: "weights_2", index: 1, name: "from the lower unit to the output" },
];

/** Where everything is on a stage of this size, in pixels. */
export const placesOn = (width, height) => {
  const narrow = width < 520;
  const unit = narrow ? { width: 62, height: 64 } : { width: 132, height: 58 };
  const radius = narrow ? 21 : 27;
  const left = radius + (narrow ? 2 : 46);
  const middle = Math.round(width * (narrow ? 0.45 : 0.47));
  const right = Math.round(width - (narrow ? radius + 14 : 140));
  const [top, bottom] = [Math.round(height * 0.24), Math.round(height * 0.76)];
  return {
    narrow, unit, radius,
    x1: [left, top], x2: [left, bottom], h1: [middle, top], h2: [middle, bottom],
    y: [right, Math.round(height / 2)],
  };
};

/** The two ends of a line, at the rims of what it joins. */
export const endsOf = (places, { from, to }) => {
  const [x0, y0] = places[from];
  const [x1, y1] = places[to];
  const out = from[0] === "h" ? places.unit.width / 2 : places.radius;
  const into = to[0] === "h" ? places.unit.width / 2 : places.radius;
  return [x0 + out, y0, x1 - into, y1];
};

/** How thick a line is drawn for a number: thicker with size, never gone. */
export const thickness = (value) => 1 + 3.5 * Math.min(1, Math.sqrt(Math.abs(value)) / 3);

/** Text on the stage with a halo. */
export const label = (x, y, text, kind, anchor = "middle") =>
  shape("text", { x, y, class: `label ${kind}`, "text-anchor": anchor, "dominant-baseline": "central" }, text);

/** Dots that travel along a line during a move, blue forward, orange-red back. */
export const travelers = (/** @type {number[]} */ [x0, y0, x1, y1], kind, seconds) => {
  const group = shape("g", { class: `travel ${kind}` });
  for (let i = 0; i < 3; i++) {
    const dot = shape("circle", { r: 4, cx: 0, cy: 0 });
    const path = kind === "back" ? `M${x1},${y1} L${x0},${y0}` : `M${x0},${y0} L${x1},${y1}`;
    dot.style.offsetPath = `path("${path}")`;
    dot.style.animationDelay = `${(i * seconds) / 5}s`;
    dot.style.animationDuration = `${seconds}s`;
    group.append(dot);
  }
  return group;
};

const SECONDS = 1.1; // that a number takes to travel along its line

const brief = (value) => tidy(value, 2);

export class Scene {
  /** places: of everything on the stage; numbers: of the step, by name. */
  constructor(places, numbers, { step, move }) {
    this.places = places;
    this.numbers = numbers;
    this.move = move;
    this.question = questionAt(step);
  }

  /** Whether a move has come. */
  #since(name) { return this.move >= moveOf(name); }

  /** Whether a move has come, and the weights are not updated yet. */
  #during(name) { return this.#since(name) && !this.#since("update"); }

  elements() {
    const { places, numbers } = this;
    const inputs = [0, 1].flatMap((j) => {
      const [x, y] = places[`x${j + 1}`];
      return [this.#circle([x, y], brief(numbers.inputs[j]), "lit"), label(x, y - places.radius - 12, `x${"₁₂"[j]}`, "small"), this.#unit(j)];
    });
    return [...LINES.map((line) => this.#line(line)), ...inputs, ...this.#output()];
  }

  #circle([x, y], text, kind) {
    return shape("g", { class: `unit ${kind}` }, shape("circle", { cx: x, cy: y, r: this.places.radius }), label(x, y, text, "value"));
  }

  /** A number that is learned, in words: as it is, or as it changes. */
  #learned(part, index) {
    const [value, fresh] = [brief(this.numbers[part][index]), brief(this.numbers[`new_${part}`][index])];
    return { value, fresh, changed: this.#since("update") && fresh !== value };
  }

  /** Its slope, once it is known, or the question about it; nothing else. */
  #slope(x, y, part, index) {
    const { question, move } = this;
    if (question.part === part && question.index === index && move < revealedAt(question)) return [label(x, y, "?", "question")];
    const slope = this.numbers[`${part}_gradient`][index];
    return this.#during(part.endsWith("_1") ? "back1" : "back2") ? [label(x, y, `◂ ${brief(slope)}`, "blame")] : [];
  }

  #line(line) {
    const { places, numbers } = this;
    const { part, index } = line;
    const ends = endsOf(places, line);
    const [x0, y0, x1, y1] = ends;
    const weight = numbers[part][index];
    const way = this.#wayOf(line);
    const carrier = way === "back" ? numbers[`${part}_gradient`][index] : weight;
    const share = part === "weights_2" ? 0.42 : index === 1 || index === 2 ? 0.24 : places.narrow ? 0.48 : 0.62;
    const level = y1 === y0; // its number is above it, its slope below
    const [x, y] = [x0 + share * (x1 - x0), y0 + share * (y1 - y0) - (level ? 13 : 0)];
    const { value, fresh, changed } = this.#learned(part, index);
    const text = changed ? (places.narrow ? fresh : `${value} → ${fresh}`) : value;
    return shape("g", { class: `line ${way} ${weight < 0 ? "negative" : ""}` },
      shape("line", { x1: x0, y1: y0, x2: x1, y2: y1, "stroke-width": thickness(carrier) }),
      ...(way ? [travelers(ends, way, SECONDS)] : []),
      label(x, y, text, changed ? "changed" : "weight"),
      ...this.#slope(x, y + (level ? 26 : 17), part, index));
  }

  /** Which way a number other than 0 travels along a line in this move, or "". */
  #wayOf({ part, index }) {
    const { numbers, move } = this;
    const first = part === "weights_1";
    const into = first ? numbers.inputs[Math.floor(index / 2)] : numbers.hidden[index];
    const blame = first ? numbers.sums_gradient[index % 2] : numbers.output_gradient[0];
    if (move === moveOf(first ? "sums" : "output")) return into * numbers[part][index] !== 0 ? "forward" : "";
    return move === moveOf(first ? "back1" : "back2") && blame !== 0 ? "back" : "";
  }

  #bias(x, y, part, index) {
    const { value, fresh, changed } = this.#learned(part, index);
    const text = label(x, y, changed ? `bias ${value} → ${fresh}` : `bias ${value}`, changed ? "changed small" : "small");
    return shape("g", {}, text, ...this.#slope(x, y + 17, part, index));
  }

  #unit(j) {
    const { places, numbers } = this;
    const [x, y] = places[`h${j + 1}`];
    const { width, height } = places.unit;
    const out = this.#since("hidden");
    const gate = out ? (numbers.sums[j] > 0 ? "open" : "shut") : "";
    const name = j ? "lower" : "upper";
    const title = places.narrow ? name : `${name} unit${gate ? `: ReLU ${gate}` : ": sum | ReLU"}`;
    return shape("g", { class: `unit ${out ? (numbers.hidden[j] > 0 ? "lit" : "dark") : ""}` },
      shape("rect", { x: x - width / 2, y: y - height / 2, width, height, rx: places.narrow ? 10 : height / 2 }),
      ...(places.narrow ? this.#stacked(x, y, j) : this.#sideBySide(x, y, j, gate)),
      label(x, y - height / 2 - 12, title, "small"),
      this.#bias(x, y + height / 2 + 13, "bias_1", j));
  }

  /** What is in a narrow unit, from top to bottom. */
  #stacked(x, y, j) {
    const { sums, hidden, hidden_gradient, sums_gradient } = this.numbers;
    const blame = this.#since("gate") ? sums_gradient : hidden_gradient;
    return [
      this.#since("sums") && label(x, y - 20, `sum ${brief(sums[j])}`, "small"),
      this.#since("hidden") && label(x, y - 3, brief(hidden[j]), "value"),
      this.#during("back2") && label(x, y + 16, `◂ ${brief(blame[j])}`, "blame"),
    ].filter(Boolean);
  }

  /** What is in a wide unit: the sum, its gate, and what passes. */
  #sideBySide(x, y, j, gate) {
    const { sums, hidden, hidden_gradient, sums_gradient } = this.numbers;
    const { width, height } = this.places.unit;
    const [left, right] = [x - width / 4 + 3, x + width / 4 - 3];
    const up = this.#during("back2") ? y - 10 : y;
    return [
      shape("line", { x1: x, x2: x, y1: y - height / 2, y2: y + height / 2, class: `gate ${gate}` }),
      this.#since("sums") && label(left, up, brief(sums[j]), "value"),
      this.#since("hidden") && label(right, up, brief(hidden[j]), "value"),
      this.#during("back2") && label(right, y + 12, `◂ ${brief(hidden_gradient[j])}`, "blame"),
      this.#during("gate") && label(left, y + 12, `◂ ${brief(sums_gradient[j])}`, "blame"),
    ].filter(Boolean);
  }

  #output() {
    const { places: { y: place, radius, narrow }, numbers } = this;
    const [x, y] = place;
    const known = this.#since("output");
    const words = [[`target ${brief(numbers.target[0])}`, "plain"]];
    if (this.#since("loss")) words.push([`loss ${brief(numbers.loss[0])}`, "plain strong"]);
    if (this.#during("blame")) words.push([`◂ ${brief(numbers.output_gradient[0])}`, "blame"]);
    const [left, top, anchor] = narrow
      ? [x + radius, y + radius + 62, "end"]
      : [x + radius + 16, y - (19 * (words.length - 1)) / 2, "start"];
    return [
      this.#circle(place, known ? brief(numbers.output[0]) : "", known ? "lit" : ""),
      label(x, y - radius - 12, "output", "small"), this.#bias(x, y + radius + 13, "bias_2", 0),
      ...words.map(([text, kind], i) => label(left, top + 19 * i, text, kind, anchor)),
    ];
  }
}
