/** The optimizers: how each looks, never only by color, and words for the loss that it ends with. */
import { number } from "./scale.js";

/** @typedef {{shape: string, sign: string, color: string, dash: number[]}} Look */

/** @type {Record<string, Look>} */
export const RUNNER_LOOKS = {
  SGD: { shape: "disc", sign: "●", color: "blue", dash: [] },
  Momentum: { shape: "square", sign: "■", color: "vermillion", dash: [9, 3] },
  RMSprop: { shape: "triangle", sign: "▲", color: "green", dash: [3, 3] },
  Adam: { shape: "diamond", sign: "◆", color: "purple", dash: [10, 3, 2, 3] },
  AdamW: { shape: "wedge", sign: "▼", color: "orange", dash: [6, 2] },
};

/** A loss in words; `beyond` where it has left all bounds, `nothing` where it is as good as 0. */
export const lossWords = (/** @type {number} */ loss, beyond = "beyond all bounds", nothing = "0") =>
  loss >= 1e29 ? beyond : loss < 1e-29 ? nothing : number(loss);
