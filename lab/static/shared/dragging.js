/** Points that a hand or the arrow keys move. */

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
