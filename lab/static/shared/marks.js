/** Marks on a plot: lines, dots, words, the start and the lowest point of a descent, its steps. */
import { clamp } from "./scale.js";

/** @import { Colors } from "./colors.js" */
/** @import { Box, Context, Pair, Plot } from "./plot.js" */

/** @typedef {{width?: number, dash?: number[]}} Line how it is drawn */

/** Lines, each through its points. @type {(context: Context, lines: number[][][], color: string, style?: Line) => void} */
export const drawLines = (context, lines, color, { width = 1, dash = [] } = {}) => {
  context.strokeStyle = color;
  context.lineWidth = width;
  context.setLineDash(dash);
  context.beginPath();
  for (const points of lines) points.forEach(([x, y], i) => (i ? context.lineTo(x, y) : context.moveTo(x, y)));
  context.stroke();
  context.setLineDash([]);
};

/** A line through points. @type {(context: Context, points: number[][], color: string, style?: Line) => void} */
export const drawLine = (context, points, color, style) => drawLines(context, [points], color, style);

/** A cross, × with arms that reach so far across and up.
 * @type {(context: Context, x: number, y: number, reach: number, color: string, width: number) => void} */
export const drawCross = (context, x, y, reach, color, width) => {
  const ends = [-reach, reach];
  drawLines(context, ends.map((d) => [[x - reach, y - d], [x + reach, y + d]]), color, { width });
};

/** A small cross where the loss is lowest. @type {(context: Context, x: number, y: number, color: string, reach?: number, width?: number) => void} */
export const drawMinimum = (context, x, y, color, reach = 5, width = 1.5) =>
  drawLines(context, [[[x - reach, y], [x + reach, y]], [[x, y - reach], [x, y + reach]]], color, { width });

/** A disc, and its rim. @type {(context: Context, x: number, y: number, radius: number, color: string, rim?: string, width?: number) => void} */
export const drawDot = (context, x, y, radius, color, rim, width = 2) => {
  context.beginPath();
  context.arc(x, y, radius, 0, 7);
  context.fillStyle = color;
  context.fill();
  if (rim) strokeRim(context, rim, width);
};

const strokeRim = (/** @type {Context} */ context, /** @type {string} */ color, /** @type {number} */ width) => {
  context.strokeStyle = color;
  context.lineWidth = width;
  context.stroke();
};

/** A circle. @type {(context: Context, x: number, y: number, radius: number, color: string, width: number) => void} */
export const drawRing = (context, x, y, radius, color, width) => {
  context.beginPath();
  context.arc(x, y, radius, 0, 7);
  strokeRim(context, color, width);
};

/** Text with a halo in the background's color, readable on lines.
 * @type {(context: Context, text: string, x: number, y: number, color: string, halo: string) => void} */
export const haloText = (context, text, x, y, color, halo) => {
  context.lineWidth = 4;
  context.lineJoin = "round";
  context.strokeStyle = halo;
  context.strokeText(text, x, y);
  context.fillStyle = color;
  context.fillText(text, x, y);
};

/** Words on a plot, with a halo.
 * @typedef {{size?: number, weight?: number, align?: string, baseline?: string, color?: string}} Lettering
 * @type {(context: Context, text: string, x: number, y: number, colors: Colors, lettering?: Lettering) => void} */
export const drawText = (context, text, x, y, colors, { color = colors.ink, ...lettering } = {}) => {
  letter(context, colors, lettering);
  haloText(context, text, x, y, color, colors.paper);
};

/** Words without a halo. @type {(context: Context, text: string, x: number, y: number, colors: Colors, lettering?: Lettering) => void} */
export const drawPlain = (context, text, x, y, colors, { color = colors.ink, ...lettering } = {}) => {
  letter(context, colors, lettering);
  context.fillStyle = color;
  context.fillText(text, x, y);
};

/** A filled box. @type {(context: Context, x: number, y: number, width: number, height: number, color: string) => void} */
export const drawBox = (context, x, y, width, height, color) => {
  context.fillStyle = color;
  context.fillRect(x, y, width, height);
};

/** Paint, but only inside a box. @type {(context: Context, box: Box, paint: () => void) => void} */
export const clipped = (context, { x, y, width, height }, paint) => {
  context.save();
  context.beginPath();
  context.rect(x, y, width, height);
  context.clip();
  paint();
  context.restore();
};

/** Slanted lines all over a box, `apart` pixels from one to the next: a mark that needs no color.
 * @type {(context: Context, box: Box, apart: number, color: string, width?: number) => void} */
export const drawHatch = (context, box, apart, color, line = 1) => {
  const { x, y, width, height } = box;
  const lines = /** @type {number[][][]} */ ([]); // x + y is the same all along a line, and in neighboring boxes
  for (let sum = Math.floor((x + y) / apart) * apart; sum < x + width + y + height; sum += apart) {
    lines.push([[sum - y, y], [sum - y - height, y + height]]);
  }
  clipped(context, box, () => drawLines(context, lines, color, { width: line }));
};

/** Set how the next words look. @type {(context: Context, colors: Colors, lettering?: Lettering) => void} */
export const letter = (context, colors, { size = 12, weight = 600, align = "left", baseline = "middle" } = {}) => {
  const font = colors.font(size, weight);
  Object.assign(context, { font, textAlign: align, textBaseline: baseline });
};

/** The start of a descent, ready to be dragged; a ring around it while the keys move it.
 * @type {(context: Context, box: Box, x: number, y: number, options: {colors: Colors, focused?: boolean, text?: string}) => void} */
export const drawStart = (context, box, x, y, { colors, focused = false, text = "start" }) => {
  drawDot(context, x, y, 7.5, colors.ink, colors.paper, 2.5);
  if (focused) drawRing(context, x, y, 12, colors.ink, 1.5);
  const right = x < box.x + box.width - 60;
  drawText(context, text, x + (right ? 14 : -14), clamp(y - 13, box.y + 9, box.y + box.height - 9), colors, { align: right ? "left" : "right" });
};

/** The corners of a shape around (x, y), null for a disc. @type {(shape: string, x: number, y: number, r: number) => Pair[] | null} */
export const cornersOf = (shape, x, y, r) => {
  switch (shape) {
    case "square": return [[x - r, y - r], [x + r, y - r], [x + r, y + r], [x - r, y + r]];
    case "triangle": return [[x, y - 1.25 * r], [x + 1.2 * r, y + 0.9 * r], [x - 1.2 * r, y + 0.9 * r]];
    case "wedge": return [[x, y + 1.25 * r], [x + 1.2 * r, y - 0.9 * r], [x - 1.2 * r, y - 0.9 * r]];
    case "diamond": return [[x, y - 1.4 * r], [x + 1.4 * r, y], [x, y + 1.4 * r], [x - 1.4 * r, y]];
    default: return null;
  }
};

/** A filled shape with a rim, so that runners differ by more than their color.
 * @type {(context: Context, shape: string, x: number, y: number, r: number, color: string, rim: string) => void} */
export const drawShape = (context, shape, x, y, r, color, rim) => {
  const corners = cornersOf(shape, x, y, r);
  context.beginPath();
  if (corners) {
    corners.forEach(([cx, cy]) => context.lineTo(cx, cy));
    context.closePath();
  } else context.arc(x, y, r, 0, 7);
  context.lineJoin = "round";
  strokeRim(context, rim, 3);
  context.fillStyle = color;
  context.fill();
};

/** How strongly to draw the line between two steps, after a way of `length` on screen: a path that
 * crosses the picture again and again must not bury it, yet its first steps must be seen.
 * @type {(length: number, diagonal: number) => number} */
export const lineStrength = (length, diagonal) =>
  0.85 / (1 + Math.max(0, length / diagonal - 0.5) ** 2);

/** A descent on the map: a line that steps back where it zigzags, and a dot for each step.
 * @type {(context: Context, plot: Plot, path: ArrayLike<number>, upTo: number, style: {color: string, halo: string, dot?: number}) => void} */
export const drawSteps = (context, plot, path, upTo, { color, halo, dot = 2.6 }) => {
  /** @type {Pair[]} */
  const points = [];
  for (let i = 0; i <= upTo; i++) points.push([plot.x(path[2 * i]), plot.y(path[2 * i + 1])]);
  drawPath(context, points, Math.hypot(plot.box.width, plot.box.height), color, halo);
  context.fillStyle = color;
  context.beginPath();
  let [px, py] = [NaN, NaN];
  for (const [x, y] of points) {
    if (Math.hypot(x - px, y - py) < 1.6 * dot) continue; // dots that would merge into a bar
    context.moveTo(x + dot, y);
    context.arc(x, y, dot, 0, 7);
    [px, py] = [x, y];
  }
  context.fill();
  drawDot(context, ...points[points.length - 1], 5, color, halo);
};

/** @type {(context: Context, points: Pair[], diagonal: number, color: string, halo: string) => void} */
const drawPath = (context, points, diagonal, color, halo) => {
  context.lineCap = "round";
  let length = 0;
  for (let k = 1; k < points.length; k++) {
    const strength = lineStrength(length, diagonal);
    if (strength < 0.01) break;
    const [from, to] = [points[k - 1], points[k]];
    context.globalAlpha = 0.5 * strength;
    drawLine(context, [from, to], halo, { width: 3.5 });
    context.globalAlpha = strength;
    drawLine(context, [from, to], color, { width: 1.5 });
    length += Math.min(2 * diagonal, Math.hypot(to[0] - from[0], to[1] - from[1]));
  }
  context.globalAlpha = 1;
};
