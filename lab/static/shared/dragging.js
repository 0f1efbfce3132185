/** Points on a canvas that a hand or the arrow keys move. */

/** @typedef {(x: number, y: number) => void} At what to do at a place, in CSS pixels from the corner */

/**
 * A point on a canvas that is dragged, touched, or moved with the arrow keys: `take` and `move` where
 * the hand takes hold, `move` on its way, `commit` when it lets go; `stride` by one step, or five. While
 * it only points, it does `hover`.
 * @param {HTMLCanvasElement} canvas
 * @param {{take?: At, move: At, commit: () => void, stride?: At, hover?: At}} handlers
 */
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
