/** Choices and buttons, made of native elements. */
import { make } from "./dom.js";

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
