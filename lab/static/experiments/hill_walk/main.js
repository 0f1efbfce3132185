/** The hill walk: a tangent felt out by the learner's code, the next step, the steps so far. */
import { experiment } from "../../shared/frame.js";
import { Drawing } from "./drawing.js";
import { Panel } from "./panel.js";
import { Round } from "./round.js";

/** @typedef {{hill: string, start: number, learning_rate: number}} Settings */
/** @typedef {{weights: number[], losses: number[], slopes: number[], note: {ended: string | null}, settings: Settings}} Run */
/** @typedef {Settings & {step: number, run: Run | null, ended: Set<string>}} State `ended`: valleys that a walk has ended in */
/** @typedef {{name: string, weight: number}} Valley */
/** @typedef {{name: string, title: string, text: string, start: number, learning_rate: number, range: [number, number], top: number, losses: number[], valleys: Valley[]}} Hill */
/** @typedef {import("../../shared/frame.js").Parts<State, Panel, Drawing, Round>} Parts */

export default experiment("hill_walk", "walk the hill", { Panel, Drawing, Round },
  ({ settings }) => ({ ...settings, step: 0, run: null, ended: new Set() }));
