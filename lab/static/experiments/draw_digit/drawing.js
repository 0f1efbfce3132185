/** The pad, the image that the network sees, the curve of the training, and the ten small images. */
import { inked } from "../../shared/digits.js";
import { drawBox, drawDot, drawLine, drawRing, drawText } from "../../shared/marks.js";
import { Plot } from "../../shared/plot.js";

const PEN = 0.055; // of the pad's side
const TICKS = [1, 3, 10, 30, 100, 300, 1000, 3000, 10000];
const FEWEST = 100; // steps on the axis at least

export class Drawing {
  side = 300;
  wide = 600; // of the curve
  high = 110;

  constructor(/** @type {import("./main.js").Parts} */ parts) {
    this.parts = parts;
    const { panel } = parts;
    this.pad = new Plot(panel.pad, { left: 0, right: 0, top: 0, bottom: 0 });
    this.seen = new Plot(panel.seen, { left: 0, right: 0, top: 0, bottom: 0 });
    this.curve = new Plot(panel.curve, { left: 34, right: 16, top: 8, bottom: 34 });
  }

  layout(width, narrow) {
    const { lab, lab: { colors, root } } = this.parts;
    const roomy = width > 800;
    root.classList.toggle("roomy", roomy);
    this.side = lab.size(narrow ? Math.min(width - 16, 320) : roomy ? 300 : 250);
    const small = lab.size(narrow ? Math.min(150, Math.floor((width - 32) * 0.42)) : roomy ? 200 : 150);
    this.pad.fit(this.side, this.side, [0, 1], [1, 0]);
    this.pad.background(colors);
    this.seen.fit(small, small, [0, 8], [8, 0]);
    this.seen.background(colors);
    this.wide = narrow ? width - 16 : width - 346;
    this.high = lab.size(124);
  }

  draw() {
    this.pad.draw((context) => this.#drawPad(context));
    this.seen.draw((context) => this.#drawSeen(context));
    this.#drawCurve();
    this.#drawSlots();
  }

  #drawPad(context) {
    const { lab: { colors }, state: { strokes, sample, pen, down }, panel } = this.parts;
    const { side } = this;
    context.lineCap = context.lineJoin = "round";
    const color = sample ? colors.soft : colors.ink;
    for (const stroke of strokes) {
      const points = stroke.map(([x, y]) => [x * side, y * side]);
      if (points.length > 1) drawLine(context, points, color, { width: PEN * side });
      else drawDot(context, points[0][0], points[0][1], (PEN * side) / 2, color);
    }
    if (document.activeElement !== panel.pad || !panel.pad.matches(":focus-visible")) return;
    const [x, y] = [pen[0] * side, pen[1] * side];
    drawRing(context, x, y, (PEN * side) / 2 + 3, colors.blue, 2);
    if (down) drawDot(context, x, y, 4, colors.blue);
  }

  #drawSeen(context) {
    const { lab: { colors }, state: { run, strokes } } = this.parts;
    const side = this.seen.width;
    const cell = side / 8;
    drawBox(context, 0, 0, side, side, colors.paper);
    context.imageSmoothingEnabled = false;
    if (run && strokes.length) context.drawImage(inked(run.image, colors.ink), 0, 0, side, side);
    for (let k = 0; k <= 8; k++) {
      drawLine(context, [[k * cell, 0], [k * cell, side]], colors.grid);
      drawLine(context, [[0, k * cell], [side, k * cell]], colors.grid);
    }
  }

  /** Powers of ten across, since most happens early; the axis grows, so it is painted each time. */
  #drawCurve() {
    const { lab: { colors }, state: { training: { looks, accuracies } } } = this.parts;
    const { curve } = this;
    const logged = (/** @type {number} */ step) => Math.log10(Math.max(1, step));
    const most = logged(Math.max(FEWEST, looks.at(-1) ?? 0));
    const xTicks = TICKS.filter((step) => logged(step) <= most).map((step) => /** @type {[number, string]} */ ([logged(step), step.toLocaleString("en")]));
    curve.fit(this.wide, this.high, [0, most], [0, 100]);
    curve.axes(colors, { xTicks, yTicks: [[0, "0"], [50, "50"], [100, "100"]], xName: "step", grid: "y" });
    curve.draw((context) => {
      const { x, width } = curve.box;
      drawLine(context, [[x, curve.y(10)], [x + width, curve.y(10)]], colors.soft, { dash: [2, 3] });
      drawText(context, "guessing: 10%", x + width - 4, curve.y(10) - 9, colors, { size: 11, weight: 400, align: "right", color: colors.soft });
      if (!accuracies.length) return;
      const at = (/** @type {number} */ i) => [curve.x(logged(looks[i])), curve.y(100 * accuracies[i])];
      context.lineJoin = "round";
      drawLine(context, Array.from(accuracies, (_, i) => at(i)), colors.blue, { width: 2.5 });
      const [ex, ey] = at(accuracies.length - 1);
      drawDot(context, ex, ey, 4.5, colors.blue, colors.paper);
    }, 40);
  }

  #drawSlots() {
    const { lab: { colors }, state: { ten }, panel } = this.parts;
    panel.slots.forEach(({ picture }, digit) => {
      const context = /** @type {CanvasRenderingContext2D} */ (picture.getContext("2d"));
      context.clearRect(0, 0, 8, 8);
      if (ten[digit]) context.drawImage(inked(ten[digit].image, colors.ink), 0, 0);
    });
  }
}
