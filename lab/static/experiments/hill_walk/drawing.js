/** The hill with the walk on it, and the loss step by step, level with the hill. */
import { drawDot, drawLine, drawStart } from "../../shared/marks.js";
import { plainTicks, Plot } from "../../shared/plot.js";
import { clamp } from "../../shared/scale.js";
import { sampledLoss } from "./hill.js";
import { HillPlot } from "./hill_plot.js";

export class Drawing {
  constructor(/** @type {import("./main.js").Parts} */ parts) {
    this.parts = parts;
    this.hill = new HillPlot(parts.panel.map);
    this.curve = new Plot(parts.panel.curve);
  }

  layout(width, narrow) {
    const { lab: { colors }, config: { steps }, panel, round } = this.parts;
    const hill = round.hill();
    const left = narrow ? width : Math.floor((width - 20) * 0.63);
    const height = narrow ? Math.round(clamp(width * 0.72, 220, 320)) : 340;
    this.hill.place(left, height, hill, colors);
    this.curve.fit(narrow ? width : width - 20 - left, narrow ? 190 : height, [0, steps], [-0.07 * hill.top, hill.top]);
    this.curve.axes(colors, { xTicks: plainTicks(0, steps, 4), yTicks: plainTicks(0, hill.top, 5), xName: "step", grid: "y" });
    panel.plots.style.gridTemplateColumns = narrow ? "" : `${left}px 1fr`;
    panel.hillText.textContent = hill.text;
  }

  draw() {
    this.hill.draw((context) => this.#drawHill(context));
    this.curve.draw((context) => this.#drawCurve(context), 8);
  }

  #drawHill(context) {
    const { lab: { colors }, config, state: { start, step }, panel, round } = this.parts;
    const { hill } = this;
    const { box, x, y } = hill;
    const run = round.walk();
    const loss = run?.settings.start === start ? run.losses[0] : sampledLoss(round.hill(), start);
    if (run) {
      /** @returns {[number, number]} */
      const at = (k) => [run.weights[k], run.losses[k]];
      const level = y(run.losses[step]);
      drawLine(context, [[x(run.weights[step]), level], [box.x + box.width, level]], colors.line, { dash: [3, 4] });
      hill.stairs(context, run, step, colors);
      hill.tangent(context, at(step), run.slopes[step], colors);
      if (step < config.steps) hill.nextStep(context, at(step), at(step + 1), colors);
    }
    const focused = document.activeElement === panel.map;
    drawStart(context, box, x(start), y(loss), { colors, focused, text: step === 0 ? "" : "start" });
    if (run && step > 0) drawDot(context, x(run.weights[step]), y(run.losses[step]), 6.5, colors.blue, colors.paper, 2.5);
  }

  #drawCurve(context) {
    const { lab: { colors }, state: { step }, round } = this.parts;
    const { box, x, y } = this.curve;
    const run = round.walk();
    if (!run) return;
    const points = Array.from({ length: step + 1 }, (_, k) => [x(k), y(run.losses[k])]);
    const [, now] = points[step];
    drawLine(context, [[box.x, now], [x(step), now]], colors.line, { dash: [3, 4] });
    context.lineJoin = "round";
    drawLine(context, points, colors.blue, { width: 2 });
    for (const [px, py] of points.slice(0, step)) drawDot(context, px, py, 2.6, colors.blue, colors.paper, 1);
    drawDot(context, x(step), now, 5.5, colors.blue, colors.paper);
  }
}
