/** What follows from the course map and from texts alone: no page, no server. */

/** @typedef {import("./types.js").Exercise} Exercise */
/** @typedef {import("./types.js").Lesson} Lesson */
/** @typedef {"unwritten" | "failing" | "passed"} State */

const CHECK = /\bcheck\(\s*["'](\w+)["']\s*\)/;
const DEFINITION = /^(?:def|class|async def) +(\w+)/;

/** @param {Exercise} exercise @returns {State} */
export function stateOf({ outcome }) {
  if (outcome === "passed") {
    return "passed";
  }
  return outcome === "not written" ? "unwritten" : "failing";
}

/** The state in a few words. @param {Exercise} exercise */
export function stateInWords(exercise) {
  const state = stateOf(exercise);
  if (state === "failing" && exercise.of > 0) {
    return `${exercise.holds} of ${exercise.of} hold`;
  }
  const unwritten = exercise.repair ? "not repaired yet" : "not written yet";
  return { unwritten, failing: "does not hold yet", passed: "holds" }[state];
}

/** The exercises that count: those of the bonus come on top. @param {Lesson[]} lessons */
export function counted(lessons) {
  return lessons.flatMap((lesson) => lesson.exercises).filter((exercise) => !exercise.bonus);
}

/** The exercises that fill a lesson: those that count, or the bonus alone. @param {Lesson} lesson */
export function mainOf(lesson) {
  const exercises = counted([lesson]);
  return exercises.length ? exercises : lesson.exercises;
}

/** How many of a lesson's or a course's exercises hold. @param {Exercise[]} exercises */
export function passedOf(exercises) {
  return exercises.filter((exercise) => stateOf(exercise) === "passed").length;
}

/**
 * The first exercise that does not hold: from the lesson on where the learner is, or anywhere.
 * @param {Lesson[]} lessons
 * @param {Lesson} [here]
 * @returns {Exercise | undefined}
 */
export function nextExercise(lessons, here) {
  /** @param {Lesson[]} among */
  const open = (among) => counted(among).find((exercise) => stateOf(exercise) !== "passed");
  return open(lessons.slice(here ? lessons.indexOf(here) : 0)) || open(lessons);
}

/** @param {Lesson[]} lessons @param {string} name */
export function lessonOf(lessons, name) {
  return lessons.find((lesson) => lesson.exercises.some((exercise) => exercise.name === name));
}

/** About how many minutes are left in a lesson, by the share that does not hold. @param {Lesson} lesson */
export function minutesLeft(lesson) {
  const exercises = mainOf(lesson);
  const share = exercises.length ? 1 - passedOf(exercises) / exercises.length : 0;
  return Math.ceil((lesson.minutes * share) / 5) * 5;
}

/** Where the learner is, for the status bar. @param {Lesson[]} lessons @param {Lesson} [here] */
export function statusText(lessons, here) {
  const exercises = counted(lessons);
  const next = nextExercise(lessons, here);
  return `${passedOf(exercises)} of ${exercises.length} · ${next ? `next: ${next.name}` : "all hold"}`;
}

/**
 * Where the learner was, what is next and how long it takes, a sentence each.
 * @param {Lesson[]} lessons
 * @param {string} place
 * @param {Lesson} [open] the lesson that is open
 */
export function greeting(lessons, place, open) {
  const was = lessonOf(lessons, place);
  const next = nextExercise(lessons, was ?? open);
  const due = lessons.reduce((sum, lesson) => sum + lesson.cardsDue, 0);
  const cards = due ? [cardsInWords(due)] : [];
  if (!next) {
    return { sentences: ["Every function of the course holds.", ...cards], next: undefined };
  }
  const ahead = /** @type {Lesson} */ (lessonOf(lessons, next.name));
  const minutes = `About ${minutesLeft(ahead)} minutes are left in this lesson.`;
  const [holding, all] = [passedOf(counted(lessons)), counted(lessons).length];
  const back = holding ? [`Welcome back. ${holding} of ${all} functions ${holding === 1 ? "holds" : "hold"}.`] : [];
  if (!was) {
    return { sentences: [...back, `Next: ${next.name}, in “${ahead.title}”.`, minutes, ...cards], next };
  }
  const sentences = [...(back.length ? back : ["Welcome back."]), `You were at ${place}, in “${was.title}”.`];
  if (next.name !== place) {
    sentences.push(ahead === was ? `Next: ${next.name}.` : `Next: ${next.name}, in “${ahead.title}”.`);
  }
  return { sentences: [...sentences, minutes, ...cards], next };
}

/** @param {number} due */
export function cardsInWords(due) {
  return due === 1 ? "One flash card is due." : `${due} flash cards are due.`;
}

/** The exercise that a cell checks. @param {string} source */
export function checkedIn(source) {
  return CHECK.exec(source)?.[1];
}

/** Whether a cell is the heading of an exercise's section. @param {string} source @param {string} name */
export function isSectionOf(source, name) {
  return new RegExp(`^#+ (?:Write|Repair) it: \`?${name}\`?\\s*$`, "m").test(source);
}

/** The line of a definition, or -1. @param {string[]} lines @param {string} name */
export function definitionLine(lines, name) {
  return lines.findIndex((line) => DEFINITION.exec(line)?.[1] === name);
}

/** The name of the definition that a line belongs to. @param {string[]} lines @param {number} line */
export function definitionAt(lines, line) {
  for (let at = Math.min(line, lines.length - 1); at >= 0; at -= 1) {
    const name = DEFINITION.exec(lines[at])?.[1];
    if (name) {
      return name;
    }
  }
  return undefined;
}

/**
 * A module's text with one definition replaced; at the end where it has none of that name.
 * @param {string} source
 * @param {string} name
 * @param {string} text
 */
export function replaced(source, name, text) {
  const lines = source.split("\n");
  const own = definitionLine(lines, name);
  if (own < 0) {
    return `${source.trimEnd()}\n\n\n${text.trimEnd()}\n`;
  }
  let first = own;
  while (first > 0 && lines[first - 1].startsWith("@")) {
    first -= 1;
  }
  const after = lines.slice(own + 1).findIndex((line) => /^[^\s)\]}]/.test(line));
  if (after < 0) {
    return [...lines.slice(0, first), text.trimEnd(), ""].join("\n");
  }
  return [...lines.slice(0, first), text.trimEnd(), "", "", ...lines.slice(own + 1 + after)].join("\n");
}

/**
 * Where a line is in a newer text: as far below the definition that it belongs to.
 * @param {string} old
 * @param {string} text
 * @param {number} line
 */
export function sameLine(old, text, line) {
  const [before, after] = [old.split("\n"), text.split("\n")];
  const name = definitionAt(before, line);
  if (name && definitionLine(after, name) >= 0) {
    return line - definitionLine(before, name) + definitionLine(after, name);
  }
  return Math.min(line, after.length - 1);
}

/** The parts of a name at whose ends a line may break. @param {string} name */
export function breakable(name) {
  return name.split(/(?<=_)/);
}
