import assert from "node:assert";
import test from "node:test";
import { meanOf, medianOf } from "../../lab/static/experiments/best_constant/drawing.js";
import { rangeOf } from "../../lab/static/experiments/broken_run/main.js";
import { asShare, begun, counted, inRange, oneMore } from "../../lab/static/experiments/draw_digit/strokes.js";
import { best } from "../../lab/static/shared/digits.js";
import { course, toldCourse, upAndBack } from "../../lab/static/experiments/edge/main.js";
import { at, bestOf, verdictOf, winner } from "../../lab/static/experiments/rate_sweep/drawing.js";
import { carried, stepsFrom } from "../../lab/static/experiments/sparse_gradients/main.js";

test("mean and median of the rides", () => {
  assert.equal(meanOf([1, 2, 6]), 3);
  assert.equal(medianOf([6, 1, 2]), 2);
});

test("the lowest loss, and losses between two learning rates", () => {
  assert.deepEqual(bestOf(Float32Array.from([4, 1, 2])), { loss: 1, position: 1 });
  assert.equal(at([100, 1, 4], 0.5), 10); // halfway on a logarithmic scale
  assert.equal(at([100, 1, 4], 2), 4);
  assert.equal(at([100, 1, 4], 9), 4);
  assert.equal(at([100, 0, 4], 1), 0);
  assert.equal(winner({ a: [3], b: [1], c: [2] }, ([loss]) => loss), "b");
});

test("how far ahead: as before, less, hardly, behind", () => {
  assert.deepEqual([[9, 10], [4, 10], [1.5, 10], [0.5, 10]].map(([fair, equal]) => verdictOf(fair, equal)), ["same", "less", "hardly", "behind"]);
});

test("steps from the first sighting, and how far it carries", () => {
  const weights = [0, 0, 0, 0.5, 0.75, 0.75, 0.9, 0.95]; // seen at the third example and at the sixth
  assert.deepEqual(stepsFrom([...weights, ...Array(60).fill(0.95)], 3).slice(0, 3), [0.5, 0.25, 0]);
  assert.equal(carried(weights, 3), 0.75);
});

test("the course of a loss", () => {
  assert.deepEqual(course([1, 0.5, 0.2]), { climbs: false, burst: false, peak: 1, at: 0, turn: 0, end: 0.2 });
  assert.deepEqual(course([1, 0.5, 8, 0.2]), { climbs: true, burst: false, peak: 8, at: 2, turn: 1, end: 0.2 });
  assert.equal(course([1, 0.5, 8]).burst, true);
  assert.match(toldCourse({ losses: [1, 0.5, 8], rate: 1, seen: [2] }), /falls for 1 steps, climbs to 8 at step 2, and does not come back/);
  assert.match(toldCourse({ losses: [1, 0.5, 1e6], rate: 1, seen: [2] }), /grows beyond all bounds/);
});

test("a drawn curve is right if it climbs and comes back", () => {
  assert.deepEqual([[-2, -2.1, 0, -3], [-2, -2.1, -1.8, -3], [-2, 0, 0], [-2, -3]].map(upAndBack), [true, false, false, false]);
});

test("the axis holds both curves", () => assert.deepEqual(rangeOf({ mine: [3, 0.02], right: [3, 40] }), [-2, 2]));

test("strokes: points that are too close are left out, others go to the last stroke", () => {
  const strokes = [[[0, 0]], [[0.5, 0.5]]];
  assert.equal(oneMore(strokes, [0.501, 0.5]), strokes);
  assert.deepEqual(oneMore(strokes, [0.6, 0.5]), [[[0, 0]], [[0.5, 0.5], [0.6, 0.5]]]);
  assert.deepEqual(oneMore([], [0.6, 0.5]), []);
});

test("what was read, in words", () => {
  assert.deepEqual(best([0.1, 0.7, 0.2]), { guess: 1, probability: 0.7 });
  assert.deepEqual(best([]), { guess: 0, probability: 0 });
  assert.deepEqual([0.421, 0.992, 0.99999].map(asShare), ["42%", "99.2%", "> 99.9%"]);
  assert.equal(counted([{ guess: 0 }, { guess: 7 }, { guess: 2 }]), 2);
});

test("strokes are drawn one after the other", () => {
  const strokes = [[[0, 0], [1, 0]], [[0, 1], [1, 1]]];
  assert.deepEqual(begun(strokes, 0.75), [strokes[0], [[0, 1]]]);
  assert.deepEqual([begun(strokes, 0), begun(strokes, 1)], [[], strokes]);
});

test("bets are ranges", () => {
  const options = [[3, "3 or fewer"], [6, "4 to 6"], [10, "7 to 10"]];
  assert.deepEqual([inRange(3, 0, options), inRange(6, 3, options), inRange(6, 4, options), inRange(10, 10, options)], [true, false, true, true]);
});
