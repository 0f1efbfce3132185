/** The curve of the learner's binary cross-entropy, and a probability that is dragged along it. */
import { experiment } from "../../shared/frame.js";
import { Drawing } from "./drawing.js";
import { Panel } from "./panel.js";
import { Round } from "./round.js";

/** @typedef {{target: number, probability: number, loss: number}} Answer of the filter, and what it costs */
/** @typedef {{losses: Float32Array, finite: boolean, settings: {target: number}}} Run of one target, for all probabilities */
/** @typedef {{target: number, probability: number, run: Run | null, pin: Answer | null}} State */
/** @typedef {import("../../shared/frame.js").Parts<State, Panel, Drawing, Round>} Parts */

export default experiment("probability", "a probability on its curve", { Panel, Drawing, Round },
  ({ settings }) => ({ ...settings, run: null, pin: null }));
