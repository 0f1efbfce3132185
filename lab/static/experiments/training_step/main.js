/** The training step in slow motion: the network's numbers, move by move, and the loss of all steps. */
import { experiment } from "../../shared/frame.js";
import { Drawing } from "./drawing.js";
import { Panel } from "./panel.js";
import { Round } from "./round.js";

/** @typedef {{rows: Float32Array, losses: Float32Array, settings: {learning_rate: number}, wide: number}} Run a row for each step, `wide` numbers long */
/**
 * @typedef {object} State
 * @property {number} learning_rate
 * @property {number} frame counts the moves of all steps
 * @property {Run | null} run what is drawn
 * @property {Map<number, {sign: string, is: string, right: boolean}>} answered by step
 * @property {number} streak of right answers
 */
/** @typedef {import("../../shared/frame.js").Parts<State, Panel, Drawing, Round>} Parts */

export default experiment("training_step", "training step in slow motion", { Panel, Drawing, Round },
  ({ settings }) => ({ ...settings, frame: 0, run: null, answered: new Map(), streak: 0 }));
