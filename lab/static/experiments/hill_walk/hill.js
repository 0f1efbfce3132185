/** What the ground of a hill says, and numbers with their signs. */
import { clipped, drawDot, drawLine, drawText, letter } from "../../shared/marks.js";
import { drawAxes, plainTicks, Plot } from "../../shared/plot.js";
import { clamp, number } from "../../shared/scale.js";

const FLAT = 1e-2; // slopes smaller than this count as flat

/** A number with its sign, a true minus. */
export const signed = (value, digits = 3) => `${value > 0 ? "+" : ""}${plain(value, digits)}`;
export const plain = (value, digits = 3) => number(value, digits).replace(/^-/, "−");

/** What the ground says at one point: {key, sign, color, words}. */
export const underfoot = (weight, slope, [low, high]) => {
  if (weight < low || weight > high) return { key: "gone", sign: "▲", color: "vermillion", words: "out of the picture" };
  if (Math.abs(slope) < FLAT) return { key: "flat", sign: "●", color: "green", words: "flat: here the walk rests" };
  return slope < 0
    ? { key: "right", sign: "→", color: "blue", words: "downhill is to the right" }
    : { key: "left", sign: "←", color: "blue", words: "downhill is to the left" };
};

/** The highest place between two valleys; −∞ where there is only one. */
export const hilltop = ({ valleys, range: [low, high], losses }) => {
  if (valleys.length < 2) return -Infinity;
  const weights = losses.map((_, i) => low + (i * (high - low)) / (losses.length - 1));
  const between = [...weights.keys()].filter((i) => weights[i] > valleys[0].weight && weights[i] < valleys[1].weight);
  return weights[between.reduce((best, i) => (losses[i] > losses[best] ? i : best))];
};

/** The loss between the samples of a hill: only to place the start before its run comes. */
export const sampledLoss = ({ range: [low, high], losses }, weight) => {
  const place = clamp(((weight - low) / (high - low)) * (losses.length - 1), 0, losses.length - 1.001);
  const i = Math.floor(place);
  return losses[i] + (losses[i + 1] - losses[i]) * (place - i);
};

/** Which goals a walk meets once it has been watched up to `step`. */
export const goalsMet = (run, step, { steps, sprint, valleys, hilltop: top }) => {
  const { hill, start } = run.settings;
  const met = [];
  const reached = run.losses.findIndex((loss) => loss <= sprint.loss);
  if (hill === sprint.hill && Math.abs(start - valleys[0].weight) >= sprint.away - 1e-9 &&
    reached >= 0 && reached <= sprint.steps && step >= reached) met.push("hill.sprint");
  if (hill === "two valleys" && step === steps && run.note.ended === "left valley" && start > top) met.push("hill.leap");
  return met;
};

/** Ends of a piece of the tangent that is `reach` pixels long to each side. */
export const tangentPiece = (plot, weight, loss, slope, reach) => {
  const across = plot.x(1) - plot.x(0);
  const down = (plot.y(1) - plot.y(0)) * slope; // pixels for one unit of weight
  const length = Math.hypot(across, down);
  const [dx, dy] = [(across / length) * reach, (down / length) * reach];
  const [x, y] = [plot.x(weight), plot.y(loss)];
  return [x - dx, y - dy, x + dx, y + dy];
};

const drawArrow = (context, x0, x1, y, color) => {
  const way = Math.sign(x1 - x0);
  const head = Math.min(9, Math.abs(x1 - x0));
  drawLine(context, [[x0, y], [x1 - way * head * 0.8, y]], color, { width: 3 });
  context.fillStyle = color;
  context.beginPath();
  context.moveTo(x1, y);
  context.lineTo(x1 - way * head, y - head * 0.62);
  context.lineTo(x1 - way * head, y + head * 0.62);
  context.fill();
};

/** The picture of a hill with one weight: its ground, a tangent, the next step, the steps so far. */
export class HillPlot extends Plot {
  /** Size in CSS pixels, and the ground and the axes painted. @type {(width: number, height: number, hill: import("./main.js").Hill, colors: any) => void} */
  place(width, height, hill, colors) {
    this.fit(width, height, hill.range, [-0.07 * hill.top, hill.top]);
    this.background(colors, (context) => {
      this.#paintGround(context, hill, colors);
      drawAxes(context, this, colors, {
        xTicks: plainTicks(...hill.range, 6), yTicks: plainTicks(0, hill.top, 5), xName: "weight", yName: "loss",
      });
    });
  }

  #paintGround(context, { range: [low, high], losses }, colors) {
    const { x, y, width, height } = this.box;
    const points = losses.map((loss, i) => [this.x(low + (i * (high - low)) / (losses.length - 1)), this.y(loss)]);
    clipped(context, this.box, () => {
      context.beginPath();
      for (const [px, py] of [...points, [x + width, y + height], [x, y + height]]) context.lineTo(px, py);
      context.fillStyle = `rgb(${colors.high.join(" ")})`;
      context.globalAlpha = 0.55;
      context.fill();
      context.globalAlpha = 1;
      drawLine(context, points, colors.soft, { width: 2 });
    });
  }

  /** Stairs: each step goes sideways through the air, then the loss follows. */
  stairs(context, { weights, losses }, step, colors) {
    const corners = [[this.x(weights[0]), this.y(losses[0])]];
    for (let k = 1; k <= step; k++) {
      corners.push([this.x(weights[k]), this.y(losses[k - 1])], [this.x(weights[k]), this.y(losses[k])]);
    }
    context.globalAlpha = 0.5;
    drawLine(context, corners, colors.blue, { width: 1.5 });
    context.globalAlpha = 1;
    for (let k = 1; k < step; k++) drawDot(context, this.x(weights[k]), this.y(losses[k]), 3.5, colors.blue, colors.paper, 1.5);
  }

  /** The tangent with the learner's slope, and its name. */
  tangent(context, [weight, loss], slope, colors) {
    const { x, y, width } = this.box;
    const [x0, y0, x1, y1] = tangentPiece(this, weight, loss, slope, Math.min(90, width / 5));
    context.lineCap = "round";
    drawLine(context, [[x0, y0], [x1, y1]], colors.vermillion, { width: 2.5 });
    const [tx, ty] = y0 < y1 ? [x0, y0] : [x1, y1]; // the upper end
    const text = `slope ${plain(slope)}`;
    letter(context, colors);
    const wide = context.measureText(text).width;
    const level = Math.abs(y1 - y0) < 40; // a level tangent carries its name on its back
    const left = level ? (x0 + x1 - wide) / 2 : tx + (slope < 0 ? 8 : -wide - 8);
    drawText(context, text, clamp(left, x + 4, x + width - wide - 4), Math.max(level ? ty - 24 : ty, y + 8), colors);
  }

  /** The step from one weight to the next, and where the loss will follow. */
  nextStep(context, [weight, loss], [nextWeight, nextLoss], colors) {
    const { x, width } = this.box;
    const [from, to] = [this.x(weight), this.x(nextWeight)];
    const height = this.y(loss);
    if (Math.abs(to - from) < 4) return;
    drawLine(context, [[to, height], [to, this.y(nextLoss)]], colors.soft, { width: 1.5, dash: [2, 4] });
    drawArrow(context, from, to, height, colors.green);
    if (Math.abs(to - from) <= 22) return;
    const text = `step ${signed(nextWeight - weight)}`;
    letter(context, colors, { align: "center" });
    const room = context.measureText(text).width / 2 + 4;
    drawText(context, text, clamp((from + to) / 2, x + room, x + width - room), height + 15, colors, { align: "center" });
  }
}
