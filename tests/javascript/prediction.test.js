import assert from "node:assert";
import test from "node:test";
import { sketched } from "../../lab/static/experiments/sliding_wave/main.js";
import { apart, filled, DRAWN_POINTS } from "../../lab/static/shared/prediction.js";

test("gaps of a drawn curve are filled from their neighbors", () => {
  assert.deepEqual(filled([null, 1, null, null, 4, null]), [1, 1, 2, 3, 4, 4]);
  assert.deepEqual(filled([null, 2]), [2, 2]);
});

test("two curves are apart by their mean distance", () => {
  assert.equal(apart([0, 1, 2], (share) => 2 * share), 0);
  assert.equal(apart([1, 2, 3], (share) => 2 * share), 1);
});

test("a sketch of the wave is right if it comes back after one wavelength and rises again", () => {
  const of = (height) => Array.from({ length: DRAWN_POINTS }, (_, i) => height((1.5 * i) / (DRAWN_POINTS - 1)));
  assert.ok(sketched(of((shift) => Math.abs(Math.sin(Math.PI * shift)))).right);
  assert.ok(!sketched(of((shift) => shift)).right);
});
