/** The map's cells, each colored by how fast its run converges. */
import { CellField } from "../../shared/cell_field.js";
import { drawBox, drawLine, drawRing, drawText, letter } from "../../shared/marks.js";
import { clamp } from "../../shared/scale.js";

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

export class SpeedField extends CellField {
  /** @type {string[]} */
  shades = [];

  /** Color ramp from three CSS colors, slow to fast. @param {string[]} colors */
  ramp([slow, middle, fast]) {
    this.shades = Array.from({ length: SHADES + 1 }, (_, i) => {
      const t = i / SHADES;
      return t < 0.5
        ? `color-mix(in oklab, ${middle} ${200 * t}%, ${slow})`
        : `color-mix(in oklab, ${fast} ${200 * t - 100}%, ${middle})`;
    });
  }

  /** A shade of the ramp, or hatching where the run diverges. */
  fill(context, [x, y, width, height], factor) {
    const { colors, shades } = this;
    const t = speed(factor, FASTEST);
    drawBox(context, x, y, width, height, t === null ? colors.paper : shades[Math.round(t * SHADES)]);
    if (t === null) this.hatch(context, [x, y, width, height]);
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
