// Flash cards: one card at a time, by mouse or keyboard, announced as it turns.

/** The pile after its top card was known (taken away) or not known (put back underneath). */
export function afterAnswer(pile, known) {
  const [top, ...rest] = pile;
  return known ? rest : [...rest, top];
}

/** A pile of n cards in a random order; `random` returns numbers in [0, 1). */
export function shuffled(n, random = Math.random) {
  const pile = Array.from({ length: n }, (_, i) => i);
  for (let i = n - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    [pile[i], pile[j]] = [pile[j], pile[i]];
  }
  return pile;
}

/** The two sides of a card: lines of [kind, text], the question first. */
export function sides(card, definitionFirst) {
  const term = [["term", card.term]];
  if (card.also) term.push(["note", `also: ${card.also}`]);
  const meaning = [["text", card.definition], ["example", card.example]];
  return definitionFirst ? [[meaning[0]], [...term, meaning[1]]] : [[term[0]], [...term.slice(1), ...meaning]];
}

function add(parent, tag, className = "", text = "") {
  const node = parent.appendChild(document.createElement(tag));
  if (className) node.className = className;
  node.textContent = text;
  return node;
}

function button(parent, className, text, act) {
  const node = add(parent, "button", className, text);
  node.type = "button";
  node.dataset.lmSuppressShortcuts = "true";
  node.addEventListener("click", act);
  return node;
}

function render({ model, el }) {
  const cards = model.get("cards");
  let pile = cards.map((_, i) => i);
  let turned = false;
  el.classList.add("flash");
  // JupyterLab would read keys typed here as commands.
  el.addEventListener("keydown", (event) => event.stopPropagation());

  const top = add(el, "div", "flash-top");
  const count = add(top, "span", "flash-count");
  const order = add(top, "label", "flash-order");
  const definitionFirst = add(order, "input");
  definitionFirst.type = "checkbox";
  definitionFirst.dataset.lmSuppressShortcuts = "true";
  order.append("definition first");
  const bar = add(el, "progress", "flash-bar");
  bar.max = cards.length;
  bar.setAttribute("aria-label", "cards known");
  const card = add(el, "section", "flash-card");
  card.setAttribute("aria-label", "Flash card");
  const front = add(card, "div", "flash-front");
  const back = add(card, "div", "flash-back");
  const row = add(el, "div", "flash-buttons");
  const turn = button(row, "flash-main", "Turn over", () => {
    turned = true;
    show(knew);
  });
  const knew = button(row, "flash-main", "I knew it", () => answer(true));
  const again = button(row, "flash-other", "Ask me again", () => answer(false));
  const restart = button(row, "flash-main", "Shuffle and start again", () => {
    pile = shuffled(cards.length);
    turned = false;
    show(turn);
  });
  const live = add(el, "div", "flash-live");
  live.setAttribute("role", "status");

  definitionFirst.addEventListener("change", () => {
    turned = false;
    show();
  });

  function answer(known) {
    pile = afterAnswer(pile, known);
    turned = false;
    show(pile.length ? turn : restart);
  }

  function fill(node, lines) {
    node.replaceChildren();
    for (const [kind, text] of lines) add(node, "p", `flash-${kind}`, text);
  }

  /** Draws the present state; the button that comes next takes the focus, and the new side is said. */
  function show(next) {
    const done = pile.length === 0;
    const known = cards.length - pile.length;
    count.textContent = `${known} of ${cards.length} known`;
    bar.value = known;
    const [question, reply] = done
      ? [[["term", "All known"]], [["text", "Come back to them tomorrow, and see what stayed."]]]
      : sides(cards[pile[0]], definitionFirst.checked);
    fill(front, question);
    fill(back, done || turned ? reply : []);
    if (!done) add(front, "p", "flash-lesson", cards[pile[0]].lesson);
    turn.hidden = done || turned;
    knew.hidden = again.hidden = done || !turned;
    restart.hidden = !done;
    if (!next) return;
    next.focus({ preventScroll: true });
    const said = (done || !turned ? question : reply).map(([, text]) => text).join(" ");
    setTimeout(() => (live.textContent = done ? "All cards known." : said), 50);
  }

  show();
}

export default { render };
