/** The loss-curve clinic: name each curve, then see what the learner's `diagnose` says, and why. */
import { make } from "../../shared/dom.js";
import { experiment } from "../../shared/frame.js";
import { key } from "../../shared/panels.js";
import { drawAxes, haloText, plainTicks, Plot } from "../../shared/plot.js";
import { clamp } from "../../shared/scale.js";
import { linearSlider, logSlider } from "../../shared/sliders.js";
import { asLoss, differing, examine, share, shuffled, signOf, SIGNS } from "./diagnosis.js";

const WINDOW = 10;
const TOLERANCE = 0.01;

export default experiment("clinic", "the loss-curve clinic", (lab) => {
  const { config, challenges } = lab;
  const patients = config.patients.map((patient) => ({ ...patient, losses: patient.losses.map((loss) => loss ?? NaN) }));
  const state = Object.assign(lab.state, {
    window: WINDOW, tolerance: TOLERANCE, run: null, current: 0,
    order: patients.map((_, i) => i), answers: patients.map(() => null),
  });
  const allSeen = () => state.answers.every((answer) => answer !== null);
  const patient = () => patients[state.order[state.current]];
  const answerOf = (i = state.current) => state.answers[state.order[i]];
  const byRule = (i) => examine(patients[i].losses, config.target, WINDOW, TOLERANCE).verdict;

  // ---- elements -------------------------------------------------------------
  const caption = make("strong", {});
  const canvas = make("canvas", { role: "img" });
  const question = make("p", { class: "question" });
  const answers = Object.entries(SIGNS).map(([verdict, { sign }]) =>
    make("button", { type: "button", onclick: () => name(verdict) }, `${sign} ${verdict}`));
  const opinions = make("dl", { class: "opinions" });
  const ladder = make("ol", { class: "ladder", "aria-label": "The four questions" });
  const story = make("p", { class: "story-line" });
  const next = make("button", { type: "button", onclick: () => nextPatient() }, "next patient ›");
  const skip = make("button", { type: "button", class: "quiet", onclick: () => showAll() }, "show all verdicts");
  const again = make("button", { type: "button", onclick: () => visitAgain() }, "visit again, in another order");
  const score = make("p", { class: "score", role: "status" });
  const beds = patients.map((_, i) => {
    const picture = make("canvas", { "aria-hidden": "true" });
    const told = make("span", { class: "told" });
    return { picture, told, button: make("button", { type: "button", onclick: () => visit(i) }, picture, told) };
  });
  const window_ = linearSlider({
    label: "Window", ...config.windows, value: WINDOW, format: String, jump: 5,
    onInput: (v) => change({ window: v }), onCommit: () => keep(),
  });
  const tolerance = logSlider({
    label: "Tolerance", ...config.tolerances, value: TOLERANCE, format: share,
    onInput: (v) => change({ tolerance: Number(v.toPrecision(6)) }), onCommit: () => keep(),
  });
  const settingsRow = make("div", { class: "settings-row" },
    make("div", {}, make("div", { class: "slider-head" }, make("span", { class: "name" }, "window"), window_.output), window_.input),
    make("div", {}, make("div", { class: "slider-head" }, make("span", { class: "name" }, "tolerance"), tolerance.output), tolerance.input),
    make("button", { type: "button", onclick: () => usual() }, "10 and 1 %"));
  const closed = make("p", { class: "closed" }, "When you have named all nine, window and tolerance open, and your diagnose answers at once.");
  lab.root.append(
    score, lab.trouble.element,
    make("div", { class: "clinic" },
      make("figure", {},
        make("figcaption", {}, caption, key([["orange", "dot", "then"], ["blue", "dot", "now"], ["soft", "dashed thin", "target"]])), canvas),
      make("div", { class: "desk" },
        question, make("div", { class: "answers", role: "group", "aria-label": "Your diagnosis" }, ...answers),
        opinions, ladder, story, make("div", { class: "choices" }, next, skip, again))),
    make("div", { class: "ward", role: "group", "aria-label": "All patients" }, ...beds.map(({ button }) => button)),
    settingsRow, closed, challenges.element, lab.status);

  const plot = new Plot(canvas, { top: 14 });

  // ---- requests -------------------------------------------------------------
  const settings = () => ({ window: state.window, tolerance: state.tolerance });
  const runner = lab.runner({
    answer(result, asked) {
      state.run = { verdicts: result.note.verdicts, settings: asked };
      if (asked.window === WINDOW && asked.tolerance === TOLERANCE) state.usual = result.note.verdicts;
      show();
      judge();
    },
    trouble() {
      state.run = null;
      show();
    },
    renewed() {
      state.usual = null;
    },
    *neighbors() {
      const rate = (position) => Number(tolerance.valueAt(position).toPrecision(6));
      yield { window: WINDOW, tolerance: TOLERANCE };
      for (let d = 1; d <= 12; d++) {
        for (const s of [-d, d]) {
          const w = state.window + s;
          if (w >= config.windows.low && w <= config.windows.high) yield { ...settings(), window: w };
          const position = tolerance.position + s;
          if (position >= 0 && position <= tolerance.count) yield { ...settings(), tolerance: rate(position) };
        }
      }
    },
  });
  const keep = () => lab.keep(settings());
  const change = (changes) => {
    Object.assign(state, changes);
    runner.ask(settings());
    show();
  };
  const usual = () => {
    window_.value = WINDOW;
    tolerance.value = TOLERANCE;
    change({ window: WINDOW, tolerance: TOLERANCE });
    keep();
  };

  // ---- the visit ------------------------------------------------------------
  const name = (verdict) => {
    if (answerOf() !== null) return;
    state.answers[state.order[state.current]] = verdict;
    show();
    judge();
    (allSeen() ? beds[state.current].button : next).focus({ preventScroll: true });
  };
  const nextPatient = () => {
    const later = [...patients.keys()].map((k) => (state.current + 1 + k) % patients.length);
    visit(later.find((i) => answerOf(i) === null) ?? (state.current + 1) % patients.length);
    if (answerOf() === null) answers[0].focus({ preventScroll: true });
  };
  const visit = (i) => {
    state.current = i;
    show();
  };
  const showAll = () => {
    state.answers = state.answers.map((answer) => answer ?? "skipped");
    show();
  };
  const visitAgain = () => {
    state.order = shuffled(patients.length);
    state.answers = patients.map(() => null);
    usual();
    visit(0);
  };

  const judge = () => {
    if (state.answers.every((answer, i) => answer === byRule(i))) {
      challenges.achieve("clinic.first_try", "Nine of nine: the ward is yours.");
    }
    if (!allSeen() || !state.run || !state.usual) return;
    const changed = differing(state.run.verdicts, state.usual);
    if (changed >= 3) {
      challenges.achieve("clinic.second_opinion", `With window ${state.window} and tolerance ${share(state.tolerance)}, ${changed} verdicts are others.`);
    }
  };

  // ---- words ----------------------------------------------------------------
  const show = () => {
    const { run } = state;
    const index = state.order[state.current];
    const answer = answerOf();
    const seen = answer !== null;
    const done = allSeen();
    const report = examine(patient().losses, config.target, state.window, state.tolerance);
    const own = run?.verdicts[index];
    caption.textContent = `Patient ${state.current + 1} of ${patients.length}${seen ? `: ${patient().name}` : ""}`;
    question.textContent = seen ? "" : "What will the four questions say?";
    question.hidden = seen;
    answers.forEach((button, i) => {
      const verdict = Object.keys(SIGNS)[i];
      button.disabled = seen;
      button.setAttribute("aria-pressed", String(answer === verdict));
    });
    opinions.hidden = ladder.hidden = story.hidden = !seen;
    if (seen) {
      const expected = byRule(index);
      const opinion = (who, verdict, mark) => [make("dt", {}, who), make("dd", {}, `${mark} ${verdict}`)];
      opinions.replaceChildren(
        ...(answer === "skipped" ? [] : opinion("you", answer, answer === expected ? "✓" : "✗")),
        ...opinion("your diagnose", own ?? "no answer yet", own === undefined ? "…" : own === report.verdict ? signOf(own) : "≠"),
        ...(own !== undefined && own !== report.verdict ? opinion("the four questions", report.verdict, signOf(report.verdict)) : []));
      ladder.replaceChildren(...report.rows.map(({ question: asked, found, verdict }, i) =>
        make("li", { class: i === report.stop ? "hit" : i > report.stop ? "unasked" : "" },
          make("span", {}, asked), make("span", {}, i < report.stop ? "no" : i === report.stop ? `yes: ${verdict}` : ""),
          i <= report.stop && found ? make("span", { class: "found" }, found) : null)));
      story.textContent = patient().story;
    }
    next.hidden = !seen || done;
    skip.hidden = done;
    again.hidden = !done;
    settingsRow.inert = !done;
    closed.hidden = done;
    const named = state.answers.filter((a) => a !== null && a !== "skipped").length;
    const right = state.answers.filter((a, i) => a === byRule(i)).length;
    const tally = named ? `Right at first try: ${right} of ${named}. ` : "";
    score.textContent = tally + (done
      ? "Now all verdicts are your own diagnose's: move window and tolerance, and watch which change."
      : named ? `${patients.length - named} to go.` : "Nine patients wait. Name what you see, then hear what your diagnose says.");
    beds.forEach(({ told, button }, i) => {
      const who = state.order[i];
      const given = state.answers[who];
      const verdict = done ? run?.verdicts[who] : given;
      told.textContent = given === null ? "?" : `${signOf(verdict)} ${verdict ?? ""}`;
      if (given !== null && !done) told.textContent = `${given === byRule(who) ? "✓" : "✗"} ${given}`;
      const changed = done && run && state.usual && run.verdicts[who] !== state.usual[who];
      button.classList.toggle("changed", Boolean(changed));
      button.setAttribute("aria-current", String(i === state.current));
      button.setAttribute("aria-label", `Patient ${i + 1}${given === null ? ", not seen yet" : `, ${patients[who].name}: ${verdict ?? "no verdict"}${changed ? ", changed" : ""}`}`);
    });
    const words = seen ? `${patient().name}. Your diagnose says ${own ?? "nothing yet"}. ${report.rows[report.stop].question} ${report.rows[report.stop].found}` : "Not named yet.";
    lab.say(`Patient ${state.current + 1}. ${words}`);
    canvas.setAttribute("aria-label", `Loss curve of patient ${state.current + 1}: ${described(patient().losses)} ${words}`);
    draw();
  };

  const described = (losses) => {
    const finite = losses.filter(Number.isFinite);
    const lowest = Math.min(...finite);
    const last = losses.at(-1);
    return `${losses.length} losses, from ${asLoss(losses[0])}, lowest ${asLoss(lowest)} at epoch ${losses.indexOf(lowest)}, ` +
      `${losses.length > state.window ? `then ${asLoss(losses.at(-1 - state.window))}, ` : ""}now ${asLoss(last)}.`;
  };

  // ---- drawing --------------------------------------------------------------
  const topOf = (losses) => Math.max(1.12, 1.08 * Math.max(...losses.filter(Number.isFinite)));

  const curvePath = (context, losses, x, y) => {
    context.beginPath();
    losses.forEach((loss, i) => Number.isFinite(loss) && context.lineTo(x(i), y(loss)));
    context.stroke();
  };

  const draw = () => {
    if (!plot.box) return; // not laid out yet
    const { colors } = lab;
    const { losses } = patient();
    const end = losses.length - 1;
    plot.scales([0, Math.max(end, 12)], [0, topOf(losses)]);
    plot.background(colors.paper, (context) => drawAxes(context, plot, colors, {
      xTicks: plainTicks(0, Math.max(end, 12), 4), yTicks: plainTicks(0, topOf(losses), 4), xName: "epoch", yName: "loss", grid: "y",
    }));
    const { box } = plot;
    plot.draw((context) => {
      const from = end - state.window;
      if (from >= 0) { // the stretch that the rule looks back over
        context.fillStyle = colors.sky;
        context.globalAlpha = 0.16;
        context.fillRect(plot.x(from), box.y, plot.x(end) - plot.x(from), box.height);
        context.globalAlpha = 1;
      }
      context.strokeStyle = colors.soft;
      context.lineWidth = 1.25;
      context.setLineDash([3, 3]);
      context.beginPath();
      context.moveTo(box.x, plot.y(config.target));
      context.lineTo(box.x + box.width, plot.y(config.target));
      context.stroke();
      context.setLineDash([]);
      context.lineJoin = "round";
      context.strokeStyle = colors.ink;
      context.lineWidth = 2;
      curvePath(context, losses, plot.x, plot.y);
    }, 6);
    const context = plot.context;
    context.font = colors.font(12, 600);
    context.textBaseline = "middle";
    const spots = [[end - state.window, "orange", "then"], [end, "blue", "now"]];
    for (const [at, color, word] of spots) {
      if (at < 0) continue;
      const loss = losses[at];
      const [x, y] = [plot.x(at), Number.isFinite(loss) ? plot.y(loss) : box.y + 12];
      context.beginPath();
      context.arc(x, y, 6, 0, 7);
      context.fillStyle = Number.isFinite(loss) ? colors[color] : colors.paper;
      context.fill();
      context.strokeStyle = Number.isFinite(loss) ? colors.paper : colors[color];
      context.lineWidth = 2;
      context.stroke();
      context.textAlign = word === "now" ? "right" : "center";
      const text = Number.isFinite(loss) ? word : `${word}: nan`;
      const below = y < box.y + 26;
      haloText(context, text, word === "now" ? Math.min(x + 6, box.x + box.width + 6) : x, y + (below ? 18 : -16), colors.ink, colors.paper);
    }
    const gone = losses.findIndex((loss) => !Number.isFinite(loss));
    if (gone > 0) {
      const [x, y] = [plot.x(gone - 1), plot.y(losses[gone - 1])];
      context.strokeStyle = colors.vermillion;
      context.lineWidth = 2.5;
      context.beginPath();
      for (const s of [-1, 1]) {
        context.moveTo(x - 6, y - 6 * s);
        context.lineTo(x + 6, y + 6 * s);
      }
      context.stroke();
      context.textAlign = "left";
      haloText(context, "no number from here on", x + 12, y + 2, colors.ink, colors.paper);
    }
    beds.forEach(({ picture }, i) => drawBed(picture, patients[state.order[i]].losses, i));
  };

  const drawBed = (picture, losses, i) => {
    const { colors } = lab;
    const [width, height] = [picture.clientWidth || 80, 44];
    const ratio = globalThis.devicePixelRatio || 1;
    if (picture.width !== Math.round(width * ratio)) picture.width = Math.round(width * ratio);
    if (picture.height !== Math.round(height * ratio)) picture.height = Math.round(height * ratio);
    const context = picture.getContext("2d");
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.clearRect(0, 0, width, height);
    const top = topOf(losses);
    const x = (k) => 3 + (k / Math.max(1, losses.length - 1)) * (width - 6);
    const y = (loss) => height - 3 - (clamp(loss, 0, top) / top) * (height - 6);
    const verdict = allSeen() ? state.run?.verdicts[state.order[i]] : null;
    context.strokeStyle = verdict ? colors[SIGNS[verdict]?.color ?? "ink"] : state.answers[state.order[i]] === null ? colors.soft : colors.ink;
    context.lineWidth = 1.5;
    context.lineJoin = "round";
    curvePath(context, losses, x, y);
  };

  const layout = (width) => {
    const narrow = width < 620;
    lab.root.classList.toggle("medium", width < 860);
    const wide = narrow ? width : Math.min(Math.floor(((width - 24) * 11) / 20), width - 24 - 260);
    plot.resize(wide, narrow ? 230 : 370);
  };
  requestAnimationFrame(() => {
    show();
    runner.ask(settings());
  });
  return { layout, draw };
});
