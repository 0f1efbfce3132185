import assert from "node:assert";
import test from "node:test";
import { afterAnswer, shuffled, sides } from "../../lab/static/reading/flash_cards.js";

test("a known card leaves the pile, an unknown one goes underneath", () => {
  const pile = [4, 7, 1];
  assert.deepEqual(afterAnswer(pile, true), [7, 1]);
  assert.deepEqual(afterAnswer(pile, false), [7, 1, 4]);
  assert.deepEqual(pile, [4, 7, 1]);
  assert.deepEqual(afterAnswer([3], false), [3]);
});

test("shuffling keeps every card and uses the numbers drawn", () => {
  assert.deepEqual(shuffled(5, () => 0.999), [0, 1, 2, 3, 4]);
  assert.deepEqual(shuffled(3, () => 0), [1, 2, 0]); // swaps 2 and 0, then 1 and 0
  assert.deepEqual(shuffled(31).sort((a, b) => a - b), Array.from({ length: 31 }, (_, i) => i));
  assert.deepEqual(shuffled(0), []);
});

test("a card asks by its term or by its definition, and answers with all the rest", () => {
  const card = { term: "epoch", also: "", definition: "One pass.", example: "5 steps" };
  assert.deepEqual(sides(card, false), [[["term", "epoch"]], [["text", "One pass."], ["example", "5 steps"]]]);
  assert.deepEqual(sides(card, true), [[["text", "One pass."]], [["term", "epoch"], ["example", "5 steps"]]]);
  const named = { ...card, also: "pass" };
  assert.deepEqual(sides(named, false)[1][0], ["note", "also: pass"]);
});
