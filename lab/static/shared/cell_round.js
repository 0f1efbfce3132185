/** A map of cells, each a run of the learner's code: which one is shown, and what is known of the others. */
import { draggable } from "./dom.js";
import { clamp } from "./scale.js";

/** @import { Cell } from "./cell_field.js" */
/** @typedef {any} Settings of one cell, by name: numbers */
/** @typedef {{arrays: Float32Array[], note: any}} Result */
/** @typedef {object} CellState
 * @property {Cell} cell the chosen one
 * @property {Cell | null} preview the one pointed at
 * @property {Float32Array} values what is known of each, row by row; nan while nothing is */
/** @template {CellState} State @typedef {import("./frame.js").Parts<State, any, any, any>} Parts */

/** What is asked of the kernel for every cell. A subclass says which settings a cell has, and what is known of a run.
 * @template {CellState} State */
export class CellRound {
  /** @param {Parts<State>} parts @param {number} columns @param {number} rows */
  constructor(parts, columns, rows) {
    this.parts = parts;
    this.columns = columns;
    this.rows = rows;
    this.options = { most: 2 * columns * rows, batch: 64 };
    parts.state.cell = this.cellOf(parts.lab.settings);
  }

  /** @param {number[]} cell @returns {Settings} */
  settingsAt(cell) { throw new Error(`a map of cells says which settings ${cell} has`); }

  /** @param {Settings} settings @returns {Cell} */
  cellOf(settings) { throw new Error(`a map of cells says which cell has ${settings}`); }

  /** What is known of a run by what the kernel noted. @param {any} note @returns {number} */
  valueOf(note) { throw new Error(`a map of cells says what is known by ${note}`); }

  /** A marked cell in words. @param {Settings} settings @returns {string} */
  words(settings) { throw new Error(`a map of cells says ${settings} in words`); }

  /** @param {number[]} cell */
  placeOf([column, row]) { return row * this.columns + column; }

  settings() {
    const { preview, cell } = this.parts.state;
    return this.settingsAt(preview ?? cell);
  }

  /** Choose a cell; while the prediction is open, it is marked. @param {number[]} cell */
  choose([column, row]) {
    const { lab, state } = this.parts;
    state.cell = [clamp(column, 0, this.columns - 1), clamp(row, 0, this.rows - 1)];
    state.preview = null;
    if (!lab.prediction.open) return lab.ask();
    lab.prediction.offer(state.cell, this.words(this.settings()));
    lab.draw();
  }

  /** Show another cell than the chosen one, or that again. @param {Cell | null} cell */
  preview(cell) {
    const { lab, state } = this.parts;
    if (String(cell) === String(state.preview) || lab.prediction.open) return;
    state.preview = cell;
    lab.ask();
  }

  commit() {
    const { lab, state } = this.parts;
    if (!lab.prediction.open) lab.keep(this.settingsAt(state.cell));
  }

  /** Keep what is known of a cell, and paint it. @param {Settings} settings @param {Result} result */
  take(settings, { note }) {
    const cell = this.cellOf(settings);
    this.parts.state.values[this.placeOf(cell)] = this.valueOf(note);
    this.parts.drawing.field.paintCell(cell);
  }

  revealed() { this.parts.lab.ask(); }

  /** @param {Settings[]} asked @param {(Result | null)[]} results */
  grown(asked, results) {
    results.forEach((result, i) => result && this.take(asked[i], result));
    this.parts.lab.show();
  }

  renewed() {
    const { lab, state, panel, drawing } = this.parts;
    state.values.fill(NaN);
    drawing.field.fresh(lab.colors);
    panel.count();
  }

  *neighbors() {
    const { state, drawing } = this.parts;
    for (const cell of drawing.field.order) {
      if (Number.isNaN(state.values[this.placeOf(cell)])) yield this.settingsAt(cell);
    }
  }
}

/** The cell under the hand is shown, the one it presses is chosen; keys move the choice.
 * @param {HTMLCanvasElement} canvas @param {Parts<any>} parts */
export const pointAtCells = (canvas, parts) => {
  const { state } = parts;
  draggable(canvas, {
    move: (x, y) => parts.round.choose(parts.drawing.field.cellAt(x, y)),
    hover: (x, y) => parts.round.preview(parts.drawing.field.cellAt(x, y)),
    stride: (dx, dy) => parts.round.choose([state.cell[0] + dx, state.cell[1] + dy]),
    commit: () => parts.round.commit(),
  });
  canvas.addEventListener("pointerleave", () => parts.round.preview(null));
};
