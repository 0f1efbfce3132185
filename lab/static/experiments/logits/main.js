/** Three logits under the hand, the learner's softmax of them, and the cost of the answer. */
import { button, choice, draggable, figure, make, tile } from "../../shared/dom.js";
import { experiment } from "../../shared/frame.js";
import { drawBox, drawHatch, drawLine, drawPlain, drawText } from "../../shared/marks.js";
import { drawAxes, plainTicks, Plot } from "../../shared/plot.js";
import { clamp, number } from "../../shared/scale.js";
import { linearSlider } from "../../shared/sliders.js";

/** @typedef {{logits: number[], shift: number, target: number}} Settings */
/** @typedef {{probabilities: (number | null)[], sum: number | null, loss: number | null, settings: Settings}} Run null stands for nan */
/** @typedef {Settings & {run: Run | null}} State */
/** @typedef {import("../../shared/frame.js").Parts<State, Panel, Drawing, Round>} Parts */

/** Why the probabilities cannot be right, or "" if nothing speaks against them. */
export const complaint = ({ probabilities, sum }, largest) => {
  if (probabilities.some((p) => p === null)) {
    return largest > 700
      ? `e to the power of ${number(largest, 4)} is too large for a float, and your softmax got nan. Subtract the largest logit from all of them first: the probabilities stay the same.`
      : "Your softmax returned nan.";
  }
  if (probabilities.some((p) => p < 0)) return "A probability below 0: softmax should never return one.";
  return Math.abs(sum - 1) > 1e-6 ? `The probabilities sum to ${number(sum)}; they should sum to 1.` : "";
};

export const signed = (v) => v.toFixed(2).replace("-", "−");
export const asShown = (p) => (p === null ? "nan" : p > 0 && p < 0.0005 ? "< 0.001" : p.toFixed(3));

/** The elements around the bars, and what they say. */
class Panel {
  constructor(/** @type {Parts} */ parts) {
    this.parts = parts;
    const { lab, config, state } = parts;
    const keep = () => lab.keep();
    const truth = choice({
      legend: "The picture shows a", value: state.target, options: config.classes.map((name, i) => [i, name]),
      onChange: (target) => {
        parts.round.change({ target });
        keep();
      },
    });
    this.sliders = config.classes.map((name, i) => linearSlider({
      label: `Logit of ${name}`, ...config.logits, value: state.logits[i], format: signed, jump: 20,
      onInput: (v) => parts.round.setLogit(i, v), onCommit: keep,
    }));
    this.shift = linearSlider({
      label: "Shift of all three logits", ...config.shifts, value: clamp(state.shift, config.shifts.low, config.shifts.high),
      format: signed, onInput: (v) => parts.round.change({ shift: v }), onCommit: keep,
    });
    this.far = button(`add ${config.far.toLocaleString("en")} to all three`, () => parts.round.leap(), { "aria-pressed": "false" });
    this.farNote = make("span", { class: "hint" });
    this.loss = tile("loss, from your functions");
    this.total = tile("sum of the probabilities");
    this.alarm = make("p", { class: "alarm", role: "status", hidden: true });
    this.logits = make("canvas", { class: "bars", role: "img" });
    this.probabilities = make("canvas", { role: "img" });
    lab.root.append(
      make("div", { class: "under truth" }, truth), lab.trouble.element,
      make("div", { class: "plots logits" },
        make("div", {},
          figure("Logits", this.logits, "drag the bars"),
          make("div", { class: "fields" },
            ...config.classes.flatMap((name, i) => [make("span", { class: "name" }, name), this.sliders[i].input, this.sliders[i].output]),
            make("span", { class: "name shift" }, "all three"), this.shift.input, this.shift.output),
          make("div", { class: "extremes" }, this.far, this.farNote)),
        make("div", {},
          figure("Probabilities", this.probabilities, "your softmax"),
          make("div", { class: "outcome" }, this.loss.element, this.total.element),
          this.alarm)),
      lab.challenges.element, lab.status);
    this.#dragBars();
  }

  /** A bar can be dragged by its end; its slider below is the way for the keyboard. */
  #dragBars() {
    const { parts } = this;
    const { config, state } = parts;
    let held = 0;
    draggable(this.logits, {
      take: (x) => { held = clamp(Math.floor(parts.drawing.logits.x.invert(x)), 0, config.classes.length - 1); },
      move: (_, y) => {
        const slider = this.sliders[held];
        const v = parts.drawing.logits.y.invert(y) - (parts.round.beyond() ? 0 : state.shift);
        slider.value = clamp(v, config.logits.low, config.logits.high);
        parts.round.setLogit(held, slider.value);
      },
      commit: () => parts.lab.keep(),
    });
  }

  /** Show whether the logits are far from their usual size. */
  follow() {
    const { config, round } = this.parts;
    const [far, beyond] = [config.far.toLocaleString("en"), round.beyond()];
    this.far.setAttribute("aria-pressed", String(beyond));
    this.far.textContent = beyond ? "back to the usual size" : `add ${far} to all three`;
    this.farNote.textContent = beyond ? `logits are now about ${far}` : "";
  }

  tell() {
    const { lab, config: { classes }, state: { run } } = this.parts;
    if (!run) return;
    const { logits, shift, target } = run.settings;
    const shown = run.probabilities.map(asShown);
    const cost = run.loss === null ? "nan" : run.loss.toFixed(3);
    this.loss.set(cost, `the ${classes[target]} was given ${shown[target]}`);
    this.total.set(run.sum === null ? "nan" : String(Number(run.sum.toFixed(6))));
    const why = complaint(run, Math.max(...logits) + shift);
    this.alarm.hidden = !why;
    this.alarm.textContent = why;
    const pairs = (values) => classes.map((name, i) => `${name} ${values[i]}`).join(", ");
    const sizes = pairs(logits.map((z) => signed(z + shift)));
    lab.say(`Logits ${sizes}; probabilities ${pairs(shown)}. Loss ${cost} for a ${classes[target]}. ${why}`);
    this.logits.setAttribute("aria-label", `Logits as bars: ${sizes}.`);
    this.probabilities.setAttribute("aria-label", `Probabilities as bars: ${pairs(shown)}.`);
  }

  clear() {
    this.loss.set("–");
    this.total.set("–");
    this.alarm.hidden = true;
  }
}

/** The logits and their probabilities as bars. */
class Drawing {
  constructor(/** @type {Parts} */ parts) {
    this.parts = parts;
    this.logits = new Plot(parts.panel.logits, { top: 18, bottom: 26 });
    this.probabilities = new Plot(parts.panel.probabilities, { top: 18, bottom: 44 });
  }

  layout(width, narrow) {
    const { lab: { colors }, config: { classes } } = this.parts;
    const { logits, probabilities } = this;
    const half = narrow ? width : Math.floor((width - 20) / 2);
    const names = classes.map((name, i) => [i + 0.5, name]);
    logits.fit(half, narrow ? 210 : 250, [0, classes.length], [-7, 7]);
    logits.background(colors, (context) => {
      drawAxes(context, logits, colors, { yTicks: plainTicks(-6, 6, 6), yName: "logit", grid: "y" });
      const height = logits.box.y + logits.box.height + 14;
      const lettering = { weight: 400, align: "center", color: colors.soft };
      for (const [at, name] of names) drawPlain(context, name, logits.x(at), height, colors, lettering);
    });
    probabilities.fit(half, narrow ? 228 : 268, [0, classes.length], [0, 1.08]);
    probabilities.axes(colors, { xTicks: names, yTicks: plainTicks(0, 1, 5), yName: "probability", grid: "y" });
  }

  draw() {
    const { lab: { colors }, state: { run, target } } = this.parts;
    const { logits, probabilities: { box, context, x } } = this;
    logits.draw((inside) => this.#drawLogits(inside), 12);
    this.probabilities.draw((inside) => run?.probabilities.forEach((p, i) => this.#drawProbability(inside, p, i)));
    drawPlain(context, "▲ the truth", x(target + 0.5), box.y + box.height + 32, colors, { align: "center" });
  }

  #drawBar(context, { x, y }, i, to, color) {
    const [left, right] = [x(i + 0.2), x(i + 0.8)];
    const [top, bottom] = [Math.min(y(0), y(to)), Math.max(y(0), y(to))];
    drawBox(context, left, top, right - left, Math.max(1, bottom - top), color);
    return { left, right, top, bottom };
  }

  #drawLogits(context) {
    const { lab: { colors }, config, state, round } = this.parts;
    const { box, x, y } = this.logits;
    const beyond = round.beyond();
    state.logits.forEach((z, i) => {
      const value = beyond ? z : z + state.shift;
      const { left, right } = this.#drawBar(context, this.logits, i, value, colors.orange);
      const text = beyond ? `${config.far.toLocaleString("en")} ${z < 0 ? "−" : "+"} ${Math.abs(z).toFixed(2)}` : signed(value);
      const height = clamp(y(value) + (value < 0 ? 11 : -10), box.y + 8, box.y + box.height - 8);
      drawText(context, text, x(i + 0.5), height, colors, { align: "center" });
      drawLine(context, [[left, y(value)], [right, y(value)]], colors.ink, { width: 2.5 }); // the grip at the bar's end
    });
    const zero = Math.round(y(0)) + 0.5;
    drawLine(context, [[box.x, zero], [box.x + box.width, zero]], colors.soft);
  }

  #drawProbability(context, p, i) {
    const { lab: { colors }, state: { target } } = this.parts;
    const { box, x, y } = this.probabilities;
    const right = i === target;
    if (p === null) { // nan: hatched up to the top, since it has no height
      const hatched = { x: x(i + 0.2), y: y(1), width: x(i + 0.8) - x(i + 0.2), height: y(0) - y(1) };
      drawHatch(context, hatched, 10, colors.vermillion, 1.5);
    }
    else {
      const bar = this.#drawBar(context, this.probabilities, i, clamp(p, -0.05, 1.2), right ? colors.blue : colors.line);
      if (right) {
        context.strokeStyle = colors.ink;
        context.lineWidth = 1.5;
        context.strokeRect(bar.left + 0.75, bar.top + 0.75, bar.right - bar.left - 1.5, Math.max(0, bar.bottom - bar.top - 1.5));
      }
    }
    const height = p === null ? y(0.5) : clamp(y(p) - 11, box.y + 8, y(0) - 11);
    drawText(context, asShown(p), x(i + 0.5), height, colors, { size: 13, weight: right ? 700 : 500, align: "center" });
  }
}

/** Whether all probabilities round to the goal's two decimal places. */
export const rounds = (probabilities, goal) =>
  goal.every((wanted, i) => probabilities[i] !== null && Math.abs(probabilities[i] - wanted) < 0.005);

/** What is asked of the kernel about three logits, and which goals were met. */
class Round {
  constructor(/** @type {Parts} */ parts) { this.parts = parts; }
  begin() { this.change({}); }

  /** The settings, with some of them changed. */
  settings(changes = {}) {
    const { logits, shift, target } = this.parts.state;
    return { logits, shift, target, ...changes };
  }

  change(changes) {
    const { lab, state, panel } = this.parts;
    Object.assign(state, changes);
    panel.follow();
    lab.draw();
    lab.ask();
  }

  /** The logits with another one at place i. */
  #with(i, v) { return this.parts.state.logits.map((z, k) => (k === i ? v : z)); }
  setLogit(i, v) { this.change({ logits: this.#with(i, v) }); }

  /** Whether the logits are far from their usual size. */
  beyond() { return this.parts.state.shift === this.parts.config.far; }

  /** Go far from the usual size, or back. */
  leap() {
    this.change({ shift: this.beyond() ? this.parts.panel.shift.value : this.parts.config.far });
    this.parts.lab.keep();
  }

  answer({ note }, settings) { this.parts.state.run = { ...note, settings }; }

  *neighbors() {
    const { config: { classes, logits, shifts }, state } = this.parts;
    const near = (value, by) => Number((value + by).toFixed(9));
    const within = (value, { low, high }) => value >= low && value <= high;
    for (let d = 1; d <= 6; d++) {
      for (const by of [d * logits.step, -d * logits.step]) {
        for (let i = 0; i < classes.length; i++) {
          const z = near(state.logits[i], by);
          if (within(z, logits)) yield this.settings({ logits: this.#with(i, z) });
        }
      }
      for (const by of [d * shifts.step, -d * shifts.step]) {
        const shift = near(state.shift, by);
        if (within(shift, shifts)) yield this.settings({ shift });
      }
    }
    for (let target = 0; target < classes.length; target++) yield this.settings({ target });
  }

  judge() {
    const { lab: { challenges }, config, state: { run } } = this.parts;
    if (!run) return;
    const { logits, shift } = run.settings;
    if (rounds(run.probabilities, config.goal)) {
      challenges.achieve("logits.cat", `With the logits ${logits.map((z) => signed(z)).join(", ")}. Only their differences count.`);
    }
    if (shift === config.far && !complaint(run, Math.max(...logits) + shift)) {
      challenges.achieve("logits.huge", "Your softmax took it: same differences, same probabilities.");
    }
  }
}

export default experiment("logits", "three logits and their softmax", { Panel, Drawing, Round },
  ({ settings }) => ({ ...settings, logits: [...settings.logits], run: null }));
