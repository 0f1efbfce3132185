/** The logits and their probabilities as bars. */
import { drawLine, drawLines, drawText, letter } from "../../shared/marks.js";
import { drawAxes, plainTicks, Plot } from "../../shared/plot.js";
import { clamp } from "../../shared/scale.js";
import { asShown, signed } from "./panel.js";

export class Drawing {
  constructor(/** @type {import("./main.js").Parts} */ parts) {
    this.parts = parts;
    this.logits = new Plot(parts.panel.logits, { top: 18, bottom: 26 });
    this.probabilities = new Plot(parts.panel.probabilities, { top: 18, bottom: 44 });
  }

  layout(width, narrow) {
    const { lab: { colors }, config: { classes } } = this.parts;
    const { logits, probabilities } = this;
    const half = narrow ? width : Math.floor((width - 20) / 2);
    const names = classes.map((name, i) => [i + 0.5, name]);
    logits.fit(half, narrow ? 210 : 250, [0, classes.length], [-7, 7]);
    logits.background(colors, (context) => {
      drawAxes(context, logits, colors, { yTicks: plainTicks(-6, 6, 6), yName: "logit", grid: "y" });
      letter(context, colors, { weight: 400, align: "center" });
      context.fillStyle = colors.soft;
      for (const [at, name] of names) context.fillText(name, logits.x(at), logits.box.y + logits.box.height + 14);
    });
    probabilities.fit(half, narrow ? 228 : 268, [0, classes.length], [0, 1.08]);
    probabilities.axes(colors, { xTicks: names, yTicks: plainTicks(0, 1, 5), yName: "probability", grid: "y" });
  }

  draw() {
    const { lab: { colors }, state: { run, target } } = this.parts;
    const { logits, probabilities: { box, context, x } } = this;
    logits.draw((inside) => this.#drawLogits(inside), 12);
    this.probabilities.draw((inside) => run?.probabilities.forEach((p, i) => this.#drawProbability(inside, p, i)));
    letter(context, colors, { align: "center" });
    context.fillStyle = colors.ink;
    context.fillText("▲ the truth", x(target + 0.5), box.y + box.height + 32);
  }

  #drawBar(context, { x, y }, i, to, color) {
    const [left, right] = [x(i + 0.2), x(i + 0.8)];
    const [top, bottom] = [Math.min(y(0), y(to)), Math.max(y(0), y(to))];
    context.fillStyle = color;
    context.fillRect(left, top, right - left, Math.max(1, bottom - top));
    return { left, right, top, bottom };
  }

  #drawLogits(context) {
    const { lab: { colors }, config, state, round } = this.parts;
    const { box, x, y } = this.logits;
    const beyond = round.beyond();
    state.logits.forEach((z, i) => {
      const value = beyond ? z : z + state.shift;
      const { left, right } = this.#drawBar(context, this.logits, i, value, colors.orange);
      const text = beyond ? `${config.far.toLocaleString("en")} ${z < 0 ? "−" : "+"} ${Math.abs(z).toFixed(2)}` : signed(value);
      const height = clamp(y(value) + (value < 0 ? 11 : -10), box.y + 8, box.y + box.height - 8);
      drawText(context, text, x(i + 0.5), height, colors, { align: "center" });
      drawLine(context, [[left, y(value)], [right, y(value)]], colors.ink, { width: 2.5 }); // the grip at the bar's end
    });
    const zero = Math.round(y(0)) + 0.5;
    drawLine(context, [[box.x, zero], [box.x + box.width, zero]], colors.soft);
  }

  #drawProbability(context, p, i) {
    const { lab: { colors }, state: { target } } = this.parts;
    const { box, x, y } = this.probabilities;
    const right = i === target;
    if (p === null) this.#hatch(context, i);
    else {
      const bar = this.#drawBar(context, this.probabilities, i, clamp(p, -0.05, 1.2), right ? colors.blue : colors.line);
      if (right) {
        context.strokeStyle = colors.ink;
        context.lineWidth = 1.5;
        context.strokeRect(bar.left + 0.75, bar.top + 0.75, bar.right - bar.left - 1.5, Math.max(0, bar.bottom - bar.top - 1.5));
      }
    }
    const height = p === null ? y(0.5) : clamp(y(p) - 11, box.y + 8, y(0) - 11);
    drawText(context, asShown(p), x(i + 0.5), height, colors, { size: 13, weight: right ? 700 : 500, align: "center" });
  }

  /** nan: hatched up to the top, since it has no height. */
  #hatch(context, i) {
    const { box, x, y } = this.probabilities;
    context.save();
    context.beginPath();
    context.rect(x(i + 0.2), y(1), x(i + 0.8) - x(i + 0.2), y(0) - y(1));
    context.clip();
    const starts = [];
    for (let k = box.x - box.height; k < box.x + box.width; k += 10) starts.push(k);
    drawLines(context, starts.map((k) => [[k, y(0)], [k + box.height, y(1)]]), this.parts.lab.colors.vermillion, { width: 1.5 });
    context.restore();
  }
}
