/** The elements around the target, and what they say. */
import { button, roundButton } from "../../shared/buttons.js";
import { make } from "../../shared/dom.js";
import { draggable } from "../../shared/dragging.js";
import { figure, tile } from "../../shared/panels.js";
import { number } from "../../shared/scale.js";
import { linearSlider } from "../../shared/sliders.js";
import { atDistance, farthestShare, nearest } from "./arrows.js";

const STRIDE = 0.5; // cm that a key moves an arrow

export const percent = (share) => `${Math.round(100 * share)} %`;

export class Panel {
  constructor(/** @type {import("./main.js").Parts} */ parts) {
    this.parts = parts;
    const { lab, config, state } = parts;
    this.mse = tile("MSE, yours", "cm²");
    this.mae = tile("MAE", "cm");
    this.share = make("p", { class: "share" });
    this.target = make("canvas", { class: "map", tabindex: 0, role: "application", "aria-roledescription": "target with movable arrows" });
    this.squares = make("canvas", { role: "img" });
    this.which = make("output", { class: "which" });
    this.distance = linearSlider({
      label: "Distance of the chosen arrow from the center, in cm", low: 0, high: Math.floor(config.reach), step: STRIDE,
      jump: 4, value: 0, format: (v) => `${number(v)} cm`,
      onInput: (v) => parts.round.place(atDistance(state.arrows[state.chosen], v)), onCommit: () => parts.round.commit(),
    });
    this.shoot = button("shoot an arrow", () => parts.round.shoot());
    lab.root.append(
      make("div", { class: "tiles archery-tiles" }, this.mse.element, this.mae.element), this.share, lab.trouble.element,
      make("div", { class: "plots archery" },
        figure("The target", this.target, "click to shoot, drag to move"),
        figure("Each miss, squared", this.squares, "area: the loss of that arrow alone")),
      make("div", { class: "tools" },
        this.shoot, button("twice as far", () => parts.round.twice()), button("remove", () => parts.round.remove()),
        roundButton("‹", "Choose the arrow before", () => parts.round.choose(-1)), this.which,
        roundButton("›", "Choose the next arrow", () => parts.round.choose(1)),
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
    if (arrow) this.distance.value = Math.hypot(...arrow);
    this.which.textContent = arrow ? `arrow ${chosen + 1} of ${arrows.length}` : "no arrow";
    this.shoot.disabled = arrows.length >= config.most;
  }

  /** Say what is drawn. */
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

  /** Nothing is known. */
  clear() {
    this.mse.set("–");
    this.share.textContent = "";
  }
}
