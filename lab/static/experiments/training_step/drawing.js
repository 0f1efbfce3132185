/** The network on its stage, and the mean loss of all steps. */
import { logLoss, LossCurves } from "../../shared/loss_curves.js";
import { drawLine, drawText } from "../../shared/marks.js";
import { moveOf } from "./moves.js";
import { placesOn } from "./network_stage.js";
import { Scene } from "./scene.js";

export class Drawing {
  #places = placesOn(0, 0);

  constructor(/** @type {import("./main.js").Parts} */ parts) {
    this.parts = parts;
    this.curve = new LossCurves(parts.panel.curve, { steps: parts.config.steps, low: -1, high: 2 });
  }

  layout(width, narrow) {
    const { lab: { colors }, panel: { plots, stage } } = this.parts;
    const left = narrow ? width : Math.floor((width - 20) * 0.64);
    const height = narrow ? 330 : 320;
    plots.style.gridTemplateColumns = narrow ? "" : `${left}px 1fr`;
    stage.setAttribute("width", left);
    stage.setAttribute("height", height);
    this.#places = placesOn(left, height);
    this.curve.place(narrow ? width : width - 20 - left, 176, colors);
  }

  draw() {
    const { state: { run }, panel: { stage }, round } = this.parts;
    stage.replaceChildren(...(run ? new Scene(this.#places, round.numbers(), round.moment()).elements() : []));
    this.curve.draw((context) => this.#drawCurve(context), 7);
  }

  #drawCurve(context) {
    const { lab: { colors }, config, state: { run }, round } = this.parts;
    const { x, width } = this.curve.box;
    const goal = this.curve.y(logLoss(config.goal));
    drawLine(context, [[x, goal], [x + width, goal]], colors.soft, { dash: [2, 3] });
    drawText(context, `goal: below ${config.goal}`, x + width - 4, goal - 3, colors, {
      size: 11, weight: 400, align: "right", baseline: "bottom", color: colors.soft,
    });
    if (!run) return;
    const { step, move } = round.moment();
    this.curve.run(context, run.losses, step + (move === moveOf("update") ? 1 : 0), colors.blue, colors.paper);
  }
}
