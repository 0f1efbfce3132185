import assert from "node:assert";
import test from "node:test";
import { atDistance, farthestShare, goals, nearest, shelves } from "../../lab/static/experiments/archery/arrows.js";
import { complaint, rounds } from "../../lab/static/experiments/logits/main.js";
import { givenToTruth, stance } from "../../lab/static/experiments/probability/drawing.js";
import { fiveTimes } from "../../lab/static/experiments/probability/main.js";
import { cameBack, widened } from "../../lab/static/experiments/sliding_wave/main.js";

test("nearest finds the arrow under the hand, and none beyond its reach", () => {
  const arrows = [[0, 0], [3, 4]];
  assert.equal(nearest(arrows, 3, 3, 2), 1);
  assert.equal(nearest(arrows, 0.5, 0, 2), 0);
  assert.equal(nearest(arrows, 10, 10, 2), -1);
});

test("atDistance keeps the direction, and goes up from the center", () => {
  assert.deepEqual(atDistance([3, 4], 10), [6, 8]);
  assert.deepEqual(atDistance([0, 0], 2), [0, 2]);
  assert.deepEqual(atDistance([-5, 0], 0), [0, 0]);
});

const ROOM = { width: 400, height: 300, gap: 8, label: 18, most: 18, least: 16 };

test("one small square is as large as allowed, and not larger", () => {
  const { unit, places } = shelves([3], ROOM);
  assert.equal(unit, 18);
  assert.deepEqual(places, [{ x: 0, bottom: 18 + 54, size: 54 }]);
});

test("squares keep to the room, do not overlap, and keep their proportions", () => {
  for (const sides of [[20, 20], [1, 2, 1, 2, 10, 4], Array(13).fill(5), [22, ...Array(11).fill(0.5), 6.4], Array(13).fill(0)]) {
    const { unit, places } = shelves(sides, ROOM);
    assert.ok(unit > 0);
    places.forEach((place, i) => {
      assert.ok(Math.abs(place.size - unit * sides[i]) < 1e-9);
      assert.ok(place.x + place.size <= ROOM.width + 1e-6);
      assert.ok(place.bottom + ROOM.label <= ROOM.height + 1e-6, `${place.bottom}`);
      assert.ok(place.bottom - place.size >= ROOM.label - 1e-6);
      const next = places[i + 1];
      if (next && next.bottom === place.bottom) assert.ok(next.x >= place.x + place.size + ROOM.gap - 1e-6);
      else if (next) assert.ok(next.bottom - next.size >= place.bottom + ROOM.label - 1e-6);
    });
  }
});

test("the farthest arrow's share of both means", () => {
  const { arrow, mae, mse } = farthestShare([1, 1, 8], [1, 1, 64]);
  assert.equal(arrow, 2);
  assert.equal(mae, 0.8);
  assert.ok(Math.abs(mse - 64 / 66) < 1e-12);
});

test("outlier goal: five arrows, one outside the gold, MSE above ten times MAE", () => {
  const mean = (values) => values.reduce((sum, v) => sum + v, 0) / values.length;
  const met = (misses) => goals.outlier(misses, mean(misses.map((m) => m * m)), mean(misses), 4);
  assert.ok(met([1, 1, 1, 1, 20])); // 404/5 against 10 · 24/5
  assert.ok(!met([1, 1, 1, 20])); // four arrows
  assert.ok(!met([1, 1, 5, 1, 20])); // two outside the gold
  assert.ok(!met([1, 1, 1, 1, 10])); // 104/5 against 10 · 14/5
});

test("hundred goal: no arrow near 10 cm", () => {
  assert.ok(goals.hundred([2, 14], 100));
  assert.ok(!goals.hundred([10, 10], 100));
  assert.ok(!goals.hundred([2, 13], 86.5));
  assert.ok(!goals.hundred([14], 196));
});

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
