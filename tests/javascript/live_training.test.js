import assert from "node:assert";
import test from "node:test";
import { grays, guessOf, misread, swarm } from "../../lab/static/experiments/live_training/answers.js";
import { duration, mainAction, metGoals } from "../../lab/static/experiments/live_training/record.js";

const GOAL = { accuracy: 0.95, sprint: 5, overfit: 2 };
const run = (changes) => ({ task: "digits", phase: "running", losses: [1, 1, 1], heldOut: [2, 1, 1, 1], accuracies: [0.1, 0.5, 0.9, 0.94], ...changes });

test("goals of accuracy: on digits, and early enough", () => {
  assert.deepEqual(metGoals(run({}), GOAL), []);
  assert.deepEqual(metGoals(run({ accuracies: [0.1, 0.5, 0.95] }), GOAL), ["live_training.digits", "live_training.sprint"]);
  assert.deepEqual(metGoals(run({ accuracies: [0, 0, 0, 0, 0, 0, 0.96] }), GOAL), ["live_training.digits"]);
  assert.deepEqual(metGoals(run({ task: "tumors", accuracies: [0.1, 0.99] }), GOAL), []);
  assert.deepEqual(metGoals(run({ accuracies: [0.99] }), GOAL), []); // before any training
});

test("overfitting: only a finished run, whose held-out loss doubled while the training loss fell", () => {
  const over = { phase: "finished", losses: [1, 0.5, 0.1], heldOut: [2, 1, 0.5, 1], accuracies: [] };
  assert.deepEqual(metGoals(run(over), GOAL), ["live_training.overfit"]);
  assert.deepEqual(metGoals(run({ ...over, phase: "running" }), GOAL), []);
  assert.deepEqual(metGoals(run({ ...over, heldOut: [2, 1, 0.51, 1] }), GOAL), []);
  assert.deepEqual(metGoals(run({ ...over, losses: [1, 0.5, 0.7] }), GOAL), []); // diverged instead
});

test("the main button", () => {
  assert.equal(mainAction("idle", false), "start");
  assert.equal(mainAction("running", true), "stop");
  assert.equal(mainAction("stopped", true), "continue");
  assert.equal(mainAction("stopped", false), "start"); // other settings: a new run
  assert.equal(mainAction("finished", true), "start");
});

test("durations for a hurried reader", () => {
  assert.equal(duration(0.2), "less than 1 s");
  assert.equal(duration(4.1), "about 5 s");
  assert.equal(duration(200), "about 4 min");
});

test("guesses and mistakes, the most certain first", () => {
  const answers = Float32Array.from([0.1, 0.9, 0.6, 0.4, 0.2, 0.8]);
  assert.equal(guessOf(answers, 1, 2).guess, 0);
  const wrong = misread(answers, [1, 1, 0], 2);
  assert.deepEqual(wrong.map(({ i, guess }) => [i, guess]), [[2, 1], [1, 0]]);
});

test("grays from letters", () => assert.deepEqual(grays("aiq"), [0, 0.5, 1]));

test("dots of a swarm do not overlap, whatever their number", () => {
  for (const values of [Array(80).fill(0), Array.from({ length: 60 }, (_, i) => (i * i) % 97), Array(50).fill(200)]) {
    const places = swarm(values, 5, 4, 100);
    assert.equal(places.length, values.length);
    assert.equal(new Set(places.map(({ i }) => i)).size, values.length);
    for (const a of places) {
      assert.ok(Math.abs(a.row) <= 4);
      for (const b of places) {
        if (a.i < b.i && a.row === b.row) assert.ok(Math.abs(a.x - b.x) >= 5 - 1e-9 || (a.x <= 100) !== (b.x <= 100), `${a.x} ${b.x}`);
      }
    }
  }
});
