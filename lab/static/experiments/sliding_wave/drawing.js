/** The wave and its copy, and below them the mean distance wherever the hand has been. */
import { drawDot, drawLine, drawLines } from "../../shared/marks.js";
import { MARGINS, plainTicks, Plot } from "../../shared/plot.js";
import { clamp } from "../../shared/scale.js";

const TOP = 1.5; // of the mean distance on the picture
const FINE = 361; // places at which the waves are drawn

const heightAt = (place, shift) => Math.sin(2 * Math.PI * (place - shift));

export class Drawing {
  constructor(/** @type {import("./main.js").Parts} */ parts) {
    this.parts = parts;
    this.wave = new Plot(parts.panel.waves, { bottom: 34 });
    this.trail = new Plot(parts.panel.trail, { top: 6, bottom: 22 });
  }

  layout(width, narrow) {
    const { lab: { colors }, config: { waves, shifts }, panel } = this.parts;
    this.wave.fit(width, narrow ? 170 : 200, [0, waves], [-1.25, 1.25]);
    this.wave.axes(colors, { xTicks: plainTicks(0, waves, 3), yTicks: plainTicks(-1, 1, 2), xName: "place, in wavelengths", grid: "y" });
    this.trail.fit(width, narrow ? 120 : 130, [shifts.low, shifts.high], [0, TOP]);
    this.trail.axes(colors, { xTicks: plainTicks(0, shifts.high, 3), yTicks: plainTicks(0, TOP, 3), grid: "xy" });
    panel.slider.alignTo(width, MARGINS);
  }

  draw() {
    this.wave.draw((context) => this.#drawWaves(context));
    this.trail.draw((context) => this.#drawTrail(context), 8);
  }

  /** Places at even distances along the waves. */
  #places(count) {
    return Array.from({ length: count }, (_, i) => (i / (count - 1)) * this.parts.config.waves);
  }

  #drawWaves(context) {
    const { lab: { colors }, config, state: { run, shift } } = this.parts;
    const { x, y } = this.wave;
    context.lineJoin = context.lineCap = "round";
    if (run?.distances && run.settings.shift === shift) {
      drawLines(context, this.#places(config.points).map((place, i) => {
        const target = heightAt(place, 0);
        const end = target + Math.sign(run.predictions[i] - target) * run.distances[i];
        return [[x(place), y(target)], [x(place), y(clamp(end, -9, 9))]];
      }), colors.orange, { width: 2 });
    }
    const curve = (moved) => this.#places(FINE).map((place) => [x(place), y(heightAt(place, moved))]);
    drawLine(context, curve(0), colors.ink, { width: 1.75, dash: [6, 5] });
    drawLine(context, curve(shift), colors.blue, { width: 3 });
  }

  #drawTrail(context) {
    const { lab: { colors, runner }, state: { run, been, shift }, panel: { slider } } = this.parts;
    const { x, y, box } = this.trail;
    const points = [];
    for (let position = been?.[0] ?? 0; position <= (been?.[1] ?? -1); position++) {
      const known = runner.get({ shift: slider.valueAt(position) });
      if (known && known.note.mean != null) points.push([x(slider.valueAt(position)), y(clamp(known.note.mean, -9, 9))]);
    }
    context.lineJoin = "round";
    drawLine(context, points, colors.orange, { width: 2.5 });
    drawLine(context, [[x(shift), box.y], [x(shift), box.y + box.height]], colors.soft, { dash: [2, 3] });
    if (!run || run.mean === null || run.settings.shift !== shift) return;
    drawDot(context, x(shift), y(clamp(run.mean, -9, 9)), 6, colors.orange, colors.paper);
  }
}
