"""How far a batch is, for the person who waits: a bar in a terminal, else a line a minute."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, ProgressColumn, Task, TaskID, TextColumn
from rich.progress import Progress as Bar
from rich.table import Column
from rich.text import Text

from autograder.batch.grade_folder import Progress

RATE_SECONDS = 30  # the rate is that of the last half minute
LINE_SECONDS = 60.0
WIDEST_BAR, WIDTH_OF_WORDS = 40, 55
READING, STARTING, GRADING = "reading", "starting", "grading"


@contextmanager
def shown_progress(console: Console | None = None) -> Iterator[Callable[[Progress, int], None]]:
    """What to tell the progress, and of how many submissions it is.

    Parameters
    ----------
    console : Console, optional
        Where it is shown; standard error by default.
    """
    console = console or Console(stderr=True)
    width = min(WIDEST_BAR, max(5, console.width - WIDTH_OF_WORDS))
    columns = (
        TextColumn("{task.description}"),
        BarColumn(width),
        _Count(table_column=Column(no_wrap=True)),
        _Rate(table_column=Column(no_wrap=True)),
        _Time(table_column=Column(no_wrap=True)),
    )
    with Bar(*columns, console=console, speed_estimate_period=RATE_SECONDS) as bar:
        reading, grading = bar.add_task(READING, total=None), TaskID(-1)
        said = time.monotonic()

        def on_progress(progress: Progress, of: int) -> None:
            nonlocal grading, said
            if progress.waiting is None:
                bar.update(reading, completed=progress.looked_at, total=of)
            elif progress.waiting and not progress.graded:
                bar.remove_task(reading)
                grading = bar.add_task(STARTING, total=None)
            elif progress.graded == 1:
                bar.reset(grading, total=progress.waiting, completed=1, description=GRADING)
            elif progress.waiting:
                bar.update(grading, completed=progress.graded)
            if not console.is_terminal and time.monotonic() > said + LINE_SECONDS:
                said = time.monotonic()
                console.print(bar.get_renderable())

        yield on_progress


class _Count(ProgressColumn):
    """How many of how many."""

    def render(self, task: Task) -> Text:
        if task.total is None:
            return Text("")
        return Text(f"{int(task.completed):,} of {int(task.total):,}")


class _Rate(ProgressColumn):
    """Submissions a minute."""

    def render(self, task: Task) -> Text:
        speed = task.finished_speed or task.speed
        if not speed or task.description != GRADING:
            return Text("")
        return Text(f"· {speed * 60:,.0f} a minute", style="progress.data.speed")


class _Time(ProgressColumn):
    """How long it will take yet, and in the end how long it took."""

    def render(self, task: Task) -> Text:
        if task.finished_time is not None:
            return Text(f"· in {duration(task.finished_time)}")
        left = task.time_remaining
        return Text("" if left is None else f"· {duration(left)} left")


def duration(seconds: float) -> str:
    """A time as people say it.

    Examples
    --------
    >>> duration(48.4), duration(720), duration(7500)
    ('48 s', '12 min', '2 h 5 min')
    """
    if seconds < 90:
        return f"{seconds:.0f} s"
    minutes = round(seconds / 60)
    return f"{minutes} min" if minutes < 90 else f"{minutes // 60} h {minutes % 60} min"
