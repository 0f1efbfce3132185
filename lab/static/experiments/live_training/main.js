/** Live training: the learner's losses, optimizer and loop at work, epoch by epoch. */
import { button, checkbox, choice, figure, imageCanvas, key, make, tile } from "../../shared/dom.js";
import { experiment } from "../../shared/frame.js";
import { unpack } from "../../shared/kernel_runner.js";
import { number } from "../../shared/scale.js";
import { linearSlider, logSlider } from "../../shared/sliders.js";
import { Drawing, guessOf } from "./drawing.js";
import { asLoss, asPercent, duration, last, mainAction, metGoals, named } from "./record.js";

/** @typedef {"digits" | "tumors"} Task */
/** @typedef {{task: Task, optimizer: string, learning_rate: number, batch_size: number, schedule: boolean, patience: number}} Settings */
/** @typedef {object} Run a record so far; heldOut and accuracies start before the first epoch
 * @property {Float32Array} losses
 * @property {Float32Array} heldOut
 * @property {Float32Array} accuracies
 * @property {Float32Array} batches
 * @property {Float32Array} trend moving average of the batches
 * @property {Float32Array} answers
 * @property {Settings} settings
 * @property {number} epoch
 * @property {number} left seconds
 * @property {number} seconds
 * @property {boolean} finite
 * @property {number | null} best epoch, once early stopping has stopped the run */
/** @typedef {object} State
 * @property {Settings} settings of the next run
 * @property {"idle" | "running" | "stopped" | "finished" | "trouble" | "cut"} phase
 * @property {string | null} id of the run on screen
 * @property {Run | null} run
 * @property {Run | null} ghost the run before
 * @property {number} shown epochs, with a fraction while the curve grows on
 * @property {boolean} watch whether to train slowly enough to watch
 * @property {boolean} stale whether the learner's code has changed since the run began
 * @property {boolean} known whether its version is */
/** @typedef {import("../../shared/frame.js").Parts<State, Panel, Drawing, Round>} Parts */

const SAMPLES = { digits: "Held-out digits, and what it reads", tumors: "Held-out tumors: how malignant?" };

/** The elements around the training, and what they say. */
class Panel {
  constructor(/** @type {Parts} */ parts) {
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
    this.loss = imageCanvas();
    this.share = imageCanvas();
    this.sample = imageCanvas();
    this.sampleName = make("strong");
    this.speed = make("p", { class: "speed" });
    const legend = key([["blue", "solid", "training"], ["orange", "dashed", "held out"], ["sky", "dot", "one batch"], ["sky", "solid", `mean of ${config.window}`]]);
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
    const { config: { optimizers, rates, batch_sizes: sizes, patience }, state: { settings } } = parts;
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
    const schedule = choice({
      legend: "schedule", value: settings.schedule, options: [[false, "constant"], [true, "cosine"]],
      onChange: (v) => parts.round.change({ schedule: v }),
    });
    const stop = choice({
      legend: "early stopping", value: settings.patience, options: [[0, "off"], [patience, `patience ${patience}`]],
      onChange: (v) => parts.round.change({ patience: v }),
    });
    return make("div", { class: "bench" }, task, stop, optimizer, slide("batch size", batch), slide("learning rate", rate), schedule);
  }

  /** Say how far the training is. */
  tell() {
    const { lab, config, state: { run, phase, settings }, round } = this.parts;
    const epoch = `epoch ${run?.epoch ?? 0} of ${config.epochs}`;
    this.go.textContent = { start: "▶ start", stop: "■ stop", continue: "▶ continue" }[round.action()];
    this.bench.inert = phase === "running" || lab.prediction.open;
    this.progress.value = run?.epoch ?? 0;
    this.clock.textContent = {
      running: run ? `${epoch}, ${duration(run.left)} left` : "starting",
      stopped: `${epoch}, stopped`, finished: run?.best == null ? `${epoch}, finished` : `${epoch}: stopped early, best at ${run.best}`, trouble: `${epoch}, stopped`, cut: `${epoch}, cut short`,
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

// A short trial run tells early what is not written yet; it follows every edit of the code.
const TRIAL = { task: "tumors", optimizer: "Adam", learning_rate: 0.001, batch_size: 32, epochs: 1 };

/** The run in the kernel: how it is started and stopped, what comes of it, and which goals were met. */
class Round {
  /** Runs whose late messages do not count. @type {Set<string>} */
  #dismissed = new Set();

  constructor(/** @type {Parts} */ parts) {
    this.parts = parts;
    parts.lab.hear("training", (message, buffers) => this.#follow(message, buffers));
  }

  begin() {
    const { lab } = this.parts;
    lab.runner.ask(TRIAL);
    lab.model.send({ type: "state" });
    lab.show();
  }

  settings() { return { ...this.parts.state.settings, epochs: this.parts.config.epochs }; }

  close() {
    const { lab: { model }, state } = this.parts;
    if (state.phase === "running") model.send({ type: "stop" });
  }

  answer() {} // the trial run is not shown, and its trouble leaves the other run on screen
  trouble() {}

  renewed() {
    const { state } = this.parts;
    state.stale = state.known && Boolean(state.run);
    state.known = true;
    this.parts.lab.show();
  }

  /** Whether the run on screen has the settings of the next. */
  #same() {
    const { run, settings } = this.parts.state;
    return run !== null && JSON.stringify(run.settings) === JSON.stringify(settings);
  }

  /** What the main button does next. */
  action() { return mainAction(this.parts.state.phase, this.#same()); }

  change(changes) {
    const { lab, state } = this.parts;
    Object.assign(state.settings, changes);
    if ("task" in changes && !this.#same()) {
      if (state.phase !== "running") this.#shelve();
      state.ghost = null;
    }
    lab.keep();
    this.parts.lab.show();
  }

  /** The run on screen makes way; its held-out loss stays as a ghost. */
  #shelve() {
    const { state } = this.parts;
    if (state.run && state.run.heldOut.length > 1) state.ghost = state.run;
    Object.assign(state, { run: null, shown: 0, phase: "idle" });
  }

  #dismiss() {
    const { id } = this.parts.state;
    if (id) this.#dismissed.add(id);
  }

  press() {
    const action = this.action();
    if (action === "stop") {
      this.parts.lab.model.send({ type: "stop" });
      this.parts.state.phase = "stopped";
    } else this.#start(action === "continue");
    this.parts.lab.show();
  }

  #start(resume) {
    const { lab, state } = this.parts;
    const { settings, watch } = state;
    lab.trouble.show(null);
    if (!resume) {
      const earlier = state.run?.settings.task === settings.task;
      this.#dismiss();
      this.#shelve();
      if (!earlier && state.ghost?.settings.task !== settings.task) state.ghost = null;
    }
    const id = Math.random().toString(36).slice(2);
    Object.assign(state, { id, phase: "running", stale: false });
    lab.model.send({ type: "start", id, settings, watch, resume });
  }

  clear() {
    const { lab, state } = this.parts;
    lab.model.send({ type: "reset" });
    this.#dismiss();
    this.#shelve();
    state.id = state.ghost = null;
    lab.trouble.show(null);
    this.parts.lab.show();
  }

  #follow(message, buffers) {
    const { lab, state, drawing } = this.parts;
    if (this.#dismissed.has(message.id) || (state.id && message.id !== state.id && state.phase === "running")) return;
    state.id = message.id;
    if (message.trouble) {
      state.phase = "trouble";
      lab.trouble.show(message.trouble);
    } else if (message.state !== "running" || state.phase !== "stopped") state.phase = message.state;
    if (message.shapes) {
      const [losses, heldOut, accuracies, batches, answers, trend] = unpack([message], buffers[0])[0]?.arrays ?? [];
      const { settings, epoch, left, seconds, finite, best } = message;
      state.run = { losses, heldOut, accuracies, batches, answers, trend, settings, epoch, left, seconds, finite, best };
      drawing.animate(epoch);
    }
    this.parts.lab.show();
  }

  revealed() { this.press(); }

  /** Where the training loss of the first run ends. */
  compare(given) {
    const { lab, config, state: { run, phase } } = this.parts;
    const asked = run && ["task", "optimizer", "learning_rate", "batch_size"].every((name) => run.settings[name] === lab.settings[name]);
    if (!asked || phase !== "finished" || run.losses.length < config.epochs) return null;
    const end = last(run.losses);
    const right = given === (end > 0.4 ? "high" : end < 0.1 ? "low" : "middle");
    return { right, text: `It ends at ${asLoss(end)}. Now do better: optimizer, learning rate, schedule.` };
  }

  judge() {
    const { lab, config, state: { run, phase } } = this.parts;
    if (!run) return;
    for (const goal of metGoals({ ...run, task: run.settings.task, phase }, config.goal)) lab.challenges.achieve(goal, `${named(run.settings)}.`);
  }

  /** How many of the held-out examples a run answers right. */
  right({ answers, settings: { task } }) {
    const { config, state } = this.parts;
    const { labels } = config.tasks[state.settings.task];
    const answer = (i) => (task === "digits" ? guessOf(answers, i, 10).guess : Number(answers[i] > 0.5));
    return `${labels.filter((label, i) => answer(i) === label).length} of ${labels.length}`;
  }
}

export default experiment("live_training", "live training", { Panel, Drawing, Round },
  ({ settings: { task, optimizer, learning_rate, batch_size, schedule, patience } }) => ({
    settings: { task, optimizer, learning_rate, batch_size, schedule, patience },
    phase: "idle", id: null, run: null, ghost: null, shown: 0, watch: true, stale: false, known: false,
  }));
