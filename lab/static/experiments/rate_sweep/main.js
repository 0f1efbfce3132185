/** The final loss of each optimizer at every learning rate: fair, each at its best, or all at the same one. */
import { chips, figure, imageCanvas, make } from "../../shared/dom.js";
import { experiment } from "../../shared/frame.js";
import { lossWords, RUNNER_LOOKS } from "../../shared/runners.js";
import { number } from "../../shared/scale.js";
import { logSlider } from "../../shared/sliders.js";
import { at, bestOf, Drawing, verdictOf, winner } from "./drawing.js";

/** @typedef {Record<string, ArrayLike<number>>} Curves the final losses at all learning rates, by runner */
/** @typedef {object} State
 * @property {string} ground
 * @property {number} shared the one learning rate for all
 * @property {Record<string, Curves>} curves by ground
 * @property {Set<string>} won runners that have won at a shared rate
 * @property {Curves | null} run those of the ground shown, once all are known */
/** @typedef {import("../../shared/frame.js").Parts<State, Panel, Drawing, Round>} Parts */

const loss = (/** @type {number} */ value) => lossWords(value, "diverged", "≈ 0");

/** The elements around the sweep, and what they say. */
class Panel {
  constructor(/** @type {Parts} */ parts) {
    this.parts = parts;
    const { lab, config: { runners, grounds, rates }, state } = parts;
    this.picture = imageCanvas();
    this.grounds = chips({
      label: "Ground", value: state.ground, items: Object.keys(grounds).map((value) => ({ value, text: value })),
      onChange: (ground) => parts.round.move(ground),
    });
    this.about = make("p");
    this.shared = logSlider({
      label: "One learning rate for all", ...rates, step: 0.025, value: state.shared, format: (v) => number(v, 2),
      onInput: (v) => parts.round.share(v),
    });
    this.rows = Object.fromEntries(runners.map((name) => {
      const cells = ["own", "best", "same"].map(() => make("td"));
      return [name, { cells, row: make("tr", {}, make("th", { scope: "row" }, this.#sign(name), name), ...cells) }];
    }));
    this.sameHead = make("th", { scope: "col" });
    this.fair = make("div", { class: "fair" },
      make("div", { class: "slider-head" }, make("span", { class: "name" }, "one learning rate for all"), this.shared.output), this.shared.input,
      make("table", {},
        make("thead", {}, make("tr", {}, ...["optimizer", "its own best rate", "final loss there"].map((text) => make("th", { scope: "col" }, text)), this.sameHead)),
        make("tbody", {}, ...Object.values(this.rows).map(({ row }) => row))));
    lab.root.append(
      make("div", { class: "chooser" }, this.grounds, this.about), lab.trouble.element,
      make("div", { class: "plots one" }, figure("Final loss at every learning rate", this.picture, "large marks: each at its own best rate")), this.fair, lab.challenges.element, lab.status);
  }

  #sign(name) {
    const { sign, color } = RUNNER_LOOKS[name];
    return make("span", { class: "sign", style: `color: var(--${color})`, "aria-hidden": "true" }, `${sign} `);
  }

  tell() {
    const { lab, config: { grounds, runners }, state: { ground, run, shared, curves }, round } = this.parts;
    const known = Object.keys(curves[ground] ?? {}).length;
    this.about.textContent = run || lab.prediction.open ? grounds[ground][0] : `Your optimizers are running: ${known} of ${runners.length}.`;
    this.sameHead.textContent = `all at ${number(shared, 2)}`;
    if (!run) return this.clear();
    const [first, same] = [winner(run, (losses) => bestOf(losses).loss), round.winnerAt(shared)];
    for (const [name, { cells: [own, best, equal] }] of Object.entries(this.rows)) {
      const { loss: low, position } = bestOf(run[name]);
      own.textContent = number(round.rateAt(position), 2);
      best.textContent = loss(low);
      equal.textContent = loss(round.lossAt(name, shared));
      best.className = name === first ? "first" : "";
      equal.className = name === same ? "first" : "";
    }
    const text = `On the ${ground}, each at its own best learning rate: ${first} ends lowest. All at ${number(shared, 2)}: ${same}.`;
    lab.say(text);
    this.picture.setAttribute("aria-label", `Final loss against learning rate, one curve for each optimizer. ${text}`);
  }

  clear() { for (const { cells } of Object.values(this.rows)) for (const cell of cells) cell.textContent = "…"; }
}

/** What is asked of the kernel, one optimizer after the other, and which goals were met. */
class Round {
  constructor(/** @type {Parts} */ parts) { this.parts = parts; }

  begin() {
    this.parts.lab.ask();
    this.parts.lab.show();
  }

  /** The next optimizer whose losses are not known; the last, if all are. */
  settings() {
    const { config: { runners }, state: { ground, curves } } = this.parts;
    const name = runners.find((runner) => !curves[ground]?.[runner]) ?? runners.at(-1);
    return { ground, runners: [name] };
  }

  answer({ arrays: [losses] }, { ground, runners: [name] }) {
    const { lab, config, state } = this.parts;
    (state.curves[ground] ??= {})[name] = losses;
    const all = Object.keys(state.curves[state.ground] ?? {}).length === config.runners.length;
    state.run = all ? state.curves[state.ground] : null;
    if (!all) lab.ask();
  }

  renewed() { Object.assign(this.parts.state, { curves: {}, run: null }); }

  move(ground) {
    const { lab, state, drawing } = this.parts;
    state.ground = ground;
    state.run = null;
    drawing.paint();
    lab.ask();
    lab.show();
  }

  share(rate) {
    this.parts.state.shared = rate;
    this.parts.lab.show();
  }

  #step() {
    const { config, state } = this.parts;
    return config.grounds[state.ground][2];
  }

  rateAt(position) { return 10 ** (this.parts.config.rates.low + position * this.#step()); }

  /** The final loss of a runner at a learning rate, between two that were tried if need be. */
  lossAt(name, rate) {
    const { config: { rates }, state: { run } } = this.parts;
    return run ? at(run[name], (Math.log10(rate) - rates.low) / this.#step()) : NaN;
  }

  winnerAt(rate) { return winner(this.parts.state.run ?? {}, (_, name) => this.lossAt(name, rate)); }

  compare(given) {
    const { run, shared, ground } = this.parts.state;
    if (!run || ground !== "digits") return undefined;
    const fair = bestOf(run.SGD).loss / bestOf(run.Adam).loss;
    const equal = this.lossAt("SGD", shared) / this.lossAt("Adam", shared);
    const [lead, at] = [number(fair, 2), number(shared, 2)];
    const said = fair >= 1 ? `At its own best rate, SGD's loss is ${lead} times Adam's` : `SGD ends lower: ${lead} times Adam's loss`;
    return { right: given === verdictOf(fair, equal), text: `${said}; with ${at} for both it was ${number(equal, 2)} times. Most of that lead was the choice of the rate.` };
  }

  judge() {
    const { lab: { challenges }, config: { runners }, state } = this.parts;
    if (!state.run || challenges.isDone("rate_sweep.unfair")) return;
    state.won.add(this.winnerAt(state.shared));
    const left = runners.filter((name) => !state.won.has(name));
    if (left.length) challenges.note("rate_sweep.unfair", `Still to win: ${left.join(", ")}.`);
    else challenges.achieve("rate_sweep.unfair", "Whoever chooses the shared rate chooses the winner.");
  }
}

export default experiment("rate_sweep", "sweep of learning rates", { Panel, Drawing, Round }, ({ settings: { ground } }) => ({
  ground, shared: 0.01, curves: {}, won: new Set(), run: null,
}));
