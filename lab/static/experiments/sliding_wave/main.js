/** One slider that moves a wave, and the learner's distance between the wave and its copy. */
import { draggable, figure, imageCanvas, key, make } from "../../shared/dom.js";
import { experiment } from "../../shared/frame.js";
import { drawDot, drawLine, drawLines } from "../../shared/marks.js";
import { MARGINS, plainTicks, Plot } from "../../shared/plot.js";
import { clamp } from "../../shared/scale.js";
import { linearSlider } from "../../shared/sliders.js";

/** @typedef {object} State
 * @property {number} shift of the wave, in wavelengths
 * @property {Run | null} run what is drawn
 * @property {number[] | null} been the slider's positions that the hand has been at, from the lowest to the highest
 * @property {number} farthest the largest mean distance so far */
/** @typedef {{predictions: Float32Array, distances: Float32Array, mean: number | null, settings: {shift: number}}} Run */
/** @typedef {import("../../shared/frame.js").Parts<State, Panel, Drawing, Round>} Parts */

/** The elements around the waves, and what they say. */
class Panel {
  constructor(/** @type {Parts} */ parts) {
    this.parts = parts;
    const { lab, config, state } = parts;
    this.number = make("strong");
    this.finding = make("span");
    this.waves = imageCanvas({ class: "wave" });
    this.trail = imageCanvas();
    this.slider = linearSlider({
      label: "Shift of the wave, in wavelengths", ...config.shifts, value: state.shift, format: (v) => v.toFixed(2),
      onInput: (v) => parts.round.change(v), onCommit: () => lab.keep(),
    });
    lab.root.append(
      make("p", { class: "says" }, this.number, this.finding), lab.trouble.element,
      make("div", { class: "wave-plots" },
        figure("Two waves: drag the blue one", this.waves,
          key([["ink", "dashed", "stays"], ["blue", "solid", "moves"], ["orange", "solid thin", "distance at one place"]])),
        make("div", { class: "shift" },
          make("div", { class: "under slider-head" },
            make("span", { class: "name" }, "shift"), this.slider.output, make("span", {}, "wavelengths"),
            make("span", { class: "hint" }, "drag, or press the arrow keys")),
          this.slider.input),
        figure("The mean distance", this.trail, "wherever you have been")),
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

const TOP = 1.5; // of the mean distance on the picture
const FINE = 361; // places at which the waves are drawn

const heightAt = (place, shift) => Math.sin(2 * Math.PI * (place - shift));

/** The wave and its copy, and below them the mean distance wherever the hand has been. */
class Drawing {
  constructor(/** @type {Parts} */ parts) {
    this.parts = parts;
    this.wave = new Plot(parts.panel.waves, { bottom: 34 });
    this.trail = new Plot(parts.panel.trail, { top: 6, bottom: 34 });
    parts.lab.prediction.on(this.trail);
  }

  layout(width, narrow) {
    const { lab, config: { waves, shifts }, panel } = this.parts;
    const { colors } = lab;
    this.wave.fit(width, lab.size(narrow ? 150 : 190), [0, waves], [-1.25, 1.25]);
    this.wave.axes(colors, { xTicks: plainTicks(0, waves, 3), yTicks: plainTicks(-1, 1, 2), xName: "place, in wavelengths", grid: "y" });
    this.trail.fit(width, lab.size(narrow ? 132 : 162), [shifts.low, shifts.high], [0, TOP]);
    this.trail.axes(colors, { xTicks: plainTicks(0, shifts.high, 3), yTicks: plainTicks(0, TOP, 3), xName: "shift, in wavelengths", grid: "xy" });
    panel.slider.alignTo(width, MARGINS);
  }

  draw() {
    this.wave.draw((context) => this.#drawWaves(context));
    this.trail.draw((context) => this.#drawTrail(context), 8);
  }

  /** Places at even distances along the waves. */
  #places(count) {
    return Array.from({ length: count }, (_, i) => (i / (count - 1)) * this.parts.config.waves);
  }

  #drawWaves(context) {
    const { lab: { colors }, config, state: { run, shift } } = this.parts;
    const { x, y } = this.wave;
    context.lineJoin = context.lineCap = "round";
    if (run?.distances && run.settings.shift === shift) {
      drawLines(context, this.#places(config.points).map((place, i) => {
        const target = heightAt(place, 0);
        const end = target + Math.sign(run.predictions[i] - target) * run.distances[i];
        return [[x(place), y(target)], [x(place), y(clamp(end, -9, 9))]];
      }), colors.orange, { width: 2 });
    }
    const curve = (moved) => this.#places(FINE).map((place) => [x(place), y(heightAt(place, moved))]);
    drawLine(context, curve(0), colors.ink, { width: 1.75, dash: [6, 5] });
    drawLine(context, curve(shift), colors.blue, { width: 3 });
  }

  #drawTrail(context) {
    const { lab: { colors, runner }, state: { run, been, shift }, panel: { slider } } = this.parts;
    const { x, y, box } = this.trail;
    const points = [];
    for (let position = been?.[0] ?? 0; position <= (been?.[1] ?? -1); position++) {
      const known = runner.get({ shift: slider.valueAt(position) });
      if (known && known.note.mean != null) points.push([x(slider.valueAt(position)), y(clamp(known.note.mean, -9, 9))]);
    }
    context.lineJoin = "round";
    drawLine(context, points, colors.orange, { width: 2.5 });
    drawLine(context, [[x(shift), box.y], [x(shift), box.y + box.height]], colors.soft, { dash: [2, 3] });
    if (!run || run.mean === null || run.settings.shift !== shift) return;
    drawDot(context, x(shift), y(clamp(run.mean, -9, 9)), 6, colors.orange, colors.paper);
  }
}

/** A whole number of wavelengths away from the start, the waves lie on each other again. */
export const cameBack = (shift, mean, farthest) => shift >= 0.9 && Math.abs(mean) < 1e-6 && farthest > 0.5;

/** What is said of a sketch once the whole curve is there: it ends at one and a half wavelengths. */
export const sketched = (given) => {
  const at = (shift) => given[Math.round((shift / 1.5) * (given.length - 1))];
  const right = at(1) < at(0.5) / 2 && at(1.5) > 1.5 * at(1);
  return { right, text: right
    ? "It comes back to 0 after one whole wavelength, and rises again."
    : "A wave repeats itself: after one whole wavelength the distance is back at 0, however far the wave has gone." };
};

/** Slider positions from the lowest to the highest that the hand has been at. */
export const widened = (range, position) =>
  range ? [Math.min(range[0], position), Math.max(range[1], position)] : [position, position];

/** What is asked of the kernel about a shift, and the goal of one whole wavelength. */
class Round {
  constructor(/** @type {Parts} */ parts) { this.parts = parts; }
  begin() { this.change(this.parts.state.shift); }
  settings() { return { shift: this.parts.state.shift }; }

  change(shift) {
    const { lab, state, panel } = this.parts;
    state.shift = shift;
    state.been = widened(state.been, panel.slider.position);
    lab.draw();
    if (!state.run) panel.tell(); // nothing will answer
    lab.ask();
  }

  answer({ arrays: [predictions, distances], note }, settings) {
    const { state } = this.parts;
    const mean = note.mean ?? null;
    state.run = { predictions, distances, mean, settings };
    if (mean !== null) state.farthest = Math.max(state.farthest, mean);
  }

  judge() {
    const { lab, state, panel } = this.parts;
    const { run, shift, farthest } = state;
    if (run && run.mean !== null && cameBack(shift, run.mean, farthest)) {
      lab.challenges.achieve("wave.wavelength", "One whole wavelength: the wave lies on its copy again.");
    }
    if (lab.prediction.given && panel.slider.count === state.been?.[1] && state.been[0] === 0) lab.prediction.reply(sketched(lab.prediction.given));
  }

  compare() { return { text: "Now slide the wave, all the way: your code draws the truth over it." }; }

  renewed() { this.parts.state.farthest = 0; }
  grown() { this.parts.lab.draw(); }
  *neighbors() { for (const shift of this.parts.panel.slider.nearby()) yield { shift }; }
}

export default experiment("sliding_wave", "a wave that slides", { Panel, Drawing, Round },
  ({ settings }) => ({ ...settings, run: null, been: null, farthest: 0 }));
