import assert from "node:assert";
import test from "node:test";
import { differing, examine, shuffled } from "../../lab/static/experiments/clinic/diagnosis.js";

const verdict = (losses, { target = 0.15, window = 2, tolerance = 0.01 } = {}) => examine(losses, target, window, tolerance).verdict;

test("examine answers as the lesson does", () => {
  const healthy = [1, 0.8, 0.6, 0.4, 0.2, 0.1];
  assert.equal(verdict(healthy, { window: 10 }), "still improving"); // too few to look back
  assert.equal(verdict([...healthy, ...Array(10).fill(0.1)], { window: 10 }), "converged");
  assert.equal(verdict([1, ...Array(11).fill(0.7)], { window: 10 }), "stuck");
  assert.equal(verdict([1, 2, 4, 8]), "diverging");
  assert.equal(verdict([1, 0.5, NaN]), "diverging");
});

test("examine keeps the three borders", () => {
  assert.equal(verdict([1, 0.9, 1]), "stuck"); // equal to the first is not above it
  assert.equal(verdict([1, 0.15, 0.15, 0.15]), "converged"); // equal to the target is low enough
  assert.equal(verdict([1, 0.1, NaN, 0.1]), "converged"); // a nan in the middle is not divergence
});

test("examine tells which question ended it, with the figures", () => {
  const report = examine([1, 0.5, 0.4, 0.4], 0.15, 2, 0.01);
  assert.equal(report.stop, 1);
  assert.match(report.rows[1].found, /then 0\.500, now 0\.400: 20 %, more than 1 %/);
});

test("differing counts places", () => assert.equal(differing(["a", "b", "c"], ["a", "c", "b"]), 2));

test("shuffled holds each patient once, and its order varies", () => {
  assert.deepEqual(shuffled(9).sort((a, b) => a - b), [0, 1, 2, 3, 4, 5, 6, 7, 8]);
  assert.deepEqual(shuffled(3, () => 0), [1, 2, 0]);
  assert.deepEqual(shuffled(3, () => 0.999), [0, 1, 2]);
});
