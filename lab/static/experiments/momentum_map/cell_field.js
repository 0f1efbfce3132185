/** A map of cells, each colored by how fast its run converges; filled from coarse to fine. */
import { drawBox, drawHatch, drawLine, drawRing, drawText, letter } from "../../shared/marks.js";
import { offscreen, Plot } from "../../shared/plot.js";
import { clamp } from "../../shared/scale.js";

/** @import { Cell } from "./main.js" */

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

/** The stride at which a cell belongs to the coarse picture. */
export const strideOf = (column, row) => [8, 4, 2, 1].find((stride) => column % stride === 0 && row % stride === 0);

/** Polyak's border and best pair for curvatures [flat, steep]. */
export const momentumTheory = ([flat, steep]) => {
  const [a, b] = [Math.sqrt(flat), Math.sqrt(steep)];
  return {
    border: (momentum) => (2 * (1 + momentum)) / steep,
    best: { rate: (2 / (a + b)) ** 2, momentum: ((b - a) / (b + a)) ** 2 },
  };
};

/** The place of a factor on the color ramp: 0 slow, 1 fast; null where it diverges. */
export const speed = (factor, fastest) => (factor >= 1 ? null : clamp((1 - factor) / (1 - fastest), 0, 1));

const FASTEST = 0.72; // the factor at the fast end of the ramp
const SHADES = 48;
const APART = 9; // pixels between the lines of the hatching

export class CellField extends Plot {
  /** @type {string[]} */
  shades = [];
  /** @type {OffscreenCanvasRenderingContext2D | null} */
  cells = null;

  /** factorAt(column, row): a factor, or nan while it is not known. */
  constructor(canvas, { columns, rows, factorAt }) {
    super(canvas);
    this.columns = columns;
    this.rows = rows;
    this.factorAt = factorAt;
    this.order = coarseToFine(columns, rows);
  }

  /** Color ramp from three CSS colors, slow to fast. @param {string[]} colors */
  ramp([slow, middle, fast]) {
    this.shades = Array.from({ length: SHADES + 1 }, (_, i) => {
      const t = i / SHADES;
      return t < 0.5
        ? `color-mix(in oklab, ${middle} ${200 * t}%, ${slow})`
        : `color-mix(in oklab, ${fast} ${200 * t - 100}%, ${middle})`;
    });
  }

  /** Start again from an empty map, then paint what is known. */
  fresh(colors) {
    this.colors = colors;
    this.cells = offscreen(this.canvas.width, this.canvas.height);
    this.cells.scale(this.ratio, this.ratio);
    for (const cell of this.order) if (!Number.isNaN(this.factorAt(...cell))) this.paintCell(cell);
  }

  /** Column and row at a place on the canvas, in CSS pixels. */
  cellAt(px, py) {
    const { x, y, width, height } = this.box;
    const column = Math.floor(((px - x) / width) * this.columns);
    const row = Math.floor(((y + height - py) / height) * this.rows);
    return [clamp(column, 0, this.columns - 1), clamp(row, 0, this.rows - 1)];
  }

  /** [x, y, width, height] of a cell in CSS pixels, on whole device pixels that neighbors share. @returns {[number, number, number, number]} */
  boxOf(column, row) {
    const { x, y, width, height } = this.box;
    const snapped = (v) => Math.round(v * this.ratio) / this.ratio;
    const across = (c) => snapped(x + (c * width) / this.columns);
    const up = (r) => snapped(y + height - (r * height) / this.rows);
    const [left, top] = [across(column), up(row + 1)];
    return [left, top, across(column + 1) - left, up(row) - top];
  }

  /** Fill a box: a shade of the ramp, or hatching where the run diverges. */
  fill(context, [x, y, w, h], factor) {
    const { colors, shades } = this;
    const t = speed(factor, FASTEST);
    drawBox(context, x, y, w, h, t === null ? colors.paper : shades[Math.round(t * SHADES)]);
    if (t !== null) return;
    context.globalAlpha = 0.16;
    drawBox(context, x, y, w, h, colors.vermillion);
    context.globalAlpha = 0.5;
    drawHatch(context, { x, y, width: w, height: h }, APART, colors.vermillion);
    context.globalAlpha = 1;
  }

  /** Paint a cell, and the block around it as far as nothing finer is known. */
  paintCell([column, row]) {
    if (!this.cells) return; // not laid out yet
    const stride = strideOf(column, row);
    for (let r = row; r < Math.min(this.rows, row + stride); r++) {
      for (let c = column; c < Math.min(this.columns, column + stride); c++) {
        if ((c === column && r === row) || Number.isNaN(this.factorAt(c, r))) this.fill(this.cells, this.boxOf(c, r), this.factorAt(column, row));
      }
    }
  }

  /** The cells, then what `over` draws on them. */
  show(over) {
    this.draw((context) => {
      context.save();
      context.setTransform(1, 0, 0, 1, 0, 0);
      if (this.cells) context.drawImage(this.cells.canvas, 0, 0);
      context.restore();
      over(context);
    });
  }

  /** A frame around a cell. */
  frame(cell, color, rim, width) {
    const [x, y, w, h] = this.boxOf(...cell);
    this.context.lineJoin = "miter";
    for (const [style, line] of [[rim, width + 3], [color, width]]) {
      this.context.strokeStyle = style;
      this.context.lineWidth = line;
      this.context.strokeRect(x - 1.5, y - 1.5, w + 3, h + 3);
    }
  }

  /** Polyak's border and best pair over the cells. */
  theory(context, { border, best }) {
    const { colors } = this;
    drawLine(context, [[this.x(border(0)), this.y(0)], [this.x(border(1)), this.y(1)]], colors.ink, { width: 1.5, dash: [6, 4] });
    const [x, y] = [this.x(best.rate), this.y(best.momentum)];
    drawRing(context, x, y, 6, colors.paper, 5);
    drawRing(context, x, y, 6, colors.ink, 2);
    drawText(context, "best in theory", x + 14, y, colors); // beyond the border, where no cell can be the one in the frame
    const edge = this.x(border(0.06)) + 12;
    const said = "border: 2(1 + momentum)/λmax";
    const roomy = edge + context.measureText(said).width < this.box.x + this.box.width - 6;
    drawText(context, roomy ? said : "border", edge, this.y(0.06), colors);
  }

  /** The key, on its own canvas. */
  key(canvas) {
    const { colors, shades, ratio } = this;
    const context = canvas.getContext("2d");
    const [width, height, bar] = [260, 32, 150];
    Object.assign(canvas, { width: width * ratio, height: height * ratio });
    Object.assign(canvas.style, { width: `${width}px`, height: `${height}px` });
    context.scale(ratio, ratio);
    for (let k = 0; k < bar; k++) drawBox(context, 6 + k, 2, 1.5, 12, shades[Math.round((1 - k / bar) * SHADES)]);
    this.fill(context, [180, 2, 22, 12], 2);
    letter(context, colors, { size: 11, weight: 400, align: "center" });
    context.fillStyle = colors.soft;
    for (const factor of [0.8, 0.9, 1]) context.fillText(String(factor), 6 + (bar * (factor - FASTEST)) / (1 - FASTEST), 23);
    context.textAlign = "left";
    context.fillText("diverges", 208, 8);
  }
}
