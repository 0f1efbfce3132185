/** What is read beside a plot: errors, goals, numbers seen from afar, a key of lines, spoken text. */
import { make } from "./dom.js";

/** Text in which `code` between backquotes becomes <code>. */
export const withCode = (text) =>
  text.split("`").map((part, i) => (i % 2 ? make("code", {}, part) : part));

/** Where the learner's code met trouble; hidden until there is some. */
export const troublePanel = () => {
  const element = make("div", { class: "trouble", role: "alert", hidden: true });
  return {
    element,
    show(trouble) {
      element.hidden = !trouble;
      if (!trouble) return element.replaceChildren();
      element.dataset.kind = trouble.kind;
      element.replaceChildren(...[
        make("p", { class: "title" }, ...withCode(trouble.title)),
        trouble.where && make("p", { class: "where" }, trouble.where),
        trouble.code && make("pre", {}, make("code", {}, trouble.code)),
        trouble.text && make("p", {}, ...withCode(trouble.text)),
      ].filter(Boolean));
    },
  };
};

/** Text that is spoken once the hand rests. */
export const liveText = (element, pause = 300) => {
  let timer;
  return {
    say(text) {
      clearTimeout(timer);
      timer = setTimeout(() => {
        if (element.textContent !== text) element.textContent = text;
      }, pause);
    },
    close: () => clearTimeout(timer),
  };
};

/** The list of goals. `goals` come from the kernel; `achieve(name)` marks one and reports it. */
export const challengeList = (goals, report) => {
  const rows = new Map();
  const element = make("div", { class: "challenges", role: "group", "aria-label": "Challenges" });
  for (const goal of goals) {
    const note = make("span", { class: "note", role: "status" });
    const actions = make("span", { class: "actions" });
    const row = make("div", { class: "challenge", "data-done": String(goal.done) },
      make("span", { class: "mark", role: "img", "aria-label": goal.done ? "done" : "open" }),
      make("div", {}, make("strong", {}, goal.title), make("span", { class: "text" }, goal.text), note), actions);
    rows.set(goal.name, { row, note, actions, done: goal.done });
    element.append(row);
  }
  return {
    element,
    isDone: (name) => rows.get(name)?.done ?? false,
    action: (name, ...elements) => rows.get(name)?.actions.append(...elements),
    note: (name, text) => {
      const entry = rows.get(name);
      if (entry) entry.note.textContent = text;
    },
    achieve(name, text) {
      const entry = rows.get(name);
      if (!entry) return;
      if (text) entry.note.textContent = text;
      if (entry.done) return;
      entry.done = true;
      entry.row.dataset.done = "true";
      entry.row.querySelector(".mark").setAttribute("aria-label", "done");
      report(name);
    },
  };
};

/** A number to be seen from afar, with its name: tile("MSE", "cm²").set("26.1"). */
export const tile = (name, unit = "") => {
  const value = make("span", { class: "number" }, "–");
  const note = make("span", { class: "aside" });
  const element = make("div", { class: "tile" },
    make("span", { class: "name" }, name),
    make("span", { class: "line" }, value, unit && make("span", { class: "unit" }, unit)), note);
  return {
    element,
    set(text, aside = "") {
      value.textContent = text;
      note.textContent = aside;
    },
  };
};

/** What the lines of a plot mean: key([["blue", "solid", "moves"], …]). */
export const key = (entries) => make("span", { class: "key" },
  ...entries.map(([color, line, text]) =>
    make("span", {}, make("i", { class: line, style: `--c: var(--${color})`, "aria-hidden": "true" }), text)));
