/** The training step in slow motion: the network's numbers, move by move, and the loss of all steps. */
import { button, figure, imageCanvas, make, verdictLine } from "../../shared/dom.js";
import { experiment } from "../../shared/frame.js";
import { logLoss, LossCurves } from "../../shared/loss_curves.js";
import { drawLine, drawText } from "../../shared/marks.js";
import { number } from "../../shared/scale.js";
import { field, logSlider, Scrubber } from "../../shared/sliders.js";
import { momentOf, moveOf, MOVES, partsOf, questionAt, revealedAt, signOf, storyOf } from "./moves.js";
import { placesOn, Scene, shape } from "./scene.js";

/** @typedef {{rows: Float32Array, losses: Float32Array, settings: {learning_rate: number}, code: Record<string, {file: string, lines: [number, string, boolean][]}>, wide: number}} Run a row for each step, `wide` numbers long */
/** @typedef {object} State
 * @property {number} learning_rate
 * @property {number} frame counts the moves of all steps
 * @property {Run | null} run what is drawn
 * @property {Set<number>} answered steps whose question was
 * @property {number} streak of right answers */
/** @typedef {import("../../shared/frame.js").Parts<State, Panel, Drawing, Round>} Parts */

/** The elements around the network, and what they say. */
class Panel {
  constructor(/** @type {Parts} */ parts) {
    this.parts = parts;
    const { lab, config, state } = parts;
    this.verdict = verdictLine();
    this.stage = shape("svg", { class: "stage", role: "img" });
    this.code = make("code");
    this.results = make("div", { class: "results" });
    this.see = make("p", { class: "see" });
    this.curve = imageCanvas();
    this.mine = make("pre", { class: "mine", tabindex: 0, "aria-label": "Your function; the lines that ran are marked" });
    this.time = new Scrubber({
      steps: config.steps * MOVES.length - 1, from: 0, perSecond: 0.55, what: "the training", unit: "move",
      words: (frame) => `step ${momentOf(frame).step + 1}, move ${momentOf(frame).move + 1}`,
      onStep: (frame) => parts.round.showFrame(frame),
    });
    const rate = logSlider({
      label: "Learning rate", ...config.rates, value: state.learning_rate, format: (v) => number(v),
      onInput: (v) => lab.change({ learning_rate: v }), onCommit: () => lab.keep(),
    });
    this.rate = rate;
    const next = button("next example", () => parts.round.goTo(parts.round.moment().step + 1));
    this.plots = make("div", { class: "plots" },
      make("div", {},
        figure("The network", this.stage, "dashed: negative · ◂ slope"),
        make("div", { class: "controls-row" }, this.time.element, next), this.mine),
      make("div", { class: "side" },
        make("div", { class: "card" }, make("p", { class: "call" }, this.code), this.results, this.see),
        figure("Mean loss of the four examples", this.curve),
        field("learning rate", rate)));
    lab.root.append(this.verdict.element, lab.trouble.element, this.plots, lab.challenges.element, lab.status);
  }

  tell() {
    const { lab, config: { steps, examples }, state: { run }, round } = this.parts;
    if (!run) return;
    const { step, move } = round.moment();
    const story = storyOf(round.numbers(), move, run.settings.learning_rate);
    const [sign, color] = move === moveOf("update") ? ["●", "green"] : move >= moveOf("blame") ? ["◂", "vermillion"] : ["▸", "blue"];
    this.verdict.set(`${sign} ${story.title}`, `Training step ${step + 1} of ${steps}, example ${(step % examples) + 1}.`, color);
    this.code.textContent = story.code;
    this.results.replaceChildren(...story.results.map(([name, value]) => make("p", {}, make("span", { class: "name" }, name), make("code", {}, value))));
    this.see.textContent = story.see;
    const said = story.results.map(([name, value]) => `${name.replaceAll("_", " ")} ${value.replace(/[[\]]/g, "")}`).join("; ");
    lab.say(`Step ${step + 1}. ${story.title}: ${said}. ${story.see}`);
    this.stage.setAttribute("aria-label", `Network of two inputs, two hidden units and one output. ${story.title}: ${said}.`);
    this.curve.setAttribute("aria-label", `Mean loss against training step: ${number(run.losses[0])} at the start, ${number(run.losses[step])} before step ${step + 1}, ${number(run.losses[steps])} after step ${steps}.`);
    this.#showCode(story.code.split("(")[0]);
  }

  /** The learner's own function, the lines that ran lit up. */
  #showCode(name) {
    const code = this.parts.state.run?.code[name];
    this.mine.hidden = !code;
    if (!code) return;
    this.mine.replaceChildren(...code.lines.map(([number, text, ran]) =>
      make("code", { class: ran ? "ran" : "", title: `${code.file}, line ${number}` }, text || " ")));
  }
}

/** The network on its stage, and the mean loss of all steps. */
class Drawing {
  #places = placesOn(0, 0);

  constructor(/** @type {Parts} */ parts) {
    this.parts = parts;
    this.curve = new LossCurves(parts.panel.curve, { steps: parts.config.steps, low: -1, high: 2 });
  }

  layout(width, narrow) {
    const { lab, panel: { plots, stage } } = this.parts;
    const { colors } = lab;
    const left = narrow ? width : Math.floor((width - 20) * 0.64);
    const height = Math.max(260, lab.size(360));
    plots.style.gridTemplateColumns = narrow ? "" : `${left}px 1fr`;
    stage.setAttribute("width", left);
    stage.setAttribute("height", height);
    this.#places = placesOn(left, height);
    stage.classList.toggle("close", this.#places.narrow);
    this.curve.place(narrow ? width : width - 20 - left, lab.size(150), colors);
  }

  draw() {
    const { state: { run }, panel: { stage }, round } = this.parts;
    stage.replaceChildren(...(run ? new Scene(this.#places, round.numbers(), round.moment()).elements() : []));
    this.curve.draw((context) => this.#drawCurve(context), 7);
  }

  #drawCurve(context) {
    const { lab: { colors }, config, state: { run }, round } = this.parts;
    const { x, width } = this.curve.box;
    const goal = this.curve.y(logLoss(config.goal));
    drawLine(context, [[x, goal], [x + width, goal]], colors.soft, { dash: [2, 3] });
    drawText(context, `goal: below ${config.goal}`, x + width - 4, goal - 3, colors, {
      size: 11, weight: 400, align: "right", baseline: "bottom", color: colors.soft,
    });
    if (!run) return;
    const { step, move } = round.moment();
    this.curve.run(context, run.losses, step + (move === moveOf("update") ? 1 : 0), colors.blue, colors.paper);
  }
}

/** What is asked of the kernel for a learning rate, predictions, and which goals were met. */
class Round {
  #asked = 0;
  constructor(/** @type {Parts} */ parts) { this.parts = parts; }
  settings() { return { learning_rate: this.parts.state.learning_rate }; }

  /** Step and move on the stage. */
  moment() { return momentOf(this.parts.state.frame); }

  /** The numbers of the step on the stage, by name. */
  numbers(step = this.moment().step) {
    const { config: { parts }, state } = this.parts;
    const { rows, wide } = /** @type {Run} */ (state.run);
    return partsOf(rows.subarray(step * wide, (step + 1) * wide), parts);
  }

  showFrame(frame) {
    this.parts.state.frame = frame;
    this.parts.lab.show();
    const { step, move } = this.moment();
    if (this.parts.state.run) this.#askAbout(step, move);
  }

  goTo(step, move = 0) {
    const { time } = this.parts.panel;
    time.jump(Math.min(step * MOVES.length + move, time.steps));
  }

  answer({ arrays: [rows, losses], note: { code } }, settings) {
    this.parts.state.run = { rows, losses, code, settings, wide: rows.length / this.parts.config.steps };
  }

  judge() {
    const { lab: { challenges }, config: { steps, goal }, state: { run } } = this.parts;
    if (!run || run.losses[steps] >= goal) return;
    const [rate, end] = [run.settings.learning_rate, run.losses[steps]].map((value) => number(value));
    challenges.achieve("slow_motion.loss", `Learning rate ${rate} ends at ${end}.`);
  }

  *neighbors() { for (const learning_rate of this.parts.panel.rate.nearby()) yield { learning_rate }; }

  /** What was said of a sign, once it is there; it counts once. */
  #judgeSign(step, sign) {
    const { lab: { challenges }, state } = this.parts;
    const { part, index, name } = questionAt(step);
    const is = signOf(this.numbers(step)[`${part}_gradient`][index]);
    const right = sign === is;
    if (!state.answered.has(step)) {
      state.answered.add(step);
      state.streak = right ? state.streak + 1 : 0;
      if (right) challenges.achieve("slow_motion.sign", `${name[0].toUpperCase()}${name.slice(1)}: ${is}.`);
      if (state.streak >= 3) challenges.achieve("slow_motion.three", "Three in a row.");
      else if (!challenges.isDone("slow_motion.three")) {
        challenges.note("slow_motion.three", right ? `${state.streak} in a row so far.` : "From the start again.");
      }
    }
    return { right, text: `It is ${is}.${right ? "" : " Watch what comes in, and what blame arrives."}` };
  }

  compare(sign) { return this.parts.state.run && this.#judgeSign(0, sign); }
  revealed() { this.goTo(0, revealedAt(questionAt(0))); }

  /** A training step brings a question, until its answer is on the stage. */
  #askAbout(step, move) {
    const { lab: { prediction }, config: { prediction: first }, state } = this.parts;
    const question = questionAt(step);
    if (prediction.open || state.answered.has(step) || this.#asked === step || move >= revealedAt(question)) return;
    this.#asked = step;
    prediction.ask({ ...first, question: `The gradient of ${question.name}, marked “?”, will be …` }, (sign) => {
      prediction.reply(this.#judgeSign(step, sign));
      this.goTo(step, revealedAt(question));
    });
  }
}

export default experiment("training_step", "training step in slow motion", { Panel, Drawing, Round },
  ({ settings }) => ({ ...settings, frame: 0, run: null, answered: new Set(), streak: 0 }));
