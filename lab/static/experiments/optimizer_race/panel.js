/** The elements around the race, a lane for each runner, and what they say. */
import { button, chips, codeButton } from "../../shared/buttons.js";
import { make } from "../../shared/dom.js";
import { draggable } from "../../shared/dragging.js";
import { figure, verdictLine } from "../../shared/panels.js";
import { number } from "../../shared/scale.js";
import { logSlider, Scrubber } from "../../shared/sliders.js";
import { lossWords, raceCode, ranking, RUNNER_LOOKS } from "./race.js";

export class Panel {
  constructor(/** @type {import("./main.js").Parts} */ parts) {
    this.parts = parts;
    const { lab, config, state } = parts;
    this.verdict = verdictLine();
    this.landText = make("p");
    this.map = make("canvas", { class: "map", tabindex: 0, role: "application", "aria-roledescription": "map with a movable start" });
    this.curve = make("canvas", { role: "img", "aria-label": "Loss against step for each runner." });
    const chooser = chips({
      label: "Landscape", value: state.landscape, items: config.landscapes.map(({ name, title }) => ({ value: name, text: title })),
      onChange: (name) => parts.round.chooseLand(name),
    });
    this.time = new Scrubber({
      steps: config.steps, from: 0, what: "the race", perSecond: 20, onStep: (k) => parts.round.showStep(k),
    });
    this.lanes = new Map(config.runners.map((name) => [name, this.#lane(name)]));
    lab.root.append(
      this.verdict.element, make("div", { class: "chooser" }, chooser, this.landText), lab.trouble.element,
      make("div", { class: "plots" },
        figure("The race on the loss", this.map, "drag the start"), figure("The loss, step by step", this.curve)),
      make("div", { class: "controls-row" }, this.time.element, button("back to the presets", () => parts.round.presets())),
      make("div", { class: "lanes", role: "group", "aria-label": "Runners" },
        make("div", { class: "lane head", "aria-hidden": "true" },
          make("span", {}, "runner"), make("span", {}, "learning rate"), make("span"), make("span", { class: "loss" }, "loss")),
        ...[...this.lanes.values()].map(({ element }) => element)),
      lab.challenges.element, codeButton(() => raceCode(parts.round.settings())), lab.status);
    draggable(this.map, {
      move: (x, y) => parts.round.moveStart(parts.drawing.map.x.invert(x), parts.drawing.map.y.invert(y)),
      stride: (dx, dy) => parts.round.stride(dx, dy),
      commit: () => parts.lab.keep(),
    });
  }

  close() { this.time.halt(); }

  #lane(name) {
    const { parts } = this;
    const { color, sign } = RUNNER_LOOKS[name];
    const slider = logSlider({
      label: `Learning rate of ${name}`, ...parts.config.rates, value: parts.state.rates[name], format: (v) => number(v),
      onInput: (v) => parts.round.changeRate(name, v), onCommit: () => parts.lab.keep(),
    });
    const toggle = make("button", {
      type: "button", class: "runner", "aria-pressed": "true", title: `Let ${name} run, or not`, onclick: () => parts.round.switchRunner(name),
    }, make("span", { class: "sign", style: `color: var(--${color})`, "aria-hidden": "true" }, sign), name);
    const loss = make("span", { class: "loss" });
    return { slider, toggle, loss, element: make("div", { class: "lane" }, toggle, slider.input, slider.output, loss) };
  }

  /** A change is seen at once: the whole race is shown. */
  finish() { if (this.parts.state.step < this.parts.config.steps) this.time.jump(this.parts.config.steps); }

  /** Say what is drawn. */
  tell() {
    const { lab, state: { run, step, start }, round } = this.parts;
    this.#fillLanes();
    const { title } = round.land();
    const order = run && step > 0 ? ranking(run.runs, step) : [];
    const waits = run?.absent.length ? ` Write ${run.absent.join(" and ")} to see ${run.absent.length > 1 ? "them" : "it"} run.` : "";
    this.#announce(order, waits);
    this.map.setAttribute("aria-label", `Paths of the runners on the ${title}. Start at ${start.join(", ")}; move it with the arrow keys.`);
    if (!order.length) return;
    const [lead, ...others] = order;
    const rest = others.map(({ name, loss }) => `${name} ${lossWords(loss)}`).join(", ");
    const text = `On the ${title}, ${lead.name} has the lowest loss after ${step} steps, ${lossWords(lead.loss)}${rest && `; ${rest}`}.${waits}`;
    lab.say(text);
    this.curve.setAttribute("aria-label", `Loss against step for each runner. ${text}`);
  }

  #fillLanes() {
    const { run, step, runners } = this.parts.state;
    for (const [name, { toggle, loss, element, slider }] of this.lanes) {
      const on = runners.includes(name);
      toggle.setAttribute("aria-pressed", String(on));
      element.classList.toggle("off", !on);
      slider.input.disabled = !on;
      const value = run?.runs[name]?.losses[step];
      loss.textContent = run?.absent.includes(name) ? "not written yet" : value === undefined ? "–" : lossWords(value);
    }
  }

  /** Who leads, in the line above the plots. */
  #announce(order, waits) {
    const { state: { run, step }, round } = this.parts;
    const { badge, finding } = this.verdict;
    const [lead] = order;
    if (lead) {
      const { sign, color } = RUNNER_LOOKS[lead.name];
      badge.textContent = `${sign} ${lead.name} ${order.length === 1 ? "runs" : "leads"}`;
      badge.style.setProperty("--sign", `var(--${color})`);
      finding.textContent = `after ${step} steps, with loss ${lossWords(lead.loss)}.${waits}`;
    } else if (run && step === 0) {
      badge.textContent = "● ready";
      badge.style.removeProperty("--sign");
      finding.textContent = `Who will lead on the ${round.land().title}? Say it first, then press play.${waits}`;
    } else badge.textContent = finding.textContent = "";
  }
}
