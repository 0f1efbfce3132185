/** The curves of final losses, each one's lowest point, and the line of the shared learning rate. */
import { drawLine, drawShape, drawText } from "../../shared/marks.js";
import { Plot, powerTicks } from "../../shared/plot.js";
import { RUNNER_LOOKS } from "../../shared/runners.js";
import { clamp, number } from "../../shared/scale.js";

/** The lowest of some losses, and its position. */
export const bestOf = (losses) => {
  const list = Array.from(losses);
  const low = Math.min(...list);
  return { loss: low, position: list.indexOf(low) };
};

/** A loss between two positions, on the logarithmic scale on which it is drawn. */
export const at = (losses, position) => {
  const left = clamp(Math.floor(position), 0, losses.length - 1);
  const right = Math.min(left + 1, losses.length - 1);
  const part = clamp(position - left, 0, 1);
  const [a, b] = [Math.max(losses[left], 1e-30), Math.max(losses[right], 1e-30)];
  return part < 1e-6 ? losses[left] : a ** (1 - part) * b ** part;
};

/** The runner with the lowest value. */
export const winner = (run, valueOf) => {
  const names = Object.keys(run);
  return names.reduce((best, name) => (valueOf(run[name], name) < valueOf(run[best], best) ? name : best), names[0]);
};

/** How SGD's loss over Adam's, each at its best, compares with the same ratio at the shared rate. */
export const verdictOf = (fair, equal) =>
  fair < 1 ? "behind" : fair < 2 ? "hardly" : Math.log(fair) > 0.8 * Math.log(equal) ? "same" : "less";

export class Drawing {
  constructor(/** @type {import("./main.js").Parts} */ parts) {
    this.parts = parts;
    this.plot = new Plot(parts.panel.picture);
    this.size = { width: 600, height: 300 };
  }

  layout(width, narrow) {
    this.size = { width, height: this.parts.lab.size(narrow ? 240 : 290) };
    this.paint();
    this.parts.panel.shared.alignTo(width, this.plot.margins);
  }

  paint() {
    const { lab: { colors }, config: { rates, grounds }, state: { ground } } = this.parts;
    const { width, height } = this.size;
    const [low, high] = grounds[ground][1];
    this.plot.fit(width, height, [rates.low, rates.high], [low, high]);
    this.plot.axes(colors, {
      xTicks: powerTicks(rates.low, rates.high, 6), yTicks: powerTicks(low, high, 7), xName: "learning rate", yName: "final loss", grid: "xy",
    });
  }

  draw() {
    this.plot.draw((context) => {
      const { lab: { colors }, state: { run, shared } } = this.parts;
      const { y, height } = this.plot.box;
      const line = this.plot.x(Math.log10(shared));
      drawLine(context, [[line, y], [line, y + height]], colors.ink, { width: 1.5, dash: [4, 4] });
      drawText(context, `all at ${number(shared, 2)}`, line + 6, y + 10, colors, { weight: 400, size: 11 });
      if (!run) return;
      for (const [name, losses] of Object.entries(run)) {
        this.#drawCurve(context, losses, RUNNER_LOOKS[name]);
        this.#mark(context, name, Math.log10(shared), this.parts.round.lossAt(name, shared), 4.5);
      }
      for (const [name, losses] of Object.entries(run)) this.#drawBest(context, name, losses);
    }, 8);
  }

  #height(loss) { // just out of sight where it is out of range
    const [low, high] = this.parts.config.grounds[this.parts.state.ground][1];
    return this.plot.y(clamp(Math.log10(Math.max(loss, 1e-30)), low, high + 1));
  }

  #drawCurve(context, losses, { color, dash }) {
    const { config: { rates, grounds }, state: { ground }, lab: { colors } } = this.parts;
    const step = grounds[ground][2];
    context.lineJoin = "round";
    drawLine(context, Array.from(losses, (loss, i) => [this.plot.x(rates.low + i * step), this.#height(loss)]), colors[color], { width: 2.5, dash });
  }

  #mark(context, name, exponent, loss, size) {
    const { lab: { colors } } = this.parts;
    const { color, shape } = RUNNER_LOOKS[name];
    drawShape(context, shape, this.plot.x(exponent), this.#height(loss), size, colors[color], colors.paper);
  }

  #drawBest(context, name, losses) {
    const { config: { rates, grounds }, state: { ground }, lab: { colors } } = this.parts;
    const { loss, position } = bestOf(losses);
    const exponent = rates.low + position * grounds[ground][2];
    const { y, height: tall } = this.plot.box;
    const height = Math.min(this.#height(loss), y + tall - 10);
    drawShape(context, RUNNER_LOOKS[name].shape, this.plot.x(exponent), height, 8, colors[RUNNER_LOOKS[name].color], colors.paper);
  }
}
