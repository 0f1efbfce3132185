/** Sliders over numbers and over steps, made of native elements, so that keyboard, touch and screen
 * readers work as everywhere else. */
import { make } from "./dom.js";
import { clamp } from "./scale.js";

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
