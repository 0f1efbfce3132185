/** Two words, one in every example and one seen now and then, learned by four optimizers. */
import { chips, figure, imageCanvas, key, make } from "../../shared/dom.js";
import { experiment } from "../../shared/frame.js";
import { drawBox, drawLine } from "../../shared/marks.js";
import { plainTicks, Plot } from "../../shared/plot.js";
import { number } from "../../shared/scale.js";

/** @typedef {{weights: ArrayLike<number>[][], rates: number[], every: number}} Run for each runner its two weights after each example */
/** @typedef {{every: number, run: Run | null}} State */
/** @typedef {import("../../shared/frame.js").Parts<State, Panel, Drawing, Round>} Parts */

const SINCE = 40; // examples after the first time that a word is seen
const TOP = 1.15; // of the axis of the weights

/** The steps of a weight from the example in which its word is first seen. @type {(weights: ArrayLike<number>, first: number) => number[]} */
export const stepsFrom = (weights, first) =>
  Array.from({ length: SINCE }, (_, k) => Math.abs(weights[first + k] - weights[first + k - 1]));

/** How far the first sighting of a word carries its weight until the next. @type {(weights: ArrayLike<number>, every: number) => number} */
export const carried = (weights, every) => weights[2 * every - 1] - weights[every - 1];

const percent = (/** @type {number} */ share) => `${Math.round(100 * share)}%`;

/** The plots of each optimizer, and what they say. */
class Panel {
  constructor(/** @type {Parts} */ parts) {
    this.parts = parts;
    const { lab, config: { runners, every }, state } = parts;
    this.every = chips({
      label: "How often the rare word is seen", value: String(state.every),
      items: every.map((v) => ({ value: String(v), text: `1 in ${v}` })), onChange: (v) => parts.round.change(Number(v)),
    });
    this.cells = runners.map((name) => {
      const [weights, steps] = [imageCanvas(), imageCanvas()];
      const [learned, sighting, rate] = [make("span"), make("p", { class: "caption" }), make("p", { class: "caption" })];
      return { name, weights, steps, learned, sighting, rate, element: make("div", {}, figure(name, weights, learned), rate, figure("Its first steps", steps), sighting) };
    });
    const legend = key([["blue", "solid", "the word in every example"], ["orange", "dashed", "the rare word"]]);
    lab.root.append(
      make("div", { class: "chooser" }, this.every, legend), lab.trouble.element,
      make("div", { class: "plots four" }, ...this.cells.map(({ element }) => element)), lab.challenges.element, lab.status);
  }

  tell() {
    const { lab, state: { run } } = this.parts;
    if (!run) return;
    const said = this.cells.map(({ name, weights, steps, learned, sighting, rate }, i) => {
      const [frequent, rare] = run.weights[i];
      const share = percent(rare[rare.length - 1]);
      learned.textContent = `rare: ${share}`;
      rate.textContent = `learning rate ${number(run.rates[i], 2)}`;
      sighting.textContent = `Seen once, its weight moves by ${number(carried(rare, run.every), 2)}.`;
      weights.setAttribute("aria-label", `${name}: after ${rare.length - 1} examples the rare word's weight is ${number(rare[rare.length - 1])}, the frequent one's ${number(frequent[frequent.length - 1])}; 1 is right.`);
      steps.setAttribute("aria-label", `${name}: steps from the first time each word is seen. ${sighting.textContent}`);
      return `${name} ${share}`;
    });
    lab.say(`The rare word, seen once in ${run.every} examples, is learned: ${said.join(", ")}.`);
  }

  clear() { for (const { learned, sighting } of this.cells) learned.textContent = sighting.textContent = ""; }
}

class Drawing {
  constructor(/** @type {Parts} */ parts) {
    this.parts = parts;
    this.plots = parts.panel.cells.map(({ weights, steps }) => ({
      weights: new Plot(weights, { right: 18 }), steps: new Plot(steps, { right: 18 }),
    }));
  }

  layout(width, narrow) {
    const { lab } = this.parts;
    const roomy = width > 820;
    lab.root.classList.toggle("roomy", roomy);
    const columns = roomy ? 4 : 2;
    this.wide = Math.floor((width - 12 * (columns - 1) - (narrow ? 0 : 16)) / columns);
    this.paint();
  }

  /** The steps' axis fits the longest of all four, so that they compare. */
  paint() {
    const { lab, lab: { colors }, config: { examples }, state: { run } } = this.parts;
    const longest = run ? Math.max(...run.weights.flatMap(([frequent, rare]) => [...stepsFrom(frequent, 1), ...stepsFrom(rare, run.every)])) : 0.1;
    for (const { weights, steps } of this.plots) {
      weights.fit(this.wide, lab.size(190), [0, examples], [0, TOP]);
      weights.axes(colors, { xTicks: plainTicks(0, examples, 2), yTicks: plainTicks(0, 1, 2), xName: "examples", yName: "weight", grid: "y" });
      steps.fit(this.wide, lab.size(140), [-1, SINCE], [0, 1.08 * longest]);
      steps.axes(colors, { xTicks: plainTicks(0, SINCE, 2), yTicks: plainTicks(0, longest, 2), xName: "examples since first seen", yName: "step", grid: "y" });
    }
  }

  draw() {
    const { lab: { colors }, state: { run } } = this.parts;
    this.plots.forEach(({ weights, steps }, i) => {
      weights.draw((context) => {
        drawLine(context, [[weights.x(0), weights.y(1)], [weights.x(1e4), weights.y(1)]], colors.soft, { dash: [3, 3] });
        if (!run) return;
        const trace = (/** @type {ArrayLike<number>} */ values) => Array.from(values, (v, k) => [weights.x(k), weights.y(v)]);
        drawLine(context, trace(run.weights[i][0]), colors.blue, { width: 2.5 });
        drawLine(context, trace(run.weights[i][1]), colors.orange, { width: 2.5, dash: [6, 3] });
      });
      steps.draw((context) => {
        if (!run) return;
        const [frequent, rare] = run.weights[i];
        const thick = Math.max(2, steps.box.width / SINCE - 1.5);
        stepsFrom(rare, run.every).forEach((step, k) => {
          if (k < run.every) drawBox(context, steps.x(k) - thick / 2, steps.y(step), thick, steps.y(0) - steps.y(step), colors.orange);
        });
        drawLine(context, stepsFrom(frequent, 1).map((step, k) => [steps.x(k), steps.y(step)]), colors.blue, { width: 2 });
      });
    });
  }
}

/** What is asked of the kernel, and which goals were met. */
class Round {
  constructor(/** @type {Parts} */ parts) { this.parts = parts; }
  settings(every = this.parts.state.every) { return { every }; }
  neighbors() { return this.parts.config.every.map((every) => this.settings(every)); }

  answer({ arrays, note: { rates } }, { every }) {
    const weights = arrays.map((both) => [both.subarray(0, both.length / 2), both.subarray(both.length / 2)]);
    this.parts.state.run = { weights, rates, every };
    this.parts.drawing.paint();
  }

  change(every) {
    this.parts.state.every = every;
    this.parts.lab.ask();
    this.parts.lab.keep();
  }

  /** How far each runner has come with the rare word. */
  #learned() { return this.parts.state.run?.weights.map(([, rare]) => rare[rare.length - 1]) ?? []; }

  compare(given) {
    const { config: { runners }, state: { run } } = this.parts;
    if (run?.every !== 100) return undefined;
    const learned = this.#learned();
    const best = runners[learned.indexOf(Math.max(...learned))];
    const told = runners.map((name, i) => `${name} ${percent(learned[i])}`).join(", ");
    return { right: given === best, text: `${told}: the word was seen ten times. Look at the first steps: after one sighting, who keeps walking, and who takes a longer step?` };
  }

  judge() {
    const { lab: { challenges }, state: { run } } = this.parts;
    if (run && Math.min(...this.#learned()) >= 0.5) {
      challenges.achieve("sparse.tie", `Seen once in ${run.every} examples, it is learned by all.`);
    }
  }
}

export default experiment("sparse_gradients", "sparse gradients", { Panel, Drawing, Round }, ({ settings: { every } }) => ({ every, run: null }));
