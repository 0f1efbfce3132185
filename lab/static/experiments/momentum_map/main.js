/** The map of learning rates and momenta: every cell a run of the learner's code, one of them shown. */
import { CellRound, pointAtCells } from "../../shared/cell_round.js";
import { button, checkbox, codeButton, figure, imageCanvas, make, movableCanvas, verdictLine } from "../../shared/dom.js";
import { experiment } from "../../shared/frame.js";
import { number } from "../../shared/scale.js";
import { Drawing } from "./drawing.js";
import { momentumTheory } from "./speed_field.js";

/** @import { Cell } from "../../shared/cell_field.js" */
/** @typedef {{learning_rate: number, momentum: number}} Settings */
/** @typedef {{path: Float32Array, losses: Float32Array, factor: number, settings: Settings}} Run */
/** @typedef {object} State
 * @property {Cell} cell the chosen one
 * @property {Cell | null} preview the one pointed at
 * @property {Run | null} run of the cell shown
 * @property {Float32Array} values the factors by which each step multiplies the error, row by row; nan while not known
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
    this.field = movableCanvas("map of cells");
    this.map = imageCanvas();
    this.curve = imageCanvas();
    this.key = imageCanvas({ "aria-label": KEY });
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
    pointAtCells(this.field, parts);
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
    const total = state.values.length;
    state.done = state.values.filter((factor) => !Number.isNaN(factor)).length;
    this.progress.textContent = state.done < total ? `${state.done.toLocaleString("en")} of ${total.toLocaleString("en")} runs` : `${total.toLocaleString("en")} runs of your code`;
  }
}

/** What is asked of the kernel for every cell of the map, and which goals were met. @extends {CellRound<State>} */
class Round extends CellRound {
  constructor(/** @type {Parts} */ parts) {
    const { curvatures, rates, momenta } = parts.config;
    super(parts, rates.count, momenta.count);
    this.theory = momentumTheory(curvatures);
  }

  settingsAt([column, row]) {
    const { rates, momenta } = this.parts.config;
    return { learning_rate: Number(((column + 1) * rates.step).toFixed(6)), momentum: Number((row * momenta.step).toFixed(6)) };
  }

  /** @returns {Cell} */
  cellOf({ learning_rate, momentum }) {
    const { rates, momenta } = this.parts.config;
    return [Math.round(learning_rate / rates.step) - 1, Math.round(momentum / momenta.step)];
  }

  valueOf({ factor }) { return factor; }

  words({ learning_rate, momentum }) { return `Learning rate ${number(learning_rate)}, momentum ${number(momentum)}.`; }

  commit() {
    super.commit();
    if (!this.parts.lab.prediction.open) this.#judge();
  }

  answer(result, settings) {
    const { arrays: [path, losses], note: { factor } } = result;
    this.take(settings, result);
    this.parts.state.run = { path, losses, factor, settings };
  }

  /** How the marked cell compares with the fastest, once all are known. */
  compare(cell) {
    const { values: factors, done } = this.parts.state;
    if (done < factors.length) return null;
    const [yours, best] = [factors[this.placeOf(cell)], Math.min(...factors)];
    const right = yours <= best + 0.01;
    return { right, text: `The cell that you marked, in purple: ${yours >= 1 ? "it diverges" : `${number(yours)} a step`}. The fastest shrinks the error to ${number(best)} a step${right ? "." : ": find it."}` };
  }

  guessFastest() {
    const { lab, state, panel } = this.parts;
    const { values: factors } = state;
    const here = factors[this.placeOf(state.cell)];
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
    cell: null, preview: null, run: null, values: new Float32Array(rates.count * momenta.count).fill(NaN), done: 0,
    theory: challenges.isDone("momentum.fastest"),
  }));
