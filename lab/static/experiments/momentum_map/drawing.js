/** The map of cells, and the path and the loss of the cell shown. */
import { LossCurves } from "../../shared/loss_curves.js";
import { drawBox, drawMinimum, drawStart, drawSteps } from "../../shared/marks.js";
import { drawAxes, plainTicks } from "../../shared/plot.js";
import { levels, sampled, Terrain } from "../../shared/terrain.js";
import { SpeedField } from "./speed_field.js";

/** The weights on the map of the path. @type {[[number, number], [number, number]]} */
const RANGES = [[-10, 4], [-2, 2]];


export class Drawing {
  constructor(/** @type {import("./main.js").Parts} */ parts) {
    this.parts = parts;
    const { config: { rates, momenta, steps }, state: { values }, panel } = parts;
    this.field = new SpeedField(panel.field, {
      columns: rates.count, rows: momenta.count, valueAt: (column, row) => values[row * rates.count + column],
    });
    this.map = new Terrain(panel.map, { bottom: 36 });
    this.curve = new LossCurves(panel.curve, { steps, low: -8, high: 4, margins: { bottom: 36 } });
    parts.lab.prediction.on(this.field);
  }

  layout(width, narrow) {
    const { lab, config: { curvatures }, panel } = this.parts;
    const { colors, root } = lab;
    const left = narrow ? width : Math.floor((width - 20) * 0.58);
    const right = narrow ? width : width - 20 - left;
    panel.plots.style.gridTemplateColumns = narrow ? "" : `${left}px 1fr`;
    this.#layoutField(left, narrow);
    this.map.fit(right, lab.size(narrow ? 210 : 226), ...RANGES);
    const bowl = (x, y) => 0.5 * (curvatures[0] * x * x + curvatures[1] * y * y);
    this.map.paint(colors, { values: sampled(bowl, ...RANGES, 101, 61), nx: 101, ny: 61, levels: levels(0.3, 100, 11) }, ...RANGES);
    this.curve.place(right, lab.size(narrow ? 210 : 226), colors);
    const css = getComputedStyle(root);
    this.field.ramp(["--slow", "--middle", "--fast"].map((name) => css.getPropertyValue(name).trim()));
    this.field.fresh(colors);
    this.field.key(panel.key);
    panel.count();
  }

  #layoutField(width, narrow) {
    const { lab, config: { rates, momenta } } = this.parts;
    const { colors } = lab;
    const { field } = this;
    field.fit(width, narrow ? lab.size(300) : 2 * lab.size(226) + 32, // its axis ends where that of the curve does
      [rates.step / 2, rates.step * (rates.count + 0.5)], [-momenta.step / 2, momenta.step * (momenta.count - 0.5)]);
    field.background(colors, (context) => {
      const { x, y, width: w, height: h } = field.box;
      drawBox(context, x, y, w, h, colors.grid);
      drawAxes(context, field, colors, {
        xTicks: plainTicks(0.02, rates.step * rates.count, narrow ? 3 : 5),
        yTicks: plainTicks(0, momenta.step * (momenta.count - 1), 5), xName: "learning rate", yName: "momentum",
      });
    });
  }

  draw() {
    this.#drawField();
    this.map.draw((context) => this.#drawMap(context));
    this.curve.draw((context) => this.#drawCurve(context), 7);
  }

  #drawField() {
    const { lab: { colors, prediction }, state: { cell, preview, theory }, panel, round } = this.parts;
    const { field } = this;
    field.show((context) => theory && field.theory(context, round.theory));
    if (prediction.given) field.frame(prediction.given, colors.purple, colors.paper, 2.5);
    if (preview) field.frame(preview, colors.soft, colors.paper, 1.5);
    field.frame(cell, colors.ink, colors.paper, document.activeElement === panel.field ? 3 : 2);
  }

  #colorOf({ factor }) {
    const { colors } = this.parts.lab;
    return factor >= 1 ? colors.vermillion : colors.blue;
  }

  #drawMap(context) {
    const { lab: { colors }, config: { start, steps }, state: { run } } = this.parts;
    const { map } = this;
    drawMinimum(context, map.x(0), map.y(0), colors.ink);
    if (run) drawSteps(context, map, run.path, steps, { color: this.#colorOf(run), halo: colors.paper });
    drawStart(context, map.box, map.x(start[0]), map.y(start[1]), { colors });
  }

  #drawCurve(context) {
    const { lab: { colors }, config: { steps }, state: { run } } = this.parts;
    if (run) this.curve.run(context, run.losses, steps, this.#colorOf(run), colors.paper);
  }
}
