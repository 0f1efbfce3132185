/** What a network answers: handwritten digits with its guesses, tumors with their probabilities.
 *
 * Both drawings take (context, {box, colors, labels, images, answers, pictures}): answers holds one
 * row of probabilities for each label, or nothing; pictures is a Map that they keep things in.
 */
import { drawCross, drawDot, drawLine, drawText, letter } from "../../shared/marks.js";
import { offscreen } from "../../shared/plot.js";
import { clamp } from "../../shared/scale.js";

/** The class with the largest probability in row i, and that probability. */
export const guessOf = (answers, i, classes) => {
  let best = 0;
  for (let c = 1; c < classes; c++) if (answers[i * classes + c] > answers[i * classes + best]) best = c;
  return { guess: best, probability: answers[i * classes + best] };
};

/** The examples that are misread, the most certain mistake first: [{i, guess, probability}]. */
export const misread = (answers, labels, classes) =>
  labels.map((label, i) => ({ i, label, ...guessOf(answers, i, classes) }))
    .filter(({ label, guess }) => guess !== label)
    .sort((a, b) => b.probability - a.probability);

/** The gray levels of an image, from its letters: "a" is paper (0), "q" is ink (1). */
export const grays = (letters) => [...letters].map((letter) => (letter.charCodeAt(0) - 97) / 16);

/**
 * Places for dots that share a line, so that none overlap: [{i, x, row}], rows 0, 1, −1, 2, −2, …
 * up to ±most. Where a pile would grow higher, dots move on towards the middle.
 */
export const swarm = (values, size, most, middle) => {
  const places = [];
  for (const side of [1, -1]) {
    const ends = new Map();
    const here = values.map((x, i) => ({ x, i })).filter(({ x }) => (x <= middle) === (side === 1));
    for (const { x, i } of here.sort((a, b) => side * (a.x - b.x))) {
      for (let at = x; ; at += side * size) {
        const rows = Array.from({ length: 2 * most + 1 }, (_, k) => (k % 2 ? (k + 1) / 2 : -k / 2));
        const row = rows.find((r) => !ends.has(r) || side * (at - ends.get(r)) >= size - 1e-9);
        if (row === undefined) continue;
        ends.set(row, at);
        places.push({ i, x: at, row });
        break;
      }
    }
  }
  return places;
};

/** The image of digit n in the theme's ink, 8 × 8 pixels. */
const inked = (n, images, colors, pictures) => {
  const name = `${n} ${colors.ink}`;
  if (!pictures.has(name)) {
    const context = offscreen(8, 8);
    context.fillStyle = colors.ink;
    grays(images[n]).forEach((gray, p) => {
      context.globalAlpha = gray;
      context.fillRect(p % 8, Math.floor(p / 8), 1, 1);
    });
    pictures.set(name, context.canvas);
  }
  return pictures.get(name);
};

const COLUMNS = 6;

/** Three rows of digits with the guess under each, and a row of those that are misread now. */
export const drawDigits = (context, { box, colors, labels, images, answers, pictures }) => {
  const cell = box.width / COLUMNS;
  const step = (box.height - 22) / 4;
  const size = Math.min(cell - 10, step - 26);
  const drawOne = (n, column, top, answer) => {
    const left = box.x + column * cell;
    drawDigit(context, inked(n, images, colors, pictures), { left, top, size }, colors);
    if (answer) drawGuess(context, answer, answer.guess === labels[n], { left, top: top + size + 2, size }, colors);
  };
  for (let n = 0; n < 3 * COLUMNS; n++) {
    drawOne(n, n % COLUMNS, box.y + Math.floor(n / COLUMNS) * step, answers.length ? guessOf(answers, n, 10) : null);
  }
  if (!answers.length) return;
  const wrong = misread(answers, labels, 10);
  const top = box.y + 3 * step;
  letter(context, colors);
  context.fillStyle = colors.ink;
  const tally = `misread now: ${wrong.length} of ${labels.length}`;
  const long = `${tally}, the most certain first`;
  context.fillText(wrong.length && context.measureText(long).width <= box.width ? long : tally, box.x, top + 8);
  wrong.slice(0, COLUMNS).forEach((answer, column) => drawOne(answer.i, column, top + 22, answer));
};

const drawDigit = (context, picture, { left, top, size }, colors) => {
  context.fillStyle = colors.grid;
  context.fillRect(left, top, size, size);
  context.imageSmoothingQuality = "high";
  context.drawImage(picture, left + 1, top + 1, size - 2, size - 2);
};

/** The guess, and its probability as a bar above it. */
const drawGuess = (context, { guess, probability }, good, { left, top, size }, colors) => {
  context.fillStyle = colors.grid;
  context.fillRect(left, top, size, 3);
  context.fillStyle = good ? colors.blue : colors.vermillion;
  context.fillRect(left, top, size * clamp(probability, 0, 1), 3);
  letter(context, colors, { size: 13, weight: 700, align: "center", baseline: "top" });
  context.fillStyle = colors.ink;
  context.fillText(good ? String(guess) : `✗ ${guess}`, left + size / 2, top + 6);
};

const DOT = 5.5; // pixels from one tumor to the next

/** Each tumor as a dot at its probability of being malignant, a cross where that is mistaken. */
export const drawTumors = (context, { box, colors, labels, answers }) => {
  const x = (p) => box.x + 8 + p * (box.width - 16);
  const right = box.x + box.width;
  const bottom = box.y + box.height - 24;
  const half = (bottom - box.y) / 2;
  drawLine(context, [[x(0.5), box.y], [x(0.5), bottom]], colors.soft, { dash: [3, 3] });
  drawLine(context, [[box.x, box.y + half], [right, box.y + half]], colors.grid);
  for (const [p, align] of [["0", "left"], ["0.5", "center"], ["1", "right"]]) {
    letter(context, colors, { size: 11, weight: 400, align });
    context.fillStyle = colors.soft;
    context.fillText(p, x(Number(p)), bottom + 14);
  }
  [["benign", "right"], ["malignant", "left"]].forEach(([name, align], kind) => {
    const who = [...labels.keys()].filter((i) => labels[i] === kind);
    const center = box.y + half * (kind + 0.5);
    const most = Math.floor((half / 2 - 8) / DOT);
    const dots = answers.length ? swarm(who.map((i) => x(clamp(answers[i], 0, 1))), DOT, most, x(0.5)) : [];
    for (const { i, x: at, row } of dots) {
      const y = center + row * DOT;
      if (Number(answers[who[i]] > 0.5) === kind) drawDot(context, at, y, 2.6, kind ? colors.orange : colors.blue);
      else drawCross(context, at, y, 3.5, colors.vermillion, 2);
    }
    drawText(context, `${who.length} ${name} tumors`, align === "left" ? box.x : right, box.y + half * kind + 12, colors, { align });
  });
};
