/** The diagnosis of a loss curve: its four words, and the four questions that lead to them. */
import { number } from "../../shared/scale.js";

/** The usual settings of the four questions. */
export const WINDOW = 10;
export const TOLERANCE = 0.01;

export const SIGNS = {
  converged: { sign: "●", color: "blue" },
  "still improving": { sign: "▼", color: "orange" },
  stuck: { sign: "■", color: "purple" },
  diverging: { sign: "▲", color: "vermillion" },
};
export const signOf = (verdict) => SIGNS[verdict]?.sign ?? "?";
export const share = (value) => `${number(100 * value, 2)}%`;
export const asLoss = (value) => (Number.isFinite(value) ? value.toFixed(3) : "nan");

/** The four questions of the lesson, asked of one curve: {verdict, rows}. Each row holds the
 * question, what was found, and whether it was answered with yes; the first yes ends the list. */
export const examine = (losses, target, window, tolerance) => {
  const [first, last] = [losses[0], losses.at(-1)];
  const enough = losses.length > window;
  const then = enough ? losses.at(-1 - window) : NaN;
  const change = Math.abs(then - last);
  const flat = enough && change <= tolerance * Math.abs(then);
  const questions = [
    { verdict: "diverging", question: "Last loss not finite, or above the first?",
      found: Number.isFinite(last) ? `${asLoss(last)}, the first was ${asLoss(first)}` : "it is nan",
      yes: !Number.isFinite(last) || last > first },
    { verdict: "still improving", question: "Not flat?",
      found: enough
        ? `then ${asLoss(then)}, now ${asLoss(last)}: ${share(change / Math.abs(then))}, ${flat ? "within" : "more than"} ${share(tolerance)}`
        : `${losses.length} losses are too few to look back ${window}`,
      yes: !flat },
    { verdict: "converged", question: `At or below the target ${number(target)}?`, found: `${asLoss(last)}`, yes: last <= target },
    { verdict: "stuck", question: "None of these: flat, and too high.", found: "", yes: true },
  ];
  const stop = questions.findIndex(({ yes }) => yes);
  return { verdict: questions[stop].verdict, stop, rows: questions };
};

/** How many entries differ between two lists. */
export const differing = (a, b) => a.filter((entry, i) => entry !== b[i]).length;

/** 0 … n − 1 in a random order. */
export const shuffled = (n, random = Math.random) => {
  const order = Array.from({ length: n }, (_, i) => i);
  for (let i = n - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    [order[i], order[j]] = [order[j], order[i]];
  }
  return order;
};

/** A curve in words. */
export const described = (losses, window) => {
  const lowest = Math.min(...losses.filter(Number.isFinite));
  const then = losses.length > window ? `then ${asLoss(losses.at(-1 - window))}, ` : "";
  return `${losses.length} losses, from ${asLoss(losses[0])}, lowest ${asLoss(lowest)} at epoch ${losses.indexOf(lowest)}, ` +
    `${then}now ${asLoss(losses.at(-1))}.`;
};
