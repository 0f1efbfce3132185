/** The verdicts on a learning rate: how each looks, never only by color. */

/** @type {Record<string, {sign: string, color: string, words: string}>} */
export const VERDICT_LOOKS = {
  "too low": { sign: "▼", color: "orange", words: "too low" },
  "just right": { sign: "●", color: "blue", words: "just right" },
  "too high": { sign: "▲", color: "vermillion", words: "too high" },
};
