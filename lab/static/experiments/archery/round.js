/** What is asked of the kernel about the arrows, the moves of the hand, and which goals were met. */
import { clamp, number } from "../../shared/scale.js";
import { atDistance, farthestShare, goals } from "./arrows.js";
import { percent } from "./panel.js";

export class Round {
  /** The means before this move. @type {{mse: number | null, mae: number, count: number} | null} */
  before = null;
  #released = true; // the next change begins a new move

  constructor(/** @type {import("./main.js").Parts} */ parts) { this.parts = parts; }
  settings() { return { arrows: this.parts.state.arrows }; }

  begin() {
    const { lab, panel } = this.parts;
    panel.follow();
    lab.draw();
    lab.ask();
  }

  answer({ arrays: [misses, losses], note }, settings) {
    this.parts.state.run = { misses, losses, ...note, settings };
  }

  renewed() { this.before = null; }

  *neighbors() {
    const { state: { arrows, chosen }, panel } = this.parts;
    const arrow = arrows[chosen];
    if (!arrow) return;
    for (const [dx, dy] of [[0.5, 0], [-0.5, 0], [0, 0.5], [0, -0.5]]) yield this.#with(this.within(arrow[0] + dx, arrow[1] + dy));
    for (const distance of panel.distance.nearby()) yield this.#with(atDistance(arrow, distance));
  }

  /** The settings with the chosen arrow elsewhere. */
  #with(arrow) {
    const { state: { arrows, chosen } } = this.parts;
    return { arrows: arrows.map((old, i) => (i === chosen ? arrow : old)) };
  }

  /** The place, or the one nearest to it on the sheet. */
  within(x, y) {
    const farthest = Math.floor(this.parts.config.reach);
    const [wx, wy] = Math.hypot(x, y) > farthest ? atDistance([x, y], farthest) : [x, y];
    return [Number(wx.toFixed(2)) + 0, Number(wy.toFixed(2)) + 0];
  }

  // ---- moves ----------------------------------------------------------------
  release() { this.#released = true; }

  commit() {
    this.release();
    this.parts.lab.keep();
  }

  /** Move the chosen arrow. */
  place(arrow) {
    const { state } = this.parts;
    if (this.#released && state.run) {
      this.before = { mse: state.run.mse, mae: state.run.mae, count: state.run.misses.length };
      this.#released = false;
    }
    state.arrows = this.#with(arrow).arrows;
    this.begin();
  }

  add(x, y) {
    const { config, state } = this.parts;
    if (state.arrows.length >= config.most) return;
    state.arrows = [...state.arrows, this.within(x, y)];
    state.chosen = state.arrows.length - 1;
    this.begin();
  }

  shoot() { // a steady hand, and now and then a gust of wind
    const spread = Math.random() < 0.2 ? 9 : 3;
    const angle = 2 * Math.PI * Math.random();
    const away = spread * Math.sqrt(-2 * Math.log(1 - Math.random()));
    this.add(away * Math.cos(angle), away * Math.sin(angle));
    this.commit();
  }

  remove() {
    const { state } = this.parts;
    if (state.arrows.length < 2) return; // a mean needs at least one
    state.arrows = state.arrows.filter((_, i) => i !== state.chosen);
    state.chosen = clamp(state.chosen, 0, state.arrows.length - 1);
    this.begin();
    this.commit();
  }

  twice() {
    const { arrows, chosen } = this.parts.state;
    const [x, y] = arrows[chosen];
    this.place(this.within(2 * x, 2 * y));
    this.commit();
  }

  choose(by) {
    const { state } = this.parts;
    const count = state.arrows.length;
    state.chosen = (state.chosen + by + count) % count;
    this.before = null;
    this.release();
    this.begin();
  }

  judge() {
    const { lab: { challenges }, config, state: { run } } = this.parts;
    if (!run || run.mse === null) return;
    const { misses, losses, mse, mae } = run;
    if (goals.outlier(misses, mse, mae, config.gold)) {
      challenges.achieve("archery.outlier", `One arrow makes ${percent(farthestShare(misses, losses).mse)} of the MSE: the others hardly count.`);
    }
    if (goals.hundred(misses, mse)) {
      challenges.achieve("archery.hundred", `The mean distance is only ${number(mae)} cm.`);
    }
  }
}
