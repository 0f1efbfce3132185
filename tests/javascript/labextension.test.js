import assert from "node:assert";
import test from "node:test";
import {
  breakable, checkedIn, definitionAt, definitionLine, greeting, isSectionOf, minutesLeft, nextExercise, replaced, sameLine,
  stateInWords, stateOf, statusText,
} from "../../labextension/src/logic.js";

const exercise = (name, outcome = "not written", more = {}) =>
  ({ name, title: name, points: 1, bonus: false, repair: false, outcome, holds: 0, of: 0, ...more });

const lesson = (number, title, minutes, ...exercises) =>
  ({ number, name: `${number}_x`, title, minutes, notebook: "", module: "", start: "", challenges: [], cardsDue: 0, exercises });

const course = () => [
  lesson(0, "Welcome", 10, exercise("distance")),
  lesson(1, "Losses", 40, exercise("mse", "passed"), exercise("softmax", "failed", { holds: 2, of: 5 })),
  lesson(2, "Descent", 30, exercise("step"), exercise("extra", "not written", { bonus: true })),
];

test("states are told in words, and by how much", () => {
  const [, { exercises: [mse, softmax] }] = course();
  assert.equal(stateInWords(mse), "holds");
  assert.equal(stateInWords(softmax), "2 of 5 hold");
  assert.equal(stateInWords(exercise("a", "not written", { repair: true })), "not repaired yet");
  assert.equal(stateInWords(exercise("a", "timed out")), "does not hold yet");
  assert.deepEqual(["passed", "not written", "raised"].map((outcome) => stateOf({ outcome })),
    ["passed", "unwritten", "failing"]);
});

test("next is what comes after the place where the learner is, then what was left out", () => {
  const lessons = course();
  assert.equal(nextExercise(lessons)?.name, "distance");
  assert.equal(nextExercise(lessons, lessons[1])?.name, "softmax");
  lessons[1].exercises[1].outcome = lessons[2].exercises[0].outcome = "passed";
  assert.equal(nextExercise(lessons, lessons[1])?.name, "distance");
  lessons[0].exercises[0].outcome = "passed";
  assert.equal(nextExercise(lessons, lessons[1]), undefined); // the bonus is not asked for
  assert.equal(statusText(lessons), "4 of 4 · all hold");
});

test("status counts what holds and names the next", () => {
  const lessons = course();
  assert.equal(statusText(lessons, lessons[1]), "1 of 4 · next: softmax");
});

test("greeting says where the learner was, what is next and how long", () => {
  assert.deepEqual(greeting(course(), "mse").sentences, [
    "Welcome back. 1 of 4 functions holds.", "You were at mse, in “Losses”.", "Next: softmax.",
    "About 20 minutes are left in this lesson.",
  ]);
  assert.deepEqual(greeting(course(), "softmax").sentences, [
    "Welcome back. 1 of 4 functions holds.", "You were at softmax, in “Losses”.", "About 20 minutes are left in this lesson.",
  ]);
  assert.equal(greeting(course(), "").sentences[1], "Next: distance, in “Welcome”.");
  const lessons = course();
  assert.equal(greeting(lessons, "", lessons[1]).sentences[1], "Next: softmax, in “Losses”.");
  const begun = course().slice(2);
  assert.deepEqual(greeting(begun, "step").sentences.slice(0, 2), ["Welcome back.", "You were at step, in “Descent”."]);
  assert.equal(greeting(begun, "").sentences[0], "Next: step, in “Descent”.");
  const due = course();
  due[0].cardsDue = due[1].cardsDue = 2;
  assert.equal(greeting(due, "mse").sentences.at(-1), "4 flash cards are due.");
  const done = course().map((each) => ({ ...each, exercises: [exercise("a", "passed")] }));
  assert.deepEqual(greeting(done, "a"), { sentences: ["Every function of the course holds."], next: undefined });
});

test("minutes left shrink with what holds", () => {
  assert.equal(minutesLeft(course()[1]), 20);
  assert.equal(minutesLeft(lesson(1, "a", 45, exercise("b", "passed"))), 0);
  assert.equal(minutesLeft(lesson(1, "a", 45, exercise("b", "not written", { bonus: true }))), 45);
  assert.equal(minutesLeft(lesson(1, "nothing to write", 45)), 0);
});

test("cells say which exercise they are about", () => {
  assert.equal(checkedIn('check("softmax")'), "softmax");
  assert.equal(checkedIn("check( 'Adam' )"), "Adam");
  assert.equal(checkedIn('recheck("softmax")'), undefined);
  assert.equal(checkedIn("check()"), undefined);
  assert.ok(isSectionOf("## Before\n\n### Write it: softmax\n\nText", "softmax"));
  assert.ok(isSectionOf("### Repair it: forgotten_gradient", "forgotten_gradient"));
  assert.ok(!isSectionOf("### Write it: softmax_gradient", "softmax"));
  assert.ok(!isSectionOf("# Softmax", "softmax"));
});

const MODULE = `import numpy as np

@np.vectorize
def first(x):
    """Do it.

Text at the margin.
    """
    return (
        x
    )


class Second:
    def first(self):
        pass
`.replace("Text at the margin.\n", "");

test("the definition of a line is found", () => {
  const lines = MODULE.split("\n");
  assert.equal(definitionLine(lines, "first"), 3);
  assert.equal(definitionLine(lines, "third"), -1);
  assert.equal(definitionAt(lines, 8), "first");
  assert.equal(definitionAt(lines, 14), "Second");
  assert.equal(definitionAt(lines, 0), undefined);
  assert.equal(definitionAt(lines, 999), "Second");
});

test("one definition is replaced, and nothing else", () => {
  const fresh = "def first(x):\n    raise NotImplementedError\n";
  const text = replaced(MODULE, "first", fresh);
  assert.equal(text, `import numpy as np\n\n${fresh}\n\n${MODULE.slice(MODULE.indexOf("class"))}`);
  assert.equal(replaced(text, "first", fresh), text);
  assert.ok(replaced(MODULE, "Second", "class Second: ...\n").endsWith("    )\n\n\nclass Second: ...\n"));
  assert.equal(replaced("A = 1\n", "first", fresh), `A = 1\n\n\n${fresh}`);
});

test("long names may break after each underscore", () => {
  assert.deepEqual(breakable("mean_squared_error"), ["mean_", "squared_", "error"]);
});

test("a line stays with its definition", () => {
  const lines = MODULE.split("\n");
  const second = definitionLine(lines, "Second");
  const longer = MODULE.replace("import numpy as np\n", "import numpy as np\n# one\n# more\n");
  assert.equal(sameLine(MODULE, longer, second + 1), second + 3);
  assert.equal(sameLine(MODULE, longer, 0), 0);
  assert.equal(sameLine(MODULE, "A = 1\n", second), 1); // it is there no more: the last line
});
