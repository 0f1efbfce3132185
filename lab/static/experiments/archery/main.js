/** Arrows on a target, the learner's squared error of each as a square, and their mean. */
import { button, draggable, figure, imageCanvas, make, movableCanvas, roundButton, tile } from "../../shared/dom.js";
import { experiment } from "../../shared/frame.js";
import { clamp, number } from "../../shared/scale.js";
import { linearSlider } from "../../shared/sliders.js";
import { atDistance, farthestShare, goals, nearest } from "./arrows.js";
import { Drawing } from "./drawing.js";

/** @typedef {object} State
 * @property {number[][]} arrows where they are, in cm from the center
 * @property {number} chosen which of them the hand moves
 * @property {Run | null} run what is drawn */
/** @typedef {{misses: number[], losses: number[], mse: number | null, mae: number, settings: {arrows: number[][]}}} Run */
/** @typedef {import("../../shared/frame.js").Parts<State, Panel, Drawing, Round>} Parts */

const STRIDE = 0.5; // cm that a key moves an arrow

export const percent = (share) => `${Math.round(100 * share)}%`;

/** The elements around the target, and what they say. */
class Panel {
  constructor(/** @type {Parts} */ parts) {
    this.parts = parts;
    const { lab, config, state } = parts;
    this.mse = tile("MSE, yours", "cm²");
    this.mae = tile("MAE", "cm");
    this.share = make("p", { class: "share" });
    this.target = movableCanvas("target with movable arrows");
    this.squares = imageCanvas();
    this.which = make("output", { class: "which" });
    this.distance = linearSlider({
      label: "Distance of the chosen arrow from the center, in cm", low: 0, high: Math.floor(config.reach), step: STRIDE,
      jump: 4, value: 0, format: (v) => `${number(v)} cm`,
      onInput: (v) => parts.round.place(atDistance(state.arrows[state.chosen], v)), onCommit: () => parts.round.commit(),
    });
    this.shoot = button("shoot an arrow", () => parts.round.shoot());
    this.twice = button("twice as far", () => parts.round.twice());
    lab.root.append(
      make("div", { class: "tiles archery-tiles" }, this.mse.element, this.mae.element), this.share, lab.trouble.element,
      make("div", { class: "plots archery" },
        figure("The target", this.target, "click to shoot, drag to move"),
        figure("Each miss, squared", this.squares, "area: the loss of that arrow alone")),
      make("div", { class: "tools" },
        this.shoot, this.twice, button("remove", () => parts.round.remove()),
        make("div", { class: "chosen" },
          roundButton("‹", "Choose the arrow before", () => parts.round.choose(-1)), this.which,
          roundButton("›", "Choose the next arrow", () => parts.round.choose(1))),
        make("label", { class: "field" }, make("span", {}, "distance"), this.distance.input, this.distance.output)),
      lab.challenges.element, lab.status);
    this.#handle();
  }

  /** The hand and the keys on the target. */
  #handle() {
    const { parts } = this;
    const { state } = parts;
    let grip = [0, 0];
    draggable(this.target, {
      take: (px, py) => {
        const { x, y } = parts.drawing.target;
        const [cx, cy] = [x.invert(px), y.invert(py)];
        const hit = nearest(state.arrows, cx, cy, x.invert(16) - x.invert(0));
        parts.round.release();
        grip = hit >= 0 ? [state.arrows[hit][0] - cx, state.arrows[hit][1] - cy] : [0, 0];
        if (hit >= 0) state.chosen = hit;
        else parts.round.add(cx, cy);
      },
      move: (px, py) => {
        const { x, y } = parts.drawing.target;
        parts.round.place(parts.round.within(x.invert(px) + grip[0], y.invert(py) + grip[1]));
      },
      stride: (dx, dy) => {
        const [x, y] = state.arrows[state.chosen];
        parts.round.place(parts.round.within(x + dx * STRIDE, y + dy * STRIDE));
      },
      commit: () => parts.round.commit(),
    });
    this.target.addEventListener("keydown", (event) => {
      const { round } = parts;
      const shoot = () => round.shoot();
      const remove = () => round.remove();
      const action = {
        Enter: shoot, " ": shoot, Delete: remove, Backspace: remove,
        PageDown: () => round.choose(1), PageUp: () => round.choose(-1),
      }[event.key];
      if (!action) return;
      event.preventDefault();
      action();
    });
  }

  /** Show which arrow the tools are about. */
  follow() {
    const { config, state: { arrows, chosen } } = this.parts;
    const arrow = arrows[chosen];
    if (arrow) this.distance.show(Math.hypot(...arrow));
    this.which.textContent = arrow ? `arrow ${chosen + 1} of ${arrows.length}` : "no arrow";
    this.shoot.disabled = arrows.length >= config.most;
    this.twice.disabled = !arrow || 2 * Math.hypot(...arrow) > config.reach; // it would leave the sheet
  }

  tell() {
    const { lab, state: { run, arrows, chosen }, round: { before } } = this.parts;
    if (!run) return;
    const { misses, losses, mae } = run;
    const mse = run.mse === null ? "nan" : number(run.mse);
    const grown = (now, then) => (then > 0 && Math.abs(now / then - 1) > 0.005 ? `× ${number(now / then)} by this move` : "");
    const same = before?.count === misses.length;
    this.mse.set(mse, same && run.mse !== null ? grown(run.mse, before.mse) : "");
    this.mae.set(number(mae), same ? grown(mae, before.mae) : "");
    const part = farthestShare(misses, losses);
    this.share.textContent = misses.length > 1 && part.mse >= 0
      ? `Arrow ${part.arrow + 1}, the farthest, makes ${percent(part.mae)} of the MAE and ${percent(part.mse)} of the MSE.`
      : "";
    const text = `${misses.length} arrows. MSE ${mse}, MAE ${number(mae)}. ${this.share.textContent}`;
    lab.say(text);
    this.target.setAttribute("aria-label",
      `Target. Arrow ${chosen + 1} is ${number(Math.hypot(...arrows[chosen]))} cm from the center: arrow keys move it, Enter shoots another, Delete removes it, Page Up and Page Down choose. ${text}`);
    this.squares.setAttribute("aria-label",
      `Loss of each arrow alone: ${[...losses].map((loss, i) => `arrow ${i + 1}, ${number(misses[i])} cm off, ${number(loss)}`).join("; ")}.`);
  }

  clear() {
    this.mse.set("–");
    this.share.textContent = "";
  }
}

/** What is asked of the kernel about the arrows, the moves of the hand, and which goals were met. */
class Round {
  /** The means before this move. @type {{mse: number | null, mae: number, count: number} | null} */
  before = null;
  /** The loss that was to be predicted, before its arrow went farther. @type {number | null} */
  #first = null;
  #released = true; // the next change begins a new move

  constructor(/** @type {Parts} */ parts) { this.parts = parts; }
  settings() { return { arrows: this.parts.state.arrows }; }

  begin() {
    this.parts.panel.follow();
    this.parts.lab.change({});
  }

  answer({ arrays: [misses, losses], note }, settings) {
    this.parts.state.run = { misses, losses, ...note, settings };
  }

  renewed() { this.before = this.#first = null; }

  /** The chosen arrow goes twice as far: that is what was asked. */
  revealed() {
    this.#first = this.parts.state.run?.losses[this.parts.state.chosen] ?? null;
    this.twice();
  }

  compare(given) {
    const { run, arrows, chosen } = this.parts.state;
    if (!run || run.settings.arrows !== arrows) return null;
    const loss = run.losses[chosen];
    if (this.#first === null) return { right: given === 4, text: "Twice as far costs four times as much: a miss is squared." };
    const factor = loss / this.#first;
    return { right: Math.abs(factor / given - 1) < 0.05, text: `From ${number(this.#first)} to ${number(loss)}: ${number(factor)} times as much. A miss is squared.` };
  }

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

export default experiment("archery", "arrows on a target", { Panel, Drawing, Round },
  ({ settings: { arrows } }) => ({ arrows, chosen: arrows.length - 1, run: null }));
