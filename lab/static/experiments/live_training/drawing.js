/** The losses and the accuracy of all epochs so far, and what the network answers now. */
import { drawDot, drawLine, drawText } from "../../shared/marks.js";
import { plainTicks, Plot } from "../../shared/plot.js";
import { clamp, powerOfTen } from "../../shared/scale.js";
import { drawDigits, drawTumors } from "./answers.js";
import { named } from "./record.js";

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
    const { lab: { colors, root }, config: { epochs } } = this.parts;
    root.classList.toggle("medium", width < 860);
    const wide = narrow ? width : Math.floor(((width - 20) * 3) / 5);
    this.loss.fit(wide, narrow ? 210 : 250, [0, epochs], LOSSES);
    this.loss.axes(colors, { yTicks: [-3, -2, -1, 0, 1].map((e) => [e, powerOfTen(e)]), yName: "loss", grid: "y" });
    this.share.fit(wide, 130, [0, epochs], [0, 103]);
    this.share.axes(colors, { xTicks: plainTicks(0, epochs, 6), yTicks: plainTicks(0, 100, 2), xName: "epoch", yName: "%", grid: "y" });
    this.sample.fit(narrow ? width : width - 20 - wide, 340, [0, 1], [0, 1]);
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

  /** The loss of each batch as a dot, the training loss and the held-out loss as lines. */
  #drawRun(context, { losses, heldOut, batches, epoch }) {
    const { lab: { colors }, state: { shown } } = this.parts;
    const { x, y } = this.loss;
    const perEpoch = epoch ? batches.length / epoch : 1;
    const size = perEpoch > 60 ? 2 : 3;
    context.fillStyle = colors.sky;
    context.globalAlpha = clamp(14 / perEpoch, 0.12, 0.5);
    for (let i = 0; i < batches.length && (i + 0.5) / perEpoch <= shown; i++) {
      context.fillRect(x((i + 0.5) / perEpoch) - size / 2, y(logged(batches[i])) - size / 2, size, size);
    }
    context.globalAlpha = 1;
    drawCurve(context, this.loss, losses.map(logged), 0.5, shown, colors.blue, { width: 2.5 });
    drawCurve(context, this.loss, heldOut.map(logged), 0, shown, colors.orange, { width: 2.5, dash: [7, 4] });
  }

  #drawShare(context) {
    const { lab: { colors }, config: { goal }, state: { run, shown } } = this.parts;
    const { box, y } = this.share;
    const level = y(100 * goal.accuracy);
    drawLine(context, [[box.x, level], [box.x + box.width, level]], colors.green, { dash: [2, 3] });
    drawText(context, "95 %", box.x + box.width - 4, level + 3, colors, {
      size: 11, weight: 400, align: "right", baseline: "top", color: colors.soft,
    });
    if (!run) return;
    context.lineJoin = "round";
    drawCurve(context, this.share, run.accuracies.map((share) => 100 * share), 0, shown, colors.green, { width: 2.5 });
  }
}
