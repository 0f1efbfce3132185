/** Three logits under the hand, the learner's softmax of them, and the cost of the answer. */
import { choice } from "../../shared/buttons.js";
import { make } from "../../shared/dom.js";
import { experiment } from "../../shared/frame.js";
import { tile } from "../../shared/panels.js";
import { drawAxes, haloText, plainTicks, Plot } from "../../shared/plot.js";
import { clamp, number } from "../../shared/scale.js";
import { linearSlider } from "../../shared/sliders.js";

/** Whether all probabilities round to the goal's two decimal places. */
export const rounds = (probabilities, goal) =>
  goal.every((wanted, i) => probabilities[i] !== null && Math.abs(probabilities[i] - wanted) < 0.005);

/** Why the probabilities cannot be right, or "" if nothing speaks against them. */
export const complaint = ({ probabilities, sum }, largest) => {
  if (probabilities.some((p) => p === null)) {
    return largest > 700
      ? `e to the power of ${number(largest, 4)} is too large for a float, and your softmax got nan. Subtract the largest logit from all of them first: the probabilities stay the same.`
      : "Your softmax returned nan.";
  }
  if (probabilities.some((p) => p < 0)) return "A probability below 0: softmax should never return one.";
  return Math.abs(sum - 1) > 1e-6 ? `The probabilities sum to ${number(sum)}; they should sum to 1.` : "";
};

const signed = (v) => v.toFixed(2).replace("-", "−");
const asShown = (p) => (p === null ? "nan" : p > 0 && p < 0.0005 ? "< 0.001" : p.toFixed(3));

export default experiment("logits", "three logits and their softmax", (lab) => {
  const { config, challenges } = lab;
  const { classes } = config;
  const state = Object.assign(lab.state, lab.settings, { logits: [...lab.settings.logits], run: null });

  // ---- elements -------------------------------------------------------------
  const truth = choice({
    legend: "The picture shows a", value: state.target, options: classes.map((name, i) => [i, name]),
    onChange: (target) => {
      change({ target });
      keep();
    },
  });
  const sliders = classes.map((name, i) => linearSlider({
    label: `Logit of ${name}`, ...config.logits, value: state.logits[i], format: signed, jump: 20,
    onInput: (v) => setLogit(i, v), onCommit: () => keep(),
  }));
  const shift = linearSlider({
    label: "Shift of all three logits", ...config.shifts, value: clamp(state.shift, config.shifts.low, config.shifts.high), format: signed,
    onInput: (v) => change({ shift: v }), onCommit: () => keep(),
  });
  const far = make("button", { type: "button", "aria-pressed": "false", onclick: () => leap() }, `add ${config.far.toLocaleString("en")} to all three`);
  const farNote = make("span", { class: "hint" });
  const loss = tile("loss, from your functions");
  const total = tile("sum of the probabilities");
  const alarm = make("p", { class: "alarm", role: "status", hidden: true });
  const logitCanvas = make("canvas", { class: "bars", role: "img" });
  const probabilityCanvas = make("canvas", { role: "img" });
  lab.root.append(
    make("div", { class: "under truth" }, truth.element), lab.trouble.element,
    make("div", { class: "plots logits" },
      make("div", {},
        make("figure", {}, make("figcaption", {}, "Logits", make("span", {}, "drag the bars")), logitCanvas),
        make("div", { class: "fields" },
          ...classes.flatMap((name, i) => [make("span", { class: "name" }, name), sliders[i].input, sliders[i].output]),
          make("span", { class: "name shift" }, "all three"), shift.input, shift.output),
        make("div", { class: "extremes" }, far, farNote)),
      make("div", {},
        make("figure", {}, make("figcaption", {}, "Probabilities", make("span", {}, "your softmax")), probabilityCanvas),
        make("div", { class: "outcome" }, loss.element, total.element),
        alarm)),
    challenges.element, lab.status);

  const before = new Plot(logitCanvas, { top: 18, bottom: 26 });
  const after = new Plot(probabilityCanvas, { top: 18, bottom: 26 });

  // ---- requests -------------------------------------------------------------
  const settings = (changes = {}) => ({ logits: state.logits, shift: state.shift, target: state.target, ...changes });
  const runner = lab.runner({
    answer(result, asked) {
      state.run = { ...result.note, settings: asked };
      draw();
      tell();
    },
    trouble() {
      state.run = null;
      loss.set("–");
      total.set("–");
      alarm.hidden = true;
      draw();
    },
    *neighbors() {
      const moved = (i, by) => state.logits.map((z, k) => (k === i ? Number((z + by).toFixed(9)) : z));
      for (let d = 1; d <= 6; d++) {
        for (const by of [d * config.logits.step, -d * config.logits.step]) {
          for (let i = 0; i < classes.length; i++) {
            const logits = moved(i, by);
            if (logits[i] >= config.logits.low && logits[i] <= config.logits.high) yield settings({ logits });
          }
        }
        for (const by of [d * config.shifts.step, -d * config.shifts.step]) {
          const to = Number((state.shift + by).toFixed(9));
          if (to >= config.shifts.low && to <= config.shifts.high) yield settings({ shift: to });
        }
      }
      for (let target = 0; target < classes.length; target++) yield settings({ target });
    },
  });
  const keep = () => lab.keep(settings());
  const change = (changes) => {
    Object.assign(state, changes);
    const beyond = state.shift === config.far;
    far.setAttribute("aria-pressed", String(beyond));
    far.textContent = beyond ? "back to the usual size" : `add ${config.far.toLocaleString("en")} to all three`;
    farNote.textContent = beyond ? `logits are now about ${config.far.toLocaleString("en")}` : "";
    draw();
    runner.ask(settings());
  };
  const setLogit = (i, v) => change({ logits: state.logits.map((z, k) => (k === i ? v : z)) });
  const leap = () => {
    change({ shift: state.shift === config.far ? shift.value : config.far });
    keep();
  };

  // A bar can be dragged by its end; its slider below is the way for the keyboard.
  let held = null;
  const dragTo = (event) => {
    const box = logitCanvas.getBoundingClientRect();
    const v = before.y.invert(event.clientY - box.top) - (state.shift === config.far ? 0 : state.shift);
    sliders[held].value = clamp(v, config.logits.low, config.logits.high);
    setLogit(held, sliders[held].value);
  };
  logitCanvas.addEventListener("pointerdown", (event) => {
    const box = logitCanvas.getBoundingClientRect();
    held = clamp(Math.floor(before.x.invert(event.clientX - box.left)), 0, classes.length - 1);
    logitCanvas.setPointerCapture(event.pointerId);
    dragTo(event);
  });
  logitCanvas.addEventListener("pointermove", (event) => {
    if (logitCanvas.hasPointerCapture(event.pointerId)) dragTo(event);
  });
  logitCanvas.addEventListener("pointerup", () => keep());

  // ---- words and goals ------------------------------------------------------
  const tell = () => {
    const { run } = state;
    if (!run) return;
    const shown = run.probabilities.map(asShown);
    const cost = run.loss === null ? "nan" : run.loss.toFixed(3);
    const name = classes[run.settings.target];
    loss.set(cost, `the ${name} was given ${shown[run.settings.target]}`);
    total.set(run.sum === null ? "nan" : String(Number(run.sum.toFixed(6))));
    const why = complaint(run, Math.max(...run.settings.logits) + run.settings.shift);
    alarm.hidden = !why;
    alarm.textContent = why;
    const pairs = (values) => classes.map((c, i) => `${c} ${values[i]}`).join(", ");
    const text = `Logits ${pairs(run.settings.logits.map((z) => signed(z + run.settings.shift)))}; probabilities ${pairs(shown)}. Loss ${cost} for a ${name}. ${why}`;
    lab.say(text);
    logitCanvas.setAttribute("aria-label", `Logits as bars: ${pairs(run.settings.logits.map((z) => signed(z + run.settings.shift)))}.`);
    probabilityCanvas.setAttribute("aria-label", `Probabilities as bars: ${pairs(shown)}.`);
    if (rounds(run.probabilities, config.goal)) {
      challenges.achieve("logits.cat", `With the logits ${run.settings.logits.map((z) => signed(z)).join(", ")}. Only their differences count.`);
    }
    if (run.settings.shift === config.far && !why) {
      challenges.achieve("logits.huge", "Your softmax took it: same differences, same probabilities.");
    }
  };

  // ---- drawing --------------------------------------------------------------
  const bar = (context, plot, i, from, to, color, outlined) => {
    const [left, right] = [plot.x(i + 0.2), plot.x(i + 0.8)];
    const [top, bottom] = [Math.min(plot.y(from), plot.y(to)), Math.max(plot.y(from), plot.y(to))];
    context.fillStyle = color;
    context.fillRect(left, top, right - left, Math.max(1, bottom - top));
    if (outlined) {
      context.strokeStyle = lab.colors.ink;
      context.lineWidth = 1.5;
      context.strokeRect(left + 0.75, top + 0.75, right - left - 1.5, Math.max(0, bottom - top - 1.5));
    }
  };

  const drawLogits = () => {
    const { colors } = lab;
    const beyond = state.shift === config.far;
    before.draw((context) => {
      context.textAlign = "center";
      context.textBaseline = "middle";
      state.logits.forEach((z, i) => {
        const value = beyond ? z : z + state.shift;
        bar(context, before, i, 0, value, colors.orange);
        context.font = colors.font(12, 600);
        const text = beyond ? `${config.far.toLocaleString("en")} ${z < 0 ? "−" : "+"} ${Math.abs(z).toFixed(2)}` : signed(value);
        const low = before.box.y + before.box.height - 8;
        haloText(context, text, before.x(i + 0.5), clamp(before.y(value) + (value < 0 ? 11 : -10), before.box.y + 8, low), colors.ink, colors.paper);
        context.beginPath(); // the grip at the bar's end
        context.strokeStyle = colors.ink;
        context.lineWidth = 2.5;
        context.moveTo(before.x(i + 0.2), before.y(value));
        context.lineTo(before.x(i + 0.8), before.y(value));
        context.stroke();
      });
      const zero = Math.round(before.y(0)) + 0.5;
      context.strokeStyle = colors.soft;
      context.lineWidth = 1;
      context.beginPath();
      context.moveTo(before.box.x, zero);
      context.lineTo(before.box.x + before.box.width, zero);
      context.stroke();
    }, 12);
  };

  const drawProbabilities = () => {
    const { colors } = lab;
    const { run } = state;
    after.draw((context) => {
      if (!run) return;
      context.textAlign = "center";
      context.textBaseline = "middle";
      run.probabilities.forEach((p, i) => {
        const right = i === state.target;
        if (p === null) { // nan: hatched up to the top, since it has no height
          context.save();
          context.beginPath();
          context.rect(after.x(i + 0.2), after.y(1), after.x(i + 0.8) - after.x(i + 0.2), after.y(0) - after.y(1));
          context.clip();
          context.strokeStyle = colors.vermillion;
          context.lineWidth = 1.5;
          context.beginPath();
          for (let k = -after.box.height; k < after.box.width; k += 10) {
            context.moveTo(after.box.x + k, after.y(0));
            context.lineTo(after.box.x + k + after.box.height, after.y(1));
          }
          context.stroke();
          context.restore();
        } else bar(context, after, i, 0, clamp(p, -0.05, 1.2), right ? colors.blue : colors.line, right);
        context.font = colors.font(13, right ? 700 : 500);
        haloText(context, asShown(p), after.x(i + 0.5), p === null ? after.y(0.5) : clamp(after.y(p) - 11, after.box.y + 8, after.y(0) - 11), colors.ink, colors.paper);
      });
    });
    const context = after.context;
    context.font = colors.font(12, 600);
    context.textAlign = "center";
    context.textBaseline = "middle";
    context.fillStyle = colors.ink;
    context.fillText("▲ the truth", after.x(state.target + 0.5), after.box.y + after.box.height + 32);
  };

  const draw = () => {
    if (!before.back) return; // not laid out yet
    drawLogits();
    drawProbabilities();
  };

  const layout = (width) => {
    const { colors } = lab;
    const narrow = width < 620;
    const each = narrow ? width : Math.floor((width - 20) / 2);
    const names = classes.map((name, i) => [i + 0.5, name]);
    before.resize(each, narrow ? 210 : 250);
    before.scales([0, classes.length], [-7, 7]);
    before.background(colors.paper, (context) => drawAxes(context, before, colors, {
      xTicks: [], yTicks: plainTicks(-6, 6, 6), xName: "", yName: "logit", grid: "y",
    }));
    after.margins.bottom = 44;
    after.resize(each, narrow ? 228 : 268);
    after.scales([0, classes.length], [0, 1.08]);
    after.background(colors.paper, (context) => drawAxes(context, after, colors, {
      xTicks: names, yTicks: plainTicks(0, 1, 5), xName: "", yName: "probability", grid: "y",
    }));
    const context = before.back.getContext("2d");
    context.fillStyle = colors.soft;
    context.font = colors.font(12);
    context.textAlign = "center";
    context.textBaseline = "middle";
    for (const [at, name] of names) context.fillText(name, before.x(at), before.box.y + before.box.height + 14);
  };
  requestAnimationFrame(() => change({}));
  return { layout, draw };
});
