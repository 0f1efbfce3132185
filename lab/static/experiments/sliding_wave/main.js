/** One slider that moves a wave, and the learner's distance between the wave and its copy. */
import { experiment } from "../../shared/frame.js";
import { Drawing } from "./drawing.js";
import { Panel } from "./panel.js";
import { Round } from "./round.js";

/**
 * @typedef {object} State
 * @property {number} shift of the wave, in wavelengths
 * @property {Run | null} run what is drawn
 * @property {number[] | null} been the slider's positions that the hand has been at, from the lowest to the highest
 * @property {number} farthest the largest mean distance so far
 */
/** @typedef {{predictions: Float32Array, distances: Float32Array, mean: number | null, settings: {shift: number}}} Run */
/** @typedef {import("../../shared/frame.js").Parts<State, Panel, Drawing, Round>} Parts */

export default experiment("sliding_wave", "a wave that slides", { Panel, Drawing, Round },
  ({ settings }) => ({ ...settings, run: null, been: null, farthest: 0 }));
