import assert from "node:assert";
import test from "node:test";
import { LatestWins, Runner, unpack } from "../../lab/static/link.js";

globalThis.document = { visibilityState: "visible" };
const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

test("one request flies, the newest waits, those between are dropped", () => {
  const sent = [];
  const gate = new LatestWins((body) => sent.push(body.rate));
  for (const rate of [1, 2, 3, 4]) gate.push({ rate });
  assert.deepEqual(sent, [1]);
  assert.equal(gate.dropped, 2);
  assert.equal(gate.done(1), true);
  assert.deepEqual(sent, [1, 4]);
  assert.equal(gate.done(1), false);
  assert.equal(gate.done(2), true);
  assert.equal(gate.flying, null);
  gate.close();
});

test("a silent kernel does not block for ever, and its late reply is still news", async () => {
  let stalled = 0;
  const sent = [];
  const gate = new LatestWins((body) => sent.push(body.seq), { patience: 15, onStall: () => stalled++ });
  gate.push({});
  await wait(40);
  assert.equal(stalled, 1);
  assert.equal(gate.done(1), true);
  gate.push({});
  assert.deepEqual(sent, [1, 2]);
  gate.close();
});

test("unpack cuts one buffer into the arrays of each item", () => {
  const view = new DataView(Float32Array.from({ length: 8 }, (_, i) => i).buffer);
  const [a, none, b] = unpack([{ shapes: [[2, 2], [1]], note: 1 }, null, { shapes: [[3]], note: 2 }], view);
  assert.deepEqual([...a.arrays[0]], [0, 1, 2, 3]);
  assert.deepEqual([...a.arrays[1]], [4]);
  assert.equal(none, null);
  assert.deepEqual([...b.arrays[0]], [5, 6, 7]);
});

/** A model whose kernel answers with the setting's own number, times a factor of its version. */
const fake = () => {
  const kernel = { version: 1, sent: [], trouble: null };
  const model = {
    on: (_, callback) => (kernel.callback = callback),
    off() {},
    send: (message) => kernel.sent.push(message),
  };
  kernel.reply = () => {
    const request = kernel.sent.shift();
    if (request.type === "look") return kernel.callback({ type: "version", version: kernel.version }, []);
    const values = Float32Array.from(request.settings, (s) => s.x * kernel.version);
    kernel.callback({
      type: "answer", view: request.view, seq: request.seq, version: kernel.version, slow: false,
      trouble: kernel.trouble,
      items: request.settings.map(() => (kernel.trouble ? null : { shapes: [[1]], note: {} })),
    }, [new DataView(kernel.trouble ? new ArrayBuffer(0) : values.buffer)]);
  };
  return { kernel, model };
};

const start = (neighbors = () => []) => {
  const { kernel, model } = fake();
  const drawn = [];
  const troubles = [];
  let renewals = 0;
  const runner = new Runner(model, {
    renewed: () => renewals++,
    answer: (result) => drawn.push(result.arrays[0][0]), trouble: (t) => troubles.push(t), neighbors,
  }, { poll: 1e6 });
  return { kernel, runner, drawn, troubles, renewals: () => renewals };
};

test("guesses are drawn at once when they are asked for", async () => {
  const { kernel, runner, drawn } = start((s) => [{ x: s.x + 1 }, { x: s.x - 1 }]);
  runner.ask({ x: 5 });
  kernel.reply();
  await wait(30);
  assert.deepEqual(kernel.sent[0].settings, [{ x: 6 }, { x: 4 }]);
  kernel.reply();
  runner.ask({ x: 6 });
  assert.deepEqual(drawn, [5, 6]);
  runner.close();
});

test("a change of the learner's code empties the memory and draws anew", () => {
  const { kernel, runner, drawn, renewals } = start();
  runner.ask({ x: 5 });
  kernel.reply();
  kernel.version = 2;
  runner.look();
  kernel.reply();
  kernel.reply();
  assert.deepEqual(drawn, [5, 10]);
  assert.equal(runner.get({ x: 5 }).arrays[0][0], 10);
  assert.equal(renewals(), 2);
  runner.close();
});

test("a change noticed while guessing draws the present picture anew", async () => {
  const { kernel, runner, drawn } = start((s) => [{ x: s.x + 1 }]);
  runner.ask({ x: 5 });
  kernel.reply();
  await wait(30);
  kernel.version = 3;
  kernel.reply(); // the guess comes back from the new code
  kernel.reply();
  assert.deepEqual(drawn, [5, 15]);
  runner.close();
});

test("the answer to a request is not drawn over a newer picture from memory", () => {
  const { kernel, runner, drawn } = start();
  runner.ask({ x: 1 });
  kernel.reply();
  runner.ask({ x: 2 });
  runner.ask({ x: 1 }); // known
  kernel.reply();
  assert.deepEqual(drawn, [1, 1]);
  runner.close();
});

test("trouble is told, and the next answer is drawn", () => {
  const { kernel, runner, drawn, troubles } = start();
  kernel.trouble = { title: "no" };
  runner.ask({ x: 1 });
  kernel.reply();
  assert.deepEqual(troubles, [{ title: "no" }]);
  kernel.trouble = null;
  runner.ask({ x: 2 });
  kernel.reply();
  assert.deepEqual(drawn, [2]);
  runner.close();
});

test("replies to another view of the same widget are left alone", () => {
  const { kernel, runner, drawn } = start();
  runner.ask({ x: 1 });
  kernel.sent[0] = { ...kernel.sent[0], view: "another" };
  kernel.reply();
  assert.deepEqual(drawn, []);
  runner.close();
});

test("the memory is bounded", () => {
  const { kernel, model } = fake();
  const runner = new Runner(model, { answer() {} }, { most: 10, poll: 1e6 });
  for (let x = 0; x < 50; x++) {
    runner.ask({ x });
    kernel.reply();
  }
  assert.equal(runner.cache.size, 10);
  assert.ok(runner.tried.size <= 10);
  runner.close();
});

test("after the kernel has gone, what is remembered is shown and nothing is asked", async () => {
  const { kernel, model } = fake();
  const drawn = [];
  let waiting = null;
  const runner = new Runner(model, {
    answer: (result, { x }) => drawn.push(x), waiting: (yes) => { waiting = yes; },
  }, { poll: 5 });
  runner.ask({ x: 1 });
  kernel.reply();
  runner.leave();
  assert.equal(waiting, false);
  kernel.sent.length = 0;
  runner.ask({ x: 1 });
  runner.ask({ x: 2 });
  await wait(40);
  assert.deepEqual(drawn, [1, 1]);
  assert.deepEqual(kernel.sent, []);
  runner.close();
});

test("a picture does not wait for the reply to a guess", async () => {
  const { kernel, runner, drawn } = start((s) => [{ x: s.x + 1 }]);
  runner.ask({ x: 5 });
  kernel.reply();
  await wait(30);
  assert.equal(kernel.sent[0].now, false);
  runner.ask({ x: 50 });
  assert.deepEqual(kernel.sent.map((message) => message.now), [false, true]);
  runner.ask({ x: 60 }); // one picture in flight: the newest of the others waits
  assert.equal(kernel.sent.length, 2);
  kernel.reply();
  assert.deepEqual(drawn, [5]);
  assert.deepEqual([...runner.get({ x: 6 }).arrays[0]], [6]);
  kernel.reply();
  kernel.reply();
  assert.deepEqual(drawn, [5, 50, 60]);
  runner.close();
});
