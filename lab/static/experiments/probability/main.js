/** The curve of the learner's binary cross-entropy, and a probability that is dragged along it. */
import { button, choice, draggable, figure, make, tile } from "../../shared/dom.js";
import { experiment } from "../../shared/frame.js";
import { drawDot, drawLine, haloText, letter } from "../../shared/marks.js";
import { MARGINS, plainTicks, Plot } from "../../shared/plot.js";
import { clamp } from "../../shared/scale.js";
import { linearSlider } from "../../shared/sliders.js";

/** @typedef {{target: number, probability: number, loss: number}} Answer of the filter, and what it costs */
/** @typedef {{losses: Float32Array, finite: boolean, settings: {target: number}}} Run of one target, for all probabilities */
/** @typedef {{target: number, probability: number, run: Run | null, pin: Answer | null}} State */
/** @typedef {import("../../shared/frame.js").Parts<State, Panel, Drawing, Round>} Parts */

/** The probability that was given to what is true. */
export const givenToTruth = (probability, target) => (target === 1 ? probability : 1 - probability);

/** How sure, and of the right thing or not: a sign, words, and the name of a color. */
export const stance = (probability, target) => {
  const truth = givenToTruth(probability, target);
  const off = Math.abs(truth - 0.5);
  if (off < 0.0026) return { sign: "●", words: "undecided", color: "orange" };
  const sure = off >= 0.395 ? "confident" : off >= 0.2 ? "fairly sure" : "unsure";
  return truth > 0.5
    ? { sign: "✓", words: `${sure} and right`, color: "blue" }
    : { sign: "✗", words: `${sure} and wrong`, color: "vermillion" };
};

/** Two wrong answers, the second at least five times as dear as the first. */
export const fiveTimes = (pin, here) =>
  Boolean(pin) && pin.target === here.target && givenToTruth(pin.probability, pin.target) < 0.5 &&
  givenToTruth(here.probability, here.target) < 0.5 && pin.loss > 0 && here.loss / pin.loss >= 5;

export const lossWords = (loss) => (loss >= 1e8 ? "not finite" : loss.toFixed(3));

export const PRESETS = [0.9, 0.5, 0.1];
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
    this.canvas = make("canvas", { class: "curve", tabindex: 0, role: "application", "aria-roledescription": "curve with a movable point" });
    this.slider = linearSlider({
      label: "Probability that the mail is spam", ...config.probabilities, value: state.probability, jump: 20,
      format: (v) => v.toFixed(3).replace(/0$/, ""),
      onInput: (v) => parts.round.change({ probability: v }), onCommit: () => parts.round.keep(),
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
    this.parts.round.change({ probability: this.slider.value });
  }

  tell() {
    const { lab, round } = this.parts;
    if (!round.current()) return;
    const now = round.here();
    const { sign, words } = stance(now.probability, now.target);
    const share = givenToTruth(now.probability, now.target);
    const shown = this.slider.output.textContent === String(share) ? share : Number(share.toFixed(3));
    this.mail.textContent = `${MAIL[now.target]}. The filter says: ${Number((100 * now.probability).toFixed(1))} % spam.`;
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

/** The loss against the probability: one curve for each truth, the point, what is pinned. */
class Drawing {
  constructor(/** @type {Parts} */ parts) {
    this.parts = parts;
    this.plot = new Plot(parts.panel.canvas, { top: 16 });
  }

  layout(width, narrow) {
    const { lab: { colors }, config: { top }, panel } = this.parts;
    const wide = narrow ? width : Math.min(Math.floor(((width - 24) * 5) / 8), width - 24 - 220);
    this.plot.fit(wide, narrow ? 250 : 330, [0, 1], [0, top]);
    this.plot.axes(colors, { xTicks: plainTicks(0, 1, 5), yTicks: plainTicks(0, top, 5), yName: "loss", grid: "xy" });
    panel.slider.alignTo(wide, MARGINS);
  }

  draw() {
    const { round } = this.parts;
    this.plot.draw((context) => this.#drawCurves(context));
    if (!round.current()) return;
    this.#drawPin(this.plot.context);
    this.#drawPoint(this.plot.context);
  }

  #drawCurves(context) {
    const { lab: { colors, runner }, state: { run, target, probability }, panel: { slider }, round } = this.parts;
    const { x, y } = this.plot;
    context.lineJoin = context.lineCap = "round";
    const other = runner.get({ target: 1 - target });
    if (other && run) this.#trace(context, other.arrays[0], 0, slider.count, colors.line, { width: 1.5, dash: [4, 4] });
    const losses = round.current();
    if (!losses) return;
    const half = slider.positionOf(0.5);
    const [below, above] = target === 1 ? [colors.vermillion, colors.blue] : [colors.blue, colors.vermillion];
    this.#trace(context, losses, 0, half, below, { width: 3 });
    this.#trace(context, losses, half, slider.count, above, { width: 3 });
    letter(context, colors, { size: 11, weight: 400, align: "center" });
    for (const preset of PRESETS) {
      const value = round.lossAt(preset);
      drawDot(context, x(preset), y(value), 3.5, colors.paper, colors.ink, 1.5);
      const beside = x(preset) + (target === 1 ? 20 : -20);
      if (Math.abs(preset - probability) > 0.04) this.#label(context, lossWords(value), beside, y(value) - 12, colors.soft);
    }
  }

  #trace(context, losses, from, to, color, style) {
    const { config: { top }, panel: { slider } } = this.parts;
    const positions = Array.from({ length: to - from + 1 }, (_, i) => from + i);
    const point = (position) => [this.plot.x(slider.valueAt(position)), this.plot.y(Math.min(losses[position], 2 * top))];
    drawLine(context, positions.map(point), color, style);
  }

  #label(context, text, x, y, color) {
    const { box } = this.plot;
    const half = context.measureText(text).width / 2;
    haloText(context, text, clamp(x, box.x + half + 4, box.x + box.width - half - 2), y, color, this.parts.lab.colors.paper);
  }

  #drawPin(context) {
    const { lab: { colors }, config: { top }, state: { pin, probability } } = this.parts;
    if (!pin) return;
    const [x, y] = [this.plot.x(pin.probability), this.plot.y(Math.min(pin.loss, top))];
    context.save();
    context.translate(x, y);
    context.rotate(Math.PI / 4);
    context.fillStyle = colors.paper;
    context.strokeStyle = colors.ink;
    context.lineWidth = 2;
    context.fillRect(-5.5, -5.5, 11, 11);
    context.strokeRect(-5.5, -5.5, 11, 11);
    context.restore();
    letter(context, colors, { size: 11, align: "center" });
    if (pin.probability !== probability) this.#label(context, `pinned ${lossWords(pin.loss)}`, x, y - 18, colors.ink);
  }

  #drawPoint(context) {
    const { lab: { colors }, config: { top }, state: { probability, target }, panel, round } = this.parts;
    const { box } = this.plot;
    const loss = round.lossAt(probability);
    const off = loss > top;
    const [x, y] = [this.plot.x(probability), this.plot.y(Math.min(loss, top))];
    drawLine(context, [[box.x, y], [x, y], [x, box.y + box.height]], colors.ink, { dash: [2, 3] });
    const radius = document.activeElement === panel.canvas ? 10 : 8;
    drawDot(context, x, y, radius, colors[stance(probability, target).color], colors.paper, 2.5);
    letter(context, colors, { size: 13, weight: 700, align: "center" });
    const side = off ? (x < box.x + box.width / 2 ? 86 : -86) : 0;
    const height = y > box.y + 30 ? y - 18 : y + (off ? 4 : 20);
    this.#label(context, `${lossWords(loss)}${off ? " ▲ off the picture" : ""}`, x + side, height, colors.ink);
  }
}

/** What is asked of the kernel for each truth, the pinned answer, and which goals were met. */
class Round {
  constructor(/** @type {Parts} */ parts) { this.parts = parts; }
  settings() { return { target: this.parts.state.target }; }
  begin() { this.change({}); }

  change(changes) {
    const { lab, state } = this.parts;
    Object.assign(state, changes);
    lab.draw();
    lab.ask();
  }

  keep() {
    const { lab, state: { target, probability } } = this.parts;
    lab.keep({ target, probability });
  }

  chooseTruth(target) {
    this.parts.state.pin = null;
    this.change({ target });
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
    lab.show();
  }

  judge() {
    const { lab, state: { pin } } = this.parts;
    if (!this.current()) return;
    const now = this.here();
    if (pin && fiveTimes(pin, now)) {
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
  ({ settings }) => ({ ...settings, run: null, pin: null }));
