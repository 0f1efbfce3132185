/** What is asked of the kernel about three logits, and which goals were met. */
import { complaint, signed } from "./panel.js";

/** Whether all probabilities round to the goal's two decimal places. */
export const rounds = (probabilities, goal) =>
  goal.every((wanted, i) => probabilities[i] !== null && Math.abs(probabilities[i] - wanted) < 0.005);

export class Round {
  constructor(/** @type {import("./main.js").Parts} */ parts) { this.parts = parts; }
  begin() { this.change({}); }

  /** The settings, with some of them changed. */
  settings(changes = {}) {
    const { logits, shift, target } = this.parts.state;
    return { logits, shift, target, ...changes };
  }

  change(changes) {
    const { lab, state, panel } = this.parts;
    Object.assign(state, changes);
    panel.follow();
    lab.draw();
    lab.ask();
  }

  /** The logits with another one at place i. */
  #with(i, v) { return this.parts.state.logits.map((z, k) => (k === i ? v : z)); }
  setLogit(i, v) { this.change({ logits: this.#with(i, v) }); }

  /** Whether the logits are far from their usual size. */
  beyond() { return this.parts.state.shift === this.parts.config.far; }

  /** Go far from the usual size, or back. */
  leap() {
    this.change({ shift: this.beyond() ? this.parts.panel.shift.value : this.parts.config.far });
    this.parts.lab.keep();
  }

  answer({ note }, settings) { this.parts.state.run = { ...note, settings }; }

  *neighbors() {
    const { config: { classes, logits, shifts }, state } = this.parts;
    const near = (value, by) => Number((value + by).toFixed(9));
    const within = (value, { low, high }) => value >= low && value <= high;
    for (let d = 1; d <= 6; d++) {
      for (const by of [d * logits.step, -d * logits.step]) {
        for (let i = 0; i < classes.length; i++) {
          const z = near(state.logits[i], by);
          if (within(z, logits)) yield this.settings({ logits: this.#with(i, z) });
        }
      }
      for (const by of [d * shifts.step, -d * shifts.step]) {
        const shift = near(state.shift, by);
        if (within(shift, shifts)) yield this.settings({ shift });
      }
    }
    for (let target = 0; target < classes.length; target++) yield this.settings({ target });
  }

  judge() {
    const { lab: { challenges }, config, state: { run } } = this.parts;
    if (!run) return;
    const { logits, shift } = run.settings;
    if (rounds(run.probabilities, config.goal)) {
      challenges.achieve("logits.cat", `With the logits ${logits.map((z) => signed(z)).join(", ")}. Only their differences count.`);
    }
    if (shift === config.far && !complaint(run, Math.max(...logits) + shift)) {
      challenges.achieve("logits.huge", "Your softmax took it: same differences, same probabilities.");
    }
  }
}
