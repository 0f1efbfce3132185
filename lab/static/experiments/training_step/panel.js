/** The elements around the network, the question about a gradient, and what they say. */
import { button } from "../../shared/buttons.js";
import { make } from "../../shared/dom.js";
import { figure, verdictLine } from "../../shared/panels.js";
import { number } from "../../shared/scale.js";
import { logSlider, Scrubber } from "../../shared/sliders.js";
import { momentOf, MOVES, moveOf, questionAt, revealedAt, storyOf } from "./moves.js";
import { shape } from "./network_stage.js";

export class Panel {
  constructor(/** @type {import("./main.js").Parts} */ parts) {
    this.parts = parts;
    const { lab, config, state } = parts;
    this.verdict = verdictLine();
    this.stage = shape("svg", { class: "stage", role: "img" });
    this.code = make("code");
    this.results = make("div", { class: "results" });
    this.see = make("p", { class: "see" });
    this.curve = make("canvas", { role: "img" });
    this.asked = make("div", {
      class: "predict", role: "group", "aria-label": "Predict a sign", tabindex: -1, "data-lm-suppress-shortcuts": "true",
    });
    this.time = new Scrubber({
      steps: config.steps * MOVES.length - 1, from: 0, perSecond: 0.55, what: "the training", unit: "move",
      words: (frame) => `step ${momentOf(frame).step + 1}, move ${momentOf(frame).move + 1}`,
      onStep: (frame) => parts.round.showFrame(frame),
    });
    const rate = logSlider({
      label: "Learning rate", ...config.rates, value: state.learning_rate, format: (v) => number(v),
      onInput: (v) => parts.round.change(v), onCommit: () => lab.keep(),
    });
    this.rate = rate;
    const next = button("next example", () => this.#goTo(parts.round.moment().step + 1));
    this.plots = make("div", { class: "plots" },
      make("div", {},
        figure("The network", this.stage, "dashed: negative · ◂ slope"),
        make("div", { class: "controls-row" }, this.time.element, next), this.asked),
      make("div", { class: "side" },
        make("div", { class: "card" }, make("p", { class: "call" }, this.code), this.results, this.see),
        figure("Mean loss of the four examples", this.curve),
        make("label", { class: "field" }, make("span", { class: "name" }, "learning rate"), rate.input, rate.output)));
    lab.root.append(this.verdict.element, lab.trouble.element, this.plots, lab.challenges.element, lab.status);
  }

  close() { this.time.halt(); }
  #goTo(step, move = 0) { this.time.jump(Math.min(step * MOVES.length + move, this.time.steps)); }

  /** Say what is drawn. */
  tell() {
    const { lab, config: { steps, examples }, state: { run }, round } = this.parts;
    if (!run) return;
    const { step, move } = round.moment();
    const story = storyOf(round.numbers(), move, run.settings.learning_rate);
    const way = move === moveOf("update") ? "update" : move >= moveOf("blame") ? "back" : "forward";
    const { badge, finding } = this.verdict;
    badge.textContent = `${{ forward: "▸", back: "◂", update: "●" }[way]} ${story.title}`;
    badge.dataset.way = way;
    finding.textContent = `Training step ${step + 1} of ${steps}, example ${(step % examples) + 1}.`;
    this.code.textContent = story.code;
    this.results.replaceChildren(...story.results.map(([name, value]) => make("p", {}, make("span", { class: "name" }, name), make("code", {}, value))));
    this.see.textContent = story.see;
    const said = story.results.map(([name, value]) => `${name.replaceAll("_", " ")} ${value.replace(/[[\]]/g, "")}`).join("; ");
    lab.say(`Step ${step + 1}. ${story.title}: ${said}. ${story.see}`);
    this.stage.setAttribute("aria-label", `Network of two inputs, two hidden units and one output. ${story.title}: ${said}.`);
    this.curve.setAttribute("aria-label", `Mean loss against training step: ${number(run.losses[0])} at the start, ${number(run.losses[step])} before step ${step + 1}, ${number(run.losses[steps])} after step ${steps}.`);
    this.#pose(step, move);
  }

  // ---- the question ---------------------------------------------------------
  #pose(step, move) {
    const question = questionAt(step);
    const given = this.parts.state.answered.get(step);
    const now = { key: String(step), seen: String(move >= revealedAt(question)), given: String(Boolean(given)) };
    const { dataset } = this.asked;
    if (dataset.key === now.key && dataset.seen === now.seen && dataset.given === now.given) return;
    Object.assign(dataset, now);
    if (given) this.asked.replaceChildren(this.#verdictOn(question, given));
    else if (now.seen === "true") this.asked.replaceChildren(make("p", {}, "The next training step brings a question about a gradient."));
    else {
      this.asked.replaceChildren(
        make("p", {}, make("strong", {}, "Predict. "), `The gradient of ${question.name}, marked “?”, will be …`),
        make("div", { class: "choices" }, ...[["negative", "−"], ["zero", "0"], ["positive", "+"]].map(([sign, mark]) =>
          button(`${mark} ${sign}`, () => this.#answer(step, question, sign), { "data-lm-suppress-shortcuts": "true" }))));
    }
  }

  #verdictOn(question, { sign, is, right }) {
    return make("p", {}, make("strong", {}, right ? "✓ Right. " : "✗ Not so. "),
      `You said ${sign} for ${question.name}; it was ${is}. ${right ? "" : "Watch what comes in, and what blame arrives. "}`);
  }

  #answer(step, question, sign) {
    this.parts.round.predict(step, question, sign);
    this.#goTo(step, revealedAt(question)); // show it
    this.asked.focus({ preventScroll: true });
  }
}
