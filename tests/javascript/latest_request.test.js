import assert from "node:assert";
import test from "node:test";
import { LatestWins } from "../../lab/static/shared/latest_request.js";

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
