/** The logits, their powers and their probabilities as bars. */
import { drawBox, drawHatch, drawLine, drawPlain, drawText } from "../../shared/marks.js";
import { plainTicks, Plot } from "../../shared/plot.js";
import { clamp, number } from "../../shared/scale.js";

/** e to the power of each shifted logit. @type {(settings: import("./main.js").Settings) => number[]} */
export const powersOf = ({ logits, shift }) => logits.map((z) => Math.exp(z + shift));

export const signed = (v) => v.toFixed(2).replace("-", "−");
export const asShown = (p) => (p === null ? "nan" : p > 0 && p < 0.0005 ? "< 0.001" : p.toFixed(3));


export class Drawing {
  constructor(/** @type {import("./main.js").Parts} */ parts) {
    this.parts = parts;
    this.logits = new Plot(parts.panel.logits, { top: 18, bottom: 44 });
    this.powers = new Plot(parts.panel.powers, { top: 18, bottom: 44 });
    this.probabilities = new Plot(parts.panel.probabilities, { top: 18, bottom: 44 });
  }

  layout(width, narrow) {
    const { lab, config: { classes } } = this.parts;
    const { colors } = lab;
    const { logits, powers, probabilities } = this;
    const third = narrow ? width : Math.floor((width - 32) / 3);
    const height = lab.size(narrow ? 200 : 330);
    logits.margins.bottom = powers.margins.bottom = narrow ? 22 : 44; // level only where side by side
    const names = classes.map((name, i) => [i + 0.5, name]);
    logits.fit(third, height, [0, classes.length], [-7, 7]);
    powers.fit(third, height, [0, classes.length], [0, 1.08]);
    powers.axes(colors, { xTicks: names });
    logits.axes(colors, { xTicks: names, yTicks: plainTicks(-6, 6, 6), yName: "logit", grid: "y" });
    probabilities.fit(third, height, [0, classes.length], [0, 1.08]);
    probabilities.axes(colors, { xTicks: names, yTicks: plainTicks(0, 1, 5), yName: "probability", grid: "y" });
  }

  draw() {
    const { lab: { colors }, state: { run, target } } = this.parts;
    const { logits, probabilities: { box, context, x } } = this;
    logits.draw((inside) => this.#drawLogits(inside), 12);
    this.powers.draw((inside) => run && this.#drawPowers(inside, run.settings), 12);
    this.probabilities.draw((inside) => run?.probabilities.forEach((p, i) => this.#drawProbability(inside, p, i)));
    drawPlain(context, "▲ the truth", x(target + 0.5), box.y + box.height + 32, colors, { align: "center" });
  }

  #lettering() { return this.powers.width < 220 ? 10 : 13; }

  #drawBar(context, { x, y }, i, to, color) {
    const [left, right] = [x(i + 0.2), x(i + 0.8)];
    const [top, bottom] = [Math.min(y(0), y(to)), Math.max(y(0), y(to))];
    drawBox(context, left, top, right - left, Math.max(1, bottom - top), color);
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

  /** Each eᶻ as a share of them all is its height here, too: the next step is only to divide. */
  #drawPowers(context, settings) {
    const { colors } = this.parts.lab;
    const { box, x, y } = this.powers;
    const powers = powersOf(settings);
    const sum = powers.reduce((total, value) => total + value, 0);
    const finite = Number.isFinite(sum);
    powers.forEach((value, i) => {
      const share = finite ? value / sum : 1;
      if (finite) this.#drawBar(context, this.powers, i, share, colors.sky);
      else drawHatch(context, { x: x(i + 0.2), y: y(1), width: x(0.6) - x(0), height: y(0) - y(1) }, 10, colors.vermillion, 1.5);
      drawText(context, finite ? number(value) : "too large", x(i + 0.5), clamp(y(share) - 11, box.y + 8, y(0) - 11), colors, { size: this.#lettering(), align: "center" });
    });
    drawLine(context, [[box.x, y(0)], [box.x + box.width, y(0)]], colors.soft);
    drawText(context, finite ? `sum: ${number(sum)}` : "no float holds e¹⁰⁰⁰", box.x + box.width - 8, box.y + 10, colors, { align: "right", color: colors.soft });
  }

  #drawProbability(context, p, i) {
    const { lab: { colors }, state: { target } } = this.parts;
    const { box, x, y } = this.probabilities;
    const right = i === target;
    if (p === null) { // nan: hatched up to the top, since it has no height
      const hatched = { x: x(i + 0.2), y: y(1), width: x(i + 0.8) - x(i + 0.2), height: y(0) - y(1) };
      drawHatch(context, hatched, 10, colors.vermillion, 1.5);
    }
    else {
      const bar = this.#drawBar(context, this.probabilities, i, clamp(p, -0.05, 1.2), right ? colors.blue : colors.line);
      if (right) {
        context.strokeStyle = colors.ink;
        context.lineWidth = 1.5;
        context.strokeRect(bar.left + 0.75, bar.top + 0.75, bar.right - bar.left - 1.5, Math.max(0, bar.bottom - bar.top - 1.5));
      }
    }
    const height = p === null ? y(0.5) : clamp(y(p) - 11, box.y + 8, y(0) - 11);
    drawText(context, asShown(p), x(i + 0.5), height, colors, { size: this.#lettering(), weight: right ? 700 : 500, align: "center" });
  }
}
