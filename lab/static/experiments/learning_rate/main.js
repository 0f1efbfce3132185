/** The learning-rate lab: path, loss curve, verdict, and the strip of all learning rates. */
import { button, checkbox, codeButton, draggable, figure, imageCanvas, make, movableCanvas, verdictLine } from "../../shared/dom.js";
import { experiment } from "../../shared/frame.js";
import { clamp, number } from "../../shared/scale.js";
import { logSlider, outward, Scrubber } from "../../shared/sliders.js";
import { VERDICT_LOOKS } from "../../shared/verdicts.js";
import { Drawing, landmarks } from "./drawing.js";

/** @typedef {{learning_rate: number, start: number[], conditioning: number}} Settings */
/** @typedef {{path: Float32Array, losses: Float32Array, note: {verdict: string, reached: number | null}, settings: Settings}} Run */
/** @typedef {{position: number, verdict: string, loss: number}} Outcome of the learning rate at a position of the slider */
/** @typedef {object} Shown
 * @property {number} step
 * @property {Run | null} run
 * @property {Run | null} ghost the run before the hand last moved
 * @property {boolean} theory whether the theory is shown
 * @property {number} height of the map: its weights reach from minus this to this
 * @property {Outcome[]} outcomes what is known of the strip, by position
 * @property {number} strip how many of them there are */
/** @typedef {Settings & Shown} State */
/** @typedef {import("../../shared/frame.js").Parts<State, Panel, Drawing, Round>} Parts */

/** One sentence on a run. */
export const sentence = (rate, losses, note, steps) => {
  const end = losses[losses.length - 1];
  const rest = note.verdict === "too high"
    ? end >= 1e29 ? "the loss grows beyond all bounds" : `the loss is ${number(end)} after ${steps} steps`
    : `loss ${number(end)} after ${steps} steps${note.reached === null ? "" : `, below 10⁻⁶ after ${note.reached}`}`;
  return `Learning rate ${number(rate)}: ${rest}.`;
};

/** A run as code for a cell of a notebook. */
export const rateCode = ({ learning_rate, start, conditioning }, steps) => [
  "import numpy as np",
  "from course.gradient_descent import gradient_descent",
  "",
  `curvatures = np.array([1.0, ${conditioning}])`,
  `path = gradient_descent(lambda weights: curvatures * weights, [${start.join(", ")}], ${learning_rate}, ${steps})`,
  "losses = 0.5 * path**2 @ curvatures",
].join("\n");

/** The elements around the descent, the prediction first, and what they say. */
class Panel {
  constructor(/** @type {Parts} */ parts) {
    this.parts = parts;
    const { lab, config: { steps, rates, conditionings }, state } = parts;
    this.verdict = verdictLine();
    this.map = movableCanvas("map with a movable start");
    this.curve = imageCanvas();
    this.strip = make("canvas", { class: "strip", "aria-hidden": "true" });
    const onCommit = () => parts.round.commit();
    this.rate = logSlider({
      label: "Learning rate", ...rates, value: state.learning_rate, format: (v) => number(v),
      onInput: (v) => parts.round.change({ learning_rate: v }), onCommit,
    });
    this.conditioning = logSlider({
      label: "Conditioning: steepness across the valley over steepness along it", ...conditionings,
      value: state.conditioning, format: (v) => number(v, 2), onInput: (v) => parts.round.change({ conditioning: v }), onCommit,
    });
    state.learning_rate = this.rate.value;
    state.conditioning = this.conditioning.value;
    this.time = new Scrubber({ steps, onStep: (k) => this.#show({ step: k }) });
    this.theory = checkbox("show the theory", state.theory, (theory) => this.#show({ theory }));
    lab.root.append(
      this.verdict.element, lab.trouble.element,
      make("div", { class: "plots" },
        figure("The path on the loss", this.map, "drag the start"), figure("The loss, step by step", this.curve)),
      this.#controls(), lab.challenges.element, codeButton(() => rateCode(parts.round.settings(), steps)), lab.status);
    lab.challenges.action("learning_rate.border", button("this is the border", () => parts.round.guessBorder()));
    this.#dragStart();
  }

  #show(changes) {
    Object.assign(this.parts.state, changes);
    this.parts.lab.draw();
  }

  #controls() {
    const { rate, conditioning } = this;
    return make("div", { class: "controls" },
      make("div", { class: "controls-row" },
        this.time.element,
        make("label", { class: "field" }, make("span", {}, "conditioning"), conditioning.input, conditioning.output)),
      make("div", { class: "rate" },
        make("div", { class: "rate-head" }, make("span", { class: "name" }, "learning rate"), rate.output, this.theory.element),
        rate.input, this.strip,
        make("p", { class: "caption" },
          `The loss after ${this.parts.config.steps} steps at every learning rate: your code has already run there.`)));
  }

  #dragStart() {
    const { parts } = this;
    const { state } = parts;
    draggable(this.map, {
      move: (px, py) => parts.round.moveStart(parts.drawing.map.x.invert(px), parts.drawing.map.y.invert(py)),
      stride: (dx, dy) => parts.round.moveStart(state.start[0] + dx * 0.2, state.start[1] + dy * 0.2),
      commit: () => parts.round.commit(),
    });
  }

  /** Watch the run from its start. */
  play() {
    this.time.go(0);
    this.time.play();
    this.rate.input.focus({ preventScroll: true });
  }

  tell() {
    const { lab, config, state: { run, start } } = this.parts;
    if (!run) return;
    const { sign, color, words } = VERDICT_LOOKS[run.note.verdict];
    const text = sentence(run.settings.learning_rate, run.losses, run.note, config.steps);
    this.verdict.set(`${sign} ${words}`, text, color);
    lab.say(`${words}. ${text}`);
    this.curve.setAttribute("aria-label", `Loss against step. ${text} Verdict: ${words}.`);
    this.map.setAttribute("aria-label", `Path of the descent. Start at ${start.join(", ")}; move it with the arrow keys. ${text}`);
  }

  clear() { this.verdict.set(); }
}

/** What is asked of the kernel at every learning rate, and which goals were met. */
class Round {
  /** The run on screen when the hand took hold: it stays as a ghost. @type {Run | null} */
  #held = null;
  /** The settings of every position of the slider, made when needed. @type {Settings[]} */
  #row = [];

  constructor(/** @type {Parts} */ parts) { this.parts = parts; }

  settings(position = this.parts.panel.rate.position) {
    const { state: { start, conditioning }, panel: { rate } } = this.parts;
    return (this.#row[position] ??= { learning_rate: rate.valueAt(position), start, conditioning });
  }

  change(changes) {
    const { lab, state, panel, drawing } = this.parts;
    if (!this.#held && state.run) this.#held = state.run;
    const reshaped = "conditioning" in changes && changes.conditioning !== state.conditioning;
    Object.assign(state, changes);
    if (reshaped) drawing.paintMap();
    if (reshaped || "start" in changes) {
      state.ghost = this.#held = null;
      this.#row = [];
      state.outcomes = [];
    }
    panel.time.finish();
    lab.ask();
  }

  moveStart(x, y) {
    const { config: { width }, state: { height } } = this.parts;
    this.change({ start: [clamp(x, -width, width), clamp(y, -height, height)].map((v) => Number(v.toFixed(2))) });
  }

  commit() {
    const { lab, state } = this.parts;
    if (this.#held) state.ghost = this.#held;
    this.#held = null;
    lab.keep();
    lab.draw();
  }

  answer(result, settings) {
    const { arrays: [path, losses], note } = result;
    this.parts.state.run = { path, losses, note, settings };
    this.#note(settings, result);
  }

  renewed() {
    const { state } = this.parts;
    state.ghost = this.#held = null;
    state.outcomes = [];
  }

  grown(asked, results) {
    asked.forEach((settings, i) => this.#note(settings, results[i]));
    this.parts.drawing.drawStrip();
  }

  *neighbors() {
    const { lab, state, panel: { rate }, drawing } = this.parts;
    for (const position of outward(rate.position, rate.count)) {
      const settings = this.settings(position);
      if (!(position in state.outcomes)) this.#note(settings, lab.runner.get(settings)); // remembered from before
      yield settings;
    }
    drawing.drawStrip();
  }

  /** Remember the outcome for the strip, if it belongs to the present row. */
  #note(settings, result) {
    const { state, panel } = this.parts;
    const position = panel.rate.positionOf(settings.learning_rate);
    const here = settings.start === state.start && settings.conditioning === state.conditioning;
    if (result && here) state.outcomes[position] = { position, verdict: result.note.verdict, loss: result.arrays[1].at(-1) };
  }

  revealed() { this.parts.panel.play(); }

  compare(guess) {
    const { lab: { challenges, settings }, state: { run } } = this.parts;
    if (!run || run.settings.learning_rate !== settings.learning_rate) return null;
    const { verdict } = run.note;
    challenges.achieve("learning_rate.predict", "Said before it was seen.");
    return { right: guess === verdict, text: `It is ${VERDICT_LOOKS[verdict].words}${guess === verdict ? "." : ". Why? Watch the first three steps."}` };
  }

  guessBorder() {
    const { lab, state, panel } = this.parts;
    const { border } = landmarks(state.conditioning);
    const off = state.learning_rate / border - 1;
    if (Math.abs(off) > 0.02) {
      lab.challenges.note("learning_rate.border", off > 0 ? "Not yet: the border lies lower." : "Not yet: the border lies higher.");
      return;
    }
    lab.challenges.achieve("learning_rate.border", `Yes: the border is 2/λmax = ${number(border)}.`);
    panel.theory.box.checked = state.theory = true;
    lab.draw();
  }

  judge() {
    const { lab: { challenges }, config: { goal }, state: { run } } = this.parts;
    if (!run || challenges.isDone("learning_rate.sprint")) return;
    const { note: { reached }, settings } = run;
    if (reached !== null && reached <= goal.steps && settings.conditioning >= goal.conditioning - 1e-6) {
      challenges.achieve("learning_rate.sprint", `Learning rate ${number(settings.learning_rate)} needs ${reached} steps.`);
    }
  }
}

export default experiment("learning_rate", "learning rate", { Panel, Drawing, Round }, ({ settings, config, challenges }) => ({
  ...settings, step: config.steps, run: null, ghost: null, height: 0, outcomes: [], strip: 0,
  theory: challenges.isDone("learning_rate.border"),
}));
