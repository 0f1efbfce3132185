/** The learning-rate lab: path, loss curve, verdict, and the strip of all learning rates. */
import { draggable, logSlider, make, scrubber, THUMB } from "./controls.js";
import { drawLandscape, levels } from "./contour.js";
import { clamp, number, powerOfTen, spread } from "./scale.js";
import { drawAxes, drawSteps, haloText, MARGINS, plainTicks, Plot, powerTicks } from "./plot.js";
import { experiment } from "./experiment.js";

const LOOKS = {
  "too low": { sign: "▼", color: "orange", words: "too low" },
  "just right": { sign: "●", color: "blue", words: "just right" },
  "too high": { sign: "▲", color: "vermillion", words: "too high" },
};

/** The border 2/λmax and the best learning rate 2/(λmin + λmax) of a valley with λmin = 1. */
export const landmarks = (conditioning) => ({ border: 2 / conditioning, best: 2 / (1 + conditioning) });

/** Slider positions near `here`, nearest first. */
export const outward = function* (here, count) {
  for (let d = 1; d <= count; d++) {
    if (here + d <= count) yield here + d;
    if (here - d >= 0) yield here - d;
  }
};

/** Neighboring positions with the same verdict, as [{verdict, from, to}]; gaps end a run. */
export const stretches = (entries) => {
  const out = [];
  for (const { position, verdict } of entries) {
    const last = out.at(-1);
    if (last && last.verdict === verdict && last.to === position - 1) last.to = position;
    else out.push({ verdict, from: position, to: position });
  }
  return out;
};

/** One sentence on a run. */
export const sentence = (rate, losses, note, steps) => {
  const end = losses[losses.length - 1];
  const rest = note.verdict === "too high"
    ? end >= 1e29 ? "the loss grows beyond all bounds" : `the loss is ${number(end)} after ${steps} steps`
    : `loss ${number(end)} after ${steps} steps${note.reached === null ? "" : `, below 10⁻⁶ after ${note.reached}`}`;
  return `Learning rate ${number(rate)}: ${rest}.`;
};

const logLoss = (loss) => Math.log10(Math.max(loss, 1e-30));

const STRIP = [-18, 5]; // exponents of the losses in the strip
const STRIP_TICKS = [-16, -8, 0].map((e) => [e, powerOfTen(e)]);
const GRID = { nx: 121, ny: 85 };

export default experiment("learning rate", (lab) => {
  const { config, challenges } = lab;
  const { steps, goal } = config;
  const [lossLow, lossHigh] = config.losses;
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
    controls, challenges.element, lab.status);

  const map = new Plot(mapCanvas);
  const curve = new Plot(curveCanvas);
  const strip = new Plot(stripCanvas, { top: 20, bottom: 22 });

  let held = null; // the run on screen when the hand took hold: it stays as a ghost

  // ---- requests -------------------------------------------------------------
  const settingsWith = (position) => ({
    learning_rate: rate.valueAt(position), start: state.start, conditioning: state.conditioning,
  });
  const runner = lab.runner({
    answer(result, settings) {
      const [path, losses] = result.arrays;
      state.run = { path, losses, note: result.note, settings };
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
    },
    grown: () => drawStrip(),
    *neighbors() {
      for (const position of outward(rate.position, rate.count)) yield settingsWith(position);
    },
  });
  const ask = () => runner.ask(settingsWith(rate.position));
  const change = (changes) => {
    if (!held && state.run) held = state.run;
    const reshaped = "conditioning" in changes && changes.conditioning !== state.conditioning;
    Object.assign(state, changes);
    if (reshaped) paintMap();
    if (reshaped || "start" in changes) state.ghost = held = null;
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
    const { colors } = lab;
    const { nx, ny } = GRID;
    const values = new Float32Array(nx * ny);
    for (let j = 0; j < ny; j++) {
      for (let i = 0; i < nx; i++) {
        const x = (2 * i / (nx - 1) - 1) * config.width;
        const y = (2 * j / (ny - 1) - 1) * state.height;
        values[j * nx + i] = 0.5 * (x * x + state.conditioning * y * y);
      }
    }
    const heights = levels(0.5, 0.5 * (config.width ** 2 + state.conditioning * state.height ** 2), 13);
    map.background(colors.paper, (context) => {
      drawLandscape(context, map.box, { values, nx, ny, levels: heights }, colors);
      drawAxes(context, map, colors, {
        xTicks: plainTicks(-config.width, config.width, 4), yTicks: plainTicks(-state.height, state.height, 4),
        xName: "weight w₀", yName: "weight w₁",
      });
    });
  };

  const drawMap = () => {
    const { colors } = lab;
    map.draw((context) => {
      const [mx, my] = [map.x(0), map.y(0)];
      context.strokeStyle = colors.ink;
      context.lineWidth = 1.5;
      context.beginPath();
      context.moveTo(mx - 5, my);
      context.lineTo(mx + 5, my);
      context.moveTo(mx, my - 5);
      context.lineTo(mx, my + 5);
      context.stroke();
      if (state.run && !state.locked) {
        const color = colors[LOOKS[state.run.note.verdict].color];
        drawSteps(context, map, state.run.path, state.step, { color, halo: colors.paper });
      }
      const [x, y] = [map.x(state.start[0]), map.y(state.start[1])];
      const focused = document.activeElement === mapCanvas;
      context.beginPath();
      context.arc(x, y, 7.5, 0, 7);
      context.fillStyle = colors.ink;
      context.fill();
      context.strokeStyle = colors.paper;
      context.lineWidth = 2.5;
      context.stroke();
      if (focused) {
        context.beginPath();
        context.arc(x, y, 12, 0, 7);
        context.strokeStyle = colors.ink;
        context.lineWidth = 1.5;
        context.stroke();
      }
      context.font = colors.font(12, 600);
      context.textBaseline = "middle";
      const right = x < map.box.x + map.box.width - 60;
      context.textAlign = right ? "left" : "right";
      haloText(context, "start", x + (right ? 14 : -14), clamp(y - 13, map.box.y + 9, map.box.y + map.box.height - 9), colors.ink, colors.paper);
    });
  };

  const traceLosses = (context, losses, upTo) => {
    context.beginPath();
    for (let i = 0; i <= upTo; i++) context.lineTo(curve.x(i), curve.y(logLoss(losses[i])));
    context.stroke();
  };

  /** Where a curve leaves the picture: {x, y, above}. */
  const exit = (losses) => {
    let k = 0;
    while (k < steps && logLoss(losses[k]) > lossLow && logLoss(losses[k]) <= lossHigh) k++;
    return { x: curve.x(k), y: curve.y(clamp(logLoss(losses[k]), lossLow, lossHigh)) };
  };

  const drawCurve = () => {
    const { colors } = lab;
    curve.draw((context) => {
      const { x, width, y, height } = curve.box;
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
      if (state.locked) return;
      const labels = [];
      if (state.ghost && state.ghost !== state.run) {
        context.strokeStyle = colors.soft;
        context.lineWidth = 1.5;
        context.setLineDash([5, 4]);
        traceLosses(context, state.ghost.losses, steps);
        context.setLineDash([]);
        labels.push({ run: state.ghost, text: `before: ${number(state.ghost.settings.learning_rate)}`, color: colors.soft });
      }
      if (state.run) {
        const look = LOOKS[state.run.note.verdict];
        const color = colors[look.color];
        context.strokeStyle = color;
        context.lineJoin = "round";
        context.globalAlpha = 0.25;
        context.lineWidth = 1.5;
        traceLosses(context, state.run.losses, steps);
        context.globalAlpha = 1;
        context.lineWidth = 2.5;
        traceLosses(context, state.run.losses, state.step);
        const now = curve.y(clamp(logLoss(state.run.losses[state.step]), lossLow - 1, lossHigh + 1));
        context.beginPath();
        context.arc(curve.x(state.step), now, 5, 0, 7);
        context.fillStyle = color;
        context.fill();
        context.strokeStyle = colors.paper;
        context.lineWidth = 2;
        context.stroke();
        labels.push({ run: state.run, text: `${look.sign} ${number(state.run.settings.learning_rate)}`, color: colors.ink, bold: true });
      }
      const ends = labels.map(({ run }) => exit(run.losses));
      const lowest = Math.max(...ends.map((end) => end.y)); // its label goes below, the other's above
      const places = spread(ends.map((end) => end.y + (ends.length > 1 && end.y === lowest ? 14 : -14)), 17, y + 10, y + height - 24);
      context.textBaseline = "middle";
      labels.forEach(({ text, color, bold }, i) => {
        context.font = colors.font(12, bold ? 600 : 400);
        const wide = context.measureText(text).width;
        context.textAlign = "left";
        haloText(context, text, clamp(ends[i].x + 8, x + 4, x + width - wide - 8), places[i], color, colors.paper);
      });
    }, 7);
  };

  const paintCurve = () => {
    const { colors } = lab;
    curve.background(colors.paper, (context) => drawAxes(context, curve, colors, {
      xTicks: plainTicks(0, steps, 5), yTicks: powerTicks(lossLow, lossHigh, 8), xName: "step", yName: "loss", grid: "y",
    }));
  };

  const paintStrip = () => {
    const { colors } = lab;
    strip.background(colors.paper, (context) => drawAxes(context, strip, colors, {
      xTicks: powerTicks(config.rates.low, config.rates.high, 6), yTicks: STRIP_TICKS,
      xName: "", yName: "", grid: "xy",
    }));
  };

  const drawStrip = () => {
    const { colors } = lab;
    const { x, y, width, height } = strip.box;
    const entries = [];
    if (!state.locked) {
      for (let position = 0; position <= rate.count; position++) {
        const known = runner.get(settingsWith(position));
        if (known) entries.push({ position, verdict: known.note.verdict, loss: known.arrays[1].at(-1) });
      }
    }
    state.strip = entries.length;
    const at = (position) => strip.x(config.rates.low + position * config.rates.step);
    strip.draw((context) => {
      if (state.theory && !state.locked) {
        const { border } = landmarks(state.conditioning);
        const edge = strip.x(Math.log10(border));
        context.fillStyle = colors.vermillion;
        context.globalAlpha = 0.12;
        context.fillRect(edge, y, x + width - edge, height);
        context.globalAlpha = 0.35;
        context.strokeStyle = colors.vermillion;
        context.lineWidth = 1;
        context.beginPath();
        for (let k = edge - height; k < x + width; k += 9) { // hatching: not by color alone
          const from = Math.max(k, edge);
          context.moveTo(from, y + height - (from - k));
          context.lineTo(k + height, y);
        }
        context.stroke();
        context.globalAlpha = 1;
      }
      context.lineWidth = 2.5;
      context.lineJoin = "round";
      for (const { verdict, from, to } of stretches(entries)) {
        context.strokeStyle = colors[LOOKS[verdict].color];
        context.beginPath();
        for (const entry of entries) {
          if (entry.position < from || entry.position > to + 1) continue;
          context.lineTo(at(entry.position), strip.y(clamp(logLoss(entry.loss), STRIP[0] + 0.5, STRIP[1] + 1)));
        }
        if (from === to) context.lineTo(at(from) + 1, strip.y(clamp(logLoss(entries.find((e) => e.position === from).loss), STRIP[0] + 0.5, STRIP[1] + 1)));
        context.stroke();
      }
      context.strokeStyle = colors.ink;
      context.lineWidth = 1.5;
      context.beginPath();
      context.moveTo(at(rate.position), y);
      context.lineTo(at(rate.position), y + height);
      context.stroke();
    });
    const context = strip.context;
    context.font = colors.font(11);
    context.textBaseline = "middle";
    for (const { verdict, from, to } of stretches(entries)) {
      const look = LOOKS[verdict];
      const [a, b] = [at(from), at(to)];
      context.fillStyle = colors[look.color];
      context.fillRect(a, y - 5, Math.max(1.5, b - a), 3);
      const text = `${look.sign} ${look.words}`;
      if (context.measureText(text).width < b - a) {
        context.textAlign = "center";
        context.fillStyle = colors.ink;
        context.fillText(text, (a + b) / 2, y - 13);
      }
    }
    if (state.theory && !state.locked) drawLandmarks(context);
  };

  const drawLandmarks = (context) => {
    const { colors } = lab;
    const { x, y, width, height } = strip.box;
    const { border, best } = landmarks(state.conditioning);
    const marks = [
      { value: best, texts: ["best: 2/(λmin + λmax)", "best"], dash: [4, 3], align: "right", row: y + height - 12 },
      { value: border, texts: ["border: 2/λmax", "border"], dash: [], align: "left", row: y + 12 },
    ];
    for (const { value, texts, dash, align, row } of marks) {
      const at = strip.x(Math.log10(value));
      context.strokeStyle = align === "left" ? colors.vermillion : colors.ink;
      context.lineWidth = 1.5;
      context.setLineDash(dash);
      context.beginPath();
      context.moveTo(at, y);
      context.lineTo(at, y + height);
      context.stroke();
      context.setLineDash([]);
      context.font = colors.font(11, 600);
      const roomy = (text) => {
        const room = context.measureText(text).width + 8;
        return align === "right" ? at - room > x : at + room < x + width;
      };
      const text = texts.find(roomy) ?? texts[1];
      context.textAlign = roomy(text) ? align : align === "left" ? "right" : "left";
      haloText(context, text, at + (context.textAlign === "left" ? 6 : -6), row, colors.ink, colors.paper);
    }
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
    const box = map.resize(each, height);
    state.height = Number(((config.width * box.height) / box.width).toFixed(3)); // equal scales: the path meets contours squarely
    map.scales([-config.width, config.width], [-state.height, state.height]);
    curve.resize(each, height);
    curve.scales([0, steps], config.losses);
    strip.resize(width, narrow ? 104 : 116);
    strip.scales([config.rates.low, config.rates.high], STRIP);
    const { left, right } = MARGINS;
    rate.input.style.marginLeft = `${left - THUMB}px`;
    rate.input.style.width = `${width - left - right + 2 * THUMB}px`;
    paintMap();
    paintCurve();
    paintStrip();
  };
  mapCanvas.addEventListener("focus", drawMap);
  mapCanvas.addEventListener("blur", drawMap);
  requestAnimationFrame(ask);
  return { layout, draw, close: () => time.halt() };
});
