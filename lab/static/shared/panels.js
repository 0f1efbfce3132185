/** What is read beside a plot: errors, goals, numbers seen from afar, a key of lines, spoken text. */
import { make } from "./dom.js";

/** Text in which `code` between backquotes becomes <code>. */
const withCode = (/** @type {string} */ text) =>
  text.split("`").map((part, i) => (i % 2 ? make("code", {}, part) : part));

/** @typedef {{title: string, where?: string, code?: string, text?: string, kind: string}} Trouble */

/** Where the learner's code met trouble; hidden until there is some. */
export const troublePanel = () => {
  const element = make("div", { class: "trouble", role: "alert", hidden: true });
  return {
    element,
    show(/** @type {Trouble | null} */ trouble) {
      element.hidden = !trouble;
      if (!trouble) return element.replaceChildren();
      element.dataset.kind = trouble.kind;
      element.replaceChildren(...[
        make("p", { class: "title" }, ...withCode(trouble.title)),
        trouble.where && make("p", { class: "where" }, trouble.where),
        trouble.code && make("pre", {}, make("code", {}, trouble.code)),
        trouble.text && make("p", {}, ...withCode(trouble.text)),
      ].filter((part) => part instanceof Node));
    },
  };
};

/** Text that is spoken once the hand rests. */
export const liveText = (/** @type {HTMLElement} */ element, pause = 300) => {
  let timer = 0;
  return {
    say(/** @type {string} */ text) {
      clearTimeout(timer);
      timer = setTimeout(() => {
        if (element.textContent !== text) element.textContent = text;
      }, pause);
    },
    close: () => clearTimeout(timer),
  };
};

/** @typedef {{name: string, title: string, text: string, done: boolean}} Goal from the kernel */

/** The goals of an experiment: `achieve` marks one, and reports it. */
export class ChallengeList {
  #rows = new Map();

  constructor(/** @type {Goal[]} */ goals, /** @type {(name: string) => void} */ report) {
    this.report = report;
    this.element = make("div", { class: "challenges", role: "group", "aria-label": "Challenges" });
    for (const { name, title, text, done } of goals) {
      const note = make("span", { class: "note", role: "status" });
      const actions = make("span", { class: "actions" });
      const mark = make("span", { class: "mark", role: "img", "aria-label": done ? "done" : "open" });
      const row = make("div", { class: "challenge", "data-done": String(done) }, mark,
        make("div", {}, make("strong", {}, title), make("span", { class: "text" }, text), note), actions);
      this.#rows.set(name, { row, note, actions, mark, done });
      this.element.append(row);
    }
  }

  isDone(/** @type {string} */ name) { return this.#rows.get(name)?.done ?? false; }

  /** Put a button beside a goal. @param {string} name @param {HTMLElement} element */
  action(name, element) { this.#rows.get(name)?.actions.append(element); }

  /** @param {string} name @param {string} text */
  note(name, text) {
    const entry = this.#rows.get(name);
    if (entry) entry.note.textContent = text;
  }

  /** @param {string} name @param {string} [text] */
  achieve(name, text) {
    const entry = this.#rows.get(name);
    if (!entry) return;
    if (text) entry.note.textContent = text;
    if (entry.done) return;
    entry.done = true;
    entry.row.dataset.done = "true";
    entry.mark.setAttribute("aria-label", "done");
    this.report(name);
  }
}

/** A number to be seen from afar, with its name: tile("MSE", "cm²").set("26.1"). */
export const tile = (/** @type {string} */ name, unit = "") => {
  const value = make("span", { class: "number" }, "–");
  const note = make("span", { class: "aside" });
  const element = make("div", { class: "tile" },
    make("span", { class: "name" }, name),
    make("span", { class: "line" }, value, unit && make("span", { class: "unit" }, unit)), note);
  return {
    element,
    set(/** @type {string} */ text, aside = "") {
      value.textContent = text;
      note.textContent = aside;
    },
  };
};

/**
 * A picture with its title, and a hint or a key beside the title.
 * @param {string | HTMLElement} title
 * @param {Element} picture
 * @param {string | HTMLElement} [aside]
 * @param {Record<string, any>} [attributes]
 */
export const figure = (title, picture, aside, attributes = {}) =>
  make("figure", attributes, make("figcaption", {}, title, typeof aside === "string" ? make("span", {}, aside) : aside), picture);

/** What the lines of a plot mean: key([["blue", "solid", "moves"], …]): color, line, words. */
export const key = (/** @type {[string, string, string][]} */ entries) => make("span", { class: "key" },
  ...entries.map(([color, line, text]) =>
    make("span", {}, make("i", { class: line, style: `--c: var(--${color})`, "aria-hidden": "true" }), text)));

/** The verdict above a plot: a badge with a sign and few words, and a sentence. */
export const verdictLine = () => {
  const badge = make("span", { class: "badge" });
  const finding = make("span", { class: "finding" });
  return { badge, finding, element: make("p", { class: "verdict" }, badge, finding) };
};
