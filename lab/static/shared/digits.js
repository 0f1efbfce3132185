/** Handwritten digits: an image of 8 × 8 gray levels, and what a network reads in it. */
import { offscreen } from "./plot.js";
import { clamp } from "./scale.js";

/** An image, 8 × 8 dots of ink on nothing; gray levels from 0 to `most`. @type {(image: ArrayLike<number>, ink: string, most?: number) => OffscreenCanvas} */
export const inked = (image, ink, most = 16) => {
  const context = offscreen(8, 8);
  context.fillStyle = ink;
  for (let p = 0; p < 64; p++) {
    context.globalAlpha = clamp(image[p] / most, 0, 1);
    context.fillRect(p % 8, Math.floor(p / 8), 1, 1);
  }
  return context.canvas;
};

/** The class with the largest probability, of those from `first` on, and that probability.
 * @type {(probabilities: ArrayLike<number>, first?: number, classes?: number) => {guess: number, probability: number}} */
export const best = (probabilities, first = 0, classes = probabilities.length) => {
  let guess = 0;
  for (let c = 1; c < classes; c++) if (probabilities[first + c] > probabilities[first + guess]) guess = c;
  return { guess, probability: probabilities[first + guess] ?? 0 };
};
