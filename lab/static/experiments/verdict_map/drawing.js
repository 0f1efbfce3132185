/** The map of verdicts, and the loss curve of the cell shown. */
import { CellField } from "../../shared/cell_field.js";
import { LossCurves } from "../../shared/loss_curves.js";
import { drawBox, drawLine, drawText } from "../../shared/marks.js";
import { drawAxes } from "../../shared/plot.js";
import { clamp } from "../../shared/scale.js";
import { VERDICT_LOOKS } from "../../shared/verdicts.js";

/** Values on a logarithmic axis. @type {(values: number[]) => [number, string][]} */
const marked = (values) => values.map((value) => [Math.log10(value), String(value)]);

/** Cells, each in the color of its verdict. */
class VerdictField extends CellField {
  /** Their codes are their places here. @type {string[]} */
  verdicts = [];

  fill(context, [x, y, width, height], code) {
    const { colors } = this;
    const verdict = this.verdicts[code];
    drawBox(context, x, y, width, height, colors.paper);
    if (verdict === "too high") return this.hatch(context, [x, y, width, height]);
    context.globalAlpha = verdict === "just right" ? 0.55 : 0.2;
    drawBox(context, x, y, width, height, colors[VERDICT_LOOKS[verdict].color]);
    context.globalAlpha = 1;
  }

  /** The words where their cells are, once all are known, but not in the row with the marks. @param {ArrayLike<number>} codes @param {number} row */
  words(context, codes, row) {
    this.verdicts.forEach((verdict, code) => {
      const cells = this.order.filter(([column, row]) => codes[row * this.columns + column] === code);
      if (cells.length < 20) return;
      const mean = (i) => cells.reduce((sum, cell) => sum + cell[i] + 0.5, 0) / cells.length;
      const { x, y, width, height } = this.box;
      const level = Math.abs(mean(1) - row - 0.5) < 2 ? row - 2 : mean(1);
      drawText(context, VERDICT_LOOKS[verdict].words, x + (mean(0) * width) / this.columns, y + height - (level * height) / this.rows,
        this.colors, { align: "center" });
    });
  }
}

export class Drawing {
  constructor(/** @type {import("./main.js").Parts} */ parts) {
    this.parts = parts;
    const { config: { rates, steepnesses, steps, verdicts }, state: { values }, panel } = parts;
    this.field = new VerdictField(panel.field, {
      columns: rates.count, rows: steepnesses.count, valueAt: (column, row) => values[row * rates.count + column],
    });
    this.field.verdicts = verdicts;
    this.curve = new LossCurves(panel.curve, { steps, low: -8, high: 6 });
    parts.lab.prediction.on(this.field);
  }

  layout(width, narrow) {
    const { lab, config: { rates, steepnesses }, panel } = this.parts;
    const { colors } = lab;
    const half = lab.half(width, narrow);
    const height = lab.size(clamp(half * 0.74, 230, 360));
    /** @type {(axis: {low: number, step: number, count: number}) => [number, number]} */
    const range = ({ low, step, count }) => [low - step / 2, low + step * (count - 0.5)];
    this.field.fit(half, height, range(rates), range(steepnesses));
    this.field.background(colors, (context) => {
      const { x, y, width: w, height: h } = this.field.box;
      drawBox(context, x, y, w, h, colors.grid);
      drawAxes(context, this.field, colors, {
        xTicks: marked([0.01, 0.1, 1]), yTicks: marked([1, 10, 100]), xName: "learning rate", yName: "steepness across",
      });
    });
    this.curve.place(half, height, colors);
    this.field.fresh(colors);
    panel.count();
  }

  draw() {
    const { lab: { colors, prediction }, config: { asked, rates }, state: { cell, preview, theory, values: codes, done }, panel } = this.parts;
    const { field } = this;
    field.show((context) => {
      if (prediction.open) this.#drawRow(context, asked, rates.count);
      if (done === codes.length) field.words(context, codes, asked);
      if (theory) this.#drawBorder(context);
    });
    if (prediction.given) field.frame(prediction.given, colors.purple, colors.paper, 2.5);
    if (preview) field.frame(preview, colors.soft, colors.paper, 1.5);
    field.frame(cell, colors.ink, colors.paper, document.activeElement === panel.field ? 3 : 2);
    this.curve.draw((context) => this.#drawCurve(context), 7);
  }

  /** The row that the prediction asks about. */
  #drawRow(context, row, columns) {
    const { colors } = this.parts.lab;
    const [x, y, , height] = this.field.boxOf(0, row);
    const [last, , wide] = this.field.boxOf(columns - 1, row);
    drawBox(context, x, y, last + wide - x, height, colors.paper);
    drawText(context, "10 times as steep", x + 6, y - 10, colors);
  }

  #drawBorder(context) {
    const { colors } = this.parts.lab;
    const { field } = this;
    /** @type {(exponent: number) => [number, number]} */
    const at = (exponent) => [field.x(Math.log10(2) - exponent), field.y(exponent)];
    drawLine(context, [at(-0.2), at(2.2)], colors.ink, { width: 1.5, dash: [6, 4] });
    const [x, y] = at(0.25);
    drawText(context, "2/λmax", x - 8, y, colors, { align: "right" });
  }

  #drawCurve(context) {
    const { lab: { colors }, config: { steps }, state: { run } } = this.parts;
    if (!run) return;
    const { y, height } = this.curve.box;
    const tail = this.curve.x(steps - Math.max(1, Math.floor(steps / 10)));
    drawBox(context, tail, y, this.curve.x(steps) - tail, height, colors.grid);
    this.curve.run(context, run.losses, steps, colors[VERDICT_LOOKS[run.verdict].color], colors.paper);
  }
}
