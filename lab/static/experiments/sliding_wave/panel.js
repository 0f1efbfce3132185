/** The elements around the waves, and what they say. */
import { make } from "../../shared/dom.js";
import { draggable } from "../../shared/dragging.js";
import { figure, key } from "../../shared/panels.js";
import { clamp } from "../../shared/scale.js";
import { linearSlider } from "../../shared/sliders.js";

export class Panel {
  constructor(/** @type {import("./main.js").Parts} */ parts) {
    this.parts = parts;
    const { lab, config, state } = parts;
    this.number = make("strong");
    this.finding = make("span");
    this.waves = make("canvas", { class: "wave", role: "img" });
    this.trail = make("canvas", { role: "img" });
    this.slider = linearSlider({
      label: "Shift of the wave, in wavelengths", ...config.shifts, value: state.shift, format: (v) => v.toFixed(2),
      onInput: (v) => parts.round.change(v), onCommit: () => lab.keep(),
    });
    const trail = figure("The mean distance", this.trail, "wherever you have been");
    trail.prepend(this.trail);
    lab.root.append(
      make("p", { class: "says" }, this.number, this.finding), lab.trouble.element,
      make("div", { class: "wave-plots" },
        figure("Two waves", this.waves,
          key([["ink", "dashed", "stays"], ["blue", "solid", "moves"], ["orange", "solid thin", "distance at one place"]])),
        make("div", { class: "shift" },
          make("div", { class: "under slider-head" },
            make("span", { class: "name" }, "shift"), this.slider.output, make("span", {}, "wavelengths"),
            make("span", { class: "hint" }, "drag, or press the arrow keys")),
          this.slider.input),
        trail),
      lab.challenges.element, lab.status);
    this.#dragWave();
  }

  /** The wave itself can be dragged, too; the slider is the way for the keyboard. */
  #dragWave() {
    const { lab, config, state } = this.parts;
    let grip = { x: 0, shift: 0 };
    draggable(this.waves, {
      take: (x) => { grip = { x, shift: state.shift }; },
      move: (x) => {
        const shift = grip.shift + ((x - grip.x) / this.parts.drawing.wave.box.width) * config.waves;
        this.slider.value = clamp(shift, config.shifts.low, config.shifts.high);
        this.parts.round.change(this.slider.value);
      },
      commit: () => lab.keep(),
    });
  }

  /** Say what is drawn. */
  tell() {
    const { lab, config, state } = this.parts;
    const mean = state.run?.mean ?? null;
    const moved = `Moved by ${state.shift.toFixed(2)} wavelengths`;
    this.number.textContent = mean === null ? "" : `distance ${mean.toFixed(3)}`;
    this.finding.textContent = mean !== null
      ? `${moved}: the mean of ${config.points} distances, each from your function.`
      : config.given ? `${moved}.` : `${moved}. To measure it, hand your function over: slide_a_wave(welcome.distance)`;
    const text = mean === null ? `${moved}.` : `${moved}: mean distance ${mean.toFixed(3)}.`;
    lab.say(text);
    this.waves.setAttribute("aria-label", `A wave and its copy. ${text}`);
    this.trail.setAttribute("aria-label", `Mean distance against shift. ${text}`);
  }
}
