/** The losses and the accuracy of all epochs so far, and what the network answers now. */
import { best, inked } from "../../shared/digits.js";
import { drawBox, drawCross, drawDot, drawLine, drawPlain, drawText, letter } from "../../shared/marks.js";
import { plainTicks, Plot } from "../../shared/plot.js";
import { clamp, powerOfTen } from "../../shared/scale.js";
import { named } from "./record.js";

/** What a network answers in row i. */
export const guessOf = (answers, i, classes) => best(answers, i * classes, classes);

/** The examples that are misread, the most certain mistake first: [{i, guess, probability}]. */
export const misread = (answers, labels, classes) =>
  labels.map((label, i) => ({ i, label, ...guessOf(answers, i, classes) }))
    .filter(({ label, guess }) => guess !== label)
    .sort((a, b) => b.probability - a.probability);

/** The gray levels of an image, from its letters: "a" is paper (0), "q" is ink (1). */
export const grays = (letters) => [...letters].map((letter) => (letter.charCodeAt(0) - 97) / 16);

/** Places for dots that share a line, so that none overlap: [{i, x, row}], rows 0, 1, −1, 2, −2, …
 * up to ±most. Where a pile would grow higher, dots move on towards the middle. */
export const swarm = (values, size, most, middle) => {
  const places = [];
  for (const side of [1, -1]) {
    const ends = new Map();
    const here = values.map((x, i) => ({ x, i })).filter(({ x }) => (x <= middle) === (side === 1));
    for (const { x, i } of here.sort((a, b) => side * (a.x - b.x))) {
      for (let at = x; ; at += side * size) {
        const rows = Array.from({ length: 2 * most + 1 }, (_, k) => (k % 2 ? (k + 1) / 2 : -k / 2));
        const row = rows.find((r) => !ends.has(r) || side * (at - ends.get(r)) >= size - 1e-9);
        if (row === undefined) continue;
        ends.set(row, at);
        places.push({ i, x: at, row });
        break;
      }
    }
  }
  return places;
};

/** The image of digit n in the theme's ink, drawn once. */
const inkedOnce = (n, images, colors, pictures) => {
  const name = `${n} ${colors.ink}`;
  if (!pictures.has(name)) pictures.set(name, inked(grays(images[n]), colors.ink, 1));
  return pictures.get(name);
};

const COLUMNS = 6;

/** Three rows of digits with the guess under each, and a row of those that are misread now. */
export const drawDigits = (context, { box, colors, labels, images, answers, pictures }) => {
  const cell = box.width / COLUMNS;
  const step = (box.height - 22) / 4;
  const size = Math.min(cell - 10, step - 26);
  const drawOne = (n, column, top, answer) => {
    const left = box.x + column * cell;
    drawDigit(context, inkedOnce(n, images, colors, pictures), { left, top, size }, colors);
    if (answer) drawGuess(context, answer, answer.guess === labels[n], { left, top: top + size + 2, size }, colors);
  };
  for (let n = 0; n < 3 * COLUMNS; n++) {
    drawOne(n, n % COLUMNS, box.y + Math.floor(n / COLUMNS) * step, answers.length ? guessOf(answers, n, 10) : null);
  }
  if (!answers.length) return;
  const wrong = misread(answers, labels, 10);
  const top = box.y + 3 * step;
  letter(context, colors);
  const tally = `misread now: ${wrong.length} of ${labels.length}`;
  const long = `${tally}, the most certain first`;
  drawPlain(context, wrong.length && context.measureText(long).width <= box.width ? long : tally, box.x, top + 8, colors);
  wrong.slice(0, COLUMNS).forEach((answer, column) => drawOne(answer.i, column, top + 22, answer));
};

const drawDigit = (context, picture, { left, top, size }, colors) => {
  drawBox(context, left, top, size, size, colors.grid);
  context.imageSmoothingQuality = "high";
  context.drawImage(picture, left + 1, top + 1, size - 2, size - 2);
};

/** The guess, and its probability as a bar above it. */
const drawGuess = (context, { guess, probability }, good, { left, top, size }, colors) => {
  drawBox(context, left, top, size, 3, colors.grid);
  drawBox(context, left, top, size * clamp(probability, 0, 1), 3, good ? colors.blue : colors.vermillion);
  const lettering = { size: 13, weight: 700, align: "center", baseline: "top" };
  drawPlain(context, good ? String(guess) : `✗ ${guess}`, left + size / 2, top + 6, colors, lettering);
};

const DOT = 5.5; // pixels from one tumor to the next

/** Each tumor as a dot at its probability of being malignant, a cross where that is mistaken. */
export const drawTumors = (context, { box, colors, labels, answers }) => {
  const x = (p) => box.x + 8 + p * (box.width - 16);
  const right = box.x + box.width;
  const bottom = box.y + box.height - 24;
  const half = (bottom - box.y) / 2;
  drawLine(context, [[x(0.5), box.y], [x(0.5), bottom]], colors.soft, { dash: [3, 3] });
  drawLine(context, [[box.x, box.y + half], [right, box.y + half]], colors.grid);
  for (const [p, align] of [["0", "left"], ["0.5", "center"], ["1", "right"]]) {
    drawPlain(context, p, x(Number(p)), bottom + 14, colors, { size: 11, weight: 400, align, color: colors.soft });
  }
  [["benign", "right"], ["malignant", "left"]].forEach(([name, align], kind) => {
    const who = [...labels.keys()].filter((i) => labels[i] === kind);
    const center = box.y + half * (kind + 0.5);
    const most = Math.floor((half / 2 - 8) / DOT);
    const dots = answers.length ? swarm(who.map((i) => x(clamp(answers[i], 0, 1))), DOT, most, x(0.5)) : [];
    for (const { i, x: at, row } of dots) {
      const y = center + row * DOT;
      if (Number(answers[who[i]] > 0.5) === kind) drawDot(context, at, y, 2.6, kind ? colors.orange : colors.blue);
      else drawCross(context, at, y, 3.5, colors.vermillion, 2);
    }
    drawText(context, `${who.length} ${name} tumors`, align === "left" ? box.x : right, box.y + half * kind + 12, colors, { align });
  });
};

/** Exponents of the losses on the picture. @type {[number, number]} */
const LOSSES = [-3, 1];

const exponent = (loss) => Math.log10(Math.max(loss, 1e-9));
const logged = (loss) => clamp(exponent(loss), LOSSES[0] - 1, LOSSES[1] + 1);

/** The curve of values that belong to the epochs from `first` on, as far as it is shown. */
const drawCurve = (context, plot, values, first, shown, color, style) => {
  const points = [];
  for (let i = 0; i < values.length && first + i <= shown + 1e-9; i++) points.push([plot.x(first + i), plot.y(values[i])]);
  drawLine(context, points, color, style);
};

export class Drawing {
  #pictures = new Map(); // of the digits, drawn once for each theme
  #frame = 0;

  constructor(/** @type {import("./main.js").Parts} */ parts) {
    this.parts = parts;
    const { panel } = parts;
    this.loss = new Plot(panel.loss, { bottom: 22 });
    this.share = new Plot(panel.share, { bottom: 36 });
    this.sample = new Plot(panel.sample, { left: 8, right: 16, top: 4, bottom: 4 });
    this.calm = matchMedia("(prefers-reduced-motion: reduce)");
  }

  layout(width, narrow) {
    const { lab, config: { epochs } } = this.parts;
    const { colors, root } = lab;
    root.classList.toggle("medium", width < 860);
    const wide = narrow ? width : Math.floor(((width - 20) * 3) / 5);
    this.loss.fit(wide, lab.size(narrow ? 210 : 250), [0, epochs], LOSSES);
    this.loss.axes(colors, { yTicks: [-3, -2, -1, 0, 1].map((e) => [e, powerOfTen(e)]), yName: "loss", grid: "y" });
    this.share.fit(wide, lab.size(130), [0, epochs], [0, 103]);
    this.share.axes(colors, { xTicks: plainTicks(0, epochs, 6), yTicks: plainTicks(0, 100, 2), xName: "epoch", yName: "%", grid: "y" });
    this.sample.fit(narrow ? width : width - 20 - wide, Math.max(260, lab.size(340)), [0, 1], [0, 1]);
    this.sample.background(colors);
  }

  close() { cancelAnimationFrame(this.#frame); }

  /** Between two messages the curve grows on to an epoch, so that it is seen to move. */
  animate(to) {
    const { lab, state } = this.parts;
    cancelAnimationFrame(this.#frame);
    const [from, began] = [state.shown, performance.now()];
    if (this.calm.matches || !state.watch || to <= from) {
      state.shown = to;
      lab.draw();
      return;
    }
    const advance = (now) => {
      state.shown = Math.min(to, from + (now - began) / 150);
      lab.draw();
      if (state.shown < to) this.#frame = requestAnimationFrame(advance);
    };
    this.#frame = requestAnimationFrame(advance);
  }

  draw() {
    const { lab: { colors }, config, state: { run, settings: { task } } } = this.parts;
    const { labels, images } = config.tasks[task];
    this.loss.draw((context) => this.#drawLoss(context), 4);
    this.share.draw((context) => this.#drawShare(context), 4);
    this.sample.draw((context) => (task === "digits" ? drawDigits : drawTumors)(context, {
      box: this.sample.box, colors, labels, images, answers: run?.answers ?? [], pictures: this.#pictures,
    }), 8);
  }

  #drawLoss(context) {
    const { lab: { colors }, config, state: { run, ghost, settings: { task } } } = this.parts;
    const { box, y } = this.loss;
    const { guessing } = config.tasks[task];
    const level = y(exponent(guessing));
    const before = ghost?.settings.task === task ? ghost : null;
    drawLine(context, [[box.x, level], [box.x + box.width, level]], colors.soft, { dash: [2, 3] });
    context.lineJoin = "round";
    if (before) drawCurve(context, this.loss, before.heldOut.map(logged), 0, config.epochs, colors.line, { width: 2, dash: [6, 4] });
    if (run) this.#drawRun(context, run);
    const words = { size: 11, weight: 400, baseline: "bottom", color: colors.soft };
    drawText(context, `guessing: ${task === "digits" ? "ln 10" : "ln 2"} = ${guessing.toFixed(3)}`,
      box.x + box.width - 4, level - 4, colors, { ...words, align: "right" });
    if (!before) return;
    drawText(context, `before: ${named(before.settings)}`, box.x + 8, box.y + box.height - 6, colors, words);
    const end = before.heldOut.length - 1;
    drawDot(context, this.loss.x(end), y(logged(before.heldOut[end])), 3.5, colors.line);
  }

  /** The loss of each batch as a dot; their moving average, training loss and held-out loss as lines. */
  #drawRun(context, { losses, heldOut, batches, trend, epoch }) {
    const { lab: { colors }, config: { window }, state: { shown } } = this.parts;
    const { x, y } = this.loss;
    const perEpoch = epoch ? batches.length / epoch : 1;
    const size = perEpoch > 60 ? 2 : 3;
    context.fillStyle = colors.sky;
    context.globalAlpha = clamp(14 / perEpoch, 0.12, 0.5);
    for (let i = 0; i < batches.length && (i + 0.5) / perEpoch <= shown; i++) {
      context.fillRect(x((i + 0.5) / perEpoch) - size / 2, y(logged(batches[i])) - size / 2, size, size);
    }
    context.globalAlpha = 1;
    const known = Array.from(trend, (loss, i) => [(i + window) / perEpoch, logged(loss)]).filter(([at]) => at <= shown + 1e-9);
    drawLine(context, known.map(([at, loss]) => [x(at), y(loss)]), colors.sky, { width: 1.5 });
    drawCurve(context, this.loss, losses.map(logged), 0.5, shown, colors.blue, { width: 2.5 });
    drawCurve(context, this.loss, heldOut.map(logged), 0, shown, colors.orange, { width: 2.5, dash: [7, 4] });
  }

  #drawShare(context) {
    const { lab: { colors }, config: { goal }, state: { run, shown } } = this.parts;
    const { box, y } = this.share;
    const level = y(100 * goal.accuracy);
    drawLine(context, [[box.x, level], [box.x + box.width, level]], colors.green, { dash: [2, 3] });
    drawText(context, "95%", box.x + 4, level + 3, colors, { size: 11, weight: 400, baseline: "top", color: colors.soft });
    if (!run) return;
    context.lineJoin = "round";
    drawCurve(context, this.share, run.accuracies.map((share) => 100 * share), 0, shown, colors.green, { width: 2.5 });
  }
}
