/** A button that makes an experiment fill the window, and back. */
import { make } from "./dom.js";

/** The element goes to the browser's top layer where it is in the page: what it holds, and the
 * focus, stay. Escape closes it, and Tab stays inside.
 * @type {(root: HTMLElement, layout: () => void) => {element: HTMLButtonElement, open: () => boolean, close: () => void}} */
export const expander = (root, layout) => {
  const isOpen = () => root.classList.contains("expanded");
  const toggle = (/** @type {boolean} */ open) => {
    const focused = document.activeElement;
    const place = root.parentElement;
    if (place) place.style.minHeight = open ? `${root.offsetHeight}px` : ""; // the notebook must not jump
    root.classList.toggle("expanded", open);
    if (open) {
      root.setAttribute("popover", "manual");
      root.showPopover();
    } else root.removeAttribute("popover");
    element.textContent = open ? "×" : "⤢";
    const name = open ? "Back into the page (Escape)" : "Fill the window";
    element.title = name;
    element.setAttribute("aria-label", name);
    element.setAttribute("aria-expanded", String(open));
    layout();
    if (focused instanceof HTMLElement && root.contains(focused)) focused.focus({ preventScroll: true });
    else if (open) element.focus({ preventScroll: true }); // Safari gives a clicked button no focus: the page would get the keys
    if (!open) root.scrollIntoView({ block: "nearest" });
  };
  const element = make("button", {
    type: "button", class: "round expand", "aria-expanded": "false", "aria-label": "Fill the window", title: "Fill the window",
    "data-lm-suppress-shortcuts": "true", onclick: () => toggle(!isOpen()),
  }, "⤢");
  root.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && isOpen()) toggle(false);
  });
  root.addEventListener("focusout", ({ relatedTarget }) => {
    if (isOpen() && relatedTarget instanceof Node && !root.contains(relatedTarget)) element.focus({ preventScroll: true });
  });
  return { element, open: isOpen, close: () => isOpen() && toggle(false) };
};
