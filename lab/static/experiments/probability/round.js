/** What is asked of the kernel for each truth, the pinned answer, and which goals were met. */
import { fiveTimes, lossWords } from "./stance.js";

export class Round {
  constructor(/** @type {import("./main.js").Parts} */ parts) { this.parts = parts; }
  settings() { return { target: this.parts.state.target }; }
  begin() { this.change({}); }

  change(changes) {
    const { lab, state } = this.parts;
    Object.assign(state, changes);
    lab.draw();
    lab.ask();
  }

  keep() {
    const { lab, state: { target, probability } } = this.parts;
    lab.keep({ target, probability });
  }

  chooseTruth(target) {
    this.parts.state.pin = null;
    this.change({ target });
    this.keep();
  }

  answer({ arrays: [losses], note: { finite } }, settings) {
    this.parts.state.run = { losses, finite, settings };
  }

  renewed() { this.parts.state.pin = null; }
  grown() { this.parts.lab.draw(); }
  *neighbors() { yield { target: 1 - this.parts.state.target }; }

  /** The losses known, if they are those of the chosen truth. */
  current() {
    const { run, target } = this.parts.state;
    return run?.settings.target === target ? run.losses : null;
  }

  lossAt(probability, losses = this.parts.state.run?.losses ?? []) {
    return losses[this.parts.panel.slider.positionOf(probability)];
  }

  here() {
    const { target, probability } = this.parts.state;
    return { target, probability, loss: this.lossAt(probability) };
  }

  pinHere() {
    const { lab, state } = this.parts;
    if (!state.run) return;
    state.pin = this.here();
    lab.show();
  }

  judge() {
    const { lab, state: { pin } } = this.parts;
    if (!this.current()) return;
    const now = this.here();
    if (pin && fiveTimes(pin, now)) {
      lab.challenges.achieve("probability.confident", `From ${lossWords(pin.loss)} to ${lossWords(now.loss)}: the same mistake, more confident.`);
    }
  }

  /** Is this the probability that costs the same whatever is true? */
  shrug() {
    const { lab: { challenges, runner }, state: { run, target, probability } } = this.parts;
    const other = runner.get({ target: 1 - target });
    if (!run || !other) return;
    const [here, there] = [this.lossAt(probability), this.lossAt(probability, other.arrays[0])];
    const [spam, none] = target === 1 ? [here, there] : [there, here];
    if (Math.abs(here - there) <= 1e-6 * Math.max(here, there)) {
      challenges.achieve("probability.shrug", `A shrug costs ${lossWords(here)}, spam or not: ln 2.`);
    } else challenges.note("probability.shrug", `Not yet: here spam costs ${lossWords(spam)}, no spam ${lossWords(none)}.`);
  }
}
