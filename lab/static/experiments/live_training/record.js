/** The record of a run in words, what the main button does, and which goals a record meets. */
import { number } from "../../shared/scale.js";

export const last = (values) => values[values.length - 1];
export const asLoss = (value) => (value >= 1e6 ? "not finite" : number(value));
export const asPercent = (share) => `${(100 * share).toFixed(1)}%`;

/** Settings in words. */
export const named = ({ optimizer, learning_rate, batch_size }) =>
  `${optimizer}, learning rate ${number(learning_rate, 2)}, batches of ${batch_size}`;

/** How long something takes, in words for a hurried reader. */
export const duration = (seconds) =>
  seconds < 1 ? "less than 1 s" : seconds < 90 ? `about ${Math.ceil(seconds)} s` : `about ${Math.ceil(seconds / 60)} min`;

/** What the main button does next. */
export const mainAction = (phase, same) =>
  phase === "running" ? "stop" : phase === "stopped" && same ? "continue" : "start";

/** Which goals a record meets. accuracies and heldOut start before the first epoch. */
export const metGoals = ({ task, phase, losses, heldOut, accuracies }, goal) => {
  const met = [];
  const good = [...accuracies].findIndex((share, epoch) => epoch > 0 && share >= goal.accuracy - 1e-6);
  if (task === "digits" && good > 0) met.push("live_training.digits");
  if (task === "digits" && good > 0 && good <= goal.sprint) met.push("live_training.sprint");
  if (phase === "finished" && losses.length > 1) {
    const best = heldOut.reduce((b, loss, epoch) => (loss < heldOut[b] ? epoch : b), 0);
    const end = heldOut.length - 1;
    if (best > 0 && best < end && heldOut[end] >= goal.overfit * heldOut[best] && losses[end - 1] < losses[best - 1]) {
      met.push("live_training.overfit");
    }
  }
  return met;
};
