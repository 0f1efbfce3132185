/** The elements around the curve, and what they say. */
import { button, choice } from "../../shared/buttons.js";
import { make } from "../../shared/dom.js";
import { draggable } from "../../shared/dragging.js";
import { figure, tile } from "../../shared/panels.js";
import { clamp } from "../../shared/scale.js";
import { linearSlider } from "../../shared/sliders.js";
import { givenToTruth, lossWords, stance } from "./stance.js";

export const PRESETS = [0.9, 0.5, 0.1];
const MAIL = { 1: "The mail is spam", 0: "The mail is not spam" };

export class Panel {
  constructor(/** @type {import("./main.js").Parts} */ parts) {
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

  /** Say what is drawn. */
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

  /** Nothing is known. */
  clear() {
    this.loss.set("–");
    for (const line of [this.mail, this.words, this.pinned]) line.textContent = "";
  }
}
