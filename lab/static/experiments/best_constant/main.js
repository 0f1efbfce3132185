/** The best single answer to some data under three losses: flags are set first, then points are dragged. */
import { draggable, figure, make, movableCanvas, tile } from "../../shared/dom.js";
import { experiment } from "../../shared/frame.js";
import { clamp } from "../../shared/scale.js";
import { Drawing, LOSSES, meanOf, medianOf } from "./drawing.js";

/** @typedef {{curves: Float32Array[], best: number[], targets: number[]}} Run */
/** @typedef {object} State
 * @property {number[]} targets minutes that each ride was late
 * @property {number} chosen the ride, or while the flags are set the flag, that the keys move
 * @property {number[] | null} flags the predicted answers, while what they were set for is shown
 * @property {Run | null} run */
/** @typedef {import("../../shared/frame.js").Parts<State, Panel, Drawing, Round>} Parts */

/** The elements around the rides, and what they say. */
class Panel {
  constructor(/** @type {Parts} */ parts) {
    this.parts = parts;
    const { lab, state } = parts;
    this.tiles = LOSSES.map(({ name }) => tile(name, "min"));
    this.picture = movableCanvas("rides on a line");
    this.hint = make("span");
    lab.root.append(
      make("div", { class: "tiles" }, ...this.tiles.map(({ element }) => element)), lab.trouble.element,
      figure("Nine rides, and how late the bus was", this.picture, this.hint), lab.challenges.element, lab.status);
    draggable(this.picture, {
      take: (px, py) => parts.round.take(parts.drawing.nearest(px, py)),
      move: (px) => parts.round.place(parts.drawing.plot.x.invert(px)),
      stride: (dx, dy) => (dx ? parts.round.place(parts.round.movable()[state.chosen] + dx / 10) : parts.round.take(state.chosen - Math.sign(dy))),
      commit: () => lab.keep(),
    });
  }

  tell() {
    const { lab, state: { run, targets, chosen, flags } } = this.parts;
    this.hint.textContent = lab.prediction.open ? "drag the flags" : "drag any of them";
    const keys = "Left and right move it, up and down choose another.";
    if (lab.prediction.open) {
      const set = `${LOSSES[chosen].name}: your flag is at ${flags?.[chosen].toFixed(1)} minutes.`;
      this.picture.setAttribute("aria-label", `Three flags under a line of rides, late by ${targets.join(", ")} minutes. ${set} ${keys}`);
      lab.say(set);
    }
    if (!run) return;
    const asides = [`the mean: ${meanOf(targets).toFixed(2)}`, `the median: ${medianOf(targets).toFixed(2)}`, "by robust_loss"];
    this.tiles.forEach((tile, i) => tile.set(run.best[i].toFixed(2), flags ? `your flag: ${flags[i].toFixed(1)}` : asides[i]));
    const text = `Best answers in minutes: ${LOSSES.map(({ name }, i) => `${name} ${run.best[i].toFixed(2)}`).join("; ")}.`;
    lab.say(text);
    this.picture.setAttribute("aria-label", `Rides on a line from 0 to 20 minutes. Ride ${chosen + 1} was ${targets[chosen].toFixed(1)} minutes late. ${keys} ${text}`);
  }

  clear() { for (const tile of this.tiles) tile.set("–"); }
}

/** The rides, what is asked of the kernel about them, and which goals were met. */
class Round {
  constructor(/** @type {Parts} */ parts) { this.parts = parts; }
  settings(targets = this.parts.state.targets) { return { targets }; }

  begin() {
    this.parts.lab.ask();
    this.parts.lab.show();
  }

  answer({ arrays, note }, settings) {
    this.parts.state.run = { curves: arrays, best: note.best, targets: settings.targets };
  }

  *neighbors() {
    const { targets, chosen } = this.parts.state;
    for (let d = 1; d < 11; d++) for (const by of [d, -d]) yield this.settings(this.#with(targets, targets[chosen] + by / 10));
  }

  /** What the hand moves: the flags while the prediction is open, then the rides. */
  movable() { return (this.parts.lab.prediction.open && this.parts.state.flags) || this.parts.state.targets; }

  #with(values, at) {
    const { config, state: { chosen } } = this.parts;
    return values.map((old, i) => (i === chosen ? Number(clamp(at, 0, config.high).toFixed(1)) : old));
  }

  take(which) {
    const { lab, state } = this.parts;
    const { length } = this.movable();
    state.chosen = (which + length) % length;
    lab.show();
  }

  place(at) {
    const { lab, state } = this.parts;
    const moved = this.#with(this.movable(), at);
    if (lab.prediction.open) {
      state.flags = moved;
      lab.prediction.offer(moved, LOSSES.map(({ name }, i) => `${name} ${moved[i].toFixed(1)}`).join(", "));
    } else {
      state.flags = null;
      state.targets = moved;
      lab.ask();
    }
    lab.show();
  }

  revealed() { this.take(this.parts.state.targets.length - 1); }

  compare(given) {
    const { run } = this.parts.state;
    if (!run || run.targets.at(-1) !== this.parts.config.late) return undefined;
    const off = given.map((flag, i) => Math.abs(flag - run.best[i]));
    const told = LOSSES.map(({ name }, i) => `${name} ${run.best[i].toFixed(2)}`).join(", ");
    return { right: Math.max(...off) < 1, text: `The best answers: ${told}. The hollow flags are yours. Drag the late ride back, and watch who follows.` };
  }

  judge() {
    const { lab: { challenges }, state: { run } } = this.parts;
    if (!run || run.best[0] < 8 || run.best[2] >= 5) return;
    const late = run.targets.filter((minutes) => minutes > 10).length;
    challenges.achieve("best_constant.robust", `${late} of nine are enough for the mean; yours stays at ${run.best[2].toFixed(2)}.`);
  }
}

export default experiment("best_constant", "what does a loss learn?", { Panel, Drawing, Round },
  ({ settings: { targets }, config: { usual }, prediction: { open, given } }) => ({
    targets, chosen: open ? 0 : targets.length - 1, flags: open ? [usual, usual, usual] : given, run: null,
  }));
