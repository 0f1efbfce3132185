/** Sliders over numbers and over steps, made of native elements, so that keyboard, touch and screen
 * readers work as everywhere else. */
import { make, roundButton } from "./dom.js";
import { clamp } from "./scale.js";

/** Half the thumb's width: the middle of the thumb runs from here to the track's end minus this. */
export const THUMB = 9;

/** Positions of a slider near `here`, nearest first. @type {(here: number, count: number, most?: number) => Generator<number, void>} */
export const outward = function* (here, count, most = count) {
  for (let d = 1; d <= most; d++) {
    if (here + d <= count) yield here + d;
    if (here - d >= 0) yield here - d;
  }
};

/** A slider over `count` + 1 exact values: `valueAt` and `positionOf` turn a position, a whole number,
 * into its value and back. `jump(event)` is by how many positions a key moves that the browser would
 * not move, or moves too little.
 * @param {Face & {
 *   count: number, valueAt: (position: number) => number, positionOf: (value: number) => number,
 *   jump: (event: KeyboardEvent) => number | undefined, format: (value: number) => string,
 * }} options */
export const valueSlider = ({ label, count, valueAt, positionOf, jump, value, format, onInput, onCommit }) => {
  const input = make("input", { type: "range", min: 0, max: count, step: 1, "aria-label": label });
  const output = make("output", { class: "value" });
  const tell = (value = valueAt(Number(input.value))) => {
    const text = format(value);
    output.textContent = text;
    input.setAttribute("aria-valuetext", text);
  };
  const slider = {
    input, output, count, valueAt, positionOf,
    get position() { return Number(input.value); },
    set position(position) {
      input.value = String(position);
      tell();
    },
    get value() { return valueAt(slider.position); },
    set value(v) { slider.position = positionOf(v); },
    /** Name a value that may lie between two positions; the thumb goes to the nearest. */
    show(/** @type {number} */ value) {
      input.value = String(positionOf(value));
      tell(value);
    },
    /** The values near the present one, nearest first. */
    *nearby(most = count) {
      for (const position of outward(slider.position, count, most)) yield valueAt(position);
    },
    /** As wide as a plot of this width, so that the thumb is under the plot's axis. */
    alignTo(/** @type {number} */ width, /** @type {{left: number, right: number}} */ { left, right }) {
      input.style.marginLeft = `${left - THUMB}px`;
      input.style.width = `${width - left - right + 2 * THUMB}px`;
    },
  };
  input.addEventListener("input", () => {
    tell();
    onInput(slider.value);
  });
  input.addEventListener("change", () => onCommit?.(slider.value));
  input.addEventListener("keydown", (event) => {
    const by = jump(event);
    if (by === undefined) return;
    event.preventDefault();
    slider.position = clamp(slider.position + by, 0, count);
    onInput(slider.value);
    onCommit?.(slider.value);
  });
  slider.value = value;
  return slider;
};

/** @typedef {ReturnType<typeof valueSlider>} Slider */
/** @typedef {{label: string, value: number, onInput: (value: number) => void, onCommit?: (value: number) => void}} Face */
/** @typedef {Face & {low: number, high: number, step: number}} Range What a slider covers, and what it does. */

/** A slider over exponents of ten. Positions are whole numbers, so that a value is always one of
 * `count` exact ones and can be computed ahead; `digits` rounds those to so many digits.
 * @param {Range & {digits?: number, format: (value: number) => string}} options */
export const logSlider = ({ low, high, step, digits, ...options }) => {
  const count = Math.round((high - low) / step);
  const exactAt = (/** @type {number} */ position) => 10 ** Number((low + position * step).toFixed(9));
  return valueSlider({
    count,
    valueAt: (position) => (digits ? Number(exactAt(position).toPrecision(digits)) : exactAt(position)),
    positionOf: (v) => clamp(Math.round((Math.log10(v) - low) / step), 0, count),
    jump: ({ key, shiftKey }) => ({ PageUp: 20, PageDown: -20 }[key] ??
      (shiftKey ? { ArrowRight: 10, ArrowUp: 10, ArrowLeft: -10, ArrowDown: -10 }[key] : undefined)),
    ...options,
  });
};

/** A slider over plain numbers; the same face as `logSlider`. Page keys move it by `jump` steps.
 * @param {Range & {jump?: number, format?: (value: number) => string}} options */
export const linearSlider = ({ low, high, step, jump = 10, format = String, ...options }) => {
  const count = Math.round((high - low) / step);
  return valueSlider({
    count,
    valueAt: (position) => Number((low + position * step).toFixed(9)),
    positionOf: (v) => clamp(Math.round((v - low) / step), 0, count),
    jump: ({ key }) => ({ PageUp: jump, PageDown: -jump }[key]),
    format,
    ...options,
  });
};

/** A slider between its name and its value. @type {(name: string, slider: Slider, kind?: string) => HTMLLabelElement} */
export const field = (name, { input, output }, kind = "") =>
  make("label", { class: `field${kind}` }, make("span", { class: "name" }, name), input, output);

/** Milliseconds that each still picture is shown where motion is to be reduced. */
const CALM = 830;

/** Play, pause, one step back and forth, and a slider over the steps. */
export class Scrubber {
  #frame = 0;

  /** `what` is played, from step `from` on; `words(step)` names the step shown.
   * @param {{
   *   steps: number, onStep: (step: number) => void, perSecond?: number, from?: number, what?: string,
   *   unit?: string, words?: (step: number) => string,
   * }} options */
  constructor({
    steps, onStep, perSecond = 24, from = steps, what = "the descent", unit = "step", words = (k) => `step ${k}`,
  }) {
    this.steps = steps;
    this.onStep = onStep;
    this.perSecond = perSecond;
    this.what = what;
    this.words = words;
    this.step = from;
    this.range = make("input", {
      type: "range", min: 0, max: steps, value: from, "aria-label": `${unit[0].toUpperCase()}${unit.slice(1)} shown`,
      oninput: () => this.jump(Number(this.range.value)),
    });
    this.count = make("output", { class: "count" }, words(from));
    this.toggle = roundButton("▶", `Play ${what}`, () => (this.#frame ? this.halt() : this.play()), " main");
    this.element = make("div", { class: "scrubber", role: "group", "aria-label": "Steps" },
      roundButton("‹", `One ${unit} back`, () => this.jump(this.step - 1)), this.toggle,
      roundButton("›", `One ${unit} on`, () => this.jump(this.step + 1)), this.range, this.count);
  }

  /** Show a step, playing or not. @param {number} step */
  go(step) {
    this.step = clamp(Math.round(step), 0, this.steps);
    this.range.value = String(this.step);
    this.range.setAttribute("aria-valuetext", `${this.words(this.step)} of ${this.steps}`);
    this.count.textContent = this.words(this.step);
    this.onStep(this.step);
  }

  halt() {
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
    this.toggle.textContent = "▶";
    this.toggle.setAttribute("aria-label", `Play ${this.what}`);
  }

  /** Pause at a step. @param {number} step */
  jump(step) {
    this.halt();
    this.go(step);
  }

  /** A change is seen at once: all steps are shown. */
  finish() { if (this.step < this.steps) this.jump(this.steps); }

  play() {
    if (this.step >= this.steps) this.go(0);
    this.toggle.textContent = "❚❚";
    this.toggle.setAttribute("aria-label", "Pause");
    const calm = this.perSecond > 4 && matchMedia("(prefers-reduced-motion: reduce)").matches;
    const [from, began] = [this.step, performance.now()];
    let shown = began;
    const advance = (/** @type {number} */ now) => {
      const due = from + Math.floor(((now - began) / 1000) * this.perSecond);
      if (calm && now - shown >= CALM) { // rare jumps; one that comes late puts off the next
        this.go(this.step + 10);
        shown = performance.now();
      } else if (!calm && due !== this.step) this.go(due);
      if (this.step >= this.steps) this.halt();
      else this.#frame = requestAnimationFrame(advance);
    };
    this.#frame = requestAnimationFrame(advance);
  }
}
