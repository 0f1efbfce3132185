/** Live training: the learner's losses, optimizer and loop at work, epoch by epoch. */
import { choice } from "../../shared/buttons.js";
import { make } from "../../shared/dom.js";
import { experiment } from "../../shared/frame.js";
import { unpack } from "../../shared/kernel_runner.js";
import { key, tile } from "../../shared/panels.js";
import { drawAxes, haloText, plainTicks, Plot } from "../../shared/plot.js";
import { clamp, number, powerOfTen } from "../../shared/scale.js";
import { linearSlider, logSlider } from "../../shared/sliders.js";
import { drawDigits, drawTumors, guessOf } from "./answers.js";

const LOSSES = [-3, 1]; // exponents on the picture
const exponent = (loss) => Math.log10(Math.max(loss, 1e-9));

/** How long something takes, in words for a hurried reader. */
export const duration = (seconds) =>
  seconds < 1 ? "less than 1 s" : seconds < 90 ? `about ${Math.ceil(seconds)} s` : `about ${Math.ceil(seconds / 60)} min`;

/** What the main button does next. */
export const mainAction = (phase, same) =>
  phase === "running" ? "stop" : phase === "stopped" && same ? "continue" : "start";

/** Which goals a record meets. accuracies and heldOut start before the first epoch. */
export const metGoals = ({ task, phase, losses, heldOut, accuracies }, goal) => {
  const met = [];
  const good = [...accuracies].findIndex((share, epoch) => epoch > 0 && share >= goal.accuracy - 1e-6);
  if (task === "digits" && good > 0) met.push("live_training.digits");
  if (task === "digits" && good > 0 && good <= goal.sprint) met.push("live_training.sprint");
  if (phase === "finished" && losses.length > 1) {
    const best = heldOut.reduce((b, loss, epoch) => (loss < heldOut[b] ? epoch : b), 0);
    const end = heldOut.length - 1;
    if (best > 0 && best < end && heldOut[end] >= goal.overfit * heldOut[best] && losses[end - 1] < losses[best - 1]) {
      met.push("live_training.overfit");
    }
  }
  return met;
};

export default experiment("live_training", "live training", (lab) => {
  const { config, challenges } = lab;
  const state = Object.assign(lab.state, {
    settings: { ...lab.settings, epochs: undefined }, phase: "idle", id: null, run: null, ghost: null, shown: 0, watch: true,
    stale: false, known: false,
  });
  delete state.settings.epochs;
  const dismissed = new Set();
  const pictures = new Map(); // of the digits, drawn once for each theme
  const calm = matchMedia("(prefers-reduced-motion: reduce)");

  // ---- elements -------------------------------------------------------------
  const task = choice({
    legend: "task", value: state.settings.task, options: [["tumors", "tumors: 2 classes"], ["digits", "digits: 10 classes"]],
    onChange: (v) => change({ task: v }),
  });
  const optimizer = choice({
    legend: "optimizer", value: state.settings.optimizer, options: config.optimizers.map((name) => [name, name]),
    onChange: (v) => change({ optimizer: v }),
  });
  const rate = logSlider({
    label: "Learning rate", ...config.rates, value: state.settings.learning_rate, format: (v) => number(v, 2),
    onInput: (v) => change({ learning_rate: Number(v.toPrecision(6)) }),
  });
  const sizes = config.batch_sizes;
  const batch = linearSlider({
    label: "Batch size", low: 0, high: sizes.length - 1, step: 1, jump: 1, value: sizes.indexOf(state.settings.batch_size),
    format: (k) => String(sizes[k]), onInput: (k) => change({ batch_size: sizes[k] }),
  });
  const go = make("button", { type: "button", class: "go", onclick: () => press() }, "▶ start");
  const reset = make("button", { type: "button", onclick: () => clear() }, "reset");
  const progress = make("progress", { max: config.epochs, value: 0, "aria-label": "Epochs done" });
  const clock = make("span", { class: "clock" });
  const watch = make("input", { type: "checkbox", onchange: () => { state.watch = watch.checked; } });
  watch.checked = true;
  const tiles = { train: tile("training loss"), held: tile("held-out loss"), accuracy: tile("accuracy") };
  const lossCanvas = make("canvas", { role: "img" });
  const accuracyCanvas = make("canvas", { role: "img" });
  const sampleCanvas = make("canvas", { role: "img" });
  const sampleName = make("strong", {});
  const speed = make("p", { class: "speed" });
  const bench = make("div", { class: "bench" }, task.element, optimizer.element,
    make("div", { class: "slide" }, make("span", { class: "name" }, "learning rate"), rate.input, rate.output),
    make("div", { class: "slide" }, make("span", { class: "name" }, "batch size"), batch.input, batch.output));
  lab.root.append(
    bench,
    make("div", { class: "drive" }, go, reset, progress, clock, make("label", { class: "check" }, watch, "slow enough to watch")),
    lab.trouble.element,
    make("div", { class: "live" },
      make("div", {},
        make("figure", {}, make("figcaption", {}, "The loss",
          key([["blue", "solid", "training"], ["orange", "dashed", "held out"], ["sky", "dot", "one batch"]])), lossCanvas),
        make("figure", {}, make("figcaption", {}, "Held-out accuracy"), accuracyCanvas),
        speed),
      make("div", { class: "right" },
        make("div", { class: "tiles" }, tiles.train.element, tiles.held.element, tiles.accuracy.element),
        make("figure", {}, make("figcaption", {}, sampleName), sampleCanvas))),
    challenges.element, lab.status);

  const loss = new Plot(lossCanvas, { bottom: 22 });
  const share = new Plot(accuracyCanvas, { bottom: 36 });
  const sample = new Plot(sampleCanvas, { left: 8, right: 16, top: 4, bottom: 4 });

  // ---- requests -------------------------------------------------------------
  // A short trial run tells early what is not written yet; it follows every edit of the code.
  const trial = { task: "tumors", optimizer: "Adam", learning_rate: 0.001, batch_size: 32, epochs: 1 };
  const runner = lab.runner({
    answer() {},
    renewed() {
      state.stale = state.known && Boolean(state.run);
      state.known = true;
      refresh();
    },
  });
  const same = () => state.run && JSON.stringify(state.run.settings) === JSON.stringify(state.settings);
  const change = (changes) => {
    Object.assign(state.settings, changes);
    if ("task" in changes && !same()) {
      if (state.phase !== "running") shelve();
      state.ghost = null;
      paint();
    }
    lab.keep({ ...state.settings, epochs: config.epochs });
    refresh();
  };
  const shelve = () => { // the run on screen makes way; its held-out loss stays as a ghost
    if (state.run && state.run.heldOut.length > 1) state.ghost = state.run;
    state.run = null;
    state.shown = 0;
    state.phase = "idle";
  };
  const press = () => {
    const action = mainAction(state.phase, same());
    if (action === "stop") {
      runner.model.send({ type: "stop" });
      state.phase = "stopped";
    } else {
      lab.trouble.show(null);
      if (action === "start") {
        const earlier = state.run?.settings.task === state.settings.task;
        if (state.id) dismissed.add(state.id);
        shelve();
        if (!earlier && state.ghost?.settings.task !== state.settings.task) state.ghost = null;
      }
      state.id = Math.random().toString(36).slice(2);
      state.phase = "running";
      state.stale = false;
      runner.model.send({ type: "start", id: state.id, settings: state.settings, watch: state.watch, resume: action === "continue" });
    }
    refresh();
  };
  const clear = () => {
    runner.model.send({ type: "reset" });
    if (state.id) dismissed.add(state.id);
    state.id = null;
    shelve();
    state.ghost = null;
    lab.trouble.show(null);
    refresh();
  };

  const receive = (message, buffers) => {
    if (message.type !== "training" || dismissed.has(message.id)) return;
    if (state.id && message.id !== state.id && state.phase === "running") return;
    state.id = message.id;
    if (message.trouble) {
      state.phase = "trouble";
      lab.trouble.show(message.trouble);
    } else if (message.state !== "running" || state.phase !== "stopped") state.phase = message.state;
    if (message.shapes) {
      const [{ arrays }] = unpack([message], buffers[0]);
      const [losses, heldOut, accuracies, batches, answers] = arrays;
      state.run = {
        losses, heldOut, accuracies, batches, answers, settings: message.settings,
        epoch: message.epoch, left: message.left, seconds: message.seconds, finite: message.finite,
      };
      animate();
    }
    refresh();
  };
  runner.model.on("msg:custom", receive);

  // Between two messages the curve grows on, so that it is seen to move.
  let frame = 0;
  const animate = () => {
    cancelAnimationFrame(frame);
    const [from, began, to] = [state.shown, performance.now(), state.run.epoch];
    if (calm.matches || !state.watch || to <= from) {
      state.shown = to;
      draw();
      return;
    }
    const advance = (now) => {
      state.shown = Math.min(to, from + (now - began) / 150);
      draw();
      if (state.shown < to) frame = requestAnimationFrame(advance);
    };
    frame = requestAnimationFrame(advance);
  };

  // ---- words and goals ------------------------------------------------------
  const asLoss = (value) => (value >= 1e6 ? "not finite" : number(value));
  const named = (settings) => `${settings.optimizer}, learning rate ${number(settings.learning_rate, 2)}, batches of ${settings.batch_size}`;
  const refresh = () => {
    const { run, phase, settings } = state;
    const action = mainAction(phase, same());
    go.textContent = { start: "▶ start", stop: "■ stop", continue: "▶ continue" }[action];
    bench.inert = phase === "running";
    progress.value = run?.epoch ?? 0;
    const epoch = `epoch ${run?.epoch ?? 0} of ${config.epochs}`;
    clock.textContent = {
      running: run ? `${epoch}, ${duration(run.left)} left` : "starting",
      stopped: `${epoch}, stopped`, finished: `${epoch}, finished`, trouble: `${epoch}, stopped`, cut: `${epoch}, cut short`,
    }[phase] ?? epoch;
    const last = (values) => values[values.length - 1];
    tiles.train.set(run?.losses.length ? asLoss(last(run.losses)) : "–");
    tiles.held.set(run?.heldOut.length ? asLoss(last(run.heldOut)) : "–");
    const unwritten = run && run.losses.length && !run.accuracies.length;
    tiles.accuracy.set(run?.accuracies.length ? `${(100 * last(run.accuracies)).toFixed(1)} %` : "–", unwritten ? "write accuracy to see it" : "");
    if (state.stale) speed.textContent = "You have saved your code since this run began; start anew to see what it does now.";
    else if (run?.epoch) speed.textContent = `Your code needs ${number((1000 * run.seconds) / run.epoch, 2)} ms for an epoch of ${config.tasks[settings.task].examples.toLocaleString("en")} examples.`;
    else if (!run) speed.textContent = "";
    const said = run?.losses.length
      ? `${epoch}. Training loss ${asLoss(last(run.losses))}, held-out loss ${asLoss(last(run.heldOut))}${run.accuracies.length ? `, accuracy ${(100 * last(run.accuracies)).toFixed(1)} %` : ""}.`
      : "No run yet.";
    if (phase !== "running" || !run || run.epoch % 10 === 0) lab.say(`${phase}. ${said}`);
    lossCanvas.setAttribute("aria-label", `Loss against epoch, ${named(settings)}. ${said}`);
    accuracyCanvas.setAttribute("aria-label", `Held-out accuracy against epoch. ${said}`);
    const what = { digits: "Held-out digits, and what it reads", tumors: "Held-out tumors: probability of malignant" }[settings.task];
    sampleName.textContent = what;
    sampleCanvas.setAttribute("aria-label", `${what}. ${run?.answers.length ? `${right()} right.` : "No answers yet."}`);
    if (run) {
      for (const goal of metGoals({ ...run, task: run.settings.task, phase }, config.goal)) challenges.achieve(goal, `${named(run.settings)}.`);
    }
    draw();
  };

  const right = () => {
    const { labels } = config.tasks[state.settings.task];
    const { answers: given, settings } = state.run;
    const correct = labels.filter((label, i) =>
      (settings.task === "digits" ? guessOf(given, i, 10).guess : Number(given[i] > 0.5)) === label).length;
    return `${correct} of ${labels.length}`;
  };

  // ---- drawing --------------------------------------------------------------
  const curve = (context, plot, values, at, y, upTo) => {
    context.beginPath();
    for (let k = 0; k < values.length; k++) {
      const x = at(k);
      if (x > upTo + 1e-9) break;
      context.lineTo(plot.x(x), plot.y(y(values[k])));
    }
    context.stroke();
  };
  const logged = (value) => clamp(exponent(value), LOSSES[0] - 1, LOSSES[1] + 1);

  const drawLoss = () => {
    const { colors } = lab;
    const { run, ghost, shown } = state;
    const { box } = loss;
    loss.draw((context) => {
      const { guessing } = config.tasks[state.settings.task];
      context.strokeStyle = colors.soft;
      context.lineWidth = 1;
      context.setLineDash([2, 3]);
      context.beginPath();
      context.moveTo(box.x, loss.y(exponent(guessing)));
      context.lineTo(box.x + box.width, loss.y(exponent(guessing)));
      context.stroke();
      context.setLineDash([]);
      context.lineJoin = "round";
      if (ghost && ghost.settings.task === state.settings.task) {
        context.strokeStyle = colors.line;
        context.lineWidth = 2;
        context.setLineDash([6, 4]);
        curve(context, loss, ghost.heldOut, (k) => k, logged, config.epochs);
        context.setLineDash([]);
      }
      if (run) {
        const each = run.epoch ? run.batches.length / run.epoch : 1;
        context.fillStyle = colors.sky;
        context.globalAlpha = clamp(14 / each, 0.12, 0.5);
        const size = each > 60 ? 2 : 3;
        for (let b = 0; b < run.batches.length; b++) {
          const x = (b + 0.5) / each;
          if (x > shown) break;
          context.fillRect(loss.x(x) - size / 2, loss.y(logged(run.batches[b])) - size / 2, size, size);
        }
        context.globalAlpha = 1;
        context.strokeStyle = colors.blue;
        context.lineWidth = 2.5;
        curve(context, loss, run.losses, (k) => k + 0.5, logged, shown);
        context.strokeStyle = colors.orange;
        context.setLineDash([7, 4]);
        curve(context, loss, run.heldOut, (k) => k, logged, shown);
        context.setLineDash([]);
      }
      context.font = colors.font(11);
      context.textBaseline = "bottom";
      context.textAlign = "right";
      const ln = state.settings.task === "digits" ? "ln 10" : "ln 2";
      haloText(context, `guessing: ${ln} = ${guessing.toFixed(3)}`, box.x + box.width - 4, loss.y(exponent(guessing)) - 4, colors.soft, colors.paper);
      if (ghost && ghost.settings.task === state.settings.task) {
        context.textAlign = "left";
        const end = ghost.heldOut.length - 1;
        haloText(context, `before: ${named(ghost.settings)}`, box.x + 8, box.y + box.height - 6, colors.soft, colors.paper);
        context.fillStyle = colors.line;
        context.beginPath();
        context.arc(loss.x(end), loss.y(logged(ghost.heldOut[end])), 3.5, 0, 7);
        context.fill();
      }
    }, 4);
  };

  const drawShare = () => {
    const { colors } = lab;
    const { run, shown } = state;
    const { box } = share;
    share.draw((context) => {
      const goal = share.y(100 * config.goal.accuracy);
      context.strokeStyle = colors.green;
      context.lineWidth = 1;
      context.setLineDash([2, 3]);
      context.beginPath();
      context.moveTo(box.x, goal);
      context.lineTo(box.x + box.width, goal);
      context.stroke();
      context.setLineDash([]);
      context.font = colors.font(11);
      context.textAlign = "right";
      context.textBaseline = "top";
      haloText(context, "95 %", box.x + box.width - 4, goal + 3, colors.soft, colors.paper);
      if (!run) return;
      context.strokeStyle = colors.green;
      context.lineWidth = 2.5;
      context.lineJoin = "round";
      curve(context, share, run.accuracies, (k) => k, (v) => 100 * v, shown);
    }, 4);
  };

  const draw = () => {
    if (!loss.back) return; // not laid out yet
    drawLoss();
    drawShare();
    const { task: shown } = state.settings;
    const { labels, images } = config.tasks[shown];
    sample.draw((context) => (shown === "digits" ? drawDigits : drawTumors)(context, {
      box: sample.box, colors: lab.colors, labels, images, answers: state.run?.answers ?? [], pictures,
    }), 8);
  };

  const paint = () => {
    const { colors } = lab;
    loss.background(colors.paper, (context) => drawAxes(context, loss, colors, {
      xTicks: [], yTicks: [-3, -2, -1, 0, 1].map((e) => [e, powerOfTen(e)]), xName: "", yName: "loss", grid: "y",
    }));
    share.background(colors.paper, (context) => drawAxes(context, share, colors, {
      xTicks: plainTicks(0, config.epochs, 6), yTicks: plainTicks(0, 100, 2), xName: "epoch", yName: "%", grid: "y",
    }));
    sample.background(colors.paper, () => {});
  };

  const layout = (width) => {
    const narrow = width < 620;
    lab.root.classList.toggle("medium", width < 860);
    const wide = narrow ? width : Math.floor(((width - 20) * 3) / 5);
    loss.resize(wide, narrow ? 210 : 250);
    loss.scales([0, config.epochs], LOSSES);
    share.resize(wide, 130);
    share.scales([0, config.epochs], [0, 103]);
    sample.resize(narrow ? width : width - 20 - wide, 340);
    sample.scales([0, 1], [0, 1]);
    paint();
  };
  requestAnimationFrame(() => {
    runner.ask(trial);
    runner.model.send({ type: "state" });
    refresh();
  });
  return {
    layout,
    draw,
    close() {
      cancelAnimationFrame(frame);
      runner.model.off("msg:custom", receive);
      if (state.phase === "running") runner.model.send({ type: "stop" });
    },
  };
});
