/** The learning-rate lab: path, loss curve, verdict, and the strip of all learning rates. */
import { experiment } from "../../shared/frame.js";
import { Drawing } from "./drawing.js";
import { Panel } from "./panel.js";
import { Round } from "./round.js";

/** @typedef {{learning_rate: number, start: number[], conditioning: number}} Settings */
/** @typedef {{path: Float32Array, losses: Float32Array, note: {verdict: string, reached: number | null}, settings: Settings}} Run */
/** @typedef {{position: number, verdict: string, loss: number}} Outcome of the learning rate at a position of the slider */
/**
 * @typedef {object} Shown
 * @property {number} step
 * @property {Run | null} run
 * @property {Run | null} ghost the run before the hand last moved
 * @property {boolean} locked until a prediction was made
 * @property {boolean} theory whether the theory is shown
 * @property {number} height of the map: its weights reach from minus this to this
 * @property {Outcome[]} outcomes what is known of the strip, by position
 * @property {number} strip how many of them there are
 */
/** @typedef {Settings & Shown} State */
/** @typedef {import("../../shared/frame.js").Parts<State, Panel, Drawing, Round>} Parts */

export default experiment("learning_rate", "learning rate", { Panel, Drawing, Round }, ({ settings, config, challenges }) => ({
  ...settings, step: config.steps, run: null, ghost: null, height: 0, outcomes: [], strip: 0,
  locked: !challenges.isDone("learning_rate.predict"), theory: challenges.isDone("learning_rate.border"),
}));
