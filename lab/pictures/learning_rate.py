"""Figures of lesson 3: walks with several learning rates, their factors, curves and schedules."""

from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import ListedColormap

from lab.pictures.colors import BLUE, DEEP_PURPLE, GREEN, INK, PURPLE, SOFT, VERMILLION
from lab.pictures.style import Picture, drawing, note, number


def four_walks(learning_rates: Any, paths: Any) -> Picture:
    """Walks on the parabola (w − 3)² with four learning rates, and their losses."""
    words = ["too low", "just right", "on the border", "too high"]
    colors = [BLUE, GREEN, PURPLE, VERMILLION]
    titles = [BLUE, GREEN, DEEP_PURPLE, VERMILLION]
    with drawing((9, 4.9), 2, 4, sharey="row", height_ratios=[1.25, 1]) as (figure, panels):
        walks, curves = panels
        w = np.linspace(-3.4, 9.4, 200)
        ends = []
        for place, (rate, path) in enumerate(zip(learning_rates, paths, strict=True)):
            weights = np.asarray(path, dtype=np.float64).ravel()
            losses = (weights - 3) ** 2
            end = number(losses[-1], 1) if losses[-1] > 0.001 else "nearly 0"
            ends.append(f"{words[place]} with {rate:g}: the loss goes to {end}")
            above, below = walks[place], curves[place]
            above.plot(w, (w - 3) ** 2, color=SOFT, lw=1.2)
            above.plot(weights, losses, "-o", color=colors[place], ms=4, lw=1)
            above.set(xlim=(-3.4, 9.4), ylim=(-2, 33), xlabel="weight", xticks=[0, 3, 6])
            above.set_title(f"{rate:g}: {words[place]}", color=titles[place])
            below.plot(losses, "-", color=colors[place])
            below.set(xlabel="step", ylim=(-2, 33), xticks=[0, 5, 10, 15, 20], xlim=(-1, 20))
        walks[0].set_ylabel("loss")
        curves[0].set_ylabel("loss")
    return Picture(
        figure,
        f"Walks of {len(paths[0]) - 1} steps on the same parabola with four learning rates, and "
        f"their loss curves; all start at a loss of 9. {_sentences(ends)}",
    )


def factor_of_one_step() -> Picture:
    """The factor 1 − ηλ of one step and its size, against ηλ."""
    product = np.linspace(0, 2.6, 261)
    with drawing((8, 3.6)) as (figure, axes):
        axes.axvspan(2, 2.6, color=VERMILLION, alpha=0.1, lw=0)
        axes.axhline(1, color=SOFT, lw=1, ls=":")
        axes.axhline(-1, color=SOFT, lw=1, ls=":")
        axes.axhline(0, color=SOFT, lw=1)
        axes.plot(product, 1 - product, color=BLUE, lw=1.5, ls="--")
        axes.plot(product, np.abs(1 - product), color=INK)
        axes.text(1.52, -0.78, "factor 1 − ηλ", color=BLUE, ha="right")
        axes.text(0.42, 0.66, "its size |1 − ηλ|", color=INK)
        axes.text(0.5, -1.35, "walks straight", color=SOFT, ha="center")
        axes.text(1.5, -1.35, "changes sides", color=SOFT, ha="center")
        axes.text(2.3, 0.25, "diverges", color=VERMILLION, ha="center")
        axes.plot(1, 0, "o", color=GREEN, zorder=4)
        note(axes, "arrives in one step", (1, 0), (-8, -16), GREEN, "right")
        axes.plot(2, 1, "o", color=VERMILLION)
        note(axes, "the border", (2, 1), (-8, 6), VERMILLION, "right")
        axes.set(xlabel="learning rate × curvature, ηλ", ylabel="factor of the error")
        axes.set(xlim=(0, 2.6), ylim=(-1.65, 1.65))
        axes.set_title("The error shrinks as long as its factor stays between −1 and 1")
    return Picture(
        figure,
        "The factor 1 − ηλ falls in a straight line from 1 at ηλ = 0, through 0 at ηλ = 1, to −1 "
        "at ηλ = 2. Its size is below 1 between 0 and 2; beyond 2 the error grows.",
    )


def loss_against_learning_rate(hessian: Any, start: Any, steps: Any) -> Picture:
    """Loss above the lowest one after some numbers of steps, for many learning rates.

    `start` is the error of the first weights: their distance from the best ones.
    """
    curvatures, axes_of_bowl = np.linalg.eigh(np.asarray(hessian, dtype=np.float64))
    error = axes_of_bowl.T @ np.asarray(start, dtype=np.float64)
    border = 2 / curvatures[-1]
    rates = np.logspace(-4, np.log10(1.25 * border), 600)
    with drawing((8, 3.8)) as (figure, axes):
        lowest = []
        for count, color in zip(steps, [BLUE, GREEN, PURPLE], strict=False):
            with np.errstate(over="ignore"):
                factors = np.abs(1 - np.outer(rates, curvatures)) ** count
                losses = 0.5 * (factors * error) ** 2 @ curvatures
            axes.loglog(rates, np.clip(losses, 1e-12, 1e12), color=color)
            best = int(np.argmin(losses))
            lowest.append(f"{rates[best]:.3f} after {count:,} steps")
            axes.plot(rates[best], losses[best], "o", color=color, zorder=4)
            shown = int(np.argmax(losses < 0.04 * losses[0]))
            place, ink = rates[shown] / 1.1, DEEP_PURPLE if color == PURPLE else color
            axes.text(place, losses[shown], f"{count:,} steps", color=ink, ha="right", va="top")
        axes.axvline(border, color=VERMILLION, ls=":", lw=1.5)
        axes.text(
            border * 0.95, 3e5, f"border {border:.3g}", color=VERMILLION, ha="right", va="top"
        )
        axes.set(xlabel="learning rate", ylabel="loss above the lowest", ylim=(1e-4, 5e5))
        axes.set_title("A long slope to the left, a cliff to the right")
    return Picture(
        figure,
        "Loss above the lowest one against the learning rate, both axes logarithmic. It falls "
        f"slowly as the rate grows, and shoots up at the border, {border:.3g}. The lowest losses "
        f"are at a rate of {', '.join(lowest)}: all below the border.",
    )


def judged_curves(curves: Any) -> Picture:
    """Loss curves with the tail that the verdict looks at; `curves` maps verdicts to losses."""
    colors = {"too high": VERMILLION, "too low": BLUE, "just right": GREEN}
    with drawing((9, 3.1), 1, len(curves)) as (figure, panels):
        words = []
        for axes, (verdict, values) in zip(panels, curves.items(), strict=True):
            losses = np.asarray(values, dtype=np.float64)
            steps = len(losses) - 1
            tail = max(1, steps // 10)
            axes.plot(losses, color=colors[verdict])
            axes.axvspan(steps - tail, steps, color=SOFT, alpha=0.18, lw=0)
            late, whole = losses[-1 - tail] - losses[-1], losses[0] - losses[-1]
            if whole > 0:
                said = f"tail: {late / whole:.1%}\nof the whole drop"
            else:
                said = "the last loss is\nabove the first"
            in_prose = said.replace("tail: ", "the tail brings ").replace("\n", " ")
            words.append(f"{verdict}: {in_prose}")
            axes.text(0.93, 0.93, said, transform=axes.transAxes, ha="right", va="top", color=INK)
            axes.set(xlabel="step", ylim=(0, 1.35 * losses.max()))
            axes.set_title(verdict, color=colors[verdict])
        panels[0].set_ylabel("loss")
    return Picture(
        figure,
        "Three loss curves, the last tenth of their steps shaded. " + _sentences(words),
    )


def phase_diagram(learning_rates: Any, steepness: Any, verdicts: Any) -> Picture:
    """A verdict for each learning rate (across) and steepness of the valley (up).

    `verdicts` has a row for each steepness; other words than the three leave their place empty.
    """
    said, words = np.asarray(verdicts), ["just right", "too high", "too low"]
    codes = np.ma.masked_where(~np.isin(said, words), np.searchsorted(words, said))
    tints = ListedColormap([GREEN, VERMILLION, BLUE])
    row = int(np.argmin(np.abs(np.log(np.asarray(steepness) / 10))))
    with drawing((8, 4.2)) as (figure, axes):
        axes.pcolormesh(learning_rates, steepness, codes, cmap=tints, vmin=0, vmax=2, alpha=0.35)
        border = 2 / np.asarray(steepness)
        axes.plot(border, steepness, "--", color=VERMILLION, lw=1.5)
        for verdict in words:
            rows, columns = np.nonzero(said == verdict)
            if len(rows):
                place = np.exp(np.log(np.asarray(learning_rates)[columns]).mean())
                height = np.exp(np.log(np.asarray(steepness)[rows]).mean())
                axes.text(place, height, verdict, color=INK, ha="center", va="center")
        axes.set(xscale="log", yscale="log", xlabel="learning rate", ylabel="steepness across")
        axes.grid(False)
        axes.set_title("What the rule says of each pair; dashed: the border, 2/λ")
    right = np.asarray(learning_rates)[said[row] == "just right"]
    at_ten = f"from {right.min():.3g} to {right.max():.3g}" if right.size else "at no rate"
    none = np.asarray(steepness)[~np.any(said == "just right", axis=1)]
    closed = f" From a steepness of {none[0]:.3g} on, no rate is just right." if len(none) else ""
    return Picture(
        figure,
        "Map of learning rates (across) and steepness of the valley (up), both logarithmic. Low "
        "rates are too low, those beyond the border are too high, and the wedge between is just "
        f"right: at a steepness of 10 {at_ten}.{closed}",
    )


def warmup_and_cosine(peak: float, total_steps: int, warmup_steps: int) -> Picture:
    """A learning rate that rises along a line and falls along half a cosine."""
    with drawing((8, 3.2)) as (figure, axes):
        half = (warmup_steps + total_steps) / 2
        axes.axvspan(0, warmup_steps, color=SOFT, alpha=0.12, lw=0)
        for warmup, color, width in ((0, SOFT, 1.2), (warmup_steps, BLUE, 2.5)):
            steps = np.arange(total_steps + 1)
            angle = np.pi * (steps - warmup) / (total_steps - warmup)
            rates = 0.5 * peak * (1 + np.cos(angle))
            rates[:warmup] = peak * steps[:warmup] / max(warmup, 1)
            axes.plot(steps, rates, color=color, lw=width, ls="-" if warmup else "--")
        axes.plot([warmup_steps, half], [peak, peak / 2], "o", color=BLUE)
        for place, height, word in (
            (warmup_steps, peak, f"step {warmup_steps}: the peak, {peak:g}"),
            (half, peak / 2, f"step {half:g}: half of it, {peak / 2:g}"),
        ):
            note(axes, word, (place, height), (10, 4), BLUE, va="bottom")
        _tag(axes, warmup_steps / 2, "warm-up")
        _tag(axes, (warmup_steps + total_steps) / 2, "half a cosine")
        axes.set(xlabel="step", ylabel="learning rate", xlim=(0, total_steps))
        axes.set_ylim(-0.12 * peak, 1.25 * peak)
        axes.set_title("Start gently, go fast, end gently")
    return Picture(
        figure,
        f"The learning rate rises in a straight line to {peak:g} at step {warmup_steps}, then "
        f"falls along half a cosine, through {peak / 2:g} at step {half:g}, to 0 at step "
        f"{total_steps}. Without warm-up it starts at {peak:g}.",
    )


def _tag(axes: Axes, place: float, word: str) -> None:
    axes.text(place, 0, word, color=SOFT, ha="center", va="top")


def _sentences(parts: list[str]) -> str:
    return "; ".join(parts).replace("-", "−").capitalize() + "."
