/** A map of cells, each a run; filled from coarse to fine. What a cell looks like is a subclass's `fill`. */
import { drawBox, drawHatch } from "./marks.js";
import { offscreen, Plot } from "./plot.js";
import { clamp } from "./scale.js";

/** @import { Colors } from "./colors.js" */
/** @import { Context } from "./plot.js" */
/** @typedef {[number, number]} Cell its column and its row */

/** Cells from coarse to fine: every eighth, then every fourth, second, and all, without repeats. @type {(columns: number, rows: number) => Cell[]} */
export const coarseToFine = (columns, rows) => {
  /** @type {Cell[]} */
  const out = [];
  for (const stride of [8, 4, 2, 1]) {
    for (let row = 0; row < rows; row += stride) {
      for (let column = 0; column < columns; column += stride) {
        const known = stride < 8 && row % (2 * stride) === 0 && column % (2 * stride) === 0;
        if (!known) out.push([column, row]);
      }
    }
  }
  return out;
};

/** The stride at which a cell belongs to the coarse picture. @type {(column: number, row: number) => number} */
export const strideOf = (column, row) => [8, 4, 2, 1].find((stride) => column % stride === 0 && row % stride === 0) ?? 1;

const APART = 9; // pixels between the lines of the hatching

export class CellField extends Plot {
  /** @type {OffscreenCanvasRenderingContext2D | null} */
  cells = null;

  colors = /** @type {Colors} */ (/** @type {any} */ (null)); // until it is laid out

  /** valueAt(column, row): a number, or nan while it is not known.
   * @param {HTMLCanvasElement} canvas @param {{columns: number, rows: number, valueAt: (column: number, row: number) => number}} options */
  constructor(canvas, { columns, rows, valueAt }) {
    super(canvas);
    this.columns = columns;
    this.rows = rows;
    this.valueAt = valueAt;
    this.order = coarseToFine(columns, rows);
  }

  /** Start again from an empty map, then paint what is known. @param {Colors} colors */
  fresh(colors) {
    this.colors = colors;
    this.cells = offscreen(this.canvas.width, this.canvas.height);
    this.cells.scale(this.ratio, this.ratio);
    for (const cell of this.order) if (!Number.isNaN(this.valueAt(...cell))) this.paintCell(cell);
  }

  /** Column and row at a place on the canvas, in CSS pixels. @param {number} px @param {number} py @returns {Cell} */
  cellAt(px, py) {
    const { x, y, width, height } = this.box;
    const column = Math.floor(((px - x) / width) * this.columns);
    const row = Math.floor(((y + height - py) / height) * this.rows);
    return [clamp(column, 0, this.columns - 1), clamp(row, 0, this.rows - 1)];
  }

  /** [x, y, width, height] of a cell in CSS pixels, on whole device pixels that neighbors share.
   * @param {number} column @param {number} row @returns {[number, number, number, number]} */
  boxOf(column, row) {
    const { x, y, width, height } = this.box;
    const snapped = (/** @type {number} */ v) => Math.round(v * this.ratio) / this.ratio;
    const across = (/** @type {number} */ c) => snapped(x + (c * width) / this.columns);
    const up = (/** @type {number} */ r) => snapped(y + height - (r * height) / this.rows);
    const [left, top] = [across(column), up(row + 1)];
    return [left, top, across(column + 1) - left, up(row) - top];
  }

  /** What is painted in a box for a value. @type {(context: Context, box: [number, number, number, number], value: number) => void} */
  fill(...[, , value]) { throw new Error(`a field of cells says how it fills one of ${value}`); }

  /** Hatch a box: here a run diverges. @type {(context: Context, box: [number, number, number, number]) => void} */
  hatch(context, [x, y, width, height]) {
    const { vermillion } = this.colors;
    context.globalAlpha = 0.16;
    drawBox(context, x, y, width, height, vermillion);
    context.globalAlpha = 0.5;
    drawHatch(context, { x, y, width, height }, APART, vermillion);
    context.globalAlpha = 1;
  }

  /** Paint a cell, and the block around it as far as nothing finer is known. @param {Cell} cell */
  paintCell([column, row]) {
    if (!this.cells) return; // not laid out yet
    const stride = strideOf(column, row);
    for (let r = row; r < Math.min(this.rows, row + stride); r++) {
      for (let c = column; c < Math.min(this.columns, column + stride); c++) {
        if ((c === column && r === row) || Number.isNaN(this.valueAt(c, r))) this.fill(this.cells, this.boxOf(c, r), this.valueAt(column, row));
      }
    }
  }

  /** The cells, then what `over` draws on them. @param {(context: CanvasRenderingContext2D) => void} over */
  show(over) {
    this.draw((context) => {
      context.save();
      context.setTransform(1, 0, 0, 1, 0, 0);
      if (this.cells) context.drawImage(this.cells.canvas, 0, 0);
      context.restore();
      over(context);
    });
  }

  /** A frame around a cell. @param {Cell} cell @param {string} color @param {string} rim @param {number} width */
  frame(cell, color, rim, width) {
    const [x, y, w, h] = this.boxOf(...cell);
    this.context.lineJoin = "miter";
    for (const [style, line] of /** @type {[string, number][]} */ ([[rim, width + 3], [color, width]])) {
      this.context.strokeStyle = style;
      this.context.lineWidth = line;
      this.context.strokeRect(x - 1.5, y - 1.5, w + 3, h + 3);
    }
  }
}
