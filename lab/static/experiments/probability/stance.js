/** What an answer is: how sure, right or not, how dear. */

/** The probability that was given to what is true. */
export const givenToTruth = (probability, target) => (target === 1 ? probability : 1 - probability);

/** How sure, and of the right thing or not: a sign, words, and the name of a color. */
export const stance = (probability, target) => {
  const truth = givenToTruth(probability, target);
  const off = Math.abs(truth - 0.5);
  if (off < 0.0026) return { sign: "●", words: "undecided", color: "orange" };
  const sure = off >= 0.395 ? "confident" : off >= 0.2 ? "fairly sure" : "unsure";
  return truth > 0.5
    ? { sign: "✓", words: `${sure} and right`, color: "blue" }
    : { sign: "✗", words: `${sure} and wrong`, color: "vermillion" };
};

/** Two wrong answers, the second at least five times as dear as the first. */
export const fiveTimes = (pin, here) =>
  Boolean(pin) && pin.target === here.target && givenToTruth(pin.probability, pin.target) < 0.5 &&
  givenToTruth(here.probability, here.target) < 0.5 && pin.loss > 0 && here.loss / pin.loss >= 5;

export const lossWords = (loss) => (loss >= 1e8 ? "not finite" : loss.toFixed(3));
