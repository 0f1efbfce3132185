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
 *            for goals that are met; begin() for another start than lab.ask(), and what else the runner
 *            calls (see kernel_runner.js): trouble, renewed, grown, neighbors; `options` of the runner
 * Each may have a close(), and the panel a Scrubber, `time`, which is halted. `state` is what is drawn;
 * tests read it as element.__experiment.state. */
import { ChallengeList, liveText, make, troublePanel } from "./dom.js";
import { Runner } from "./kernel_runner.js";

/** @import { Goal, Trouble } from "./dom.js" */
/** @import { Model, Result, Settings } from "./kernel_runner.js" */
/** @typedef {ReturnType<typeof readColors>} Colors */
/** @template State, Panel, Drawing, Round
 * @typedef {{lab: Lab, config: any, state: State, panel: Panel, drawing: Drawing, round: Round}} Parts */

/** A CSS color as [red, green, blue]. */
const rgb = (/** @type {string} */ css) => {
  const context = /** @type {OffscreenCanvasRenderingContext2D} */ (new OffscreenCanvas(1, 1).getContext("2d"));
  context.fillStyle = css;
  context.fillRect(0, 0, 1, 1);
  return [...context.getImageData(0, 0, 1, 1).data.slice(0, 3)];
};

const readColors = (/** @type {Element} */ element) => {
  const css = getComputedStyle(element);
  const color = (/** @type {string} */ name) => css.getPropertyValue(`--${name}`).trim();
  const family = css.fontFamily;
  return {
    ink: color("ink"), soft: color("soft"), paper: color("paper"), grid: color("grid"), line: color("line"),
    blue: color("blue"), vermillion: color("vermillion"), green: color("green"), orange: color("orange"),
    sky: color("sky"), purple: color("purple"),
    low: rgb(color("low")),
    high: rgb(color("high")),
    font: (/** @type {number} */ size, weight = 400) => `${weight} ${size}px ${family}`,
  };
};

/** What the frame offers to the parts of an experiment. */
export class Lab {
  /** The link to the kernel. @type {Runner} */
  runner = /** @type {any} */ (null);
  /** @type {any} */
  state = {};
  #width = 0;
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
    this.challenges = new ChallengeList(this.config.challenges, (challenge) => model.send({ type: "achieved", challenge }));
    this.#closers.push(() => live.close());
  }

  /** Draw again, once there is a place to draw on. */
  draw() { if (this.#width) this.#parts.drawing.draw(); }

  /** Draw, say what is drawn, and see which goals it meets. */
  show() {
    this.draw();
    this.#parts.panel.tell();
    this.#parts.round.judge?.();
  }

  /** Ask the kernel about the present settings. */
  ask() { this.runner.ask(this.#parts.round.settings()); }

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
    this.#takeKeys();
    this.#nameEmptyPictures();
    this.#watchPage();
    this.#watchKernel();
    this.layout();
    requestAnimationFrame(() => (round.begin ? round.begin() : this.ask()));
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
        round.answer(result, settings);
        this.show();
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
      neighbors: (/** @type {Settings} */ settings) => round.neighbors?.(settings) ?? [],
    };
  }

  #takeKeys() { // JupyterLab's shortcuts must not take the keys of a focused control
    for (const control of this.root.querySelectorAll("input, button, textarea, canvas[tabindex]")) {
      /** @type {HTMLElement} */ (control).dataset.lmSuppressShortcuts = "true";
    }
    this.root.addEventListener("keydown", (event) => event.stopPropagation());
    for (const canvas of this.root.querySelectorAll("canvas[tabindex]")) { // a ring around what the keys move
      canvas.addEventListener("focus", () => this.draw());
      canvas.addEventListener("blur", () => this.draw());
    }
  }

  #nameEmptyPictures() { // until there is a run to tell of
    for (const picture of this.root.querySelectorAll(":is(canvas, svg)[role]:not([aria-label])")) {
      const caption = picture.closest("figure")?.querySelector("figcaption");
      picture.setAttribute("aria-label", `${caption?.firstChild?.textContent || this.title}, still empty`);
    }
  }

  /** Lay everything out and draw it, where the width, the theme or what is drawn on has changed. */
  layout() {
    this.#width = this.root.clientWidth;
    if (!this.#width) return;
    const narrow = this.#width < 620;
    this.root.classList.toggle("narrow", narrow);
    this.colors = readColors(this.root);
    this.#parts.drawing.layout(this.#width, narrow);
    this.draw();
  }

  #watchPage() {
    const resizing = new ResizeObserver(() => this.root.clientWidth !== this.#width && this.layout());
    resizing.observe(this.root);
    const theming = new MutationObserver(() => requestAnimationFrame(() => this.layout()));
    theming.observe(document.body, { attributes: true, attributeFilter: ["data-jp-theme-light", "data-jp-theme-name"] });
    const seeing = new IntersectionObserver(([entry]) => this.runner.see(entry.isIntersecting));
    seeing.observe(this.root);
    this.#closers.push(() => [resizing, theming, seeing].forEach((observer) => observer.disconnect()));
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
    window.addEventListener("focus", look);
    document.addEventListener("visibilitychange", look);
    this.model.on("comm_live_update", gone);
    this.#closers.push(() => {
      window.removeEventListener("focus", look);
      document.removeEventListener("visibilitychange", look);
      this.model.off("comm_live_update", gone);
    });
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
