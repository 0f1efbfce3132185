/** A canvas with axes: sharp on every screen, its background painted once. */
import { decades, powerOfTen, scale, ticks } from "./scale.js";

/** The margins that all plots share, so that their axes line up under each other. */
export const MARGINS = { left: 46, right: 16, top: 10, bottom: 38 };

export class Plot {
  constructor(canvas, margins = {}) {
    this.canvas = canvas;
    this.context = canvas.getContext("2d");
    this.margins = { ...MARGINS, ...margins };
  }

  /** Set the size in CSS pixels; returns the box inside the axes. */
  resize(width, height) {
    const ratio = globalThis.devicePixelRatio || 1;
    Object.assign(this, { width, height, ratio });
    this.canvas.width = Math.round(width * ratio);
    this.canvas.height = Math.round(height * ratio);
    this.canvas.style.width = `${width}px`;
    this.canvas.style.height = `${height}px`;
    const { left, right, top, bottom } = this.margins;
    this.box = { x: left, y: top, width: width - left - right, height: height - top - bottom };
    return this.box;
  }

  /** Scales for data ranges. */
  scales([x0, x1], [y0, y1]) {
    const { x, y, width, height } = this.box;
    this.x = scale(x0, x1, x, x + width);
    this.y = scale(y0, y1, y + height, y);
  }

  /** Paint what stays the same under every picture. */
  background(color, paint) {
    this.back = new OffscreenCanvas(this.canvas.width, this.canvas.height);
    const context = this.back.getContext("2d");
    context.scale(this.ratio, this.ratio);
    context.fillStyle = color;
    context.fillRect(0, 0, this.width, this.height);
    paint(context);
  }

  /** Start a new picture on the background; `inside` draws within the axes, give or take `aside`. */
  draw(inside, aside = 0) {
    const context = this.context;
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.drawImage(this.back, 0, 0);
    context.setTransform(this.ratio, 0, 0, this.ratio, 0, 0);
    context.save();
    context.beginPath();
    context.rect(this.box.x - aside, this.box.y, this.box.width + 2 * aside, this.box.height);
    context.clip();
    inside(context);
    context.restore();
  }
}

/** Ticks of a plain axis, and of one whose values are exponents of ten: [[value, text], …]. */
export const plainTicks = (low, high, count) => ticks(low, high, count).map((v) => [v, String(v).replace("-", "−")]);
export const powerTicks = (low, high, most) => decades(low, high, most).map((e) => [e, powerOfTen(e)]);

/** Axes of a plot: ticks, names, and light grid lines where `grid` names them ("x", "y", "xy"). */
export const drawAxes = (context, plot, colors, { xTicks, yTicks, xName, yName, grid = "" }) => {
  const { x, y, width, height } = plot.box;
  const bottom = y + height;
  context.lineWidth = 1;
  context.strokeStyle = colors.grid;
  context.beginPath();
  if (grid.includes("y")) {
    for (const [value] of yTicks) {
      const at = Math.round(plot.y(value)) + 0.5;
      context.moveTo(x, at);
      context.lineTo(x + width, at);
    }
  }
  if (grid.includes("x")) {
    for (const [value] of xTicks) {
      const at = Math.round(plot.x(value)) + 0.5;
      context.moveTo(at, y);
      context.lineTo(at, bottom);
    }
  }
  context.stroke();
  context.font = colors.font(11);
  context.fillStyle = colors.soft;
  context.textBaseline = "middle";
  context.textAlign = "right";
  for (const [value, text] of yTicks) context.fillText(text, x - 6, plot.y(value));
  context.textAlign = "center";
  for (const [value, text] of xTicks) context.fillText(text, plot.x(value), bottom + 12);
  context.fillStyle = colors.ink;
  context.font = colors.font(12);
  if (xName) context.fillText(xName, x + width / 2, bottom + 28);
  if (yName) {
    context.save();
    context.translate(9, y + height / 2);
    context.rotate(-Math.PI / 2);
    context.fillText(yName, 0, 0);
    context.restore();
  }
};

/** Text with a halo in the background's color, readable on lines. */
export const haloText = (context, text, x, y, color, halo) => {
  context.lineWidth = 4;
  context.lineJoin = "round";
  context.strokeStyle = halo;
  context.strokeText(text, x, y);
  context.fillStyle = color;
  context.fillText(text, x, y);
};

/**
 * How strongly to draw the line between two steps, after a way of `length` on screen: a path that
 * crosses the picture again and again must not bury it, yet its first steps must be seen.
 */
export const lineStrength = (length, diagonal) =>
  0.85 / (1 + Math.max(0, length / diagonal - 0.5) ** 2);

/** A descent on the map: a line that steps back where it zigzags, and a dot for each step. */
export const drawSteps = (context, plot, path, upTo, { color, halo, dot = 2.6 }) => {
  const points = [];
  for (let i = 0; i <= upTo; i++) points.push(plot.x(path[2 * i]), plot.y(path[2 * i + 1]));
  const diagonal = Math.hypot(plot.box.width, plot.box.height);
  context.lineCap = "round";
  let length = 0;
  for (let k = 2; k < points.length; k += 2) {
    const strength = lineStrength(length, diagonal);
    if (strength < 0.01) break;
    for (const [style, wide, alpha] of [[halo, 3.5, 0.5], [color, 1.5, 1]]) {
      context.globalAlpha = alpha * strength;
      context.strokeStyle = style;
      context.lineWidth = wide;
      context.beginPath();
      context.moveTo(points[k - 2], points[k - 1]);
      context.lineTo(points[k], points[k + 1]);
      context.stroke();
    }
    length += Math.min(2 * diagonal, Math.hypot(points[k] - points[k - 2], points[k + 1] - points[k - 1]));
  }
  context.globalAlpha = 1;
  context.fillStyle = color;
  context.beginPath();
  let [px, py] = [NaN, NaN];
  for (let k = 0; k < points.length; k += 2) {
    const [x, y] = [points[k], points[k + 1]];
    if (Math.hypot(x - px, y - py) < 1.6 * dot) continue; // dots that would merge into a bar
    context.moveTo(x + dot, y);
    context.arc(x, y, dot, 0, 7);
    [px, py] = [x, y];
  }
  context.fill();
  const [x, y] = points.slice(-2);
  context.beginPath();
  context.arc(x, y, 5, 0, 7);
  context.fill();
  context.strokeStyle = halo;
  context.lineWidth = 2;
  context.stroke();
};
