/** The elements around the bars, and what they say. */
import { button, choice } from "../../shared/buttons.js";
import { make } from "../../shared/dom.js";
import { draggable } from "../../shared/dragging.js";
import { figure, tile } from "../../shared/panels.js";
import { clamp, number } from "../../shared/scale.js";
import { linearSlider } from "../../shared/sliders.js";

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

export class Panel {
  constructor(/** @type {import("./main.js").Parts} */ parts) {
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

  /** Say what is drawn. */
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

  /** Nothing is known. */
  clear() {
    this.loss.set("–");
    this.total.set("–");
    this.alarm.hidden = true;
  }
}
