/**
 * The frame around every experiment.
 *
 *   export default experiment("learning_rate", "learning rate", (lab) => { …; return { layout, draw } })
 *
 * The first name is that of its folder; its style sheet holds only for elements inside
 * `.descent.learning_rate`, since many experiments may share a page. The second is for screen readers.
 * The builder is called once for each view and gets `lab`:
 *   lab.root      the element to fill                 lab.config    what Python sent
 *   lab.settings  the settings at the start           lab.colors    the theme's colors, kept fresh
 *   lab.runner(handlers, options)  the link to the kernel
 *   lab.say(text)  spoken once the hand rests
 *   lab.trouble   the panel for errors (place lab.trouble.element)
 *   lab.status    the live text        (place lab.status)
 *   lab.challenges  the goals          (place lab.challenges.element)
 *   lab.keep(settings)  remember settings in the notebook's widget, once the hand rests
 *   lab.trait(name)     another trait of the widget, a DataView if it holds bytes
 *   lab.state     what was last drawn, for tests: element.__experiment.state
 * It returns { layout(width), draw() }: layout is called when the width or the theme changes, draw
 * after it.
 */
import { make } from "./dom.js";
import { Runner } from "./kernel_runner.js";
import { challengeList, liveText, troublePanel } from "./panels.js";

/** A CSS color as [red, green, blue]. */
const rgb = (css) => {
  const context = new OffscreenCanvas(1, 1).getContext("2d");
  context.fillStyle = css;
  context.fillRect(0, 0, 1, 1);
  return [...context.getImageData(0, 0, 1, 1).data.slice(0, 3)];
};

const NAMES = ["ink", "soft", "paper", "grid", "line", "blue", "vermillion", "green", "orange", "sky", "purple"];

const readColors = (element) => {
  const css = getComputedStyle(element);
  const colors = Object.fromEntries(NAMES.map((name) => [name, css.getPropertyValue(`--${name}`).trim()]));
  const family = css.fontFamily;
  return {
    ...colors,
    low: rgb(css.getPropertyValue("--low")),
    high: rgb(css.getPropertyValue("--high")),
    font: (size, weight = 400) => `${weight} ${size}px ${family}`,
  };
};

export const experiment = (name, title, build) => ({
  render({ model, el }) {
    const root = make("div", { class: `descent ${name}`, role: "group", "aria-label": `Experiment: ${title}` });
    el.append(root);
    const closers = [];
    const status = make("p", { class: "sr-only", role: "status", "aria-live": "polite" });
    const live = liveText(status);
    let runner;
    let [keeping, kept] = [0, null];
    const keepNow = () => {
      clearTimeout(keeping);
      if (!kept) return;
      model.set("settings", kept);
      model.save_changes();
      kept = null;
    };
    const config = model.get("config");
    const lab = {
      root,
      config,
      settings: { ...model.get("settings") },
      colors: readColors(root),
      trouble: troublePanel(),
      status,
      say: live.say,
      state: {},
      challenges: challengeList(config.challenges, (challenge) => model.send({ type: "achieved", challenge })),
      trait: (name) => model.get(name),
      keep(settings) {
        clearTimeout(keeping);
        kept = settings;
        keeping = setTimeout(keepNow, 400); // not between a request and its answer
      },
      runner(handlers, options) {
        runner = new Runner(model, {
          ...handlers,
          answer(result, settings) {
            lab.trouble.show(null);
            root.classList.remove("troubled");
            handlers.answer(result, settings);
          },
          trouble(trouble) {
            lab.trouble.show(trouble);
            root.classList.add("troubled");
            handlers.trouble?.(trouble);
          },
          waiting(yes) {
            root.classList.toggle("waiting", yes);
            if (yes) live.say("The kernel is busy; the picture follows when it is free.");
          },
        }, options);
        lab.state.runner = runner;
        return runner;
      },
    };
    el.__experiment = lab;
    const view = build(lab);

    // JupyterLab's shortcuts must not take the keys of a focused control.
    for (const control of root.querySelectorAll("input, button, textarea, canvas[tabindex]")) {
      control.dataset.lmSuppressShortcuts = "true";
    }
    root.addEventListener("keydown", (event) => event.stopPropagation());
    for (const picture of root.querySelectorAll(":is(canvas, svg)[role]:not([aria-label])")) { // until there is a run to tell of
      const caption = picture.closest("figure")?.querySelector("figcaption");
      picture.setAttribute("aria-label", `${caption?.firstChild.textContent || title}, still empty`);
    }

    let width = 0;
    const layout = () => {
      width = root.clientWidth;
      if (!width) return;
      root.classList.toggle("narrow", width < 620);
      lab.colors = readColors(root);
      view.layout(width);
      view.draw();
    };
    const resizing = new ResizeObserver(() => root.clientWidth !== width && layout());
    resizing.observe(root);
    const theming = new MutationObserver(() => requestAnimationFrame(layout));
    theming.observe(document.body, { attributes: true, attributeFilter: ["data-jp-theme-light", "data-jp-theme-name"] });
    const seeing = new IntersectionObserver(([entry]) => {
      runner?.see(entry.isIntersecting);
    });
    seeing.observe(root);
    const notice = make("div", { class: "notice", role: "alert", hidden: true });
    root.prepend(notice);
    const gone = () => { // JupyterLab tells it when the kernel restarts; a new run makes a new widget
      notice.hidden = false;
      notice.textContent = "The kernel was restarted. Run this cell again to go on.";
      runner?.leave();
    };
    model.on("comm_live_update", gone);
    const look = () => runner?.look();
    root.addEventListener("focusin", look);
    root.addEventListener("pointerenter", look);
    window.addEventListener("focus", look);
    document.addEventListener("visibilitychange", look);
    closers.push(
      () => [resizing, theming, seeing].forEach((observer) => observer.disconnect()),
      () => model.off("comm_live_update", gone),
      () => window.removeEventListener("focus", look),
      () => document.removeEventListener("visibilitychange", look),
      keepNow,
      () => view.close?.(),
      () => runner?.close(),
      () => live.close(),
    );
    layout();
    return () => closers.forEach((close) => close());
  },
});
