/** A plot of two weights with the loss as its landscape. */
import { drawLandscape } from "./contour.js";
import { drawAxes, plainTicks, Plot } from "./plot.js";

/** @import { Colors } from "./frame.js" */
/** @import { Pair } from "./plot.js" */
/** @import { Grid } from "./contour.js" */

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
      drawLandscape(context, this.box, grid, colors);
      drawAxes(context, this, colors, {
        xTicks: plainTicks(...xRange, 4), yTicks: plainTicks(...yRange, 4), xName: "weight w₀", yName: "weight w₁",
      });
    });
  }
}
