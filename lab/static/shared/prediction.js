/** A prediction: asked before anything is shown, kept, and laid under the truth.
 *
 * Python declares it (lab/widget/prediction.py). While it is `open`, the frame holds every answer of
 * the kernel back, so that `state.run` stays null, and lets nothing be moved. Then round.revealed()
 * may play the run, and round.compare(given) says {right, text} once the run is there; the reply stands
 * where the question was. `right` may be undefined where an answer is neither right nor wrong.
 *
 * A curve or a place is given on a plot: the Drawing says lab.prediction.on(plot). A curve is drawn
 * by hand or keys, in the plot's units, as `DRAWN_POINTS` values at even distances, and stays under what
 * the plot draws. For a place, the Panel's own handlers call lab.prediction.offer(value, words)
 * while it is open. ask() asks one more question, of a run that may be seen. */
import { button, draggable, make } from "./dom.js";
import { drawLine, drawText } from "./marks.js";
import { clamp } from "./scale.js";

/** @import { Colors } from "./colors.js" */
/** @import { Context, Plot } from "./plot.js" */
/** @typedef {{name: string, question: string, lead?: string, kind: string, options?: [any, string][], unit?: string, given?: any}} Asked */
/** @typedef {{right?: boolean, text: string}} Reply */

export const DRAWN_POINTS = 41;
const ENOUGH = 0.7; // of a curve has to be drawn
const ROOM = 180; // pixels that stay, at most, where a question was

/** A curve without gaps: what was not drawn lies between its neighbors, or level with the nearest.
 * @type {(values: (number | null)[]) => number[]} */
export const filled = (values) => {
  const known = values.flatMap((value, i) => (value === null ? [] : [i]));
  return values.map((value, i) => {
    if (value !== null) return value;
    const after = known.find((k) => k > i) ?? known[known.length - 1];
    const before = known.findLast((k) => k < i) ?? after;
    const [a, b] = [Number(values[before]), Number(values[after])];
    return after === before ? a : a + ((b - a) * (i - before)) / (after - before);
  });
};

/** The mean distance between a drawn curve and the true one, truth(share of the way along).
 * @type {(given: number[], truth: (share: number) => number) => number} */
export const apart = (given, truth) =>
  given.reduce((sum, value, i) => sum + Math.abs(value - truth(i / (given.length - 1))), 0) / given.length;

/** @type {Record<string, string>} */
const REPLY_SIGNS = { true: "✓", false: "✗", undefined: "●" };

export class Prediction {
  /** @type {Asked | null} */
  asked = null;
  /** @type {any} */
  given = null;
  /** Whether the answer is awaited, and what it is about must not be seen. */
  open = false;
  /** Whether an answer waits for its reply. */
  pending = false;
  /** The plot on which the answer is given. @type {Plot | null} */
  plot = null;
  /** @type {(number | null)[]} */
  #drawn = Array(DRAWN_POINTS).fill(null);
  #cursor = 0;
  /** @type {any} */
  #offered = null;
  /** @type {HTMLButtonElement | null} */
  #done = null;
  #words = make("span");

  /** `tell` is called with what was answered, and whether the experiment has been waiting for it;
   * `redraw` when a sketch has changed.
   * @param {{tell: (name: string, given: any, opened: boolean) => void, redraw: () => void}} calls */
  constructor({ tell, redraw }) {
    this.tell = tell;
    this.redraw = redraw;
    this.element = make("div", {
      class: "predict", role: "group", "aria-label": "Predict first", tabindex: -1, hidden: true, "data-lm-suppress-shortcuts": "true",
    });
  }

  /** The question that comes first; an answer from an earlier day opens the experiment at once. @param {Asked | undefined} asked */
  begin(asked) {
    if (!asked) return;
    this.asked = asked;
    this.given = asked.given ?? null;
    this.open = this.given === null;
    this.pending = !this.open;
    if (this.open) this.#show(asked);
    else if (asked.kind === "curve") this.#drawn = [...this.given];
  }

  /** One more question, below what is said of the last. `then` gets the answer. @param {Asked} asked @param {(given: any) => void} then @param {string} [said] */
  ask(asked, then, said = "") {
    Object.assign(this, { asked, given: null });
    this.then = then;
    this.#show(asked, said);
  }

  /** @type {((given: any) => void) | null} */
  then = null;

  #show(/** @type {Asked} */ asked, said = "") {
    const { kind, question, lead = "Predict first." } = asked;
    const body = { choice: () => this.#choices(asked), number: () => this.#number(asked) }[kind] ?? (() => this.#onPlot(kind));
    this.element.hidden = false;
    this.element.replaceChildren(make("p", { role: "status" }, said), make("p", {}, make("strong", {}, `${lead} `), question), body());
  }

  #choices(/** @type {Asked} */ { options = [] }) {
    return make("div", { class: "choices" }, ...options.map(([value, text], i) =>
      button(text, () => this.answer(value), { "aria-keyshortcuts": String(i + 1), title: `Key ${i + 1}` })));
  }

  #number(/** @type {Asked} */ { unit = "" }) {
    const input = make("input", { type: "number", step: "any", "aria-label": "Your prediction", required: true });
    const done = make("button", { type: "submit" }, "that is my guess");
    const submit = (/** @type {Event} */ event) => {
      event.preventDefault();
      if (input.value !== "") this.answer(Number(input.value));
    };
    return make("form", { class: "choices", onsubmit: submit }, unit === "×" ? unit : null, input, unit === "×" ? null : unit, done);
  }

  #onPlot(/** @type {string} */ kind) {
    const curve = kind === "curve";
    this.#done = button(curve ? "that is my curve" : "that is my answer", () => this.#finish(), { disabled: true });
    this.#words = make("span", {}, curve ? "Draw it on the picture below; arrow keys draw, too." : "Mark it in the picture below; arrow keys mark, too.");
    return make("div", { class: "choices" }, this.#done, this.#words,
      curve ? button("start over", () => this.#clear(), { class: "quiet" }) : null);
  }

  /** Keys 1 to 9 choose. @param {KeyboardEvent} event */
  key(event) {
    const choices = this.element.hidden ? [] : [...this.element.querySelectorAll("button[aria-keyshortcuts]")];
    const chosen = choices[Number(event.key) - 1];
    if (!(chosen instanceof HTMLButtonElement) || event.target instanceof HTMLInputElement && event.target.type === "number") return;
    event.preventDefault();
    chosen.click();
  }

  /** Take the question away, or show it again. @param {boolean} hidden */
  hide(hidden) { this.element.hidden = hidden; }

  answer(/** @type {any} */ given) {
    const { asked, then, open, element } = this;
    if (!asked) return;
    element.style.minHeight = `${Math.min(element.offsetHeight, ROOM)}px`; // the page must not jump, nor keep a large hole
    Object.assign(this, { given, open: false, pending: !then, then: null });
    if (!then) this.#answered("", "");
    element.focus({ preventScroll: true });
    this.tell(asked.name, given, open);
    then?.(given);
  }

  /** Say how the prediction compares, where the question was. @param {Reply} reply */
  reply({ right, text }) {
    this.pending = false;
    this.element.hidden = false;
    this.#answered(`${REPLY_SIGNS[String(right)]} `, text);
  }

  #answered(/** @type {string} */ sign, /** @type {string} */ text) {
    const { asked, given } = this;
    const named = asked?.options?.find(([value]) => value === given)?.[1] ?? (typeof given === "number" ? this.#withUnit(given) : "");
    const said = named ? `You said “${named}”. ` : asked?.kind === "curve" ? "Your curve is dashed. " : "";
    this.element.replaceChildren(make("p", { class: "asked" }, asked?.question ?? ""),
      make("p", { role: "status" }, make("strong", {}, `${sign}${said}`), text));
  }

  #withUnit(/** @type {number} */ given) {
    const unit = this.asked?.unit ?? "";
    return unit === "×" ? `× ${given}` : `${given} ${unit}`.trim();
  }

  /** The plot on which a curve is drawn, or a place chosen. @param {Plot} plot */
  on(plot) {
    this.plot = plot;
    if (this.asked?.kind !== "curve") return;
    plot.under = (context, colors) => this.#draw(context, plot, colors);
    if (!this.open) return;
    const { canvas } = plot;
    canvas.tabIndex = 0;
    canvas.classList.add("map");
    let last = -1;
    const at = (/** @type {number} */ x) => Math.round(clamp((x - plot.box.x) / plot.box.width, 0, 1) * (DRAWN_POINTS - 1));
    const to = (/** @type {number} */ x, /** @type {number} */ y) => {
      if (!this.open) return;
      const [here, value] = [at(x), this.#within(plot, plot.y.invert(y))];
      const from = last < 0 ? here : last;
      for (let i = Math.min(from, here); i <= Math.max(from, here); i++) {
        const share = here === from ? 1 : (i - from) / (here - from);
        this.#drawn[i] = from === here ? value : Number(this.#drawn[from]) + share * (value - Number(this.#drawn[from]));
      }
      last = here;
      this.#changed();
    };
    draggable(canvas, {
      take: () => { last = -1; }, move: to, commit: () => {},
      stride: (dx, dy) => this.#stride(plot, dx, dy),
    });
  }

  #within(/** @type {Plot} */ plot, /** @type {number} */ value) {
    const { y, height } = plot.box;
    return clamp(value, plot.y.invert(y + height), plot.y.invert(y));
  }

  /** Keys: left and right go along the curve and draw it level, up and down bend it there. @param {Plot} plot @param {number} dx @param {number} dy */
  #stride(plot, dx, dy) {
    if (!this.open) return;
    const { y, height } = plot.box;
    const [low, high] = [plot.y.invert(y + height), plot.y.invert(y)];
    const here = this.#drawn[this.#cursor] ?? (low + high) / 2;
    this.#drawn[this.#cursor] = this.#within(plot, here + (dy * (high - low)) / 20);
    this.#cursor = clamp(this.#cursor + dx, 0, DRAWN_POINTS - 1);
    this.#drawn[this.#cursor] ??= here;
    this.#changed();
  }

  #changed() {
    const share = this.#drawn.filter((value) => value !== null).length / DRAWN_POINTS;
    if (this.#done) this.#done.disabled = share < ENOUGH;
    this.#words.textContent = share < ENOUGH ? "Go on, all the way across." : "";
    this.redraw();
  }

  #clear() {
    this.#drawn.fill(null);
    this.#cursor = 0;
    this.#changed();
  }

  /** Mark a place that may become the answer; `words` name it. @param {any} value @param {string} words */
  offer(value, words) {
    this.#offered = value;
    if (this.#done) this.#done.disabled = false;
    this.#words.textContent = words;
  }

  #finish() {
    if (this.asked?.kind !== "curve") return this.answer(this.#offered);
    this.#drawn = filled(this.#drawn);
    this.answer(this.#drawn.map((value) => Number(Number(value).toPrecision(6))));
  }

  #draw(/** @type {Context} */ context, /** @type {Plot} */ plot, /** @type {Colors} */ colors) {
    const { x, y, width, height } = plot.box;
    const point = (/** @type {number} */ i) => [x + (i * width) / (DRAWN_POINTS - 1), plot.y(Number(this.#drawn[i]))];
    const known = this.#drawn.flatMap((value, i) => (value === null ? [] : [i]));
    if (known.length) drawLine(context, known.map(point), colors.purple, { width: 2.5, dash: [7, 5] });
    else if (this.open) drawText(context, "draw here", x + width / 2, y + height / 2, colors, { align: "center", color: colors.soft });
  }
}
