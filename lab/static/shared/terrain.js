/** A plot of two weights with the loss as its landscape: a soft tone for its height, and lines of equal loss. */
import { clipped } from "./marks.js";
import { drawAxes, offscreen, plainTicks, Plot } from "./plot.js";

/** @import { Colors } from "./colors.js" */
/** @import { Box, Context, Pair } from "./plot.js" */
/** @typedef {{values: ArrayLike<number>, nx: number, ny: number, levels: number[]}} Grid ny rows of nx values */

/** Segments of one contour by marching squares: [x0, y0, x1, y1, …] in units of the grid.
 * `values` holds ny rows of nx numbers.
 * @type {(values: ArrayLike<number>, nx: number, ny: number, level: number) => number[]} */
export const contour = (values, nx, ny, level) => {
  /** @type {number[]} */
  const out = [];
  for (let j = 0; j + 1 < ny; j++) {
    for (let i = 0; i + 1 < nx; i++) {
      const k = j * nx + i;
      const [a, b, c, d] = [values[k], values[k + 1], values[k + nx + 1], values[k + nx]];
      const above = a > level;
      if (above === b > level && above === c > level && above === d > level) continue;
      const cut = (/** @type {number} */ u, /** @type {number} */ v) => (level - u) / (v - u);
      const points = [];
      if (above !== b > level) points.push(i + cut(a, b), j);
      if ((b > level) !== (c > level)) points.push(i + 1, j + cut(b, c));
      if ((d > level) !== (c > level)) points.push(i + cut(d, c), j + 1);
      if (above !== d > level) points.push(i, j + cut(a, d));
      if (points.length === 8 && (a + b + c + d) / 4 > level === above) {
        out.push(points[0], points[1], points[2], points[3], points[4], points[5], points[6], points[7]);
      } else if (points.length === 8) {
        out.push(points[0], points[1], points[6], points[7], points[2], points[3], points[4], points[5]);
      } else out.push(...points);
    }
  }
  return out;
};

/** Levels in geometric steps: even spacing on the map of a bowl would hide its floor.
 * @type {(low: number, high: number, count: number) => number[]} */
export const levels = (low, high, count) =>
  Array.from({ length: count }, (_, i) => low * (high / low) ** (i / (count - 1)));

/** Tone between two colors for each grid value, darker where the loss is higher.
 * @type {(grid: Grid, from: number[], to: number[]) => OffscreenCanvas} */
const tone = ({ values, nx, ny, levels: heights }, from, to) => {
  const context = offscreen(nx, ny);
  const image = context.createImageData(nx, ny);
  const [low, a, b] = [heights[0], Math.log(heights[0]), Math.log(heights[heights.length - 1])];
  for (let j = 0; j < ny; j++) {
    for (let i = 0; i < nx; i++) {
      const value = Math.log(Math.max(values[j * nx + i], low));
      const t = Math.min(1, Math.max(0, (value - a) / (b - a)));
      const at = 4 * ((ny - 1 - j) * nx + i);
      for (let c = 0; c < 3; c++) image.data[at + c] = from[c] + (to[c] - from[c]) * t;
      image.data[at + 3] = 255;
    }
  }
  context.putImageData(image, 0, 0);
  return context.canvas;
};

/** Draws a landscape into a box of a canvas. @type {(context: Context, box: Box, grid: Grid, colors: Colors) => void} */
const drawLandscape = (context, box, grid, colors) => {
  const { values, nx, ny } = grid;
  context.imageSmoothingQuality = "high";
  const picture = tone(grid, colors.low, colors.high);
  const [dx, dy] = [box.width / (nx - 1), box.height / (ny - 1)];
  // A grid value sits at the middle of its pixel: half a pixel is outside the box on each side.
  context.drawImage(picture, box.x - dx / 2, box.y - dy / 2, dx * nx, dy * ny);
  context.strokeStyle = colors.line;
  context.lineWidth = 1;
  context.beginPath();
  for (const level of grid.levels) {
    const s = contour(values, nx, ny, level);
    for (let k = 0; k < s.length; k += 4) {
      context.moveTo(box.x + s[k] * dx, box.y + box.height - s[k + 1] * dy);
      context.lineTo(box.x + s[k + 2] * dx, box.y + box.height - s[k + 3] * dy);
    }
  }
  context.stroke();
};

/** Losses on a grid over [x0, x1] × [y0, y1]: ny rows of nx values.
 * @type {(loss: (x: number, y: number) => number, xRange: Pair, yRange: Pair, nx: number, ny: number) => Float32Array} */
export const sampled = (loss, [x0, x1], [y0, y1], nx, ny) => {
  const values = new Float32Array(nx * ny);
  for (let j = 0; j < ny; j++) {
    for (let i = 0; i < nx; i++) {
      values[j * nx + i] = loss(x0 + (i * (x1 - x0)) / (nx - 1), y0 + (j * (y1 - y0)) / (ny - 1));
    }
  }
  return values;
};

export class Terrain extends Plot {
  /** Paint the landscape and the axes. @type {(colors: Colors, grid: Grid, xRange: Pair, yRange: Pair) => void} */
  paint(colors, grid, xRange, yRange) {
    this.background(colors, (context) => {
      clipped(context, this.box, () => drawLandscape(context, this.box, grid, colors));
      drawAxes(context, this, colors, {
        xTicks: plainTicks(...xRange, 4), yTicks: plainTicks(...yRange, 4), xName: "weight w₀", yName: "weight w₁",
      });
    });
  }
}
