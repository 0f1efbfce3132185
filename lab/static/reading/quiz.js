// The quiz: one form per question, feedback in words, symbols and color, announced as it comes.

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

/** Appends a text to a node; what is in backticks becomes code. */
function write(node, text) {
  text.split("`").forEach((part, i) => {
    if (i % 2) node.appendChild(document.createElement("code")).textContent = part;
    else node.append(part);
  });
  return node;
}

function add(parent, tag, className = "", text = "") {
  const node = parent.appendChild(document.createElement(tag));
  if (className) node.className = className;
  return write(node, text);
}

/** Shows the reason of an answer below it; takes it away if there is no answer. */
function explain({ row, reason }, answer) {
  row.classList.toggle("quiz-holds", Boolean(answer && answer.correct));
  row.classList.toggle("quiz-fails", Boolean(answer && !answer.correct));
  reason.hidden = !answer;
  reason.replaceChildren();
  if (answer) write(reason, `${answer.correct ? "✓" : "✗"} ${answer.feedback}`);
}

function choices(form, question, name) {
  const type = question.type === "many_choice" ? "checkbox" : "radio";
  const rows = question.answers.map((answer, i) => {
    const row = add(form, "div", "quiz-answer");
    const label = add(row, "label");
    const input = add(label, "input");
    Object.assign(input, { type, name, value: i });
    input.dataset.lmSuppressShortcuts = "true";
    add(label, "span", "", answer.answer);
    const reason = add(row, "p", "quiz-reason");
    reason.hidden = true;
    return { row, input, reason };
  });
  return () => {
    const picked = rows.flatMap(({ input }, i) => (input.checked ? [i] : []));
    const { right, verdict, shown } = judgeChoice(question.answers, picked);
    rows.forEach((place, i) => explain(place, shown.includes(i) && question.answers[i]));
    return { right, verdict, reasons: picked.map((i) => question.answers[i].feedback) };
  };
}

function number(form, question, name) {
  const row = add(form, "div", "quiz-answer");
  const label = add(row, "label", "", "Your number");
  const input = add(label, "input");
  Object.assign(input, { type: "text", name, inputMode: "decimal", autocomplete: "off" });
  input.dataset.lmSuppressShortcuts = "true";
  const reason = add(row, "p", "quiz-reason");
  reason.hidden = true;
  return () => {
    const value = readNumber(input.value);
    const answer = Number.isNaN(value) ? null : matchNumber(question.answers, value);
    explain({ row, reason }, answer);
    if (!answer) return { right: false, verdict: "Type a number first.", reasons: [] };
    const right = answer.correct ?? false;
    return { right, verdict: right ? "Yes." : "Not yet.", reasons: [answer.feedback] };
  };
}

function ask(el, question, index, id, onRight) {
  const form = add(el, "form", "quiz-question");
  const group = add(form, "fieldset");
  add(group, "legend", "", `${index + 1}. ${question.question}`);
  if (question.type === "many_choice") add(group, "p", "quiz-hint", "Choose all that hold.");
  const parts = question.type === "numeric" ? number : choices;
  const judge = parts(group, question, `${id}-${index}`);
  const button = add(form, "button", "quiz-check", "Check");
  button.type = "submit";
  const verdict = add(form, "span", "quiz-verdict");
  const live = add(form, "div", "quiz-live");
  live.setAttribute("role", "status");
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const result = judge();
    verdict.textContent = (result.right ? "✓ " : "") + result.verdict;
    live.textContent = "";
    // A live region speaks when its text changes: an unchanged verdict must change too.
    const spoken = [result.verdict, ...result.reasons].join(" ").replaceAll("`", "");
    setTimeout(() => (live.textContent = spoken), 50);
    onRight(index, result.right);
  });
}

function render({ model, el }) {
  const questions = model.get("questions");
  const id = `quiz-${Math.random().toString(36).slice(2)}`;
  el.classList.add("quiz");
  // JupyterLab would read keys typed here as commands.
  el.addEventListener("keydown", (event) => event.stopPropagation());
  const done = document.createElement("p");
  done.className = "quiz-done";
  const solved = new Set();
  const count = () => {
    done.textContent = `${solved.size} of ${questions.length} answered.`;
  };
  questions.forEach((question, index) => {
    ask(el, question, index, id, (which, right) => {
      if (right) solved.add(which);
      count();
    });
  });
  el.append(done);
  count();
}

export default { render };
