/** A pad to draw a digit on, and what the network that the learner's code trains reads there. */
import { best } from "../../shared/digits.js";
import { button, checkbox, draggable, figure, imageCanvas, make, movableCanvas, verdictLine } from "../../shared/dom.js";
import { experiment } from "../../shared/frame.js";
import { unpack } from "../../shared/kernel_runner.js";
import { clamp } from "../../shared/scale.js";
import { Drawing } from "./drawing.js";
import { asShare, begun, counted, inRange, moved, oneMore, TEN } from "./strokes.js";

/** @typedef {import("./strokes.js").Stroke} Stroke */
/** @typedef {{image: Float32Array, probabilities: Float32Array}} Run what the network sees and reads */
/** @typedef {{state: string, steps: number, loss: number | null, looks: number[], accuracies: number[], trouble?: any}} Training the accuracy at some of the steps */
/** @typedef {{image: Float32Array, guess: number, probability: number}} Read one of the ten */
/** @typedef {object} State
 * @property {Stroke[]} strokes points across and down the pad, from 0 to 1
 * @property {boolean} sample whether they are the experiment's, to be cleared by the first stroke
 * @property {boolean} touched whether anything was drawn since the beginning
 * @property {[number, number]} pen where the keys have moved the pen
 * @property {boolean} down whether the keys draw
 * @property {Run | null} run
 * @property {number} look how often the network has changed
 * @property {Training} training
 * @property {boolean} stale whether the learner's code is newer than the training
 * @property {Read[]} ten */
/** @typedef {import("../../shared/frame.js").Parts<State, Panel, Drawing, Round>} Parts */

const PAD = "Pad. Draw with the mouse or a finger. By keyboard: arrow keys move the pen, Space lowers and lifts it, Backspace takes a stroke back, a digit key draws that digit.";

const TRAIN = "▶ train my network";

const SEES = "Like the digits it learned from: moved to the middle, scaled to the height of the image, and the ink in each pixel counted, 0 to 16.";

/** The elements around the pad, and what they say. */
class Panel {
  constructor(/** @type {Parts} */ parts) {
    this.parts = parts;
    const { lab } = parts;
    this.reading = verdictLine();
    this.pad = movableCanvas("pad to draw on", "map pad");
    this.seen = imageCanvas();
    this.bars = TEN.map((digit) => {
      const bar = make("i");
      const share = make("span", { class: "share" });
      return { bar, share, row: make("li", {}, make("b", {}, String(digit)), make("span", { class: "track" }, bar), share) };
    });
    this.go = button(TRAIN, () => parts.round.press(), { class: "go" });
    this.slowly = checkbox("slow enough to watch", true, () => {});
    this.progress = make("p", { class: "so-far" });
    this.curve = imageCanvas();
    this.ask = make("p", { class: "ask" });
    this.done = button("that is my 0", () => parts.round.count(), { class: "go" });
    this.slots = TEN.map(() => {
      const picture = make("canvas", { width: 8, height: 8, "aria-hidden": "true" });
      const told = make("span");
      return { picture, told, element: make("li", {}, picture, told) };
    });
    this.flag = make("i", { class: "flag" });
    this.score = TEN.map(() => make("span"));
    this.game = make("div", { class: "play", hidden: true },
      make("div", { class: "turn" }, this.ask, this.done),
      make("ol", { class: "slots", "aria-label": "Your ten digits" }, ...this.slots.map(({ element }) => element)),
      make("div", { class: "score", "aria-hidden": "true" }, ...this.score, this.flag));
    lab.root.append(
      this.reading.element, lab.trouble.element, this.#desk(), this.game,
      make("div", { class: "trainer" },
        make("div", {}, this.go, this.slowly.element, this.progress),
        figure("Digits it never trained on", this.curve, "share that it reads right")),
      lab.challenges.element, lab.status);
    lab.challenges.action("draw_digit.fool", button("this is no digit", () => parts.round.fool()));
    this.#handle();
  }

  /** The pad, what the network sees of it, and what it reads. */
  #desk() {
    const tools = make("div", { class: "pad-tools" },
      button("clear", () => this.parts.round.clear()), button("undo", () => this.parts.round.undo()),
      button("draw one for me", () => this.parts.round.lend(Math.floor(10 * Math.random()))));
    return make("div", { class: "desk" },
      make("div", {}, figure("Draw a digit", this.pad, "any size, anywhere"), tools),
      make("div", {}, figure("What it sees", this.seen, "8 × 8 pixels"), make("p", { class: "how" }, SEES)),
      figure("What it reads", make("ol", { class: "bars", "aria-hidden": "true" }, ...this.bars.map(({ row }) => row))));
  }

  /** The hand and the keys on the pad. */
  #handle() {
    const { parts } = this;
    const at = (/** @type {number} */ px) => clamp(px / parts.drawing.side, 0, 1);
    draggable(this.pad, {
      take: (px, py) => parts.round.begins([at(px), at(py)]),
      move: (px, py) => parts.round.goesOn([at(px), at(py)]),
      commit: () => parts.round.commit(),
      stride: (dx, dy) => parts.round.walk(dx / 25, -dy / 25),
    });
    this.pad.addEventListener("keydown", (event) => {
      const { round } = parts;
      const action = { " ": () => round.lower(), Backspace: () => round.undo(), Delete: () => round.clear() }[event.key]
        ?? (/^\d$/.test(event.key) ? () => round.lend(Number(event.key)) : null);
      if (!action) return;
      event.preventDefault();
      action();
    });
  }

  tell() {
    this.#tellReading();
    this.#tellTraining();
    this.#tellGame();
  }

  #tellReading() {
    const { lab, state: { run, strokes, training } } = this.parts;
    const { guess, probability } = best(run?.probabilities ?? []);
    const blank = !run || !strokes.length;
    this.bars.forEach(({ bar, share, row }, digit) => {
      const p = blank ? 0 : run.probabilities[digit];
      bar.style.transform = `scaleX(${p})`;
      share.textContent = p >= 0.005 ? asShare(p) : "";
      row.classList.toggle("first", !blank && digit === guess);
    });
    const trained = training.accuracies.length > 1;
    const words = blank ? "Draw something." : trained ? `It reads a ${guess}, ${asShare(probability)} sure.`
      : `Not trained yet, it says ${guess}: a guess.`;
    this.reading.set(blank ? "?" : String(guess), words, trained ? "blue" : "soft");
    this.pad.setAttribute("aria-label", `${PAD} ${words}`);
    this.seen.setAttribute("aria-label", `What the network sees: the drawing as 8 by 8 gray levels. ${words}`);
    lab.say(words);
  }

  #tellTraining() {
    const { config, state: { training: { state, steps, loss, accuracies }, stale } } = this.parts;
    this.go.textContent = state === "running" ? "■ stop" : steps ? "▶ train it again" : TRAIN;
    const of = `${accuracies.length ? (100 * accuracies[accuracies.length - 1]).toFixed(1) : "–"}% of ${config.held_out} held-out digits`;
    this.progress.textContent = !steps ? "Your train_classifier, on 1,348 digits by other hands. Draw first, then watch the bars while it learns."
      : stale ? "You have changed your code since: train it again."
        : `${steps.toLocaleString("en")} steps: ${of}${loss === null ? "" : `, last loss ${loss.toFixed(3)}`}.`;
    this.curve.setAttribute("aria-label", steps ? `Held-out accuracy against steps: now ${of}.` : "Held-out accuracy: no training yet.");
  }

  #tellGame() {
    const { lab: { say, prediction }, state: { training, ten, strokes, touched, run } } = this.parts;
    this.game.hidden = prediction.open || !["finished", "stopped"].includes(training.state) && !ten.length;
    const right = counted(ten);
    const over = ten.length === 10;
    this.done.textContent = over ? "ten more" : `that is my ${ten.length}`;
    this.done.disabled = !over && !(touched && strokes.length && run);
    this.ask.textContent = over ? `It reads ${right} of your ten.` : `Draw a ${ten.length}.`;
    this.slots.forEach(({ told, element }, digit) => {
      const read = ten[digit];
      element.className = read ? (read.guess === digit ? "right" : "wrong") : digit === ten.length ? "next" : "";
      told.textContent = read ? `${read.guess === digit ? "✓" : "✗"} ${read.guess}` : String(digit);
    });
    this.score.forEach((part, i) => part.classList.toggle("full", i < right));
    this.flag.style.left = `${10 * (prediction.given ?? 0)}%`;
    if (over) say(this.ask.textContent);
  }
}

/** The strokes, what is asked of the kernel about them, the training, and which goals were met. */
class Round {
  #lending = 0;

  constructor(/** @type {Parts} */ parts) {
    this.parts = parts;
    parts.lab.hear("training", (message, buffers) => this.#follow(message, buffers));
  }

  begin() {
    this.parts.lab.model.send({ type: "state" });
    this.parts.lab.ask();
  }

  settings() { return { strokes: this.parts.state.strokes, look: this.parts.state.look }; }

  answer({ arrays: [image, probabilities] }) {
    this.parts.state.run = { image, probabilities };
    this.parts.lab.trouble.show(this.parts.state.training.trouble ?? null); // it stays until the next training
  }

  revealed() { this.parts.panel.pad.focus({ preventScroll: true }); }
  renewed() { this.parts.state.stale = this.parts.state.training.steps > 0 && this.parts.lab.runner.version > 1; }

  close() { cancelAnimationFrame(this.#lending); }

  commit() { this.parts.lab.keep(); }

  begins(point) {
    cancelAnimationFrame(this.#lending);
    const { strokes, sample } = this.parts.state;
    this.parts.lab.change({ strokes: [...(sample ? [] : strokes), [moved(point)]], sample: false, touched: true, pen: point, down: false });
  }

  goesOn(point) {
    const { strokes } = this.parts.state;
    const longer = oneMore(strokes, moved(point));
    if (longer !== strokes) this.parts.lab.change({ strokes: longer, pen: point });
  }

  lower() {
    const { state, lab } = this.parts;
    if (!state.down) this.begins(state.pen);
    state.down = !state.down;
    lab.draw();
  }

  walk(dx, dy) {
    const { state, lab } = this.parts;
    state.pen = [clamp(state.pen[0] + dx, 0.02, 0.98), clamp(state.pen[1] + dy, 0.02, 0.98)];
    if (state.down) this.goesOn(state.pen);
    else lab.draw();
  }

  clear(strokes = /** @type {Stroke[]} */ ([])) {
    cancelAnimationFrame(this.#lending);
    this.parts.lab.change({ strokes, sample: false, down: false });
    this.commit();
  }

  undo() { this.clear(this.parts.state.strokes.slice(0, -1)); }

  /** Draw a digit as a calm hand does, stroke by stroke. */
  lend(digit) {
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    const began = performance.now();
    cancelAnimationFrame(this.#lending);
    const advance = (/** @type {number} */ now) => {
      const share = calm ? 1 : Math.min(1, (now - began) / 700);
      this.parts.lab.change({ strokes: begun(this.parts.config.examples[digit], share), sample: true, touched: true, down: false });
      if (share < 1) this.#lending = requestAnimationFrame(advance);
    };
    this.#lending = requestAnimationFrame(advance);
  }

  /** Start the training, or stop it. */
  press() {
    const { lab, state, panel } = this.parts;
    if (state.training.state === "running") return lab.model.send({ type: "stop" });
    lab.trouble.show(null);
    Object.assign(state, { stale: false, training: { state: "running", steps: 0, loss: null, looks: [], accuracies: [] } });
    lab.model.send({ type: "train", slowly: panel.slowly.box.checked });
    lab.show();
  }

  #follow(message, buffers) {
    const { lab, state } = this.parts;
    const [looks, accuracies] = (unpack([message], buffers[0])[0]?.arrays ?? []).map((array) => [...array]);
    state.training = { ...message, looks, accuracies };
    state.look += 1; // the network is another one: what it read before is of no use
    lab.ask();
    lab.show();
  }

  /** What is on the pad is the next of the ten; or begin again. */
  count() {
    const { lab, state, panel } = this.parts;
    if (state.ten.length === 10) state.ten = [];
    else if (state.run) {
      state.ten = [...state.ten, { image: state.run.image, ...best(state.run.probabilities) }];
      this.clear();
      panel.pad.focus({ preventScroll: true });
    }
    lab.show();
  }

  compare(given) {
    const { ten, training: { accuracies } } = this.parts.state;
    if (ten.length < 10) return undefined;
    const [right, share] = [counted(ten), accuracies[accuracies.length - 1]];
    const why = right / 10 < share - 0.05 ? "yours come from another hand and another pen than all that it has seen" : "other hands have taught it to read yours";
    return { right: inRange(given, right, this.parts.config.prediction.options), text: `It reads ${right} of your ten, and ${asShare(share)} of the held-out digits: ${why}.` };
  }

  judge() {
    const { lab: { challenges }, state: { ten } } = this.parts;
    if (ten.length === 10) challenges.achieve("draw_digit.ten", `It read ${counted(ten)} of them.`);
  }

  fool() {
    const { lab: { challenges }, config: { sure }, state: { run, strokes, sample } } = this.parts;
    const { guess, probability } = best(run?.probabilities ?? []);
    if (sample || !strokes.length) challenges.note("draw_digit.fool", "Draw something of your own first.");
    else if (probability < sure) challenges.note("draw_digit.fool", `Only ${asShare(probability)} sure of a ${guess}: go on.`);
    else challenges.achieve("draw_digit.fool", `${asShare(probability)} sure of a ${guess}: softmax always shares out one whole. It cannot say "none of these".`);
  }
}

export default experiment("draw_digit", "draw a digit", { Panel, Drawing, Round }, ({ settings: { strokes } }) => ({
  strokes, sample: true, touched: false, pen: [0.5, 0.5], down: false, run: null, look: 0, stale: false, ten: [],
  training: { state: "none", steps: 0, loss: null, looks: [], accuracies: [] },
}));
