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

/** A pile of cards, the top one of them before the learner. */
class FlashCards {
  constructor(el, cards) {
    this.cards = cards;
    this.pile = cards.map((_, i) => i);
    const top = add(el, "div", "flash-top");
    this.count = add(top, "span", "flash-count");
    const order = add(top, "label", "flash-order");
    this.definitionFirst = add(order, "input");
    this.definitionFirst.type = "checkbox";
    this.definitionFirst.dataset.lmSuppressShortcuts = "true";
    this.definitionFirst.addEventListener("change", () => this.face(false));
    order.append("definition first");
    this.bar = add(el, "progress", "flash-bar");
    this.bar.max = cards.length;
    this.bar.setAttribute("aria-label", "cards known");
    const card = add(el, "section", "flash-card");
    card.setAttribute("aria-label", "Flash card");
    this.front = add(card, "div", "flash-front");
    this.back = add(card, "div", "flash-back");
    const row = add(el, "div", "flash-buttons");
    this.turn = button(row, "flash-main", "Turn over", () => this.face(true, this.knew));
    this.knew = button(row, "flash-main", "I knew it", () => this.answer(true));
    this.again = button(row, "flash-other", "Ask me again", () => this.answer(false));
    this.restart = button(row, "flash-main", "Shuffle and start again", () => {
      this.pile = shuffled(cards.length);
      this.face(false, this.turn);
    });
    this.live = add(el, "div", "flash-live");
    this.live.setAttribute("role", "status");
    this.face(false);
  }

  answer(known) {
    this.pile = afterAnswer(this.pile, known);
    this.face(false, this.pile.length ? this.turn : this.restart);
  }

  fill(node, lines) {
    node.replaceChildren();
    for (const [kind, text] of lines) add(node, "p", `flash-${kind}`, text);
  }

  /** Shows the top card; the button that comes next takes the focus, and the new side is said. */
  face(turned, next = /** @type {HTMLElement | null} */ (null)) {
    const { cards, pile } = this;
    const done = pile.length === 0;
    const known = cards.length - pile.length;
    this.count.textContent = `${known} of ${cards.length} known`;
    this.bar.value = known;
    const [question, reply] = done
      ? [[["term", "All known"]], [["text", "Come back to them tomorrow, and see what stayed."]]]
      : sides(cards[pile[0]], this.definitionFirst.checked);
    this.fill(this.front, question);
    this.fill(this.back, done || turned ? reply : []);
    if (!done) add(this.front, "p", "flash-lesson", cards[pile[0]].lesson);
    this.turn.hidden = done || turned;
    this.knew.hidden = this.again.hidden = done || !turned;
    this.restart.hidden = !done;
    if (!next) return;
    next.focus({ preventScroll: true });
    const said = (done || !turned ? question : reply).map(([, text]) => text).join(" ");
    setTimeout(() => (this.live.textContent = done ? "All cards known." : said), 50);
  }
}

function render({ model, el }) {
  el.classList.add("flash");
  // JupyterLab would read keys typed here as commands.
  el.addEventListener("keydown", (event) => event.stopPropagation());
  new FlashCards(el, model.get("cards"));
}

export default { render };
