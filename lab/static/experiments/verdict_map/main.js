/** The map of verdicts: every cell a walk of the learner's code and what the learner's rule says of it. */
import { CellRound, pointAtCells } from "../../shared/cell_round.js";
import { button, checkbox, codeButton, figure, imageCanvas, make, movableCanvas, verdictLine } from "../../shared/dom.js";
import { experiment } from "../../shared/frame.js";
import { number } from "../../shared/scale.js";
import { VERDICT_LOOKS } from "../../shared/verdicts.js";
import { Drawing } from "./drawing.js";

/** @import { Cell } from "../../shared/cell_field.js" */
/** @typedef {{learning_rate: number, steepness: number}} Settings */
/** @typedef {{losses: Float32Array, verdict: string, settings: Settings}} Run */
/** @typedef {object} State
 * @property {Cell} cell the chosen one
 * @property {Cell | null} preview the one pointed at
 * @property {Run | null} run of the cell shown
 * @property {Float32Array} values the numbers of the verdicts, row by row; nan while not known
 * @property {number} done how many are known
 * @property {boolean} theory whether the theory is shown */
/** @typedef {import("../../shared/frame.js").Parts<State, Panel, Drawing, Round>} Parts */

/** The last column of a row with a code, -1 if there is none. @type {(codes: ArrayLike<number>, row: number, columns: number, code: number) => number} */
export const lastWith = (codes, row, columns, code) => {
  let column = columns - 1;
  while (column >= 0 && codes[row * columns + column] !== code) column--;
  return column;
};

/** A cell's walk as code for a cell of a notebook. @type {(settings: Settings, config: {steps: number, start: number[]}) => string} */
export const verdictCode = ({ learning_rate, steepness }, { steps, start }) => [
  "import numpy as np",
  "from course.gradient_descent import gradient_descent",
  "from course.learning_rate import judge_learning_rate",
  "",
  `curvatures = np.array([1.0, ${steepness}])`,
  `path = gradient_descent(lambda weights: curvatures * weights, [${start.join(", ")}], ${learning_rate}, ${steps})`,
  "losses = 0.5 * path**2 @ curvatures",
  "judge_learning_rate(losses)",
].join("\n");

/** The elements around the map, and what they say. */
class Panel {
  constructor(/** @type {Parts} */ parts) {
    this.parts = parts;
    const { lab, config, state } = parts;
    this.verdict = verdictLine();
    this.field = movableCanvas("map of cells");
    this.curve = imageCanvas();
    this.theory = checkbox("show the theory", state.theory, (theory) => {
      state.theory = theory;
      lab.draw();
    });
    this.progress = make("span", { class: "runs" });
    this.plots = make("div", { class: "plots" },
      figure("Every cell is a walk", this.field, "point at one, or use the arrow keys"),
      figure("Its loss, step by step; the tail is shaded", this.curve));
    lab.root.append(
      this.verdict.element, lab.trouble.element, this.plots,
      make("div", { class: "legend" }, this.theory.element, this.progress),
      lab.challenges.element, codeButton(() => verdictCode(parts.round.settingsAt(state.cell), config)), lab.status);
    lab.challenges.action("verdict_map.tip", button("this is the steepest", () => parts.round.guessTip()));
    pointAtCells(this.field, parts);
  }

  tell() {
    const { lab, config: { steps }, state: { run } } = this.parts;
    this.count();
    if (!run) return;
    const { settings: { learning_rate, steepness }, verdict, losses } = run;
    const { sign, color, words } = VERDICT_LOOKS[verdict];
    const end = losses[steps] >= 1e29 ? "beyond all bounds" : number(losses[steps]);
    const text = `learning rate ${number(learning_rate)}, ${number(steepness)} times as steep across: the loss goes from ${number(losses[0])} to ${end}.`;
    this.verdict.set(`${sign} ${words}`, text[0].toUpperCase() + text.slice(1), color);
    lab.say(`${words}. ${text}`);
    this.field.setAttribute("aria-label", `Map: learning rate across, steepness up. Cell shown: ${text} Verdict: ${words}. Move with the arrow keys, by five with shift.`);
    this.curve.setAttribute("aria-label", `Loss against step. ${text} Verdict: ${words}.`);
  }

  /** How much of the map is known. */
  count() {
    const { state } = this.parts;
    const total = state.values.length;
    state.done = state.values.filter((code) => !Number.isNaN(code)).length;
    this.progress.textContent = state.done < total ? `${state.done} of ${total.toLocaleString("en")} walks` : `${total.toLocaleString("en")} walks, judged by your rule`;
  }
}

/** What is asked of the kernel for every cell of the map, and which goals were met. @extends {CellRound<State>} */
class Round extends CellRound {
  constructor(/** @type {Parts} */ parts) {
    const { rates, steepnesses, verdicts } = parts.config;
    super(parts, rates.count, steepnesses.count);
    this.right = verdicts.indexOf("just right");
  }

  settingsAt([column, row]) {
    const { rates, steepnesses } = this.parts.config;
    const at = ({ low, step }, i) => Number((10 ** (low + step * i)).toPrecision(3));
    return { learning_rate: at(rates, column), steepness: at(steepnesses, row) };
  }

  /** @returns {Cell} */
  cellOf({ learning_rate, steepness }) {
    const { rates, steepnesses } = this.parts.config;
    const of = ({ low, step }, value) => Math.round((Math.log10(value) - low) / step);
    return [of(rates, learning_rate), of(steepnesses, steepness)];
  }

  valueOf({ verdict }) { return this.parts.config.verdicts.indexOf(verdict); }

  words({ learning_rate }) { return `Learning rate ${number(learning_rate)}.`; }

  /** While the prediction is open, only a cell of the row that it asks about. */
  choose([column, row]) {
    const { lab, config } = this.parts;
    super.choose([column, lab.prediction.open ? config.asked : row]);
  }

  answer(result, settings) {
    const { arrays: [losses], note: { verdict } } = result;
    this.take(settings, result);
    this.parts.state.run = { losses, verdict, settings };
  }

  /** How far the marked cell is from the last one that is just right, once all are known. */
  compare(cell) {
    const { config: { asked, rates }, state: { values: codes, done } } = this.parts;
    if (done < codes.length) return null;
    const last = lastWith(codes, asked, rates.count, this.right);
    if (last < 0) return { right: false, text: "Your rule calls no rate just right there." };
    const right = Math.abs(cell[0] - last) <= 1;
    const rate = (column) => number(this.settingsAt([column, asked]).learning_rate);
    return { right, text: `You marked ${rate(cell[0])}, in purple. There your rule says just right up to ${rate(last)}. What happens at the next one?` };
  }

  guessTip() {
    const { lab: { challenges }, config: { rates, steepnesses }, state: { values: codes, done, cell } } = this.parts;
    const rightIn = (row) => lastWith(codes, row, rates.count, this.right) >= 0;
    const above = Array.from({ length: steepnesses.count - 1 - cell[1] }, (_, i) => cell[1] + 1 + i);
    const said = done < codes.length ? "Wait until the map is complete."
      : codes[this.placeOf(cell)] !== this.right ? "Not yet: the cell that you chose is not just right."
      : above.some(rightIn) ? "Not yet: in a steeper valley some rate is just right, too." : null;
    if (said) challenges.note("verdict_map.tip", said);
    else challenges.achieve("verdict_map.tip", `Beyond a steepness of ${number(this.settingsAt(cell).steepness)}, 60 steps are too few at any rate.`);
  }
}

export default experiment("verdict_map", "map of verdicts", { Panel, Drawing, Round },
  ({ config: { rates, steepnesses }, challenges }) => ({
    cell: null, preview: null, run: null, values: new Float32Array(rates.count * steepnesses.count).fill(NaN), done: 0,
    theory: challenges.isDone("verdict_map.tip"),
  }));
