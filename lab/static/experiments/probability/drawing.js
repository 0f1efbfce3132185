/** The loss against the probability: one curve for each truth, the point, what is pinned. */
import { drawDot, drawLine, haloText, letter } from "../../shared/marks.js";
import { MARGINS, plainTicks, Plot } from "../../shared/plot.js";
import { clamp } from "../../shared/scale.js";

/** The probability that was given to what is true. */
export const givenToTruth = (probability, target) => (target === 1 ? probability : 1 - probability);

/** How sure, and of the right thing or not: a sign, words, and the name of a color. */
export const stance = (probability, target) => {
  const truth = givenToTruth(probability, target);
  const off = Math.abs(truth - 0.5);
  if (off < 0.0026) return { sign: "●", words: "undecided", color: "orange" };
  const sure = off >= 0.395 ? "confident" : off >= 0.2 ? "fairly sure" : "unsure";
  return truth > 0.5
    ? { sign: "✓", words: `${sure} and right`, color: "blue" }
    : { sign: "✗", words: `${sure} and wrong`, color: "vermillion" };
};

export const lossWords = (loss) => (loss >= 1e8 ? "not finite" : loss.toFixed(3));

export const PRESETS = [0.9, 0.5, 0.1];


export class Drawing {
  constructor(/** @type {import("./main.js").Parts} */ parts) {
    this.parts = parts;
    this.plot = new Plot(parts.panel.canvas, { top: 16 });
  }

  layout(width, narrow) {
    const { lab, config: { top }, panel } = this.parts;
    const { colors } = lab;
    const wide = narrow ? width : Math.min(Math.floor(((width - 24) * 5) / 8), width - 24 - 220);
    this.plot.fit(wide, lab.size(narrow ? 230 : 330), [0, 1], [0, top]);
    this.plot.axes(colors, { xTicks: plainTicks(0, 1, 5), yTicks: plainTicks(0, top, 5), yName: "loss", grid: "xy" });
    panel.slider.alignTo(wide, MARGINS);
  }

  draw() {
    const { round } = this.parts;
    this.plot.draw((context) => this.#drawCurves(context));
    if (!round.current()) return;
    this.#drawPin(this.plot.context);
    this.#drawPoint(this.plot.context);
  }

  #drawCurves(context) {
    const { lab: { colors, runner }, state: { run, target, probability }, panel: { slider }, round } = this.parts;
    const { x, y } = this.plot;
    context.lineJoin = context.lineCap = "round";
    const other = runner.get({ target: 1 - target });
    if (other && run) this.#trace(context, other.arrays[0], 0, slider.count, colors.line, { width: 1.5, dash: [4, 4] });
    const losses = round.current();
    if (!losses) return;
    const half = slider.positionOf(0.5);
    const [below, above] = target === 1 ? [colors.vermillion, colors.blue] : [colors.blue, colors.vermillion];
    this.#trace(context, losses, 0, half, below, { width: 3 });
    this.#trace(context, losses, half, slider.count, above, { width: 3 });
    this.#drawGuides(context); // the labels' halos keep them readable on these
    letter(context, colors, { size: 11, weight: 400, align: "center" });
    for (const preset of PRESETS) {
      const value = round.lossAt(preset);
      drawDot(context, x(preset), y(value), 3.5, colors.paper, colors.ink, 1.5);
      const beside = x(preset) + (target === 1 ? 20 : -20);
      if (Math.abs(preset - probability) > 0.04) this.#label(context, lossWords(value), beside, y(value) - 12, colors.soft);
    }
  }

  #trace(context, losses, from, to, color, style) {
    const { config: { top }, panel: { slider } } = this.parts;
    const positions = Array.from({ length: to - from + 1 }, (_, i) => from + i);
    const point = (position) => [this.plot.x(slider.valueAt(position)), this.plot.y(Math.min(losses[position], 2 * top))];
    drawLine(context, positions.map(point), color, style);
  }

  #label(context, text, x, y, color) {
    const { box } = this.plot;
    const half = context.measureText(text).width / 2;
    haloText(context, text, clamp(x, box.x + half + 4, box.x + box.width - half - 2), y, color, this.parts.lab.colors.paper);
  }

  #drawPin(context) {
    const { lab: { colors }, config: { top }, state: { pin, probability } } = this.parts;
    if (!pin) return;
    const [x, y] = [this.plot.x(pin.probability), this.plot.y(Math.min(pin.loss, top))];
    context.save();
    context.translate(x, y);
    context.rotate(Math.PI / 4);
    context.fillStyle = colors.paper;
    context.strokeStyle = colors.ink;
    context.lineWidth = 2;
    context.fillRect(-5.5, -5.5, 11, 11);
    context.strokeRect(-5.5, -5.5, 11, 11);
    context.restore();
    letter(context, colors, { size: 11, align: "center" });
    if (pin.probability !== probability) this.#label(context, `pinned ${lossWords(pin.loss)}`, x, y - 18, colors.ink);
  }

  #place() {
    const { config: { top }, state: { probability }, round } = this.parts;
    return [this.plot.x(probability), this.plot.y(Math.min(round.lossAt(probability), top))];
  }

  #drawGuides(context) {
    const { box } = this.plot;
    const [x, y] = this.#place();
    drawLine(context, [[box.x, y], [x, y], [x, box.y + box.height]], this.parts.lab.colors.ink, { dash: [2, 3] });
  }

  #drawPoint(context) {
    const { lab: { colors }, config: { top }, state: { probability, target }, panel, round } = this.parts;
    const { box } = this.plot;
    const loss = round.lossAt(probability);
    const off = loss > top;
    const [x, y] = this.#place();
    const radius = document.activeElement === panel.canvas ? 10 : 8;
    drawDot(context, x, y, radius, colors[stance(probability, target).color], colors.paper, 2.5);
    letter(context, colors, { size: 13, weight: 700, align: "center" });
    const side = off ? (x < box.x + box.width / 2 ? 86 : -86) : 0;
    const height = y > box.y + 30 ? y - 18 : y + (off ? 4 : 20);
    this.#label(context, `${lossWords(loss)}${off ? " ▲ off the picture" : ""}`, x + side, height, colors.ink);
  }
}
