/** Controls that all experiments share. Each is made of native elements, so keyboard, touch and
 * screen readers work as everywhere else. */
import { clamp } from "./scale.js";

/** An element: make("p", {class: "hint"}, "text", child, …); `on…` attributes are listeners. */
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

/** Text in which `code` between backquotes becomes <code>. */
export const withCode = (text) =>
  text.split("`").map((part, i) => (i % 2 ? make("code", {}, part) : part));

/** Half the thumb's width: the middle of the thumb runs from here to the track's end minus this. */
export const THUMB = 9;

/**
 * A slider over `count` + 1 exact values: `valueAt` and `positionOf` turn a position, a whole number,
 * into its value and back. `jump(event)` tells by how many positions a key moves that the browser
 * would not move, or moves too little.
 */
export const valueSlider = ({ label, count, valueAt, positionOf, jump, value, format, onInput, onCommit }) => {
  const input = make("input", { type: "range", min: 0, max: count, step: 1, "aria-label": label });
  const output = make("output", { class: "value" });
  const tell = () => {
    const text = format(valueAt(Number(input.value)));
    output.textContent = text;
    input.setAttribute("aria-valuetext", text);
  };
  const slider = {
    input,
    output,
    count,
    valueAt,
    positionOf,
    get position() {
      return Number(input.value);
    },
    get value() {
      return valueAt(Number(input.value));
    },
    set value(v) {
      input.value = positionOf(v);
      tell();
    },
  };
  input.addEventListener("input", () => {
    tell();
    onInput(slider.value);
  });
  input.addEventListener("change", () => onCommit?.(slider.value));
  input.addEventListener("keydown", (event) => {
    const by = jump(event);
    if (by === undefined) return;
    event.preventDefault();
    input.value = clamp(Number(input.value) + by, 0, count);
    tell();
    onInput(slider.value);
    onCommit?.(slider.value);
  });
  slider.value = value;
  return slider;
};

/**
 * A slider over exponents of ten. Positions are whole numbers, so that a value is always one of
 * `count` exact ones and can be computed ahead; `digits` rounds those to so many digits.
 */
export const logSlider = ({ low, high, step, digits, ...options }) => {
  const count = Math.round((high - low) / step);
  const exactAt = (position) => 10 ** Number((low + position * step).toFixed(9));
  return valueSlider({
    count,
    valueAt: (position) => (digits ? Number(exactAt(position).toPrecision(digits)) : exactAt(position)),
    positionOf: (v) => clamp(Math.round((Math.log10(v) - low) / step), 0, count),
    jump: ({ key, shiftKey }) => ({ PageUp: 20, PageDown: -20 }[key] ??
      (shiftKey ? { ArrowRight: 10, ArrowUp: 10, ArrowLeft: -10, ArrowDown: -10 }[key] : undefined)),
    ...options,
  });
};

/** Milliseconds that each still picture is shown where motion is to be reduced. */
const CALM = 830;

/**
 * Play, pause, one step back and forth, and a slider over the steps. `what` is played, from `from`
 * on; `words(step)` tells the step shown.
 */
export const scrubber = ({
  steps, onStep, perSecond = 24, from = steps, what = "the descent", unit = "step", words = (k) => `step ${k}`,
}) => {
  let step = from;
  let frame = 0;
  const range = make("input", { type: "range", min: 0, max: steps, value: from, "aria-label": `${unit[0].toUpperCase()}${unit.slice(1)} shown` });
  const count = make("output", { class: "count" });
  const button = (text, name, action) =>
    make("button", { type: "button", class: "round", "aria-label": name, title: name, onclick: action }, text);
  const go = (k) => {
    step = clamp(Math.round(k), 0, steps);
    range.value = step;
    range.setAttribute("aria-valuetext", `${words(step)} of ${steps}`);
    count.textContent = words(step);
    onStep(step);
  };
  const halt = () => {
    cancelAnimationFrame(frame);
    frame = 0;
    toggle.textContent = "▶";
    toggle.setAttribute("aria-label", `Play ${what}`);
  };
  const play = () => {
    if (step >= steps) go(0);
    toggle.textContent = "❚❚";
    toggle.setAttribute("aria-label", "Pause");
    const calm = perSecond > 4 && matchMedia("(prefers-reduced-motion: reduce)").matches;
    const [from, began] = [step, performance.now()];
    let shown = began;
    const advance = (now) => {
      const passed = ((now - began) / 1000) * perSecond;
      if (calm && now - shown >= CALM) { // rare jumps; one that comes late puts off the next
        go(step + 10);
        shown = performance.now();
      } else if (!calm && from + Math.floor(passed) !== step) go(from + Math.floor(passed));
      if (step >= steps) halt();
      else frame = requestAnimationFrame(advance);
    };
    frame = requestAnimationFrame(advance);
  };
  const toggle = button("▶", `Play ${what}`, () => (frame ? halt() : play()));
  toggle.classList.add("main");
  const by = (n) => () => {
    halt();
    go(step + n);
  };
  range.addEventListener("input", () => {
    halt();
    go(Number(range.value));
  });
  count.textContent = words(step);
  const element = make("div", { class: "scrubber", role: "group", "aria-label": "Steps" },
    button("‹", `One ${unit} back`, by(-1)), toggle, button("›", `One ${unit} on`, by(1)), range, count);
  return {
    element,
    play,
    halt,
    go,
    get step() {
      return step;
    },
  };
};

/** One choice of several, as a row of chips: native radio buttons. items: [{value, text}]. */
export const chips = ({ label, items, value, onChange }) => {
  const group = `chips-${Math.random().toString(36).slice(2)}`;
  const inputs = items.map((item) => make("input", {
    type: "radio", name: group, value: item.value, onchange: () => onChange(item.value),
  }));
  const element = make("div", { class: "chips", role: "radiogroup", "aria-label": label },
    ...items.map(({ text }, i) => make("label", { class: "chip" }, inputs[i], make("span", {}, text))));
  const choice = {
    element,
    set value(v) {
      inputs.forEach((input) => { input.checked = input.value === v; });
    },
  };
  choice.value = value;
  return choice;
};

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

/**
 * A button that copies the run on screen as code. `text()` makes the code. Where the browser does
 * not let a page write to the clipboard, the code is shown instead, selected, to be copied by hand.
 */
export const codeButton = (text) => {
  const said = make("span", { class: "small", role: "status" });
  const area = make("textarea", { readonly: true, hidden: true, spellcheck: "false", "aria-label": "This run as code" });
  const copy = async () => {
    const code = text();
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
  return make("div", { class: "as-code" }, make("button", { type: "button", class: "quiet", onclick: copy }, "copy this run as code"), said, area);
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

/** A point on a canvas that is dragged, touched, or moved with the arrow keys. */
export const draggable = (canvas, { move, commit, stride }) => {
  const at = (event) => {
    const box = canvas.getBoundingClientRect();
    move(event.clientX - box.left, event.clientY - box.top);
  };
  canvas.addEventListener("pointerdown", (event) => {
    canvas.setPointerCapture(event.pointerId);
    at(event);
  });
  canvas.addEventListener("pointermove", (event) => {
    if (canvas.hasPointerCapture(event.pointerId)) at(event);
  });
  canvas.addEventListener("pointerup", () => commit());
  canvas.addEventListener("keydown", (event) => {
    const way = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] }[event.key];
    if (!way) return;
    event.preventDefault();
    stride(way[0] * (event.shiftKey ? 5 : 1), way[1] * (event.shiftKey ? 5 : 1));
    commit();
  });
};
