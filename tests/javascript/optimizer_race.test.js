import assert from "node:assert";
import test from "node:test";
import { cornersOf } from "../../lab/static/shared/marks.js";
import { raceGoals, ranking } from "../../lab/static/experiments/optimizer_race/race.js";

const config = { escape: { steps: 2, loss: 0.01, pass: 0.05 }, calm: { steps: 2, loss: 0.1 } };
const runs = (losses) => Object.fromEntries(Object.entries(losses).map(([name, values]) => [name, { losses: Float32Array.from(values) }]));

test("ranking puts the lowest loss of a step first", () => {
  const order = ranking(runs({ SGD: [9, 1], Adam: [9, 3], Momentum: [9, 0] }), 1);
  assert.deepEqual(order.map(({ name }) => name), ["Momentum", "SGD", "Adam"]);
});

const ravine = { name: "ravine", start: [-9, 1.1], rates: { SGD: 0.02, Adam: 0.16 } };

test("SGD beats Adam only from the start and at Adam's own rate", () => {
  const won = (start, rates) => raceGoals({ settings: { start, rates }, runs: runs({ SGD: [9, 1], Adam: [9, 2] }) }, ravine, config);
  assert.deepEqual(won([-9, 1.1], { SGD: 0.04, Adam: 0.16 }), { "race.sgd": "SGD" });
  assert.deepEqual(won([-8, 1.1], { SGD: 0.04, Adam: 0.16 }), {});
  assert.deepEqual(won([-9, 1.1], { SGD: 0.04, Adam: 0.001 }), {});
});

test("the saddle is left in time, from the line", () => {
  const saddle = { name: "saddle", start: [-2, 0.01], rates: {} };
  const went = (y, losses) => raceGoals({ settings: { start: [-2, y], rates: {} }, runs: runs({ SGD: losses }) }, saddle, config);
  assert.deepEqual(went(0.05, [2, 1, 0.001, 0]), { "race.saddle": "SGD" });
  assert.deepEqual(went(0.06, [2, 1, 0.001, 0]), {});
  assert.deepEqual(went(0.01, [2, 1, 0.5, 0.001]), {});
});

test("stillness on noise is a mean over the last steps", () => {
  const noisy = { name: "noisy bowl", start: [0, 0], rates: {} };
  const met = (losses) => raceGoals({ settings: { start: [0, 0], rates: {} }, runs: runs({ RMSprop: losses }) }, noisy, config);
  assert.deepEqual(met([9, 0.15, 0.02]), { "race.noise": "RMSprop" });
  assert.deepEqual(met([9, 0.3, 0.02]), {});
});

test("every runner has a shape of its own", () => {
  const shapes = ["square", "triangle", "diamond"].map((shape) => JSON.stringify(cornersOf(shape, 0, 0, 5)));
  assert.equal(new Set(shapes).size, 3);
  assert.equal(cornersOf("disc", 0, 0, 5), null);
});
