/** The training step in slow motion: the network's numbers, move by move, and the loss of all steps. */
import { make } from "../../shared/dom.js";
import { experiment } from "../../shared/frame.js";
import { logLoss, LossCurves } from "../../shared/loss_curves.js";
import { drawDot } from "../../shared/marks.js";
import { haloText } from "../../shared/plot.js";
import { number } from "../../shared/scale.js";
import { logSlider, scrubber } from "../../shared/sliders.js";
import { momentOf, moveOf, MOVES, partsOf, questionAt, revealedAt, signOf, storyOf, tidy } from "./moves.js";
import { endsOf, label, LINES, placesOn, shape, thickness, travelers } from "./network_stage.js";

const SECONDS = 1.1; // that a number takes to travel along its line

export default experiment("training_step", "training step in slow motion", (lab) => {
  const { config, challenges } = lab;
  const { steps, parts } = config;
  const frames = steps * MOVES.length - 1;
  const state = Object.assign(lab.state, lab.settings, { frame: 0, run: null, answered: new Map(), streak: 0 });
  const now = () => momentOf(state.frame);
  const partsNow = () => partsOf(state.run.rows.subarray(now().step * state.run.wide, (now().step + 1) * state.run.wide), parts);

  // ---- elements -------------------------------------------------------------
  const badge = make("span", { class: "badge" });
  const finding = make("span", { class: "finding" });
  const stage = shape("svg", { class: "stage", role: "img" });
  const code = make("code", {});
  const results = make("div", { class: "results" });
  const see = make("p", { class: "see" });
  const curveCanvas = make("canvas", { role: "img" });
  const asked = make("div", { class: "predict", role: "group", "aria-label": "Predict a sign" });
  const time = scrubber({
    steps: frames, from: 0, perSecond: 0.55, what: "the training", unit: "move",
    words: (frame) => `step ${momentOf(frame).step + 1}, move ${momentOf(frame).move + 1}`,
    onStep: (frame) => { state.frame = frame; draw(); tell(); },
  });
  const rate = logSlider({
    label: "Learning rate", ...config.rates, value: state.learning_rate, format: (v) => number(v),
    onInput: (v) => { state.learning_rate = v; ask(); }, onCommit: () => lab.keep({ learning_rate: state.learning_rate }),
  });
  const next = make("button", { type: "button", onclick: () => {
    time.halt();
    time.go(Math.min((now().step + 1) * MOVES.length, frames));
  } }, "next example");
  const plots = make("div", { class: "plots" },
    make("div", {},
      make("figure", {}, make("figcaption", {}, "The network", make("span", {}, "dashed: negative · ◂ slope")), stage),
      make("div", { class: "controls-row" }, time.element, next), asked),
    make("div", { class: "side" },
      make("div", { class: "card" }, make("p", { class: "call" }, code), results, see),
      make("figure", {}, make("figcaption", {}, "Mean loss of the four examples"), curveCanvas),
      make("label", { class: "field" }, make("span", { class: "name" }, "learning rate"), rate.input, rate.output)));
  lab.root.append(make("p", { class: "verdict" }, badge, finding), lab.trouble.element, plots, challenges.element, lab.status);
  const curve = new LossCurves(curveCanvas, { steps, low: -1, high: 2 });

  // ---- requests -------------------------------------------------------------
  const runner = lab.runner({
    answer({ arrays: [rows, losses] }, settings) {
      state.run = { rows, losses, settings, wide: rows.length / steps };
      draw();
      tell();
      judge();
    },
    trouble() {
      state.run = null;
      draw();
    },
    *neighbors() {
      for (let d = 1; d <= rate.count; d++) {
        for (const position of [rate.position + d, rate.position - d]) {
          if (position >= 0 && position <= rate.count) yield { learning_rate: rate.valueAt(position) };
        }
      }
    },
  });
  const ask = () => runner.ask({ learning_rate: state.learning_rate });

  // ---- words ----------------------------------------------------------------
  const tell = () => {
    const { run } = state;
    if (!run) return;
    const { step, move } = now();
    const story = storyOf(partsNow(), move, run.settings.learning_rate);
    const back = move >= moveOf("blame") && move < moveOf("update");
    badge.textContent = `${move === moveOf("update") ? "●" : back ? "◂" : "▸"} ${story.title}`;
    badge.dataset.way = move === moveOf("update") ? "update" : back ? "back" : "forward";
    finding.textContent = `Training step ${step + 1} of ${steps}, example ${(step % config.examples) + 1}.`;
    code.textContent = story.code;
    results.replaceChildren(...story.results.map(([name, value]) => make("p", {}, make("span", { class: "name" }, name), make("code", {}, value))));
    see.textContent = story.see;
    const said = story.results.map(([name, value]) => `${name.replaceAll("_", " ")} ${value.replace(/[[\]]/g, "")}`).join("; ");
    lab.say(`Step ${step + 1}. ${story.title}: ${said}. ${story.see}`);
    stage.setAttribute("aria-label", `Network of two inputs, two hidden units and one output. ${story.title}: ${said}.`);
    curveCanvas.setAttribute("aria-label", `Mean loss against training step: ${number(run.losses[0])} at the start, ${number(run.losses[step])} before step ${step + 1}, ${number(run.losses[steps])} after step ${steps}.`);
    pose();
  };

  // ---- the question ---------------------------------------------------------
  const pose = () => {
    const { step, move } = now();
    const question = questionAt(step);
    const key = `${step}`;
    const given = state.answered.get(key);
    const seen = move >= revealedAt(question);
    if (asked.dataset.key === key && asked.dataset.seen === String(seen) && asked.dataset.given === String(Boolean(given))) return;
    Object.assign(asked.dataset, { key, seen, given: Boolean(given) });
    const text = make("p", {}, make("strong", {}, "Predict. "), `The gradient of ${question.name}, marked “?”, will be …`);
    if (given) {
      asked.replaceChildren(make("p", {}, make("strong", {}, given.right ? "✓ Right. " : "✗ Not so. "),
        `You said ${given.sign} for ${question.name}; it was ${given.is}. ${given.right ? "" : "Watch what comes in, and what blame arrives. "}`));
    } else if (seen) asked.replaceChildren(make("p", {}, "The next training step brings a question about a gradient."));
    else {
      const answer = (sign) => () => {
        const is = signOf(partsNow()[`${question.part}_gradient`][question.index]);
        const right = sign === is;
        state.answered.set(key, { sign, is, right });
        state.streak = right ? state.streak + 1 : 0;
        if (right) challenges.achieve("slow_motion.sign", `${question.name[0].toUpperCase()}${question.name.slice(1)}: ${is}.`);
        if (state.streak >= 3) challenges.achieve("slow_motion.three", "Three in a row.");
        else if (!challenges.isDone("slow_motion.three")) challenges.note("slow_motion.three", right ? `${state.streak} in a row so far.` : "From the start again.");
        time.halt();
        time.go(step * MOVES.length + revealedAt(question)); // show it
        asked.focus({ preventScroll: true });
      };
      asked.replaceChildren(text, make("div", { class: "choices" },
        ...[["negative", "−"], ["zero", "0"], ["positive", "+"]].map(([sign, mark]) => {
          const button = make("button", { type: "button", onclick: answer(sign) }, `${mark} ${sign}`);
          button.dataset.lmSuppressShortcuts = "true";
          return button;
        })));
    }
  };
  asked.tabIndex = -1;
  asked.dataset.lmSuppressShortcuts = "true";
  const judge = () => {
    const end = state.run.losses[steps];
    if (end < config.goal) challenges.achieve("slow_motion.loss", `Learning rate ${number(state.run.settings.learning_rate)} ends at ${number(end)}.`);
  };

  // ---- drawing --------------------------------------------------------------
  const brief = (value) => tidy(value, 2);
  const drawLine = (line, places, p, move) => {
    const [x0, y0, x1, y1] = endsOf(places, line);
    const first = line.part === "weights_1";
    const weight = p[line.part][line.index];
    const slope = p[`${line.part}_gradient`][line.index];
    const [forward, back] = first ? ["sums", "back1"] : ["output", "back2"];
    const carried = (first ? p.inputs[Math.floor(line.index / 2)] : p.hidden[line.index]) * weight;
    const blame = first ? p.sums_gradient[line.index % 2] : p.output_gradient[0];
    const active = move === moveOf(forward) ? "forward" : move === moveOf(back) ? "back" : "";
    const busy = active === "forward" ? carried !== 0 : active === "back" ? blame !== 0 : false;
    const group = shape("g", { class: `line ${busy ? active : ""} ${weight < 0 ? "negative" : ""}` });
    group.append(shape("line", { x1: x0, y1: y0, x2: x1, y2: y1, "stroke-width": thickness(busy && active === "back" ? slope : weight) }));
    if (busy) group.append(travelers([x0, y0, x1, y1], active, SECONDS));
    const share = first ? (line.index === 0 || line.index === 3 ? (places.narrow ? 0.48 : 0.62) : 0.24) : 0.42;
    const [x, y] = [x0 + share * (x1 - x0), y0 + share * (y1 - y0)];
    const up = y1 === y0 ? -13 : 0;
    const moved = move === moveOf("update");
    const fresh = p[`new_${line.part}`][line.index];
    const changed = moved && brief(fresh) !== brief(weight);
    group.append(label(x, y + up, changed ? (places.narrow ? brief(fresh) : `${brief(weight)} → ${brief(fresh)}`) : brief(weight), changed ? "changed" : "weight"));
    const question = questionAt(now().step);
    if (question.part === line.part && question.index === line.index && move < revealedAt(question)) {
      group.append(label(x, y + up + (up ? 26 : 17), "?", "question"));
    } else if (move >= moveOf(back) && !moved) group.append(label(x, y + up + (up ? 26 : 17), `◂ ${brief(slope)}`, "blame"));
    return group;
  };

  const drawBias = (x, y, part, index, p, move) => {
    const [value, slope, fresh] = [p[part][index], p[`${part}_gradient`][index], p[`new_${part}`][index]];
    const back = moveOf(part === "bias_1" ? "back1" : "back2");
    const changed = move === moveOf("update") && brief(fresh) !== brief(value);
    const group = shape("g", {}, label(x, y, changed ? `bias ${brief(value)} → ${brief(fresh)}` : `bias ${brief(value)}`, changed ? "changed small" : "small"));
    const question = questionAt(now().step);
    if (question.part === part && question.index === index && move < revealedAt(question)) group.append(label(x, y + 17, "?", "question"));
    else if (move >= back && move < moveOf("update")) group.append(label(x, y + 17, `◂ ${brief(slope)}`, "blame"));
    return group;
  };

  const drawUnit = (places, j, p, move) => {
    const [x, y] = places[`h${j + 1}`];
    const { width, height } = places.unit;
    const [known, out] = [move >= moveOf("sums"), move >= moveOf("hidden")];
    const open = p.sums[j] > 0;
    const group = shape("g", { class: `unit ${out ? (p.hidden[j] > 0 ? "lit" : "dark") : ""}` });
    group.append(shape("rect", { x: x - width / 2, y: y - height / 2, width, height, rx: places.narrow ? 10 : height / 2 }));
    const blamed = move >= moveOf("back2") && move < moveOf("update");
    const passed = move >= moveOf("gate") && move < moveOf("update");
    if (places.narrow) {
      if (known) group.append(label(x, y - 20, `sum ${brief(p.sums[j])}`, "small"));
      if (out) group.append(label(x, y - 3, brief(p.hidden[j]), "value"));
      if (blamed) group.append(label(x, y + 16, `◂ ${passed ? brief(p.sums_gradient[j]) : brief(p.hidden_gradient[j])}`, "blame"));
    } else {
      const gate = shape("line", { x1: x, x2: x, y1: y - height / 2, y2: y + height / 2, class: `gate ${out ? (open ? "open" : "shut") : ""}` });
      group.append(gate);
      const lift = blamed ? -10 : 0;
      if (known) group.append(label(x - width / 4 + 3, y + lift, brief(p.sums[j]), "value"));
      if (out) group.append(label(x + width / 4 - 3, y + lift, brief(p.hidden[j]), "value"));
      if (blamed) group.append(label(x + width / 4 - 3, y + 12, `◂ ${brief(p.hidden_gradient[j])}`, "blame"));
      if (passed) group.append(label(x - width / 4 + 3, y + 12, `◂ ${brief(p.sums_gradient[j])}`, "blame"));
    }
    const above = y - height / 2 - 12;
    group.append(label(x, above, places.narrow ? (j ? "lower" : "upper") : `${j ? "lower" : "upper"} unit${out ? `: ReLU ${open ? "open" : "shut"}` : ": sum | ReLU"}`, "small"));
    group.append(drawBias(x, y + height / 2 + 13, "bias_1", j, p, move));
    return group;
  };

  const drawCircle = ([x, y], radius, text, kind) => shape("g", { class: `unit ${kind}` },
    shape("circle", { cx: x, cy: y, r: radius }), label(x, y, text, "value"));

  const drawStage = () => {
    const places = state.places;
    if (!places) return;
    if (!state.run) return stage.replaceChildren();
    const p = partsNow();
    const { move } = now();
    const elements = LINES.map((line) => drawLine(line, places, p, move));
    for (const j of [0, 1]) {
      const at = places[`x${j + 1}`];
      elements.push(drawCircle(at, places.radius, brief(p.inputs[j]), "lit"), label(at[0], at[1] - places.radius - 12, `x${"₁₂"[j]}`, "small"), drawUnit(places, j, p, move));
    }
    const known = move >= moveOf("output");
    const [x, y] = places.y;
    const blamed = move >= moveOf("blame") && move < moveOf("update");
    elements.push(drawCircle(places.y, places.radius, known ? brief(p.output[0]) : "", known ? "lit" : ""),
      label(x, y - places.radius - 12, "output", "small"), drawBias(x, y + places.radius + 13, "bias_2", 0, p, move));
    const [tx, ty, anchor] = places.narrow ? [x + places.radius, y + places.radius + 62, "end"] : [x + places.radius + 16, y, "start"];
    const words = [[`target ${brief(p.target[0])}`, "plain"]];
    if (move >= moveOf("loss")) words.push([`loss ${brief(p.loss[0])}`, "plain strong"]);
    if (blamed) words.push([`◂ ${brief(p.output_gradient[0])}`, "blame"]);
    words.forEach(([text, kind], i) => elements.push(label(tx, ty + 19 * (places.narrow ? i : i - (words.length - 1) / 2), text, kind, anchor)));
    stage.replaceChildren(...elements);
  };

  const drawCurve = () => {
    const { colors } = lab;
    const { run } = state;
    curve.draw((context) => {
      const { x, width } = curve.box;
      const goal = curve.y(logLoss(config.goal));
      context.strokeStyle = colors.soft;
      context.lineWidth = 1;
      context.setLineDash([2, 3]);
      context.beginPath();
      context.moveTo(x, goal);
      context.lineTo(x + width, goal);
      context.stroke();
      context.setLineDash([]);
      context.font = colors.font(11);
      context.textAlign = "right";
      context.textBaseline = "bottom";
      haloText(context, `goal: below ${config.goal}`, x + width - 4, goal - 3, colors.soft, colors.paper);
      if (!run) return;
      const { step, move } = now();
      const shown = step + (move === moveOf("update") ? 1 : 0);
      context.strokeStyle = colors.blue;
      context.lineJoin = "round";
      context.globalAlpha = 0.25;
      context.lineWidth = 1.5;
      curve.trace(context, run.losses, steps);
      context.globalAlpha = 1;
      context.lineWidth = 2.5;
      curve.trace(context, run.losses, shown);
      drawDot(context, curve.x(shown), curve.heightOf(run.losses[shown]), 5, colors.blue, colors.paper);
    }, 7);
  };

  const draw = () => {
    drawStage();
    drawCurve();
  };

  const layout = (width) => {
    const narrow = width < 620;
    const left = narrow ? width : Math.floor((width - 20) * 0.64);
    const height = narrow ? 330 : 320;
    plots.style.gridTemplateColumns = narrow ? "" : `${left}px 1fr`;
    stage.setAttribute("width", left);
    stage.setAttribute("height", height);
    state.places = placesOn(left, height);
    curve.place(narrow ? width : width - 20 - left, 176);
    curve.paint(lab.colors);
  };
  requestAnimationFrame(ask);
  return { layout, draw, close: () => time.halt() };
});
