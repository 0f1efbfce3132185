/** The quiz: one form per question, feedback in words, symbols and color, announced as it comes.
 * The first answer to each question is told to Python, which keeps it. */
import { make, withCode } from "../shared/dom.js";

/** Number typed by a person: 0.105, 0,105, −2, 1/3 or 2.5e9; NaN if it is none. */
export function readNumber(text) {
  const plain = text.trim().replace(/[−–]/g, "-").replace(",", ".").replace(/\s/g, "");
  const parts = plain.split("/");
  if (parts.length > 2 || parts.some((part) => part === "")) return NaN;
  return parts.map(Number).reduce((above, below) => above / below);
}

/** First answer that a number meets; the default if none does. */
export function matchNumber(answers, number) {
  return answers.find(({ type, value, range }) => {
    if (type === "value") return Math.abs(number - value) <= 1e-9 * Math.max(1, Math.abs(value));
    if (type === "range") return number >= range[0] && number <= range[1];
    return true;
  });
}

/** What a choice of answers gets: whether it is complete, a verdict, and which reasons to show. */
export function judgeChoice(answers, picked) {
  const strays = picked.filter((i) => !answers[i].correct).length;
  const missing = answers.filter((answer, i) => answer.correct && !picked.includes(i)).length;
  if (!picked.length) return { right: false, verdict: "Choose an answer first.", shown: [] };
  if (!strays && !missing) return { right: true, verdict: "Yes.", shown: answers.map((_, i) => i) };
  let verdict = "Not yet.";
  if (answers.filter((answer) => answer.correct).length > 1) {
    if (strays) verdict += ` ${strays} of your choices ${strays > 1 ? "do" : "does"} not hold.`;
    else verdict += ` What you chose holds, and ${missing} more ${missing > 1 ? "do" : "does"}.`;
  }
  return { right: false, verdict, shown: picked };
}

/** Shows the reason of an answer below it; takes it away if there is no answer. */
function explain({ row, reason }, answer) {
  row.classList.toggle("quiz-holds", Boolean(answer && answer.correct));
  row.classList.toggle("quiz-fails", Boolean(answer && !answer.correct));
  reason.hidden = !answer;
  reason.replaceChildren(...(answer ? withCode(`${answer.correct ? "✓" : "✗"} ${answer.feedback}`) : []));
}

const KEYS = { "data-lm-suppress-shortcuts": "true" };

/** An answer with its input and the place of its reason. */
const answerRow = (form, input, ...words) => {
  const reason = make("p", { class: "quiz-reason", hidden: true });
  const row = make("div", { class: "quiz-answer" }, make("label", {}, ...words), reason);
  form.append(row);
  return { row, input, reason };
};

function choices(form, question, name) {
  const type = question.type === "many_choice" ? "checkbox" : "radio";
  const rows = question.answers.map((answer, i) => {
    const input = make("input", { type, name, value: i, ...KEYS });
    return answerRow(form, input, input, make("span", {}, ...withCode(answer.answer)));
  });
  return () => {
    const picked = rows.flatMap(({ input }, i) => (input.checked ? [i] : []));
    const { right, verdict, shown } = judgeChoice(question.answers, picked);
    rows.forEach((place, i) => explain(place, shown.includes(i) && question.answers[i]));
    return { right, verdict, reasons: picked.map((i) => question.answers[i].feedback) };
  };
}

function number(form, question, name) {
  const input = make("input", { type: "text", name, inputmode: "decimal", autocomplete: "off", ...KEYS });
  const place = answerRow(form, input, "Your number", input);
  return () => {
    const value = readNumber(input.value);
    const answer = Number.isNaN(value) ? null : matchNumber(question.answers, value);
    explain(place, answer);
    if (!answer) return { right: false, verdict: "Type a number first.", reasons: [] };
    const right = answer.correct ?? false;
    return { right, verdict: right ? "Yes." : "Not yet.", reasons: [answer.feedback] };
  };
}

function ask(question, index, id, onAnswer) {
  const group = make("fieldset", {}, make("legend", {}, ...withCode(`${index + 1}. ${question.question}`)));
  if (question.from) group.append(make("p", { class: "quiz-hint" }, question.from));
  if (question.type === "many_choice") group.append(make("p", { class: "quiz-hint" }, "Choose all that hold."));
  const judge = (question.type === "numeric" ? number : choices)(group, question, `${id}-${index}`);
  const verdict = make("span", { class: "quiz-verdict" });
  const live = make("div", { class: "quiz-live", role: "status" });
  return make("form", {
    class: "quiz-question", onsubmit: (event) => {
      event.preventDefault();
      const result = judge();
      verdict.textContent = (result.right ? "✓ " : "") + result.verdict;
      live.textContent = "";
      // A live region speaks when its text changes: an unchanged verdict must change too.
      const spoken = [result.verdict, ...result.reasons].join(" ").replaceAll("`", "");
      setTimeout(() => (live.textContent = spoken), 50);
      onAnswer(index, result);
    },
  }, group, make("button", { class: "quiz-check", type: "submit" }, "Check"), verdict, live);
}

function render({ model, el }) {
  const questions = model.get("questions");
  const id = `quiz-${Math.random().toString(36).slice(2)}`;
  el.classList.add("quiz");
  // JupyterLab would read keys typed here as commands.
  el.addEventListener("keydown", (event) => event.stopPropagation());
  const done = make("p", { class: "quiz-done" });
  const [solved, answered] = [new Set(), new Set()];
  const count = () => { done.textContent = `${solved.size} of ${questions.length} answered.`; };
  const onAnswer = (index, { right, reasons }) => {
    if (right) solved.add(index);
    if (reasons.length && !answered.has(index)) model.send({ question: index, right });
    if (reasons.length) answered.add(index);
    count();
  };
  el.append(...questions.map((question, index) => ask(question, index, id, onAnswer)), done);
  count();
}

export default { render };
