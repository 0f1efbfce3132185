/** What is asked of the kernel for every cell of the map, and which goals were met. */
import { clamp, number } from "../../shared/scale.js";
import { momentumTheory } from "./cell_field.js";

export class Round {
  constructor(/** @type {import("./main.js").Parts} */ parts) {
    this.parts = parts;
    const { lab, config: { curvatures, rates, momenta }, state } = parts;
    this.options = { most: 2 * rates.count * momenta.count, batch: 64 };
    this.theory = momentumTheory(curvatures);
    state.cell = this.#cellOf(lab.settings);
  }

  /** @param {number[]} cell */
  settingsAt([column, row]) {
    const { rates, momenta } = this.parts.config;
    return { learning_rate: Number(((column + 1) * rates.step).toFixed(6)), momentum: Number((row * momenta.step).toFixed(6)) };
  }

  /** @returns {import("./main.js").Cell} */
  #cellOf({ learning_rate, momentum }) {
    const { rates, momenta } = this.parts.config;
    return [Math.round(learning_rate / rates.step) - 1, Math.round(momentum / momenta.step)];
  }

  #placeOf([column, row]) { return row * this.parts.config.rates.count + column; }

  settings() {
    const { preview, cell } = this.parts.state;
    return this.settingsAt(preview ?? cell);
  }

  /** @param {number[]} cell */
  choose([column, row]) {
    const { lab, config: { rates, momenta }, state } = this.parts;
    state.cell = [clamp(column, 0, rates.count - 1), clamp(row, 0, momenta.count - 1)];
    state.preview = null;
    lab.ask();
  }

  /** Show another cell than the chosen one, or that again. */
  preview(cell) {
    const { lab, state } = this.parts;
    if (String(cell) === String(state.preview)) return;
    state.preview = cell;
    lab.ask();
  }

  commit() {
    this.parts.lab.keep(this.settingsAt(this.parts.state.cell));
    this.#judge();
  }

  /** Keep what is known of a cell, and paint it. */
  #take(settings, { note: { factor } }) {
    const cell = this.#cellOf(settings);
    this.parts.state.factors[this.#placeOf(cell)] = factor;
    this.parts.drawing.field.paintCell(cell);
  }

  answer(result, settings) {
    const { arrays: [path, losses], note: { factor } } = result;
    this.#take(settings, result);
    this.parts.state.run = { path, losses, factor, settings };
  }

  grown(asked, results) {
    results.forEach((result, i) => result && this.#take(asked[i], result));
    this.parts.lab.show();
  }

  renewed() {
    const { lab, state, panel, drawing } = this.parts;
    state.factors.fill(NaN);
    drawing.field.fresh(lab.colors);
    panel.count();
  }

  *neighbors() {
    const { state, drawing } = this.parts;
    for (const cell of drawing.field.order) {
      if (Number.isNaN(state.factors[this.#placeOf(cell)])) yield this.settingsAt(cell);
    }
  }

  // ---- goals ----------------------------------------------------------------
  guessFastest() {
    const { lab, state, panel } = this.parts;
    const { factors } = state;
    const here = factors[this.#placeOf(state.cell)];
    if (state.done < factors.length) lab.challenges.note("momentum.fastest", "Wait until the map is complete.");
    else if (here > Math.min(...factors) + 0.01) {
      lab.challenges.note("momentum.fastest", `Not yet: here it is ${number(here)} a step, elsewhere less.`);
    } else {
      const { rate, momentum } = this.theory.best;
      lab.challenges.achieve("momentum.fastest",
        `Yes: ${number(here)} a step. Theory says learning rate ${number(rate)}, momentum ${number(momentum)} in the long run.`);
      panel.theory.box.checked = state.theory = true;
      lab.draw();
    }
  }

  #judge() {
    const { lab: { challenges }, config: { beyond }, state: { run } } = this.parts;
    if (!run || challenges.isDone("momentum.beyond")) return;
    const { learning_rate, momentum } = run.settings;
    const border = this.theory.border(0);
    if (run.factor < 1 && learning_rate >= beyond * border - 1e-9) {
      challenges.achieve("momentum.beyond",
        `Learning rate ${number(learning_rate)} converges with momentum ${number(momentum)}; without, the border is ${number(border)}.`);
    }
  }
}
