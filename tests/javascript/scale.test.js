import assert from "node:assert";
import test from "node:test";
import { clamp, decades, number, powerOfTen, scale, spread, ticks } from "../../lab/static/shared/scale.js";

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

test("decades thin out", () => {
  assert.deepEqual(decades(-3, 1), [-3, -2, -1, 0, 1]);
  assert.deepEqual(decades(-10, 4, 8), [-10, -8, -6, -4, -2, 0, 2, 4]);
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
