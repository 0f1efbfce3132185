import assert from "node:assert";
import test from "node:test";
import { coarseToFine, momentumTheory, speed, strideOf } from "../../lab/static/experiments/momentum_map/cell_field.js";

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
