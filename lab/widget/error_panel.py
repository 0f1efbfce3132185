"""What an experiment says when the learner's code cannot be drawn: kind, short, in place."""

import linecache
import traceback
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

from lab.widget.learner_functions import FunctionGone
from lab.widget.time_limit import OutOfTime, Returned, TimeLimit


class Unusable(ValueError):
    """The learner's function returned something that cannot be drawn; the message says what."""


@dataclass(frozen=True)
class Trouble:
    """One thing to tell the learner.

    Attributes
    ----------
    kind : str
        "unwritten", "raised", "syntax", "time", "result" or "missing".
    title : str
        A sentence, with code between backquotes.
    text : str
        What to do next; may be empty.
    where : str
        File and line in the learner's code; may be empty.
    code : str
        That line; may be empty.
    """

    kind: str
    title: str
    text: str = ""
    where: str = ""
    code: str = ""

    def message(self) -> dict[str, str]:
        """The same as a plain dictionary, to be sent to the front end."""
        return asdict(self)


def attempted(
    work: Callable[[], Returned],
    limit: TimeLimit,
    seconds: float,
    files: Callable[[], Iterable[str]],
) -> tuple[Returned | None, Trouble | None]:
    """Run the learner's code: what it returned, or what to tell the learner instead.

    Parameters
    ----------
    work : callable
        Takes no arguments.
    limit : TimeLimit
        Watches the call.
    seconds : float
        How long it may take.
    files : callable
        Returns the folders and file names that are the learner's.
    """
    try:
        return limit.run(work, seconds), None
    except (Exception, OutOfTime, SystemExit) as error:  # noqa: BLE001 - all is shown to the learner
        return None, explained(error, seconds, tuple(files()))


def explained(error: BaseException, seconds: float, files: tuple[str, ...]) -> Trouble:
    """What to tell the learner about an error.

    Parameters
    ----------
    error : BaseException
        What their code, or the experiment's look at what it returned, raised.
    seconds : float
        The time limit, for the sentence about it.
    files : tuple of str
        File names and folders that are the learner's; other frames are not shown.
    """
    if isinstance(error, SyntaxError):
        return Trouble(
            "syntax",
            f"{_short(error.filename or '')} is not complete Python yet: {error.msg}.",
            "The picture follows when the file is saved again.",
            f"line {error.lineno}",
            (error.text or "").strip(),
        )
    where, code, path = _place(error, files)
    if isinstance(error, NotImplementedError):
        name = str(error).partition(":")[0]
        file = f" in {path}" if path else ""
        named = f"`{name}`" if name.isidentifier() else "the function"
        return Trouble(
            "unwritten",
            f"Write {named}{file} first; this experiment runs your code.",
            "It comes alive as soon as you save the file.",
        )
    if isinstance(error, OutOfTime):
        return Trouble(
            "time",
            f"Your code was still running after {seconds:g} seconds and was stopped.",
            "Does a loop in it ever end?",
            where,
            code,
        )
    if isinstance(error, Unusable):
        return Trouble("result", str(error))
    if isinstance(error, FunctionGone):
        return Trouble("missing", f"{error.args[0]}.", "Save it under that name again.")
    message = str(error).splitlines()[0] if str(error) else ""
    said = f"{type(error).__name__}: {message}" if message else type(error).__name__
    return Trouble("raised", f"Your code raised {said}", "", where, code)


def _place(error: BaseException, files: tuple[str, ...]) -> tuple[str, str, str]:
    """Where, which line of code, and the file, of the innermost frame that is the learner's."""
    for frame, line in reversed(list(traceback.walk_tb(error.__traceback__))):
        name = frame.f_code.co_filename
        if name in files or any(str(Path(name).parent) == folder for folder in files):
            linecache.checkcache(name)
            code = linecache.getline(name, line).strip()
            function = frame.f_code.co_name
            return f"{_short(name)}, line {line}, in {function}", code, _short(name)
    return "", "", ""


def _short(name: str) -> str:
    """The file name with its folder, or what a reader calls a notebook's cell."""
    path = Path(name)
    if path.suffix != ".py" or "ipykernel" in name or name.startswith("<"):
        return "this notebook"
    return f"{path.parent.name}/{path.name}"
