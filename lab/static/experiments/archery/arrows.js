/** Arrows and their misses: where they are, what they cost, and each cost as a square. */

/** The arrow nearest to a point, if it is within `reach`; else −1. */
export const nearest = (arrows, x, y, reach) => {
  let [best, least] = [-1, reach];
  arrows.forEach(([ax, ay], i) => {
    const away = Math.hypot(ax - x, ay - y);
    if (away <= least) [best, least] = [i, away];
  });
  return best;
};

/** The same direction from the center, at another distance; up where there is no direction. @type {(arrow: number[], distance: number) => number[]} */
export const atDistance = ([x, y], distance) => {
  const now = Math.hypot(x, y);
  const [dx, dy] = now > 0 ? [x / now, y / now] : [0, 1];
  return [dx * distance, dy * distance].map((v) => Number(v.toFixed(6)) + 0);
};

/** Squares of these sides, in order, on shelves: as large as they fit into the room, at most `most`
 * pixels for one cm. Each shelf has `label` pixels below it and above it. {unit, places}, a place
 * being {x, bottom, size}. */
export const shelves = (sides, { width, height, gap, label, most, least }) => {
  const packed = (unit) => {
    /** @type {{x: number, bottom: number, size: number}[]} */
    const places = [];
    let [x, top, tallest] = [0, label, 0];
    let row = /** @type {typeof places} */ ([]);
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
    misses.length >= 5 && [...misses].filter((miss) => miss > gold + 1e-6).length <= 1 && mse > 15 * mae,
  hundred: (misses, mse) =>
    misses.length >= 2 && [...misses].every((miss) => Math.abs(miss - 10) >= 0.5) && Math.abs(mse - 100) < 0.05,
};
