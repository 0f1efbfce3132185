/** The run in the kernel: how it is started and stopped, what comes of it, and which goals were met. */
import { unpack } from "../../shared/kernel_runner.js";
import { guessOf } from "./answers.js";
import { mainAction, metGoals, named } from "./record.js";

// A short trial run tells early what is not written yet; it follows every edit of the code.
const TRIAL = { task: "tumors", optimizer: "Adam", learning_rate: 0.001, batch_size: 32, epochs: 1 };

export class Round {
  /** Runs whose late messages do not count. @type {Set<string>} */
  #dismissed = new Set();
  #receive = (message, buffers) => {
    if (message.type === "training") this.#follow(message, buffers);
  };

  constructor(/** @type {import("./main.js").Parts} */ parts) {
    this.parts = parts;
    parts.lab.model.on("msg:custom", this.#receive);
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
    model.off("msg:custom", this.#receive);
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

  // ---- the hand -------------------------------------------------------------
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

  // ---- the kernel -----------------------------------------------------------
  #follow(message, buffers) {
    const { lab, state, drawing } = this.parts;
    if (this.#dismissed.has(message.id) || (state.id && message.id !== state.id && state.phase === "running")) return;
    state.id = message.id;
    if (message.trouble) {
      state.phase = "trouble";
      lab.trouble.show(message.trouble);
    } else if (message.state !== "running" || state.phase !== "stopped") state.phase = message.state;
    if (message.shapes) {
      const [losses, heldOut, accuracies, batches, answers] = unpack([message], buffers[0])[0]?.arrays ?? [];
      const { settings, epoch, left, seconds, finite } = message;
      state.run = { losses, heldOut, accuracies, batches, answers, settings, epoch, left, seconds, finite };
      drawing.animate(epoch);
    }
    this.parts.lab.show();
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
