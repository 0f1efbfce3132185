/** The runners on the map, and their losses step by step. */
import { LossCurves } from "../../shared/loss_curves.js";
import { drawDot, drawMinimum, drawShape, drawStart, drawSteps, drawText } from "../../shared/marks.js";
import { RUNNER_LOOKS } from "../../shared/runners.js";
import { clamp, spread } from "../../shared/scale.js";
import { levels, Terrain } from "../../shared/terrain.js";

export class Drawing {
  constructor(/** @type {import("./main.js").Parts} */ parts) {
    this.parts = parts;
    const { lab, config: { steps, landscapes, grid: [nx, ny] }, panel } = parts;
    this.map = new Terrain(panel.map);
    this.curve = new LossCurves(panel.curve, { steps, low: -8, high: 3, margins: { right: 122 } });
    const view = lab.model.get("terrain"); // what Python computed, one grid for each landscape
    const all = new Float32Array(view.buffer.slice(view.byteOffset, view.byteOffset + view.byteLength));
    this.terrains = Object.fromEntries(landscapes.map(({ name }, i) => [name, all.subarray(i * nx * ny, (i + 1) * nx * ny)]));
  }

  layout(width, narrow) {
    const { lab, config: { grid: [nx, ny] }, panel, round } = this.parts;
    const { colors } = lab;
    const { name, x, y, contours, exponents, text } = round.land();
    const half = lab.half(width, narrow);
    const height = lab.size(clamp(half * 0.74, 230, 360));
    this.map.fit(half, height, x, y);
    this.map.paint(colors, { values: this.terrains[name], nx, ny, levels: levels(...contours, 13) }, x, y);
    [this.curve.low, this.curve.high] = exponents;
    this.curve.place(half, height, colors);
    panel.landText.textContent = text;
  }

  draw() {
    const { run, landscape } = this.parts.state;
    const entries = run && run.settings.landscape === landscape
      ? Object.entries(run.runs).map(([name, course]) => ({ name, ...course, ...this.#look(name) })) : [];
    this.map.draw((context) => this.#drawMap(context, entries));
    this.curve.draw((context) => this.#drawCurve(context, entries), 8);
    this.#drawNames(this.curve.context, entries);
  }

  #look(name) {
    const { shape, color } = RUNNER_LOOKS[name];
    return { shape, color: this.parts.lab.colors[color] };
  }

  #drawMap(context, entries) {
    const { lab: { colors }, state: { step, start }, panel, round } = this.parts;
    const { map } = this;
    for (const [x, y] of round.land().lowest) drawMinimum(context, map.x(x), map.y(y), colors.ink);
    for (const { path, color } of entries) drawSteps(context, map, path, step, { color, halo: colors.paper, dot: 2 });
    drawStart(context, map.box, map.x(start[0]), map.y(start[1]), { colors, focused: document.activeElement === panel.map });
    for (const { path, shape, color } of step > 0 ? entries : []) {
      drawShape(context, shape, map.x(path[2 * step]), map.y(path[2 * step + 1]), 6, color, colors.paper);
    }
  }

  /** The height on screen of a loss now, held inside the picture. */
  #heightNow({ losses }) {
    const { y, height } = this.curve.box;
    return clamp(this.curve.heightOf(losses[this.parts.state.step]), y + 4, y + height - 4);
  }

  #drawCurve(context, entries) {
    const { lab: { colors }, state: { step } } = this.parts;
    const { curve } = this;
    for (const { losses, color } of entries) curve.trace(context, losses, step, color, { width: 2.2 });
    if (step === 0 && entries.length) drawDot(context, curve.x(0), curve.heightOf(entries[0].losses[0]), 5, colors.ink, colors.paper);
    for (const entry of step > 0 ? entries : []) {
      drawShape(context, entry.shape, curve.x(step), this.#heightNow(entry), 5, entry.color, colors.paper);
    }
  }

  /** The runners' names beside their losses. */
  #drawNames(context, entries) {
    const { colors } = this.parts.lab;
    const { x, y, width, height } = this.curve.box;
    const places = spread(entries.map((entry) => this.#heightNow(entry)), 16, y + 6, y + height - 6);
    entries.forEach(({ name, shape, color }, i) => {
      drawShape(context, shape, x + width + 18, places[i], 4, color, colors.paper);
      drawText(context, name, x + width + 28, places[i], colors);
    });
  }
}
