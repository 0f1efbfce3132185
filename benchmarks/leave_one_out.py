"""What a learner reads who makes a known mistake, when that mistake is taken out of the catalogue.

Run it with ``uv run python benchmarks/leave_one_out.py``; ``--all`` prints every mistake with what
the catalogue says (TRUE) and what is said without it (SAID). Each of these has been judged by
reading: the verdicts stand in ``leave_one_out_verdicts.toml`` beside the sentence that was judged.
A sentence that has changed since shows as unjudged. ``--judge cause ID ... --judge no ID ...``
records verdicts.

The search was written with these mistakes in view, so their share is an upper bound. Of 44 others,
made up after it was written, it named the cause of 17; of what it lacked, some was added since.

The verdicts are: ``cause`` (the learner knows what to change), ``direction`` (the right place, not
the cause), ``no`` (nothing useful) and ``misleads`` (a statement on the cause that is not so).
"""

import argparse
import inspect
import re
import tomllib
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from autograder.checking.judge import Judgment, Seed, judge
from autograder.checking.mistake import Slip
from autograder.diagnosis.diagnose import diagnose
from autograder.exercises.manifest import MODULES, exercise
from autograder.exercises.registry import (
    Mistake,
    criteria_of,
    mistakes_in,
    mistakes_of,
    solution,
    solved_student,
)
from autograder.grading.messages import message_for
from autograder.sandbox.outcomes import Outcome, Raised

VERDICTS = Path(__file__).with_name("leave_one_out_verdicts.toml")
KINDS = ("cause", "direction", "no", "misleads")


@dataclass(frozen=True)
class Left:
    """A mistake left out, and what is said to a learner who makes it."""

    module: str
    mistake: Mistake
    said: str


def left_out(module: str, known: Mistake) -> Left:
    """The messages of all criteria that do not hold, without the lines that show values.

    Numbers of lines are left out as well: every docstring that changes moves them.
    """
    entry = exercise(known.exercise)
    student = solved_student(module, {known.exercise: known.answer})
    judgments: dict[str, Judgment] = {}
    for criterion in criteria_of(known.exercise, module):
        if all(judgments[name].passed for name in criterion.needs):
            judgments[criterion.name] = judge(criterion, student, Seed())
        else:
            judgments[criterion.name] = Judgment(criterion, Outcome.NOT_RUN)
    judged = list(judgments.values())
    others = [other for other in mistakes_of(known.exercise, module) if other is not known]
    files = _files_of(module, known)
    found = diagnose(judged, known.exercise, module, Seed(), student, others, files=files)
    messages = []
    for judgment in judged:
        name = judgment.criterion.name
        mistake = found.mistakes.get(name)
        message = message_for(judgment, entry, mistake, found.causes.get(name))
        if message and not judgment.passed:
            label = f"[{mistake.name}] " if mistake else ""
            text = " / ".join(_lines(judgment, message))
            messages.append(label + re.sub(r"\b([Ll]ines?) \d+", r"\1 …", text))
    return Left(module, known, " || ".join(dict.fromkeys(messages)))


def _files_of(module: str, known: Mistake) -> dict[str, bytes]:
    """The file of a learner who makes a slip; none where a mistake is no slip of a text."""
    if not isinstance(known.answer, Slip):
        return {}
    whole = inspect.getsource(solution(module))
    right = inspect.getsource(getattr(solution(module), known.exercise))
    return {f"course/{module}.py": whole.replace(right, known.answer.text).encode()}


def _lines(judgment: Judgment, message: str) -> list[str]:
    """The lines of a message from the finding on, without the call and the place in a file."""
    start = 0 if judgment.criterion.hidden or judgment.call is None else 1
    lines = message.splitlines()[start:]
    if isinstance(judgment.error, Raised) and judgment.error.frames:
        del lines[1]
    return lines


def all_left_out() -> list[Left]:
    """Every known mistake of every exercise that is not a bonus."""
    return [
        left_out(module, mistake)
        for module in MODULES
        for mistake in mistakes_in(module)
        if not exercise(mistake.exercise).bonus
    ]


def verdicts() -> dict[str, tuple[str, str]]:
    """The verdict on each mistake, and the sentence that it judged."""
    entries = tomllib.loads(VERDICTS.read_text(encoding="utf-8")) if VERDICTS.exists() else {}
    return {name: (entry["verdict"], entry["said"]) for name, entry in entries.items()}


def write_verdicts(judged: dict[str, tuple[str, str]]) -> None:
    """Write all verdicts, in the order of the catalogue."""
    lines = [
        "# What is said of each known mistake when it is not in the catalogue, judged by reading.",
        "# Written by benchmarks/leave_one_out.py --judge; see there for the four verdicts.",
    ]
    for name, (verdict, said) in judged.items():
        text = said.replace("\\", "\\\\").replace('"', '\\"')
        lines += ["", f"[{name}]", f'verdict = "{verdict}"', f'said = "{text}"']
    VERDICTS.write_text("\n".join(lines) + "\n", encoding="utf-8")


def report(found: list[Left], *, everything: bool) -> int:
    """Print the shares, and return how many sentences are not judged."""
    known = verdicts()
    counts: dict[str, Counter[str]] = {}
    for case in found:
        verdict, said = known.get(case.mistake.name, ("", ""))
        verdict = verdict if said == case.said else "unjudged"
        counts.setdefault(case.module, Counter())[verdict] += 1
        if everything or verdict == "unjudged":
            print(f"* {case.mistake.exercise}.{case.mistake.name}: {verdict}")
            print(f"    TRUE {case.mistake.says}\n    SAID {case.said}")
    kinds = (*KINDS, "unjudged")
    print(f"{'module':20}" + "".join(f"{kind:>11}" for kind in kinds) + f"{'all':>7}")
    total: Counter[str] = Counter()
    for module, counted in counts.items():
        total += counted
        row = "".join(f"{counted[kind]:>11}" for kind in kinds)
        print(f"{module:20}{row}{counted.total():>7}")
    row = "".join(f"{total[kind]:>11}" for kind in kinds)
    print(f"{'all':20}{row}{total.total():>7}")
    shares = ", ".join(f"{kind} {total[kind] / max(1, total.total()):.1%}" for kind in kinds)
    print(f"of {total.total()} mistakes: {shares}")
    return total["unjudged"]


def main() -> None:
    """Print what is said, or record verdicts on it."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--all", action="store_true", help="print every mistake")
    parser.add_argument(
        "--judge", nargs="+", action="append", default=[], metavar="ID",
        help="a verdict and ids of mistakes; it may be given several times",
    )  # fmt: skip
    arguments = parser.parse_args()
    found = all_left_out()
    known = verdicts()
    said = {case.mistake.name: case.said for case in found}
    for verdict, *names in arguments.judge:
        if verdict not in KINDS or not said.keys() >= {*names}:
            parser.error(f"expected one of {', '.join(KINDS)}, then ids of mistakes")
        known |= {name: (verdict, said[name]) for name in names}
    if arguments.judge:
        write_verdicts({name: known[name] for name in said if name in known})
    raise SystemExit(1 if report(found, everything=arguments.all) else 0)


if __name__ == "__main__":
    main()
