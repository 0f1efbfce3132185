/** Marks on a plot that several experiments share: the start, the lowest point, shapes for names. */
import { haloText } from "./plot.js";
import { clamp } from "./scale.js";

/** A small cross where the loss is lowest. */
export const drawMinimum = (context, x, y, color) => {
  context.strokeStyle = color;
  context.lineWidth = 1.5;
  context.beginPath();
  context.moveTo(x - 5, y);
  context.lineTo(x + 5, y);
  context.moveTo(x, y - 5);
  context.lineTo(x, y + 5);
  context.stroke();
};

/** A dot with a rim in the background's color. */
export const drawDot = (context, x, y, radius, color, rim, width = 2) => {
  context.beginPath();
  context.arc(x, y, radius, 0, 7);
  context.fillStyle = color;
  context.fill();
  context.strokeStyle = rim;
  context.lineWidth = width;
  context.stroke();
};

/** The start of a descent, ready to be dragged; a ring around it while the keys move it. */
export const drawStart = (context, box, x, y, { colors, focused, text = "start" }) => {
  drawDot(context, x, y, 7.5, colors.ink, colors.paper, 2.5);
  if (focused) {
    context.beginPath();
    context.arc(x, y, 12, 0, 7);
    context.strokeStyle = colors.ink;
    context.lineWidth = 1.5;
    context.stroke();
  }
  context.font = colors.font(12, 600);
  context.textBaseline = "middle";
  const right = x < box.x + box.width - 60;
  context.textAlign = right ? "left" : "right";
  haloText(context, text, x + (right ? 14 : -14), clamp(y - 13, box.y + 9, box.y + box.height - 9), colors.ink, colors.paper);
};

/** The corners of a shape around (x, y), null for a disc. */
export const cornersOf = (shape, x, y, r) => ({
  disc: null,
  square: [[x - r, y - r], [x + r, y - r], [x + r, y + r], [x - r, y + r]],
  triangle: [[x, y - 1.25 * r], [x + 1.2 * r, y + 0.9 * r], [x - 1.2 * r, y + 0.9 * r]],
  diamond: [[x, y - 1.4 * r], [x + 1.4 * r, y], [x, y + 1.4 * r], [x - 1.4 * r, y]],
})[shape];

/** A filled shape with a rim, so that runners differ by more than their color. */
export const drawShape = (context, shape, x, y, r, color, rim) => {
  const corners = cornersOf(shape, x, y, r);
  context.beginPath();
  if (corners) {
    corners.forEach(([cx, cy]) => context.lineTo(cx, cy));
    context.closePath();
  } else context.arc(x, y, r, 0, 7);
  context.strokeStyle = rim;
  context.lineWidth = 3;
  context.lineJoin = "round";
  context.stroke();
  context.fillStyle = color;
  context.fill();
};
