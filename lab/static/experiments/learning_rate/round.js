/** What is asked of the kernel at every learning rate, and which goals were met. */
import { clamp, number } from "../../shared/scale.js";
import { outward } from "../../shared/sliders.js";
import { landmarks } from "./rate_strip.js";

export class Round {
  /** The run on screen when the hand took hold: it stays as a ghost. @type {import("./main.js").Run | null} */
  #held = null;
  /** The settings of every position of the slider, made when needed. @type {import("./main.js").Settings[]} */
  #row = [];

  constructor(/** @type {import("./main.js").Parts} */ parts) { this.parts = parts; }

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
    panel.finish();
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

  // ---- goals ----------------------------------------------------------------
  predict(guess) {
    const { lab: { challenges }, state: { run }, panel } = this.parts;
    panel.unlock();
    if (!run) return;
    const { verdict } = run.note;
    challenges.achieve("learning_rate.predict", guess === verdict
      ? `You said ${guess}: so it is.`
      : `You said ${guess}; it is ${verdict}. Why? Watch the first three steps.`);
    panel.play();
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
    const { lab: { challenges }, config: { goal }, state: { run, locked } } = this.parts;
    if (locked || !run || challenges.isDone("learning_rate.sprint")) return;
    const { note: { reached }, settings } = run;
    if (reached !== null && reached <= goal.steps && settings.conditioning >= goal.conditioning - 1e-6) {
      challenges.achieve("learning_rate.sprint", `Learning rate ${number(settings.learning_rate)} needs ${reached} steps.`);
    }
  }
}
