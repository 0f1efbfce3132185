/** The learning-rate lab: path, loss curve, verdict, and the strip of all learning rates. */
import { codeButton } from "../../shared/buttons.js";
import { levels } from "../../shared/contour.js";
import { make } from "../../shared/dom.js";
import { draggable } from "../../shared/dragging.js";
import { experiment } from "../../shared/frame.js";
import { LossCurves } from "../../shared/loss_curves.js";
import { drawMinimum, drawStart } from "../../shared/marks.js";
import { drawSteps, MARGINS } from "../../shared/plot.js";
import { clamp, number, powerOfTen } from "../../shared/scale.js";
import { logSlider, scrubber, THUMB } from "../../shared/sliders.js";
import { sampled, Terrain } from "../../shared/terrain.js";
import { landmarks, LOOKS, RateStrip } from "./rate_strip.js";

/** Slider positions near `here`, nearest first. */
export const outward = function* (here, count) {
  for (let d = 1; d <= count; d++) {
    if (here + d <= count) yield here + d;
    if (here - d >= 0) yield here - d;
  }
};

/** One sentence on a run. */
export const sentence = (rate, losses, note, steps) => {
  const end = losses[losses.length - 1];
  const rest = note.verdict === "too high"
    ? end >= 1e29 ? "the loss grows beyond all bounds" : `the loss is ${number(end)} after ${steps} steps`
    : `loss ${number(end)} after ${steps} steps${note.reached === null ? "" : `, below 10⁻⁶ after ${note.reached}`}`;
  return `Learning rate ${number(rate)}: ${rest}.`;
};

/** A run as code for a cell of a notebook. */
export const rateCode = ({ learning_rate, start, conditioning }, steps) => [
  "import numpy as np",
  "from course.gradient_descent import gradient_descent",
  "",
  `curvatures = np.array([1.0, ${conditioning}])`,
  `path = gradient_descent(lambda weights: curvatures * weights, [${start.join(", ")}], ${learning_rate}, ${steps})`,
  "losses = 0.5 * path**2 @ curvatures",
].join("\n");

const GRID = { nx: 121, ny: 85 };

export default experiment("learning_rate", "learning rate", (lab) => {
  const { config, challenges } = lab;
  const { steps, goal } = config;
  const state = Object.assign(lab.state, lab.settings, { step: steps, run: null, ghost: null });
  state.locked = !challenges.isDone("learning_rate.predict");
  state.theory = challenges.isDone("learning_rate.border");

  // ---- elements -------------------------------------------------------------
  const badge = make("span", { class: "badge" });
  const finding = make("span", { class: "finding" });
  const verdictLine = make("p", { class: "verdict" }, badge, finding);
  const mapCanvas = make("canvas", {
    class: "map", tabindex: 0, role: "application", "aria-roledescription": "map with a movable start",
  });
  const curveCanvas = make("canvas", { role: "img" });
  const stripCanvas = make("canvas", { class: "strip", "aria-hidden": "true" });
  const rate = logSlider({
    label: "Learning rate", ...config.rates, value: state.learning_rate, format: (v) => number(v),
    onInput: (v) => change({ learning_rate: v }), onCommit: () => commit(),
  });
  const conditioning = logSlider({
    label: "Conditioning: steepness across the valley over steepness along it", ...config.conditionings,
    value: state.conditioning, format: (v) => number(v, 2),
    onInput: (v) => change({ conditioning: v }), onCommit: () => commit(),
  });
  state.learning_rate = rate.value;
  state.conditioning = conditioning.value;
  const time = scrubber({ steps, onStep: (k) => { state.step = k; draw(); } });
  const theory = make("input", { type: "checkbox", onchange: () => { state.theory = theory.checked; draw(); } });
  theory.checked = state.theory;

  const predict = make("div", { class: "predict", role: "group", "aria-label": "Predict first" });
  const controls = make("div", { class: "controls" },
    make("div", { class: "controls-row" },
      time.element,
      make("label", { class: "field" }, make("span", {}, "conditioning"), conditioning.input, conditioning.output)),
    make("div", { class: "rate" },
      make("div", { class: "rate-head" },
        make("span", { class: "name" }, "learning rate"), rate.output,
        make("label", { class: "check" }, theory, "show the theory")),
      rate.input, stripCanvas,
      make("p", { class: "caption" }, `The loss after ${steps} steps at every learning rate: your code has already run there.`)));
  lab.root.append(
    verdictLine, predict, lab.trouble.element,
    make("div", { class: "plots" },
      make("figure", {}, make("figcaption", {}, "The path on the loss", make("span", {}, "drag the start")), mapCanvas),
      make("figure", {}, make("figcaption", {}, "The loss, step by step"), curveCanvas)),
    controls, challenges.element, codeButton(() => rateCode(settingsWith(rate.position), steps)), lab.status);

  const map = new Terrain(mapCanvas);
  const curve = new LossCurves(curveCanvas, { steps, low: config.losses[0], high: config.losses[1] });
  const strip = new RateStrip(stripCanvas, config.rates);

  let held = null; // the run on screen when the hand took hold: it stays as a ghost

  // ---- requests -------------------------------------------------------------
  let row = []; // the settings of every position of the slider, made when needed
  let outcomes = []; // what is known of this row, by position
  const settingsWith = (position) => (row[position] ??= {
    learning_rate: rate.valueAt(position), start: state.start, conditioning: state.conditioning,
  });
  const note = (settings, result) => {
    const position = rate.positionOf(settings.learning_rate);
    const here = settings.start === state.start && settings.conditioning === state.conditioning;
    if (result && here) outcomes[position] = { position, verdict: result.note.verdict, loss: result.arrays[1].at(-1) };
  };
  const runner = lab.runner({
    answer(result, settings) {
      const [path, losses] = result.arrays;
      state.run = { path, losses, note: result.note, settings };
      note(settings, result);
      draw();
      tell();
      judge();
    },
    trouble() {
      state.run = null;
      finding.textContent = "";
      badge.textContent = "";
      draw();
    },
    renewed() {
      state.ghost = held = null;
      outcomes = [];
    },
    grown(asked, results) {
      asked.forEach((settings, i) => note(settings, results[i]));
      drawStrip();
    },
    *neighbors() {
      for (const position of outward(rate.position, rate.count)) {
        const settings = settingsWith(position);
        if (!(position in outcomes)) note(settings, runner.get(settings)); // remembered from before
        yield settings;
      }
      drawStrip();
    },
  });
  const ask = () => runner.ask(settingsWith(rate.position));
  const change = (changes) => {
    if (!held && state.run) held = state.run;
    const reshaped = "conditioning" in changes && changes.conditioning !== state.conditioning;
    Object.assign(state, changes);
    if (reshaped) paintMap();
    if (reshaped || "start" in changes) {
      state.ghost = held = null;
      row = [];
      outcomes = [];
    }
    if (time.step < steps) { time.halt(); time.go(steps); }
    ask();
  };
  const commit = () => {
    if (held) state.ghost = held;
    held = null;
    lab.keep({ learning_rate: state.learning_rate, start: state.start, conditioning: state.conditioning });
    draw();
  };
  draggable(mapCanvas, {
    move: (px, py) => !state.locked && moveStart(map.x.invert(px), map.y.invert(py)),
    stride: (dx, dy) => !state.locked && moveStart(state.start[0] + dx * 0.2, state.start[1] + dy * 0.2),
    commit: () => !state.locked && commit(),
  });
  const moveStart = (x, y) => change({
    start: [clamp(x, -config.width, config.width), clamp(y, -state.height, state.height)].map((v) => Number(v.toFixed(2))),
  });

  // ---- words ----------------------------------------------------------------
  const tell = () => {
    const { run } = state;
    if (state.locked || !run) return;
    const look = LOOKS[run.note.verdict];
    const text = sentence(run.settings.learning_rate, run.losses, run.note, steps);
    badge.textContent = `${look.sign} ${look.words}`;
    badge.dataset.verdict = run.note.verdict;
    finding.textContent = text;
    lab.say(`${look.words}. ${text}`);
    curveCanvas.setAttribute("aria-label", `Loss against step. ${text} Verdict: ${look.words}.`);
    mapCanvas.setAttribute("aria-label",
      `Path of the descent. Start at ${state.start.join(", ")}; move it with the arrow keys. ${text}`);
  };

  // ---- goals ----------------------------------------------------------------
  const unlock = () => {
    state.locked = false;
    predict.hidden = true;
    controls.inert = challenges.element.inert = false;
    lab.root.classList.remove("locked");
    tell();
    draw();
  };
  if (state.locked) {
    controls.inert = challenges.element.inert = true;
    lab.root.classList.add("locked");
    const answer = (guess) => {
      const { run } = state;
      unlock();
      if (!run) return;
      const right = guess === run.note.verdict;
      challenges.achieve("learning_rate.predict", right
        ? `You said ${guess}: so it is.`
        : `You said ${guess}; it is ${run.note.verdict}. Why? Watch the first three steps.`);
      time.go(0);
      time.play();
      rate.input.focus({ preventScroll: true });
    };
    predict.append(
      make("p", {}, make("strong", {}, "Predict first. "),
        `The valley is ${number(state.conditioning, 2)} times as steep across as along. With learning rate ${number(state.learning_rate)}, what will ${steps} steps do?`),
      make("div", { class: "choices" },
        make("button", { type: "button", onclick: () => answer("too low") }, "▼ creep: too low"),
        make("button", { type: "button", onclick: () => answer("just right") }, "● settle: just right"),
        make("button", { type: "button", onclick: () => answer("too high") }, "▲ diverge: too high"),
        make("button", { type: "button", class: "quiet", onclick: unlock }, "skip")));
  } else predict.hidden = true;

  challenges.action("learning_rate.border", make("button", {
    type: "button",
    onclick: () => {
      const { border } = landmarks(state.conditioning);
      const off = state.learning_rate / border - 1;
      if (Math.abs(off) <= 0.02) {
        challenges.achieve("learning_rate.border", `Yes: the border is 2/λmax = ${number(border)}.`);
        theory.checked = state.theory = true;
        draw();
      } else challenges.note("learning_rate.border", off > 0
        ? "Not yet: the border lies lower." : "Not yet: the border lies higher.");
    },
  }, "this is the border"));

  const judge = () => {
    const { run } = state;
    if (state.locked || !run || challenges.isDone("learning_rate.sprint")) return;
    const { reached } = run.note;
    if (reached !== null && reached <= goal.steps && run.settings.conditioning >= goal.conditioning - 1e-6) {
      challenges.achieve("learning_rate.sprint",
        `Learning rate ${number(run.settings.learning_rate)} needs ${reached} steps.`);
    }
  };

  // ---- drawing --------------------------------------------------------------
  const paintMap = () => {
    const { nx, ny } = GRID;
    const bowl = (x, y) => 0.5 * (x * x + state.conditioning * y * y);
    map.paint(lab.colors, {
      values: sampled(bowl, map.xRange, map.yRange, nx, ny), nx, ny, levels: levels(0.5, bowl(config.width, state.height), 13),
    });
  };

  const drawMap = () => {
    const { colors } = lab;
    map.draw((context) => {
      drawMinimum(context, map.x(0), map.y(0), colors.ink);
      if (state.run && !state.locked) {
        const color = colors[LOOKS[state.run.note.verdict].color];
        drawSteps(context, map, state.run.path, state.step, { color, halo: colors.paper });
      }
      drawStart(context, map.box, map.x(state.start[0]), map.y(state.start[1]), {
        colors, focused: document.activeElement === mapCanvas,
      });
    });
  };

  const drawGoal = (context) => {
    const { colors } = lab;
    const { x, y, height } = curve.box;
    const right = curve.x(Math.min(goal.steps, steps));
    const top = curve.y(Math.log10(goal.loss));
    context.fillStyle = colors.grid;
    context.fillRect(x, top, right - x, y + height - top);
    context.strokeStyle = colors.soft;
    context.setLineDash([2, 3]);
    context.lineWidth = 1;
    context.strokeRect(x - 1, top, right - x + 1, height);
    context.setLineDash([]);
    context.font = colors.font(11);
    context.fillStyle = colors.soft;
    context.textAlign = "left";
    context.textBaseline = "bottom";
    context.fillText(`goal: ${powerOfTen(Math.log10(goal.loss))} within ${goal.steps} steps`, x + 6, y + height - 5);
  };

  const drawCurve = () => {
    const { colors } = lab;
    curve.draw((context) => {
      drawGoal(context);
      if (state.locked) return;
      const entries = [];
      if (state.ghost && state.ghost !== state.run) {
        context.strokeStyle = colors.soft;
        context.lineWidth = 1.5;
        context.setLineDash([5, 4]);
        curve.trace(context, state.ghost.losses, steps);
        context.setLineDash([]);
        entries.push({ losses: state.ghost.losses, text: `before: ${number(state.ghost.settings.learning_rate)}`, color: colors.soft });
      }
      if (state.run) {
        const look = LOOKS[state.run.note.verdict];
        curve.run(context, state.run.losses, state.step, colors[look.color], colors.paper);
        entries.push({ losses: state.run.losses, text: `${look.sign} ${number(state.run.settings.learning_rate)}`, color: colors.ink, bold: true });
      }
      curve.labels(context, entries, colors);
    }, 7);
  };

  const drawStrip = () => {
    const entries = state.locked ? [] : outcomes.filter(Boolean);
    state.strip = entries.length;
    strip.show(lab.colors, entries, rate.position, state.theory && !state.locked ? state.conditioning : null);
  };

  const draw = () => {
    drawMap();
    drawCurve();
    drawStrip();
  };

  const layout = (width) => {
    const narrow = width < 620;
    const each = narrow ? width : Math.floor((width - 20) / 2);
    const height = Math.round(clamp(each * 0.74, 230, 360));
    const { left, right, top, bottom } = MARGINS;
    const inside = { width: each - left - right, height: height - top - bottom };
    state.height = Number(((config.width * inside.height) / inside.width).toFixed(3)); // equal scales: the path meets contours squarely
    map.place(each, height, [-config.width, config.width], [-state.height, state.height]);
    curve.place(each, height);
    strip.place(width, narrow ? 104 : 116);
    rate.input.style.marginLeft = `${left - THUMB}px`;
    rate.input.style.width = `${width - left - right + 2 * THUMB}px`;
    paintMap();
    curve.paint(lab.colors);
    strip.paint(lab.colors);
  };
  mapCanvas.addEventListener("focus", drawMap);
  mapCanvas.addEventListener("blur", drawMap);
  requestAnimationFrame(ask);
  return { layout, draw, close: () => time.halt() };
});
