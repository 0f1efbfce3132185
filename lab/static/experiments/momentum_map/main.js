/** The map of learning rates and momenta: every cell a run of the learner's code, one of them shown. */
import { experiment } from "../../shared/frame.js";
import { Drawing } from "./drawing.js";
import { Panel } from "./panel.js";
import { Round } from "./round.js";

/** @typedef {[number, number]} Cell its column and its row */
/** @typedef {{learning_rate: number, momentum: number}} Settings */
/** @typedef {{path: Float32Array, losses: Float32Array, factor: number, settings: Settings}} Run */
/**
 * @typedef {object} State
 * @property {Cell} cell the chosen one
 * @property {Cell | null} preview the one pointed at
 * @property {Run | null} run of the cell shown
 * @property {Float32Array} factors by which each step multiplies the error, row by row; nan while not known
 * @property {number} done how many factors are known
 * @property {boolean} theory whether the theory is shown
 */
/** @typedef {import("../../shared/frame.js").Parts<State, Panel, Drawing, Round>} Parts */

export default experiment("momentum_map", "map of learning rates and momenta", { Panel, Drawing, Round },
  ({ config: { rates, momenta }, challenges }) => ({
    cell: null, preview: null, run: null, factors: new Float32Array(rates.count * momenta.count).fill(NaN), done: 0,
    theory: challenges.isDone("momentum.fastest"),
  }));
