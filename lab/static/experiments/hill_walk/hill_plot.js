/** The picture of a hill with one weight: its ground, a tangent, the next step, the steps so far. */
import { drawDot } from "../../shared/marks.js";
import { drawAxes, haloText, plainTicks, Plot } from "../../shared/plot.js";
import { clamp, number } from "../../shared/scale.js";

/** A number with its sign, a true minus. */
export const signed = (value, digits = 3) => `${value > 0 ? "+" : ""}${number(value, digits).replace(/^-/, "−")}`;
export const plain = (value, digits = 3) => number(value, digits).replace(/^-/, "−");

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
  context.strokeStyle = context.fillStyle = color;
  context.lineWidth = 3;
  context.beginPath();
  context.moveTo(x0, y);
  context.lineTo(x1 - way * head * 0.8, y);
  context.stroke();
  context.beginPath();
  context.moveTo(x1, y);
  context.lineTo(x1 - way * head, y - head * 0.62);
  context.lineTo(x1 - way * head, y + head * 0.62);
  context.fill();
};

export class HillPlot extends Plot {
  /** Size in CSS pixels; hill: {range, top, losses at even distances}. */
  place(width, height, hill) {
    this.resize(width, height);
    this.hill = hill;
    this.scales(hill.range, [-0.07 * hill.top, hill.top]);
  }

  #trace(context) {
    const { range: [low, high], losses } = this.hill;
    losses.forEach((loss, i) => context.lineTo(this.x(low + (i * (high - low)) / (losses.length - 1)), this.y(loss)));
  }

  /** Paint the ground and the axes. */
  paint(colors) {
    const { hill } = this;
    this.background(colors.paper, (context) => {
      const { x, y, width, height } = this.box;
      context.save();
      context.beginPath();
      context.rect(x, y, width, height);
      context.clip();
      context.beginPath();
      this.#trace(context);
      context.lineTo(x + width, y + height);
      context.lineTo(x, y + height);
      context.fillStyle = `rgb(${colors.high.join(" ")})`;
      context.globalAlpha = 0.55;
      context.fill();
      context.globalAlpha = 1;
      context.beginPath();
      this.#trace(context);
      context.strokeStyle = colors.soft;
      context.lineWidth = 2;
      context.stroke();
      context.restore();
      drawAxes(context, this, colors, {
        xTicks: plainTicks(...hill.range, 6), yTicks: plainTicks(0, hill.top, 5), xName: "weight", yName: "loss",
      });
    });
  }

  /** Stairs: each step goes sideways through the air, then the loss follows. */
  stairs(context, { weights, losses }, step, colors) {
    context.strokeStyle = colors.blue;
    context.globalAlpha = 0.5;
    context.lineWidth = 1.5;
    context.beginPath();
    context.moveTo(this.x(weights[0]), this.y(losses[0]));
    for (let k = 1; k <= step; k++) {
      context.lineTo(this.x(weights[k]), this.y(losses[k - 1]));
      context.lineTo(this.x(weights[k]), this.y(losses[k]));
    }
    context.stroke();
    context.globalAlpha = 1;
    for (let k = 1; k < step; k++) drawDot(context, this.x(weights[k]), this.y(losses[k]), 3.5, colors.blue, colors.paper, 1.5);
  }

  /** The tangent with the learner's slope, and its name. */
  tangent(context, weight, loss, slope, colors) {
    const { x, y, width } = this.box;
    const [x0, y0, x1, y1] = tangentPiece(this, weight, loss, slope, Math.min(90, width / 5));
    context.strokeStyle = colors.vermillion;
    context.lineWidth = 2.5;
    context.lineCap = "round";
    context.beginPath();
    context.moveTo(x0, y0);
    context.lineTo(x1, y1);
    context.stroke();
    context.font = colors.font(12, 600);
    context.textBaseline = "middle";
    context.textAlign = "left";
    const [tx, ty] = y0 < y1 ? [x0, y0] : [x1, y1]; // the upper end
    const text = `slope ${plain(slope)}`;
    const wide = context.measureText(text).width;
    const level = Math.abs(y1 - y0) < 40; // a level tangent carries its name on its back
    const left = level ? (x0 + x1 - wide) / 2 : tx + (slope < 0 ? 8 : -wide - 8);
    haloText(context, text, clamp(left, x + 4, x + width - wide - 4), Math.max(level ? ty - 14 : ty, y + 8), colors.ink, colors.paper);
  }

  /** The step from one weight to the next, and where the loss will follow. */
  nextStep(context, [weight, loss], [nextWeight, nextLoss], colors) {
    const { x, width } = this.box;
    const [from, to] = [this.x(weight), this.x(nextWeight)];
    const height = this.y(loss);
    if (Math.abs(to - from) < 4) return;
    context.strokeStyle = colors.soft;
    context.lineWidth = 1.5;
    context.setLineDash([2, 4]);
    context.beginPath();
    context.moveTo(to, height);
    context.lineTo(to, this.y(nextLoss));
    context.stroke();
    context.setLineDash([]);
    drawArrow(context, from, to, height, colors.green);
    if (Math.abs(to - from) <= 22) return;
    const text = `step ${signed(nextWeight - weight)}`;
    context.font = colors.font(12, 600);
    context.textBaseline = "middle";
    context.textAlign = "center";
    const room = context.measureText(text).width / 2 + 4;
    haloText(context, text, clamp((from + to) / 2, x + room, x + width - room), height + 15, colors.ink, colors.paper);
  }
}
