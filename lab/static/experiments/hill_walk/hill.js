/** What the ground of a hill says, and numbers with their signs. */
import { clamp, number } from "../../shared/scale.js";

const FLAT = 1e-2; // slopes smaller than this count as flat

/** A number with its sign, a true minus. */
export const signed = (value, digits = 3) => `${value > 0 ? "+" : ""}${plain(value, digits)}`;
export const plain = (value, digits = 3) => number(value, digits).replace(/^-/, "−");

/** What the ground says at one point: {sign, words, key}. */
export const underfoot = (weight, slope, [low, high]) => {
  if (weight < low || weight > high) return { key: "gone", sign: "▲", words: "out of the picture" };
  if (Math.abs(slope) < FLAT) return { key: "flat", sign: "●", words: "flat: here the walk rests" };
  return slope < 0
    ? { key: "right", sign: "→", words: "downhill is to the right" }
    : { key: "left", sign: "←", words: "downhill is to the left" };
};

/** The highest place between two valleys; −∞ where there is only one. */
export const hilltop = ({ valleys, range: [low, high], losses }) => {
  if (valleys.length < 2) return -Infinity;
  const weights = losses.map((_, i) => low + (i * (high - low)) / (losses.length - 1));
  const between = [...weights.keys()].filter((i) => weights[i] > valleys[0].weight && weights[i] < valleys[1].weight);
  return weights[between.reduce((best, i) => (losses[i] > losses[best] ? i : best))];
};

/** The loss between the samples of a hill: only to place the start before its run comes. */
export const sampledLoss = ({ range: [low, high], losses }, weight) => {
  const place = clamp(((weight - low) / (high - low)) * (losses.length - 1), 0, losses.length - 1.001);
  const i = Math.floor(place);
  return losses[i] + (losses[i + 1] - losses[i]) * (place - i);
};

/** Which goals a walk meets once it has been watched up to `step`. */
export const goalsMet = (run, step, { steps, sprint, valleys, hilltop: top }) => {
  const { hill, start } = run.settings;
  const met = [];
  const reached = run.losses.findIndex((loss) => loss <= sprint.loss);
  if (hill === sprint.hill && Math.abs(start - valleys[0].weight) >= sprint.away - 1e-9 &&
    reached >= 0 && reached <= sprint.steps && step >= reached) met.push("hill.sprint");
  if (hill === "two valleys" && step === steps && run.note.ended === "left valley" && start > top) met.push("hill.leap");
  return met;
};
