/** Arrows on a target, the learner's squared error of each as a square, and their mean. */
import { experiment } from "../../shared/frame.js";
import { Drawing } from "./drawing.js";
import { Panel } from "./panel.js";
import { Round } from "./round.js";

/**
 * @typedef {object} State
 * @property {number[][]} arrows where they are, in cm from the center
 * @property {number} chosen which of them the hand moves
 * @property {Run | null} run what is drawn
 */
/** @typedef {{misses: number[], losses: number[], mse: number | null, mae: number, settings: {arrows: number[][]}}} Run */
/** @typedef {import("../../shared/frame.js").Parts<State, Panel, Drawing, Round>} Parts */

export default experiment("archery", "arrows on a target", { Panel, Drawing, Round },
  ({ settings: { arrows } }) => ({ arrows, chosen: arrows.length - 1, run: null }));
