/** More controls, made of native elements like those in controls.js: a slider of plain numbers, a
 * choice among few, a number with its name, a key of lines. */
import { make, valueSlider } from "./controls.js";
import { clamp } from "./scale.js";

/** A slider over plain numbers; the same face as `logSlider`. Page keys move it by `jump` steps. */
export const linearSlider = ({ low, high, step, jump = 10, ...options }) => {
  const count = Math.round((high - low) / step);
  return valueSlider({
    count,
    valueAt: (position) => Number((low + position * step).toFixed(9)),
    positionOf: (v) => clamp(Math.round((v - low) / step), 0, count),
    jump: ({ key }) => ({ PageUp: jump, PageDown: -jump }[key]),
    format: String,
    ...options,
  });
};

/** One of a few: radio buttons that look like one bar. `options` are [value, text] pairs. */
export const choice = ({ legend, options, value, onChange, hidden = false }) => {
  const group = `choice-${Math.random().toString(36).slice(2)}`;
  const inputs = new Map(options.map(([key]) => [key, make("input", {
    type: "radio", name: group, class: "sr-only", checked: key === value,
    onchange: () => onChange(key),
  })]));
  const element = make("fieldset", { class: "choice" },
    make("legend", { class: hidden ? "sr-only" : "" }, legend),
    make("div", { class: "segments" },
      ...options.map(([key, text]) => make("label", {}, inputs.get(key), make("span", {}, text)))));
  return {
    element,
    inputs,
    get value() {
      return options.find(([key]) => inputs.get(key).checked)?.[0];
    },
    set value(v) {
      inputs.get(v).checked = true;
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
