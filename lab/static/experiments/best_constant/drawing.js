/** The rides on a line, and below it the three losses of every answer, lowest at the best one. */
import { drawDot, drawLine, drawRing, drawShape, drawText } from "../../shared/marks.js";
import { plainTicks, Plot } from "../../shared/plot.js";
import { clamp } from "../../shared/scale.js";

/** The three losses in the order of the kernel's answer. */
export const LOSSES = [
  { name: "squared error", color: "blue", shape: "square", sign: "■" },
  { name: "absolute error", color: "green", shape: "disc", sign: "●" },
  { name: "your robust loss", color: "vermillion", shape: "triangle", sign: "▲" },
];

const sorted = (/** @type {number[]} */ values) => [...values].sort((a, b) => a - b);
export const meanOf = (/** @type {number[]} */ values) => values.reduce((sum, v) => sum + v, 0) / values.length;
/** The middle one of an odd number of values. */
export const medianOf = (/** @type {number[]} */ values) => sorted(values)[(values.length - 1) / 2];

const LINE = 42; // pixels from the top to the line with the rides
const FIRST = 66; // and to the first band
const GAP = 12;

export class Drawing {
  constructor(/** @type {import("./main.js").Parts} */ parts) {
    this.parts = parts;
    this.plot = new Plot(parts.panel.picture);
    parts.lab.prediction.on(this.plot);
  }

  band = 74; // height of a loss

  layout(width) {
    const { lab, lab: { colors }, config: { high } } = this.parts;
    this.band = lab.size(74);
    this.plot.fit(width, FIRST + 3 * (this.band + GAP) + 38, [0, high], [0, 1]);
    this.plot.axes(colors, { xTicks: plainTicks(0, high, 10), xName: "minutes late; the one answer for all rides", grid: "x" });
  }

  /** The ride nearest to a place on screen, or the flag whose band it is in. */
  nearest(/** @type {number} */ px, /** @type {number} */ py) {
    const { lab, state: { targets } } = this.parts;
    if (lab.prediction.open) return clamp(Math.floor((py - FIRST) / (this.band + GAP)), 0, 2);
    const away = targets.map((minutes) => Math.abs(this.plot.x(minutes) - px));
    return away.indexOf(Math.min(...away));
  }

  draw() {
    this.plot.draw((context) => {
      const { lab: { colors }, state: { run, flags } } = this.parts;
      const { x, width } = this.plot.box;
      drawLine(context, [[x, LINE], [x + width, LINE]], colors.soft);
      LOSSES.forEach((_, i) => {
        this.#drawName(context, i);
        if (run) this.#drawLoss(context, i, run.curves[i], run.best[i]);
      });
      flags?.forEach((flag, i) => this.#drawFlag(context, i, flag));
      this.#drawRides(context);
    }, 16);
  }

  #bottom(/** @type {number} */ i) { return FIRST + i * (this.band + GAP) + this.band; }

  #drawName(context, i) {
    const { lab: { colors } } = this.parts;
    const { x, width } = this.plot.box;
    drawLine(context, [[x, this.#bottom(i) + 4], [x + width, this.#bottom(i) + 4]], colors.grid);
    drawText(context, `${LOSSES[i].sign} ${LOSSES[i].name}`, x + width - 4, this.#bottom(i) - this.band / 3, colors, { align: "right" });
  }

  #drawRides(context) {
    const { lab, lab: { colors }, state: { targets, chosen }, panel } = this.parts;
    targets.forEach((minutes, i) => {
      const near = targets.slice(0, i).filter((other) => Math.abs(other - minutes) < 0.25).length;
      const [x, y] = [this.plot.x(minutes), LINE - 9 * near];
      drawDot(context, x, y, 6.5, colors.ink, colors.paper);
      if (i !== chosen || lab.prediction.open) return;
      drawRing(context, x, y, document.activeElement === panel.picture ? 11 : 9.5, colors.ink, 1.5);
      drawText(context, `${minutes.toFixed(1)} min`, x, y - 19, colors, { align: "center" });
    });
  }

  /** A loss of all answers in its band, and a line from its lowest place up to the rides. */
  #drawLoss(context, i, curve, best) {
    const { lab: { colors }, config: { step } } = this.parts;
    const { color, shape } = LOSSES[i];
    const { plot, band } = this;
    const bottom = this.#bottom(i);
    const [low, high] = [Math.min(...curve), Math.max(...Array.from(curve).slice(0, 0.6 * curve.length))]; // farther away it leaves its band
    const points = Array.from(curve, (loss, k) => [plot.x(k * step), bottom - ((loss - low) / (high - low || 1)) * (band - 8)]);
    const at = plot.x(best);
    drawLine(context, [[at, LINE], [at, bottom]], colors[color], { dash: [2, 3], width: 1.25 });
    drawLine(context, points.filter(([, y]) => y > bottom - band), colors[color], { width: 2.5 });
    drawShape(context, shape, at, bottom, 5.5, colors[color], colors.paper);
    drawText(context, best.toFixed(2), at + 10, bottom - 9, colors, { color: colors[color] });
  }

  /** Where the learner thinks it goes: hollow, joined to where it is. */
  #drawFlag(context, i, flag) {
    const { lab, lab: { colors }, state: { run, chosen }, panel } = this.parts;
    const bottom = this.#bottom(i);
    const [x, color] = [this.plot.x(flag), colors[LOSSES[i].color]];
    if (run) drawLine(context, [[x, bottom], [this.plot.x(run.best[i]), bottom]], color, { width: 1.5 });
    drawLine(context, [[x, bottom], [x, bottom - 26], [x + 14, bottom - 20], [x, bottom - 14]], color, { width: 2 });
    drawShape(context, LOSSES[i].shape, x, bottom, 5.5, colors.paper, color);
    if (lab.prediction.open && i === chosen && document.activeElement === panel.picture) drawRing(context, x, bottom, 10, colors.ink, 1.5);
    drawText(context, run ? "you" : flag.toFixed(1), x, bottom - 35, colors, { size: 11, weight: 400, align: "center", color: colors.soft });
  }
}
