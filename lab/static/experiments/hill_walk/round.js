/** What is asked of the kernel about a walk, and which goals were met. */
import { clamp, number } from "../../shared/scale.js";
import { goalsMet, hilltop, plain } from "./hill.js";

export class Round {
  constructor(/** @type {import("./main.js").Parts} */ parts) {
    this.parts = parts;
    /** @type {Record<string, import("./main.js").Hill>} */
    this.hills = Object.fromEntries(parts.config.hills.map((hill) => [hill.name, hill]));
  }

  hill() { return this.hills[this.parts.state.hill]; }

  /** The run on screen, if it is one of this hill. */
  walk() {
    const { run, hill } = this.parts.state;
    return run?.settings.hill === hill ? run : null;
  }

  settings(changes = {}) {
    const { hill, start, learning_rate } = this.parts.state;
    return { hill, start, learning_rate, ...changes };
  }

  change(changes) {
    Object.assign(this.parts.state, changes);
    this.parts.lab.ask();
  }

  chooseHill(name) {
    const { lab, state, panel } = this.parts;
    const { start, learning_rate } = this.hills[name];
    Object.assign(state, { hill: name, start, learning_rate });
    panel.rate.value = learning_rate;
    panel.time.jump(0);
    lab.layout();
    lab.ask();
    lab.keep();
  }

  moveStart(weight) { this.change({ start: this.#rounded(weight) }); }
  #rounded(weight) { return Number(clamp(weight, ...this.hill().range).toFixed(3)); }

  /** How far a key moves the start. */
  stride() {
    const [low, high] = this.hill().range;
    return (high - low) / 128;
  }

  showStep(step) {
    this.parts.state.step = step;
    this.parts.lab.show();
  }

  answer({ arrays: [weights, losses, slopes], note }, settings) {
    this.parts.state.run = { weights, losses, slopes, note, settings };
  }

  *neighbors({ start }) {
    const { rate } = this.parts.panel;
    for (let d = 1; d <= 40; d++) {
      for (const way of [d, -d]) {
        const position = rate.position + way;
        if (position >= 0 && position <= rate.count) yield this.settings({ start, learning_rate: rate.valueAt(position) });
        yield this.settings({ start: this.#rounded(start + way * this.stride()) });
      }
    }
  }

  judge() {
    const { lab: { challenges }, config, state: { step, ended } } = this.parts;
    const run = this.walk();
    if (!run) return;
    const { start, learning_rate, hill } = run.settings;
    const said = {
      "hill.sprint": `Learning rate ${number(learning_rate)} does it.`,
      "hill.leap": `From ${plain(start)} a learning rate of ${number(learning_rate)} is large enough to leap.`,
    };
    const { valleys } = this.hill();
    for (const name of goalsMet(run, step, { ...config, valleys, hilltop: hilltop(this.hill()) })) challenges.achieve(name, said[name]);
    if (hill !== "two valleys" || step !== config.steps || !run.note.ended) return;
    ended.add(run.note.ended);
    if (ended.size === 2) challenges.achieve("hill.valleys", "The start decides, and the walker cannot know.");
    else if (!challenges.isDone("hill.valleys")) challenges.note("hill.valleys", `So far: the ${run.note.ended}.`);
  }
}
