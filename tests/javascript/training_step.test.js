import assert from "node:assert";
import test from "node:test";
import { momentOf, moveOf, MOVES, partsOf, questionAt, QUESTIONS, revealedAt, signOf, storyOf, tidy } from "../../lab/static/experiments/training_step/moves.js";
import { endsOf, LINES, placesOn, thickness } from "../../lab/static/experiments/training_step/network_stage.js";

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
