/** A broken run beside a sound one: both losses, and what the variables of both hold at one step. */
import { button, figure, imageCanvas, key, make, verdictLine } from "../../shared/dom.js";
import { experiment } from "../../shared/frame.js";
import { drawDot, drawLine } from "../../shared/marks.js";
import { logLoss } from "../../shared/loss_curves.js";
import { plainTicks, Plot, powerTicks } from "../../shared/plot.js";
import { clamp, number } from "../../shared/scale.js";
import { outward, Scrubber } from "../../shared/sliders.js";

/** @typedef {{name: string, mine: string, right: string, same: boolean}} Row */
/** @typedef {{mine: ArrayLike<number>, right: ArrayLike<number>, meet: boolean, rows: Row[]}} Run */
/** @typedef {{step: number, run: Run | null, guessed: boolean}} State */
/** @typedef {import("../../shared/frame.js").Parts<State, Panel, Drawing, Round>} Parts */

/** Whole exponents that hold both curves. @type {(run: Run) => [number, number]} */
export const rangeOf = ({ mine, right }) => {
  const exponents = [...Array.from(mine), ...Array.from(right)].map((loss) => clamp(logLoss(loss), -4, 6));
  return [Math.floor(Math.min(...exponents) - 0.05), Math.ceil(Math.max(...exponents) + 0.05)];
};

/** The elements around the two runs, and what they say. */
class Panel {
  constructor(/** @type {Parts} */ parts) {
    this.parts = parts;
    const { lab, config: { program, steps, unit, sound } } = parts;
    this.verdict = verdictLine();
    this.picture = imageCanvas();
    this.body = make("tbody");
    this.time = new Scrubber({ steps, onStep: (k) => parts.round.look(k), perSecond: 12, what: "both runs", unit: "step", words: (k) => `${unit} ${k}` });
    const head = ["variable", "yours", "a sound run"].map((text) => make("th", { scope: "col" }, text));
    this.title = make("caption", {}, "What the variables hold");
    const legend = key([["vermillion", "solid", "yours"], ["blue", "dashed", "a sound run"]]);
    lab.root.append(
      this.verdict.element, make("p", { class: "caption" }, sound), lab.trouble.element,
      make("div", { class: "plots" },
        figure(`The loss of ${program}`, this.picture, legend),
        make("div", { class: "held" }, make("table", {}, this.title, make("thead", {}, make("tr", {}, ...head)), this.body))),
      make("div", { class: "controls-row" }, this.time.element), lab.challenges.element, lab.status);
  }

  tell() {
    const { lab, config: { unit, steps }, state: { run, step } } = this.parts;
    if (!run) return;
    const [mine, right] = [run.mine, run.right].map((losses) => number(losses[losses.length - 1]));
    const text = run.meet ? "The two curves meet." : `After ${steps} ${unit}s your loss is ${mine}; that of a sound run is ${right}.`;
    this.verdict.set(run.meet ? "✓ sound" : "✗ broken", text, run.meet ? "green" : "vermillion");
    this.title.textContent = `What the variables hold after ${unit} ${step}`;
    this.body.replaceChildren(...run.rows.map(({ name, mine: a, right: b, same }) =>
      make("tr", { class: same ? "" : "differs" }, make("th", { scope: "row" }, make("code", {}, name)), make("td", {}, a || "–"),
        make("td", {}, same ? "the same" : b || "–"))));
    const differ = run.rows.filter(({ same }) => !same).map(({ name }) => name);
    lab.say(`${text} ${differ.length ? `After ${unit} ${step} these differ: ${differ.join(", ")}.` : ""}`);
    this.picture.setAttribute("aria-label", `Loss against ${unit}s, yours and that of a sound run. ${text}`);
  }

  clear() {
    this.verdict.set();
    this.body.replaceChildren();
  }
}

class Drawing {
  wide = 0;

  constructor(/** @type {Parts} */ parts) {
    this.parts = parts;
    this.plot = new Plot(parts.panel.picture);
  }

  layout(width, narrow) {
    this.wide = this.parts.lab.half(width, narrow);
    this.paint();
  }

  /** Again when the losses are others. */
  paint() {
    const { lab, lab: { colors }, config: { steps, unit }, state: { run } } = this.parts;
    const [low, high] = run ? rangeOf(run) : [-2, 1];
    this.plot.fit(this.wide, lab.size(300), [0, steps], [low, high]);
    this.plot.axes(colors, { xTicks: plainTicks(0, steps, 5), yTicks: powerTicks(low, high, 7), xName: unit, yName: "loss", grid: "y" });
  }

  draw() {
    this.plot.draw((context) => {
      const { lab: { colors }, state: { run, step } } = this.parts;
      if (!run) return;
      const { x, y, box } = this.plot;
      drawLine(context, [[x(step), box.y], [x(step), box.y + box.height]], colors.soft, { dash: [2, 3] });
      const trace = (/** @type {ArrayLike<number>} */ losses) => Array.from(losses, (loss, k) => [x(k), y(clamp(logLoss(loss), -4.5, 6.5))]);
      const [mine, right] = [trace(run.mine), trace(run.right)];
      drawLine(context, mine, colors.vermillion, { width: 2.5 });
      drawLine(context, right, colors.blue, { width: 2.5, dash: [7, 4] });
      drawDot(context, mine[step][0], mine[step][1], 5, colors.vermillion, colors.paper);
      drawDot(context, right[step][0], right[step][1], 5, colors.blue, colors.paper);
    }, 7);
  }
}

/** What is asked of the kernel, the guess, and which goals were met. */
class Round {
  constructor(/** @type {Parts} */ parts) { this.parts = parts; }
  settings(step = this.parts.state.step) { return { step }; }

  *neighbors() {
    const { config: { steps }, state: { step } } = this.parts;
    for (const k of outward(step, steps, 7)) yield this.settings(k);
  }

  look(step) {
    this.parts.state.step = step;
    this.parts.lab.draw();
    this.parts.lab.ask();
  }

  answer({ arrays: [mine, right], note }) {
    const { config: { guess, program }, state, drawing } = this.parts;
    const first = !state.run;
    state.run = { mine, right, ...note };
    if (first) drawing.paint();
    if (!note.meet && !state.guessed && guess.given !== program) this.#ask();
  }

  renewed() { this.parts.state.run = null; } // its axes are made for its losses

  #ask() {
    const { lab, config: { guess }, state } = this.parts;
    state.guessed = true;
    lab.prediction.ask({ ...guess, lead: "Guess the cause." }, (given) => this.#hear(given));
  }

  #hear(given) {
    const { lab, config: { would, program } } = this.parts;
    const right = given === program;
    lab.prediction.reply({ right, text: right
      ? `That is it: ${would[given]}. Repair ${program} in course/broken_runs.py and save: the curves follow.`
      : `If that were the cause, you would see this: ${would[given]}. Look for what differs first, going down the table.` });
    if (!right) lab.prediction.element.append(make("div", { class: "choices" }, button("guess again", () => this.#ask())));
  }

  judge() {
    const { lab: { challenges }, config: { program }, state: { run } } = this.parts;
    if (run?.meet) challenges.achieve(`broken_run.meet.${program}`, "What you changed, and what the curve looked like before: keep both in mind.");
  }
}

export default experiment("broken_run", "a broken run beside a sound one", { Panel, Drawing, Round },
  ({ settings: { step } }) => ({ step, run: null, guessed: false }));
