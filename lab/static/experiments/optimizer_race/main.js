/** The race: four runners on one landscape, their losses, and a slider for each. */
import { experiment } from "../../shared/frame.js";
import { Drawing } from "./drawing.js";
import { Panel } from "./panel.js";
import { Round } from "./round.js";

/** @typedef {{landscape: string, start: number[], rates: Record<string, number>, runners: string[]}} Settings */
/** @typedef {{path: Float32Array, losses: Float32Array}} Course of one runner */
/** @typedef {{runs: Record<string, Course>, absent: string[], settings: Settings}} Run */
/** @typedef {Settings & {step: number, run: Run | null, moved: string}} State `moved`: the runner whose slider was moved last */
/**
 * @typedef {object} Land
 * @property {string} name
 * @property {string} title
 * @property {string} text
 * @property {[number, number]} x the weights at the edges
 * @property {[number, number]} y
 * @property {[number, number]} contours the losses of the lowest and the highest contour
 * @property {[number, number]} exponents of ten at the ends of the axis of losses
 * @property {number[][]} lowest places
 * @property {number[]} start the preset, and with it
 * @property {Record<string, number>} rates
 */
/** @typedef {import("../../shared/frame.js").Parts<State, Panel, Drawing, Round>} Parts */

export default experiment("optimizer_race", "race of optimizers", { Panel, Drawing, Round },
  ({ settings, config }) => ({ ...structuredClone(settings), step: 0, run: null, moved: config.runners[0] }));
