/** One slider that moves a wave, and the learner's distance between the wave and its copy. */
import { make } from "../../shared/dom.js";
import { experiment } from "../../shared/frame.js";
import { key } from "../../shared/panels.js";
import { drawAxes, MARGINS, plainTicks, Plot } from "../../shared/plot.js";
import { clamp } from "../../shared/scale.js";
import { linearSlider } from "../../shared/sliders.js";

/** A whole number of wavelengths away from the start, the waves lie on each other again. */
export const cameBack = (shift, mean, farthest) => shift >= 0.9 && Math.abs(mean) < 1e-6 && farthest > 0.5;

/** Slider positions from the lowest to the highest that the hand has been at. */
export const widened = (range, position) =>
  range ? [Math.min(range[0], position), Math.max(range[1], position)] : [position, position];

const height = (place, shift) => Math.sin(2 * Math.PI * (place - shift));
const TOP = 1.5; // of the mean distance on the picture

export default experiment("sliding_wave", "a wave that slides", (lab) => {
  const { config, challenges } = lab;
  const state = Object.assign(lab.state, lab.settings, { run: null, been: null, farthest: 0 });

  // ---- elements -------------------------------------------------------------
  const number = make("strong", {});
  const finding = make("span", {});
  const waveCanvas = make("canvas", { class: "wave", role: "img" });
  const trailCanvas = make("canvas", { role: "img" });
  const slider = linearSlider({
    label: "Shift of the wave, in wavelengths", ...config.shifts, value: state.shift, format: (v) => v.toFixed(2),
    onInput: (v) => change(v), onCommit: () => lab.keep({ shift: state.shift }),
  });
  lab.root.append(
    make("p", { class: "says" }, number, finding), lab.trouble.element,
    make("div", { class: "wave-plots" },
      make("figure", {},
        make("figcaption", {}, "Two waves",
          key([["ink", "dashed", "stays"], ["blue", "solid", "moves"], ["orange", "solid thin", "distance at one place"]])),
        waveCanvas),
      make("div", { class: "shift" },
        make("div", { class: "under slider-head" },
          make("span", { class: "name" }, "shift"), slider.output, make("span", {}, "wavelengths"),
          make("span", { class: "hint" }, "drag, or press the arrow keys")),
        slider.input),
      make("figure", {}, trailCanvas,
        make("figcaption", {}, "The mean distance", make("span", {}, "wherever you have been")))),
    challenges.element, lab.status);

  const wave = new Plot(waveCanvas, { bottom: 34 });
  const trail = new Plot(trailCanvas, { top: 6, bottom: 22 });

  // ---- requests -------------------------------------------------------------
  const settingsAt = (position) => ({ shift: slider.valueAt(position) });
  const runner = lab.runner({
    answer(result, settings) {
      const [predictions, distances] = result.arrays;
      state.run = { predictions, distances, mean: result.note.mean ?? null, settings };
      if (state.run.mean !== null) state.farthest = Math.max(state.farthest, state.run.mean);
      draw();
      tell();
    },
    trouble() {
      state.run = null;
      draw();
      tell();
    },
    renewed() {
      state.farthest = 0;
    },
    grown: () => drawTrail(),
    *neighbors() {
      for (let d = 1; d <= slider.count; d++) {
        if (slider.position + d <= slider.count) yield settingsAt(slider.position + d);
        if (slider.position - d >= 0) yield settingsAt(slider.position - d);
      }
    },
  });
  const change = (shift) => {
    state.shift = shift;
    state.been = widened(state.been, slider.position);
    draw();
    if (!state.run) tell(); // nothing will answer
    runner.ask({ shift });
  };

  // The wave itself can be dragged, too; the slider is the way for the keyboard.
  let grip = null;
  waveCanvas.addEventListener("pointerdown", (event) => {
    waveCanvas.setPointerCapture(event.pointerId);
    grip = { x: event.clientX, shift: state.shift };
  });
  waveCanvas.addEventListener("pointermove", (event) => {
    if (!waveCanvas.hasPointerCapture(event.pointerId)) return;
    slider.value = clamp(grip.shift + ((event.clientX - grip.x) / wave.box.width) * config.waves, config.shifts.low, config.shifts.high);
    change(slider.value);
  });
  waveCanvas.addEventListener("pointerup", () => lab.keep({ shift: state.shift }));

  // ---- words and goals ------------------------------------------------------
  const tell = () => {
    const { run } = state;
    const moved = `Moved by ${state.shift.toFixed(2)} wavelengths`;
    const known = run && run.mean !== null;
    number.textContent = known ? `distance ${run.mean.toFixed(3)}` : "";
    finding.textContent = known
      ? `${moved}: the mean of ${config.points} distances, each from your function.`
      : config.given ? `${moved}.` : `${moved}. To measure it, hand your function over: slide_a_wave(welcome.distance)`;
    const text = known ? `${moved}: mean distance ${run.mean.toFixed(3)}.` : `${moved}.`;
    lab.say(text);
    waveCanvas.setAttribute("aria-label", `A wave and its copy. ${text}`);
    trailCanvas.setAttribute("aria-label", `Mean distance against shift. ${text}`);
    if (known && cameBack(state.shift, run.mean, state.farthest)) {
      challenges.achieve("wave.wavelength", "One whole wavelength: the wave lies on its copy again.");
    }
  };

  // ---- drawing --------------------------------------------------------------
  const places = (n) => Array.from({ length: n }, (_, i) => (i / (n - 1)) * config.waves);

  const drawWave = () => {
    const { colors } = lab;
    const { run } = state;
    wave.draw((context) => {
      context.lineJoin = context.lineCap = "round";
      if (run?.distances && run.settings.shift === state.shift) {
        context.strokeStyle = colors.orange;
        context.lineWidth = 2;
        context.beginPath();
        places(config.points).forEach((place, i) => {
          const target = height(place, 0);
          const end = target + Math.sign(run.predictions[i] - target) * run.distances[i];
          context.moveTo(wave.x(place), wave.y(target));
          context.lineTo(wave.x(place), wave.y(clamp(end, -9, 9)));
        });
        context.stroke();
      }
      const fine = places(361);
      for (const [shift, color, dash, width] of [[0, colors.ink, [6, 5], 1.75], [state.shift, colors.blue, [], 3]]) {
        context.strokeStyle = color;
        context.lineWidth = width;
        context.setLineDash(dash);
        context.beginPath();
        for (const place of fine) context.lineTo(wave.x(place), wave.y(height(place, shift)));
        context.stroke();
      }
      context.setLineDash([]);
    });
  };

  const drawTrail = () => {
    const { colors } = lab;
    const { run, been } = state;
    trail.draw((context) => {
      context.strokeStyle = context.fillStyle = colors.orange;
      context.lineWidth = 2.5;
      context.lineJoin = "round";
      context.beginPath();
      for (let position = been?.[0] ?? 0; position <= (been?.[1] ?? -1); position++) {
        const known = runner.get(settingsAt(position));
        if (known && known.note.mean != null) context.lineTo(trail.x(slider.valueAt(position)), trail.y(clamp(known.note.mean, -9, 9)));
      }
      context.stroke();
      context.strokeStyle = colors.soft;
      context.lineWidth = 1;
      context.setLineDash([2, 3]);
      context.beginPath();
      context.moveTo(trail.x(state.shift), trail.box.y);
      context.lineTo(trail.x(state.shift), trail.box.y + trail.box.height);
      context.stroke();
      context.setLineDash([]);
      if (!run || run.mean === null || run.settings.shift !== state.shift) return;
      context.beginPath();
      context.arc(trail.x(state.shift), trail.y(clamp(run.mean, -9, 9)), 6, 0, 7);
      context.fill();
      context.strokeStyle = colors.paper;
      context.lineWidth = 2;
      context.stroke();
    }, 8);
  };

  const draw = () => {
    if (!wave.back) return; // not laid out yet
    drawWave();
    drawTrail();
  };

  const layout = (width) => {
    const { colors } = lab;
    const narrow = width < 620;
    wave.resize(width, narrow ? 170 : 200);
    wave.scales([0, config.waves], [-1.25, 1.25]);
    trail.resize(width, narrow ? 120 : 130);
    trail.scales([config.shifts.low, config.shifts.high], [0, TOP]);
    wave.background(colors.paper, (context) => drawAxes(context, wave, colors, {
      xTicks: plainTicks(0, config.waves, 3), yTicks: plainTicks(-1, 1, 2), xName: "place, in wavelengths", yName: "", grid: "y",
    }));
    trail.background(colors.paper, (context) => drawAxes(context, trail, colors, {
      xTicks: plainTicks(0, config.shifts.high, 3), yTicks: plainTicks(0, TOP, 3), xName: "", yName: "", grid: "xy",
    }));
    const { left, right } = MARGINS;
    slider.input.style.marginLeft = `${left - 9}px`;
    slider.input.style.width = `${width - left - right + 18}px`;
  };
  requestAnimationFrame(() => change(state.shift));
  return { layout, draw };
});
