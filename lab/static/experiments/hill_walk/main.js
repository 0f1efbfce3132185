/** The hill walk: a tangent felt out by the learner's code, the next step, the steps so far. */
import { chips, draggable, figure, imageCanvas, make, movableCanvas, verdictLine } from "../../shared/dom.js";
import { experiment } from "../../shared/frame.js";
import { drawDot, drawLine, drawStart } from "../../shared/marks.js";
import { plainTicks, Plot } from "../../shared/plot.js";
import { clamp, number } from "../../shared/scale.js";
import { field, logSlider, Scrubber } from "../../shared/sliders.js";
import { goalsMet, HillPlot, hilltop, plain, sampledLoss, signed, underfoot } from "./hill.js";

/** @typedef {{hill: string, start: number, learning_rate: number}} Settings */
/** @typedef {{weights: number[], losses: number[], slopes: number[], note: {ended: string | null}, settings: Settings}} Run */
/** @typedef {Settings & {step: number, run: Run | null, ended: Set<string>}} State `ended`: valleys that a walk has ended in */
/** @typedef {{name: string, weight: number}} Valley */
/** @typedef {{name: string, title: string, text: string, start: number, learning_rate: number, range: [number, number], top: number, losses: number[], valleys: Valley[]}} Hill */
/** @typedef {import("../../shared/frame.js").Parts<State, Panel, Drawing, Round>} Parts */

const CELLS = { weight: "weight", loss: "loss", slope: "slope", step: "−\u00a0learning rate\u00a0·\u00a0slope", next: "new weight" };

/** The elements around the hill, and what they say. */
class Panel {
  constructor(/** @type {Parts} */ parts) {
    this.parts = parts;
    const { lab, config, state } = parts;
    this.verdict = verdictLine();
    this.hillText = make("p");
    this.map = movableCanvas("hill with a movable start");
    this.curve = imageCanvas();
    const chooser = chips({
      label: "Hill", value: state.hill, items: config.hills.map(({ name, title }) => ({ value: name, text: title })),
      onChange: (name) => parts.round.chooseHill(name),
    });
    this.rate = logSlider({
      label: "Learning rate", ...config.rates, value: state.learning_rate, format: (v) => number(v),
      onInput: (v) => lab.change({ learning_rate: v }), onCommit: () => lab.keep(),
    });
    this.time = new Scrubber({ steps: config.steps, from: 0, perSecond: 4, what: "the walk", onStep: (k) => parts.round.showStep(k) });
    this.cells = Object.fromEntries(Object.keys(CELLS).map((name) => [name, make("span", { class: "figure" }, "–")]));
    this.plots = make("div", { class: "plots" },
      figure("The hill", this.map, "drag the start"), figure("The loss, step by step", this.curve));
    lab.root.append(
      this.verdict.element, make("div", { class: "chooser" }, chooser, this.hillText), lab.trouble.element, this.plots,
      make("div", { class: "sum" },
        ...Object.entries(CELLS).map(([name, words]) => make("div", {}, make("span", { class: "name" }, words), this.cells[name]))),
      make("div", { class: "controls-row" }, this.time.element,
        field("learning rate", this.rate, " wide")),
      lab.challenges.element, lab.status);
    draggable(this.map, {
      move: (x) => parts.round.moveStart(parts.drawing.hill.x.invert(x)),
      stride: (dx) => parts.round.moveStart(state.start + dx * parts.round.stride()),
      commit: () => lab.keep(),
    });
  }

  tell() {
    const { lab, config, state: { step }, round } = this.parts;
    const run = round.walk();
    if (!run) return;
    const [weight, loss, slope] = [run.weights[step], run.losses[step], run.slopes[step]];
    const ground = underfoot(weight, slope, round.hill().range);
    const near = round.hill().valleys.find((valley) => Math.abs(valley.weight - weight) <= config.near);
    const place = near ? `in the ${near.name}` : "but not in a valley";
    const text = `Step ${step}: weight ${plain(weight)}, slope ${plain(slope)}${ground.key === "flat" ? `, ${place}` : ""}.`;
    this.verdict.set(`${ground.sign} ${ground.words}`, text, ground.color);
    this.#fillCells(run, step, ground.key !== "gone");
    lab.say(`${ground.words}. ${text}`);
    this.map.setAttribute("aria-label", `Hill: loss against weight. Start at ${plain(run.settings.start)}; move it with the arrow keys. ${ground.words}. ${text}`);
    this.curve.setAttribute("aria-label", `Loss against step: from ${plain(run.losses[0])} to ${plain(loss)} at step ${step}.`);
  }

  /** The next step as a sum. */
  #fillCells({ weights, losses, slopes, settings }, step, inside) {
    const slope = plain(slopes[step]);
    const asked = -settings.learning_rate * slopes[step];
    const seen = step < this.parts.config.steps && inside ? weights[step + 1] - weights[step] : NaN;
    const moved = Math.abs(seen - asked) < 1e-6 * Math.max(1, Math.abs(weights[step])) ? asked : seen; // weights come with 7 digits
    const shown = Number.isFinite(moved);
    const texts = {
      weight: plain(weights[step], 4), loss: plain(losses[step], 4), slope: plain(slopes[step], 4),
      step: shown ? `−\u00a0${number(settings.learning_rate)}\u00a0·\u00a0${slopes[step] < 0 ? `(${slope})` : slope} = ${signed(moved)}` : "–",
      next: shown ? plain(weights[step + 1], 4) : "–",
    };
    for (const [name, text] of Object.entries(texts)) this.cells[name].textContent = text;
  }
}

/** The hill with the walk on it, and the loss step by step, level with the hill. */
class Drawing {
  constructor(/** @type {Parts} */ parts) {
    this.parts = parts;
    this.hill = new HillPlot(parts.panel.map);
    this.curve = new Plot(parts.panel.curve);
  }

  layout(width, narrow) {
    const { lab, config: { steps }, panel, round } = this.parts;
    const { colors } = lab;
    const hill = round.hill();
    const left = narrow ? width : Math.floor((width - 20) * 0.63);
    const height = lab.size(narrow ? clamp(width * 0.72, 220, 320) : 340);
    this.hill.place(left, height, hill, colors);
    this.curve.fit(narrow ? width : width - 20 - left, narrow ? lab.size(190) : height, [0, steps], [-0.07 * hill.top, hill.top]);
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

/** What is asked of the kernel about a walk, and which goals were met. */
class Round {
  #rolled = false;
  #tried = false; // the predicted rate, now and not on an earlier day

  constructor(/** @type {Parts} */ parts) {
    this.parts = parts;
    /** @type {Record<string, Hill>} */
    this.hills = Object.fromEntries(parts.config.hills.map((hill) => [hill.name, hill]));
  }

  hill() { return this.hills[this.parts.state.hill]; }

  /** The run on screen, if it is one of this hill. */
  walk() {
    const { run, hill } = this.parts.state;
    return run?.settings.hill === hill ? run : null;
  }

  settings(changes = {}) {
    const { hill, start, learning_rate } = this.parts.state;
    return { hill, start, learning_rate, ...changes };
  }

  chooseHill(name) {
    const { lab, state, panel } = this.parts;
    const { start, learning_rate } = this.hills[name];
    Object.assign(state, { hill: name, start, learning_rate });
    panel.rate.value = learning_rate;
    panel.time.jump(0);
    lab.layout();
    lab.ask();
    lab.keep();
  }

  moveStart(weight) { this.parts.lab.change({ start: this.#rounded(weight) }); }
  #rounded(weight) { return Number(clamp(weight, ...this.hill().range).toFixed(3)); }

  /** How far a key moves the start. */
  stride() {
    const [low, high] = this.hill().range;
    return (high - low) / 128;
  }

  showStep(step) {
    this.parts.state.step = step;
    this.parts.lab.show();
  }

  answer({ arrays: [weights, losses, slopes], note }, settings) {
    this.parts.state.run = { weights, losses, slopes, note, settings };
    if (this.#rolled) return;
    this.#rolled = true; // the ball rolls by itself, once
    this.parts.panel.time.play();
  }

  /** The learning rate that was predicted is tried. */
  revealed() {
    const { lab, state, panel } = this.parts;
    this.#tried = true;
    panel.rate.value = lab.prediction.given;
    state.learning_rate = panel.rate.value;
    panel.time.jump(0);
    lab.ask();
    panel.time.play();
  }

  compare(given) {
    const { run } = this.parts.state;
    if (!run || this.hill().name !== this.parts.config.hills[0].name) return null;
    const lowest = this.hill().valleys[0].weight;
    const [start, next] = run.weights;
    const right = Math.abs(given - 0.5) < 0.02;
    if (run.settings.learning_rate !== this.parts.panel.rate.valueAt(this.parts.panel.rate.positionOf(given))) {
      return this.#tried ? null : { right, text: "0.5 does: 0.5 times the slope of −6 makes a step of 3, and the lowest place is 3 away." };
    }
    return { right, text: `From ${plain(start)} the first step lands at ${plain(next)}; the lowest place is at ${plain(lowest)}.${right ? "" : " The slope is −6, and the lowest place is 3 away: try again with the slider."}` };
  }

  *neighbors({ start }) {
    const { rate } = this.parts.panel;
    for (let d = 1; d <= 40; d++) {
      for (const way of [d, -d]) {
        const position = rate.position + way;
        if (position >= 0 && position <= rate.count) yield this.settings({ start, learning_rate: rate.valueAt(position) });
        yield this.settings({ start: this.#rounded(start + way * this.stride()) });
      }
    }
  }

  judge() {
    const { lab: { challenges }, config, state: { step, ended } } = this.parts;
    const run = this.walk();
    if (!run) return;
    const { start, learning_rate, hill } = run.settings;
    const said = {
      "hill.sprint": `Learning rate ${number(learning_rate)} does it.`,
      "hill.leap": `From ${plain(start)} a learning rate of ${number(learning_rate)} is large enough to leap.`,
    };
    const { valleys } = this.hill();
    for (const name of goalsMet(run, step, { ...config, valleys, hilltop: hilltop(this.hill()) })) challenges.achieve(name, said[name]);
    if (hill !== "two valleys" || step !== config.steps || !run.note.ended) return;
    ended.add(run.note.ended);
    if (ended.size === 2) challenges.achieve("hill.valleys", "The start decides, and the walker cannot know.");
    else if (!challenges.isDone("hill.valleys")) challenges.note("hill.valleys", `So far: the ${run.note.ended}.`);
  }
}

export default experiment("hill_walk", "walk the hill", { Panel, Drawing, Round },
  ({ settings }) => ({ ...settings, step: 0, run: null, ended: new Set() }));
