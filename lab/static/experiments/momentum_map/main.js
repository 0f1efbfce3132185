/** The map of learning rates and momenta: every cell a run of the learner's code, one of them shown. */
import { button, checkbox, codeButton, draggable, figure, make, verdictLine } from "../../shared/dom.js";
import { levels, sampled, Terrain } from "../../shared/terrain.js";
import { experiment } from "../../shared/frame.js";
import { LossCurves } from "../../shared/loss_curves.js";
import { drawBox, drawMinimum, drawStart, drawSteps } from "../../shared/marks.js";
import { drawAxes, plainTicks } from "../../shared/plot.js";
import { clamp, number } from "../../shared/scale.js";
import { CellField, momentumTheory } from "./cell_field.js";

/** @typedef {[number, number]} Cell its column and its row */
/** @typedef {{learning_rate: number, momentum: number}} Settings */
/** @typedef {{path: Float32Array, losses: Float32Array, factor: number, settings: Settings}} Run */
/** @typedef {object} State
 * @property {Cell} cell the chosen one
 * @property {Cell | null} preview the one pointed at
 * @property {Run | null} run of the cell shown
 * @property {Float32Array} factors by which each step multiplies the error, row by row; nan while not known
 * @property {number} done how many factors are known
 * @property {boolean} theory whether the theory is shown */
/** @typedef {import("../../shared/frame.js").Parts<State, Panel, Drawing, Round>} Parts */

/** A cell's run as code for a cell of a notebook. */
export const cellCode = ({ learning_rate, momentum }, { steps, curvatures, start }) => [
  "import numpy as np",
  "from course.optimizers import Momentum",
  "",
  `ball = Momentum(learning_rate=${learning_rate}, momentum=${momentum})`,
  `curvatures = np.array([${curvatures.join(", ")}])`,
  `path = [np.array([${start.join(", ")}])]`,
  `for step in range(${steps}):`,
  "    path.append(ball.update(path[-1], curvatures * path[-1]))",
].join("\n");

const KEY = "Key: the further a cell stands out, the faster the error shrinks there; hatched cells diverge.";

/** The elements around the map, and what they say. */
class Panel {
  constructor(/** @type {Parts} */ parts) {
    this.parts = parts;
    const { lab, config, state } = parts;
    this.verdict = verdictLine();
    this.field = make("canvas", { class: "map", tabindex: 0, role: "application", "aria-roledescription": "map of cells" });
    this.map = make("canvas", { role: "img" });
    this.curve = make("canvas", { role: "img" });
    this.key = make("canvas", { role: "img", "aria-label": KEY });
    this.theory = checkbox("show the theory", state.theory, (theory) => {
      state.theory = theory;
      lab.draw();
    });
    this.progress = make("span", { class: "runs" });
    this.plots = make("div", { class: "plots" },
      figure("Every cell is a run", this.field, "point at one, or use the arrow keys", { class: "field-figure" }),
      make("div", { class: "side" }, figure("Its path on the loss", this.map), figure("Its loss, step by step", this.curve)));
    lab.root.append(
      this.verdict.element, lab.trouble.element, this.plots,
      make("div", { class: "legend" },
        make("span", { class: "small" }, "each step multiplies the error by"), this.key, this.theory.element, this.progress),
      lab.challenges.element, codeButton(() => cellCode(parts.round.settingsAt(state.cell), config)), lab.status);
    lab.challenges.action("momentum.fastest", button("this is the fastest", () => parts.round.guessFastest()));
    this.#point();
  }

  /** The cell under the hand is shown, the one it presses is chosen; keys move the choice. */
  #point() {
    const { parts } = this;
    const { state } = parts;
    draggable(this.field, {
      move: (x, y) => parts.round.choose(parts.drawing.field.cellAt(x, y)),
      hover: (x, y) => parts.round.preview(parts.drawing.field.cellAt(x, y)),
      stride: (dx, dy) => parts.round.choose([state.cell[0] + dx, state.cell[1] + dy]),
      commit: () => parts.round.commit(),
    });
    this.field.addEventListener("pointerleave", () => parts.round.preview(null));
  }

  tell() {
    const { lab, config: { steps, strong }, state: { run } } = this.parts;
    this.count();
    if (!run) return;
    const { settings, factor, losses } = run;
    const converges = factor < 1;
    const bounds = factor >= strong ? "beyond all bounds" : `${number(factor)} times in each step`;
    const text = `learning rate ${number(settings.learning_rate)}, momentum ${number(settings.momentum)}: ${
      converges ? `the error shrinks to ${number(factor)} of itself in each step` : `the error grows, ${bounds}`}.`;
    const sentence = text[0].toUpperCase() + text.slice(1);
    this.verdict.set(converges ? "● converges" : "▲ diverges", sentence, converges ? "blue" : "vermillion");
    lab.say(`${converges ? "Converges" : "Diverges"}. ${text}`);
    const end = losses[steps] >= 1e29 ? "beyond all bounds" : number(losses[steps]);
    this.field.setAttribute("aria-label", `Map: learning rate across, momentum up. Cell shown: ${text} Move with the arrow keys, by five with shift.`);
    this.map.setAttribute("aria-label", `Path of the cell shown. ${text}`);
    this.curve.setAttribute("aria-label", `Loss against step: ${number(losses[0])} at the start, ${end} after ${steps} steps.`);
  }

  /** How much of the map is known. */
  count() {
    const { state } = this.parts;
    const total = state.factors.length;
    state.done = state.factors.filter((factor) => !Number.isNaN(factor)).length;
    this.progress.textContent = state.done < total ? `${state.done} of ${total} runs` : `${total} runs of your code`;
  }
}

/** The weights on the map of the path. @type {[[number, number], [number, number]]} */
const RANGES = [[-10, 4], [-2, 2]];

/** The map of cells, and the path and the loss of the cell shown. */
class Drawing {
  constructor(/** @type {Parts} */ parts) {
    this.parts = parts;
    const { config: { rates, momenta, steps }, state: { factors }, panel } = parts;
    this.field = new CellField(panel.field, {
      columns: rates.count, rows: momenta.count, factorAt: (column, row) => factors[row * rates.count + column],
    });
    this.map = new Terrain(panel.map, { bottom: 36 });
    this.curve = new LossCurves(panel.curve, { steps, low: -8, high: 4, margins: { bottom: 36 } });
  }

  layout(width, narrow) {
    const { lab: { colors, root }, config: { curvatures }, panel } = this.parts;
    const left = narrow ? width : Math.floor((width - 20) * 0.58);
    const right = narrow ? width : width - 20 - left;
    panel.plots.style.gridTemplateColumns = narrow ? "" : `${left}px 1fr`;
    this.#layoutField(left, narrow);
    this.map.fit(right, narrow ? 210 : 226, ...RANGES);
    const bowl = (x, y) => 0.5 * (curvatures[0] * x * x + curvatures[1] * y * y);
    this.map.paint(colors, { values: sampled(bowl, ...RANGES, 101, 61), nx: 101, ny: 61, levels: levels(0.3, 100, 11) }, ...RANGES);
    this.curve.place(right, narrow ? 210 : 226, colors);
    const css = getComputedStyle(root);
    this.field.ramp(["--slow", "--middle", "--fast"].map((name) => css.getPropertyValue(name).trim()));
    this.field.fresh(colors);
    this.field.key(panel.key);
    panel.count();
  }

  #layoutField(width, narrow) {
    const { lab: { colors }, config: { rates, momenta } } = this.parts;
    const { field } = this;
    field.fit(width, narrow ? 300 : 484, // its axis ends where that of the curve does
      [rates.step / 2, rates.step * (rates.count + 0.5)], [-momenta.step / 2, momenta.step * (momenta.count - 0.5)]);
    field.background(colors, (context) => {
      const { x, y, width: w, height: h } = field.box;
      drawBox(context, x, y, w, h, colors.grid);
      drawAxes(context, field, colors, {
        xTicks: plainTicks(0.02, rates.step * rates.count, narrow ? 3 : 5),
        yTicks: plainTicks(0, momenta.step * (momenta.count - 1), 5), xName: "learning rate", yName: "momentum",
      });
    });
  }

  draw() {
    this.#drawField();
    this.map.draw((context) => this.#drawMap(context));
    this.curve.draw((context) => this.#drawCurve(context), 7);
  }

  #drawField() {
    const { lab: { colors }, state: { cell, preview, theory }, panel, round } = this.parts;
    const { field } = this;
    field.show((context) => theory && field.theory(context, round.theory));
    if (preview) field.frame(preview, colors.soft, colors.paper, 1.5);
    field.frame(cell, colors.ink, colors.paper, document.activeElement === panel.field ? 3 : 2);
  }

  #colorOf({ factor }) {
    const { colors } = this.parts.lab;
    return factor >= 1 ? colors.vermillion : colors.blue;
  }

  #drawMap(context) {
    const { lab: { colors }, config: { start, steps }, state: { run } } = this.parts;
    const { map } = this;
    drawMinimum(context, map.x(0), map.y(0), colors.ink);
    if (run) drawSteps(context, map, run.path, steps, { color: this.#colorOf(run), halo: colors.paper });
    drawStart(context, map.box, map.x(start[0]), map.y(start[1]), { colors });
  }

  #drawCurve(context) {
    const { lab: { colors }, config: { steps }, state: { run } } = this.parts;
    if (run) this.curve.run(context, run.losses, steps, this.#colorOf(run), colors.paper);
  }
}

/** What is asked of the kernel for every cell of the map, and which goals were met. */
class Round {
  constructor(/** @type {Parts} */ parts) {
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

  /** @returns {Cell} */
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

export default experiment("momentum_map", "map of learning rates and momenta", { Panel, Drawing, Round },
  ({ config: { rates, momenta }, challenges }) => ({
    cell: null, preview: null, run: null, factors: new Float32Array(rates.count * momenta.count).fill(NaN), done: 0,
    theory: challenges.isDone("momentum.fastest"),
  }));
