/** The target with its arrows, and the loss of each as a square. */
import { drawBox, drawDot, drawLines, drawMinimum, drawPlain, drawRing, drawText, haloText, letter } from "../../shared/marks.js";
import { MARGINS, Plot } from "../../shared/plot.js";
import { clamp, number } from "../../shared/scale.js";
import { shelves } from "./arrows.js";

const RINGS = { // from the center outwards, two rings each: gold, red, blue, black, white
  light: ["#f6d86b", "#ec9a84", "#9fcdea", "#6d757c", "#fbfbf9"],
  dark: ["#d9b644", "#bd6a52", "#5b97bd", "#3b4248", "#c9cdd0"],
};
const BLACK = "#1a1a1a"; // on the rings, in both themes
const WHITE = "#ffffff";

export class Drawing {
  constructor(/** @type {import("./main.js").Parts} */ parts) {
    this.parts = parts;
    this.target = new Plot(parts.panel.target, { left: 4, right: 4, top: 4, bottom: 4 });
    this.squares = new Plot(parts.panel.squares, { left: 0, right: 0, top: 2, bottom: 4 });
  }

  layout(width, narrow) {
    const { lab, config: { reach } } = this.parts;
    const { colors } = lab;
    const { target, squares } = this;
    const inside = width - (narrow ? 16 : MARGINS.left + MARGINS.right);
    const side = Math.floor(((inside - 20) * 9) / 20);
    const height = Math.min(side, lab.size(400));
    const half = (reach * (side - 8)) / (height - 8); // equal scales: a ring is a circle
    target.fit(side, height, [-half, half], [-reach, reach]);
    target.background(colors, (context) => this.#paintTarget(context));
    squares.fit(inside - 20 - side, height, [0, 1], [0, 1]);
    squares.background(colors);
  }

  #paintTarget(context) {
    const { lab: { colors }, config: { radius } } = this.parts;
    const { x, y } = this.target;
    const rings = colors.paper === WHITE ? RINGS.light : RINGS.dark;
    const unit = x(1) - x(0);
    for (let ring = 10; ring >= 1; ring--) {
      const rim = ring > 6 && ring <= 8 ? "#ffffff70" : "#1a1a1a55";
      drawDot(context, x(0), y(0), (ring * radius * unit) / 10, rings[Math.floor((ring - 1) / 2)], rim, 0.75);
    }
    drawMinimum(context, x(0), y(0), BLACK, 4, 1);
    letter(context, colors, { size: 10, weight: 400, align: "center" });
    for (const cm of [10, 20]) haloText(context, `${cm} cm`, x(0), y(0) + cm * unit, BLACK, "#ffffffd0"); // the ring's lower edge
  }

  draw() {
    const { state: { run } } = this.parts;
    this.target.draw((context) => this.#drawArrows(context), 8);
    this.squares.draw(() => {});
    if (run) this.#drawSquares(this.squares.context, run);
  }

  #drawArrows(context) {
    const { lab: { colors }, state: { arrows, chosen }, panel } = this.parts;
    const lettering = { size: 10, weight: 700, align: "center", color: WHITE };
    arrows.forEach((arrow, i) => {
      const [x, y] = [this.target.x(arrow[0]), this.target.y(arrow[1])];
      if (i === chosen) {
        const radius = document.activeElement === panel.target ? 14 : 12;
        drawRing(context, x, y, radius, WHITE, 4);
        drawRing(context, x, y, radius, BLACK, 2);
      }
      drawDot(context, x, y, 8.5, BLACK, WHITE, 1.5);
      drawPlain(context, String(i + 1), x, y + 0.5, colors, lettering);
    });
  }

  /** The loss of each arrow as a square, then the mean of them all, dashed. */
  #drawSquares(context, { losses, mse }) {
    const { x, y, width, height } = this.squares.box;
    const sides = [...losses, mse].map((loss) => Math.sqrt(Math.max(0, loss ?? 0)));
    const { places } = shelves(sides, { width: width - 8, height, gap: 8, label: 18, most: 18, least: 16 });
    const shelved = [...new Set(places.map(({ bottom }) => bottom))];
    const drop = y + height - 18 - Math.max(...shelved); // the lowest shelf is as low as the target
    const levels = shelved.map((bottom) => Math.round(bottom + drop) + 0.5);
    drawLines(context, levels.map((level) => [[x, level], [x + width, level]]), this.parts.lab.colors.line);
    places.forEach((place, i) => {
      const spot = { left: x + place.x, bottom: place.bottom + drop, size: Math.max(place.size, 1) };
      if (i < losses.length) this.#drawSquare(context, spot, i, losses[i]);
      else this.#drawMean(context, spot, mse);
    });
  }

  #drawSquare(context, { left, bottom, size }, i, loss) {
    const { lab: { colors }, state: { chosen } } = this.parts;
    const mine = i === chosen;
    drawBox(context, left, bottom - size, size, size, mine ? colors.vermillion : colors.sky);
    if (mine && size > 4) this.#frame(context, left + 0.75, bottom - size + 0.75, size - 1.5, 1.5);
    const text = mine || size > 22 ? number(loss) : "";
    this.#name(context, { left, bottom, size }, String(i + 1), text, { weight: mine ? 700 : 400, room: 4 });
  }

  #drawMean(context, { left, bottom, size }, mse) {
    this.#frame(context, left + 1, bottom - size + 1, Math.max(0, size - 2), 1.75, 5, 4);
    this.#name(context, { left, bottom, size }, "mean", `MSE ${mse === null ? "nan" : number(mse)}`, { weight: 700, room: 16 });
  }

  #frame(context, left, top, size, width, ...dash) {
    context.strokeStyle = this.parts.lab.colors.ink;
    context.lineWidth = width;
    context.setLineDash(dash);
    context.strokeRect(left, top, size, size);
    context.setLineDash([]);
  }

  /** A square's name below it, and its loss above. */
  #name(context, { left, bottom, size }, name, text, { weight, room }) {
    const { colors } = this.parts.lab;
    const { x, width } = this.squares.box;
    const middle = left + Math.max(size, 14) / 2;
    const lettering = { size: 11, weight, align: "center" };
    drawPlain(context, name, Math.max(middle, x + room), bottom + 4, colors, { ...lettering, baseline: "top" });
    if (!text) return;
    const half = context.measureText(text).width / 2;
    drawText(context, text, clamp(middle, x + half, x + width - half), bottom - size - 3, colors, { ...lettering, baseline: "bottom" });
  }
}
