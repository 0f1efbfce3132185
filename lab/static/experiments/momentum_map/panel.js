/** The elements around the map, and what they say. */
import { button, checkbox, codeButton } from "../../shared/buttons.js";
import { make } from "../../shared/dom.js";
import { draggable } from "../../shared/dragging.js";
import { figure, verdictLine } from "../../shared/panels.js";
import { number } from "../../shared/scale.js";

/** A cell's run as code for a cell of a notebook. */
export const cellCode = ({ learning_rate, momentum }, { steps, curvatures, start }) => [
  "import numpy as np",
  "from course.optimizers import Momentum",
  "",
  `ball = Momentum(learning_rate=${learning_rate}, momentum=${momentum})`,
  `curvatures = np.array([${curvatures.join(", ")}])`,
  `path = [np.array([${start.join(", ")}])]`,
  `for step in range(${steps}):`,
  "    path.append(ball.update(path[-1], curvatures * path[-1]))",
].join("\n");

const KEY = "Key: the further a cell stands out, the faster the error shrinks there; hatched cells diverge.";

export class Panel {
  constructor(/** @type {import("./main.js").Parts} */ parts) {
    this.parts = parts;
    const { lab, config, state } = parts;
    this.verdict = verdictLine();
    this.field = make("canvas", { class: "map", tabindex: 0, role: "application", "aria-roledescription": "map of cells" });
    this.map = make("canvas", { role: "img" });
    this.curve = make("canvas", { role: "img" });
    this.key = make("canvas", { role: "img", "aria-label": KEY });
    this.theory = checkbox("show the theory", state.theory, (theory) => {
      state.theory = theory;
      lab.draw();
    });
    this.progress = make("span", { class: "runs" });
    this.plots = make("div", { class: "plots" },
      figure("Every cell is a run", this.field, "point at one, or use the arrow keys", { class: "field-figure" }),
      make("div", { class: "side" }, figure("Its path on the loss", this.map), figure("Its loss, step by step", this.curve)));
    lab.root.append(
      this.verdict.element, lab.trouble.element, this.plots,
      make("div", { class: "legend" },
        make("span", { class: "small" }, "each step multiplies the error by"), this.key, this.theory.element, this.progress),
      lab.challenges.element, codeButton(() => cellCode(parts.round.settingsAt(state.cell), config)), lab.status);
    lab.challenges.action("momentum.fastest", button("this is the fastest", () => parts.round.guessFastest()));
    this.#point();
  }

  /** The cell under the hand is shown, the one it presses is chosen; keys move the choice. */
  #point() {
    const { parts } = this;
    const { state } = parts;
    draggable(this.field, {
      move: (x, y) => parts.round.choose(parts.drawing.field.cellAt(x, y)),
      hover: (x, y) => parts.round.preview(parts.drawing.field.cellAt(x, y)),
      stride: (dx, dy) => parts.round.choose([state.cell[0] + dx, state.cell[1] + dy]),
      commit: () => parts.round.commit(),
    });
    this.field.addEventListener("pointerleave", () => parts.round.preview(null));
  }

  /** Say what is drawn. */
  tell() {
    const { lab, config: { steps, strong }, state: { run } } = this.parts;
    this.count();
    if (!run) return;
    const { settings, factor, losses } = run;
    const { badge, finding } = this.verdict;
    const converges = factor < 1;
    const bounds = factor >= strong ? "beyond all bounds" : `${number(factor)} times in each step`;
    const text = `learning rate ${number(settings.learning_rate)}, momentum ${number(settings.momentum)}: ${
      converges ? `the error shrinks to ${number(factor)} of itself in each step` : `the error grows, ${bounds}`}.`;
    badge.textContent = converges ? "● converges" : "▲ diverges";
    badge.dataset.converges = String(converges);
    finding.textContent = text[0].toUpperCase() + text.slice(1);
    lab.say(`${converges ? "Converges" : "Diverges"}. ${text}`);
    const end = losses[steps] >= 1e29 ? "beyond all bounds" : number(losses[steps]);
    this.field.setAttribute("aria-label", `Map: learning rate across, momentum up. Cell shown: ${text} Move with the arrow keys, by five with shift.`);
    this.map.setAttribute("aria-label", `Path of the cell shown. ${text}`);
    this.curve.setAttribute("aria-label", `Loss against step: ${number(losses[0])} at the start, ${end} after ${steps} steps.`);
  }

  /** How much of the map is known. */
  count() {
    const { state } = this.parts;
    const total = state.factors.length;
    state.done = state.factors.filter((factor) => !Number.isNaN(factor)).length;
    this.progress.textContent = state.done < total ? `${state.done} of ${total} runs` : `${total} runs of your code`;
  }
}
