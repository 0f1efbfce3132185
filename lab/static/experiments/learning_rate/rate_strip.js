/** The strip under the learning-rate slider: how descent ends at every learning rate. */
import { logLoss } from "../../shared/loss_curves.js";
import { drawAxes, haloText, Plot, powerTicks } from "../../shared/plot.js";
import { clamp, powerOfTen } from "../../shared/scale.js";

/** How each verdict looks; never told by color alone. */
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
export const hatch = (context, { x, y, width, height }, left, apart = 9) => {
  context.beginPath();
  for (let k = left - height; k < x + width; k += apart) {
    const from = Math.max(k, left);
    context.moveTo(from, y + height - (from - k));
    context.lineTo(k + height, y);
  }
  context.stroke();
};

const STRIP = [-18, 5]; // exponents of the losses in the strip
const STRIP_TICKS = [-16, -8, 0].map((e) => [e, powerOfTen(e)]);

export class RateStrip extends Plot {
  /** rates: {low, high, step}, exponents of ten as on the slider. */
  constructor(canvas, rates) {
    super(canvas, { top: 20, bottom: 22 });
    this.rates = rates;
  }

  place(width, height) {
    this.resize(width, height);
    this.scales([this.rates.low, this.rates.high], STRIP);
  }

  paint(colors) {
    this.background(colors.paper, (context) => drawAxes(context, this, colors, {
      xTicks: powerTicks(this.rates.low, this.rates.high, 6), yTicks: STRIP_TICKS, xName: "", yName: "", grid: "xy",
    }));
  }

  at(position) {
    return this.x(this.rates.low + position * this.rates.step);
  }

  /** entries: [{position, verdict, loss}] in order; conditioning: null without theory. */
  show(colors, entries, position, conditioning) {
    const { y, height } = this.box;
    const runs = stretches(entries);
    this.draw((context) => {
      if (conditioning !== null) this.#beyond(context, colors, landmarks(conditioning).border);
      context.lineWidth = 2.5;
      context.lineJoin = "round";
      for (const run of runs) this.#trace(context, colors, entries, run);
      context.strokeStyle = colors.ink;
      context.lineWidth = 1.5;
      context.beginPath();
      context.moveTo(this.at(position), y);
      context.lineTo(this.at(position), y + height);
      context.stroke();
    });
    this.#names(colors, runs);
    if (conditioning !== null) this.#landmarks(colors, landmarks(conditioning));
  }

  #beyond(context, colors, border) {
    const { x, y, width, height } = this.box;
    const edge = this.x(Math.log10(border));
    context.fillStyle = context.strokeStyle = colors.vermillion;
    context.globalAlpha = 0.12;
    context.fillRect(edge, y, x + width - edge, height);
    context.globalAlpha = 0.35;
    context.lineWidth = 1;
    hatch(context, this.box, edge);
    context.globalAlpha = 1;
  }

  #trace(context, colors, entries, { verdict, from, to }) {
    const height = ({ loss }) => this.y(clamp(logLoss(loss), STRIP[0] + 0.5, STRIP[1] + 1));
    context.strokeStyle = colors[LOOKS[verdict].color];
    context.beginPath();
    for (const entry of entries) {
      if (entry.position >= from && entry.position <= to + 1) context.lineTo(this.at(entry.position), height(entry));
    }
    if (from === to) context.lineTo(this.at(from) + 1, height(entries.find((entry) => entry.position === from)));
    context.stroke();
  }

  #names(colors, runs) {
    const { context } = this;
    const { y } = this.box;
    context.font = colors.font(11);
    context.textBaseline = "middle";
    for (const { verdict, from, to } of runs) {
      const look = LOOKS[verdict];
      const [a, b] = [this.at(from), this.at(to)];
      context.fillStyle = colors[look.color];
      context.fillRect(a, y - 5, Math.max(1.5, b - a), 3);
      const text = `${look.sign} ${look.words}`;
      if (context.measureText(text).width < b - a) {
        context.textAlign = "center";
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
      context.strokeStyle = align === "left" ? colors.vermillion : colors.ink;
      context.lineWidth = 1.5;
      context.setLineDash(dash);
      context.beginPath();
      context.moveTo(at, y);
      context.lineTo(at, y + height);
      context.stroke();
      context.setLineDash([]);
      context.font = colors.font(11, 600);
      const roomy = (text) => {
        const room = context.measureText(text).width + 8;
        return align === "right" ? at - room > x : at + room < x + width;
      };
      const text = texts.find(roomy) ?? texts[1];
      context.textAlign = roomy(text) ? align : align === "left" ? "right" : "left";
      haloText(context, text, at + (context.textAlign === "left" ? 6 : -6), row, colors.ink, colors.paper);
    }
  }
}
