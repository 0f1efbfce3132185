/** The curve of the learner's binary cross-entropy, and a probability that is dragged along it. */
import { button, choice, draggable, figure, make, movableCanvas, tile } from "../../shared/dom.js";
import { experiment } from "../../shared/frame.js";
import { clamp } from "../../shared/scale.js";
import { linearSlider } from "../../shared/sliders.js";
import { Drawing, givenToTruth, lossWords, PRESETS, stance } from "./drawing.js";

/** @typedef {{target: number, probability: number, loss: number}} Answer of the filter, and what it costs */
/** @typedef {{losses: Float32Array, finite: boolean, settings: {target: number}}} Run of one target, for all probabilities */
/** @typedef {{target: number, probability: number, run: Run | null, pin: Answer | null, own: boolean}} State `own`: pinned by the hand */
/** @typedef {import("../../shared/frame.js").Parts<State, Panel, Drawing, Round>} Parts */

/** Two wrong answers, the second at least five times as dear as the first. */
export const fiveTimes = (pin, here) =>
  Boolean(pin) && pin.target === here.target && givenToTruth(pin.probability, pin.target) < 0.5 &&
  givenToTruth(here.probability, here.target) < 0.5 && pin.loss > 0 && here.loss / pin.loss >= 5;

const MAIL = { 1: "The mail is spam", 0: "The mail is not spam" };

/** The elements around the curve, and what they say. */
class Panel {
  constructor(/** @type {Parts} */ parts) {
    this.parts = parts;
    const { lab, config, state } = parts;
    const truth = choice({
      legend: "The truth", value: state.target, options: [[1, "spam: target 1"], [0, "not spam: target 0"]],
      onChange: (target) => parts.round.chooseTruth(target),
    });
    this.loss = tile("loss, from your function");
    this.words = make("p", { class: "verdict-words" });
    this.mail = make("p", { class: "mail" });
    this.pinned = make("p", { class: "pinned" });
    this.canvas = movableCanvas("curve with a movable point", "curve");
    this.slider = linearSlider({
      label: "Probability that the mail is spam", ...config.probabilities, value: state.probability, jump: 20,
      format: (v) => v.toFixed(3).replace(/0$/, ""),
      onInput: (v) => lab.change({ probability: v }), onCommit: () => parts.round.keep(),
    });
    const presets = PRESETS.map((probability) => button(String(probability), () => {
      this.#move(probability);
      parts.round.keep();
    }));
    lab.root.append(
      make("div", { class: "top-row" }, truth), lab.trouble.element,
      make("div", { class: "plots probability" },
        make("div", {},
          figure("What an answer costs", this.canvas, "drag the point"),
          make("div", { class: "under slider-head" },
            make("span", { class: "name" }, "probability of spam"), this.slider.output, make("span", { class: "hint" }, "step 0.005")),
          this.slider.input),
        make("div", { class: "story" },
          this.mail, this.words, this.loss.element,
          make("div", { class: "pins", role: "group", "aria-label": "Go to a probability" }, make("span", {}, "go to"), ...presets),
          make("div", { class: "pins" }, button("pin this answer", () => parts.round.pinHere())),
          this.pinned)),
      lab.challenges.element, lab.status);
    lab.challenges.action("probability.shrug", button("this one", () => parts.round.shrug()));
    draggable(this.canvas, {
      move: (x) => this.#move(parts.drawing.plot.x.invert(x)),
      stride: (dx, dy) => this.#move(state.probability + (dx || dy) * config.probabilities.step),
      commit: () => parts.round.keep(),
    });
  }

  #move(probability) {
    this.slider.value = clamp(probability, 0, 1);
    this.parts.lab.change({ probability: this.slider.value });
  }

  tell() {
    const { lab, round } = this.parts;
    if (!round.current()) return;
    const now = round.here();
    const { sign, words } = stance(now.probability, now.target);
    const share = givenToTruth(now.probability, now.target);
    const shown = this.slider.output.textContent === String(share) ? share : Number(share.toFixed(3));
    this.mail.textContent = `${MAIL[now.target]}. The filter says: ${Number((100 * now.probability).toFixed(1))}% spam.`;
    this.words.textContent = `${sign} ${words}`;
    this.loss.set(lossWords(now.loss), `the truth was given ${shown}`);
    this.pinned.replaceChildren(...this.#comparison(now));
    const text = `${MAIL[now.target]}; the filter says ${Number(now.probability.toFixed(3))}. Loss ${lossWords(now.loss)}, ${words}.`;
    lab.say(text);
    this.canvas.setAttribute("aria-label", `Loss against probability. Arrow keys move the point. ${text}`);
  }

  /** The answer beside the pinned one. */
  #comparison(now) {
    const { pin } = this.parts.state;
    if (!pin) return ["Pin an answer to compare it with others."];
    const times = make("strong", {}, `${(now.loss / pin.loss).toFixed(2)} times as much`);
    return [
      `pinned: ${Number(pin.probability.toFixed(3))} costs ${lossWords(pin.loss)}`,
      ...(pin.probability !== now.probability && pin.loss > 0 ? [make("br"), "here: ", times] : []),
    ];
  }

  clear() {
    this.loss.set("–");
    for (const line of [this.mail, this.words, this.pinned]) line.textContent = "";
  }
}

/** What is asked of the kernel for each truth, the pinned answer, and which goals were met. */
class Round {
  constructor(/** @type {Parts} */ parts) { this.parts = parts; }
  settings() { return { target: this.parts.state.target }; }

  keep() {
    const { lab, state: { target, probability } } = this.parts;
    lab.keep({ target, probability });
  }

  chooseTruth(target) {
    this.parts.state.pin = null;
    this.parts.lab.change({ target });
    this.keep();
  }

  answer({ arrays: [losses], note: { finite } }, settings) {
    this.parts.state.run = { losses, finite, settings };
  }

  renewed() { this.parts.state.pin = null; }
  grown() { this.parts.lab.draw(); }
  *neighbors() { yield { target: 1 - this.parts.state.target }; }

  /** The losses known, if they are those of the chosen truth. */
  current() {
    const { run, target } = this.parts.state;
    return run?.settings.target === target ? run.losses : null;
  }

  lossAt(probability, losses = this.parts.state.run?.losses ?? []) {
    return losses[this.parts.panel.slider.positionOf(probability)];
  }

  here() {
    const { target, probability } = this.parts.state;
    return { target, probability, loss: this.lossAt(probability) };
  }

  pinHere() {
    const { lab, state } = this.parts;
    if (!state.run) return;
    state.pin = this.here();
    state.own = true;
    lab.show();
  }

  /** The first answer is pinned, and the filter says what was asked about. */
  revealed() {
    const { config: { asked }, state, panel } = this.parts;
    if (!state.run) return;
    state.pin = this.here();
    panel.slider.value = state.probability = asked;
  }

  compare(given) {
    const { config: { asked }, lab: { settings }, state } = this.parts;
    if (!this.current()) return null;
    const [first, second] = [settings.probability, asked].map((p) => this.lossAt(p));
    const factor = second / first;
    return {
      right: state.target === 0 && Math.abs(Math.log(factor / given)) < 0.1,
      text: `Sure and wrong: ${settings.probability} costs ${lossWords(first)}, ${asked} costs ${lossWords(second)}, ${factor.toFixed(1)} times as much.`,
    };
  }

  judge() {
    const { lab, state: { pin, own } } = this.parts;
    if (!this.current()) return;
    const now = this.here();
    if (own && pin && fiveTimes(pin, now)) {
      lab.challenges.achieve("probability.confident", `From ${lossWords(pin.loss)} to ${lossWords(now.loss)}: the same mistake, more confident.`);
    }
  }

  /** Is this the probability that costs the same whatever is true? */
  shrug() {
    const { lab: { challenges, runner }, state: { run, target, probability } } = this.parts;
    const other = runner.get({ target: 1 - target });
    if (!run || !other) return;
    const [here, there] = [this.lossAt(probability), this.lossAt(probability, other.arrays[0])];
    const [spam, none] = target === 1 ? [here, there] : [there, here];
    if (Math.abs(here - there) <= 1e-6 * Math.max(here, there)) {
      challenges.achieve("probability.shrug", `A shrug costs ${lossWords(here)}, spam or not: ln 2.`);
    } else challenges.note("probability.shrug", `Not yet: here spam costs ${lossWords(spam)}, no spam ${lossWords(none)}.`);
  }
}

export default experiment("probability", "a probability on its curve", { Panel, Drawing, Round },
  ({ settings }) => ({ ...settings, run: null, pin: null, own: false }));
