/** Elements of the page: buttons and choices, made of native ones; points that a hand or the arrow keys move;
 * and what is read beside a plot: errors, goals, numbers seen from afar, a key of lines, spoken text. */

/** @typedef {Record<string, any>} Attributes `on…` are listeners */
/** @typedef {(Node | string | null | undefined)[]} Children */

/** An element: make("p", {class: "hint"}, "text", child, …).
 * @type {<Tag extends keyof HTMLElementTagNameMap>(tag: Tag, attributes?: Attributes, ...children: Children) => HTMLElementTagNameMap[Tag]} */
export const make = (tag, attributes = {}, ...children) => {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (value === true) element.setAttribute(name, "");
    else if (value !== false && value != null) element.setAttribute(name, value);
  }
  element.append(...children.filter((child) => child != null));
  return element;
};

/** A canvas to look at; what draws on it names it. @type {(attributes?: Attributes) => HTMLCanvasElement} */
export const imageCanvas = (attributes = {}) => make("canvas", { role: "img", ...attributes });

/** A canvas on which hand and keys move something; `what` it is, for screen readers.
 * @type {(what: string, kind?: string) => HTMLCanvasElement} */
export const movableCanvas = (what, kind = "map") =>
  make("canvas", { class: kind, tabindex: 0, role: "application", "aria-roledescription": what });

/** A plain button. @type {(text: string, action: () => void, attributes?: Attributes) => HTMLButtonElement} */
export const button = (text, action, attributes = {}) =>
  make("button", { type: "button", ...attributes, onclick: action }, text);

/** A button that is a sign in a circle, and its name. @type {(sign: string, name: string, action: () => void, more?: string) => HTMLButtonElement} */
export const roundButton = (sign, name, action, more = "") =>
  button(sign, action, { class: `round${more}`, "aria-label": name, title: name });

/** A box to tick, with its words.
 * @type {(text: string, checked: boolean, onChange: (checked: boolean) => void) => {element: HTMLElement, box: HTMLInputElement}} */
export const checkbox = (text, checked, onChange) => {
  const box = make("input", { type: "checkbox", onchange: () => onChange(box.checked) });
  box.checked = checked;
  return { box, element: make("label", { class: "check" }, box, text) };
};

const groupName = () => `group-${Math.random().toString(36).slice(2)}`;

/** One choice of several, as a row of chips: native radio buttons.
 * @param {{label: string, items: {value: string, text: string}[], value: string, onChange: (value: string) => void}} options */
export const chips = ({ label, items, value, onChange }) => {
  const name = groupName();
  return make("div", { class: "chips", role: "radiogroup", "aria-label": label }, ...items.map((item) => {
    const input = make("input", { type: "radio", name, value: item.value, onchange: () => onChange(item.value) });
    input.checked = item.value === value;
    return make("label", { class: "chip" }, input, make("span", {}, item.text));
  }));
};

/** One of a few: radio buttons that look like one bar. `options` are [value, text] pairs.
 * @template Value
 * @param {{legend: string, options: [Value, string][], value: Value, onChange: (value: Value) => void}} options */
export const choice = ({ legend, options, value, onChange }) => {
  const name = groupName();
  return make("fieldset", { class: "choice" }, make("legend", {}, legend),
    make("div", { class: "segments" }, ...options.map(([key, text]) => make("label", {},
      make("input", { type: "radio", name, class: "sr-only", checked: key === value, onchange: () => onChange(key) }),
      make("span", {}, text)))));
};

/** A button that copies the run on screen as code. Where the browser does not let a page write to the
 * clipboard, the code is shown instead, selected, to be copied by hand. */
export const codeButton = (/** @type {() => string} */ codeOf) => {
  const said = make("span", { class: "small", role: "status" });
  const area = make("textarea", { readonly: true, hidden: true, spellcheck: "false", "aria-label": "This run as code" });
  const copy = async () => {
    const code = codeOf();
    try {
      await navigator.clipboard.writeText(code);
      area.hidden = true;
      said.textContent = "Copied: paste it into a cell.";
    } catch (error) {
      if (!(error instanceof DOMException || error instanceof TypeError)) throw error; // TypeError: no clipboard at all
      area.hidden = false;
      area.rows = code.split("\n").length;
      area.value = code;
      area.select();
      said.textContent = "Here it is, selected: copy it with the keyboard.";
    }
  };
  return make("div", { class: "as-code" }, button("copy this run as code", copy, { class: "quiet" }), said, area);
};

/** @typedef {(x: number, y: number) => void} At what to do at a place, in CSS pixels from the corner */

/** A point on a canvas that is dragged, touched, or moved with the arrow keys: `take` and `move` where
 * the hand takes hold, `move` on its way, `commit` when it lets go; `stride` by one step, or five. While
 * it only points, it does `hover`.
 * @param {HTMLCanvasElement} canvas
 * @param {{take?: At, move: At, commit: () => void, stride?: At, hover?: At}} handlers */
export const draggable = (canvas, { take, move, commit, stride, hover }) => {
  const at = (/** @type {PointerEvent} */ event, /** @type {(At | undefined)[]} */ ...acts) => {
    const box = canvas.getBoundingClientRect();
    for (const act of acts) act?.(event.clientX - box.left, event.clientY - box.top);
  };
  canvas.addEventListener("pointerdown", (event) => {
    canvas.setPointerCapture(event.pointerId);
    at(event, take, move);
  });
  canvas.addEventListener("pointermove", (event) => {
    at(event, canvas.hasPointerCapture(event.pointerId) ? move : hover);
  });
  canvas.addEventListener("pointerup", () => commit());
  if (!stride) return;
  canvas.addEventListener("keydown", (event) => {
    const way = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] }[event.key];
    if (!way) return;
    event.preventDefault();
    const by = event.shiftKey ? 5 : 1;
    stride(way[0] * by, way[1] * by);
    commit();
  });
};

/** @typedef {{title: string, where?: string, code?: string, text?: string, kind: string}} Trouble */
/** @typedef {{name: string, title: string, text: string, done: boolean}} Goal from the kernel */

/** Text in which `code` between backquotes becomes <code>. */
export const withCode = (/** @type {string} */ text) =>
  text.split("`").map((part, i) => (i % 2 ? make("code", {}, part) : part));

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
  note(/** @type {string} */ name, /** @type {string} */ text) { this.#rows.get(name)?.note.replaceChildren(text); }

  /** A goal is met, as far as the picture tells; Python says whether it counts. @param {string} name @param {string} [text] */
  achieve(name, text = "") {
    const entry = this.#rows.get(name);
    if (!entry || entry.done) return entry?.note.replaceChildren(text || entry.note.textContent);
    entry.text = text;
    this.report(name);
  }

  /** Python's word: goals count only for functions that are right. @param {string} name @param {boolean} agrees */
  settle(name, agrees) {
    const entry = this.#rows.get(name);
    if (!entry) return;
    entry.note.textContent = agrees ? entry.text : "Not counted: here your code gives other numbers than it should. Run its check.";
    if (!agrees) return;
    entry.done = true;
    entry.row.dataset.done = "true";
    entry.mark.setAttribute("aria-label", "done");
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

/** A picture with its title, and a hint or a key beside the title.
 * @type {(title: string | HTMLElement, picture: Element, aside?: string | HTMLElement, attributes?: Attributes) => HTMLElement} */
export const figure = (title, picture, aside, attributes = {}) =>
  make("figure", attributes, make("figcaption", {}, title, typeof aside === "string" ? make("span", {}, aside) : aside), picture);

/** What the lines of a plot mean: key([["blue", "solid", "moves"], …]): color, line, words. */
export const key = (/** @type {[string, string, string][]} */ entries) => make("span", { class: "key" },
  ...entries.map(([color, line, text]) =>
    make("span", {}, make("i", { class: line, style: `--c: var(--${color})`, "aria-hidden": "true" }), text)));

/** The verdict above a plot: a badge of few words whose first letter, a sign, has a color; and a sentence. */
export const verdictLine = () => {
  const badge = make("span", { class: "badge" });
  const finding = make("span", { class: "finding" });
  return {
    element: make("p", { class: "verdict" }, badge, finding),
    set(text = "", sentence = "", color = "ink") {
      badge.textContent = text;
      badge.style.setProperty("--sign", `var(--${color})`);
      finding.textContent = sentence;
    },
  };
};
