"""The minutes at a lesson's head: what is counted, and what is not."""

import pytest

from autograder.exercises.manifest import LESSONS, Lesson
from autograder.maintain.verify.minutes import SECONDS_OF_AN_EXPERIMENT, minutes_of, seconds_by_cell

PROSE = "\n# %% [markdown]\n# "


def prose(words: int, before: str = "") -> str:
    return PROSE + before + "\n# ".join(["word " * 20] * (words // 20)) + "\n"


def code(text: str) -> str:
    return f"\n# %%\n{text}\n"


def test_two_hundred_words_take_a_minute() -> None:
    assert minutes_of(prose(200)) == pytest.approx(1)
    assert minutes_of(prose(200) + prose(400)) == pytest.approx(3)


def test_header_before_the_first_cell_is_not_read() -> None:
    assert minutes_of("# jupytext: kernel and a few more words\n" + prose(200)) == pytest.approx(1)


@pytest.mark.parametrize(
    "heading", ["### Write it: softmax", "## Key terms", "## Sources"], ids=lambda text: text[:8]
)
def test_writing_and_what_is_looked_up_is_not_counted(heading: str) -> None:
    assert minutes_of(prose(100) + prose(200, f"{heading}\n#\n# ")) == pytest.approx(0.5)


def test_reading_goes_on_after_key_terms_in_the_same_cell() -> None:
    text = prose(200, "## Key terms\n#\n# - a\n#\n# ## What we left out\n#\n# ")
    assert minutes_of(text) == pytest.approx(1, abs=0.03)  # and the words of the heading


def test_formulas_take_longer_than_the_words_beside_them() -> None:
    plain = minutes_of(prose(20))
    inside = minutes_of(prose(20, "$a + b$ "))
    alone = minutes_of(prose(20, "$$a + b$$\n#\n# "))
    assert plain < inside < alone


def test_check_takes_no_reading_time_and_an_experiment_its_own() -> None:
    play = code("from lab import shoot_at_target\n\nshoot_at_target(losses.mean_squared_error)")
    assert seconds_by_cell(code('check("softmax")')) == [0]
    with_it = sum(seconds_by_cell(play, ("shoot_at_target",)))
    assert with_it - sum(seconds_by_cell(play)) == SECONDS_OF_AN_EXPERIMENT


def test_each_action_and_each_line_of_code_takes_time() -> None:
    short, long = (sum(seconds_by_cell(code("x = 1\n" * lines))) for lines in (1, 5))
    assert 0 < short < long
    for action in ('recall("1")', 'quiz("1")', 'model_answer("1")', 'flash_cards("1")'):
        assert sum(seconds_by_cell(code(action))) > short + 30, action
    assert sum(seconds_by_cell(code("# Look for the cause here: print."))) > 60


@pytest.mark.parametrize("lesson", LESSONS, ids=lambda lesson: lesson.name)
def test_lesson_promises_between_25_and_40_minutes(lesson: Lesson) -> None:
    assert lesson.minutes in ((15,) if lesson == LESSONS[0] else (25, 30, 35, 40))
