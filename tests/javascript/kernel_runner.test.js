import assert from "node:assert";
import test from "node:test";
import { LatestWins, Runner, unpack } from "../../lab/static/shared/kernel_runner.js";

globalThis.document = { visibilityState: "visible" };
const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
const until = async (holds) => {
  const end = Date.now() + 10_000;
  while (!holds()) {
    assert.ok(Date.now() < end, `still not so: ${holds}`);
    await wait(2);
  }
};

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

/** A runner of a test; closed when the test ends, however it ends. */
const running = (t, ...args) => {
  const runner = new Runner(...args);
  t.after(() => runner.close());
  return runner;
};

const start = (t, neighbors = () => []) => {
  const { kernel, model } = fake();
  const drawn = [];
  const troubles = [];
  let renewals = 0;
  const runner = running(t, model, {
    renewed: () => renewals++,
    answer: (result) => drawn.push(result.arrays[0][0]), trouble: (t) => troubles.push(t), neighbors,
  }, { poll: 1e6, rest: 5 });
  return { kernel, runner, drawn, troubles, renewals: () => renewals };
};

test("guesses are drawn at once when they are asked for", async (t) => {
  const { kernel, runner, drawn } = start(t, (s) => [{ x: s.x + 1 }, { x: s.x - 1 }]);
  runner.ask({ x: 5 });
  kernel.reply();
  await until(() => kernel.sent.length > 0);
  assert.deepEqual(kernel.sent[0].settings, [{ x: 6 }, { x: 4 }]);
  kernel.reply();
  runner.ask({ x: 6 });
  assert.deepEqual(drawn, [5, 6]);
});

test("a change of the learner's code empties the memory and draws anew", (t) => {
  const { kernel, runner, drawn, renewals } = start(t);
  runner.ask({ x: 5 });
  kernel.reply();
  kernel.version = 2;
  runner.look();
  kernel.reply();
  kernel.reply();
  assert.deepEqual(drawn, [5, 10]);
  assert.equal(runner.get({ x: 5 }).arrays[0][0], 10);
  assert.equal(renewals(), 2);
});

test("a change noticed while guessing draws the present picture anew", async (t) => {
  const { kernel, runner, drawn } = start(t, (s) => [{ x: s.x + 1 }]);
  runner.ask({ x: 5 });
  kernel.reply();
  await until(() => kernel.sent.length > 0);
  kernel.version = 3;
  kernel.reply(); // the guess comes back from the new code
  kernel.reply();
  assert.deepEqual(drawn, [5, 15]);
});

test("the answer to a request is not drawn over a newer picture from memory", (t) => {
  const { kernel, runner, drawn } = start(t);
  runner.ask({ x: 1 });
  kernel.reply();
  runner.ask({ x: 2 });
  runner.ask({ x: 1 }); // known
  kernel.reply();
  assert.deepEqual(drawn, [1, 1]);
});

test("trouble is told, and the next answer is drawn", (t) => {
  const { kernel, runner, drawn, troubles } = start(t);
  kernel.trouble = { title: "no" };
  runner.ask({ x: 1 });
  kernel.reply();
  assert.deepEqual(troubles, [{ title: "no" }]);
  kernel.trouble = null;
  runner.ask({ x: 2 });
  kernel.reply();
  assert.deepEqual(drawn, [2]);
});

test("replies to another view of the same widget are left alone", (t) => {
  const { kernel, runner, drawn } = start(t);
  runner.ask({ x: 1 });
  kernel.sent[0] = { ...kernel.sent[0], view: "another" };
  kernel.reply();
  assert.deepEqual(drawn, []);
});

test("the memory is bounded", (t) => {
  const { kernel, model } = fake();
  const runner = running(t, model, { answer() {} }, { most: 10, poll: 1e6 });
  for (let x = 0; x < 50; x++) {
    runner.ask({ x });
    kernel.reply();
  }
  assert.equal(runner.cache.size, 10);
  assert.ok(runner.tried.size <= 10);
});

test("after the kernel has gone, what is remembered is shown and nothing is asked", async (t) => {
  const { kernel, model } = fake();
  const drawn = [];
  let waiting = null;
  const runner = running(t, model, {
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
});

test("a picture does not wait for the reply to a guess", async (t) => {
  const { kernel, runner, drawn } = start(t, (s) => [{ x: s.x + 1 }]);
  runner.ask({ x: 5 });
  kernel.reply();
  await until(() => kernel.sent.length > 0);
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
});

test("a guess that comes after the picture that overtook it is remembered", async (t) => {
  const { kernel, runner, drawn } = start(t, (s) => [{ x: s.x + 1 }]);
  runner.ask({ x: 5 });
  kernel.reply();
  await until(() => kernel.sent.length > 0);
  runner.ask({ x: 50 });
  kernel.sent.reverse(); // the kernel answers the picture first
  kernel.reply();
  assert.deepEqual(drawn, [5, 50]);
  kernel.reply();
  assert.deepEqual([...runner.get({ x: 6 }).arrays[0]], [6]);
  assert.equal(runner.gate.overtaken.size, 0);
});

test("a late guess of older code is not remembered", async (t) => {
  const { kernel, runner, drawn } = start(t, (s) => [{ x: s.x + 1 }]);
  runner.ask({ x: 5 });
  kernel.reply();
  await until(() => kernel.sent.length > 0);
  runner.ask({ x: 50 });
  kernel.sent.reverse();
  kernel.version = 2;
  kernel.reply();
  kernel.version = 1;
  kernel.reply();
  assert.deepEqual(drawn, [5, 100]);
  assert.equal(runner.get({ x: 6 }), undefined);
});

test("a hand that moves over known pictures does not put off the guesses", async (t) => {
  const { kernel, runner } = start(t, (s) => [{ x: s.x + 1 }, { x: s.x + 2 }]);
  runner.ask({ x: 1 });
  kernel.reply();
  await until(() => kernel.sent.length > 0);
  kernel.reply(); // 2 and 3 are known now
  const moving = setInterval(() => runner.ask({ x: 3 }), 5);
  t.after(() => clearInterval(moving));
  await until(() => kernel.sent.some((message) => message.settings?.[0].x === 4));
});

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

test("a silent kernel does not block forever, and its late reply is still news", async () => {
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

test("a picture whose answer was lost on the way is asked for again", async () => {
  const { kernel, model } = fake();
  const drawn = [];
  const runner = new Runner(model, { answer: ({ arrays }) => drawn.push(arrays[0][0]), trouble: () => {} }, { poll: 5 });
  runner.gate.patience = 20;
  runner.ask({ x: 3 });
  assert.equal(kernel.sent.shift().type, "run"); // nobody will answer this one
  await until(() => {
    if (kernel.sent[0]?.type === "look") kernel.reply(); // what came before it was answered, or never will be
    return kernel.sent[0]?.type === "run";
  });
  kernel.reply();
  assert.deepEqual(drawn, [3]);
  runner.close();
});

test("a picture that takes longer than the patience is drawn when it comes, and asked for once", async (t) => {
  const { kernel, model } = fake();
  const drawn = [];
  const runner = running(t, model, { answer: ({ arrays }) => drawn.push(arrays[0][0]), trouble: () => {} }, { poll: 5 });
  runner.gate.patience = 20;
  for (const x of [3, 4]) {
    runner.ask({ x });
    await until(() => kernel.sent.filter(({ type }) => type === "look").length > 3); // it computes all the while
    assert.equal(kernel.sent.filter(({ type }) => type === "run").length, 1);
    while (kernel.sent.length) kernel.reply();
    assert.equal(drawn.at(-1), x);
  }
  assert.deepEqual(drawn, [3, 4]);
});
