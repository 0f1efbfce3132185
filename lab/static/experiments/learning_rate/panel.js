/** The elements around the descent, the prediction first, and what they say. */
import { button, checkbox, codeButton } from "../../shared/buttons.js";
import { make } from "../../shared/dom.js";
import { draggable } from "../../shared/dragging.js";
import { figure, verdictLine } from "../../shared/panels.js";
import { number } from "../../shared/scale.js";
import { logSlider, Scrubber } from "../../shared/sliders.js";
import { LOOKS } from "./rate_strip.js";
import { rateCode, sentence } from "./words.js";

export class Panel {
  constructor(/** @type {import("./main.js").Parts} */ parts) {
    this.parts = parts;
    const { lab, config: { steps, rates, conditionings }, state } = parts;
    this.verdict = verdictLine();
    this.map = make("canvas", { class: "map", tabindex: 0, role: "application", "aria-roledescription": "map with a movable start" });
    this.curve = make("canvas", { role: "img" });
    this.strip = make("canvas", { class: "strip", "aria-hidden": "true" });
    const onCommit = () => parts.round.commit();
    this.rate = logSlider({
      label: "Learning rate", ...rates, value: state.learning_rate, format: (v) => number(v),
      onInput: (v) => parts.round.change({ learning_rate: v }), onCommit,
    });
    this.conditioning = logSlider({
      label: "Conditioning: steepness across the valley over steepness along it", ...conditionings,
      value: state.conditioning, format: (v) => number(v, 2), onInput: (v) => parts.round.change({ conditioning: v }), onCommit,
    });
    state.learning_rate = this.rate.value;
    state.conditioning = this.conditioning.value;
    this.time = new Scrubber({ steps, onStep: (k) => this.#show({ step: k }) });
    this.theory = checkbox("show the theory", state.theory, (theory) => this.#show({ theory }));
    this.predict = make("div", { class: "predict", role: "group", "aria-label": "Predict first" });
    this.controls = this.#controls();
    lab.root.append(
      this.verdict.element, this.predict, lab.trouble.element,
      make("div", { class: "plots" },
        figure("The path on the loss", this.map, "drag the start"), figure("The loss, step by step", this.curve)),
      this.controls, lab.challenges.element, codeButton(() => rateCode(parts.round.settings(), steps)), lab.status);
    lab.challenges.action("learning_rate.border", button("this is the border", () => parts.round.guessBorder()));
    this.#dragStart();
    this.#lock();
  }

  close() { this.time.halt(); }

  #show(changes) {
    Object.assign(this.parts.state, changes);
    this.parts.lab.draw();
  }

  #controls() {
    const { rate, conditioning } = this;
    return make("div", { class: "controls" },
      make("div", { class: "controls-row" },
        this.time.element,
        make("label", { class: "field" }, make("span", {}, "conditioning"), conditioning.input, conditioning.output)),
      make("div", { class: "rate" },
        make("div", { class: "rate-head" }, make("span", { class: "name" }, "learning rate"), rate.output, this.theory.element),
        rate.input, this.strip,
        make("p", { class: "caption" },
          `The loss after ${this.parts.config.steps} steps at every learning rate: your code has already run there.`)));
  }

  #dragStart() {
    const { parts } = this;
    const { state } = parts;
    const unlocked = (act) => (...args) => { if (!state.locked) act(...args); };
    draggable(this.map, {
      move: unlocked((px, py) => parts.round.moveStart(parts.drawing.map.x.invert(px), parts.drawing.map.y.invert(py))),
      stride: unlocked((dx, dy) => parts.round.moveStart(state.start[0] + dx * 0.2, state.start[1] + dy * 0.2)),
      commit: unlocked(() => parts.round.commit()),
    });
  }

  // ---- the prediction -------------------------------------------------------
  #lock() {
    const { lab, config, state: { locked, conditioning, learning_rate } } = this.parts;
    this.controls.inert = lab.challenges.element.inert = locked;
    this.predict.hidden = !locked;
    if (!locked) return;
    lab.root.classList.add("locked");
    const words = { "too low": "▼ creep: too low", "just right": "● settle: just right", "too high": "▲ diverge: too high" };
    const question = `The valley is ${number(conditioning, 2)} times as steep across as along. With learning rate ${number(learning_rate)}, what will ${config.steps} steps do?`;
    this.predict.append(make("p", {}, make("strong", {}, "Predict first. "), question), make("div", { class: "choices" },
      ...Object.entries(words).map(([verdict, text]) => button(text, () => this.parts.round.predict(verdict))),
      button("skip", () => this.unlock(), { class: "quiet" })));
  }

  unlock() {
    const { lab } = this.parts;
    this.predict.hidden = true;
    this.controls.inert = lab.challenges.element.inert = false;
    lab.root.classList.remove("locked");
    this.#show({ locked: false });
    this.tell();
  }

  /** Watch the run from its start. */
  play() {
    this.time.go(0);
    this.time.play();
    this.rate.input.focus({ preventScroll: true });
  }

  /** All steps are shown. */
  finish() { if (this.time.step < this.parts.config.steps) this.time.jump(this.parts.config.steps); }

  // ---- words ----------------------------------------------------------------
  tell() {
    const { lab, config, state: { run, locked, start } } = this.parts;
    if (locked || !run) return;
    const { badge, finding } = this.verdict;
    const { sign, words } = LOOKS[run.note.verdict];
    const text = sentence(run.settings.learning_rate, run.losses, run.note, config.steps);
    badge.textContent = `${sign} ${words}`;
    badge.dataset.verdict = run.note.verdict;
    finding.textContent = text;
    lab.say(`${words}. ${text}`);
    this.curve.setAttribute("aria-label", `Loss against step. ${text} Verdict: ${words}.`);
    this.map.setAttribute("aria-label", `Path of the descent. Start at ${start.join(", ")}; move it with the arrow keys. ${text}`);
  }

  /** Nothing is known. */
  clear() { this.verdict.badge.textContent = this.verdict.finding.textContent = ""; }
}
