/** What a network answers: handwritten digits with its guesses, tumors with their probabilities.
 *
 * Both drawings take (context, {box, colors, labels, images, answers, pictures}): answers holds one
 * row of probabilities for each label, or nothing; pictures is a Map that they keep things in.
 */
import { haloText } from "../../shared/plot.js";
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
    const picture = new OffscreenCanvas(8, 8);
    const context = picture.getContext("2d");
    context.fillStyle = colors.ink;
    grays(images[n]).forEach((gray, p) => {
      context.globalAlpha = gray;
      context.fillRect(p % 8, Math.floor(p / 8), 1, 1);
    });
    pictures.set(name, picture);
  }
  return pictures.get(name);
};

const COLUMNS = 6;

/** Three rows of digits with the guess under each, and a row of those that are misread now. */
export const drawDigits = (context, { box, colors, labels, images, answers, pictures }) => {
  const cell = box.width / COLUMNS;
  const step = (box.height - 22) / 4;
  const size = Math.min(cell - 10, step - 26);
  const drawDigit = (n, left, top, answer) => {
    context.fillStyle = colors.grid;
    context.fillRect(left, top, size, size);
    context.imageSmoothingQuality = "high";
    context.drawImage(inked(n, images, colors, pictures), left + 1, top + 1, size - 2, size - 2);
    if (!answer) return;
    const good = answer.guess === labels[n];
    context.fillStyle = colors.grid;
    context.fillRect(left, top + size + 2, size, 3);
    context.fillStyle = good ? colors.blue : colors.vermillion;
    context.fillRect(left, top + size + 2, size * clamp(answer.probability, 0, 1), 3);
    context.font = colors.font(13, 700);
    context.textBaseline = "top";
    context.textAlign = "center";
    context.fillStyle = colors.ink;
    context.fillText(good ? String(answer.guess) : `✗ ${answer.guess}`, left + size / 2, top + size + 8);
  };
  for (let n = 0; n < 3 * COLUMNS; n++) {
    const [column, row] = [n % COLUMNS, Math.floor(n / COLUMNS)];
    drawDigit(n, box.x + column * cell, box.y + row * step, answers.length ? guessOf(answers, n, 10) : null);
  }
  if (!answers.length) return;
  const wrong = misread(answers, labels, 10);
  const top = box.y + 3 * step;
  context.font = colors.font(12, 600);
  context.textAlign = "left";
  context.textBaseline = "middle";
  context.fillStyle = colors.ink;
  const tally = `misread now: ${wrong.length} of ${labels.length}`;
  const long = `${tally}, the most certain first`;
  context.fillText(wrong.length && context.measureText(long).width <= box.width ? long : tally, box.x, top + 8);
  wrong.slice(0, COLUMNS).forEach((answer, k) => drawDigit(answer.i, box.x + k * cell, top + 22, answer));
};

/** Each tumor as a dot at its probability of being malignant, a cross where that is mistaken. */
export const drawTumors = (context, { box, colors, labels, answers }) => {
  const x = (p) => box.x + 8 + p * (box.width - 16);
  const bottom = box.y + box.height - 24;
  const half = (bottom - box.y) / 2;
  const line = (color, dash, ...points) => {
    context.strokeStyle = color;
    context.lineWidth = 1;
    context.setLineDash(dash);
    context.beginPath();
    for (const [px, py] of points) context.lineTo(px, py);
    context.stroke();
    context.setLineDash([]);
  };
  line(colors.soft, [3, 3], [x(0.5), box.y], [x(0.5), bottom]);
  line(colors.grid, [], [box.x, box.y + half], [box.x + box.width, box.y + half]);
  context.font = colors.font(11);
  context.fillStyle = colors.soft;
  context.textBaseline = "middle";
  for (const [p, side] of [[0, "left"], [0.5, "center"], [1, "right"]]) {
    context.textAlign = side;
    context.fillText(String(p), x(p), bottom + 14);
  }
  [["benign", "right"], ["malignant", "left"]].forEach(([name, side], kind) => {
    const who = labels.map((label, i) => (label === kind ? i : -1)).filter((i) => i >= 0);
    const center = box.y + half * (kind + 0.5);
    const most = Math.floor((half / 2 - 8) / 5.5);
    const dots = answers.length ? swarm(who.map((k) => x(clamp(answers[k], 0, 1))), 5.5, most, x(0.5)) : [];
    for (const { i, x: at, row } of dots) {
      const y = center + row * 5.5;
      context.beginPath();
      if (Number(answers[who[i]] > 0.5) === kind) {
        context.fillStyle = kind ? colors.orange : colors.blue;
        context.arc(at, y, 2.6, 0, 7);
        context.fill();
        continue;
      }
      context.strokeStyle = colors.vermillion;
      context.lineWidth = 2;
      for (const s of [-1, 1]) {
        context.moveTo(at - 3.5, y - 3.5 * s);
        context.lineTo(at + 3.5, y + 3.5 * s);
      }
      context.stroke();
    }
    context.font = colors.font(12, 600);
    context.textAlign = side;
    haloText(context, `${who.length} ${name} tumors`, side === "left" ? box.x : box.x + box.width, box.y + half * kind + 12, colors.ink, colors.paper);
  });
};
