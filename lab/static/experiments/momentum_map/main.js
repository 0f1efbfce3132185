/** The map of learning rates and momenta: every cell a run of the learner's code, one of them shown. */
import { codeButton } from "../../shared/buttons.js";
import { levels } from "../../shared/contour.js";
import { make } from "../../shared/dom.js";
import { experiment } from "../../shared/frame.js";
import { LossCurves } from "../../shared/loss_curves.js";
import { drawMinimum, drawStart } from "../../shared/marks.js";
import { drawAxes, drawSteps, plainTicks } from "../../shared/plot.js";
import { clamp, number } from "../../shared/scale.js";
import { sampled, Terrain } from "../../shared/terrain.js";
import { CellField, momentumTheory } from "./cell_field.js";

/** A cell's run as code for a cell of a notebook. */
export const cellCode = ({ learning_rate, momentum }, { steps, curvatures, start }) => [
  "import numpy as np",
  "from course.optimizers import Momentum",
  "",
  `ball = Momentum(learning_rate=${learning_rate}, momentum=${momentum})`,
  `curvatures = np.array([${curvatures.join(", ")}])`,
  `path = [np.array([${start.join(", ")}])]`,
  `for step in range(${steps}):`,
  "    path.append(ball.update(path[-1], curvatures * path[-1]))",
].join("\n");

export default experiment("momentum_map", "map of learning rates and momenta", (lab) => {
  const { config, challenges } = lab;
  const { steps, curvatures, rates, momenta } = config;
  const [columns, rows] = [rates.count, momenta.count];
  const theory = momentumTheory(curvatures);
  const rateAt = (column) => Number(((column + 1) * rates.step).toFixed(6));
  const momentumAt = (row) => Number((row * momenta.step).toFixed(6));
  const settingsAt = (column, row) => ({ learning_rate: rateAt(column), momentum: momentumAt(row) });
  const cellOf = ({ learning_rate, momentum }) => [Math.round(learning_rate / rates.step) - 1, Math.round(momentum / momenta.step)];
  const factors = new Float32Array(columns * rows).fill(NaN);
  const state = Object.assign(lab.state, { cell: cellOf(lab.settings), preview: null, run: null, factors, theory: challenges.isDone("momentum.fastest") });
  const at = ([column, row]) => factors[row * columns + column];

  // ---- elements -------------------------------------------------------------
  const badge = make("span", { class: "badge" });
  const finding = make("span", { class: "finding" });
  const fieldCanvas = make("canvas", {
    class: "map", tabindex: 0, role: "application", "aria-roledescription": "map of cells",
  });
  const mapCanvas = make("canvas", { role: "img" });
  const curveCanvas = make("canvas", { role: "img" });
  const keyCanvas = make("canvas", { role: "img", "aria-label": "Key: the further a cell stands out, the faster the error shrinks there; hatched cells diverge." });
  const theoryBox = make("input", { type: "checkbox", onchange: () => { state.theory = theoryBox.checked; drawField(); } });
  theoryBox.checked = state.theory;
  const progress = make("span", { class: "runs" });
  const legend = make("div", { class: "legend" },
    make("span", { class: "small" }, "each step multiplies the error by"), keyCanvas,
    make("label", { class: "check" }, theoryBox, "show the theory"), progress);
  const plots = make("div", { class: "plots" },
    make("figure", { class: "field-figure" }, make("figcaption", {}, "Every cell is a run", make("span", {}, "point at one, or use the arrow keys")), fieldCanvas),
    make("div", { class: "side" },
      make("figure", {}, make("figcaption", {}, "Its path on the loss"), mapCanvas),
      make("figure", {}, make("figcaption", {}, "Its loss, step by step"), curveCanvas)));
  lab.root.append(make("p", { class: "verdict" }, badge, finding), lab.trouble.element, plots, legend, challenges.element,
    codeButton(() => cellCode(settingsAt(...state.cell), config)), lab.status);

  const field = new CellField(fieldCanvas, { columns, rows, factorAt: (column, row) => factors[row * columns + column] });
  const map = new Terrain(mapCanvas, { bottom: 36 });
  const curve = new LossCurves(curveCanvas, { steps, low: -8, high: 4, margins: { bottom: 36 } });

  // ---- requests -------------------------------------------------------------
  const shownCell = () => state.preview ?? state.cell;
  const take = (settings, result) => {
    const [column, row] = cellOf(settings);
    factors[row * columns + column] = result.note.factor;
    return [column, row];
  };
  const runner = lab.runner({
    answer(result, settings) {
      const cell = take(settings, result);
      field.paintCell(cell);
      state.run = { path: result.arrays[0], losses: result.arrays[1], factor: result.note.factor, settings };
      draw();
      tell();
      count();
    },
    grown(asked, results) {
      results.forEach((result, i) => result && field.paintCell(take(asked[i], result)));
      drawField();
      count();
    },
    renewed() {
      factors.fill(NaN);
      field.fresh(lab.colors);
      count();
    },
    trouble() {
      state.run = null;
      draw();
      count();
    },
    *neighbors() {
      for (const [column, row] of field.order) {
        if (Number.isNaN(factors[row * columns + column])) yield settingsAt(column, row);
      }
    },
  }, { most: 2 * columns * rows, batch: 64 });
  const ask = () => runner.ask(settingsAt(...shownCell()));
  const choose = (column, row) => {
    state.cell = [clamp(column, 0, columns - 1), clamp(row, 0, rows - 1)];
    state.preview = null;
    ask();
  };
  const commit = () => {
    lab.keep(settingsAt(...state.cell));
    judge();
  };
  const cellAt = (event) => {
    const box = fieldCanvas.getBoundingClientRect();
    return field.cellAt(event.clientX - box.left, event.clientY - box.top);
  };
  fieldCanvas.addEventListener("pointerdown", (event) => {
    fieldCanvas.setPointerCapture(event.pointerId);
    choose(...cellAt(event));
  });
  fieldCanvas.addEventListener("pointermove", (event) => {
    if (fieldCanvas.hasPointerCapture(event.pointerId)) choose(...cellAt(event));
    else {
      const cell = cellAt(event);
      if (String(cell) === String(state.preview)) return;
      state.preview = cell;
      ask();
    }
  });
  fieldCanvas.addEventListener("pointerup", commit);
  fieldCanvas.addEventListener("pointerleave", () => {
    if (!state.preview) return;
    state.preview = null;
    ask();
  });
  fieldCanvas.addEventListener("keydown", (event) => {
    const way = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] }[event.key];
    if (!way) return;
    event.preventDefault();
    const by = event.shiftKey ? 5 : 1;
    choose(state.cell[0] + way[0] * by, state.cell[1] + way[1] * by);
    commit();
  });

  // ---- words ----------------------------------------------------------------
  const describe = ({ settings, factor }) => {
    const pair = `learning rate ${number(settings.learning_rate)}, momentum ${number(settings.momentum)}`;
    return factor < 1
      ? `${pair}: the error shrinks to ${number(factor)} of itself in each step.`
      : `${pair}: the error grows, ${factor >= config.strong ? "beyond all bounds" : `${number(factor)} times in each step`}.`;
  };
  const tell = () => {
    const { run } = state;
    if (!run) return;
    const converges = run.factor < 1;
    badge.textContent = converges ? "● converges" : "▲ diverges";
    badge.dataset.converges = String(converges);
    const text = describe(run);
    finding.textContent = text[0].toUpperCase() + text.slice(1);
    lab.say(`${converges ? "Converges" : "Diverges"}. ${text}`);
    fieldCanvas.setAttribute("aria-label", `Map: learning rate across, momentum up. Cell shown: ${text} Move with the arrow keys, by five with shift.`);
    mapCanvas.setAttribute("aria-label", `Path of the cell shown. ${text}`);
    curveCanvas.setAttribute("aria-label", `Loss against step: ${number(run.losses[0])} at the start, ${run.losses[steps] >= 1e29 ? "beyond all bounds" : number(run.losses[steps])} after ${steps} steps.`);
  };
  const count = () => {
    const done = factors.reduce((sum, factor) => sum + !Number.isNaN(factor), 0);
    state.done = done;
    const rest = columns * rows - done;
    progress.textContent = rest ? `${done} of ${columns * rows} runs` : `${done} runs of your code`;
  };

  // ---- goals ----------------------------------------------------------------
  const fastest = () => {
    let low = 0;
    for (let k = 1; k < factors.length; k++) if (factors[k] < (Number.isNaN(factors[low]) ? Infinity : factors[low])) low = k;
    return [low % columns, Math.floor(low / columns)];
  };
  challenges.action("momentum.fastest", make("button", {
    type: "button",
    onclick: () => {
      const [here, best] = [at(state.cell), at(fastest())];
      if (state.done < factors.length) challenges.note("momentum.fastest", "Wait until the map is complete.");
      else if (here <= best + 0.01) {
        challenges.achieve("momentum.fastest", `Yes: ${number(here)} a step. Theory says learning rate ${number(theory.best.rate)}, momentum ${number(theory.best.momentum)} in the long run.`);
        theoryBox.checked = state.theory = true;
        drawField();
      } else challenges.note("momentum.fastest", `Not yet: here it is ${number(here)} a step, elsewhere less.`);
    },
  }, "this is the fastest"));
  const judge = () => {
    const { run } = state;
    if (!run || challenges.isDone("momentum.beyond")) return;
    const plainBorder = theory.border(0);
    if (run.factor < 1 && run.settings.learning_rate >= config.beyond * plainBorder - 1e-9) {
      challenges.achieve("momentum.beyond", `Learning rate ${number(run.settings.learning_rate)} converges with momentum ${number(run.settings.momentum)}; without, the border is ${number(plainBorder)}.`);
    }
  };

  // ---- drawing --------------------------------------------------------------
  const drawField = () => {
    const { colors } = lab;
    field.show((context) => state.theory && field.theory(context, theory));
    if (state.preview) field.frame(state.preview, colors.soft, colors.paper, 1.5);
    field.frame(state.cell, colors.ink, colors.paper, document.activeElement === fieldCanvas ? 3 : 2);
  };

  const drawRun = () => {
    const { colors } = lab;
    const { run } = state;
    const color = run && run.factor >= 1 ? colors.vermillion : colors.blue;
    map.draw((context) => {
      drawMinimum(context, map.x(0), map.y(0), colors.ink);
      if (run) drawSteps(context, map, run.path, steps, { color, halo: colors.paper });
      drawStart(context, map.box, map.x(config.start[0]), map.y(config.start[1]), { colors, focused: false });
    });
    curve.draw((context) => {
      if (!run) return;
      curve.run(context, run.losses, steps, color, colors.paper);
    }, 7);
  };
  const draw = () => {
    drawField();
    drawRun();
  };

  // ---- layout ---------------------------------------------------------------
  const layout = (width) => {
    const { colors } = lab;
    const narrow = width < 620;
    const left = narrow ? width : Math.floor((width - 20) * 0.58);
    const right = narrow ? width : width - 20 - left;
    plots.style.gridTemplateColumns = narrow ? "" : `${left}px 1fr`;
    field.resize(left, narrow ? 300 : 484); // its axis ends where that of the curve does
    field.scales([rates.step / 2, rates.step * (columns + 0.5)], [-momenta.step / 2, momenta.step * (rows - 0.5)]);
    field.background(colors.paper, (context) => {
      const { x, y, width: w, height: h } = field.box;
      context.fillStyle = colors.grid;
      context.fillRect(x, y, w, h);
      drawAxes(context, field, colors, {
        xTicks: plainTicks(0.02, rates.step * columns, narrow ? 3 : 5), yTicks: plainTicks(0, momenta.step * (rows - 1), 5), xName: "learning rate", yName: "momentum",
      });
    });
    const [xRange, yRange] = [[-10, 4], [-2, 2]];
    map.place(right, narrow ? 210 : 226, xRange, yRange);
    const bowl = (x, y) => 0.5 * (curvatures[0] * x * x + curvatures[1] * y * y);
    map.paint(colors, { values: sampled(bowl, xRange, yRange, 101, 61), nx: 101, ny: 61, levels: levels(0.3, 100, 11) });
    curve.place(right, narrow ? 210 : 226);
    curve.paint(colors);
    const css = getComputedStyle(lab.root);
    field.ramp(...["--slow", "--middle", "--fast"].map((name) => css.getPropertyValue(name).trim()));
    field.fresh(colors);
    field.key(keyCanvas);
    count();
  };
  fieldCanvas.addEventListener("focus", drawField);
  fieldCanvas.addEventListener("blur", drawField);
  requestAnimationFrame(ask);
  return { layout, draw };
});
