/** Three logits under the hand, the learner's softmax of them, and the cost of the answer. */
import { button, choice, draggable, figure, imageCanvas, make, tile } from "../../shared/dom.js";
import { experiment } from "../../shared/frame.js";
import { clamp, number } from "../../shared/scale.js";
import { linearSlider } from "../../shared/sliders.js";
import { asShown, Drawing, powersOf, signed } from "./drawing.js";

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
    this.logits = imageCanvas({ class: "bars" });
    this.powers = imageCanvas();
    this.probabilities = imageCanvas();
    lab.root.append(
      make("div", { class: "under truth" }, truth), lab.trouble.element,
      make("div", { class: "plots logits" },
        figure("Logits z", this.logits, "drag the bars"), figure("eᶻ", this.powers, "always positive"),
        figure("Shares", this.probabilities, "your softmax")),
      make("div", { class: "desk" },
        make("div", { class: "fields" },
          ...config.classes.flatMap((name, i) => [make("span", { class: "name" }, name), this.sliders[i].input, this.sliders[i].output]),
          make("span", { class: "name shift" }, "all three"), this.shift.input, this.shift.output),
        make("div", { class: "outcome" }, this.loss.element, this.total.element,
          make("div", { class: "extremes" }, this.far, this.farNote))),
      this.alarm,
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
    this.powers.setAttribute("aria-label", `e to the power of each logit, as bars: ${pairs(powersOf(run.settings).map((v) => number(v)))}.`);
    this.probabilities.setAttribute("aria-label", `Probabilities as bars: ${pairs(shown)}.`);
  }

  clear() {
    this.loss.set("–");
    this.total.set("–");
    this.alarm.hidden = true;
  }
}

/** Whether all probabilities round to the goal's two decimal places. */
export const rounds = (probabilities, goal) =>
  goal.every((wanted, i) => probabilities[i] !== null && Math.abs(probabilities[i] - wanted) < 0.005);

/** What is asked of the kernel about three logits, and which goals were met. */
class Round {
  constructor(/** @type {Parts} */ parts) { this.parts = parts; }
  /** The probabilities before the dog's logit rose. @type {any} */
  #first = null;
  begin() { this.change({}); }

  /** The settings, with some of them changed. */
  settings(changes = {}) {
    const { logits, shift, target } = this.parts.state;
    return { logits, shift, target, ...changes };
  }

  change(changes) {
    this.parts.lab.change(changes);
    this.parts.panel.follow();
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

  /** The dog's logit rises: that is what was asked. */
  revealed() {
    const { config: { asked }, panel } = this.parts;
    this.#first = this.parts.state.run?.probabilities ?? null;
    panel.sliders[1].value = asked;
    this.setLogit(1, asked);
  }

  compare(given) {
    const { run, logits } = this.parts.state;
    const right = given === "ratio";
    if (!this.#first) return { right, text: "What the dog wins is taken from the others in proportion: both shrink by the same factor." };
    if (!run || run.settings.logits !== logits) return null;
    const [cat, , bird] = run.probabilities.map((p, i) => Number(p) / this.#first[i]);
    return { right, text: `The cat keeps ${asShown(cat)} of what it had, the bird ${asShown(bird)}: eᶻ of both stayed, and the sum grew.` };
  }

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
