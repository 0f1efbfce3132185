/** The strip under the learning-rate slider: how descent ends at every learning rate. */
import { logLoss } from "../../shared/loss_curves.js";
import { drawLine, drawLines, drawText, letter } from "../../shared/marks.js";
import { Plot, powerTicks } from "../../shared/plot.js";
import { clamp, powerOfTen } from "../../shared/scale.js";

/** How each verdict looks; never only by color. */
export const LOOKS = {
  "too low": { sign: "▼", color: "orange", words: "too low" },
  "just right": { sign: "●", color: "blue", words: "just right" },
  "too high": { sign: "▲", color: "vermillion", words: "too high" },
};

/** The border 2/λmax and the best learning rate 2/(λmin + λmax) of a valley with λmin = 1. */
export const landmarks = (conditioning) => ({ border: 2 / conditioning, best: 2 / (1 + conditioning) });

/** Neighboring positions with the same verdict, as [{verdict, from, to}]; gaps end a run. */
export const stretches = (entries) => {
  const out = [];
  for (const { position, verdict } of entries) {
    const last = out.at(-1);
    if (last && last.verdict === verdict && last.to === position - 1) last.to = position;
    else out.push({ verdict, from: position, to: position });
  }
  return out;
};

/** Slanted lines from `left` to the right end of a box: a mark that needs no color. */
const drawHatch = (context, { x, y, width, height }, left, color) => {
  const starts = [];
  for (let k = left - height; k < x + width; k += 9) starts.push(k);
  const line = (k) => [[Math.max(k, left), y + height - Math.max(0, left - k)], [k + height, y]];
  drawLines(context, starts.map(line), color);
};

/** Exponents of the losses in the strip. @type {[number, number]} */
const STRIP = [-18, 5];
/** @type {[number, string][]} */
const STRIP_TICKS = [-16, -8, 0].map((e) => [e, powerOfTen(e)]);

export class RateStrip extends Plot {
  /** rates: {low, high, step}, exponents of ten as on the slider. */
  constructor(canvas, rates) {
    super(canvas, { top: 20, bottom: 22 });
    this.rates = rates;
  }

  place(width, height, colors) {
    this.fit(width, height, [this.rates.low, this.rates.high], STRIP);
    this.axes(colors, { xTicks: powerTicks(this.rates.low, this.rates.high, 6), yTicks: STRIP_TICKS, grid: "xy" });
  }

  at(position) { return this.x(this.rates.low + position * this.rates.step); }

  /** entries: [{position, verdict, loss}] in order; conditioning: null without theory. */
  show(colors, entries, position, conditioning) {
    const { y, height } = this.box;
    const runs = stretches(entries);
    this.draw((context) => {
      if (conditioning !== null) this.#beyond(context, colors, landmarks(conditioning).border);
      context.lineJoin = "round";
      for (const run of runs) this.#trace(context, colors, entries, run);
      drawLine(context, [[this.at(position), y], [this.at(position), y + height]], colors.ink, { width: 1.5 });
    });
    this.#names(colors, runs);
    if (conditioning !== null) this.#landmarks(colors, landmarks(conditioning));
  }

  #beyond(context, colors, border) {
    const { x, y, width, height } = this.box;
    const edge = this.x(Math.log10(border));
    context.fillStyle = colors.vermillion;
    context.globalAlpha = 0.12;
    context.fillRect(edge, y, x + width - edge, height);
    context.globalAlpha = 0.35;
    drawHatch(context, this.box, edge, colors.vermillion);
    context.globalAlpha = 1;
  }

  #trace(context, colors, entries, { verdict, from, to }) {
    const height = ({ loss }) => this.y(clamp(logLoss(loss), STRIP[0] + 0.5, STRIP[1] + 1));
    const points = entries.filter(({ position }) => position >= from && position <= to + 1)
      .map((entry) => [this.at(entry.position), height(entry)]);
    if (from === to) points.push([this.at(from) + 1, points[0][1]]);
    drawLine(context, points, colors[LOOKS[verdict].color], { width: 2.5 });
  }

  #names(colors, runs) {
    const { context } = this;
    const { y } = this.box;
    letter(context, colors, { size: 11, weight: 400, align: "center" });
    for (const { verdict, from, to } of runs) {
      const look = LOOKS[verdict];
      const [a, b] = [this.at(from), this.at(to)];
      context.fillStyle = colors[look.color];
      context.fillRect(a, y - 5, Math.max(1.5, b - a), 3);
      const text = `${look.sign} ${look.words}`;
      if (context.measureText(text).width < b - a) {
        context.fillStyle = colors.ink;
        context.fillText(text, (a + b) / 2, y - 13);
      }
    }
  }

  #landmarks(colors, { border, best }) {
    const { context } = this;
    const { x, y, width, height } = this.box;
    const marks = [
      { value: best, texts: ["best: 2/(λmin + λmax)", "best"], dash: [4, 3], align: "right", row: y + height - 12 },
      { value: border, texts: ["border: 2/λmax", "border"], dash: [], align: "left", row: y + 12 },
    ];
    for (const { value, texts, dash, align, row } of marks) {
      const at = this.x(Math.log10(value));
      drawLine(context, [[at, y], [at, y + height]], align === "left" ? colors.vermillion : colors.ink, { width: 1.5, dash });
      letter(context, colors, { size: 11 });
      const roomy = (text) => {
        const room = context.measureText(text).width + 8;
        return align === "right" ? at - room > x : at + room < x + width;
      };
      const text = texts.find(roomy) ?? texts[1];
      const side = roomy(text) ? align : align === "left" ? "right" : "left";
      drawText(context, text, at + (side === "left" ? 6 : -6), row, colors, { size: 11, align: side });
    }
  }
}
