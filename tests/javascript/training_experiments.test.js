import assert from "node:assert";
import test from "node:test";
import { differing, examine, shuffled } from "../../lab/static/experiments/clinic/diagnosis.js";
import { grays, guessOf, misread, swarm } from "../../lab/static/experiments/live_training/drawing.js";
import { duration, mainAction, metGoals } from "../../lab/static/experiments/live_training/record.js";

const verdict = (losses, { target = 0.15, window = 2, tolerance = 0.01 } = {}) => examine(losses, target, window, tolerance).verdict;

test("examine answers as the lesson does", () => {
  const healthy = [1, 0.8, 0.6, 0.4, 0.2, 0.1];
  assert.equal(verdict(healthy, { window: 10 }), "still improving"); // too few to look back
  assert.equal(verdict([...healthy, ...Array(10).fill(0.1)], { window: 10 }), "converged");
  assert.equal(verdict([1, ...Array(11).fill(0.7)], { window: 10 }), "stuck");
  assert.equal(verdict([1, 2, 4, 8]), "diverging");
  assert.equal(verdict([1, 0.5, NaN]), "diverging");
});

test("examine keeps the three borders", () => {
  assert.equal(verdict([1, 0.9, 1]), "stuck"); // equal to the first is not above it
  assert.equal(verdict([1, 0.15, 0.15, 0.15]), "converged"); // equal to the target is low enough
  assert.equal(verdict([1, 0.1, NaN, 0.1]), "converged"); // a nan in the middle is not divergence
});

test("examine tells which question ended it, with the figures", () => {
  const report = examine([1, 0.5, 0.4, 0.4], 0.15, 2, 0.01);
  assert.equal(report.stop, 1);
  assert.match(report.rows[1].found, /then 0\.500, now 0\.400: 20%, more than 1%/);
});

test("differing counts places", () => assert.equal(differing(["a", "b", "c"], ["a", "c", "b"]), 2));

test("shuffled holds each patient once, and its order varies", () => {
  assert.deepEqual(shuffled(9).sort((a, b) => a - b), [0, 1, 2, 3, 4, 5, 6, 7, 8]);
  assert.deepEqual(shuffled(3, () => 0), [1, 2, 0]);
  assert.deepEqual(shuffled(3, () => 0.999), [0, 1, 2]);
});

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
