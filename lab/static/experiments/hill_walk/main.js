/** The hill walk: a tangent felt out by the learner's code, the next step, the steps so far. */
import { chips } from "../../shared/buttons.js";
import { make } from "../../shared/dom.js";
import { draggable } from "../../shared/dragging.js";
import { experiment } from "../../shared/frame.js";
import { drawDot, drawStart } from "../../shared/marks.js";
import { drawAxes, plainTicks, Plot } from "../../shared/plot.js";
import { clamp, number } from "../../shared/scale.js";
import { logSlider, scrubber } from "../../shared/sliders.js";
import { HillPlot, plain, signed } from "./hill_plot.js";

const FLAT = 1e-2; // slopes smaller than this are told as flat

/** What the ground says at one point: {sign, words, key}. */
export const underfoot = (weight, slope, [low, high]) => {
  if (weight < low || weight > high) return { key: "gone", sign: "▲", words: "out of the picture" };
  if (Math.abs(slope) < FLAT) return { key: "flat", sign: "●", words: "flat: here the walk rests" };
  return slope < 0
    ? { key: "right", sign: "→", words: "downhill is to the right" }
    : { key: "left", sign: "←", words: "downhill is to the left" };
};

/** Which goals a walk meets once it has been watched up to `step`. */
export const goalsMet = (run, step, { steps, sprint, valleys, hilltop }) => {
  const { hill, start } = run.settings;
  const met = [];
  const reached = run.losses.findIndex((loss) => loss <= sprint.loss);
  if (hill === sprint.hill && Math.abs(start - valleys[0].weight) >= sprint.away - 1e-9 &&
    reached >= 0 && reached <= sprint.steps && step >= reached) met.push("hill.sprint");
  if (hill === "two valleys" && step === steps && run.note.ended === "left valley" && start > hilltop) met.push("hill.leap");
  return met;
};

export default experiment("hill_walk", "walk the hill", (lab) => {
  const { config, challenges } = lab;
  const { steps } = config;
  const hills = new Map(config.hills.map((hill) => [hill.name, hill]));
  const state = Object.assign(lab.state, lab.settings, { step: 0, run: null, ended: new Set() });
  const hillNow = () => hills.get(state.hill);
  const walkNow = () => (state.run?.settings.hill === state.hill ? state.run : null);
  const hilltop = (hill) => { // between two valleys: the highest place
    if (hill.valleys.length < 2) return -Infinity;
    const [low, high] = hill.range;
    const at = (i) => low + (i * (high - low)) / (hill.losses.length - 1);
    let best = -1;
    hill.losses.forEach((loss, i) => {
      if (at(i) > hill.valleys[0].weight && at(i) < hill.valleys[1].weight && (best < 0 || loss > hill.losses[best])) best = i;
    });
    return at(best);
  };

  // ---- elements -------------------------------------------------------------
  const badge = make("span", { class: "badge" });
  const finding = make("span", { class: "finding" });
  const hillText = make("p", {});
  const mapCanvas = make("canvas", {
    class: "map", tabindex: 0, role: "application", "aria-roledescription": "hill with a movable start",
  });
  const curveCanvas = make("canvas", { role: "img" });
  const chooser = chips({
    label: "Hill", value: state.hill, items: config.hills.map(({ name, title }) => ({ value: name, text: title })),
    onChange: (name) => {
      const { start, learning_rate } = hills.get(name);
      Object.assign(state, { hill: name, start, learning_rate });
      rate.value = learning_rate;
      time.halt();
      time.go(0);
      layoutPlots();
      ask();
      commit();
    },
  });
  const rate = logSlider({
    label: "Learning rate", ...config.rates, value: state.learning_rate, format: (v) => number(v),
    onInput: (v) => { state.learning_rate = v; ask(); }, onCommit: () => commit(),
  });
  const time = scrubber({
    steps, from: 0, perSecond: 4, what: "the walk", onStep: (k) => { state.step = k; draw(); tell(); judge(); },
  });
  const cell = (name) => {
    const value = make("span", { class: "figure" }, "–");
    return { value, element: make("div", {}, make("span", { class: "name" }, name), value) };
  };
  const cells = { weight: cell("weight"), loss: cell("loss"), slope: cell("slope"), step: cell("−\u00a0learning rate\u00a0·\u00a0slope"), next: cell("new weight") };
  const plots = make("div", { class: "plots" },
    make("figure", {}, make("figcaption", {}, "The hill", make("span", {}, "drag the start")), mapCanvas),
    make("figure", {}, make("figcaption", {}, "The loss, step by step"), curveCanvas));
  lab.root.append(
    make("p", { class: "verdict" }, badge, finding),
    make("div", { class: "chooser" }, chooser.element, hillText), lab.trouble.element, plots,
    make("div", { class: "sum" }, ...Object.values(cells).map(({ element }) => element)),
    make("div", { class: "controls-row" }, time.element,
      make("label", { class: "field wide" }, make("span", { class: "name" }, "learning rate"), rate.input, rate.output)),
    challenges.element, lab.status);

  const hillPlot = new HillPlot(mapCanvas);
  const curve = new Plot(curveCanvas);

  // ---- requests -------------------------------------------------------------
  const settingsWith = (start, learning_rate) => ({ hill: state.hill, start, learning_rate });
  const stride = () => (hillNow().range[1] - hillNow().range[0]) / 128;
  const rounded = (w) => Number(clamp(w, ...hillNow().range).toFixed(3));
  const runner = lab.runner({
    answer({ arrays: [weights, losses, slopes], note }, settings) {
      state.run = { weights, losses, slopes, note, settings };
      draw();
      tell();
      judge();
    },
    trouble() {
      state.run = null;
      draw();
    },
    *neighbors({ start }) {
      for (let d = 1; d <= 40; d++) {
        for (const way of [d, -d]) {
          if (rate.position + way >= 0 && rate.position + way <= rate.count) yield settingsWith(start, rate.valueAt(rate.position + way));
          yield settingsWith(rounded(start + way * stride()), state.learning_rate);
        }
      }
    },
  });
  const ask = () => runner.ask(settingsWith(state.start, state.learning_rate));
  const commit = () => lab.keep(settingsWith(state.start, state.learning_rate));
  const moveStart = (w) => {
    state.start = rounded(w);
    ask();
  };
  draggable(mapCanvas, {
    move: (px) => moveStart(hillPlot.x.invert(px)), stride: (dx) => moveStart(state.start + dx * stride()), commit,
  });

  // ---- words ----------------------------------------------------------------
  const place = (weight) => {
    const near = hillNow().valleys.find((valley) => Math.abs(valley.weight - weight) <= config.near);
    return near ? `in the ${near.name}` : "but not in a valley";
  };
  const tell = () => {
    const [run, step] = [walkNow(), state.step];
    if (!run) return;
    const [w, loss, slope] = [run.weights[step], run.losses[step], run.slopes[step]];
    const ground = underfoot(w, slope, hillNow().range);
    const text = `Step ${step}: weight ${plain(w)}, slope ${plain(slope)}${ground.key === "flat" ? `, ${place(w)}` : ""}.`;
    badge.textContent = `${ground.sign} ${ground.words}`;
    badge.dataset.ground = ground.key;
    finding.textContent = text;
    cells.weight.value.textContent = plain(w, 4);
    cells.loss.value.textContent = plain(loss, 4);
    cells.slope.value.textContent = plain(slope, 4);
    const moved = step < steps ? run.weights[step + 1] - w : NaN;
    const shown = Number.isFinite(moved) && ground.key !== "gone";
    cells.step.value.textContent = shown ? `−\u00a0${number(run.settings.learning_rate)}\u00a0·\u00a0${slope < 0 ? `(${plain(slope)})` : plain(slope)} = ${signed(moved)}` : "–";
    cells.next.value.textContent = shown ? plain(run.weights[step + 1], 4) : "–";
    lab.say(`${ground.words}. ${text}`);
    mapCanvas.setAttribute("aria-label", `Hill: loss against weight. Start at ${plain(run.settings.start)}; move it with the arrow keys. ${ground.words}. ${text}`);
    curveCanvas.setAttribute("aria-label", `Loss against step: from ${plain(run.losses[0])} to ${plain(loss)} at step ${step}.`);
  };

  // ---- goals ----------------------------------------------------------------
  const judge = () => {
    const [run, step] = [walkNow(), state.step];
    if (!run) return;
    const hill = hillNow();
    const said = {
      "hill.sprint": `Learning rate ${number(run.settings.learning_rate)} does it.`,
      "hill.leap": `From ${plain(run.settings.start)} a learning rate of ${number(run.settings.learning_rate)} is large enough to leap.`,
    };
    for (const name of goalsMet(run, step, { ...config, valleys: hill.valleys, hilltop: hilltop(hill) })) challenges.achieve(name, said[name]);
    if (run.settings.hill === "two valleys" && step === steps && run.note.ended) {
      state.ended.add(run.note.ended);
      if (state.ended.size === 2) challenges.achieve("hill.valleys", "The start decides, and the walker cannot know.");
      else if (!challenges.isDone("hill.valleys")) challenges.note("hill.valleys", `So far: the ${run.note.ended}.`);
    }
  };

  // ---- drawing --------------------------------------------------------------
  const drawHill = () => {
    const { colors } = lab;
    const [run, step] = [walkNow(), state.step];
    hillPlot.draw((context) => {
      const startLoss = lossAt(state.start);
      if (run) {
        const current = hillPlot.y(run.losses[step]);
        context.strokeStyle = colors.line;
        context.lineWidth = 1;
        context.setLineDash([3, 4]);
        context.beginPath();
        context.moveTo(hillPlot.x(run.weights[step]), current);
        context.lineTo(hillPlot.box.x + hillPlot.box.width, current);
        context.stroke();
        context.setLineDash([]);
        const at = (k) => [run.weights[k], run.losses[k]];
        hillPlot.stairs(context, run, step, colors);
        hillPlot.tangent(context, ...at(step), run.slopes[step], colors);
        if (step < steps) hillPlot.nextStep(context, at(step), at(step + 1), colors);
      }
      drawStart(context, hillPlot.box, hillPlot.x(state.start), hillPlot.y(startLoss), {
        colors, focused: document.activeElement === mapCanvas, text: step === 0 ? "" : "start",
      });
      if (run && step > 0) drawDot(context, hillPlot.x(run.weights[step]), hillPlot.y(run.losses[step]), 6.5, colors.blue, colors.paper, 2.5);
    });
  };

  /** Between the samples of the hill: only to place the start before its run comes. */
  const lossAt = (weight) => {
    const run = walkNow();
    if (run?.settings.start === state.start) return run.losses[0];
    const { range: [low, high], losses } = hillNow();
    const place = clamp(((weight - low) / (high - low)) * (losses.length - 1), 0, losses.length - 1.001);
    const i = Math.floor(place);
    return losses[i] + (losses[i + 1] - losses[i]) * (place - i);
  };

  const drawCurve = () => {
    const { colors } = lab;
    const [run, step] = [walkNow(), state.step];
    curve.draw((context) => {
      if (!run) return;
      const { x } = curve.box;
      const now = curve.y(run.losses[step]);
      context.strokeStyle = colors.line;
      context.lineWidth = 1;
      context.setLineDash([3, 4]);
      context.beginPath();
      context.moveTo(x, now);
      context.lineTo(curve.x(step), now);
      context.stroke();
      context.setLineDash([]);
      context.strokeStyle = colors.blue;
      context.lineWidth = 2;
      context.lineJoin = "round";
      context.beginPath();
      for (let k = 0; k <= step; k++) context.lineTo(curve.x(k), curve.y(run.losses[k]));
      context.stroke();
      for (let k = 0; k < step; k++) drawDot(context, curve.x(k), curve.y(run.losses[k]), 2.6, colors.blue, colors.paper, 1);
      drawDot(context, curve.x(step), now, 5.5, colors.blue, colors.paper);
    }, 8);
  };

  const draw = () => {
    drawHill();
    drawCurve();
  };

  // ---- layout ---------------------------------------------------------------
  let width = 0;
  const layoutPlots = () => {
    const narrow = width < 620;
    const hill = hillNow();
    const left = narrow ? width : Math.floor((width - 20) * 0.63);
    const height = narrow ? Math.round(clamp(width * 0.72, 220, 320)) : 340;
    hillPlot.place(left, height, hill);
    hillPlot.paint(lab.colors);
    curve.resize(narrow ? width : width - 20 - left, narrow ? 190 : height);
    curve.scales([0, steps], [-0.07 * hill.top, hill.top]); // level with the hill
    curve.background(lab.colors.paper, (context) => drawAxes(context, curve, lab.colors, {
      xTicks: plainTicks(0, steps, 4), yTicks: plainTicks(0, hill.top, 5), xName: "step", yName: "", grid: "y",
    }));
    plots.style.gridTemplateColumns = narrow ? "" : `${left}px 1fr`;
    hillText.textContent = hill.text;
  };
  const layout = (w) => {
    width = w;
    layoutPlots();
  };
  mapCanvas.addEventListener("focus", drawHill);
  mapCanvas.addEventListener("blur", drawHill);
  requestAnimationFrame(ask);
  return { layout, draw, close: () => time.halt() };
});
