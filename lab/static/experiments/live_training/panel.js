/** The elements around the training, and what they say. */
import { button, checkbox, choice } from "../../shared/buttons.js";
import { make } from "../../shared/dom.js";
import { figure, key, tile } from "../../shared/panels.js";
import { number } from "../../shared/scale.js";
import { linearSlider, logSlider } from "../../shared/sliders.js";
import { asLoss, asPercent, duration, last, named } from "./record.js";

const SAMPLES = { digits: "Held-out digits, and what it reads", tumors: "Held-out tumors: probability of malignant" };

export class Panel {
  constructor(/** @type {import("./main.js").Parts} */ parts) {
    this.parts = parts;
    const { lab, config, state } = parts;
    this.bench = this.#bench();
    this.go = button("▶ start", () => parts.round.press(), { class: "go" });
    this.progress = make("progress", { max: config.epochs, value: 0, "aria-label": "Epochs done" });
    this.clock = make("span", { class: "clock" });
    const watch = checkbox("slow enough to watch", true, (checked) => { state.watch = checked; });
    this.train = tile("training loss");
    this.held = tile("held-out loss");
    this.accuracy = tile("accuracy");
    this.loss = make("canvas", { role: "img" });
    this.share = make("canvas", { role: "img" });
    this.sample = make("canvas", { role: "img" });
    this.sampleName = make("strong");
    this.speed = make("p", { class: "speed" });
    const legend = key([["blue", "solid", "training"], ["orange", "dashed", "held out"], ["sky", "dot", "one batch"]]);
    lab.root.append(
      this.bench,
      make("div", { class: "drive" }, this.go, button("reset", () => parts.round.clear()), this.progress, this.clock, watch.element),
      lab.trouble.element,
      make("div", { class: "live" },
        make("div", {}, figure("The loss", this.loss, legend), figure("Held-out accuracy", this.share), this.speed),
        make("div", { class: "right" },
          make("div", { class: "tiles" }, this.train.element, this.held.element, this.accuracy.element),
          figure(this.sampleName, this.sample))),
      lab.challenges.element, lab.status);
  }

  /** The settings of the next run. */
  #bench() {
    const { parts } = this;
    const { config: { optimizers, rates, batch_sizes: sizes }, state: { settings } } = parts;
    const task = choice({
      legend: "task", value: settings.task, options: [["tumors", "tumors: 2 classes"], ["digits", "digits: 10 classes"]],
      onChange: (v) => parts.round.change({ task: v }),
    });
    const optimizer = choice({
      legend: "optimizer", value: settings.optimizer, options: optimizers.map((name) => [name, name]),
      onChange: (v) => parts.round.change({ optimizer: v }),
    });
    const rate = logSlider({
      label: "Learning rate", ...rates, value: settings.learning_rate, format: (v) => number(v, 2),
      onInput: (v) => parts.round.change({ learning_rate: Number(v.toPrecision(6)) }),
    });
    const batch = linearSlider({
      label: "Batch size", low: 0, high: sizes.length - 1, step: 1, jump: 1, value: sizes.indexOf(settings.batch_size),
      format: (k) => String(sizes[k]), onInput: (k) => parts.round.change({ batch_size: sizes[k] }),
    });
    const slide = (name, { input, output }) => make("div", { class: "slide" }, make("span", { class: "name" }, name), input, output);
    return make("div", { class: "bench" }, task, optimizer, slide("learning rate", rate), slide("batch size", batch));
  }

  /** Say how far the training is. */
  tell() {
    const { lab, config, state: { run, phase, settings }, round } = this.parts;
    const epoch = `epoch ${run?.epoch ?? 0} of ${config.epochs}`;
    this.go.textContent = { start: "▶ start", stop: "■ stop", continue: "▶ continue" }[round.action()];
    this.bench.inert = phase === "running";
    this.progress.value = run?.epoch ?? 0;
    this.clock.textContent = {
      running: run ? `${epoch}, ${duration(run.left)} left` : "starting",
      stopped: `${epoch}, stopped`, finished: `${epoch}, finished`, trouble: `${epoch}, stopped`, cut: `${epoch}, cut short`,
    }[phase] ?? epoch;
    const said = this.#fillTiles(run, epoch);
    this.#tellSpeed();
    if (phase !== "running" || !run || run.epoch % 10 === 0) lab.say(`${phase}. ${said}`);
    this.loss.setAttribute("aria-label", `Loss against epoch, ${named(settings)}. ${said}`);
    this.share.setAttribute("aria-label", `Held-out accuracy against epoch. ${said}`);
    const what = SAMPLES[settings.task];
    this.sampleName.textContent = what;
    this.sample.setAttribute("aria-label", `${what}. ${run?.answers.length ? `${round.right(run)} right.` : "No answers yet."}`);
  }

  /** The last figures of a run, large and in a sentence. */
  #fillTiles(run, epoch) {
    const [train, held] = [run?.losses, run?.heldOut].map((losses) => (losses?.length ? asLoss(last(losses)) : "–"));
    const accuracy = run?.accuracies.length ? asPercent(last(run.accuracies)) : "";
    this.train.set(train);
    this.held.set(held);
    this.accuracy.set(accuracy || "–", run?.losses.length && !accuracy ? "write accuracy to see it" : "");
    return run?.losses.length
      ? `${epoch}. Training loss ${train}, held-out loss ${held}${accuracy && `, accuracy ${accuracy}`}.` : "No run yet.";
  }

  #tellSpeed() {
    const { config, state: { run, stale, settings } } = this.parts;
    if (stale) this.speed.textContent = "You have saved your code since this run began; start again to see what it does now.";
    else if (run?.epoch) {
      const examples = config.tasks[settings.task].examples.toLocaleString("en");
      this.speed.textContent = `Your code needs ${number((1000 * run.seconds) / run.epoch, 2)} ms for an epoch of ${examples} examples.`;
    } else if (!run) this.speed.textContent = "";
  }
}
