/** The race: the runners on one landscape, their losses, and a slider for each. */
import { chips, choice, codeButton, draggable, figure, imageCanvas, make, movableCanvas, verdictLine } from "../../shared/dom.js";
import { experiment } from "../../shared/frame.js";
import { lossWords, RUNNER_LOOKS } from "../../shared/runners.js";
import { clamp, number } from "../../shared/scale.js";
import { logSlider, Scrubber } from "../../shared/sliders.js";
import { Drawing } from "./drawing.js";
import { raceCode, raceGoals, ranking } from "./race.js";

/** @typedef {{landscape: string, start: number[], rates: Record<string, number>, runners: string[]}} Settings */
/** @typedef {{path: Float32Array, losses: Float32Array}} Course of one runner */
/** @typedef {{runs: Record<string, Course>, absent: string[], settings: Settings}} Run */
/** @typedef {Settings & {step: number, run: Run | null, moved: string, equal: boolean}} State `moved`: the runner whose slider was moved last; `equal`: one rate for all */
/** @typedef {object} Land
 * @property {string} name
 * @property {string} title
 * @property {string} text
 * @property {[number, number]} x the weights at the edges
 * @property {[number, number]} y
 * @property {[number, number]} contours the losses of the lowest and the highest contour
 * @property {[number, number]} exponents of ten at the ends of the axis of losses
 * @property {number[][]} lowest places
 * @property {number[]} start the preset, and with it
 * @property {Record<string, number>} rates */
/** @typedef {import("../../shared/frame.js").Parts<State, Panel, Drawing, Round>} Parts */

/** The elements around the race, a lane for each runner, and what they say. */
class Panel {
  constructor(/** @type {Parts} */ parts) {
    this.parts = parts;
    const { lab, config, state } = parts;
    this.verdict = verdictLine();
    this.landText = make("p");
    this.map = movableCanvas("map with a movable start");
    this.curve = imageCanvas({ "aria-label": "Loss against step for each runner." });
    const chooser = chips({
      label: "Landscape", value: state.landscape, items: config.landscapes.map(({ name, title }) => ({ value: name, text: title })),
      onChange: (name) => parts.round.chooseLand(name),
    });
    this.time = new Scrubber({
      steps: config.steps, from: 0, what: "the race", perSecond: 20, onStep: (k) => parts.round.showStep(k),
    });
    this.lanes = new Map(config.runners.map((name) => [name, this.#lane(name)]));
    lab.root.append(
      this.verdict.element, make("div", { class: "chooser" }, chooser, this.landText), lab.trouble.element,
      make("div", { class: "plots" },
        figure("The race on the loss", this.map, "drag the start"), figure("The loss, step by step", this.curve)),
      make("div", { class: "controls-row" }, this.time.element, choice({
        legend: "learning rates", value: false, options: [[false, "each its own best"], [true, "one for all"]],
        onChange: (equal) => parts.round.handicap(equal),
      })),
      make("div", { class: "lanes", role: "group", "aria-label": "Runners" },
        make("div", { class: "lane head", "aria-hidden": "true" },
          make("span", {}, "runner"), make("span", {}, "learning rate"), make("span"), make("span", { class: "loss" }, "loss")),
        ...[...this.lanes.values()].map(({ element }) => element)),
      lab.challenges.element, codeButton(() => raceCode(parts.round.settings())), lab.status);
    draggable(this.map, {
      move: (x, y) => parts.round.moveStart(parts.drawing.map.x.invert(x), parts.drawing.map.y.invert(y)),
      stride: (dx, dy) => parts.round.stride(dx, dy),
      commit: () => parts.lab.keep(),
    });
  }

  #lane(name) {
    const { parts } = this;
    const { color, sign } = RUNNER_LOOKS[name];
    const slider = logSlider({
      label: `Learning rate of ${name}`, ...parts.config.rates, value: parts.state.rates[name], format: (v) => number(v),
      onInput: (v) => parts.round.changeRate(name, v), onCommit: () => parts.lab.keep(),
    });
    const toggle = make("button", {
      type: "button", class: "runner", "aria-pressed": "true", title: `Let ${name} run, or not`, onclick: () => parts.round.switchRunner(name),
    }, make("span", { class: "sign", style: `color: var(--${color})`, "aria-hidden": "true" }, sign), name);
    const loss = make("span", { class: "loss" });
    return { slider, toggle, loss, element: make("div", { class: "lane" }, toggle, slider.input, slider.output, loss) };
  }

  tell() {
    const { lab, state: { run, step, start }, round } = this.parts;
    this.#fillLanes();
    const { title } = round.land();
    const order = run && step > 0 ? ranking(run.runs, step) : [];
    const waits = run?.absent.length ? ` Write ${run.absent.join(" and ")} to see ${run.absent.length > 1 ? "them" : "it"} run.` : "";
    this.#announce(order, waits);
    this.map.setAttribute("aria-label", `Paths of the runners on the ${title}. Start at ${start.join(", ")}; move it with the arrow keys.`);
    if (!order.length) return;
    const [lead, ...others] = order;
    const rest = others.map(({ name, loss }) => `${name} ${lossWords(loss)}`).join(", ");
    const text = `On the ${title}, ${lead.name} has the lowest loss after ${step} steps, ${lossWords(lead.loss)}${rest && `; ${rest}`}.${waits}`;
    lab.say(text);
    this.curve.setAttribute("aria-label", `Loss against step for each runner. ${text}`);
  }

  #fillLanes() {
    const { run, step, runners } = this.parts.state;
    for (const [name, { toggle, loss, element, slider }] of this.lanes) {
      const on = runners.includes(name);
      toggle.setAttribute("aria-pressed", String(on));
      element.classList.toggle("off", !on);
      slider.input.disabled = !on;
      const value = run?.runs[name]?.losses[step];
      loss.textContent = run?.absent.includes(name) ? "not written yet" : value === undefined ? "–" : lossWords(value);
    }
  }

  /** Who leads, in the line above the plots. */
  #announce(order, waits) {
    const { state: { run, step }, round } = this.parts;
    const [lead] = order;
    if (lead) {
      const { sign, color } = RUNNER_LOOKS[lead.name];
      const said = `after ${step} steps, with loss ${lossWords(lead.loss)}.${waits}`;
      this.verdict.set(`${sign} ${lead.name} ${order.length === 1 ? "runs" : "leads"}`, said, color);
    } else if (run && step === 0) {
      this.verdict.set("● ready", `Who will lead on the ${round.land().title}? Say it first, then press play.${waits}`);
    } else this.verdict.set();
  }
}

/** What is asked of the kernel about a race, and which goals were met. */
class Round {
  constructor(/** @type {Parts} */ parts) {
    this.parts = parts;
    /** @type {Record<string, Land>} */
    this.lands = Object.fromEntries(parts.config.landscapes.map((land) => [land.name, land]));
  }

  land() { return this.lands[this.parts.state.landscape]; }

  settings(changes = {}) {
    const { landscape, start, rates, runners } = this.parts.state;
    return { landscape, start, rates, runners, ...changes };
  }

  chooseLand(name) {
    this.parts.state.landscape = name;
    this.parts.lab.layout();
    this.#line();
  }

  /** Each runner at its own best learning rate, or one for all. */
  handicap(equal) {
    this.parts.state.equal = equal;
    this.#line();
  }

  /** All runners at the start, with the rates that the landscape and the switch give them. */
  #line() {
    const { lab, config, state, panel } = this.parts;
    const { start, rates } = this.land();
    state.start = [...start];
    this.#rate(state.equal ? this.#all(config.equal) : rates);
    panel.time.jump(0);
    lab.ask();
    lab.keep();
  }

  #all(rate) { return Object.fromEntries(this.parts.config.runners.map((name) => [name, rate])); }

  #rate(rates) {
    const { state, panel } = this.parts;
    state.rates = { ...rates };
    for (const [name, { slider }] of panel.lanes) slider.value = rates[name];
  }

  changeRate(name, rate) {
    const { lab, state, panel } = this.parts;
    this.#rate(state.equal ? this.#all(rate) : { ...state.rates, [name]: rate });
    state.moved = name;
    panel.time.finish();
    lab.ask();
  }

  revealed() {
    this.parts.panel.time.jump(0);
    this.parts.panel.time.play();
  }

  /** Who has won the first race, once it has been run to its end. */
  compare(given) {
    const { config: { steps, runners }, lab: { settings }, state: { run, step } } = this.parts;
    const begun = run && run.settings.landscape === settings.landscape && JSON.stringify(run.settings.rates) === JSON.stringify(settings.rates);
    if (!begun || step < steps || run.settings.runners.length < runners.length) return null;
    const [first, second] = ranking(run.runs, steps);
    return { right: given === first.name, text: `${first.name} wins with ${lossWords(first.loss)}${second ? `, ahead of ${second.name} with ${lossWords(second.loss)}` : ""}. Now turn the ravine.` };
  }

  switchRunner(name) {
    const { config, state, panel } = this.parts;
    const runs = state.runners.includes(name);
    if (runs && state.runners.length === 1) return; // someone has to run
    state.runners = config.runners.filter((other) => (other === name ? !runs : state.runners.includes(other)));
    this.parts.lab.ask();
    this.parts.lab.keep();
    panel.tell();
  }

  moveStart(x, y) {
    const { state, panel } = this.parts;
    const land = this.land();
    const digits = land.x[1] - land.x[0] > 8 ? 2 : 3;
    state.start = [clamp(x, ...land.x), clamp(y, ...land.y)].map((v) => Number(v.toFixed(digits)));
    panel.time.finish();
    this.parts.lab.ask();
  }

  /** Move the start by steps of about a hundredth of the landscape. */
  stride(dx, dy) {
    const { start } = this.parts.state;
    const { x, y } = this.land();
    const step = ([low, high]) => Number(((high - low) / 100).toPrecision(1));
    this.moveStart(start[0] + dx * step(x), start[1] + dy * step(y));
  }

  showStep(step) {
    this.parts.state.step = step;
    this.parts.lab.show();
  }

  answer({ arrays, note }, settings) {
    const runs = Object.fromEntries(note.runners.map((name, i) => [name, { path: arrays[2 * i], losses: arrays[2 * i + 1] }]));
    this.parts.state.run = { runs, absent: note.absent, settings };
  }

  *neighbors() {
    const { state: { rates, moved, equal }, panel } = this.parts;
    for (const rate of panel.lanes.get(moved).slider.nearby(60)) yield this.settings({ rates: equal ? this.#all(rate) : { ...rates, [moved]: rate } });
  }

  judge() {
    const { lab: { challenges }, config, state: { run } } = this.parts;
    if (!run) return;
    const { rates, landscape } = run.settings;
    const met = raceGoals(run, this.lands[landscape], config);
    const said = {
      "race.sgd": () => `At ${number(rates.SGD)} SGD is at its best and Adam far from it: who chooses the rate chooses the winner.`,
      "race.saddle": () => `Learning rate ${number(rates.SGD)} multiplies the distance from the line by no more than ${number(1 + rates.SGD)} a step.`,
      "race.noise": () => `${met["race.noise"]} is quiet at ${number(rates[met["race.noise"]])}; how far could it still travel?`,
    };
    for (const name of Object.keys(met)) challenges.achieve(name, said[name]());
  }
}

export default experiment("optimizer_race", "race of optimizers", { Panel, Drawing, Round },
  ({ settings, config }) => ({ ...structuredClone(settings), step: 0, run: null, moved: config.runners[0], equal: false }));
