/** Arrows on a target, the learner's squared error of each as a square, and their mean. */
import { make } from "../../shared/dom.js";
import { draggable } from "../../shared/dragging.js";
import { experiment } from "../../shared/frame.js";
import { tile } from "../../shared/panels.js";
import { haloText, MARGINS, Plot } from "../../shared/plot.js";
import { clamp, number } from "../../shared/scale.js";
import { linearSlider } from "../../shared/sliders.js";
import { atDistance, farthestShare, goals, nearest, paintSquares } from "./arrows.js";

const RINGS = { // from the center outwards, two rings each: gold, red, blue, black, white
  light: ["#f6d86b", "#ec9a84", "#9fcdea", "#6d757c", "#fbfbf9"],
  dark: ["#d9b644", "#bd6a52", "#5b97bd", "#3b4248", "#c9cdd0"],
};

const percent = (share) => `${Math.round(100 * share)} %`;

export default experiment("archery", "arrows on a target", (lab) => {
  const { config, challenges } = lab;
  const { reach, radius } = config;
  const farthest = Math.floor(reach);
  const state = Object.assign(lab.state, { arrows: lab.settings.arrows, chosen: lab.settings.arrows.length - 1, run: null });

  // ---- elements -------------------------------------------------------------
  const tiles = { mse: tile("MSE, yours", "cm²"), mae: tile("MAE", "cm") };
  const share = make("p", { class: "share" });
  const targetCanvas = make("canvas", { class: "map", tabindex: 0, role: "application", "aria-roledescription": "target with movable arrows" });
  const squaresCanvas = make("canvas", { role: "img" });
  const button = (text, action) => make("button", { type: "button", onclick: action }, text);
  const round = (text, name, action) => make("button", { type: "button", class: "round", "aria-label": name, title: name, onclick: action }, text);
  const which = make("output", { class: "which" });
  const distance = linearSlider({
    label: "Distance of the chosen arrow from the center, in cm", low: 0, high: farthest, step: 0.5, jump: 4, value: 0,
    format: (v) => `${number(v)} cm`,
    onInput: (v) => place(state.chosen, atDistance(state.arrows[state.chosen], v)), onCommit: () => commit(),
  });
  const shoot = button("shoot an arrow", () => shootOne());
  lab.root.append(
    make("div", { class: "tiles archery-tiles" }, tiles.mse.element, tiles.mae.element),
    share, lab.trouble.element,
    make("div", { class: "plots archery" },
      make("figure", {}, make("figcaption", {}, "The target", make("span", {}, "click to shoot, drag to move")), targetCanvas),
      make("figure", {}, make("figcaption", {}, "Each miss, squared", make("span", {}, "area: the loss of that arrow alone")), squaresCanvas)),
    make("div", { class: "tools" },
      shoot, button("twice as far", () => twice()), button("remove", () => remove()),
      round("‹", "Choose the arrow before", () => choose(-1)), which, round("›", "Choose the next arrow", () => choose(1)),
      make("label", { class: "field" }, make("span", {}, "distance"), distance.input, distance.output)),
    challenges.element, lab.status);

  const target = new Plot(targetCanvas, { left: 4, right: 4, top: 4, bottom: 4 });
  const squares = new Plot(squaresCanvas, { left: 0, right: 0, top: 2, bottom: 4 });
  let before = null; // the means before this move
  let released = true; // the next change begins a new move

  // ---- requests -------------------------------------------------------------
  const runner = lab.runner({
    answer(result, settings) {
      const [misses, losses] = result.arrays;
      state.run = { misses, losses, ...result.note, settings };
      draw();
      tell();
    },
    trouble() {
      state.run = null;
      tiles.mse.set("–");
      share.textContent = "";
      draw();
    },
    renewed() {
      before = null;
    },
    *neighbors() {
      const arrow = state.arrows[state.chosen];
      if (!arrow) return;
      for (const [dx, dy] of [[0.5, 0], [-0.5, 0], [0, 0.5], [0, -0.5]]) yield withArrow(state.chosen, within(arrow[0] + dx, arrow[1] + dy));
      for (let d = 1; d <= distance.count; d++) {
        for (const position of [distance.position + d, distance.position - d]) {
          if (position >= 0 && position <= distance.count) yield withArrow(state.chosen, atDistance(arrow, distance.valueAt(position)));
        }
      }
    },
  });
  const within = (x, y) => {
    const away = Math.hypot(x, y);
    const [wx, wy] = away > farthest ? atDistance([x, y], farthest) : [x, y];
    return [Number(wx.toFixed(2)) + 0, Number(wy.toFixed(2)) + 0];
  };
  const withArrow = (i, arrow) => ({ arrows: state.arrows.map((old, k) => (k === i ? arrow : old)) });
  const ask = () => {
    const arrow = state.arrows[state.chosen];
    if (arrow) distance.value = Math.hypot(...arrow);
    which.textContent = arrow ? `arrow ${state.chosen + 1} of ${state.arrows.length}` : "no arrow";
    shoot.disabled = state.arrows.length >= config.most;
    draw();
    runner.ask({ arrows: state.arrows });
  };
  const hold = () => {
    if (!released || !state.run) return;
    before = { mse: state.run.mse, mae: state.run.mae, count: state.run.misses.length };
    released = false;
  };
  const place = (i, arrow) => {
    hold();
    state.arrows = withArrow(i, arrow).arrows;
    ask();
  };
  const commit = () => {
    released = true;
    lab.keep({ arrows: state.arrows });
  };
  const add = (arrow) => {
    if (state.arrows.length >= config.most) return;
    state.arrows = [...state.arrows, arrow];
    state.chosen = state.arrows.length - 1;
    ask();
  };
  const shootOne = () => { // a steady hand, and now and then a gust of wind
    const spread = Math.random() < 0.2 ? 9 : 3;
    const angle = 2 * Math.PI * Math.random();
    add(within(...atDistance([Math.cos(angle), Math.sin(angle)], spread * Math.sqrt(-2 * Math.log(1 - Math.random())))));
    commit();
  };
  const remove = () => {
    if (state.arrows.length < 2) return; // a mean needs at least one
    state.arrows = state.arrows.filter((_, i) => i !== state.chosen);
    state.chosen = clamp(state.chosen, 0, state.arrows.length - 1);
    ask();
    commit();
  };
  const twice = () => {
    const arrow = state.arrows[state.chosen];
    place(state.chosen, within(2 * arrow[0], 2 * arrow[1]));
    commit();
  };
  const choose = (by) => {
    const n = state.arrows.length;
    state.chosen = (state.chosen + by + n) % n;
    before = null;
    released = true;
    ask();
  };

  let grip = [0, 0];
  targetCanvas.addEventListener("pointerdown", (event) => {
    const box = targetCanvas.getBoundingClientRect();
    const [x, y] = [target.x.invert(event.clientX - box.left), target.y.invert(event.clientY - box.top)];
    const hit = nearest(state.arrows, x, y, target.x.invert(16) - target.x.invert(0));
    released = true;
    if (hit >= 0) {
      state.chosen = hit;
      grip = [state.arrows[hit][0] - x, state.arrows[hit][1] - y];
    } else {
      grip = [0, 0];
      add(within(x, y));
    }
  });
  draggable(targetCanvas, {
    move: (px, py) => place(state.chosen, within(target.x.invert(px) + grip[0], target.y.invert(py) + grip[1])),
    stride: (dx, dy) => place(state.chosen, within(state.arrows[state.chosen][0] + dx * 0.5, state.arrows[state.chosen][1] + dy * 0.5)),
    commit: () => commit(),
  });
  targetCanvas.addEventListener("keydown", (event) => {
    const action = { Enter: shootOne, " ": shootOne, Delete: remove, Backspace: remove, PageDown: () => choose(1), PageUp: () => choose(-1) }[event.key];
    if (!action) return;
    event.preventDefault();
    action();
  });

  // ---- words and goals ------------------------------------------------------
  const grown = (now, then) => (then > 0 && Math.abs(now / then - 1) > 0.005 ? `× ${number(now / then)} by this move` : "");
  const tell = () => {
    const { run } = state;
    if (!run) return;
    const mse = run.mse === null ? "nan" : number(run.mse);
    const same = before?.count === run.misses.length;
    tiles.mse.set(mse, same && run.mse !== null ? grown(run.mse, before.mse) : "");
    tiles.mae.set(number(run.mae), same ? grown(run.mae, before.mae) : "");
    const part = farthestShare(run.misses, run.losses);
    share.textContent = run.misses.length > 1 && part.mse >= 0
      ? `Arrow ${part.arrow + 1}, the farthest, makes ${percent(part.mae)} of the MAE and ${percent(part.mse)} of the MSE.`
      : "";
    const text = `${run.misses.length} arrows. MSE ${mse}, MAE ${number(run.mae)}. ${share.textContent}`;
    lab.say(text);
    const [x, y] = state.arrows[state.chosen];
    targetCanvas.setAttribute("aria-label",
      `Target. Arrow ${state.chosen + 1} is ${number(Math.hypot(x, y))} cm from the center: arrow keys move it, Enter shoots another, Delete removes it, Page Up and Page Down choose. ${text}`);
    squaresCanvas.setAttribute("aria-label",
      `Loss of each arrow alone: ${[...run.losses].map((loss, i) => `arrow ${i + 1}, ${number(run.misses[i])} cm off, ${number(loss)}`).join("; ")}.`);
    if (run.mse === null) return;
    if (goals.outlier(run.misses, run.mse, run.mae, config.gold)) {
      challenges.achieve("archery.outlier", `One arrow makes ${percent(part.mse)} of the MSE: the others hardly count.`);
    }
    if (goals.hundred(run.misses, run.mse)) {
      challenges.achieve("archery.hundred", `The mean distance is only ${number(run.mae)} cm.`);
    }
  };

  // ---- drawing --------------------------------------------------------------
  const paintTarget = () => {
    const { colors } = lab;
    const rings = colors.paper === "#ffffff" ? RINGS.light : RINGS.dark;
    target.background(colors.paper, (context) => {
      const [cx, cy] = [target.x(0), target.y(0)];
      const unit = target.x(1) - cx;
      for (let ring = 10; ring >= 1; ring--) {
        context.beginPath();
        context.arc(cx, cy, (ring * radius * unit) / 10, 0, 7);
        context.fillStyle = rings[Math.floor((ring - 1) / 2)];
        context.fill();
        context.strokeStyle = ring > 6 && ring <= 8 ? "#ffffff70" : "#1a1a1a55";
        context.lineWidth = 0.75;
        context.stroke();
      }
      context.strokeStyle = "#1a1a1a";
      context.lineWidth = 1;
      context.beginPath();
      context.moveTo(cx - 4, cy);
      context.lineTo(cx + 4, cy);
      context.moveTo(cx, cy - 4);
      context.lineTo(cx, cy + 4);
      context.stroke();
      context.font = colors.font(10);
      context.textAlign = "center";
      context.textBaseline = "middle";
      for (const cm of [10, 20]) { // the ring's lower edge
        haloText(context, `${cm} cm`, cx, cy + cm * unit, "#1a1a1a", "#ffffffd0");
      }
    });
  };

  const drawTarget = () => {
    const { colors } = lab;
    target.draw((context) => {
      context.textAlign = "center";
      context.textBaseline = "middle";
      state.arrows.forEach(([x, y], i) => {
        const chosen = i === state.chosen;
        const [px, py] = [target.x(x), target.y(y)];
        if (chosen) {
          context.beginPath();
          context.arc(px, py, document.activeElement === targetCanvas ? 14 : 12, 0, 7);
          context.strokeStyle = "#ffffff";
          context.lineWidth = 4;
          context.stroke();
          context.strokeStyle = "#1a1a1a";
          context.lineWidth = 2;
          context.stroke();
        }
        context.beginPath();
        context.arc(px, py, 8.5, 0, 7);
        context.fillStyle = "#1a1a1a";
        context.fill();
        context.strokeStyle = "#ffffff";
        context.lineWidth = 1.5;
        context.stroke();
        context.fillStyle = "#ffffff";
        context.font = colors.font(10, 700);
        context.fillText(String(i + 1), px, py + 0.5);
      });
    }, 8);
  };

  const drawSquares = () => {
    squares.draw(() => {});
    if (state.run) paintSquares(squares, lab.colors, state.run, state.chosen);
  };

  const draw = () => {
    if (!target.back) return; // not laid out yet
    drawTarget();
    drawSquares();
  };

  const layout = (width) => {
    const narrow = width < 620;
    const inside = width - (narrow ? 16 : MARGINS.left + MARGINS.right);
    const side = narrow ? Math.min(inside, 360) : Math.floor(((inside - 20) * 9) / 20);
    const height = Math.min(side, 400);
    target.resize(side, height);
    const { box } = target; // equal scales: a ring is a circle
    const half = (reach * box.width) / box.height;
    target.scales([-half, half], [-reach, reach]);
    squares.resize(narrow ? inside : inside - 20 - side, narrow ? 220 : height);
    squares.scales([0, 1], [0, 1]);
    squares.background(lab.colors.paper, () => {});
    paintTarget();
  };
  targetCanvas.addEventListener("focus", drawTarget);
  targetCanvas.addEventListener("blur", drawTarget);
  requestAnimationFrame(ask);
  return { layout, draw };
});
