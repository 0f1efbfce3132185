import assert from "node:assert";
import test from "node:test";
import { landmarks, stretches } from "../../lab/static/experiments/learning_rate/drawing.js";
import { sentence } from "../../lab/static/experiments/learning_rate/main.js";
import { lineStrength } from "../../lab/static/shared/marks.js";
import { plainTicks } from "../../lab/static/shared/plot.js";
import { clamp, decades, number, powerOfTen, roomy, scale, spread, ticks } from "../../lab/static/shared/scale.js";
import { outward } from "../../lab/static/shared/sliders.js";
import { contour, levels } from "../../lab/static/shared/terrain.js";

test("scale maps and inverts", () => {
  const map = scale(0, 10, 100, 300);
  assert.equal(map(5), 200);
  assert.equal(map.invert(200), 5);
});

test("ticks are round and lie within the range", () => {
  assert.deepEqual(ticks(-10, 10, 4), [-10, -5, 0, 5, 10]);
  assert.deepEqual(ticks(0, 1, 5), [0, 0.2, 0.4, 0.6, 0.8, 1]);
  assert.deepEqual(ticks(-7.2, 7.2, 4), [-5, 0, 5]);
});

test("an axis names its ticks with all their digits", () => {
  assert.deepEqual(plainTicks(-2000, 0, 2), [[-2000, "−2,000"], [-1000, "−1,000"], [0, "0"]]);
  assert.deepEqual(plainTicks(0, 0.0004, 4).at(-1), [0.0004, "0.0004"]);
});

test("decades thin out", () => {
  assert.deepEqual(decades(-3, 1), [-3, -2, -1, 0, 1]);
  assert.deepEqual(decades(-10, 4, 8), [-10, -8, -6, -4, -2, 0, 2, 4]);
});

test("ticks without room are left out, and zero stays", () => {
  const thinned = (/** @type {number[]} */ values, /** @type {number} */ pixels) =>
    roomy(values, (value) => value * pixels, 14, (value) => value === 0);
  assert.deepEqual(thinned([-6, -4, -2, 0, 2, 4, 6], 7), [-6, -4, -2, 0, 2, 4, 6]);
  assert.deepEqual(thinned([-6, -4, -2, 0, 2, 4, 6], 4), [-4, 0, 4]);
  assert.deepEqual(thinned([1, 2, 3, 4], 5), [1, 4]);
  assert.deepEqual(thinned([0], 1), [0]);
});

test("numbers read well", () => {
  assert.equal(number(0.17782), "0.178");
  assert.equal(number(3.14e-16), "3.1·10⁻¹⁶");
  assert.equal(number(1e6), "1.0·10⁶");
  assert.equal(number(0), "0");
  assert.equal(powerOfTen(-12), "10⁻¹²");
  assert.equal(powerOfTen(0), "1");
});

test("spread leaves labels alone that do not collide", () => {
  assert.deepEqual(spread([10, 50, 90], 15, 0, 100), [10, 50, 90]);
});

test("spread moves colliding labels apart around their mean, in order", () => {
  assert.deepEqual(spread([50, 50], 20, 0, 100), [40, 60]);
  assert.deepEqual(spread([52, 50], 20, 0, 100), [61, 41]);
});

test("spread keeps the gap and the bounds however many labels end together", () => {
  for (const wanted of [[99, 99, 99], [0, 0, 0, 5], [30, 31, 32, 60, 61], [95, 10, 96, 12]]) {
    const places = spread(wanted, 15, 0, 100);
    const sorted = [...places].sort((a, b) => a - b);
    for (let i = 1; i < sorted.length; i++) assert.ok(sorted[i] - sorted[i - 1] >= 15 - 1e-9, `${places}`);
    assert.ok(sorted[0] >= 0 && sorted.at(-1) <= 100, `${places}`);
  }
});

test("clamp", () => assert.deepEqual([clamp(5, 0, 3), clamp(-1, 0, 3), clamp(2, 0, 3)], [3, 0, 2]));

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
