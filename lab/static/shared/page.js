/** An experiment among what is around it: JupyterLab's shortcuts, screen readers, the cells below. */

/** JupyterLab's shortcuts must not take the keys of a focused control; a ring is drawn around what the keys move.
 * @type {(root: HTMLElement, onKey: (event: KeyboardEvent) => void, draw: () => void) => void} */
export const takeKeys = (root, onKey, draw) => {
  for (const control of root.querySelectorAll("input, button, textarea, canvas[tabindex]")) {
    /** @type {HTMLElement} */ (control).dataset.lmSuppressShortcuts = "true";
  }
  root.addEventListener("keydown", (event) => {
    event.stopPropagation();
    onKey(event);
  });
  for (const canvas of root.querySelectorAll("canvas[tabindex]")) {
    canvas.addEventListener("focus", draw);
    canvas.addEventListener("blur", draw);
  }
};

/** A name for each picture until there is a run to tell of. @type {(root: HTMLElement, title: string) => void} */
export const nameEmptyPictures = (root, title) => {
  for (const picture of root.querySelectorAll(":is(canvas, svg)[role]:not([aria-label])")) {
    const caption = picture.closest("figure")?.querySelector("figcaption");
    picture.setAttribute("aria-label", `${caption?.firstChild?.textContent || title}, still empty`);
  }
};

/** Unfold "What to see" in the cells below an experiment. @param {HTMLElement} root */
export const unfoldBelow = (root) => {
  let cell = root.closest(".jp-Cell")?.nextElementSibling ?? null;
  for (let i = 0; i < 2 && cell; i++, cell = cell.nextElementSibling) {
    const below = cell.querySelector("details.what-to-see");
    if (below instanceof HTMLDetailsElement) below.open = true;
  }
};
