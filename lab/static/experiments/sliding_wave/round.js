/** What is asked of the kernel about a shift, and the goal of one whole wavelength. */

/** A whole number of wavelengths away from the start, the waves lie on each other again. */
export const cameBack = (shift, mean, farthest) => shift >= 0.9 && Math.abs(mean) < 1e-6 && farthest > 0.5;

/** Slider positions from the lowest to the highest that the hand has been at. */
export const widened = (range, position) =>
  range ? [Math.min(range[0], position), Math.max(range[1], position)] : [position, position];

export class Round {
  constructor(/** @type {import("./main.js").Parts} */ parts) { this.parts = parts; }
  begin() { this.change(this.parts.state.shift); }
  settings() { return { shift: this.parts.state.shift }; }

  change(shift) {
    const { lab, state, panel } = this.parts;
    state.shift = shift;
    state.been = widened(state.been, panel.slider.position);
    lab.draw();
    if (!state.run) panel.tell(); // nothing will answer
    lab.ask();
  }

  answer({ arrays: [predictions, distances], note }, settings) {
    const { state } = this.parts;
    const mean = note.mean ?? null;
    state.run = { predictions, distances, mean, settings };
    if (mean !== null) state.farthest = Math.max(state.farthest, mean);
  }

  judge() {
    const { lab, state: { run, shift, farthest } } = this.parts;
    if (run && run.mean !== null && cameBack(shift, run.mean, farthest)) {
      lab.challenges.achieve("wave.wavelength", "One whole wavelength: the wave lies on its copy again.");
    }
  }

  renewed() { this.parts.state.farthest = 0; }
  grown() { this.parts.lab.draw(); }
  *neighbors() { for (const shift of this.parts.panel.slider.nearby()) yield { shift }; }
}
