import assert from "node:assert";
import test from "node:test";
import { goalsMet, plain, signed, tangentPiece, underfoot } from "../../lab/static/experiments/hill_walk/hill.js";
import { lastWith } from "../../lab/static/experiments/verdict_map/main.js";
import { momentumTheory, speed } from "../../lab/static/experiments/momentum_map/speed_field.js";
import { coarseToFine, strideOf } from "../../lab/static/shared/cell_field.js";
import { raceGoals, ranking } from "../../lab/static/experiments/optimizer_race/race.js";
import { momentOf, moveOf, MOVES, partsOf, questionAt, QUESTIONS, revealedAt, signOf, storyOf, tidy } from "../../lab/static/experiments/training_step/moves.js";
import { endsOf, LINES, placesOn, thickness } from "../../lab/static/experiments/training_step/scene.js";
import { cornersOf } from "../../lab/static/shared/marks.js";
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

const hillGoals = { steps: 6, sprint: { hill: "parabola", steps: 4, loss: 1e-3, away: 3 }, valleys: [{ weight: 3 }], hilltop: 0.1 };
const walk = (hill, start, losses, ended = null) => ({ settings: { hill, start }, losses, note: { ended } });

test("the sprint counts once its step has been watched", () => {
  const run = walk("parabola", 0, [9, 1, 0.1, 1e-4, 0, 0, 0]);
  assert.deepEqual(goalsMet(run, 2, hillGoals), []);
  assert.deepEqual(goalsMet(run, 3, hillGoals), ["hill.sprint"]);
});

test("the sprint needs the distance and the speed", () => {
  assert.deepEqual(goalsMet(walk("parabola", 2, [1, 0, 0, 0, 0, 0, 0]), 6, hillGoals), []);
  assert.deepEqual(goalsMet(walk("parabola", 0, [9, 5, 4, 3, 2, 1e-4, 0]), 6, hillGoals), []);
});

test("the leap starts right of the hilltop, ends left, and is watched to its end", () => {
  const losses = [6, 5, 4, 3, 2, 1, 1];
  assert.deepEqual(goalsMet(walk("two valleys", 3, losses, "left valley"), 6, hillGoals), ["hill.leap"]);
  assert.deepEqual(goalsMet(walk("two valleys", 3, losses, "left valley"), 5, hillGoals), []);
  assert.deepEqual(goalsMet(walk("two valleys", -1, losses, "left valley"), 6, hillGoals), []);
});

test("cells come from coarse to fine, each once", () => {
  const order = coarseToFine(44, 33);
  assert.equal(order.length, 44 * 33);
  assert.equal(new Set(order.map(String)).size, 44 * 33);
  const strides = order.map(([column, row]) => strideOf(column, row));
  for (let k = 1; k < strides.length; k++) assert.ok(strides[k] <= strides[k - 1]);
  assert.equal(strides.filter((stride) => stride === 8).length, 6 * 5);
});

test("the blocks of coarser cells cover the map without overlap", () => {
  const covered = new Map();
  for (const [column, row] of coarseToFine(44, 33).filter((cell) => strideOf(...cell) === 8)) {
    for (let c = column; c < Math.min(44, column + 8); c++) {
      for (let r = row; r < Math.min(33, row + 8); r++) covered.set(`${c},${r}`, (covered.get(`${c},${r}`) ?? 0) + 1);
    }
  }
  assert.equal(covered.size, 44 * 33);
  assert.ok([...covered.values()].every((times) => times === 1));
});

test("the last column with a verdict is that of its row, or none", () => {
  const codes = [0, 1, 1, 2, 0, 0, 2, 2]; // two rows of four
  assert.equal(lastWith(codes, 0, 4, 1), 2);
  assert.equal(lastWith(codes, 1, 4, 1), -1);
  assert.equal(lastWith(codes, 1, 4, 0), 1);
});

test("theory for curvatures 1 and 9", () => {
  const { border, best } = momentumTheory([1, 9]);
  assert.equal(border(0), 2 / 9);
  assert.equal(border(0.5), 3 / 9);
  // Square roots 1 and 3: rate (2 / 4)², momentum (2 / 4)².
  assert.equal(best.rate, 0.25);
  assert.equal(best.momentum, 0.25);
});

test("speed runs from 0 at factor 1 to 1 at the fastest; a growing error has none", () => {
  assert.equal(speed(1, 0.7), null);
  assert.equal(speed(1.4, 0.7), null);
  assert.ok(Math.abs(speed(0.85, 0.7) - 0.5) < 1e-12);
  assert.equal(speed(0.5, 0.7), 1);
});

const limits = { pass: { steps: 2, loss: 0.2, near: 0.05 }, calm: { steps: 2, loss: 0.1 } };
const runs = (losses) => Object.fromEntries(Object.entries(losses).map(([name, values]) => [name, { losses: Float32Array.from(values) }]));

test("ranking puts the lowest loss of a step first", () => {
  const order = ranking(runs({ SGD: [9, 1], Adam: [9, 3], Momentum: [9, 0] }), 1);
  assert.deepEqual(order.map(({ name }) => name), ["Momentum", "SGD", "Adam"]);
});

const ravine = { name: "ravine", start: [-9, 1.1], rates: { SGD: 0.02, Adam: 0.16 } };

test("SGD beats Adam only from the start and at one rate for both", () => {
  const won = (start, rates) => raceGoals({ settings: { start, rates }, runs: runs({ SGD: [9, 1], Adam: [9, 2] }) }, ravine, limits);
  assert.deepEqual(won([-9, 1.1], { SGD: 0.04, Adam: 0.04 }), { "race.sgd": "SGD" });
  assert.deepEqual(won([-8, 1.1], { SGD: 0.04, Adam: 0.04 }), {});
  assert.deepEqual(won([-9, 1.1], { SGD: 0.04, Adam: 0.16 }), {});
});

test("SGD stays on the pass only beside the line", () => {
  const saddle = { name: "saddle", start: [-2, 0.01], rates: {} };
  const went = (y, losses) => raceGoals({ settings: { start: [-2, y], rates: {} }, runs: runs({ SGD: losses }) }, saddle, limits);
  assert.deepEqual(went(-0.05, [2, 1, 0.3, 0]), { "race.saddle": "SGD" });
  assert.deepEqual(went(0.06, [2, 1, 0.3, 0]), {});
  assert.deepEqual(went(0, [2, 1, 0.3, 0]), {});
  assert.deepEqual(went(0.01, [2, 1, 0.1, 0]), {});
});

test("stillness on noise is a mean over the last steps", () => {
  const noisy = { name: "noisy bowl", start: [0, 0], rates: {} };
  const met = (losses) => raceGoals({ settings: { start: [0, 0], rates: {} }, runs: runs({ RMSprop: losses }) }, noisy, limits);
  assert.deepEqual(met([9, 0.15, 0.02]), { "race.noise": "RMSprop" });
  assert.deepEqual(met([9, 0.3, 0.02]), {});
});

test("every runner has a shape of its own", () => {
  const shapes = ["square", "triangle", "diamond"].map((shape) => JSON.stringify(cornersOf(shape, 0, 0, 5)));
  assert.equal(new Set(shapes).size, 3);
  assert.equal(cornersOf("disc", 0, 0, 5), null);
});

test("frames count moves within steps", () => {
  assert.deepEqual(momentOf(0), { step: 0, move: 0 });
  assert.deepEqual(momentOf(MOVES.length + 3), { step: 1, move: 3 });
});

test("parts cut a row in order", () => {
  const parts = partsOf(Float32Array.from([1, 2, 3, 4]), [["inputs", 2], ["target", 1], ["loss", 1]]);
  assert.deepEqual([...parts.inputs], [1, 2]);
  assert.deepEqual([...parts.loss], [4]);
});

test("tidy numbers are short and carry a true minus", () => {
  assert.equal(tidy(-4.3152), "−4.315");
  assert.equal(tidy(-4.3152, 2), "−4.32");
  assert.equal(tidy(-16.744), "−16.74");
  assert.equal(tidy(-0.0001), "0");
  assert.equal(tidy(5), "5");
  assert.equal(tidy(290000), "3·10⁵");
});

// The step worked by hand in the lesson.
const lesson = {
  inputs: [1, 2], target: [4], weights_1: [1, 1, 1, -2], bias_1: [0, 1], weights_2: [2, -1], bias_2: [-1],
  sums: [3, -2], hidden: [3, 0], output: [5], loss: [1], output_gradient: [2],
  weights_2_gradient: [6, 0], bias_2_gradient: [2], hidden_gradient: [4, -2], sums_gradient: [4, 0],
  weights_1_gradient: [4, 0, 8, 0], bias_1_gradient: [4, 0],
  new_weights_1: [0.96, 1, 0.92, -2], new_bias_1: [-0.04, 1], new_weights_2: [1.94, -1], new_bias_2: [-1.02],
};

test("the story tells the numbers of the lesson", () => {
  const told = (name) => storyOf(lesson, moveOf(name), 0.01);
  assert.match(told("sums").see, /1 · 1 \+ 2 · 1 \+ 0 = 3\./);
  assert.match(told("hidden").see, /the lower unit is dark/);
  assert.match(told("output").see, /3 · 2 \+ 0 · \(−1\) \+ \(−1\) = 5\./);
  assert.deepEqual(told("back2").results[1], ["weights_2_gradient", "[[6], [0]]"]);
  assert.match(told("gate").see, /the lower unit is not to blame/);
  assert.deepEqual(told("update").results[0], ["weights_1", "[[0.96, 1], [0.92, −2]]"]);
  for (const name of MOVES) assert.ok(told(name).title && told(name).code && told(name).see);
});

test("the story agrees in number when both units are shut", () => {
  const shut = { ...lesson, sums: [-1, 0], hidden: [0, 0], sums_gradient: [0, 0] };
  assert.match(storyOf(shut, moveOf("hidden"), 0.01).see, /both units are dark/);
});

test("questions are seen at the move of their layer, and all three signs occur", () => {
  assert.equal(revealedAt({ part: "weights_2" }), moveOf("back2"));
  assert.equal(revealedAt({ part: "bias_2" }), moveOf("back2"));
  assert.equal(revealedAt({ part: "weights_1" }), moveOf("back1"));
  assert.equal(questionAt(0), questionAt(QUESTIONS.length));
  assert.deepEqual([-3, 0, 2].map(signOf), ["negative", "zero", "positive"]);
});

test("stage: everything stands inside, lines run from left to right", () => {
  for (const [width, height] of [[300, 330], [627, 320]]) {
    const places = placesOn(width, height);
    for (const name of ["x1", "x2", "h1", "h2", "y"]) {
      const half = name[0] === "h" ? places.unit.width / 2 : places.radius;
      assert.ok(places[name][0] - half >= 0 && places[name][0] + half <= width, `${name} at ${width}`);
    }
    for (const line of LINES) {
      const [x0, , x1] = endsOf(places, line);
      assert.ok(x1 - x0 > 40, `${line.name} at ${width}`);
    }
  }
});

test("lines grow with the number and never vanish", () => {
  assert.equal(thickness(0), 1);
  assert.ok(thickness(-4) > thickness(1));
  assert.equal(thickness(1e6), thickness(9));
});
