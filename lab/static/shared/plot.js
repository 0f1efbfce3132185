/** A canvas with axes: sharp on every screen, its background painted once. */
import { clipped, drawLines } from "./marks.js";
import { decades, powerOfTen, roomy, scale, ticks } from "./scale.js";

/** @import { Colors } from "./colors.js" */
/** @typedef {CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D} Context */
/** @typedef {{x: number, y: number, width: number, height: number}} Box in CSS pixels */
/** @typedef {[number, number]} Pair a range, or a point */
/** @typedef {[number, string][]} Ticks values and their texts */
/** @typedef {{xTicks?: Ticks, yTicks?: Ticks, xName?: string, yName?: string, grid?: "" | "x" | "y" | "xy"}} Axes */

/** The margins that all plots share, so that their axes line up under each other. */
export const MARGINS = { left: 46, right: 16, top: 10, bottom: 38 };

/** A canvas off screen, to paint on. @type {(width: number, height: number) => OffscreenCanvasRenderingContext2D} */
export const offscreen = (width, height) =>
  /** @type {OffscreenCanvasRenderingContext2D} */ (new OffscreenCanvas(width, height).getContext("2d"));

export class Plot {
  width = 0;
  height = 0;
  ratio = 1;
  /** Inside the axes. @type {Box} */
  box = { x: 0, y: 0, width: 0, height: 0 };
  x = scale(0, 1, 0, 1);
  y = scale(0, 1, 1, 0);
  /** @type {OffscreenCanvasRenderingContext2D | null} */
  #back = null;
  /** Drawn under every picture. @type {((context: Context, colors: Colors) => void) | null} */
  under = null;
  /** @type {Colors | null} */
  #colors = null;

  constructor(/** @type {HTMLCanvasElement} */ canvas, /** @type {Partial<typeof MARGINS>} */ margins = {}) {
    this.canvas = canvas;
    this.context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
    this.margins = { ...MARGINS, ...margins };
  }

  /** Set the size in CSS pixels, and the data at the ends of the axes. @type {(width: number, height: number, xRange: Pair, yRange: Pair) => void} */
  fit(width, height, xRange, yRange) {
    const ratio = globalThis.devicePixelRatio || 1;
    Object.assign(this, { width, height, ratio });
    this.canvas.width = Math.round(width * ratio);
    this.canvas.height = Math.round(height * ratio);
    this.canvas.style.width = `${width}px`;
    this.canvas.style.height = `${height}px`;
    const { left, right, top, bottom } = this.margins;
    this.box = { x: left, y: top, width: width - left - right, height: height - top - bottom };
    this.scales(xRange, yRange);
  }

  /** Other data at the ends of the axes. @type {(xRange: Pair, yRange: Pair) => void} */
  scales(xRange, yRange) {
    const { x, y, width, height } = this.box;
    this.x = scale(...xRange, x, x + width);
    this.y = scale(...yRange, y + height, y);
  }

  /** Paint what stays the same under every picture. @type {(colors: Colors, paint?: (context: Context) => void) => void} */
  background(colors, paint = () => {}) {
    this.#colors = colors;
    const context = (this.#back = offscreen(this.canvas.width, this.canvas.height));
    context.scale(this.ratio, this.ratio);
    context.fillStyle = colors.paper;
    context.fillRect(0, 0, this.width, this.height);
    paint(context);
  }

  /** Paint a background of axes. @type {(colors: Colors, axes: Axes) => void} */
  axes(colors, axes) { this.background(colors, (context) => drawAxes(context, this, colors, axes)); }

  /** Start a new picture on the background; `inside` draws within the axes, give or take `aside`.
   * @type {(inside: (context: CanvasRenderingContext2D) => void, aside?: number) => void} */
  draw(inside, aside = 0) {
    if (!this.#back) return;
    const { context, box } = this;
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.drawImage(this.#back.canvas, 0, 0);
    context.setTransform(this.ratio, 0, 0, this.ratio, 0, 0);
    clipped(context, { ...box, x: box.x - aside, width: box.width + 2 * aside }, () => {
      if (this.#colors) this.under?.(context, this.#colors);
      inside(context);
    });
  }
}

/** Ticks of a plain axis, and of one whose values are exponents of ten. @type {(low: number, high: number, count: number) => Ticks} */
export const plainTicks = (low, high, count) => ticks(low, high, count).map((v) => [v, v.toLocaleString("en", { maximumFractionDigits: 10 }).replace("-", "−")]);
/** @type {(low: number, high: number, most: number) => Ticks} */
export const powerTicks = (low, high, most) => decades(low, high, most).map((e) => [e, powerOfTen(e)]);

/** Pixels from one number beside an axis to the next. */
const TICK_GAP = 14;

/** Axes of a plot: ticks, as far as they have room, names, and light grid lines where `grid` names them.
 * @type {(context: Context, plot: Plot, colors: Colors, axes: Axes) => void} */
export const drawAxes = (context, plot, colors, { xTicks = [], yTicks: wanted = [], xName, yName, grid = "" }) => {
  const yTicks = roomy(wanted, ([value]) => plot.y(value), TICK_GAP, ([value]) => value === 0);
  const { x, y, width, height } = plot.box;
  const bottom = y + height;
  const level = grid.includes("y") ? yTicks.map(([value]) => Math.round(plot.y(value)) + 0.5) : [];
  const upright = grid.includes("x") ? xTicks.map(([value]) => Math.round(plot.x(value)) + 0.5) : [];
  const lines = [...level.map((at) => [[x, at], [x + width, at]]), ...upright.map((at) => [[at, y], [at, bottom]])];
  drawLines(context, lines, colors.grid);
  context.font = colors.font(11);
  context.fillStyle = colors.soft;
  context.textBaseline = "middle";
  context.textAlign = "right";
  for (const [value, text] of yTicks) context.fillText(text, x - 6, plot.y(value));
  context.textAlign = "center";
  for (const [value, text] of xTicks) context.fillText(text, plot.x(value), bottom + 12);
  context.fillStyle = colors.ink;
  context.font = colors.font(12);
  if (xName) context.fillText(xName, x + width / 2, bottom + 28);
  if (!yName) return;
  context.save();
  context.translate(7, y + height / 2);
  context.rotate(-Math.PI / 2);
  context.fillText(yName, 0, 0);
  context.restore();
};
