/** Arrows and their misses: where they are, what they cost, and each cost as a square. */
import { haloText } from "../../shared/plot.js";
import { clamp, number } from "../../shared/scale.js";

/** The arrow nearest to a point, if it lies within `reach`; else −1. */
export const nearest = (arrows, x, y, reach) => {
  let [best, least] = [-1, reach];
  arrows.forEach(([ax, ay], i) => {
    const away = Math.hypot(ax - x, ay - y);
    if (away <= least) [best, least] = [i, away];
  });
  return best;
};

/** The same direction from the center, at another distance; up where there is no direction. */
export const atDistance = ([x, y], distance) => {
  const now = Math.hypot(x, y);
  const [dx, dy] = now > 0 ? [x / now, y / now] : [0, 1];
  return [dx * distance, dy * distance].map((v) => Number(v.toFixed(6)) + 0);
};

/**
 * Squares of these sides, in order, on shelves: as large as they fit into the room, at most `most`
 * pixels for one cm. Each shelf has `label` pixels below it and above it. {unit, places}, a place
 * being {x, bottom, size}.
 */
export const shelves = (sides, { width, height, gap, label, most, least }) => {
  const packed = (unit) => {
    const places = [];
    let [x, top, tallest, row] = [0, label, 0, []];
    const close = () => {
      for (const place of row) place.bottom = top + tallest;
      top += tallest + 2 * label;
    };
    for (const side of sides) {
      const size = side * unit;
      const slot = Math.max(size, least);
      if (row.length && x + slot > width) {
        close();
        [x, tallest, row] = [0, 0, []];
      }
      const place = { x, bottom: 0, size };
      row.push(place);
      places.push(place);
      x += slot + gap;
      tallest = Math.max(tallest, size);
    }
    close();
    const fits = top - label <= height && places.every((place) => place.x + place.size <= width + 1e-9);
    return { unit, places, fits };
  };
  let [low, high] = [0, most];
  if (packed(high).fits) return packed(high);
  for (let i = 0; i < 30; i++) {
    const middle = (low + high) / 2;
    if (packed(middle).fits) low = middle;
    else high = middle;
  }
  return packed(low);
};

/** Which share of both means comes from the farthest arrow. */
export const farthestShare = (misses, losses) => {
  const i = misses.reduce((best, miss, k) => (miss > misses[best] ? k : best), 0);
  const part = (values) => values[i] / values.reduce((sum, v) => sum + v, 0);
  return { arrow: i, mae: part(misses), mse: part(losses) };
};

export const goals = {
  outlier: (misses, mse, mae, gold) =>
    misses.length >= 5 && [...misses].filter((miss) => miss > gold + 1e-6).length <= 1 && mse > 10 * mae,
  hundred: (misses, mse) =>
    misses.length >= 2 && [...misses].every((miss) => Math.abs(miss - 10) >= 0.5) && Math.abs(mse - 100) < 0.05,
};

/** The loss of each arrow alone as a square, then the mean of them all, dashed. */
export const paintSquares = ({ context, box: { x, y, width, height } }, colors, { losses, mse }, chosen) => {
  const side = (loss) => Math.sqrt(Math.max(0, loss ?? 0));
  const { places } = shelves([...losses, mse].map(side), { width: width - 8, height, gap: 8, label: 18, most: 18, least: 16 });
  const lower = [...new Set(places.map(({ bottom }) => bottom))];
  const drop = y + height - 18 - lower.at(-1); // the lowest shelf stands as low as the target
  context.strokeStyle = colors.line;
  context.lineWidth = 1;
  context.beginPath();
  for (const bottom of lower) {
    context.moveTo(x, Math.round(bottom + drop) + 0.5);
    context.lineTo(x + width, Math.round(bottom + drop) + 0.5);
  }
  context.stroke();
  context.textAlign = "center";
  places.forEach((place, i) => {
    const mean = i === losses.length;
    const [left, bottom, size] = [x + place.x, place.bottom + drop, Math.max(place.size, 1)];
    if (mean) {
      context.strokeStyle = colors.ink;
      context.lineWidth = 1.75;
      context.setLineDash([5, 4]);
      context.strokeRect(left + 1, bottom - size + 1, Math.max(0, size - 2), Math.max(0, size - 2));
      context.setLineDash([]);
    } else {
      context.fillStyle = i === chosen ? colors.vermillion : colors.sky;
      context.fillRect(left, bottom - size, size, size);
      if (i === chosen && size > 4) {
        context.strokeStyle = colors.ink;
        context.lineWidth = 1.5;
        context.strokeRect(left + 0.75, bottom - size + 0.75, size - 1.5, size - 1.5);
      }
    }
    const middle = left + Math.max(size, 14) / 2;
    context.font = colors.font(11, i === chosen || mean ? 700 : 400);
    context.fillStyle = colors.ink;
    context.textBaseline = "top";
    context.fillText(mean ? "mean" : String(i + 1), Math.max(middle, x + (mean ? 16 : 4)), bottom + 4);
    if (!mean && i !== chosen && size <= 22) return;
    const text = mean ? `MSE ${mse === null ? "nan" : number(mse)}` : number(losses[i]);
    const half = context.measureText(text).width / 2;
    context.textBaseline = "bottom";
    haloText(context, text, clamp(middle, x + half, x + width - half), bottom - size - 3, colors.ink, colors.paper);
  });
};
