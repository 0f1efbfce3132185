/** The race: four runners on one landscape, their losses, and a slider for each. */
import { chips, codeButton, draggable, logSlider, make, scrubber } from "./controls.js";
import { levels } from "./contour.js";
import { clamp, number, spread } from "./scale.js";
import { drawSteps, haloText } from "./plot.js";
import { drawDot, drawMinimum, drawShape, drawStart } from "./marks.js";
import { LossCurves } from "./loss_curves.js";
import { Terrain } from "./terrain.js";
import { experiment } from "./experiment.js";

/** How each runner looks; a shape beside the color. */
const RUNNER_LOOKS = {
  SGD: { shape: "disc", sign: "●", color: "blue" },
  Momentum: { shape: "square", sign: "■", color: "vermillion" },
  RMSprop: { shape: "triangle", sign: "▲", color: "green" },
  Adam: { shape: "diamond", sign: "◆", color: "purple" },
};

/** The runners by their loss at a step, the lowest first. */
export const ranking = (runs, step) =>
  Object.entries(runs).map(([name, { losses }]) => ({ name, loss: losses[step] })).sort((a, b) => a.loss - b.loss);

const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;
const same = (a, b) => a.every((value, i) => Math.abs(value - b[i]) < 1e-9);

/** The goals that a finished race meets, as {name: the runner who did it}. */
export const raceGoals = ({ settings, runs }, land, { escape, calm }) => {
  const met = {};
  const { SGD, Adam } = runs;
  if (land.name === "ravine" && SGD && Adam && same(settings.start, land.start) && settings.rates.Adam === land.rates.Adam &&
    SGD.losses.at(-1) < Adam.losses.at(-1)) met["race.sgd"] = "SGD";
  if (land.name === "saddle" && SGD && Math.abs(settings.start[1]) <= escape.pass) {
    const out = SGD.losses.findIndex((loss) => loss <= escape.loss);
    if (out >= 0 && out <= escape.steps) met["race.saddle"] = "SGD";
  }
  if (land.name === "noisy bowl") {
    const quiet = Object.entries(runs).find(([, { losses }]) => mean([...losses.slice(-calm.steps)]) < calm.loss);
    if (quiet) met["race.noise"] = quiet[0];
  }
  return met;
};

/** A race as code for a cell of a notebook. */
export const raceCode = ({ landscape, start, rates, runners }) => [
  `from course.optimizers import ${runners.join(", ")}`,
  "from lab.data.landscapes import LANDSCAPES",
  "from lab.experiments.optimizer_race import STEPS, raced",
  "",
  `land = LANDSCAPES["${landscape}"]`,
  `start = [${start.join(", ")}]`,
  `rates = {${runners.map((name) => `${name}: ${rates[name]}`).join(", ")}}`,
  "paths = {",
  "    runner.__name__: raced(runner, runner.__name__, rate, land, start, land.noises(STEPS))",
  "    for runner, rate in rates.items()",
  "}",
].join("\n");

export default experiment("optimizer_race", "race of optimizers", (lab) => {
  const { config, challenges } = lab;
  const { steps, runners: names } = config;
  const [nx, ny] = config.grid;
  const lands = new Map(config.landscapes.map((land) => [land.name, land]));
  const state = Object.assign(lab.state, structuredClone(lab.settings), { step: 0, run: null, moved: names[0] });
  const land = () => lands.get(state.landscape);
  const terrains = (() => { // what Python computed, one grid for each landscape
    const view = lab.trait("terrain");
    const bytes = view.buffer.slice(view.byteOffset, view.byteOffset + view.byteLength);
    const all = new Float32Array(bytes);
    return new Map(config.landscapes.map(({ name }, i) => [name, all.subarray(i * nx * ny, (i + 1) * nx * ny)]));
  })();

  // ---- elements -------------------------------------------------------------
  const badge = make("span", { class: "badge" });
  const finding = make("span", { class: "finding" });
  const landText = make("p", {});
  const mapCanvas = make("canvas", {
    class: "map", tabindex: 0, role: "application", "aria-roledescription": "map with a movable start",
  });
  const curveCanvas = make("canvas", { role: "img", "aria-label": "Loss against step for each runner." });
  const chooser = chips({
    label: "Landscape", value: state.landscape, items: config.landscapes.map(({ name, title }) => ({ value: name, text: title })),
    onChange: (name) => {
      state.landscape = name;
      place();
      presets();
    },
  });
  const time = scrubber({ steps, from: 0, what: "the race", perSecond: 20, onStep: (k) => { state.step = k; draw(); tell(); } });
  const lanes = new Map(names.map((name) => {
    const look = RUNNER_LOOKS[name];
    const slider = logSlider({
      label: `Learning rate of ${name}`, ...config.rates, value: state.rates[name], format: (v) => number(v),
      onInput: (v) => {
        state.rates = { ...state.rates, [name]: v };
        state.moved = name;
        finish();
        ask();
      },
      onCommit: () => commit(),
    });
    const toggle = make("button", {
      type: "button", class: "runner", "aria-pressed": "true", title: `Let ${name} run, or not`, onclick: () => switchRunner(name),
    }, make("span", { class: "sign", style: `color: var(--${look.color})`, "aria-hidden": "true" }, look.sign), name);
    const loss = make("span", { class: "loss" });
    const element = make("div", { class: "lane" }, toggle, slider.input, slider.output, loss);
    return [name, { slider, toggle, loss, element }];
  }));
  const again = make("button", { type: "button", onclick: () => presets() }, "back to the presets");
  lab.root.append(
    make("p", { class: "verdict" }, badge, finding),
    make("div", { class: "chooser" }, chooser.element, landText), lab.trouble.element,
    make("div", { class: "plots" },
      make("figure", {}, make("figcaption", {}, "The race on the loss", make("span", {}, "drag the start")), mapCanvas),
      make("figure", {}, make("figcaption", {}, "The loss, step by step"), curveCanvas)),
    make("div", { class: "controls-row" }, time.element, again),
    make("div", { class: "lanes", role: "group", "aria-label": "Runners" },
      make("div", { class: "lane head", "aria-hidden": "true" }, make("span", {}, "runner"), make("span", {}, "learning rate"), make("span", {}), make("span", { class: "loss" }, "loss")),
      ...[...lanes.values()].map(({ element }) => element)),
    challenges.element, codeButton(() => raceCode(settings())), lab.status);

  const map = new Terrain(mapCanvas);
  const curve = new LossCurves(curveCanvas, { steps, low: -8, high: 3, margins: { right: 122 } });

  // ---- requests -------------------------------------------------------------
  const settings = (changes = {}) => ({ landscape: state.landscape, start: state.start, rates: state.rates, runners: state.runners, ...changes });
  const runner = lab.runner({
    answer({ arrays, note }, asked) {
      const runs = {};
      note.runners.forEach((name, i) => { runs[name] = { path: arrays[2 * i], losses: arrays[2 * i + 1] }; });
      state.run = { runs, absent: note.absent, settings: asked };
      draw();
      tell();
      judge();
    },
    trouble() {
      state.run = null;
      draw();
      tell();
    },
    *neighbors() {
      const { slider } = lanes.get(state.moved);
      for (let d = 1; d <= 60; d++) {
        for (const position of [slider.position + d, slider.position - d]) {
          if (position >= 0 && position <= slider.count) yield settings({ rates: { ...state.rates, [state.moved]: slider.valueAt(position) } });
        }
      }
    },
  });
  const ask = () => runner.ask(settings());
  const commit = () => lab.keep(settings());
  const presets = () => {
    const { start, rates } = land();
    Object.assign(state, { start: [...start], rates: { ...rates } });
    for (const [name, { slider }] of lanes) slider.value = rates[name];
    time.halt();
    time.go(0);
    ask();
    commit();
  };
  /** A change is seen at once: the whole race is shown. */
  const finish = () => {
    if (state.step === steps) return;
    time.halt();
    time.go(steps);
  };
  const switchRunner = (name) => {
    const runs = state.runners.includes(name);
    if (runs && state.runners.length === 1) return; // someone has to run
    state.runners = names.filter((other) => (other === name ? !runs : state.runners.includes(other)));
    ask();
    commit();
    tell();
  };
  const moveStart = (x, y) => {
    const digits = land().x[1] - land().x[0] > 8 ? 2 : 3;
    state.start = [clamp(x, ...land().x), clamp(y, ...land().y)].map((v) => Number(v.toFixed(digits)));
    finish();
    ask();
  };
  const strides = () => [land().x, land().y].map(([low, high]) => Number(((high - low) / 100).toPrecision(1)));
  draggable(mapCanvas, {
    move: (px, py) => moveStart(map.x.invert(px), map.y.invert(py)),
    stride: (dx, dy) => moveStart(state.start[0] + dx * strides()[0], state.start[1] + dy * strides()[1]),
    commit,
  });

  // ---- words ----------------------------------------------------------------
  const tell = () => {
    const { run, step } = state;
    for (const [name, { toggle, loss, element, slider }] of lanes) {
      const on = state.runners.includes(name);
      toggle.setAttribute("aria-pressed", String(on));
      element.classList.toggle("off", !on);
      slider.input.disabled = !on;
      const absent = run?.absent.includes(name);
      const value = run?.runs[name]?.losses[step];
      loss.textContent = absent ? "not written yet" : value === undefined ? "–" : lossWords(value);
    }
    const order = run && step > 0 ? ranking(run.runs, step) : [];
    const lead = order[0];
    badge.textContent = lead ? `${RUNNER_LOOKS[lead.name].sign} ${lead.name} ${order.length === 1 ? "runs" : "leads"}` : "";
    if (lead) badge.style.setProperty("--sign", `var(--${RUNNER_LOOKS[lead.name].color})`);
    const rest = order.slice(1).map(({ name, loss }) => `${name} ${lossWords(loss)}`).join(", ");
    const waits = run?.absent.length ? ` Write ${run.absent.map((name) => `${name}`).join(" and ")} to see ${run.absent.length > 1 ? "them" : "it"} run.` : "";
    if (run && step === 0) {
      badge.textContent = "● ready";
      badge.style.removeProperty("--sign");
      finding.textContent = `Who will lead on the ${land().title}? Say it first, then press play.${waits}`;
    } else finding.textContent = lead ? `after ${step} steps, with loss ${lossWords(lead.loss)}.${waits}` : "";
    mapCanvas.setAttribute("aria-label", `Paths of the runners on the ${land().title}. Start at ${state.start.join(", ")}; move it with the arrow keys.`);
    if (!lead) return;
    const text = `On the ${land().title}, ${lead.name} has the lowest loss after ${step} steps, ${lossWords(lead.loss)}${rest ? `; ${rest}` : ""}.${waits}`;
    lab.say(text);
    curveCanvas.setAttribute("aria-label", `Loss against step for each runner. ${text}`);
  };
  const lossWords = (loss) => (loss >= 1e29 ? "beyond all bounds" : loss < 1e-29 ? "0" : number(loss));

  // ---- goals ----------------------------------------------------------------
  const judge = () => {
    const met = raceGoals(state.run, lands.get(state.run.settings.landscape), config);
    const { rates } = state.run.settings;
    const said = {
      "race.sgd": () => `Learning rate ${number(rates.SGD)}: below the border 2/40, and close to the best.`,
      "race.saddle": () => `Learning rate ${number(rates.SGD)} multiplies the distance from the line by ${number(1 + rates.SGD)} a step.`,
      "race.noise": () => `${met["race.noise"]} is quiet at ${number(rates[met["race.noise"]])}; how far could it still travel?`,
    };
    for (const name of Object.keys(met)) challenges.achieve(name, said[name]());
  };

  // ---- drawing --------------------------------------------------------------
  const drawMap = () => {
    const { colors } = lab;
    const { run, step } = state;
    map.draw((context) => {
      for (const [x, y] of land().lowest) drawMinimum(context, map.x(x), map.y(y), colors.ink);
      const entries = run && run.settings.landscape === state.landscape ? Object.entries(run.runs) : [];
      for (const [name, { path }] of entries) {
        drawSteps(context, map, path, step, { color: colors[RUNNER_LOOKS[name].color], halo: colors.paper, dot: 2 });
      }
      drawStart(context, map.box, map.x(state.start[0]), map.y(state.start[1]), { colors, focused: document.activeElement === mapCanvas });
      for (const [name, { path }] of step > 0 ? entries : []) {
        const look = RUNNER_LOOKS[name];
        drawShape(context, look.shape, map.x(path[2 * step]), map.y(path[2 * step + 1]), 6, colors[look.color], colors.paper);
      }
    });
  };

  const drawCurve = () => {
    const { colors } = lab;
    const { run, step } = state;
    const entries = run && run.settings.landscape === state.landscape ? Object.entries(run.runs) : [];
    curve.draw((context) => {
      context.lineJoin = "round";
      for (const [name, { losses }] of entries) {
        context.strokeStyle = colors[RUNNER_LOOKS[name].color];
        context.lineWidth = 2.2;
        curve.trace(context, losses, step);
      }
      if (step === 0 && entries.length) drawDot(context, curve.x(0), curve.heightOf(entries[0][1].losses[0]), 5, colors.ink, colors.paper);
      for (const [name, { losses }] of step > 0 ? entries : []) {
        const look = RUNNER_LOOKS[name];
        drawShape(context, look.shape, curve.x(step), clamp(curve.heightOf(losses[step]), curve.box.y + 4, curve.box.y + curve.box.height - 4), 5, colors[look.color], colors.paper);
      }
    }, 8);
    const { context } = curve;
    const { x, y, width, height } = curve.box;
    const ends = entries.map(([, { losses }]) => clamp(curve.heightOf(losses[step]), y + 4, y + height - 4));
    const places = spread(ends, 16, y + 6, y + height - 6);
    context.font = colors.font(12, 600);
    context.textAlign = "left";
    context.textBaseline = "middle";
    entries.forEach(([name], i) => {
      const look = RUNNER_LOOKS[name];
      drawShape(context, look.shape, x + width + 18, places[i], 4, colors[look.color], colors.paper);
      haloText(context, name, x + width + 28, places[i], colors.ink, colors.paper);
    });
  };

  const draw = () => {
    drawMap();
    drawCurve();
  };

  // ---- layout ---------------------------------------------------------------
  let total = 0;
  const place = () => {
    const { x, y, contours, exponents, text } = land();
    const each = total < 620 ? total : Math.floor((total - 20) / 2);
    const height = Math.round(clamp(each * 0.74, 230, 360));
    map.place(each, height, x, y);
    map.paint(lab.colors, { values: terrains.get(state.landscape), nx, ny, levels: levels(...contours, 13) });
    [curve.low, curve.high] = exponents;
    curve.place(each, height);
    curve.paint(lab.colors);
    landText.textContent = text;
  };
  const layout = (width) => {
    total = width;
    place();
  };
  mapCanvas.addEventListener("focus", drawMap);
  mapCanvas.addEventListener("blur", drawMap);
  requestAnimationFrame(ask);
  return { layout, draw, close: () => time.halt() };
});
