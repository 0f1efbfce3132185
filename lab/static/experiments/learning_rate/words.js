/** A run in words and as code. */
import { number } from "../../shared/scale.js";

/** One sentence on a run. */
export const sentence = (rate, losses, note, steps) => {
  const end = losses[losses.length - 1];
  const rest = note.verdict === "too high"
    ? end >= 1e29 ? "the loss grows beyond all bounds" : `the loss is ${number(end)} after ${steps} steps`
    : `loss ${number(end)} after ${steps} steps${note.reached === null ? "" : `, below 10⁻⁶ after ${note.reached}`}`;
  return `Learning rate ${number(rate)}: ${rest}.`;
};

/** A run as code for a cell of a notebook. */
export const rateCode = ({ learning_rate, start, conditioning }, steps) => [
  "import numpy as np",
  "from course.gradient_descent import gradient_descent",
  "",
  `curvatures = np.array([1.0, ${conditioning}])`,
  `path = gradient_descent(lambda weights: curvatures * weights, [${start.join(", ")}], ${learning_rate}, ${steps})`,
  "losses = 0.5 * path**2 @ curvatures",
].join("\n");
