import assert from "node:assert";
import test from "node:test";
import { goalsMet, plain, signed, underfoot } from "../../lab/static/experiments/hill_walk/hill.js";
import { tangentPiece } from "../../lab/static/experiments/hill_walk/hill_plot.js";
import { scale } from "../../lab/static/shared/scale.js";

test("numbers carry a true minus, steps their sign", () => {
  assert.equal(plain(-1.5), "−1.5");
  assert.equal(signed(0.75), "+0.75");
  assert.equal(signed(-0.75), "−0.75");
  assert.equal(signed(0), "0");
});

test("the ground tells the way, against the sign of the slope", () => {
  assert.equal(underfoot(0, -6, [-1, 7]).key, "right");
  assert.equal(underfoot(5, 4, [-1, 7]).key, "left");
  assert.equal(underfoot(3, 0.001, [-1, 7]).key, "flat");
  assert.equal(underfoot(9, 12, [-1, 7]).key, "gone");
});

test("a piece of tangent has the slope of the data and the asked length", () => {
  const plot = { x: scale(0, 10, 0, 500), y: scale(0, 100, 300, 0) }; // 50 px and 3 px a unit
  const [x0, y0, x1, y1] = tangentPiece(plot, 4, 50, 20, 60);
  assert.ok(Math.abs(Math.hypot(x1 - x0, y1 - y0) - 120) < 1e-9);
  assert.ok(Math.abs((x0 + x1) / 2 - 200) < 1e-9 && Math.abs((y0 + y1) / 2 - 150) < 1e-9);
  const slope = (y0 - y1) / 3 / ((x1 - x0) / 50);
  assert.ok(Math.abs(slope - 20) < 1e-9);
});

const config = { steps: 6, sprint: { hill: "parabola", steps: 4, loss: 1e-3, away: 3 }, valleys: [{ weight: 3 }], hilltop: 0.1 };
const walk = (hill, start, losses, ended = null) => ({ settings: { hill, start }, losses, note: { ended } });

test("the sprint counts once its step has been watched", () => {
  const run = walk("parabola", 0, [9, 1, 0.1, 1e-4, 0, 0, 0]);
  assert.deepEqual(goalsMet(run, 2, config), []);
  assert.deepEqual(goalsMet(run, 3, config), ["hill.sprint"]);
});

test("the sprint needs the distance and the speed", () => {
  assert.deepEqual(goalsMet(walk("parabola", 2, [1, 0, 0, 0, 0, 0, 0]), 6, config), []);
  assert.deepEqual(goalsMet(walk("parabola", 0, [9, 5, 4, 3, 2, 1e-4, 0]), 6, config), []);
});

test("the leap starts right of the hilltop, ends left, and is watched to its end", () => {
  const losses = [6, 5, 4, 3, 2, 1, 1];
  assert.deepEqual(goalsMet(walk("two valleys", 3, losses, "left valley"), 6, config), ["hill.leap"]);
  assert.deepEqual(goalsMet(walk("two valleys", 3, losses, "left valley"), 5, config), []);
  assert.deepEqual(goalsMet(walk("two valleys", -1, losses, "left valley"), 6, config), []);
});
