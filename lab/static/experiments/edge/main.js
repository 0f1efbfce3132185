/** A network trained just below and just above 2/λmax: its loss, and how strongly it bends on the way. */
import { button, figure, imageCanvas, make, verdictLine } from "../../shared/dom.js";
import { experiment } from "../../shared/frame.js";
import { drawBox, drawDot, drawLine, drawText } from "../../shared/marks.js";
import { LossCurves } from "../../shared/loss_curves.js";
import { plainTicks, Plot } from "../../shared/plot.js";
import { number } from "../../shared/scale.js";
import { field, logSlider } from "../../shared/sliders.js";

/** @typedef {{losses: ArrayLike<number>, seen: ArrayLike<number>, curvature: number, border: number, rate: number}} Run */
/** @typedef {{asked: Record<string, number>, run: Run | null, ghost: Run | null}} State */
/** @typedef {import("../../shared/frame.js").Parts<State, Panel, Drawing, Round>} Parts */

/** What a run does: how far it climbs, when, and how it ends. @type {(losses: ArrayLike<number>) => {climbs: boolean, burst: boolean, peak: number, at: number, turn: number, end: number}} */
export const course = (losses) => {
  const list = Array.from(losses);
  const peak = Math.max(...list);
  const at = list.indexOf(peak);
  const turn = list.indexOf(Math.min(...list.slice(0, at + 1)));
  const end = list[list.length - 1];
  return { climbs: peak > 1.001 * list[0], burst: end > list[0], peak, at, turn, end };
};

/** Whether a drawn curve of exponents climbs to three times its start at least, and comes back below it. */
export const upAndBack = (/** @type {number[]} */ drawn) => Math.max(...drawn) > drawn[0] + 0.5 && drawn[drawn.length - 1] < drawn[0];

/** One sentence on a run. */
export const toldCourse = ({ losses, rate, seen }) => {
  const { climbs, burst, peak, at, turn, end } = course(losses);
  if (peak >= 1e6) return `the loss falls for ${turn} steps, then grows beyond all bounds.`;
  if (!climbs) return `the loss falls to ${number(end)}.`;
  const up = `the loss falls for ${turn} steps, climbs to ${number(peak)} at step ${at}`;
  return burst ? `${up}, and does not come back.`
    : `${up}, and ends at ${number(end)}, with λmax ${number(seen[seen.length - 1])} near 2/η = ${number(2 / rate)}.`;
};

const KINDS = { calm: ["● calm", "blue"], edge: ["▲ up and back", "orange"], burst: ["✗ lost", "vermillion"] };
const kindOf = (/** @type {Run} */ { losses }) => {
  const { climbs, burst } = course(losses);
  return burst ? "burst" : climbs ? "edge" : "calm";
};

/** The elements around the training, and what they say. */
class Panel {
  constructor(/** @type {Parts} */ parts) {
    this.parts = parts;
    const { lab, config: { rates } } = parts;
    this.verdict = verdictLine();
    this.loss = imageCanvas();
    this.bend = imageCanvas();
    this.rate = logSlider({
      label: "Learning rate", ...rates, value: 0.12, format: (v) => number(v), onInput: (v) => lab.change({ asked: { learning_rate: v } }),
      onCommit: () => parts.round.commit(),
    });
    const go = (/** @type {number} */ factor) => () => {
      parts.round.commit();
      lab.change({ asked: { factor } });
    };
    lab.root.append(
      this.verdict.element, lab.trouble.element,
      make("div", { class: "plots" }, figure("The loss, step by step", this.loss), figure("How strongly it bends", this.bend, "λmax, by your code")),
      make("div", { class: "controls-row" },
        field("learning rate", this.rate),
        make("div", { class: "choices" }, button("10% below the border", go(0.9)), button("10% above it", go(1.1)))),
      lab.challenges.element, lab.status);
    lab.challenges.action("edge.find", button("this is the edge", () => parts.round.guess()));
  }

  tell() {
    const { lab, state: { run } } = this.parts;
    if (!run) return;
    const [badge, color] = KINDS[kindOf(run)];
    const text = `Learning rate ${number(run.rate)}: ${toldCourse(run)}`;
    this.verdict.set(badge, text, color);
    lab.say(text);
    this.loss.setAttribute("aria-label", `Loss against step. ${text}`);
    this.bend.setAttribute("aria-label", `Largest curvature against step: at first ${number(run.curvature)}, at the end ${number(run.seen[run.seen.length - 1])}. For this learning rate the border is 2/η = ${number(2 / run.rate)}.`);
  }

  clear() { this.verdict.set(); }
}

class Drawing {
  constructor(/** @type {Parts} */ parts) {
    this.parts = parts;
    const { panel, config: { steps } } = parts;
    this.loss = new LossCurves(panel.loss, { steps, low: -4, high: 2 });
    this.bend = new Plot(panel.bend);
    parts.lab.prediction.on(this.loss);
  }

  layout(width, narrow) {
    const { lab, lab: { colors }, config: { steps } } = this.parts;
    const half = lab.half(width, narrow);
    this.loss.place(half, lab.size(270), colors);
    this.bend.fit(half, lab.size(270), [0, steps], [0, 40]);
    this.bend.axes(colors, { xTicks: plainTicks(0, steps, 5), yTicks: plainTicks(0, 40, 4), xName: "step", yName: "λmax", grid: "y" });
  }

  draw() {
    const { lab: { colors }, config: { steps }, state: { run, ghost } } = this.parts;
    const color = run ? colors[KINDS[kindOf(run)][1]] : "";
    this.loss.draw((context) => {
      if (ghost) this.loss.trace(context, ghost.losses, steps, colors.soft, { width: 1.5, dash: [5, 4] });
      if (!run) return;
      this.loss.trace(context, run.losses, steps, color, { width: 2.5 });
      const { climbs, at, peak } = course(run.losses);
      if (climbs && peak < 100) drawDot(context, this.loss.x(at), this.loss.heightOf(peak), 4.5, color, colors.paper);
      if (ghost) this.loss.labels(context, [{ losses: ghost.losses, text: `before: ${number(ghost.rate)}`, color: colors.soft }], colors);
    }, 6);
    this.bend.draw((context) => run && this.#drawBend(context, run, ghost, color), 6);
  }

  /** The curvature, and above 2/η the region in which the steps overshoot more each time. */
  #drawBend(context, run, ghost, color) {
    const { lab: { colors }, config: { look_every: every } } = this.parts;
    const { x, y, width } = this.bend.box;
    const level = this.bend.y(2 / run.rate);
    context.globalAlpha = 0.1;
    drawBox(context, x, y, width, Math.max(0, level - y), colors.vermillion);
    context.globalAlpha = 1;
    drawLine(context, [[x, level], [x + width, level]], colors.ink, { dash: [6, 4], width: 1.5 });
    drawText(context, "up here every swing grows", x + 8, y + 12, colors, { weight: 400, size: 11 });
    drawText(context, `2/η = ${number(2 / run.rate)}`, x + width - 4, Math.max(y + 10, level - 12), colors, { size: 11, align: "right" });
    const trace = (/** @type {ArrayLike<number>} */ seen) => Array.from(seen, (v, i) => [this.bend.x(i * every), this.bend.y(v)]);
    if (ghost) drawLine(context, trace(ghost.seen), colors.soft, { width: 1.5, dash: [5, 4] });
    drawLine(context, trace(run.seen), color, { width: 2.5 });
    drawDot(context, this.bend.x(0), this.bend.y(run.curvature), 4.5, color, colors.paper);
  }
}

/** What is asked of the kernel, and which goals were met. */
class Round {
  options = { rest: 200 };

  constructor(/** @type {Parts} */ parts) { this.parts = parts; }
  settings() { return this.parts.state.asked; }

  *neighbors() { for (const learning_rate of this.parts.panel.rate.nearby(6)) yield { learning_rate }; }

  answer({ arrays: [losses, seen], note }) {
    const { state, panel } = this.parts;
    state.run = { losses, seen, ...note };
    if ("factor" in state.asked) panel.rate.show(note.rate);
  }

  /** The run on screen stays as a ghost. */
  commit() {
    const { lab, state } = this.parts;
    if (state.run) state.ghost = state.run;
    lab.keep();
  }

  renewed() { this.parts.state.ghost = null; }

  compare(given) {
    const { run, asked } = this.parts.state;
    if (!run || asked.factor !== 1.1) return undefined;
    return { right: upAndBack(given), text: `At first it falls, as if nothing were wrong; then it climbs to ${number(course(run.losses).peak / run.losses[0], 2)} times its start, and comes down where the loss bends less. The network has found the edge by itself.` };
  }

  guess() {
    const { lab: { challenges }, state: { run } } = this.parts;
    if (!run) return;
    const off = run.rate / run.border - 1;
    if (course(run.losses).climbs) challenges.note("edge.find", "Not yet: this loss climbs.");
    else if (off < -0.07) challenges.note("edge.find", "Not yet: a larger one stays calm, too.");
    else challenges.achieve("edge.find", `${number(run.rate)}; the border at the start is 2/λmax = 2/${number(run.curvature)} = ${number(run.border)}.`);
  }

  judge() {
    const { lab: { challenges }, state: { run } } = this.parts;
    if (run && course(run.losses).burst) challenges.achieve("edge.burst", `At ${number(run.rate / run.border, 2)} times the border.`);
  }
}

export default experiment("edge", "the edge of stability", { Panel, Drawing, Round }, () => ({ asked: { factor: 1.1 }, run: null, ghost: null }));
