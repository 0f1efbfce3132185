/** The curve of the learner's binary cross-entropy, and a probability that is dragged along it. */
import { choice } from "../../shared/buttons.js";
import { make } from "../../shared/dom.js";
import { draggable } from "../../shared/dragging.js";
import { experiment } from "../../shared/frame.js";
import { tile } from "../../shared/panels.js";
import { drawAxes, haloText, MARGINS, plainTicks, Plot } from "../../shared/plot.js";
import { clamp } from "../../shared/scale.js";
import { linearSlider, THUMB } from "../../shared/sliders.js";

/** The probability that was given to what is true. */
export const givenToTruth = (probability, target) => (target === 1 ? probability : 1 - probability);

/** How sure, and of the right thing or not: a sign, words, and the name of a color. */
export const stance = (probability, target) => {
  const truth = givenToTruth(probability, target);
  if (Math.abs(truth - 0.5) < 0.0026) return { sign: "●", words: "undecided", color: "orange" };
  const sure = Math.abs(truth - 0.5) >= 0.395 ? "confident" : Math.abs(truth - 0.5) >= 0.2 ? "fairly sure" : "unsure";
  return truth > 0.5
    ? { sign: "✓", words: `${sure} and right`, color: "blue" }
    : { sign: "✗", words: `${sure} and wrong`, color: "vermillion" };
};

/** Two wrong answers, the second at least five times as dear as the first. */
export const fiveTimes = (pin, here) =>
  Boolean(pin) && pin.target === here.target && givenToTruth(pin.probability, pin.target) < 0.5 &&
  givenToTruth(here.probability, here.target) < 0.5 && pin.loss > 0 && here.loss / pin.loss >= 5;

const PRESETS = [0.9, 0.5, 0.1];
const MAIL = { 1: "The mail is spam", 0: "The mail is not spam" };

export default experiment("probability", "a probability on its curve", (lab) => {
  const { config, challenges } = lab;
  const state = Object.assign(lab.state, lab.settings, { run: null, pin: null });

  // ---- elements -------------------------------------------------------------
  const truth = choice({
    legend: "The truth", value: state.target, options: [[1, "spam: target 1"], [0, "not spam: target 0"]],
    onChange: (target) => {
      state.pin = null;
      change({ target });
      keep();
    },
  });
  const loss = tile("loss, from your function");
  const words = make("p", { class: "verdict-words" });
  const mail = make("p", { class: "mail" });
  const pinned = make("p", { class: "pinned" });
  const canvas = make("canvas", { class: "curve", tabindex: 0, role: "application", "aria-roledescription": "curve with a movable point" });
  const slider = linearSlider({
    label: "Probability that the mail is spam", ...config.probabilities, value: state.probability, jump: 20,
    format: (v) => v.toFixed(3).replace(/0$/, ""),
    onInput: (v) => change({ probability: v }), onCommit: () => keep(),
  });
  const go = (p) => () => {
    slider.value = p;
    change({ probability: slider.value });
    keep();
  };
  const pinButton = make("button", { type: "button", onclick: () => pinHere() }, "pin this answer");
  lab.root.append(
    make("div", { class: "top-row" }, truth.element), lab.trouble.element,
    make("div", { class: "plots probability" },
      make("div", {},
        make("figure", {}, make("figcaption", {}, "What an answer costs", make("span", {}, "drag the point")), canvas),
        make("div", { class: "under slider-head" },
          make("span", { class: "name" }, "probability of spam"), slider.output,
          make("span", { class: "hint" }, "step 0.005")),
        slider.input),
      make("div", { class: "story" },
        mail, words, loss.element,
        make("div", { class: "pins", role: "group", "aria-label": "Go to a probability" },
          make("span", {}, "go to"), ...PRESETS.map((p) => make("button", { type: "button", onclick: go(p) }, String(p)))),
        make("div", { class: "pins" }, pinButton),
        pinned)),
    challenges.element, lab.status);

  const plot = new Plot(canvas, { top: 16 });

  // ---- requests -------------------------------------------------------------
  const runner = lab.runner({
    answer(result, settings) {
      state.run = { losses: result.arrays[0], finite: result.note.finite, settings };
      draw();
      tell();
    },
    trouble() {
      state.run = null;
      loss.set("–");
      for (const line of [mail, words, pinned]) line.textContent = "";
      draw();
    },
    renewed() {
      state.pin = null;
    },
    grown: () => draw(),
    *neighbors() {
      yield { target: 1 - state.target };
    },
  });
  const keep = () => lab.keep({ target: state.target, probability: state.probability });
  const change = (changes) => {
    Object.assign(state, changes);
    draw();
    runner.ask({ target: state.target });
  };
  draggable(canvas, {
    move: (px) => {
      slider.value = clamp(plot.x.invert(px), 0, 1);
      change({ probability: slider.value });
    },
    stride: (dx, dy) => {
      slider.value = clamp(state.probability + (dx || dy) * config.probabilities.step, 0, 1);
      change({ probability: slider.value });
    },
    commit: () => keep(),
  });
  const lossAt = (run, probability) => run.losses[slider.positionOf(probability)];
  const here = () => ({ target: state.target, probability: state.probability, loss: lossAt(state.run, state.probability) });
  const pinHere = () => {
    if (!state.run) return;
    state.pin = here();
    draw();
    tell();
  };

  // ---- words and goals ------------------------------------------------------
  const said = (value) => (value >= 1e8 ? "not finite" : value.toFixed(3));
  const tell = () => {
    const { run, pin } = state;
    if (!run || run.settings.target !== state.target) return;
    const now = here();
    const { sign, words: how } = stance(now.probability, now.target);
    mail.textContent = `${MAIL[now.target]}. The filter says: ${Number((100 * now.probability).toFixed(1))} % spam.`;
    words.textContent = `${sign} ${how}`;
    const share = givenToTruth(now.probability, now.target);
    loss.set(said(now.loss), `the truth was given ${slider.output.textContent === String(share) ? share : Number(share.toFixed(3))}`);
    pinned.replaceChildren(...(pin ? [
      `pinned: ${Number(pin.probability.toFixed(3))} costs ${said(pin.loss)}`,
      ...(pin.probability !== now.probability && pin.loss > 0
        ? [make("br"), "here: ", make("strong", {}, `${(now.loss / pin.loss).toFixed(2)} times as much`)] : []),
    ] : ["Pin an answer to compare it with others."]));
    const text = `${MAIL[now.target]}; the filter says ${Number(now.probability.toFixed(3))}. Loss ${said(now.loss)}, ${how}.`;
    lab.say(text);
    canvas.setAttribute("aria-label", `Loss against probability. Arrow keys move the point. ${text}`);
    if (fiveTimes(pin, now)) {
      challenges.achieve("probability.confident", `From ${said(pin.loss)} to ${said(now.loss)}: the same mistake, more confident.`);
    }
  };
  challenges.action("probability.shrug", make("button", {
    type: "button",
    onclick: () => {
      const other = runner.get({ target: 1 - state.target });
      if (!state.run || !other) return;
      const [a, b] = [lossAt(state.run, state.probability), other.arrays[0][slider.positionOf(state.probability)]];
      if (Math.abs(a - b) <= 1e-6 * Math.max(a, b)) challenges.achieve("probability.shrug", `A shrug costs ${said(a)}, spam or not: ln 2.`);
      else challenges.note("probability.shrug", `Not yet: here spam costs ${said(state.target === 1 ? a : b)}, no spam ${said(state.target === 1 ? b : a)}.`);
    },
  }, "this one"));

  // ---- drawing --------------------------------------------------------------
  const trace = (context, losses, from, to) => {
    context.beginPath();
    for (let position = from; position <= to; position++) {
      context.lineTo(plot.x(slider.valueAt(position)), plot.y(Math.min(losses[position], 2 * config.top)));
    }
    context.stroke();
  };

  const label = (context, text, x, y, color) => {
    const { box } = plot;
    const half = context.measureText(text).width / 2;
    haloText(context, text, clamp(x, box.x + half + 4, box.x + box.width - half - 2), y, color, lab.colors.paper);
  };

  const draw = () => {
    if (!plot.back) return; // not laid out yet
    const { colors } = lab;
    const { run, target } = state;
    const { box } = plot;
    const half = slider.positionOf(0.5);
    plot.draw((context) => {
      context.lineJoin = context.lineCap = "round";
      context.textAlign = "center";
      context.textBaseline = "middle";
      const other = runner.get({ target: 1 - target });
      if (other && run) {
        context.strokeStyle = colors.line;
        context.lineWidth = 1.5;
        context.setLineDash([4, 4]);
        trace(context, other.arrays[0], 0, slider.count);
        context.setLineDash([]);
      }
      if (!run || run.settings.target !== target) return;
      context.lineWidth = 3;
      context.strokeStyle = target === 1 ? colors.vermillion : colors.blue;
      trace(context, run.losses, 0, half);
      context.strokeStyle = target === 1 ? colors.blue : colors.vermillion;
      trace(context, run.losses, half, slider.count);
      context.font = colors.font(11);
      for (const p of PRESETS) {
        const value = lossAt(run, p);
        const [x, y] = [plot.x(p), plot.y(value)];
        context.beginPath();
        context.arc(x, y, 3.5, 0, 7);
        context.fillStyle = colors.paper;
        context.fill();
        context.strokeStyle = colors.ink;
        context.lineWidth = 1.5;
        context.stroke();
        if (Math.abs(p - state.probability) > 0.04) label(context, said(value), x + (target === 1 ? 20 : -20), y - 12, colors.soft);
      }
    }, 0);
    const context = plot.context;
    if (!run || run.settings.target !== target) return;
    context.textAlign = "center";
    context.textBaseline = "middle";
    if (state.pin) {
      const [x, y] = [plot.x(state.pin.probability), plot.y(Math.min(state.pin.loss, config.top))];
      context.save();
      context.translate(x, y);
      context.rotate(Math.PI / 4);
      context.fillStyle = colors.paper;
      context.strokeStyle = colors.ink;
      context.lineWidth = 2;
      context.fillRect(-5.5, -5.5, 11, 11);
      context.strokeRect(-5.5, -5.5, 11, 11);
      context.restore();
      context.font = colors.font(11, 600);
      if (state.pin.probability !== state.probability) label(context, `pinned ${said(state.pin.loss)}`, x, y - 18, colors.ink);
    }
    const value = lossAt(run, state.probability);
    const off = value > config.top;
    const [x, y] = [plot.x(state.probability), plot.y(Math.min(value, config.top))];
    const bottom = box.y + box.height;
    context.strokeStyle = colors.ink;
    context.lineWidth = 1;
    context.setLineDash([2, 3]);
    context.beginPath();
    context.moveTo(box.x, y);
    context.lineTo(x, y);
    context.lineTo(x, bottom);
    context.stroke();
    context.setLineDash([]);
    context.beginPath();
    context.arc(x, y, document.activeElement === canvas ? 10 : 8, 0, 7);
    context.fillStyle = colors[stance(state.probability, target).color];
    context.fill();
    context.strokeStyle = colors.paper;
    context.lineWidth = 2.5;
    context.stroke();
    context.font = colors.font(13, 700);
    const above = y > box.y + 30;
    const text = `${said(value)}${off ? " ▲ off the picture" : ""}`;
    const side = off ? (x < box.x + box.width / 2 ? 86 : -86) : 0;
    label(context, text, x + side, above ? y - 18 : y + (off ? 4 : 20), colors.ink);
  };

  const layout = (width) => {
    const { colors } = lab;
    const narrow = width < 620;
    const wide = narrow ? width : Math.min(Math.floor(((width - 24) * 5) / 8), width - 24 - 220);
    plot.resize(wide, narrow ? 250 : 330);
    plot.scales([0, 1], [0, config.top]);
    plot.background(colors.paper, (context) => drawAxes(context, plot, colors, {
      xTicks: plainTicks(0, 1, 5), yTicks: plainTicks(0, config.top, 5), xName: "", yName: "loss", grid: "xy",
    }));
    const { left, right } = MARGINS;
    slider.input.style.marginLeft = `${left - THUMB}px`;
    slider.input.style.width = `${wide - left - right + 2 * THUMB}px`;
  };
  canvas.addEventListener("focus", draw);
  canvas.addEventListener("blur", draw);
  requestAnimationFrame(() => runner.ask({ target: state.target }));
  return { layout, draw };
});
