/** The elements around the hill, and what they say. */
import { chips } from "../../shared/buttons.js";
import { make } from "../../shared/dom.js";
import { draggable } from "../../shared/dragging.js";
import { figure, verdictLine } from "../../shared/panels.js";
import { number } from "../../shared/scale.js";
import { logSlider, Scrubber } from "../../shared/sliders.js";
import { plain, signed, underfoot } from "./hill.js";

const CELLS = { weight: "weight", loss: "loss", slope: "slope", step: "−\u00a0learning rate\u00a0·\u00a0slope", next: "new weight" };

export class Panel {
  constructor(/** @type {import("./main.js").Parts} */ parts) {
    this.parts = parts;
    const { lab, config, state } = parts;
    this.verdict = verdictLine();
    this.hillText = make("p");
    this.map = make("canvas", { class: "map", tabindex: 0, role: "application", "aria-roledescription": "hill with a movable start" });
    this.curve = make("canvas", { role: "img" });
    const chooser = chips({
      label: "Hill", value: state.hill, items: config.hills.map(({ name, title }) => ({ value: name, text: title })),
      onChange: (name) => parts.round.chooseHill(name),
    });
    this.rate = logSlider({
      label: "Learning rate", ...config.rates, value: state.learning_rate, format: (v) => number(v),
      onInput: (v) => parts.round.change({ learning_rate: v }), onCommit: () => lab.keep(),
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
        make("label", { class: "field wide" }, make("span", { class: "name" }, "learning rate"), this.rate.input, this.rate.output)),
      lab.challenges.element, lab.status);
    draggable(this.map, {
      move: (x) => parts.round.moveStart(parts.drawing.hill.x.invert(x)),
      stride: (dx) => parts.round.moveStart(state.start + dx * parts.round.stride()),
      commit: () => lab.keep(),
    });
  }

  close() { this.time.halt(); }

  /** Say what is drawn. */
  tell() {
    const { lab, config, state: { step }, round } = this.parts;
    const run = round.walk();
    if (!run) return;
    const { badge, finding } = this.verdict;
    const [weight, loss, slope] = [run.weights[step], run.losses[step], run.slopes[step]];
    const ground = underfoot(weight, slope, round.hill().range);
    const near = round.hill().valleys.find((valley) => Math.abs(valley.weight - weight) <= config.near);
    const place = near ? `in the ${near.name}` : "but not in a valley";
    const text = `Step ${step}: weight ${plain(weight)}, slope ${plain(slope)}${ground.key === "flat" ? `, ${place}` : ""}.`;
    badge.textContent = `${ground.sign} ${ground.words}`;
    badge.dataset.ground = ground.key;
    finding.textContent = text;
    this.#fillCells(run, step, ground.key !== "gone");
    lab.say(`${ground.words}. ${text}`);
    this.map.setAttribute("aria-label", `Hill: loss against weight. Start at ${plain(run.settings.start)}; move it with the arrow keys. ${ground.words}. ${text}`);
    this.curve.setAttribute("aria-label", `Loss against step: from ${plain(run.losses[0])} to ${plain(loss)} at step ${step}.`);
  }

  /** The next step as a sum. */
  #fillCells({ weights, losses, slopes, settings }, step, inside) {
    const slope = plain(slopes[step]);
    const moved = step < this.parts.config.steps && inside ? weights[step + 1] - weights[step] : NaN;
    const shown = Number.isFinite(moved);
    const texts = {
      weight: plain(weights[step], 4), loss: plain(losses[step], 4), slope: plain(slopes[step], 4),
      step: shown ? `−\u00a0${number(settings.learning_rate)}\u00a0·\u00a0${slopes[step] < 0 ? `(${slope})` : slope} = ${signed(moved)}` : "–",
      next: shown ? plain(weights[step + 1], 4) : "–",
    };
    for (const [name, text] of Object.entries(texts)) this.cells[name].textContent = text;
  }
}
