/** Flash cards: one card at a time, by mouse or keyboard, announced as it turns. Python keeps what was known. */
import { button, checkbox, make } from "../shared/dom.js";

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

/** When the next cards are due, in words. @type {(cards: {due: number}[]) => string} */
export const comeBack = (cards) => {
  const days = Math.min(...cards.map(({ due }) => due));
  return `The next ${cards.filter(({ due }) => due === days).length > 1 ? "are" : "is"} due ${days === 1 ? "tomorrow" : `in ${days} days`}.`;
};

const KEYS = { "data-lm-suppress-shortcuts": "true" };

/** A pile of the cards that are due, or of all, the top one of them before the learner. */
class FlashCards {
  /** @type {number[]} */
  pile = [];
  dealt = 0;
  /** @type {Set<number>} */
  missed = new Set();

  constructor(el, model) {
    this.model = model;
    this.cards = model.get("cards").map((card) => ({ ...card }));
    this.count = make("span", { class: "flash-count" });
    const order = checkbox("definition first", false, () => this.face(false));
    order.box.dataset.lmSuppressShortcuts = "true";
    this.definitionFirst = order.box;
    this.bar = make("progress", { class: "flash-bar", "aria-label": "cards known" });
    this.front = make("div", { class: "flash-front" });
    this.back = make("div", { class: "flash-back" });
    this.turn = button("Turn over", () => this.face(true, this.knew), { class: "flash-main", ...KEYS });
    this.knew = button("I knew it", () => this.answer(true), { class: "flash-main", ...KEYS });
    this.again = button("Ask me again", () => this.answer(false), { class: "flash-other", ...KEYS });
    this.restart = button("Go through all of them anyway", () => {
      this.deal(shuffled(this.cards.length));
      this.face(false, this.turn);
    }, { class: "flash-other", ...KEYS });
    this.live = make("div", { class: "flash-live", role: "status" });
    el.append(make("div", { class: "flash-top" }, this.count, order.element), this.bar,
      make("section", { class: "flash-card", "aria-label": "Flash card" }, this.front, this.back),
      make("div", { class: "flash-buttons" }, this.turn, this.knew, this.again, this.restart), this.live);
    this.deal([...this.cards.keys()].filter((i) => this.cards[i].due === 0));
    this.face(false);
  }

  /** Lay out another pile. */
  deal(pile) {
    Object.assign(this, { pile, dealt: pile.length });
    this.missed.clear();
    this.bar.max = Math.max(1, pile.length);
  }

  answer(known) {
    const [top] = this.pile;
    const card = this.cards[top];
    if (!known) this.missed.add(top);
    card.due = this.missed.has(top) ? 1 : card.next;
    if (!known || !this.missed.has(top)) this.model.send({ term: card.term, known });
    this.pile = afterAnswer(this.pile, known);
    this.face(false, this.pile.length ? this.turn : this.restart);
  }

  fill(node, lines) { node.replaceChildren(...lines.map(([kind, text]) => make("p", { class: `flash-${kind}` }, text))); }

  /** Shows the top card; the button that comes next takes the focus, and the new side is said. */
  face(turned, next = /** @type {HTMLElement | null} */ (null)) {
    const { cards, pile, dealt } = this;
    const done = pile.length === 0;
    this.count.textContent = dealt ? `${dealt - pile.length} of ${dealt} known` : `${cards.length} cards, none due`;
    this.bar.value = dealt ? dealt - pile.length : 1;
    const [question, reply] = done
      ? [[["term", dealt ? "All known" : "Nothing is due today"]], [["text", comeBack(cards)]]]
      : sides(cards[pile[0]], this.definitionFirst.checked);
    this.fill(this.front, question);
    this.fill(this.back, done || turned ? reply : []);
    if (!done) this.front.append(make("p", { class: "flash-lesson" }, cards[pile[0]].lesson));
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
  new FlashCards(el, model);
}

export default { render };
