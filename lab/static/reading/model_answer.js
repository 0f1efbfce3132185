/** A model answer that opens once the learner has written one of their own in the cell above. */
import { button, make, withCode } from "../shared/dom.js";

const PLACEHOLDER = "Write your answer here";

/** Whether an answer's cell holds more than what it held at first. @type {(text: string) => boolean} */
export const isWritten = (text) => text.replace(PLACEHOLDER, "").replace(/[\s.*_¶#]/g, "").length >= 20;

/** The text of the cell above; null where there are no cells to look at. */
const above = (/** @type {HTMLElement} */ el) => {
  const cell = el.closest(".jp-Cell")?.previousElementSibling;
  return cell ? (cell.querySelector(".cm-content, .jp-RenderedMarkdown")?.textContent ?? "") : null;
};

function render({ model, el }) {
  el.classList.add("model-answer");
  const note = make("p", { role: "status" });
  const text = make("div", { tabindex: -1, hidden: true },
    make("strong", {}, "Our answer"), ...model.get("paragraphs").map((words) => make("p", {}, ...withCode(words))));
  const open = button("Compare with our answer", () => {
    const own = above(el);
    const missing = own !== null && !isWritten(own);
    note.textContent = missing ? "Write your own in the cell above first, a sentence or two; then ours opens." : "";
    if (missing) return;
    text.hidden = false;
    open.hidden = true;
    text.focus({ preventScroll: true });
  }, { "data-lm-suppress-shortcuts": "true" });
  el.append(open, note, text);
}

export default { render };
