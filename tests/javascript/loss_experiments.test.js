import assert from "node:assert";
import test from "node:test";
import { complaint } from "../../lab/static/experiments/logits/panel.js";
import { rounds } from "../../lab/static/experiments/logits/round.js";
import { fiveTimes, givenToTruth, stance } from "../../lab/static/experiments/probability/stance.js";
import { cameBack, widened } from "../../lab/static/experiments/sliding_wave/round.js";

test("the wave came back only after a trip", () => {
  assert.ok(cameBack(1, 1e-16, 1.2));
  assert.ok(!cameBack(0, 0, 1.2));
  assert.ok(!cameBack(1, 0.04, 1.2));
  assert.ok(!cameBack(1, 0, 0)); // a function that returns 0 everywhere
});

test("widened keeps everything between the lowest and the highest", () => {
  assert.deepEqual(widened(null, 15), [15, 15]);
  assert.deepEqual(widened([15, 20], 3), [3, 20]);
  assert.deepEqual(widened([15, 20], 17), [15, 20]);
});

test("stance tells right from wrong for both targets", () => {
  assert.equal(stance(0.9, 1).words, "confident and right");
  assert.equal(stance(0.9, 0).words, "confident and wrong");
  assert.equal(stance(0.1, 0).words, "confident and right");
  assert.equal(stance(0.6, 0).words, "unsure and wrong");
  assert.equal(stance(0.5, 1).words, "undecided");
  assert.equal(givenToTruth(0.25, 0), 0.75);
});

test("five times as dear: both wrong, same target", () => {
  const at = (probability, target, loss) => ({ probability, target, loss });
  assert.ok(fiveTimes(at(0.6, 0, 0.916), at(0.99, 0, 4.605)));
  assert.ok(!fiveTimes(at(0.6, 0, 0.916), at(0.98, 0, 3.912)));
  assert.ok(!fiveTimes(at(0.1, 0, 0.105), at(0.99, 0, 4.605))); // the first was right
  assert.ok(!fiveTimes(at(0.4, 1, 0.916), at(0.99, 0, 4.605))); // another truth
  assert.ok(!fiveTimes(null, at(0.99, 0, 4.605)));
});

test("probabilities round to the goal", () => {
  assert.ok(rounds([0.6999, 0.2005, 0.0996], [0.7, 0.2, 0.1]));
  assert.ok(!rounds([0.71, 0.19, 0.1], [0.7, 0.2, 0.1]));
  assert.ok(!rounds([null, 0.2, 0.1], [0.7, 0.2, 0.1]));
});

test("complaint names what cannot be right, and nothing else", () => {
  const said = (probabilities, sum, largest = 2) => complaint({ probabilities, sum }, largest);
  assert.equal(said([0.7, 0.2, 0.1], 1), "");
  assert.match(said([null, null, null], null, 1002), /e to the power of 1002 is too large.*Subtract the largest/);
  assert.match(said([null, 0, 0], null, 2), /returned nan/);
  assert.match(said([0.7, 0.5, 0.1], 1.3), /sum to 1\.3; they should sum to 1/);
  assert.match(said([1.2, -0.2, 0], 1), /below 0/);
});
