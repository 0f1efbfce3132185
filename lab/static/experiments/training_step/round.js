/** What is asked of the kernel for a learning rate, predictions, and which goals were met. */
import { number } from "../../shared/scale.js";
import { momentOf, partsOf, signOf } from "./moves.js";

export class Round {
  constructor(/** @type {import("./main.js").Parts} */ parts) { this.parts = parts; }
  settings() { return { learning_rate: this.parts.state.learning_rate }; }

  change(rate) {
    this.parts.state.learning_rate = rate;
    this.parts.lab.ask();
  }

  /** Step and move on the stage. */
  moment() { return momentOf(this.parts.state.frame); }

  /** The numbers of the step on the stage, by name. */
  numbers() {
    const { config: { parts }, state } = this.parts;
    const { rows, wide } = /** @type {import("./main.js").Run} */ (state.run);
    const { step } = this.moment();
    return partsOf(rows.subarray(step * wide, (step + 1) * wide), parts);
  }

  showFrame(frame) {
    this.parts.state.frame = frame;
    this.parts.lab.show();
  }

  answer({ arrays: [rows, losses] }, settings) {
    this.parts.state.run = { rows, losses, settings, wide: rows.length / this.parts.config.steps };
  }

  judge() {
    const { lab: { challenges }, config: { steps, goal }, state: { run } } = this.parts;
    if (!run || run.losses[steps] >= goal) return;
    const [rate, end] = [run.settings.learning_rate, run.losses[steps]].map((value) => number(value));
    challenges.achieve("slow_motion.loss", `Learning rate ${rate} ends at ${end}.`);
  }

  *neighbors() { for (const learning_rate of this.parts.panel.rate.nearby()) yield { learning_rate }; }

  /** The learner says which sign a gradient will have. */
  predict(step, { part, index, name }, sign) {
    const { lab: { challenges }, state } = this.parts;
    const is = signOf(this.numbers()[`${part}_gradient`][index]);
    const right = sign === is;
    state.answered.set(step, { sign, is, right });
    state.streak = right ? state.streak + 1 : 0;
    if (right) challenges.achieve("slow_motion.sign", `${name[0].toUpperCase()}${name.slice(1)}: ${is}.`);
    if (state.streak >= 3) challenges.achieve("slow_motion.three", "Three in a row.");
    else if (!challenges.isDone("slow_motion.three")) {
      challenges.note("slow_motion.three", right ? `${state.streak} in a row so far.` : "From the start again.");
    }
  }
}
