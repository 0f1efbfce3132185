/** Strokes on the pad, and what was read of them. */

/** @typedef {number[][]} Stroke points across and down, from 0 to 1 */

export const TEN = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9];

const CLOSE = 0.008; // points nearer than this to the one before are left out

export const moved = (/** @type {number[]} */ point) => point.map((v) => Number(v.toFixed(3)));

/** The strokes with one more point at the end of the last; the same ones where it is too close.
 * @type {(strokes: Stroke[], point: number[]) => Stroke[]} */
export const oneMore = (strokes, point) => {
  const last = strokes.at(-1);
  if (!last) return strokes;
  const [x, y] = last[last.length - 1];
  if (Math.hypot(point[0] - x, point[1] - y) < CLOSE) return strokes;
  return [...strokes.slice(0, -1), [...last, point]];
};

/** A probability in words: never 100%, which softmax never gives. */
export const asShare = (/** @type {number} */ p) =>
  p > 0.9995 ? "> 99.9%" : p > 0.985 ? `${(100 * p).toFixed(1)}%` : `${Math.round(100 * p)}%`;

/** How many of the ten were read right. */
export const counted = (/** @type {{guess: number}[]} */ ten) => ten.filter(({ guess }, digit) => guess === digit).length;

/** The first part of some strokes, by points: a share of 1 is all of them. @type {(strokes: Stroke[], share: number) => Stroke[]} */
export const begun = (strokes, share) => {
  let left = Math.ceil(share * strokes.flat().length);
  return strokes.map((stroke) => {
    const part = stroke.slice(0, Math.max(0, left));
    left -= stroke.length;
    return part;
  }).filter((part) => part.length);
};

/** Whether a count is in the range that was chosen: up to `most`, above the next smaller option.
 * @type {(most: number, count: number, options: [number, string][]) => boolean} */
export const inRange = (most, count, options) =>
  count <= most && count > Math.max(-1, ...options.map(([value]) => value).filter((value) => value < most));
