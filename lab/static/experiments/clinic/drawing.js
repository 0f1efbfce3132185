/** The curve of the patient that is visited, and a small one in each bed. */
import { drawBox, drawCross, drawDot, drawLine, drawText } from "../../shared/marks.js";
import { plainTicks, Plot } from "../../shared/plot.js";
import { clamp } from "../../shared/scale.js";
import { SIGNS } from "./diagnosis.js";

const BED = 44; // pixels that a bed's picture is high

const topOf = (losses) => Math.max(1.12, 1.08 * Math.max(...losses.filter(Number.isFinite)));

const drawCurve = (context, losses, x, y, color, width) => {
  context.lineJoin = "round";
  const known = [...losses.keys()].filter((i) => Number.isFinite(losses[i]));
  drawLine(context, known.map((i) => [x(i), y(losses[i])]), color, { width });
};

export class Drawing {
  constructor(/** @type {import("./main.js").Parts} */ parts) {
    this.parts = parts;
    this.plot = new Plot(parts.panel.canvas, { top: 14 });
  }

  layout(width, narrow) {
    this.parts.lab.root.classList.toggle("medium", width < 860);
    const wide = narrow ? width : Math.min(Math.floor(((width - 24) * 11) / 20), width - 24 - 260);
    this.plot.fit(wide, this.parts.lab.size(narrow ? 230 : 370), [0, 1], [0, 1]);
  }

  draw() {
    const { lab: { colors }, panel: { beds }, state: { order }, round } = this.parts;
    const { plot } = this;
    const { losses } = round.patient();
    const [right, top] = [Math.max(losses.length - 1, 12), topOf(losses)];
    plot.scales([0, right], [0, top]);
    plot.axes(colors, { xTicks: plainTicks(0, right, 4), yTicks: plainTicks(0, top, 4), xName: "epoch", yName: "loss", grid: "y" });
    plot.draw((context) => this.#drawLosses(context, losses), 6);
    this.#drawSpots(plot.context, losses);
    this.#drawEnd(plot.context, losses);
    beds.forEach(({ picture }, i) => this.#drawBed(picture, order[i]));
  }

  #drawLosses(context, losses) {
    const { lab: { colors }, config: { target }, state: { window } } = this.parts;
    const { box, x, y } = this.plot;
    const end = losses.length - 1;
    if (end >= window) { // the stretch that the rule looks back over
      context.globalAlpha = 0.16;
      drawBox(context, x(end - window), box.y, x(end) - x(end - window), box.height, colors.sky);
      context.globalAlpha = 1;
    }
    drawLine(context, [[box.x, y(target)], [box.x + box.width, y(target)]], colors.soft, { width: 1.25, dash: [3, 3] });
    drawCurve(context, losses, x, y, colors.ink, 2);
  }

  /** The two losses that the rule compares. */
  #drawSpots(context, losses) {
    const { window } = this.parts.state;
    const end = losses.length - 1;
    if (end >= window) this.#drawSpot(context, losses, end - window, "orange", "then", "center", 0);
    this.#drawSpot(context, losses, end, "blue", "now", "right", 6);
  }

  #drawSpot(context, losses, at, name, word, align, aside) {
    const { colors } = this.parts.lab;
    const { box } = this.plot;
    const finite = Number.isFinite(losses[at]);
    const [x, y] = [this.plot.x(at), finite ? this.plot.y(losses[at]) : box.y + 12];
    const [fill, rim] = finite ? [colors[name], colors.paper] : [colors.paper, colors[name]];
    drawDot(context, x, y, 6, fill, rim);
    const left = aside ? Math.min(x + aside, box.x + box.width + aside) : x;
    drawText(context, finite ? word : `${word}: nan`, left, y + (y < box.y + 26 ? 18 : -16), colors, { align });
  }

  /** Where the losses cease to be numbers. */
  #drawEnd(context, losses) {
    const { colors } = this.parts.lab;
    const gone = losses.findIndex((loss) => !Number.isFinite(loss));
    if (gone <= 0) return;
    const [x, y] = [this.plot.x(gone - 1), this.plot.y(losses[gone - 1])];
    drawCross(context, x, y, 6, colors.vermillion, 2.5);
    drawText(context, "no number from here on", x + 12, y + 2, colors);
  }

  #drawBed(picture, who) {
    const { lab: { colors }, state: { answers }, round } = this.parts;
    const { losses } = round.patients[who];
    const width = picture.clientWidth || 80;
    const ratio = globalThis.devicePixelRatio || 1;
    const [across, up] = [Math.round(width * ratio), Math.round(BED * ratio)];
    if (picture.width !== across) picture.width = across;
    if (picture.height !== up) picture.height = up;
    const context = picture.getContext("2d");
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.clearRect(0, 0, width, BED);
    const top = topOf(losses);
    const x = (i) => 3 + (i / Math.max(1, losses.length - 1)) * (width - 6);
    const y = (loss) => BED - 3 - (clamp(loss, 0, top) / top) * (BED - 6);
    const verdict = round.allSeen() ? round.verdictOf(who) : undefined;
    const color = verdict ? (SIGNS[verdict]?.color ?? "ink") : answers[who] === null ? "soft" : "ink";
    drawCurve(context, losses, x, y, colors[color], 1.5);
  }
}
