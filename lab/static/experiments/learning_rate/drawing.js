/** The descent on the map, its loss step by step, and the strip of all learning rates. */
import { levels, sampled, Terrain } from "../../shared/terrain.js";
import { logLoss, LossCurves } from "../../shared/loss_curves.js";
import { drawBox, drawHatch, drawLine, drawMinimum, drawPlain, drawStart, drawSteps, drawText, letter } from "../../shared/marks.js";
import { MARGINS, Plot, powerTicks } from "../../shared/plot.js";
import { clamp, number, powerOfTen } from "../../shared/scale.js";
import { VERDICT_LOOKS } from "../../shared/verdicts.js";

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

/** Exponents of the losses in the strip. @type {[number, number]} */
const STRIP = [-18, 5];
/** @type {[number, string][]} */
const STRIP_TICKS = [-16, -8, 0].map((e) => [e, powerOfTen(e)]);

/** The strip under the learning-rate slider: how descent ends at every learning rate. */
export class RateStrip extends Plot {
  /** rates: {low, high, step}, exponents of ten as on the slider. */
  constructor(canvas, rates) {
    super(canvas, { top: 20, bottom: 22 });
    this.rates = rates;
  }

  place(width, height, colors) {
    this.fit(width, height, [this.rates.low, this.rates.high], STRIP);
    this.axes(colors, { xTicks: powerTicks(this.rates.low, this.rates.high, 6), yTicks: STRIP_TICKS, grid: "xy" });
  }

  at(position) { return this.x(this.rates.low + position * this.rates.step); }

  /** entries: [{position, verdict, loss}] in order; conditioning: null without theory. */
  show(colors, entries, position, conditioning) {
    const { y, height } = this.box;
    const runs = stretches(entries);
    this.draw((context) => {
      if (conditioning !== null) this.#beyond(context, colors, landmarks(conditioning).border);
      context.lineJoin = "round";
      for (const run of runs) this.#trace(context, colors, entries, run);
      drawLine(context, [[this.at(position), y], [this.at(position), y + height]], colors.ink, { width: 1.5 });
    });
    this.#names(colors, runs);
    if (conditioning !== null) this.#landmarks(colors, landmarks(conditioning));
  }

  #beyond(context, colors, border) {
    const { x, y, width, height } = this.box;
    const edge = this.x(Math.log10(border));
    const beyond = { x: edge, y, width: x + width - edge, height };
    context.globalAlpha = 0.12;
    drawBox(context, edge, y, beyond.width, height, colors.vermillion);
    context.globalAlpha = 0.35;
    drawHatch(context, beyond, 9, colors.vermillion);
    context.globalAlpha = 1;
  }

  #trace(context, colors, entries, { verdict, from, to }) {
    const height = ({ loss }) => this.y(clamp(logLoss(loss), STRIP[0] + 0.5, STRIP[1] + 1));
    const points = entries.filter(({ position }) => position >= from && position <= to + 1)
      .map((entry) => [this.at(entry.position), height(entry)]);
    if (from === to) points.push([this.at(from) + 1, points[0][1]]);
    drawLine(context, points, colors[VERDICT_LOOKS[verdict].color], { width: 2.5 });
  }

  #names(colors, runs) {
    const { context } = this;
    const { y } = this.box;
    const lettering = { size: 11, weight: 400, align: "center" };
    letter(context, colors, lettering);
    for (const { verdict, from, to } of runs) {
      const look = VERDICT_LOOKS[verdict];
      const [a, b] = [this.at(from), this.at(to)];
      drawBox(context, a, y - 5, Math.max(1.5, b - a), 3, colors[look.color]);
      const text = `${look.sign} ${look.words}`;
      if (context.measureText(text).width < b - a) drawPlain(context, text, (a + b) / 2, y - 13, colors, lettering);
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
      drawLine(context, [[at, y], [at, y + height]], align === "left" ? colors.vermillion : colors.ink, { width: 1.5, dash });
      letter(context, colors, { size: 11 });
      const roomy = (text) => {
        const room = context.measureText(text).width + 8;
        return align === "right" ? at - room > x : at + room < x + width;
      };
      const text = texts.find(roomy) ?? texts[1];
      const side = roomy(text) ? align : align === "left" ? "right" : "left";
      drawText(context, text, at + (side === "left" ? 6 : -6), row, colors, { size: 11, align: side });
    }
  }
}

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
    const { lab, config, state, panel } = this.parts;
    const { colors } = lab;
    const half = lab.half(width, narrow);
    const height = lab.size(clamp(half * 0.74, 230, 360));
    const { left, right, top, bottom } = MARGINS;
    state.height = Number(((config.width * (height - top - bottom)) / (half - left - right)).toFixed(3)); // equal scales: the path meets contours squarely
    this.map.fit(half, height, ...this.#ranges());
    this.paintMap();
    this.curve.place(half, height, colors);
    this.strip.place(width, lab.size(narrow ? 104 : 116), colors);
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
    const { lab: { colors }, state: { run, step, start }, panel } = this.parts;
    const { map } = this;
    drawMinimum(context, map.x(0), map.y(0), colors.ink);
    if (run) drawSteps(context, map, run.path, step, { color: colors[VERDICT_LOOKS[run.note.verdict].color], halo: colors.paper });
    drawStart(context, map.box, map.x(start[0]), map.y(start[1]), { colors, focused: document.activeElement === panel.map });
  }

  #drawGoal(context) {
    const { lab: { colors }, config: { goal, steps } } = this.parts;
    const { x, y, height } = this.curve.box;
    const right = this.curve.x(Math.min(goal.steps, steps));
    const top = this.curve.y(Math.log10(goal.loss));
    const bottom = y + height;
    drawBox(context, x, top, right - x, bottom - top, colors.grid);
    drawLine(context, [[x - 1, top], [right, top], [right, top + height], [x - 1, top + height], [x - 1, top]], colors.soft, { dash: [2, 3] });
    drawPlain(context, `goal: ${powerOfTen(Math.log10(goal.loss))} within ${goal.steps} steps`, x + 6, bottom - 5, colors, {
      size: 11, weight: 400, baseline: "bottom", color: colors.soft,
    });
  }

  #drawCurve(context) {
    const { lab: { colors }, config: { steps }, state: { run, ghost, step } } = this.parts;
    const { curve } = this;
    this.#drawGoal(context);
    const entries = [];
    if (ghost && ghost !== run) {
      curve.trace(context, ghost.losses, steps, colors.soft, { width: 1.5, dash: [5, 4] });
      entries.push({ losses: ghost.losses, text: `before: ${number(ghost.settings.learning_rate)}`, color: colors.soft });
    }
    if (run) {
      const { sign, color } = VERDICT_LOOKS[run.note.verdict];
      curve.run(context, run.losses, step, colors[color], colors.paper);
      entries.push({ losses: run.losses, text: `${sign} ${number(run.settings.learning_rate)}`, color: colors.ink, bold: true });
    }
    curve.labels(context, entries, colors);
  }

  drawStrip() {
    const { lab: { colors }, state, panel } = this.parts;
    const entries = state.outcomes.filter(Boolean);
    state.strip = entries.length;
    this.strip.show(colors, entries, panel.rate.position, state.theory ? state.conditioning : null);
  }
}
