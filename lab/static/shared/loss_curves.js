/** Losses against steps on a logarithmic axis: curves, where they leave, labels that keep apart. */
import { drawDot, drawLine, drawText, letter } from "./marks.js";
import { plainTicks, Plot, powerTicks } from "./plot.js";
import { clamp, spread } from "./scale.js";

/** @import { Colors } from "./colors.js" */
/** @import { Line } from "./marks.js" */
/** @import { Context, MARGINS } from "./plot.js" */
/** @typedef {ArrayLike<number>} Losses */
/** @typedef {{losses: Losses, text: string, color: string, bold?: boolean}} Entry */

export const logLoss = (/** @type {number} */ loss) => Math.log10(Math.max(loss, 1e-30));

export class LossCurves extends Plot {
  /** low, high: the exponents of ten at the ends of the axis.
   * @param {HTMLCanvasElement} canvas @param {{steps: number, low: number, high: number, margins?: Partial<typeof MARGINS>}} options */
  constructor(canvas, { steps, low, high, margins }) {
    super(canvas, margins);
    this.steps = steps;
    this.low = low;
    this.high = high;
  }

  /** Set the size in CSS pixels, and paint the axes. @type {(width: number, height: number, colors: Colors) => void} */
  place(width, height, colors) {
    this.fit(width, height, [0, this.steps], [this.low, this.high]);
    this.axes(colors, {
      xTicks: plainTicks(0, this.steps, 5), yTicks: powerTicks(this.low, this.high, 8), xName: "step", yName: "loss", grid: "y",
    });
  }

  /** The height on screen of a loss, held near the picture. */
  heightOf(/** @type {number} */ loss) { return this.y(clamp(logLoss(loss), this.low - 1, this.high + 1)); }

  /** A curve up to a step. @type {(context: Context, losses: Losses, upTo: number, color: string, style: Line) => void} */
  trace(context, losses, upTo, color, style) {
    const points = Array.from({ length: upTo + 1 }, (_, i) => [this.x(i), this.y(logLoss(losses[i]))]);
    context.lineJoin = "round";
    drawLine(context, points, color, style);
  }

  /** A run: faint as a whole, strong up to the step shown, with a dot there.
   * @type {(context: Context, losses: Losses, step: number, color: string, rim: string) => void} */
  run(context, losses, step, color, rim) {
    context.globalAlpha = 0.25;
    this.trace(context, losses, this.steps, color, { width: 1.5 });
    context.globalAlpha = 1;
    this.trace(context, losses, step, color, { width: 2.5 });
    drawDot(context, this.x(step), this.heightOf(losses[step]), 5, color, rim);
  }

  /** Where a curve ends or leaves the picture. */
  exit(/** @type {Losses} */ losses) {
    let k = 0;
    while (k < this.steps && logLoss(losses[k]) > this.low && logLoss(losses[k]) <= this.high) k++;
    return { x: this.x(k), y: this.y(clamp(logLoss(losses[k]), this.low, this.high)) };
  }

  /** The highest and the lowest place on screen of a curve between two places across.
   * @type {(losses: Losses, from: number, to: number) => [number, number]} */
  reach(losses, from, to) {
    const heights = [];
    for (let k = Math.max(0, Math.floor(this.x.invert(from))); k <= Math.min(this.steps, Math.ceil(this.x.invert(to))); k++) {
      heights.push(clamp(this.heightOf(losses[k]), this.box.y, this.box.y + this.box.height));
    }
    return [Math.min(...heights), Math.max(...heights)];
  }

  /** Names beside the ends of their curves. @type {(context: Context, entries: Entry[], colors: Colors) => void} */
  labels(context, entries, colors) {
    const { x, y, width, height } = this.box;
    const spots = entries.map(({ losses, text, bold }) => {
      letter(context, colors, { weight: bold ? 600 : 400 });
      const wide = context.measureText(text).width;
      const end = this.exit(losses);
      const left = clamp(end.x + 8, x + 4, x + width - wide - 8);
      const [high, low] = left > end.x ? [end.y, end.y] : this.reach(losses, left, left + wide);
      return { end: end.y, left, high, low };
    });
    const lowest = Math.max(...spots.map(({ end }) => end)); // its label goes below, the others' above
    const wanted = spots.map(({ end, high, low }) => (spots.length > 1 && end === lowest ? low + 14 : high - 14));
    const places = spread(wanted, 17, y + 10, y + height - 24);
    entries.forEach(({ text, color, bold }, i) => {
      drawText(context, text, spots[i].left, places[i], colors, { weight: bold ? 600 : 400, color });
    });
  }
}
