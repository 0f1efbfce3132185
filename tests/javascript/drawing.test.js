import assert from "node:assert";
import test from "node:test";
import { landmarks, stretches } from "../../lab/static/experiments/learning_rate/rate_strip.js";
import { sentence } from "../../lab/static/experiments/learning_rate/words.js";
import { contour, levels } from "../../lab/static/shared/contour.js";
import { lineStrength } from "../../lab/static/shared/marks.js";
import { outward } from "../../lab/static/shared/sliders.js";

test("contour of a bowl is a circle, closed", () => {
  const n = 41;
  const values = Float32Array.from({ length: n * n }, (_, k) => Math.hypot((k % n) - 20, Math.floor(k / n) - 20) ** 2);
  const segments = contour(values, n, n, 100);
  let length = 0;
  for (let k = 0; k < segments.length; k += 4) {
    for (const [x, y] of [[segments[k], segments[k + 1]], [segments[k + 2], segments[k + 3]]]) {
      // Linear interpolation of r² between grid points at most 1 apart: off by less than 1/(8·10).
      assert.ok(Math.abs(Math.hypot(x - 20, y - 20) - 10) < 0.02, `${x}, ${y}`);
    }
    length += Math.hypot(segments[k] - segments[k + 2], segments[k + 1] - segments[k + 3]);
  }
  assert.ok(Math.abs(length - 20 * Math.PI) < 0.3, `${length}`);
});

test("contour at a saddle gives two separate lines", () => {
  const segments = contour(Float32Array.from([1, 0, 0, 1]), 2, 2, 0.6);
  assert.equal(segments.length, 8);
  for (let k = 0; k < 8; k += 4) { // each cuts off one corner that is above: (0, 0) or (1, 1)
    const [mx, my] = [(segments[k] + segments[k + 2]) / 2, (segments[k + 1] + segments[k + 3]) / 2];
    assert.ok(Math.abs(mx - my) < 1e-6 && Math.abs(mx - 0.5) > 0.2, `${mx}, ${my}`);
  }
});

test("levels are geometric", () => {
  assert.deepEqual(levels(1, 100, 3).map((v) => Number(v.toFixed(9))), [1, 10, 100]);
});

test("landmarks of a valley with curvatures 1 and 10", () => {
  assert.equal(landmarks(10).border, 0.2);
  assert.equal(landmarks(10).best, 2 / 11);
});

test("outward goes to the nearest first and stays on the slider", () => {
  assert.deepEqual([...outward(1, 4)], [2, 0, 3, 4]);
});

test("stretches join neighbors of one verdict and break at gaps", () => {
  const entry = (position, verdict) => ({ position, verdict });
  assert.deepEqual(stretches([entry(0, "a"), entry(1, "a"), entry(3, "a"), entry(4, "b")]), [
    { verdict: "a", from: 0, to: 1 }, { verdict: "a", from: 3, to: 3 }, { verdict: "b", from: 4, to: 4 },
  ]);
});

test("sentence tells how it ended", () => {
  assert.match(sentence(0.1, [2, 1e-7], { verdict: "just right", reached: 1 }, 1), /loss 1\.0·10⁻⁷ after 1 steps, below 10⁻⁶ after 1\./);
  assert.match(sentence(9, [1, 1e30], { verdict: "too high" }, 1), /beyond all bounds/);
});

test("the line of a long zigzag steps back, and its first step stands out", () => {
  assert.ok(lineStrength(0, 100) > 0.8);
  const passes = Array.from({ length: 200 }, (_, i) => lineStrength(100 * i, 100)); // 200 times across
  for (let i = 1; i < 200; i++) assert.ok(passes[i] <= passes[i - 1]);
  assert.ok(passes.slice(3).reduce((sum, alpha) => sum + alpha) < 0.5); // all the late ones together
});
