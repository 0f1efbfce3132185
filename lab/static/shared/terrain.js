/** A plot of two weights with the loss as its landscape. */
import { drawLandscape } from "./contour.js";
import { drawAxes, plainTicks, Plot } from "./plot.js";

/** Losses on a grid over [x0, x1] × [y0, y1]: ny rows of nx values. */
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
  /** Size in CSS pixels and the weights at the edges. */
  place(width, height, xRange, yRange) {
    this.resize(width, height);
    this.scales(xRange, yRange);
    Object.assign(this, { xRange, yRange });
  }

  /** Paint the landscape and the axes; grid: {values, nx, ny, levels}. */
  paint(colors, grid, { xName = "weight w₀", yName = "weight w₁", xCount = 4, yCount = 4 } = {}) {
    this.background(colors.paper, (context) => {
      drawLandscape(context, this.box, grid, colors);
      drawAxes(context, this, colors, {
        xTicks: plainTicks(...this.xRange, xCount), yTicks: plainTicks(...this.yRange, yCount), xName, yName,
      });
    });
  }
}
