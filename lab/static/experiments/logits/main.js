/** Three logits under the hand, the learner's softmax of them, and the cost of the answer. */
import { experiment } from "../../shared/frame.js";
import { Drawing } from "./drawing.js";
import { Panel } from "./panel.js";
import { Round } from "./round.js";

/** @typedef {{logits: number[], shift: number, target: number}} Settings */
/** @typedef {{probabilities: (number | null)[], sum: number | null, loss: number | null, settings: Settings}} Run null stands for nan */
/** @typedef {Settings & {run: Run | null}} State */
/** @typedef {import("../../shared/frame.js").Parts<State, Panel, Drawing, Round>} Parts */

export default experiment("logits", "three logits and their softmax", { Panel, Drawing, Round },
  ({ settings }) => ({ ...settings, logits: [...settings.logits], run: null }));
