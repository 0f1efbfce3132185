/** The frame around every experiment.
 *
 *   export default experiment("learning_rate", "learning rate", { Panel, Drawing, Round }, (lab) => state)
 *
 * The first name is that of its folder; its style sheet holds only for elements inside
 * `.descent.learning_rate`, since many experiments may share a page. The second is for screen readers.
 *
 * For each view, the three classes are made, in this order, with one argument: `Parts`.
 *   Panel    the elements, put into `lab.root`; tell() says what is drawn, clear() that nothing is known
 *   Drawing  the canvases: layout(width, narrow) when the width or the theme changes, draw() after it
 *   Round    what is asked of the kernel: settings(), answer() takes what comes of them, judge() looks
 *            for goals that are met; begin() for another start than lab.change({}), and what else the runner
 *            calls (see kernel_runner.js): trouble, renewed, grown, neighbors; `options` of the runner;
 *            compare(given) and revealed() for the prediction that comes first (see prediction.js)
 * Each may have a close(), and the panel a Scrubber, `time`, which is halted. `state` is what is drawn;
 * tests read it as element.__experiment.state. The frame adds the question that comes first and the
 * button that fills the window. Heights in a layout are lab.size(height): they shrink where picture
 * and controls would not fit on screen together, and grow where the experiment fills the window. */
import { readColors } from "./colors.js";
import { ChallengeList, liveText, make, troublePanel } from "./dom.js";
import { expander } from "./expand.js";
import { Runner } from "./kernel_runner.js";
import { nameEmptyPictures, takeKeys, unfoldBelow } from "./page.js";
import { Prediction } from "./prediction.js";
import { clamp } from "./scale.js";

/** @import { Goal, Trouble } from "./dom.js" */
/** @import { Model, Result, Settings } from "./kernel_runner.js" */
/** @template State, Panel, Drawing, Round
 * @typedef {{lab: Lab, config: any, state: State, panel: Panel, drawing: Drawing, round: Round}} Parts */

const [MIN_STRETCH, MAX_STRETCH] = [0.6, 2.2]; // how far pictures shrink and grow

/** What the frame offers to the parts of an experiment. */
export class Lab {
  /** The link to the kernel. @type {Runner} */
  runner = /** @type {any} */ (null);
  /** @type {any} */
  state = {};
  #width = 0;
  #stretch = 1;
  #reported = /** @type {Set<string>} */ (new Set());
  #held = /** @type {[Result, Settings] | null} */ (null); // came while a prediction was open
  /** @type {Parts<any, any, any, any>} */
  #parts = /** @type {any} */ ({});
  #keeping = 0;
  /** @type {Settings | null} */
  #kept = null;
  /** @type {(() => void)[]} */
  #closers = [];

  constructor(/** @type {string} */ name, /** @type {string} */ title, /** @type {Model} */ model, /** @type {HTMLElement} */ el) {
    this.title = title;
    this.model = model;
    /** The element to fill. */
    this.root = make("div", { class: `descent ${name}`, role: "group", "aria-label": `Experiment: ${title}` });
    el.append(this.root);
    /** What Python sent. */
    this.config = model.get("config");
    /** The settings at the start. */
    this.settings = { ...model.get("settings") };
    /** The theme's colors, kept fresh. */
    this.colors = readColors(this.root);
    /** The panel for errors: place its element. */
    this.trouble = troublePanel();
    /** The live text, to be placed: `say` is spoken once the hand rests. */
    this.status = make("p", { class: "sr-only", role: "status", "aria-live": "polite" });
    const live = liveText(this.status);
    this.say = live.say;
    /** The goals: place their element. */
    this.challenges = new ChallengeList(this.config.challenges, (challenge) => this.#achieved(challenge));
    this.hear("achieved", ({ challenge, agrees }) => this.challenges.settle(challenge, agrees));
    /** What is asked first. */
    this.prediction = new Prediction({ tell: (name, given, opened) => this.#predicted(name, given, opened), redraw: () => this.draw() });
    this.prediction.begin(this.config.prediction);
    this.expander = expander(this.root, () => this.layout());
    this.#closers.push(() => live.close(), this.expander.close);
  }

  /** Hear the messages of a type that the kernel sends by itself. @param {string} type @param {(message: any, buffers: DataView<ArrayBuffer>[]) => void} act */
  hear(type, act) {
    const receive = (/** @type {any} */ message, /** @type {DataView<ArrayBuffer>[]} */ buffers) => message.type === type && act(message, buffers);
    this.model.on("msg:custom", receive);
    this.#closers.push(() => this.model.off("msg:custom", receive));
  }

  /** The width of a plot that shares a row with another. @param {number} width @param {boolean} narrow */
  half(width, narrow) { return narrow ? width : Math.floor((width - 20) / 2); }

  /** A height in a layout. @param {number} height */
  size(height) { return Math.round(height * this.#stretch); }

  /** Report a goal, once for the same settings and code. @param {string} challenge */
  #achieved(challenge) {
    const settings = this.state.run?.settings ?? this.#parts.round.settings();
    const report = JSON.stringify([challenge, settings, this.runner.version]);
    if (this.#reported.has(report)) return;
    this.#reported.add(report);
    this.model.send({ type: "achieved", challenge, settings });
  }

  /** Draw again, once there is a place to draw on. */
  draw() { if (this.#width) this.#parts.drawing.draw(); }

  /** Draw, say what is drawn, and see which goals it meets. */
  show() {
    this.draw();
    this.#parts.panel.tell();
    if (this.prediction.open) return;
    this.#parts.round.judge?.();
    this.#compare();
  }

  /** Ask the kernel about the present settings. */
  ask() { this.runner.ask(this.#parts.round.settings()); }

  /** Change the state: what is known is drawn at once, the rest is asked for. @param {object} changes */
  change(changes) {
    Object.assign(this.state, changes);
    this.draw();
    this.ask();
  }

  /** Remember settings in the notebook's widget, once the hand rests. @param {Settings} [settings] */
  keep(settings = this.#parts.round.settings()) {
    clearTimeout(this.#keeping);
    this.#kept = settings;
    this.#keeping = setTimeout(() => this.#keepNow(), 400); // not between a request and its answer
  }

  #keepNow() {
    clearTimeout(this.#keeping);
    if (!this.#kept) return;
    this.model.set("settings", this.#kept);
    this.model.save_changes();
    this.#kept = null;
  }

  /** Join the parts, and begin. @param {Parts<any, any, any, any>} parts */
  open(parts) {
    const { panel, drawing, round } = (this.#parts = parts);
    this.runner = new Runner(this.model, this.#handlers(parts), round.options);
    this.#closers.push(() => this.#keepNow(), () => panel.time?.halt());
    this.#closers.push(...[panel, drawing, round, this.runner].map((part) => () => part.close?.()));
    this.root.prepend(this.prediction.element);
    this.root.append(this.expander.element);
    this.#shut();
    takeKeys(this.root, (event) => this.prediction.key(event), () => this.draw());
    nameEmptyPictures(this.root, this.title);
    this.#watchPage();
    this.#watchKernel();
    this.layout();
    requestAnimationFrame(() => (round.begin ? round.begin() : this.change({})));
  }

  /** What a round does with the kernel's answers, and what every experiment does. @param {Parts<any, any, any, any>} parts */
  #handlers({ panel, round }) {
    const troubled = (/** @type {Trouble | null} */ trouble) => {
      this.trouble.show(trouble);
      this.root.classList.toggle("troubled", Boolean(trouble));
    };
    return {
      answer: (/** @type {Result} */ result, /** @type {Settings} */ settings) => {
        troubled(null);
        if (this.prediction.open && !this.config.prediction.shows_run) {
          this.#held = [result, settings];
          return;
        }
        const first = !this.state.run;
        round.answer(result, settings);
        this.show();
        if (first) this.layout();
      },
      trouble: (/** @type {Trouble} */ trouble) => {
        troubled(trouble);
        if (round.trouble) return round.trouble();
        this.state.run = null;
        panel.clear?.();
        this.show();
      },
      waiting: (/** @type {boolean} */ yes) => {
        this.root.classList.toggle("waiting", yes);
        if (yes) this.say("The kernel is busy; the picture follows when it is free.");
      },
      renewed: () => round.renewed?.(),
      grown: (/** @type {Settings[]} */ settings, /** @type {(Result | null)[]} */ results) => round.grown?.(settings, results),
      neighbors: (/** @type {Settings} */ settings) => (this.prediction.open ? [] : (round.neighbors?.(settings) ?? [])),
    };
  }

  /** While a prediction is open, only what it needs can be reached. */
  #shut() {
    const { open, element, plot } = this.prediction;
    this.root.classList.toggle("asking", open);
    const free = [element, this.expander.element, this.trouble.element, this.status];
    for (const child of this.root.children) {
      /** @type {HTMLElement} */ (child).inert = open && !free.some((part) => part === child) && !child.contains(plot?.canvas ?? null);
    }
  }

  /** A prediction was made: keep it, and show what was held back. @param {string} name @param {any} given @param {boolean} opened */
  #predicted(name, given, opened) {
    const { round } = this.#parts;
    this.model.send({ type: "predicted", prediction: name, given });
    if (!opened) return;
    this.#shut();
    if (this.#held) round.answer(...this.#held);
    this.#held = null;
    round.revealed?.();
    this.show();
    this.runner.see(this.runner.visible); // what was not computed ahead may be now
  }

  /** Once the run is there, lay it over the prediction; what is to be seen unfolds below. */
  #compare() {
    const { prediction } = this;
    if (!prediction.pending) return;
    const said = this.#parts.round.compare?.(prediction.given);
    if (!said) return;
    prediction.reply(said);
    this.layout(); // there is more to read
    unfoldBelow(this.root);
  }

  /** Lay everything out and draw it, where the size, the theme or what is drawn on has changed. */
  layout() {
    this.#width = this.root.clientWidth;
    if (!this.#width) return;
    const narrow = this.#width < 500;
    this.root.classList.toggle("narrow", narrow);
    this.colors = readColors(this.root);
    const high = (/** @type {number} */ stretch) => { // from the top to the goals
      this.#stretch = stretch;
      this.#parts.drawing.layout(this.#width, narrow);
      return this.challenges.element.getBoundingClientRect().top - this.root.getBoundingClientRect().top;
    };
    const grows = this.expander.open();
    const room = (grows ? window.innerHeight : (this.root.closest(".jp-WindowedPanel-outer")?.clientHeight ?? window.innerHeight)) - 16;
    const needed = high(1);
    if (needed > room || grows) {
      const pictures = (needed - high(MIN_STRETCH)) / (1 - MIN_STRETCH);
      if (pictures > 1) high(clamp(1 + (room - needed) / pictures, MIN_STRETCH, grows ? MAX_STRETCH : 1));
    }
    this.draw();
  }

  #watchPage() {
    const resizing = new ResizeObserver(() => this.root.clientWidth !== this.#width && this.layout());
    resizing.observe(this.root);
    const theming = new MutationObserver(() => requestAnimationFrame(() => this.layout()));
    const themed = "jpThemeLight" in document.body.dataset ? ["data-jp-theme-light", "data-jp-theme-name"] : ["class"];
    theming.observe(document.body, { attributes: true, attributeFilter: themed });
    const seeing = new IntersectionObserver(([entry]) => this.runner.see(entry.isIntersecting));
    seeing.observe(this.root);
    const open = new AbortController();
    window.addEventListener("resize", () => this.layout(), { signal: open.signal });
    this.#closers.push(() => open.abort(), () => [resizing, theming, seeing].forEach((observer) => observer.disconnect()));
  }

  #watchKernel() {
    const notice = make("div", { class: "notice", role: "alert", hidden: true });
    this.root.prepend(notice);
    const gone = () => { // JupyterLab says so when the kernel restarts; a new run makes a new widget
      notice.hidden = false;
      notice.textContent = "The kernel was restarted. Run this cell again to go on.";
      this.runner.leave();
    };
    const look = () => this.runner.look();
    this.root.addEventListener("focusin", look);
    this.root.addEventListener("pointerenter", look);
    const open = new AbortController();
    window.addEventListener("focus", look, { signal: open.signal });
    document.addEventListener("visibilitychange", look, { signal: open.signal });
    this.model.on("comm_live_update", gone);
    this.#closers.push(() => open.abort(), () => this.model.off("comm_live_update", gone));
  }

  close() { for (const close of this.#closers) close(); }
}

/** @typedef {{render: (view: {model: Model, el: any}) => () => void}} Widget for anywidget */
/** @typedef {{Panel: any, Drawing: any, Round: any}} Classes */

/** An experiment; `begin` makes its state. @type {(name: string, title: string, classes: Classes, begin: (lab: Lab) => object) => Widget} */
export const experiment = (name, title, { Panel, Drawing, Round }, begin) => ({
  render({ model, el }) {
    const lab = new Lab(name, title, model, el);
    el.__experiment = lab;
    /** @type {Parts<any, any, any, any>} */
    const parts = { lab, config: lab.config, state: Object.assign(lab.state, begin(lab)), panel: null, drawing: null, round: null };
    parts.panel = new Panel(parts);
    parts.drawing = new Drawing(parts);
    parts.round = new Round(parts);
    lab.open(parts);
    return () => lab.close();
  },
});
