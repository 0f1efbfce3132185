/** The loss as a landscape: a soft tone for its height, and lines of equal loss. */

/**
 * Segments of one contour by marching squares: [x0, y0, x1, y1, …] in units of the grid.
 * `values` holds ny rows of nx numbers.
 */
export const contour = (values, nx, ny, level) => {
  const out = [];
  for (let j = 0; j + 1 < ny; j++) {
    for (let i = 0; i + 1 < nx; i++) {
      const k = j * nx + i;
      const [a, b, c, d] = [values[k], values[k + 1], values[k + nx + 1], values[k + nx]];
      const sides = (a > level) | ((b > level) << 1) | ((c > level) << 2) | ((d > level) << 3);
      if (sides === 0 || sides === 15) continue;
      const cut = (u, v) => (level - u) / (v - u);
      const points = [];
      if ((a > level) !== (b > level)) points.push(i + cut(a, b), j);
      if ((b > level) !== (c > level)) points.push(i + 1, j + cut(b, c));
      if ((d > level) !== (c > level)) points.push(i + cut(d, c), j + 1);
      if ((a > level) !== (d > level)) points.push(i, j + cut(a, d));
      if (points.length === 8 && (a + b + c + d) / 4 > level === a > level) {
        out.push(points[0], points[1], points[2], points[3], points[4], points[5], points[6], points[7]);
      } else if (points.length === 8) {
        out.push(points[0], points[1], points[6], points[7], points[2], points[3], points[4], points[5]);
      } else out.push(...points);
    }
  }
  return out;
};

/** Levels in geometric steps: even spacing on the map of a bowl would hide its floor. */
export const levels = (low, high, count) =>
  Array.from({ length: count }, (_, i) => low * (high / low) ** (i / (count - 1)));

/** Tone between two colors for each grid value, darker where the loss is higher. */
const tone = (values, nx, ny, [low, high], from, to) => {
  const canvas = new OffscreenCanvas(nx, ny);
  const context = canvas.getContext("2d");
  const image = context.createImageData(nx, ny);
  const [a, b] = [Math.log(low), Math.log(high)];
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
  return canvas;
};

/**
 * Draws a landscape into a box {x, y, width, height} of a canvas.
 * grid: {values, nx, ny, levels}; colors: {low, high (rgb arrays), line (css)}.
 */
export const drawLandscape = (context, box, { values, nx, ny, levels: heights }, colors) => {
  context.save();
  context.beginPath();
  context.rect(box.x, box.y, box.width, box.height);
  context.clip();
  context.imageSmoothingQuality = "high";
  const range = [heights[0], heights[heights.length - 1]];
  const picture = tone(values, nx, ny, range, colors.low, colors.high);
  const [dx, dy] = [box.width / (nx - 1), box.height / (ny - 1)];
  // A grid value sits at the middle of its pixel: half a pixel lies outside the box on each side.
  context.drawImage(picture, box.x - dx / 2, box.y - dy / 2, dx * nx, dy * ny);
  context.strokeStyle = colors.line;
  context.lineWidth = 1;
  context.beginPath();
  for (const level of heights) {
    const s = contour(values, nx, ny, level);
    for (let k = 0; k < s.length; k += 4) {
      context.moveTo(box.x + s[k] * dx, box.y + box.height - s[k + 1] * dy);
      context.lineTo(box.x + s[k + 2] * dx, box.y + box.height - s[k + 3] * dy);
    }
  }
  context.stroke();
  context.restore();
};
