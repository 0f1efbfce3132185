/** The stage of the slow motion: a 2-2-1 network as SVG, numbers on its lines and in its units. */

const SVG = "http://www.w3.org/2000/svg";

/** An SVG element: shape("circle", {cx: 1}, child or text, …). */
export const shape = (tag, attributes = {}, ...children) => {
  const element = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
};

/** The lines of the network: where each starts and ends, and which number is its weight. */
export const LINES = [
  { from: "x1", to: "h1", part: "weights_1", index: 0, name: "from x₁ to the upper unit" },
  { from: "x1", to: "h2", part: "weights_1", index: 1, name: "from x₁ to the lower unit" },
  { from: "x2", to: "h1", part: "weights_1", index: 2, name: "from x₂ to the upper unit" },
  { from: "x2", to: "h2", part: "weights_1", index: 3, name: "from x₂ to the lower unit" },
  { from: "h1", to: "y", part: "weights_2", index: 0, name: "from the upper unit to the output" },
  { from: "h2", to: "y", part: "weights_2", index: 1, name: "from the lower unit to the output" },
];

/** Where everything is on a stage of this size, in pixels. */
export const placesOn = (width, height) => {
  const narrow = width < 520;
  const unit = narrow ? { width: 62, height: 64 } : { width: 132, height: 58 };
  const radius = narrow ? 21 : 27;
  const left = radius + (narrow ? 2 : 46);
  const middle = Math.round(width * (narrow ? 0.45 : 0.47));
  const right = Math.round(width - (narrow ? radius + 14 : 140));
  const [top, bottom] = [Math.round(height * 0.24), Math.round(height * 0.76)];
  return {
    narrow, unit, radius,
    x1: [left, top], x2: [left, bottom], h1: [middle, top], h2: [middle, bottom],
    y: [right, Math.round(height / 2)],
  };
};

/** The two ends of a line, at the rims of what it joins. */
export const endsOf = (places, { from, to }) => {
  const [x0, y0] = places[from];
  const [x1, y1] = places[to];
  const out = from[0] === "h" ? places.unit.width / 2 : places.radius;
  const into = to[0] === "h" ? places.unit.width / 2 : places.radius;
  return [x0 + out, y0, x1 - into, y1];
};

/** How thick a line is drawn for a number: thicker with size, never gone. */
export const thickness = (value) => 1 + 3.5 * Math.min(1, Math.sqrt(Math.abs(value)) / 3);

/** Text on the stage with a halo. */
export const label = (x, y, text, kind, anchor = "middle") =>
  shape("text", { x, y, class: `label ${kind}`, "text-anchor": anchor, "dominant-baseline": "central" }, text);

/** Dots that travel along a line during a move, blue forward, orange-red back. */
export const travelers = (/** @type {number[]} */ [x0, y0, x1, y1], kind, seconds) => {
  const group = shape("g", { class: `travel ${kind}` });
  for (let i = 0; i < 3; i++) {
    const dot = shape("circle", { r: 4, cx: 0, cy: 0 });
    const path = kind === "back" ? `M${x1},${y1} L${x0},${y0}` : `M${x0},${y0} L${x1},${y1}`;
    dot.style.offsetPath = `path("${path}")`;
    dot.style.animationDelay = `${(i * seconds) / 5}s`;
    dot.style.animationDuration = `${seconds}s`;
    group.append(dot);
  }
  return group;
};
