/** The loss-curve clinic: name each curve, then see what the learner's `diagnose` says, and why. */
import { experiment } from "../../shared/frame.js";
import { TOLERANCE, WINDOW } from "./diagnosis.js";
import { Drawing } from "./drawing.js";
import { Panel } from "./panel.js";
import { Round } from "./round.js";

/** @typedef {{name: string, story: string, losses: number[]}} Patient `losses` may hold nan */
/**
 * @typedef {object} State
 * @property {number} window epochs to look back
 * @property {number} tolerance share of a loss that counts as flat
 * @property {{verdicts: string[], settings: {window: number, tolerance: number}} | null} run
 * @property {string[] | null} usual the verdicts at the usual window and tolerance
 * @property {number} current the bed at which the visit is
 * @property {number[]} order the patient in each bed
 * @property {(string | null)[]} answers the learner's, by patient: a verdict, or "skipped"
 */
/** @typedef {import("../../shared/frame.js").Parts<State, Panel, Drawing, Round>} Parts */

export default experiment("clinic", "the loss-curve clinic", { Panel, Drawing, Round }, ({ config: { patients } }) => ({
  window: WINDOW, tolerance: TOLERANCE, run: null, usual: null, current: 0, order: [...patients.keys()], answers: patients.map(() => null),
}));
