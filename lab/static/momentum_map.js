/** The map of learning rates and momenta: every cell a run of the learner's code, one of them shown. */
import { make } from "./controls.js";
import { levels } from "./contour.js";
import { clamp, number } from "./scale.js";
import { drawAxes, drawSteps, haloText, plainTicks, Plot } from "./plot.js";
import { drawMinimum, drawStart } from "./marks.js";
import { LossCurves } from "./loss_curves.js";
import { sampled, Terrain } from "./terrain.js";
import { experiment } from "./experiment.js";

/** Cells from coarse to fine: every eighth, then every fourth, second, and all, without repeats. */
export const coarseToFine = (columns, rows) => {
  const out = [];
  for (const stride of [8, 4, 2, 1]) {
    for (let row = 0; row < rows; row += stride) {
      for (let column = 0; column < columns; column += stride) {
        const known = stride < 8 && row % (2 * stride) === 0 && column % (2 * stride) === 0;
        if (!known) out.push([column, row]);
      }
    }
  }
  return out;
};

/** The stride at which a cell belongs to the coarse picture. */
export const strideOf = (column, row) => [8, 4, 2, 1].find((stride) => column % stride === 0 && row % stride === 0);

/** Polyak's border and best pair for curvatures [flat, steep]. */
export const momentumTheory = ([flat, steep]) => {
  const [a, b] = [Math.sqrt(flat), Math.sqrt(steep)];
  return {
    border: (momentum) => (2 * (1 + momentum)) / steep,
    best: { rate: (2 / (a + b)) ** 2, momentum: ((b - a) / (b + a)) ** 2 },
  };
};

/** The place of a factor on the color ramp: 0 slow, 1 fast; null where it diverges. */
export const speed = (factor, fastest) => (factor >= 1 ? null : clamp((1 - factor) / (1 - fastest), 0, 1));

const FASTEST = 0.72; // the factor at the fast end of the ramp
const SHADES = 48;

export default experiment("map of learning rates and momenta", (lab) => {
  const { config, challenges } = lab;
  const { steps, curvatures, rates, momenta } = config;
  const [columns, rows] = [rates.count, momenta.count];
  const theory = momentumTheory(curvatures);
  const rateAt = (column) => Number(((column + 1) * rates.step).toFixed(6));
  const momentumAt = (row) => Number((row * momenta.step).toFixed(6));
  const settingsAt = (column, row) => ({ learning_rate: rateAt(column), momentum: momentumAt(row) });
  const cellOf = ({ learning_rate, momentum }) => [Math.round(learning_rate / rates.step) - 1, Math.round(momentum / momenta.step)];
  const order = coarseToFine(columns, rows);
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
  const keyCanvas = make("canvas", { role: "img", "aria-label": "Key: the darker the cell, the faster the error shrinks; hatched cells diverge." });
  const theoryBox = make("input", { type: "checkbox", onchange: () => { state.theory = theoryBox.checked; drawField(); } });
  theoryBox.checked = state.theory;
  const progress = make("span", { class: "runs" });
  const plots = make("div", { class: "plots" },
    make("figure", { class: "field-figure" }, make("figcaption", {}, "Every cell is a run", make("span", {}, "point at one, or use the arrow keys")), fieldCanvas,
      make("div", { class: "legend" }, make("span", { class: "small" }, "error, each step ×"), keyCanvas, make("label", { class: "check" }, theoryBox, "show the theory"), progress)),
    make("div", { class: "side" },
      make("figure", {}, make("figcaption", {}, "Its path on the loss"), mapCanvas),
      make("figure", {}, make("figcaption", {}, "Its loss, step by step"), curveCanvas)));
  lab.root.append(make("p", { class: "verdict" }, badge, finding), lab.trouble.element, plots, challenges.element, lab.status);

  const field = new Plot(fieldCanvas, { left: 50 });
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
      paintCell(cell);
      state.run = { path: result.arrays[0], losses: result.arrays[1], factor: result.note.factor, settings };
      draw();
      tell();
      count();
    },
    grown(asked, results) {
      results.forEach((result, i) => result && paintCell(take(asked[i], result)));
      drawField();
      count();
    },
    renewed() {
      factors.fill(NaN);
      cells = null;
    },
    trouble() {
      state.run = null;
      draw();
    },
    *neighbors() {
      for (const [column, row] of order) {
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
    const column = Math.floor((event.clientX - box.left - field.box.x) / (field.box.width / columns));
    const row = Math.floor((field.box.y + field.box.height - (event.clientY - box.top)) / (field.box.height / rows));
    return [clamp(column, 0, columns - 1), clamp(row, 0, rows - 1)];
  };
  fieldCanvas.addEventListener("pointerdown", (event) => {
    fieldCanvas.setPointerCapture(event.pointerId);
    choose(...cellAt(event));
  });
  fieldCanvas.addEventListener("pointermove", (event) => {
    if (fieldCanvas.hasPointerCapture(event.pointerId)) choose(...cellAt(event));
    else {
      state.preview = cellAt(event);
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

  // ---- drawing the field ----------------------------------------------------
  let cells = null; // the colored cells, kept between pictures
  let shades = [];
  const readShades = () => {
    const css = getComputedStyle(lab.root);
    const [slow, middle, fast] = ["--slow", "--middle", "--fast"].map((name) => css.getPropertyValue(name).trim());
    shades = Array.from({ length: SHADES + 1 }, (_, i) => {
      const t = i / SHADES;
      return t < 0.5
        ? `color-mix(in oklab, ${middle} ${200 * t}%, ${slow})`
        : `color-mix(in oklab, ${fast} ${200 * t - 100}%, ${middle})`;
    });
  };
  const cellBox = (column, row) => {
    const { x, y, width, height } = field.box;
    const snapped = (v) => Math.round(v * field.ratio) / field.ratio; // neighbors share whole pixels
    const across = (c) => snapped(x + (c * width) / columns);
    const up = (r) => snapped(y + height - (r * height) / rows);
    const [left, bottom] = [across(column), up(row)];
    return [left, up(row + 1), across(column + 1) - left, bottom - up(row + 1)];
  };
  const fillCell = (context, box, factor) => {
    const { colors } = lab;
    const [x, y, w, h] = box;
    const t = speed(factor, FASTEST);
    context.fillStyle = t === null ? colors.paper : shades[Math.round(t * SHADES)];
    context.fillRect(...box);
    if (t !== null) return;
    context.fillStyle = colors.vermillion;
    context.globalAlpha = 0.16;
    context.fillRect(...box);
    context.globalAlpha = 0.5;
    context.save();
    context.beginPath();
    context.rect(...box);
    context.clip();
    context.strokeStyle = colors.vermillion;
    context.lineWidth = 1;
    context.beginPath();
    const apart = 9;
    for (let k = Math.floor((x + y) / apart) * apart; k < x + w + y + h; k += apart) { // lines x + y = k, through all cells
      context.moveTo(k - y, y);
      context.lineTo(k - y - h, y + h);
    }
    context.stroke();
    context.restore();
    context.globalAlpha = 1;
  };
  const freshCells = () => {
    cells = new OffscreenCanvas(fieldCanvas.width, fieldCanvas.height);
    cells.getContext("2d").scale(field.ratio, field.ratio);
    for (const cell of order) if (!Number.isNaN(at(cell))) paintCell(cell);
  };
  const paintCell = ([column, row]) => {
    if (!cells) return;
    const context = cells.getContext("2d");
    const stride = strideOf(column, row);
    for (let r = row; r < Math.min(rows, row + stride); r++) { // the block around it, as far as nothing finer is known
      for (let c = column; c < Math.min(columns, column + stride); c++) {
        if ((c === column && r === row) || Number.isNaN(at([c, r]))) fillCell(context, cellBox(c, r), at([column, row]));
      }
    }
  };
  const outline = (context, cell, color, rim, width) => {
    const [x, y, w, h] = cellBox(...cell);
    context.lineJoin = "miter";
    for (const [style, line] of [[rim, width + 3], [color, width]]) {
      context.strokeStyle = style;
      context.lineWidth = line;
      context.strokeRect(x - 1.5, y - 1.5, w + 3, h + 3);
    }
  };
  const drawField = () => {
    const { colors } = lab;
    if (!cells) freshCells();
    field.draw((context) => {
      context.save();
      context.setTransform(1, 0, 0, 1, 0, 0);
      context.drawImage(cells, 0, 0);
      context.restore();
      if (state.theory) drawTheory(context);
    });
    if (state.preview) outline(field.context, state.preview, colors.soft, colors.paper, 1.5);
    outline(field.context, state.cell, colors.ink, colors.paper, document.activeElement === fieldCanvas ? 3 : 2);
  };
  const drawTheory = (context) => {
    const { colors } = lab;
    context.strokeStyle = colors.ink;
    context.lineWidth = 1.5;
    context.setLineDash([6, 4]);
    context.beginPath();
    context.moveTo(field.x(theory.border(0)), field.y(0));
    context.lineTo(field.x(theory.border(1)), field.y(1));
    context.stroke();
    context.setLineDash([]);
    const [x, y] = [field.x(theory.best.rate), field.y(theory.best.momentum)];
    for (const [style, wide] of [[colors.paper, 5], [colors.ink, 2]]) {
      context.beginPath();
      context.arc(x, y, 6, 0, 7);
      context.strokeStyle = style;
      context.lineWidth = wide;
      context.stroke();
    }
    context.font = colors.font(12, 600);
    context.textBaseline = "middle";
    context.textAlign = "right";
    haloText(context, "best in theory", x - 11, y, colors.ink, colors.paper);
    context.textAlign = "left";
    const edge = field.x(theory.border(0.06)) + 12;
    const said = "border: 2(1 + momentum)/λmax";
    const roomy = edge + context.measureText(said).width < field.box.x + field.box.width - 6;
    haloText(context, roomy ? said : "border", edge, field.y(0.06), colors.ink, colors.paper);
  };
  const drawKey = () => {
    const { colors } = lab;
    const context = keyCanvas.getContext("2d");
    const ratio = globalThis.devicePixelRatio || 1;
    const [width, height] = [260, 32];
    Object.assign(keyCanvas, { width: width * ratio, height: height * ratio });
    Object.assign(keyCanvas.style, { width: `${width}px`, height: `${height}px` });
    context.scale(ratio, ratio);
    const bar = 150;
    for (let k = 0; k < bar; k++) {
      context.fillStyle = shades[Math.round((1 - k / bar) * SHADES)];
      context.fillRect(6 + k, 2, 1.5, 12);
    }
    fillCell(context, [180, 2, 22, 12], 2);
    context.font = colors.font(11);
    context.fillStyle = colors.soft;
    context.textBaseline = "middle";
    context.textAlign = "center";
    for (const factor of [0.8, 0.9, 1]) context.fillText(String(factor), 6 + (bar * (factor - FASTEST)) / (1 - FASTEST), 23);
    context.textAlign = "left";
    context.fillText("diverges", 208, 8);
  };

  // ---- drawing the run ------------------------------------------------------
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
    field.resize(left, narrow ? 300 : 452);
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
    readShades();
    freshCells();
    drawKey();
    count();
  };
  fieldCanvas.addEventListener("focus", drawField);
  fieldCanvas.addEventListener("blur", drawField);
  requestAnimationFrame(ask);
  return { layout, draw };
});
