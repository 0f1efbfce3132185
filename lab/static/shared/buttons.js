/** Buttons and choices, made of native elements. */
import { make } from "./dom.js";

/**
 * A plain button.
 * @param {string} text
 * @param {() => void} action
 * @param {Record<string, any>} [attributes]
 */
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

/**
 * One choice of several, as a row of chips: native radio buttons.
 * @param {{label: string, items: {value: string, text: string}[], value: string, onChange: (value: string) => void}} options
 */
export const chips = ({ label, items, value, onChange }) => {
  const name = groupName();
  return make("div", { class: "chips", role: "radiogroup", "aria-label": label }, ...items.map((item) => {
    const input = make("input", { type: "radio", name, value: item.value, onchange: () => onChange(item.value) });
    input.checked = item.value === value;
    return make("label", { class: "chip" }, input, make("span", {}, item.text));
  }));
};

/**
 * One of a few: radio buttons that look like one bar. `options` are [value, text] pairs.
 * @template Value
 * @param {{legend: string, options: [Value, string][], value: Value, onChange: (value: Value) => void}} options
 */
export const choice = ({ legend, options, value, onChange }) => {
  const name = groupName();
  return make("fieldset", { class: "choice" }, make("legend", {}, legend),
    make("div", { class: "segments" }, ...options.map(([key, text]) => make("label", {},
      make("input", { type: "radio", name, class: "sr-only", checked: key === value, onchange: () => onChange(key) }),
      make("span", {}, text)))));
};

/**
 * A button that copies the run on screen as code. Where the browser does not let a page write to the
 * clipboard, the code is shown instead, selected, to be copied by hand.
 * @param {() => string} codeOf makes the code
 */
export const codeButton = (codeOf) => {
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
