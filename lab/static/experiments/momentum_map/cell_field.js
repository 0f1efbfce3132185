/** A map of cells, each colored by how fast its run converges; filled from coarse to fine. */
import { haloText, Plot } from "../../shared/plot.js";
import { clamp } from "../../shared/scale.js";

/** Cells from coarse to fine: every eighth, then every fourth, second, and all, without repeats. */
export const coarseToFine = (columns, rows) => {
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

export class CellField extends Plot {
  /** factorAt(column, row): a factor, or nan while it is not known. */
  constructor(canvas, { columns, rows, factorAt }) {
    super(canvas);
    Object.assign(this, { columns, rows, factorAt, order: coarseToFine(columns, rows), shades: [] });
  }

  /** Color ramp from three CSS colors, slow to fast. */
  ramp(slow, middle, fast) {
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
    this.cells = new OffscreenCanvas(this.canvas.width, this.canvas.height);
    this.cells.getContext("2d").scale(this.ratio, this.ratio);
    for (const cell of this.order) if (!Number.isNaN(this.factorAt(...cell))) this.paintCell(cell);
  }

  /** Column and row at a place on the canvas, in CSS pixels. */
  cellAt(px, py) {
    const { x, y, width, height } = this.box;
    const column = Math.floor(((px - x) / width) * this.columns);
    const row = Math.floor(((y + height - py) / height) * this.rows);
    return [clamp(column, 0, this.columns - 1), clamp(row, 0, this.rows - 1)];
  }

  /** [x, y, width, height] of a cell in CSS pixels, on whole device pixels that neighbors share. */
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
    context.fillStyle = t === null ? colors.paper : shades[Math.round(t * SHADES)];
    context.fillRect(x, y, w, h);
    if (t !== null) return;
    context.save();
    context.beginPath();
    context.rect(x, y, w, h);
    context.clip();
    context.fillStyle = context.strokeStyle = colors.vermillion;
    context.globalAlpha = 0.16;
    context.fillRect(x, y, w, h);
    context.globalAlpha = 0.5;
    context.lineWidth = 1;
    context.beginPath();
    const apart = 9;
    for (let k = Math.floor((x + y) / apart) * apart; k < x + w + y + h; k += apart) { // lines x + y = k, through all cells
      context.moveTo(k - y, y);
      context.lineTo(k - y - h, y + h);
    }
    context.stroke();
    context.restore();
  }

  /** Paint a cell, and the block around it as far as nothing finer is known. */
  paintCell([column, row]) {
    const context = this.cells.getContext("2d");
    const stride = strideOf(column, row);
    for (let r = row; r < Math.min(this.rows, row + stride); r++) {
      for (let c = column; c < Math.min(this.columns, column + stride); c++) {
        if ((c === column && r === row) || Number.isNaN(this.factorAt(c, r))) this.fill(context, this.boxOf(c, r), this.factorAt(column, row));
      }
    }
  }

  /** The cells, then what `over` draws on them. */
  show(over) {
    this.draw((context) => {
      context.save();
      context.setTransform(1, 0, 0, 1, 0, 0);
      context.drawImage(this.cells, 0, 0);
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
    context.strokeStyle = colors.ink;
    context.lineWidth = 1.5;
    context.setLineDash([6, 4]);
    context.beginPath();
    context.moveTo(this.x(border(0)), this.y(0));
    context.lineTo(this.x(border(1)), this.y(1));
    context.stroke();
    context.setLineDash([]);
    const [x, y] = [this.x(best.rate), this.y(best.momentum)];
    for (const [style, wide] of [[colors.paper, 5], [colors.ink, 2]]) {
      context.beginPath();
      context.arc(x, y, 6, 0, 7);
      context.strokeStyle = style;
      context.lineWidth = wide;
      context.stroke();
    }
    context.font = colors.font(12, 600);
    context.textBaseline = "middle";
    context.textAlign = "left"; // beyond the border, where no cell can be the one in the frame
    haloText(context, "best in theory", x + 14, y, colors.ink, colors.paper);
    const edge = this.x(border(0.06)) + 12;
    const said = "border: 2(1 + momentum)/λmax";
    const roomy = edge + context.measureText(said).width < this.box.x + this.box.width - 6;
    haloText(context, roomy ? said : "border", edge, this.y(0.06), colors.ink, colors.paper);
  }

  /** The key, on a canvas of its own. */
  key(canvas) {
    const { colors, shades, ratio } = this;
    const context = canvas.getContext("2d");
    const [width, height, bar] = [260, 32, 150];
    Object.assign(canvas, { width: width * ratio, height: height * ratio });
    Object.assign(canvas.style, { width: `${width}px`, height: `${height}px` });
    context.scale(ratio, ratio);
    for (let k = 0; k < bar; k++) {
      context.fillStyle = shades[Math.round((1 - k / bar) * SHADES)];
      context.fillRect(6 + k, 2, 1.5, 12);
    }
    this.fill(context, [180, 2, 22, 12], 2);
    context.font = colors.font(11);
    context.fillStyle = colors.soft;
    context.textBaseline = "middle";
    context.textAlign = "center";
    for (const factor of [0.8, 0.9, 1]) context.fillText(String(factor), 6 + (bar * (factor - FASTEST)) / (1 - FASTEST), 23);
    context.textAlign = "left";
    context.fillText("diverges", 208, 8);
  }
}
