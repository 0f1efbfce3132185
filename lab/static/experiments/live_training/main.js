/** Live training: the learner's losses, optimizer and loop at work, epoch by epoch. */
import { experiment } from "../../shared/frame.js";
import { Drawing } from "./drawing.js";
import { Panel } from "./panel.js";
import { Round } from "./round.js";

/** @typedef {"digits" | "tumors"} Task */
/** @typedef {{task: Task, optimizer: string, learning_rate: number, batch_size: number}} Settings */
/**
 * @typedef {object} Run a record so far; heldOut and accuracies start before the first epoch
 * @property {Float32Array} losses
 * @property {Float32Array} heldOut
 * @property {Float32Array} accuracies
 * @property {Float32Array} batches
 * @property {Float32Array} answers
 * @property {Settings} settings
 * @property {number} epoch
 * @property {number} left seconds
 * @property {number} seconds
 * @property {boolean} finite
 */
/**
 * @typedef {object} State
 * @property {Settings} settings of the next run
 * @property {"idle" | "running" | "stopped" | "finished" | "trouble" | "cut"} phase
 * @property {string | null} id of the run on screen
 * @property {Run | null} run
 * @property {Run | null} ghost the run before
 * @property {number} shown epochs, with a fraction while the curve grows on
 * @property {boolean} watch whether to train slowly enough to watch
 * @property {boolean} stale whether the learner's code has changed since the run began
 * @property {boolean} known whether its version is
 */
/** @typedef {import("../../shared/frame.js").Parts<State, Panel, Drawing, Round>} Parts */

export default experiment("live_training", "live training", { Panel, Drawing, Round },
  ({ settings: { task, optimizer, learning_rate, batch_size } }) => ({
    settings: { task, optimizer, learning_rate, batch_size },
    phase: "idle", id: null, run: null, ghost: null, shown: 0, watch: true, stale: false, known: false,
  }));
