/** Numbers and positions: scales, ticks, words for numbers, room for labels. */

/** A linear map from [d0, d1] to [r0, r1], with its inverse. @type {(d0: number, d1: number, r0: number, r1: number) => Scale} */
export const scale = (d0, d1, r0, r1) => {
  const slope = (r1 - r0) / (d1 - d0);
  const map = (/** @type {number} */ value) => r0 + (value - d0) * slope;
  map.invert = (/** @type {number} */ position) => d0 + (position - r0) / slope;
  return map;
};
/** @typedef {{(value: number): number, invert: (position: number) => number}} Scale */

/** @type {(value: number, low: number, high: number) => number} */
export const clamp = (value, low, high) => Math.min(high, Math.max(low, value));

/** Round numbers from low to high, about `count` intervals apart. @type {(low: number, high: number, count?: number) => number[]} */
export const ticks = (low, high, count = 5) => {
  const raw = (high - low) / count;
  const power = 10 ** Math.floor(Math.log10(raw));
  const step = power * ([1, 2, 5].find((m) => raw / power <= m) ?? 10);
  const out = [];
  for (let v = Math.ceil(low / step - 1e-9) * step; v <= high + step * 1e-9; v += step) {
    out.push(Number(v.toFixed(10)));
  }
  return out;
};

/** Of values on an axis those that have room, every second for instance: 0 stays, or else the first.
 * @type {<T>(values: T[], at: (value: T) => number, gap: number, zero: (value: T) => boolean) => T[]} */
export const roomy = (values, at, gap, zero) => {
  if (values.length < 2) return values;
  const between = values.slice(1).map((value, i) => Math.abs(at(value) - at(values[i])));
  const stride = Math.max(1, Math.ceil(gap / Math.min(...between)));
  const first = Math.max(0, values.findIndex(zero)) % stride;
  return values.filter((_, i) => i % stride === first);
};

/** Whole exponents from low to high, thinned to at most `most`. @type {(low: number, high: number, most?: number) => number[]} */
export const decades = (low, high, most = 8) => {
  const stride = Math.max(1, Math.ceil((high - low + 1) / most));
  const out = [];
  for (let e = Math.ceil(low / stride) * stride; e <= high; e += stride) out.push(e);
  return out;
};

/** 10 to a whole exponent, in text: 10⁻³. @type {(exponent: number) => string} */
export const powerOfTen = (exponent) =>
  exponent === 0 ? "1" : exponent === 1 ? "10" :
    `10${exponent < 0 ? "⁻" : ""}${[...String(Math.abs(exponent))].map((digit) => "⁰¹²³⁴⁵⁶⁷⁸⁹"[Number(digit)]).join("")}`;

/** A number for reading: 0.0316, 12.5, 3.1·10⁻⁷. @type {(value: number, digits?: number) => string} */
export const number = (value, digits = 3) => {
  if (value === 0) return "0";
  const size = Math.abs(value);
  if (size >= 1e-3 && size < 1e4) return String(Number(value.toPrecision(digits)));
  const [mantissa, exponent] = value.toExponential(Math.max(0, digits - 2)).split("e");
  return `${mantissa.replace("-", "−")}·${powerOfTen(Number(exponent))}`;
};

/** Places for labels: as near as may be to `wanted`, at least `gap` apart, inside [low, high].
 * Neighbors that collide become one group around their mean, as often as needed.
 * @type {(wanted: number[], gap: number, low: number, high: number) => number[]} */
export const spread = (wanted, gap, low, high) => {
  const order = wanted.map((_, i) => i).sort((a, b) => wanted[a] - wanted[b]);
  /** @type {{items: number[], first: number}[]} */
  const groups = [];
  for (const i of order) {
    groups.push({ items: [i], first: clamp(wanted[i], low, high) });
    for (let g = groups.length - 1; g > 0; g--) {
      const [above, here] = [groups[g - 1], groups[g]];
      if (above.first + above.items.length * gap <= here.first) break;
      const items = [...above.items, ...here.items];
      const mean = items.reduce((sum, j, k) => sum + wanted[j] - k * gap, 0) / items.length;
      groups.splice(g - 1, 2, { items, first: clamp(mean, low, Math.max(low, high - (items.length - 1) * gap)) });
    }
  }
  /** @type {number[]} */
  const places = [];
  for (const { items, first } of groups) items.forEach((i, k) => { places[i] = first + k * gap; });
  return places;
};
