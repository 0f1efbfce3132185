/** The colors of the theme, as the style sheet has them. */

/** A CSS color as [red, green, blue]. */
const rgb = (/** @type {string} */ css) => {
  const context = /** @type {OffscreenCanvasRenderingContext2D} */ (new OffscreenCanvas(1, 1).getContext("2d"));
  context.fillStyle = css;
  context.fillRect(0, 0, 1, 1);
  return [...context.getImageData(0, 0, 1, 1).data.slice(0, 3)];
};

export const readColors = (/** @type {Element} */ element) => {
  const css = getComputedStyle(element);
  const color = (/** @type {string} */ name) => css.getPropertyValue(`--${name}`).trim();
  const family = css.fontFamily;
  return {
    ink: color("ink"), soft: color("soft"), paper: color("paper"), grid: color("grid"), line: color("line"),
    blue: color("blue"), vermillion: color("vermillion"), green: color("green"), orange: color("orange"),
    sky: color("sky"), purple: color("purple"),
    low: rgb(color("low")),
    high: rgb(color("high")),
    font: (/** @type {number} */ size, weight = 400) => `${weight} ${size}px ${family}`,
  };
};
/** @typedef {ReturnType<typeof readColors>} Colors */
