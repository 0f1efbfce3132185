/** What is asked of the kernel about a race, and which goals were met. */
import { clamp, number } from "../../shared/scale.js";
import { raceGoals } from "./race.js";

export class Round {
  constructor(/** @type {import("./main.js").Parts} */ parts) {
    this.parts = parts;
    /** @type {Record<string, import("./main.js").Land>} */
    this.lands = Object.fromEntries(parts.config.landscapes.map((land) => [land.name, land]));
  }

  land() { return this.lands[this.parts.state.landscape]; }

  settings(changes = {}) {
    const { landscape, start, rates, runners } = this.parts.state;
    return { landscape, start, rates, runners, ...changes };
  }

  chooseLand(name) {
    this.parts.state.landscape = name;
    this.parts.lab.layout();
    this.presets();
  }

  presets() {
    const { state, panel } = this.parts;
    const { start, rates } = this.land();
    Object.assign(state, { start: [...start], rates: { ...rates } });
    for (const [name, { slider }] of panel.lanes) slider.value = rates[name];
    panel.time.jump(0);
    this.parts.lab.ask();
    this.parts.lab.keep();
  }

  changeRate(name, rate) {
    const { state, panel } = this.parts;
    state.rates = { ...state.rates, [name]: rate };
    state.moved = name;
    panel.finish();
    this.parts.lab.ask();
  }

  switchRunner(name) {
    const { config, state, panel } = this.parts;
    const runs = state.runners.includes(name);
    if (runs && state.runners.length === 1) return; // someone has to run
    state.runners = config.runners.filter((other) => (other === name ? !runs : state.runners.includes(other)));
    this.parts.lab.ask();
    this.parts.lab.keep();
    panel.tell();
  }

  moveStart(x, y) {
    const { state, panel } = this.parts;
    const land = this.land();
    const digits = land.x[1] - land.x[0] > 8 ? 2 : 3;
    state.start = [clamp(x, ...land.x), clamp(y, ...land.y)].map((v) => Number(v.toFixed(digits)));
    panel.finish();
    this.parts.lab.ask();
  }

  /** Move the start by steps of about a hundredth of the landscape. */
  stride(dx, dy) {
    const { start } = this.parts.state;
    const { x, y } = this.land();
    const step = ([low, high]) => Number(((high - low) / 100).toPrecision(1));
    this.moveStart(start[0] + dx * step(x), start[1] + dy * step(y));
  }

  showStep(step) {
    this.parts.state.step = step;
    this.parts.lab.draw();
    this.parts.panel.tell();
  }

  answer({ arrays, note }, settings) {
    const runs = Object.fromEntries(note.runners.map((name, i) => [name, { path: arrays[2 * i], losses: arrays[2 * i + 1] }]));
    this.parts.state.run = { runs, absent: note.absent, settings };
  }

  *neighbors() {
    const { state: { rates, moved }, panel } = this.parts;
    for (const rate of panel.lanes.get(moved).slider.nearby(60)) yield this.settings({ rates: { ...rates, [moved]: rate } });
  }

  judge() {
    const { lab: { challenges }, config, state: { run } } = this.parts;
    if (!run) return;
    const { rates, landscape } = run.settings;
    const met = raceGoals(run, this.lands[landscape], config);
    const said = {
      "race.sgd": () => `Learning rate ${number(rates.SGD)}: below the border 2/40, and close to the best.`,
      "race.saddle": () => `Learning rate ${number(rates.SGD)} multiplies the distance from the line by ${number(1 + rates.SGD)} a step.`,
      "race.noise": () => `${met["race.noise"]} is quiet at ${number(rates[met["race.noise"]])}; how far could it still travel?`,
    };
    for (const name of Object.keys(met)) challenges.achieve(name, said[name]());
  }
}
