/** The descent on the map, its loss step by step, and the strip of all learning rates. */
import { levels } from "../../shared/contour.js";
import { LossCurves } from "../../shared/loss_curves.js";
import { drawLine, drawMinimum, drawStart, drawSteps, letter } from "../../shared/marks.js";
import { MARGINS } from "../../shared/plot.js";
import { clamp, number, powerOfTen } from "../../shared/scale.js";
import { sampled, Terrain } from "../../shared/terrain.js";
import { LOOKS, RateStrip } from "./rate_strip.js";

const GRID = { nx: 121, ny: 85 };

export class Drawing {
  constructor(/** @type {import("./main.js").Parts} */ parts) {
    this.parts = parts;
    const { config: { steps, losses: [low, high], rates }, panel } = parts;
    this.map = new Terrain(panel.map);
    this.curve = new LossCurves(panel.curve, { steps, low, high });
    this.strip = new RateStrip(panel.strip, rates);
  }

  layout(width, narrow) {
    const { lab: { colors }, config, state, panel } = this.parts;
    const half = narrow ? width : Math.floor((width - 20) / 2);
    const height = Math.round(clamp(half * 0.74, 230, 360));
    const { left, right, top, bottom } = MARGINS;
    state.height = Number(((config.width * (height - top - bottom)) / (half - left - right)).toFixed(3)); // equal scales: the path meets contours squarely
    this.map.fit(half, height, ...this.#ranges());
    this.paintMap();
    this.curve.place(half, height, colors);
    this.strip.place(width, narrow ? 104 : 116, colors);
    panel.rate.alignTo(width, MARGINS);
  }

  /** @returns {[[number, number], [number, number]]} */
  #ranges() {
    const { config: { width }, state: { height } } = this.parts;
    return [[-width, width], [-height, height]];
  }

  paintMap() {
    const { lab: { colors }, config, state: { conditioning, height } } = this.parts;
    const { nx, ny } = GRID;
    const bowl = (x, y) => 0.5 * (x * x + conditioning * y * y);
    const values = sampled(bowl, ...this.#ranges(), nx, ny);
    this.map.paint(colors, { values, nx, ny, levels: levels(0.5, bowl(config.width, height), 13) }, ...this.#ranges());
  }

  draw() {
    this.map.draw((context) => this.#drawMap(context));
    this.curve.draw((context) => this.#drawCurve(context), 7);
    this.drawStrip();
  }

  #drawMap(context) {
    const { lab: { colors }, state: { run, step, start, locked }, panel } = this.parts;
    const { map } = this;
    drawMinimum(context, map.x(0), map.y(0), colors.ink);
    if (run && !locked) drawSteps(context, map, run.path, step, { color: colors[LOOKS[run.note.verdict].color], halo: colors.paper });
    drawStart(context, map.box, map.x(start[0]), map.y(start[1]), { colors, focused: document.activeElement === panel.map });
  }

  #drawGoal(context) {
    const { lab: { colors }, config: { goal, steps } } = this.parts;
    const { x, y, height } = this.curve.box;
    const right = this.curve.x(Math.min(goal.steps, steps));
    const top = this.curve.y(Math.log10(goal.loss));
    const bottom = y + height;
    context.fillStyle = colors.grid;
    context.fillRect(x, top, right - x, bottom - top);
    drawLine(context, [[x - 1, top], [right, top], [right, top + height], [x - 1, top + height], [x - 1, top]], colors.soft, { dash: [2, 3] });
    letter(context, colors, { size: 11, weight: 400, baseline: "bottom" });
    context.fillStyle = colors.soft;
    context.fillText(`goal: ${powerOfTen(Math.log10(goal.loss))} within ${goal.steps} steps`, x + 6, bottom - 5);
  }

  #drawCurve(context) {
    const { lab: { colors }, config: { steps }, state: { run, ghost, step, locked } } = this.parts;
    const { curve } = this;
    this.#drawGoal(context);
    if (locked) return;
    const entries = [];
    if (ghost && ghost !== run) {
      context.strokeStyle = colors.soft;
      context.lineWidth = 1.5;
      context.setLineDash([5, 4]);
      curve.trace(context, ghost.losses, steps);
      context.setLineDash([]);
      entries.push({ losses: ghost.losses, text: `before: ${number(ghost.settings.learning_rate)}`, color: colors.soft });
    }
    if (run) {
      const { sign, color } = LOOKS[run.note.verdict];
      curve.run(context, run.losses, step, colors[color], colors.paper);
      entries.push({ losses: run.losses, text: `${sign} ${number(run.settings.learning_rate)}`, color: colors.ink, bold: true });
    }
    curve.labels(context, entries, colors);
  }

  drawStrip() {
    const { lab: { colors }, state, panel } = this.parts;
    const entries = state.locked ? [] : state.outcomes.filter(Boolean);
    state.strip = entries.length;
    this.strip.show(colors, entries, panel.rate.position, state.theory && !state.locked ? state.conditioning : null);
  }
}
